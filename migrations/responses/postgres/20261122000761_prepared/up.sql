-- A round whose key somebody outside the operator holds waits here for their countersignature. Nothing of it is served, and nothing of it outlives the wait.
CREATE TABLE prepared (
    wave text COLLATE "C" NOT NULL PRIMARY KEY,
    manifest bytea NOT NULL,
    group_list jsonb NOT NULL,
    instrument bytea NOT NULL,
    page bytea NOT NULL,
    client_js bytea NOT NULL,
    client_css bytea NOT NULL,
    credential_key bytea NOT NULL,
    board_key bytea NOT NULL,
    notices_key bytea NOT NULL
);

CREATE TABLE prepared_words (
    wave text COLLATE "C" NOT NULL REFERENCES prepared (wave),
    language text COLLATE "C" NOT NULL,
    document bytea NOT NULL,
    later bytea,
    PRIMARY KEY (wave, language)
);

-- Where somebody outside the operator holds the key: their countersignature of the promise sheet.
ALTER TABLE frozen ADD COLUMN countersignature bytea;
