"""What people say to put a rating right, or to have it gone: `no, I meant 4`, `sorry, 4 not 4.5`, `forget Scarface`."""

import re
from dataclasses import dataclass

from bot.movies import Choice, MovieSearch, UnknownTitleError
from bot.movies.pronouns import is_pronoun
from bot.ratings.stars import InvalidStarsError, fold, parse_folded

LONGEST = 200
"""Characters; what is longer tells a story."""
JUST_NOW_S = 300

_NO = r"(?:no|nope|nah|nein|nee|nö)"
_WAIT = (
    r"(?:sorry|oops|whoops|wait|hang on|actually|rather|correction|typo|my bad|ups|warte|moment|halt|doch|eher"
    r"|tut mir leid|korrektur|sondern)"
)
_MEANT = (
    r"(?:i\s+(?:really\s+|actually\s+)?mean(?:t)?(?:\s+to\s+(?:say|write|give\s+it|rate\s+it))?|meant"
    r"|make\s+(?:it|that)|change\s+(?:it|that)\s+to|(?:it\s+)?should\s+(?:be|have\s+been)|(?:ich\s+)?meinte(?:\s+ich)?"
    r"|mach\s+(?:daraus|lieber)|(?:es\s+)?sollten?(?:\s+es)?)"
)
_LEAD = rf"(?:{_NO}(?:[,.!:;…–-]+\s*|\s+(?=[^\W\d]))|(?:{_WAIT}|{_MEANT})[\s,.!:;…–-]+)"
_NOT = r"[\s,(]+(?:and\s+|und\s+)?(?:not|instead\s+of|rather\s+than|nicht|statt|anstatt)\s+(?:an?\s+|eine?\s+)?"
_CORRECTION = re.compile(
    rf"{_LEAD}+(?:an?\s+|eine?\s+)?(?P<stars>.{{1,30}}?)(?:{_NOT}(?P<instead>.{{1,30}}?))?"
    r"(?:[\s,]+(?:please|pls|sorry|actually|instead|bitte))*",
    re.IGNORECASE,
)

_PLEASE = r"(?:(?:please|pls|hey|ok|okay|and|no|can you|could you|bitte|und|nein|kannst du)[\s,]+)*"
_AFTER = r"(?:[\s,]+(?:please|pls|again|thanks|bitte|danke|wieder|zurück))*"
_TITLE = r"(?P<title>.+?)"
_STARS = r"(?:rating|stars|score)s?"
_BEWERTUNG = r"(?:bewertung|wertung|sterne)"
_GO = r"(?:forget|delete|remove|erase|clear|drop|unrate)"
_WEG = r"(?:vergiss|lösche?|entfern(?:e)?|streiche?|nimm)"
_PLAIN = (
    rf"{_GO}\s+(?:my|the)\s+{_STARS}\s+(?:for|of|on|from)\s+{_TITLE}",
    rf"{_GO}\s+{_TITLE}\s+(?:from|off|out of)\s+my\s+ratings",
    rf"{_GO}\s+(?:my|that|this|the)\s+(?P<title>)(?:rating|score)",
    rf"unrate\s+{_TITLE}",
    rf"{_WEG}\s+(?:bitte\s+)?(?:meine|die)\s+{_BEWERTUNG}\s+(?:für|von|zu)\s+{_TITLE}",
    rf"{_WEG}\s+(?:bitte\s+)?{_TITLE}\s+aus\s+meinen\s+bewertungen",
    rf"{_WEG}\s+(?:bitte\s+)?(?:meine|diese|die)\s+(?P<title>)(?:be)?wertung",
)
_LOOSE = (rf"(?:forget|delete|erase)(?:\s+about)?\s+{_TITLE}", rf"(?:vergiss|lösche?)\s+(?:bitte\s+)?{_TITLE}")
_ES = re.compile(r"das|es|dies(?:en?)?|ihn|den|der|sie", re.IGNORECASE)
_NO_FILM = re.compile(
    r"(?:(?:the|my|our|your|what|all|every\w*|any\w*|no|never|die|meine?|alles?|was|kein\w*)\b|me\b|mich\b).*",
    re.IGNORECASE,
)
"""What no film is looked for in, but one that is called just that."""
_PATTERNS = [
    (re.compile(f"{_PLEASE}{pattern}{_AFTER}", re.IGNORECASE), is_plain)
    for some, is_plain in ((_PLAIN, True), (_LOOSE, False))
    for pattern in some
]


@dataclass(frozen=True, slots=True)
class Correction:
    """The stars that were meant, as they were typed, and those that were not, where that was said."""

    stars: str
    instead_of: float | None = None


def correction(text: str) -> Correction | None:
    """What a message puts right; None where it says anything else."""
    said = _CORRECTION.fullmatch(fold(text).strip(" .!?…)")) if len(text) <= LONGEST else None
    if said is None or not _is_given(said["stars"]):
        return None
    instead = said["instead"]
    if instead is None:
        return Correction(said["stars"])
    return Correction(said["stars"], parse_folded(instead)) if _is_given(instead) else None


def to_unrate(search: MovieSearch, text: str) -> str | None:
    """The film whose rating a message asks to forget, `that` for the one spoken of; None where it asks something else.

    Where no rating is spoken of, as in `forget Scarface`, it has to be a film beyond doubt.
    """
    text = " ".join(text.split()).strip(" .!?…")
    if len(text) > LONGEST or search.is_name(text):
        return None
    for pattern, is_plain in _PATTERNS:
        if (said := pattern.fullmatch(text)) is not None:
            title = said["title"].strip(" \"'“”‘’„")
            is_it = is_pronoun(title) or _ES.fullmatch(title) is not None
            if is_plain:
                return "that" if is_it else title
            return title if not is_it and is_film(search, title) else None
    return None


def is_film(search: MovieSearch, title: str) -> bool:
    """Whether it names a film beyond doubt."""
    if title.casefold() in {genre.casefold() for genre in search.catalogue.genres}:
        return False
    if search.is_name(title):
        return True
    try:
        return not (_NO_FILM.fullmatch(title) or isinstance(search.find_kept(title), Choice))
    except UnknownTitleError:
        return False


def _is_given(text: str) -> bool:
    """Whether it looks like stars, right or wrong ones."""
    try:
        return parse_folded(text) is not None
    except InvalidStarsError:
        return True
