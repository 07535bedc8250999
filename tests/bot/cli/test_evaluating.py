"""`evaluate` on a small data set: what is measured against whom, and how it is printed."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recommender.evaluation import peers
from tests.bot.cli.conftest import Run
from tests.recommender.worlds import checkerboard

with_libraries = pytest.mark.skipif(
    not all(find_spec(library) for library in peers.NEEDS.values()), reason="the extra `peers` is not installed"
)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkerboard as a data set, with enough ratings for new users."""
    folder = tmp_path_factory.mktemp("sets") / "board"
    folder.mkdir()
    ratings = checkerboard()
    ratings.columns = pd.Index(["userId", "movieId", "rating", "timestamp"])
    ratings.to_csv(folder / "ratings.csv", index=False)
    movies = pd.DataFrame({"movieId": ratings["movieId"].unique()})
    movies["title"] = "Film " + movies["movieId"].astype(str) + " (2000)"
    movies.assign(genres="Drama").to_csv(folder / "movies.csv", index=False)
    return folder


def measured(marquee: Run, *arguments: str) -> dict[str, Any]:
    ended = marquee("evaluate", "--json", "--seeds", "1", *arguments)
    assert ended.code == 0, ended.err
    (line,) = ended.out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_one_json_object(marquee: Run) -> None:
    ended = marquee("evaluate", "--json", "--protocols", "r,K", "--seeds", "1,2", "--against", "notebook")
    assert ended.code == 0
    (line,) = ended.out.splitlines()
    result = json.loads(line)
    assert set(result) == {"dataset", "seeds", "protocols"}
    assert (result["dataset"], result["seeds"]) == ("films", [1, 2])
    assert set(result["protocols"]) == {"R", "K"}
    for rows in result["protocols"].values():
        assert set(rows) == {"default", "notebook", "popularity", "bias"}
    stars, lists = result["protocols"]["R"], result["protocols"]["K"]
    assert set(stars["default"]["rmse_by_seed"]) == {"1", "2"}
    assert 0 < stars["default"]["rmse"] < 5
    # Two camps that love different films: a personal list beats the same one for everybody.
    assert lists["default"]["ndcg@10"] > lists["popularity"]["ndcg@10"]
    assert "100%" in ended.err


def test_against_is_repeatable_and_takes_commas(marquee: Run) -> None:
    result = measured(
        marquee, "--protocols", "K", "--against", "ease", "--against", "user-knn,bias", "--against", "notebook"
    )
    assert list(result["protocols"]["K"]) == ["default", "ease", "user-knn", "notebook", "popularity", "bias"]


def test_another_configuration_is_measured_first(marquee: Run, board: Path) -> None:
    rows = measured(marquee, str(board), "--protocols", "K,N", "--config", "popularity", "--against", "default")[
        "protocols"
    ]
    for protocol in ("K", "N"):
        assert list(rows[protocol]) == ["popularity", "default", "bias"]
        assert "compared" not in rows[protocol]["popularity"]
        assert rows[protocol]["default"]["compared"]["with"] == "popularity"
    assert rows["K"]["default"]["compared"]["difference"] == pytest.approx(
        rows["K"]["default"]["ndcg@10"] - rows["K"]["popularity"]["ndcg@10"]
    )


def test_cold_is_new_users_without_ratings(marquee: Run, board: Path) -> None:
    rows = measured(marquee, str(board), "--protocols", "cold,N", "--against", "ease")["protocols"]
    for name in ("default", "ease", "popularity"):
        assert list(rows["cold"][name]["ndcg@10"]) == ["0"]
        assert rows["cold"][name]["ndcg@10"]["0"] == rows["N"][name]["ndcg@10"]["0"]


def test_what_members_notice_first(marquee: Run, board: Path) -> None:
    result = measured(marquee, str(board), "--config", "fast", "--protocols", "S,d,C,consistency", "--against", "ease")
    rows = result["protocols"]
    assert list(rows) == ["S", "D", "C", "consistency"]
    assert set(rows["D"]) == {"fast", "ease", "popularity", "bias"}
    # ease predicts no stars, and has no choice of parameters for C
    assert set(rows["S"]) == set(rows["C"]) == set(rows["consistency"]) == {"fast", "popularity", "bias"}
    assert rows["S"]["fast"]["ratio"]["10"] < 1
    assert rows["D"]["fast"]["ndcg@10"]["3 likes"] > rows["D"]["fast"]["ndcg@10"]["none"]
    assert rows["C"]["fast"]["films"] == 6
    assert 0 <= rows["consistency"]["fast"]["upside_down"] <= 1


