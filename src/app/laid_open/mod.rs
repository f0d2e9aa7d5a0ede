//! What lies before whoever operates an installation, and what can be found out from it about one person's answer. For the demo, whose visitor may try.
//!
//! First without the key of the round: from copies of both databases' files, the log and the mails ([`Evidence::attack`]). Then with it
//! ([`Evidence::open_with`]). The same attack finds every answer in a survey with a table of answers and a mark for whoever has answered ([`ordinary`]).

pub mod key;
mod order;
pub mod ordinary;
mod search;
pub mod shown;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use identity::LaidOpen;
use protocol::link::read_respondent_link;
use protocol::{BallotNonce, ReceiptLeaf, SealedBallot};

use crate::mail::transport::CapturedMail;

pub use order::in_order_of_writing;
pub use search::Looked;

/// Values that both sides might share are looked for from this length on, in bytes: shorter ones stand side by side by chance.
const TELLING: usize = 16;
/// By so many first bytes they are looked for: longer values lie in several pieces in a file.
const LOOKED_FOR: usize = 256;

/// What the people side keeps of single persons that stands nowhere else.
const OF_PERSONS: [(&str, &str); 5] =
    [("wave_person", "issued_blind"), ("link_secret", "hash"), ("unsubscribe_secret", "hash"), ("status_handle", "hash"), ("card", "hash")];
/// What the ballot side keeps of single answers that stands nowhere else.
const OF_ANSWERS: [(&str, &str); 3] = [("ballot", "nonce"), ("ballot", "mac"), ("ballot", "ct")];

/// All that is there without the key of the round.
pub struct Evidence {
    people: LaidOpen,
    ballots: LaidOpen,
    log: Option<Vec<String>>,
    mails: Vec<Arc<CapturedMail>>,
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
    pub(crate) group: i64,
    /// What is kept of the request with which the person began to send; `None` for whoever has not.
    pub(crate) begun: Option<Vec<u8>>,
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
    pub(crate) nonce: Vec<u8>,
}

/// What came of the attacks without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The group.
    pub group: String,
    /// Who of the group has answered, in the order in which the files say that they began.
    pub answered: Vec<Invited>,
    /// Who of the group was invited.
    pub invited: Vec<Invited>,
    /// The sealed answers of the group, in the order in which the files say that they came.
    pub sealed: Vec<Sealed>,
    /// Which of them stands where the person stands among the others; `None` when there is none there.
    pub pointed_at: Option<Sealed>,
    /// Values of the people side's rows about persons in the files of the ballot side, and the other way round.
    pub shared: Looked,
    /// The different lengths of all sealed answers of the round, in bytes.
    pub lengths: BTreeSet<usize>,
    /// How many sealed answers the round has.
    pub all: usize,
    /// Values of both sides, the receipts that belong to the sealed answers, and the person's name and address in the log; `None` where none is kept.
    pub log: Option<Looked>,
    /// Values of the ballot side, and those receipts, in the mails.
    pub mails: Looked,
    /// The code of the person's link in the files of both sides, in the log and in mails to others; `None` when no mail to the person holds a link.
    pub link: Option<Looked>,
}

impl Findings {
    /// Whether nothing was found that would hold a person and sealed answers together, but for the order.
    #[must_use]
    pub fn holds(&self) -> bool {
        let places = [Some(self.shared), self.log, Some(self.mails), self.link];
        self.lengths.len() < 2 && places.into_iter().flatten().all(|looked| looked.found == 0)
    }
}

