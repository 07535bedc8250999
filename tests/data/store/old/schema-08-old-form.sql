-- Written by the code of b9d1553, then of 70e8072.
PRAGMA application_id = 1297175877;
PRAGMA user_version = 8;
BEGIN TRANSACTION;
CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "facts" VALUES('commands','abc');
INSERT INTO "facts" VALUES('movie_id_space','movielens');
CREATE TABLE guesses (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    guessed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "guesses" VALUES(1000000000,1,3.9,1700000080);
CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    prefix TEXT,
    changed_at INTEGER NOT NULL
) STRICT;
INSERT INTO "guilds" VALUES(987,'?',1700000060);
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (user_id >= 1000000000),
    discord_id INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'server' CHECK (visibility IN ('private', 'server', 'public')),
    trains INTEGER NOT NULL DEFAULT 1 CHECK (trains IN (0, 1))
, adopted_user_id INTEGER) STRICT;
INSERT INTO "profiles" VALUES(1000000000,111222333444555666,1700000000,'server',1,NULL);
INSERT INTO "profiles" VALUES(1000000001,222333444555666777,1700000001,'server',1,42);
CREATE TABLE ratings (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL CHECK (stars BETWEEN 0.5 AND 5 AND stars * 2 = round(stars * 2)),
    rated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "ratings" VALUES(1000000000,1,3.5,1700000011);
CREATE TABLE shelves (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, shelf, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "shelves" VALUES(1000000000,'hidden',101,1700000071);
INSERT INTO "shelves" VALUES(1000000000,'hidden',102,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'hidden',200,1700000060);
INSERT INTO "shelves" VALUES(1000000000,'hidden',201,1700000060);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',100,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',101,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',102,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',103,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',201,1700000072);
INSERT INTO "shelves" VALUES(1000000001,'hidden',100,1700000073);
CREATE TABLE shown_lists (
    list_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    query TEXT NOT NULL,
    movie_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "shown_lists" VALUES(1,1000000000,'{"kind": null, "count": 3}','[10, 20, 30, 40, 50]',1700000020);
CREATE TABLE training_runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    requested_by INTEGER,
    last_write_id INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'running'
        CHECK (outcome IN ('running', 'interrupted', 'promoted', 'refused', 'failed', 'cancelled')),
    version TEXT,
    reason TEXT,
    finished_at INTEGER
) STRICT;
INSERT INTO "training_runs" VALUES(1,111222333444555666,3,2,1700000030,'promoted','20231114-221400',NULL,1700000040);
INSERT INTO "training_runs" VALUES(2,NULL,4,3,1700000050,'running',NULL,NULL,NULL);
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
INSERT INTO "writes" VALUES(1,1000000000,318,NULL,NULL,5.0,1700000010,NULL,0);
INSERT INTO "writes" VALUES(2,1000000000,1,NULL,NULL,4.5,1700000010,NULL,0);
INSERT INTO "writes" VALUES(3,1000000000,1,4.5,1700000010,3.5,1700000011,NULL,0);
INSERT INTO "writes" VALUES(4,1000000001,2,NULL,NULL,0.5,1700000012,NULL,1);
INSERT INTO "writes" VALUES(5,1000000001,2,0.5,1700000012,NULL,1700000013,4,0);
INSERT INTO "writes" VALUES(6,1000000000,318,5.0,1700000010,NULL,1700000014,NULL,0);
CREATE INDEX writes_of_user ON writes (user_id, at);
CREATE INDEX writes_of_film ON writes (user_id, movie_id);
CREATE INDEX writes_to_undo ON writes (user_id, write_id) WHERE undone = 0 AND undoes IS NULL;
CREATE INDEX shown_lists_of_user ON shown_lists (user_id);
CREATE INDEX shown_lists_by_age ON shown_lists (created_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('profiles',1000000001);
INSERT INTO "sqlite_sequence" VALUES('writes',6);
INSERT INTO "sqlite_sequence" VALUES('shown_lists',1);
INSERT INTO "sqlite_sequence" VALUES('training_runs',2);
COMMIT;
