"""The panel: a draft in the store that becomes a list."""

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import ANY_YEAR, PLAIN, Filters, Runtime, Years
from bot.lists.panel import PanelField
from bot.start.service import StartQuestion
from bot.wiring import Services

ALICE, BOB = 111, 222
NOW = 1_700_000_000
ACTION = Filters(genres=("Action",), years=Years(1990, 1999), count=3)


async def test_it_begins_with_the_filters_of_its_list(services: Services) -> None:
    made = await services.lists.make(ALICE, ACTION, NOW)
    panel = await services.panel.open(ALICE, made.list_id, NOW)
    assert panel.filters == ACTION
    assert panel.draft_id != made.list_id
    assert panel.fits == 5
    assert panel.genres == ("Action", "Comedy", "Romance")
    assert panel.decades == (1950, 1990, 2000, 2010)


async def test_under_a_plain_list_it_remembers_the_last_filters(services: Services) -> None:
    await services.lists.make(ALICE, ACTION, NOW)
    await services.lists.make(BOB, Filters(depth="deep"), NOW)
    plain = await services.lists.make(ALICE, Filters(count=4), NOW)
    assert (await services.panel.open(ALICE, plain.list_id, NOW)).filters == Filters(
        ("Action",), years=Years(1990, 1999), count=4
    )
    first = await services.lists.make(333, PLAIN, NOW)
    assert (await services.panel.open(333, first.list_id, NOW)).filters == PLAIN


async def test_every_choice_is_kept(services: Services) -> None:
    made = await services.lists.make(ALICE, Filters(count=2), NOW)
    draft = (await services.panel.open(ALICE, made.list_id, NOW)).draft_id
    await services.panel.choose(ALICE, draft, "genres", ["Action", "Comedy"])
    await services.panel.choose(ALICE, draft, "years", ["2000-2009"])
    await services.panel.choose(ALICE, draft, "depth", ["deep"])
    panel = await services.panel.choose(ALICE, draft, "without", ["Comedy"])  # changes sides
    assert panel.filters == Filters(("Action",), ("Comedy",), Years(2000, 2009), "deep", count=2)
    assert panel.filters == (await services.panel.see(ALICE, draft)).filters
    panel = await services.panel.choose(ALICE, draft, "genres", ["Comedy"])
    assert (panel.filters.genres, panel.filters.without) == (("Comedy",), ())
    await services.panel.choose(ALICE, draft, "genres", ["Comedy", "Action"])
    panel = await services.panel.choose(ALICE, draft, "every", ["all"])
    assert (panel.filters.every, panel.filters.genres, panel.fits) == (("Comedy", "Action"), (), 0)
    panel = await services.panel.choose(ALICE, draft, "genres", ["Comedy"])
    assert (panel.filters.every, panel.filters.genres) == ((), ("Comedy",))
    panel = await services.panel.choose(ALICE, draft, "runtime", ["90-120"])
    assert (panel.filters.runtime, panel.has_runtimes) == (Runtime(90, 120), False)
    await services.panel.choose(ALICE, draft, "runtime", ["any"])
    services.search.facets.tell_origins({10: ("Korean", "South Korea"), 20: ("Welsh",), 30: ("German", "Austria")})
    panel = await services.panel.choose(ALICE, draft, "origins", ["Korean", "Austrian"])
    assert (panel.filters.origins, panel.places) == (("Korean", "Austrian"), ("Austrian", "German", "Korean"))
    await services.panel.choose(ALICE, draft, "origins", [])
    panel = await services.panel.choose(ALICE, draft, "source", ["watchlist"])
    assert (panel.filters.source, panel.fits) == ("watchlist", 0)
    assert (await services.panel.clear(ALICE, draft)).filters == Filters(count=2)


async def test_open_ends_and_any_year(services: Services) -> None:
    made = await services.lists.make(ALICE, Filters(years=Years(2005, None)), NOW)
    draft = (await services.panel.open(ALICE, made.list_id, NOW)).draft_id
    for value, years in (("2010-", Years(2010, None)), ("-1999", Years(None, 1999)), ("any", ANY_YEAR)):
        assert (await services.panel.choose(ALICE, draft, "years", [value])).filters.years == years


async def test_its_list_is_shown_once(services: Services) -> None:
    made = await services.lists.make(ALICE, ACTION, NOW)
    draft = (await services.panel.open(ALICE, made.list_id, NOW)).draft_id
    films = await services.lists.begin(ALICE, draft)
    assert films.filters == ACTION
    assert [one.movie for one in films.movies] == [one.movie for one in made.movies]
    with pytest.raises(StaleComponentError):
        await services.lists.begin(ALICE, draft)
    with pytest.raises(StaleComponentError):
        await services.panel.clear(ALICE, draft)
    assert len((await services.lists.more(ALICE, draft)).movies) == 2


async def test_nobody_elses(services: Services) -> None:
    made = await services.lists.make(ALICE, ACTION, NOW)
    await services.lists.make(BOB, ACTION, NOW)
    for use in (
        services.panel.open(BOB, made.list_id, NOW),
        services.panel.see(BOB, made.list_id),
        services.lists.begin(BOB, made.list_id),
        services.lists.page(BOB, made.list_id, 0),
    ):
        with pytest.raises(StaleComponentError):
            await use


@pytest.mark.parametrize(
    ("choice", "values"),
    [
        ("genres", ["Nonsense"]),
        ("years", ["1-2-3"]),
        ("years", ["x-y"]),
        ("years", []),
        ("depth", ["x"]),
        ("every", ["x"]),
        ("origins", ["x"]),
        ("runtime", ["x"]),
        ("source", ["x"]),
    ],
)
async def test_what_was_not_offered_is_not_taken(services: Services, choice: PanelField, values: list[str]) -> None:
    made = await services.lists.make(ALICE, ACTION, NOW)
    draft = (await services.panel.open(ALICE, made.list_id, NOW)).draft_id
    with pytest.raises(StaleComponentError):
        await services.panel.choose(ALICE, draft, choice, values)


async def test_a_wizard_is_no_list_and_a_list_no_wizard(services: Services) -> None:
    question = await services.start.begin(ALICE, (), NOW)
    assert isinstance(question, StartQuestion)
    made = await services.lists.make(ALICE, PLAIN, NOW)
    with pytest.raises(StaleComponentError):
        await services.lists.more(ALICE, question.list_id)
    with pytest.raises(StaleComponentError):
        await services.start.finish(ALICE, made.list_id, NOW)
