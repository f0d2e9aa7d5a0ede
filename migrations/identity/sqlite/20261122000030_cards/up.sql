-- Printed code cards, for people whose mail is empty. A card's secret lets its holder answer like any link_secret, whose hash goes at the close. Here stands
-- the hash under which the same secret asks after the close whether an answer was begun with it; it then becomes a status_handle.
--
-- named = 0: the card was drawn from the heap of a group. The person of the row is only where its use is counted, and not who holds it.
CREATE TABLE card (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    wave TEXT NOT NULL,
    person TEXT NOT NULL,
    named INTEGER NOT NULL CHECK (named IN (0, 1)),
    FOREIGN KEY (wave, person) REFERENCES wave_person (wave, person)
) STRICT, WITHOUT ROWID;

-- A heap holds one card for each of its people, ever.
CREATE UNIQUE INDEX card_of_heap ON card (wave, person) WHERE named = 0;
