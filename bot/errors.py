"""The tree of errors a person caused or can mend. They carry data; `bot.chat.sentences` turns them into words.

MarqueeError
├── UserError                    something a member typed or pressed
│   ├── MissingArgumentError     a command without what it needs
│   ├── UnexpectedWordError      a word a command does not know
│   ├── InvalidStarsError        a rating off the scale or off the half-star grid
│   ├── TooManyLinesError        more films in one message than are taken at once
│   ├── UnknownTitleError        no film of that name in the catalogue
│   ├── NotLearnedError          a film that came into the catalogue after the model was trained
│   ├── NotRatedError            the member has no rating of that film
│   ├── AlreadyRatedError        a film for the watchlist that was seen already
│   ├── NotShelvedError          a film that is not on the member's watchlist, or not hidden
│   ├── ShelfChangedError        a film that was moved again since
│   ├── EmptyWatchlistError      nothing to pick from
│   ├── NothingToUndoError       no write of the member's is left to take back
│   ├── HiddenProfileError       another member's ratings that are not shown here
│   ├── NothingStoredError       an export or deletion where there is nothing of the member's
│   ├── UnknownUserError         no such user in the MovieLens data set
│   ├── DailyCapError            more ratings in a day than are taken
│   ├── CountError               a list length outside what is offered
│   ├── UnknownFilterError       a word of a list that is no genre, no year and no depth
│   ├── ContradictionError       two wishes that no film can fulfil together
│   ├── CooldownError            too much in too short a time
│   ├── ImportFileError          an attachment that cannot be imported
│   ├── UnknownTopicError        help for something that is not there
│   ├── NotYoursError            a button of somebody else's
│   ├── NotMyMessageError        a message of somebody else's, where one of the bot's is needed
│   ├── NotYourReplyError        a reply that another member asked for
│   ├── StaleComponentError      a button whose subject is gone
│   ├── NotOperatorError         an operator's command
│   ├── RetrainTooSoonError      a server administrator's retrain before its time
│   ├── RetrainRunningError      one training at a time
│   ├── NoRetrainRunningError    nothing to cancel
│   └── CommandsNotRegisteredError  slash commands that Discord would not take
├── DiscordUnreachableError      no answer from Discord that one could go on with
└── ConfigurationError           what an operator set (exit code 2)
    ├── SettingError             a setting that cannot be read
    ├── SettingsFileError        a .env that cannot be read
    ├── OptionError              an option of the command line that names what is not there
    ├── DemoMissingError         the extra `demo` is not installed
    ├── TuneMissingError         the extra `tune` is not installed
    ├── MissingTokenError        no DISCORD_TOKEN
    └── DataDirError             the data folder cannot be used
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # the command line imports this at every start, and `data` brings pandas
    from data import Movie
    from data.store import Shelf


ImportFault = Literal[
    "too_large",
    "unpacks_large",
    "damaged",
    "encrypted",
    "unknown",
    "too_many_rows",
    "several_people",
    "no_ratings",
    "several_files",
    "not_fetched",
]


class MarqueeError(Exception):
    """An error somebody other than a developer can mend."""


class UserError(MarqueeError):
    """Something a member typed or pressed; answered with a sentence that says what to do."""


class MissingArgumentError(UserError):
    def __init__(self, command: str, example: str) -> None:
        super().__init__(f"{command} needs more: {example}")
        self.command = command
        self.example = example


class UnexpectedWordError(UserError):
    def __init__(self, word: str, example: str) -> None:
        super().__init__(f"{word!r} where {example!r} was expected")
        self.word = word
        self.example = example


class InvalidStarsError(UserError):
    def __init__(self, text: str) -> None:
        super().__init__(f"not a rating: {text!r}")
        self.text = text


class TooManyLinesError(UserError):
    def __init__(self, given: int, limit: int) -> None:
        super().__init__(f"{given} lines, {limit} are taken at once")
        self.given = given
        self.limit = limit


class UnknownTitleError(UserError):
    """No film matches; `nearest` are the closest ones, `last_year` is where the catalogue ends."""

    def __init__(self, text: str, nearest: "tuple[Movie, ...]", last_year: int, asked_year: int | None) -> None:
        super().__init__(f"no film {text!r}")
        self.text = text
        self.nearest = nearest
        self.last_year = last_year
        self.asked_year = asked_year


class NotLearnedError(UserError):
    def __init__(self, movie: "Movie") -> None:
        super().__init__(f"the model does not know {movie.label}")
        self.movie = movie


class NotRatedError(UserError):
    def __init__(self, movie: "Movie") -> None:
        super().__init__(f"{movie.label} is not rated")
        self.movie = movie


class AlreadyRatedError(UserError):
    def __init__(self, movie: "Movie", stars: float) -> None:
        super().__init__(f"{movie.label} is rated {stars}")
        self.movie = movie
        self.stars = stars


class NotShelvedError(UserError):
    """`name` is the film's, or what was typed where several films have that name."""

    def __init__(self, name: str, shelf: "Shelf") -> None:
        super().__init__(f"{name} is not on the shelf {shelf}")
        self.name = name
        self.shelf = shelf


class ShelfChangedError(UserError):
    def __init__(self, movie: "Movie") -> None:
        super().__init__(f"{movie.label} was moved again since")
        self.movie = movie


