"""Settings: what each one reads, its default, and that `.env.example` tells them all."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DataDirError, SettingError, SettingsFileError
from bot.settings import Settings, load_settings, parse_duration, prepare_data_dir

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine, and no .env, reaches a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


# Durations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6h", timedelta(hours=6)),
        ("90m", timedelta(minutes=90)),
        ("1d", timedelta(days=1)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("1d 12h 5m", timedelta(days=1, hours=12, minutes=5)),
        ("2w", timedelta(weeks=2)),
        (" 45 S ", timedelta(seconds=45)),
        ("0.5h", timedelta(minutes=30)),
        ("0s", timedelta(0)),
    ],
)
def test_a_duration(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "6", "h", "banana", "6 hours", "-6h", "6h!", "1h banana 2h", "1.2.3h", "½h", "٦h", "1e3h", "inf", "nan"],
)
def test_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="expected a duration such as 6h, 90m or 1d"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["1000000000d", "9" * 400 + "w"])
def test_a_duration_beyond_all_measure(text: str) -> None:
    with pytest.raises(ValueError, match="expected a shorter duration"):
        parse_duration(text)


@given(st.tuples(*(st.integers(0, 99) for _ in "wdhms")))
def test_a_duration_is_the_sum_of_its_parts(parts: tuple[int, ...]) -> None:
    weeks, days, hours, minutes, seconds = parts
    text = "".join(f"{number}{unit}" for number, unit in zip(parts, "wdhms", strict=True))
    assert parse_duration(text) == timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    try:
        read = parse_duration(text)
    except ValueError:
        return
    assert read >= timedelta(0)
    assert any(character.isdigit() for character in text)


# Reading


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.discord_api_url is None
    assert settings.command_prefix == "!"
    assert settings.operator_ids == frozenset()
    assert settings.retrain_by == "operators"
    assert settings.dataset == "ml-latest-small"
    assert settings.retrain_every == timedelta(hours=6)
    assert settings.retrain_min_new_ratings == 20
    assert settings.retrain_config == "default"
    assert settings.keep_models == 5
    assert (settings.tmdb_bearer, settings.watch_region) == ("", "US")
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.data_dir.name == "marquee"
    assert settings.database_path == settings.data_dir / "marquee.db"
    assert settings.models_dir == settings.data_dir / "models"
    assert settings.datasets_dir == settings.data_dir / "datasets"


def test_an_empty_variable_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a line such as `OPERATOR_IDS=` in .env does no harm."""
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]


def test_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {
        "discord_token": "MTIz.secret",
        "DISCORD_API_URL": "http://127.0.0.1:3001/api/v10",
        "COMMAND_PREFIX": "?!",
        "OPERATOR_IDS": "123, 456,123",
        "RETRAIN_BY": "guild_admins",
        "DATA_DIR": str(tmp_path / "data"),
        "NEW_DATABASE": "yes",
        "DATASET": "ml-1m",
        "RETRAIN_EVERY": "1d12h",
        "RETRAIN_MIN_NEW_RATINGS": "7",
        "RETRAIN_CONFIG": "found.json",
        "KEEP_MODELS": "2",
        "CATALOGUE_SYNC": "1w",
        "CATALOGUE_MIN_VOTES": "500",
        "TMDB_TOKEN": " eyJ.secret\n",
        "TMDB_FILL": "no",
        "TMDB_API_URL": "http://127.0.0.1:3002/3",
        "TMDB_IMAGE_URL": "http://127.0.0.1:3002/t/p",
        "WATCH_REGION": "de",
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "json",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "MTIz.secret"
    assert str(settings.discord_api_url) == "http://127.0.0.1:3001/api/v10"
    assert settings.command_prefix == "?!"
    assert settings.tmdb_bearer == "eyJ.secret"
    assert not settings.tmdb_fill
    assert (str(settings.tmdb_api_url), settings.watch_region) == ("http://127.0.0.1:3002/3", "DE")
    assert str(settings.tmdb_image_url) == "http://127.0.0.1:3002/t/p"
    assert settings.operator_ids == {123, 456}
    assert settings.retrain_by == "guild_admins"
    assert settings.data_dir == tmp_path / "data"
    assert settings.new_database
    assert settings.dataset == "ml-1m"
    assert settings.retrain_every == timedelta(hours=36)
    assert settings.retrain_min_new_ratings == 7
    assert settings.retrain_config == "found.json"
    assert settings.keep_models == 2
    assert (settings.catalogue_sync, settings.catalogue_min_votes) == (timedelta(days=7), 500)
    assert (settings.log_level, settings.log_format) == ("WARNING", "json")
    assert len(values) == len(Settings.model_fields)


def test_an_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        '# a comment\nDISCORD_TOKEN=MTIz.secret\nCOMMAND_PREFIX="#"\nDATASET=ml-1m\nOPERATOR_IDS=5\nUNKNOWN=1\n',
        "utf-8",
    )
    monkeypatch.setenv("DATASET", "ml-10m")
    settings = load_settings()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "MTIz.secret"
    assert settings.command_prefix == "#"
    assert settings.dataset == "ml-10m"
    assert settings.operator_ids == {5}


