"""Small exports as the sites write them, made of the films of the small data set."""

import io
import json
import zipfile

MOVIELENS = "userId,movieId,rating,timestamp\n7,10,4.5,1577836800\n7,20,3.0,1577836801\n7,999,2.0,1577836802\n"
MOVIELENS_SITE = (
    "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n"
    "10,0113277,949,4.5,3.98,Heat (1995)\n"
    '60,0133093,603,5.0,4.15,"Matrix, The (2000)"\n'
)
LETTERBOXD_RATINGS = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2020-01-01,Heat,1995,https://boxd.it/2bg8,4.5\n"
    "2020-01-02,The Matrix,2000,https://boxd.it/2a1m,5\n"
    "2020-01-03,Sabrina,,https://boxd.it/1zzz,3\n"
    '2020-01-04,"No Such Film, Ever",1999,https://boxd.it/9999,2.5\n'
)
LETTERBOXD_DIARY = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    "2018-01-01,Heat,1995,https://boxd.it/aaaa,2,,,2017-12-31\n"
    "2019-01-01,Alien,1996,https://boxd.it/bbbb,3.5,Yes,,2018-12-31\n"
)
LETTERBOXD_WATCHED = (
    "Date,Name,Year,Letterboxd URI\n"
    "2020-01-01,Heat,1995,https://boxd.it/2bg8\n"
    "2020-01-01,Speed,1998,https://boxd.it/cccc\n"
)
LETTERBOXD_WATCHLIST = "Date,Name,Year,Letterboxd URI\n2021-05-05,Ghost,2007,https://boxd.it/dddd\n"
IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
    'tt0113277,9,2020-01-31,Heat,Heat,https://www.imdb.com/title/tt0113277,Movie,8.3,170,1995,"Crime, Drama",1,,M\n'
    "tt0078748,10,2020-02-01,Alien,Alien,https://www.imdb.com/title/tt0078748,Movie,8.5,117,1996,Horror,1,,R\n"
    "tt0903747,10,2020-02-02,Breaking Bad,Breaking Bad,https://x,TV Series,9.5,45,2008,Crime,1,,\n"
)
IMDB_OLD = (
    '"position","const","created","modified","description","Title","Title type","Directors","You rated",'
    '"IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"\n'
    '"1","tt0113277","Sat Dec 31 00:00:00 2016","","","Heat","Feature Film","M","7","8.3","170","1995","crime",'
    '"1","1995-12-15","http://www.imdb.com/title/tt0113277/"\n'
)
TRAKT = json.dumps(
    [
        {
            "rated_at": "2020-01-31T20:00:00.000Z",
            "rating": 8,
            "type": "movie",
            "movie": {"title": "Heat", "year": 1995, "ids": {"trakt": 622, "imdb": "tt0113277", "tmdb": 949}},
        },
        {
            "rated_at": "2020-01-31T20:00:01.000Z",
            "rating": 9,
            "type": "show",
            "show": {"title": "Breaking Bad", "year": 2008, "ids": {"imdb": "tt0903747", "tmdb": 1396}},
        },
        {
            "rated_at": "2020-01-31T20:00:02.000Z",
            "rating": 9,
            "type": "episode",
            "episode": {"season": 1, "number": 1, "title": "Pilot"},
            "show": {"title": "Breaking Bad", "year": 2008, "ids": {"imdb": "tt0903747"}},
        },
    ]
)
TRAKT_WATCHLIST = json.dumps(
    [
        {
            "rank": 1,
            "listed_at": "2021-01-01T00:00:00.000Z",
            "type": "movie",
            "movie": {"title": "Alien", "year": 1996, "ids": {"trakt": 295, "imdb": "tt0078748", "tmdb": None}},
        }
    ]
)
OWN_RATINGS = (
    "movie_id,title,year,imdb_id,tmdb_id,rating,rated_at\n"
    "10,Heat,1995,113277,949,4.5,2020-01-31T20:00:00Z\n"
    "777,'=Gone (2001),2001,,,1.0,2020-01-31T20:00:01Z\n"
)
OWN_WATCHLIST = "movie_id,title,year,imdb_id,tmdb_id,added_at\n20,Alien,1996,,,2021-01-01T00:00:00Z\n"
OWN_HIDDEN = "movie_id,title,year,imdb_id,tmdb_id,added_at\n30,Die Hard,1997,,,2021-01-02T00:00:00Z\n"
OWN_JSON = json.dumps({"format": "marquee-export", "version": 1, "id_space": "movielens", "ratings": [{}]})


def packed(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def letterboxd_zip() -> bytes:
    return packed(
        {
            "ratings.csv": LETTERBOXD_RATINGS,
            "diary.csv": LETTERBOXD_DIARY,
            "watched.csv": LETTERBOXD_WATCHED,
            "watchlist.csv": LETTERBOXD_WATCHLIST,
            "profile.csv": "Date Joined,Username\n2018-01-01,ann\n",
            "lists/ratings.csv": "Letterboxd list export v7\n",
            "deleted/diary.csv": LETTERBOXD_DIARY.replace("Alien", "Jaws"),
        }
    )


def own_zip() -> bytes:
    return packed(
        {
            "ratings.csv": OWN_RATINGS,
            "watchlist.csv": OWN_WATCHLIST,
            "hidden.csv": OWN_HIDDEN,
            "marquee.json": OWN_JSON,
        }
    )
