-- Why: a migration that was applied never changes; the database knows what each one was.
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL
) STRICT;
