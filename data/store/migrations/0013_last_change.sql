-- Why: `undo` takes back ratings alone, and must know where something else was changed after the newest of them.
-- `last_change` is the kind of that change, `last_change_of` what it was about, `last_change_after` the newest write before.
ALTER TABLE profiles ADD COLUMN last_change TEXT;
ALTER TABLE profiles ADD COLUMN last_change_of INTEGER;
ALTER TABLE profiles ADD COLUMN last_change_after INTEGER;
