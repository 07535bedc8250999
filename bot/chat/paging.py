"""The way through a list that has more than one page or order."""

from collections.abc import Sequence
from typing import Literal

from bot.chat.components import ActionButton
from bot.chat.language import format_number, gettext, gettext_noop, ngettext
from bot.chat.pages import Page

Noun = Literal["change", "film", "member", "rating"]

ORDERS = {
    "newest": (gettext_noop("Newest"), gettext_noop("newest first")),
    "best": (gettext_noop("Best"), gettext_noop("best first")),
    "highest": (gettext_noop("Highest"), gettext_noop("highest first")),
    "lowest": (gettext_noop("Lowest"), gettext_noop("lowest first")),
}
"""The label of its button, and how a list in that order is told."""


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
        for label, to in ((gettext("Back"), page.number - 1), (gettext("Next"), page.number + 1)):
            buttons.append(ActionButton(label, action, viewer_id, *here, to, disabled=not 0 <= to < page.pages))
    if page.total > 1:
        buttons += [
            ActionButton(gettext(ORDERS[one][0]), action, viewer_id, *subject, one, disabled=one == order)
            for one in orders
        ]
    return buttons


def whereabouts(page: Page, noun: Noun, order: str | None = None) -> str:
    """`1,204 ratings · newest first · page 2 of 121`."""
    parts = [_counted(page.total, noun)]
    if order is not None:
        parts.append(gettext(ORDERS[order][1]))
    if page.pages > 1:
        shown, pages = format_number(page.number + 1), format_number(page.pages)
        parts.append(gettext("page {page} of {pages}", page=shown, pages=pages))
    return " · ".join(parts)


def _counted(total: int, noun: Noun) -> str:
    match noun:
        case "change":
            return ngettext("{n} change", "{n} changes", total)
        case "film":
            return ngettext("{n} film", "{n} films", total)
        case "member":
            return ngettext("{n} member", "{n} members", total)
        case "rating":
            return ngettext("{n} rating", "{n} ratings", total)
