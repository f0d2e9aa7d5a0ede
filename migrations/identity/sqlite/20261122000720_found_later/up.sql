-- What was found while a round ran that weakens its promise and does not stand on its promise sheet: names, separated by blanks. Everybody is told.
ALTER TABLE wave ADD COLUMN found_later TEXT NOT NULL DEFAULT '';
