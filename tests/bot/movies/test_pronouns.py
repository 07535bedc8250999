"""What stands for films that were spoken of, and what names places in a list."""

import pytest

from bot.movies.pronouns import is_spoken_of, placed, with_places_named

TEN = tuple(range(101, 111))


@pytest.mark.parametrize(
    ("text", "places"),
    {
        "the first one": (1,), "first": (1,), "the second film": (2,), "number 4": (4,), "#3": (3,), "no. 10": (10,),
        "1, 3 and 5": (1, 3, 5), "1, 3, and 5": (1, 3, 5), "2 & 3": (2, 3), "the first and the third": (1, 3),
        "the last one": (10,), "the first two": (1, 2), "the last two": (9, 10), "the third one on it": (),
        "them all": tuple(range(1, 11)), "all of them": tuple(range(1, 11)), "the second one?": (2,),
        "den ersten": (1,), "die zweite": (2,), "den dritten Film": (3,), "Nummer 4": (4,), "Nr. 4": (4,),
        "1, 3 und 5": (1, 3, 5), "die ersten beiden": (1, 2), "die letzten drei": (8, 9, 10),
        "alle": tuple(range(1, 11)), "number 11": (), "0": (), "300": (), "Seven": (), "First Blood": (),
        "the second half": (), "1 and Heat": (), "second first": (), "": (),
    }.items(),
)  # fmt: skip
def test_places_name_films_of_a_list(text: str, places: tuple[int, ...]) -> None:
    assert placed(text, TEN) == tuple(100 + place for place in places)


def test_a_further_part_of_a_list_goes_by_its_own_places_too() -> None:
    assert placed("number 12", TEN, first=11) == (102,)
    assert placed("the second", TEN, first=11) == (102,)
    assert placed("number 21", TEN, first=11) == ()


def test_a_pronoun_or_a_place_is_spoken_of() -> None:
    for text in ("it", "that one", "den", "the second one", "1 and 3", "them all"):
        assert is_spoken_of(text), text
    for text in ("Heat", "the second half", "1 and Heat", "300"):
        assert not is_spoken_of(text), text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("number 3 gets 4 stars", "<103> gets 4 stars"),
        ("I give the first one 5 stars", "I give <101> 5 stars"),
        ("#2 and #10: 3.5", "<102> and <110>: 3.5"),
        ("nummer 7 war super", "<107> war super"),
        ("der zweite war schlecht", "<102> war schlecht"),
        ("4 stars for no. 5", "4 stars for <105>"),
        ("number 11 was bad", "number 11 was bad"),
        ("the first Matrix was better", "the first Matrix was better"),
        ("number 3.5, perhaps", "number 3.5, perhaps"),
        ("my number 1 fan", "my <101> fan"),
        ("the third man is a classic", "the third man is a classic"),
    ],
)
def test_places_in_a_sentence(text: str, named: str) -> None:
    def name(said: str) -> str:
        films = placed(said, TEN)
        return f"<{films[0]}>" if films else said

    assert with_places_named(text, name) == named
