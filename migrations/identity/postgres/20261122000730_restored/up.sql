-- Whether the round was put back from a copy while people could answer. Nobody can then tell who has answered since the copy was made, so no new answer begins.
ALTER TABLE wave ADD COLUMN restored boolean NOT NULL DEFAULT false;
