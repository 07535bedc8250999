"""Help, about and ping."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards import embed
from bot.chat.markdown import escape
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.text import many
from bot.help.service import About, UnknownTopicError
from bot.version import version
from data import tmdb
from data.imdb import CREDIT, LICENCE

CITATION = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."
)

PRIVACY = (
    "I keep your ratings and your Discord id, never your messages. Model files hold no member's data. "
    "Ratings are shown to members of a server you share, or to whom you choose. "
    "/privacy shows all I keep about you, exports it and deletes it."
)


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """A command as it was declared; `topic` is the part of help it stands in."""

    name: str
    aliases: tuple[str, ...]
    summary: str
    examples: tuple[str, ...]
    topic: str


def overview(commands: Sequence[CommandHelp], prefix: str) -> Reply:
    """Every command with what it does, by topic, in the order of their first commands."""
    shown, is_slash = prefix.replace("`", ""), prefix == "/"
    topics: dict[str, list[str]] = {}
    for command in commands:
        topics.setdefault(command.topic, []).append(f"`{shown}{command.name}` {command.summary}")
    parts = [f"**{topic}**\n" + "\n".join(lines) for topic, lines in topics.items()]
    card = embed("What I can do", "\n\n".join(parts), CALM)
    card.set_footer(
        text=f"{'' if is_slash else 'Each works as a slash command too · '}{prefix}help rate shows how one is written\n"
        "In a message's menu, under Apps: Rate this movie, Delete bot reply"
    )
    return Reply(embed=card)


def command_help(command: CommandHelp, prefix: str, written: str) -> Reply:
    """One command: what it does, examples, other names. `written` is what it begins with in a message."""
    lines = [command.summary]
    if prefix != written:
        lines += [f"`{prefix}{command.name}` asks for what it needs. In a message it is written like this:"]
    lines += [f"`{written.replace('`', '')}{example}`" for example in command.examples]
    if command.aliases:
        lines.append("Also: " + ", ".join(f"{escape(written)}{alias}" for alias in command.aliases))
    return Reply(embed=embed(f"{escape(prefix)}{command.name}", "\n".join(lines), CALM))


def about(shown: About) -> Reply:
    model = shown.model or "none yet; lists show what most people like"
    lines = [
        f"Marquee {version()} recommends films from what you rate. Its code is free (MIT licence).",
        f"**Model** {escape(model)}",
        f"**Catalogue** {many(shown.films, 'film')} up to {shown.last_year}, from {_sources(shown)}",
        f"**Credit** {CITATION}",
        *([f"{CREDIT} {LICENCE}"] if shown.has_imdb else []),
        *([f"{tmdb.CREDIT} {tmdb.JUSTWATCH}"] if shown.has_tmdb else []),
        f"**Privacy** {PRIVACY}",
    ]
    return Reply(embed=embed("About Marquee", "\n".join(lines), CALM))


def _sources(shown: About) -> str:
    return f"MovieLens ({escape(shown.dataset)}){' and IMDb' if shown.has_imdb else ''}"


def ping(latency_s: float) -> Reply:
    if latency_s != latency_s:  # nan before the first heartbeat
        return Reply("Here. Discord has not told me yet how far away it is.")
    return Reply(f"Here. Discord is {latency_s * 1000:.0f} ms away.")


@sentence.register
def _(error: UnknownTopicError, prefix: str = "!") -> str:
    near = f" Did you mean {prefix}help {error.nearest}?" if error.nearest else ""
    return f"There is no command “{short(error.topic)}”.{near} {prefix}help lists all of them."
