"""IMDb's files are fetched from a real server: once, from where it broke off, and whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.errors import SourceDownloadError
from data.imdb import fetching
from data.imdb.fetching import fetch_all
from data.imdb.tables import FILES, file_of
from tests.data.imdb.builders import write_imdb
from tests.data.imdb.server import Server, serving

BASICS = file_of("title.basics")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(write_imdb(tmp_path / "served")) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "imdb"


def unheard(name: str, done: int, total: int | None) -> None:
    """Nobody watches."""


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".etag"))


def test_all_files_are_fetched_and_then_only_asked_for(server: Server, folder: Path) -> None:
    heard: list[tuple[str, int, int | None]] = []
    fetch_all(folder, server.url, lambda *told: heard.append(told))
    assert names_in(folder) == sorted(file_of(name) for name in FILES)
    for name in FILES:
        assert (folder / file_of(name)).read_bytes() == (server.folder / file_of(name)).read_bytes()
    size = (folder / BASICS).stat().st_size
    assert (BASICS, size, size) in heard
    server.asked.clear()
    fetch_all(folder, server.url, unheard)
    assert [status for _, _, status in server.asked] == [304] * len(FILES)


def test_a_new_edition_is_fetched(server: Server, folder: Path) -> None:
    fetch_all(folder, server.url, unheard)
    write_imdb(server.folder, title_basics=[r"tt9000009~movie~New~New~0~2024~\N~90~Drama"])
    server.edition = "2"
    fetch_all(folder, server.url, unheard)
    assert (folder / BASICS).read_bytes() == (server.folder / BASICS).read_bytes()


def test_it_goes_on_where_it_broke_off(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_CHUNK_BYTES", 50)
    server.breaks_off[BASICS] = 1
    fetch_all(folder, server.url, unheard)
    half = len((server.folder / BASICS).read_bytes()) // 2
    assert [(wanted, status) for name, wanted, status in server.asked if name == BASICS] == [
        (None, 200),
        (f"bytes={half // 50 * 50}-", 206),
    ]
    assert (folder / BASICS).read_bytes() == (server.folder / BASICS).read_bytes()


def test_it_goes_on_in_another_run_unless_there_is_a_new_edition(server: Server, folder: Path) -> None:
    server.breaks_off[BASICS] = 3
    with pytest.raises(SourceDownloadError, match="broke off"):
        fetch_all(folder, server.url, unheard)
    assert not (folder / BASICS).exists()
    server.edition = "2"
    write_imdb(server.folder, title_basics=[r"tt9000009~movie~New~New~0~2024~\N~90~Drama"])
    fetch_all(folder, server.url, unheard)
    assert (folder / BASICS).read_bytes() == (server.folder / BASICS).read_bytes()
    assert names_in(folder) == sorted(file_of(name) for name in FILES)


def test_what_the_server_says_is_told_and_the_old_file_stays(server: Server, folder: Path) -> None:
    fetch_all(folder, server.url, unheard)
    before = (folder / BASICS).read_bytes()
    server.refuses[BASICS] = 503
    with pytest.raises(SourceDownloadError, match="503"):
        fetch_all(folder, server.url, unheard)
    assert (folder / BASICS).read_bytes() == before


def test_a_server_that_is_not_there(folder: Path) -> None:
    with pytest.raises(SourceDownloadError, match="cannot be reached"):
        fetch_all(folder, "http://127.0.0.1:9/", unheard)
