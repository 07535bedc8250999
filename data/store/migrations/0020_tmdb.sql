-- Why: what TMDB tells of films is shown for a while without asking again. `film` is JSON, NULL for a film that TMDB does
-- not have; `region` is the country it was asked for. Nothing of it stays longer than TMDB allows.
CREATE TABLE tmdb_films (
    movie_id INTEGER PRIMARY KEY CHECK (movie_id BETWEEN 1 AND 2147483647),
    region TEXT NOT NULL,
    film TEXT,
    fetched_at INTEGER NOT NULL
) STRICT;

-- A member may have all answers in words.
ALTER TABLE profiles ADD COLUMN has_pictures INTEGER NOT NULL DEFAULT 1 CHECK (has_pictures IN (0, 1));
