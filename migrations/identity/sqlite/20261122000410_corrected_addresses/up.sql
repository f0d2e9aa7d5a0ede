-- How many addresses of a round were changed after its launch. Everybody is told; who it was stands nowhere.
ALTER TABLE wave ADD COLUMN addresses_changed INTEGER NOT NULL DEFAULT 0;

-- A further kind of mail: it tells the address that somebody had before. SQLite cannot change a constraint, so the table is made anew.
CREATE TABLE mail_job_with_notices (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'closing', 'aborted', 'moved')),
    -- Where the mail goes, if not to the person's address.
    address TEXT,
    not_before INTEGER NOT NULL,
    lease BLOB CHECK (length(lease) = 16),
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    UNIQUE (wave, person, kind),
    CHECK ((kind = 'moved') = (address IS NOT NULL)),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

INSERT INTO mail_job_with_notices (id, wave, person, kind, not_before, lease, lease_until, attempts, last_error)
    SELECT id, wave, person, kind, not_before, lease, lease_until, attempts, last_error FROM mail_job;
DROP TABLE mail_job;
ALTER TABLE mail_job_with_notices RENAME TO mail_job;
CREATE INDEX mail_job_due ON mail_job (not_before, id);
