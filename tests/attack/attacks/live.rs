//! Whoever keeps copies that were made while people answered, or looks at the running program.

use std::collections::{BTreeMap, BTreeSet};

use super::{Guess, Guesses, Sight, at_rest};

/// Who is new among those who answered, and which ballots are new, from one night to the next.
pub(super) fn differences(sight: &Sight<'_>) -> Guesses {
    let (mut guesses, mut old_people, mut old_ballots) = (Guesses::new(), BTreeSet::new(), BTreeSet::new());
    let places: BTreeMap<&str, usize> = sight.people.iter().enumerate().map(|(place, person)| (person.id.as_str(), place)).collect();
    for night in &sight.evidence.nights {
        let people: Vec<usize> = night.people.iter().filter(|row| row.issued.is_some()).map(|row| places[row.person.as_str()]).collect();
        for group in 0..sight.rows.len() {
            let new_people = people.iter().filter(|place| sight.people[**place].group == group && !old_people.contains(*place));
            let of_group = night.ballots.iter().filter(|ballot| sight.numbers.get(&ballot.group) == Some(&group));
            let new_ballots = of_group.filter(|ballot| !old_ballots.contains(&ballot.nonce));
            // Among those of one night, anybody is as good as anybody: both lists are in the order of random numbers or of ids.
            guesses.extend(new_people.zip(new_ballots).map(|(place, ballot)| (*place, Guess::Ballot(ballot.nonce))));
        }
        old_people.extend(people);
        old_ballots.extend(night.ballots.iter().map(|ballot| ballot.nonce));
    }
    guesses
}

pub(super) fn rows(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::rows_of(sight, night)).unwrap_or_default()
}

pub(super) fn overflow_pages(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::overflow_in(sight, night.file("responses.db"))).unwrap_or_default()
}

pub(super) fn log(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::cells_in(sight, night.file("responses.db-wal"))).unwrap_or_default()
}

pub(super) fn transactions(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::transactions_of(sight, night)).unwrap_or_default()
}

pub(super) fn long_values(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::long_values_of(sight, night)).unwrap_or_default()
}

pub(super) fn dump(sight: &Sight<'_>) -> Guesses {
    sight.last_night().map(|night| at_rest::dump_of(sight, night)).unwrap_or_default()
}

/// PostgreSQL's write-ahead log, which no program that only uses the server can empty.
pub(super) fn server_log(sight: &Sight<'_>) -> Guesses {
    at_rest::cells_in(sight, &sight.evidence.server_log)
}

/// A front that logs bodies sees from where each ballot came.
pub(super) fn bodies(sight: &Sight<'_>) -> Guesses {
    let by_address: BTreeMap<&str, usize> = sight.people.iter().enumerate().map(|(place, person)| (person.ip.as_str(), place)).collect();
    sight.evidence.bodies.iter().filter_map(|(ip, nonce)| Some((*by_address.get(ip.as_str())?, Guess::Ballot(*nonce)))).collect()
}
