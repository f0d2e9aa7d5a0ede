-- What was done with rounds, results, accounts and settings: an entry is added and never changed. Actor and event are JSON as the fingerprint covers it,
-- in texts, because a document's bytes may change.
CREATE TABLE promise_log (
    number bigint NOT NULL PRIMARY KEY CHECK (number >= 1),
    at timestamptz NOT NULL,
    actor text COLLATE "C" NOT NULL,
    event text COLLATE "C" NOT NULL,
    previous bytea NOT NULL CHECK (length(previous) = 32),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32)
);

CREATE FUNCTION promise_log_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the promise log is only ever added to';
END
$$;

CREATE TRIGGER promise_log_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON promise_log
FOR EACH STATEMENT EXECUTE FUNCTION promise_log_refuses();
