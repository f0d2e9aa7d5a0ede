-- The server keeps samples of values for its planner, in its own catalogue and for longer than the rows that they come from. It keeps none of ballots, and none
-- of the leaves of objections. To set a type anew drops what it has kept so far.
ALTER TABLE ballot
    ALTER COLUMN nonce TYPE bytea,
    ALTER COLUMN mac TYPE bytea,
    ALTER COLUMN ct TYPE bytea;
ALTER TABLE ballot
    ALTER COLUMN nonce SET STATISTICS 0,
    ALTER COLUMN mac SET STATISTICS 0,
    ALTER COLUMN ct SET STATISTICS 0;
ALTER TABLE objection ALTER COLUMN leaf TYPE bytea;
ALTER TABLE objection ALTER COLUMN leaf SET STATISTICS 0;
