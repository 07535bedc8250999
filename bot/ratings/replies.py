"""Replies to rating: what was written, asked back and taken away, what it moved, and pages of ratings."""

from collections.abc import Sequence

from bot.chat.cards import embed
from bot.chat.components import ActionButton, ActionSelect, view
from bot.chat.language import format_number, gettext, ngettext
from bot.chat.markdown import bold, day, escape, kept, person, quote, title
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import many_stars, number, stars
from bot.chat.text import MESSAGE_LIMIT, TITLE_LIMIT, cut, option
from bot.movies import Choice, NewFilm
from bot.movies.replies import new_film, new_film_button, no_movie, none_of_these, options, question
from bot.ratings.impact import Moved
from bot.ratings.lines import TooManyLinesError
from bot.ratings.service import NotRatedError, NotTaken, Rated, RatingOutcome, RatingsPage, Unrated, WrongFilm
from bot.ratings.stars import HALF_STARS, InvalidStarsError, neighbours
from bot.ratings.understanding import HowManyStars, MaybeRating, TitleOrStars, UnknownFilm, WhichFilm, WhichStars
from data import Movie
from data.store import DailyCapError

LABEL_LIMIT = 80
ORDERS = ("newest", "highest", "lowest")
SEEN = "seen"
"""Chosen in place of stars."""

NEW_NAMED, RISEN_NAMED = 3, 2
LEAST_RISE = 2
"""Places; one more or less is not worth a word."""


def outcomes(owner_id: int, results: tuple[RatingOutcome, ...], prefix: str) -> Reply:
    """One film gets its buttons; several get a line each, what they moved together, and one `Undo`."""
    if len(results) == 1:
        return outcome(owner_id, results[0], prefix)
    text = "\n".join(_line(result, prefix) for result in results)
    written = [result for result in results if isinstance(result, Rated)]
    if not written:
        return Reply(cut(text, MESSAGE_LIMIT))
    end = f"\n{moves(written[0].moves)}\n-# {ngettext('{n} film rated', '{n} films rated', len(written))}"
    label = gettext("Undo all") if len(written) > 1 else gettext("Undo")
    undo = ActionButton(label, "undo", owner_id, written[0].change_id)
    return Reply(cut(text, MESSAGE_LIMIT - len(end)) + end, view=view(undo))


def outcome(owner_id: int, result: RatingOutcome, prefix: str) -> Reply:
    match result:
        case Rated():
            return rated(owner_id, result)
        case WhichFilm(choice, given):
            return which_film(owner_id, choice, given)
        case HowManyStars(movie, instead_of):
            return how_many_stars(owner_id, movie, instead_of)
        case WhichStars():
            return which_stars(owner_id, result)
        case TitleOrStars():
            return title_or_stars(owner_id, result)
        case MaybeRating():
            return maybe_rating(owner_id, result)
        case UnknownFilm():
            return unknown_film(owner_id, result, prefix)
        case NotTaken():
            return Reply(_line(result, prefix))


def _line(result: RatingOutcome, prefix: str) -> str:
    match result:
        case Rated():
            return _rated_line(result)
        case WhichFilm(choice):
            return gettext("{text}: which one? Send that line alone and I will ask.", text=quote(choice.text))
        case HowManyStars(movie):
            return gettext("{film}: how many stars? Write them behind the title.", film=bold(movie))
        case WhichStars(text, movie, (lower, upper)):
            return gettext(
                "{film}: {text} is neither {lower} nor {upper}; write one of the two.",
                film=bold(movie),
                text=quote(text),
                lower=stars(lower),
                upper=stars(upper),
            )
        case TitleOrStars(text):
            return gettext("{text}: a title or a rating? Send that line alone and I will ask.", text=quote(text))
        case MaybeRating(text, movie, given):
            meant = f"{bold(movie)} {stars(given)}"
            return gettext("{text}: if that is {meant}, write just the two.", text=quote(text), meant=meant)
        case UnknownFilm(error):
            return escape(sentence(error, prefix) or "")
        case NotTaken(line, error):
            return f"{quote(line)}: {escape(sentence(error, prefix) or '')}"


def _rated_line(result: Rated) -> str:
    line = f"{bold(result.movie)} {stars(result.stars)}"
    if result.before is not None and result.before != result.stars:
        line += f" ({gettext('was {stars}', stars=number(result.before))})"
    if result.guess is None:
        return line
    return gettext("{rated}, I guessed {guess}", rated=line, guess=format_number(result.guess, 1))


def rated(owner_id: int, result: Rated) -> Reply:
    """The film as it was understood, and what it moved."""
    return Reply(
        f"{_rated_line(result)}\n{moves(result.moves)}",
        view=view(
            ActionButton(gettext("Undo"), "undo", owner_id, result.change_id, result.movie.movie_id),
            ActionButton(gettext("Wrong film"), "wrong_film", owner_id, result.change_id),
            ActionButton(gettext("Similar"), "similar", 0, result.movie.movie_id),
        ),
    )


