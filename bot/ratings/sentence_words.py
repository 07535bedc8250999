"""Words of a sentence that rates: which leave a film and its stars as they are, and which may turn them round."""

import re

from data.folding import fold

FILM, STARS = "\0", "\1"
"""What stands in a sentence in place of each film and of all stars."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _any_of(*phrases: str) -> str:
    """A pattern of any of these phrases as whole words; an apostrophe stands for each of its forms, or none."""
    return rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)".replace("'", "['’]?")


_HARMLESS = _words("""
    i me my mine we myself id ive ill im it its this that thats these them the a an of for to with from as in is was
    are been has had have one another same film films movie movies flick title titles rating ratings star stars
    score scores scored verdict review result list give gives gave given giving rate rated get gets got deserve
    deserves deserved earn earns earned worth go goes went going say said think thought feel felt find found put
    down write record log logged note noted mark marked enter add added set make call name recorded save saved vote
    award awarded awarding assign let want please pls plz would can kindly settle settling settled stick sticks
    sticking stay stays staying stayed keep keeping leave leaving land lands landing landed end ended stand stands
    remain remains change changed changing lower raise raising bump dropping drop drops downgrade downgraded upgrade
    upgraded bumped believe see saw seen watch watched watches watching rewatch rewatched rewatches rewatching
    finish finished caught last night morning yesterday today tonight evening again finally just now already still
    time week weekend other day theater cinema first second third after rn and so then also only both each all too
    very really quite pretty definitely certainly surely simply absolutely barely easily easy solid strong clear
    firm full whole honest straight rather overall personally instead anyway anyways on at by up obviously absolute
    pure more less low high big fat final generous measly lousy shiny yes yep yeah nah well ok okay oh eh hmm lol
    haha omg fr tbh imo imho ngl idk yo hi hey hello thanks thx ty cheers sorry srry btw honestly actually totally
    damn man dude bro bruh guys folks lads jus here theres haul good great fun nice fine decent fair mid meh bad
    weak awful terrible boring disappointing disappointed amazing awesome brilliant fantastic excellent perfect
    flawless incredible wonderful beautiful masterpiece masterpieces classic fire hilarious funny scary sad peak
    loved liked enjoyed hated overrated underrated best worst ich mir mich mein meine meinen wir es er ihn den dem
    der die das des ein eine einen einem ne nen von vom für mit bei da damit dafür gibt gebe geb gab geben gegeben
    gebs gibts vergebe bewerte bewertet bewerten bewertung würde finde fand möchte bitte mal bekommt kriegt verdient
    hat habe hab sind ist war wars wäre filme stern sterne sternen punkte gesagt gesehen geschaut geguckt gestern
    heute heut abend endlich nochmal wieder diesmal eben gerade schon noch immer nur und auch dann sehr echt
    wirklich ganz glatt glatte solide solider starke klare gut super toll klasse großartig genial schön schlecht
    langweilig meisterwerk klassiker trotzdem jedenfalls halt einfach leider absolut definitiv insgesamt zu lang
    kurz eher danke hallo digga alter trag trage schreib notier notiere auf setz alle beide je jeweils
""")
_COMMON = _words("""
    about after alone always any awake before best big but crazy evil first fresh friday gone happy he her his
    holidays home hot how if kids life look lost love lucky monday money more new next no not off old once or our
    out over right she some sunday there they together tomorrow tonight trust truth two up us what when where who
    why wild wow your end ending middle part half rest heart head people world family woman daughter son brother
    sister husband wife mother father friends boy girl baby men women house hours days minutes weeks months years
