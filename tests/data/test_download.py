"""Downloads from a server on this machine; the published hashes are those of files made here."""

import hashlib
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from data import DownloadError, load_dataset
from data.download import fetch
from data.registry import PUBLISHED, Published
from tests.data.builders import write_csv, zipped


class Server(ThreadingHTTPServer):
    """Answers with `files`; a file named in `cut` breaks off halfway, as often as the number says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.cut: dict[str, int] = {}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/datasets/"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = self.path.removeprefix("/datasets/")
        self.server.asked.append(name)
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.cut.get(name, 0):
            self.server.cut[name] -= 1
            content = content[: len(content) // 2]
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return zipped(write_csv(tmp_path / "source"), tmp_path / "source.zip").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    created = tmp_path / "datasets"
    created.mkdir()
    return created


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def test_a_published_file_is_fetched_once(server: Server, content: bytes, folder: Path) -> None:
    server.files["ml-1m.zip"] = content
    published = Published("ml-1m", f"md5:{md5(content)}")
    for _ in range(2):
        file = fetch(published, folder, base_url=server.url)
        assert file.read_bytes() == content
    assert server.asked == ["ml-1m.zip"]
    assert [path.name for path in folder.iterdir()] == ["ml-1m.zip"]


def test_a_data_set_is_downloaded_by_its_name(
    server: Server, content: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["ml-1m.zip"] = content
    monkeypatch.setitem(PUBLISHED, "ml-1m", Published("ml-1m", f"md5:{md5(content)}"))
    dataset = load_dataset("ml-1m", folder, base_url=server.url)
    assert (dataset.name, dataset.stats.ratings) == ("ml-1m", 8)


def test_the_bar_goes_to_standard_error(
    server: Server, content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["ml-1m.zip"] = content
    fetch(Published("ml-1m", f"md5:{md5(content)}"), folder, base_url=server.url, progress=True)
    shown = capsys.readouterr()
    assert "100%" in shown.err
    assert shown.out == ""


def test_another_file_than_the_published_one_is_refused_and_leaves_nothing(
    server: Server, content: bytes, folder: Path
) -> None:
    server.files["ml-1m.zip"] = content
    with pytest.raises(DownloadError) as caught:
        fetch(Published("ml-1m", f"md5:{'0' * 32}"), folder, base_url=server.url)
    assert (caught.value.name, caught.value.url) == ("ml-1m", f"{server.url}ml-1m.zip")
    assert caught.value.reason == "what arrived is not the published file"
    assert server.asked == ["ml-1m.zip"] * 2
    assert list(folder.iterdir()) == []


def test_a_download_that_breaks_off_is_repeated(server: Server, content: bytes, folder: Path) -> None:
    server.files["ml-1m.zip"] = content
    server.cut["ml-1m.zip"] = 1
    file = fetch(Published("ml-1m", f"md5:{md5(content)}"), folder, base_url=server.url)
    assert file.read_bytes() == content
    assert server.asked == ["ml-1m.zip"] * 2


def test_a_download_that_keeps_breaking_off_leaves_nothing(server: Server, content: bytes, folder: Path) -> None:
    server.files["ml-1m.zip"] = content
    server.cut["ml-1m.zip"] = 9
    with pytest.raises(DownloadError, match="the connection broke off"):
        fetch(Published("ml-1m", f"md5:{md5(content)}"), folder, base_url=server.url)
    assert list(folder.iterdir()) == []


def test_a_missing_file_is_told_in_one_sentence(server: Server, folder: Path) -> None:
    with pytest.raises(DownloadError) as caught:
        load_dataset("ml-25m", folder, base_url=server.url)
    assert str(caught.value) == (f"ml-25m could not be downloaded from {server.url}ml-25m.zip: the server answered 404")
    assert list(folder.iterdir()) == []


def test_a_server_that_is_not_there_is_told(server: Server, folder: Path) -> None:
    url = server.url
    server.server_close()
    with pytest.raises(DownloadError, match="the server cannot be reached"):
        load_dataset("ml-latest-small", folder, base_url=url)


def test_a_broken_file_in_the_folder_is_fetched_anew(server: Server, content: bytes, folder: Path) -> None:
    server.files["ml-1m.zip"] = content
    (folder / "ml-1m.zip").write_bytes(content[:100])
    file = fetch(Published("ml-1m", f"md5:{md5(content)}"), folder, base_url=server.url)
    assert file.read_bytes() == content


@pytest.mark.parametrize("form", ["{0}  ml-latest.zip\n", "MD5 (ml-latest.zip) = {0}\n", "{0}"])
def test_ml_latest_goes_by_the_md5_beside_it(form: str, server: Server, content: bytes, folder: Path) -> None:
    server.files |= {"ml-latest.zip": content, "ml-latest.zip.md5": form.format(md5(content)).encode()}
    for _ in range(2):
        assert fetch(PUBLISHED["ml-latest"], folder, base_url=server.url).read_bytes() == content
    assert server.asked == ["ml-latest.zip", "ml-latest.zip.md5"]


def test_ml_latest_that_differs_from_its_md5_is_refused(server: Server, content: bytes, folder: Path) -> None:
    server.files |= {"ml-latest.zip": content, "ml-latest.zip.md5": b"0" * 32}
    with pytest.raises(DownloadError, match=r"does not match its \.md5"):
        fetch(PUBLISHED["ml-latest"], folder, base_url=server.url)
    assert list(folder.iterdir()) == []


def test_an_md5_that_is_none_is_refused(server: Server, content: bytes, folder: Path) -> None:
    server.files |= {"ml-latest.zip": content, "ml-latest.zip.md5": b"<html>moved</html>"}
    with pytest.raises(DownloadError, match="it holds no MD5"):
        fetch(PUBLISHED["ml-latest"], folder, base_url=server.url)


def test_a_new_edition_of_the_small_set_is_said_and_taken_by_its_md5(
    server: Server, content: bytes, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.files |= {"ml-latest-small.zip": content, "ml-latest-small.zip.md5": md5(content).encode()}
    with caplog.at_level(logging.WARNING):
        assert load_dataset("ml-latest-small", folder, base_url=server.url).stats.ratings == 8
    (record,) = caplog.records
    assert "ml-latest-small is not the edition of 2018-09-26" in record.getMessage()
    load_dataset("ml-latest-small", folder, base_url="http://127.0.0.1:9/")
    assert server.asked == ["ml-latest-small.zip", "ml-latest-small.zip.md5"]


def test_the_known_edition_of_the_small_set_needs_no_md5(
    server: Server, content: bytes, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.files["ml-latest-small.zip"] = content
    known = f"sha256:{hashlib.sha256(content).hexdigest()}"
    fetch(Published("ml-latest-small", known, replaceable=True), folder, base_url=server.url)
    assert server.asked == ["ml-latest-small.zip"]
    assert caplog.records == []
