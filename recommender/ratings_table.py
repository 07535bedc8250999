"""Reading the tables of whoever calls: their columns and ids become the contract's, and nothing senseless comes in."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from recommender.errors import InvalidDataError, NotEnoughDataError
from recommender.vocabulary import HashableVocabulary, IndexArray, RatingHistory, Vocabulary

LARGEST = float(np.finfo(np.float32).max)
"""Trainings compute in single precision."""

ID = "an id: a whole number, text or another hashable value"
NUMBER = "a finite number"
TIME = "a time: seconds, or a date"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one's own tables are called; `item` is that of the catalogue, too.

    A table without `rating` holds implicit feedback, and one without `timestamp` does not say what came first: of a
    repeated rating the last row counts. Where another name than these is given, the column must be there.
    """

    user: str = "user_id"
    item: str = "movie_id"
    rating: str = "rating"
    timestamp: str = "timestamp"


CONTRACT = Columns()


@dataclass(frozen=True, slots=True)
class Tables:
    """Ratings and catalogue under the contract's columns, ids int64; `users` and `items` are the ids behind them.

    They are None where the ids are whole numbers themselves.
    """

    ratings: pd.DataFrame
    movies: pd.DataFrame | None
    has_stars: bool = True
    has_times: bool = True
    users: Vocabulary | None = None
    items: Vocabulary | None = None


def read_tables(ratings: pd.DataFrame, movies: pd.DataFrame | None = None, columns: Columns = CONTRACT) -> Tables:
    """Raises InvalidDataError for the first value that makes no sense, NotEnoughDataError for no rows at all."""
    _check_columns(ratings, columns.user, columns.item)
    for name in {columns.rating, columns.timestamp} - {CONTRACT.rating, CONTRACT.timestamp}:
        _check_columns(ratings, name)
    if movies is not None:
        _check_columns(movies, columns.item)
    if ratings.empty:
        raise NotEnoughDataError(0)
    (user_id,), users = _ids(ratings[columns.user])
    (movie_id, *of_movies), items = _ids(ratings[columns.item], *([] if movies is None else [movies[columns.item]]))
    has_stars, has_times = columns.rating in ratings, columns.timestamp in ratings
    read = {
        "user_id": user_id,
        "movie_id": movie_id,
        "rating": _numbers(ratings[columns.rating]) if has_stars else np.ones(len(ratings), np.float32),
        "timestamp": _seconds(ratings[columns.timestamp]) if has_times else np.arange(len(ratings)),
    }
    if movies is not None:
        movies = movies.assign(movie_id=of_movies[0])
    return Tables(pd.DataFrame(read, copy=False), movies, has_stars, has_times, users, items)


def profiles_of(ratings: pd.DataFrame, columns: Columns = CONTRACT) -> dict[Any, dict[Any, float]]:
    """Each user's ratings, of a repeated one the newest; users in ascending order. Raises what `read_tables` raises.

    They are a RatingHistory where the table has times.
    """
    tables = read_tables(ratings, columns=columns)
    in_order = tables.ratings.sort_values(["user_id", "timestamp"], kind="stable")
    user, movie = in_order["user_id"].to_numpy(), in_order["movie_id"].to_numpy()
    if tables.users is not None:
        user = tables.users.ids[user]
    if tables.items is not None:
        movie = tables.items.ids[movie]
    kind = RatingHistory if tables.has_times else dict
    profiles: dict[Any, dict[Any, float]] = {}
    for user_id, movie_id, rating in zip(user.tolist(), movie.tolist(), in_order["rating"].tolist(), strict=True):
        own = profiles.setdefault(user_id, kind())
        own.pop(movie_id, None)  # it goes to the end
        own[movie_id] = rating
    return profiles


def _check_columns(table: pd.DataFrame, *names: str) -> None:
    for name in names:
        if name not in table:
            raise InvalidDataError(name, None, None, f"among the columns {', '.join(map(str, table.columns))}")


def _ids(*columns: "pd.Series[Any]") -> tuple[list[IndexArray], Vocabulary | None]:
    """Those of each column as int64, and what they stand for where they are not whole numbers themselves."""
    for column in columns:
        _check(column, _is_id, ID, are_fine=_is_whole(column))
    if all(_is_whole(column) for column in columns):
        return [column.to_numpy(np.int64) for column in columns], None
    values = [column.to_numpy(object) for column in columns]
    rated, *others = ({*map(type, some)} for some in values)
    if others and others[0] and not rated & others[0]:
        raise InvalidDataError(str(columns[1].name), 0, values[1][0], "an id as those of the ratings are")
    codes, distinct = pd.factorize(np.concatenate(values))
    ids = [one.item() if isinstance(one, np.generic) else one for one in distinct.tolist()]
    if all(type(one) is int and abs(one) < 1 << 63 for one in ids):
        codes, vocabulary = np.array(ids, dtype=np.int64)[codes], None
    else:
        vocabulary = HashableVocabulary.sorted(ids)
        codes = vocabulary.indices(ids)[codes]
    return np.split(codes, np.cumsum([len(some) for some in values])[:-1]), vocabulary


def _is_whole(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_integer_dtype(column) and column.dtype not in (np.uint64, pd.UInt64Dtype())


def _is_id(value: Any) -> bool:
    return isinstance(value, Hashable) and not isinstance(value, bool | np.bool_ | float | np.floating | Decimal)


def _numbers(column: "pd.Series[Any]") -> npt.NDArray[Any]:
    if not _is_numeric(column):
        _check(column, _is_number, NUMBER)
    is_plain = isinstance(column.dtype, np.dtype) and _is_numeric(column)
    values = column.to_numpy() if is_plain else column.to_numpy(np.float64, na_value=np.nan)
    if not (values.min() >= -LARGEST and values.max() <= LARGEST):  # false for NaN
        _check(pd.Series(values, name=column.name), lambda value: abs(value) <= LARGEST, NUMBER)
    return values


def _is_numeric(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool | np.bool_)


def _seconds(column: "pd.Series[Any]") -> IndexArray:
    if pd.api.types.is_datetime64_any_dtype(column):
        _check(column, lambda _: True, TIME)
        epoch = pd.Timestamp(0, tz=column.dt.tz)
        return np.asarray((column - epoch) // pd.Timedelta(seconds=1), np.int64)
    if _is_whole(column) and not column.hasnans:
        return column.to_numpy(np.int64)
    if not _is_numeric(column):
        _check(column, _is_number, TIME)
    values = column.to_numpy(np.float64, na_value=np.nan)
    _check(pd.Series(values, name=column.name), lambda value: abs(value) < 1 << 62, TIME)
    return np.asarray(values.astype(np.int64))


def _check(column: "pd.Series[Any]", is_fine: Callable[[Any], bool], expected: str, *, are_fine: bool = False) -> None:
    """Raise for the first missing value or the first that is not fine; `are_fine` where its type says that all are."""
    missing = column.isna().to_numpy()
    wrong = missing if are_fine else missing | ~np.fromiter(map(is_fine, column), dtype=bool, count=len(column))
    if wrong.any():
        row = int(wrong.argmax())
        value = column.iloc[row]
        raise InvalidDataError(
            str(column.name), row, value.item() if isinstance(value, np.generic) else value, expected
        )
