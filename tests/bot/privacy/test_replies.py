"""The words of privacy: what is there is said, what is not there is not."""

from bot.chat.components import ActionSelect
from bot.chat.reply import Reply
from bot.privacy import replies as ui
from bot.privacy.service import Deletion, PrivacyCard, Receipt
from data.store import Holdings
from tests.bot.limits import described, labels

SOME = Holdings(1_000_000_007, 1_795_000_000, rows={"ratings": 1, "changes": 2, "hidden": 0, "later": 3}, trainings=1)


def disabled(reply: Reply) -> dict[str, bool]:
    assert reply.layout is not None
    buttons = [item.item for item in reply.layout.walk_children() if hasattr(item, "item")]
    return {one.label: one.disabled for one in buttons if hasattr(one, "label")}


def test_only_what_is_there_is_named() -> None:
    text = described(ui.card(PrivacyCard(7, SOME)))
    assert "- Your Discord id and the number 1000000007, since <t:1795000000>" in text
    assert "- 1 rating\n- 2 changes in your history, so that you can take each of them back\n- 3 other entries" in text
    assert "- 1 training you asked for" in text
    assert "hidden" not in text


def test_there_is_nothing_to_export_or_delete_of_a_stranger() -> None:
    reply = ui.card(PrivacyCard(7, Holdings()))
    assert "Nothing yet" in described(reply)
    assert disabled(reply) == {
        "Keep my ratings out of training": False,
        "Let others compare tastes": False,
        "Export": True,
        "Delete everything": True,
    }
    assert not any(disabled(ui.card(PrivacyCard(7, SOME))).values())


def test_the_choices_show_what_stands() -> None:
    reply = ui.card(PrivacyCard(7, Holdings(1, 1, "private", trains=False)))
    assert reply.layout is not None
    (select,) = [item for item in reply.layout.walk_children() if isinstance(item, ActionSelect)]
    assert [(one.value, one.default) for one in select.item.options] == [
        ("private", True),
        ("server", False),
        ("public", False),
    ]
    assert all(one.description for one in select.item.options)
    assert labels(reply)[0] == "Train on my ratings again"


def test_all_of_it_is_for_its_owner_only() -> None:
    held = PrivacyCard(7, SOME)
    made = (ui.card(held), ui.door(7, "show"), ui.visibility_set(held), ui.deletion(Deletion(7, SOME, 1)))
    assert all(one.ephemeral for one in (*made, ui.deletion(Receipt(SOME, 1, "ab"))))


def test_the_second_step_names_what_was_shown() -> None:
    reply = ui.deletion(Deletion(7, SOME, 99))
    assert reply.layout is not None
    ids = [item.item.custom_id for item in reply.layout.walk_children() if hasattr(item, "item")]
    assert ids[0] == f"b1:delete_for_good:7:1000000007:{SOME.total}:99"
    assert "- 2 changes in your history\n" in described(reply)
    assert "It has changed" not in described(reply)
    assert "It has changed" in described(ui.deletion(Deletion(7, SOME, 99, again=True)))
