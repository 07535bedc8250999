"""`rate`, `unrate` and `ratings`, and the buttons under them."""

from typing import Annotated, Any, ClassVar, Literal, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, by_slash, examples_of, hybrid
from bot.chat.language import gettext_noop
from bot.chat.people import MemberNamed, Somebody, find, is_member
from bot.chat.reply import Reply
from bot.chat.stars import number, stars
from bot.chat.subject import replied_to
from bot.errors import UsageError
from bot.movies import AddingService, Choice, NewFilm, UnknownTitleError
from bot.movies.asking import MovieNamed, complete_movie
from bot.movies.pronouns import is_pronoun
from bot.ratings import replies
from bot.ratings.asking import by_places, in_sentence, is_of_places
from bot.ratings.corrections import correction
from bot.ratings.mentions import is_unmistakable
from bot.ratings.sayings import ratings_asked_for, stars_asked_for
from bot.ratings.service import RatingOutcome, RatingService
from bot.ratings.stars import HALF_STARS
from bot.ratings.understanding import UnknownFilm, WhichFilm
from bot.shelves import ShelfService
from bot.shelves.replies import shelved
from bot.shelves.sayings import saying
from data import Movie
from data.store import Order


class MyFilm(MovieNamed):
    """The film whose rating goes; `that` is the one of the message that is replied to, else the one rated last."""

    async def _meant(self, ask: Ask, text: str) -> Movie:
        if not is_pronoun(text):
            return await super()._meant(ask, text)
        cog = cast("RatingsCog", ask.bot.get_cog("Ratings"))
        return await cog.spoken_of(ask)


