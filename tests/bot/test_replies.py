"""Every reply with the worst that can stand in it: Discord would take it, and nothing in it pings or formats."""

from collections.abc import Callable

import discord
import pytest

from bot.chat import errors as chat_errors
from bot.chat.pages import PAGE, Page
from bot.chat.reply import Picture, Reply
from bot.finding import replies as finding
from bot.finding.service import Titled
from bot.game import replies as gaming
from bot.game.service import Begun, Ended, Guess, Table
from bot.help import replies as information
from bot.imports import Imported
from bot.imports import replies as importing
from bot.imports.plan import Named
from bot.imports.service import Asked, ImportClosed, Preview, Sample
from bot.journal import replies as journal
from bot.journal.service import AskFirst, HistoryPage, TakenBack, ToldChange, ToldEntry
from bot.lists import defaults_replies
from bot.lists import panel_replies as filters
from bot.lists import replies as recommending
from bot.lists.defaults import Defaults
from bot.lists.filters import Filters, Years
from bot.lists.panel import Panel
from bot.lists.service import Because, ListedMovie, Loosening, MovieList
from bot.menus import replies as menus
from bot.movies import Choice, NewFilm, UnknownTitleError
from bot.movies import replies as films
from bot.movies.card_replies import movie_card
from bot.movies.service import MovieCard, SimilarMovie, SimilarMovies
from bot.operating import replies as operating
from bot.privacy import replies as privacy
from bot.privacy.export import Export
from bot.privacy.service import Deletion, PrivacyCard, Receipt
from bot.profile import adoption_replies as adopting
from bot.profile import replies as profiles
from bot.profile import reset_replies as resetting
from bot.profile.accuracy import Accuracy, Surprise
from bot.profile.adoption import Adopted, Dropped, Suggestion, Suggestions
from bot.profile.favourites import Favourite
from bot.profile.resetting import Reset, ResetChoice
from bot.profile.service import Adoption, ProfileCard
from bot.ratings import replies as rating
from bot.ratings.impact import Moved
from bot.ratings.service import (
    NotTaken,
    Rated,
    RatedMovie,
    RatingOutcome,
    RatingsPage,
    Unrated,
    WrongFilm,
)
from bot.ratings.stars import InvalidStarsError
from bot.ratings.understanding import HowManyStars, MaybeRating, TitleOrStars, UnknownFilm, WhichFilm, WhichStars
from bot.shelves import replies as shelves
from bot.shelves.service import ShelfPage, Shelved
from bot.shelves.watchlist import Picked, WantedMovie, WatchlistPage
from bot.start import replies as starting
from bot.start.service import Choices, Finished, StartQuestion, TasteChoice
from bot.why import replies as explaining
from bot.why.service import NAMED, Explanation, Influence
from data import Movie
from data.store import Change, Entry, Holdings, Round, Standing, State, Thing
from data.store.games import GuessMade
from data.tmdb.film import TmdbFilm
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, film
from tests.bot.limits import MENTION, check, described, labels

OWNER = 2**63 - 1
PREFIX = "*_`|~"
MAX_TASTES = 10
LONG = "A very long title, " * 10 + "which ends here"


