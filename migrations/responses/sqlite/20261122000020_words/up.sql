-- The survey page's own words lie beside its program, one file per language. Rounds of earlier versions have them inside the program and none here.
CREATE TABLE words (
    wave TEXT NOT NULL REFERENCES frozen (wave),
    language TEXT NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (wave, language)
) STRICT, WITHOUT ROWID;
