-- Why: a member and a server may choose the language they are answered in; NULL where nothing was chosen.
ALTER TABLE profiles ADD COLUMN language TEXT;
ALTER TABLE guilds ADD COLUMN language TEXT;
