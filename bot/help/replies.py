"""Help, about and ping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.reply import CALM, Reply
from bot.chat.text import escape, many
from bot.models.registry import Serving
from bot.movies.lines import embed
from bot.version import version

CITATION = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."
)

PRIVACY = (
    "I keep your ratings and your Discord id, never your messages. Model files hold no member's data. "
    "Ratings are shown to members of a server you share, or to whom you choose. "
    "/privacy shows all I keep about you, exports it and deletes it."
)

EXAMPLES: Mapping[str, Sequence[str]] = {
    "start": ("start",),
    "rate": ("rate Heat 4.5", "rate Toy Story 2: ★★★★", "rate id:318 9/10"),
    "recommend": (
        "recommend",
        "recommend 5",
        "recommend comedy drama without:romance",
        "recommend sci-fi 80s deep",
        "recommend watchlist 1990-1999 popular",
    ),
    "movie": ("movie The Matrix",),
    "similar": ("similar Alien",),
    "why": ("why Alien",),
    "watchlist": ("watchlist", "watchlist add Heat", "wl Heat", "watchlist remove Heat", "watchlist pick"),
    "hide": ("hide Heat", "hide", "hide remove Heat"),
    "ratings": ("ratings", "ratings highest", "ratings @member"),
    "unrate": ("unrate Heat",),
    "undo": ("undo",),
    "privacy": ("privacy", "privacy export", "privacy visibility private", "privacy training off", "privacy delete"),
    "profile": ("profile", "profile @member", "profile adopt 42"),
    "profile reset": ("profile reset",),
    "profile adopt": ("profile adopt 42", "profile adopt"),
    "import": ("import",),
    "retrain": ("retrain", "retrain force"),
    "help": ("help rate",),
}


@dataclass(frozen=True, slots=True)
class CommandHelp:
    name: str
    aliases: tuple[str, ...]
    summary: str


def overview(topics: Mapping[str, Sequence[CommandHelp]], prefix: str) -> Reply:
    """Every command with what it does, by topic."""
    shown = prefix.replace("`", "")
    parts = []
    for topic, commands in topics.items():
        lines = [f"`{shown}{command.name}` {command.summary}" for command in commands]
        parts.append(f"**{topic}**\n" + "\n".join(lines))
    card = embed("What I can do", "\n\n".join(parts), CALM)
    card.set_footer(
        text=f"Each works as a slash command too · {prefix}help rate shows how one is written\n"
        "In a message's menu, under Apps: Rate this movie, Delete bot reply"
    )
    return Reply(embed=card)


def command_help(command: CommandHelp, prefix: str) -> Reply:
    """One command: what it does, examples, other names."""
    lines = [command.summary]
    examples = EXAMPLES.get(command.name, (command.name,))
    lines += [f"`{prefix.replace('`', '')}{example}`" for example in examples]
    if command.aliases:
        lines.append("Also: " + ", ".join(f"{escape(prefix)}{alias}" for alias in command.aliases))
    return Reply(embed=embed(f"{escape(prefix)}{command.name}", "\n".join(lines), CALM))


def about(serving: Serving, films: int, last_year: int, dataset: str) -> Reply:
    model = serving.version if serving.is_trained else "none yet; lists show what most people like"
    lines = [
        f"Marquee {version()} recommends films from what you rate. Its code is free (MIT licence).",
        f"**Model** {escape(model)}",
        f"**Catalogue** {many(films, 'film')} up to {last_year}, from MovieLens ({escape(dataset)})",
        f"**Credit** {CITATION}",
        f"**Privacy** {PRIVACY}",
    ]
    return Reply(embed=embed("About Marquee", "\n".join(lines), CALM))


def synced(commands: int) -> Reply:
    return Reply(f"{many(commands, 'slash command')} registered.")


def ping(latency_s: float) -> Reply:
    if latency_s != latency_s:  # nan before the first heartbeat
        return Reply("Here. Discord has not told me yet how far away it is.")
    return Reply(f"Here. Discord is {latency_s * 1000:.0f} ms away.")
