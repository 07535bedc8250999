"""Every reply of a movie night with the worst that can stand in it."""

import pytest

from bot.chat.reply import Reply
from bot.movienight import plan_replies, poll_replies, replies, swipe_replies
from bot.movienight.evening import Fit, History, Night, NightFilm, Plan
from bot.movienight.phrases import people
from bot.movienight.swiping import Turn
from bot.movienight.wishes import Wishes
from data.store import Evening
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, film
from tests.bot.limits import MENTION, check
from tests.bot.test_replies import LONG, OWNER, every_filter, texts, worst

IDS = tuple(range(OWNER - 10, OWNER))


def evening(state: str = "open", **more: object) -> Evening:
    values: dict[str, object] = {
        "evening_id": 10**12, "guild_id": OWNER, "channel_id": OWNER, "created_at": 2**31, "wishes": Wishes().to_json(),
        "movie_ids": (1,), "shown_from": 10**6, "deck": None, "state": state, "movie_id": 1, "starts_at": 2**31,
        "event_id": OWNER, "voice_id": OWNER, "poll_id": None, "asked_at": None,
    }  # fmt: skip
    return Evening(**(values | more))  # type: ignore[arg-type]


def night(text: str, **more: object) -> Night:
    fits = tuple(Fit(one, 4.99, 9.99) for one in IDS)
    films = tuple(NightFilm(10**6 + n, worst(text, 10**9 + n), (text,) * 20, fits) for n in range(9))
    wishes = Wishes(every_filter(text), True, "average_without_misery", 0.6)
    return Night(evening(**more), OWNER, wishes, films, 10, IDS, 49, IDS, is_all=True)  # type: ignore[arg-type]


def plan(text: str, state: str = "planned") -> Plan:
    return Plan(evening(state), worst(text), 10, IDS, 10**6, 10**6)


def all_replies(text: str) -> list[Reply]:
    names = dict.fromkeys(IDS, text or "x")
    return [
        replies.who_watches(10**12, OWNER),
        replies.night(night(text), names),
        replies.night(night(text, poll_id=OWNER), names),
        replies.night(Night(evening(), OWNER, Wishes(every_filter(text)), (), 10, IDS), names),
        replies.why(night(text), names),
        swipe_replies.swipe(night(text), names),
        swipe_replies.turn(Turn(10**12, worst(text), 39, 40), OWNER),
        swipe_replies.turn(Turn(10**12, None, 40, 40, worst(text)), OWNER),
        plan_replies.chosen(plan(text, "chosen"), "A tie"),
        plan_replies.planned(plan(text), is_forbidden=True),
        plan_replies.cancelled(plan(text)),
        plan_replies.how_was_it(plan(text, "over"), names),
        plan_replies.was_there(plan(text)),
        plan_replies.history(History((plan(text), plan(text, "over")) * 5, IDS[:1]), names, "*_`"),
        plan_replies.history(History(()), names, "*_`"),
    ]


@pytest.mark.parametrize("text", [*HOSTILE, LONG], ids=[*HOSTILE_IDS, "200 characters"])
async def test_every_reply_fits_and_is_harmless(text: str) -> None:
    for place, reply in enumerate(all_replies(text)):
        check(reply)
        for shown in texts(reply):
            assert not MENTION.search(shown.replace(f"<#{OWNER}>", "")), place
            assert "\u202e" not in shown, place


@pytest.mark.parametrize("text", [*HOSTILE, LONG], ids=[*HOSTILE_IDS, "200 characters"])
async def test_a_poll_and_a_form_fit(text: str) -> None:
    poll = poll_replies.poll([worst(text)] * 5).poll
    assert poll is not None
    assert len(poll.answers) == 3
    assert all(len(one.text) <= 55 for one in poll.answers)
    form = plan_replies.when(plan(text), -12 * 60, text[:100])
    assert len(form.custom_id) <= 100
    assert len(form.title) <= 45


def test_whom_a_film_suits_least_is_said_of_two_at_least() -> None:
    alone = NightFilm(1, film(), (), (Fit(1, 4.0, 0.5),))
    assert (alone.mean, alone.least) == (4.0, None)
    both = NightFilm(1, film(), (), (Fit(1, 4.0, 0.5), Fit(2, 3.0, 0.5)))
    assert both.mean == 3.5
    assert both.least == Fit(2, 3.0, 0.5)
    assert NightFilm(1, film(), (), ()).mean is None


def test_what_stands_in_every_line_is_said_once() -> None:
    def lines(*stars: float) -> list[str]:
        films = [NightFilm(n, film(), (), (Fit(1, 5.0, 0.5), Fit(2, one, 0.5))) for n, one in enumerate(stars, 1)]
        said = replies.night(Night(evening(), 1, Wishes(), tuple(films), 2, (1, 2)), {1: "ann", 2: "bob"})
        return [line for text in texts(said) for line in text.splitlines() if "for" in line]

    assert "-# Each of them: a treat for everybody · least for bob" in lines(4.5, 4.2)
    assert not any("★ 4.2" in line for line in lines(4.5, 4.2))
    assert "-# Each of them: least for bob" in lines(4.5, 3.2)
    assert "-# a treat for everybody · least for bob, ★ 4.5" in lines(4.5)


def test_who_is_not_shown_is_a_number() -> None:
    names = {1: "ann", 2: "b_b"}
    assert people([1, 2], names, 2) == "ann and b\\_b"
    assert people([1, 2, 3], names, 3) == "ann, b\\_b and one more"
    assert people([], names, 2) == "2 people"
    assert people([], names, 1) == "1 person"
