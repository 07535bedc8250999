"""Replies to importing: where to get an export, the preview, the questions, and what came of it."""

from collections.abc import Iterator

import discord

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionForm, ActionSelect, FormField
from bot.chat.markdown import bold, escape, quote
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import stars
from bot.chat.text import cut, many, option, plain
from bot.imports.errors import ImportFault, ImportFileError
from bot.imports.plan import Named
from bot.imports.service import Asked, ImportClosed, Imported, Preview

IMPORTABLE = (
    "I take exports of MovieLens (csv), Letterboxd (zip or csv), IMDb (csv) and Trakt (json or zip), and my own (zip)"
)

_IMPORT_FAULTS: dict[ImportFault, str] = {
    "too_large": "That file is larger than 5 MB, more than any list of ratings needs. {takes}.",
    "unpacks_large": "That zip unpacks to far more than a list of ratings, so I did not open it. {takes}.",
    "damaged": "That file is damaged, or not what it says it is. Download the export again and send it whole.",
    "encrypted": "That zip asks for a password. Send the export as the site gave it to you.",
    "unknown": "I do not know the columns of that file. {takes}. {prefix}import tells where each site has it.",
    "too_many_rows": "That file has more than 20,000 rows, more than I take at once. Split it and send the parts.",
    "several_people": "That file holds the ratings of several people. Send one with yours alone.",
    "no_ratings": "There is nothing in that file that I could take: no stars, no watchlist and nothing seen. {takes}.",
    "several_files": "I take one file at a time. Send the site's zip as it is, or one file after the other.",
    "not_fetched": "Discord did not give me that file. Send it again.",
}

SITES = {"movielens": "MovieLens", "letterboxd": "Letterboxd", "imdb": "IMDb", "trakt": "Trakt", "marquee": "Marquee"}
METER_WIDTH = 12
ROWS_NAMED = 3
MISSING_LIMIT = 3_400
"""Characters of names of missing films."""
_NAME_LIMIT = 80

_FAULTS = {"rating": "no rating I can read", "title": "no film is named", "row": "not a row of the table"}


def how_to(owner_id: int, prefix: str) -> Reply:
    """Where each site has its export."""
    return Reply(
        layout=card(
            "### Bring your ratings along",
            f"Choose your file below, or send it along with {escape(prefix)}import. {IMPORTABLE}.",
            "**Letterboxd** Settings, Data, Export your data\n"
            "**IMDb** Your ratings, the three dots, Export; then Exports in your account\n"
            "**Trakt** Settings, Data, Export\n"
            "**MovieLens** Settings, Import/export\n"
            f"**Marquee** {escape(prefix)}privacy export",
            "-# You see what I found before anything is written, and an import can be taken back as one.",
            [ActionButton("Choose a file", "import_choose", owner_id, style=discord.ButtonStyle.primary)],
            colour=CALM,
        ),
        ephemeral=True,
    )


def file_form(owner_id: int) -> ActionForm:
    return ActionForm(
        "Bring your ratings along",
        "import_sent",
        owner_id,
        fields=[FormField("file", "Your export", "A zip, csv or json, as the site gave it to you", is_file=True)],
    )


def preview(found: Preview, *, is_private: bool) -> Reply:
    """What an import would do, with what is left to decide; before others it names no film."""
    parts = [f"### Your file from {SITES[found.source]}", "\n".join(_counts(found))]
    if is_private and found.samples:
        parts.append("\n".join(f"{bold(one.movie)} {stars(one.stars)}" for one in found.samples))
    parts.append("\n".join(_notes(found, is_private=is_private)))
    buttons = [
        _button("Confirm", "import_confirm", found, style=discord.ButtonStyle.success, disabled=not found.writes)
    ]
    if found.undecided:
        buttons.append(_button("Fix", "import_fix", found))
    if found.to_look_up:
        buttons.append(_button("Look up", "import_look_up", found))
    if found.missing_total:
        buttons.append(_button("Missing", "import_missing", found))
    buttons.append(_button("Cancel", "import_cancel", found))
    return Reply(layout=card(*parts, buttons), ephemeral=is_private)


def looking_up(found: Preview, done: int) -> Reply:
    """How far the films that nobody here knows were looked for."""
    of = found.to_look_up
    filled = round(METER_WIDTH * done / max(of, 1))
    return Reply(
        layout=card(
            f"### Your file from {SITES[found.source]}",
            f"Looking up {many(of, 'film')} that I do not know yet.\n"
            f"`{'█' * filled}{'░' * (METER_WIDTH - filled)}` {done:,} of {of:,}",
            [_button("Go on without", "import_go_on", found), _button("Cancel", "import_cancel", found)],
            colour=CALM,
        ),
        ephemeral=True,
    )


