-- Why: 0006 was changed after it had been applied, so that in some databases a film may stand on both shelves.
-- Of such a film the later word counts; of two in the same second it stays hidden, as in an import.
CREATE TABLE one_shelf (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;

INSERT OR REPLACE INTO one_shelf (user_id, shelf, movie_id, added_at)
    SELECT user_id, shelf, movie_id, added_at FROM shelves ORDER BY added_at, shelf DESC;

DROP TABLE shelves;
ALTER TABLE one_shelf RENAME TO shelves;
