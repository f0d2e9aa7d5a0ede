-- What happened to teams between rounds, as HR said it: {"on": day, "event": {...}}. Numbers are never used twice once a round was launched.
CREATE TABLE reorg_event (
    number bigint NOT NULL PRIMARY KEY,
    event jsonb NOT NULL
);

-- The last of them when the round was launched: it and those before it can no longer be withdrawn.
ALTER TABLE wave ADD COLUMN last_event bigint;

-- The groups that HR made for a draft, instead of the proposal.
CREATE TABLE draft_groups (
    wave text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES wave (id),
    named jsonb NOT NULL
);
