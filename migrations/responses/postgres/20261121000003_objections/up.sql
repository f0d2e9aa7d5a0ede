-- Objections: signed receipts whose leaf is not on the board. Each leaf counts once; the leaves go when the ballots are destroyed.
CREATE TABLE objection (
    wave text COLLATE "C" NOT NULL REFERENCES wave (id),
    leaf bytea NOT NULL CHECK (length(leaf) = 32),
    PRIMARY KEY (wave, leaf)
);

-- What stays of them in public: how many there were, and what was answered.
ALTER TABLE wave ADD COLUMN objections bigint NOT NULL DEFAULT 0 CHECK (objections >= 0);
ALTER TABLE wave ADD COLUMN objections_answer text COLLATE "C";
