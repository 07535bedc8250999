-- Why: "More" must not repeat what a list has shown, not even after a rating or a restart.
CREATE TABLE shown_lists (
    list_id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    query TEXT NOT NULL,
    movie_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX shown_lists_of_user ON shown_lists (user_id);
CREATE INDEX shown_lists_by_age ON shown_lists (created_at);
