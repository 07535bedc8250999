-- Why: members want to know how well we guess. One guess per film, made just before its stars were given.
CREATE TABLE guesses (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    guessed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
