"""What people say in German of a film: `Ich fand Heat großartig`, `Cats hat mir nicht gefallen`."""

import re

_WORDS = {
    5.0: "großartig genial fantastisch brillant perfekt wunderbar überragend grandios meisterwerk",
    4.5: "super toll klasse",
    4.0: "gut schön nett stark",
    3.0: "okay ok solide",
    2.0: "schlecht langweilig öde schwach mäßig enttäuschend",
    1.0: "furchtbar schrecklich grauenhaft grottig mies müll schrott",
}
_STARS_OF = {word: stars for stars, words in _WORDS.items() for word in words.split()}
_STARS_OF |= {"mochte": 4.0, "liebte": 5.0, "hasste": 1.0, "gefallen": 4.0}
_OPEN = "überbewertet|unterschätzt|lang|langsam|witzig|lustig|traurig|gruselig|seltsam|komisch|spannend"
_TITLE, _NOT = r"(?P<title>.+?)", r"(?:\s+(?P<not>nicht|kein))?"
_SO = r"(?:\s+(?:wirklich|echt|sehr|so|total|ganz|ziemlich|richtig|völlig|einfach|auch|etwas|zu|viel|gut|eine?))*?"
_WORD = rf"\s+(?P<word>{'|'.join((*_STARS_OF, _OPEN))})"
_FELT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"ich\s+(?:finde?|fand)\s+{_TITLE}{_NOT}{_SO}{_WORD}",
        rf"(?:ich\s+finde\s+)?{_TITLE}\s+(?:ist|war|hat\s+mir){_NOT}{_SO}{_WORD}",
        rf"mir\s+hat\s+{_TITLE}{_NOT}{_SO}{_WORD}",
        rf"ich\s+(?P<word>mochte|liebte|hasste)\s+{_TITLE}{_NOT}",
        rf"(?:ich\s+)?habe?\s+(?:ich\s+)?{_TITLE}(?:\s+schon)?\s+(?P<word>gesehen)",
    )
]
_IT = re.compile(r"(?:er|ihn|den|der|es|das|der film|den film)(?:\s+schon)?", re.IGNORECASE)
DISLIKED = 2.0


def felt_in_german(text: str) -> tuple[str, float | None] | None:
    """The film, empty for `ihn`, and the stars that would say as much, None where nobody can tell; None for neither."""
    for said in filter(None, (pattern.fullmatch(text) for pattern in _FELT)):
        told, word = said.groupdict(), said["word"].lower()
        stars = _STARS_OF.get(word)
        if told.get("not"):
            stars = DISLIKED if word in ("mochte", "gefallen") else None
        return "" if _IT.fullmatch(said["title"]) else said["title"], stars
    return None
