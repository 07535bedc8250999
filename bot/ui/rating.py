"""Replies to rating: what was written, what is asked back, what was taken back, and pages of ratings."""

from bot.services.films import Choice
from bot.services.rating import (
    HowManyStars,
    NotTaken,
    Order,
    Outcome,
    Rated,
    RatingsPage,
    TakenBack,
    TitleOrStars,
    WhichFilm,
)
from bot.ui.components import ActionButton, ActionSelect, view
from bot.ui.lists import embed
from bot.ui.reply import CALM, Reply
from bot.ui.sentences import sentence
from bot.ui.stars import number, stars
from bot.ui.text import MESSAGE_LIMIT, bold, cut, escape, many, name, option, person, quote
from data import Movie

HALF_STARS = tuple(half / 2 for half in range(10, 0, -1))
ENTERED_NAMED = 3


def outcomes(owner_id: int, results: tuple[Outcome, ...], prefix: str) -> Reply:
    """One film gets its buttons; several get a line each and `!undo`."""
    if len(results) == 1:
        return outcome(owner_id, results[0], prefix)
    lines = [_line(result, prefix) for result in results]
    written = [result for result in results if isinstance(result, Rated)]
    if written:
        lines.append(f"-# {many(len(written), 'film')} rated; {escape(prefix)}undo takes back the last one.")
    return Reply(cut("\n".join(lines), MESSAGE_LIMIT))


def outcome(owner_id: int, result: Outcome, prefix: str) -> Reply:
    match result:
        case Rated():
            return rated(owner_id, result)
        case WhichFilm(choice, given):
            return which_film(owner_id, choice, given)
        case HowManyStars(movie):
            return how_many_stars(owner_id, movie)
        case TitleOrStars():
            return title_or_stars(owner_id, result)
        case NotTaken():
            return Reply(_line(result, prefix))


def _line(result: Outcome, prefix: str) -> str:
    match result:
        case Rated():
            return _rated_line(result)
        case WhichFilm(choice):
            return f"{quote(choice.text)}: which one? Send that line alone and I will ask."
        case HowManyStars(movie):
            return f"{bold(movie)}: how many stars? Write them behind the title."
        case TitleOrStars(text):
            return f"{quote(text)}: a title or a rating? Send that line alone and I will ask."
        case NotTaken(line, error):
            return f"{quote(line)}: {escape(sentence(error, prefix) or str(error))}"


def _rated_line(result: Rated) -> str:
    line = f"{bold(result.movie)} {stars(result.stars)}"
    if result.before is not None and result.before != result.stars:
        line += f" (was {number(result.before)})"
    if result.guess is not None:
        line += f", we guessed {result.guess:.1f}"
    return line


def rated(owner_id: int, result: Rated) -> Reply:
    """The film as it was understood, and what it moved."""
    text = _rated_line(result)
    if result.entered:
        named = ", ".join(name(movie) for movie in result.entered[:ENTERED_NAMED])
        rest = len(result.entered) - ENTERED_NAMED
        text += f"\nNew in your ten: {named}" + (f" and {rest} more" if rest > 0 else "")
    return Reply(
        text,
        view=view(
            ActionButton("Undo", "undo", owner_id, result.write_id),
            ActionButton("Wrong film", "wrong_film", owner_id, result.write_id),
            ActionButton("Similar", "similar", 0, result.movie.movie_id),
        ),
    )


def which_film(owner_id: int, choice: Choice, given: float | None) -> Reply:
    """Nothing is written until one of the candidates is chosen."""
    end = f" gets {stars(given)}" if given is not None else " do you mean"
    return Reply(
        f"Which {quote(choice.text)}{end}?",
        view=view(_film_select("Choose the film", "rate_film", owner_id, given or 0, choice.candidates)),
    )


def _film_select(
    placeholder: str, action: str, owner_id: int, argument: object, candidates: tuple[Movie, ...]
) -> ActionSelect:
    options = [(option(movie), str(movie.movie_id)) for movie in candidates]
    return ActionSelect(placeholder, action, owner_id, argument, options=options)


def how_many_stars(owner_id: int, movie: Movie, *, ephemeral: bool = False) -> Reply:
    options = [(f"{stars(half)}  {number(half)}", number(half)) for half in HALF_STARS]
    return Reply(
        f"How many stars for {bold(movie)}?",
        view=view(ActionSelect("Your stars", "rate_stars", owner_id, movie.movie_id, options=options)),
        ephemeral=ephemeral,
    )


def title_or_stars(owner_id: int, result: TitleOrStars) -> Reply:
    """`Toy Story 2` may be a film, or two stars for another one; nothing is written yet."""
    buttons = [ActionButton(_button_label(result.whole), "which_stars", owner_id, result.whole.movie_id)]
    if result.part is not None:
        label = f"{number(result.stars)} stars for {_button_label(result.part)}"
        buttons.append(
            ActionButton(cut(label, 80), "rate_exactly", owner_id, result.part.movie_id, number(result.stars))
        )
    return Reply(f"Do you mean the film {bold(result.whole)}, or a rating?", view=view(*buttons))


def _button_label(movie: Movie) -> str:
    return cut(option(movie), 60)


def wrong_film(owner_id: int, write_id: int, movie: Movie, candidates: tuple[Movie, ...]) -> Reply:
    if not candidates:
        return Reply(f"I know no film like {bold(movie)}. Undo it and rate the one you mean.", ephemeral=True)
    return Reply(
        f"Not {bold(movie)}? Choose the film you meant; it gets the stars instead.",
        view=view(_film_select("The film you meant", "correct", owner_id, write_id, candidates)),
        ephemeral=True,
    )


def taken_back(owner_id: int, result: TakenBack) -> Reply:
    """A rating is gone or back to what it was; `Restore` brings the newer state back."""
    now = f"back to {stars(result.now)}" if result.now is not None else "no longer rated"
    return Reply(
        f"{bold(result.movie)} is {now}.",
        view=view(ActionButton("Restore", "undo", owner_id, result.write_id)),
    )


def ratings_page(viewer_id: int, page: RatingsPage, owner_name: str, prefix: str) -> Reply:
    """Ten ratings and the way to the others."""
    mine = viewer_id == page.owner_id
    if not page.total:
        empty = (
            f"You have rated nothing yet. Start with {escape(prefix)}rate Toy Story 4.5" if mine else "No ratings yet."
        )
        return Reply(empty)
    lines = [f"{bold(row.movie)} {stars(row.stars)}" for row in page.rows]
    title = "Your ratings" if mine else f"Ratings of {person(owner_name)}"
    card = embed(title, "\n".join(lines), CALM)
    card.set_footer(text=f"{many(page.total, 'rating')} · {page.order} first · page {page.page + 1} of {page.pages}")
    if page.pages == 1:
        return Reply(embed=card)
    return Reply(
        embed=card,
        view=view(
            _page_button("Back", viewer_id, page, page.page - 1),
            _page_button("Next", viewer_id, page, page.page + 1),
            *(_order_button(order, viewer_id, page) for order in ("newest", "highest", "lowest")),
        ),
    )


def _page_button(label: str, viewer_id: int, page: RatingsPage, to: int) -> ActionButton:
    arguments = (page.owner_id, page.order, to)
    return ActionButton(label, "ratings_page", viewer_id, *arguments, disabled=not 0 <= to < page.pages)


def _order_button(order: Order, viewer_id: int, page: RatingsPage) -> ActionButton:
    return ActionButton(
        order.capitalize(), "ratings_order", viewer_id, page.owner_id, order, disabled=order == page.order
    )
