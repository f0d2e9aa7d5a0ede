-- After the publication nothing of a round changes. What is said about it later stands here, numbered and signed; rows are only added.
-- The key is kept, unlike the others of a round; rounds of earlier versions have none.
ALTER TABLE wave ADD COLUMN notices_key BLOB;

CREATE TABLE notice (
    wave TEXT NOT NULL REFERENCES release (wave),
    number INTEGER NOT NULL CHECK (number >= 1),
    document BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (wave, number)
) STRICT, WITHOUT ROWID;
