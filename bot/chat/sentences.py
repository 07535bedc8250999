"""Every error as a sentence that says what to do next, for chat and for the command line.

Each topic registers the words of its own errors in its replies; those that all share stand here. Knows no Discord, so
that the command line and the training can use it. Text is plain; chat escapes it.
"""

from datetime import UTC, datetime
from functools import singledispatch

from bot import errors
from bot.chat.language import gettext, gettext_noop
from bot.chat.text import ECHO_LIMIT, cut, many, plain
from data import errors as data_errors
from data.lock import Holder
from data.store import errors as store_errors
from recommender import errors as model_errors

REASON_LIMIT = 400
"""Characters of what is wrong with a file."""

NOTHING_WRITTEN = gettext_noop(
    "I cannot get at my notes just now, so nothing was written. Whoever runs me has been told; please try again later."
)
"""What a member hears of a database that cannot be used; the log says where it is and what is wrong with it."""


@singledispatch
def sentence(error: BaseException, prefix: str = "!") -> str | None:
    """The sentence for an error somebody can mend; None for a bug."""
    return None


def short(text: str, limit: int = ECHO_LIMIT) -> str:
    """What somebody typed or a file holds, on one line and not too long."""
    return cut(plain(text), limit)


def holder_line(holder: Holder) -> str:
    """Who holds a data folder, for an operator."""
    return f"process {holder.pid} on {holder.host} since {datetime.fromtimestamp(holder.since, UTC):%Y-%m-%d %H:%M UTC}"


@sentence.register
def _(error: errors.UsageError, prefix: str = "!") -> str:
    if error.word is None:
        return gettext("Tell me more, like this: {example}", example=prefix + gettext(error.example))
    return gettext(
        "I do not understand “{word}” there. It is written like this: {example}",
        word=short(error.word),
        example=prefix + gettext(error.example),
    )


@sentence.register
def _(
    error: errors.StaleComponentError | store_errors.UnknownEntryError | store_errors.UnknownListError,
    prefix: str = "!",
) -> str:
    return gettext("That is no longer there to act on. Ask again, for instance with {prefix}recommend.", prefix=prefix)


@sentence.register
def _(error: store_errors.AlreadySoError, prefix: str = "!") -> str:
    return gettext("That was done already.")


@sentence.register
def _(error: store_errors.ChangedSinceError, prefix: str = "!") -> str:
    return gettext(
        "You have changed that again since, so I leave it as it is. {prefix}history has what you can take back.",
        prefix=prefix,
    )


@sentence.register
def _(error: store_errors.OwnerGoneError, prefix: str = "!") -> str:
    return gettext("All I kept about you was deleted at that very moment, and this with it. Ask again to begin anew.")


@sentence.register
def _(error: errors.SettingError, prefix: str = "!") -> str:
    value = short(str(error.value))
    if error.name.startswith("--"):
        return f"The option {error.name} names “{value}”, expected {error.expected}."
    return f"The setting {error.name} is “{value}”, expected {error.expected}. Change it in .env or in the environment."


@sentence.register
def _(error: errors.SettingsFileError, prefix: str = "!") -> str:
    return f"The settings in {error.path} cannot be read: {error.reason}. Correct the file or remove it."


@sentence.register
def _(error: errors.ExtraMissingError, prefix: str = "!") -> str:
    return f"{error.what} needs the extra package: pip install 'marquee-bot[{error.extra}]'"


@sentence.register
def _(error: errors.MissingTokenError, prefix: str = "!") -> str:
    return (
        "DISCORD_TOKEN is not set: put your bot's token into .env (see .env.example), "
        "or try Marquee without one: marquee demo"
    )


@sentence.register
def _(error: errors.DiscordUnreachableError, prefix: str = "!") -> str:
    return f"Discord cannot be reached at {error.url} ({error.reason}). Check the connection and DISCORD_API_URL."


@sentence.register
def _(error: errors.DataDirError | data_errors.DataFolderError, prefix: str = "!") -> str:
    return f"The data folder {error.path} cannot be used ({error.reason}). Set DATA_DIR to a folder I may write to."


@sentence.register
def _(error: data_errors.UnknownDatasetError, prefix: str = "!") -> str:
    return (
        f"DATASET names “{error.name}”, which is neither a data set nor a file. "
        f"Use one of {', '.join(error.known)}, or a path to a folder or zip."
    )


@sentence.register
def _(error: data_errors.DownloadError, prefix: str = "!") -> str:
    return (
        f"The data set {error.name} could not be downloaded from {error.url} ({error.reason}). "
        "Check the connection and try again, set DATASET to the path of a copy, or to sample."
    )


@sentence.register
def _(error: data_errors.SourceDownloadError, prefix: str = "!") -> str:
    return (
        f"IMDb's file {error.name} could not be downloaded from {error.url} ({error.reason}). "
        "Check the connection and try again, which goes on where it broke off; the catalogue is as it was."
    )


@sentence.register
def _(error: data_errors.SourceFileError, prefix: str = "!") -> str:
    return f"The file {error.path} cannot be used ({error.reason}). Get it again; the catalogue is as it was."


@sentence.register
def _(error: data_errors.TmdbUnavailableError, prefix: str = "!") -> str:
    return f"TMDB tells nothing ({error.reason}). TMDB_TOKEN takes its API Read Access Token."


