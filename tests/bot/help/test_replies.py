"""Help, about and ping."""

from bot.help import replies as information
from bot.models.registry import Serving
from tests.bot.limits import check, described

PREFIX = "*_`|~"


async def test_help_about_and_ping() -> None:
    topics = {"Topic": [information.CommandHelp(f"command{n}", (), "Does something useful.") for n in range(60)]}
    check(information.overview(topics, PREFIX))
    serving = Serving("popularity", None, {})  # type: ignore[arg-type]
    about = information.about(serving, 9742, 2018, "ml-latest-small")
    text = described(about)
    assert "Harper and Joseph A. Konstan. 2015" in text
    assert "9,742 films up to 2018" in text
    assert information.ping(0.0421).content == "Here. Discord is 42 ms away."
    assert "has not told me" in (information.ping(float("nan")).content or "")
