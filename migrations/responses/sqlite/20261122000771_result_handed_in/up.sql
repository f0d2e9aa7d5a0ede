-- Where somebody outside the operator holds the key, the result comes from them, signed, and waits here for its publication. It is gone afterwards, or with
-- the ballots where a round ends without a result.
CREATE TABLE handed_in (
    wave TEXT NOT NULL PRIMARY KEY REFERENCES wave (id),
    document BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT, WITHOUT ROWID;

-- Their signature stays beside the published result; there is none where the operator held the key.
ALTER TABLE release ADD COLUMN holder_signature BLOB CHECK (length(holder_signature) = 64);
