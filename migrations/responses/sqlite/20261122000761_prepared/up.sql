-- A round whose key somebody outside the operator holds waits here for their countersignature. Nothing of it is served, and nothing of it outlives the wait.
CREATE TABLE prepared (
    wave TEXT NOT NULL PRIMARY KEY,
    manifest BLOB NOT NULL,
    group_list TEXT NOT NULL,
    instrument BLOB NOT NULL,
    page BLOB NOT NULL,
    client_js BLOB NOT NULL,
    client_css BLOB NOT NULL,
    credential_key BLOB NOT NULL,
    board_key BLOB NOT NULL,
    notices_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE prepared_words (
    wave TEXT NOT NULL REFERENCES prepared (wave),
    language TEXT NOT NULL,
    document BLOB NOT NULL,
    later BLOB,
    PRIMARY KEY (wave, language)
) STRICT, WITHOUT ROWID;

-- Where somebody outside the operator holds the key: their countersignature of the promise sheet.
ALTER TABLE frozen ADD COLUMN countersignature BLOB;