class RatingsCog(commands.Cog, name="Ratings", description="Rate"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, ratings: RatingService, adding: AddingService, shelves: ShelfService) -> None:
        self._ratings = ratings
        self._adding = adding
        self._shelves = shelves

    @by_prefix(
        name="rate",
        aliases=("r", "rating"),
        kind="write",
        examples=(gettext_noop("rate Heat 4.5"), "rate Toy Story 2: ★★★★", "rate heat 4, alien 5", "rate id:318 9/10"),
    )
    async def rate_text(self, ask: Ask, *, text: str = "") -> None:
        """Rate films: a title and 0.5 to 5 stars, several by commas or lines."""
        subject = ask.film_spoken_of
        if text:
            search = self._shelves.search
            text = by_places(ask, search, text) or in_sentence(ask, search, text) or text
            results = await self._ratings.rate_text(ask.user_id, text, ask.at, subject)
        elif subject is not None:
            results = (self._ratings.ask_stars(subject),)
        else:
            raise UsageError(examples_of(self.rate_text)[0])
        if len(results) == 1:
            await ask.reply(await self._outcome(ask, results[0], ask.prefix))
        else:
            await ask.reply(replies.outcomes(ask.user_id, results, ask.prefix))

    def hears(self, ask: Ask, text: str) -> str | None:
        """`Heat 4.5`, `I hated Cats` and `what did I rate?`, said to the bot; `loved it` in reply to a film."""
        if (whose := ratings_asked_for(text)) is not None:
            return f"ratings {whose}".strip()
        if correction(text) is not None:
            return f"meant {text}"
        if (title := self._ratings.to_unrate(text)) is not None:
            return f"unrate {title}"
        search = self._shelves.search
        if is_unmistakable(text) and (lines := by_places(ask, search, text)):
            return f"rate {lines}"
        if saying(text) is None and (lines := in_sentence(ask, search, text)):  # and not `seen the first one`
            return f"rate {lines}"
        if not is_of_places(ask, text) and self._ratings.is_about_rating(text, ask.film_spoken_of):
            return f"rate {text}"
        title = stars_asked_for(text)
        if is_pronoun(title):
            return "movie" if title and ask.film_spoken_of is not None else None
        return f"movie {title}" if self._ratings.is_film(title) else None

    @by_slash(name="rate", kind="write")
    @app_commands.rename(given="stars")
    @app_commands.describe(movie="The film's title", given="0.5 to 5 in half steps, such as 4.5 or 9/10")
    @app_commands.autocomplete(movie=complete_movie)
    async def rate_slash(self, ask: Ask, movie: str, given: str) -> None:
        """Rate a film."""
        result = await self._ratings.rate_title(ask.user_id, movie, given, ask.at)
        await ask.reply(await self._outcome(ask, result, "/"))

    @by_prefix(hidden=True, kind="write", examples=(gettext_noop("rate Heat 4.5"),))
    async def meant(self, ask: Ask, *, text: str) -> None:
        """Give other stars to the film you have just rated: no, I meant 4."""
        if (said := correction(text) or correction(f"meant {text}")) is None:
            raise UsageError(examples_of(self.meant)[0])
        subject = ask.film_spoken_of
        is_apart = subject is None and replied_to(ask.message) is not None
        result = await self._ratings.put_right(ask.user_id, said, ask.at, subject, is_apart=is_apart)
        await ask.reply(replies.outcome(ask.user_id, result, ask.prefix))

    async def _outcome(self, ask: Ask, result: RatingOutcome, prefix: str) -> Reply:
        """What came of it; a film that nobody here knows, or that is newer than a namesake, is looked for elsewhere."""
        match result:
            case UnknownFilm(UnknownTitleError(text), given) | WhichFilm(Choice(text, (_,)), given):
                found = await self._adding.find(ask.user_id, text, ask.at)
            case _:
                return replies.outcome(ask.user_id, result, prefix)
        if isinstance(found, NewFilm):
            namesake = result.choice.candidates[0] if isinstance(result, WhichFilm) else None
            return replies.add_film(ask.user_id, found, given, namesake)
        if isinstance(found, Choice) and isinstance(result, UnknownFilm):
            result = WhichFilm(found, given)
        return replies.outcome(ask.user_id, result, prefix)

    @action("add_and_rate", command="rate", kind="write")
    async def add_and_rate(self, ask: Ask, press: Press) -> None:
        await self._rate(ask, (await self._adding.add(ask.user_id, press.number(0))).movie_id, press.stars(1))

    @rate_slash.autocomplete("given")
    async def complete_stars(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        wanted = current.strip()
        return [
            app_commands.Choice(name=f"{stars(half)}  {number(half)}", value=f"{half:g}")
            for half in reversed(HALF_STARS)
            if f"{half:g}".startswith(wanted.replace(",", "."))
        ]

    @hybrid(kind="write", examples=("unrate Heat",))
    @app_commands.describe(movie="The film whose rating goes")
    async def unrate(self, ask: Ask, *, movie: Annotated[Movie, MyFilm("unrate_film", is_kept=True)]) -> None:
        """Remove one of your ratings."""
        await self._unrate(ask, movie.movie_id)

    async def spoken_of(self, ask: Ask) -> Movie:
        """The film of the message that is replied to, else the one rated last; raises UsageError."""
        movie_id = ask.film_spoken_of or await self._ratings.rated_last(ask.user_id)
        if movie_id is None:
            raise UsageError(examples_of(self.unrate)[0])
        return self._ratings.named(movie_id)

    async def _unrate(self, ask: Ask, movie_id: int) -> None:
        await ask.replace(replies.unrated(ask.user_id, await self._ratings.unrate(ask.user_id, movie_id, ask.at)))

    @hybrid(aliases=("myratings",), personal=True, examples=("ratings", "ratings highest", "ratings @member"))
    @app_commands.describe(member="Whose ratings; yours if left out", sort="Which come first")
    async def ratings(
        self,
        ask: Ask,
        member: Annotated[Somebody, MemberNamed] | None = None,
        sort: Literal["newest", "highest", "lowest"] = "newest",
    ) -> None:
        """List what you, or somebody else, have rated."""
        await ask.reply(await self._page(ask, member or ask.user, sort, 0))

    async def _page(self, ask: Ask, owner: Somebody, order: Order, page: int) -> Reply:
        shown = await self._ratings.page(ask.user_id, owner.id, order, page, in_guild=is_member(ask, owner))
        return replies.ratings_page(ask.user_id, shown, owner.display_name, ask.prefix)

    @action("ratings_page", command="ratings")
    async def turn_page(self, ask: Ask, press: Press) -> None:
        orders: dict[str, Order] = {"newest": "newest", "highest": "highest", "lowest": "lowest"}
        order, page = press.word(1, orders), press.number(2, default=0)
        await ask.replace(await self._page(ask, await find(ask, press.number(0)), order, page))

    @action("profile_ratings", command="ratings")
    async def show_ratings(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._page(ask, await find(ask, press.number(0)), "newest", 0))

    @action("wrong_film", command="rate")
    async def wrong_film(self, ask: Ask, press: Press) -> None:
        asked = await self._ratings.wrong_film(ask.user_id, press.number(0))
        message_id = ask.message.id if ask.message is not None else 0
        await ask.reply(replies.wrong_film(ask.user_id, asked, message_id))

    @action("correct", command="rate", kind="write")
    async def correct(self, ask: Ask, press: Press) -> None:
        change_id, message_id = press.numbers(2)
        reply = replies.rated(ask.user_id, await self._ratings.correct(ask.user_id, change_id, press.chosen, ask.at))
        await ask.replace(reply)
        await ask.revise(message_id, reply)

    @action("rate_film", command="rate", kind="write")
    async def rate_chosen_film(self, ask: Ask, press: Press) -> None:
        if press.text(0) == "0":
            asked = self._ratings.ask_stars(press.chosen)
            await ask.replace(replies.how_many_stars(ask.user_id, asked.movie))
        else:
            await self._rate(ask, press.chosen, press.stars(0))

    @action("rate_stars", command="rate", kind="write", film=0)
    async def rate_chosen_stars(self, ask: Ask, press: Press) -> None:
        if press.values == (replies.SEEN,):
            seen = await self._shelves.put(ask.user_id, "seen", press.number(0), ask.at)
            await ask.replace(shelved(ask.user_id, seen))
        else:
            await self._rate(ask, press.number(0), press.chosen_stars)

    @action("rate_exactly", command="rate", kind="write", film=0)
    async def rate_exactly(self, ask: Ask, press: Press) -> None:
        await self._rate(ask, press.number(0), press.stars(1))

    async def _rate(self, ask: Ask, movie_id: int, given: float) -> None:
        result = await self._ratings.rate(ask.user_id, movie_id, given, ask.at)
        await ask.replace(replies.rated(ask.user_id, result))

    @action("which_stars", command="rate", film=0)
    async def ask_stars(self, ask: Ask, press: Press) -> None:
        asked = self._ratings.ask_stars(press.subject)
        await ask.reply(replies.how_many_stars(ask.user_id, asked.movie, ephemeral=True))

    @action("unrate_film", command="unrate", kind="write")
    async def unrate_chosen(self, ask: Ask, press: Press) -> None:
        await self._unrate(ask, press.chosen)