def texts(reply: Reply) -> list[str]:
    found = [reply.content or ""]
    if reply.embed is not None:
        found += [reply.embed.title or "", reply.embed.description or ""]
    if reply.layout is not None:
        found += [item.content for item in reply.layout.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    return found


def entry_of(movie: Movie, changes: int = 10**6, number: int = 10**12) -> ToldEntry:
    """An import of so many changes that all can be undone but some."""
    one = Change(10**12, 10**12, Thing("rating", movie.movie_id), State(4.5, 5), State(0.5, 2**33), 2**33)
    shown = (one,) * min(changes, 3)
    counts = {("rating", True): changes, ("shelf", True): changes} if changes > 1 else {("rating", True): 1}
    source = "movielens" if changes > 1 else None
    entry = Entry(number, 2**33, shown, counts, source, can_undo=True, left=10**6)  # type: ignore[arg-type]
    return ToldEntry(entry, tuple(ToldChange(one, movie) for one in shown))


def worst(text: str, movie_id: int = 2**31 - 1) -> Movie:
    return film(
        text,
        movie_id,
        9999,
        imdb_id=99_999_999,
        tmdb_id=99_999_999,
        ratings_count=10**9,
        ratings_mean=4.99,
        tags=(text,) * 5,
    )


def told(text: str) -> TmdbFilm:
    names = tuple(f"{text} {n}" for n in range(6))
    return TmdbFilm(
        99_999_999,
        imdb_id=99_999_999,
        overview=f"{text}. " * 20,
        poster="https://image.tmdb.org/t/p/w342/a.jpg",
        trailer="https://www.youtube.com/watch?v=abcdef",
        runtime_min=1_500,
        age=text,
        directors=names,
        leads=names,
        countries=names,
        language=text,
        collection=text,
        region="US",
        streams=names,
        rents=names,
    )


def told_ten(text: str) -> dict[int, TmdbFilm]:
    return dict.fromkeys((2**31 - 1, *(10**9 + n for n in range(PAGE))), told(text))


def ten(text: str, first: int = 1) -> tuple[ListedMovie, ...]:
    because = Because(worst(text), is_liked=True)
    films = (worst(text, 10**9 + n) for n in range(PAGE))
    return tuple(ListedMovie(n, film, 4.99, 9.99, 10**9, (text,), because) for n, film in enumerate(films, first))


def every_filter(text: str) -> Filters:
    genres = tuple(f"{text[:90]} {n}" for n in range(9))
    return Filters(genres, genres, Years(1000, 9999), "popular", "watchlist", PAGE)


def listed(text: str, first: int = 1, rated: int = 10**9) -> MovieList:
    return MovieList(10**12, OWNER, ten(text, first), rated, every_filter(text), adopted=rated // 2, goes_on=first > 1,
                     defaults=every_filter(text))  # fmt: skip


def no_film(text: str, loosen: Loosening | None) -> MovieList:
    return MovieList(
        10**12, OWNER, (), 10**9, every_filter(text), loosen=loosen, goes_on=True, defaults=every_filter(text)
    )


def panel(text: str, genres: int = 30) -> Panel:
    names = tuple(f"{text[:90]} {n}" for n in range(genres))
    return Panel(10**12, OWNER, every_filter(text), 10**9, names, tuple(range(1800, 2150, 10)),
                 defaults=every_filter(text))  # fmt: skip


def similar_ten(text: str) -> tuple[SimilarMovie, ...]:
    return tuple(SimilarMovie(n, worst(text, 10**9 + n), 4.99, 9.99, n) for n in range(1, PAGE + 1))


def many_films(text: str) -> tuple[Movie, ...]:
    return tuple(worst(text, 10**9 + n) for n in range(PAGE))


def explained(text: str) -> Explanation:
    pulls = tuple(Influence(worst(text, 10**9 + n), 4.5, True, 1.234 - n, 4.99) for n in range(NAMED))
    return Explanation(worst(text), 4.5, 3.33, pulls, 10**6, -9.99, 12.34, 5.0, 10**6)


def moved(text: str) -> tuple[Moved, ...]:
    return tuple(Moved(movie, 10 if now % 3 == 1 else None, now) for now, movie in enumerate(many_films(text), 1))


def unknown(text: str) -> UnknownTitleError:
    return UnknownTitleError(text, many_films(text)[:3], 2018, 2030)


def rated(text: str) -> Rated:
    return Rated(worst(text), 4.5, 0.5, 10**12, guess=4.96, moves=moved(text))


def tastes(text: str) -> tuple[TasteChoice, ...]:
    return tuple(
        TasteChoice(10**9 + n, (text, text, text), (worst(text), worst(text), worst(text)), (text, text), (1000, 9999))
        for n in range(MAX_TASTES)
    )


PAGE_OF_MANY = Page(999_998, 10**6, 10**7)


def page(text: str) -> RatingsPage:
    rows = tuple(RatedMovie(movie, 5.0, 2**32) for movie in many_films(text))
    return RatingsPage(OWNER, "highest", PAGE_OF_MANY, rows)


def wanted(text: str) -> tuple[WantedMovie, ...]:
    return tuple(WantedMovie(movie, 4.99, 9.99) for movie in many_films(text))


def shelved(text: str) -> Shelved:
    return Shelved(worst(text), "hidden", True, 10**12, "watchlist")


def outcomes(text: str) -> tuple[RatingOutcome, ...]:
    movie, choice = worst(text), Choice(text, many_films(text))
    each: tuple[RatingOutcome, ...] = (
        rated(text),
        WhichFilm(choice, 4.5),
        HowManyStars(movie),
        HowManyStars(movie, text),
        WhichStars(text, movie, (4.0, 4.5)),
        TitleOrStars(text, movie, movie, 2.0),
        MaybeRating(text, movie, 4.5),
        UnknownFilm(unknown(text), 4.5),
        NotTaken(text, InvalidStarsError(text)),
    )
    return each * 4


MAKERS: dict[str, Callable[[str], Reply]] = {
    "recommendations": lambda text: recommending.recommendations(listed(text), PREFIX),
    "more": lambda text: recommending.recommendations(listed(text, 10**6, 0), PREFIX),
    "no film": lambda text: recommending.recommendations(no_film(text, Loosening("genres", 10**9)), PREFIX),
    "no film by more than one filter": lambda text: recommending.recommendations(no_film(text, None), PREFIX),
    "why a film of a list": lambda text: recommending.why(OWNER, many_films(text)),
    "filters": lambda text: filters.panel(panel(text)),
    "filters done": lambda text: filters.panel_done(every_filter(text)),
    "similar": lambda text: films.similar(SimilarMovies(worst(text), similar_ten(text), 0)),
    "nothing similar": lambda text: films.similar(SimilarMovies(worst(text), (), 0)),
    "card": lambda text: movie_card(MovieCard(worst(text), None, 4.99, 9.99, 10**9), None, has_pictures=True),
    "card of a rated film": lambda text: movie_card(
        MovieCard(worst(text), 4.5, 4.99, 9.99, 10**9), told(text), has_pictures=True
    ),
    "card in words": lambda text: movie_card(MovieCard(worst(text), 4.5), told(text), has_pictures=False),
    "card of a film unknown to the model": lambda text: movie_card(
        MovieCard(worst(text), None), told(text), has_pictures=True
    ),
    "new film": lambda text: films.new_film(OWNER, NewFilm(10**12, text, 9999, (text,) * 3)),
    "new film to rate": lambda text: films.new_film(OWNER, NewFilm(10**12, text, 9999, ()), 4.5),
    "defaults": lambda text: defaults_replies.shown(Defaults(OWNER, every_filter(text)), PREFIX),
    "defaults added": lambda text: defaults_replies.added(Defaults(OWNER, every_filter(text), 10**12), PREFIX),
    "recommendations with posters": lambda text: recommending.recommendations(listed(text), PREFIX, told_ten(text)),
    "watchlist with posters": lambda text: shelves.watchlist(
        WatchlistPage(OWNER, "best", PAGE_OF_MANY, wanted(text), 10**6), PREFIX, told_ten(text)
    ),
    "pictures off": lambda text: profiles.pictures_set(OWNER, None, False, has_server=False),
    "pictures on": lambda text: profiles.pictures_set(OWNER, None, True, has_server=True),
    "pictures on, but not here": lambda text: profiles.pictures_set(OWNER, None, True, has_server=False),
    "why": lambda text: explaining.why(explained(text), OWNER, PREFIX),
    "why in numbers": lambda text: explaining.details(explained(text)),
    "which": lambda text: films.which(OWNER, Choice(text, many_films(text)), "shelf_take", "watchlist"),
    "rated": lambda text: rating.outcomes(OWNER, (rated(text),), PREFIX),
    "which film": lambda text: rating.outcomes(OWNER, (WhichFilm(Choice(text, many_films(text)), 4.5),), PREFIX),
    "which film without stars": lambda text: rating.which_film(OWNER, Choice(text, many_films(text)), None),
    "how many stars": lambda text: rating.outcomes(OWNER, (HowManyStars(worst(text)),), PREFIX),
    "which stars": lambda text: rating.outcomes(OWNER, (WhichStars(text, worst(text), (4.0, 4.5)),), PREFIX),
    "stars off the scale": lambda text: rating.outcomes(OWNER, (HowManyStars(worst(text), text),), PREFIX),
    "title or stars": lambda text: rating.title_or_stars(OWNER, TitleOrStars(text, worst(text), worst(text, 5), 2.0)),
    "title or stars for one of many": lambda text: rating.title_or_stars(
        OWNER, TitleOrStars(text, worst(text), Choice(text, many_films(text)), 2.5)
    ),
    "title only": lambda text: rating.title_or_stars(OWNER, TitleOrStars(text, worst(text), None, 2.0)),
    "not taken": lambda text: rating.outcomes(OWNER, (NotTaken(text, InvalidStarsError(text)),), PREFIX),
    "twenty lines": lambda text: rating.outcomes(OWNER, outcomes(text), PREFIX),
    "maybe a rating": lambda text: rating.outcomes(OWNER, (MaybeRating(text, worst(text), 4.5),), PREFIX),
    "unknown film": lambda text: rating.outcomes(OWNER, (UnknownFilm(unknown(text), 4.5),), PREFIX),
    "unknown film without stars": lambda text: rating.outcomes(OWNER, (UnknownFilm(unknown(text), None),), PREFIX),
    "films of a message": lambda text: menus.movies_found(OWNER, many_films(text)),
    "film of a message": lambda text: menus.movies_found(OWNER, (worst(text),)),
    "no film in a message": lambda text: menus.movies_found(OWNER, ()),
    "wrong film": lambda text: rating.wrong_film(OWNER, WrongFilm(10**12, worst(text), many_films(text)), OWNER),
    "wrong film, no other": lambda text: rating.wrong_film(OWNER, WrongFilm(10**12, worst(text), ()), OWNER),
    "unrated": lambda text: rating.unrated(OWNER, Unrated(worst(text), 4.5, 10**12)),
    "taken back": lambda text: journal.taken_back(TakenBack(OWNER, (entry_of(worst(text)),) * 20, True)),
    "one taken back": lambda text: journal.taken_back(TakenBack(OWNER, (entry_of(worst(text), 1),), True)),
    "brought back": lambda text: journal.taken_back(TakenBack(OWNER, (entry_of(worst(text)),), False), as_card=True),
    "a large change": lambda text: journal.ask_first(AskFirst(OWNER, entry_of(worst(text)), "large")),
    "more than the film": lambda text: journal.ask_first(AskFirst(OWNER, entry_of(worst(text)), "more", film(text, 1))),
    "history": lambda text: journal.history(
        HistoryPage(OWNER, Page(1, 10**9, 10**10), tuple(entry_of(worst(text), number=10**12 + n) for n in range(10))),
        PREFIX,
        note="n" * 2_000,
    ),
    "ratings of another": lambda text: rating.ratings_page(1, page(text), text, PREFIX),
    "own ratings": lambda text: rating.ratings_page(OWNER, page(text), text, PREFIX),
    "no ratings": lambda text: rating.ratings_page(
        OWNER, RatingsPage(OWNER, "newest", Page.of(0, 0), ()), text, PREFIX
    ),
    "shelved": lambda text: shelves.shelved(OWNER, shelved(text)),
    "shelved as it was": lambda text: shelves.shelved(OWNER, Shelved(worst(text), "hidden", True)),
    "watchlist": lambda text: shelves.watchlist(
        WatchlistPage(OWNER, "best", PAGE_OF_MANY, wanted(text), 10**6), PREFIX
    ),
    "empty watchlist": lambda text: shelves.watchlist(WatchlistPage(OWNER, "best", Page.of(0, 0), (), 0), PREFIX),
    "picked": lambda text: shelves.picked(OWNER, Picked(wanted(text)[0], 10**6)),
    "hidden films": lambda text: shelves.shelf(ShelfPage(OWNER, "hidden", PAGE_OF_MANY, many_films(text)), PREFIX),
    "no hidden films": lambda text: shelves.shelf(ShelfPage(OWNER, "hidden", Page.of(0, 0), ()), PREFIX),
    "profile": lambda text: profiles.profile(profile(text), PICTURE, text, PREFIX),
    "empty profile": lambda text: profiles.profile(empty_profile(), None, text, PREFIX),
    "adopted": lambda text: adopting.adopted(
        Adopted(OWNER, 999_999_999, 10**6, many_films(text)[:3], 10**9, 999_999_998, 10**12), PREFIX
    ),
    "privacy": lambda text: privacy.card(PrivacyCard(OWNER, held())),
    "privacy of a stranger": lambda text: privacy.card(PrivacyCard(OWNER, Holdings())),
    "privacy door": lambda text: privacy.door(OWNER, "delete"),
    "visibility set": lambda text: privacy.visibility_set(PrivacyCard(OWNER, held())),
    "training set": lambda text: privacy.training_set(PrivacyCard(OWNER, held())),
    "export": lambda text: privacy.export(Export("marquee.zip", b"zip", 10**9, 10**9), PREFIX),
    "sent privately": lambda text: privacy.sent_privately(),
    "cannot send privately": lambda text: privacy.cannot_send_privately(),
    "delete?": lambda text: privacy.deletion(Deletion(OWNER, held(), 2**40, again=True)),
    "delete trainings?": lambda text: privacy.deletion(Deletion(OWNER, Holdings(trainings=1), 2**40)),
    "deleted": lambda text: privacy.deletion(Receipt(held(), 2**40 // 1000, "0123abcd")),
    "synced": lambda text: operating.synced(1),
    "invitation": lambda text: starting.invitation(OWNER),
    "tastes": lambda text: starting.step(Choices(OWNER, tastes(text)), PREFIX),
    "question": lambda text: starting.step(
        StartQuestion(OWNER, 10**12, worst(text), 10, last=rated(text), went_on=True), PREFIX
    ),
    "first question": lambda text: starting.step(StartQuestion(OWNER, 10**12, worst(text), 1), PREFIX),
    "started": lambda text: starting.step(Finished(OWNER, 10**9, MovieList(10**12, OWNER, (), 3)), PREFIX),
    "no longer adopted": lambda text: adopting.went_back(Dropped(OWNER, 999_999_999, 10**9), PREFIX),
    "users to adopt": lambda text: adopting.suggestions(suggestions(text), PREFIX),
    "reset?": lambda text: resetting.choice(ResetChoice(OWNER, 999_999_999, 10**9), PREFIX),
    "nothing to reset": lambda text: resetting.choice(ResetChoice(OWNER, None, 0), PREFIX),
    "really reset?": lambda text: resetting.confirmation(ResetChoice(OWNER, 999_999_999, 10**9), PREFIX),
    "reset": lambda text: resetting.result(Reset(OWNER, 999_999_999, 10**9, 2**40), PREFIX),
    "not reset": lambda text: resetting.kept(),
    "nobody to adopt": lambda text: adopting.suggestions(Suggestions(OWNER, 0, (), 1, 999_999_999), PREFIX),
    "how to import": lambda text: importing.how_to(OWNER, PREFIX),
    "import preview": lambda text: importing.preview(import_preview(text), is_private=True),
    "import preview before others": lambda text: importing.preview(import_preview(text), is_private=False),
    "missing of an import": lambda text: importing.missing(import_preview(text)),
    "question of an import": lambda text: importing.question(
        Asked(10**12, OWNER, 19_998, 19_998, 19_999, "rating", text, 9999, 4.5, many_films(text))
    ),
    "question without films": lambda text: importing.question(
        Asked(10**12, OWNER, 0, 0, 1, "watchlist", text, None, None, ())
    ),
    "imported": lambda text: importing.imported(Imported(10**12, OWNER, "movielens", 20_000, 20_000), PREFIX),
    "import cancelled": lambda text: importing.closed(ImportClosed("cancelled")),
    "round": lambda text: gaming.begun(OWNER, Begun(ROUND, worst(text), 1), text),
    "guess": lambda text: gaming.guessed(Guess(worst(text), 4.5, 2**32, is_changed=True)),
    "end of a round": lambda text: gaming.ended(
        Ended(ROUND, worst(text), 0, 4.96, tuple(GuessMade(n, 4.5, 3) for n in range(1, 30))), everybody(text)
    ),
    "end of a round without a guess": lambda text: gaming.ended(Ended(ROUND, worst(text), 0, 4.96), everybody(text)),
    "end of a round about somebody": lambda text: gaming.ended(Ended(ROUND, worst(text)), {}),
    "game table": lambda text: gaming.table(
        OWNER,
        Table(10**6, 2**32, True, tuple(Standing(n, 10**6, 10**6, 10**6) for n in range(30)), 10**6, 10**6),
        everybody(text),
        PREFIX,
    ),
    "empty game table": lambda text: gaming.table(OWNER, Table(0, 0, False, (), 0, 0), {}, PREFIX),
    "joined the game": lambda text: gaming.joined(True, PREFIX),
    "films of a title": lambda text: finding.titled(OWNER, Titled(text, many_films(text), is_near=True, goes_on=True)),
    "typo": lambda text: chat_errors.unknown_command("rate", text, PREFIX),
    "help": lambda text: information.command_help(
        information.CommandHelp("rate", ("r",) * 20, "Rate films.", ("rate Heat 4",), "Rate"), PREFIX, "/"
    ),
}


ROUND = Round(10**12, 2**62, 2**62, 2**62, 1, 2**32, 2**32, None)


def everybody(text: str) -> dict[int, str]:
    return {n: f"{text[:40]} {n}" for n in range(30)}


def held() -> Holdings:
    """More than anybody has, of every kind, and of one that has no words yet."""
    kinds = ("ratings", "writes", "watchlist", "hidden", "guesses", "shown_lists", "imports", "something_new")
    return Holdings(10**18, 2**40 // 1000, "public", False, 10**9, dict.fromkeys(kinds, 10**9), 10**9)


PICTURE = Picture("stars.png", b"PNG", "bars")


def profile(text: str) -> ProfileCard:
    return ProfileCard(
        owner_id=OWNER,
        user_id=10**18,
        visibility="server",
        rated=10**9,
        this_month=10**9,
        mean=4.9999,
        kinder=-4.9999,
        genres=tuple(Favourite(text, 10**6, 4.99) for _ in range(3)),
        decades=(Favourite(1990, 10**6, 4.99),) * 2,
        accuracy=Accuracy(10**9, 4.99, -4.99, 4.99, Surprise(worst(text), 4.99, 0.5)),
        adoption=Adoption(999_999_999, 10**6),
        histogram=tuple(10**half for half in range(10)),
        others=(0.1,) * 10,
    )


def empty_profile() -> ProfileCard:
    return ProfileCard(OWNER, 10**9, "private", 0, 0, None, None, (), (), None, None, (0,) * 10, None)


def suggestions(text: str) -> Suggestions:
    users = tuple(
        Suggestion(999_999_999 - n, 10**6, 4.99, 10**6, tuple(worst(text, 10**9 + k) for k in range(3)))
        for n in range(3)
    )
    return Suggestions(OWNER, 10**9, users, 1, 999_999_999)


def import_preview(text: str) -> Preview:
    return Preview(
        import_id=10**12,
        owner_id=OWNER,
        source="letterboxd",
        scale=100,
        new=20_000,
        seen=20_000,
        changed=20_000,
        same=20_000,
        older=20_000,
        watchlist=20_000,
        hidden=20_000,
        samples=tuple(Sample(movie, 4.5) for movie in many_films(text)[:5]),
        questions=20_000,
        undecided=20_000,
        missing=tuple(Named(text, 9999, 10**9) for _ in range(1_000)),
        missing_total=20_000,
        unreadable=((text, 20_001, "rating", text),) * 20,
        unreadable_total=20_000,
        series=20_000,
        unrated=20_000,
        repeated=20_000,
    )


@pytest.mark.parametrize("text", [*HOSTILE, LONG], ids=[*HOSTILE_IDS, "200 characters"])
async def test_every_reply_fits_and_is_harmless(text: str) -> None:
    for kind, make in MAKERS.items():
        reply = make(text)
        check(reply)
        for shown in texts(reply):
            assert not MENTION.search(shown), kind
            assert "||" not in shown, kind
            assert "\u202e" not in shown, kind
            assert "Z" + "\u0489" * 3 not in shown, kind


def test_a_list_says_what_it_rests_on() -> None:
    near = (SimilarMovie(1, film(), 4.26, 0.61, 102),)
    reply = films.similar(SimilarMovies(film(), near, 102))
    assert described(reply).splitlines()[2] == "1. **Heat (1995)** ★ 4.3"
    thin = films.similar(SimilarMovies(film(), near, 9))
    assert "-# Liked by the same people ·" in described(reply)
    assert "-# Few people rated it, so these share its genres and time ·" in described(thin)


async def test_several_films_in_one_message() -> None:
    results = (
        Rated(film(), 4.5, 4.0, 1, guess=3.9),
        Rated(film("Alien", 7, 1979), 5.0, 5.0, 2),
        UnknownFilm(UnknownTitleError("zzz", (), 2018, None), 3.0),
        NotTaken("Up 7", InvalidStarsError("7")),
    )
    reply = rating.outcomes(1, results, "!")
    assert labels(reply) == ["Undo all"]
    lines = (reply.content or "").splitlines()
    assert lines == [
        "**Heat (1995)** ★★★★½ (was 4), I guessed 3.9",
        "**Alien (1979)** ★★★★★",
        (
            "I know no film called “zzz”. My catalogue ends in 2018. If it is older, check the spelling; "
            "!search finds films by a part of their title."
        ),
        "“Up 7”: “7” is not a rating I know. Stars go from 0.5 to 5 in half steps, such as 4, 4.5, 8/10 or ★★★½.",
        "Your top ten stays as it is.",
        "-# 2 films rated",
    ]


async def test_the_buttons_of_a_rating() -> None:
    reply = rating.outcome(1, Rated(film(), 5.0, None, 9, moves=(Moved(film("A", 7), None, 4),)), "!")
    assert reply.content == "**Heat (1995)** ★★★★★\nNew in your top ten: A."
    assert labels(reply) == ["Undo", "Wrong film", "Similar"]


async def test_an_unknown_film_offers_the_nearest_for_the_stars_given() -> None:
    error = UnknownTitleError("Haet 2030", (film(), film("Alien", 7, 1979)), 2018, 2030)
    reply = rating.outcome(1, UnknownFilm(error, 4.0), "!")
    assert reply.content == (
        "I know no film called “Haet 2030”. My catalogue ends in 2018. Is it one of these? "
        "The one you choose gets ★★★★."
    )
    assert labels(reply) == ["Heat (1995)", "Alien (1979)", "None of these"]
    assert reply.ephemeral


def test_the_end_of_start_says_what_the_list_rests_on() -> None:
    def end(rated_now: int, rated_ever: int) -> str:
        films = MovieList(1, OWNER, (), rated_ever)
        return "\n".join(texts(starting.step(Finished(OWNER, rated_now, films), "!")))

    assert "You rated 3 films." in end(3, 9)
    assert "the ratings you had before" in end(0, 9)
    assert "what you picked" in end(0, 0)
    assert "there already" in "\n".join(texts(starting.step(Finished(OWNER, 3, None), "!")))


def test_a_question_has_a_meter_and_remarks_on_the_answer_before() -> None:
    first = starting.step(StartQuestion(OWNER, 1, film(), 1), "!")
    assert "● ○ ○ ○ ○ ○ ○ ○ ○ ○  1 of 10" in texts(first)[-1]
    assert "!rate" in texts(first)[-1]
    assert labels(first) == ["★", "★★", "★★★", "★★★★", "★★★★★", "Haven't seen", "Seen, no stars", "Finish"]
    last = Rated(film(), 4.0, None, 9, guess=3.14)
    third = starting.step(StartQuestion(OWNER, 1, film(), 3, last=last, went_on=True), "!")
    assert "● ● ● ○ ○ ○ ○ ○ ○ ○  3 of 10\n-# You gave Heat (1995) ★★★★; my guess was 3.1." in texts(third)[-1]
    assert "Undo" in labels(third)


def test_an_edit_takes_away_what_the_new_reply_lacks() -> None:
    assert Reply("done").to_edit() == {"content": "done", "embed": None, "view": None, "attachments": []}
    assert Reply("done").to_send() == {"content": "done"}
    card = discord.Embed(title="x")
    assert Reply(embed=card).to_send() == {"embed": card}
