"""Reading wishes in words: what is wanted, what is left out, and what was not understood."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.language import language
from bot.lists.filters import LIST_LENGTH, Filters, Liked, Person
from bot.lists.wishes import names, numbers
from bot.lists.wishes.binding import Binder
from bot.lists.wishes.errors import ContradictionError, CountError
from bot.lists.wishes.everyday import BAD, BEST_RATED, Meaning, key
from bot.lists.wishes.feelings import CHEERING, unfelt
from bot.lists.wishes.german import InEnglish, is_german
from bot.lists.wishes.reading import OfferKind, Reading, Unread
from bot.lists.wishes.sentence import JOINING, Sentence, ends_title
from bot.lists.wishes.titles import Guess, Titles
from bot.lists.wishes.tokens import tokens, typed
from bot.lists.wishes.unread import NEW_THOUGHT, SPEAKERS, YOUR_CHOICE, Namer
from bot.lists.wishes.vocabulary import Vocabulary
from bot.movies import MovieSearch
from data import Movie
from data.people import Role

TEXT_LIMIT = 300
"""Characters that are read."""
LEAST_TAGGED = 3
"""Films that a tag has at least before it is a theme of its own."""
LONGEST_TAG = 4
MOST_GUESSES = 2
"""Titles that are looked for by a part of them; each takes milliseconds."""
MOST_UNKNOWN = 3
"""Words of a name that the catalogue does not know."""
COUNTED_WITHIN = 3
"""Words behind a number in which stands what is counted."""

_LEAVING_OUT = frozenset(
    {"no", "without", "w/o", "wo", "except", "except for", "excluding", "minus", "none", "avoid", "skip", "leave out"}
    | {"anything but", "anything except", "everything but", "no more", "other than", "not another", "zero"}
)
"""Signs that only somebody who wants films begins with; `not` and `never` may tell of one."""
_FILMS_AT_ALL = frozenset({"movie", "movies", "film", "films", "nothing", "please", "pls"})
"""Words of somebody who wants films, whatever begins what is left out."""
_STILL_NOTHING = frozenset({"movie", "movies", "film", "films", "please", "pls", "a", "but", "and", "ok", "okay", ","})
"""What may stand before it."""
_NOT_SO = re.compile(r"\s*nicht (?:so |zu |sehr )?\w+[\s.!]*", re.IGNORECASE)
"""`Nicht lustig`, which tells of a film."""
_ARTICLES = frozenset({"the", "a", "an", "i", "that", "this", "these", "those", "me", "you", "what"})
_FOLKS = frozenset({"somebody", "someone", "she", "he", "they", "others", "her", "his", "we", "the", "i", "my"})
"""Whose wish follows `and`: another one, of which either will do."""


_PRAISED = frozenset({BEST_RATED, BAD})
"""Moods that say what somebody thinks of a film where one is named: `Heat has a good rating`."""


class WishReader:
    """Reads words against the films of one catalogue."""

    def __init__(self, search: MovieSearch) -> None:
        self.facets = search.facets
        self.vocabulary = Vocabulary(search.catalogue)
        self._titles = Titles(search)
        self._binder = Binder(search.facets, self._titles, search.catalogue.last_year)
        self._namer = Namer(self.vocabulary, self._titles)

    def read(self, text: str) -> Reading:
        """What was asked for; raises ContradictionError and CountError.

        Where German is spoken it is read in German, or, if few of the words are, in whichever of the two leaves less
        that is not understood.
        """
        if language() != "de":
            return self._read(text)
        if is_german(text):
            return self._read_german(text)
        try:
            as_typed = self._read(text)
        except (ContradictionError, CountError):
            return self._read_german(text)
        return min(as_typed, self._read_german(text), key=_left) if _left(as_typed) else as_typed

    def _read_german(self, text: str) -> Reading:
        """As it is read in English; what is told of its words is in German, as they were typed."""
        wish = InEnglish(typed(text))
        try:
            reading = self._read(wish.text)
        except ContradictionError as error:
            raise ContradictionError(wish.typed(error.one), wish.typed(error.other)) from None
        except CountError as error:
            raise CountError(wish.typed(error.given), error.limit) from None
        told = (replace(one, text=wish.typed(one.text), instead=wish.typed(one.instead)) for one in reading.unread)
        asks_without = reading.asks_without and _NOT_SO.fullmatch(text) is None
        return replace(reading, unread=tuple(told), asks_without=asks_without)

    def _read(self, text: str) -> Reading:
        said = typed(text)[:TEXT_LIMIT]
        whole = unfelt(said)
        sentence, place = Sentence(whole, list(tokens(whole))), 0
        while place < len(sentence.tokens):
            place += self._take(sentence, place)
        unread = (*sentence.questions, *self._namer.named(sentence))
        if unread and (named := self._titles.whole(sentence)) is not None:
            like = () if named.movie is None else (Liked(named.movie.movie_id, named.movie.label),)
            return Reading(Filters(like=like), () if named.unread is None else (named.unread,), says_something=True)
        if whole != said and not (sentence.asked.moods or sentence.asked.genres or sentence.asked.like):
            sentence.end_list()
            self._binder.bind(sentence, Meaning("mood", CHEERING), said)
        if (clash := sentence.asked.clash) is not None:
            unread = (*unread, Unread(clash[0], topic="years", instead=clash[1]))
        filters, asks_without = sentence.asked.filters(), self._asks_without(sentence)
        is_told = replace(filters, moods=()).is_plain and len(filters.moods) <= sentence.films_named
        tells_of_film = is_told and bool(sentence.films_named) and (sentence.has_paused or bool(unread))
        tells_of_film |= not _PRAISED.isdisjoint(filters.moods) and any(map(self.well_known, (u.text for u in unread)))
        is_asked = sentence.is_asked or _asks_for_some(sentence)
        return Reading(filters, unread, sentence.says_something, is_asked, asks_without, tells_of_film)

    def offered(self, kind: OfferKind, value: str) -> Filters | None:
        """What an offer asks for, its value as `Offer.written` gives it; None for what is none."""
        return self._titles.liked(value) if kind == "like" else self.vocabulary.offered(kind, value)

    def well_known(self, title: str) -> Movie | None:
        """The film that is called just that, where many know it."""
        return self._titles.well_known(title)

    def namesake(self, text: str) -> Movie | None:
        """The well-known film whose title is a mood: `alien`."""
        meaning = self.vocabulary.meaning(text.split())
        return self._titles.well_known(text) if meaning is not None and meaning.kind == "mood" else None

    def _asks_without(self, sentence: Sentence) -> bool:
        """`no romance`, `films without horror`, `nothing scary please`.

        `not funny` may tell of a film, where `not horror` names a genre; `i hate horror` tells of oneself.
        """
        said = {sentence.lower(at) for at in range(len(sentence.tokens))}
        start = next((at for at in range(len(sentence.tokens)) if sentence.lower(at) not in _STILL_NOTHING), 0)
        if not sentence.tokens or not said.isdisjoint(SPEAKERS):
            return False
        if sentence.tokens[start].kind in ("years", "runtime", "back"):
            return sentence.lower(start).split()[0] in ("no", "not", "nothing")
        width, meaning = self.vocabulary.longest(sentence.words(start)) or (0, Meaning(""))
        sign = " ".join(sentence.lower(at) for at in range(start, start + width))
        is_genre = key(sentence.lower(start + width)) in self.vocabulary.genre_of
        return meaning.kind == "no" and (sign in _LEAVING_OUT or is_genre or not said.isdisjoint(_FILMS_AT_ALL))

    def _take(self, sentence: Sentence, place: int) -> int:
        """Read what begins at a token; how many tokens that was."""
        token = sentence.tokens[place]
        match token.kind:
            case "word":
                return self._take_words(sentence, place)
            case "and" | "or":
                sentence.join = token.kind
            case "comma":
                sentence.part(place)
            case "stop":
                sentence.end_list()
                sentence.join, sentence.gap, sentence.is_taste = "", True, False
            case "minus":
                sentence.leave_out(token.text, one_word=True)
            case "age" if numbers.is_for_kids(token.text):
                self._binder.bind(sentence, Meaning("genre", ("Children",)), token.text)
            case "years" if (dated := numbers.years_of(token.text, self.vocabulary.last_year)) is not None:
                self._take_years(sentence, token.text, dated)
            case "years":
                sentence.miss(place, place)
            case "back":
                self._take_years(sentence, token.text, numbers.back_to(token.text, self.vocabulary.last_year))
            case "runtime" if (
                runtime := numbers.runtime_of(token.text, is_out=sentence.leaves_out("runtime"))
            ) is not None:
                sentence.end_list()
                sentence.take("runtime")
                sentence.asked.lengths.append((runtime, token.text))
            case "number":
                self._take_count(sentence, place)
        return 1

    @staticmethod
    def _take_years(sentence: Sentence, text: str, dated: numbers.Dated) -> None:
        if dated.is_out:
            sentence.leave_out(text)
        is_out, join = sentence.take("years")
        sentence.asked.date(*dated[:3], text, join, is_out=is_out)
        if not is_out:
            sentence.pause()

    @staticmethod
    def _take_count(sentence: Sentence, place: int) -> None:
        text = sentence.tokens[place].text
        is_length = text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= LIST_LENGTH
        if not is_length and any(sentence.lower(at) in SPEAKERS for at in range(place)):
            sentence.miss(place, place)  # my mother is 70
            return
        if is_length and sentence.no and not sentence.bound and not sentence.one_word:
            sentence.miss(place, place)  # not 2 old
            return
        if not is_length or (sentence.no and not sentence.bound):
            raise CountError(f"{sentence.no if sentence.one_word else ''}{text}", LIST_LENGTH)
        sentence.end_list()
        sentence.take("count")
        sentence.asked.count.setdefault(int(text), text)
        sentence.pause()

    def _take_words(self, sentence: Sentence, place: int) -> int:
        words = sentence.words(place)
        if self._counts(sentence, place):
            return 1
        found = self.vocabulary.longest(words)
        known = found[0] if found is not None else 0
        if self._may_be_title(sentence, place, known) and (width := self._leave_out_film(sentence, place, known)):
            return width
        for width in range(min(names.LONGEST, len(words)), max(known, 1), -1):
            if (someone := names.famous(self.facets.people, words[:width])) is not None:
                sentence.add_person(someone, words[:width])
                return width
        if found is None:
            return self._take_others(sentence, place)
        if (tagged := self._tag(words, known)) is not None and self._says_more(words[known : tagged[0]]):
            return self._take_tag(sentence, words, *tagged)
        after = self.vocabulary.longest(words[known:])
        if (
            after is not None
            and after[1].kind == "itself"
            and sentence.no
            and found[1].kind in ("genre", "mood", "place")
        ):
            sentence.miss(place, place + known + after[0] - 1)  # no french new wave, but french films
            return known + after[0]
        return self._mean(sentence, place, *found)

    def _mean(self, sentence: Sentence, place: int, width: int, meaning: Meaning) -> int:
        """Take words that mean something; how many tokens that was."""
        text = " ".join(one.text for one in sentence.tokens[place : place + width])
        match meaning.kind:
            case "and" | "or":
                is_choice = sentence.lower(place + width) in _FOLKS or sentence.is_taste
                sentence.join = "or" if is_choice else meaning.kind
            case "no":
                sentence.leave_out(text.lower())
            case "but":
                sentence.end_list()
                sentence.join, sentence.gap = "", True
            case "light" | "film" | "surprise":
                sentence.says_something |= meaning.kind == "surprise" and not sentence.no
                sentence.is_asked |= text.lower() in NEW_THOUGHT - {"a", "an", "some"} or text.lower() in YOUR_CHOICE
                is_new = sentence.join == "comma" and text.lower() in NEW_THOUGHT
                # `nothing scary for kids`, `less talk, more action`
                if (sentence.bound and (is_new or text.lower() == "for")) or text.lower() == "more":
                    sentence.end_list()
            case "itself":
                sentence.miss(place, place + width - 1)
            case "taste":
                sentence.is_taste = True
            case "either":
                sentence.is_choice = True
            case "filler" | "asking":
                sentence.is_asked |= meaning.kind == "asking"
                sentence.pause()
                if sentence.bound:
                    sentence.end_list()
            case "like" | "loved":
                sentence.is_asked |= text.lower().startswith("something")
                return self._take_titles(sentence, place, width, is_like=meaning.kind == "like")
            case "by" | "starring":
                role: Role = "director" if meaning.kind == "by" else "lead"
                return width + self._take_person(sentence, place + width, role, is_sure=True)
            case "with":
                if sentence.bound:
                    sentence.end_list()
                return width + self._take_person(sentence, place + width, "lead", is_sure=False)
            case _:
                follows = self.vocabulary.longest(sentence.words(place + width)) or (0, Meaning(""))
                if meaning.kind == "mood" and follows[1].kind != "film" and self._titles.well_known(text) is not None:
                    sentence.films_named += 1
                self._binder.bind(sentence, meaning, text)
        return width

    def _take_titles(self, sentence: Sentence, place: int, width: int, *, is_like: bool) -> int:
        """Films that the list should be like; where none follows, the word before adds nothing."""
        start = end = place + width
        while (guess := self._title(sentence, start, is_first=end == place + width, is_like=is_like)) is not None:
            if sentence.no:
                sentence.miss(start, start + guess.tokens - 1)
            elif guess.movie is not None:
                self._want_like(sentence, Liked(guess.movie.movie_id, guess.movie.label))
            elif guess.unread is not None:
                sentence.questions.append(guess.unread)
            end = start + guess.tokens
            is_joined = end < len(sentence.tokens) and sentence.tokens[end].kind in JOINING
            if not is_joined and sentence.lower(end) not in ("and", "or", "n"):
                break
            start = end + 1
        if end == place + width:
            sentence.pause()
        return end - place

    def _title(self, sentence: Sentence, place: int, *, is_first: bool, is_like: bool) -> Guess | None:
        """The film that is named there, by its whole title or, where no other meaning is likely, by a part of it."""
        found = self._titles.exact(sentence, place, is_first=is_first)
        if found is not None or not is_like or sentence.no or sentence.guesses == MOST_GUESSES:
            return found
        if self._means_more(sentence, place):
            return None
        sentence.guesses += 1
        return self._titles.guess(sentence, place, lambda at: self._ends_title(sentence, at))

    @staticmethod
    def _want_like(sentence: Sentence, liked: Liked) -> None:
        sentence.take("like")
        sentence.asked.like.setdefault(liked, liked.label)
        sentence.pause()

    def _means_more(self, sentence: Sentence, place: int) -> bool:
        """Whether what follows is something other than a title: `like a romcom`, `like that`."""
        words = sentence.words(place)
        found = self.vocabulary.longest(words)
        if not words or (found is not None and found[1].kind not in ("light", "filler")):
            return True
        if words[0][0].isupper() and words[0].lower() not in _ARTICLES and sentence.tokens[place - 1].text.islower():
            return False  # something like Lost
        return (
            found is not None
            and (words[0].lower() != "the" or len(words) < 2)
            and self._means_more(sentence, place + 1)
        )

    def _ends_title(self, sentence: Sentence, place: int) -> bool:
        return ends_title(sentence.tokens[place], self.vocabulary.meaning(sentence.words(place)[:1] or [""]))

    def _take_person(self, sentence: Sentence, place: int, role: Role, *, is_sure: bool) -> int:
        """Somebody behind `by`, `starring` or `with`; where no name follows, nothing is taken."""
        words = sentence.words(place)
        for width in range(min(names.LONGEST, len(words)), 0 if is_sure else 1, -1):
            if width > 1 or self.vocabulary.meaning(words[:1]) is None:
                someone = names.person(self.facets.people, words[:width], role)
                if someone is not None and (is_sure or self.vocabulary.meaning(words[:width]) is None):
                    sentence.add_person(someone, words[:width])
                    return width
        if not is_sure or not words or self.vocabulary.meaning(words[:1]) is not None:
            return 0
        known = [at for at in range(1, len(words)) if self.vocabulary.meaning([words[at]]) is not None]
        width = min([*known, MOST_UNKNOWN, len(words)])
        if self.facets.people.are_known(role):
            sentence.miss(place, place + width - 1)
        else:
            sentence.add_person(Person(" ".join(words[:width]), role), words[:width])
        return width

    def _counts(self, sentence: Sentence, place: int) -> bool:
        """Whether a number in words stands right before what is counted: `three good thrillers`, `one film`."""
        number = numbers.NUMBERS.get(sentence.lower(place), 0)
        words = sentence.words(place + 1)[:COUNTED_WITHIN] if number and not sentence.no else []
        counted = ("film", "genre", "mood") if number > 1 else ("film", "genre")
        for at in range(len(words)):
            found = self.vocabulary.longest(words[at:])
            if found is None or found[1].kind not in ("light", "film", "genre", "mood"):
                break
            if found[1].kind in counted:
                if number == 1 and sentence.lower(place + at + 1 + found[0]) in SPEAKERS:
                    break  # one film I saw
                sentence.take("count")
                sentence.asked.count.setdefault(number, sentence.tokens[place].text)
                sentence.pause()
                return True
        return False

    def _leave_out_film(self, sentence: Sentence, place: int, known: int) -> int:
        """Take a title of more words than are `known` otherwise, where it is not wanted; how many tokens that was.

        The name of a series may have as many: `no Harry Potter` is not all magic.
        """
        tokens, films = self._titles.unwanted(sentence, place) if sentence.leaves_out("film") else (0, ())
        is_series = len(films) > 1 and tokens > 1
        if not films or tokens < known + (not is_series):
            return 0
        sentence.take("film")
        for film in films:
            sentence.asked.without_films.setdefault(film, film.label)
        return tokens

    def _may_be_title(self, sentence: Sentence, place: int, known: int) -> bool:
        """Whether words that mean something may name a film that is not wanted: `not Up`, `no harry potter`.

        And `without the godfather`, but `without the violence`.
        """
        words = sentence.words(place)
        if not sentence.leaves_out("film"):
            return False
        if sentence.bound == "film" or words[0][0].isupper() or known > 1 or self._titles.is_dated(sentence, place):
            return True
        if words[0].lower() != "the" or len(words) == 1:
            return False
        width, meaning = self.vocabulary.longest(words[1:]) or (1, Meaning("mood"))
        return width == 1 and meaning.kind == "mood" and self._titles.well_known(" ".join(words[:2])) is not None

    def _take_others(self, sentence: Sentence, place: int) -> int:
        """What the everyday words do not have: a film that is not wanted, a name, a tag, a slip, or nothing known."""
        words = sentence.words(place)
        if width := self._leave_out_film(sentence, place, 0):
            return width
        is_end_of_name = bool(sentence.unread) and sentence.unread[-1][1] == place - 1
        someone = None if is_end_of_name else names.famous(self.facets.people, words[:1])
        if someone is not None:
            sentence.add_person(someone, words[:1])
            return 1
        if (tagged := self._tag(words)) is not None:
            return self._take_tag(sentence, words, *tagged)
        if (meaning := self.vocabulary.slip(words[0])) is not None:
            self._binder.bind(sentence, meaning, words[0])
        else:
            sentence.miss(place, place)
        return 1

    def _tag(self, words: Sequence[str], known: int = 0) -> tuple[int, str] | None:
        """The longest tag of the catalogue that these words begin with, of more words than are known otherwise."""
        for width in range(min(LONGEST_TAG, len(words)), known, -1):
            text = " ".join(words[:width])
            for tag in (text.lower(), key(text)):
                if len(self.facets.tags.rows(tag)) >= LEAST_TAGGED:
                    return width, tag
        return None

    def _take_tag(self, sentence: Sentence, words: Sequence[str], width: int, tag: str) -> int:
        self._binder.bind(sentence, Meaning("mood", tag), " ".join(words[:width]))
        return width

    def _says_more(self, words: Sequence[str]) -> bool:
        """Whether any of the words has no meaning of its own: `french new wave`, but `korean horror`."""
        found = self.vocabulary.longest(words) if words else (1, Meaning("filler"))
        return found is None or found[1].kind == "itself" or (bool(words) and self._says_more(words[found[0] :]))


def _asks_for_some(sentence: Sentence) -> bool:
    """`Old movies` and `foreign films`, which a friend would ask more of, with nothing told beside them."""
    said = {sentence.lower(at).replace("’", "'") for at in range(len(sentence.tokens))}
    asks = any(one.topic in ("old", "foreign") for one in sentence.questions)
    tells = sentence.has_paused or not said.isdisjoint({"that's", "thats", "that", "it's", "its", "it", "this", "is"})
    return asks and not tells and not said.isdisjoint({"movie", "movies", "film", "films"})


def _left(reading: Reading) -> int:
    """Characters that were not understood."""
    return sum(len(one.text) for one in reading.unread if one.topic is None)
