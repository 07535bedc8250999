-- Why: people of a server choose a film together, by a list, a poll or by swiping, and watch it together. An evening
-- itself names nobody. What is about a member belongs to them: that they were counted in, what the film that was chosen
-- is for them (so that whoever lost has more to say next time), that they were interested, that they came, and their
-- answers while films are swiped, which go once a film is chosen.
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

CREATE INDEX evenings_of_guild ON evenings (guild_id, evening_id);

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

CREATE INDEX evening_members_of_user ON evening_members (user_id);

CREATE TABLE evening_answers (
    evening_id INTEGER NOT NULL REFERENCES evenings ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    movie_id INTEGER NOT NULL,
    likes INTEGER NOT NULL CHECK (likes IN (0, 1)),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (evening_id, user_id, movie_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX evening_answers_of_user ON evening_answers (user_id);
