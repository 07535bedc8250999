"""Bringing typed text and stored titles to the same plain words, so that they can be compared."""

import re
import unicodedata

# Letters that Unicode does not take apart into letter and mark, and signs that would merge with a neighbour.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "đ": "d", "ð": "d", "ł": "l", "Ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
    | {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4", "¹": " 1", "²": " 2", "³": " 3"}
)
_APOSTROPHE = re.compile("['’‘`´ʼ′]")
_INVISIBLE = {"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"}
_FRENCH_ARTICLE = re.compile(r"\bl['’](?=\w)", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[^\W_][.*·]){2,}(?:[^\W_]\b)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower-case words without accents, invisible marks or punctuation: `L'Été & Co.` is `l ete and co`.

    Text without any letter or digit keeps its signs, so that a title such as `$` can still be found.
    """
    if not text.isascii():
        text = _fold_unicode(text)
    text = text.lower()
    if _APOSTROPHE.search(text):
        text = _APOSTROPHE.sub("", _FRENCH_ARTICLE.sub("l ", text))
    if "&" in text or "+" in text:
        text = text.replace("&", " and ").replace("+", " and ")
    if "." in text or "*" in text or "·" in text:
        text = _INITIALS.sub(lambda run: re.sub(r"[.*·]", "", run[0]) + " ", text)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return " ".join(_WORD.findall(text)) or "".join(text.split())


def _fold_unicode(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN_LETTERS)).casefold()
    letters = unicodedata.normalize("NFKD", text)
    seen = (one for one in letters if unicodedata.category(one) not in _INVISIBLE or one in "\t\n\r")
    return "".join(seen).translate(_PLAIN_LETTERS)


_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS, start=2)}
_ROMAN = (
    *("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi"),
    *("xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix"),
)
_RESPELT = (
    {"volume": "vol", "pt": "part", "doctor": "dr", "mister": "mr", "versus": "vs", "saint": "st"}
    | {word: str(value) for value, word in enumerate(_UNITS)}
    | {word: str(value) for word, value in _TENS.items()}
    | {numeral: str(value) for value, numeral in enumerate(_ROMAN, start=2)}
)
_ORDINALS = {
    word: str(value)
    for value, word in enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), start=2)
}
_AND_A_HALF = re.compile(rf"\b(\d+|{'|'.join((*_UNITS, *_TENS_WORDS, *_ROMAN))}) and a half\b")
COUNTED = frozenset(("part", "episode", "chapter", "volume", "vol", "book"))


def respell(folded: str) -> str:
    """Numbers and short forms in one spelling: `rocky ii` is `rocky 2`, `twenty one` is `21`, `doctor` is `dr`.

    V and X are numbers except as the first word (`v for vendetta`, `x men`); I only after a word that counts.
    `shrek the third` is `shrek 3`, `nine and a half` is `9 1 2`, as `9½` is.
    """
    folded = _AND_A_HALF.sub(r"\1 1 2", folded)
    words = folded.split(" ")
    if len(words) > 2 and words[-2] == "the" and words[-1] in _ORDINALS:
        words[-2:] = [_ORDINALS[words[-1]]]
        folded = " ".join(words)
    if _RESPELT.keys().isdisjoint(words) and "i" not in words:
        return folded
    spelled: list[str] = []
    previous = ""
    for word in words:
        if previous in _TENS and word in _UNITS[1:10]:
            spelled[-1] = str(_TENS[previous] + _UNITS.index(word))
        elif word == "i" and previous in COUNTED:
            spelled.append("1")
        elif word in {"v", "x"} and not previous:
            spelled.append(word)
        else:
            spelled.append(_RESPELT.get(word, word))
        previous = word
    return " ".join(spelled)
