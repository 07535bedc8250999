"""A member's profile as a card."""

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.language import Language, gettext, speaking
from bot.chat.markdown import bold, escape, person
from bot.chat.plots import stars_plot
from bot.chat.reply import CALM, Picture, Reply
from bot.chat.stars import number, stars
from bot.chat.text import cut, many, plain
from bot.members.replies import VISIBLE_TO
from bot.profile.accuracy import Accuracy
from bot.profile.favourites import Favourite
from bot.profile.service import Adoption, ProfileCard
from bot.ratings import HALF_STARS
from data.store import Change

OUTSPOKEN = 0.3
"""Stars above or below MovieLens from which somebody is kind or harsh."""

GENRE_LIMIT = 40
"""Characters of a genre, which comes from a file."""

BIASED = 0.05
"""Stars of bias that do not round to nothing."""


def histogram(shown: ProfileCard) -> Picture | None:
    """How a member gives stars, beside MovieLens; None before the first rating. Takes a tenth of a second."""
    if not shown.rated:
        return None
    return Picture("stars.png", stars_plot(shown.histogram, shown.others), _describe(shown))


def _describe(shown: ProfileCard) -> str:
    own = ", ".join(f"{number(half)} {count:,}" for half, count in zip(HALF_STARS, shown.histogram, strict=True))
    text = f"Bar chart of {many(shown.rated, 'rating')} by stars: {own}."
    if shown.others is not None:
        others = ", ".join(f"{number(half)} {share:.0%}" for half, share in zip(HALF_STARS, shown.others, strict=True))
        text += f" MovieLens on the same films: {others}."
    return text


def profile(shown: ProfileCard, picture: Picture | None, owner_name: str, prefix: str) -> Reply:
    """All of it; `picture` is the card's `histogram`."""
    lines = [f"## Profile of {person(owner_name)}", f"**MovieLens id** {shown.user_id}", _counts(shown)]
    lines += _means(shown)
    if shown.genres or shown.decades:
        lines.append(f"**Likes** {_likes(shown)}")
    if shown.accuracy is not None:
        lines += _accuracy(shown.accuracy)
    if shown.adoption is not None:
        lines.append(_adoption(shown.adoption))
    lines.append(f"**Visible to** {VISIBLE_TO[shown.visibility]}")
    if picture is None:
        lines.append(_beginning(prefix, is_adopted=shown.adoption is not None))
        return Reply(layout=card("\n".join(lines), colour=CALM))
    ratings = ActionButton("Ratings", "profile_ratings", ANYBODY, shown.owner_id)
    parts: tuple[CardPart, ...] = ("\n".join(lines), picture, [ratings])
    return Reply(layout=card(*parts, colour=CALM), pictures=(picture,))


def _counts(shown: ProfileCard) -> str:
    line = f"**Ratings** {shown.rated:,}"
    if not shown.this_month:
        return line
    part = "all" if shown.this_month == shown.rated else f"{shown.this_month:,} of them"
    return f"{line}, {part} this month"


def _means(shown: ProfileCard) -> list[str]:
    if shown.mean is None:
        return []
    mean = f"**Mean** ★ {shown.mean:.2f}"
    if shown.kinder is not None:
        mean += f", {_beside_movielens(shown.kinder)}"
    most = max(range(len(shown.histogram)), key=lambda place: (shown.histogram[place], place))
    often = f"**Most often** {stars(HALF_STARS[most])} ({shown.histogram[most]:,} of {shown.rated:,})"
    return [mean, often]


def _beside_movielens(kinder: float) -> str:
    if abs(kinder) < OUTSPOKEN:
        return "much like MovieLens on the same films"
    where, word = ("above", "kind") if kinder > 0 else ("below", "harsh")
    return f"{abs(kinder):.1f} {where} MovieLens on the same films: {word}"


def _likes(shown: ProfileCard) -> str:
    genres = [_liked(escape(cut(plain(one.kind), GENRE_LIMIT)), one) for one in shown.genres]
    decades = [_liked(f"the {one.kind}s", one) for one in shown.decades]
    return f"{', '.join([*genres, *decades])} stars over the mean"


def _liked(shown_kind: str, one: Favourite[str] | Favourite[int]) -> str:
    return f"{shown_kind} +{one.lift:.1f}"


def _accuracy(shown: Accuracy) -> list[str]:
    over = many(shown.guesses, "film")
    crowd = f"the films' MovieLens means would be off by {shown.crowd_off:.1f}"
    lines = [f"**My guesses** off by {shown.off:.1f} stars on average over {over} ({crowd}); {_bias(shown.bias)}"]
    if shown.surprise is not None:
        worst = shown.surprise
        lines.append(f"**Surprise** {bold(worst.movie)} got {stars(worst.stars)}, I guessed {worst.guessed:.1f}")
    return lines


def _bias(bias: float) -> str:
    if abs(bias) < BIASED:
        return "no bias"
    degree = "" if abs(bias) >= OUTSPOKEN else "a little "
    sign, where = ("+", "high") if bias > 0 else ("−", "low")
    return f"bias {sign}{abs(bias):.1f} (I guess {degree}{where})"


def _adoption(adoption: Adoption) -> str:
    if not adoption.films:
        return f"**Starts from** MovieLens user {adoption.user_id}, whom this data set does not have"
    return f"**Starts from** MovieLens user {adoption.user_id} and their {many(adoption.films, 'film')}"


def pictures_set(owner_id: int, change: Change | None, is_on: bool, *, has_server: bool) -> Reply:
    """`has_server`: whether the server it was asked in has pictures at all."""
    if not is_on:
        said = "I leave out posters and charts when you ask; what they show stands in words."
    elif has_server:
        said = "You get posters and charts again."
    else:
        said = "You get posters and charts again, but not here: this server wants words."
    undo = None if change is None else ActionButton("Undo", "undo", owner_id, change.change_id)
    return Reply(said, view=None if undo is None else view(undo), ephemeral=True)


def language_set(chosen: Language | None) -> Reply:
    """Said in what was chosen already."""
    if chosen is None:
        return Reply(gettext("I answer you in the language of your Discord where I speak it."), ephemeral=True)
    with speaking(chosen):
        return Reply(gettext("I answer you in English from now on."), ephemeral=True)


def _beginning(prefix: str, *, is_adopted: bool) -> str:
    shown = escape(prefix)
    if is_adopted:
        return f"No ratings yet: {shown}rate Toy Story 4.5"
    return (
        f"No ratings yet. {shown}start asks for a few, {shown}import brings yours from elsewhere, "
        f"{shown}profile adopt takes a MovieLens user's as a start."
    )
