"""`random`, `new` and `search`, as a member uses them."""

from tests.bot.conftest import ACTION, ROMANCE, Stage, labels_of, options_of, text_of


async def test_one_film_by_chance_after_another(stage: Stage) -> None:
    await stage.say("alice", "!rate " + "\n".join(f"{title} 5" for title in ACTION[:6]))
    reply = await stage.say("alice", "!random")
    seen = set()
    for _ in range(6):
        title = text_of(stage.message(reply.id)).splitlines()[0]
        assert not any(title.startswith(rated) for rated in ACTION[:6])
        seen.add(title)
        await stage.member("alice").click(stage.message(reply.id), label="Another")
    assert len(seen) == 6
    assert {"Rate", "Similar", "Another"} <= set(labels_of(stage.message(reply.id)))
    await stage.member("alice").send(stage.channel, "!why", reply_to=reply)  # a film spoken of
    assert "Why ★" in text_of(stage.last)
    romance = await stage.say("alice", "!random romance")
    for _ in range(len(ROMANCE)):
        assert text_of(stage.message(romance.id)).removeprefix("## ").split(" (")[0] in ROMANCE
        pressed = await stage.member("alice").click(stage.message(romance.id), label="Another")
    assert "That was all I have" in text_of(pressed.response)
    assert "belongs to somebody else" in text_of((await stage.member("bob").click(reply, label="Another")).response)
    assert stage.bot.bugs == 0


