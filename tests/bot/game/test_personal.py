"""Rounds and guesses as what they are: a member's own data, counted, exported and deleted."""

import io
import json
import zipfile

from bot.privacy import replies as privacy
from bot.privacy.service import PrivacyCard
from bot.wiring import Services
from tests.bot.game.test_choosing import ANN, AT, BOB, GUILD, LIKED, join
from tests.bot.limits import described


async def test_rounds_and_guesses_are_in_the_export_and_go_with_their_member(services: Services) -> None:
    for discord_id in (ANN, BOB):
        await join(services, discord_id, LIKED)
    about_ann = await services.game.begin(GUILD, 1, ANN, AT)
    about_bob = await services.game.begin(GUILD, 2, BOB, AT)
    assert about_ann is not None
    assert about_bob is not None
    await services.game.guess(GUILD, about_ann.round.round_id, BOB, 3.0, AT + 5)
    await services.game.guess(GUILD, about_bob.round.round_id, ANN, 3.5, AT + 6)
    await services.game.end(about_bob.round.round_id, AT + 120, is_here=True)

    held = await services.store.personal.holdings(ANN)
    card = described(privacy.card(PrivacyCard(ANN, held)))
    assert "1 guess of yours in the game, for your points" in card
    assert "1 round of the game about you, so that" in card

    export = await services.exports.export(ANN, AT + 200, "words")
    with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
        found = json.loads(archive.read("marquee.json"))
    (guess,) = found["game_guesses"]
    assert (guess["movie_id"], guess["stars"]) == (about_bob.movie.movie_id, 3.5)
    assert guess["guessed_at"] == "2027-01-15T08:00:06Z"
    (subject,) = found["game_subjects"]
    assert subject["movie_id"] == about_ann.movie.movie_id
    assert subject["asked_at"] == "2027-01-15T08:00:00Z"
    assert {about_ann.movie.movie_id, about_bob.movie.movie_id} <= {film["movie_id"] for film in found["films"]}
    assert set(guess) == {"round_id", "movie_id", "stars", "guessed_at", "points"}  # nothing of whom it was about
    assert set(subject) == {"round_id", "movie_id", "stars", "asked_at"}

    await services.store.personal.delete(ANN, AT + 300)
    assert await services.game.about(about_ann.round.round_id) is None
    await services.game.end(about_ann.round.round_id, AT + 400, is_here=True)
    told = await services.game.ended(about_ann.round)
    assert (told.about_id, told.predicted, told.guesses) == (None, None, ())
    assert (await services.game.ended(about_bob.round)).guesses == ()
    assert (await services.store.personal.holdings(BOB)).count("game_guesses") == 1


async def test_rounds_are_forgotten_after_half_a_year(services: Services) -> None:
    await join(services, ANN, LIKED)
    begun = await services.game.begin(GUILD, 1, ANN, AT)
    assert begun is not None
    await services.operating.tidy(AT + 180 * 86_400, [GUILD])
    assert (await services.store.personal.holdings(ANN)).count("game_subjects") == 1
    await services.operating.tidy(AT + 180 * 86_400 + 1, [GUILD])
    assert (await services.store.personal.holdings(ANN)).count("game_subjects") == 0