def _button(
    label: str,
    action: str,
    one: Preview | Asked | Imported,
    *arguments: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> ActionButton:
    return ActionButton(label, action, one.owner_id, one.import_id, *arguments, style=style, disabled=disabled)


def _counts(found: Preview) -> Iterator[str]:
    rated = {
        "new": found.new,
        "changed": found.changed,
        "as they are": found.same,
        "older than what you said here, which stays": found.older,
    }
    total = sum(rated.values())
    told = ", ".join(f"{count:,} {what}" for what, count in rated.items() if count)
    yield f"**{many(total, 'rating')} matched**" + (f": {told}" if told else "")
    if found.watchlist:
        yield f"**{many(found.watchlist, 'film')}** for your watchlist"
    if found.hidden:
        yield f"**{many(found.hidden, 'film')}** to hide"
    if found.seen:
        yield f"**{many(found.seen, 'film')}** you have seen, without stars; they stay out of your lists"
    if found.questions:
        yield f"**{found.questions:,} ambiguous**: " + (
            f"{found.undecided:,} to decide. Fix asks you film by film; without an answer they stay out."
            if found.undecided
            else "all decided."
        )
    if found.added:
        yield f"**{many(found.added, 'film')} new to me**: added when you confirm"
    if found.missing_total:
        yield f"**{found.missing_total:,} missing** from my catalogue"
    if found.unreadable_total:
        yield f"**{many(found.unreadable_total, 'row')} unreadable**"


def _notes(found: Preview, *, is_private: bool) -> Iterator[str]:
    """What else there is to know, in small print."""
    if not found.writes and not found.undecided:
        yield "There is nothing new in it for me."
    if is_private:
        for file, line, fault, text in found.unreadable[:ROWS_NAMED]:
            shown = f" {quote(text)}" if plain(text) else ""
            yield f"-# {escape(cut(plain(file), _NAME_LIMIT))}, row {line}: {_FAULTS[fault]}{shown}"
    if found.to_look_up:
        yield (
            f"-# {many(found.to_look_up, 'film')} not looked up yet: press Look up to go on, or confirm now and send "
            "the file again another day."
        )
    if found.series:
        yield f"-# {many(found.series, 'series or episode', 'series and episodes')} left out; I know films."
    if found.unrated:
        yield f"-# {many(found.unrated, 'film')} without stars left out."
    if found.repeated:
        yield f"-# {many(found.repeated, 'film')} stood there more than once; the newest counts."
    if found.scale != 5:
        yield f"-# {found.scale} of {found.scale} is ★★★★★, to the nearest half star."
    yield "-# Nothing is written before you confirm. Times stay as they are in the file."
    if not is_private:
        yield "-# Everybody here can see this, so it names no film. /import shows all of it to you alone."


def question(asked: Asked) -> Reply:
    """One row of the file, and the films it may be."""
    given = f" {stars(asked.stars)}" if asked.stars is not None else ""
    year = f" ({asked.year})" if asked.year is not None else ""
    filled = round(METER_WIDTH * asked.decided / max(asked.questions, 1))
    choose = [
        ActionSelect(
            "Choose the film", "import_pick", asked.owner_id, asked.import_id, asked.place,
            options=[(option(movie), str(movie.movie_id)) for movie in asked.candidates],
        )
    ]  # fmt: skip
    return Reply(
        layout=card(
            f"### Which film is {quote(asked.title)}{year}?{given}",
            f"`{'█' * filled}{'░' * (METER_WIDTH - filled)}` {asked.decided:,} of {asked.questions:,} decided",
            *([choose] if asked.candidates else ()),
            [
                _button("None of these" if asked.candidates else "Skip", "import_skip", asked, asked.place),
                _button("Back to the preview", "import_preview", asked),
            ],
        ),
        ephemeral=True,
    )


def missing(found: Preview) -> Reply:
    """The films of the file that the catalogue does not have, as many as fit."""
    lines, left = [], MISSING_LIMIT
    for one in found.missing:
        line = _named(one)
        left -= len(line) + 1
        if left < 0:
            break
        lines.append(line)
    rest = found.missing_total - len(lines)
    if rest:
        lines.append(f"-# and {many(rest, 'more', 'more')}")
    back = [_button("Back to the preview", "import_preview", found)]
    return Reply(layout=card("### Not in my catalogue", "\n".join(lines), back, colour=CALM), ephemeral=True)


def _named(one: Named) -> str:
    if not plain(one.title):
        return f"MovieLens film {one.movie_id}"
    return escape(cut(plain(one.title), _NAME_LIMIT)) + (f" ({one.year})" if one.year is not None else "")


def imported(done: Imported, prefix: str) -> Reply:
    """What an import did; it can be taken back."""
    what = [many(done.ratings, "rating")] if done.ratings or not done.shelved else []
    what += [many(done.shelved, "film") + " for your shelves"] if done.shelved else []
    return Reply(
        layout=card(
            f"### {' and '.join(what)} imported",
            f"From {SITES[done.source]}. Your lists know them already: {escape(prefix)}recommend",
            [_button("Undo import", "import_undo", done)],
        )
    )


def closed(result: ImportClosed) -> Reply:
    text = {
        "cancelled": "### Import cancelled\nNothing was written, and I have forgotten the file.",
        "undone": "### Import taken back\nNothing of it stands any more. Send the file again if you want it back.",
    }[result.state]
    return Reply(layout=card(text, colour=CALM))


@sentence.register
def _(error: ImportFileError, prefix: str = "!") -> str:
    return _IMPORT_FAULTS[error.reason].format(takes=IMPORTABLE, prefix=prefix)
