"""A member's profile as a card."""

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.genres import genre_name
from bot.chat.language import Language, format_number, gettext, gettext_noop, ngettext, speaking
from bot.chat.markdown import bold, escape, person
from bot.chat.plots import stars_plot
from bot.chat.reply import CALM, Picture, Reply
from bot.chat.stars import number, stars
from bot.chat.text import cut, plain
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
    text = ngettext(
        "Bar chart of {n} rating by stars: {counts}.", "Bar chart of {n} ratings by stars: {counts}.", shown.rated,
        counts=own,
    )  # fmt: skip
    if shown.others is not None:
        others = ", ".join(f"{number(half)} {share:.0%}" for half, share in zip(HALF_STARS, shown.others, strict=True))
        text += " " + gettext("MovieLens on the same films: {shares}.", shares=others)
    return text


def profile(shown: ProfileCard, picture: Picture | None, owner_name: str, prefix: str) -> Reply:
    """All of it; `picture` is the card's `histogram`."""
    lines = [
        f"## {gettext('Profile of {name}', name=person(owner_name))}",
        f"**{gettext('MovieLens id')}** {shown.user_id}",
        f"**{gettext('Ratings')}** {_counts(shown)}",
        *_means(shown),
    ]
    if shown.genres or shown.decades:
        lines.append(f"**{gettext('Likes')}** {_likes(shown)}")
    if shown.accuracy is not None:
        lines += _accuracy(shown.accuracy)
    if shown.adoption is not None:
        lines.append(f"**{gettext('Starts from')}** {_adoption(shown.adoption)}")
    lines.append(f"**{gettext('Visible to')}** {gettext(VISIBLE_TO[shown.visibility])}")
    if picture is None:
        lines.append(_beginning(prefix, is_adopted=shown.adoption is not None))
        return Reply(layout=card("\n".join(lines), colour=CALM))
    ratings = ActionButton(gettext("Ratings"), "profile_ratings", ANYBODY, shown.owner_id)
    parts: tuple[CardPart, ...] = ("\n".join(lines), picture, [ratings])
    return Reply(layout=card(*parts, colour=CALM), pictures=(picture,))


def _counts(shown: ProfileCard) -> str:
    if not shown.this_month:
        return format_number(shown.rated)
    if shown.this_month == shown.rated:
        return gettext("{count}, all this month", count=format_number(shown.rated))
    return ngettext(
        "{count}, {n} of them this month", "{count}, {n} of them this month", shown.this_month,
        count=format_number(shown.rated),
    )  # fmt: skip


def _means(shown: ProfileCard) -> list[str]:
    if shown.mean is None:
        return []
    mean = f"**{gettext('Mean')}** ★ {format_number(shown.mean, 2)}"
    if shown.kinder is not None:
        mean += f", {_beside_movielens(shown.kinder)}"
    most = max(range(len(shown.histogram)), key=lambda place: (shown.histogram[place], place))
    often = gettext(
        "{stars} ({count} of {all})",
        stars=stars(HALF_STARS[most]),
        count=format_number(shown.histogram[most]),
        all=format_number(shown.rated),
    )
    return [mean, f"**{gettext('Most often')}** {often}"]


def _beside_movielens(kinder: float) -> str:
    if abs(kinder) < OUTSPOKEN:
        return gettext("much like MovieLens on the same films")
    apart = format_number(abs(kinder), 1)
    if kinder > 0:
        return gettext("{apart} above MovieLens on the same films: kind", apart=apart)
    return gettext("{apart} below MovieLens on the same films: harsh", apart=apart)


def _likes(shown: ProfileCard) -> str:
    genres = [_liked(escape(cut(plain(genre_name(one.kind)), GENRE_LIMIT)), one) for one in shown.genres]
    decades = [_liked(gettext("the {decade}s", decade=one.kind), one) for one in shown.decades]
    return gettext("{kinds} stars over the mean", kinds=", ".join([*genres, *decades]))


def _liked(shown_kind: str, one: Favourite[str] | Favourite[int]) -> str:
    return f"{shown_kind} +{format_number(one.lift, 1)}"


def _accuracy(shown: Accuracy) -> list[str]:
    off = ngettext(
        "off by {off} stars on average over {n} film (the films' MovieLens means would be off by {crowd}); {bias}",
        "off by {off} stars on average over {n} films (the films' MovieLens means would be off by {crowd}); {bias}",
        shown.guesses,
        off=format_number(shown.off, 1),
        crowd=format_number(shown.crowd_off, 1),
        bias=_bias(shown.bias),
    )
    lines = [f"**{gettext('My guesses')}** {off}"]
    if shown.surprise is not None:
        worst = shown.surprise
        told = gettext(
            "{film} got {stars}, I guessed {guess}",
            film=bold(worst.movie),
            stars=stars(worst.stars),
            guess=format_number(worst.guessed, 1),
        )
        lines.append(f"**{gettext('Surprise')}** {told}")
    return lines


def _bias(bias: float) -> str:
    by = format_number(abs(bias), 1)
    if abs(bias) < BIASED:
        return gettext("no bias")
    if abs(bias) < OUTSPOKEN:
        said = (
            gettext_noop("bias +{by} (I guess a little high)")
            if bias > 0
            else gettext_noop("bias −{by} (I guess a little low)")
        )
    else:
        said = gettext_noop("bias +{by} (I guess high)") if bias > 0 else gettext_noop("bias −{by} (I guess low)")
    return gettext(said, by=by)


def _adoption(adoption: Adoption) -> str:
    if not adoption.films:
        return gettext("MovieLens user {user}, who is not in this edition of MovieLens", user=adoption.user_id)
    return ngettext(
        "MovieLens user {user} and their {n} film", "MovieLens user {user} and their {n} films", adoption.films,
        user=adoption.user_id,
    )  # fmt: skip


def pictures_set(owner_id: int, change: Change | None, is_on: bool, *, has_server: bool) -> Reply:
    """`has_server`: whether the server it was asked in has pictures at all."""
    if not is_on:
        said = gettext("I leave out posters and charts when you ask; what they show stands in words.")
    elif has_server:
        said = gettext("You get posters and charts again.")
    else:
        said = gettext("You get posters and charts again, but not here: this server wants words.")
    return _set(said, owner_id, change)


def _set(said: str, owner_id: int, change: Change | None) -> Reply:
    """How a setting stands now, and the way back where it stood otherwise."""
    if change is None:
        return Reply(said, ephemeral=True)
    return Reply(said, view=view(ActionButton(gettext("Undo"), "undo", owner_id, change.change_id)), ephemeral=True)


def language_set(owner_id: int, change: Change | None, chosen: Language | None) -> Reply:
    """Said in what was chosen already."""
    if chosen is None:
        return _set(gettext("I answer you in the language of your Discord where I speak it."), owner_id, change)
    with speaking(chosen):
        return _set(gettext("I answer you in English from now on."), owner_id, change)


def _beginning(prefix: str, *, is_adopted: bool) -> str:
    shown = escape(prefix)
    if is_adopted:
        return gettext("No ratings yet: {prefix}rate Toy Story 4.5", prefix=shown)
    return gettext(
        "No ratings yet. {prefix}start asks for a few, {prefix}import brings yours from elsewhere, "
        "{prefix}profile adopt takes a MovieLens user's as a start.",
        prefix=shown,
    )
