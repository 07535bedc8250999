"""A film as TMDB tells of it. What comes from outside is taken for what it should be, or left out."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Self

from babel import Locale

from data.folding import fold

LEADS = 3
NAMED = 6
"""Names of one kind at most."""
NAME_LIMIT, OVERVIEW_LIMIT = 100, 2_000
"""Characters."""
LONGEST_MIN = 1_500

POSTER_WIDTH = "w342"
_POSTER = re.compile(r"/[\w-]{1,80}\.(?:jpg|jpeg|png|webp)", re.ASCII)
_VIDEO = re.compile(r"[\w-]{6,20}", re.ASCII)
_IMDB = re.compile(r"tt(\d{1,8})", re.ASCII)
_YEAR = re.compile(r"(\d{4})-", re.ASCII)
_YOUTUBE = "https://www.youtube.com/watch?v="
_LANGUAGES = {"cn": "yue"}
"""What TMDB writes for a language that ISO 639-1 has no two letters for: Cantonese."""

ASKED = "videos,watch/providers,release_dates,credits"
"""What `append_to_response` takes along, so that a film is one request."""


@dataclass(frozen=True, slots=True)
class TmdbFilm:
    """What is shown of a film. `poster` and `trailer` are addresses.

    `age` is the rating of `region`, a country's two letters; `streams` and `rents` name where the film can be watched
    there by subscription, or for money. `origins` are the original language and the countries it comes from, in
    English; None in what was kept before they were read.
    """

    tmdb_id: int
    imdb_id: int | None = None
    title: str = ""
    year: int | None = None
    overview: str = ""
    poster: str | None = None
    trailer: str | None = None
    runtime_min: int | None = None
    age: str = ""
    directors: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    language: str = ""
    collection: str = ""
    region: str = ""
    streams: tuple[str, ...] = ()
    rents: tuple[str, ...] = ()
    origins: tuple[str, ...] | None = None

    def to_json(self) -> str:
        """Only what is told."""
        told = {one.name: value for one in fields(self) if (value := getattr(self, one.name)) != one.default}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What another version wrote beside it is passed over."""
        known = {field.name for field in fields(cls)}
        told: dict[str, Any] = {
            name: tuple(one) if isinstance(one, list) else one
            for name, one in json.loads(text).items()
            if name in known
        }
        return cls(**told)


def read_film(answer: dict[str, Any], region: str, image_url: str) -> TmdbFilm | None:
    """The film of `/movie/{id}`; None where the answer is none."""
    tmdb_id = _number(answer.get("id"))
    if tmdb_id is None:
        return None
    path, imdb = _text(answer.get("poster_path")), _IMDB.fullmatch(_text(answer.get("imdb_id")))
    released = _YEAR.match(_text(answer.get("release_date")))
    spoken = {_text(one.get("iso_639_1")): _text(one.get("english_name")) for one in _each(answer, "spoken_languages")}
    return TmdbFilm(
        tmdb_id=tmdb_id,
        imdb_id=int(imdb[1]) if imdb else None,
        title=_text(answer.get("title")),
        year=int(released[1]) if released else None,
        overview=_text(answer.get("overview"), OVERVIEW_LIMIT),
        poster=f"{image_url}/{POSTER_WIDTH}{path}" if _POSTER.fullmatch(path) else None,
        trailer=_trailer(answer),
        runtime_min=_number(answer.get("runtime"), LONGEST_MIN),
        age=_age(answer, region),
        directors=_names(one for one in _each(answer, "credits", "crew") if one.get("job") == "Director"),
        leads=_names(_each(answer, "credits", "cast"))[:LEADS],
        countries=_names(_each(answer, "production_countries")),
        language=spoken.get(_text(answer.get("original_language")), ""),
        collection=_text(_at(answer, "belongs_to_collection", "name")),
        region=region,
        streams=_offers(answer, region, "flatrate", "free", "ads"),
        rents=_offers(answer, region, "rent", "buy"),
        origins=_origins(answer),
    )


def first_id(answer: dict[str, Any] | None, kind: str) -> int | None:
    """The number of the first film of a list."""
    return next((number for one in _each(answer, kind) if (number := _number(one.get("id"))) is not None), None)


def id_of(answer: dict[str, Any] | None, title: str) -> int | None:
    """The number of the first film found that is called just that."""
    wanted = fold(title)
    for one in _each(answer, "results"):
        number = _number(one.get("id"))
        if number is not None and wanted in {fold(_text(one.get(key))) for key in ("title", "original_title")}:
            return number
    return None


def _trailer(answer: dict[str, Any]) -> str | None:
    """Of several the official one."""
    trailers = [
        one
        for one in _each(answer, "videos", "results")
        if one.get("site") == "YouTube" and one.get("type") == "Trailer" and _VIDEO.fullmatch(_text(one.get("key")))
    ]
    best = next((one for one in trailers if one.get("official") is True), trailers[0] if trailers else None)
    return f"{_YOUTUBE}{best['key']}" if best else None


def _age(answer: dict[str, Any], region: str) -> str:
    releases = (one for one in _each(answer, "release_dates", "results") if one.get("iso_3166_1") == region)
    given = (_text(one.get("certification"), 12) for country in releases for one in _each(country, "release_dates"))
    return next(filter(None, given), "")


def _origins(answer: dict[str, Any]) -> tuple[str, ...]:
    """The original language, and the countries of origin or, where none is told, of the production.

    Countries that are no more have letters of TMDB's own, so they are called as TMDB calls them.
    """
    english, spoken = Locale("en"), _text(answer.get("original_language"))
    made_in = {_text(one.get("iso_3166_1")): _text(one.get("name")) for one in _each(answer, "production_countries")}
    told = answer.get("origin_country")
    countries = [_text(one) for one in told] if isinstance(told, list) and told else list(made_in)
    language = english.languages.get(_LANGUAGES.get(spoken, spoken))
    names = (language, *(english.territories.get(one) or made_in.get(one) for one in countries))
    return tuple(dict.fromkeys(filter(None, names)))[:NAMED]


def _offers(answer: dict[str, Any], region: str, *kinds: str) -> tuple[str, ...]:
    """Who has the film in one of these ways."""
    found = (one for kind in kinds for one in _each(answer, "watch/providers", "results", region, kind))
    return _names(found, "provider_name")


def _names(entries: Iterator[dict[str, Any]], key: str = "name") -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_text(one.get(key)) for one in entries))))[:NAMED]


def _each(answer: dict[str, Any] | None, *path: str) -> Iterator[dict[str, Any]]:
    """The objects of the list there; none where there is something else."""
    found = _at(answer, *path)
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _at(answer: Any, *path: str) -> Any:
    for step in path:
        answer = answer.get(step) if isinstance(answer, dict) else None
    return answer


def _text(value: Any, limit: int = NAME_LIMIT) -> str:
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


def _number(value: Any, most: int = 2**31 - 1) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most else None
