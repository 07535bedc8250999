-- Why: a server chooses where and how the bot speaks there, and what it tells by itself. `announced_*` and `digest_at`
-- say what was told last, so that nothing is told twice over a restart. What belongs to a server goes some time after
-- the bot has left it. Channels are ids with commas between them; weekdays count from Monday, hours are UTC.
ALTER TABLE guilds ADD COLUMN channels TEXT NOT NULL DEFAULT '';
ALTER TABLE guilds ADD COLUMN is_quiet INTEGER NOT NULL DEFAULT 0 CHECK (is_quiet IN (0, 1));
ALTER TABLE guilds ADD COLUMN has_pictures INTEGER NOT NULL DEFAULT 1 CHECK (has_pictures IN (0, 1));
ALTER TABLE guilds ADD COLUMN announces_in INTEGER;
ALTER TABLE guilds ADD COLUMN announced_write_id INTEGER;
ALTER TABLE guilds ADD COLUMN announced_at INTEGER;
ALTER TABLE guilds ADD COLUMN digest_in INTEGER;
ALTER TABLE guilds ADD COLUMN digest_weekday INTEGER NOT NULL DEFAULT 4 CHECK (digest_weekday BETWEEN 0 AND 6);
ALTER TABLE guilds ADD COLUMN digest_hour INTEGER NOT NULL DEFAULT 18 CHECK (digest_hour BETWEEN 0 AND 23);
ALTER TABLE guilds ADD COLUMN digest_at INTEGER;
ALTER TABLE guilds ADD COLUMN left_at INTEGER;
