"""Sentences that rate, or seem to: what is written, what is asked back, and that nothing is written that was not meant.

The sentences stand in `rating_sentences.tsv`, which tells the format, and were written before the code that reads them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from rich.table import Table

from benchmarks.timing import scratch, table
from bot.errors import UserError
from bot.movies import MovieSearch
from bot.ratings.lines import split_rating
from bot.ratings.understanding import (
    HowManyStars,
    MaybeRating,
    ToRate,
    Understood,
    UnknownFilm,
    WhichFilm,
    WhichStars,
    films_of_line,
    is_about_rating,
    understand,
)
from data import Catalogue, TitleIndex, load_dataset

PATH = Path(__file__).with_name("rating_sentences.tsv")
BY_OTHERS = {
    "by others": Path(__file__).with_name("rating_sentences_by_others.tsv"),
    "unseen": Path(__file__).with_name("rating_sentences_unseen.tsv"),
    "natural": Path(__file__).with_name("rating_sentences_natural.tsv"),
    "held out": Path(__file__).with_name("rating_sentences_held_out.tsv"),
    "tricky": Path(__file__).with_name("rating_sentences_tricky.tsv"),
}
ASK, NOTHING, CARD = "?", "-", "Heat (1995)"
WHERE = ("rate", "mention", "reply", "channel")

Verdict = Literal["written", "asked", "missed", "nothing", "wrong"]


class Sentence(NamedTuple):
    where: str
    text: str
    meant: str

    @property
    def ratings(self) -> dict[str, float]:
        """Stars by MovieLens's title; none where it should be asked, or nothing be done."""
        pairs = (one.rsplit(" = ", 1) for one in self.meant.split(" | ") if " = " in one)
        return {title: float(stars) for title, stars in pairs}


def read(path: Path = PATH) -> list[Sentence]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [Sentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def answers(search: MovieSearch, sentence: Sentence) -> list[Understood]:
    """What the bot makes of it; nothing where it does not answer, or says what it does not understand."""
    subject = None
    if sentence.where == "reply":
        (subject,) = (movie for movie in search.catalogue.values() if movie.raw_title == CARD)
    if sentence.where == "channel":  # nobody spoke to the bot, which hears nothing then
        return []
    if sentence.where != "rate" and not is_about_rating(search, sentence.text, subject):
        return []
    try:
        lines = films_of_line(search, sentence.text, subject)
        return [understand(search, split_rating(line), subject) for line in lines]
    except UserError:
        return []


def verdict(sentence: Sentence, made: list[Understood]) -> Verdict:
    """`asked` counts only where the film that was meant can be chosen."""
    written = {one.movie.raw_title: one.stars for one in made if isinstance(one, ToRate)}
    if written.items() - sentence.ratings.items():
        return "wrong"
    if sentence.ratings and written == sentence.ratings:
        return "written"
    if sentence.meant == NOTHING:
        return "nothing" if not made else "missed"
    film = sentence.meant.removeprefix(ASK).strip()
    meant = [film] if film and not sentence.ratings else list(sentence.ratings)
    asked = [one for one in made if not isinstance(one, ToRate)]
    offered = {title for one in asked for title in _offered(one)}
    return "asked" if asked and set(meant) <= offered | written.keys() else "missed"


def _offered(asked: Understood) -> set[str]:
    match asked:
        case WhichFilm(choice):
            return {movie.raw_title for movie in choice.candidates}
        case HowManyStars(movie) | WhichStars(_, movie, _) | MaybeRating(_, movie, _):
            return {movie.raw_title}
        case UnknownFilm(error):
            return {movie.raw_title for movie in error.nearest}
        case _:
            part = getattr(asked, "part", None)
            parts = getattr(part, "candidates", (part,) if part is not None else ())
            return {asked.whole.raw_title, *(movie.raw_title for movie in parts)} if hasattr(asked, "whole") else set()


def judge(search: MovieSearch) -> dict[str, Counter[Verdict]]:
    verdicts: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for sentence in read():
        verdicts[_kind(sentence)][verdict(sentence, answers(search, sentence))] += 1
    for name, path in BY_OTHERS.items():
        for sentence in read(path):
            kind = name if sentence.ratings else f"{name}, to ask or leave"
            verdicts[kind][verdict(sentence, answers(search, sentence))] += 1
    return dict(verdicts)


def _kind(sentence: Sentence) -> str:
    return "to write" if sentence.ratings else "to ask" if sentence.meant.startswith(ASK) else "to leave"


def measure(dataset: str) -> Mapping[str, Counter[Verdict]]:
    with scratch() as folder:
        catalogue = Catalogue.from_dataset(load_dataset(dataset, folder))
    return judge(MovieSearch(catalogue, TitleIndex(catalogue)))


def report(measured: Mapping[str, Counter[Verdict]]) -> Table:
    columns: tuple[Verdict, ...] = ("written", "asked", "nothing", "missed", "wrong")
    shown = table("Sentences that rate, or seem to", "sentences", "number", *columns)
    for kind, counts in {**measured, "all": sum(measured.values(), Counter())}.items():
        shown.add_row(kind, str(counts.total()), *(str(counts[one]) for one in columns))
    return shown
