"""A taste card, drawn and in words."""

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.drawing import drawable
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, gettext_noop, ngettext
from bot.chat.markdown import bold, escape, person
from bot.chat.reply import Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import number, stars
from bot.chat.text import ECHO_LIMIT, TITLE_LIMIT, cut, plain
from bot.ratings import HALF_STARS
from bot.tastecard.drawing import Drawn, Told, taste_card
from bot.tastecard.service import LEAST_FILMS, LovedAlone, TasteCard, TooFewRatingsError
from data import Movie

ALL = "all"
GENRE_LIMIT = 24
ALT_LIMIT = 1_000
"""Characters of alternative text; Discord takes 1,024."""

SEE_WORDS = gettext_noop("named above")
"""In the place of a title whose letters the font lacks."""


def taste(shown: TasteCard, owner_name: str) -> Reply:
    """The picture and the same in words. Takes half a second."""
    picture = Picture("taste.png", taste_card(_drawn(shown, owner_name)), _describe(shown, owner_name))
    lines = [_heading(shown, owner_name), _counts(shown), *_likes(shown), *_films(shown)]
    mine = ActionButton(gettext("Make mine"), "tastecard_mine", ANYBODY, shown.year or ALL)
    return Reply(layout=card("\n".join(lines), picture, [mine]), pictures=(picture,))


def _heading(shown: TasteCard, owner_name: str) -> str:
    if shown.year is None:
        return gettext("### {name}: all those films", name=person(owner_name))
    return gettext("### {name}: {year} in films", name=person(owner_name), year=shown.year)


def _counts(shown: TasteCard) -> str:
    return ngettext(
        "**{n} film**, on average ★ {mean}, most often {stars} ({count} of {n})",
        "**{n} films**, on average ★ {mean}, most often {stars} ({count} of {n})",
        shown.films,
        mean=format_number(shown.mean, 2),
        stars=stars(_most_given(shown)),
        count=format_number(max(shown.histogram)),
    )


def _most_given(shown: TasteCard) -> float:
    return HALF_STARS[max(range(len(shown.histogram)), key=lambda place: (shown.histogram[place], place))]


def _likes(shown: TasteCard) -> list[str]:
    lines = []
    if shown.genre is not None:
        lines.append(
            gettext(
                "**Favourite genre** {genre}, {lift} stars over the mean",
                genre=escape(_genre(shown.genre.kind)),
                lift=format_number(shown.genre.lift, 1),
            )
        )
    if shown.decade is not None:
        lines.append(
            gettext(
                "**Favourite decade** the {decade}s, {lift} stars over the mean",
                decade=shown.decade.kind,
                lift=format_number(shown.decade.lift, 1),
            )
        )
    return lines


def _genre(kind: str) -> str:
    return cut(plain(genre_name(kind)), GENRE_LIMIT)


def _films(shown: TasteCard) -> list[str]:
    lines = []
    for message, judged in (
        (gettext_noop("**Kindest stars** {film} {stars}, others give ★ {others}"), shown.kindest),
        (gettext_noop("**Harshest stars** {film} {stars}, others give ★ {others}"), shown.harshest),
    ):
        if judged is not None:
            film, others = bold(judged.movie), format_number(judged.others, 1)
            lines.append(gettext(message, film=film, stars=stars(judged.stars), others=others))
    if shown.alone is not None:
        lines.append(
            gettext(
                "**Nobody else loves** {film} {stars}, {lovers}",
                film=bold(shown.alone.movie),
                stars=stars(shown.alone.stars),
                lovers=_lovers(shown.alone),
            )
        )
    return lines


def _lovers(alone: LovedAlone) -> str:
    if alone.lovers == 0:
        return ngettext("none of {n} other gave ★ 4 or more", "none of {n} others gave ★ 4 or more", alone.others)
    return ngettext(
        "only {lovers} of {n} other gave ★ 4 or more",
        "only {lovers} of {n} others gave ★ 4 or more",
        alone.others,
        lovers=format_number(alone.lovers),
    )


def _drawn(shown: TasteCard, owner_name: str) -> Drawn:
    name = drawable(cut(plain(owner_name), ECHO_LIMIT))
    tiles = [
        (format_number(shown.films), gettext("film") if shown.films == 1 else gettext("films")),
        (f"★ {format_number(shown.mean, 2)}", gettext("on average")),
    ]
    if shown.genre is not None and (genre := drawable(_genre(shown.genre.kind))) is not None:
        tiles.append((genre, gettext("top genre")))
    if shown.decade is not None:
        tiles.append((gettext("{decade}s", decade=shown.decade.kind), gettext("top decade")))
    films = [
        Told(gettext(message, stars=number(one.stars), others=format_number(one.others, 1)), _title(one.movie))
        for message, one in (
            (gettext_noop("Kindest: ★ {stars}, others ★ {others}"), shown.kindest),
            (gettext_noop("Harshest: ★ {stars}, others ★ {others}"), shown.harshest),
        )
        if one is not None
    ]
    if shown.alone is not None:
        films.append(Told(_alone(shown.alone), _title(shown.alone.movie)))
    return Drawn(
        title=name or gettext("My films"),
        when=gettext("all time") if shown.year is None else str(shown.year),
        tiles=tiles,
        films=films,
        histogram=shown.histogram,
    )


