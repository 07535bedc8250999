"""What stands for films that were spoken of, and what names places in a list."""

import pytest

from bot.movies.pronouns import is_spoken_of, placed

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
