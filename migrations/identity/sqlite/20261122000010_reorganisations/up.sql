-- What happened to teams between rounds, as HR said it: {"on": day, "event": {...}}. Numbers are never used twice once a round was launched.
CREATE TABLE reorg_event (
    number INTEGER NOT NULL PRIMARY KEY,
    event TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last of them when the round was launched: it and those before it can no longer be withdrawn.
ALTER TABLE wave ADD COLUMN last_event INTEGER;

-- The groups that HR made for a draft, instead of the proposal.
CREATE TABLE draft_groups (
    wave TEXT NOT NULL PRIMARY KEY REFERENCES wave (id),
    named TEXT NOT NULL
) STRICT, WITHOUT ROWID;
