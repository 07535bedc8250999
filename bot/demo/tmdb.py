"""A TMDB on the loopback: it answers in TMDB's format, with posters drawn here, and has any trouble that it is told to.

For pictures, measurements and tests: nothing in it is TMDB's, and nothing goes to TMDB.
"""

import asyncio
import contextlib
import hashlib
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import lru_cache
from typing import Any

from aiohttp import web

from bot.chat.drawing import GOLD, PAPER, drawable, figure, png
from data import Movie

Answer = dict[str, Any]
Trouble = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
"""What is answered instead; None leaves it at the answer that is due."""

PLOT = "Nobody expected this story to be told twice. This time {} is told by people who were there."
COLOURS = ("#23395b", "#5b2333", "#22543d", "#54426b", "#6b4226", "#2b5d67")
INCHES, DPI = (2.0, 3.0), 171
LINE = 13
"""Characters of a line of a poster."""


class LoopbackTmdb:
    """`films` are the answers by TMDB's number; `asked` are the paths that were asked for, the newest last."""

    def __init__(self, films: Iterable[Answer] = ()) -> None:
        self.films = {film["id"]: film for film in films}
        self.asked: list[str] = []
        self.tokens: set[str] = set()
        self.trouble: Trouble | None = None
        self.url = ""

    @property
    def settings(self) -> dict[str, str]:
        """What lets a bot ask here, for what it shows alone."""
        address = {"tmdb_api_url": f"{self.url}/3", "tmdb_image_url": f"{self.url}/t/p"}
        return {"tmdb_token": "loopback", "tmdb_fill": "no", **address}

    @property
    def environment(self) -> dict[str, str]:
        """The same for a bot in a process of its own."""
        return {name.upper(): value for name, value in self.settings.items()}

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator["LoopbackTmdb"]:
        app = web.Application()
        app.router.add_get("/3/movie/{number}", self._movie)
        app.router.add_get("/3/find/{number}", self._find)
        app.router.add_get("/3/search/movie", self._search)
        app.router.add_get("/t/p/{width}/{name}", self._poster)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = "http://{}:{}".format(*runner.addresses[0][:2])
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _movie(self, request: web.Request) -> web.StreamResponse:
        film = self.films.get(int(request.match_info["number"]))
        return await self._answer(request, film)

    async def _find(self, request: web.Request) -> web.StreamResponse:
        found = [film for film in self.films.values() if film["imdb_id"] == request.match_info["number"]]
        return await self._answer(request, {"movie_results": [_brief(film) for film in found], "tv_results": []})

    async def _search(self, request: web.Request) -> web.StreamResponse:
        wanted, year = request.query["query"].casefold(), request.query.get("primary_release_year", "")
        found = [
            _brief(film)
            for film in self.films.values()
            if wanted in film["title"].casefold() and film["release_date"].startswith(year)
        ]
        return await self._answer(request, {"page": 1, "results": found, "total_results": len(found)})

    async def _answer(self, request: web.Request, answer: Answer | None) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.tokens.add(request.headers.get("Authorization", ""))
        instead = None if self.trouble is None else await self.trouble(request)
        if instead is not None:
            return instead
        if answer is None:
            missing = {"success": False, "status_code": 34, "status_message": "The resource could not be found."}
            return web.json_response(missing, status=404)
        return web.json_response(answer)

    async def _poster(self, request: web.Request) -> web.Response:
        number = int(request.match_info["name"].removeprefix("poster").removesuffix(".png"))
        film = self.films[number]
        picture = await asyncio.to_thread(poster, film["title"], film["release_date"][:4])
        return web.Response(body=picture, content_type="image/png")


def told(number: int, title: str, year: int, imdb_id: int | None = None, **more: Any) -> Answer:
    """A film as `/movie/{id}` tells it, with all that can be appended; `more` takes the place of some of it."""
    answer = {
        "id": number,
        "imdb_id": f"tt{imdb_id:07d}" if imdb_id else None,
        "title": title,
        "original_title": title,
        "original_language": "en",
        "origin_country": ["US"],
        "overview": PLOT.format(title),
        "poster_path": f"/poster{number}.png",
        "release_date": f"{year}-05-01",
        "runtime": 118,
        "production_countries": [{"iso_3166_1": "US", "name": "United States of America"}],
        "spoken_languages": [{"iso_639_1": "en", "english_name": "English", "name": "English"}],
        "belongs_to_collection": None,
        "credits": {
            "cast": [{"name": name, "order": place} for place, name in enumerate(("Ada Byron", "Alan Mathison"))],
            "crew": [{"job": "Producer", "name": "Grace Murray"}, {"job": "Director", "name": "Maria Lind"}],
        },
        "videos": {"results": [{"site": "YouTube", "type": "Trailer", "official": True, "key": f"demo{number:07d}"}]},
        "watch/providers": {
            "results": {"US": {"link": "", "flatrate": [{"provider_name": "Cinemathek"}], "rent": []}},
        },
        "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": [{"certification": "PG-13", "type": 3}]}]},
    }
    return answer | more


def told_of(movie: Movie) -> Answer:
    """A film of the catalogue."""
    return told(movie.tmdb_id or 0, movie.title, movie.year or 2000, movie.imdb_id)


def _brief(film: Answer) -> Answer:
    """A film in a list of films has less."""
    return {key: film[key] for key in ("id", "title", "original_title", "release_date", "overview", "poster_path")}


@lru_cache(maxsize=64)
def poster(title: str, year: str) -> bytes:
    """A PNG of two to three: a shape and the title."""
    chance = hashlib.sha256(title.encode()).digest()
    drawn = figure(figsize=INCHES, dpi=DPI)
    drawn.set_facecolor(COLOURS[chance[0] % len(COLOURS)])
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 2), ylim=(0, 3))
    axes.axis("off")
    from matplotlib.patches import Circle, Wedge

    x, y, size = 0.5 + chance[1] / 255, 1.6 + chance[2] / 500, 0.4 + chance[3] / 500
    axes.add_patch(Circle((x, y), size, color=GOLD, alpha=0.9))
    axes.add_patch(Wedge((2 - x, 0.9), 1.5, chance[4] / 2, chance[4] / 2 + 110, color=PAPER, alpha=0.45))
    lines = textwrap.wrap((drawable(title) or "").upper(), LINE)[:4]
    axes.text(0.16, 0.62, "\n".join(lines), color="white", fontsize=13, weight="bold", va="bottom", linespacing=1.15)
    axes.text(0.16, 0.4, year, color="white", fontsize=10, alpha=0.8)
    return png(drawn)
