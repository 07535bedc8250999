"""Words of a sentence that rates: which leave a film and its stars as they are, and which may turn them round."""

import re

from data.folding import fold

FILM, STARS = "\0", "\1"
"""What stands in a sentence in place of each film and of all stars."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_HARMLESS = _words("""
    i me my mine we myself id ive ill im it its this that these them the a an of for to with from as in is was are be
    been has had have one film films movie movies flick title titles rating ratings star stars score
    give gives gave given giving rate rated get gets got deserve deserves deserved earn earns earned go goes went say
    said think thought feel felt find found put down write record log note mark enter add set make call lands want
    let please pls plz would can
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
    auf setz alle beide je jeweils
""")
_COMMON = _words("""
    about after alone always any awake before best big but crazy evil first fresh friday gone happy he her his holidays
    home hot how if kids life look lost love monday money more new next no not off old on once or our out over right she
    some sunday there they together tomorrow tonight trust truth two up us what when where who why wild wow your end
    ending middle part half rest heart head people world family woman daughter son brother sister husband wife mother
    father friends boy girl baby men women house
""")
"""Words that are films' titles too; in a sentence they are hardly ever meant as one."""
_DOUBTFUL = _words("""
    two three four five six seven eight nine ten half not no never nobody without if unless until when whether or than
    instead almost nearly maybe perhaps probably possibly guess could should might tomorrow later soon next planning
    going least most above below over under between around average imdb letterboxd rotten tomatoes critic critics
    something anything similar everyone everybody people he she they you your bot wife husband brother sister friend
    friends mate mom mum dad mother father son daughter girlfriend boyfriend say says
    nicht nie ohne wenn falls ob oder als statt fast beinahe vielleicht wahrscheinlich könnte sollte morgen später bald
    etwas mindestens höchstens über unter zwischen sie du frau mann bruder schwester mutter vater sohn tochter leute
    sagt
""")
_DOUBTFUL_BEGINNINGS = tuple(_words("recommend suggest empfehl empfiehl irgend kein freund kritiker ähnlich"))
_KIDS = re.compile(r"(?<!with )(?<!with the )(?<!with my )(?<!mit den )\b(?:kids|kinder)\b", re.IGNORECASE)
_TIMES = re.compile(r"\b\w+ (?:times?|mal)\b", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’.]*")
_AUXILIARIES = _words("did do does is was would could should has had have are were wo ca")
_HARMLESS_PHRASES = re.compile(
    r"\b(?:thank you|(?:would|i['’]?d) like|i will|(?:give|gave|gives) him|(?:gebe?|gab) ihm|hat mir)\b", re.IGNORECASE
)
_WHO = (
    "he|she|they|you|brother|sister|wife|husband|friend|mom|mum|dad|son|daughter|girlfriend|boyfriend|everyone|everybody"
    "|people|er|sie|du|bruder|schwester|frau|mann|freund|freundin|mutter|vater|sohn|tochter|alle"
)
_NOT_THEIRS = re.compile(
    r"\?|\b(?:recommend\w*|suggest\w*|something|anything|similar|at least|or (?:more|better|higher)"
    r"|star (?:film|movie)s?|above|over|under|below|average|imdb|letterboxd|rotten|tomatoes|critics|never|tomorrow|if|empf(?:ie|eh)hl\w*|etwas|irgend\w*"
    r"|mindestens|über|unter|nie|morgen|wenn|falls"
    rf"|(?:{_WHO})\s+(?:\w+\s+)?(?:gave|gives?|rate[ds]?|says?|said|thinks?|gab|gibt|hat|sagt|findet|fand))\b",
    re.IGNORECASE,
)
_I = "it|this|that|the|i|we|you|he|she|they"
_ICH = "er|es|der|die|das|ich|wir|du|sie"
_QUESTION = re.compile(
    rf"\W*(?:(?:is|was|are|does|do|did|has|have|had|will|would|should|shall|may)\s+(?:{FILM}|(?:{_I})\b)"
    rf"|(?:ist|war|hat)\s+(?:{FILM}|(?:{_ICH})\b)|(?:habe?|soll|würde)\s+ich\b"
    r"|(?:who|why|what|how|when|which|where|whose|wer|warum|wieso|wie|wann|welche[rsn]?)\b)",
    re.IGNORECASE,
)
ASKED_FOR = re.compile(r"\W*(?:(?:can|could|would|will) you|kannst du|könntest du)\b(?P<what>[^?]*)\?", re.IGNORECASE)
"""A request that is no question: `can you give Inside Out 4.5 from me?`"""


def is_harmless(text: str) -> bool:
    """Whether all its words leave a film and its stars as they are."""
    rest = _HARMLESS_PHRASES.sub(" ", text)
    return "?" not in rest and all(fold(word) in _HARMLESS for word in _WORD.findall(rest))


def is_in_doubt(text: str) -> bool:
    """Whether it may say that stars beside it are somebody else's, not so many, or wished for."""
    words = [fold(word) for word in _WORD.findall(_TIMES.sub(" ", text))]
    return (
        "?" in text
        or _KIDS.search(text) is not None
        or any(word in _DOUBTFUL or word[0].isdigit() or word.startswith(_DOUBTFUL_BEGINNINGS) for word in words)
        or any(word.endswith("nt") and word[:-2] in _AUXILIARIES for word in words)
    )


def is_not_theirs(text: str) -> bool:
    """Whether it speaks of other people's stars, or of films that are wanted, so that nobody need be asked."""
    return _NOT_THEIRS.search(text) is not None


def is_question(text: str) -> bool:
    """Whether a sentence or a part of one, with films' names replaced, begins as a question does."""
    return _QUESTION.match(text) is not None


def is_common(name: str) -> bool:
    """Whether a film's name is made of words that mean no film within a sentence."""
    if name.isdecimal():
        return len(name) < 3
    return all(word in _HARMLESS or word in _COMMON or word.isdecimal() for word in fold(name).split())
