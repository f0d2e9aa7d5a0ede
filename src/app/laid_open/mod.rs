//! What lies before whoever operates an installation, and what can be found out from it about one person's answer. For the demo, whose visitor may try.
//!
//! Nothing here has more than a copy of both databases' files, and nothing here uses the key: what it opens is said on the page and not done.
//! The attacks are the ones that find every answer in a survey with a table of answers and a mark for whoever has answered ([`Ordinary`]).

mod order;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use identity::LaidOpen;
use sha2::{Digest, Sha256};

pub use order::in_order_of_writing;

/// Answers to the statement that the ordinary survey asks, from 1 to this.
pub const POINTS: u8 = 7;
/// Values that both sides might share are looked for from this length on, in bytes: shorter ones stand side by side by chance.
const TELLING: usize = 16;
/// By so many first bytes they are looked for: longer values lie in several pieces in a file.
const LOOKED_FOR: usize = 256;

/// Copies of both sides.
pub struct Evidence {
    people: LaidOpen,
    ballots: LaidOpen,
}

/// Somebody who was invited to the running round, as the people side has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The person's id in the staff list.
    pub id: String,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// The number of the group.
    group: i64,
    /// What is kept of the request with which the person began to send; `None` for whoever has not.
    begun: Option<Vec<u8>>,
}

impl Invited {
    /// Whether the person has begun to send answers.
    #[must_use]
    pub const fn answered(&self) -> bool {
        self.begun.is_some()
    }

    /// The first bytes of what is kept of the request, in hexadecimal.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        self.begun.as_deref().map(start)
    }
}

/// Sealed answers as the ballot side has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The first bytes of the random number, in hexadecimal.
    pub number: String,
    /// The first bytes of the sealed answers, in hexadecimal.
    pub text: String,
    /// How many bytes the sealed answers have.
    pub length: usize,
    nonce: Vec<u8>,
}

/// What came of the attacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The group.
    pub group: String,
    /// Who of the group has answered, in the order in which the files say that they began.
    pub answered: Vec<Invited>,
    /// The sealed answers of the group, in the order in which the files say that they came.
    pub sealed: Vec<Sealed>,
    /// Which of them stands where the person stands among the others; `None` when there is none there.
    pub pointed_at: Option<Sealed>,
    /// How many values of the people side's rows about persons stand in the files of the ballot side, or the other way round.
    pub shared: usize,
    /// How many bytes were searched for them.
    pub searched: usize,
    /// The different lengths of all sealed answers, in bytes.
    pub lengths: BTreeSet<usize>,
}

impl Evidence {
    /// Copies of the people side and the ballot side.
    #[must_use]
    pub fn new([people, ballots]: [LaidOpen; 2]) -> Self {
        Self { people, ballots }
    }

    /// Everybody who was invited to the round that runs, by name; nobody when none does.
    #[must_use]
    pub fn invited(&self) -> Vec<Invited> {
        let Some(running) = self.running() else { return Vec::new() };
        let Some(table) = self.people.table("wave_person") else { return Vec::new() };
        let mut invited: Vec<Invited> = table
            .columns(["wave", "person", "name", "mail", "group_no", "issued_blind"])
            .filter(|[wave, ..]| wave.text() == Some(running))
            .filter_map(|[_, id, name, mail, group, begun]| {
                Some(Invited {
                    id: id.text()?.to_owned(),
                    name: name.text()?.to_owned(),
                    mail: mail.text()?.to_owned(),
                    group: group.number()?,
                    begun: begun.bytes().map(<[u8]>::to_vec),
                })
            })
            .collect();
        invited.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        invited
    }

    /// Attacks the answers of one person.
    #[must_use]
    pub fn attack(&self, person: &Invited) -> Findings {
        let of_group = |other: &Invited| other.group == person.group && other.answered();
        let answered: Vec<Invited> = self.invited().into_iter().filter(of_group).collect();
        let answered = in_order_of_writing(answered, |other| other.begun.as_deref().unwrap_or_default(), &self.people.files);
        let (all, sealed) = self.sealed(person.group);
        let sealed = in_order_of_writing(sealed, |answers| &answers.nonce, &self.ballots.files);
        let pointed_at = beside(&answered, &sealed, |other| other.id == person.id).cloned();
        let (shared, searched) = self.shared();
        Findings { group: self.label(person.group), answered, sealed, pointed_at, shared, searched, lengths: all }
    }

    /// The name of the round that runs.
    fn running(&self) -> Option<&str> {
        let mut waves = self.people.table("wave")?.columns(["id", "state"]);
        waves.find_map(|[id, state]| (state.text() == Some("running")).then(|| id.text())?)
    }

