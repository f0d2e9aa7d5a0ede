//! The attacks. Each takes what one kind of adversary has, and says for whoever it can whose ballot or whose answers are whose.
//!
//! An attack that ends at a ballot is only half way: the ballot is sealed. So every attack is scored twice. **Sealed**, as things are once the box key
//! is destroyed: whoever knows a person's ballot must still read it. **With the box key** (A2), to test the first lock and the storage rules by
//! themselves: there, knowing whose ballot is whose is knowing whose answer is whose.

mod at_rest;
mod live;
mod network;
mod on_paper;
mod pages;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::{Copy, Evidence};
use crate::people::Person;
use crate::round::Played;
use crate::world::Engine;

/// What an attack says about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guess {
    /// This is their ballot.
    Ballot([u8; 32]),
    /// This is their row, by its place among the shuffled rows of their group.
    Row(usize),
}

/// By the place of the person among the invited.
pub(crate) type Guesses = BTreeMap<usize, Guess>;

/// What a score of an attack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// It must be no better than guessing.
    Chance,
    /// It is written down; the promise does not cover it.
    Reported,
}

/// One attack.
pub(crate) struct Attack {
    /// Who attacks, by the names of the threat model.
    pub(crate) by: &'static str,
    pub(crate) name: &'static str,
    pub(crate) sealed: Expected,
    pub(crate) with_key: Expected,
    pub(crate) run: fn(&Sight<'_>) -> Guesses,
}

/// What every attacker knows and what was kept of the round. The truth is not in it.
pub(crate) struct Sight<'a> {
    pub(crate) people: &'a [Person],
    pub(crate) evidence: &'a Evidence,
    /// The rows of each group, shuffled: more than any attacker really has.
    pub(crate) rows: &'a [Vec<crate::people::Row>],
    /// The groups of the staff list by the program's numbers.
    pub(crate) numbers: &'a BTreeMap<u32, usize>,
}

const fn attack(by: &'static str, name: &'static str, with_key: Expected, run: fn(&Sight<'_>) -> Guesses) -> Attack {
    Attack { by, name, sealed: Expected::Chance, with_key, run }
}

/// Every attack that is possible on an engine.
pub(crate) fn all(engine: Engine) -> Vec<Attack> {
    use Expected::{Chance, Reported};
    let mut attacks = vec![
        attack("A1", "order of rows after the close", Chance, at_rest::rows),
        attack("A1", "answers in anything kept", Chance, at_rest::words),
        attack("A1", "leftovers after the publication", Chance, at_rest::leftovers),
        attack("A1", "mail archive: numbers from links", Chance, on_paper::numbers_from_links),
        attack("A3", "credential key: values put in order", Chance, on_paper::values_in_order),
        attack("A7", "credentials of another key", Chance, on_paper::other_key),
        attack("A10", "proxy log: sizes", Chance, network::sizes),
        attack("A10", "pages polled at every arrival", Chance, pages::polled),
        attack("A1", "files by their times and sizes after the close", Chance, times::after_the_close),
        attack("A1", "files' sizes at every arrival", Chance, network::growth),
        attack("HR", "reminders, and steps of participation", Chance, pages::told_on_the_way),
        attack("backups", "files by their times and sizes in the last night", Reported, times::in_the_last_night),
        attack("backups", "differences of nights", Reported, live::differences),
        attack("backups", "order of rows in the last night", Reported, live::rows),
        attack("A4", "operator who logs requests", Reported, live::bodies),
    ];
    attacks.extend(match engine {
        Engine::Sqlite => vec![
            attack("A1", "cells of the file after the close", Chance, at_rest::cells),
            attack("A1", "overflow pages after the close", Chance, at_rest::overflow_pages),
            attack("A1", "write-ahead log after the close", Chance, at_rest::log),
            attack("A1", "free pages after the close", Chance, at_rest::free),
            attack("backups", "overflow pages of the last night", Reported, live::overflow_pages),
            attack("backups", "write-ahead log of the last night", Reported, live::log),
        ],
        Engine::Postgres => vec![
            attack("A1", "xmin after the close", Chance, at_rest::transactions),
            attack("A1", "long values after the close", Chance, at_rest::long_values),
            attack("A1", "dump after the close", Chance, at_rest::dump),
            attack("backups", "xmin of the last night", Reported, live::transactions),
            attack("backups", "long values of the last night", Reported, live::long_values),
            attack("backups", "dump of the last night", Reported, live::dump),
            attack("server", "write-ahead log of the server", Reported, live::server_log),
        ],
    });
    attacks
}

impl Played {
    /// What the attackers see of the round.
    pub(crate) fn sight(&self) -> Sight<'_> {
        Sight { people: &self.people, evidence: &self.evidence, rows: &self.rows, numbers: &self.numbers }
    }
}

impl Sight<'_> {
    /// Whoever answered, in the order in which they did, as the proxy's log tells it.
    fn order_of_people(&self) -> Vec<usize> {
        let by_address: BTreeMap<&str, usize> = self.people.iter().enumerate().map(|(place, person)| (person.ip.as_str(), place)).collect();
        self.evidence.order_of_addresses().iter().filter_map(|ip| by_address.get(ip).copied()).collect()
    }

    /// The last copy from before the close.
    fn last_night(&self) -> Option<&Copy> {
        self.evidence.nights.last()
    }

    /// Joins the order of people with an order of ballots, group by group: the first with the first.
    fn first_with_first(&self, ballots: &[[u8; 32]]) -> Guesses {
        self.joined(&self.order_of_people(), ballots)
    }

    /// Joins people with ballots, group by group: the first with the first.
    fn joined(&self, people: &[usize], ballots: &[[u8; 32]]) -> Guesses {
        let known = self.evidence.ballots();
        let mut guesses = Guesses::new();
        for group in 0..self.rows.len() {
            let of_group = |nonce: &&[u8; 32]| known.get(*nonce).is_some_and(|ballot| self.numbers.get(&ballot.group) == Some(&group));
            let in_group = people.iter().filter(|place| self.people[**place].group == group);
            guesses.extend(in_group.zip(ballots.iter().filter(of_group)).map(|(place, nonce)| (*place, Guess::Ballot(*nonce))));
        }
        guesses
    }

    /// The same for ballots that are known by their places among [`Evidence::ballots`].
    fn in_places(&self, places: &[usize]) -> Guesses {
        let known: Vec<[u8; 32]> = self.evidence.ballots().into_keys().collect();
        let mut seen = BTreeSet::new();
        self.first_with_first(&places.iter().map(|place| known[*place]).filter(|nonce| seen.insert(*nonce)).collect::<Vec<_>>())
    }
}
