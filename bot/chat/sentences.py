"""Every error as a sentence that says what to do next, for chat and for the command line.

Knows no Discord, so that the command line and the training can use it. Text is plain; chat escapes it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot import errors
from bot.chat.stars import many_stars
from bot.chat.text import ECHO_LIMIT, TITLE_LIMIT, cut, in_minutes, many, plain
from data import errors as data_errors
from data.lock import Holder
from data.store import errors as store_errors
from recommender import errors as model_errors

REASON_LIMIT = 400
"""Characters of what is wrong with a file."""

STARS_HELP = "from 0.5 to 5 in half steps, such as 4, 4.5, 8/10 or ★★★½"


def sentence(error: BaseException, prefix: str = "!") -> str | None:
    """The sentence for an error somebody can mend; None for a bug."""
    for kind in type(error).__mro__:
        speak = _SENTENCES.get(kind)
        if speak is not None:
            return speak(error, prefix)
    return None


def _short(text: str, limit: int = ECHO_LIMIT) -> str:
    """What somebody typed or a file holds, on one line and not too long."""
    return cut(plain(text), limit)


def _missing_argument(error: errors.MissingArgumentError, prefix: str) -> str:
    return f"Tell me more, like this: {prefix}{error.example}"


def _unexpected_word(error: errors.UnexpectedWordError, prefix: str) -> str:
    return f"I do not understand “{_short(error.word)}” there. It is written like this: {prefix}{error.example}"


def _invalid_stars(error: errors.InvalidStarsError, prefix: str) -> str:
    return f"“{_short(error.text)}” is not a rating I know. Stars go {STARS_HELP}."


def _too_many_lines(error: errors.TooManyLinesError, prefix: str) -> str:
    return f"That is {error.given} lines; I take {error.limit} films at once. Send the rest in another message."


def no_film(error: errors.UnknownTitleError) -> str:
    """That nothing has this name, and where the catalogue ends if the film is newer."""
    asked = f"I know no film called “{_short(error.text)}”."
    if error.asked_year is not None and error.asked_year > error.last_year:
        asked += f" My catalogue ends in {error.last_year}."
    return asked


def _unknown_title(error: errors.UnknownTitleError, prefix: str) -> str:
    asked = no_film(error)
    if not error.nearest:
        return f"{asked} Check the spelling, or use /rate and pick it from the list."
    nearest = [f"“{_short(movie.label, TITLE_LIMIT)}”" for movie in error.nearest]
    return f"{asked} Did you mean {_either(nearest)}?"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _not_learned(error: errors.NotLearnedError, prefix: str) -> str:
    return (
        f"I have not learned of “{_short(error.movie.label, TITLE_LIMIT)}” yet: it came into my catalogue after my "
        "last training. I can tell you after the next training; you can rate it already."
    )


def _not_rated(error: errors.NotRatedError, prefix: str) -> str:
    return f"You have not rated “{_short(error.movie.label, TITLE_LIMIT)}”. {prefix}ratings lists what you have."


def _already_rated(error: errors.AlreadyRatedError, prefix: str) -> str:
    film = _short(error.movie.label, TITLE_LIMIT)
    return (
        f"You gave “{film}” {many_stars(error.stars)}, and a watchlist is for films still to be seen. "
        f"{prefix}unrate takes the stars back."
    )


def _not_shelved(error: errors.NotShelvedError, prefix: str) -> str:
    name = _short(error.name, TITLE_LIMIT)
    if error.shelf == "hidden":
        return f"You have not hidden “{name}”. {prefix}hide lists what you have."
    return f"“{name}” is not on your watchlist. {prefix}watchlist lists what is."


def _shelf_changed(error: errors.ShelfChangedError, prefix: str) -> str:
    film = _short(error.movie.label, TITLE_LIMIT)
    return f"You have moved “{film}” again since, so I leave it. {prefix}watchlist and {prefix}hide list what stands."


def _empty_watchlist(error: errors.EmptyWatchlistError, prefix: str) -> str:
    return f"There is nothing on your watchlist to pick from. {prefix}watchlist add Heat puts a film on it."


def _nothing_to_undo(error: errors.NothingToUndoError, prefix: str) -> str:
    return f"There is nothing to take back. {prefix}ratings lists what you have rated."


def _hidden_profile(error: errors.HiddenProfileError, prefix: str) -> str:
    return "That member's ratings are not shown here: there are none, or they keep them to themselves."


def _nothing_stored(error: errors.NothingStoredError, prefix: str) -> str:
    return "I keep nothing about you, so there is nothing to export or delete."


def _unknown_user(error: errors.UnknownUserError, prefix: str) -> str:
    return (
        f"My data set has no user {error.given}; its users are numbered {error.first} to {error.last}. "
        f"{prefix}profile adopt, without a number, suggests some."
    )


def _daily_cap(error: errors.DailyCapError, prefix: str) -> str:
    return f"That is more than {error.cap} ratings in a day. Go on tomorrow; all so far are kept."


def _count(error: errors.CountError, prefix: str) -> str:
    return f"“{_short(error.given)}” is no length of a list. It has 1 to {error.limit} films: {prefix}recommend 5"


def _unknown_filter(error: errors.UnknownFilterError, prefix: str) -> str:
    said = f"I do not understand “{_short(error.word)}” there."
    said += f" Did you mean “{error.nearest}”?" if error.nearest else f" Genres are {', '.join(error.genres)}."
    if prefix == "/":
        return f"{said} Pick genres from their list, and write years like 90s or 1990-1999."
    return f"{said} It is written like this: {prefix}recommend comedy without:romance 90s deep 5"


def _contradiction(error: errors.ContradictionError, prefix: str) -> str:
    return f"“{_short(error.one)}” and “{_short(error.other)}” do not go together. Leave one of them out."


def _cooldown(error: errors.CooldownError, prefix: str) -> str:
    return f"That was a lot at once. I am all yours again in {max(1, round(error.retry_after_s))} s."


IMPORTABLE = (
    "I take exports of MovieLens (csv), Letterboxd (zip or csv), IMDb (csv) and Trakt (json or zip), and my own (zip)"
)

_IMPORT_FAULTS: dict[errors.ImportFault, str] = {
    "too_large": "That file is larger than 5 MB, more than any list of ratings needs. {takes}.",
    "unpacks_large": "That zip unpacks to far more than a list of ratings, so I did not open it. {takes}.",
    "damaged": "That file is damaged, or not what it says it is. Download the export again and send it whole.",
    "encrypted": "That zip asks for a password. Send the export as the site gave it to you.",
    "unknown": "I do not know the columns of that file. {takes}. {prefix}import tells where each site has it.",
    "too_many_rows": "That file has more than 20,000 rows, more than I take at once. Split it and send the parts.",
    "several_people": "That file holds the ratings of several people. Send one with yours alone.",
    "no_ratings": "There is nothing in that file that I could take: no stars and no watchlist. {takes}.",
    "several_files": "I take one file at a time. Send the site's zip as it is, or one file after the other.",
    "not_fetched": "Discord did not give me that file. Send it again.",
}


def _import_file(error: errors.ImportFileError, prefix: str) -> str:
    return _IMPORT_FAULTS[error.reason].format(takes=IMPORTABLE, prefix=prefix)


def _unknown_topic(error: errors.UnknownTopicError, prefix: str) -> str:
    near = f" Did you mean {prefix}help {error.nearest}?" if error.nearest else ""
    return f"There is no command “{_short(error.topic)}”.{near} {prefix}help lists all of them."


def _not_yours(error: errors.NotYoursError, prefix: str) -> str:
    return f"That button belongs to somebody else. {prefix}{error.command} gets you your own."


def _not_my_message(error: errors.NotMyMessageError, prefix: str) -> str:
    return "That message is not mine. I delete my own replies only."


def _not_your_reply(error: errors.NotYourReplyError, prefix: str) -> str:
    return "That reply was for somebody else. They can delete it, or a member who may manage messages here."


def _stale_component(error: errors.StaleComponentError, prefix: str) -> str:
    return f"That is no longer there to act on. Ask again, for instance with {prefix}recommend."


def _not_operator(error: errors.NotOperatorError, prefix: str) -> str:
    return "Only an operator of this bot can do that. Operators are set with OPERATOR_IDS."


def _retrain_too_soon(error: errors.RetrainTooSoonError, prefix: str) -> str:
    waits = []
    if error.wait_s > 0:
        waits.append(many(max(1, round(error.wait_s / 60)), "more minute"))
    if error.wanted_ratings > 0:
        waits.append(many(error.wanted_ratings, "more rating"))
    return f"It is too soon for a training: it wants {' and '.join(waits)}."


def _retrain_running(error: errors.RetrainRunningError, prefix: str) -> str:
    return (
        f"A training is running already ({error.stage}, {error.percent} %). I do one at a time; "
        f"{prefix}model tells how it ends."
    )


def _no_retrain_running(error: errors.NoRetrainRunningError, prefix: str) -> str:
    return f"No training is running. {prefix}retrain starts one."


def _commands_not_registered(error: errors.CommandsNotRegisteredError, prefix: str) -> str:
    again = f"in {in_minutes(error.retry_after_s)}" if error.retry_after_s else "later"
    return (
        f"Discord would not register the slash commands ({_short(error.reason)}), so members see the ones of before. "
        f"Try again {again}."
    )


def _setting(error: errors.SettingError, prefix: str) -> str:
    return (
        f"The setting {error.name} is “{_short(str(error.value))}”, expected {error.expected}. "
        "Mend it in the environment or in .env."
    )


def _settings_file(error: errors.SettingsFileError, prefix: str) -> str:
    return f"The settings in {error.path} cannot be read: {error.reason}. Mend the file or remove it."


def _option(error: errors.OptionError, prefix: str) -> str:
    return f"The option {error.option} names “{_short(error.value)}”, expected {error.expected}."


def _demo_missing(error: errors.DemoMissingError, prefix: str) -> str:
    return "marquee demo needs the extra package: pip install 'marquee-bot[demo]'"


def _tune_missing(error: errors.TuneMissingError, prefix: str) -> str:
    return "Tuning needs the extra package: pip install 'marquee-bot[tune]'"


def _discord_unreachable(error: errors.DiscordUnreachableError, prefix: str) -> str:
    return f"Discord cannot be reached at {error.url} ({error.reason}). Check the connection and DISCORD_API_URL."


def _missing_token(error: errors.MissingTokenError, prefix: str) -> str:
    return (
        "DISCORD_TOKEN is not set: put your bot's token into .env (see .env.example), "
        "or try Marquee without one: marquee demo"
    )


def _data_dir(error: errors.DataDirError, prefix: str) -> str:
    return f"The data folder {error.path} cannot be used ({error.reason}). Set DATA_DIR to a folder I may write to."


def _unknown_dataset(error: data_errors.UnknownDatasetError, prefix: str) -> str:
    return (
        f"DATASET names “{error.name}”, which is neither a data set nor a file. "
        f"Use one of {', '.join(error.known)}, or a path to a folder or zip."
    )


def _download(error: data_errors.DownloadError, prefix: str) -> str:
    return (
        f"The data set {error.name} could not be downloaded from {error.url} ({error.reason}). "
        "Check the connection and try again, set DATASET to the path of a copy, or to sample."
    )


def _corrupt_dataset(error: data_errors.CorruptDatasetError, prefix: str) -> str:
    where = f"{error.file}, line {error.line}" if error.line is not None else error.file
    return (
        f"{where}: expected {error.expected}, found {error.found}. "
        "Get the data set again or mend the file; nothing was changed."
    )


def _unsafe_archive(error: data_errors.UnsafeArchiveError, prefix: str) -> str:
    return (
        f"The archive {error.path} holds “{error.member}”, a path outside its own folder, and was not opened. "
        "Get it from a source you trust."
    )


def _data_folder(error: data_errors.DataFolderError, prefix: str) -> str:
    return f"The data folder {error.path} cannot be used ({error.reason}). Set DATA_DIR to a folder I may write to."


def _held(error: data_errors.HeldError, prefix: str) -> str:
    who = "" if error.holder is None else f" ({holder_line(error.holder)})"
    return (
        f"Another Marquee serves the data folder {error.folder}{who}. Stop that one, or give this one its own DATA_DIR."
    )


def holder_line(holder: Holder) -> str:
    """Who holds a data folder, for an operator."""
    return f"process {holder.pid} on {holder.host} since {datetime.fromtimestamp(holder.since, UTC):%Y-%m-%d %H:%M UTC}"


def _sample_missing(error: data_errors.SampleMissingError, prefix: str) -> str:
    return "DATASET=sample needs the extra package: pip install 'marquee-bot[sample]'"


def _store_unusable(error: store_errors.StoreUnusableError, prefix: str) -> str:
    return (
        f"The database {error.path} cannot be used ({error.reason}). Set DATA_DIR to another folder, "
        "or put a good copy in its place; the file was left as it is."
    )


def _store_locked(error: store_errors.StoreLockedError, prefix: str) -> str:
    return (
        f"The database {error.path} is held by another program. "
        "Stop the other Marquee, or give this one its own DATA_DIR."
    )


def _database_gone(error: store_errors.DatabaseGoneError, prefix: str) -> str:
    return (
        f"The database {error.path} is gone or empty, but {error.left} says that one was in use here. "
        "Put a copy of it back, or set NEW_DATABASE=yes to begin with a new one; nothing was changed."
    )


def _schema_drift(error: store_errors.SchemaDriftError, prefix: str) -> str:
    return (
        f"The database {error.path} is not as schema {error.number} should be: "
        f"{_short(', '.join(error.differs), REASON_LIMIT)}. Put back a copy that no other program has changed; "
        "the file was left as it is."
    )


def _changed_migration(error: store_errors.ChangedMigrationError, prefix: str) -> str:
    return (
        f"The database {error.path} was made by another {error.name} than this version of Marquee has. "
        "Use the version that made it; the file was left as it is."
    )


def _newer_schema(error: store_errors.NewerSchemaError, prefix: str) -> str:
    return (
        f"The database {error.path} was written by a newer Marquee (schema {error.found}, this one knows "
        f"{error.known}). Upgrade Marquee; the file was left as it is."
    )


def _id_space(error: store_errors.IdSpaceMismatchError, prefix: str) -> str:
    return (
        f"The stored ratings number films as {error.stored} does, DATASET as {error.given} does. "
        "Set DATASET back, or use another DATA_DIR for this one."
    )


def _already_undone(error: store_errors.AlreadyUndoneError, prefix: str) -> str:
    return "That was done already."


def _superseded(error: store_errors.WriteSupersededError, prefix: str) -> str:
    return f"You have rated that film again since. {prefix}undo takes back the newest rating."


def _owner_gone(error: store_errors.OwnerGoneError, prefix: str) -> str:
    return "All I kept about you was deleted at that very moment, and this with it. Ask again to begin anew."


def _gone(error: store_errors.StoreError, prefix: str) -> str:
    return f"That is no longer there to act on. Ask again, for instance with {prefix}recommend."


def _damaged_model(error: model_errors.DamagedModelError, prefix: str) -> str:
    return (
        f"The model {error.path} cannot be used ({error.reason}). Remove the folder, or train a new one: marquee train"
    )


def _non_finite(error: model_errors.NonFiniteLossError, prefix: str) -> str:
    return "The training was stopped since its loss was no longer a number; the model in use stays."


def _cancelled(error: model_errors.TrainingCancelled, prefix: str) -> str:
    return "The training was cancelled; the model in use stays."


def _not_enough(error: model_errors.NotEnoughDataError, prefix: str) -> str:
    return f"There is too little to train on ({many(error.ratings, 'rating')}). Choose a larger DATASET."


def _unknown_config(error: model_errors.UnknownConfigError, prefix: str) -> str:
    return (
        f"“{_short(error.name)}” is neither a configuration of a training nor a file. "
        f"Use one of {', '.join(error.known)}, or the path of a JSON file."
    )


def _config_file(error: model_errors.ConfigFileError, prefix: str) -> str:
    return f"The configuration {error.path} cannot be used: {_short(error.reason, REASON_LIMIT)}."


def _device_missing(error: model_errors.DeviceMissingError, prefix: str) -> str:
    return (
        f"PyTorch sees {many(error.seen, 'GPU')} here, --device {error.device} needs {error.wanted}. Use --device cpu."
    )


def _not_shared(error: model_errors.NotSharedError, prefix: str) -> str:
    return f"A model of the kind “{error.kind}” is trained by one process only. Start it without torchrun."


def _process_missing(error: model_errors.ProcessMissingError, prefix: str) -> str:
    return (
        f"Not all of the {error.size} processes came within {error.timeout_s:g} s. "
        "Check that torchrun was started on every machine, with the same address to meet at."
    )


def _process_lost(error: model_errors.ProcessLostError, prefix: str) -> str:
    return (
        f"The training was ended since one of its {error.size} processes ended or hangs, or from outside; "
        "the model in use stays."
    )


def _peer_missing(error: model_errors.PeerMissingError, prefix: str) -> str:
    return f"Comparing with {error.library} needs the extra packages: pip install 'marquee-bot[peers]'"


_SENTENCES: dict[type[BaseException], Callable[[Any, str], str]] = {
    errors.MissingArgumentError: _missing_argument,
    errors.UnexpectedWordError: _unexpected_word,
    errors.InvalidStarsError: _invalid_stars,
    errors.TooManyLinesError: _too_many_lines,
    errors.UnknownTitleError: _unknown_title,
    errors.NotLearnedError: _not_learned,
    errors.NotRatedError: _not_rated,
    errors.AlreadyRatedError: _already_rated,
    errors.NotShelvedError: _not_shelved,
    errors.ShelfChangedError: _shelf_changed,
    errors.EmptyWatchlistError: _empty_watchlist,
    errors.NothingToUndoError: _nothing_to_undo,
    errors.HiddenProfileError: _hidden_profile,
    errors.NothingStoredError: _nothing_stored,
    errors.UnknownUserError: _unknown_user,
    errors.DailyCapError: _daily_cap,
    errors.CountError: _count,
    errors.UnknownFilterError: _unknown_filter,
    errors.ContradictionError: _contradiction,
    errors.CooldownError: _cooldown,
    errors.ImportFileError: _import_file,
    errors.UnknownTopicError: _unknown_topic,
    errors.NotYoursError: _not_yours,
    errors.NotMyMessageError: _not_my_message,
    errors.NotYourReplyError: _not_your_reply,
    errors.StaleComponentError: _stale_component,
    errors.NotOperatorError: _not_operator,
    errors.RetrainTooSoonError: _retrain_too_soon,
    errors.RetrainRunningError: _retrain_running,
    errors.NoRetrainRunningError: _no_retrain_running,
    errors.CommandsNotRegisteredError: _commands_not_registered,
    errors.SettingError: _setting,
    errors.SettingsFileError: _settings_file,
    errors.OptionError: _option,
    errors.DemoMissingError: _demo_missing,
    errors.TuneMissingError: _tune_missing,
    errors.DiscordUnreachableError: _discord_unreachable,
    errors.MissingTokenError: _missing_token,
    errors.DataDirError: _data_dir,
    data_errors.UnknownDatasetError: _unknown_dataset,
    data_errors.DownloadError: _download,
    data_errors.CorruptDatasetError: _corrupt_dataset,
    data_errors.UnsafeArchiveError: _unsafe_archive,
    data_errors.DataFolderError: _data_folder,
    data_errors.HeldError: _held,
    data_errors.SampleMissingError: _sample_missing,
    store_errors.StoreUnusableError: _store_unusable,
    store_errors.StoreLockedError: _store_locked,
    store_errors.DatabaseGoneError: _database_gone,
    store_errors.SchemaDriftError: _schema_drift,
    store_errors.ChangedMigrationError: _changed_migration,
    store_errors.NewerSchemaError: _newer_schema,
    store_errors.IdSpaceMismatchError: _id_space,
    store_errors.AlreadyUndoneError: _already_undone,
    store_errors.WriteSupersededError: _superseded,
    store_errors.UnknownWriteError: _gone,
    store_errors.UnknownListError: _gone,
    store_errors.OwnerGoneError: _owner_gone,
    model_errors.DamagedModelError: _damaged_model,
    model_errors.NonFiniteLossError: _non_finite,
    model_errors.TrainingCancelled: _cancelled,
    model_errors.NotEnoughDataError: _not_enough,
    model_errors.UnknownConfigError: _unknown_config,
    model_errors.ConfigFileError: _config_file,
    model_errors.DeviceMissingError: _device_missing,
    model_errors.NotSharedError: _not_shared,
    model_errors.ProcessMissingError: _process_missing,
    model_errors.ProcessLostError: _process_lost,
    model_errors.PeerMissingError: _peer_missing,
}
