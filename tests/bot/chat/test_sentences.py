"""Every error somebody can mend has a sentence, and every sentence reads like one."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from bot import errors
from bot.chat.sentences import sentence
from bot.chat.text import escape
from data import errors as data_errors
from data.lock import Holder
from data.store import Change
from data.store import errors as store_errors
from recommender import errors as model_errors
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, film

HEAT = film()
FOLDER = Path("data")

EXAMPLES: list[Exception] = [
    errors.MissingArgumentError("rate", "rate Heat 4.5"),
    errors.UnexpectedWordError("loud", "retrain force"),
    errors.InvalidStarsError("7"),
    errors.TooManyLinesError(30, 20),
    errors.NotMyMessageError(),
    errors.NotYourReplyError(),
    errors.UnknownTitleError("Haet", (), 2018, None),
    errors.UnknownTitleError("Haet", (HEAT,), 2018, None),
    errors.UnknownTitleError("Barbie 2023", (HEAT, film("Alien", 7), film("Up", 8)), 2018, 2023),
    errors.NotLearnedError(HEAT),
    errors.NotRatedError(HEAT),
    errors.AlreadyRatedError(HEAT, 4.5),
    errors.NotShelvedError("Heat (1995)", "watchlist"),
    errors.NotShelvedError("Heat (1995)", "hidden"),
    errors.ShelfChangedError(HEAT),
    errors.EmptyWatchlistError(),
    errors.NothingToUndoError(),
    errors.HiddenProfileError(7),
    errors.NothingStoredError(),
    errors.UnknownUserError(700, 1, 610),
    errors.DailyCapError(500),
    errors.CountError("12", 10),
    errors.UnknownFilterError("comdy", "Comedy", ("Comedy", "Drama")),
    errors.UnknownFilterError("zzz", None, ("Comedy", "Drama")),
    errors.ContradictionError("80s", "since:1995"),
    errors.CooldownError(0.2, said=False),
    *(errors.ImportFileError(reason) for reason in get_args(errors.ImportFault)),
    errors.UnknownTopicError("rat", "rate"),
    errors.UnknownTopicError("zzz", None),
    errors.NotYoursError("recommend"),
    errors.StaleComponentError(),
    errors.NotOperatorError(),
    errors.RetrainTooSoonError(60.0, 1),
    errors.RetrainTooSoonError(3600.0, 0),
    errors.RetrainTooSoonError(0.0, 15),
    errors.RetrainRunningError("ranking", 40),
    errors.NoRetrainRunningError(),
    errors.CommandsNotRegisteredError("it answered 429", 600.0),
    errors.CommandsNotRegisteredError("it answered 503", 0.0),
    errors.SettingError("KEEP_MODELS", 0, "at least 1"),
    errors.SettingsFileError(FOLDER / ".env", "permission denied"),
    errors.OptionError("--against", "nobody", "one of ease, implicit"),
    errors.DemoMissingError(),
    errors.TuneMissingError(),
    errors.MissingTokenError(),
    errors.DataDirError(FOLDER, "Permission denied"),
    errors.DiscordUnreachableError("https://discord.com/api/v10", "no connection"),
    data_errors.UnknownDatasetError("ml-33m", ("ml-1m", "sample")),
    data_errors.DownloadError("ml-1m", "https://example.org/ml-1m.zip", "the server answered 500"),
    data_errors.CorruptDatasetError("ratings.csv", 7, "a rating", "a title"),
    data_errors.CorruptDatasetError("ml-1m.zip", None, "a zip archive", "something else"),
    data_errors.UnsafeArchiveError(FOLDER / "x.zip", "/etc/x"),
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
    store_errors.UnknownWriteError(1, 2),
    store_errors.AlreadyUndoneError(2),
    store_errors.WriteSupersededError(2, 3),
    store_errors.UnknownListError(4),
    store_errors.OwnerGoneError(),
    model_errors.DamagedModelError(FOLDER / "models" / "v1", "no card"),
    model_errors.NonFiniteLossError("ranking", 2, float("inf")),
    model_errors.TrainingCancelled("ranking", 2),
    model_errors.NotEnoughDataError(3),
    model_errors.UnknownConfigError("magic", ("default", "fast")),
    model_errors.ConfigFileError(FOLDER / "found.json", "it has no “speed”"),
    model_errors.DeviceMissingError("cuda", 1, 0),
    model_errors.NotSharedError("notebook"),
    model_errors.ProcessMissingError(4, 120.0),
    model_errors.ProcessLostError(4),
    model_errors.PeerMissingError("implicit"),
]
BUGS: list[Exception] = [
    store_errors.RunNotOpenError(1),
    store_errors.LastWasImportError(1),
    store_errors.LastWasOtherError(Change("hidden", 1)),
    model_errors.UnknownMovieError(1),
    ValueError("no"),
    KeyError("no"),
    OSError(2, "no"),
]
"""Errors that nobody but a developer can mend."""
COMMANDS = re.compile(
    r"(: !rate Heat 4\.5|: !retrain force|: !recommend (comedy without:romance 90s deep )?5"
    r"|: marquee demo|: marquee train|'marquee-bot\[\w+\]')$"
)


def raised_in(module: ModuleType) -> Iterator[type[Exception]]:
    """The errors a module defines and raises: those below which there is no other."""
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if issubclass(kind, Exception) and kind.__module__ == module.__name__ and not kind.__subclasses__():
            yield kind


@pytest.mark.parametrize("module", [errors, data_errors, store_errors, model_errors], ids=lambda one: one.__name__)
def test_every_error_has_an_example_here(module: ModuleType) -> None:
    known = {type(example) for example in (*EXAMPLES, *BUGS)}
    assert [kind.__name__ for kind in raised_in(module) if kind not in known] == []


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
    class Special(errors.NotOperatorError):
        pass

    assert sentence(Special()) == sentence(errors.NotOperatorError())


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
        (errors.RetrainTooSoonError(60.0, 1), "it wants 1 more minute and 1 more rating."),
        (errors.RetrainTooSoonError(3600.0, 0), "it wants 60 more minutes."),
        (errors.RetrainTooSoonError(0.0, 1500), "it wants 1,500 more ratings."),
        (errors.CooldownError(0.2, said=False), "in 1 s."),
        (errors.UnknownTitleError("Haet", (HEAT,), 2018, None), "Did you mean “Heat (1995)”?"),
        (
            errors.UnknownTitleError("Barbie", (HEAT, film("Alien", 7, 1979)), 2018, 2023),
            "My catalogue ends in 2018. Did you mean “Heat (1995)” or “Alien (1979)”?",
        ),
        (errors.UnknownTitleError("Barbie", (), 2018, 2018), "“Barbie”. Check the spelling"),
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
        errors.UnexpectedWordError(text, "retrain force"),
        errors.InvalidStarsError(text),
        errors.UnknownTitleError(text, (film(text),) * 3, 2018, None),
        errors.UnknownTopicError(text, "rate"),
        errors.NotRatedError(film(text)),
        errors.SettingError("DATASET", text, "a name"),
    ):
        told = sentence(error)
        assert told is not None
        assert told.isprintable() or "\u200d" in told
        assert len(escape(told)) <= 2_000
