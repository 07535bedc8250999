"""A small discord.py bot with one of everything the demo must handle, independent of any model."""

import asyncio
import contextlib
import contextvars
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from threading import Thread
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.demo.roster import OPERATOR_ID
from bot.demo.world import MakeBot
from bot.waiting import Wait

STEPS = 6


class _Worker:
    """What the worker process holds."""

    pipe: Connection
    cancel: Event


def _start(pipe: Connection, cancel: Event) -> None:
    _Worker.pipe, _Worker.cancel = pipe, cancel


def _train(seconds: float) -> str:
    for step in range(STEPS):
        _Worker.pipe.send(step)
        if _Worker.cancel.wait(seconds / STEPS):
            return "cancelled"
    return "done"


class ToyTraining:
    """A job in a process of its own, with progress through a pipe."""

    def __init__(self, wait: Wait) -> None:
        self._wait = wait
        self._task: asyncio.Task[None] | None = None
        self._cancel: Event | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self, seconds: float, message: discord.Message) -> None:
        self._task = asyncio.create_task(self._run(seconds, message))

    async def _run(self, seconds: float, message: discord.Message) -> None:
        context = multiprocessing.get_context("spawn")
        reader, writer = context.Pipe(duplex=False)
        self._cancel = context.Event()
        loop, here, edits = asyncio.get_running_loop(), contextvars.copy_context(), set[asyncio.Task[Any]]()

        is_over = asyncio.Event()

        def show(step: int) -> None:
            if is_over.is_set():
                return
            text = f"training {step} of {STEPS}"
            edits.add(asyncio.create_task(message.edit(content=text)))

        def read() -> None:
            with contextlib.suppress(EOFError, OSError, RuntimeError):
                while True:
                    loop.call_soon_threadsafe(show, reader.recv(), context=here)

        Thread(target=read, daemon=True).start()
        pool = ProcessPoolExecutor(1, mp_context=context, initializer=_start, initargs=(writer, self._cancel))
        try:
            end = await self._wait(asyncio.wrap_future(pool.submit(_train, seconds)))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            writer.close()
        is_over.set()
        await asyncio.gather(*edits)
        await message.edit(content=f"training {end}", view=None)

    async def cancel(self) -> None:
        assert self._cancel is not None
        self._cancel.set()

    async def close(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


class Form(discord.ui.Modal, title="Filters"):
    """A form with a prefilled field and a select."""

    genre: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Genre")
    year: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Year", default="1995")
    order: discord.ui.Label[Any] = discord.ui.Label(
        text="Order",
        component=discord.ui.Select(
            options=[discord.SelectOption(label="Best first", value="best"), discord.SelectOption(label="Newest")],
            required=False,
        ),
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        chosen = self.order.component
        assert isinstance(chosen, discord.ui.Select)
        text = f"filtered by {self.genre.value} in {self.year.value}, {chosen.values or 'as it is'}"
        await interaction.response.send_message(text, ephemeral=True)


class Buttons(discord.ui.View):
    """`Undo` edits, `Form` opens a form, `Mine` answers its owner only, a select, a link, a disabled button."""

    def __init__(self, owner_id: int = 0) -> None:
        super().__init__(timeout=None)
        self.owner_id = owner_id
        self.add_item(discord.ui.Button(label="Site", url="https://example.org"))

    @discord.ui.button(label="Undo", custom_id="undo")
    async def undo(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="taken back", view=None)

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.button(label="Mine", custom_id="mine")
    async def mine(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        text = "yours" if interaction.user.id == self.owner_id else "somebody else's"
        await interaction.response.send_message(text, ephemeral=True)

    @discord.ui.button(label="Gone", custom_id="gone", disabled=True)
    async def gone(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_message("unreachable")

    @discord.ui.select(
        placeholder="Which film?",
        custom_id="film",
        max_values=2,
        options=[
            discord.SelectOption(label=label, value=value) for label, value in (("Heat (1995)", "10"), ("Alien", "20"))
        ],
    )
    async def film(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(f"film {', '.join(select.values)}")


class Layout(discord.ui.LayoutView):
    """Components V2: text, a card with a button in a section, a picture with its own alternative text."""

    heading: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay("**Above**")
    card: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("In the card"),
        discord.ui.Section("Beside the button", accessory=discord.ui.Button(label="Watch", custom_id="watch")),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://plot.png", description="A line going down")),
    )


class Toy(commands.Cog):
    """The commands."""

    def __init__(self, bot: "ToyBot") -> None:
        self.bot = bot
        self.minutes = 0

    async def cog_load(self) -> None:
        self.tick.start()

    async def cog_unload(self) -> None:
        self.tick.cancel()

    @tasks.loop(minutes=1)
    async def tick(self) -> None:
        self.minutes += 1

    @commands.hybrid_command()
    async def ping(self, ctx: commands.Context[Any]) -> None:
        await ctx.reply(f"pong {ctx.author.name}", ephemeral=True)

    @commands.hybrid_command()
    async def card(self, ctx: commands.Context[Any]) -> None:
        embed = discord.Embed(title="A card", description="**Heat (1995)** ★★★★½")
        embed.set_author(name="By us").add_field(name="Field", value="its value").set_footer(text="a footer")
        await ctx.send("Before", embed=embed, view=Buttons(ctx.author.id))

    @commands.hybrid_command()
    async def layout(self, ctx: commands.Context[Any]) -> None:
        await ctx.send(view=Layout(), file=discord.File(BytesIO(b"png"), "plot.png"))

    @commands.hybrid_command()
    async def picture(self, ctx: commands.Context[Any]) -> None:
        await ctx.send("see", file=discord.File(BytesIO(b"12345"), "loss.png", description="Loss by epoch"))

    @commands.hybrid_command()
    async def slow(self, ctx: commands.Context[Any]) -> None:
        async with ctx.typing():
            await asyncio.sleep(0)
            await ctx.send("at last", ephemeral=True)

    @commands.command()
    async def whisper(self, ctx: commands.Context[Any], *, text: str = "psst") -> None:
        await ctx.author.send(text, view=Buttons(ctx.author.id))

    @commands.command()
    async def echo(self, ctx: commands.Context[Any], *, text: str) -> None:
        files = [f"{one.filename} {len(await one.read())}" for one in ctx.message.attachments]
        await ctx.send(" + ".join([text, *files]))

    @commands.command()
    async def age(self, ctx: commands.Context[Any]) -> None:
        now = discord.utils.utcnow()
        await ctx.send(f"{ctx.author.id} {(now - ctx.author.created_at).days} {self.minutes} {now.timestamp():.1f}")

    @commands.command()
    async def hang(self, ctx: commands.Context[Any]) -> None:
        await asyncio.get_running_loop().create_future()

    @commands.command()
    async def bug(self, ctx: commands.Context[Any]) -> None:
        raise RuntimeError("a bug")

    @commands.command()
    async def retrain(self, ctx: commands.Context[Any], seconds: float = 0.4) -> None:
        if ctx.author.id != OPERATOR_ID:
            await ctx.send("operators only")
            return
        self.bot.retraining.start(seconds, await ctx.send("training", view=Buttons()))

    @app_commands.command()
    async def silent(self, interaction: discord.Interaction[Any]) -> None:
        """A command that never answers."""

    @app_commands.command()
    async def languages(self, interaction: discord.Interaction[Any]) -> None:
        """Tell which languages are spoken."""
        await interaction.response.send_message(f"{interaction.locale} in {interaction.guild_locale}")

    @app_commands.command()
    async def find(
        self,
        interaction: discord.Interaction[Any],
        movie: str,
        count: app_commands.Range[int, 1, 10] = 10,
        exact: bool = False,
        order: Literal["best", "newest"] = "best",
        member: discord.User | None = None,
    ) -> None:
        """Options of all types."""
        name = member.name if member else None
        await interaction.response.send_message(f"{movie!r} {count!r} {exact!r} {order!r} {name!r}")

    @find.autocomplete("movie")
    async def movies(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        films = ("Toy Story (1995)", "Toy Story 2 (1999)", "Heat (1995)")
        return [app_commands.Choice(name=film, value=film) for film in films if film.lower().startswith(typed.lower())]

    profile = app_commands.Group(name="profile", description="A group")

    @profile.command()
    async def adopt(self, interaction: discord.Interaction[Any], user: int) -> None:
        """A subcommand."""
        await interaction.response.send_message(f"adopted {user}")


@app_commands.context_menu(name="Compare taste")
async def compare(interaction: discord.Interaction[Any], member: discord.Member) -> None:
    await interaction.response.send_message(f"you and {member.name}", ephemeral=True)


@app_commands.context_menu(name="Quote this")
async def quote(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"{message.author.name} said {message.content}", ephemeral=True)


class ToyBot(commands.AutoShardedBot):
    """Its commands are synced at the first start only, as `synced` says, like a bot that keeps a hash of them."""

    def __init__(self, wait: Wait, synced: set[str]) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(
            commands.when_mentioned_or("!"), intents=intents, chunk_guilds_at_startup=False, help_command=None
        )
        self.bugs = 0
        self.synced = synced
        self.was_closed = False
        self.retraining = ToyTraining(wait)

    async def setup_hook(self) -> None:
        await self.add_cog(Toy(self))
        self.tree.add_command(compare)
        self.tree.add_command(quote)
        self.add_view(Buttons())
        if not self.synced:
            await self.tree.sync()
            self.synced.add("global")

    async def close(self) -> None:
        await super().close()
        await self.retraining.close()
        self.was_closed = True

    async def on_command_error(self, ctx: commands.Context[Any], error: commands.CommandError, /) -> None:
        if isinstance(error, commands.CommandNotFound):
            await ctx.send("no such command")
            return
        self.bugs += 1
        await ctx.send("something went wrong")


def toy_maker(made: list[ToyBot] | None = None, synced: set[str] | None = None) -> MakeBot:
    """A maker of toy bots; those made are appended to `made`."""
    synced = set() if synced is None else synced

    def make(wait: Wait) -> ToyBot:
        bot = ToyBot(wait, synced)
        if made is not None:
            made.append(bot)
        return bot

    return make
