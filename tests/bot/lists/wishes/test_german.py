"""Wishes in German: each is read as the same one in English."""

import pytest

from bot.chat.declaring import examples_of
from bot.chat.genres import genre_name
from bot.chat.language import gettext, speaking
from bot.lists.cog import ListsCog
from bot.lists.defaults_cog import DefaultsCog
from bot.lists.wishes import ContradictionError, WishReader
from bot.lists.wishes.german import in_english
from bot.lists.wishes.shown import PLACES, QUALITIES, THEMES
from tests.bot.lists.test_filter_words import GENRES

SAME = (
    ("etwas Lustiges aus den 90ern", "something funny from the 90s"),
    ("einen gruseligen Film ohne Blut", "a scary film without blood"),
    ("Komödien, aber keine Liebeskomödien", "comedy but no romcom"),
    ("was Spannendes unter zwei Stunden", "something suspenseful under two hours"),
    ("wie Heat, aber neuer", "like Heat but newer"),
    ("einen Film von Christopher Nolan", "a film by Christopher Nolan"),
    ("mit Tom Hanks und nicht traurig", "with Tom Hanks and not sad"),
    ("koreanische Thriller", "korean thriller"),
    ("französische Komödien aus den 80er Jahren", "french comedy from the 80s"),
    ("Zeichentrick für Kinder", "animation for kids"),
    ("etwas für die ganze Familie heute Abend", "something for kids tonight"),
    ("überrasch mich", "surprise me"),
    ("Horrorfilme von 1980 bis 1989", "horror from 1980 to 1989"),
    ("Science-Fiction nach 2000", "sci-fi after 2000"),
    ("nichts mit Zombies", "no zombies"),
    ("einen ruhigen, melancholischen Film", "a slow, bittersweet film"),
    ("Krimi oder Thriller, nicht zu lang", "crime or thriller, not too long"),
    ("etwas zum Nachdenken", "something thought-provoking"),
    ("ich hätte gern einen Kriegsfilm", "i want a war movie"),
    ("ich suche einen Western mit Clint Eastwood", "a western with Clint Eastwood"),
    ("eine wahre Geschichte", "a true story"),
    ("Weihnachtsfilme", "christmas films"),
    ("Filme über Zeitreisen", "films about time travel"),
    ("schwarzer Humor", "dark comedy"),
    ("unbekannte Science-Fiction", "hidden gem sci-fi"),
    ("Dokus über Musik", "documentary about music"),
    ("Filme mit einem überraschenden Ende", "films with a plot twist"),
    ("zwischen 1970 und 1980", "between 1970 and 1980"),
    ("höchstens 100 Minuten", "at most 100 minutes"),
    ("ein Film für ein Date, romantisch aber nicht kitschig", "a romance film but not cheesy"),
    ("kein Horror, keine Gewalt", "no horror, no violence"),
    ("Superheldenfilme ohne Marvel", "superhero without marvel"),
    ("alte Klassiker in Schwarzweiß", "old classic black and white"),
    ("Agententhriller", "spy thriller"),
    ("Actionkomödie", "action comedy"),
    ("Filme aus Japan, gern Anime", "japanese films, anime"),
    ("5 Komödien", "5 comedy"),
    ("etwas Neues", "something new"),
    ("wie Up nur düsterer", "like Up but darker"),
    ("ein trauriger Liebesfilm", "a sad romance"),
    ("keine Filme vor 1980", "no films before 1980"),
    ("nicht älter als 10 Jahre", "not older than 10 years"),
    ("deutsche Filme", "german films"),
    ("Filme über Freundschaft", "films about friendship"),
    ("Heist-Filme", "heist films"),
    ("Mafia, aber nicht brutal", "mafia but not violent"),
    ("etwas von meiner Merkliste", "something from my watchlist"),
    ("Serienmörder und Detektive", "serial killer and detective"),
    ("Roboter oder Aliens", "robot or alien"),
    ("irgendwas mit Hunden", "something with dogs"),
    ("ein langer historischer Film", "a long historical film"),
    ("bitte nichts Trauriges", "please nothing sad"),
    ("Piratenabenteuer", "pirate adventure"),
    ("Fantasy mit Drachen", "fantasy with dragons"),
    ("nie Horror, unter zwei Stunden", "never horror, under two hours"),
    ("eine Komödie ohne Vorgaben", "a comedy without defaults"),
    ("wie Up, aber düsterer", "like Up but darker"),
    ("gute Laune, heute Abend", "feel-good tonight"),
    ("was zum Lachen mit Jim Carrey", "something funny with Jim Carrey"),
    ("zeig mir düstere Thriller aus Skandinavien", "dark thriller scandinavian"),
    ("Film noir, kein Krimi", "film noir no crime"),
    ("lustig und romantisch", "funny and romantic"),
    ("gruselig oder spannend, aber nicht brutal", "scary or suspenseful but not violent"),
    ("ich will heute nichts Langes sehen", "tonight nothing long"),
    ("einen alten Krimi", "an old crime film"),
    ("kurze Filme unter 80 Minuten", "short films under 80 minutes"),
    ("so etwas wie Inception ohne Action", "something like Inception without action"),
    ("von Quentin Tarantino, aber nicht Pulp Fiction", "by Quentin Tarantino but not Pulp Fiction"),
    ("Musicals der 50er", "musical 50s"),
    ("Filme der 70er Jahre mit Robert De Niro", "70s films with Robert De Niro"),
    ("eher unbekannte koreanische Filme", "hidden gem korean films"),
    ("Krimis auf Englisch oder aus Schweden", "crime films in english or from sweden"),
    ("Kostümfilme", "historical films"),
    ("einen Film über den Zweiten Weltkrieg", "a film about world war ii"),
    ("ein Roadmovie bitte", "a road trip please"),
    ("was mit Vampiren, gern lustig", "something with vampires, funny"),
    ("Klassiker vor 1960", "classic before 1960"),
    ("aus Frankreich, nicht zu traurig", "french, not sad"),
    ("Animation, auch für Erwachsene", "animation for adults"),
    ("entspannter Film für den Sonntag", "cozy film"),
    ("schräge Komödien aus England", "weird comedy british"),
    ("nichts Deprimierendes, lieber etwas Aufbauendes", "nothing depressing, something uplifting"),
    ("mindestens zwei Stunden, episch", "at least two hours, epic"),
    ("seit 2015, Science-Fiction", "since 2015, sci-fi"),
    ("Filme nach einem Roman von Stephen King", "films based on a book by Stephen King"),
    ("ich habe Lust auf einen Heist-Film", "a heist film"),
    ("irgendein Film mit Katzen", "a film with cats"),
    ("drei Horrorfilme", "three horror films"),
    ("nichts, was ich schon gesehen habe", "nothing i have seen"),
    ("ein Film, bei dem ich weinen muss", "a film that makes me cry"),
    ("einen Geheimtipp bitte", "a hidden gem please"),
    ("weder Horror noch Thriller", "neither horror nor thriller"),
    ("Liebesfilm ohne Happy End", "romance without happy end"),
    ("italienische Western", "italian western"),
    ("Filme mit starken Frauen", "films with strong women"),
    ("kein Superheldenkram", "no superhero"),
    ("für einen Mädelsabend", "romcom"),
    ("Filme wie Amélie, nur neuer", "films like Amélie but newer"),
    ("ein Film zum Mitdenken", "something thought-provoking"),
    ("Actionfilme für einen Männerabend", "action tonight"),
    ("keine überschätzten Filme", "no overrated films"),
    ("Filme, die in New York spielen", "new york"),
    ("ein Gerichtsdrama aus Neuseeland", "courtroom drama from new zealand"),
    ("spannende Raubzüge", "suspenseful heists"),
    ("Dramen der letzten 10 Jahre", "drama from the last 10 years"),
    ("Science-Fiction aus den Achtzigern", "sci-fi from the 80s"),
    ("Krimis der siebziger Jahre", "crime from the 70s"),
    ("die besten Western der Fünfzigerjahre", "western 1950s"),
    ("eine leichte Komödie für meine Eltern", "a light comedy for my parents"),
    ("Filme, die man gesehen haben muss", "acclaimed films"),
    ("die besten Horrorfilme aller Zeiten", "best rated horror"),
    ("mir ist langweilig, was Lustiges", "i am bored, something funny"),
    ("gut bewertete Komödien", "best rated comedy"),
    ("die schlechtesten Filme aller Zeiten", "bad films"),
    ("Hauptsache nicht langweilig", "not boring"),
)


