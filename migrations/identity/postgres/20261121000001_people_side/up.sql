-- The people side. It knows who is invited and whether a credential was issued, never what was answered. Times stand only on
-- rounds, sessions and waiting mails; tables that join a person to a round hold none.

CREATE TABLE account (
    id uuid NOT NULL PRIMARY KEY,
    login text COLLATE "C" NOT NULL UNIQUE,
    role text COLLATE "C" NOT NULL CHECK (role IN ('hr', 'leader', 'operator')),
    password_hash text COLLATE "C" NOT NULL,
    person text COLLATE "C"
);

CREATE TABLE session (
    token_hash bytea NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    account uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- The current staff list.
CREATE TABLE team (
    label text COLLATE "C" NOT NULL PRIMARY KEY
);

CREATE TABLE person (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    mail text COLLATE "C" NOT NULL,
    team text COLLATE "C" REFERENCES team (label),
    language text COLLATE "C" NOT NULL
);

CREATE TABLE team_leader (
    team text COLLATE "C" NOT NULL REFERENCES team (label),
    position bigint NOT NULL,
    person text COLLATE "C" NOT NULL REFERENCES person (id),
    PRIMARY KEY (team, position)
);

-- Rounds, and what was frozen for each at launch.
CREATE TABLE wave (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    position bigint NOT NULL UNIQUE,
    state text COLLATE "C" NOT NULL CHECK (state IN ('draft', 'launching', 'running', 'closing', 'closed', 'opened', 'published', 'aborted')),
    settings jsonb NOT NULL,
    opens_at timestamptz,
    closing_at timestamptz,
    closed_at timestamptz,
    opened_at timestamptz,
    published_at timestamptz,
    aborted_at timestamptz,
    manifest_hash bytea CHECK (length(manifest_hash) = 32),
    credential_key bytea,
    abort_reason text COLLATE "C",
    CHECK (state NOT IN ('published', 'aborted') OR credential_key IS NULL)
);

CREATE TABLE wave_group (
    wave text COLLATE "C" NOT NULL REFERENCES wave (id),
    group_no bigint NOT NULL,
    leaf jsonb NOT NULL,
    PRIMARY KEY (wave, group_no)
);

-- issued_blind: the hash of the blinded element while the round runs, afterwards the mere flag '\x01'::bytea.
CREATE TABLE wave_person (
    wave text COLLATE "C" NOT NULL REFERENCES wave (id),
    person text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    mail text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    group_no bigint NOT NULL,
    issued_blind bytea CHECK (length(issued_blind) = 32 OR issued_blind = '\x01'::bytea),
    opted_out boolean NOT NULL,
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, group_no) REFERENCES wave_group (wave, group_no)
);

CREATE TABLE wave_team (
    wave text COLLATE "C" NOT NULL REFERENCES wave (id),
    team text COLLATE "C" NOT NULL,
    above text COLLATE "C",
    group_no bigint NOT NULL,
    PRIMARY KEY (wave, team),
    FOREIGN KEY (wave, above) REFERENCES wave_team (wave, team),
    FOREIGN KEY (wave, group_no) REFERENCES wave_group (wave, group_no)
);

CREATE TABLE wave_team_leader (
    wave text COLLATE "C" NOT NULL,
    team text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    person text COLLATE "C" NOT NULL,
    PRIMARY KEY (wave, team, position),
    FOREIGN KEY (wave, team) REFERENCES wave_team (wave, team)
);

-- Hashes of what people hold in their hands; many per person, because every mail carries a new one.
CREATE TABLE link_secret (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
);

CREATE TABLE unsubscribe_secret (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
);

CREATE TABLE status_handle (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
);

-- Mails that are still to be sent, in random order. A row that is done is deleted: there is no history of who got mail when.
CREATE TABLE mail_job (
    id uuid NOT NULL PRIMARY KEY,
    wave text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('invitation', 'reminder', 'closing', 'aborted')),
    not_before timestamptz NOT NULL,
    lease uuid,
    lease_until timestamptz,
    attempts bigint NOT NULL,
    last_error text COLLATE "C",
    UNIQUE (wave, person, kind),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
);
