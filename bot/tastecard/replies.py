"""A taste card, drawn and in words."""

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.drawing import drawable
from bot.chat.markdown import bold, escape, person
from bot.chat.reply import Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import number, stars
from bot.chat.text import ECHO_LIMIT, TITLE_LIMIT, cut, many, plain
from bot.ratings import HALF_STARS
from bot.tastecard.drawing import Drawn, Told, taste_card
from bot.tastecard.service import LEAST_FILMS, Judged, LovedAlone, TasteCard, TooFewRatingsError
from data import Movie

ALL = "all"
GENRE_LIMIT = 24
ALT_LIMIT = 1_000
"""Characters of alternative text; Discord takes 1,024."""

SEE_WORDS = "named above"
"""In the place of a title whose letters the font lacks."""


def taste(shown: TasteCard, owner_name: str) -> Reply:
    """The picture and the same in words. Takes half a second."""
    picture = Picture("taste.png", taste_card(_drawn(shown, owner_name)), _describe(shown, owner_name))
    lines = [f"### {person(owner_name)}: {_when(shown)}", _counts(shown), *_likes(shown), *_films(shown)]
    mine = ActionButton("Make mine", "tastecard_mine", ANYBODY, shown.year or ALL)
    return Reply(layout=card("\n".join(lines), picture, [mine]), pictures=(picture,))


def _when(shown: TasteCard) -> str:
    return f"{shown.year} in films" if shown.year is not None else "all those films"


def _counts(shown: TasteCard) -> str:
    often = f"most often {stars(_most_given(shown))} ({max(shown.histogram):,} of {shown.films:,})"
    return f"**{many(shown.films, 'film')}**, on average ★ {shown.mean:.2f}, {often}"


def _most_given(shown: TasteCard) -> float:
    return HALF_STARS[max(range(len(shown.histogram)), key=lambda place: (shown.histogram[place], place))]


def _likes(shown: TasteCard) -> list[str]:
    lines = []
    if shown.genre is not None:
        lines.append(
            f"**Favourite genre** {escape(_genre(shown.genre.kind))}, {shown.genre.lift:.1f} stars over the mean"
        )
    if shown.decade is not None:
        lines.append(f"**Favourite decade** the {shown.decade.kind}s, {shown.decade.lift:.1f} stars over the mean")
    return lines


def _genre(kind: str) -> str:
    return cut(plain(kind), GENRE_LIMIT)


def _films(shown: TasteCard) -> list[str]:
    lines = []
    for name, judged in (("Kindest", shown.kindest), ("Harshest", shown.harshest)):
        if judged is not None:
            lines.append(f"**{name} stars** {bold(judged.movie)} {stars(judged.stars)}, {_others(judged)}")
    if shown.alone is not None:
        lines.append(
            f"**Nobody else loves** {bold(shown.alone.movie)} {stars(shown.alone.stars)}, {_lovers(shown.alone)}"
        )
    return lines


def _others(judged: Judged) -> str:
    return f"others give ★ {judged.others:.1f}"


def _lovers(alone: LovedAlone) -> str:
    how_many = "none" if alone.lovers == 0 else f"only {alone.lovers:,}"
    return f"{how_many} of {many(alone.others, 'other')} gave ★ 4 or more"


def _drawn(shown: TasteCard, owner_name: str) -> Drawn:
    name = drawable(cut(plain(owner_name), ECHO_LIMIT))
    tiles = [(f"{shown.films:,}", "film" if shown.films == 1 else "films"), (f"★ {shown.mean:.2f}", "on average")]
    if shown.genre is not None and (genre := drawable(_genre(shown.genre.kind))) is not None:
        tiles.append((genre, "top genre"))
    if shown.decade is not None:
        tiles.append((f"{shown.decade.kind}s", "top decade"))
    films = [
        Told(f"{word}: ★ {number(one.stars)}, others ★ {one.others:.1f}", _title(one.movie))
        for word, one in (("Kindest", shown.kindest), ("Harshest", shown.harshest))
        if one is not None
    ]
    if shown.alone is not None:
        films.append(Told(_alone(shown.alone), _title(shown.alone.movie)))
    return Drawn(
        title=name or "My films",
        when="all time" if shown.year is None else str(shown.year),
        tiles=tiles,
        films=films,
        histogram=shown.histogram,
    )


def _alone(alone: LovedAlone) -> str:
    return f"Nobody else loves ({alone.lovers:,} of {alone.others:,} do)" if alone.lovers else "Nobody else loves"


def _title(movie: Movie) -> str:
    """A title as the font has it; else its year, and the words say which film it is."""
    shown = drawable(cut(plain(movie.label), TITLE_LIMIT))
    if shown is not None and drawable(movie.title) is not None:
        return shown
    return SEE_WORDS if movie.year is None else f"{SEE_WORDS} ({movie.year})"


def _describe(shown: TasteCard, owner_name: str) -> str:
    """The same as plain text; titles are cut so that the counts of stars always find room."""
    period = "of all time" if shown.year is None else f"of {shown.year}"
    films = f"{many(shown.films, 'film')}, on average {shown.mean:.2f} stars"
    parts = [f"Taste card of {cut(plain(owner_name), ECHO_LIMIT)}, {period}: {films}"]
    if shown.genre is not None:
        parts.append(f"favourite genre {_genre(shown.genre.kind)}")
    if shown.decade is not None:
        parts.append(f"favourite decade the {shown.decade.kind}s")
    for word, one in (("kindest", shown.kindest), ("harshest", shown.harshest)):
        if one is not None:
            parts.append(f"{word} to {_plain(one.movie)}: {number(one.stars)} where others give {one.others:.1f}")
    if shown.alone is not None:
        parts.append(
            f"nobody else loves {_plain(shown.alone.movie)}: {number(shown.alone.stars)}, {_lovers(shown.alone)}"
        )
    counts = ", ".join(f"{number(half)} {count:,}" for half, count in zip(HALF_STARS, shown.histogram, strict=True))
    return cut(f"{'; '.join(parts)}. Ratings by stars: {counts}.", ALT_LIMIT)


def _plain(movie: Movie) -> str:
    return cut(plain(movie.label), TITLE_LIMIT)


@sentence.register
def _(error: TooFewRatingsError, prefix: str = "!") -> str:
    when = "" if error.year is None else f" in {error.year}"
    if not error.is_own:
        return f"They have rated {many(error.films, 'film')}{when}; a card needs {LEAST_FILMS}."
    text = f"You have rated {many(error.films, 'film')}{when}; a card needs {LEAST_FILMS}."
    if error.total >= LEAST_FILMS:
        return f"{text} {prefix}tastecard all takes all your years."
    return f"{text} {prefix}start asks for a few, {prefix}import brings yours from elsewhere."
