"""Replies to importing: where to get an export, the preview, the questions, and what came of it."""

from collections.abc import Iterator

import discord

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionForm, ActionSelect, FormField
from bot.chat.language import format_number, gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import bold, escape, quote
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import stars
from bot.chat.text import cut, option, plain
from bot.imports.errors import ImportFault, ImportFileError
from bot.imports.plan import Named
from bot.imports.service import Asked, ImportClosed, Imported, Preview

IMPORTABLE = gettext_noop(
    "I take exports of MovieLens (csv), Letterboxd (zip or csv), IMDb (csv) and Trakt (json or zip), and my own (zip)."
)

_IMPORT_FAULTS: dict[ImportFault, str] = {
    "too_large": gettext_noop("That file is larger than 5 MB, more than any list of ratings needs. {takes}"),
    "unpacks_large": gettext_noop("That zip unpacks to far more than a list of ratings, so I did not open it. {takes}"),
    "damaged": gettext_noop(
        "That file is damaged, or not what it says it is. Download the export again and send it whole."
    ),
    "encrypted": gettext_noop("That zip asks for a password. Send the export as the site gave it to you."),
    "unknown": gettext_noop(
        "I do not know the columns of that file. {takes} {prefix}import tells where each site has it."
    ),
    "too_many_rows": gettext_noop(
        "That file has more than 20,000 rows, more than I take at once. Split it and send the parts."
    ),
    "several_people": gettext_noop("That file holds the ratings of several people. Send one with yours alone."),
    "no_ratings": gettext_noop(
        "There is nothing in that file that I could take: no stars, no watchlist and nothing seen. {takes}"
    ),
    "several_files": gettext_noop(
        "I take one file at a time. Send the site's zip as it is, or one file after the other."
    ),
    "not_fetched": gettext_noop("Discord did not give me that file. Send it again."),
}

SITES = {"movielens": "MovieLens", "letterboxd": "Letterboxd", "imdb": "IMDb", "trakt": "Trakt", "marquee": "Marquee"}
METER_WIDTH = 12
ROWS_NAMED = 3
MISSING_LIMIT = 3_400
"""Characters of names of missing films."""
_NAME_LIMIT = 80

_FAULTS = {
    "rating": gettext_noop("{row}: no rating I can read"),
    "title": gettext_noop("{row}: no film is named"),
    "row": gettext_noop("{row}: not a row of the table"),
}


def how_to(owner_id: int, prefix: str) -> Reply:
    """Where each site has its export."""
    return Reply(
        layout=card(
            f"### {gettext('Bring your ratings along')}",
            gettext(
                "Choose your file below, or send it along with {prefix}import. {takes}",
                prefix=escape(prefix),
                takes=gettext(IMPORTABLE),
            ),
            "\n".join(
                (
                    gettext("**Letterboxd** Settings, Data, Export your data"),
                    gettext("**IMDb** Your ratings, the three dots, Export; then Exports in your account"),
                    gettext("**Trakt** Settings, Data, Export"),
                    gettext("**MovieLens** Settings, Import/export"),
                    f"**Marquee** {escape(prefix)}privacy export",
                )
            ),
            f"-# {gettext('You see what I found before anything is written, and an import can be taken back as one.')}",
            [ActionButton(gettext("Choose a file"), "import_choose", owner_id, style=discord.ButtonStyle.primary)],
            colour=CALM,
        ),
        ephemeral=True,
    )


def file_form(owner_id: int) -> ActionForm:
    return ActionForm(
        gettext("Bring your ratings along"),
        "import_sent",
        owner_id,
        fields=[
            FormField(
                "file", gettext("Your export"), gettext("A zip, csv or json, as the site gave it to you"), is_file=True
            )
        ],
    )


