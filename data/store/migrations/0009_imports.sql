-- Why: an import is previewed before it is written, also across a restart, and is taken back as one.
CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    source TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'written', 'cancelled', 'undone')),
    plan TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX imports_of_user ON imports (user_id);
CREATE INDEX imports_by_age ON imports (created_at);

ALTER TABLE writes ADD COLUMN import_id INTEGER REFERENCES imports;
CREATE INDEX writes_of_import ON writes (import_id) WHERE import_id IS NOT NULL;
