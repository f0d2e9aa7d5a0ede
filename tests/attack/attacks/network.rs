//! A10: whoever keeps a proxy's log or counts bytes on the wire, TLS or not; and whoever counts those of files.

use std::collections::BTreeMap;

use protocol::wire::REQUEST_SIZE;

use super::{Guess, Guesses, Sight};

/// Who sent more bytes wrote more: people by the size of what they sent and got, rows by their length.
pub(super) fn sizes(sight: &Sight<'_>) -> Guesses {
    let by_address: BTreeMap<&str, usize> = sight.people.iter().enumerate().map(|(place, person)| (person.ip.as_str(), place)).collect();
    let mut bytes: BTreeMap<usize, usize> = BTreeMap::new();
    for flow in &sight.evidence.flows {
        if let Some(place) = by_address.get(flow.ip.as_str()) {
            // A request that was repeated after a crash must not count twice: the last of each kind stands for it, and kinds have their own sizes.
            let size = if flow.sent == 0 { flow.received } else { flow.sent.min(REQUEST_SIZE) };
            bytes.entry(*place).and_modify(|least| *least = (*least).min(size)).or_insert(size);
        }
    }
    longest_with_longest(sight, &bytes)
}

/// Whose arrival let the files grow more wrote more.
pub(super) fn growth(sight: &Sight<'_>) -> Guesses {
    let people = sight.order_of_people();
    let mut before = 0;
    let mut grown: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, size) in people.into_iter().zip(&sight.evidence.sizes) {
        grown.insert(place, usize::try_from(size.saturating_sub(before)).unwrap());
        before = *size;
    }
    longest_with_longest(sight, &grown)
}

/// Joins people by a number of bytes with rows by their lengths, group by group.
fn longest_with_longest(sight: &Sight<'_>, bytes: &BTreeMap<usize, usize>) -> Guesses {
    let mut guesses = Guesses::new();
    for (group, rows) in sight.rows.iter().enumerate() {
        let mut people: Vec<(usize, usize)> =
            bytes.iter().filter(|(place, _)| sight.people[**place].group == group).map(|(place, size)| (*size, *place)).collect();
        people.sort_unstable();
        let mut lengths: Vec<(usize, usize)> =
            rows.iter().enumerate().map(|(row, found)| (found.comments.iter().map(String::len).sum(), row)).collect();
        lengths.sort_unstable();
        guesses.extend(people.into_iter().zip(lengths).map(|((_, place), (_, row))| (place, Guess::Row(row))));
    }
    guesses
}
