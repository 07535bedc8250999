"""Help, about and ping."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards import embed
from bot.chat.language import format_number, gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import escape
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.help.service import About, UnknownTopicError
from bot.version import version
from data import tmdb
from data.imdb import CREDIT, LICENCE

CITATION = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."
)

PRIVACY = gettext_noop(
    "I keep your ratings and your Discord id, never your messages. Model files hold no member's data. "
    "Ratings are shown to members of a server you share, or to whom you choose. "
    "/privacy shows all I keep about you, exports it and deletes it."
)


MENUS = ("Rate this movie", "Delete bot reply")
"""As `bot.menus` calls them, and says them in other languages."""


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
    shown = prefix.replace("`", "")
    topics: dict[str, list[str]] = {}
    for command in commands:
        topics.setdefault(command.topic, []).append(f"`{shown}{command.name}` {gettext(command.summary)}")
    parts = [f"**{gettext(topic)}**\n" + "\n".join(lines) for topic, lines in topics.items()]
    card = embed(gettext("What I can do"), "\n\n".join(parts), CALM)
    written = (
        gettext("{prefix}help rate shows how one is written", prefix=prefix)
        if prefix == "/"
        else gettext("Each works as a slash command too · {prefix}help rate shows how one is written", prefix=prefix)
    )
    menus = gettext("In a message's menu, under Apps: {menus}", menus=", ".join(gettext(menu) for menu in MENUS))
    card.set_footer(text=f"{written}\n{menus}")
    return Reply(embed=card)


def command_help(command: CommandHelp, prefix: str, written: str) -> Reply:
    """One command: what it does, examples, other names. `written` is what it begins with in a message."""
    lines = [gettext(command.summary)]
    if prefix != written:
        lines += [
            gettext(
                "`{command}` asks for what it needs. In a message it is written like this:",
                command=f"{prefix}{command.name}",
            )
        ]
    lines += [f"`{written.replace('`', '')}{gettext(example)}`" for example in command.examples]
    if command.aliases:
        others = ", ".join(f"{escape(written)}{alias}" for alias in command.aliases)
        lines.append(gettext("Also: {others}", others=others))
    return Reply(embed=embed(f"{escape(prefix)}{command.name}", "\n".join(lines), CALM))


def about(shown: About) -> Reply:
    model = shown.model or gettext("none yet; lists show what most people like")
    lines = [
        gettext(
            "Marquee {version} recommends films from what you rate. Its code is free (MIT licence).", version=version()
        ),
        gettext("**Model** {model}", model=escape(model)),
        ngettext(
            "**Catalogue** {n} film up to {year}, from {sources}",
            "**Catalogue** {n} films up to {year}, from {sources}",
            shown.films,
            year=shown.last_year,
            sources=_sources(shown),
        ),
        gettext("**Credit** {citation}", citation=CITATION),
        *([f"{CREDIT} {LICENCE}"] if shown.has_imdb else []),
        *([f"{tmdb.CREDIT} {tmdb.JUSTWATCH}"] if shown.has_tmdb else []),
        gettext("**Privacy** {told}", told=gettext(PRIVACY)),
    ]
    return Reply(embed=embed(gettext("About Marquee"), "\n".join(lines), CALM))


def _sources(shown: About) -> str:
    sources = [f"MovieLens ({escape(shown.dataset)})", *(["IMDb"] if shown.has_imdb else [])]
    return listed(sources)


def ping(latency_s: float) -> Reply:
    if latency_s != latency_s:  # nan before the first heartbeat
        return Reply(gettext("Here. Discord has not told me yet how far away it is."))
    return Reply(gettext("Here. Discord is {ms} ms away.", ms=format_number(latency_s * 1000)))


@sentence.register
def _(error: UnknownTopicError, prefix: str = "!") -> str:
    if error.nearest is None:
        return gettext(
            "There is no command “{topic}”. {prefix}help lists all of them.", topic=short(error.topic), prefix=prefix
        )
    return gettext(
        "There is no command “{topic}”. Did you mean {prefix}help {nearest}? {prefix}help lists all of them.",
        topic=short(error.topic),
        prefix=prefix,
        nearest=error.nearest,
    )
