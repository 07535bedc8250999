-- Why: a member says once what all lists should keep to, such as never horror. It is kept as a wish is, and is a setting
-- of the journal; NULL is nothing in particular.
ALTER TABLE profiles ADD COLUMN list_defaults TEXT;