def preview(found: Preview, *, is_private: bool) -> Reply:
    """What an import would do, with what is left to decide; before others it names no film."""
    parts = [_heading(found), "\n".join(_counts(found))]
    if is_private and found.samples:
        parts.append("\n".join(f"{bold(one.movie)} {stars(one.stars)}" for one in found.samples))
    parts.append("\n".join(_notes(found, is_private=is_private)))
    buttons = []
    if found.may_write:
        buttons.append(
            _button(
                gettext("Confirm"),
                "import_confirm",
                found,
                style=discord.ButtonStyle.success,
                disabled=not found.writes,
            )
        )
    if found.undecided:
        buttons.append(_button(gettext("Fix"), "import_fix", found))
    if found.to_look_up:
        buttons.append(_button(gettext("Look up"), "import_look_up", found))
    if found.missing_total:
        buttons.append(_button(gettext("Missing"), "import_missing", found))
    buttons.append(_button(gettext("Cancel"), "import_cancel", found))
    return Reply(layout=card(*parts, buttons), ephemeral=is_private)


def looking_up(found: Preview, done: int) -> Reply:
    """How far the films that nobody here knows were looked for."""
    of = found.to_look_up
    told = ngettext("Looking up {n} film that I do not know yet.", "Looking up {n} films that I do not know yet.", of)
    how_far = gettext("{done} of {all}", done=format_number(done), all=format_number(of))
    return Reply(
        layout=card(
            _heading(found),
            f"{told}\n{_meter(done, of)} {how_far}",
            [
                _button(gettext("Go on without"), "import_go_on", found),
                _button(gettext("Cancel"), "import_cancel", found),
            ],
            colour=CALM,
        ),
        ephemeral=True,
    )


def _heading(found: Preview) -> str:
    return f"### {gettext('Your file from {site}', site=SITES[found.source])}"


def _meter(done: int, of: int) -> str:
    filled = round(METER_WIDTH * done / max(of, 1))
    return f"`{'█' * filled}{'░' * (METER_WIDTH - filled)}`"


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
    rated = (
        (found.new, ngettext("{n} new", "{n} new", found.new)),
        (found.changed, ngettext("{n} changed", "{n} changed", found.changed)),
        (found.same, ngettext("{n} as they are", "{n} as they are", found.same)),
        (
            found.older,
            ngettext(
                "{n} older than what you said here, which stays",
                "{n} older than what you said here, which stays",
                found.older,
            ),
        ),
    )
    total = sum(count for count, _ in rated)
    told = ", ".join(what for count, what in rated if count)
    matched = ngettext("**{n} rating matched**", "**{n} ratings matched**", total)
    yield f"{matched}: {told}" if told else matched
    if found.watchlist:
        yield ngettext("**{n} film** for your watchlist", "**{n} films** for your watchlist", found.watchlist)
    if found.hidden:
        yield ngettext("**{n} film** to hide", "**{n} films** to hide", found.hidden)
    if found.seen:
        yield ngettext(
            "**{n} film** you have seen, without stars; it stays out of your lists",
            "**{n} films** you have seen, without stars; they stay out of your lists",
            found.seen,
        )
    if found.undecided:
        yield ngettext(
            "**{n} ambiguous**: {undecided} to decide. Fix asks you film by film; without an answer they stay out.",
            "**{n} ambiguous**: {undecided} to decide. Fix asks you film by film; without an answer they stay out.",
            found.questions,
            undecided=format_number(found.undecided),
        )
    elif found.questions:
        yield ngettext("**{n} ambiguous**: all decided.", "**{n} ambiguous**: all decided.", found.questions)
    if found.added:
        yield ngettext(
            "**{n} film new to me**: added when you confirm",
            "**{n} films new to me**: added when you confirm",
            found.added,
        )
    if found.missing_total:
        yield ngettext("**{n} missing** from my catalogue", "**{n} missing** from my catalogue", found.missing_total)
    if found.unreadable_total:
        yield ngettext("**{n} row unreadable**", "**{n} rows unreadable**", found.unreadable_total)


