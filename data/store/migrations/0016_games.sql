-- Why: members of a server guess what the bot predicts for one of them. A round itself is about nobody: whom it asked
-- about, with the prediction, and each guess go with their member, and the points of the others stay. The film stands
-- beside them so that an export can name it. `told_at` is when its message said how it ended; a round that was ended
-- just before a crash is told at the next start.
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

CREATE UNIQUE INDEX game_round_of_channel ON game_rounds (channel_id) WHERE ended_at IS NULL;
CREATE INDEX game_rounds_to_tell ON game_rounds (ends_at) WHERE told_at IS NULL;
CREATE INDEX game_rounds_of_guild ON game_rounds (guild_id, started_at);
CREATE INDEX game_rounds_by_time ON game_rounds (started_at);

CREATE TABLE game_subjects (
    round_id INTEGER PRIMARY KEY REFERENCES game_rounds ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX game_subjects_of_user ON game_subjects (user_id, asked_at);

CREATE TABLE game_guesses (
    round_id INTEGER NOT NULL REFERENCES game_rounds ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    stars REAL NOT NULL,
    guessed_at INTEGER NOT NULL,
    points INTEGER,
    PRIMARY KEY (round_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX game_guesses_of_user ON game_guesses (user_id);
