"""The way to Discord: asked at one address, again and again with growing pauses, until it is there."""

import asyncio
import logging
from typing import Any

import aiohttp
import discord
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import HTTPClient, Route
from discord.state import AutoShardedConnectionState
from yarl import URL

from bot.chat.delivery import Mute
from bot.chat.host import Host
from bot.chat.transient import Pause, growing_pause, in_words, is_transient, retry_after

log = logging.getLogger(__name__)

ANSWER_TIMEOUT_S = 15.0
LONGEST_RATE_LIMIT_S = 60.0
"""discord.py sits out shorter ones by itself, and raises RateLimited for longer ones."""
FORGET_FAILURES_S = 300.0
LAUNCH_TIMEOUT_S = 30.0
LAUNCH_PAUSE_S = 5.0
"""What discord.py waits by itself after a failed launch."""


class PatientHTTP(HTTPClient):
    """discord.py's REST client, which goes on asking while the bot starts, and which knows where the gateway is."""

    def __init__(self, loop: asyncio.AbstractEventLoop, pause: Pause) -> None:
        super().__init__(loop, max_ratelimit_timeout=LONGEST_RATE_LIMIT_S)
        self._pause = pause
        self._is_starting = True
        self._wait_until = 0.0

    @property
    def asked_to_wait_s(self) -> float:
        """What is left of the time for which Discord wants to hear nothing about its gateway."""
        return max(0.0, self._wait_until - self.loop.time())

    async def request(self, route: Route, **arguments: Any) -> Any:
        if not arguments.get("files"):
            arguments.setdefault("timeout", aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_S))
        if not self._is_starting:
            try:
                return await super().request(route, **arguments)
            except asyncio.CancelledError:
                self._global_over.set()  # discord.py would let all others wait for ever for who sat out a global limit
                raise
        failures = 0
        while True:
            try:
                return await self._ask(route, **arguments)
            except Exception as error:
                if not is_transient(error):
                    raise
                failures += 1
                wait_s = max(self._pause(failures), retry_after(error))
                log.warning("no Discord yet at %s (%s); asking again in %.0f s", Route.BASE, in_words(error), wait_s)
                await asyncio.sleep(wait_s)

    async def _ask(self, route: Route, **arguments: Any) -> dict[str, Any]:
        """What only a refused token or a wrong address can end: LoginFailure and NotFound."""
        try:
            answer = await super().request(route, **arguments)
        except discord.HTTPException as error:
            if error.status == 401:
                raise discord.LoginFailure("Improper token has been passed.") from error
            raise
        if not isinstance(answer, dict):  # a page of something in between
            raise aiohttp.ClientPayloadError
        return answer

    async def get_bot_gateway(self) -> Any:
        found = await super().get_bot_gateway()
        self._is_starting = False
        return found

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect to a gateway; where discord.py would take Discord's own by default, the API is asked for it.

        It does so for each fresh connection after a lost one, with whatever server's token it has. This is the one
        place all connections of a client pass, so that nothing of discord.py's modules needs to be replaced.
        """
        address = URL(url)
        if address.with_query(None) == DiscordWebSocket.DEFAULT_GATEWAY:
            address = (await self._gateway()).with_query(address.query)
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            return await super().ws_connect(str(address), compress=compress)

    async def _gateway(self) -> URL:
        try:
            answer = await self._ask(
                Route("GET", "/gateway/bot"), timeout=aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_S)
            )
        except (discord.HTTPException, discord.RateLimited) as error:
            self._wait_until = self.loop.time() + retry_after(error)
            raise
        return URL(answer["url"])


class Backoff(ExponentialBackoff[Any]):
    """The pauses between a shard's attempts; discord.py's own grow to a quarter of an hour."""

    def __init__(self, http: PatientHTTP, pause: Pause) -> None:
        super().__init__()
        self._http = http
        self._pause = pause
        self._failures = 0
        self._failed_at = 0.0

    def delay(self) -> float:  # type: ignore[override]
        now = self._http.loop.time()
        if now - self._failed_at > FORGET_FAILURES_S:
            self._failures = 0
        self._failures += 1
        wait_s = max(self._pause(self._failures), self._http.asked_to_wait_s)
        self._failed_at = now + wait_s
        return wait_s


class SteadyBot(Host):
    """A bot that comes back to Discord, or to the server it was given, however often it loses it."""

    def __init__(self, *, pause: Pause = growing_pause, **options: Any) -> None:
        self.pause, self.mute = pause, Mute()
        self._launching: set[int] = set()
        super().__init__(shard_connect_timeout=LAUNCH_TIMEOUT_S, **options)

    def _get_state(self, **options: Any) -> AutoShardedConnectionState[Any]:
        # discord.py calls this when it has just made its REST client, and nothing refers to that yet.
        self.http = PatientHTTP(self.loop, self.pause)
        return super()._get_state(**options)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """discord.py's own retries by calling itself, a level deeper each time: here that call returns at once."""
        if shard_id in self._launching:
            return
        self._launching.add(shard_id)
        failures = 0
        try:
            while (info := self.get_shard(shard_id)) is None:
                await super().launch_shard(gateway, shard_id, initial=initial)
                gateway, initial = DiscordWebSocket.DEFAULT_GATEWAY, False  # that is: asked again
                if failures := failures + 1 if self.get_shard(shard_id) is None else 0:
                    await asyncio.sleep(max(0.0, self.pause(failures) - LAUNCH_PAUSE_S))
        finally:
            self._launching.discard(shard_id)
        shard = info._parent
        if isinstance(self.http, PatientHTTP):
            shard._backoff = Backoff(self.http, self.pause)
        # A socket closed before it said hello, or a long rate limit, would end the bot.
        shard._handled_exceptions = (*shard._handled_exceptions, ReconnectWebSocket, discord.RateLimited)
