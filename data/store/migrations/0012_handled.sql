-- Why: Discord may deliver a message or an interaction twice, also after a restart; each counts once. An id tells its
-- time, so it is also what old rows are found by.
CREATE TABLE handled (
    ask_id INTEGER PRIMARY KEY
) STRICT;
