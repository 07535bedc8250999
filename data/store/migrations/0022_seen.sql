-- Why: a member has seen films without giving them stars, such as those an import names as watched. A third shelf keeps
-- them out of lists; a film that gets stars leaves it.
CREATE TABLE three_shelves (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden', 'seen')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;

INSERT INTO three_shelves (user_id, shelf, movie_id, added_at)
    SELECT user_id, shelf, movie_id, added_at FROM shelves;

DROP TABLE shelves;
ALTER TABLE three_shelves RENAME TO shelves;
