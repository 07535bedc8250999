"""Attachments that want to do harm."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.imports.archive import (
    KNOWN_NAMES,
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_ENTRY_BYTES,
    open_upload,
)
from bot.imports.errors import ImportFileError
from tests.bot.imports import exports


def refused(content: bytes) -> str:
    with pytest.raises(ImportFileError) as caught:
        open_upload("export.zip", content)
    return caught.value.reason


def test_only_known_names_are_read() -> None:
    files = open_upload("export.zip", exports.letterboxd_zip())
    assert sorted(files) == ["diary.csv", "ratings.csv", "watched.csv", "watchlist.csv"]
    assert files["ratings.csv"].decode() == exports.LETTERBOXD_RATINGS
    assert b"Jaws" not in files["diary.csv"]  # that one stood in deleted/


def test_the_one_nearer_the_top_counts() -> None:
    content = exports.packed({"inner/ratings.csv": b"inner", "ratings.csv": b"outer", "a/b/c/watchlist.csv": b"deep"})
    assert open_upload("x.zip", content) == {"ratings.csv": b"outer"}


@pytest.mark.parametrize("name", ["../../ratings.csv", "/etc/ratings.csv", "C:\\ratings.csv", "..\\ratings.csv"])
def test_names_that_climb_write_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = open_upload("x.zip", exports.packed({name: b"content"}))
    assert set(files) <= {"ratings.csv"}
    assert not list(tmp_path.iterdir())


def test_too_large() -> None:
    assert refused(b"x" * (MAX_BYTES + 1)) == "too_large"


def test_a_bomb_is_not_unpacked() -> None:
    assert refused(exports.packed({"ratings.csv": b"0" * (MAX_ENTRY_BYTES + 1)})) == "unpacks_large"
    assert refused(exports.packed({"ratings.csv": b"0" * 1_000_000})) == "unpacks_large"  # a thousandth when packed


def test_a_bomb_that_lies_about_its_size() -> None:
    content = exports.packed({"ratings.csv": b"0" * (2 * MAX_ENTRY_BYTES)})
    lied = content.replace((2 * MAX_ENTRY_BYTES).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lied != content
    assert refused(lied) in ("damaged", "unpacks_large")


def test_ten_thousand_entries() -> None:
    assert MAX_ENTRIES < 10_000
    assert refused(exports.packed({f"lists/{n}.csv": b"" for n in range(10_000)})) == "unpacks_large"


def test_a_zip_in_a_zip_stays_closed() -> None:
    inner = exports.packed({"ratings.csv": exports.LETTERBOXD_RATINGS})
    assert open_upload("x.zip", exports.packed({"inner.zip": inner})) == {}
    assert open_upload("x.zip", exports.packed({"ratings.csv": inner})) == {"ratings.csv": inner}


def test_encrypted() -> None:
    content = bytearray(exports.packed({"ratings.csv": b"a,b\n"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    assert refused(bytes(content)) == "encrypted"


def test_a_compression_that_only_bombs_use() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ratings.csv", "a,b\n")
    assert refused(held.getvalue()) == "damaged"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_zip(share: float) -> None:
    content = exports.letterboxd_zip()
    assert refused(content[: int(share * len(content))]) == "damaged"


def test_flipped_bytes_never_raise_anything_else() -> None:
    content = exports.letterboxd_zip()
    refused_places = 0
    for place in range(0, len(content), 7):
        broken = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            assert open_upload("x.zip", broken).keys() <= KNOWN_NAMES | {"x.zip"}
        except ImportFileError:
            refused_places += 1
    assert refused_places > 0
