"""Pictures of the demo's channel for the documentation: `python -m bot.demo.screenshots FOLDER [SCENE ...]`.

Each scene is a script that `marquee demo --web` plays, some of them beside a TMDB on the loopback. A headless Chromium,
told what to do through its DevTools protocol, photographs the channel at the widths of a window and of a phone. With
`--locale=de` everybody's Discord is German.
"""

import asyncio
import base64
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from platformdirs import user_cache_path

from bot.demo.tmdb import Answer, LoopbackTmdb, told, told_of
from bot.settings import load_settings
from data import Catalogue, load_dataset

RATED = (
    r"Heat 4.5\nThe Matrix 5\nFargo 4.5\nSpeed (1994) 3\nTitanic (1997) 2\nAliens 4.5\nGroundhog Day 4"
    r"\nPulp Fiction 5\nForrest Gump 3\nToy Story (1995) 4\nBlade Runner 4.5\nGhost 1.5"
)
TOGETHER = (
    f"alice: !rate {RATED}",
    r"bob: !rate Heat 4\nTitanic (1997) 4.5\nGhost 4\nGroundhog Day 5\nToy Story 4.5\nThe Matrix 3\nSpeed 2.5\nFargo 2",
    r"carol: !rate Pulp Fiction 4.5\nFargo 5\nBlade Runner 4\nAliens 3.5\nForrest Gump 4\nToy Story 3.5\nSeven 4.5",
    "alice: /slash privacy compare state=on",
    "bob: /slash privacy compare state=on",
    "carol: /slash privacy compare state=on",
)
"""Three who have rated and let their tastes be compared."""

LETTERBOXD = """\
Date,Name,Year,Letterboxd URI,Rating
2024-05-01,Heat,1995,https://boxd.it/1,4.5
2024-05-02,Fargo,1996,https://boxd.it/2,4
2024-05-02,Se7en,1995,https://boxd.it/3,4.5
2024-05-03,Emma,,https://boxd.it/4,3.5
2024-05-04,The Film I Shot Last Summer,2023,https://boxd.it/5,5
"""
SCENES = {
    "start": (
        "/slash start",
        '/select start_tastes "2571"',
        "/click ★★★★★",
        "/click start_unseen",
        "/click ★★★★",
    ),
    "recommend": ("alice: !rate Heat 4.5", "alice: !rate Toy Story 2", "alice: !recommend"),
    "why": (f"alice: !rate {RATED}", "alice: !why Seven"),
    "film": ("alice: !rate Heat 4.5", "alice: !movie The Matrix", "alice: !similar The Matrix"),
    "profile": (f"alice: !rate {RATED}", "alice: !profile"),
    "import": ("alice: /attach {letterboxd} !import",),
    "privacy": ("!rate Heat 4.5", "/slash privacy show"),
    "movienight": (*TOGETHER, "alice: !movienight @bob @carol", "alice: /click night_poll"),
    "match": (*TOGETHER, "alice: !match @bob"),
    "tastecard": (*TOGETHER, "alice: !tastecard all"),
    "tastemap": (*TOGETHER, "alice: !tastemap"),
    "guess": (*TOGETHER, "alice: !guess"),
    "top": (*TOGETHER, "alice: !top"),
    "model": ("@admin: !retrain", "/wait retrain", "alice: !model"),
    "card": ("alice: !rate Heat 4.5", "alice: !movie The Matrix"),
    "posters": (f"alice: !rate {RATED}", "alice: !recommend"),
}
"""Lines of the demo's scripts. What only its reader sees is said by `you`, whose eyes the page opens with.

{letterboxd} is the path of a file with LETTERBOXD in it.
"""

WITH_TMDB = ("card", "posters")
THE_MATRIX = told(
    603,
    "The Matrix",
    1999,
    133093,
    overview="A programmer who hacks by night learns that the world he lives in is a simulation. The few who have "
    "left it believe that he can end it.",
    runtime=136,
    credits={
        "cast": [{"name": "Keanu Reeves"}, {"name": "Laurence Fishburne"}, {"name": "Carrie-Anne Moss"}],
        "crew": [{"job": "Director", "name": "Lana Wachowski"}, {"job": "Director", "name": "Lilly Wachowski"}],
    },
    release_dates={"results": [{"iso_3166_1": "US", "release_dates": [{"certification": "R"}]}]},
)

LAST = {"movienight": 3, "match": 2, "tastecard": 2, "tastemap": 2, "guess": 2, "top": 2, "card": 2, "posters": 2}
"""How many messages are pictured of scenes where others only say what they think of films; of the rest it is all."""

WIDTHS = {"desktop": 560, "phone": 390}
"""Of the page in CSS pixels; wider ones only have more empty space beside the cards."""

HEIGHT = 3000
"""Of the page in CSS pixels: no scene is longer, so that nothing is scrolled away."""

