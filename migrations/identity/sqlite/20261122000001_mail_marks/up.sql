-- Addresses that mail could not reach, as HR is shown them. Only mails that go to everybody leave a mark: a mark from a
-- reminder would tell that its recipient had not answered. No time stands here, and the row ends with its round.

CREATE TABLE mail_mark (
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('unknown_address', 'full', 'refused', 'bounced')),
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

-- Whether reminders were ever queued. From then on a mail that comes back and does not say which mail it was leaves no mark.
ALTER TABLE wave ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0 CHECK (reminded IN (0, 1));

-- Reminders of an earlier version do not say what they are: a round that runs already counts as one in which they were sent.
UPDATE wave SET reminded = 1 WHERE state NOT IN ('draft', 'launching');
