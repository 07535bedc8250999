-- Why: films a member wants to see, and films a member wants to hear no more of. A film is one or the other.
CREATE TABLE shelves (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
