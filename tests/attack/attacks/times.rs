//! Whoever reads nothing but how large files are and when they were written: of several files that hold ballots, the oldest holds the first.

use std::collections::{BTreeMap, BTreeSet};

use super::at_rest::deep_inside;
use super::{Guesses, Sight};
use crate::carving::Carver;
use crate::evidence::Copy;
use crate::times::FileTimes;

/// What lies there after the close.
pub(super) fn after_the_close(sight: &Sight<'_>) -> Guesses {
    by_times(sight, &sight.evidence.closed)
}

/// What lay there in the last night.
pub(super) fn in_the_last_night(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| by_times(sight, night)).unwrap_or_default()
}

/// Puts the files that hold ballots in the order of each of their times and of their sizes, follows the one that tells the most of them apart, and joins the
/// ballots in them with the order of people. Files that nothing tells apart lead nowhere: where in a file something stands is for others.
fn by_times(sight: &Sight<'_>, copy: &Copy) -> Guesses {
    let ballots = sight.evidence.ballots();
    let nonces: Vec<[u8; 32]> = ballots.keys().copied().collect();
    let needles = ballots.keys().map(<[u8; 32]>::as_slice).chain(ballots.values().map(deep_inside));
    let carver = Carver::of(needles);
    let found: Vec<(&FileTimes, Vec<usize>)> = copy.times.iter().map(|file| (file, carver.order_in(copy.content_of(file)))).collect();
    let found: Vec<(&FileTimes, Vec<usize>)> = found.into_iter().filter(|(_, ballots)| !ballots.is_empty()).collect();
    let by: [fn(&FileTimes) -> i128; 4] = [|file| file.modified, |file| file.changed, |file| file.read, |file| file.size];
    let told_apart = |by: &fn(&FileTimes) -> i128| found.iter().map(|(file, _)| by(file)).collect::<BTreeSet<_>>().len();
    // The first of those that tell equally many apart: times before sizes.
    let Some(best) = by.iter().rev().max_by_key(|by| told_apart(by)).filter(|by| told_apart(by) > 1) else { return Guesses::new() };
    let mut in_order: BTreeMap<i128, Vec<usize>> = BTreeMap::new();
    for (file, ballots) in &found {
        in_order.entry(best(file)).or_default().extend(ballots);
    }
    let mut seen = BTreeSet::new();
    let order = in_order.into_values().flatten().map(|number| nonces[number % nonces.len()]).filter(|nonce| seen.insert(*nonce));
    sight.first_with_first(&order.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::super::Guess;
    use super::*;
    use crate::evidence::{Artefact, Evidence, PAGES, StoredBallot};
    use crate::people::Person;

    /// A store that keeps every ballot in a file of its own, written when it came.
    fn a_file_for_each_ballot(times: impl Fn(usize) -> i128) -> (Vec<Person>, Evidence) {
        let people: Vec<Person> =
            (0..6).map(|number| Person { id: format!("p{number}"), group: 0, ip: format!("10.0.0.{number}") }).collect();
        let ballot = |number: u8| StoredBallot { nonce: [90 - 7 * number; 32], group: 3, mac: [0; 32], ct: vec![100 + number; 4_144] };
        let ballots: Vec<StoredBallot> = (0..6).map(ballot).collect();
        let mut closed = Copy { ballots: ballots.clone(), ..Copy::default() };
        let mut bytes = Vec::new();
        for (number, ballot) in ballots.iter().enumerate() {
            let name = format!("file-{}", 9 - number);
            closed.parts.insert(name.clone(), bytes.len()..bytes.len() + 32);
            bytes.extend(ballot.nonce);
            let at = times(number);
            closed.times.push(FileTimes { name, size: 32, modified: at, changed: 5, read: 5 });
        }
        closed.files.push(Artefact { name: PAGES.to_owned(), bytes });
        let request = |person: &Person| format!("{} - - [now] \"POST /w/x/box HTTP/1.1\" 200 1\n", person.ip);
        let evidence = Evidence { access_log: people.iter().map(request).collect(), closed, ..Evidence::default() };
        (people, evidence)
    }

    fn said(times: impl Fn(usize) -> i128) -> Guesses {
        let (people, evidence) = a_file_for_each_ballot(times);
        let (rows, numbers) = ([Vec::new()], BTreeMap::from([(3, 0)]));
        after_the_close(&Sight { people: &people, evidence: &evidence, rows: &rows, numbers: &numbers })
    }

    #[test]
    fn a_file_for_each_ballot_tells_by_its_time_whose_it_is_and_files_of_one_time_tell_nothing() {
        let all: Guesses = (0..6).map(|place| (place, Guess::Ballot([90 - 7 * u8::try_from(place).unwrap(); 32]))).collect();
        assert_eq!(said(|number| i128::try_from(number).unwrap()), all);
        assert_eq!(said(|_| 5), Guesses::new());
    }
}
