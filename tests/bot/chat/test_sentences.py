"""Every error somebody can mend has a sentence, and every sentence reads like one."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import bot
from bot import errors
from bot.boards.errors import BoardFilterError, NobodyKnownError, ServerOnlyError
from bot.chat.actions import NotYoursError
from bot.chat.cooldowns import CooldownError
from bot.chat.managers import NotManagerError
from bot.chat.markdown import escape
from bot.chat.places import ElsewhereError
from bot.chat.sentences import sentence
from bot.comparing.service import (
    ComparingOffError,
    KeepsToThemselvesError,
    NotComparableError,
    NothingToCompareError,
    NotShownHereError,
    YourselfError,
)
from bot.finding.service import NothingLeftError, NoTitleError
from bot.game.service import AboutYouError, NobodyToGuessError, NoFilmLeftError, RoundOverError, RoundRunningError
from bot.guilds.asking import UnknownChannelError
from bot.guilds.service import PrefixError, TooManyChannelsError
from bot.help.service import UnknownTopicError
from bot.imports.errors import ImportFault, ImportFileError
from bot.journal.service import NothingToUndoError
from bot.lists.defaults import NoDefaultError
from bot.lists.filter_words import ContradictionError, CountError, LackingError, UnknownFilterError
from bot.members.visibility import HiddenProfileError
from bot.menus.service import NotMyMessageError, NotYourReplyError
from bot.movienight.errors import (
    AlreadyChosenError,
    EveningGoneError,
    NobodyElseError,
    NoEveningError,
    NotCountedError,
    NotHostError,
    NotYetError,
    OthersEveningError,
    TooManyMembersError,
)
from bot.movienight.times import NoHourError, NoOffsetError, TimeOutOfReachError, UnreadOffsetError, UnreadTimeError
from bot.movienight.wishes import NotForGroupsError, ShareError, UnknownWishError
from bot.movies.adding import NewFilm
from bot.movies.asking import NewFilmError, WhichMovieError
from bot.movies.search import Choice, FormerMovieError, NarrowedError, PlaceError, UnknownTitleError
from bot.movies.service import NotLearnedError
from bot.operating.syncing import CommandsNotRegisteredError
from bot.privacy.service import NothingStoredError
from bot.profile.adoption import UnknownUserError
from bot.ratings.lines import TooManyLinesError
from bot.ratings.service import NotRatedError
from bot.ratings.stars import InvalidStarsError
from bot.shelves.service import AlreadyRatedError, NotShelvedError, ShelfChangedError
from bot.shelves.watchlist import EmptyWatchlistError
from bot.tastecard.service import TooFewRatingsError
from bot.tastemap.service import NoMapError, NotPlacedError, NotShownError, TooFewPeopleError
from bot.training.service import NoRetrainRunningError, NotOperatorError, RetrainRunningError, RetrainTooSoonError
from bot.why.asking import WhyForOthersError
from data import errors as data_errors
from data.lock import Holder
from data.store import DailyCapError
from data.store import errors as store_errors
from recommender import errors as model_errors
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, film

HEAT = film()
TOPICS = [one.name for one in pkgutil.iter_modules(bot.__path__) if one.ispkg and one.name not in ("cli", "demo")]
FOLDER = Path("data")

EXAMPLES: list[Exception] = [
    errors.UsageError("rate Heat 4.5"),
    errors.UsageError("retrain force", "loud"),
    InvalidStarsError("7"),
    NothingLeftError(is_narrow=False),
    NothingLeftError(is_narrow=True),
    NothingLeftError(is_narrow=False, has_defaults=True),
    NoTitleError("zzz"),
    NoTitleError("1994", is_year=True),
    NoTitleError("Nolan", is_person=True),
    NoTitleError("Nolan", is_person=True, has_people=True),
    TooManyLinesError(30, 20),
    NotMyMessageError(),
    NotYourReplyError(),
    FormerMovieError(HEAT),
    UnknownTitleError("Haet", (), 2018, None),
    UnknownTitleError("Haet", (HEAT,), 2018, None),
    UnknownTitleError("Barbie 2023", (HEAT, film("Alien", 7), film("Up", 8)), 2018, 2023),
    PlaceError("number 3"),
    NarrowedError("Heat but older"),
    WhyForOthersError("Heat"),
    NotLearnedError(HEAT),
    NotRatedError(HEAT),
    AlreadyRatedError(HEAT, 4.5, "watchlist"),
    AlreadyRatedError(HEAT, 4.5, "seen"),
    NotShelvedError("Heat (1995)", "watchlist"),
    NotShelvedError("Heat (1995)", "hidden"),
    ShelfChangedError(HEAT),
    EmptyWatchlistError(),
    TooFewRatingsError(2026, 2, 40, is_own=True),
    TooFewRatingsError(None, 2, 2, is_own=True),
    TooFewRatingsError(2026, 1, 2, is_own=False),
    NoMapError(),
    NotShownError("private"),
    NotShownError("server"),
    NotPlacedError(1),
    BoardFilterError(),
    ServerOnlyError(),
    NobodyKnownError(1),
    ComparingOffError(1),
    KeepsToThemselvesError(),
    NotShownHereError(),
    NotComparableError(),
    YourselfError(),
    NothingToCompareError(is_own=True),
    NothingToCompareError(is_own=False),
    RoundRunningError(1_800_000_000),
    RoundOverError(),
    AboutYouError(),
    NobodyToGuessError(),
    NoFilmLeftError(),
    NobodyElseError(0),
    NobodyElseError(2),
    TooManyMembersError(12),
    EveningGoneError(),
    NoEveningError(),
    OthersEveningError("Heat (1995)", "Alice"),
    NotHostError(),
    NotCountedError(),
    AlreadyChosenError(1),
    NotYetError(),
    NotForGroupsError(),
    ShareError(120),
    UnknownWishError("bob"),
    UnreadTimeError("at some point"),
    NoHourError("friday"),
    NoOffsetError(),
    UnreadOffsetError("here"),
    TimeOutOfReachError(1_800_000_000),
    TooFewPeopleError(1),
    TooFewPeopleError(2),
    NothingToUndoError(),
    HiddenProfileError(7),
    NothingStoredError(),
    UnknownUserError(700, 1, 610),
    DailyCapError(500),
    CountError("12", 10),
    NoDefaultError(),
    UnknownFilterError("comdy", "Comedy", ("Comedy", "Drama")),
    UnknownFilterError("zzz", None, ("Comedy", "Drama")),
    LackingError(("directors", "origins")),
    ContradictionError("80s", "since:1995"),
    *(ImportFileError(reason) for reason in get_args(ImportFault)),
    UnknownTopicError("rat", "rate"),
    UnknownTopicError("zzz", None),
    NotYoursError("recommend"),
    errors.StaleComponentError(),
    NotOperatorError(),
    NotManagerError(),
    PrefixError("far too long"),
    TooManyChannelsError(25),
    UnknownChannelError("#nowhere"),
    RetrainTooSoonError(60.0, 1),
    RetrainTooSoonError(3600.0, 0),
    RetrainTooSoonError(0.0, 15),
    RetrainRunningError("ranking", 40),
    NoRetrainRunningError(),
    CommandsNotRegisteredError("it answered 429", 600.0),
    CommandsNotRegisteredError("it answered 503", 0.0),
    errors.SettingError("KEEP_MODELS", 0, "at least 1"),
    errors.SettingsFileError(FOLDER / ".env", "permission denied"),
    errors.SettingError("--against", "nobody", "one of ease, implicit"),
    errors.ExtraMissingError("marquee demo", "demo"),
    errors.ExtraMissingError("Tuning", "tune"),
    errors.MissingTokenError(),
    errors.DataDirError(FOLDER, "Permission denied"),
    errors.DiscordUnreachableError("https://discord.com/api/v10", "no connection"),
    data_errors.UnknownDatasetError("ml-33m", ("ml-1m", "sample")),
    data_errors.DownloadError("ml-1m", "https://example.org/ml-1m.zip", "the server answered 500"),
    data_errors.SourceDownloadError("name.basics.tsv.gz", "https://example.org/x", "the server answered 500"),
    data_errors.SourceFileError(FOLDER / "name.basics.tsv.gz", "it is no whole gzip file"),
    data_errors.CorruptDatasetError("ratings.csv", 7, "a rating", "a title"),
    data_errors.CorruptDatasetError("ml-1m.zip", None, "a zip archive", "something else"),
    data_errors.UnsafeArchiveError(FOLDER / "x.zip", "/etc/x"),
    data_errors.TmdbUnavailableError("no answer"),
    data_errors.DataFolderError(FOLDER, "no space left on device"),
    data_errors.HeldError(FOLDER, Holder(7, "attic", 1_700_000_000)),
    data_errors.HeldError(FOLDER, None),
    data_errors.SampleMissingError(),
    store_errors.StoreUnusableError(FOLDER / "marquee.db", "file is not a database"),
    store_errors.StoreLockedError(FOLDER / "marquee.db"),
    store_errors.DatabaseGoneError(FOLDER / "marquee.db", FOLDER / "deleted"),
    store_errors.SchemaDriftError(FOLDER / "marquee.db", 9, ["table shelves"]),
    store_errors.ChangedMigrationError(FOLDER / "marquee.db", "0006_shelves.sql"),
    store_errors.NewerSchemaError(FOLDER / "marquee.db", 9, 5),
    store_errors.IdSpaceMismatchError("movielens", "100k"),
    store_errors.UnknownEntryError(1, 2),
    store_errors.AlreadySoError(2),
    store_errors.ChangedSinceError(2),
    store_errors.UnknownListError(4),
    store_errors.OwnerGoneError(),
    model_errors.DamagedModelError(FOLDER / "models" / "v1", "no card"),
    model_errors.ModelNotFoundError(FOLDER / "models" / "v1"),
    model_errors.NoStarsError(),
    model_errors.NonFiniteLossError("ranking", 2, float("inf")),
    model_errors.TrainingCancelled("ranking", 2),
    model_errors.NotEnoughDataError(3),
    model_errors.UnknownConfigError("magic", ("default", "fast")),
    model_errors.ConfigFileError(FOLDER / "found.json", "it has no “speed”"),
    model_errors.SplitFileError(FOLDER / "train.txt", "line 3: “x” is not a whole number"),
    model_errors.DeviceMissingError("cuda", 1, 0),
    model_errors.NotSharedError("notebook"),
    model_errors.ProcessMissingError(4, 120.0),
    model_errors.ProcessLostError(4),
    model_errors.PeerMissingError("implicit"),
]
BUGS: list[Exception] = [
    store_errors.RunNotOpenError(1),
    model_errors.UnknownMovieError(1),
    model_errors.InvalidDataError("rating", 7, "four", "a finite number"),
    model_errors.InvalidRatingError(1, 99.0, 0.5, 5.0),
    ValueError("no"),
    KeyError("no"),
    OSError(2, "no"),
]
"""Errors that nobody but a developer can mend."""
QUESTIONS: list[Exception] = [
    WhichMovieError(Choice("Sabrina", (HEAT,)), "movie_card"),
    NewFilmError(NewFilm(1, "Oppenheimer", 2023, ())),
    ElsewhereError((1, 2), is_silent=False),
    CooldownError(0.2, was_told=False),
]
"""Errors that are answered with more than a sentence: a question, links, or a time."""
COMMANDS = re.compile(
    r"(: !rate Heat 4\.5|: !retrain force|: !recommend 5|: !defaults never horror, under two hours"
    r"|: !movienight (comedy without:romance|@bob comedy) 90s rewatch"
    r"|: marquee demo|: marquee train|'marquee-bot\[\w+\]')$"
)


def leaves(kind: type[Exception]) -> Iterator[type[Exception]]:
    """The errors that are raised: those below which there is no other."""
    for below in kind.__subclasses__():
        if below.__subclasses__():
            yield from leaves(below)
        elif below.__module__.partition(".")[0] in ("bot", "data", "recommender"):
            yield below


def import_all(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)


@pytest.mark.parametrize("root", [errors.MarqueeError, data_errors.DataError, model_errors.RecommenderError])
def test_every_error_has_an_example_here(root: type[Exception]) -> None:
    for name in TOPICS:
        import_all(importlib.import_module(f"bot.{name}"))
    known = {type(example) for example in (*EXAMPLES, *BUGS, *QUESTIONS)}
    assert [kind.__name__ for kind in leaves(root) if kind not in known] == []


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda one: type(one).__name__)
def test_a_sentence_reads_like_one(error: Exception) -> None:
    text = sentence(error)
    assert text is not None
    assert text[0].isupper() or text.startswith(("“", "marquee demo", "ratings.csv", "ml-1m.zip"))
    assert text.endswith((".", "?")) or COMMANDS.search(text)
    assert "\n" not in text
    assert "  " not in text
    for artefact in ("Error", "Path(", "<", "None", "\\", "()", "[]", "{", "..", "nan", "inf)"):
        assert artefact not in text.replace("marquee-bot[", "")


@pytest.mark.parametrize("error", BUGS, ids=lambda one: type(one).__name__)
def test_a_bug_has_no_sentence(error: Exception) -> None:
    assert sentence(error) is None


def test_a_kind_of_a_known_error_is_spoken_of_as_that_one() -> None:
    class SpecialError(NotOperatorError):
        pass

    assert sentence(SpecialError()) == sentence(NotOperatorError())


@pytest.mark.parametrize(
    "error", [one for one in EXAMPLES if "!" in (sentence(one) or "")], ids=lambda one: type(one).__name__
)
def test_commands_are_named_with_the_prefix_in_use(error: Exception) -> None:
    text = sentence(error, "?!")
    assert text is not None
    assert text == (sentence(error) or "").replace("!", "?!")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RetrainTooSoonError(60.0, 1), "I can do it in 1 minute and after 1 more rating."),
        (RetrainTooSoonError(3600.0, 0), "I can do it in 60 minutes."),
        (RetrainTooSoonError(0.0, 1500), "I can do it after 1,500 more ratings."),
        (UnknownTitleError("Haet", (HEAT,), 2018, None), "Did you mean “Heat (1995)”?"),
        (
            UnknownTitleError("Barbie", (HEAT, film("Alien", 7, 1979)), 2018, 2023),
            "My catalogue ends in 2018. Did you mean “Heat (1995)” or “Alien (1979)”?",
        ),
        (
            UnknownTitleError("Barbie", (), 2018, 2018),
            "“Barbie”. My catalogue ends in 2018. If it is older, check the spelling",
        ),
        (model_errors.NotEnoughDataError(1), "too little to train on (1 rating)."),
        (data_errors.CorruptDatasetError("ratings.csv", 7, "a rating", "a title"), "ratings.csv, line 7: expected a"),
        (data_errors.HeldError(FOLDER, Holder(7, "attic", 0)), "(process 7 on attic since 1970-01-01 00:00 UTC)."),
    ],
)
def test_sentences_word_by_word(error: Exception, words: str) -> None:
    assert words in (sentence(error) or "")


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_IDS)
def test_what_was_typed_is_told_on_one_short_line(text: str) -> None:
    for error in (
        errors.UsageError("retrain force", text),
        InvalidStarsError(text),
        UnknownTitleError(text, (film(text),) * 3, 2018, None),
        UnknownTopicError(text, "rate"),
        NotRatedError(film(text)),
        errors.SettingError("DATASET", text, "a name"),
    ):
        told = sentence(error)
        assert told is not None
        assert told.isprintable() or "\u200d" in told
        assert len(escape(told)) <= 2_000
