"""Boards in words, and what the application's owner hears of quarantine."""

from collections.abc import Mapping, Sequence

from bot.boards.errors import BoardFilterError, NobodyKnownError, ServerOnlyError
from bot.boards.query import BoardQuery, Kind, written
from bot.boards.service import FilmBoard, RaterBoard, Standing
from bot.chat.cards import embed
from bot.chat.components import view
from bot.chat.markdown import bold, day, person
from bot.chat.pages import PAGE
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.text import many
from bot.lists import filter_replies as filters_ui

_TITLES: dict[Kind, str] = {
    "films": "What this server loves",
    "gems": "This server's hidden gems",
    "divisive": "What divides this server",
    "raters": "Who rates most here",
}
_TITLES_EVERYWHERE: dict[Kind, str] = {"films": "What people love everywhere", "gems": "Hidden gems everywhere"}
_NOTES: dict[Kind, str] = {
    "films": "films with few ratings stand nearer to the average",
    "gems": "loved by the few who know them",
    "divisive": "± how far apart the stars are; films with few ratings stand nearer to the average",
}
QUARANTINED_SHOWN = 40


def films(viewer_id: int, board: FilmBoard, prefix: str) -> Reply:
    """Ten films of a board, and from how many votes on a film stands there."""
    query = board.query
    if not board.films:
        return Reply(_nothing(board, prefix))
    title = (_TITLES_EVERYWHERE if query.everywhere else _TITLES)[query.kind]
    lines = [_line(query.kind, one) for one in board.films]
    if board.page.total < PAGE and not query.everywhere:
        lines.append(f"-# The next film needs {many(board.missing, 'more rating')}.")
    shown = embed(title, _under(query) + "\n".join(lines))
    best = "" if query.kind == "divisive" else f" and ★ {board.usual:.1f}"
    least = f"at least {many(board.min_votes, 'rating')}{best}"
    source = " · from MovieLens" if query.everywhere else ""
    shown.set_footer(text=f"{whereabouts(board.page, 'film')} · {least} · {_NOTES[query.kind]}{source}")
    buttons = controls("board_page", viewer_id, board.page, *written(board.query))
    return Reply(embed=shown, view=view(*buttons) if buttons else None)


def raters(viewer_id: int, board: RaterBoard, names: Mapping[int, str], prefix: str) -> Reply:
    """Ten members; only those who have a name here are shown."""
    shown_raters = [one for one in board.raters if one.discord_id in names]
    if not shown_raters:
        return Reply(f"Nobody has rated {'such ' if _under(board.query) else ''}films here yet. {prefix}rate Heat 4")
    lines = [
        f"{one.rank}. **{person(names[one.discord_id])}** {many(one.ratings, 'rating')} · ★ {one.mean:.1f} on average"
        for one in shown_raters
    ]
    shown = embed(_TITLES["raters"], _under(board.query) + "\n".join(lines))
    shown.set_footer(text=whereabouts(board.page, "member"))
    buttons = controls("board_page", viewer_id, board.page, *written(board.query))
    return Reply(embed=shown, view=view(*buttons) if buttons else None)


def _under(query: BoardQuery) -> str:
    asked = filters_ui.words(query.filters)
    return f"-# {asked}\n" if asked else ""


def _line(kind: Kind, one: Standing) -> str:
    """`1. **Heat (1995)** ★ 4.3 · 12 ratings`."""
    spread = f" ± {one.spread:.1f}" if kind == "divisive" else ""
    return f"{one.rank}. {bold(one.movie)} ★ {one.mean:.1f}{spread} · {many(one.votes, 'rating')}"


def _nothing(board: FilmBoard, prefix: str) -> str:
    asked = filters_ui.words(board.query.filters)
    which = f"No film ({asked})" if asked else "No film"
    if board.query.everywhere:
        return f"{which} stands on that board."
    also = "stars further apart" if board.query.kind == "divisive" else f"★ {board.usual:.1f} on average"
    return (
        f"{which} stands on that board here yet: the first one needs {many(board.missing, 'more rating')} and {also}. "
        f"{prefix}top everywhere shows what people love elsewhere."
    )


def in_quarantine(discord_id: int) -> Reply:
    return Reply(
        f"<@{discord_id}> is in quarantine: on no board, and left out of the next training. Their own lists stay."
    )


def released(discord_id: int, was_in: bool) -> Reply:
    if not was_in:
        return Reply(f"<@{discord_id}> is not in quarantine.")
    return Reply(f"<@{discord_id}> is out of quarantine: their ratings count again.")


def quarantined(who: Sequence[tuple[int, int]]) -> Reply:
    """The newest of them."""
    if not who:
        return Reply("Nobody is in quarantine.")
    lines = [f"<@{discord_id}> since {day(at)}" for discord_id, at in who[:QUARANTINED_SHOWN]]
    if len(who) > QUARANTINED_SHOWN:
        lines.append(f"and {len(who) - QUARANTINED_SHOWN:,} more")
    return Reply(embed=embed("In quarantine", "\n".join(lines), CALM))


@sentence.register
def _(error: BoardFilterError, prefix: str = "!") -> str:
    return f"A board takes genres and years, as in {prefix}top gems comedy 90s; {prefix}recommend takes the rest."


@sentence.register
def _(error: ServerOnlyError, prefix: str = "!") -> str:
    return f"I tell that of this server only: leave “everywhere” out, or ask for {prefix}top everywhere."


@sentence.register
def _(error: NobodyKnownError, prefix: str = "!") -> str:
    return "That account has never told me anything, so there is nothing to keep out."
