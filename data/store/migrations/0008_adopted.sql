-- Why: a member may start from a MovieLens profile; its ratings stay in the data set, only its number is kept.
ALTER TABLE profiles ADD COLUMN adopted_user_id INTEGER;
