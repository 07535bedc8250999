"""What `help` and `about` tell of."""

from dataclasses import dataclass

from bot.errors import UserError
from bot.models import ModelRegistry
from bot.movies import MovieSearch


@dataclass(eq=False)
class UnknownTopicError(UserError):
    """Help for something that is not there."""

    topic: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class About:
    """`model` is the version in use, None before the first training."""

    model: str | None
    films: int
    last_year: int
    dataset: str
    has_imdb: bool = False
    has_tmdb: bool = False


class AboutService:
    def __init__(self, models: ModelRegistry, search: MovieSearch, dataset: str, *, has_tmdb: bool = False) -> None:
        self._models = models
        self._search = search
        self._dataset = dataset
        self._has_tmdb = has_tmdb

    def about(self) -> About:
        serving = self._models.serving
        model = serving.version if serving.is_trained else None
        catalogue = self._search.catalogue
        films, last_year, has_imdb = len(catalogue), catalogue.last_year, catalogue.has_imdb
        return About(model, films, last_year, self._dataset, has_imdb, self._has_tmdb)
