"""Pages of what a member has rated, for themselves and for others who may see it."""

from dataclasses import dataclass

from bot.chat.pages import PAGE, Page
from bot.errors import HiddenProfileError
from bot.movies.search import Films
from bot.profile.service import may_see
from data import Movie
from data.store import Order, Store


@dataclass(frozen=True, slots=True)
class RatedFilm:
    """`rated_at` in UTC epoch seconds."""

    movie: Movie
    stars: float
    rated_at: int


@dataclass(frozen=True, slots=True)
class RatingsPage:
    owner_id: int
    order: Order
    page: Page
    rows: tuple[RatedFilm, ...]


class RatedFilms:
    def __init__(self, store: Store, films: Films) -> None:
        self._store = store
        self._films = films

    async def page(self, viewer_id: int, owner_id: int, order: Order, number: int, *, in_guild: bool) -> RatingsPage:
        """One page of a member's ratings, counted from 0; raises HiddenProfileError."""
        profile = await self._store.profiles.find(owner_id)
        if not may_see(profile, viewer_id, owner_id, in_guild=in_guild):
            raise HiddenProfileError(owner_id)
        if profile is None:
            return RatingsPage(owner_id, order, Page.of(0, 0), ())
        page = Page.of(await self._store.ratings.count_of(profile.user_id), number)
        rows = await self._store.ratings.rows_of(profile.user_id, order=order, limit=PAGE, offset=page.first)
        films = tuple(RatedFilm(self._films.named(row.movie_id), row.stars, row.rated_at) for row in rows)
        return RatingsPage(owner_id, order, page, films)
