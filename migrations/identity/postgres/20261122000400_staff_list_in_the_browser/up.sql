-- A staff list that was uploaded and waits to be taken over, as its bytes. preview is a hash over these bytes and the list that they were compared with. At
-- most one waits; it ends when it is taken over, thrown away, replaced, or too old.
CREATE TABLE staff_upload (
    preview bytea NOT NULL PRIMARY KEY CHECK (length(preview) = 32),
    compared_with bytea NOT NULL CHECK (length(compared_with) = 32),
    file_name text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    language text COLLATE "C" NOT NULL,
    uploaded_by text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Who was in which team when the last round was launched, kept from the first new staff list after it on: what became of teams is guessed from it.
CREATE TABLE team_then (
    person text COLLATE "C" NOT NULL PRIMARY KEY,
    wave text COLLATE "C" NOT NULL REFERENCES wave (id),
    team text COLLATE "C" NOT NULL
);
