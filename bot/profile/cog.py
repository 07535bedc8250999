"""`profile`: a member's MovieLens profile, and the MovieLens user it starts from."""

import asyncio
import re
from typing import Annotated, Any, ClassVar, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, subcommand
from bot.chat.language import CHOSEN, Named
from bot.chat.people import MemberNamed, Somebody, is_member
from bot.errors import UsageError
from bot.profile import adoption_replies, replies, reset_replies
from bot.profile.adoption import AdoptionService
from bot.profile.resetting import ResetService
from bot.profile.service import ProfileService

LARGEST_ID = 999_999_999

_MY_PROFILE = re.compile(
    r"(?:(?:please|can you|could you|bitte|kannst du) )*"
    r"(?:(?:show|give|open)(?: me)? |zeige? (?:mir )?(?:bitte |mal )*)?"
    r"(?:(?:my|mein) (?:profile?|stats|statistics)(?: (?:please|bitte|zeigen))?"
    r"|how many (?:films|movies) (?:have|did) i (?:rated?|seen|watch(?:ed)?)(?: so far)?"
    r"|wie viele filme habe? ich (?:bewertet|gesehen))[\s.!?]*",
    re.IGNORECASE,
)


class MovieLensId(commands.Converter[int], app_commands.Transformer):
    """The number of a user of the data set; the ids of members begin above all of them."""

    type = discord.AppCommandOptionType.integer
    min_value = 1
    max_value = LARGEST_ID

    async def convert(self, ctx: commands.Context[Any], argument: str) -> int:
        if re.fullmatch(r"0*[1-9][0-9]{0,8}", argument, re.ASCII) is None:
            raise UsageError("profile adopt 42", argument)
        return int(argument)

    async def transform(self, interaction: discord.Interaction[Any], value: int, /) -> int:
        return value


class ProfileCog(commands.Cog, name="Profile", description="You and your data"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, profiles: ProfileService, adoption: AdoptionService, resets: ResetService) -> None:
        self._profiles = profiles
        self._adoption = adoption
        self._resets = resets

    def hears(self, ask: Ask, text: str) -> str | None:
        """`show me my profile`, said to the bot."""
        return "profile" if _MY_PROFILE.fullmatch(text) else None

    @hybrid_group(
        fallback="show",
        aliases=("stats",),
        examples=("profile", "profile @member", "profile adopt 42", "profile pictures off"),
    )
    @app_commands.describe(member="Whose profile; yours if left out")
    async def profile(self, ask: Ask, member: Annotated[Somebody, MemberNamed] = commands.Author) -> None:
        """Your ratings in numbers, what you like, and how well I guess."""
        card = await self._profiles.card(ask.user_id, member.id, ask.at, in_guild=is_member(ask, member))
        picture = await asyncio.to_thread(replies.histogram, card)
        await ask.reply(replies.profile(card, picture, member.display_name, ask.prefix))

    @subcommand(profile, kind="write", examples=("profile adopt 42", "profile adopt"))
    @app_commands.describe(user_id="A MovieLens user's number; left out, I suggest some")
    async def adopt(self, ask: Ask, user_id: Annotated[int | None, MovieLensId] = None) -> None:
        """Start from a MovieLens user's ratings, with yours going before theirs."""
        if user_id is None:
            found = await self._adoption.suggest(ask.user_id)
            await ask.reply(adoption_replies.suggestions(found, ask.prefix))
        else:
            await self._adopt(ask, user_id)

    @subcommand(profile, private=True, examples=("profile reset",))
    async def reset(self, ask: Ask) -> None:
        """Forget the MovieLens user you start from, or your ratings; undo brings them back."""
        await ask.reply(reset_replies.choice(await self._resets.choice(ask.user_id), ask.prefix))

    @subcommand(profile, private=True, examples=("profile pictures off",))
    @app_commands.describe(state="Whether you get pictures, or the same in words")
    async def pictures(self, ask: Ask, state: Literal["on", "off"]) -> None:
        """Have pictures in what I answer you, or the same in words: on or off."""
        change = await self._profiles.show_pictures(ask.user_id, state == "on", ask.at)
        ask.bot.give_pictures(ask.user_id, state == "on")
        has_server = ask.bot.has_pictures(ask.guild_id)
        await ask.reply(replies.pictures_set(ask.user_id, change, state == "on", has_server=has_server))

    @subcommand(profile, private=True, examples=("profile language deutsch",))
    @app_commands.describe(language="English, Deutsch, or auto for that of your Discord")
    async def language(self, ask: Ask, language: Named) -> None:
        """Choose the language I answer you in: english, deutsch or auto."""
        chosen = CHOSEN[language]
        change = await self._profiles.speak(ask.user_id, chosen, ask.at)
        ask.bot.give_language(ask.user_id, chosen)
        await ask.reply(replies.language_set(ask.user_id, change, chosen))

    @action("adopt_user", command="profile adopt", kind="write")
    async def adopt_chosen(self, ask: Ask, press: Press) -> None:
        await self._adopt(ask, press.number(0))

    async def _adopt(self, ask: Ask, user_id: int) -> None:
        result = await self._adoption.adopt(ask.user_id, user_id, ask.at)
        await ask.replace(adoption_replies.adopted(result, ask.prefix))

    @action("adopt_undo", command="profile adopt", kind="write")
    async def undo_adoption(self, ask: Ask, press: Press) -> None:
        user_id, before = press.numbers(2)
        result = await self._adoption.go_back(ask.user_id, user_id, before or None, ask.at)
        await ask.replace(adoption_replies.went_back(result, ask.prefix))

    @action("reset_ask", command="profile reset")
    async def ask_again(self, ask: Ask, press: Press) -> None:
        await ask.replace(reset_replies.confirmation(await self._resets.choice(ask.user_id), ask.prefix))

    @action("reset_keep", command="profile reset")
    async def keep_all(self, ask: Ask, press: Press) -> None:
        await ask.replace(reset_replies.kept())

    @action("reset_ratings", command="profile reset", kind="write")
    async def forget_ratings(self, ask: Ask, press: Press) -> None:
        rated, adopted = press.numbers(2)
        done = await self._resets.forget(ask.user_id, rated, adopted or None, ask.at)
        await ask.replace(reset_replies.result(done, ask.prefix))
