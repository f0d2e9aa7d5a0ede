CREATE TABLE tally (id uuid NOT NULL PRIMARY KEY, label text COLLATE "C" NOT NULL, amount bigint NOT NULL, at timestamptz, doc jsonb NOT NULL);
