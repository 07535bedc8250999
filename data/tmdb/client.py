"""Asking TMDB: within a time in which somebody can wait, as seldom as it wants, and not at all while it has trouble."""

import asyncio
import json
import logging
import math
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from data.errors import TmdbUnavailableError
from data.tmdb.film import ASKED, TmdbFilm, first_id, id_of, read_film

API_URL = "https://api.themoviedb.org/3"
IMAGE_URL = "https://image.tmdb.org/t/p"

LIMIT_S = 2.0
"""For all that one question takes, its second try among it."""
PATIENT_S, EXCHANGE_S = 90.0, 10.0
"""The same where nobody waits for the one answer, so that a pause can be waited for; and for a single exchange then."""
AT_ONCE = 12
TRIES = 2
FAILURES = 3
"""So many in a row are trouble."""
TROUBLE_S = 30.0
"""How long nothing is asked then."""
BUSY_S, LONGEST_BUSY_S = 10.0, 3_600.0
"""How long nothing is asked where TMDB wants a pause and does not say how long, and at most."""
REFUSED_S = 600.0
"""How long nothing is asked where TMDB does not know the token."""
TOLD_EVERY_S = 600.0
ANSWER_LIMIT = 2 * 2**20
"""Bytes; an answer has some ten thousand."""

log = logging.getLogger(__name__)


class TmdbClient:
    """Every method raises TmdbUnavailableError, after LIMIT_S or PATIENT_S at most; the log has a line now and then."""

    def __init__(
        self,
        token: str,
        region: str,
        *,
        api_url: str = API_URL,
        image_url: str = IMAGE_URL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.region = region
        self._api_url = api_url.rstrip("/")
        self._image_url = image_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(AT_ONCE)
        self._failures = 0
        self._silent_until = self._told_at = -math.inf
        self._why_silent = ""

    async def film(self, tmdb_id: int | None, imdb_id: int | None, *, is_patient: bool = False) -> TmdbFilm | None:
        """The film of that number at TMDB, else of that number at IMDb; None where TMDB has neither."""
        until = self._until(is_patient)
        film = await self._film(tmdb_id, until) if tmdb_id is not None else None
        if film is None and imdb_id is not None:
            found = await self._get(f"/find/tt{imdb_id:07d}", until, external_source="imdb_id")
            other = first_id(found, "movie_results")
            film = await self._film(other, until) if other not in (None, tmdb_id) else None
        return film

    async def search(self, title: str, year: int | None, *, is_patient: bool = False) -> TmdbFilm | None:
        """The best known film that is called just that, here or at home."""
        until = self._until(is_patient)
        of_year = {} if year is None else {"primary_release_year": str(year)}
        answer = await self._get("/search/movie", until, query=title, include_adult="false", **of_year)
        found = id_of(answer, title)
        return await self._film(found, until) if found is not None else None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _until(self, is_patient: bool) -> float:
        return self._clock() + (PATIENT_S if is_patient else LIMIT_S)

    async def _film(self, tmdb_id: int | None, until: float) -> TmdbFilm | None:
        answer = await self._get(f"/movie/{tmdb_id}", until, language="en-US", append_to_response=ASKED)
        return None if answer is None else read_film(answer, self.region, self._image_url)

    async def _get(self, path: str, until: float, **parameters: str) -> dict[str, Any] | None:
        """The answer; None where TMDB has nothing of that name."""
        try:
            async with asyncio.timeout(until - self._clock()):
                await self._places.acquire()
        except TimeoutError:
            raise TmdbUnavailableError("too much is asked at once") from None
        try:
            for tries_left in reversed(range(TRIES)):
                await self._wait_until_allowed(until)
                try:
                    return await self._exchange(path, parameters, until)
                except TmdbUnavailableError:
                    if not tries_left or until <= self._clock():
                        raise
            raise AssertionError("unreachable")
        except TmdbUnavailableError as error:
            self._tell(error)
            raise
        finally:
            self._places.release()

    async def _wait_until_allowed(self, until: float) -> None:
        """Return when TMDB may be asked; raises where that is too late for who waits."""
        pause_s = max(0.0, self._silent_until - self._clock())
        if self._clock() + pause_s >= until:
            raise TmdbUnavailableError(self._why_silent if pause_s else "no answer")
        if pause_s:
            await asyncio.sleep(pause_s)

    async def _exchange(self, path: str, parameters: dict[str, str], until: float) -> dict[str, Any] | None:
        limit = aiohttp.ClientTimeout(total=min(max(until - self._clock(), 0.01), EXCHANGE_S))
        try:
            async with self._connected().get(f"{self._api_url}{path}", params=parameters, timeout=limit) as response:
                status, pause_s, body = response.status, _pause_of(response), await _read(response)
        except TimeoutError:
            raise self._failed("no answer") from None
        except (aiohttp.ClientError, OSError):
            raise self._failed("no connection") from None
        if status == 429:
            raise self._be_silent(pause_s, "it wants a pause")
        if status in (401, 403):
            raise self._be_silent(REFUSED_S, "it does not know TMDB_TOKEN")
        answer = _parsed(body)
        if status not in (200, 404) or answer is None:
            raise self._failed(f"it answered {status}" if status != 200 else "its answer is not JSON")
        self._failures = 0
        return answer if status == 200 else None

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers)
        return self._session

    def _failed(self, reason: str) -> TmdbUnavailableError:
        """What failed; after several in a row there is a pause."""
        self._failures += 1
        return self._be_silent(TROUBLE_S, reason) if self._failures >= FAILURES else TmdbUnavailableError(reason)

    def _be_silent(self, seconds: float, reason: str) -> TmdbUnavailableError:
        self._silent_until, self._why_silent = max(self._silent_until, self._clock() + seconds), reason
        return TmdbUnavailableError(reason)

    def _tell(self, error: TmdbUnavailableError) -> None:
        if self._clock() - self._told_at >= TOLD_EVERY_S:
            self._told_at = self._clock()
            log.warning("%s; films are shown without it", error)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The answer, as far as it is of a sane size."""
    body = bytearray()
    async for part in response.content.iter_chunked(2**16):
        body += part
        if len(body) > ANSWER_LIMIT:
            break
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _pause_of(response: aiohttp.ClientResponse) -> float:
    """Seconds that TMDB asks for; a date, or rubbish, is taken for some."""
    try:
        seconds = float(response.headers.get("Retry-After", BUSY_S))
    except ValueError:
        return BUSY_S
    return min(max(seconds, 0.0), LONGEST_BUSY_S) if math.isfinite(seconds) else BUSY_S
