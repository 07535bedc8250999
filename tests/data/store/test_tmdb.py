"""What is kept of where films come from."""

from data.store import KeptFilm, KeptOrigins, Store
from data.tmdb.film import TmdbFilm


async def test_where_films_come_from(store: Store) -> None:
    await store.tmdb.keep(1, "US", KeptFilm(TmdbFilm(1, origins=("Korean", "South Korea")), 100))
    await store.tmdb.keep(2, "DE", KeptFilm(TmdbFilm(2, origins=("Korean", "South Korea")), 200))
    await store.tmdb.keep(3, "US", KeptFilm(TmdbFilm(3, origins=()), 200))
    await store.tmdb.keep(4, "US", KeptFilm(None, 200))
    await store.tmdb.keep(5, "US", KeptFilm(TmdbFilm(5, countries=("Japan",)), 200))  # before they were read
    korean = ("Korean", "South Korea")
    kept = {2: KeptOrigins(korean, 200), 3: KeptOrigins((), 200), 4: KeptOrigins((), 200)}
    assert await store.tmdb.origins(100) == kept
    assert await store.tmdb.origins(99) == {1: KeptOrigins(korean, 100)} | kept
    assert (await store.films.counts()).from_tmdb == 5
