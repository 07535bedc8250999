-- Written by the code of 0b28232.
PRAGMA application_id = 1297175877;
PRAGMA user_version = 22;
BEGIN TRANSACTION;
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
INSERT INTO "changes" VALUES(1,1,1000000000,'rating',1,NULL,NULL,4.5,1700000002,1700000002,1,NULL);
INSERT INTO "changes" VALUES(2,1,1000000000,'rating',50,NULL,NULL,3.0,1700000002,1700000002,1,NULL);
INSERT INTO "changes" VALUES(3,1,1000000000,'rating',260,NULL,NULL,2.0,1700000002,1700000002,1,NULL);
INSERT INTO "changes" VALUES(4,4,1000000000,'rating',1,NULL,NULL,4.5,1700000004,1700000004,0,NULL);
INSERT INTO "changes" VALUES(5,5,1000000000,'rating',318,NULL,NULL,5.0,1700000020,1700000020,0,NULL);
INSERT INTO "changes" VALUES(6,6,1000000000,'rating',1,4.5,1700000004,NULL,NULL,1700000030,0,NULL);
INSERT INTO "changes" VALUES(7,7,1000000000,'shelf',9,NULL,NULL,'watchlist',1700000040,1700000040,0,NULL);
INSERT INTO "changes" VALUES(8,8,1000000000,'shelf',9,'watchlist',1700000040,'hidden',1700000041,1700000041,0,NULL);
INSERT INTO "changes" VALUES(9,9,1000000000,'shelf',12,NULL,NULL,'seen',1700000042,1700000042,0,NULL);
INSERT INTO "changes" VALUES(10,10,1000000000,'rating',318,5.0,1700000020,4.0,1700000049,1700000051,1,1);
INSERT INTO "changes" VALUES(11,10,1000000000,'rating',800,NULL,NULL,3.5,1699999991,1700000051,1,1);
INSERT INTO "changes" VALUES(12,12,1000000000,'rating',800,NULL,NULL,1.0,1700000060,1700000060,0,NULL);
INSERT INTO "changes" VALUES(13,13,1000000000,'rating',810,NULL,NULL,3.5,1699999991,1700000071,0,2);
INSERT INTO "changes" VALUES(14,13,1000000000,'rating',811,NULL,NULL,2.0,1699999994,1700000071,0,2);
INSERT INTO "changes" VALUES(15,13,1000000000,'shelf',812,NULL,NULL,'watchlist',1699999992,1700000071,0,2);
INSERT INTO "changes" VALUES(16,13,1000000000,'shelf',813,NULL,NULL,'hidden',1699999993,1700000071,0,2);
INSERT INTO "changes" VALUES(17,13,1000000000,'shelf',814,NULL,NULL,'seen',1699999995,1700000071,0,2);
INSERT INTO "changes" VALUES(18,18,1000000000,'visibility',NULL,'server',NULL,'public',NULL,1700000072,0,NULL);
INSERT INTO "changes" VALUES(19,19,1000000000,'has_pictures',NULL,1,NULL,0,NULL,1700000073,0,NULL);
INSERT INTO "changes" VALUES(20,20,1000000000,'adopted_user_id',NULL,NULL,NULL,7,NULL,1700000074,0,NULL);
INSERT INTO "changes" VALUES(21,21,1000000000,'trains',NULL,1,NULL,0,NULL,1700000075,1,NULL);
INSERT INTO "changes" VALUES(22,22,1000000001,'rating',1,NULL,NULL,2.0,1700000005,1700000005,0,NULL);
INSERT INTO "changes" VALUES(23,22,1000000001,'rating',2,NULL,NULL,3.0,1700000005,1700000005,0,NULL);
INSERT INTO "changes" VALUES(24,24,1000000001,'rating',1,2.0,1700000005,NULL,NULL,1700000080,0,NULL);
INSERT INTO "changes" VALUES(25,24,1000000001,'rating',2,3.0,1700000005,NULL,NULL,1700000080,0,NULL);
INSERT INTO "changes" VALUES(26,26,1000000001,'shelf',11,NULL,NULL,'hidden',1700000081,1700000081,0,NULL);
INSERT INTO "changes" VALUES(27,27,1000000001,'shelf',12,NULL,NULL,'seen',1700000082,1700000082,1,NULL);
INSERT INTO "changes" VALUES(28,28,1000000001,'compares',NULL,0,NULL,1,NULL,1700000083,0,NULL);
CREATE TABLE evening_answers (
    evening_id INTEGER NOT NULL REFERENCES evenings ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    likes INTEGER NOT NULL CHECK (likes IN (0, 1)),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (evening_id, user_id, movie_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE evening_members (
    evening_id INTEGER NOT NULL REFERENCES evenings ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    is_host INTEGER NOT NULL DEFAULT 0 CHECK (is_host IN (0, 1)),
    is_counted INTEGER NOT NULL DEFAULT 1 CHECK (is_counted IN (0, 1)),
    appeal REAL,
    utc_offset INTEGER,
    interested_at INTEGER,
    came_at INTEGER,
    PRIMARY KEY (evening_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE evenings (
    evening_id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    wishes TEXT NOT NULL,
    movie_ids TEXT NOT NULL DEFAULT '[]',
    shown_from INTEGER NOT NULL DEFAULT 0,
    deck TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'chosen', 'planned', 'over', 'cancelled')),
    movie_id INTEGER,
    starts_at INTEGER,
    event_id INTEGER,
    voice_id INTEGER,
    poll_id INTEGER,
    asked_at INTEGER
) STRICT;
CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "facts" VALUES('key','value');
INSERT INTO "facts" VALUES('movie_id_space','movielens');
CREATE TABLE film_titles (
    movie_id INTEGER NOT NULL REFERENCES films ON DELETE CASCADE,
    folded TEXT NOT NULL,
    PRIMARY KEY (movie_id, folded)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE game_guesses (
    round_id INTEGER NOT NULL REFERENCES game_rounds ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    guessed_at INTEGER NOT NULL,
    points INTEGER,
    PRIMARY KEY (round_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE game_rounds (
    round_id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER,
    movie_id INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_at INTEGER,
    told_at INTEGER
) STRICT;
CREATE TABLE game_subjects (
    round_id INTEGER PRIMARY KEY REFERENCES game_rounds ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;
CREATE TABLE guesses (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    guessed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "guesses" VALUES(1000000000,50,3.5,1700000002);
CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    prefix TEXT,
    changed_at INTEGER NOT NULL
, channels TEXT NOT NULL DEFAULT '', is_quiet INTEGER NOT NULL DEFAULT 0 CHECK (is_quiet IN (0, 1)), has_pictures INTEGER NOT NULL DEFAULT 1 CHECK (has_pictures IN (0, 1)), announces_in INTEGER, announced_write_id INTEGER, announced_at INTEGER, digest_in INTEGER, digest_weekday INTEGER NOT NULL DEFAULT 4 CHECK (digest_weekday BETWEEN 0 AND 6), digest_hour INTEGER NOT NULL DEFAULT 18 CHECK (digest_hour BETWEEN 0 AND 23), digest_at INTEGER, left_at INTEGER) STRICT;
INSERT INTO "guilds" VALUES(987,'?',1700000000,'5,6',0,1,NULL,NULL,NULL,NULL,4,18,NULL,NULL);
CREATE TABLE handled (
    ask_id INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    source TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'written', 'cancelled', 'undone')),
    plan TEXT,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "imports" VALUES(1,1000000000,'imdb','written',NULL,1700000050);
INSERT INTO "imports" VALUES(2,1000000000,'letterboxd','written',NULL,1700000070);
INSERT INTO "imports" VALUES(3,1000000001,'imdb','open','{"rows": [2]}',1700000090);
CREATE TABLE memberships (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    left_at INTEGER,
    blocked_at INTEGER,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "memberships" VALUES(987,1000000000,1700000000,NULL,NULL);
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
INSERT INTO "migrations" VALUES(15,'a856dc1c02c2f5fb0736c4257916be3100780e139d13616981f6534f9cd6e17a');
INSERT INTO "migrations" VALUES(16,'1839bec41aa519b95bbf03cd268176dc406c1323ac5654e266748d7f8bf38e3f');
INSERT INTO "migrations" VALUES(17,'dfce5dabab5ab4691eef8027ebbd5a45ebd7b160d79437f25956f58b02f00063');
INSERT INTO "migrations" VALUES(18,'e2b6854c73318e19121c3c90575d25807e0de94d51dd8448a139641bb3be3795');
INSERT INTO "migrations" VALUES(19,'deab5e951eef10485c1f0ccfbcc03b11ba16f39ccc90ccec8bcbc29291af4eee');
INSERT INTO "migrations" VALUES(20,'6a34e87efb6559b1edc787e09a25dcffbce865108dd2c4f9a77fa84571d22eff');
INSERT INTO "migrations" VALUES(21,'c5cee30f41da547bccd6ff7d757c96fa1ccc983b301373ad514bb9dc8520ab22');
INSERT INTO "migrations" VALUES(22,'61886d6166b83258274fae7627cc029a22417de35e047b90d58ec9916a67a8c4');
CREATE TABLE old_undos (
    write_id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE
) STRICT;
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (user_id >= 1000000000),
    discord_id INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'server' CHECK (visibility IN ('private', 'server', 'public')),
    trains INTEGER NOT NULL DEFAULT 1 CHECK (trains IN (0, 1))
, adopted_user_id INTEGER, compares INTEGER NOT NULL DEFAULT 0 CHECK (compares IN (0, 1)), quarantined_at INTEGER, rating_changes INTEGER NOT NULL DEFAULT 0, has_pictures INTEGER NOT NULL DEFAULT 1 CHECK (has_pictures IN (0, 1))) STRICT;
INSERT INTO "profiles" VALUES(1000000000,111222333444555666,1700000000,'public',1,7,0,NULL,18,0);
INSERT INTO "profiles" VALUES(1000000001,222333444555666777,1700000001,'server',1,NULL,1,NULL,4,1);
CREATE TABLE ratings (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL CHECK (stars BETWEEN 0.5 AND 5 AND stars * 2 = round(stars * 2)),
    rated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "ratings" VALUES(1000000000,318,5.0,1700000020);
INSERT INTO "ratings" VALUES(1000000000,800,1.0,1700000060);
INSERT INTO "ratings" VALUES(1000000000,810,3.5,1699999991);
INSERT INTO "ratings" VALUES(1000000000,811,2.0,1699999994);
CREATE TABLE "shelves" (
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('watchlist', 'hidden', 'seen')),
    movie_id INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "shelves" VALUES(1000000000,'hidden',9,1700000041);
INSERT INTO "shelves" VALUES(1000000000,'seen',12,1700000042);
INSERT INTO "shelves" VALUES(1000000000,'watchlist',812,1699999992);
INSERT INTO "shelves" VALUES(1000000000,'hidden',813,1699999993);
INSERT INTO "shelves" VALUES(1000000000,'seen',814,1699999995);
INSERT INTO "shelves" VALUES(1000000001,'hidden',11,1700000081);
CREATE TABLE shown_lists (
    list_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    query TEXT NOT NULL,
    movie_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "shown_lists" VALUES(1,1000000000,'{}','[1]',1700000000);
CREATE TABLE tmdb_films (
    movie_id INTEGER PRIMARY KEY CHECK (movie_id BETWEEN 1 AND 2147483647),
    region TEXT NOT NULL,
    film TEXT,
    fetched_at INTEGER NOT NULL
) STRICT;
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
CREATE INDEX shown_lists_of_user ON shown_lists (user_id);
CREATE INDEX shown_lists_by_age ON shown_lists (created_at);
CREATE INDEX imports_of_user ON imports (user_id);
CREATE INDEX imports_by_age ON imports (created_at);
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
CREATE INDEX evenings_of_guild ON evenings (guild_id, evening_id);
CREATE INDEX evening_members_of_user ON evening_members (user_id);
CREATE INDEX evening_answers_of_user ON evening_answers (user_id);
CREATE UNIQUE INDEX game_round_of_channel ON game_rounds (channel_id) WHERE ended_at IS NULL;
CREATE INDEX game_rounds_to_tell ON game_rounds (ends_at) WHERE told_at IS NULL;
CREATE INDEX game_rounds_of_guild ON game_rounds (guild_id, started_at);
CREATE INDEX game_rounds_by_time ON game_rounds (started_at);
CREATE INDEX game_subjects_of_user ON game_subjects (user_id, asked_at);
CREATE INDEX game_guesses_of_user ON game_guesses (user_id);
CREATE INDEX evenings_by_state ON evenings (state, asked_at);
CREATE INDEX evenings_by_event ON evenings (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX films_by_imdb ON films (imdb_id) WHERE imdb_id IS NOT NULL;
CREATE INDEX films_beside_the_data_set ON films (movie_id) WHERE in_dataset = 0 OR in_imdb = 1;
CREATE INDEX changes_of_entry ON changes (user_id, entry_id);
CREATE INDEX changes_of_film ON changes (user_id, movie_id, what);
CREATE INDEX changes_of_user ON changes (user_id, at);
CREATE INDEX changes_of_import ON changes (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX old_undos_of_change ON old_undos (change_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('profiles',1000000001);
INSERT INTO "sqlite_sequence" VALUES('changes',28);
INSERT INTO "sqlite_sequence" VALUES('imports',3);
INSERT INTO "sqlite_sequence" VALUES('shown_lists',1);
COMMIT;