    /// The lengths of all sealed answers, and those of one group.
    fn sealed(&self, group: i64) -> (BTreeSet<usize>, Vec<Sealed>) {
        let mut lengths = BTreeSet::new();
        let mut sealed = Vec::new();
        let Some(table) = self.ballots.table("ballot") else { return (lengths, sealed) };
        for [nonce, number, text] in table.columns(["nonce", "group_no", "ct"]) {
            let (Some(nonce), Some(text)) = (nonce.bytes(), text.bytes()) else { continue };
            lengths.insert(text.len());
            if number.number() == Some(group) {
                sealed.push(Sealed { number: start(nonce), text: start(text), length: text.len(), nonce: nonce.to_vec() });
            }
        }
        (lengths, sealed)
    }

    /// The name of a group in the running round.
    fn label(&self, group: i64) -> String {
        let leaf = self.running().zip(self.people.table("wave_group")).and_then(|(running, table)| {
            let mut leaves = table.columns(["wave", "group_no", "leaf"]);
            leaves.find_map(|[wave, number, leaf]| {
                (wave.text() == Some(running) && number.number() == Some(group)).then(|| leaf.document())?
            })
        });
        leaf.and_then(|leaf| leaf.get("label")?.as_str()).map_or_else(|| group.to_string(), str::to_owned)
    }

    /// How many values of one side's rows about single persons or answers stand anywhere in the other side's files, and how many bytes those have.
    fn shared(&self) -> (usize, usize) {
        const OF_PERSONS: [(&str, &str); 5] = [
            ("wave_person", "issued_blind"),
            ("link_secret", "hash"),
            ("unsubscribe_secret", "hash"),
            ("status_handle", "hash"),
            ("card", "hash"),
        ];
        const OF_ANSWERS: [(&str, &str); 3] = [("ballot", "nonce"), ("ballot", "mac"), ("ballot", "ct")];
        let found = order::how_many_stand_in(&telling(&self.people, &OF_PERSONS), &self.ballots.files)
            + order::how_many_stand_in(&telling(&self.ballots, &OF_ANSWERS), &self.people.files);
        let searched = [&self.people, &self.ballots].into_iter().flat_map(|side| &side.files).map(|(_, bytes)| bytes.len()).sum();
        (found, searched)
    }
}

/// The values of these columns that are long enough to tell, each as far as it is looked for.
fn telling<'a>(side: &'a LaidOpen, columns: &[(&str, &str)]) -> Vec<&'a [u8]> {
    let values = columns.iter().filter_map(|&(table, column)| Some(side.table(table)?.columns([column])));
    let values = values.flatten().filter_map(|[value]| value.bytes()).filter(|bytes| bytes.len() >= TELLING);
    values.map(|bytes| bytes.get(..LOOKED_FOR).unwrap_or(bytes)).collect()
}

/// What stands at the place in one order that `who` has in the other. All that an attack by order does.
fn beside<'a, P, A>(people: &[P], answers: &'a [A], who: impl Fn(&P) -> bool) -> Option<&'a A> {
    answers.get(people.iter().position(who)?)
}

/// The first eight bytes in hexadecimal.
fn start(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes.get(..8).unwrap_or(bytes))
}

/// The same people in a survey of the ordinary kind: answers in a table without names, and a mark for whoever has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordinary {
    /// Who has the mark, in the order in which it was set.
    pub marks: Vec<String>,
    /// The numbers that the database gave to the answers, in the order in which they came, with the answer.
    pub answers: Vec<(usize, u8)>,
    /// What the order of both gives away about the person.
    pub found: Option<u8>,
}

impl Ordinary {
    /// The survey as it would stand there had the group answered it in the same order: the person with what they say, all others with something invented.
    #[must_use]
    pub fn answered_by(answered: &[Invited], person: &Invited, said: u8) -> Self {
        let answer = |other: &Invited| if other.id == person.id { said } else { invented(&other.id) };
        // The numbers of a table go on from answers of other groups.
        let answers: Vec<(usize, u8)> = (101..).step_by(3).zip(answered.iter().map(answer)).collect();
        let found = beside(answered, &answers, |other| other.id == person.id).map(|(_, answer)| *answer);
        Self { marks: answered.iter().map(|other| other.name.clone()).collect(), answers, found }
    }
}

/// Some answer, always the same for the same person.
fn invented(id: &str) -> u8 {
    let [first, ..] = <[u8; 32]>::from(Sha256::digest(id));
    first % POINTS + 1
}