def _notes(found: Preview, *, is_private: bool) -> Iterator[str]:
    """What else there is to know, in small print."""
    if found.missing_total and not (found.writes or found.undecided or found.same or found.older or found.to_look_up):
        yield gettext("I know none of these films yet. Whoever runs me can add newer ones; then send the file again.")
    elif not found.writes and not found.undecided:
        yield gettext("There is nothing new in it for me.")
    if is_private:
        for file, line, fault, text in found.unreadable[:ROWS_NAMED]:
            shown = f" {quote(text)}" if plain(text) else ""
            row = gettext("{file}, row {number}", file=escape(cut(plain(file), _NAME_LIMIT)), number=line)
            yield f"-# {gettext(_FAULTS[fault], row=row)}{shown}"
    if found.to_look_up:
        yield ngettext(
            "-# {n} film not looked up yet: press Look up to go on, or confirm now and send the file again later.",
            "-# {n} films not looked up yet: press Look up to go on, or confirm now and send the file again later.",
            found.to_look_up,
        )
    if found.series:
        yield ngettext(
            "-# {n} series or episode left out; I know films.",
            "-# {n} series and episodes left out; I know films.",
            found.series,
        )
    if found.unrated:
        yield ngettext("-# {n} film without stars left out.", "-# {n} films without stars left out.", found.unrated)
    if found.repeated:
        yield ngettext(
            "-# {n} film stood there more than once; the newest counts.",
            "-# {n} films stood there more than once; the newest counts.",
            found.repeated,
        )
    if found.scale != 5:
        yield gettext("-# {scale} of {scale} is ★★★★★, to the nearest half star.", scale=found.scale)
    if found.may_write:
        yield gettext("-# Nothing is written before you confirm. Times stay as they are in the file.")
    if not is_private:
        yield gettext("-# Everybody here can see this, so it names no film. /import shows all of it to you alone.")


def question(asked: Asked) -> Reply:
    """One row of the file, and the films it may be."""
    given = f" {stars(asked.stars)}" if asked.stars is not None else ""
    year = f" ({asked.year})" if asked.year is not None else ""
    decided = gettext("{done} of {all} decided", done=format_number(asked.decided), all=format_number(asked.questions))
    choose = [
        ActionSelect(
            gettext("Choose the film"), "import_pick", asked.owner_id, asked.import_id, asked.place,
            options=[(option(movie), str(movie.movie_id)) for movie in asked.candidates],
        )
    ]  # fmt: skip
    return Reply(
        layout=card(
            f"### {gettext('Which film is {title}?', title=f'{quote(asked.title)}{year}')}{given}",
            f"{_meter(asked.decided, asked.questions)} {decided}",
            *([choose] if asked.candidates else ()),
            [
                _button(
                    gettext("None of these") if asked.candidates else gettext("Skip"),
                    "import_skip",
                    asked,
                    asked.place,
                ),
                _button(gettext("Back to the preview"), "import_preview", asked),
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
        lines.append(ngettext("-# and {n} more", "-# and {n} more", rest))
    back = [_button(gettext("Back to the preview"), "import_preview", found)]
    heading = f"### {gettext('Not in my catalogue')}"
    return Reply(layout=card(heading, "\n".join(lines), back, colour=CALM), ephemeral=True)


def _named(one: Named) -> str:
    if not plain(one.title):
        return gettext("MovieLens film {number}", number=one.movie_id)
    return escape(cut(plain(one.title), _NAME_LIMIT)) + (f" ({one.year})" if one.year is not None else "")


def imported(done: Imported, prefix: str) -> Reply:
    """What an import did; it can be taken back."""
    shelved = ngettext("{n} film for your shelves", "{n} films for your shelves", done.shelved)
    rated = ngettext("{n} rating", "{n} ratings", done.ratings)
    what = [rated] if done.ratings or not done.shelved else []
    what += [shelved] if done.shelved else []
    told = gettext(
        "From {site}. Your lists know them already: {prefix}recommend", site=SITES[done.source], prefix=escape(prefix)
    )
    return Reply(
        layout=card(
            f"### {gettext('{what} imported', what=listed(what))}",
            told,
            [_button(gettext("Undo import"), "import_undo", done)],
        )
    )


def closed(result: ImportClosed) -> Reply:
    if result.state == "cancelled":
        heading = gettext("Import cancelled")
        text = gettext("Nothing was written, and I have forgotten the file.")
    else:
        heading = gettext("Import taken back")
        text = gettext("Nothing of it stands any more. Send the file again if you want it back.")
    return Reply(layout=card(f"### {heading}\n{text}", colour=CALM))


@sentence.register
def _(error: ImportFileError, prefix: str = "!") -> str:
    return gettext(_IMPORT_FAULTS[error.reason], takes=gettext(IMPORTABLE), prefix=prefix)
