"""The file that remembers who was deleted, without saying who."""

from pathlib import Path

import pytest

from data.store.errors import StoreUnusableError
from data.store.tombstones import Tombstones

ANN, BOB = 111_222_333_444_555_666, 222_333_444_555_666_777


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deleted"


def test_a_deletion_is_known_after_the_file_is_opened_again(file: Path) -> None:
    stones = Tombstones.open(file)
    assert (len(stones), stones.deleted_at(ANN)) == (0, None)
    stones.add(ANN, 50)
    for one in (stones, Tombstones.open(file)):
        assert (one.deleted_at(ANN), one.deleted_at(BOB), len(one)) == (50, None, 1)


def test_the_newest_deletion_counts(file: Path) -> None:
    stones = Tombstones.open(file)
    for at in (50, 90, 70):
        stones.add(ANN, at)
    assert stones.deleted_at(ANN) == 90
    assert Tombstones.open(file).deleted_at(ANN) == 90


def test_the_file_names_nobody_and_another_one_hashes_otherwise(file: Path) -> None:
    other = Tombstones.open(file.with_name("other"))
    stones = Tombstones.open(file)
    for one in (stones, other):
        one.add(ANN, 50)
    assert str(ANN) not in file.read_text()
    assert ANN.to_bytes(8, "big") not in file.read_bytes()
    assert file.read_text().split()[1] != other.path.read_text().split()[1]


@pytest.mark.parametrize("torn", [1, 10, 33, 34])
def test_a_record_that_a_power_cut_tore_spoils_no_other(file: Path, torn: int) -> None:
    stones = Tombstones.open(file)
    stones.add(ANN, 1_700_000_000)
    whole = file.read_bytes()
    stones.add(BOB, 1_700_000_000)
    file.write_bytes(file.read_bytes()[: len(whole) + torn])
    stones = Tombstones.open(file)
    assert (stones.deleted_at(ANN), stones.deleted_at(BOB)) == (1_700_000_000, None)
    stones.add(BOB, 1_700_000_009)
    assert Tombstones.open(file).deleted_at(BOB) == 1_700_000_009


@pytest.mark.parametrize("content", [b"", b"hello", b"abcd", b"\xff\xfe", b"g" * 64])
def test_a_file_without_a_salt_is_refused_and_left_alone(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(StoreUnusableError, match="salt"):
        Tombstones.open(file)
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreUnusableError):
        Tombstones.open(file)
