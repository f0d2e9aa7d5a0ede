-- A staff list that was uploaded and waits to be taken over, as its bytes. preview is a hash over these bytes and the list that they were compared with. At
-- most one waits; it ends when it is taken over, thrown away, replaced, or too old.
CREATE TABLE staff_upload (
    preview BLOB NOT NULL PRIMARY KEY CHECK (length(preview) = 32),
    compared_with BLOB NOT NULL CHECK (length(compared_with) = 32),
    file_name TEXT NOT NULL,
    content BLOB NOT NULL,
    language TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was in which team when the last round was launched, kept from the first new staff list after it on: what became of teams is guessed from it.
CREATE TABLE team_then (
    person TEXT NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    team TEXT NOT NULL
) STRICT, WITHOUT ROWID;
