"""What people say of a list they were shown: `more`, `darker`, `but from the 80s`; `mehr`, `etwas Düsteres`."""

import re
from dataclasses import dataclass

from bot.errors import UserError
from bot.lists.dials import Dial
from bot.lists.filter_words import FilterWords
from bot.lists.filters import Filters

LONGEST = 80
"""Characters; what is longer is a wish of its own."""

_MORE = re.compile(
    r"(?:(?:please|ok|show me|give me|can i have|some|any|even|bitte|zeig mir|noch|ein paar) )*"
    r"(?:more(?: of (?:them|these|those)| like (?:these|those))?|next(?: (?:one|ones|page|ten|film|movie))?"
    r"|other(?:s| ones| films| movies)|another(?: (?:one|ten|film|movie|page))?"
    r"|(?:one|two|three|four|five|ten|\d{1,2}|a few) more(?: (?:films?|movies?))?"
    r"|what else(?: is there)?|go on|keep going|(?:something|anything) else|none of (?:them|these|those)|not these"
    r"|noch (?:eine[nrs]?|ein|welche|mehr)(?: film)?|mehr|weitere|andere|(?:et)?was anderes|(?:und )?sonst(?: noch)?"
    r"|die nächsten|keine[rn]? (?:davon|von (?:denen|diesen))|nichts davon)"
    r"(?: please| filme| bitte)*",
    re.IGNORECASE,
)
_DIALS: dict[Dial, str] = {
    "less_known": r"(?:less (?:well[- ])?|lesser[- ])known|less (?:popular|mainstream|famous)|more obscure"
    r"|weniger bekannte?s?|unbekannter(?:e[sn]?)?",
    "better_known": r"(?:better[- ]|more (?:well[- ])?)known|more (?:popular|mainstream|famous)|bekannter(?:e[sn]?)?",
    "newer": r"newer|more (?:recent|modern)|neuer(?:e[sn]?)?|aktueller(?:e[sn]?)?",
    "older": r"older|älter(?:e[sn]?)?",
    "lighter": r"light(?:er|[- ]?hearted)?|more light[- ]?hearted|happier|less dark|leichter(?:e[sn]?)?"
    r"|fröhlicher(?:e[sn]?)?|heiterer(?:e[sn]?)?|(?:weniger|nicht so) düstere?s?",
    "darker": r"dark(?:er)?|grimmer|düster(?:er)?(?:e[sn]?)?|dunkler(?:e[sn]?)?|finsterer(?:e[sn]?)?",
}
_BEFORE = (
    r"(?:(?:please|ok|but|and|or|maybe|rather|make it|something|anything|a bit|a little|even|much|like (?:this|these)"
    r"|bitte|aber|und|oder|lieber|etwas|was|ein bisschen|noch|viel|so)[ ,]+)*"
)
_AFTER = r"(?: (?:ones?|films?|movies?|stuff|please|though|filme|bitte))*"
_TURNS = {dial: re.compile(f"{_BEFORE}(?:{words}){_AFTER}", re.IGNORECASE) for dial, words in _DIALS.items()}
_BUT = re.compile(
    r"(?:but|and|only|just|also|aber|und|nur|auch)[ ,]+(?P<wish>.+)"
    r"|(?P<without>(?:without|no|not|ohne|keine?n?|nicht) .+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Following:
    """The same list with a dial turned, or with one more `wish`; its next films where it is neither."""

    dial: Dial | None = None
    wish: Filters | None = None


def asks_for_more(text: str) -> bool:
    """Whether it asks for what comes next, of a list or by chance."""
    return len(text) <= LONGEST and _MORE.fullmatch(" ".join(text.split()).strip(" .!?…")) is not None


def following(words: FilterWords, text: str) -> Following | None:
    """What is to follow; None where that says nothing of a list, or not clearly."""
    text = " ".join(text.split()).strip(" .!?…")
    if len(text) > LONGEST:
        return None
    if asks_for_more(text):
        return Following()
    if (dial := next((dial for dial, said in _TURNS.items() if said.fullmatch(text)), None)) is not None:
        return Following(dial)
    if (said := _BUT.fullmatch(text)) is None:
        return None
    try:
        wish = words.read_all(said["wish"] or said["without"])
    except UserError:
        return None
    return None if wish.is_plain else Following(wish=wish)
