"""The profile card and its picture."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.profile import replies as ui
from bot.profile.accuracy import Accuracy, Surprise
from bot.profile.favourites import Favourite
from bot.profile.service import Adoption, ProfileCard
from tests.bot.hostile import film
from tests.bot.limits import described, labels

CARD = ProfileCard(
    owner_id=7,
    user_id=1_000_000_042,
    visibility="server",
    rated=99,
    this_month=12,
    mean=3.25,
    kinder=-0.41,
    genres=(Favourite("Film-Noir", 5, 0.62), Favourite("Crime", 20, 0.4)),
    decades=(Favourite(1990, 30, 0.21),),
    accuracy=Accuracy(23, 0.64, 0.11, 0.85, Surprise(film(), 4.4, 2.0)),
    adoption=Adoption(42, 440),
    histogram=(0, 1, 2, 5, 4, 14, 22, 31, 11, 9),
    others=(0.01, 0.03, 0.02, 0.08, 0.05, 0.2, 0.13, 0.27, 0.09, 0.12),
)
EMPTY = ProfileCard(7, 10**9, "private", 0, 0, None, None, (), (), None, None, (0,) * 10, None)


async def shown(card: ProfileCard) -> list[str]:
    return described(ui.profile(card, ui.histogram(card), "ann", "!")).splitlines()


async def test_the_card() -> None:
    assert await shown(CARD) == [
        "## Profile of ann",
        "**MovieLens id** 1000000042",
        "**Ratings** 99, 12 of them this month",
        "**Mean** ★ 3.25, 0.4 below MovieLens on the same films: harsh",
        "**Most often** ★★★★ (31 of 99)",
        "**Likes** Film-Noir +0.6, Crime +0.4, the 1990s +0.2 stars over the mean",
        (
            "**My guesses** off by 0.6 stars on average over 23 films (the films' MovieLens means would be off by "
            "0.8); bias +0.1 (I guess a little high)"
        ),
        "**Surprise** **Heat (1995)** got ★★, I guessed 4.4",
        "**Starts from** MovieLens user 42 and their 440 films",
        "**Visible to** members of servers you share",
    ]


async def test_a_card_says_nothing_that_is_not_known() -> None:
    bare = replace(CARD, this_month=0, kinder=None, genres=(), decades=(), accuracy=None, adoption=None, others=None)
    assert await shown(bare) == [
        "## Profile of ann",
        "**MovieLens id** 1000000042",
        "**Ratings** 99",
        "**Mean** ★ 3.25",
        "**Most often** ★★★★ (31 of 99)",
        "**Visible to** members of servers you share",
    ]
    assert (await shown(EMPTY))[-1] == (
        "No ratings yet. !start asks for a few, !import brings yours from elsewhere, "
        "!profile adopt takes a MovieLens user's as a start."
    )
    adopted = replace(EMPTY, adoption=Adoption(42, 0))
    assert (await shown(adopted))[3] == "**Starts from** MovieLens user 42, who is not in this edition of MovieLens"
    assert (await shown(adopted))[-1] == "No ratings yet: !rate Toy Story 4.5"


@pytest.mark.parametrize(
    ("kinder", "said"),
    [
        (0.3, "0.3 above MovieLens on the same films: kind"),
        (-0.29, "much like MovieLens"),
        (0.0, "much like MovieLens"),
    ],
)
async def test_harsh_or_kind(kinder: float, said: str) -> None:
    assert said in (await shown(replace(CARD, kinder=kinder)))[3]


@pytest.mark.parametrize(
    ("bias", "said"),
    [
        (0.04, "; no bias"),
        (-0.05, "bias −0.1 (I guess a little low)"),
        (-0.9, "bias −0.9 (I guess low)"),
        (0.3, "bias +0.3 (I guess high)"),
    ],
)
async def test_the_bias_of_our_guesses(bias: float, said: str) -> None:
    assert (await shown(replace(CARD, accuracy=Accuracy(9, 1.0, bias, 1.0, None))))[6].endswith(said)


async def test_the_picture_opens_and_is_told_in_words() -> None:
    picture = ui.histogram(CARD)
    assert picture is not None
    with Image.open(BytesIO(picture.png)) as image:
        assert image.format == "PNG"
        assert image.width >= 700  # twice a phone's width, for screens with small dots
    assert picture.description == (
        "Bar chart of 99 ratings by stars: 0.5 0, 1 1, 1.5 2, 2 5, 2.5 4, 3 14, 3.5 22, 4 31, 4.5 11, 5 9. "
        "MovieLens on the same films: 0.5 1%, 1 3%, 1.5 2%, 2 8%, 2.5 5%, 3 20%, 3.5 13%, 4 27%, 4.5 9%, 5 12%."
    )
    reply = ui.profile(CARD, picture, "ann", "!")
    assert (reply.pictures, labels(reply)) == ((picture,), ["Ratings"])


async def test_no_picture_before_the_first_rating_and_no_outline_where_nobody_rated() -> None:
    assert ui.histogram(EMPTY) is None
    picture, alone = ui.histogram(CARD), ui.histogram(replace(CARD, others=None))
    assert picture is not None
    assert alone is not None
    assert "MovieLens" not in alone.description
    assert alone.png != picture.png
