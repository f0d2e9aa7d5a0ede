-- By how many days the close of a running wave was put off; 0 for not at all. That happens once, and the promise sheet says how far it may go.
ALTER TABLE wave ADD COLUMN extended_days bigint NOT NULL DEFAULT 0;
