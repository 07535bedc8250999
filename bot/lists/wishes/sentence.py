"""A wish while it is read: its tokens, what was read so far, and where in it the reading stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.lists.filters import Person
from bot.lists.wishes.asked import Asked
from bot.lists.wishes.everyday import WIDEST, Meaning
from bot.lists.wishes.reading import Unread
from bot.lists.wishes.tokens import Token

JOINING = ("and", "or", "comma")
_MEASURES = frozenset({"years", "runtime"})
_ADJECTIVAL = frozenset({"not", "not too", "not so", "not as", "less", "non", "isnt", "isn't", "arent", "aren't"})
"""What leaves out a quality alone: `not scary comedy` is a comedy, where `no superhero comedy` is none."""
_DEGREES = frozenset({"not too", "not so", "not as", "not that", "not very", "less"})
"""What leaves out too much of a quality; a comma alone does not carry it on."""
_JOINS = frozenset({"or", "and", "nor"})


@dataclass(slots=True)
class Sentence:
    """`no` is what began the list of what is left out, with its sign in `one_word`, `bound` the kind of its last thing.

    `join` stands before what comes next, `gap` tells that other words stand between it and the last thing.
    """

    whole: str
    tokens: Sequence[Token]
    asked: Asked = field(default_factory=Asked)
    unread: list[tuple[int, int]] = field(default_factory=list)
    left_unread: set[int] = field(default_factory=set)
    """Where words begin that were to be left out: nothing is offered for them, since an offer is a wish."""
    questions: list[Unread] = field(default_factory=list)
    guesses: int = 0
    films_named: int = 0
    """Moods that a well-known film is called like: `Alien fand ich super`."""
    has_paused: bool = False
    says_something: bool = False
    is_asked: bool = False
    """Whether somebody asks for films in so many words."""
    no: str = ""
    bound: str = ""
    one_word: bool = False
    join: str = ""
    gap: bool = False
    is_taste: bool = False
    is_choice: bool = False

    def words(self, place: int) -> list[str]:
        """The words from there on that nothing parts, as many as a phrase may have."""
        words: list[str] = []
        for token in self.tokens[place : place + WIDEST]:
            if token.kind != "word" and not (words and token.kind == "number"):  # world war 2
                break
            words.append(token.text)
        return words

    def text(self, first: int, last: int) -> str:
        """From one token to another, as it was typed."""
        return self.whole[self.tokens[first].start : self.tokens[last].end]

    def lower(self, place: int) -> str:
        """One token in small letters; empty behind the end."""
        return self.tokens[place].text.lower() if place < len(self.tokens) else ""

    def leave_out(self, sign: str, *, one_word: bool = False) -> None:
        """What follows is left out."""
        if self.bound or one_word:
            self.end_list()
        self.no, self.one_word = sign, one_word

    def end_list(self) -> None:
        """What follows is left out no more."""
        self.no, self.bound, self.one_word = "", "", False

    def part(self, place: int) -> None:
        """A comma, which joins; `not so dark, feel good` is over there, and `not too scary, violent or sad` goes on."""
        behind = self.tokens[place + 1 :]
        end = next((at for at, token in enumerate(behind) if token.kind == "stop"), len(behind))
        goes_on = any(token.kind in ("and", "or") or token.text.lower() in _JOINS for token in behind[:end])
        if self.no in _DEGREES and self.bound and not goes_on:
            self.end_list()
        self.join = self.join or "comma"

    def pause(self) -> None:
        """Other words came between."""
        self.gap = self.has_paused = True

    def take(self, kind: str) -> tuple[bool, str]:
        """Begin a thing of that kind: whether it is left out, and how it is joined to the one before it."""
        is_out = self.leaves_out(kind)
        join = self.join or ("" if self.gap else "beside")
        self.join, self.gap, self.says_something = "", False, True
        if is_out:
            self.bound = kind
        else:
            self.end_list()
        return is_out, join

    def leaves_out(self, kind: str) -> bool:
        """Whether a thing that comes next is left out: the first of the list, one that is joined, one beside it.

        What is measured ends a list, and other things end one of it: `no horror, under 2h`.
        """
        if not self.no or not self.bound or self.join == "or":
            return bool(self.no)
        if self.join in JOINING:
            return self.bound == kind or not {self.bound, kind} & _MEASURES
        is_quality = self.no in _ADJECTIVAL and self.bound in ("mood", "place") and kind == "genre"
        return kind in ("genre", "mood", "place") and not (self.gap or self.one_word or is_quality)

    def add_person(self, someone: Person, words: Sequence[str]) -> None:
        is_out, join = self.take("person")
        self.asked.is_any_person |= not is_out and bool(self.asked.people) and (join == "or" or self.is_choice)
        (self.asked.without_people if is_out else self.asked.people).setdefault(someone, " ".join(words))

    def miss(self, first: int, last: int) -> None:
        """These tokens are not understood; what is left out goes on behind them."""
        if self.no:
            self.bound = self.bound or "unknown"
            self.left_unread.add(first)
        self.unread.append((first, last))
        self.join = ""


def ends_title(token: Token, meaning: Meaning | None) -> bool:
    """Whether a title cannot go on there."""
    is_word = token.text.lower() in ("from", "but", "with", "please", "pls")
    is_break = meaning is not None and meaning.kind in ("no", "but")
    return token.kind in ("stop", "comma", "years", "runtime") or is_word or is_break
