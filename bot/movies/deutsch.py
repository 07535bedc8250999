"""What people say in German of a film that is spoken of: `warum?`, `mehr davon`, `lösch meine Bewertung`."""

_TITLE, _OTHER = r"(?P<title>.+?)", r"(?P<other>.+?)"
_MINE = r"(?:meine |die )?(?:bewertung|sterne)"

SAID: tuple[tuple[str, str], ...] = (
    ("why", rf"(?:warum|wieso|weshalb)(?: denn| gerade| eigentlich| ausgerechnet)*(?: {_TITLE})?"),
    ("why", rf"wie kommst du (?:auf {_TITLE}|darauf|drauf)"),
    ("similar", rf"(?:noch )?mehr (?:davon|(?:von|wie) {_TITLE}|solche(?: filme)?|in der art|so (?:et)?was)"),
    ("similar", rf"(?:(?:etwas|was|noch) )?ähnliche[srn]?(?: filme)?|(?:filme|etwas|was) (?:ähnlich )?wie {_TITLE}"),
    ("similar", r"(?:noch )?so (?:et)?was(?: ähnliches)?|noch so eine[rn]?"),
    ("unrate", rf"(?:lösche?|entferne?|streiche?) {_MINE}(?: (?:für|von) {_TITLE})?"),
    ("unrate", rf"{_MINE} (?:löschen|entfernen|weg|zurücknehmen)|nimm {_MINE} (?:wieder )?(?:zurück|weg)"),
    ("rate", r"naja|na ja|geht so|so ?lala"),
    (
        "trailer",
        rf"(?:(?:zeig|gibt['’]?s|gibt es|hast du) )?(?:den |einen )?trailer(?: dazu| davon| (?:zu|von|für) {_TITLE})?",
    ),
    ("movie", rf"(?:erzähle? mir )?mehr (?:dazu|darüber|infos?|über {_TITLE})"),
    ("movie", rf"worum geht(?:['’]?s| es)(?: da| in {_OTHER})?"),
)
