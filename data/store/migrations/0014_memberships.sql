-- Why: what a server does together is about members who have spoken to the bot there, for as long as they are there and
-- nobody has blocked them. Comparing tastes is for those who want it; who is quarantined stands on no board and in no
-- training. `rating_changes` counts every change of a member's ratings, so that what is kept in memory knows it is old.
CREATE TABLE memberships (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    left_at INTEGER,
    blocked_at INTEGER,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_of_user ON memberships (user_id);

ALTER TABLE profiles ADD COLUMN compares INTEGER NOT NULL DEFAULT 0 CHECK (compares IN (0, 1));
ALTER TABLE profiles ADD COLUMN quarantined_at INTEGER;
ALTER TABLE profiles ADD COLUMN rating_changes INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER rating_given AFTER INSERT ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = new.user_id;
END;

CREATE TRIGGER rating_changed AFTER UPDATE ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = new.user_id;
END;

CREATE TRIGGER rating_removed AFTER DELETE ON ratings BEGIN
    UPDATE profiles SET rating_changes = rating_changes + 1 WHERE user_id = old.user_id;
END;