class EmptyWatchlistError(UserError):
    def __init__(self) -> None:
        super().__init__("the watchlist is empty")


class NothingToUndoError(UserError):
    def __init__(self) -> None:
        super().__init__("nothing to undo")


class HiddenProfileError(UserError):
    def __init__(self, discord_id: int) -> None:
        super().__init__(f"the ratings of {discord_id} are not shown here")
        self.discord_id = discord_id


class NothingStoredError(UserError):
    def __init__(self) -> None:
        super().__init__("nothing is stored about this member")


class UnknownUserError(UserError):
    """`first` to `last` are the ids there are in the data set."""

    def __init__(self, given: int, first: int, last: int) -> None:
        super().__init__(f"no MovieLens user {given}")
        self.given = given
        self.first = first
        self.last = last


class DailyCapError(UserError):
    def __init__(self, cap: int) -> None:
        super().__init__(f"more than {cap} ratings in a day")
        self.cap = cap


class CountError(UserError):
    def __init__(self, given: str, limit: int) -> None:
        super().__init__(f"{given!r} is not a count from 1 to {limit}")
        self.given = given
        self.limit = limit


class UnknownFilterError(UserError):
    """`nearest` is what may have been meant, `genres` are those of the catalogue."""

    def __init__(self, word: str, nearest: str | None, genres: tuple[str, ...]) -> None:
        super().__init__(f"no filter {word!r}")
        self.word = word
        self.nearest = nearest
        self.genres = genres


class ContradictionError(UserError):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one!r} and {other!r} contradict each other")
        self.one = one
        self.other = other


class CooldownError(UserError):
    """`said` tells that the member was told in this window already: refuse without another reply."""

    def __init__(self, retry_after_s: float, *, said: bool) -> None:
        super().__init__(f"on cooldown for {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s
        self.said = said


class ImportFileError(UserError):
    """`reason` says what is wrong with an attachment that was to be imported."""

    def __init__(self, reason: ImportFault) -> None:
        super().__init__(f"the attachment cannot be imported: {reason}")
        self.reason = reason


class UnknownTopicError(UserError):
    def __init__(self, topic: str, nearest: str | None) -> None:
        super().__init__(f"no help on {topic!r}")
        self.topic = topic
        self.nearest = nearest


class NotYoursError(UserError):
    """A component answers only its owner; `command` gets the stranger one of their own."""

    def __init__(self, command: str) -> None:
        super().__init__("somebody else's component")
        self.command = command


class NotMyMessageError(UserError):
    def __init__(self) -> None:
        super().__init__("not a message of the bot")


class NotYourReplyError(UserError):
    def __init__(self) -> None:
        super().__init__("a reply to somebody else")


class StaleComponentError(UserError):
    def __init__(self) -> None:
        super().__init__("the subject of this component is gone")


class NotOperatorError(UserError):
    def __init__(self) -> None:
        super().__init__("operators only")


class RetrainTooSoonError(UserError):
    """`wait_s` seconds and `wanted_ratings` more ratings are missing until the next training."""

    def __init__(self, wait_s: float, wanted_ratings: int) -> None:
        super().__init__("too soon for a training")
        self.wait_s = wait_s
        self.wanted_ratings = wanted_ratings


class RetrainRunningError(UserError):
    """`stage` and `percent` say how far the running training is."""

    def __init__(self, stage: str, percent: int) -> None:
        super().__init__(f"a training is running: {stage}, {percent} %")
        self.stage = stage
        self.percent = percent


class NoRetrainRunningError(UserError):
    def __init__(self) -> None:
        super().__init__("no training is running")


class CommandsNotRegisteredError(UserError):
    """Discord would not take the slash commands, or not before so many seconds."""

    def __init__(self, reason: str, retry_after_s: float) -> None:
        super().__init__(f"commands not registered: {reason}")
        self.reason = reason
        self.retry_after_s = retry_after_s


class DiscordUnreachableError(MarqueeError):
    """`url` is the REST base that was asked; `reason` says what came of it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class ConfigurationError(MarqueeError):
    """What an operator set; the command line says it in one sentence and ends with exit code 2."""


class SettingError(ConfigurationError):
    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(f"{name}={value!r}: expected {expected}")
        self.name = name
        self.value = value
        self.expected = expected


class SettingsFileError(ConfigurationError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class OptionError(ConfigurationError):
    def __init__(self, option: str, value: str, expected: str) -> None:
        super().__init__(f"{option} {value!r}: expected {expected}")
        self.option = option
        self.value = value
        self.expected = expected


class DemoMissingError(ConfigurationError):
    """The demo lives on the PyPI package `simcord`, which is not installed."""

    def __init__(self) -> None:
        super().__init__("the demo needs the extra package: pip install 'marquee-bot[demo]'")


class TuneMissingError(ConfigurationError):
    """The search for parameters lives on the PyPI package `optuna`, which is not installed."""

    def __init__(self) -> None:
        super().__init__("tuning needs the extra package: pip install 'marquee-bot[tune]'")


class MissingTokenError(ConfigurationError):
    def __init__(self) -> None:
        super().__init__("DISCORD_TOKEN is not set")


class DataDirError(ConfigurationError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
