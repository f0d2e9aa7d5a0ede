-- How many of the reminders that the draft planned have been queued: a plan is carried out once, also after a restart.
ALTER TABLE wave ADD COLUMN planned_reminders INTEGER NOT NULL DEFAULT 0;
