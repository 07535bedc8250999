-- Why: a server chooses its prefix; the store remembers single facts about itself, such as its movie-id space.
CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    prefix TEXT,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
