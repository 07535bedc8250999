"""People come back under the same ids."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from discord.utils import snowflake_time

from bot.demo.roster import GUILD_ID, OPERATOR_ID, Roster, RosterError

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_everybody_gets_an_id_of_an_old_account() -> None:
    roster = Roster()
    ids = [roster.id_of(name, NOW) for name in ("admin", "alice", "bob", "alice")]
    assert ids[0] == OPERATOR_ID
    assert ids[1] == ids[3]
    assert len({*ids, GUILD_ID}) == 4
    assert all((NOW - snowflake_time(discord_id)).days > 365 for discord_id in ids)


def test_a_kept_roster_knows_people_and_time_again(tmp_path: Path) -> None:
    path = tmp_path / "not yet there" / "people.json"
    first = Roster(path)
    alice, bob = first.id_of("alice", NOW), first.id_of("bob", NOW)
    first.save(NOW.replace(month=7))
    again = Roster(path)
    assert again.left_at == NOW.replace(month=7)
    assert (again.id_of("bob", NOW), again.id_of("alice", NOW)) == (bob, alice)
    assert again.id_of("carol", NOW) not in {alice, bob, OPERATOR_ID}
    assert Roster(path).left_at == NOW.replace(month=7)  # time does not run backwards


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"people": {"alice": "x"}, "left_at": "2026-05-01"}', "nonsense"])
def test_a_damaged_roster_is_told_with_its_path(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.json"
    path.write_text(text)
    with pytest.raises(RosterError) as caught:
        Roster(path)
    assert caught.value.path == path
    assert str(path) in str(caught.value)
