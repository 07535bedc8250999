-- Written by the code of b9d1553, bac63d1, a754905, then of 7053e5e.
PRAGMA application_id = 1297175877;
PRAGMA user_version = 14;
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
INSERT INTO "guesses" VALUES(1000000000,50,4.2,1700100000);
CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    prefix TEXT,
    changed_at INTEGER NOT NULL
) STRICT;
INSERT INTO "guilds" VALUES(987,'?',1700000060);
CREATE TABLE handled (
    ask_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO "handled" VALUES(1174529271398400000);
CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    source TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'written', 'cancelled', 'undone')),
    plan TEXT,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "imports" VALUES(1,1000000001,'letterboxd','written','{"watchlist": [9], "hidden": [11]}',1700000100);
INSERT INTO "imports" VALUES(2,1000000000,'imdb','open','{"rows": [2]}',1700000110);
CREATE TABLE memberships (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    left_at INTEGER,
    blocked_at INTEGER,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "memberships" VALUES(987,1000000000,1700200000,NULL,NULL);
INSERT INTO "memberships" VALUES(987,1000000001,1700200001,1700200002,NULL);
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL
) STRICT;
INSERT INTO "migrations" VALUES(1,'21d534120febc12f07999ff093fe1af23861209160122a0c278329119a240b6c');
INSERT INTO "migrations" VALUES(2,'0b9a6ff3baaafdc8236189d2c4254f45a408bddf2ff58972d575821e693be223');
INSERT INTO "migrations" VALUES(3,'78043da55d658c341c6eee91fa27743c0bdc0d6b63d00e7cc5ee76891091747c');
INSERT INTO "migrations" VALUES(4,'18b440e3c7f2e602d9dd092a572526427d4fed8415e919964202e4a744e7c5b4');
INSERT INTO "migrations" VALUES(5,'df825a6b701e6f332e4029384e3c9f284cb5d48a1810977032065c98a61acc35');
INSERT INTO "migrations" VALUES(6,'7dd54f69bcdd674ff6e0ccdaa310c3924c9e2793f3a06b206e56d7989502859a');
INSERT INTO "migrations" VALUES(7,'b6e18922507e16eee9d77ba71da2525db416cf1e64684f4a530674d6b648a3df');
INSERT INTO "migrations" VALUES(8,'e43baa3a95560b2ee236aca1fcace5a3299974c063692f8b0df7a53f264f5904');
INSERT INTO "migrations" VALUES(9,'a6e17cc8e807b3d7a263a81e1f84c480b7b6f2d3253562d33a14a1695894ea09');
INSERT INTO "migrations" VALUES(10,'00e7a6b0f29a0eb8f9f03216351980d55f07fab90a93f7ba319ba7b9ec8d56a3');
INSERT INTO "migrations" VALUES(11,'5f4c79c80d368a21d98fc669ffb190553bc481d08f70d0538e61acc029932a3d');
INSERT INTO "migrations" VALUES(12,'32b7a1b08b7e21a8396c676260e00c6425a0acfaa2a6ea6a35335347c36a1f8f');
INSERT INTO "migrations" VALUES(13,'9e5594fc3a598fbb6a74300de7d0191ff0a94bf80537c0922e01f6b3e88bb744');
INSERT INTO "migrations" VALUES(14,'b0c7b29722007a15bed3308d1ee8a390878188f682bd33b96cd956679a542fae');
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (user_id >= 1000000000),
    discord_id INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'server' CHECK (visibility IN ('private', 'server', 'public')),
    trains INTEGER NOT NULL DEFAULT 1 CHECK (trains IN (0, 1))
