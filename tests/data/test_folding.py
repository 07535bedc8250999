import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.folding import fold, respell


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  The   MATRIX!! ", "the matrix"),
        ("Amélie", "amelie"),
        ("L'Avventura", "l avventura"),
        ("l’été", "l ete"),
        ("Schindler's List", "schindlers list"),
        ("Thelma & Louise", "thelma and louise"),
        ("Romeo + Juliet", "romeo and juliet"),
        ("WALL·E", "wall e"),
        ("Spider-Man", "spider man"),
        ("E.T. the Extra-Terrestrial", "et the extra terrestrial"),
        ("M*A*S*H", "mash"),
        ("S.W.A.T.", "swat"),
        ("Kill Bill: Vol. 2", "kill bill vol 2"),
        ("20,000 Leagues", "20000 leagues"),
        ("4 Months, 3 Weeks", "4 months 3 weeks"),
        ("8½", "8 1 2"),
        ("8 1/2", "8 1 2"),
        ("Alien³", "alien 3"),
        ("Straße", "strasse"),
        ("Død snø", "dod sno"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
        ("H̷̛e̵̡a̶t̴", "heat"),
        ("\u202eHeat\u202c", "heat"),
        ("He\u200dat", "heat"),
        ("七人の侍", "七人の侍"),
        ("$", "$"),
        ("! ! !", "!!!"),
        ("", ""),
        ("\u0301\u200b", ""),
    ],
)
def test_texts_fold_to_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("folded", "spelled"),
    [
        ("rocky ii", "rocky 2"),
        ("rocky v", "rocky 5"),
        ("v for vendetta", "v for vendetta"),
        ("x men", "x men"),
        ("seven samurai", "7 samurai"),
        ("twenty one grams", "21 grams"),
        ("twenty", "20"),
        ("part i", "part 1"),
        ("the king and i", "the king and i"),
        ("kill bill volume two", "kill bill vol 2"),
        ("shrek the third", "shrek 3"),
        ("the third man", "the third man"),
        ("nine and a half weeks", "9 1 2 weeks"),
        ("one day and a half", "1 day and a half"),
        ("heat", "heat"),
        ("", ""),
    ],
)
def test_numbers_get_one_spelling(folded: str, spelled: str) -> None:
    assert respell(folded) == spelled


@given(st.text())
def test_folding_is_done_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert respell(respell(fold(text))) == respell(fold(text))


@given(st.text())
def test_what_is_folded_has_no_capitals_blanks_or_invisible_marks(text: str) -> None:
    folded = fold(text)
    assert folded == folded.lower()
    assert folded == " ".join(folded.split())
