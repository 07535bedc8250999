-- Why: whatever a member changes is one entry of a journal, which is taken back and brought back as a whole: ratings,
-- shelves and settings alike. `writes`, the history of ratings alone, becomes part of it.
-- An entry is the changes with one `entry_id`, that of the first of them. `what` is "rating" or "shelf" of a film, or a
-- column of `profiles`; `before` and `after` are NULL where there was, or is, nothing, `before_at` and `after_at` since
-- when that stood. What was written in one second, and stands or was taken back alike, becomes one entry.
CREATE TABLE changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    what TEXT NOT NULL,
    movie_id INTEGER,
    before ANY,
    before_at INTEGER,
    after ANY,
    after_at INTEGER,
    at INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    import_id INTEGER REFERENCES imports
) STRICT;

CREATE INDEX changes_of_entry ON changes (user_id, entry_id);
CREATE INDEX changes_of_film ON changes (user_id, movie_id, what);
CREATE INDEX changes_of_user ON changes (user_id, at);
CREATE INDEX changes_of_import ON changes (import_id) WHERE import_id IS NOT NULL;

-- Models and servers remember up to which write they know; numbers go on from there.
INSERT INTO sqlite_sequence (name, seq) SELECT 'changes', seq FROM sqlite_sequence WHERE name = 'writes';

INSERT INTO changes
    SELECT
        write_id, min(write_id) OVER (PARTITION BY user_id, at, import_id, undone), user_id, 'rating', movie_id,
        before, before_at, after,
        CASE
            WHEN after IS NULL THEN NULL
            WHEN next_id IS NOT NULL THEN next_before_at
            ELSE (
                SELECT rated_at FROM ratings WHERE ratings.user_id = chained.user_id
                AND ratings.movie_id = chained.movie_id
            )
        END,
        at, undone, import_id
    FROM (
        SELECT *, lead(write_id) OVER film AS next_id, lead(before_at) OVER film AS next_before_at FROM writes
        WINDOW film AS (PARTITION BY user_id, movie_id ORDER BY write_id)
    ) AS chained
    WHERE undoes IS NULL;

-- What imports put on shelves and still stands there.
INSERT INTO changes
    SELECT
        change_id,
        coalesce(
            (SELECT entry_id FROM changes WHERE changes.import_id = shelved.import_id LIMIT 1),
            min(change_id) OVER (PARTITION BY import_id)
        ),
        user_id, 'shelf', movie_id, NULL, NULL, shelf, added_at, created_at, 0, import_id
    FROM (
        SELECT
            shelves.*, import_id, created_at,
            coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)
                + row_number() OVER (ORDER BY import_id, movie_id) AS change_id
        FROM imports
        JOIN json_each('["watchlist", "hidden"]') AS shelf_names
        JOIN json_each(imports.plan, '$.' || shelf_names.value) AS films
        JOIN shelves ON shelves.user_id = imports.user_id AND shelves.movie_id = films.value
            AND shelves.shelf = shelf_names.value
        WHERE imports.state = 'written' AND imports.plan IS NOT NULL
    ) AS shelved;

UPDATE imports SET plan = NULL WHERE state <> 'open';
UPDATE imports SET state = 'written' WHERE state = 'undone';

-- `Restore` under old messages names the write that took something back; this is what that was.
CREATE TABLE old_undos (
    write_id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE
) STRICT;

CREATE INDEX old_undos_of_change ON old_undos (change_id);

INSERT INTO old_undos
    SELECT write_id, undoes FROM writes WHERE undoes IN (SELECT change_id FROM changes);

DROP TABLE writes;
ALTER TABLE profiles DROP COLUMN last_change;
ALTER TABLE profiles DROP COLUMN last_change_of;
ALTER TABLE profiles DROP COLUMN last_change_after;
