-- The address under which the people of a group read its result: one code per group, the same for all its members, made at the publication.
CREATE TABLE read_code (
    wave TEXT NOT NULL,
    group_no INTEGER NOT NULL,
    code BLOB NOT NULL CHECK (length(code) = 16),
    PRIMARY KEY (wave, group_no),
    UNIQUE (wave, code),
    FOREIGN KEY (wave, group_no) REFERENCES wave_group (wave, group_no)
) STRICT, WITHOUT ROWID;
