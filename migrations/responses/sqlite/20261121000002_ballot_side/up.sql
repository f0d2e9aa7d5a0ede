-- The ballot side. Nothing here says who or when: no times, no counters, no order of arrival, no key shared with the other side.

-- One row per round. Keys are cleared when the ballots are destroyed; the survey page stays, so that a receipt can be checked with the very program that was promised.
CREATE TABLE wave (
    id TEXT NOT NULL PRIMARY KEY,
    gate TEXT NOT NULL CHECK (gate IN ('open', 'closed', 'done')),
    manifest BLOB NOT NULL,
    group_list TEXT NOT NULL,
    instrument BLOB NOT NULL,
    page BLOB NOT NULL,
    client_js BLOB NOT NULL,
    client_css BLOB NOT NULL,
    credential_key BLOB,
    board_key BLOB,
    board BLOB,
    opening BLOB,
    CHECK (gate <> 'done' OR (credential_key IS NULL AND board_key IS NULL))
) STRICT, WITHOUT ROWID;

-- The spent set and the box of the one running wave. Dropped and made anew when its ballots are destroyed (ballot_table.rs).
CREATE TABLE ballot (
    nonce BLOB NOT NULL PRIMARY KEY CHECK (length(nonce) = 32),
    group_no INTEGER NOT NULL CHECK (group_no >= 0),
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    ct BLOB NOT NULL CHECK (length(ct) = 4144)
) STRICT, WITHOUT ROWID;

-- Everything that is ever published of a wave.
CREATE TABLE release (
    wave TEXT NOT NULL PRIMARY KEY REFERENCES wave (id),
    document BLOB NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;