def test_tables_of_what_members_notice_first(marquee: Run, board: Path) -> None:
    ended = marquee("evaluate", str(board), "--config", "popularity", "--protocols", "S,D,C,consistency")
    assert ended.code == 0
    assert max(len(line) for line in ended.out.splitlines()) <= 80
    for text in (
        "k=20", "damped means", "80 % interval", "6 dislikes", "gain", "flipped", "disliked among", "AUC list", "votes",
        "pairs upside down", "below the floor",
    ):  # fmt: skip
        assert text in ended.out


@pytest.fixture
def few_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of people with twenty ratings, and few of them."""
    monkeypatch.setattr("recommender.evaluation.random_groups.LEAST_RATINGS", 20)
    monkeypatch.setattr("recommender.evaluation.groups.GROUPS", 12)
    monkeypatch.setattr("recommender.evaluation.groups.EVENING_GROUPS", 2)


def test_groups(marquee: Run, board: Path, few_groups: None) -> None:
    found = measured(marquee, str(board), "--groups", "--config", "fast")
    assert list(found) == ["dataset", "lists", "evenings", "decks", "cost", "groups", "users", "seed"]
    assert (found["dataset"], found["groups"], found["seed"]) == ("board", 12, 1)
    assert found["lists"]["fairness"]["ndcg@10"] > found["lists"]["popularity"]["ndcg@10"]


def test_groups_as_tables(marquee: Run, board: Path, few_groups: None) -> None:
    ended = marquee("evaluate", str(board), "--groups", "--config", "popularity")
    assert ended.code == 0
    assert max(len(line) for line in ended.out.splitlines()) <= 80
    for text in (
        "lists of ten for 12 groups", "fairness", "Borda count", "difference from fairness", "least happy", "gap, NDCG",
        "each alone", "own lists", "until all said yes", "within 10", "three quarters",
    ):  # fmt: skip
        assert text in ended.out


def test_too_few_people_for_groups(marquee: Run) -> None:
    ended = marquee("evaluate", "--groups", "--config", "popularity")
    assert ended.code == 0
    assert ended.out == "No groups: that takes two people with at least 50 ratings each.\n"


@with_libraries
def test_all_libraries_side_by_side(marquee: Run, board: Path) -> None:
    rows = measured(marquee, str(board), "--config", "popularity", "--against", "peers")["protocols"]
    assert set(rows["R"]) == {"popularity", "bias", "surprise", "surprise-knn"}
    ranking = {"ease", "user-knn", "implicit", "implicit-bm25", "irspack", "blend"}
    assert set(rows["K"]) == {"popularity", "bias", "surprise", "implicit-bpr", *ranking}
    assert set(rows["N"]) == {"popularity", "bias", "surprise", *ranking}
    for name in ranking:
        # Two camps again: who knows tastes beats popularity, for people known and new.
        assert rows["K"][name]["ndcg@10"] > rows["K"]["popularity"]["ndcg@10"]
        assert rows["N"][name]["ndcg@10"]["mean"] > rows["N"]["popularity"]["ndcg@10"]["mean"]


def test_a_missing_library_is_one_sentence(marquee: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    ended = marquee("evaluate", "--against", "implicit")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence == "Comparing with implicit needs the extra packages: pip install 'marquee-bot[peers]'"


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--against", "nobody", "one of default, fast, notebook, popularity, bias, ease, "),
        ("--protocols", "K,X", "some of R, K, N, S, D, C, cold, consistency"),
        ("--protocols", "", "some of R, K, N, S, D, C, cold, consistency"),
        ("--seeds", "1,two", "whole numbers separated by commas"),
    ],
)
def test_an_unknown_name_is_one_sentence(marquee: Run, option: str, value: str, expected: str) -> None:
    ended = marquee("evaluate", option, value)
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith(f"The option {option} names “")
    assert expected in ended.sentence


@with_libraries
@pytest.mark.parametrize(
    ("protocol", "columns"),
    [
        ("R", ("RMSE", "MAE", "seconds", "peak MB")),
        ("K", ("NDCG@10", "Recall@10", "hit rate", "MAP@10", "coverage", "ms/list", "diversity", "difference")),
        ("N", ("k=0", "k=5", "k=20", "mean", "difference")),
        ("cold", ("NDCG@10", "Recall@10")),
    ],
)
def test_tables_fit_a_terminal(marquee: Run, board: Path, protocol: str, columns: tuple[str, ...]) -> None:
    ended = marquee("evaluate", str(board), "--against", "implicit-bm25", "--protocols", protocol, "--seeds", "1")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].strip().startswith(f"{protocol}: ")
    assert max(len(line) for line in lines) <= 80
    for name in ("model", "default", "popularity", "bias", *columns):
        assert name in ended.out


@pytest.mark.parametrize("layout", ["u.data", "ratings.dat"])
def test_the_old_layouts(marquee: Run, films: Path, tmp_path: Path, layout: str) -> None:
    """The same ratings, in whole stars, in the files of ml-100k and of ml-1m."""
    old = tmp_path / "old"
    old.mkdir()
    ratings = pd.read_csv(films / "ratings.csv")
    movies = pd.read_csv(films / "movies.csv")
    separator = "\t" if layout == "u.data" else "::"
    rows = ratings.assign(rating=ratings["rating"].round().clip(1, 5).astype(int)).astype(str)
    (old / layout).write_text("".join(f"{separator.join(row)}\n" for row in rows.itertuples(index=False)))
    if layout == "u.data":
        flags = "|".join("0" * 19)
        films_text = "".join(f"{row.movieId}|{row.title}|01-Jan-1995|||{flags}\n" for row in movies.itertuples())
        (old / "u.item").write_text(films_text, "latin-1")
    else:
        films_text = "".join(f"{row.movieId}::{row.title}::{row.genres}\n" for row in movies.itertuples())
        (old / "movies.dat").write_text(films_text, "latin-1")
    result = measured(marquee, str(old), "--against", "ease")
    assert result["dataset"] == "old"
    lists = result["protocols"]["K"]
    assert lists["default"]["ndcg@10"] > lists["popularity"]["ndcg@10"]
    assert 0 < result["protocols"]["R"]["default"]["rmse"] < 4
    assert result["protocols"]["N"]["ease"]["users"] == 0  # nobody has rated thirty films


@pytest.fixture(scope="module")
def split(board: Path) -> list[str]:
    """What people of the checkerboard like, as files for training, test and validation."""
    likes = checkerboard().query("rating == 5").groupby("user_id")["movie_id"].agg(list)
    parts: dict[str, tuple[int, ...]] = {"train.txt": (0, 1, 2), "test.txt": (3,), "valid.txt": (4,)}
    for name, part in parts.items():
        lines = []
        for user, films in likes.items():
            own = [movie_id for movie_id in films if (user + movie_id // 2) % 5 in part]
            lines.append(" ".join(map(str, [user, *own])))
        (board / name).write_text("\n".join(lines) + "\n")
    return [str(board / name) for name in parts]


def test_a_published_split(marquee: Run, split: list[str]) -> None:
    result = measured(marquee, "--config", "fast", "--against", "user-knn", "--split-files", *split)
    rows = result["protocols"]["split"]
    assert list(rows)[:4] == ["fast", "user-knn", "popularity", "ease"]
    assert ("implicit" in rows) == (find_spec("implicit") is not None)
    assert rows["ease"]["recall@20"] == 1  # a kind has no more films than the list and what a person has seen
    assert rows["popularity"]["recall@20"] < 0.9
    assert rows["fast"]["recall@20"] > rows["popularity"]["recall@20"]
    assert (result["users"], result["unknown_users"], result["unknown_items"], result["repeated"]) == (80, 0, 0, 0)


def test_a_published_split_as_a_table(marquee: Run, split: list[str]) -> None:
    ended = marquee("evaluate", "--config", "popularity", "--split-files", *split[:2])
    assert ended.code == 0
    assert max(len(line) for line in ended.out.splitlines()[:-1]) <= 80
    for text in ("Recall@20", "NDCG@20", "popularity", "ease", "difference", "80 users with a test item"):
        assert text in ended.out


def test_a_wrong_split_is_one_sentence(marquee: Run, split: list[str], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("0 1\n1 2,3\n")
    ended = marquee("evaluate", "--split-files", split[0], str(wrong))
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence == f"The split file {wrong} cannot be used: line 2: “2,3” is not a whole number."
