"""The libraries on the checkerboard: even users love even films, so every list of an even user is even."""

import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from recommender.errors import PeerMissingError
from recommender.evaluation import peers
from recommender.evaluation.contenders import Contender
from recommender.evaluation.evaluate import evaluate
from recommender.evaluation.peers.implicit_models import ImplicitAls, ImplicitBm25, ImplicitBpr
from recommender.evaluation.peers.irspack_ials import IrspackIals
from recommender.evaluation.peers.libraries import library
from recommender.evaluation.peers.surprise_stars import SurpriseItemKnn, SurpriseSvd
from recommender.evaluation.protocols import profiles_of, protocol_r
from tests.recommender.worlds import EVEN, ODD, checkerboard

RATINGS = checkerboard()
CATALOGUE = pd.DataFrame({"movie_id": [*EVEN, *ODD]}).sort_values("movie_id")
POPULAR = RATINGS["movie_id"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index.to_list()
NEW_USER = -1


def needs(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(module) is None, reason=f"{module} is not installed")


def among(name: str, contender: Contender) -> object:
    return pytest.param(contender, marks=needs(name), id=type(contender).__name__)


FOLDED_IN = [
    among("implicit", ImplicitAls(factors=8, regularization=1.0)),
    among("implicit", ImplicitBm25(neighbours=60)),
    among("irspack", IrspackIals(factors=8)),
]


@pytest.mark.parametrize("contender", FOLDED_IN)
def test_new_people_get_their_kind(contender: Contender) -> None:
    fitted = contender.fit(RATINGS, CATALOGUE)
    for kind in (EVEN, ODD):
        (listed,) = fitted.lists([NEW_USER], [dict.fromkeys(kind[:3], 5.0)], 10)
        assert set(listed.tolist()) <= set(kind[3:])


@pytest.mark.parametrize("contender", FOLDED_IN)
def test_who_likes_nothing_gets_what_is_popular(contender: Contender) -> None:
    fitted = contender.fit(RATINGS, CATALOGUE)
    assert fitted.lists([NEW_USER, NEW_USER], [{}, {1000: 1.0}], 5).tolist() == [
        POPULAR[:5],
        [movie_id for movie_id in POPULAR if movie_id != 1000][:5],
    ]


@pytest.mark.parametrize(
    "contender", [*FOLDED_IN, among("implicit", ImplicitBpr(factors=8, learning_rate=0.1, iterations=200))]
)
def test_known_people_get_their_kind(contender: Contender) -> None:
    profiles = profiles_of(RATINGS)
    lists = contender.fit(RATINGS, CATALOGUE).lists(list(profiles), list(profiles.values()), 5)
    hits = [
        movie_id % 2 == (user_id - 5) // 7 % 2
        for user_id, row in zip(profiles, lists.tolist(), strict=True)
        for movie_id in row
    ]
    assert np.mean(hits) > 0.95
    assert not any(set(row) & set(own) for row, own in zip(lists.tolist(), profiles.values(), strict=True))


@needs("implicit")
def test_bpr_has_nothing_for_new_people_but_popularity() -> None:
    fitted = ImplicitBpr(factors=4, iterations=5).fit(RATINGS, CATALOGUE)
    assert fitted.lists([NEW_USER], [{1001: 5.0}], 3).tolist() == [[one for one in POPULAR if one != 1001][:3]]


@needs("surprise")
@pytest.mark.parametrize("contender", [SurpriseSvd(factors=4, learning_rate=0.05), SurpriseItemKnn(shrinkage=0)])
def test_stars_follow_tastes(contender: Contender) -> None:
    figures = protocol_r(contender, RATINGS, CATALOGUE, seeds=(1,))
    assert figures is not None
    assert figures["rmse"] < 0.5  # by biases alone it is 2


@needs("surprise")
def test_lists_by_predicted_stars() -> None:
    fitted = SurpriseSvd(factors=4, learning_rate=0.05).fit(RATINGS, CATALOGUE)
    profiles = profiles_of(RATINGS)
    (listed,) = fitted.lists([5], [profiles[5]], 5)
    assert set(listed.tolist()) <= set(EVEN)
    assert not set(listed.tolist()) & set(profiles[5])
    (new,) = fitted.lists([NEW_USER], [{1001: 5.0, 1003: 5.0, 1000: 1.0, 1002: 1.0}], 5)
    assert set(new.tolist()) <= set(ODD)


def test_each_protocol_has_its_parameters() -> None:
    rows = evaluate(RATINGS, None, {"ease": peers.peer("ease")}, protocols=("R", "K", "N", "cold"), seeds=(1,))
    found = rows["protocols"]
    assert "ease" not in found["R"]
    assert {"ease", "popularity"} <= set(found["K"])
    assert found["cold"]["ease"]["ndcg@10"]["0"] == found["N"]["ease"]["ndcg@10"]["0"]


def test_a_missing_library_is_said_before_anything_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    with pytest.raises(PeerMissingError, match=r"implicit is not installed: pip install 'marquee-bot\[peers\]'"):
        peers.peer("implicit")
    assert peers.peer("ease") is peers.PEERS["ease"]


def test_a_missing_module_is_named_after_its_library() -> None:
    with pytest.raises(PeerMissingError) as raised:
        library("nobody_made_this.models")
    assert raised.value.library == "nobody_made_this"


def test_no_library_is_imported_unless_it_is_asked_for() -> None:
    code = "import sys, recommender.evaluation.peers; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(loaded) & {*peers.NEEDS.values(), "scipy"}
