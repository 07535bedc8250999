"""What the README says of the commands is what they declare, and what it shows is what the bot answers."""

import csv
import io
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.app import create_bot
from bot.chat.stars import FAIRLY_SURE_SD, confidence
from bot.demo import Source, run_demo
from bot.demo.script import parse_script
from tests.bot.conftest import settings_for, train_films
from tests.bot.readme import CONVERSATION, README, WIDTH, as_shown, table, turns, with_table

FILMS = {
    "Heat (1995)": "Action|Crime|Thriller",
    "The Shawshank Redemption (1994)": "Crime|Drama",
    "The Usual Suspects (1995)": "Crime|Mystery|Thriller",
    "Seven (1995)": "Mystery|Thriller",
    "Twelve Monkeys (1995)": "Mystery|Sci-Fi|Thriller",
    "Braveheart (1995)": "Action|Drama|War",
    "The Matrix (1999)": "Action|Sci-Fi|Thriller",
    "Magnolia (1999)": "Drama",
    "Fight Club (1999)": "Action|Crime|Drama|Thriller",
    "Pulp Fiction (1994)": "Comedy|Crime|Drama|Thriller",
    "Fargo (1996)": "Comedy|Crime|Drama|Thriller",
    "Trainspotting (1996)": "Comedy|Crime|Drama",
    "Saving Private Ryan (1998)": "Action|Drama|War",
    "American Beauty (1999)": "Drama|Romance",
    "Toy Story (1995)": "Animation|Children|Comedy",
    "Toy Story 2 (1999)": "Animation|Children|Comedy",
    "Open Hearts (2002)": "Romance",
    "Bagdad Cafe (1987)": "Comedy|Romance",
    "Primer (2004)": "Romance|Sci-Fi",
}
"""What the README's conversation names, and genres."""


def test_the_table_of_commands_is_made_of_their_declarations() -> None:
    text = README.read_text("utf-8")
    assert table() in text, "python -m tests.bot.readme writes it anew"
    assert with_table(text) == text
    assert "| `!rate Heat 4.5`, `!rate Toy Story 2: ★★★★`" in text


@pytest.fixture
def talked_of(tmp_path: Path) -> Path:
    """FILMS as a data set: half of the people love crime, half love romance."""
    folder, rng = tmp_path / "talked of", np.random.default_rng(7)
    folder.mkdir()
    films = [(number, title, genres) for number, (title, genres) in enumerate(FILMS.items(), 1)]
    ratings = [
        (user, number, min(5.0, max(0.5, round(2 * stars) / 2)), 10**9 + user)
        for user in range(1, 61)
        for number, title, genres in films
        if rng.random() < 0.7
        for is_light in [not {"Thriller", "Crime", "Drama", "Children"} & {*genres.split("|")}]
        for stars in [rng.normal(3.9 - 1.5 * (is_light == user % 2), 0.75)]
    ]
    for name, header, rows in (
        ("movies", ("movieId", "title", "genres"), films),
        ("ratings", ("userId", "movieId", "rating", "timestamp"), ratings),
    ):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


@pytest.mark.training
async def test_what_the_readme_shows_is_what_the_bot_answers(
    talked_of: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Films, their genres, stars and places are those of another data set there; all else is compared."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    settings = settings_for(train_films(talked_of, tmp_path / "data"), talked_of)
    conversations = CONVERSATION.findall(README.read_text("utf-8"))
    assert conversations
    for shown in conversations:
        source, said = Source(lines=parse_script(turns(shown))), io.StringIO()
        assert await run_demo(lambda wait: create_bot(settings, wait=wait), source, stdout=said, stderr=sys.stderr) == 0
        answered, complaint = as_shown(said.getvalue()), "python -m tests.bot.readme conversation writes it anew"
        for (line, before), now in zip(turns(shown).items(), turns(answered).values(), strict=True):
            assert _buttons(before) == _buttons(now), f"{line}: {complaint}"
        assert _said(shown) == _said(answered), complaint


def _said(conversation: str) -> set[str]:
    """What is said around films, genres, stars and how sure they are, and numbers."""
    lines = (line.strip("│╭╰─╮╯ ") for line in conversation.splitlines())
    unwrapped = "".join(f"{line} " if len(line) > WIDTH - 20 else f"{line}\n" for line in lines)
    said = {part.strip() for part in re.split(r"[.:?]\s|[\n·★½()FG0]", _masked(unwrapped))}
    return said - {confidence(sd) for sd in (0.0, FAIRLY_SURE_SD - 0.01, FAIRLY_SURE_SD)}


def _buttons(answer: str) -> list[str]:
    return re.findall(r"\[ .*? \]", re.sub(r"(?:\[ F \]\s)+", "[ F ] ", _masked(answer)))


def _masked(text: str) -> str:
    """Films as `F`, genres as `G`, numbers as `0`; several beside each other as one."""
    titles = "|".join(re.escape(title[:-7]) for title in sorted(FILMS, key=len, reverse=True))
    genres = "|".join({genre for some in FILMS.values() for genre in some.split("|")})
    text = re.sub(rf"\b(?:{titles})(?: \(\d+\))?", "F", text)
    text = re.sub(r"\d+(?:\.\d+)?", "0", re.sub(rf"\b(?:{genres})\b", "G", text))
    text = re.sub(r"F 0 → 0(?:, F 0 → 0)*", "F 0 → 0", text)
    return re.sub(r"\b([FG])(?:,? (?:and )?\1)*\b(?: and 0 more)?", r"\1", text)
