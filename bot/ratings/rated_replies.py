"""Pages of ratings."""

from bot.chat.components import view
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.stars import stars
from bot.chat.text import bold, day, escape, person
from bot.movies.lines import embed
from bot.ratings.rated import RatingsPage

ORDERS = ("newest", "highest", "lowest")


def ratings_page(viewer_id: int, shown: RatingsPage, owner_name: str, prefix: str) -> Reply:
    """Ten ratings and the way to the others."""
    mine = viewer_id == shown.owner_id
    if not shown.page.total:
        empty = (
            f"You have rated nothing yet. Start with {escape(prefix)}rate Toy Story 4.5" if mine else "No ratings yet."
        )
        return Reply(empty)
    lines = [f"{bold(row.movie)} {stars(row.stars)} · {day(row.rated_at)}" for row in shown.rows]
    title = "Your ratings" if mine else f"Ratings of {person(owner_name)}"
    card = embed(title, "\n".join(lines), CALM)
    card.set_footer(text=whereabouts(shown.page, "rating", shown.order))
    buttons = controls("ratings_page", viewer_id, shown.page, shown.owner_id, orders=ORDERS, order=shown.order)
    return Reply(embed=card, view=view(*buttons) if buttons else None)