async def test_a_film_by_chance_is_asked_for_in_words_and_then_another(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""

    async def said(text: str, by: str = "alice") -> str:
        return text_of(await stage.say(by, f"{name} {text}"))

    first = [(await said(text)).splitlines()[0] for text in ("surprise us", "next", "no, not that one")]
    assert all(one.startswith("## ") and one.endswith(")") for one in first), first
    assert len({*first}) == 3
    romance = {
        (await said(text)).removeprefix("## ").split(" (")[0] for text in ("surprise me with a romance", "another")
    }
    assert len(romance) == 2
    assert romance <= {*ROMANCE}
    for text in ("you pick one for us tonight", "just pick something please", "random movie", "überrasch mich"):
        await said(text)
        assert "Another" in labels_of(stage.last), text
    assert "## Films for you" in text_of(await stage.say("alice", "!recommend 3"))
    assert "## More films for you" in await said("another one"), "of the list, which is newer"
    assert "I did not get that" in await said("another one", by="bob"), "nothing was shown to him"
    assert stage.bot.bugs == 0


async def test_new_films_are_those_of_the_newest_years(stage: Stage) -> None:
    reply = await stage.say("alice", "!new")
    years = sorted({int(line.rsplit("(", 1)[1][:4]) for line in text_of(reply).splitlines() if "**" in line})
    assert years == [2016, 2017, 2018]
    assert "Romance · since 2016" in text_of(await stage.say("alice", "!new romance"))


async def test_a_search_finds_by_a_part_of_the_title_and_shows_one(stage: Stage) -> None:
    found = await stage.say("alice", "!search toy story")
    assert text_of(found).splitlines()[0] == "## Films called “toy story”"
    assert options_of(found, "Show one") == ["Toy Story (2015)", "Toy Story 2 (2016)"]
    await stage.member("alice").select(found, ["220"])
    assert "Toy Story 2 (2016)" in text_of(stage.last)
    assert "No film is called “glatiador”. The nearest:" in text_of(await stage.say("alice", "!search glatiador"))
    assert "no film called anything like “zzqqx”" in text_of(await stage.say("alice", "!search zzqqx"))
    for text, told in {
        "2009": "!recommend 2009 lists those of that year",
        "tarantino": "I do not know who made a film or plays in it",
        "gladys": "no film called anything like",
    }.items():
        assert told in text_of(await stage.say("alice", f"!search {text}"))
    slash = await stage.member("alice").slash(stage.channel, "search", title="die")
    assert "Die Hard (1997)" in text_of(slash.response)


async def test_a_film_that_somebody_wants_to_watch_is_shown_and_a_wish_is_no_title(stage: Stage) -> None:
    assert stage.bot.user is not None
    for said, told in {
        "i want to watch heat": "## Heat (1995)",
        "Can we watch Toy Story 2 tonight?": "## Toy Story 2 (2016)",
        "i want to watch a romance": "## Films for you\n-# Romance",
        "i want to watch something like heat": "## Films for you\n-# Like Heat (1995)",
        "i want to watch it": "## Films for you",
        "find me something romantic": "## Films for you\n-# Romance",
        "find a romance": "## Films for you\n-# Romance",
        "search for something romantic": "## Films for you\n-# Romance",
        "movie with a slapstick romance": "## Films for you\n-# Silly · Romance",
        "top 5 silly movies": "## Films for you\n-# Silly",
        "top romance": "stands on that board",
        "heat": "## Heat (1995)",
        "is Heat any good?": "## Heat (1995)",
        "what do you think of toy story 2?": "## Toy Story 2 (2016)",
        "what about a romance": "## Films for you\n-# Romance",
        "find die": "## Films called “die”",
        "find me toy story": "## Films called “toy story”",
    }.items():
        assert told in text_of(await stage.say("alice", f"{stage.bot.user.mention} {said}")), said
    assert "Watchlist" in labels_of(await stage.say("alice", "!search I want to see Heat"))
    assert stage.bot.bugs == 0


async def test_a_title_that_is_a_theme_too_shows_the_film_and_the_way_to_the_other(stage: Stage) -> None:
    assert stage.bot.user is not None
    to_bot = stage.bot.user.mention
    card = await stage.say("alice", f"{to_bot} Alien")
    assert "## Alien (1996)" in text_of(card)
    shown = (await stage.member("alice").click(card, label="Films: aliens")).response
    assert "## Films for you\n-# Aliens" in text_of(shown)
    listed = await stage.say("alice", f"{to_bot} alien")
    assert "## Films for you\n-# Aliens" in text_of(listed)
    shown = (await stage.member("alice").click(listed, label="The film Alien (1996)")).response
    assert "## Alien (1996)" in text_of(shown)
    assert "## Films for you\n-# Romance" in text_of(await stage.say("alice", f"{to_bot} Romance"))
    for said in ("Alien fand ich super", "Which is better, Alien or Heat?"):
        assert "## Films for you" not in text_of(await stage.say("alice", f"{to_bot} {said}")), said


async def test_films_like_some_are_a_list_and_no_rating_or_title(stage: Stage) -> None:
    assert stage.bot.user is not None
    for said, told in {
        "films like Heat and Alien without romance, 5 please": "Like Heat (1995) and Alien (1996) · without Romance",
        "like Heat but not so gory": "Like Heat (1995) · not violent",
        "Like Heat, but not with cops": "Like Heat (1995) · without detectives",
        "like Heat but without cops": "Like Heat (1995) · without detectives",
    }.items():
        assert told in text_of(await stage.say("alice", f"{stage.bot.user.mention} {said}")), said
    assert "## Like Heat" not in text_of(await stage.say("alice", f"{stage.bot.user.mention} last 5 years"))


async def test_in_german(stage: Stage) -> None:
    await stage.say("alice", "!profile language deutsch")
    found = await stage.say("alice", "!search toy story")
    assert "Filme mit" in text_of(found)
    assert options_of(found, "Einen davon zeigen")
    assert "Ein anderer" in labels_of(await stage.say("alice", "!random Liebesfilm"))
    assert stage.bot.user is not None
    said = await stage.say("alice", f"{stage.bot.user.mention} ich will heute abend heat sehen")
    assert "## Heat (1995)" in text_of(said)


async def test_near_misses_of_commands_are_told_with_what_stood_behind(stage: Stage) -> None:
    for typed, meant in {
        "!recomend comedy": "Did you mean !recommend comedy?",
        "!rte heat 4": "Did you mean !rate heat 4?",
        "!watch Heat": "Did you mean !watchlist Heat?",
    }.items():
        assert meant in text_of(await stage.say("alice", typed))


async def test_defaults_that_leave_nothing_are_named(stage: Stage) -> None:
    await stage.say("alice", "!defaults before 1930")
    assert "within your defaults" in text_of(await stage.say("alice", "!random"))
    assert "within your defaults" not in text_of(await stage.say("alice", "!random without defaults"))
