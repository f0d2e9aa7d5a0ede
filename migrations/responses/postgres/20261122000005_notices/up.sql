-- After the publication nothing of a round changes. What is said about it later stands here, numbered and signed; rows are only added.
-- The key is kept, unlike the others of a round; rounds of earlier versions have none.
ALTER TABLE wave ADD COLUMN notices_key bytea;

CREATE TABLE notice (
    wave text COLLATE "C" NOT NULL REFERENCES release (wave),
    number bigint NOT NULL CHECK (number >= 1),
    document bytea NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (wave, number)
);
