-- Mails with a one-time link that are still to be sent, one per account. The link is made when the mail leaves, and only its hash is stored. A mail whose
-- address the server refused for good stays, so that whoever asked for it can see that; it is not tried again.
CREATE TABLE link_mail (
    account uuid NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    not_before timestamptz NOT NULL,
    lease_until timestamptz,
    attempts bigint NOT NULL CHECK (attempts >= 0),
    refused boolean NOT NULL
);
