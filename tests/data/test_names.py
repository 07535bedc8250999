from data.names import Kind, names_of


def forms(raw: str) -> dict[str, Kind]:
    return {form: name.kind for name in names_of(raw) for form in name.forms}


def test_a_plain_title_is_the_only_name() -> None:
    assert forms("Heat (1995)") == {"heat": Kind.TITLE}


def test_a_title_answers_without_its_article_and_with_numbers_in_digits() -> None:
    assert forms("Seven Samurai, The (1954)") == dict.fromkeys(
        ["the seven samurai", "the 7 samurai", "seven samurai", "7 samurai"], Kind.TITLE
    )


def test_titles_in_brackets_are_other_names() -> None:
    assert forms("Dead Alive (Braindead) (1992)") == {"dead alive": Kind.TITLE, "braindead": Kind.OTHER}


def test_series_and_subtitle_are_parts_of_the_name() -> None:
    names = forms("Star Wars: Episode V - The Empire Strikes Back (1980)")
    parts = {form for form, kind in names.items() if kind is Kind.PART}
    assert {"star wars", "empire strikes back", "star wars 5", "star wars episode 5"} <= parts
    assert names["star wars episode v the empire strikes back"] is Kind.TITLE


def test_a_mere_part_number_is_no_name() -> None:
    names = forms("Godfather: Part II, The (1974)")
    assert {"godfather 2", "the godfather"} <= names.keys()
    assert not {"part ii", "part 2"} & names.keys()


def test_a_name_given_twice_keeps_its_surer_kind() -> None:
    assert forms("Alien (Alien) (1979)") == {"alien": Kind.TITLE}
