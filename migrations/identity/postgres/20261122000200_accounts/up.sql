-- Accounts get more roles, an invitation before their first password, and a second factor. Who ran the installation is an administrator
-- from now on. Sessions end with this step: everybody signs in again.
DELETE FROM session;

ALTER TABLE account DROP CONSTRAINT account_role_check;
UPDATE account SET role = 'admin' WHERE role = 'operator';
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN ('admin', 'hr', 'partner', 'leader', 'key-holder'));
ALTER TABLE account ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE account ADD COLUMN unit text COLLATE "C";
ALTER TABLE account ADD COLUMN disabled boolean NOT NULL DEFAULT false;
ALTER TABLE account ALTER COLUMN disabled DROP DEFAULT;
ALTER TABLE account ADD COLUMN totp_secret bytea;
ALTER TABLE account ADD COLUMN totp_waiting bytea;
ALTER TABLE account ADD COLUMN totp_step bigint;
ALTER TABLE account ADD CHECK ((role = 'partner') = (unit IS NOT NULL));

-- Hashes of the codes that stand in for a lost second factor, each good for once.
CREATE TABLE recovery_code (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    account uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE
);

-- Hashes of the links by which somebody sets a password once; one per account.
CREATE TABLE account_link (
    account uuid NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    expires_at timestamptz NOT NULL
);

-- Hashes of what browsers hold in which somebody has signed in: others who guess cannot lock them out.
CREATE TABLE known_device (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    account uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
