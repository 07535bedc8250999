"""A Discord of one guild and one channel over real sockets, for a bot in a process of its own.

It speaks as much of the REST and gateway protocols as a bot needs that answers messages and interactions, and it can be
told to be in trouble (see `Fault`, `lose`, `refuse_resumes` and `stop`). As a program
(`python -m tests.fake_discord`) it prints its address, says the lines `name: text` it reads and prints what is sent.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any, Literal, Self

from aiohttp import BodyPartReader, WSMsgType, web

BOT_ID, GUILD_ID, CHANNEL_ID, OWNER_ID = "900", "800", "700", "600"
TOKEN = "MTIz.fake.token-of-a-test"
MESSAGE_CONTENT = 1 << 15
DISCORD_EPOCH_MS = 1_420_070_400_000
MONTH_MS = 30 * 86_400_000


def snowflake(age_ms: int = 0) -> str:
    """An id made `age_ms` milliseconds ago."""
    return str((time.time_ns() // 1_000_000 - age_ms - DISCORD_EPOCH_MS) << 22 | (time.perf_counter_ns() & 0xFFF))


def _user(user_id: str, name: str, *, bot: bool = False) -> dict[str, Any]:
    return {"id": user_id, "username": name, "discriminator": "0", "global_name": None, "avatar": None, "bot": bot}


BOT = _user(BOT_ID, "Marquee", bot=True)

Trouble = int | Literal["nothing", "cut", "cut after"]
"""A status to answer with; never an answer; the connection cut before or after the request was carried out."""


@dataclass
class Fault:
    """What happens to the next `times` requests of a method to a path (see `fnmatch`), None: to all."""

    request: str
    trouble: Trouble
    times: int | None = 1
    code: int = 0
    retry_after_s: float | None = None
    is_global: bool = False
    """A 429 for everything, from Discord itself; else it is as from the network before it."""

    def meets(self, request: str) -> bool:
        return self.times != 0 and fnmatch(request, self.request)


@dataclass
class Asked:
    """An interaction: whether it was acknowledged yet, and the message that answers it."""

    message: dict[str, Any]
    how: int | None = None


@dataclass
class FakeDiscord:
    """Start it with `async with`; `sent` receives every message and edit of the bot, in order.

    Without `allow_message_content` it refuses bots that ask for the privileged intent.
    """

    allow_message_content: bool = True

    sent: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refuse_resumes: bool = False
    hang_up_before_hello: int = 0
    """So many of the next connections to the gateway."""
    identified: int = 0
    resumed: int = 0
    _asked: dict[str, Asked] = field(default_factory=dict)
    _nonces: dict[str, dict[str, Any]] = field(default_factory=dict)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _ready: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: web.WebSocketResponse | None = None
    _sequence: int = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        self.port = 0
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        await self.lose()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    # ------------------------------------------------------------- what a test does

    async def say(self, name: str, text: str) -> None:
        """Somebody writes into the channel, with an account a month old; `owner` owns guild and bot."""
        message = self._message(self._person(name), text)
        message["member"] = {"roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "flags": 0}
        message["guild_id"] = GUILD_ID
        self.messages[message["id"]] = message
        await self._dispatch("MESSAGE_CREATE", message)

    def _person(self, name: str) -> dict[str, Any]:
        return self.people.setdefault(name, _user(OWNER_ID if name == "owner" else snowflake(MONTH_MS), name))

    async def ask(self, name: str, text: str, timeout_s: float = 60) -> dict[str, Any]:
        """Say something and give the bot's next message or edit."""
        await self.say(name, text)
        return await asyncio.wait_for(self.sent.get(), timeout_s)

    async def repeat(self) -> None:
        """Deliver all that people have said once more, as after a resume."""
        for message in [one for one in self.messages.values() if one["author"] is not BOT]:
            await self._dispatch("MESSAGE_CREATE", message)

    async def until_ready(self, timeout_s: float = 60) -> None:
        await asyncio.wait_for(self._ready.wait(), timeout_s)

    async def slash(self, name: str, command: str, sub: str | None = None, **options: Any) -> Asked:
        """Somebody uses a slash command; its answer is the message of what is given."""
        given: list[dict[str, Any]] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        if sub is not None:
            given = [{"name": sub, "type": 1, "options": given}]
        return await self._interact(name, 2, {"id": "1", "type": 1, "name": command, "options": given})

    async def press(self, name: str, message: dict[str, Any], label: str) -> Asked:
        """Somebody presses a button of a message, or chooses an option of a select."""
        for part in (part for row in message["components"] for part in row["components"]):
            if part.get("label") == label:
                return await self._interact(name, 3, {"custom_id": part["custom_id"], "component_type": 2}, message)
            for option in (one for one in part.get("options", ()) if one["label"] == label):
                chosen = {"custom_id": part["custom_id"], "component_type": 3, "values": [option["value"]]}
                return await self._interact(name, 3, chosen, message)
        raise ValueError(label)

    async def _interact(
        self, name: str, kind: int, data: dict[str, Any], pressed: dict[str, Any] | None = None
    ) -> Asked:
        user = self._person(name)
        interaction_id = snowflake()
        asked = self._asked[f"token-{interaction_id}"] = Asked(pressed or self._message(BOT, ""))
        member = {
            "user": user, "roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "flags": 0, "deaf": False,
            "mute": False, "permissions": "2147483647",
        }  # fmt: skip
        channel = {"id": CHANNEL_ID, "type": 0, "name": "movies", "permissions": "2147483647", "position": 0}
        event = {
            "id": interaction_id, "application_id": BOT_ID, "type": kind, "data": data, "guild_id": GUILD_ID,
            "guild": {"id": GUILD_ID, "locale": "en-US", "features": []}, "channel": channel, "channel_id": CHANNEL_ID,
            "member": member, "token": f"token-{interaction_id}", "version": 1, "app_permissions": "2147483647",
            "locale": "en-US", "guild_locale": "en-US", "entitlements": [], "context": 0,
            "authorizing_integration_owners": {"0": GUILD_ID}, "attachment_size_limit": 10_000_000,
        } | ({"message": pressed} if pressed is not None else {})  # fmt: skip
        await self._dispatch("INTERACTION_CREATE", event)
        return asked

    def fail(self, request: str, trouble: Trouble, times: int | None = 1, **more: Any) -> Fault:
        """Let a request such as `POST channels/*/messages` meet with trouble."""
        self.faults.append(fault := Fault(request, trouble, times, **more))
        return fault

    async def lose(self, code: int = 4000) -> None:
        """Close the gateway's connection."""
        if self._socket is not None:
            await self._socket.close(code=code)

    async def stop(self) -> None:
        """Be gone: refuse connections, and cut those there are."""
        await self._site.stop()
        await self.lose()

    async def start(self) -> None:
        """Be there, again at the same port."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await self._site.start()
        self.port = self._site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    # ---------------------------------------------------------------------- gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.hang_up_before_hello:
            self.hang_up_before_hello -= 1
            await socket.close(code=1011)
            return socket
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif payload["op"] == 2 and payload["d"]["intents"] & MESSAGE_CONTENT and not self.allow_message_content:
                await socket.close(code=4014, message=b"Disallowed intent(s).")
            elif payload["op"] == 2:
                self._socket, self._sequence = socket, 0
                self.identified += 1
                await self._welcome(payload["d"].get("shard", [0, 1]))
            elif payload["op"] == 6 and self.refuse_resumes:
                await socket.send_json({"op": 9, "d": False, "s": None, "t": None})
            elif payload["op"] == 6:
                self._socket = socket
                self.resumed += 1
                await self._dispatch("RESUMED", {})
                self._ready.set()
        if self._socket in (socket, None):
            self._ready.clear()
        return socket

    async def _welcome(self, shard: list[int]) -> None:
        ready = {
            "v": 10, "user": BOT, "guilds": [{"id": GUILD_ID, "unavailable": True}], "session_id": "s",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "shard": shard,
            "application": {"id": BOT_ID, "flags": 0},
        }  # fmt: skip
        await self._dispatch("READY", ready)
        everyone = {
            "id": GUILD_ID, "name": "@everyone", "permissions": "2147483647", "position": 0, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        }  # fmt: skip
        channel = {
            "id": CHANNEL_ID, "type": 0, "name": "movies", "position": 0, "permission_overwrites": [], "nsfw": False,
        }  # fmt: skip
        guild = {
            "id": GUILD_ID, "name": "Film club", "owner_id": OWNER_ID, "roles": [everyone], "channels": [channel],
            "members": [{"user": BOT, "roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "flags": 0}],
            "member_count": 2, "large": False, "unavailable": False, "threads": [], "presences": [],
            "voice_states": [], "emojis": [], "stickers": [], "features": [], "stage_instances": [],
            "guild_scheduled_events": [], "verification_level": 0, "default_message_notifications": 0,
            "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "preferred_locale": "en-US",
            "afk_timeout": 60, "system_channel_flags": 0, "nsfw_level": 0, "premium_progress_bar_enabled": False,
            "joined_at": "2020-01-01T00:00:00+00:00",
        }  # fmt: skip
        await self._dispatch("GUILD_CREATE", guild)
        self._ready.set()

    async def _dispatch(self, event: str, data: dict[str, Any]) -> None:
        assert self._socket is not None
        self._sequence += 1
        await self._socket.send_json({"op": 0, "t": event, "s": self._sequence, "d": data})

    # ------------------------------------------------------------------------- REST

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.calls.append(f"{request.method} {path}")
        fault = next((one for one in self.faults if one.meets(self.calls[-1])), None)
        if fault is None:
            return await self._answer(request, path)
        if fault.times is not None:
            fault.times -= 1
        match fault.trouble:
            case int(status):
                headers = {"Retry-After": str(fault.retry_after_s)} if fault.retry_after_s is not None else {}
                headers |= {"Via": "1.1 discord"} if fault.is_global else {}
                body = {
                    "message": "trouble", "code": fault.code, "retry_after": fault.retry_after_s or 0,
                    "global": fault.is_global,
                }  # fmt: skip
                return _json(body, status, headers)
            case "nothing":
                await self._over.wait()
            case "cut after":
                await self._answer(request, path)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def _answer(self, request: web.Request, path: str) -> web.StreamResponse:
        if path.startswith(("interactions/", "webhooks/")):  # these know each other by the interaction's token
            return await self._interaction(request.method, path.split("/"), request)
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        parts = path.split("/")
        if path == "users/@me":
            return _json(BOT)
        if path == "oauth2/applications/@me":
            return _json(self._application())
        if path == "gateway/bot":
            limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
            url = f"ws://127.0.0.1:{self.port}/gateway"
            return _json({"url": url, "shards": 1, "session_start_limit": limit})
        if parts[-1] == "commands":
            commands = await request.json()
            made = [
                {"id": str(index + 1), "application_id": BOT_ID, "version": "1", "description": "", **one}
                for index, one in enumerate(commands)
            ]
            return _json(made)
        if path == "users/@me/channels":
            asked_for = str((await request.json())["recipient_id"])
            person = next(one for one in self.people.values() if one["id"] == asked_for)
            return _json({"id": f"1{person['id']}", "type": 1, "recipients": [person], "last_message_id": None})
        if parts[0] == "channels" and parts[-1] == "messages" and request.method == "POST":
            return _json(self._take(parts[1], await _body(request)))
        if parts[0] == "channels" and parts[-2] == "messages" and request.method == "PATCH":
            return _json(self._keep(self.messages[parts[-1]], await _body(request), "edited"))
        return _json({"message": "404: Not Found", "code": 0}, status=404)

    def _take(self, channel_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """A new message, or the one of the same nonce."""
        nonce = body["nonce"] if body.get("enforce_nonce") else None
        if nonce is not None and nonce in self._nonces:
            return self._nonces[nonce]
        message = self._keep(self._message(BOT, "") | {"channel_id": channel_id}, body, "sent")
        if nonce is not None:
            self._nonces[nonce] = message
        return message

    async def _interaction(self, method: str, parts: list[str], request: web.Request) -> web.StreamResponse:
        """Callbacks at `interactions/{id}/{token}/callback`, all that follows at `webhooks/{bot}/{token}`."""
        asked = self._asked[parts[2]]
        body = await _body(request) if method in ("POST", "PATCH") else {}
        if parts[0] == "interactions":
            if asked.how is not None:
                return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
            asked.how = how = body["type"]
            if how in (4, 7):
                self._keep(asked.message, body["data"], "sent" if how == 4 else "edited")
            callback = {"id": "1", "type": 2, "response_message_id": asked.message["id"]}
            resource = {"type": how, "message": asked.message} if how in (4, 7) else {"type": how}
            return _json({"interaction": callback, "resource": resource})
        if asked.how is None:
            return _json({"message": "Unknown Webhook", "code": 10015}, 404)
        if method == "POST":  # the first one after a deferral takes the placeholder's place
            fills = asked.how == 5 and asked.message["id"] not in self.messages
            return _json(self._keep(asked.message if fills else self._message(BOT, ""), body, "sent"))
        if method == "PATCH":
            self._keep(asked.message, body, "sent" if asked.how == 5 else "edited")
        return _json(asked.message)

    @staticmethod
    def _application() -> dict[str, Any]:
        return {
            "id": BOT_ID, "name": "Marquee", "icon": None, "description": "", "bot_public": True,
            "bot_require_code_grant": False, "verify_key": "00", "flags": 0, "owner": _user(OWNER_ID, "owner"),
            "summary": "", "team": None,
        }  # fmt: skip

    def _keep(self, message: dict[str, Any], changes: dict[str, Any], how: str) -> dict[str, Any]:
        known = {key: value for key, value in changes.items() if key in ("content", "embeds", "components")}
        message |= known | {"content": known.get("content") or ""}
        self.messages[message["id"]] = message
        self.sent.put_nowait({"how": how, **message})
        return message

    @staticmethod
    def _message(author: dict[str, Any], text: str) -> dict[str, Any]:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        return {
            "id": snowflake(), "channel_id": CHANNEL_ID, "author": author, "content": text, "timestamp": stamp,
            "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "components": [], "pinned": False, "type": 0, "flags": 0,
        }  # fmt: skip


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only where the type is that word and nothing more.
    body = json.dumps(value).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


async def _body(request: web.Request) -> dict[str, Any]:
    """The JSON of a message, which travels beside its files as one part of a form."""
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "payload_json":
            return dict(json.loads(await part.text()))
    return {}


async def _main() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with FakeDiscord() as discord:
        print(discord.api_url, flush=True)
        await discord.until_ready()
        printing = asyncio.create_task(_print(discord))
        while line := (await reader.readline()).decode().strip():
            name, _, text = line.partition(": ")
            await discord.say(name, text)
        printing.cancel()


async def _print(discord: FakeDiscord) -> None:
    while True:
        print(json.dumps(await discord.sent.get()), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
