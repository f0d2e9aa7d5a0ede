-- The people side. It knows who is invited and whether a credential was issued, never what was answered. Times stand only on
-- rounds, sessions and waiting mails; tables that join a person to a round hold none.

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    login TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('hr', 'leader', 'operator')),
    password_hash TEXT NOT NULL,
    person TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The current staff list.
CREATE TABLE team (
    label TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    team TEXT REFERENCES team (label),
    language TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_leader (
    team TEXT NOT NULL REFERENCES team (label),
    position INTEGER NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (team, position)
) STRICT, WITHOUT ROWID;

-- Rounds, and what was frozen for each at launch.
CREATE TABLE wave (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'launching', 'running', 'closing', 'closed', 'opened', 'published', 'aborted')),
    settings TEXT NOT NULL,
    opens_at INTEGER,
    closing_at INTEGER,
    closed_at INTEGER,
    opened_at INTEGER,
    published_at INTEGER,
    aborted_at INTEGER,
    manifest_hash BLOB CHECK (length(manifest_hash) = 32),
    credential_key BLOB,
    abort_reason TEXT,
    CHECK (state NOT IN ('published', 'aborted') OR credential_key IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE wave_group (
    wave TEXT NOT NULL REFERENCES wave (id),
    group_no INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    PRIMARY KEY (wave, group_no)
) STRICT, WITHOUT ROWID;

-- issued_blind: the hash of the blinded element while the round runs, afterwards the mere flag x'01'.
CREATE TABLE wave_person (
    wave TEXT NOT NULL REFERENCES wave (id),
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    language TEXT NOT NULL,
    group_no INTEGER NOT NULL,
    issued_blind BLOB CHECK (length(issued_blind) = 32 OR issued_blind = x'01'),
    opted_out INTEGER NOT NULL CHECK (opted_out IN (0, 1)),
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, group_no) REFERENCES wave_group (wave, group_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE wave_team (
    wave TEXT NOT NULL REFERENCES wave (id),
    team TEXT NOT NULL,
    above TEXT,
    group_no INTEGER NOT NULL,
    PRIMARY KEY (wave, team),
    FOREIGN KEY (wave, above) REFERENCES wave_team (wave, team),
    FOREIGN KEY (wave, group_no) REFERENCES wave_group (wave, group_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE wave_team_leader (
    wave TEXT NOT NULL,
    team TEXT NOT NULL,
    position INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (wave, team, position),
    FOREIGN KEY (wave, team) REFERENCES wave_team (wave, team)
) STRICT, WITHOUT ROWID;

-- Hashes of what people hold in their hands; many per person, because every mail carries a new one.
CREATE TABLE link_secret (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsubscribe_secret (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_handle (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

-- Mails that are still to be sent, in random order. A row that is done is deleted: there is no history of who got mail when.
CREATE TABLE mail_job (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'closing', 'aborted')),
    not_before INTEGER NOT NULL,
    lease BLOB CHECK (length(lease) = 16),
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    UNIQUE (wave, person, kind),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;
