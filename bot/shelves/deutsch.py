"""How a film is put aside in German: `setz Heat auf meine Merkliste`, `zeig mir den nie wieder`."""

import re

FILLERS = re.compile(r"(?<!\S)(?:bitte|mal|doch),?(?!\S)")
"""Words that may stand between any others."""

_TITLE, _BEFORE = r"(?P<title>.+?)", r"(?P<before>.+?)"
_LIST = r"(?:meine[rn]?|die|der|unsere[rn]?)\s+(?:merkliste|watch[\s-]?liste?|liste)"
_NEVER = r"(?:nie(?:mals)?(?:\s+(?:wieder|mehr))?|nicht\s+(?:mehr|wieder))"
_NEVER_IT = rf"(?:{_NEVER}\s+{_TITLE}|{_BEFORE}\s+{_NEVER})"
_ALREADY = r"(?:schon|bereits|auch)"
_WILL = r"(?:will|möchte|muss|würde|mag)"
_GERN = r"(?:(?:mir|auch|unbedingt|gerne?|noch|noch mal|irgendwann) )*"
_SEE = r"(?:sehen|schauen|gucken|anschauen|ansehen|angucken)"
_PUT = r"(?:setze?|packe?|tue?|lege?|schreibe?|nimm|füge?)"
_TAKE = r"(?:nimm|lösche?|entferne?|streiche?|wirf)"

PLAIN: tuple[tuple[str, str], ...] = (
    ("watchlist add", rf"{_PUT}\s+{_TITLE}\s+(?:auf|in|zu)\s+{_LIST}(?:\s+hinzu|\s+auf)?"),
    ("watchlist remove", rf"{_TAKE}\s+{_TITLE}\s+(?:von|aus)\s+{_LIST}(?:\s+(?:runter|herunter|raus|heraus|weg))?"),
    ("watchlist", rf"(?:zeige?(?:\s+mir)?|was\s+(?:ist|steht)\s+auf|öffne)\s+{_LIST}|meine\s+merkliste"),
    ("hide remove", rf"blende\s+{_TITLE}\s+wieder\s+ein"),
    ("hide add", rf"(?:verstecke?|verbirg)\s+{_TITLE}|blende\s+{_BEFORE}\s+aus"),
)
LOOSE: tuple[tuple[str, str], ...] = (
    ("hide add", rf"(?:zeige?|empfiehl|empfehle|schlage?)\s+mir\s+{_NEVER_IT}(?:\s+vor)?"),
    ("hide add", rf"(?:ich\s+)?(?:will|möchte)\s+{_NEVER_IT}\s+(?:sehen|schauen|gucken)"),
    ("hide add", rf"kein\s+interesse\s+an\s+{_TITLE}|{_BEFORE}\s+interessiert\s+mich\s+(?:auch\s+|einfach\s+)?nicht"),
    ("hide remove", rf"zeige?\s+(?:mir\s+)?{_TITLE}\s+wieder"),
    ("watchlist add", rf"hebe?\s+{_TITLE}\s+für\s+später\s+auf|merke?\s+(?:dir|mir)\s+{_BEFORE}"),
    ("seen add", rf"{_BEFORE} (?:habe? ich(?: {_ALREADY})? gesehen|kenne? ich(?: {_ALREADY})?)"),
    ("seen add", rf"(?:(?:ich\s+)?habe?\s+(?:ich\s+)?)?(?:{_TITLE}\s+)?(?:schon|bereits)\s+gesehen"),
    ("seen add", rf"(?:ich\s+)?habe?\s+{_TITLE}\s+gesehen"),
    ("watchlist add", rf"{_TITLE} auf (?:meine|die|unsere) (?:merkliste|watch[ -]?liste?)(?: setzen)?"),
    ("hide add", rf"{_BEFORE} {_NEVER} (?:vorschlagen|zeigen|anzeigen|empfehlen)"),
)
"""Only of a film that is known, or spoken of."""
SPOKEN: tuple[tuple[str, str], ...] = (
    ("seen add", rf"kenne? ich(?: {_ALREADY})?"),
    ("seen add", rf"(?:kenne? ich|ich kenne?) {_TITLE}(?: {_ALREADY})?"),
    ("watchlist add", rf"(?:{_BEFORE} )?{_WILL} ich {_GERN}{_SEE}|ich {_WILL} {_TITLE} {_GERN}{_SEE}"),
    ("watchlist add", r"auf (?:meine|die) (?:merkliste|watch[ -]?liste?|liste)(?: setzen| damit)?"),
    ("hide add", rf"(?:{_BEFORE} ist )?(?:nichts für mich|nicht mein (?:ding|fall|geschmack))"),
    ("hide add", r"(?:(?:ich )?habe? )?kein interesse|interessiert mich nicht"),
    ("hide add", rf"{_NEVER} (?:vorschlagen|zeigen|anzeigen|empfehlen)"),
)
"""Only of a film that is spoken of."""
