"""The way of an import: preview, fix, confirm, undo; nothing twice, nothing lost, nothing kept for longer."""

import asyncio
import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StaleComponentError
from bot.imports import Imported, ImportService
from bot.imports.matching import Match, Matched, Missing, Uncertain
from bot.imports.plan import Plan
from bot.imports.reading import read_upload
from bot.imports.rows import Reading
from bot.imports.service import Asked, ImportClosed, Preview
from bot.journal.service import AskFirst
from bot.operating.service import OPEN_IMPORTS_KEPT_S
from bot.ratings.service import DAILY_CAP
from bot.wiring import Services
from data.store.ratings import rated_by_hand_since
from tests.bot.imports import exports
from tests.shelved import shelve

ALICE, BOB = 111, 222
NOW = 1_700_000_000
HEAT, ALIEN, DIE_HARD, SPEED, MATRIX, GHOST, SABRINA, OLD_SABRINA = 10, 20, 30, 40, 60, 130, 160, 250
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating\n"


async def preview(services: Services, content: str | bytes, member: int = ALICE, at: int = NOW) -> Preview:
    data = content.encode() if isinstance(content, str) else content
    return await services.imports.preview(member, "export", data, at)


async def stand(services: Services, member: int = ALICE) -> dict[int, tuple[float, int]]:
    profile = await services.store.profiles.find(member)
    assert profile is not None
    rows = await services.store.ratings.rows_of(profile.user_id, order="newest", limit=9_999, offset=0)
    return {row.movie_id: (row.stars, row.rated_at) for row in rows}


async def shelf(services: Services, kind: str, member: int = ALICE) -> dict[int, int]:
    profile = await services.store.profiles.find(member)
    assert profile is not None
    films = await services.store.shelves.of(profile.user_id, kind)  # type: ignore[arg-type]
    return {film.movie_id: film.added_at for film in films}


async def rate(services: Services, movie_id: int, stars: float, at: int) -> None:
    await services.ratings.rate(ALICE, services.search.by_id(movie_id).movie_id, stars, at)


async def test_a_preview_counts_and_writes_nothing(services: Services) -> None:
    found = await preview(services, exports.letterboxd_zip())
    assert (found.source, found.new, found.watchlist, found.seen) == ("letterboxd", 3, 1, 1)
    assert (found.questions, found.missing_total) == (1, 1)
    assert [one.title for one in found.missing] == ["No Such Film, Ever"]
    assert (found.samples[0].movie.title, found.samples[0].stars) == ("Heat", 4.5)
    assert await stand(services) == {}


async def test_fix_confirm_and_undo(services: Services) -> None:
    found = await preview(services, exports.letterboxd_zip())
    asked = await services.imports.question(ALICE, found.import_id)
    assert isinstance(asked, Asked)
    assert (asked.title, asked.stars, asked.place, asked.decided) == ("Sabrina", 3.0, 0, 0)
    assert {movie.movie_id for movie in asked.candidates} == {SABRINA, OLD_SABRINA}
    fixed = await services.imports.resolve(ALICE, found.import_id, asked.place, OLD_SABRINA)
    assert isinstance(fixed, Preview)
    assert (fixed.new, fixed.undecided) == (4, 0)

    done = await services.imports.confirm(ALICE, found.import_id, NOW + 5)
    assert done == Imported(found.import_id, ALICE, "letterboxd", 4, 2)
    assert await stand(services) == {
        HEAT: (4.5, 1_577_836_800),
        MATRIX: (5.0, 1_577_923_200),
        OLD_SABRINA: (3.0, 1_578_009_600),
        ALIEN: (3.5, 1_546_300_800),
    }
    assert await shelf(services, "watchlist") == {GHOST: 1_620_172_800}
    assert await shelf(services, "seen") == {SPEED: 1_577_836_800}

    await services.journal.undo_import(ALICE, found.import_id)
    assert await stand(services) == {}
    assert await shelf(services, "watchlist") == await shelf(services, "seen") == {}


