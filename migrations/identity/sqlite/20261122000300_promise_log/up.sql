-- What was done with rounds, results, accounts and settings: an entry is added and never changed. Actor and event are JSON as the fingerprint covers it.
CREATE TABLE promise_log (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER promise_log_is_not_changed BEFORE UPDATE ON promise_log BEGIN
    SELECT RAISE(ABORT, 'the promise log is only ever added to');
END;

CREATE TRIGGER promise_log_is_not_deleted BEFORE DELETE ON promise_log BEGIN
    SELECT RAISE(ABORT, 'the promise log is only ever added to');
END;

-- Without this an entry could be replaced, which fires no trigger for its deletion.
CREATE TRIGGER promise_log_is_continued BEFORE INSERT ON promise_log
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM promise_log) BEGIN
    SELECT RAISE(ABORT, 'the promise log is only ever added to');
END;
