-- Why: the schedule asks when, and up to which write, the model was last trained; members ask what came of it.
CREATE TABLE training_runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    requested_by INTEGER,
    last_write_id INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'running'
        CHECK (outcome IN ('running', 'interrupted', 'promoted', 'refused', 'failed', 'cancelled')),
    version TEXT,
    reason TEXT,
    finished_at INTEGER
) STRICT;
