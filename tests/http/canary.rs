//! Looks for canaries: bytes and texts that must not be where they are looked for, in every form in which programs write bytes.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use data_encoding::{BASE64, BASE64URL, Encoding, HEXLOWER, HEXUPPER};

use crate::place::{Place, walk};

/// So many of its bytes in a row are a canary, however a database cuts it over its pages.
const WINDOW: usize = 16;
/// Pieces are found by their beginning.
const KEY: usize = 8;

/// What is looked for, by name.
#[derive(Default)]
pub(crate) struct Canaries {
    names: Vec<String>,
    /// Every form as a whole, with the canary that it is one of.
    forms: Vec<(usize, Vec<u8>)>,
    /// Pieces of forms by their first bytes.
    pieces: HashMap<[u8; KEY], Vec<(usize, Vec<u8>)>>,
    /// The pairs of bytes with which pieces begin: most places of a file begin with none of them and need no further look.
    beginnings: BTreeSet<[u8; 2]>,
}

impl Canaries {
    /// Bytes such as a number or a signature: any [`WINDOW`] of them in a row, raw or written in hexadecimal, in base64 of both alphabets at any place of a
    /// longer text, or as a list of numbers.
    pub(crate) fn bytes(&mut self, name: impl Into<String>, bytes: &[u8]) {
        let canary = self.named(name);
        self.form(canary, bytes.to_vec(), WINDOW);
        for encoding in [HEXLOWER, HEXUPPER] {
            self.form(canary, encoding.encode(bytes).into_bytes(), 2 * WINDOW);
        }
        for encoding in [BASE64, BASE64URL] {
            for behind in 0..3 {
                self.form(canary, within(&encoding, bytes, behind), WINDOW * 4 / 3 - 2);
            }
        }
        let list = format!("{bytes:?}");
        self.form(canary, list.trim_matches(['[', ']']).as_bytes().to_vec(), usize::MAX);
    }

    /// A text such as a name or a code: all of it, in any case, or in base64.
    pub(crate) fn text(&mut self, text: impl Into<String>) {
        let text = text.into();
        let canary = self.named(text.clone());
        for form in [text.to_lowercase(), text.to_uppercase(), text.clone()] {
            self.form(canary, form.into_bytes(), usize::MAX);
        }
        if text.len() >= WINDOW {
            for behind in 0..3 {
                self.form(canary, within(&BASE64, text.as_bytes(), behind), usize::MAX);
            }
        }
    }

    /// The names of all that are in there.
    pub(crate) fn found_in(&self, place: &[u8]) -> BTreeSet<&str> {
        let mut begins = vec![false; 1 << 16];
        self.beginnings.iter().for_each(|pair| begins[usize::from(u16::from_be_bytes(*pair))] = true);
        let mut found = BTreeSet::new();
        for at in 0..place.len().saturating_sub(KEY - 1) {
            if !begins[usize::from(place[at]) << 8 | usize::from(place[at + 1])] {
                continue;
            }
            let key = &place[at..at + KEY];
            let Some(pieces) = <[u8; KEY]>::try_from(key).ok().and_then(|key| self.pieces.get(&key)) else { continue };
            found.extend(pieces.iter().filter(|(_, piece)| place[at..].starts_with(piece)).map(|(canary, _)| *canary));
        }
        found.into_iter().map(|canary| self.names[canary].as_str()).collect()
    }

    /// The same for files, each by its name; only those that hold one.
    pub(crate) fn found_in_files(&self, files: &[PathBuf]) -> BTreeSet<String> {
        let read = |file: &PathBuf| (file.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(file).unwrap_or_default());
        let files = files.iter().map(read);
        files
            .flat_map(|(file, bytes)| self.found_in(&bytes).into_iter().map(|name| format!("{name} in {file}")).collect::<Vec<_>>())
            .collect()
    }

    /// Every form of every canary with its name, to be put somewhere on purpose.
    pub(crate) fn forms(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.forms.iter().map(|(canary, form)| (self.names[*canary].as_str(), form.as_slice()))
    }

    fn named(&mut self, name: impl Into<String>) -> usize {
        self.names.push(name.into());
        self.names.len() - 1
    }

    fn form(&mut self, canary: usize, form: Vec<u8>, window: usize) {
        for piece in form.windows(window.min(form.len())) {
            self.beginnings.insert([piece[0], piece[1]]);
            let pieces = self.pieces.entry(piece[..KEY].try_into().unwrap()).or_default();
            if !pieces.iter().any(|(of, known)| *of == canary && known == piece) {
                pieces.push((canary, piece.to_vec()));
            }
        }
        self.forms.push((canary, form));
    }
}

