//! A1: whoever takes everything that lies there after the round, and knows from logs in which order people answered.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;

use super::{Guess, Guesses, Sight};
use crate::carving::{Carver, free_pages};
use crate::evidence::{Copy, PAGES, StoredBallot};

/// The order in which the engine gives the rows unasked: by hidden row numbers, or by their places in the heap.
pub(super) fn rows(sight: &Sight<'_>) -> Guesses {
    rows_of(sight, &sight.evidence.closed)
}

pub(super) fn rows_of(sight: &Sight<'_>, copy: &Copy) -> Guesses {
    sight.first_with_first(&copy.ballots.iter().map(|ballot| ballot.nonce).collect::<Vec<_>>())
}

/// Where in the file the rows themselves stand.
pub(super) fn cells(sight: &Sight<'_>) -> Guesses {
    cells_in(sight, sight.evidence.closed.file("responses.db"))
}

/// The order in which ballots' numbers are first found in bytes.
pub(super) fn cells_in(sight: &Sight<'_>, bytes: &[u8]) -> Guesses {
    sight.in_places(&Carver::of(sight.evidence.ballots().keys().map(<[u8; 32]>::as_slice)).order_in(bytes))
}

/// Where in the file the pages stand that hold the ends of the rows: SQLite takes the next page for each.
pub(super) fn overflow_pages(sight: &Sight<'_>) -> Guesses {
    overflow_in(sight, sight.evidence.closed.file("responses.db"))
}

pub(super) fn overflow_in(sight: &Sight<'_>, bytes: &[u8]) -> Guesses {
    let ballots = sight.evidence.ballots();
    sight.in_places(&Carver::of(ballots.values().map(deep_inside)).order_in(bytes))
}

/// A part of the ballot that never lies in the row's own page.
pub(super) fn deep_inside<'b>(ballot: &&'b StoredBallot) -> &'b [u8] {
    &ballot.ct[2_000..2_032]
}

/// SQLite's write-ahead log: pages in the order in which they were written.
pub(super) fn log(sight: &Sight<'_>) -> Guesses {
    cells_in(sight, sight.evidence.closed.file("responses.db-wal"))
}

/// What deleted rows left behind in the file.
pub(super) fn free(sight: &Sight<'_>) -> Guesses {
    overflow_in(sight, &free_pages(sight.evidence.closed.file("responses.db")))
}

/// Which transaction wrote the rows.
pub(super) fn transactions(sight: &Sight<'_>) -> Guesses {
    transactions_of(sight, &sight.evidence.closed)
}

pub(super) fn transactions_of(sight: &Sight<'_>, copy: &Copy) -> Guesses {
    sight.first_with_first(&copy.heap.by_transaction.iter().map(|(_, nonce)| *nonce).collect::<Vec<_>>())
}

/// The numbers that the server gave to long values.
pub(super) fn long_values(sight: &Sight<'_>) -> Guesses {
    long_values_of(sight, &sight.evidence.closed)
}

pub(super) fn long_values_of(sight: &Sight<'_>, copy: &Copy) -> Guesses {
    let owner = |value: &Vec<u8>| copy.ballots.iter().find(|ballot| ballot.ct.starts_with(value)).map(|ballot| ballot.nonce);
    sight.first_with_first(&copy.heap.by_long_value.iter().filter_map(owner).collect::<Vec<_>>())
}

/// The order of rows in a dump.
pub(super) fn dump(sight: &Sight<'_>) -> Guesses {
    dump_of(sight, &sight.evidence.closed)
}

pub(super) fn dump_of(sight: &Sight<'_>, copy: &Copy) -> Guesses {
    let numbers: Vec<String> = sight.evidence.ballots().keys().map(|nonce| HEXLOWER.encode(nonce)).collect();
    sight.in_places(&Carver::of(numbers.iter().map(String::as_bytes)).order_in(copy.file("responses.sql")))
}

/// Anything of a ballot that still lies anywhere once the result is published.
pub(super) fn leftovers(sight: &Sight<'_>) -> Guesses {
    let published = &sight.evidence.published;
    let files = published.files.iter().flat_map(|file| &file.bytes).copied().collect::<Vec<u8>>();
    let mut guesses = cells_in(sight, &files);
    guesses.extend(overflow_in(sight, &files));
    let ballots = sight.evidence.ballots();
    guesses.extend(sight.in_places(&Carver::of(ballots.values().map(deep_inside)).order_in_pages(published.file(PAGES))));
    guesses
}

/// What people wrote, looked for in everything: files, logs, mails, pages. What is found leads to its row by itself, and its place to a person.
pub(super) fn words(sight: &Sight<'_>) -> Guesses {
    let evidence = sight.evidence;
    let copies = evidence.nights.iter().chain([&evidence.closed, &evidence.published]);
    let mut everything: Vec<&[u8]> = vec![&evidence.server_log];
    everything.extend(copies.flat_map(|copy| &copy.files).map(|file| file.bytes.as_slice()));
    everything.extend([evidence.application_log.as_slice(), evidence.access_log.as_bytes()]);
    everything.extend(evidence.mails.iter().map(Vec::as_slice));
    everything.extend(evidence.polled.iter().map(|change| change.bytes.as_slice()));
    let rows: Vec<(usize, usize, &[u8])> = sight
        .rows
        .iter()
        .enumerate()
        .flat_map(|(group, rows)| {
            rows.iter().enumerate().filter_map(move |(row, found)| Some((group, row, found.comments.first()?.as_bytes())))
        })
        .collect();
    // A dump writes bytes as text.
    let as_text: Vec<String> = rows.iter().map(|(_, _, text)| HEXLOWER.encode(text)).collect();
    let carver = Carver::of(rows.iter().map(|(_, _, text)| *text).chain(as_text.iter().map(String::as_bytes)));
    // Of those that hold the most, the oldest: what was written later may have been put in order.
    let order = everything.into_iter().rev().map(|bytes| carver.order_in(bytes)).max_by_key(Vec::len).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let order: Vec<usize> = order.into_iter().map(|number| number % rows.len()).filter(|row| seen.insert(*row)).collect();
    let mut guesses = Guesses::new();
    let people = sight.order_of_people();
    for group in 0..sight.rows.len() {
        let in_group = people.iter().filter(|place| sight.people[**place].group == group);
        let found = order.iter().map(|number| rows[*number]).filter(|(of, _, _)| *of == group);
        guesses.extend(in_group.zip(found).map(|(place, (_, row, _))| (*place, Guess::Row(row))));
    }
    guesses
}