, adopted_user_id INTEGER, last_change TEXT, last_change_of INTEGER, last_change_after INTEGER, compares INTEGER NOT NULL DEFAULT 0 CHECK (compares IN (0, 1)), quarantined_at INTEGER, rating_changes INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "profiles" VALUES(1000000000,111222333444555666,1700000000,'server',1,9,'adopted',9,12,1,NULL,1);
INSERT INTO "profiles" VALUES(1000000001,222333444555666777,1700000001,'private',0,42,'hidden',70,12,0,NULL,0);
CREATE TABLE ratings (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL CHECK (stars BETWEEN 0.5 AND 5 AND stars * 2 = round(stars * 2)),
    rated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "ratings" VALUES(1000000000,1,3.5,1700000011);
INSERT INTO "ratings" VALUES(1000000000,50,4.5,1700200003);
INSERT INTO "ratings" VALUES(1000000000,318,4.0,1700000090);
INSERT INTO "ratings" VALUES(1000000001,7,4.0,1700000000);
INSERT INTO "ratings" VALUES(1000000001,8,2.5,1700000000);
CREATE TABLE "shelves" (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "shelves" VALUES(1000000000,'watchlist',100,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',103,1700000070);
INSERT INTO "shelves" VALUES(1000000000,'hidden',200,1700000060);
INSERT INTO "shelves" VALUES(1000000001,'watchlist',9,1700000000);
INSERT INTO "shelves" VALUES(1000000001,'hidden',11,1700000000);
INSERT INTO "shelves" VALUES(1000000001,'hidden',70,1700100002);
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
, import_id INTEGER REFERENCES imports) STRICT;
INSERT INTO "writes" VALUES(1,1000000000,318,NULL,NULL,5.0,1700000010,NULL,0,NULL);
INSERT INTO "writes" VALUES(2,1000000000,1,NULL,NULL,4.5,1700000010,NULL,0,NULL);
INSERT INTO "writes" VALUES(3,1000000000,1,4.5,1700000010,3.5,1700000011,NULL,0,NULL);
INSERT INTO "writes" VALUES(4,1000000001,2,NULL,NULL,0.5,1700000012,NULL,1,NULL);
INSERT INTO "writes" VALUES(5,1000000001,2,0.5,1700000012,NULL,1700000013,4,0,NULL);
INSERT INTO "writes" VALUES(6,1000000000,318,5.0,1700000010,NULL,1700000014,NULL,0,NULL);
INSERT INTO "writes" VALUES(7,1000000000,318,NULL,NULL,4.0,1700000090,NULL,0,NULL);
INSERT INTO "writes" VALUES(8,1000000001,7,NULL,NULL,4.0,1700000101,NULL,0,1);
INSERT INTO "writes" VALUES(9,1000000001,8,NULL,NULL,2.5,1700000101,NULL,0,1);
INSERT INTO "writes" VALUES(10,1000000000,50,NULL,NULL,4.5,1700100000,NULL,0,NULL);
INSERT INTO "writes" VALUES(11,1000000000,260,NULL,NULL,3.0,1700100000,NULL,1,NULL);
INSERT INTO "writes" VALUES(12,1000000000,260,3.0,1700100000,NULL,1700100001,11,0,NULL);
INSERT INTO "writes" VALUES(13,1000000000,50,4.5,1700100000,4.5,1700200003,NULL,0,NULL);
CREATE INDEX writes_of_user ON writes (user_id, at);
CREATE INDEX writes_of_film ON writes (user_id, movie_id);
CREATE INDEX writes_to_undo ON writes (user_id, write_id) WHERE undone = 0 AND undoes IS NULL;
CREATE INDEX shown_lists_of_user ON shown_lists (user_id);
CREATE INDEX shown_lists_by_age ON shown_lists (created_at);
CREATE INDEX imports_of_user ON imports (user_id);
CREATE INDEX imports_by_age ON imports (created_at);
CREATE INDEX writes_of_import ON writes (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX memberships_of_user ON memberships (user_id);
CREATE TRIGGER rating_given AFTER INSERT ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = new.user_id;
END;
CREATE TRIGGER rating_changed AFTER UPDATE ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = new.user_id;
END;
CREATE TRIGGER rating_removed AFTER DELETE ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = old.user_id;
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('profiles',1000000001);
INSERT INTO "sqlite_sequence" VALUES('writes',13);
INSERT INTO "sqlite_sequence" VALUES('shown_lists',1);
INSERT INTO "sqlite_sequence" VALUES('training_runs',2);
INSERT INTO "sqlite_sequence" VALUES('imports',2);
COMMIT;
