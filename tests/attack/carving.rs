//! Looking for byte strings in everything, and reading what SQLite leaves in its file beside its tables.

use std::collections::BTreeMap;

/// How long a byte string is that is looked for.
pub(crate) const NEEDLE: usize = 16;

/// Where byte strings are first found in bytes.
pub(crate) struct Carver {
    /// Whether any needle begins with two bytes; almost no place of a file passes this look.
    begins: Vec<bool>,
    needles: BTreeMap<[u8; NEEDLE], usize>,
}

impl Carver {
    /// Looks for the first [`NEEDLE`] bytes of each; those that are shorter are never found.
    pub(crate) fn of<'a>(needles: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut carver = Self { begins: vec![false; 1 << 16], needles: BTreeMap::new() };
        for (number, needle) in needles.into_iter().enumerate() {
            if let Some(first) = needle.first_chunk::<NEEDLE>() {
                carver.begins[usize::from(first[0]) << 8 | usize::from(first[1])] = true;
                carver.needles.insert(*first, number);
            }
        }
        carver
    }

    /// The numbers of the needles in the order in which they are first found.
    pub(crate) fn order_in(&self, bytes: &[u8]) -> Vec<usize> {
        self.places_in(bytes).into_iter().map(|(_, number)| number).collect()
    }

    /// The same for pages that are filled from their ends, as a PostgreSQL server does with the rows of a table.
    pub(crate) fn order_in_pages(&self, bytes: &[u8]) -> Vec<usize> {
        let mut places = self.places_in(bytes);
        places.sort_by_key(|(place, _)| (place / HEAP_PAGE, usize::MAX - place));
        places.into_iter().map(|(_, number)| number).collect()
    }

    /// Where each needle is first found, with its number, in the order of the places.
    fn places_in(&self, bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut found = BTreeMap::new();
        let mut place = 0;
        // A plain loop: this runs over every byte of every copy, also without optimisation.
        while place + NEEDLE <= bytes.len() {
            if self.begins[usize::from(bytes[place]) << 8 | usize::from(bytes[place + 1])]
                && let Some(number) = bytes[place..].first_chunk::<NEEDLE>().and_then(|window| self.needles.get(window))
            {
                found.entry(*number).or_insert(place);
            }
            place += 1;
        }
        let mut order: Vec<(usize, usize)> = found.into_iter().map(|(number, place)| (place, number)).collect();
        order.sort_unstable();
        order
    }
}

/// The size of a page of a PostgreSQL server's file.
const HEAP_PAGE: usize = 8_192;

/// The size of a page of an SQLite file, from its header ("Database Header Format", offset 16).
fn page_size(file: &[u8]) -> usize {
    match file.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => usize::from(*high) << 8 | usize::from(*low),
        _ => 0,
    }
}

fn number_at(file: &[u8], place: usize) -> usize {
    file.get(place..place + 4).map_or(0, |bytes| bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// The content of the pages on SQLite's list of free pages, in the order of their numbers ("The Freelist", header offset 32).
pub(crate) fn free_pages(file: &[u8]) -> Vec<u8> {
    let size = page_size(file);
    let mut pages = Vec::new();
    let mut trunk = number_at(file, 32);
    while trunk != 0 && size != 0 && pages.len() <= file.len() / size {
        let at = (trunk - 1) * size;
        pages.push(trunk);
        let leaves = number_at(file, at + 4).min(size / 4);
        pages.extend((0..leaves).map(|leaf| number_at(file, at + 8 + 4 * leaf)).filter(|page| *page > 0));
        trunk = number_at(file, at);
    }
    pages.sort_unstable();
    pages.iter().flat_map(|page| file.get((page - 1) * size..page * size).unwrap_or_default()).copied().collect()
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};

    use super::*;

    #[test]
    fn needles_are_found_in_the_order_of_their_first_places() {
        let needles: Vec<[u8; 20]> = (1..=5).map(|number| [number; 20]).collect();
        let mut bytes = vec![0; 100];
        for (number, place) in [(2, 3), (0, 30), (4, 60)] {
            bytes[place..place + 20].copy_from_slice(&needles[number]);
        }
        bytes.extend(needles[2]);
        assert_eq!(Carver::of(needles.iter().map(<[u8; 20]>::as_slice)).order_in(&bytes), [2, 0, 4]);
    }

    #[test]
    fn in_pages_that_are_filled_from_their_ends_the_last_one_of_a_page_is_the_first() {
        let needles: Vec<[u8; 20]> = (1..=3).map(|number| [number; 20]).collect();
        let mut bytes = vec![0; 2 * HEAP_PAGE];
        for (number, place) in [(0, 5_000), (1, 7_000), (2, HEAP_PAGE + 10)] {
            bytes[place..place + 20].copy_from_slice(&needles[number]);
        }
        assert_eq!(Carver::of(needles.iter().map(<[u8; 20]>::as_slice)).order_in_pages(&bytes), [1, 0, 2]);
    }

    #[test]
    fn what_a_dropped_table_leaves_in_free_pages_is_found_and_what_is_overwritten_is_not() {
        for (secure, expected) in [("OFF", 40), ("ON", 0)] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file.db");
            let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
            connection
                .batch_execute(&format!("PRAGMA secure_delete = {secure}; CREATE TABLE t (b BLOB) STRICT; CREATE TABLE kept (b BLOB)"))
                .unwrap();
            let needles: Vec<[u8; NEEDLE]> = (100..140).map(|number| [number; NEEDLE]).collect();
            for needle in &needles {
                let hex = data_encoding::HEXLOWER.encode(&needle.repeat(250));
                connection.batch_execute(&format!("INSERT INTO t VALUES (x'{hex}')")).unwrap();
            }
            connection.batch_execute("DROP TABLE t").unwrap();
            let found = Carver::of(needles.iter().map(<[u8; NEEDLE]>::as_slice)).order_in(&free_pages(&std::fs::read(&path).unwrap()));
            assert_eq!(found.len(), expected, "secure_delete {secure}");
            assert!(found.is_sorted());
        }
    }
}
