"""The panel in which filters are chosen."""

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionSelect, Option
from bot.chat.genres import genre_name
from bot.chat.language import gettext, gettext_noop, ngettext, pgettext
from bot.chat.reply import CALM, Reply
from bot.chat.text import plain
from bot.lists.filter_replies import defaults, heading, runtime, words, years
from bot.lists.filters import ANY_LENGTH, ANY_YEAR, PLAIN, Filters, Runtime, Years
from bot.lists.panel import Panel, PanelField

OPTIONS = 25
"""Most options Discord takes in one select."""

_DEPTHS = {
    "popular": gettext_noop("Popular films"),
    "balanced": gettext_noop("Balanced"),
    "deep": gettext_noop("Deep cuts"),
}
_DEPTH_HINTS = {
    "popular": gettext_noop("What many people know"),
    "balanced": gettext_noop("What you are likely to love, known or not"),
    "deep": gettext_noop("What few people have seen"),
}
LENGTHS = (Runtime(None, 90), Runtime(None, 120), Runtime(None, 150), Runtime(150, None))
_SOURCES = {
    "all": gettext_noop("All films"),
    "watchlist": gettext_noop("Your watchlist"),
    "not on watchlist": gettext_noop("All but your watchlist"),
    "any": gettext_noop("Also films you have seen"),
    "seen": gettext_noop("Only films you know"),
}


def panel(shown: Panel) -> Reply:
    """Everything a list can be asked for, as it is chosen now."""
    filters = shown.filters
    asked = heading(filters) or gettext("Everything you have not seen")
    fits = (
        ngettext("{n} film of these to choose from", "{n} films of these to choose from", shown.fits)
        if shown.fits
        else gettext("No film fits. Take something away")
    )
    more = [gettext("any one of the genres is enough")] if len(filters.genres) > 1 else []
    is_mixed = len(filters.wanted_genres) > 1
    title, beneath = gettext("Your next list"), [defaults(shown.defaults), " · ".join([fits, *more])]
    return Reply(
        layout=card(
            "\n-# ".join([f"## {title}\n{asked}", *filter(None, beneath)]),
            # Once something is chosen in them, the two look alike.
            f"-# {gettext('Genres')}",
            [_genre_select(shown, "genres", gettext("Genres"))],
            *([[_select(shown, "every", gettext("Any or all of them"), _every(filters))]] if is_mixed else []),
            f"-# {gettext('Without')}",
            [_genre_select(shown, "without", gettext("Without"))],
            *([[_place_select(shown)]] if shown.places else []),
            [_select(shown, "years", gettext("Years"), _decades(shown))],
            *([[_select(shown, "runtime", gettext("Length"), _lengths(filters))]] if shown.has_runtimes else []),
            [_select(shown, "depth", gettext("How well known"), _depths(filters))],
            [_select(shown, "source", pgettext("where films are taken from", "From"), _sources(filters))],
            [
                ActionButton(
                    gettext("Show the list"), "filters_show", shown.owner_id, shown.draft_id, disabled=not shown.fits
                ),
                ActionButton(gettext("Clear"), "filters_clear", shown.owner_id, shown.draft_id),
                *([_defaults_button(shown)] if shown.defaults != PLAIN or not filters.with_defaults else []),
            ],
            colour=CALM,
        ),
        ephemeral=True,
    )


def panel_done(filters: Filters) -> Reply:
    """What is left of a panel whose list was shown."""
    asked, below = words(filters) or gettext("No filters"), gettext("Your list is below.")
    return Reply(layout=card(f"{asked}\n-# {below}", colour=CALM), ephemeral=True)


def _defaults_button(shown: Panel) -> ActionButton:
    label = gettext("Without my defaults") if shown.filters.with_defaults else gettext("With my defaults")
    return ActionButton(label, "filters_defaults", shown.owner_id, shown.draft_id)


def _genre_select(shown: Panel, choice: PanelField, placeholder: str) -> ActionSelect:
    chosen = shown.filters.wanted_genres if choice == "genres" else shown.filters.without
    # What is chosen stands first, so that it is never among what a select has no room for.
    genres = sorted(shown.genres, key=lambda genre: genre not in chosen)[:OPTIONS]
    options = [
        Option(plain(genre_name(genre)), genre[:100], is_chosen=genre in chosen)
        for genre in sorted(genres, key=genre_name)
    ]
    return _select(shown, choice, placeholder, options, at_least=0, at_most=len(options))


def _place_select(shown: Panel) -> ActionSelect:
    chosen = shown.filters.origins
    named = {one: gettext(one) for one in tuple(dict.fromkeys((*chosen, *shown.places)))[:OPTIONS]}
    options = [
        Option(f"{name[:1].upper()}{name[1:]}", one, is_chosen=one in chosen)
        for one, name in sorted(named.items(), key=lambda place: place[1])
    ]
    return _select(shown, "origins", gettext("Languages and countries"), options, at_least=0, at_most=len(options))


def _select(
    shown: Panel, choice: PanelField, placeholder: str, options: list[Option], at_least: int = 1, at_most: int = 1
) -> ActionSelect:
    return ActionSelect(
        placeholder,
        "filters_choose",
        shown.owner_id,
        shown.draft_id,
        choice,
        options=options,
        at_least=at_least,
        at_most=at_most,
    )


def _decades(shown: Panel) -> list[Option]:
    """The newest first; other years that are asked for are an option of their own."""
    asked = shown.filters.years
    decades = [Years(first, first + 9) for first in reversed(shown.decades)][: OPTIONS - 2]
    own = [asked] if asked not in {ANY_YEAR, *decades} else []
    return [
        Option(gettext("Any year"), "any", is_chosen=asked == ANY_YEAR),
        *(
            Option(years(one).capitalize(), ",".join(map(_years_value, one.stretches)), is_chosen=one == asked)
            for one in (*own, *decades)
        ),
    ]


def _years_value(asked: Years) -> str:
    return _value(asked.first, asked.last)


def _value(first: int | None, last: int | None) -> str:
    return f"{'' if first is None else first}-{'' if last is None else last}"


def _every(filters: Filters) -> list[Option]:
    is_every = bool(filters.every)
    return [
        Option(gettext("Any one of the genres"), "any", is_chosen=not is_every),
        Option(gettext("All of the genres at once"), "all", is_chosen=is_every),
    ]


def _lengths(filters: Filters) -> list[Option]:
    """Other lengths that are asked for are an option of their own."""
    asked = filters.runtime
    own = [asked] if asked not in {ANY_LENGTH, *LENGTHS} else []
    return [
        Option(gettext("Any length"), "any", is_chosen=asked == ANY_LENGTH),
        *(
            Option(runtime(one).capitalize(), _value(one.least, one.most), is_chosen=one == asked)
            for one in (*own, *LENGTHS)
        ),
    ]


def _depths(filters: Filters) -> list[Option]:
    return [
        Option(gettext(label), value, gettext(_DEPTH_HINTS[value]), is_chosen=value == filters.depth)
        for value, label in _DEPTHS.items()
    ]


def _sources(filters: Filters) -> list[Option]:
    chosen = filters.source if filters.seen == "unseen" else filters.seen
    return [Option(gettext(label), value, is_chosen=value == chosen) for value, label in _SOURCES.items()]
