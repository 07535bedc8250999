-- Why: members rate films, one rating each; each change is kept apart, so that it can be taken back.
CREATE TABLE ratings (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL CHECK (stars BETWEEN 0.5 AND 5 AND stars * 2 = round(stars * 2)),
    rated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;

-- `before` and `after` are NULL where the film had, or has, no rating; `before_at` is when the old one was given.
-- `undoes` is the write that this one takes back, `undone` says that this one was taken back itself.
CREATE TABLE writes (
    write_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    before REAL,
    before_at INTEGER,
    after REAL,
    at INTEGER NOT NULL,
    undoes INTEGER,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX writes_of_user ON writes (user_id, at);
CREATE INDEX writes_of_film ON writes (user_id, movie_id);
CREATE INDEX writes_to_undo ON writes (user_id, write_id) WHERE undone = 0 AND undoes IS NULL;
