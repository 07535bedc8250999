-- Why: every five minutes the bot looks for evenings that time goes on with, and with each event that somebody changes
-- in Discord for the evening it belongs to; neither should go through all there ever were.
CREATE INDEX evenings_by_state ON evenings (state, asked_at);
CREATE INDEX evenings_by_event ON evenings (event_id) WHERE event_id IS NOT NULL;
