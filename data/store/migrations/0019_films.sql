-- Why: films and their names outlive the data set they came from, and some are in no data set at all. Beside each stand
-- the names it goes by elsewhere, folded as they are searched for. `in_dataset` are the films of the data set in use, `in_imdb` those that the last reading
-- of IMDb's files took; a film that is neither, nor was added by hand, is only named where something was kept about it.
-- Several values of one kind have `|` between them; `leads` are the first of the cast.
CREATE TABLE films (
    movie_id INTEGER PRIMARY KEY CHECK (movie_id BETWEEN 1 AND 2147483647),
    title TEXT NOT NULL,
    raw_title TEXT NOT NULL,
    original_title TEXT,
    year INTEGER,
    genres TEXT NOT NULL DEFAULT '',
    runtime_min INTEGER,
    directors TEXT NOT NULL DEFAULT '',
    leads TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '',
    countries TEXT NOT NULL DEFAULT '',
    imdb_id INTEGER,
    tmdb_id INTEGER,
    source_mean REAL,
    source_votes INTEGER,
    source TEXT NOT NULL CHECK (source IN ('movielens', 'imdb', 'hand')),
    in_dataset INTEGER NOT NULL DEFAULT 0 CHECK (in_dataset IN (0, 1)),
    in_imdb INTEGER NOT NULL DEFAULT 0 CHECK (in_imdb IN (0, 1))
) STRICT;

CREATE INDEX films_by_imdb ON films (imdb_id) WHERE imdb_id IS NOT NULL;
CREATE INDEX films_beside_the_data_set ON films (movie_id) WHERE in_dataset = 0 OR in_imdb = 1;

CREATE TABLE film_titles (
    movie_id INTEGER NOT NULL REFERENCES films ON DELETE CASCADE,
    folded TEXT NOT NULL,
    PRIMARY KEY (movie_id, folded)
) STRICT, WITHOUT ROWID;
