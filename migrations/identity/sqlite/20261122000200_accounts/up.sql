-- Accounts get more roles, an invitation before their first password, and a second factor. Who ran the installation is an administrator
-- from now on. Sessions end with this step: everybody signs in again.
DELETE FROM session;

CREATE TABLE account_now (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    login TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('admin', 'hr', 'partner', 'leader', 'key-holder')),
    password_hash TEXT,
    person TEXT,
    unit TEXT,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    totp_secret BLOB,
    totp_waiting BLOB,
    totp_step INTEGER,
    CHECK ((role = 'partner') = (unit IS NOT NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO account_now
    SELECT id, login, CASE role WHEN 'operator' THEN 'admin' ELSE role END, password_hash, person, NULL, 0, NULL, NULL, NULL FROM account;

DROP TABLE account;

ALTER TABLE account_now RENAME TO account;

-- Hashes of the codes that stand in for a lost second factor, each good for once.
CREATE TABLE recovery_code (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Hashes of the links by which somebody sets a password once; one per account.
CREATE TABLE account_link (
    account BLOB NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Hashes of what browsers hold in which somebody has signed in: others who guess cannot lock them out.
CREATE TABLE known_device (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
