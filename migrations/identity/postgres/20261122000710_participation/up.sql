-- What the last daily look at the number of answers of a running wave found: how many there were, which is shown to nobody, and the step that is shown.
CREATE TABLE participation (
    wave text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES wave (id),
    looked_at timestamptz NOT NULL,
    taken_part bigint NOT NULL,
    at_least bigint NOT NULL
);
