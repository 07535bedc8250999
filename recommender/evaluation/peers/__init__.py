"""What people would use instead of us, each with the parameters that serve it best under each protocol.

The parameters were chosen on validation splits inside the training parts (docs/RECOMMENDER.md, "Against the
libraries"). A protocol that is left out asks for something the library cannot do.
"""

from collections.abc import Mapping
from importlib.util import find_spec

from recommender.errors import PeerMissingError
from recommender.evaluation.blend import Blend
from recommender.evaluation.contenders import ByProtocol
from recommender.evaluation.ease import Ease
from recommender.evaluation.peers.implicit_models import ImplicitAls, ImplicitBm25, ImplicitBpr
from recommender.evaluation.peers.irspack_ials import IrspackIals
from recommender.evaluation.peers.surprise_stars import SurpriseItemKnn, SurpriseSvd
from recommender.evaluation.user_knn import UserKnn

NEW_NEIGHBOURS = UserKnn(neighbours=50, shrinkage=30.0)

SVD_FOR_LISTS = SurpriseSvd(epochs=5, regularization=0.02)
"""The more it is trained, the better its stars are, and the worse its lists: films with a single five come first."""

PEERS: Mapping[str, ByProtocol] = {
    "ease": ByProtocol({"K": Ease(100.0), "N": Ease(6400.0)}),
    "user-knn": ByProtocol({"K": UserKnn(), "N": NEW_NEIGHBOURS}),
    "implicit": ByProtocol({"K": ImplicitAls(regularization=15.0), "N": ImplicitAls(regularization=40.0, alpha=3.0)}),
    "implicit-bm25": ByProtocol({"K": ImplicitBm25(), "N": ImplicitBm25(b=0.0)}),
    "implicit-bpr": ByProtocol({"K": ImplicitBpr()}),
    "irspack": ByProtocol({"K": IrspackIals(), "N": IrspackIals(reg=0.007)}),
    "blend": ByProtocol(
        {
            "K": Blend(((1.0, Ease(100.0)), (1.0, IrspackIals()))),
            "N": Blend(((0.5, Ease(6400.0)), (1.0, IrspackIals(reg=0.01)), (2.0, NEW_NEIGHBOURS)), popularity=2.0),
        }
    ),
    "surprise": ByProtocol({"R": SurpriseSvd(), "K": SVD_FOR_LISTS, "N": SVD_FOR_LISTS}),
    "surprise-knn": ByProtocol({"R": SurpriseItemKnn()}),
}

NEEDS: Mapping[str, str] = {
    "implicit": "implicit",
    "implicit-bm25": "implicit",
    "implicit-bpr": "implicit",
    "irspack": "irspack",
    "blend": "irspack",
    "surprise": "surprise",
    "surprise-knn": "surprise",
}
"""The library behind each name; the others are our own code."""


def peer(name: str) -> ByProtocol:
    """A peer by its name; raises KeyError, and PeerMissingError before anything is trained."""
    library = NEEDS.get(name)
    if library is not None and find_spec(library) is None:
        raise PeerMissingError(library)
    return PEERS[name]
