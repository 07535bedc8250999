-- Why: every Discord account that rates or asks becomes one MovieLens-style user.
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (user_id >= 1000000000),
    discord_id INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'server' CHECK (visibility IN ('private', 'server', 'public')),
    trains INTEGER NOT NULL DEFAULT 1 CHECK (trains IN (0, 1))
) STRICT;

-- AUTOINCREMENT goes on from here: above every data set's user ids, and never back, whoever is deleted.
INSERT INTO sqlite_sequence (name, seq) VALUES ('profiles', 999999999);