def which_film(owner_id: int, choice: Choice, given: float | None, *, ephemeral: bool = False) -> Reply:
    """Nothing is written until one of the candidates is chosen."""
    asked = gettext("Choose the film")
    select = ActionSelect(asked, "rate_film", owner_id, given or 0, options=options(choice.candidates))
    text = question(choice)
    if given is not None:
        text += f" {gettext('The film you choose gets {stars}.', stars=stars(given))}"
    return Reply(text, view=view(select, none_of_these(owner_id)), ephemeral=ephemeral)


def add_film(owner_id: int, film: NewFilm, given: float | None, namesake: Movie | None) -> Reply:
    """It can be added and rated; or the film of that name that is here is rated, which few people know."""
    asked = new_film(owner_id, film, given)
    if namesake is None:
        return asked
    other = _ask_stars(owner_id, namesake) if given is None else _give(owner_id, namesake, given)
    return Reply(
        f"{asked.content} {gettext('Or do you mean {film}?', film=bold(namesake))}",
        view=view(new_film_button(owner_id, film, given), other, none_of_these(owner_id)),
    )


def how_many_stars(owner_id: int, movie: Movie, instead_of: str | None = None, *, ephemeral: bool = False) -> Reply:
    """`instead_of` is what was off the scale."""
    asked = gettext("How many stars for {film}?", film=bold(movie))
    if instead_of is not None:
        off_scale = gettext("Stars go from 0.5 to 5, so {text} is beyond me.", text=quote(instead_of))
        asked = f"{off_scale} {asked}"
    halves = [(f"{stars(half)}  {number(half)}", f"{half:g}") for half in reversed(HALF_STARS)]
    halves.append((gettext("Seen, no stars"), SEEN))
    select = ActionSelect(gettext("Your stars"), "rate_stars", owner_id, movie.movie_id, options=halves)
    return Reply(
        asked,
        view=view(select) if ephemeral else view(select, none_of_these(owner_id)),
        ephemeral=ephemeral,
    )


def which_stars(owner_id: int, result: WhichStars) -> Reply:
    """Stars between two half stars: either of them is a press away."""
    lower, upper = result.stars
    return Reply(
        gettext(
            "{text} lies between {lower} and {upper}. Which is it for {film}?",
            text=quote(result.text),
            lower=stars(lower),
            upper=stars(upper),
            film=bold(result.movie),
        ),
        view=view(
            *(_give(owner_id, result.movie, one, many_stars(one)) for one in result.stars), none_of_these(owner_id)
        ),
    )


def title_or_stars(owner_id: int, result: TitleOrStars) -> Reply:
    """`Toy Story 2` may be a film, or two stars for another one; nothing is written yet."""
    answers: list[ActionButton | ActionSelect] = [_ask_stars(owner_id, result.whole)]
    match result.part:
        case Movie():
            answers.append(_give(owner_id, result.part, result.stars))
        case Choice(candidates=candidates):
            asked = gettext("{stars} for…", stars=many_stars(result.stars))
            answers.append(ActionSelect(asked, "rate_film", owner_id, result.stars, options=options(candidates)))
    answers.append(none_of_these(owner_id))
    asked = gettext("Do you mean the film {film}, or a rating?", film=bold(result.whole))
    return Reply(asked, view=view(*answers))


def maybe_rating(owner_id: int, result: MaybeRating) -> Reply:
    """What was said may be a rating, or comes to one; nothing is written yet."""
    return Reply(
        gettext("Is that {stars} for {film}?", stars=stars(result.stars), film=bold(result.movie)),
        view=view(
            _give(owner_id, result.movie, result.stars),
            ActionButton(gettext("Other stars"), "which_stars", owner_id, result.movie.movie_id),
            none_of_these(owner_id),
        ),
    )


def unknown_film(owner_id: int, result: UnknownFilm, prefix: str) -> Reply:
    """The nearest films, each a press away from the stars that were given."""
    error, given = result.error, result.stars
    if not error.nearest:
        return Reply(escape(sentence(error, prefix) or ""), ephemeral=True)
    ask = (
        gettext("Is it one of these? The one you choose gets {stars}.", stars=stars(given))
        if given is not None
        else gettext("Is it one of these? Then choose it here.")
    )
    buttons = [
        _ask_stars(owner_id, movie) if given is None else _give(owner_id, movie, given, _label(movie, LABEL_LIMIT))
        for movie in error.nearest
    ]
    shown = view(*buttons, none_of_these(owner_id))
    return Reply(f"{escape(no_movie(error))} {ask}", view=shown, ephemeral=True)


def _ask_stars(owner_id: int, movie: Movie) -> ActionButton:
    return ActionButton(_label(movie, LABEL_LIMIT), "which_stars", owner_id, movie.movie_id)