""")
"""Words that are films' titles too; in a sentence they are hardly ever meant as one."""
_ARTICLES = _words("the a an der die das ein eine")
_SAYINGS = ("now and then", "time after time", "all of me")
_NUMBERS = _words("one two three four five six seven eight nine ten half")
_WORD = re.compile(r"\w[\w'’.]*")
_HARMLESS_PHRASES = re.compile(
    _any_of(
        "thank you|(?:would|should|i'd) like|i will|i'll|if i may|if you ask me",
        "i'm (?:at|going|giving|sticking|settling)|(?:give|gave|gives) him|(?:gebe?|gab) ihm|hat mir",
        r"with \w+ \w*kids|for what it's worth|fight me|ended up|that's that",
        "no (?:question|doubt|notes|contest|cap|joke)|without (?:question|a doubt)|hands down|by far|of course",
        "as well|as always|at last|every time",
        f"my (?:rating|vote|score)(?: (?:for|of) (?:it|this|{FILM}))? would be",
    ),
    re.IGNORECASE,
)
_WHO = (
    "he|she|they|you|brother|sister|wife|husband|friends?|mom|mum|dad|mother|father|son|daughter|kids?|children|boys"
    "|girls|girlfriend|boyfriend|bf|gf|cousin|nephew|niece|uncle|aunt|grandma|grandpa|everyone|everybody|nobody|people|anyone|someone"
    "|somebody|who|teacher|professor|boss|roommate|flatmate|ex|guy|mate|buddy|critics?|er|sie|du|bruder|schwester|frau"
    "|mann|freund|freundin|mutter|vater|sohn|tochter|kinder|alle|kollege|kollegin|jemand|wer|man"
)
_THINK = (
    "gave|gives?|giving|rate[ds]?|rating|says?|said|thinks?|thought|loves?|loved|likes?|liked|adores?|would|calls?|called"
    "|swears?|insists?|claims?|wrote|handed|awarded|puts?|gab|gaben|geben|gibt|hat|sagt|sagte|meint|meinte|findet|fand|liebt|liebte|würde|schwört"
)
_OTHERS = _any_of(
    r"(?:der|die) (?:gibt|gab)",
    r"(?-i:[A-Z]\w+|from \w+) (?:liked|loved|enjoyed|rated|hated)",
    rf"(?:{_WHO})\s+(?:\w+\s+){{0,5}}?(?:{_THINK})",
)
_WANTED = _any_of(
    r"recommend(?!ation|ed)\w*|suggest(?!ion|ed)\w*|similar|(?:less|more|under|over) than",
    "or (?:more|better|higher)|unless",
    "(?:something|anything|etwas|irgendwas) (?:like|with|similar|good|new|else|wie|mit|gutes|neues)|falls",
    rf"(?:at least|mindestens) (?:\w+ )?{STARS}|star (?:films|movies)|never (?:said|gave|rated)",
    r"empf(?:ie|eh)hl\w*|average|avg|imdb|letterboxd|rotten|tomatoes|metacritic|critics|says",
)
_LATER = _any_of(r"tomorrow|tonight at|never|nie|morgen|bald|soon")
_NOT_THEIRS = re.compile(rf"\?|{_WANTED}|{_LATER}|{_OTHERS}", re.IGNORECASE)
_OF_OTHERS = re.compile(_OTHERS, re.IGNORECASE)
_PERSON = re.compile(_any_of(_WHO), re.IGNORECASE)
_SOMEBODY = re.compile(
    r"(?:^|[.!?,:]\s*)(?P<name>[^\W\d]\w*)"
    r" (?:gave|gives?|rate[ds]|says?|said|liked|loved|enjoyed|hated|gab|gibt|sagt|fand)\b"
)
_UNSEEN = _any_of(
    r"(?:haven't|hasn't|ain't|not|never|nicht|noch) (?:\w+ ){0,3}?(?:seen|watched|finished|made it|gesehen|geschaut)",
)
_TAKEN_BACK = _any_of(
    r"used to|when i was|as a (?:kid|child|teen\w*|boy|girl)|back then|früher|damals|take back|taking back",
    r"remind|erinner\w*|can't decide|undecided|(?:not|nicht) (?:so |really |quite )?(?:sure|sicher)|unsure",
    "no idea|keine ahnung|depends|wait|(?:thinking|think) of|planning|plan to",
    "(?:will|gonna) (?:watch|see|rate|be)|going to|about to|(?:was|were) gonna|between|zwischen|coin flip",
    "ranking|ranked|predictions?|screenings?|schedule|according to|per|claims?",
    r"toss-?up|jury's out|vote[sd]?|voting|poll|stimmen|abstimm\w*|would have|would've|mean|meant",
)
_TURNED = (
    rf"{STARS}(?: for {FILM})? (?:is|are|was|were|ist|sind|in|off|less|more|weniger|mehr|abzug)\b|{STARS} of {FILM}"
    rf"|{STARS} (?:from|von) (?!me\b|us\b|mir\b|uns\b|our\b|a\b|what\b|the wife and|{STARS}|{FILM})"
    r"|\b(?:(?:drop|rais|lower|bump|upgrad|downgrad)\w*|go(?:es|ing|ne)?|went)\b"
    r"(?![^.]*\bto\b)[^.]*\b(?:by|up|down|it|from)"
    rf" (?:an? )?{STARS}|\b(?:drop|rais|lower|bump)\w* {FILM} {STARS}|\b(?:the|both) {STARS} (?:of|in)\b"
    rf"|(?:[.!?,…{STARS}]|\blol|\bhaha)\s*(?:lol )?(?:no|not|nah|nope|nein|nicht|nö|niemals|spaß|scherz)\W*$"
    r"|\b(?:lower|higher) now\b|\bnow (?:lower|higher)\b"
    r"|\b(?:said|sagt|wrote) (?-i:[A-Z])|\btoo (?:high|low)\b|\bzu (?:hoch|niedrig)\b"
)
"""What takes stars back, or tells whose they are, right beside them."""
_IN_JEST = r"🙄|🙃|/s\b|" + _any_of(
    "jk|kidding|joking|my ass|yeah right|oh sure|(?:wow )?sure(?=,)|ja klar|klar(?=,)|as if|said (?:no one|nobody)",
    "whoever",
)
_BESIDE = _any_of(
    r"dvds?|blu-?rays?|steelbook|stream\w*|netflix|load|buffer\w*|subtitles|bot|cafe|pizza|wine|food|dinner|tv|poster",
    "trailers?|soundtrack|score (?:of|by|for)|ost|book|novel|(?:video ?)?game|show|season|episode|restaurant",
    "hotel|place|popcorn|seats|parking|buch|roman|spiel|serie|staffel|folge|sitze",
)
"""What may be given stars beside a film."""
_DOUBT = re.compile(
    rf"{_BESIDE}|{_TURNED}|{_WANTED}|{_UNSEEN}|{_TAKEN_BACK}|{_IN_JEST}|\bno,? ?[0-9]|\bnot (?:{STARS}|[0-9])"
    rf"|[\"“„][^\"”“]*{STARS}[^\"”“]*[\"”“]|^\W*(?-i:[A-Z])\w+:(?=\s)",
    re.IGNORECASE,
)
"""What may say, wherever it stands, that stars are not so many, not the author's, or wished for and not given."""
_CONDITION = re.compile(
    _LATER
    + "|"
    + _any_of(
        "if|could|might|would be|should|idk|dunno|somewhere|maybe|perhaps|probably|possibly|until|once|next",
        "almost|nearly|decide|supposedly|apparently|wenn|könnte|vielleicht|wahrscheinlich|eventuell|fast|beinahe",
        "angeblich",
    ),
    re.IGNORECASE,
)
"""What may say so of the stars in its own sentence."""
_RESERVATION = re.compile(
    r"\W*(?:and |but |only |just )?" + _any_of("for|if|when|minus|without|except|unless|until|für|wenn|ohne|außer|bis"),
    re.IGNORECASE,
)
_SUBJECTLESS = re.compile(
    r"\W*(?:(?:and|but|so|und|aber|also|then|would|will|even|has|hat|würde)\s+)*"
    + _any_of("gave|gives?|rated?|rates|said|says?|thinks?|thought|put|awarded|gab|gibt|hat|sagt"),
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\b(?:saw|watched|rewatched|finished|gesehen|geschaut)\s+"
    r"(?!(?:it|this|that|him|ihn|den|in|on|with|at|over|when|while|w)\b)(?P<what>(?:[^\W\d]\w*\s*){1,5})",
    re.IGNORECASE,
)
_AUTHOR = re.compile(_any_of("i|we|ich|wir"), re.IGNORECASE)
_BAD = re.compile(
    _any_of(r"naps?|asleep|snooze\w*|trash|garbage|worst|boring|refund|awful|terrible|waste\w*"), re.IGNORECASE
)
_GOOD = re.compile(_any_of("masterpiece|best|perfect|amazing|brilliant|flawless"), re.IGNORECASE)
_I = "it|this|that|the|i|we|you|he|she|they"
_ICH = "er|es|der|die|das|ich|wir|du|sie"
_QUESTION = re.compile(
    rf"[^\w{FILM}]*(?:(?:is|was|are|does|do|did|has|have|had|will|would|should|shall|may)\s+(?:{FILM}|(?:{_I})\b)"
    rf"|(?:ist|war|hat)\s+(?:{FILM}|(?:{_ICH})\b)|(?:habe?|soll|würde)\s+ich\b"
    r"|(?:who|why|what|how|when|which|where|whose|wer|warum|wieso|wie|wann|welche[rsn]?)\b)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u)(?: kindly| please| pls)?|kannst du|könntest du"
    r"|(?:you|u) (?:can|could|may)(?= (?:put|log|add|note|mark|write|set|enter|give|make|save|record)))\b"
    r"(?P<what>[^?]*)(?:\?|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|\s)[1-9][0-9]?[.)]\s+(?=\S)")
