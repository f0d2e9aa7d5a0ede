-- Which folder holds the key that opens a round's answers: a process that sees another one must not call the key destroyed.
ALTER TABLE wave ADD COLUMN key_folder BLOB CHECK (length(key_folder) = 16);