def _give(owner_id: int, movie: Movie, given: float, label: str | None = None) -> ActionButton:
    """A button that rates the film at once."""
    shown = label or gettext("{stars} for {film}", stars=many_stars(given), film=_label(movie, 60))
    return ActionButton(shown, "rate_exactly", owner_id, movie.movie_id, f"{given:g}")


def _label(movie: Movie, limit: int) -> str:
    return cut(option(movie), limit)


def wrong_film(owner_id: int, asked: WrongFilm, message_id: int) -> Reply:
    """Asks for the film that was meant; `message_id` is the reply that will say the right one then."""
    film, meant = bold(asked.movie), options(asked.candidates)
    if not meant:
        told = gettext("I know no film like {film}. Undo it and rate the one you mean.", film=film)
        return Reply(told, ephemeral=True)
    label = gettext("The film you meant")
    select = ActionSelect(label, "correct", owner_id, asked.change_id, message_id, options=meant)
    return Reply(
        gettext("Not {film}? Choose the film you meant; it gets the stars instead.", film=film),
        view=view(select, none_of_these(owner_id)),
        ephemeral=True,
    )


def unrated(owner_id: int, result: Unrated) -> Reply:
    return Reply(
        gettext("{film} is no longer rated.", film=bold(result.movie)),
        view=view(ActionButton(gettext("Undo"), "undo", owner_id, result.change_id, result.movie.movie_id)),
    )


def moves(moved: Sequence[Moved]) -> str:
    """The new number 1, what is new beside it, and what rose furthest."""
    first = [one for one in moved if one.now == 1]
    new = [one for one in moved if one.was is None and one.now > 1]
    risen = [one for one in moved if one.was is not None and one.now > 1 and one.was - one.now >= LEAST_RISE]
    sentences = [gettext("{film} is your new number 1.", film=f"**{title(one.movie)}**") for one in first]
    if new:
        rest = len(new) - NEW_NAMED
        named = ", ".join(title(one.movie) for one in new[:NEW_NAMED])
        sentences.append(
            ngettext(
                "New in your top ten: {films} and {n} more.",
                "New in your top ten: {films} and {n} more.",
                rest,
                films=named,
            )
            if rest > 0
            else gettext("New in your top ten: {films}.", films=named)
        )
    if risen:
        furthest = sorted(risen, key=lambda one: (one.now - (one.was or 0), one.now))[:RISEN_NAMED]
        told = ", ".join(f"{title(one.movie)} {one.was} → {one.now}" for one in furthest)
        sentences.append(gettext("Up: {films}.", films=told))
    return " ".join(sentences) or gettext("Your top ten stays as it is.")


def ratings_page(viewer_id: int, shown: RatingsPage, owner_name: str, prefix: str) -> Reply:
    """Ten ratings and the way to the others."""
    mine = viewer_id == shown.owner_id
    if not shown.page.total:
        command = gettext("{prefix}rate Toy Story 4.5", prefix=escape(prefix))
        if mine:
            return Reply(gettext("You have rated nothing yet. Start with {command}", command=command))
        return Reply(gettext("No ratings yet."))
    lines = [f"{kept(row.movie)} {stars(row.stars)} · {day(row.rated_at)}" for row in shown.rows]
    heading = gettext("Your ratings") if mine else gettext("Ratings of {name}", name=person(owner_name))
    shown_page = embed(heading, "\n".join(lines), CALM)
    shown_page.set_footer(text=whereabouts(shown.page, "rating", shown.order))
    buttons = controls("ratings_page", viewer_id, shown.page, shown.owner_id, orders=ORDERS, order=shown.order)
    return Reply(embed=shown_page, view=view(*buttons) if buttons else None)


@sentence.register
def _(error: InvalidStarsError, prefix: str = "!") -> str:
    if (between := neighbours(error.text)) is not None:
        lower, upper = (number(one) for one in between)
        return gettext(
            "“{text}” lies between {lower} and {upper} stars. Write one of the two behind the film.",
            text=short(error.text),
            lower=lower,
            upper=upper,
        )
    return gettext(
        "“{text}” is not a rating I know. Stars go from 0.5 to 5 in half steps, such as 4, 4.5, 8/10 or ★★★½.",
        text=short(error.text),
    )


@sentence.register
def _(error: TooManyLinesError, prefix: str = "!") -> str:
    return gettext(
        "That is {given} lines; I take {limit} films at once. Send the rest in another message.",
        given=error.given,
        limit=error.limit,
    )


@sentence.register
def _(error: NotRatedError, prefix: str = "!") -> str:
    return gettext(
        "You have not rated “{film}”. {prefix}ratings lists what you have.",
        film=short(error.movie.label, TITLE_LIMIT),
        prefix=prefix,
    )


@sentence.register
def _(error: DailyCapError, prefix: str = "!") -> str:
    return gettext("That is more than {cap} ratings in a day. Go on tomorrow; all so far are kept.", cap=error.cap)