_DESCRIBED = re.compile(
    r"\b(?P<number>one|two|three|four|five|[1-5])[\s-]+"
    r"(?:(?:measly|lousy|whole|full|big|fat|solid|shiny|generous|lonely|strong|clear|good)[\s-]+)?(?P<stars>stars?)\b",
    re.IGNORECASE,
)


def plain_words(text: str) -> str:
    """A request that is no question as a plain one, `can you give Inside Out 4.5?`, `a five-star film` as stars, and a
    list without its numbers.
    """
    if _NUMBERED.match(text):
        text = _NUMBERED.sub("\n", text)
    return _DESCRIBED.sub(r"\g<number> \g<stars>", _ASKED_FOR.sub(lambda asked: asked["what"] + ".", text))


def is_harmless(text: str) -> bool:
    """Whether all its words leave a film and its stars as they are."""
    rest = _HARMLESS_PHRASES.sub(" ", text)
    return "?" not in rest and all(fold(word) in _HARMLESS for word in _WORD.findall(rest))


def is_in_doubt(text: str) -> bool:
    """Whether it may say that stars anywhere in it are somebody else's, not so many, or wished for."""
    return _DOUBT.search(_HARMLESS_PHRASES.sub(" ", text)) is not None


def is_conditional(text: str) -> bool:
    """Whether a sentence may say that the stars in it are not given."""
    return _CONDITION.search(_HARMLESS_PHRASES.sub(" ", text)) is not None