/// The characters that depend on `bytes` alone where they are encoded together with others before and behind them.
fn within(encoding: &Encoding, bytes: &[u8], behind: usize) -> Vec<u8> {
    let mut text = encoding.encode(&[&vec![0; behind], bytes].concat()).into_bytes();
    text.truncate((behind + bytes.len()) / 3 * 4);
    text.drain(..[0, 2, 3][behind]);
    text
}

/// The files in which each side of an installation lies: people side, ballot side.
///
/// Of a server these are the files of the two databases. Its write-ahead log holds both, which is what "one-server" says.
pub(crate) fn files_of_sides(place: &Place) -> [Vec<PathBuf>; 2] {
    let urls = place.urls();
    [0, 1].map(|side| match urls[side].strip_prefix("sqlite://") {
        Some(file) => {
            let name = Path::new(file).file_name().unwrap().to_string_lossy().into_owned();
            walk(place.path()).into_iter().filter(|file| file.file_name().unwrap().to_string_lossy().starts_with(&name)).collect()
        }
        None => {
            let database = place.database(side);
            database.sql("CHECKPOINT");
            let folder = database
                .sql("SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()");
            walk(Path::new(folder.trim()))
        }
    })
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection as _;
    use diesel::sql_types::Binary;
    use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection};

    use super::*;

    fn pseudorandom(seed: u64, bytes: usize) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        (0..bytes).map(|_| next()).collect()
    }

    #[test]
    fn a_canary_is_found_in_every_form_that_is_planted_and_in_no_place_that_holds_none() {
        let mut canaries = Canaries::default();
        let secret = pseudorandom(1, 32);
        canaries.bytes("number", &secret);
        canaries.text("alpha3@example.org");
        let quiet = pseudorandom(2, 10_000);
        assert_eq!(canaries.found_in(&quiet), BTreeSet::new());
        for (name, form) in canaries.forms() {
            let planted = [&quiet[..777], form, &quiet[777..]].concat();
            assert_eq!(canaries.found_in(&planted), [name].into(), "{}", String::from_utf8_lossy(form));
        }
        // Encoded together with others, wherever it stands among them, and half of it.
        for before in 0..4 {
            let among = [&quiet[..before], &secret[..], &quiet[..5]].concat();
            for text in [BASE64.encode(&among), BASE64URL.encode(&among), data_encoding::BASE64URL_NOPAD.encode(&among)] {
                assert_eq!(canaries.found_in(text.as_bytes()), ["number"].into(), "{before}");
            }
        }
        assert_eq!(canaries.found_in(&secret[16..]), ["number"].into());
        assert_eq!(canaries.found_in(&secret[17..]), BTreeSet::new(), "fifteen bytes are none");
        assert_eq!(canaries.found_in(b"Mail to ALPHA3@EXAMPLE.ORG!"), ["alpha3@example.org"].into());
        assert_eq!(canaries.found_in(b"Mail to alpha4@example.org!"), BTreeSet::new());
    }

    #[test]
    fn a_canary_that_sqlite_cuts_over_two_pages_is_found_wherever_the_cut_falls() {
        let secret = pseudorandom(3, 32);
        let mut canaries = Canaries::default();
        canaries.bytes("number", &secret);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cut.db");
        let mut cuts = 0;
        // Of a row of 9,000 bytes the first 816 stand in the table's own page (file format, section 1.6), the others in pages of 4,092 behind it.
        for place in (780..830).step_by(3) {
            let row = [pseudorandom(4, place), secret.clone(), pseudorandom(5, 9_000 - place - secret.len())].concat();
            let _ = std::fs::remove_file(&file);
            let mut connection = SqliteConnection::establish(&file.display().to_string()).unwrap();
            connection.batch_execute("CREATE TABLE ballot (ct BLOB NOT NULL)").unwrap();
            diesel::sql_query("INSERT INTO ballot VALUES (?)").bind::<Binary, _>(row).execute(&mut connection).unwrap();
            drop(connection);
            let bytes = std::fs::read(&file).unwrap();
            cuts += u32::from(!bytes.windows(32).any(|window| window == secret));
            assert_eq!(canaries.found_in(&bytes), ["number"].into(), "{place}");
        }
        assert!(cuts > 0, "none was cut, which proves nothing");
    }
}
