"""Settings from the environment or a `.env` file, read once in the command line and passed down."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import DataDirError, SettingError, SettingsFileError

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])", re.ASCII)
_PYDANTIC_OPENING = re.compile(r"^(?:Value error, expected|.*? should (?:be|have)) ")
_UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SHORTEST_RETRAIN_S = 60
SECRETS = frozenset({"DISCORD_TOKEN", "TMDB_TOKEN"})
LONGEST_PREFIX = 5  # characters


def parse_duration(text: str) -> timedelta:
    """Read `6h`, `90m` or `1d12h`; raises ValueError on anything else."""
    compact = text.strip().lower()
    parts = _DURATION.findall(compact)
    if not parts or _DURATION.sub("", compact).strip():
        raise ValueError("expected a duration such as 6h, 90m or 1d")
    try:
        return timedelta(seconds=sum(float(number) * _UNIT_S[unit] for number, unit in parts))
    except OverflowError:
        raise ValueError("expected a shorter duration, such as 6h, 90m or 1d") from None


def _read_interval(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.strip().lower() in {"off", "never", "no", ""}:
        return None
    return parse_duration(value)


def _check_interval(value: timedelta | None) -> timedelta | None:
    if value is not None and value.total_seconds() < SHORTEST_RETRAIN_S:
        raise ValueError("expected at least 1m, or off")
    return value


def _read_ids(value: Any) -> Any:
    if isinstance(value, int):
        return frozenset({value})
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("expected Discord user ids separated by commas")
    return frozenset(int(part) for part in parts)


def check_prefix(value: str) -> str:
    """A prefix of commands, of a server too; raises ValueError."""
    is_short = 1 <= len(value) <= LONGEST_PREFIX
    if not is_short or not value.isprintable() or " " in value or value.startswith("/"):
        raise ValueError("expected one to five characters without blanks, not starting with /")
    return value


def check_region(value: str) -> str:
    """A country by its two letters (ISO 3166-1); raises ValueError."""
    region = value.strip().upper()
    if re.fullmatch("[A-Z]{2}", region) is None:
        raise ValueError("expected a country's two letters, such as US, GB or DE")
    return region


def _check_bearer(value: SecretStr | None) -> SecretStr | None:
    text = value.get_secret_value().strip() if value is not None else ""
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("expected TMDB's API Read Access Token, one word")
    return value


def _expand_home(value: Path) -> Path:
    # Unlike a shell, neither the environment nor `.env` expands `~`; a home that is not known stays as written.
    return Path(os.path.expanduser(value))  # noqa: PTH111 - Path.expanduser raises there


Interval = Annotated[timedelta | None, BeforeValidator(_read_interval), AfterValidator(_check_interval)]
Folder = Annotated[Path, AfterValidator(_expand_home)]
Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_read_ids)]


class Settings(BaseSettings):
    """Everything an operator may set; every field but the token has a default."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    discord_api_url: HttpUrl | None = None
    command_prefix: Annotated[str, AfterValidator(check_prefix)] = "!"
    operator_ids: Ids = frozenset()
    retrain_by: Literal["operators", "guild_admins"] = "operators"
    data_dir: Folder = Field(default_factory=lambda: user_data_path("marquee", appauthor=False))
    new_database: bool = False
    dataset: Annotated[str, Field(min_length=1)] = "ml-latest-small"
    retrain_every: Interval = timedelta(hours=6)
    retrain_min_new_ratings: Annotated[int, Field(ge=1)] = 20
    retrain_config: Annotated[str, Field(min_length=1)] = "default"
    keep_models: Annotated[int, Field(ge=1, le=1000)] = 5
    catalogue_sync: Interval = None
    catalogue_min_votes: Annotated[int, Field(ge=1)] = 1000
    tmdb_token: Annotated[SecretStr | None, AfterValidator(_check_bearer)] = None
    tmdb_fill: bool = True
    tmdb_api_url: HttpUrl = HttpUrl("https://api.themoviedb.org/3")
    tmdb_image_url: HttpUrl = HttpUrl("https://image.tmdb.org/t/p")
    watch_region: Annotated[str, AfterValidator(check_region)] = "US"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def database_path(self) -> Path:
        return self.data_dir / "marquee.db"

    @property
    def lock_path(self) -> Path:
        """Held by the bot that serves this data folder."""
        return self.data_dir / "marquee.lock"

    @property
    def imdb_dir(self) -> Path:
        """IMDb's files as they were downloaded."""
        return self.data_dir / "datasets" / "imdb"

    @property
    def tmdb_bearer(self) -> str:
        """The token without the blanks that copying leaves around it; empty where there is none."""
        return self.tmdb_token.get_secret_value().strip() if self.tmdb_token else ""

    @property
    def models_dir(self) -> Path:
        return self.data_dir / "models"

    @property
    def datasets_dir(self) -> Path:
        return self.data_dir / "datasets"


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; the first one that cannot be read is a `SettingError` naming it."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "SETTINGS"
        expected = _PYDANTIC_OPENING.sub("", first["msg"])
        raise SettingError(name, "…" if name in SECRETS else first["input"], expected) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFileError(Path(".env").absolute(), _why(error)) from None


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not written in UTF-8"
    return (error.strerror or str(error)).lower()


def prepare_data_dir(settings: Settings) -> None:
    """Make the data folder and prove that it can be written; raises DataDirError.

    What this process makes from here on is for its owner alone: members' ratings are nobody else's.
    """
    os.umask(0o077)
    probe = settings.data_dir / ".writable"
    try:
        for folder in (settings.data_dir, settings.models_dir, settings.datasets_dir):
            folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise DataDirError(settings.data_dir, error.strerror or str(error)) from error
