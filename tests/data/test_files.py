"""Small files are replaced as a whole and durably."""

import os
from pathlib import Path

import pytest

from data.files import sync, write_durably


def test_writing_durably_replaces_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, "first")
    write_durably(path, "zweiter, länger")
    assert path.read_text("utf-8") == "zweiter, länger"
    assert list(tmp_path.iterdir()) == [path]


def test_a_crash_while_writing_leaves_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_durably(path, "old")

    def crash(*_: object) -> None:
        assert path.read_text() == "old"
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(OSError, match="Input/output"):
        write_durably(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="Windows syncs no folders and knows no mode")
def test_the_text_is_on_the_disk_before_the_name_and_the_name_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced = tmp_path / "file", []

    def fsync(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    write_durably(path, "text", 0o600)
    assert synced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_opened_is_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(os, "open", None)
        sync(tmp_path)
