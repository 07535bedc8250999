"""Trakt's exports: JSON lists of ratings and of the watchlist, alone or in a zip.

    [{"rating": 8, "rated_at": "2020-01-31T20:00:00.000Z", "type": "movie",
      "movie": {"title": "Heat", "year": 1995, "ids": {"trakt": 622, "imdb": "tt0113277", "tmdb": 949}}}, …]

The watchlist has `listed_at` in place of rating and time, what was only watched `last_watched_at` or `watched_at`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.imports.errors import ImportFileError
from bot.imports.rows import MAX_ROWS, Reading, Row, RowKind, Unreadable
from bot.imports.tables import TEXT_KEPT, decoded
from bot.imports.values import identity, moment, number, stars_of, year

SCALE = 10
_BLANKS = " \t\r\n"


def read_trakt(files: Mapping[str, bytes]) -> Reading:
    """What these JSON files say; raises ImportFileError where one is broken or too long."""
    reading = Reading("trakt", scale=SCALE)
    for name, content in files.items():
        for place, item in enumerate(_items(decoded(content)), start=1):
            if place > MAX_ROWS:
                raise ImportFileError("too_many_rows")
            _read(reading, name, place, item)
    return reading


def _items(text: str) -> Iterator[Any]:
    """The elements of a JSON list, one by one: parsing all at once would hold everything else up."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise ImportFileError("unknown")
    at = _skip(text, at + 1)
    try:
        while text[at : at + 1] != "]":
            item, at = decoder.raw_decode(text, at)
            yield item
            at = _skip(text, at)
            if text[at : at + 1] == ",":
                at = _skip(text, at + 1)
            elif text[at : at + 1] != "]":
                raise ValueError
    except (ValueError, RecursionError) as error:
        raise ImportFileError("damaged") from error


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _read(reading: Reading, name: str, place: int, item: Any) -> None:
    if _dict(item, "season") or _dict(item, "episode"):
        reading.left_out["series"] += 1
        return
    movie, show = _dict(item, "movie"), _dict(item, "show")
    film = movie or show
    title = film.get("title")
    if not isinstance(title, str) or not title.strip():
        reading.unreadable.append(Unreadable(name, place, "title", str(item)[:TEXT_KEPT]))
    elif "rating" in item:
        rating = number(str(item["rating"]))
        if rating is None or (stars := stars_of(rating, SCALE)) is None:
            reading.unreadable.append(Unreadable(name, place, "rating", title[:TEXT_KEPT]))
        else:
            reading.rows.append(_row("rating", film, stars, item.get("rated_at"), is_series=not movie))
    elif "listed_at" in item:
        reading.rows.append(_row("watchlist", film, None, item["listed_at"], is_series=not movie))
    elif watched_at := item.get("last_watched_at") or item.get("watched_at"):
        if movie:
            reading.rows.append(_row("seen", film, None, watched_at, is_series=False))
        else:
            reading.left_out["series"] += 1
    else:
        reading.left_out["unrated"] += 1


def _row(kind: RowKind, film: dict[str, Any], stars: float | None, at: object, *, is_series: bool) -> Row:
    ids = _dict(film, "ids")
    return Row(
        kind,
        film["title"].strip(),
        year(str(film.get("year"))),
        stars=stars,
        at=moment(str(at)),
        imdb_id=identity(str(ids.get("imdb"))),
        # TMDB numbers series apart from films, so a series would find somebody else's film.
        tmdb_id=None if is_series else identity(str(ids.get("tmdb"))),
        is_series=is_series,
    )


def _dict(holder: Any, key: str) -> dict[str, Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}
