"""Reading stars: `4.5`, `9/10`, `90%`, `★★★★½`, `4 stars`, `four and a half`, `five out of five`, `viereinhalb`.

`float()` is not asked: it takes `nan`, `1e1`, `1_0` and the digits of every script. Text is folded by NFKC
first, so full-width digits and signs are read, but vulgar fractions stay: NFKC makes `4½` and `41/2` alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from bot.errors import UserError

HALF_STARS = tuple(halves / 2 for halves in range(1, 11))
"""What a film can be given: 0.5, 1, … 5."""
_DENOMINATORS = (5, 10)
_LONGEST_WORDING = 40  # characters of stars in words
_LONGEST_COUNT = 3  # digits of a bare number: `1995` and `2049` are a year and a title, not wrong stars

GLYPHS = "★⭐"
_NUMBER = r"(?:[0-9]{1,9}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9}|(?:[0-9]{1,9}|[0-9]\s+)?½)"
_STAR = r"(?:st[ar]{2}s{0,2}|stasr|strs?|stern(?:en?)?)"  # with their commonest slips
_STARS = re.compile(
    rf"""(?P<sign>[-+−](?=[0-9.,½]))?
    (?: (?P<count>{_NUMBER}) (?:\s*{_STAR}|[{GLYPHS}])?
      | (?P<part>{_NUMBER}) (?:\s*{_STAR})?
        (?:(?:\s*[/⁄]\s*|\s+(?:out\s+of|von)\s+)(?P<whole>[0-9]{{1,9}})|\s+(?:of|from|aus)\s+(?P<of>5|10))
        (?:\s+(?:{_STAR}|points?|punkten?))?
      | (?P<percent>{_NUMBER}) \s*(?:%|percent|prozent)
      | (?P<glyphs>[{GLYPHS}](?:\s*[{GLYPHS}])*|\*{{2,5}})? (?P<half>\s*½)? (?P<empty>(?:\s*☆)*)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = {
    word: str(value)
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
_DIGITS |= {word: str(value) for value, word in enumerate(("zwei", "drei", "vier", "fuenf"), start=2)}
_DIGITS |= {f"{word}einhalb": f"{value}.5" for word, value in _DIGITS.items() if word in ("zwei", "drei", "vier")}
_DIGITS |= {"anderthalb": "1.5", "eineinhalb": "1.5"}
_WORD = re.compile(rf"\b(?:{'|'.join(_DIGITS)})\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"(?<![\d.,])([0-9])(?P<star> stars?)? and (?:a )?half\b", re.IGNORECASE)
_HALF_A_STAR = re.compile(r"\bhalf (?:a )?(?=star\b)", re.IGNORECASE)
_ALL_BUT_FRACTIONS = re.compile("[^¼-¾⅐-⅟↉]+")


@dataclass(eq=False)
class InvalidStarsError(UserError):
    """A rating off the scale or off the half-star grid."""

    text: str


def neighbours(text: str) -> tuple[float, float] | None:
    """The two half stars between which a text lies that is none; None where it is off the scale."""
    match = _STARS.fullmatch(_in_digits(text))
    value = None if match is None or match["sign"] else _value(match)
    if value is None or not HALF_STARS[0] < value < HALF_STARS[-1] or value in HALF_STARS:
        return None
    lower = (2 * value).__floor__() / 2
    return lower, lower + 0.5


def is_word(text: str) -> bool:
    """Whether it is a number in letters and no more, as the last word of a title may be."""
    return text.lower().replace("ü", "ue") in _DIGITS


def fold(text: str) -> str:
    """The text in the signs that are read, without blanks around it."""
    folded = _ALL_BUT_FRACTIONS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return folded.replace("\N{VARIATION SELECTOR-16}", "").strip()


def parse_folded(text: str) -> float | None:
    """The stars that a folded text says, 0.5 to 5 in half steps; None if it does not look like stars at all.

    Raises `InvalidStarsError` if it looks like stars off the scale or off the half-star grid.
    """
    match = _STARS.fullmatch(_in_digits(text))
    if match is None or not text or (text.isdecimal() and len(text) > _LONGEST_COUNT):
        return None
    value = None if match["sign"] else _value(match)
    if value is None or value not in HALF_STARS:
        raise InvalidStarsError(text)
    return float(value)


def _in_digits(text: str) -> str:
    """`four and a half stars` as `4.5 stars`, `half a star` as `0.5 star`."""
    spelt = text.replace("ü", "ue")
    if len(text) > _LONGEST_WORDING or not spelt.isascii():
        return text
    counted = _AND_A_HALF.sub(r"\1.5\g<star>", _WORD.sub(lambda word: _DIGITS[word[0].lower()], spelt))
    return _HALF_A_STAR.sub("0.5 ", counted)


def _value(match: re.Match[str]) -> Fraction | None:
    """How many stars a match says, on the scale of five; None for a scale that is not ours."""
    if match["count"]:
        return _number(match["count"])
    if match["percent"]:
        return _number(match["percent"]) / 20
    if match["part"]:
        whole = int(match["whole"] or match["of"])
        return _number(match["part"]) * 5 / whole if whole in _DENOMINATORS else None
    full = sum(match["glyphs"].count(glyph) for glyph in GLYPHS + "*") if match["glyphs"] else 0
    return full + (Fraction(1, 2) if match["half"] else Fraction(0))


def _number(text: str) -> Fraction:
    if text.endswith("½"):
        return Fraction(text[:-1].strip() or 0) + Fraction(1, 2)
    return Fraction(text.replace(",", "."))
