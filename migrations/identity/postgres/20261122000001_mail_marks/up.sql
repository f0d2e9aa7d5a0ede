-- Addresses that mail could not reach, as HR is shown them. Only mails that go to everybody leave a mark: a mark from a
-- reminder would tell that its recipient had not answered. No time stands here, and the row ends with its round.

CREATE TABLE mail_mark (
    wave text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL CHECK (reason IN ('unknown_address', 'full', 'refused', 'bounced')),
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
);

-- Whether reminders were ever queued. From then on a mail that comes back and does not say which mail it was leaves no mark.
ALTER TABLE wave ADD COLUMN reminded boolean NOT NULL DEFAULT false;

-- Reminders of an earlier version do not say what they are: a round that runs already counts as one in which they were sent.
UPDATE wave SET reminded = true WHERE state NOT IN ('draft', 'launching');
