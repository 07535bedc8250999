"""The way through a list that has more than one page or order."""

from collections.abc import Sequence

from bot.chat.components import ActionButton
from bot.chat.pages import Page
from bot.chat.text import many


def controls(
    action: str, viewer_id: int, page: Page, *subject: object, orders: Sequence[str] = (), order: str | None = None
) -> list[ActionButton]:
    """`Back` and `Next` where there are several pages, and a button per order where there is something to order.

    `action` gets the subject, the order if the list has any, and the page's number; an order's own button leaves
    the number out, since it begins at the first page.
    """
    buttons = []
    if page.pages > 1:
        here = (*subject, order) if orders else subject
        for label, to in (("Back", page.number - 1), ("Next", page.number + 1)):
            buttons.append(ActionButton(label, action, viewer_id, *here, to, disabled=not 0 <= to < page.pages))
    if page.total > 1:
        buttons += [
            ActionButton(one.capitalize(), action, viewer_id, *subject, one, disabled=one == order) for one in orders
        ]
    return buttons


def whereabouts(page: Page, noun: str, order: str | None = None) -> str:
    """`1,204 ratings · newest first · page 2 of 121`."""
    parts = [many(page.total, noun)]
    if order is not None:
        parts.append(f"{order} first")
    if page.pages > 1:
        parts.append(f"page {page.number + 1:,} of {page.pages:,}")
    return " · ".join(parts)
