-- What the last daily look at the number of answers of a running wave found: how many there were, which is shown to nobody, and the step that is shown.
CREATE TABLE participation (
    wave TEXT NOT NULL PRIMARY KEY REFERENCES wave (id),
    looked_at INTEGER NOT NULL,
    taken_part INTEGER NOT NULL,
    at_least INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