def _alone(alone: LovedAlone) -> str:
    if not alone.lovers:
        return gettext("Nobody else loves")
    return gettext(
        "Nobody else loves ({lovers} of {others} do)",
        lovers=format_number(alone.lovers),
        others=format_number(alone.others),
    )


def _title(movie: Movie) -> str:
    """A title as the font has it; else its year, and the words say which film it is."""
    shown = drawable(cut(plain(movie.label), TITLE_LIMIT))
    if shown is not None and drawable(movie.title) is not None:
        return shown
    words = gettext(SEE_WORDS)
    return words if movie.year is None else f"{words} ({movie.year})"


def _describe(shown: TasteCard, owner_name: str) -> str:
    """The same as plain text; titles are cut so that the counts of stars always find room."""
    about = {
        "name": cut(plain(owner_name), ECHO_LIMIT),
        "films": ngettext("{n} film", "{n} films", shown.films),
        "mean": format_number(shown.mean, 2),
    }
    parts = [
        gettext("Taste card of {name}, of all time: {films}, on average {mean} stars", **about)
        if shown.year is None
        else gettext("Taste card of {name}, of {year}: {films}, on average {mean} stars", year=shown.year, **about)
    ]
    if shown.genre is not None:
        parts.append(gettext("favourite genre {genre}", genre=_genre(shown.genre.kind)))
    if shown.decade is not None:
        parts.append(gettext("favourite decade the {decade}s", decade=shown.decade.kind))
    for message, one in (
        (gettext_noop("kindest to {film}: {stars} where others give {others}"), shown.kindest),
        (gettext_noop("harshest to {film}: {stars} where others give {others}"), shown.harshest),
    ):
        if one is not None:
            film, others = _plain(one.movie), format_number(one.others, 1)
            parts.append(gettext(message, film=film, stars=number(one.stars), others=others))
    if shown.alone is not None:
        parts.append(
            gettext(
                "nobody else loves {film}: {stars}, {lovers}",
                film=_plain(shown.alone.movie),
                stars=number(shown.alone.stars),
                lovers=_lovers(shown.alone),
            )
        )
    counts = ", ".join(
        f"{number(half)} {format_number(count)}" for half, count in zip(HALF_STARS, shown.histogram, strict=True)
    )
    return cut(f"{'; '.join(parts)}. {gettext('Ratings by stars: {counts}.', counts=counts)}", ALT_LIMIT)


def _plain(movie: Movie) -> str:
    return cut(plain(movie.label), TITLE_LIMIT)


@sentence.register
def _(error: TooFewRatingsError, prefix: str = "!") -> str:
    rated = _rated(error)
    if not error.is_own:
        return rated
    if error.total >= LEAST_FILMS:
        return f"{rated} {gettext('{prefix}tastecard all takes all your years.', prefix=prefix)}"
    advice = gettext("{prefix}start asks for a few, {prefix}import brings yours from elsewhere.", prefix=prefix)
    return f"{rated} {advice}"


def _rated(error: TooFewRatingsError) -> str:
    year, films, least = error.year, error.films, LEAST_FILMS
    if not films and error.is_own:
        if year is None:
            return gettext("You have not rated a film yet; a card needs {least}.", least=least)
        return gettext("You have not rated a film in {year}; a card needs {least}.", year=year, least=least)
    match error.is_own, year is None:
        case True, True:
            return ngettext(
                "You have rated {n} film; a card needs {least}.",
                "You have rated {n} films; a card needs {least}.",
                films,
                least=least,
            )
        case True, False:
            return ngettext(
                "You have rated {n} film in {year}; a card needs {least}.",
                "You have rated {n} films in {year}; a card needs {least}.",
                films,
                year=year,
                least=least,
            )
        case False, True:
            return ngettext(
                "They have rated {n} film; a card needs {least}.",
                "They have rated {n} films; a card needs {least}.",
                films,
                least=least,
            )
    return ngettext(
        "They have rated {n} film in {year}; a card needs {least}.",
        "They have rated {n} films in {year}; a card needs {least}.",
        films,
        year=year,
        least=least,
    )