@sentence.register
def _(error: data_errors.CorruptDatasetError, prefix: str = "!") -> str:
    where = f"{error.file}, line {error.line}" if error.line is not None else error.file
    return (
        f"{where}: expected {error.expected}, found {error.found}. "
        "Get the data set again or correct the file; nothing was changed."
    )


@sentence.register
def _(error: data_errors.UnsafeArchiveError, prefix: str = "!") -> str:
    return (
        f"The archive {error.path} holds “{error.member}”, a path outside its own folder, and was not opened. "
        "Get it from a source you trust."
    )


@sentence.register
def _(error: data_errors.HeldError, prefix: str = "!") -> str:
    who = "" if error.holder is None else f" ({holder_line(error.holder)})"
    return (
        f"Another Marquee serves the data folder {error.folder}{who}. Stop that one, or give this one its own DATA_DIR."
    )


@sentence.register
def _(error: data_errors.SampleMissingError, prefix: str = "!") -> str:
    return "DATASET=sample needs the extra package: pip install 'marquee-bot[sample]'"


@sentence.register
def _(error: store_errors.StoreUnusableError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} cannot be used ({error.reason}). Set DATA_DIR to another folder, "
        "or put a good copy in its place; the file was left as it is."
    )


@sentence.register
def _(error: store_errors.StoreLockedError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} is held by another program. "
        "Stop the other Marquee, or give this one its own DATA_DIR."
    )


@sentence.register
def _(error: store_errors.DatabaseGoneError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} is gone or empty, but {error.left} says that one was in use here. "
        "Put a copy of it back, or set NEW_DATABASE=yes to begin with a new one; nothing was changed."
    )


@sentence.register
def _(error: store_errors.SchemaDriftError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} is not as schema {error.number} should be: "
        f"{short(', '.join(error.differs), REASON_LIMIT)}. Put back a copy that no other program has changed; "
        "the file was left as it is."
    )


@sentence.register
def _(error: store_errors.ChangedMigrationError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} was made by another {error.name} than this version of Marquee has. "
        "Use the version that made it; the file was left as it is."
    )


@sentence.register
def _(error: store_errors.NewerSchemaError, prefix: str = "!") -> str:
    return (
        f"The database {error.path} was written by a newer Marquee (schema {error.found}, this one knows "
        f"{error.known}). Upgrade Marquee; the file was left as it is."
    )


@sentence.register
def _(error: store_errors.IdSpaceMismatchError, prefix: str = "!") -> str:
    return (
        f"The stored ratings number films as {error.stored} does, DATASET as {error.given} does. "
        "Set DATASET back, or use another DATA_DIR for this one."
    )


@sentence.register
def _(error: model_errors.DamagedModelError, prefix: str = "!") -> str:
    return (
        f"The model {error.path} cannot be used ({error.reason}). Remove the folder, or train a new one: marquee train"
    )


@sentence.register
def _(error: model_errors.NonFiniteLossError, prefix: str = "!") -> str:
    return "The training was stopped since its loss was no longer a number; the model in use stays."


@sentence.register
def _(error: model_errors.TrainingCancelled, prefix: str = "!") -> str:
    return "The training was cancelled; the model in use stays."


@sentence.register
def _(error: model_errors.NotEnoughDataError, prefix: str = "!") -> str:
    return f"There is too little to train on ({many(error.ratings, 'rating')}). Choose a larger DATASET."


@sentence.register
def _(error: model_errors.NoStarsError, prefix: str = "!") -> str:
    return "All its ratings are alike, so stars cannot be learned from this data set. Choose another DATASET."


@sentence.register
def _(error: model_errors.UnknownConfigError, prefix: str = "!") -> str:
    return (
        f"“{short(error.name)}” is neither a configuration of a training nor a file. "
        f"Use one of {', '.join(error.known)}, or the path of a JSON file."
    )


@sentence.register
def _(error: model_errors.ConfigFileError, prefix: str = "!") -> str:
    return f"The configuration {error.path} cannot be used: {short(error.reason, REASON_LIMIT)}."


@sentence.register
def _(error: model_errors.SplitFileError, prefix: str = "!") -> str:
    return f"The split file {error.path} cannot be used: {short(error.reason, REASON_LIMIT)}."


@sentence.register
def _(error: model_errors.DeviceMissingError, prefix: str = "!") -> str:
    return (
        f"PyTorch sees {many(error.seen, 'GPU')} here, --device {error.device} needs {error.wanted}. Use --device cpu."
    )


@sentence.register
def _(error: model_errors.NotSharedError, prefix: str = "!") -> str:
    return f"A model of the kind “{error.kind}” is trained by one process only. Start it without torchrun."


@sentence.register
def _(error: model_errors.ProcessMissingError, prefix: str = "!") -> str:
    return (
        f"Not all of the {error.size} processes came within {error.timeout_s:g} s. "
        "Check that torchrun was started on every machine, with the same address to meet at."
    )


@sentence.register
def _(error: model_errors.ProcessLostError, prefix: str = "!") -> str:
    return (
        f"The training was ended since one of its {error.size} processes ended or hangs, or from outside; "
        "the model in use stays."
    )


@sentence.register
def _(error: model_errors.PeerMissingError, prefix: str = "!") -> str:
    return f"Comparing with {error.library} needs the extra packages: pip install 'marquee-bot[peers]'"
