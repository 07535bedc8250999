"""What people ask of ratings that were given: `what did I rate`, `my best films`, `what did @bob rate`."""

import re

_MY_RATINGS = re.compile(
    r"(?:(?:please|can you) )?(?:(?:(?:show|list|tell)(?: me)? )?(?:all )?my ratings"
    r"|(?:what|which(?: films| movies)?)(?: did i rate|(?: have)? i(?:['’]ve| have)? rated)(?: so far)?"
    r"|(?:what|which (?:films|movies)) (?:have i|did i|i(?:['’]ve| have)) (?:seen|see|watched|watch)(?: so far)?"
    r"|(?:(?:zeig(?: mir)?|liste) )?(?:alle )?meine bewertungen"
    r"|(?:was|welche filme) (?:habe? ich|hab ich) (?:schon )?(?:alles )?(?:bewertet|gesehen|geschaut))[\s.!?]*",
    re.IGNORECASE,
)
"""What asks for the member's ratings."""
_NOBODY = (
    r"(?:i|you|we|they|he|she|it|(?:any|every|some)(?:one|body)|people|others|been|critics"
    r"|ich|du|er|sie|es|wir|ihr|der|die|das|man|wer|jemand)"
)
_SOMEBODY = rf"(?!{_NOBODY}\b)(?:<@!?\d{{1,19}}>|@?[\w.]{{2,32}})"
_FILMS = r"(?:what|which (?:films|movies)|was|welche filme)"
_THEIR_RATINGS = re.compile(
    rf"{_FILMS} (?:did|has|have|hat) (?P<who>{_SOMEBODY})(?: (?:schon|alles))*"
    r" (?:rated?|seen|watch(?:ed)?|bewertet|gesehen|geschaut)(?: so far)?[\s.!?]*"
    rf"|(?:show (?:me )?)?(?P<whose>{_SOMEBODY})['’]s? ratings[\s.!?]*",
    re.IGNORECASE,
)
"""What asks for somebody else's ratings."""
_MY_BEST = re.compile(
    r"(?:(?:show|list)(?: me)? |what are )*(?:my|meine) "
    r"(?P<which>best|top|highest|favou?rite|worst|lowest|besten|liebsten|schlechtesten)(?:[- ]rated)?"
    r" (?:films|movies|ratings|filme|bewertungen)[\s.!?]*",
    re.IGNORECASE,
)
"""What asks for the member's ratings, the best or the worst first."""
_WORST = frozenset({"worst", "lowest", "schlechtesten"})
_MY_STARS = re.compile(
    r"(?:what|how|how many stars|which rating)(?: (?:rating|stars|score))? (?:did i|have i) (?:give|given|rate|rated)"
    r" (?:to )?(?P<film>.+?)"
    r"|(?:what(?:['’]s| is|s) )?my (?:rating|stars|score) (?:for|of|on) (?P<of>.+?)"
    r"|(?:was|wie|wie viele sterne) (?:habe?|hab) ich (?P<film_de>.+?) (?:gegeben|bewertet)"
    r"|(?:was ist |zeig )?meine bewertung (?:für|von|zu) (?P<von>.+?)",
    re.IGNORECASE,
)
"""What asks for the stars that the member gave a film."""


def ratings_asked_for(text: str) -> str | None:
    """What stands behind `ratings` where a message asks for them: nothing, an order or somebody; None for neither."""
    if _MY_RATINGS.fullmatch(text):
        return ""
    if (mine := _MY_BEST.fullmatch(text)) is not None:
        return "lowest" if mine["which"].lower() in _WORST else "highest"
    others = _THEIR_RATINGS.fullmatch(text)
    return None if others is None else next(filter(None, others.groups())).removeprefix("@")


def stars_asked_for(text: str) -> str:
    """The film whose stars the member asks for; empty for none."""
    asked = _MY_STARS.fullmatch(text.strip(" .!?…"))
    return "" if asked is None else next(filter(None, asked.groups()))