@pytest.mark.parametrize(("german", "english"), SAME)
def test_a_wish_in_german_is_the_same_in_english(reader: WishReader, german: str, english: str) -> None:
    meant = reader.read(english)
    with speaking("de"):
        assert reader.read(german).filters == meant.filters
        assert reader.read(english).filters == meant.filters


def test_german_is_read_where_it_is_spoken_alone(reader: WishReader) -> None:
    assert reader.read("Gruselfilme").filters.is_plain
    with speaking("de"):
        assert reader.read("Gruselfilme").filters.genres == ("Horror",)
        assert reader.read("war movies").filters.genres == ("War",)


@pytest.mark.parametrize("text", ["danke, der war gut", "war gut", "wie war der Film?"])
def test_what_is_german_is_no_slip_in_english(reader: WishReader, text: str) -> None:
    """`War` is a genre, `danke` nearly a dance."""
    with speaking("de"):
        assert not reader.read(text).is_wish
        assert reader.read("sad war film").filters.genres == ("War",)


def test_what_is_left_out_is_a_wish_of_its_own(reader: WishReader) -> None:
    with speaking("de"):
        for text, genre in {"kein Horror": "Horror", "ohne Krieg": "War", "alles außer Horror": "Horror"}.items():
            reading = reader.read(text)
            assert (reading.filters.without, reading.is_wish) == ((genre,), True), text
        for text in ("nicht lustig", "nein danke", "kein Interesse"):
            assert not reader.read(text).is_wish, text


