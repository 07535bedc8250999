"""Export, delete, import: somebody who comes back with their file has what they had, but for the history of it."""

import random

from bot.imports.service import Imported
from bot.wiring import Services
from data import Movie
from data.store import SHELVES
from tests.bot.privacy.test_service import delete
from tests.shelved import shelve

ANN = 811_222_333_444_555_666
AT = 1_795_000_000
HOSTILE = ('=HYPERLINK("http://x"), "quoted"', "+1", "'Round Midnight", "''twice", "@home", "-", "a,b\nc;d")


async def test_nothing_is_lost_on_the_way_out_and_back(services: Services) -> None:
    movies = services.search.catalogue._movies
    for number, title in enumerate(HOSTILE):
        movies[9_000 + number] = Movie(9_000 + number, title, 1999, (), title)
    rng = random.Random(5)
    user = await services.store.profiles.get_or_create(ANN, AT)
    for number, movie_id in enumerate(movies):
        await services.store.ratings.rate(user.user_id, [(movie_id, rng.randint(1, 10) / 2)], AT + 7 * number)
    await services.journal.undo_last(ANN)
    await services.store.ratings.rate(user.user_id, [(999_999, 2.0)], AT + 400)  # of another catalogue
    for movie_id, at in ((10, AT + 1), (9_001, AT + 2)):
        await shelve(services.store, user.user_id, "watchlist", [movie_id], at)
    await shelve(services.store, user.user_id, "hidden", [20], AT + 3)
    for movie_id in (30, 9_002):
        await services.ratings.unrate(ANN, movie_id, AT + 4)
        await services.shelves.put(ANN, "seen", movie_id, AT + 5)

    async def standing() -> tuple[object, ...]:
        profile = await services.store.profiles.get_or_create(ANN, AT)
        rows = await services.store.ratings.rows_of(profile.user_id, order="newest", limit=1_000, offset=0)
        return (rows, *[await services.store.shelves.of(profile.user_id, shelf) for shelf in SHELVES])

    before = await standing()
    export = await services.exports.export(ANN, AT + 1_000, "words")
    await delete(services, ANN, AT + 2_000)
    assert (await standing())[0] == ()
    preview = await services.imports.preview(ANN, export.name, export.content, AT + 3_000)
    assert (preview.source, preview.questions, preview.missing_total, preview.unreadable_total) == ("marquee", 0, 0, 0)
    done = await services.imports.confirm(ANN, preview.import_id, AT + 3_001)
    assert isinstance(done, Imported)
    assert await standing() == before