def is_not_theirs(text: str) -> bool:
    """Whether it speaks of other people's stars, or of films that are wanted, so that nobody need be asked."""
    return _NOT_THEIRS.search(_HARMLESS_PHRASES.sub(" ", text)) is not None


def speaks_of_others(text: str) -> bool:
    """Whether it tells what somebody else thinks of a film."""
    named = _SOMEBODY.search(text)
    return _OF_OTHERS.search(text) is not None or (named is not None and not is_harmless(named["name"]))


def names_somebody(text: str) -> bool:
    """Whether it names another person: `my dad:`."""
    return _PERSON.search(text) is not None


def is_question(text: str) -> bool:
    """Whether a sentence or a part of one, with films' names replaced, asks, or begins as a question does."""
    return "?" in text or _QUESTION.match(text) is not None


def is_reservation(text: str) -> bool:
    """Whether the clause behind stars limits them: `five stars, for the parking lot`."""
    return _RESERVATION.match(text) is not None and not is_harmless(text)


def limits(remark: str) -> bool:
    """Whether a remark behind a film and its stars may turn them round or take some back."""
    beside = (f"{FILM} {STARS} {remark}", f"{STARS} for {FILM} {remark}")
    return any(map(is_in_doubt, beside)) or speaks_of_others(remark) or is_reservation(remark)


def watched_another(text: str) -> bool:
    """Whether it tells of watching what is no film known here: `saw Barbie yesterday`."""
    return any(not is_harmless(found["what"]) for found in _WATCHED.finditer(text))


def needs_a_subject(text: str) -> bool:
    """Whether a clause begins with what somebody does, who was named before it: `and gave it 5 stars`."""
    return _SUBJECTLESS.match(text) is not None


def is_author_s(before: str) -> bool:
    """Whether what stands before such a clause in its sentence names its author, or is nothing."""
    return _AUTHOR.search(before) is not None or _WORD.search(before) is None


def contradicts(text: str, stars: float | None) -> bool:
    """Whether the words are the opposite of the stars, as in jest."""
    if stars is None:
        return False
    return (stars >= 4 and _BAD.search(text) is not None) or (stars <= 1.5 and _GOOD.search(text) is not None)


def is_common(name: str, *, before_stars: bool, begins: bool = False) -> bool:
    """Whether a film's name is made of words that mean no film within a sentence; before stars a word less may.

    Where it `begins` a sentence its capital tells nothing.
    """
    if name.isdecimal():
        return len(name) < 3
    words = fold(name).split()
    if all(word in _NUMBERS for word in words):
        return True
    telling = [word for word in words if word not in _HARMLESS and not word.isdecimal()]
    if telling:
        is_rare = len(telling) > 1 or telling[0] not in _COMMON or (before_stars and len(words) > 1)
        return not is_rare and (begins or not name.istitle())
    is_titled = len(words) > 1 and name[0].isupper() and name.split()[-1][0].isupper()  # `Stand by Me`
    return not is_titled and (len([word for word in words if word not in _ARTICLES]) < 3 or name.lower() in _SAYINGS)
