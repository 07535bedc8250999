"""Boards in words, and what the application's owner hears of quarantine."""

from collections.abc import Mapping, Sequence

from bot.boards.errors import BoardFilterError, NobodyKnownError, ServerOnlyError
from bot.boards.query import BoardQuery, Kind, written
from bot.boards.service import FilmBoard, RaterBoard, Standing
from bot.chat.cards import embed
from bot.chat.components import view
from bot.chat.language import gettext, gettext_noop, ngettext
from bot.chat.markdown import bold, day, person
from bot.chat.pages import PAGE
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import guess
from bot.lists import filter_replies as filters_ui

_TITLES: dict[Kind, str] = {
    "films": gettext_noop("What this server loves"),
    "gems": gettext_noop("This server's hidden gems"),
    "divisive": gettext_noop("What divides this server"),
    "raters": gettext_noop("Who rates most here"),
}
_TITLES_EVERYWHERE: dict[Kind, str] = {
    "films": gettext_noop("What people love everywhere"),
    "gems": gettext_noop("Hidden gems everywhere"),
}
_NOTES: dict[Kind, str] = {
    "films": gettext_noop("films with few ratings stand nearer to the average"),
    "gems": gettext_noop("loved by the few who know them"),
    "divisive": gettext_noop("± how far apart the stars are; films with few ratings stand nearer to the average"),
}
QUARANTINED_SHOWN = 40


def films(viewer_id: int, board: FilmBoard, prefix: str) -> Reply:
    """Ten films of a board, and from how many votes on a film stands there."""
    query = board.query
    if not board.films:
        return Reply(_under(query) + _nothing(board, prefix))
    title = (_TITLES_EVERYWHERE if query.everywhere else _TITLES)[query.kind]
    lines = [_line(query.kind, one) for one in board.films]
    shown = embed(gettext(title), _under(query) + "\n".join(lines))
    notes = [whereabouts(board.page, "film"), _least(board), gettext(_NOTES[query.kind])]
    if query.everywhere:
        notes.append(gettext("from MovieLens"))
    footer = " · ".join(notes)
    if board.page.total < PAGE and not query.everywhere:
        lacks = ngettext("The next film needs {n} more rating.", "The next film needs {n} more ratings.", board.missing)
        footer = f"{lacks}\n{footer}"
    shown.set_footer(text=footer)
    buttons = controls("board_page", viewer_id, board.page, *written(board.query))
    return Reply(embed=shown, view=view(*buttons) if buttons else None)


def raters(viewer_id: int, board: RaterBoard, names: Mapping[int, str], prefix: str) -> Reply:
    """Ten members; only those who have a name here are shown."""
    shown_raters = [one for one in board.raters if one.discord_id in names]
    under = _under(board.query)
    if not shown_raters:
        if under:
            return Reply(gettext("Nobody has rated such films here yet. {prefix}rate Heat 4", prefix=prefix))
        return Reply(gettext("Nobody has rated films here yet. {prefix}rate Heat 4", prefix=prefix))
    lines = [
        ngettext(
            "{rank}. **{member}** {n} rating · {stars} on average",
            "{rank}. **{member}** {n} ratings · {stars} on average",
            one.ratings,
            rank=one.rank,
            member=person(names[one.discord_id]),
            stars=guess(one.mean),
        )
        for one in shown_raters
    ]
    shown = embed(gettext(_TITLES["raters"]), under + "\n".join(lines))
    shown.set_footer(text=whereabouts(board.page, "member"))
    buttons = controls("board_page", viewer_id, board.page, *written(board.query))
    return Reply(embed=shown, view=view(*buttons) if buttons else None)


def _under(query: BoardQuery) -> str:
    asked = filters_ui.words(query.filters)
    return f"-# {asked}\n" if asked else ""


def _line(kind: Kind, one: Standing) -> str:
    """`1. **Heat (1995)** ★ 4.3 · 12 ratings`."""
    stars = guess(one.mean, one.spread if kind == "divisive" else None)
    return f"{one.rank}. {bold(one.movie)} {stars} · {ngettext('{n} rating', '{n} ratings', one.votes)}"


def _least(board: FilmBoard) -> str:
    if board.query.kind == "divisive":
        return ngettext("at least {n} rating", "at least {n} ratings", board.min_votes)
    return ngettext(
        "at least {n} rating and {stars}", "at least {n} ratings and {stars}", board.min_votes, stars=guess(board.usual)
    )


def _nothing(board: FilmBoard, prefix: str) -> str:
    if board.query.everywhere:
        return gettext("No film stands on that board.")
    if board.query.kind == "divisive":
        return ngettext(
            "No film stands on that board here yet: the first one needs {n} more rating and stars further apart. "
            "{prefix}top everywhere shows what people love elsewhere.",
            "No film stands on that board here yet: the first one needs {n} more ratings and stars further apart. "
            "{prefix}top everywhere shows what people love elsewhere.",
            board.missing,
            prefix=prefix,
        )
    return ngettext(
        "No film stands on that board here yet: the first one needs {n} more rating and {stars} on average. "
        "{prefix}top everywhere shows what people love elsewhere.",
        "No film stands on that board here yet: the first one needs {n} more ratings and {stars} on average. "
        "{prefix}top everywhere shows what people love elsewhere.",
        board.missing,
        stars=guess(board.usual),
        prefix=prefix,
    )


def in_quarantine(discord_id: int) -> Reply:
    return Reply(
        gettext(
            "{member} is in quarantine: on no board, and left out of the next training. Their own lists stay.",
            member=f"<@{discord_id}>",
        )
    )


def released(discord_id: int, was_in: bool) -> Reply:
    member = f"<@{discord_id}>"
    if not was_in:
        return Reply(gettext("{member} is not in quarantine.", member=member))
    return Reply(gettext("{member} is out of quarantine: their ratings count again.", member=member))


def quarantined(who: Sequence[tuple[int, int]]) -> Reply:
    """The newest of them."""
    if not who:
        return Reply(gettext("Nobody is in quarantine."))
    lines = [
        gettext("{member} since {day}", member=f"<@{discord_id}>", day=day(at))
        for discord_id, at in who[:QUARANTINED_SHOWN]
    ]
    if len(who) > QUARANTINED_SHOWN:
        lines.append(ngettext("and {n} more", "and {n} more", len(who) - QUARANTINED_SHOWN))
    return Reply(embed=embed(gettext("In quarantine"), "\n".join(lines), CALM))


@sentence.register
def _(error: BoardFilterError, prefix: str = "!") -> str:
    return gettext(
        "A board takes genres and years, as in {prefix}top gems comedy 90s; {prefix}recommend takes the rest.",
        prefix=prefix,
    )


@sentence.register
def _(error: ServerOnlyError, prefix: str = "!") -> str:
    return gettext(
        "I tell that of this server only: leave “everywhere” out, or ask for {prefix}top everywhere.", prefix=prefix
    )


@sentence.register
def _(error: NobodyKnownError, prefix: str = "!") -> str:
    return gettext("That account has never told me anything, so there is nothing to keep out.")
