-- The ballot side. Nothing here says who or when: no times, no counters, no order of arrival, no key shared with the other side.

-- One row per round. Keys are cleared when the ballots are destroyed; the survey page stays, so that a receipt can be checked with the very program that was promised.
CREATE TABLE wave (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    gate text COLLATE "C" NOT NULL CHECK (gate IN ('open', 'closed', 'done')),
    manifest bytea NOT NULL,
    group_list jsonb NOT NULL,
    instrument bytea NOT NULL,
    page bytea NOT NULL,
    client_js bytea NOT NULL,
    client_css bytea NOT NULL,
    credential_key bytea,
    board_key bytea,
    board bytea,
    opening bytea,
    CHECK (gate <> 'done' OR (credential_key IS NULL AND board_key IS NULL))
);

-- The spent set and the box of the one running wave. Dropped and made anew when its ballots are destroyed (ballot_table.rs).
CREATE TABLE ballot (
    nonce bytea NOT NULL PRIMARY KEY CHECK (length(nonce) = 32),
    group_no bigint NOT NULL CHECK (group_no >= 0),
    mac bytea NOT NULL CHECK (length(mac) = 32),
    ct bytea NOT NULL CHECK (length(ct) = 4144)
);

-- Everything that is ever published of a wave.
CREATE TABLE release (
    wave text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES wave (id),
    document bytea NOT NULL,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    signature bytea NOT NULL
);
