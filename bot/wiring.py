"""Everything the bot owns while it runs: opened in order, handed to the cogs topic by topic, closed in reverse."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from discord.ext import commands

from bot.boards import BoardService, QuarantineService
from bot.boards.cog import BoardsCog
from bot.boards.quarantine_cog import QuarantineCog
from bot.catalogue import CatalogueService, read_catalogue
from bot.catalogue.origins import OriginsService
from bot.catalogue.process import reading_process
from bot.catalogue.service import open_search
from bot.catalogue.watching_cog import WatchingCog
from bot.chat.host import Host
from bot.comparing import AudienceService, ComparingService, ServerTastesReader
from bot.comparing.cog import ComparingCog
from bot.errors import SettingError
from bot.finding import FindingService
from bot.finding.chance_cog import ChanceCog
from bot.finding.cog import FindingCog
from bot.game import GameService
from bot.game.cog import GameCog
from bot.guilds import BlockService, DigestReader, GuildService, NewsService
from bot.guilds.blocking_cog import BlockingCog
from bot.guilds.cog import ConfigCog
from bot.guilds.news_cog import NewsCog
from bot.guilds.panel_cog import ConfigPanelCog
from bot.help import AboutService
from bot.help.cog import HelpCog
from bot.imports import ImportService
from bot.imports.cog import ImportsCog
from bot.imports.sources import Sources
from bot.journal import JournalService
from bot.journal.cog import JournalCog
from bot.lists import DefaultsService, FilterPanel, ListService
from bot.lists.cog import ListsCog
from bot.lists.defaults_cog import DefaultsCog
from bot.lists.following_cog import FollowingCog
from bot.lists.panel_cog import FilterPanelCog
from bot.members import FeedbackReader, MovieLensUsers
from bot.menus import MenuService
from bot.menus.cog import MenusCog
from bot.models import ModelRegistry
from bot.movienight import MovieNightService, PlanningService, SwipeService
from bot.movienight.cog import MovieNightCog
from bot.movienight.evening_cog import EveningCog
from bot.movienight.plan_replies import announced
from bot.movienight.swipe_cog import SwipeCog
from bot.movies import AddingService, MovieSearch, MovieService
from bot.movies.cog import MoviesCog
from bot.operating import Alarm, OperatingService
from bot.operating.cog import OwnerCog
from bot.operating.day_cog import DayCog
from bot.operating.housekeeping_cog import HousekeepingCog
from bot.privacy import ExportService, PrivacyService
from bot.privacy.cog import PrivacyCog
from bot.profile import AdoptionService, ProfileService, ResetService
from bot.profile.cog import ProfileCog
from bot.ratings import RatingService
from bot.ratings.cog import RatingsCog
from bot.servers import FilmStarsReader, ServerRatingsReader
from bot.servers.presence import Presence
from bot.settings import Settings, prepare_data_dir
from bot.shelves import ShelfService, WatchlistService
from bot.shelves.cog import ShelvesCog
from bot.start import StartService
from bot.start.cog import StartCog
from bot.tastecard import TasteCardService
from bot.tastecard.cog import TasteCardCog
from bot.tastemap import TasteMapService
from bot.tastemap.cog import TasteMapCog
from bot.tmdb import TmdbService
from bot.training.cog import TrainingCog
from bot.training.job import LossPlot
from bot.training.service import Schedule, TrainingService
from bot.training.snapshot import remove_snapshots
from bot.waiting import Wait
from bot.why import WhyService
from bot.why.cog import WhyCog
from data import Catalogue, Dataset, load_dataset
from data.store import Store
from data.tmdb.client import TmdbClient
from recommender import Recommender, TrainingConfig, train
from recommender.config_file import config_of
from recommender.errors import UnknownConfigError

log = logging.getLogger(__name__)


def cogs(bot: Host, services: "Services") -> Iterator[commands.Cog]:
    """A line a topic, in the order in which a newcomer needs them: `help` shows them so."""
    yield StartCog(services.start, services.tmdb)
    yield ImportsCog(services.imports)
    yield ListsCog(services.lists, services.tmdb)
    yield ChanceCog(services.finding, services.movies, services.tmdb)
    yield FollowingCog(services.lists)
    yield FilterPanelCog(services.panel, services.tmdb)
    yield DefaultsCog(services.defaults)
    yield MoviesCog(services.movies, services.tmdb, services.adding)
    yield FindingCog(services.finding, services.lists, services.movies, services.tmdb)
    yield WhyCog(services.why)
    yield MovieNightCog(services.nights, services.planning, services.presence)
    yield EveningCog(bot, services.nights, services.planning, services.presence)
    yield SwipeCog(bot, services.swiping, services.planning, services.presence)
    yield RatingsCog(services.ratings, services.adding, services.shelves)
    yield JournalCog(services.journal)
    yield ShelvesCog(services.shelves, services.watchlist, services.tmdb)
    yield ComparingCog(bot, services.comparing, services.audience, services.presence)
    yield BoardsCog(services.boards, services.presence)
    yield ProfileCog(services.profiles, services.adoption, services.resets)
    yield TasteCardCog(services.tastecards, services.presence)
    yield TasteMapCog(services.tastemaps, services.presence)
    yield GameCog(bot, services.game, services.presence, services.training.wait)
    yield PrivacyCog(services.privacy, services.exports)
    yield ConfigCog(services.guilds)
    yield ConfigPanelCog(services.guilds)
    yield BlockingCog(BlockService(services.store), services.presence)
    yield NewsCog(bot, NewsService(services.store), services.digests, services.presence)
    yield TrainingCog(bot, services.training)
    yield WatchingCog(bot, services.catalogue, services.origins)
    yield HelpCog(
        bot, AboutService(services.models, services.search, services.dataset.name, has_tmdb=services.tmdb.is_on)
    )
    yield MenusCog(bot, MenuService(services.search))
    yield HousekeepingCog(bot, services.operating)
    yield DayCog(bot, services.operating)
    yield OwnerCog(bot, services.operating)
    yield QuarantineCog(services.quarantine)


@dataclass(frozen=True, slots=True)
class Services:
    """One of each, over one store, one catalogue and one registry of models."""

    store: Store
    dataset: Dataset
    search: MovieSearch
    models: ModelRegistry
    catalogue: CatalogueService
    origins: OriginsService
    feedback: FeedbackReader
    movies: MovieService
    lists: ListService
    panel: FilterPanel
    defaults: DefaultsService
    finding: FindingService
    why: WhyService
    imports: ImportService
    ratings: RatingService
    journal: JournalService
    shelves: ShelfService
    watchlist: WatchlistService
    start: StartService
    profiles: ProfileService
    tastecards: TasteCardService
    tastemaps: TasteMapService
    adoption: AdoptionService
    resets: ResetService
    privacy: PrivacyService
    exports: ExportService
    training: TrainingService
    operating: OperatingService
    server_ratings: ServerRatingsReader
    tmdb: TmdbService
    adding: AddingService
    presence: Presence
    guilds: GuildService
    digests: DigestReader
    comparing: ComparingService
    audience: AudienceService
    boards: BoardService
    quarantine: QuarantineService
    nights: MovieNightService
    planning: PlanningService
    swiping: SwipeService
    game: GameService

    @classmethod
    async def open(cls, settings: Settings, *, plot: LossPlot, wait: Wait) -> Self:
        """Open data set, store and model; leaves nothing open where it raises.

        Raises DataError, ConfigurationError and ConfigFileError.
        """
        config = training_config(settings)
        await asyncio.to_thread(prepare_data_dir, settings)
        dataset = await asyncio.to_thread(load_dataset, settings.dataset, settings.datasets_dir)
        store = await Store.open(settings.database_path, may_be_new=settings.new_database, on_trouble=Alarm())
        try:
            await store.facts.bind_id_space(dataset.id_space)
            await store.runs.interrupt_running()
            await _keep_deleted(store, settings)
            catalogue, mark = await read_catalogue(store, dataset)
            search = await open_search(store, catalogue)
            models = ModelRegistry(
                folder=settings.models_dir,
                catalogue=catalogue,
                id_space=dataset.id_space,
                keep=settings.keep_models,
                popularity=lambda: _popularity(dataset, catalogue),
            )
            serving = await asyncio.to_thread(models.open)
        except BaseException:
            await store.close()
            raise
        log.info("serving %s from %s films of %s", serving.version, len(catalogue), dataset.name)
        movielens = MovieLensUsers(dataset)
        film_stars = FilmStarsReader(store, lambda: models.serving.last_write_id)
        feedback = FeedbackReader(store, movielens, film_stars.of_others)
        server_ratings = ServerRatingsReader(store)
        tmdb = TmdbService(store, _tmdb_client(settings))
        lists = ListService(store, search, models, feedback, server_ratings)
        ratings = RatingService(store, search, models, feedback)
        server_tastes = ServerTastesReader(server_ratings, models, movielens)
        nights = MovieNightService(store, search, models, feedback)
        planning = PlanningService(store, search, nights)

        async def next_evening(guild_id: int) -> str | None:
            plan = await planning.next_in(guild_id)
            return None if plan is None else announced(plan)

        films = CatalogueService(
            store, dataset, search, models, mark, settings.catalogue_sync, reading_process(settings, dataset, wait)
        )
        adding = AddingService(store, search, tmdb, films.notice_change)
        return cls(
            store=store,
            dataset=dataset,
            search=search,
            models=models,
            catalogue=films,
            origins=OriginsService(store, search, tmdb, fills=settings.tmdb_fill),
            feedback=feedback,
            movies=MovieService(search, models, feedback, server_ratings),
            lists=lists,
            panel=FilterPanel(store, search, models, feedback, lists),
            defaults=DefaultsService(store, search),
            finding=FindingService(store, search, models, feedback, lists),
            why=WhyService(search, models, feedback),
            imports=ImportService(store, search, dataset.id_space, adding, Sources(search, tmdb, settings.imdb_dir)),
            ratings=ratings,
            journal=JournalService(store, search),
            shelves=ShelfService(store, search),
            watchlist=WatchlistService(search, models, feedback),
            start=StartService(store, search, models, feedback, ratings, lists),
            profiles=ProfileService(store, search, movielens),
            tastecards=TasteCardService(store, search, movielens),
            tastemaps=TasteMapService(store, search, models, server_ratings),
            adoption=AdoptionService(store, search, movielens),
            resets=ResetService(store),
            privacy=PrivacyService(store, server_tastes.forget),
            exports=ExportService(store, search, dataset.id_space),
            training=TrainingService(
                store=store,
                models=models,
                dataset=dataset,
                schedule=Schedule(settings.retrain_every, settings.retrain_min_new_ratings),
                plot=plot,
                wait=wait,
                config=config,
            ),
            operating=OperatingService(store),
            server_ratings=server_ratings,
            tmdb=tmdb,
            adding=adding,
            presence=Presence(store),
            guilds=GuildService(store),
            digests=DigestReader(server_ratings, search, next_evening),
            comparing=ComparingService(store, search, models, feedback),
            audience=AudienceService(store, search, server_ratings, server_tastes),
            boards=BoardService(search, server_ratings),
            quarantine=QuarantineService(store),
            nights=nights,
            planning=planning,
            swiping=SwipeService(store, search, nights),
            game=GameService(store, search, models, feedback, server_ratings),
        )

    async def close(self) -> None:
        await self.training.close()
        await self.tmdb.close()
        await self.store.close()


def training_config(settings: Settings) -> TrainingConfig:
    """What a training in the bot trains; raises SettingError and ConfigFileError."""
    try:
        return config_of(settings.retrain_config)
    except UnknownConfigError as error:
        raise SettingError("RETRAIN_CONFIG", error.name, f"{', '.join(error.known)}, or a JSON file") from None


def _tmdb_client(settings: Settings) -> TmdbClient | None:
    if not settings.tmdb_bearer:
        return None
    api_url, image_url = str(settings.tmdb_api_url), str(settings.tmdb_image_url)
    return TmdbClient(settings.tmdb_bearer, settings.watch_region, api_url=api_url, image_url=image_url)


async def _keep_deleted(store: Store, settings: Settings) -> None:
    """Nobody who was deleted is back, neither from a database put back nor from a snapshot left by a crash."""
    await asyncio.to_thread(remove_snapshots, settings.models_dir)
    if returned := await store.personal.delete_again():
        log.warning("the database held %s members who had been deleted; they were deleted again", returned)


def _popularity(dataset: Dataset, catalogue: Catalogue) -> Recommender:
    return train(dataset.load_ratings(), catalogue.frame(), config=TrainingConfig.popularity())
