-- The survey page's own words lie beside its program, one file per language. Rounds of earlier versions have them inside the program and none here.
CREATE TABLE words (
    wave text COLLATE "C" NOT NULL REFERENCES frozen (wave),
    language text COLLATE "C" NOT NULL,
    document bytea NOT NULL,
    PRIMARY KEY (wave, language)
);
