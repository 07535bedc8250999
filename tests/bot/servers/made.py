"""A server's ratings as a reader would have them, made of plain values."""

from collections.abc import Iterable, Mapping

import numpy as np

from bot.servers import ServerRatings
from data.store import Member

FIELDS = [("user_id", np.int64), ("movie_id", np.int64), ("stars", np.float32), ("rated_at", np.int64)]


def made_server(members: Mapping[int, Member], rows: Iterable[tuple[int, int, float, int]]) -> ServerRatings:
    """`members` by user id; rows are user id, movie id, stars and when, in any order."""
    ratings = np.array(sorted(rows), dtype=FIELDS)
    user_ids = sorted(members)
    starts = np.append(np.searchsorted(ratings["user_id"], user_ids), len(ratings)).astype(np.int64)
    return ServerRatings(tuple(members[one] for one in user_ids), starts, ratings)
