"""What the README says of the commands is what they declare."""

from tests.bot.readme import README, table, with_table


def test_the_table_of_commands_is_made_of_their_declarations() -> None:
    text = README.read_text("utf-8")
    assert table() in text, "python -m tests.bot.readme writes it anew"
    assert with_table(text) == text
    assert "| `!rate Heat 4.5`, `!rate Toy Story 2: ★★★★`" in text
