"""`import` as members use it: by message and by slash, with buttons that outlive a restart."""

import pytest
from simcord.backend.errors import SetupError

from bot.imports.archive import MAX_BYTES
from tests.bot.conftest import Stage, labels_of, options_of, text_of
from tests.bot.imports import exports

FIX = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2020-01-01,Sabrina,,x,3\n"
    "2020-01-02,Heat,1995,x,4.5\n"
    "2020-01-03,Qqzz,1999,x,1\n"
)


async def stored(stage: Stage, name: str) -> dict[int, float]:
    profile = await stage.bot.services.store.profiles.find(stage.member(name).id)
    return await stage.bot.services.store.ratings.ratings_of(profile.user_id) if profile else {}


async def test_a_file_is_chosen_in_a_form_which_only_its_owner_sees(stage: Stage) -> None:
    shown = await stage.say("alice", "!import")
    assert labels_of(shown) == ["Choose a file"]
    await stage.restart()
    alice = stage.member("alice")
    opened = await alice.click(shown, label="Choose a file")
    (found,) = (await alice.submit_modal(opened, {"file": ("ratings.csv", FIX.encode())})).followups
    assert found.ephemeral
    assert "**Heat (1995)** ★★★★½" in text_of(found)
    await alice.click(found, label="Confirm")
    assert await stored(stage, "alice") == {10: 4.5}
    opened = await alice.click(shown, label="Choose a file")
    (wrong,) = (await alice.submit_modal(opened, {"file": ("ratings.png", b"no export")})).followups
    assert wrong.ephemeral
    assert "Letterboxd" in text_of(wrong)
    assert stage.bot.bugs == 0


async def test_preview_fix_confirm_undo_with_a_restart_between_each(stage: Stage) -> None:
    alice = stage.member("alice")
    shown = (await alice.slash(stage.channel, "import", file=("ratings.csv", FIX.encode()))).response
    assert shown.ephemeral
    assert "1 rating matched" in text_of(shown)
    assert "**Heat (1995)** ★★★★½" in text_of(shown)
    assert labels_of(shown) == ["Confirm", "Fix", "Missing", "Cancel"]
    await stage.restart()
    await alice.click(shown, label="Fix")
    assert "Which film is “Sabrina”? ★★★" in text_of(shown)
    assert sorted(options_of(shown, "Choose the film")) == ["Sabrina (1954)", "Sabrina (2010)"]
    await stage.restart()
    await alice.select(shown, ["250"])
    assert "2 ratings matched" in text_of(shown)
    assert labels_of(shown) == ["Confirm", "Missing", "Cancel"]
    await alice.click(shown, label="Missing")
    assert "Qqzz (1999)" in text_of(shown)
    await alice.click(shown, label="Back to the preview")
    assert await stored(stage, "alice") == {}
    await stage.restart()
    await alice.click(shown, label="Confirm")
    assert "2 ratings imported" in text_of(shown)
    assert await stored(stage, "alice") == {10: 4.5, 250: 3.0}
    await stage.restart()
    await alice.click(shown, label="Undo import")
    assert "Taken back: your import from Letterboxd, 2 ratings." in text_of(shown)
    assert await stored(stage, "alice") == {}
    assert stage.bot.bugs == 0


