-- Whether the box was put back from a copy while it was open. What was put in after the copy is lost, so nothing is put in any more: what is missing and what is new
-- could not be told apart.
ALTER TABLE wave ADD COLUMN restored boolean NOT NULL DEFAULT false;
