-- What is frozen of a round lies apart from what changes. SQLite reads a whole row to find it by its id, so every look at a gate had to read the
-- survey page and the list of all groups.
CREATE TABLE frozen (
    wave text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES wave (id),
    manifest bytea NOT NULL,
    group_list jsonb NOT NULL,
    instrument bytea NOT NULL,
    page bytea NOT NULL,
    client_js bytea NOT NULL,
    client_css bytea NOT NULL
);

INSERT INTO frozen (wave, manifest, group_list, instrument, page, client_js, client_css)
SELECT id, manifest, group_list, instrument, page, client_js, client_css FROM wave ORDER BY id;

ALTER TABLE wave DROP COLUMN manifest;
ALTER TABLE wave DROP COLUMN group_list;
ALTER TABLE wave DROP COLUMN instrument;
ALTER TABLE wave DROP COLUMN page;
ALTER TABLE wave DROP COLUMN client_js;
ALTER TABLE wave DROP COLUMN client_css;