async def test_a_message_with_the_file_shows_everybody_counts_and_its_owner_films(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.send(stage.channel, "!import", attachments=[("ratings.csv", FIX.encode())])
    shown = stage.last
    assert "1 rating matched" in text_of(shown)
    assert "names no film" in text_of(shown)
    assert "Heat" not in text_of(shown)
    refused = await stage.member("bob").click(shown, label="Confirm")
    assert "somebody else" in text_of(refused.response)
    asked = (await alice.click(shown, label="Fix")).response
    assert asked.ephemeral
    await alice.click(asked, label="None of these")
    assert "**Heat (1995)** ★★★★½" in text_of(asked)
    await alice.click(stage.message(shown.id), label="Confirm")
    assert "1 rating imported" in text_of(stage.message(shown.id))
    await alice.click(asked, label="Confirm")  # the other one; it was written before
    assert "1 rating imported" in text_of(asked)
    assert await stored(stage, "alice") == {10: 4.5}


async def test_direct_messages_show_all_of_it(stage: Stage) -> None:
    user = stage.member("alice").user
    upload = ("export.zip", exports.letterboxd_zip())
    stored_upload = stage.env.backend.store_attachments(user.dm_channel.id, [upload])
    await user.send_dm("!import", attachments=stored_upload)
    shown = stage.private("alice")
    assert "Heat" in text_of(shown)
    await user.click(shown, label="Cancel")
    assert "cancelled" in text_of(stage.private("alice"))


async def test_without_a_file_it_tells_where_to_get_one(stage: Stage) -> None:
    told = text_of(await stage.say("alice", "!import"))
    for site in ("Letterboxd", "IMDb", "Trakt", "MovieLens"):
        assert f"**{site}**" in told


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cat.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "do not know the columns"),
        ("export.zip", exports.letterboxd_zip()[:200], "damaged"),
        ("ratings.csv", b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        ("ratings.csv", b"Const,Your Rating\ntt0113277,\n", "nothing in that file"),
        ("ratings.csv", b"Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Tenet,2020,https://boxd.it/l,3\n",
         "none of these films yet"),
    ],
)  # fmt: skip
async def test_wrong_files_get_a_sentence(stage: Stage, name: str, content: bytes, said: str) -> None:
    result = await stage.member("alice").slash(stage.channel, "import", file=(name, content))
    assert said in text_of(result.response)
    assert stage.bot.bugs == 0


async def test_of_two_files_none_is_passed_over_in_silence(stage: Stage) -> None:
    upload = ("ratings.csv", exports.MOVIELENS.encode())
    await stage.member("alice").send(stage.channel, "!import", attachments=[upload, upload])
    assert "one file at a time" in text_of(stage.last)


@pytest.mark.parametrize("said", ["", "here are my ratings"])
async def test_a_file_sent_to_the_bot_is_imported(stage: Stage, said: str) -> None:
    mention = f"<@{stage.bot.user.id}>"  # type: ignore[union-attr]
    upload = ("ratings.csv", exports.MOVIELENS.encode())
    await stage.member("alice").send(stage.channel, f"{mention} {said}".strip(), attachments=[upload])
    assert "2 ratings matched" in text_of(stage.last)


async def test_a_picture_sent_to_the_bot_is_no_import(stage: Stage) -> None:
    mention, upload = f"<@{stage.bot.user.id}>", ("cat.png", b"\x89PNG")  # type: ignore[union-attr]
    await stage.member("alice").send(stage.channel, mention, attachments=[upload])
    assert "something funny" in text_of(stage.last)


async def test_a_file_sent_to_nobody_stays_unanswered(stage: Stage) -> None:
    upload = ("ratings.csv", exports.MOVIELENS.encode())
    question = await stage.member("alice").send(stage.channel, "", attachments=[upload])
    assert stage.last.id == question.id


async def test_a_file_without_anything_new_has_nothing_to_confirm(stage: Stage) -> None:
    alice, upload = stage.member("alice"), ("ratings.csv", exports.MOVIELENS.encode())
    await alice.send(stage.channel, "!import", attachments=[upload])
    assert "Nothing is written before you confirm" in text_of(stage.last)
    await alice.click(stage.last, label="Confirm")
    await alice.send(stage.channel, "!import", attachments=[upload])
    told = text_of(stage.last)
    assert "nothing new in it" in told
    assert "confirm" not in told
    with pytest.raises(SetupError):
        await alice.click(stage.last, label="Confirm")


async def test_undo_offers_to_take_an_import_back(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.send(stage.channel, "!import", attachments=[("ratings.csv", exports.MOVIELENS.encode())])
    await alice.click(stage.last, label="Confirm")
    offered = await stage.say("alice", "!undo")
    assert "your import from MovieLens, 2 ratings" in text_of(offered)
    assert len(await stored(stage, "alice")) == 2
    await alice.click(offered, label="Undo import")
    assert await stored(stage, "alice") == {}


async def test_an_imported_rating_moves_the_list_at_once(stage: Stage) -> None:
    rows = "".join(f"1,{10 * n},5,1577836800\n" for n in range(11, 18))
    await stage.member("alice").send(
        stage.channel, "!import", attachments=[("r.csv", f"userId,movieId,rating,timestamp\n{rows}".encode())]
    )
    await stage.member("alice").click(stage.last, label="Confirm")
    told = text_of(await stage.say("alice", "!recommend"))
    assert "From your 7 ratings" in told
    assert "**Notting Hill (" not in told
