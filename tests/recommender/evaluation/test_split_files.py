from pathlib import Path

import pytest

from recommender.errors import SplitFileError
from recommender.evaluation.split_files import SplitFiles


def written(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(text)
    return [folder / name for name in files]


def test_one_line_a_user(tmp_path: Path) -> None:
    files = SplitFiles.read(*written(tmp_path, train="0 5 3 5\n7 9\n\n2\n", test="0 1\n", valid="7 5\n"))
    assert {user_id: items.tolist() for user_id, items in files.training.items()} == {0: [5, 3], 7: [9], 2: []}
    assert files.test[0].tolist() == [1]
    assert files.validation[7].tolist() == [5]
    assert files.repeated == 1
    assert SplitFiles.read(tmp_path / "train", tmp_path / "test").validation == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0 1\n1 2 x3\n", "line 2: “x3” is not a whole number"),
        ("0 1\n1 -2\n", "line 2: “-2” is not a whole number"),
        ("0 1 2.0\n", "line 1: “2.0” is not a whole number"),
        ("u 1\n", "line 1: “u” is not a whole number"),
        ("0 1234567890123456789\n", "line 1: “1234567890123456789” is not a whole number"),
        ("0 1\n\n0 2\n", "line 3: user 0 had a line before"),
        ("", "no line has an item"),
        ("0\n1\n", "no line has an item"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, reason: str) -> None:
    training, test = written(tmp_path, train=text, test="0 1\n")
    with pytest.raises(SplitFileError) as caught:
        SplitFiles.read(training, test)
    assert (caught.value.path, caught.value.reason) == (training, reason)


def test_no_file_and_no_text(tmp_path: Path) -> None:
    (training,) = written(tmp_path, train="0 1\n")
    with pytest.raises(SplitFileError, match="no such file"):
        SplitFiles.read(training, tmp_path / "nowhere")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SplitFileError, match="not a text file"):
        SplitFiles.read(training, tmp_path / "binary")