SCALE = 1.5
"""Pixels of the picture for one of the page."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE_S = 60.0

# The tools around the channel go. As in Discord, a thumbnail stands beside its text at every width, and a gallery has
# three squares in a row, with the first picture of ten above them. The page is ready when it takes presses (until then
# it has all buttons disabled, not only those of ours that are), and is not looking for another size.
_PREPARE = """new Promise((resolve) => {
    const look = () => {
        document.querySelectorAll('[data-workbench]').forEach((tool) => { tool.style.display = 'none'; });
        document.querySelectorAll('.component-section').forEach((one) => {
            one.style.gridTemplateColumns = 'minmax(0, 1fr) auto';
        });
        document.querySelectorAll('.component-gallery').forEach((gallery) => {
            const items = [...gallery.children];
            if (items.length < 5) return;
            gallery.style.cssText += 'display: grid; grid-template-columns: repeat(3, 1fr); gap: 4px';
            items.forEach((item, place) => {
                const isWide = place === 0 && items.length % 3 === 1;
                item.style.cssText += isWide ? 'grid-column: 1 / -1' : '';
                item.querySelectorAll('img').forEach((image) => {
                    image.style.cssText += `aspect-ratio: ${isWide ? 2 : 1}; object-fit: cover; width: 100%`;
                });
            });
        });
        const buttons = [...document.querySelectorAll('#channel-message-list button')];
        const isReady = window.simcordPreview?.ready && document.fonts.status === 'loaded'
            && (!buttons.length || buttons.some((button) => !button.disabled));
        still = isReady ? still + 1 : 0;
        return still > 10 ? resolve() : setTimeout(look, 100);
    };
    let still = 0;
    look();
})"""
_FRAME = """((last) => {
    const messages = [...document.querySelector('#channel-message-list').children];
    const first = last ? messages.at(-last) : document.querySelector('.channel-header');
    const top = first.getBoundingClientRect().top;
    const bottom = messages.at(-1).getBoundingClientRect().bottom;
    return {x: 0, y: top, width: innerWidth, height: bottom - top + 12};
})"""


class Browser:
    """A page of a headless Chromium."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the DevTools protocol and return its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == number:
                result: dict[str, Any] = answer["result"]
                return result

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page; of a promise, once it is kept."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    async def photograph(self, address: str, width: int, last: int = 0) -> bytes:
        """The channel at this address as a PNG; of `last` messages if there is a number."""
        await self.call("Page.navigate", url="about:blank")  # the same address again would load nothing
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=SCALE, mobile=False
        )
        await self.call("Page.navigate", url=address)
        async with asyncio.timeout(PATIENCE_S):
            await self.evaluate(_PREPARE)
        clip = await self.evaluate(f"{_FRAME}({last})")
        taken = await self.call("Page.captureScreenshot", format="png", clip=clip | {"scale": 1})
        return base64.b64decode(taken["data"])


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextlib.asynccontextmanager
async def running(*command: str, **environment: str) -> AsyncIterator[asyncio.StreamReader]:
    """A program's standard error; the program is ended in the end. `environment` is added to that of ours."""
    program = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | environment,
    )
    assert program.stderr is not None
    try:
        yield program.stderr
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.terminate()
        await program.wait()


async def address_in(said: asyncio.StreamReader, scheme: str) -> str:
    """The first address a program tells of; raises EOFError with all it said if there is none."""
    lines = []
    async for line in said:
        lines.append(line.decode())
        _, found, rest = lines[-1].partition(scheme)
        if found:
            return scheme + rest.strip()
    raise EOFError("".join(lines))


@contextlib.asynccontextmanager
async def browsing(program: str) -> AsyncIterator[Browser]:
    with tempfile.TemporaryDirectory() as profile:
        options = ("--headless", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={profile}")
        async with running(program, *options, "about:blank") as said, aiohttp.ClientSession() as session:
            host = (await address_in(said, "ws://")).split("/")[2]
            async with session.get(f"http://{host}/json") as answer:
                (page,) = [one for one in await answer.json() if one["type"] == "page"]
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield Browser(socket)


@contextlib.asynccontextmanager
async def channel(lines: tuple[str, ...], *options: str, **environment: str) -> AsyncIterator[str]:
    """The address of a channel in which these lines have been said; `options` are more of the demo's."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "scene.txt"
        export = Path(folder) / "ratings.csv"
        export.write_text(LETTERBOXD, "utf-8")
        script.write_text("\n".join(lines).replace("{letterboxd}", str(export)), "utf-8")
        demo = (sys.executable, "-m", "bot", "demo", "--web", "--script", str(script), *options)
        async with running(*demo, **environment) as said:
            yield await address_in(said, "http://")


async def take(program: str, folder: Path, scenes: Mapping[str, tuple[str, ...]], *options: str) -> None:
    """Write each scene at every width; `options` are more of the demo's."""
    async with (
        browsing(program) as browser,
        LoopbackTmdb(_films() if {*scenes} & {*WITH_TMDB} else ()).served() as tmdb,
    ):
        for scene, lines in scenes.items():
            async with channel(lines, *options, **(tmdb.environment if scene in WITH_TMDB else {})) as address:
                for device, width in WIDTHS.items():
                    path = folder / f"{scene}-{device}.png"
                    path.write_bytes(await browser.photograph(address, width, LAST.get(scene, 0)))
                    print(f"{path}  {path.stat().st_size / 1000:.0f} kB", flush=True)


def _films() -> list[Answer]:
    """What TMDB tells of the demo's films; of most of them nothing is shown but the poster."""
    cached = user_cache_path("marquee", appauthor=False) / "demo" / "datasets"
    catalogue = Catalogue.from_dataset(load_dataset(load_settings().dataset, cached))
    return [*(told_of(movie) for movie in catalogue.values() if movie.tmdb_id is not None), THE_MATRIX]


def main() -> int:
    program = find_browser()
    if program is None:
        print(f"Screenshots need one of these browsers: {', '.join(BROWSERS)}.", file=sys.stderr)
        return 2
    options = [one for one in sys.argv[1:] if one.startswith("--")]
    folder, *wanted = [one for one in sys.argv[1:] if one not in options]
    Path(folder).mkdir(parents=True, exist_ok=True)
    scenes = {scene: lines for scene, lines in SCENES.items() if not wanted or scene in wanted}
    asyncio.run(take(program, Path(folder), scenes, *options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
