"""Help, about and ping."""

from bot.help import replies as information
from bot.help.service import About
from tests.bot.limits import check, described

PREFIX = "*_`|~"


async def test_help_about_and_ping() -> None:
    commands = [information.CommandHelp(f"command{n}", (), "Does something useful.", (), "Topic") for n in range(60)]
    check(information.overview(commands, PREFIX))
    about = information.about(About(None, 9742, 2018, "ml-latest-small"))
    text = described(about)
    assert "Harper and Joseph A. Konstan. 2015" in text
    assert "9,742 films up to 2018" in text
    assert information.ping(0.0421).content == "Here. Discord is 42 ms away."
    assert "has not told me" in (information.ping(float("nan")).content or "")
