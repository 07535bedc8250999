"""Everything the bot owns while it runs: opened in order, closed in reverse."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Self

from bot.errors import SettingError
from bot.imports import Importing
from bot.lists.filter_words import FilterWords
from bot.lists.panel import FilterPanel
from bot.lists.service import Listing
from bot.members.feedback import Tastes
from bot.members.movielens import MovieLensUsers
from bot.models.registry import ModelShelf
from bot.movies.search import Films
from bot.movies.service import Recommending
from bot.operating.alarm import Alarm
from bot.privacy.export import Exporting
from bot.privacy.service import Privacy
from bot.profile.adoption import Adopting
from bot.profile.resetting import Resetting
from bot.profile.service import Profiles
from bot.ratings.rated import RatedFilms
from bot.ratings.service import Rating
from bot.settings import Settings, prepare_data_dir
from bot.shelves.service import Shelves
from bot.shelves.watchlist import Watchlist
from bot.start.service import Starting
from bot.training.job import LossPlot
from bot.training.service import Retraining, Schedule, Wait
from bot.training.snapshot import remove_snapshots
from bot.why.service import Explaining
from data import Catalogue, Dataset, TitleIndex, load_dataset
from data.store import Store
from recommender import Recommender, TrainingConfig, train
from recommender.config_file import config_of
from recommender.errors import UnknownConfigError

log = logging.getLogger(__name__)

SHOWN_LISTS_KEPT_S = 180 * 86_400
"""How long `More` goes on where it stopped."""
OPEN_IMPORTS_KEPT_S = 86_400
"""How long a preview waits for an answer."""
HANDLED_KEPT_S = 86_400
"""How long a message that Discord delivers again is known; it repeats what is some minutes old."""


@dataclass(frozen=True, slots=True)
class Household:
    """The services, wired over one store, one catalogue and one shelf of models."""

    store: Store
    dataset: Dataset
    films: Films
    shelf: ModelShelf
    filter_words: FilterWords
    listing: Listing
    filter_panel: FilterPanel
    recommending: Recommending
    explaining: Explaining
    rating: Rating
    rated_films: RatedFilms
    shelves: Shelves
    starting: Starting
    importing: Importing
    watchlist: Watchlist
    profiles: Profiles
    privacy: Privacy
    exporting: Exporting
    adopting: Adopting
    resetting: Resetting
    retraining: Retraining

    @classmethod
    async def open(cls, settings: Settings, *, plot: LossPlot, wait: Wait) -> Self:
        """Open data set, store and model; leaves nothing open where it raises.

        Raises DataError, ConfigurationError and ConfigFileError.
        """
        config = training_config(settings)
        await asyncio.to_thread(prepare_data_dir, settings)
        dataset, films = await asyncio.to_thread(_open_films, settings)
        store = await Store.open(settings.database_path, may_be_new=settings.new_database, on_trouble=Alarm())
        try:
            await store.facts.bind_id_space(dataset.id_space)
            await store.runs.interrupt_running()
            await _keep_deleted(store, settings)
            shelf = ModelShelf(
                folder=settings.models_dir,
                catalogue=films.catalogue,
                id_space=dataset.id_space,
                keep=settings.keep_models,
                popularity=lambda: _popularity(dataset, films.catalogue),
            )
            serving = await asyncio.to_thread(shelf.open)
        except BaseException:
            await store.close()
            raise
        log.info("serving %s from %s films of %s", serving.version, len(films.catalogue), dataset.name)
        movielens = MovieLensUsers(dataset)
        tastes = Tastes(store, movielens)
        listing = Listing(store, films, shelf, tastes)
        recommending = Recommending(films, shelf, tastes)
        importing = Importing(store, films, dataset.id_space)
        rating = Rating(store, films, recommending, tastes, importing)
        return cls(
            store=store,
            dataset=dataset,
            films=films,
            shelf=shelf,
            filter_words=FilterWords(films.catalogue.genres, films.catalogue.last_year),
            listing=listing,
            filter_panel=FilterPanel(store, films, shelf, tastes, listing),
            recommending=recommending,
            explaining=Explaining(films, shelf, tastes),
            rating=rating,
            rated_films=RatedFilms(store, films),
            shelves=Shelves(store, films),
            starting=Starting(store, films, shelf, tastes, rating, listing),
            importing=importing,
            watchlist=Watchlist(films, shelf, tastes),
            privacy=Privacy(store),
            exporting=Exporting(store, films, dataset.id_space),
            profiles=Profiles(store, films, movielens),
            adopting=Adopting(store, films, movielens),
            resetting=Resetting(store),
            retraining=Retraining(
                store=store,
                shelf=shelf,
                dataset=dataset,
                schedule=Schedule(settings.retrain_every, settings.retrain_min_new_ratings),
                plot=plot,
                wait=wait,
                config=config,
            ),
        )

    async def tidy(self, now: int) -> None:
        """Forget what is too old to go on with, to go back to, or to come again; `now` is Discord's epoch seconds."""
        await self.store.lists.prune(now - SHOWN_LISTS_KEPT_S)
        await self.store.imports.prune(now - OPEN_IMPORTS_KEPT_S)
        await self.store.handled.prune(now - HANDLED_KEPT_S)
        await self.store.personal.tidy(now)

    async def close(self) -> None:
        await self.retraining.close()
        await self.store.close()


def training_config(settings: Settings) -> TrainingConfig:
    """What a training in the bot trains; raises SettingError and ConfigFileError."""
    try:
        return config_of(settings.retrain_config)
    except UnknownConfigError as error:
        raise SettingError("RETRAIN_CONFIG", error.name, f"{', '.join(error.known)}, or a JSON file") from None


async def _keep_deleted(store: Store, settings: Settings) -> None:
    """Nobody who was deleted is back, neither from a database put back nor from a snapshot left by a crash."""
    await asyncio.to_thread(remove_snapshots, settings.models_dir)
    if returned := await store.personal.delete_again():
        log.warning("the database held %s members who had been deleted; they were deleted again", returned)


def _open_films(settings: Settings) -> tuple[Dataset, Films]:
    dataset = load_dataset(settings.dataset, settings.datasets_dir)
    catalogue = Catalogue.from_dataset(dataset)
    return dataset, Films(catalogue, TitleIndex(catalogue))


def _popularity(dataset: Dataset, catalogue: Catalogue) -> Recommender:
    return train(dataset.load_ratings(), catalogue.frame(), config=TrainingConfig.popularity())
