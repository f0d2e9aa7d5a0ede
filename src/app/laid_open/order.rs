//! In which order rows were written, as far as the bytes of a database's files tell it.

use std::cmp::Reverse;

use super::search::Index;

/// SQLite writes its log in frames of a page and 24 bytes, behind 32 bytes at the begin (file format, section 4.1).
const PAGE: usize = 4096;
const FRAME: usize = PAGE + 24;
const BEFORE_FRAMES: usize = 32;

/// Where a value first stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// What the log does not have any more is older than what it has.
    in_log: bool,
    /// The first frame of the log or page of the main file.
    part: usize,
    /// Within a page SQLite puts each new row before the last one.
    within: Reverse<usize>,
}

impl Place {
    fn of(in_log: bool, at: usize) -> Self {
        let (at, size) = if in_log { (at.saturating_sub(BEFORE_FRAMES), FRAME) } else { (at, PAGE) };
        Self { in_log, part: at / size, within: Reverse(at % size) }
    }
}

/// Puts things in the order in which their bytes were written: by the first frame of the write-ahead log that has them, and within a page from its end
/// to its begin. What the main file lacks was written after the log was last brought into it, and so after all that it has: SQLite writes a changed row wherever
/// a page has room. What stands in no file comes last, as it was given.
#[must_use]
pub fn in_order_of_writing<T>(things: Vec<T>, bytes: impl Fn(&T) -> &[u8], files: &[(String, Vec<u8>)]) -> Vec<T> {
    let wanted: Vec<&[u8]> = things.iter().map(&bytes).collect();
    let index = Index::of(&wanted);
    let mut known: Vec<Option<Place>> = vec![None; wanted.len()];
    let mut in_main = vec![false; wanted.len()];
    for (name, content) in files {
        for (value, at) in index.places(content) {
            let place = Place::of(name.ends_with("-wal"), at);
            if let Some(in_main) = in_main.get_mut(value) {
                *in_main |= !place.in_log;
            }
            // The log tells more than the file into which it is brought now and then.
            let better = |known: &Place| if known.in_log == place.in_log { place < *known } else { place.in_log };
            if let Some(known) = known.get_mut(value)
                && known.as_ref().is_none_or(better)
            {
                *known = Some(place);
            }
        }
    }
    let mut placed: Vec<(Option<Place>, bool, T)> =
        known.into_iter().zip(in_main).zip(things).map(|((place, in_main), thing)| (place, in_main, thing)).collect();
    placed.sort_by_key(|(place, in_main, _)| (place.is_none(), !in_main, *place));
    placed.into_iter().map(|(_, _, thing)| thing).collect()
}
