"""Words of a sentence that rates: which leave a film and its stars as they are, and which may turn them round."""

import re

from data.folding import fold

FILM, STARS = "\0", "\1"
"""What stands in a sentence in place of each film and of all stars."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_HARMLESS = _words("""
    i me my mine we myself id ive ill im it its this that these them the a an of for to with from as in is was are
    been has had have one film films movie movies flick title titles rating ratings star stars score
    give gives gave given giving rate rated get gets got deserve deserves deserved earn earns earned go goes went say
    said think thought feel felt find found put down write record log note mark enter add set make call lands want
    let please pls plz would can kindly save saved vote award assign settling settled believe jus
    overall personally recorded marked noted added haul note
    see saw seen watch watched rewatch rewatched finished caught last night yesterday today evening again finally just
    now already still rewatching watching time week weekend other day theater cinema
    and so then also only both each all too very really quite pretty definitely certainly surely simply absolutely
    easily easy solid strong clear firm full whole honest straight rather yes yep yeah well ok okay oh lol haha omg fr
    tbh imo imho ngl idk yo hi hey hello thanks sorry srry honestly actually totally damn man dude bro here
    good great fun nice fine mid meh bad awful terrible boring disappointing disappointed amazing awesome brilliant
    fantastic excellent perfect incredible wonderful beautiful masterpiece classic fire hilarious funny scary sad
    loved liked enjoyed hated by
    ich mir mich mein meine meinen wir es er ihn den dem der die das des ein eine einen einem von vom für mit gibt
    gebe geb gab geben gegeben bewerte bewertet bewerten bewertung würde finde fand möchte bitte mal bekommt kriegt
    verdient hat habe hab sind ist war wäre filme stern sterne sternen punkte gesehen geschaut geguckt gestern heute
    abend endlich nochmal wieder eben gerade schon noch immer nur und auch dann sehr echt wirklich ganz glatte glatt
    solide solider starke klare gut super toll klasse großartig genial danke hallo trag trage schreib notier notiere
    auf setz alle beide je jeweils vergebe gibts ne nen
""")
_COMMON = _words("""
    about after alone always any awake before best big but crazy evil first fresh friday gone happy he her his holidays
    home hot how if kids life look lost love monday money more new next no not off old on once or our out over right she
    some sunday there they together tomorrow tonight trust truth two up us what when where who why wild wow your end
    ending middle part half rest heart head people world family woman daughter son brother sister husband wife mother
    father friends boy girl baby men women house
""")
"""Words that are films' titles too; in a sentence they are hardly ever meant as one."""
_WORD = re.compile(r"\w[\w'’.]*")
_HARMLESS_PHRASES = re.compile(
    r"\b(?:thank you|(?:would|should|i['’]?d) like|i will|(?:give|gave|gives) him|(?:gebe?|gab) ihm|hat mir|if i may"
    r"|if you ask me|i['’]?m at|with \w+ \w*kids)\b",
    re.IGNORECASE,
)
_WHO = (
    "he|she|they|you|brother|sister|wife|husband|friends?|mom|mum|dad|mother|father|son|daughter|kids?|children|boys|girls"
    "|girlfriend|boyfriend|cousin|everyone|everybody|people|er|sie|du|bruder|schwester|frau|mann|freund|freundin|mutter"
    "|vater|sohn|tochter|kinder|alle"
)
_THINK = (
    "gave|gives?|rate[ds]?|says?|said|thinks?|thought|loves?|loved|likes?|liked|adores?|would|gab|gibt|hat|sagt|findet"
    "|fand|liebt|liebte|würde"
)
_OTHERS = (
    r"\?|\b(?:recommend\w*|suggest\w*|something|anything|similar|at least|or (?:more|better|higher)"
    r"|star (?:film|movie)s?|average|imdb|letterboxd|rotten|tomatoes|critics|says|never|tomorrow"
    r"|unless|empf(?:ie|eh)hl\w*|etwas|irgend\w*"
    rf"|mindestens|nie|morgen|falls|(?:{_WHO})\s+(?:\w+\s+){{0,5}}?(?:{_THINK}))\b"
)
_NOT_THEIRS = re.compile(_OTHERS, re.IGNORECASE)
_DOUBT = re.compile(
    rf"{_OTHERS}|🙄|\bno,? ?[0-9]|\b(?:if|could|might|would be|would have|\w+['’]ve been"
    r"|maybe|perhaps|probably"
    r"|possibly|not sure|unsure"
    r"|undecided|decide|used to|wait|depends|once|going to|planning|thinking of|soon|next"
    r"|wenn|könnte|vielleicht|wahrscheinlich|bald)\b",
    re.IGNORECASE,
)
"""What may say that stars beside it are somebody else's, not so many, or wished for and not given."""
_I = "it|this|that|the|i|we|you|he|she|they"
_ICH = "er|es|der|die|das|ich|wir|du|sie"
_QUESTION = re.compile(
    rf"[^\w{FILM}]*(?:(?:is|was|are|does|do|did|has|have|had|will|would|should|shall|may)\s+(?:{FILM}|(?:{_I})\b)"
    rf"|(?:ist|war|hat)\s+(?:{FILM}|(?:{_ICH})\b)|(?:habe?|soll|würde)\s+ich\b"
    r"|(?:who|why|what|how|when|which|where|whose|wer|warum|wieso|wie|wann|welche[rsn]?)\b)",
    re.IGNORECASE,
)
ASKED_FOR = re.compile(
    r"\b(?:(?:can|could|would|will) you(?: kindly)?|kannst du|könntest du)\b(?P<what>[^?]*)\?", re.IGNORECASE
)
"""A request that is no question: `can you give Inside Out 4.5 from me?`"""


def is_harmless(text: str) -> bool:
    """Whether all its words leave a film and its stars as they are."""
    rest = _HARMLESS_PHRASES.sub(" ", text)
    return "?" not in rest and all(fold(word) in _HARMLESS for word in _WORD.findall(rest))


def is_in_doubt(text: str) -> bool:
    """Whether it may say that stars beside it are somebody else's, not so many, or wished for."""
    return _DOUBT.search(_HARMLESS_PHRASES.sub(" ", text)) is not None


def is_not_theirs(text: str) -> bool:
    """Whether it speaks of other people's stars, or of films that are wanted, so that nobody need be asked."""
    return _NOT_THEIRS.search(_HARMLESS_PHRASES.sub(" ", text)) is not None


def is_question(text: str) -> bool:
    """Whether a sentence or a part of one, with films' names replaced, begins as a question does."""
    return _QUESTION.match(text) is not None


def is_common(name: str, *, before_stars: bool) -> bool:
    """Whether a film's name is made of words that mean no film within a sentence; before stars a word less may."""
    if name.isdecimal():
        return len(name) < 3
    words = fold(name).split()
    if len(words) > 1 and name.istitle():  # `Love Actually`, where nobody would write capitals otherwise
        return all(word in _HARMLESS for word in words)
    telling = [word for word in words if word not in _HARMLESS and not word.isdecimal()]
    if before_stars and len(words) > 1:
        return not telling
    return not telling or (len(telling) == 1 and telling[0] in _COMMON)