def test_what_is_felt_is_not_what_is_wanted(reader: WishReader) -> None:
    with speaking("de"):
        assert reader.read("ich bin traurig, muntere mich auf").filters.moods == ("feel-good",)
        assert reader.read("ein trauriger Film").filters.moods == ("tearjerker",)


def test_titles_and_what_is_not_known_stay() -> None:
    assert in_english("wie Das Boot, aber lustig") == "like Das Boot, but comedy"
    assert in_english("Filme über Schach") == "film about Schach"


def test_a_childhood_is_asked_about(reader: WishReader) -> None:
    with speaking("de"):
        assert [one.topic for one in reader.read("ausländische Filme von früher").unread] == ["foreign", "old"]
        assert [one.topic for one in reader.read("aus meiner Kindheit").unread] == ["childhood"]


def test_what_is_told_of_the_words_is_as_they_were_typed(reader: WishReader) -> None:
    with speaking("de"):
        told = {text: reader.read(text).unread[0].text for text in ("Filme von früher", "ausländische Filme")}
        assert told == {"Filme von früher": "von früher", "ausländische Filme": "ausländische"}
        with pytest.raises(ContradictionError) as raised:
            reader.read("Lustiges aus den 80ern, nicht aus den Achtzigern")
        assert (raised.value.one, raised.value.other) == ("aus den 80ern", "nicht aus den Achtzigern")


def test_what_is_shown_is_understood(reader: WishReader) -> None:
    with speaking("de"):
        moods = {one: reader.read(gettext(said)).filters.moods for one, said in {**QUALITIES, **THEMES}.items()}
        places = {one: reader.read(gettext(one)).filters.origins for one in PLACES}
        genres = {one: reader.read(genre_name(one)).filters.genres for one in GENRES}
    assert moods == {one: (one,) for one in moods}
    assert places == {one: (one,) for one in places}
    assert genres == {one: (one,) for one in genres}


def test_what_does_not_go_together_or_is_misspelt_is_told_in_german(reader: WishReader) -> None:
    with speaking("de"):
        with pytest.raises(ContradictionError) as raised:
            reader.read("Komödie ohne Komödie")
        assert (raised.value.one, raised.value.other) == ("Komödie", "Komödie")
        assert [one.label for one in reader.read("qomödie").unread[0].offers][:1] == ["Komödie"]
    assert "Komödie" not in [one.label for one in reader.read("qomödie").unread[0].offers]


def test_the_examples_mean_the_same_in_german(reader: WishReader) -> None:
    for example in (*examples_of(ListsCog.recommend_text), examples_of(DefaultsCog.defaults)[0]):
        meant = reader.read(example.partition(" ")[2]).filters
        with speaking("de"):
            assert reader.read(gettext(example).partition(" ")[2]).filters == meant, gettext(example)