impl Evidence {
    /// Copies of the people side and the ballot side, the lines of the log where they were kept, and the mails.
    #[must_use]
    pub fn new([people, ballots]: [LaidOpen; 2], log: Option<Vec<String>>, mails: Vec<Arc<CapturedMail>>) -> Self {
        Self { people, ballots, log, mails }
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

    /// The mails to a person, newest first.
    pub fn mails_to(&self, person: &Invited) -> impl Iterator<Item = &Arc<CapturedMail>> {
        let address = format!("<{}>", person.mail);
        let to = person.mail.clone();
        self.mails.iter().filter(move |mail| mail.to == to || mail.to.ends_with(&address))
    }

    /// The lines of the log, oldest first; `None` where none are kept.
    #[must_use]
    pub fn log(&self) -> Option<&[String]> {
        self.log.as_deref()
    }

    /// How many mails there are.
    #[must_use]
    pub fn mails(&self) -> usize {
        self.mails.len()
    }

    /// Attacks the answers of one person without the key.
    #[must_use]
    pub fn attack(&self, person: &Invited) -> Findings {
        let invited: Vec<Invited> = self.invited().into_iter().filter(|other| other.group == person.group).collect();
        let answered = invited.iter().filter(|other| other.answered()).cloned().collect();
        let answered = in_order_of_writing(answered, |other| other.begun.as_deref().unwrap_or_default(), &self.people.files);
        let (lengths, all, sealed) = self.sealed(person.group);
        let sealed = in_order_of_writing(sealed, |answers| &answers.nonce, &self.ballots.files);
        let pointed_at = beside(&answered, &sealed, |other| other.id == person.id).cloned();

        let (of_persons, mut of_answers) = (telling(&self.people, &OF_PERSONS), telling(&self.ballots, &OF_ANSWERS));
        let (people, ballots) = (bytes_of(&self.people), bytes_of(&self.ballots));
        let receipts = self.receipts();
        of_answers.extend(receipts.iter().map(Vec::as_slice));
        Findings {
            group: self.label(person.group),
            shared: Looked::at(&of_persons, &ballots).and(Looked::at(&of_answers, &people)),
            log: self.log.is_some().then(|| {
                let mut all = [of_persons.as_slice(), &of_answers].concat();
                all.extend([person.name.as_bytes(), person.mail.as_bytes()]);
                Looked::written_at(&all, &self.lines())
            }),
            mails: Looked::written_at(&of_answers, &texts(&self.mails)),
            link: self.look_for_link(person),
            answered,
            invited,
            sealed,
            pointed_at,
            lengths,
            all,
        }
    }

    /// Looks for the code of the person's links wherever it need not stand.
    fn look_for_link(&self, person: &Invited) -> Option<Looked> {
        let own: Vec<&Arc<CapturedMail>> = self.mails_to(person).collect();
        let secrets: Vec<_> = own.iter().filter_map(|mail| Some(read_respondent_link(mail.link.as_ref()?)?.1)).collect();
        if secrets.is_empty() {
            return None;
        }
        let codes: Vec<String> = secrets.iter().flat_map(|secret| [secret.to_code(), secret.to_display_code()]).collect();
        let bytes = secrets.iter().map(|secret| secret.as_bytes().as_slice());
        let wanted: Vec<&[u8]> = codes.iter().map(String::as_bytes).chain(bytes).collect();
        let others: Vec<Arc<CapturedMail>> =
            self.mails.iter().filter(|mail| !own.iter().any(|own| own.number == mail.number)).cloned().collect();
        let everywhere = [bytes_of(&self.people), bytes_of(&self.ballots), self.lines(), texts(&others)].concat();
        Some(Looked::at(&wanted, &everywhere))
    }

    /// The name of the round that runs.
    #[must_use]
    pub fn running(&self) -> Option<&str> {
        let mut waves = self.people.table("wave")?.columns(["id", "state"]);
        waves.find_map(|[id, state]| (state.text() == Some("running")).then(|| id.text())?)
    }

    /// The lengths of all sealed answers, how many there are, and those of one group.
    fn sealed(&self, group: i64) -> (BTreeSet<usize>, usize, Vec<Sealed>) {
        let (mut lengths, mut all, mut sealed) = (BTreeSet::new(), 0, Vec::new());
        let Some(table) = self.ballots.table("ballot") else { return (lengths, all, sealed) };
        for [nonce, number, text] in table.columns(["nonce", "group_no", "ct"]) {
            let (Some(nonce), Some(text)) = (nonce.bytes(), text.bytes()) else { continue };
            lengths.insert(text.len());
            all += 1;
            if number.number() == Some(group) {
                sealed.push(Sealed { number: start(nonce), text: start(text), length: text.len(), nonce: nonce.to_vec() });
            }
        }
        (lengths, all, sealed)
    }

    /// What receipts of the sealed answers show: the leaf, and its first characters as people read them.
    fn receipts(&self) -> Vec<Vec<u8>> {
        let Some(table) = self.ballots.table("ballot") else { return Vec::new() };
        let leaf = |[nonce, text]: [Option<&[u8]>; 2]| {
            let nonce = BallotNonce(nonce?.try_into().ok()?);
            Some(ReceiptLeaf::of(&nonce, &SealedBallot::try_from(text?).ok()?))
        };
        let leaves = table.columns(["nonce", "ct"]).filter_map(|row| leaf(row.map(|value| value.bytes())));
        leaves.flat_map(|leaf| [leaf.0.to_vec(), leaf.short_code().into_bytes()]).collect()
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

    /// The lines of the log as bytes.
    fn lines(&self) -> Vec<&[u8]> {
        self.log.iter().flatten().map(String::as_bytes).collect()
    }

    /// Everything that is there, byte for byte.
    fn everything(&self) -> Vec<&[u8]> {
        [bytes_of(&self.people), bytes_of(&self.ballots), self.lines(), texts(&self.mails)].concat()
    }
}

/// A side's files, byte for byte.
fn bytes_of(side: &LaidOpen) -> Vec<&[u8]> {
    side.files.iter().map(|(_, bytes)| bytes.as_slice()).collect()
}

/// Mails as they left, and their two texts as they are read.
fn texts(mails: &[Arc<CapturedMail>]) -> Vec<&[u8]> {
    mails.iter().flat_map(|mail| [mail.raw.as_slice(), mail.text.as_bytes(), mail.html.as_bytes()]).collect()
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
