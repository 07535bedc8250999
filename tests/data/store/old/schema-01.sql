-- Written by the code of b9d1553.
PRAGMA application_id = 1297175877;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (user_id >= 1000000000),
    discord_id INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'server' CHECK (visibility IN ('private', 'server', 'public')),
    trains INTEGER NOT NULL DEFAULT 1 CHECK (trains IN (0, 1))
) STRICT;
INSERT INTO "profiles" VALUES(1000000000,111222333444555666,1700000000,'server',1);
INSERT INTO "profiles" VALUES(1000000001,222333444555666777,1700000001,'server',1);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('profiles',1000000001);
COMMIT;
