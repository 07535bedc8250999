"""Titles for films that do not exist, as varied as real ones for a search to tell apart."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

GENRES = (
    *("Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy"),
    *("Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"),
)


def _words(text: str) -> list[str]:
    return text.split(" ")


_KINDS = _words(
    "amber ancient bitter black blue brave broken burning cold crimson crooked dark distant double early electric "
    "empty endless fallen false final first forgotten frozen gentle golden good grand great green hidden high "
    "hollow holy hungry iron last late little lonely long lost lucky mad midnight naked new old open pale perfect "
    "private quiet red restless royal sacred second secret seventh silent silver simple sleeping small stolen "
    "strange sweet tender third velvet violent wandering white wicked wild winter yellow young"
)
_THINGS = _words(
    "affair angel apartment arrow autumn bank battle bird blood boat book border boy bride bridge brother candle "
    "captain castle child circus city clock coast code colony crown dance daughter dawn day desert detective doctor "
    "dog door dragon dream earth edge empire enemy escape eye family father field fire flower forest friend game "
    "garden ghost girl glass hand harbor heart heist hero hill honeymoon hour house hunter island journey judge key "
    "king kiss knife lady lake letter life light lion love machine man map mask memory mirror money moon mother "
    "mountain murder music night ocean orchestra painter party people piano pirate planet poet prince prison "
    "promise queen rain river road robot rose school sea shadow ship silence sister sky smile snow soldier song "
    "spring spy star station stone storm story stranger street summer sun sword teacher thief tiger time tower "
    "train tree valley voice wall war wave wedding wife wind window witness wolf woman"
)
_NAMES = _words(
    "Ada Agnes Albert Amelia Anton Arthur Beatrix Bruno Camille Carlo Carmen Clara Dmitri Edith Elena Emil Felix "
    "Frida Gaspard Greta Hana Harold Hector Hugo Ida Igor Ines Ivan Jasper Julia Kaspar Kenji Lara Leon Lola Louis "
    "Lucia Magda Marcel Marta Milo Nadia Nikolai Nora Olga Oscar Otto Paulina Pedro Petra Quentin Rafael Rosa Ruben "
    "Sabina Samir Selma Simon Stella Sven Tamara Tessa Theo Ursula Valentin Vera Viktor Wanda Yara Yusuf Zelda "
    "Zoltan"
)
_PATTERNS = (
    "{thing}, The",
    "{kind} {thing}",
    "{kind} {thing}, The",
    "{thing} of the {other}, The",
    "{thing} of {name}, The",
    "{name} and the {kind} {thing}",
    "{name}'s {thing}",
    "{kind} {thing} of {name}, The",
    "{thing} in the {other}",
    "{thing} & {other}",
    "Return of the {kind} {thing}",
    "{name}: {kind} {thing}",
    "My {kind} {thing}",
    "{kind} {thing} {number}",
)
HOSTILE = ("x" * 4000, "ﷺ" * 300, "a " * 150, "(" * 300, "1 " * 150, "ii " * 100, "\u0336" * 300, ", the" * 60)
"""Texts that would cost a search most: long, of one repeated word, of signs, growing when they are folded."""


def titles(years: npt.NDArray[np.int64], random: np.random.Generator) -> list[str]:
    """A title for each year, which stands behind it in brackets, as MovieLens writes it; some occur twice."""
    n = len(years)
    pattern = random.integers(len(_PATTERNS), size=n)
    words = zip(*(_drawn(one, n, random) for one in (_KINDS, _THINGS, _THINGS, _NAMES)), strict=True)
    number = random.integers(2, 6, size=n)
    made = []
    for at, (kind, thing, other, name) in enumerate(words):
        text = _PATTERNS[pattern[at]].format(
            kind=kind.title(), thing=thing.title(), other=other.title(), name=name, number=number[at]
        )
        made.append(f"{text} ({years[at]})")
    return made


def _drawn(words: Sequence[str], n: int, random: np.random.Generator) -> list[str]:
    return [words[one] for one in random.integers(len(words), size=n)]