async def test_one_file_is_matched_at_a_time(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    matching, most = 0, 0
    match = ImportService._match

    async def counted(self: ImportService, reading: Reading) -> list[Match]:
        nonlocal matching, most
        matching += 1
        most = max(most, matching)
        try:
            return await match(self, reading)
        finally:
            matching -= 1

    monkeypatch.setattr(ImportService, "_match", counted)
    found = await asyncio.gather(*(preview(services, exports.MOVIELENS, member) for member in (ALICE, BOB, 333)))
    assert [one.new for one in found] == [2, 2, 2]
    assert most == 1


async def test_skipping_leaves_a_row_out(services: Services) -> None:
    found = await preview(services, LETTERBOXD + "2020-01-01,Sabrina,,x,3\n2020-01-01,Heat,1995,x,4\n")
    left = await services.imports.resolve(ALICE, found.import_id, 0, None)
    assert isinstance(left, Preview)
    assert left.undecided == 0
    await services.imports.confirm(ALICE, found.import_id, NOW)
    assert set(await stand(services)) == {HEAT}


async def test_confirming_twice_at_once_writes_once(services: Services) -> None:
    found = await preview(services, exports.MOVIELENS)
    results = await asyncio.gather(*(services.imports.confirm(ALICE, found.import_id, NOW + n) for n in range(4)))
    assert set(results) == {Imported(found.import_id, ALICE, "movielens", 2, 0)}
    assert await services.store.ratings.last_write_id() == 2
    await services.journal.undo_import(ALICE, found.import_id)
    assert await services.imports.confirm(ALICE, found.import_id, NOW + 10) == ImportClosed("undone")


async def test_only_what_changes_is_written_and_the_newer_rating_counts(services: Services) -> None:
    await rate(services, HEAT, 4.5, NOW - 50)
    await rate(services, ALIEN, 1.0, NOW - 50)
    await rate(services, MATRIX, 1.0, NOW - 50)
    rows = f"1,10,4.5,{NOW - 99}\n1,20,5,{NOW - 99}\n1,60,5,{NOW - 9}\n1,30,2,{NOW - 99}\n"
    found = await preview(services, "userId,movieId,rating,timestamp\n" + rows)
    assert (found.same, found.older, found.changed, found.new) == (1, 1, 1, 1)
    assert await services.imports.confirm(ALICE, found.import_id, NOW) == Imported(
        found.import_id, ALICE, "movielens", 2, 0
    )
    stood = await stand(services)
    assert (stood[HEAT], stood[ALIEN]) == ((4.5, NOW - 50), (1.0, NOW - 50))
    assert (stood[MATRIX], stood[DIE_HARD]) == ((5.0, NOW - 9), (2.0, NOW - 99))
    await services.journal.undo_import(ALICE, found.import_id)
    stood = await stand(services)
    assert stood[MATRIX] == (1.0, NOW - 50)
    assert DIE_HARD not in stood


async def test_undo_leaves_what_was_changed_since(services: Services) -> None:
    found = await preview(services, exports.MOVIELENS)
    await services.imports.confirm(ALICE, found.import_id, NOW)
    await rate(services, HEAT, 1.0, NOW + 1)
    (told,) = (await services.journal.undo_import(ALICE, found.import_id)).entries
    assert told.entry.left == 1
    assert await stand(services) == {HEAT: (1.0, NOW + 1)}
    # What is left of it can be taken back once nothing is in the way.
    await services.journal.undo_last(ALICE)
    assert await stand(services) == {HEAT: (4.5, 1_577_836_800)}
    await services.journal.undo_import(ALICE, found.import_id)
    assert await stand(services) == {}


async def test_plain_undo_asks_before_it_takes_an_import_back(services: Services) -> None:
    found = await preview(services, exports.MOVIELENS)
    await services.imports.confirm(ALICE, found.import_id, NOW)
    asked = await services.journal.undo_last(ALICE)
    assert isinstance(asked, AskFirst)
    assert (asked.told.entry.source, asked.told.entry.counts) == ("movielens", {("rating", True): 2})
    assert len(await stand(services)) == 2


async def test_a_film_twice_in_the_file_has_its_newest_rating(services: Services) -> None:
    rows = "2020-05-05,Heat,1995,x,5\n2020-01-01,Heat,1996,x,1\n,Alien,1996,x,1\n,Alien,1996,x,2\n"
    found = await preview(services, LETTERBOXD + rows)
    assert (found.new, found.repeated) == (2, 2)
    await services.imports.confirm(ALICE, found.import_id, NOW)
    assert {movie_id: stars for movie_id, (stars, _) in (await stand(services)).items()} == {HEAT: 5.0, ALIEN: 2.0}


async def test_a_time_to_come_is_now(services: Services) -> None:
    found = await preview(services, LETTERBOXD + "2999-01-01,Heat,1995,x,5\n")
    await services.imports.confirm(ALICE, found.import_id, NOW + 7)
    assert await stand(services) == {HEAT: (5.0, NOW)}


async def test_imports_do_not_count_for_the_day_and_once_each_for_training(services: Services) -> None:
    found = await preview(services, exports.MOVIELENS)
    await services.imports.confirm(ALICE, found.import_id, NOW)
    assert await services.store.ratings.writes_since(0) == 2
    await services.journal.undo_import(ALICE, found.import_id)
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    assert await rated_by_hand_since(services.store._database, profile.user_id, NOW - 86_400) == 0 < DAILY_CAP
    assert await services.store.ratings.writes_since(0) == 2


async def test_imports_are_their_owners_alone(services: Services) -> None:
    found = await preview(services, exports.MOVIELENS)
    await services.store.profiles.get_or_create(BOB, NOW)
    for attempt in (
        services.imports.again(BOB, found.import_id),
        services.imports.question(BOB, found.import_id),
        services.imports.resolve(BOB, found.import_id, 0, None),
        services.imports.confirm(BOB, found.import_id, NOW),
        services.imports.cancel(BOB, found.import_id),
        services.journal.undo_import(BOB, found.import_id),
        services.journal.undo_import(ALICE, found.import_id),  # nothing is written yet
        services.imports.again(ALICE, 99),
        services.imports.resolve(ALICE, found.import_id, 0, None),  # it asks nothing
    ):
        with pytest.raises(StaleComponentError):
            await attempt


async def test_only_a_candidate_can_be_chosen(services: Services) -> None:
    found = await preview(services, LETTERBOXD + "2020-01-01,Sabrina,,x,3\n")
    with pytest.raises(StaleComponentError):
        await services.imports.resolve(ALICE, found.import_id, 0, HEAT)


async def test_the_file_is_forgotten_with_the_decision(services: Services) -> None:
    async def kept() -> list[str | None]:
        rows = await services.store.imports._database.rows("SELECT plan FROM imports ORDER BY import_id")
        return [plan for (plan,) in rows]

    first = await preview(services, exports.LETTERBOXD_RATINGS)
    assert "No Such Film, Ever" in str(await kept())
    second = await preview(services, exports.letterboxd_zip())  # takes the place of the first
    assert (await kept())[0] is None
    assert await services.imports.again(ALICE, first.import_id) == ImportClosed("cancelled")
    await services.imports.confirm(ALICE, second.import_id, NOW)
    assert (await kept())[1] is None
    third = await preview(services, exports.MOVIELENS)
    assert await services.imports.cancel(ALICE, third.import_id) == ImportClosed("cancelled")
    assert await services.imports.confirm(ALICE, third.import_id, NOW) == ImportClosed("cancelled")
    fourth = await preview(services, exports.IMDB)
    await services.operating.tidy(NOW + OPEN_IMPORTS_KEPT_S, [])
    assert isinstance(await services.imports.again(ALICE, fourth.import_id), Preview)
    await services.operating.tidy(NOW + OPEN_IMPORTS_KEPT_S + 1, [])
    with pytest.raises(StaleComponentError):
        await services.imports.again(ALICE, fourth.import_id)
    assert isinstance(await services.imports.again(ALICE, second.import_id), Imported)


async def test_the_own_export_brings_back_films_outside_the_catalogue(services: Services) -> None:
    found = await preview(services, exports.own_zip())
    assert (found.new, found.watchlist, found.hidden, found.missing_total) == (2, 1, 1, 0)
    await services.imports.confirm(ALICE, found.import_id, NOW)
    assert await stand(services) == {HEAT: (4.5, 1_580_500_800), 777: (1.0, 1_580_500_801)}
    assert await shelf(services, "hidden") == {DIE_HARD: 1_609_545_600}


def test_a_plan_survives_its_json() -> None:
    reading = read_upload("x", exports.letterboxd_zip())
    matches = [Matched(1), Uncertain((2, 3)), Missing(), Missing(), Matched(1), Matched(5), Matched(4)]
    plan = Plan.of(reading, matches, NOW)
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.missing_total == 2


FILMS = st.dictionaries(
    st.integers(1, 2**31 - 1),
    st.tuples(st.integers(1, 10).map(lambda half: half / 2), st.integers(1, NOW), st.text(max_size=30)),
    max_size=20,
)
SHELVED = st.dictionaries(st.integers(1, 2**31 - 1), st.integers(1, NOW), max_size=10)


def iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def neutral(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r'" and cell else cell


@settings(max_examples=40)
@given(rated=FILMS, watchlist=SHELVED, hidden=SHELVED)
def test_the_own_format_comes_back_as_it_was(
    rated: dict[int, tuple[float, int, str]], watchlist: dict[int, int], hidden: dict[int, int]
) -> None:
    """Our export, written by its specification with the worst of titles, is read back row for row."""

    def table(columns: str, rows: list[tuple[object, ...]]) -> str:
        held = io.StringIO(newline="")
        writer = csv.writer(held)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
        return held.getvalue()

    head = "movie_id,title,year,imdb_id,tmdb_id,"
    ratings = [(one, neutral(title), "", "", "", stars, iso(at)) for one, (stars, at, title) in rated.items()]
    files: dict[str, str | bytes] = {
        "ratings.csv": table(head + "rating,rated_at", ratings).encode("utf-8", "replace"),
        "watchlist.csv": table(head + "added_at", [(one, "x", "", "", "", iso(at)) for one, at in watchlist.items()]),
        "hidden.csv": table(head + "added_at", [(one, "x", "", "", "", iso(at)) for one, at in hidden.items()]),
        "marquee.json": exports.OWN_JSON,
    }
    if not rated and not watchlist and not hidden:
        return
    reading = read_upload("export.zip", exports.packed(files))
    assert not reading.unreadable
    back = {kind: [row for row in reading.rows if row.kind == kind] for kind in ("rating", "watchlist", "hidden")}
    assert {row.movie_id: (row.stars, row.at) for row in back["rating"]} == {
        one: (stars, at) for one, (stars, at, _) in rated.items()
    }
    assert {row.movie_id: row.at for row in back["watchlist"]} == watchlist
    assert {row.movie_id: row.at for row in back["hidden"]} == hidden


async def test_export_delete_import_gives_back_the_same(services: Services) -> None:
    outside = 987_654  # a film that another catalogue had
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    rated = [(movie.movie_id, 0.5 + n % 10 / 2) for n, movie in enumerate(services.search.catalogue.values())]
    for place, (movie_id, stars) in enumerate([*rated, (outside, 4.5)]):
        await services.store.ratings.rate(profile.user_id, [(movie_id, stars)], NOW - 9_999 + place)
    await shelve(services.store, profile.user_id, "watchlist", [HEAT, outside], NOW - 5)
    await shelve(services.store, profile.user_id, "hidden", [ALIEN], NOW - 6)
    before = (await stand(services), await shelf(services, "watchlist"), await shelf(services, "hidden"))
    export = await services.exports.export(ALICE, NOW, "Read me.")
    await services.store.personal.delete(ALICE, NOW)
    found = await services.imports.preview(ALICE, export.name, export.content, NOW + 1)
    assert (found.new, found.missing_total, found.undecided) == (len(rated) + 1, 0, 0)
    await services.imports.confirm(ALICE, found.import_id, NOW + 2)
    assert (await stand(services), await shelf(services, "watchlist"), await shelf(services, "hidden")) == before
