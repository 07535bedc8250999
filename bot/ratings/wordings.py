"""Other ways to write a rating than a title and its stars: stars before the title, words around the two.

Only text is cut here; whether what is left of it names a film, the catalogue knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.ratings.lines import LONGEST_LINE, SEPARATORS, may_begin, split_rating
from bot.ratings.stars import GLYPHS, InvalidStarsError, parse_folded

_LONGEST = 40  # characters of stars before a title or amid words
_MOST_WITHIN = 4  # stars amid words that are looked at
_MOST_CUTS = 60

_ENDS = ".!?,;:()[]… "
_FOR = re.compile(r"(?:for|to|goes to|für)\s+", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?:i(?:['’]?(?:d|ll|ve)| would| will)?\s+)?(?:give|gave|rated?|say)\s+|ich\s+gebe?\s+"
    r"|my (?:rating|stars) for\s+|[0-9]{1,2}[.)]\s+",
    re.IGNORECASE,
)
_GETS = re.compile(
    r"\s+(?:(?:gets?|got|is|was|deserves?|bekommt|verdient)(?:\s+an?(?:\s+solid)?)?|an?(?:\s+solid)?)$|\s*(?:->|→|=>)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”*_]+")
_CUT = re.compile(r"\s*;\s*|\s+[|/]\s+|,(?![0-9])\s*(?:and\s+)?|\s+(?:and|&|\+)\s+(?!(?:a )?half\b)", re.IGNORECASE)
UNITS = (
    "(?:seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|times?|nights?|evenings?|people|persons?|part|pack|films?|movies?"
    "|oscars?|awards?|dollars?|bucks|euros?|tickets?|chances?"
    "|stunden?|minuten?|jahren?|tagen?|mal|abende?n?|leute|filme?)"
)
"""What a number before them counts, so that it is no stars."""
_COUNTED = re.compile(rf"[0-9{GLYPHS}½]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)\b", re.IGNORECASE)
_DOUBT = re.compile(
    rf"[0-9{GLYPHS}½?]|\b(?:two|three|four|five|six|seven|eight|nine|ten|half)\b"
    r"|\b(?:if|unless|probably|perhaps|maybe|not sure|no idea|now i['’]?d|tomorrow"
    r"|imdb|letterboxd|critics|would be|too (?:much|many|high|low)"
    r"|wenn|falls|morgen|zu (?:viel|wenig))\b"
    rf"|^{UNITS}\b"
    r"|^from (?!me\b|my|us\b)|^(?:is|was|are|will|has|had|looks?|comes?|coming|when|trailer|movie|film|or|and|vs)\b",
    re.IGNORECASE,
)
"""What a remark behind stars must not hold: other stars, a question, a condition, what they count, whose else they
are, or a sequel (`Heat 2 is out`)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A title, the text of its stars, what was said behind the two, and whether the stars stand before the title."""

    title: str
    stars: str
    remark: str = ""
    is_first: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the remark is no more than one."""
        return _DOUBT.search(self.remark) is None


def wordings(line: str, *, remarked: bool = True) -> Iterator[Wording]:
    """All ways to find stars in a line, the likeliest first; with a remark behind them unless that is left out."""
    last = split_rating(line)
    if last.tail:
        yield Wording(last.title, last.tail)
    yield from _stars_first(last.whole)
    if remarked:
        yield from islice(_stars_within(last.whole), _MOST_WITHIN)


def _stars_first(line: str) -> Iterator[Wording]:
    """`4 Heat`, `8/10 for Heat`: the longest stars a line begins with, and the rest of it."""
    for end in range(min(_LONGEST, len(line) - 1), 0, -1):
        if (line[end].isspace() or line[end] in SEPARATORS + ",") and _is_stars(line[:end]):
            rest = line[end:].lstrip(SEPARATORS + ", \t")
            yield Wording(rest[said.end() :] if (said := _FOR.match(rest)) else rest, line[:end], is_first=True)
            return


def _stars_within(line: str) -> Iterator[Wording]:
    """`Heat 4.5 great movie`: each stars with words on both sides, the longest of each place first."""
    if len(line) > LONGEST_LINE:
        return
    for start in range(1, len(line)):
        if not may_begin(line, start) and line[start - 1] not in "([":
            continue
        for end in range(min(len(line), start + _LONGEST), start, -1):
            is_end = end == len(line) or line[end].isspace() or line[end] in _ENDS
            if is_end and not line[end - 1].isspace() and _is_stars(line[start:end]):
                title = line[:start].rstrip(SEPARATORS + ", \t([")
                yield Wording(title, line[start:end], line[end:].strip(_ENDS + SEPARATORS))
                break


def titles_in(title: str) -> Iterator[str]:
    """A title as it stands, and without what one says around it: `the matrix` of `I give the matrix a`."""
    yield title
    bare = _QUOTED.sub("", title).strip()
    given = _GIVEN.match(bare)
    bare = _GETS.sub("", f" {bare[given.end() :] if given else bare}").strip()
    if bare != title:
        yield bare


def may_have_stars(text: str) -> bool:
    """Whether there is a number or a star sign in it, which is soon seen."""
    return _COUNTED.search(text) is not None


def cuts(line: str) -> Iterator[tuple[int, int]]:
    """Where one film may end and the next begin: `,` but not in `4,5`, `;` and `and`."""
    return (one.span() for one in islice(_CUT.finditer(line), _MOST_CUTS))


def _is_stars(text: str) -> bool:
    """Whether it looks like stars, right or wrong ones."""
    try:
        return parse_folded(text) is not None
    except InvalidStarsError:
        return True
