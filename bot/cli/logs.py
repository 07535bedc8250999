"""Where log lines go: standard error, as text or as one JSON object a line. No token is in any of them."""

import json
import logging
import sys
from datetime import UTC, datetime
from types import TracebackType

from bot.settings import Settings


class TextFormatter(logging.Formatter):
    """Time in ISO 8601 with its offset from UTC, level, logger and message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - its base's name
        return datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds")


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message and, if there is one, the trace."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class HideToken(logging.Formatter):
    """The last line of defence: whatever a library logs, traces included, a token in it is blotted out."""

    def __init__(self, formatter: logging.Formatter, *tokens: str) -> None:
        super().__init__()
        self._formatter = formatter
        # As it is, and as it stands in a JSON string.
        self._forms = [form for one in tokens if one for form in (one, json.dumps(one, ensure_ascii=False)[1:-1])]

    def format(self, record: logging.LogRecord) -> str:
        line = self._formatter.format(record)
        for form in self._forms:
            line = line.replace(form, "[token]")
        return line


def token_of(settings: Settings) -> str:
    """The token without the blanks that copying leaves around it; empty where there is none."""
    return settings.discord_token.get_secret_value().strip() if settings.discord_token else ""


def set_up(settings: Settings) -> None:
    """Log to standard error by the settings; an error nobody expected is logged like all else, then ends us."""
    handler = logging.StreamHandler()
    formatter = JsonFormatter() if settings.log_format == "json" else TextFormatter()
    handler.setFormatter(HideToken(formatter, token_of(settings), settings.tmdb_bearer))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # What these tell at DEBUG is what members write and who they are.
    for library in ("discord", "aiosqlite"):
        logging.getLogger(library).setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    logging.getLogger("discord.shard").addFilter(_without_trace)
    sys.excepthook = _log_uncaught


def _without_trace(record: logging.LogRecord) -> bool:
    """A lost connection is everyday: its reason is enough."""
    if isinstance(record.exc_info, tuple):
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]!r})", ()
        record.exc_info = None
    return True


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("marquee").critical("ended by an error of its own", exc_info=(kind, error, trace))
