"""Pictures that messages name by their address, fetched as Discord does."""

import asyncio
import contextlib
from collections.abc import Iterator

import aiohttp
from simcord.backend import Backend

from bot.demo.event import walk

LIMIT = 5 * 2**20
"""Bytes of a picture."""
TIMEOUT_S = 5.0


Images = dict[str, tuple[str, bytes]]
"""File name and content by address."""


async def fetch_images(backend: Backend, images: Images) -> None:
    """Add what the messages name by now; what cannot be had is shown as missing."""
    missing = {url for url in _addresses(backend) if url not in images and backend.cdn.get(url) is None}
    if not missing:
        return
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S)) as session:
        await asyncio.gather(*(_fetch(session, url, images) for url in missing))


def _addresses(backend: Backend) -> Iterator[str]:
    for messages in backend.messages.values():
        for message in messages.values():
            for one in walk(message.components):
                pictures = one.get("items") or ([one] if one.get("media") else [])
                yield from (picture["media"]["url"] for picture in pictures)


async def _fetch(session: aiohttp.ClientSession, url: str, images: Images) -> None:
    with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
        async with session.get(url) as answer:
            if answer.status == 200 and (answer.content_length or 0) <= LIMIT:
                images[url] = (url.rpartition("/")[2], await answer.read())