def test_an_env_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("DATASET=größer".encode("latin-1"))
    with pytest.raises(SettingsFileError) as caught:
        load_settings()
    assert caught.value.path == tmp_path / ".env"
    assert caught.value.reason == "it is not written in UTF-8"


@pytest.mark.parametrize("word", ["off", "OFF", " never ", "no"])
def test_the_schedule_can_be_off(word: str) -> None:
    assert load_settings(retrain_every=word).retrain_every is None


@pytest.mark.parametrize("ids", [7, "7", " 7 ,", ",7", frozenset({7})])
def test_operator_ids(ids: object) -> None:
    assert load_settings(operator_ids=ids).operator_ids == {7}


@pytest.mark.parametrize("prefix", ["!", "?", "m!", "mq>", "🎬", "#####"])
def test_a_prefix(prefix: str) -> None:
    assert load_settings(command_prefix=prefix).command_prefix == prefix


@pytest.mark.parametrize("prefix", ["/", "/m", " ", "m ", " m", "a b", "sixsix", "a\u200bb", "\u202e", "!\n", "\u00a0"])
def test_no_prefix(prefix: str) -> None:
    """Slash commands are Discord's own, and nobody can type what cannot be seen."""
    with pytest.raises(SettingError, match="one to five characters"):
        load_settings(command_prefix=prefix)


def test_the_first_fault_is_named() -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(keep_models=0)
    assert (caught.value.name, caught.value.value, caught.value.expected) == (
        "KEEP_MODELS",
        0,
        "greater than or equal to 1",
    )


@pytest.mark.parametrize("region", ["", "USA", "D", "1A", "ÄÖ"])
def test_no_region(region: str) -> None:
    with pytest.raises(SettingError, match="two letters"):
        load_settings(watch_region=region)


@pytest.mark.parametrize(
    ("name", "token"), [("discord_token", ["MTIz.secret"]), ("tmdb_token", "MTIz.secret\nX-Header: y")]
)
def test_the_token_is_in_no_error_and_no_repr(name: str, token: object) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(**{name: token})
    assert caught.value.name == name.upper()
    assert "MTIz" not in f"{caught.value} {caught.value.value} {caught.value.expected}"
    assert caught.value.__cause__ is None
    assert "MTIz" not in repr(load_settings(discord_token="MTIz.secret"))


def test_settings_do_not_change() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.keep_models = 1  # type: ignore[misc]


# The example


def example_names() -> list[str]:
    return re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)


def test_the_example_names_every_setting_once() -> None:
    assert sorted(example_names()) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_is_changes_nothing() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)  # type: ignore[call-arg]


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    """With every line switched on it reads the same, but for the address, which is Discord's own."""
    switched_on = re.sub(r"^#([A-Z_]+=)", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(switched_on, "utf-8")
    shown = load_settings().model_dump()
    defaults = Settings(_env_file=None).model_dump()  # type: ignore[call-arg]
    assert str(shown.pop("discord_api_url")) == "https://discord.com/api/v10"
    assert defaults.pop("discord_api_url") is None
    assert shown == defaults


# The data folder


def test_a_data_folder_is_made_with_its_parts_and_left_clean(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "a" / "b")
    prepare_data_dir(settings)
    prepare_data_dir(settings)
    assert {path.name for path in settings.data_dir.iterdir()} == {"models", "datasets"}


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DataDirError) as caught:
        prepare_data_dir(load_settings(data_dir=tmp_path / "file"))
    assert (caught.value.path, caught.value.reason) == (tmp_path / "file", "File exists")


def test_a_home_is_expanded_and_an_unknown_one_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings(data_dir="~/films").data_dir == tmp_path / "films"
    assert load_settings(data_dir="~nobody-of-that-name/films").data_dir == Path("~nobody-of-that-name/films")
