//! Printed code cards for people without a mailbox of their own: made once, written to one file, and known to nobody but whoever holds the paper.
//!
//! Without names the cards of a group are one heap that is drawn from. Which card is counted in whose row is decided by chance, and nobody knows who draws
//! which; so nobody, neither HR nor whoever administers the database, can say who used a card. With names each card is its person's.

mod file;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cards::{Document, Paper, Printed};
use domain::{GroupId, GroupLeaf, Language, PersonId, WaveId, WaveState};
use identity::{CardKind, CardPerson, IdentityError, NewCard};
use protocol::link::respondent_link;
use protocol::{LinkSecret, StatusHandle};
use rand::seq::SliceRandom;

use crate::installation::Installation;
use crate::lifecycle::Refusal;

pub(crate) use file::partial;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The wave; without it, the one that runs.
    pub wave: Option<WaveId>,
    /// Cards with names.
    pub names: bool,
    /// The names of groups; empty for all groups.
    pub groups: Vec<String>,
    /// Only for these people; for cards with names.
    pub people: Vec<PersonId>,
    /// The paper.
    pub paper: Paper,
    /// The file to write. It must not exist.
    pub out: PathBuf,
}

/// What was made, for whoever prints it. Says nothing about anybody's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The wave.
    pub wave: WaveId,
    /// The groups with the number of their cards.
    pub heaps: Vec<(String, usize)>,
    /// Groups whose heap was made before and is not in the file.
    pub made_before: Vec<String>,
    /// Characters that the font does not have.
    pub replaced: BTreeSet<char>,
    /// Texts that did not fit.
    pub shortened: BTreeSet<String>,
}

/// Cards that are ready to be printed, and cannot be used yet.
pub struct Prepared {
    wave: WaveId,
    kind: CardKind,
    document: Document,
    new: Vec<NewCard>,
    heaps: Vec<(String, usize)>,
    made_before: Vec<String>,
    out: PathBuf,
}

/// Makes cards: prints them into a file, which only its owner may read, and lets them answer.
///
/// The file is durable before the cards are stored, so no heap is ever lost: until then it is called `….partial`. Only hashes are stored.
///
/// # Errors
/// As [`prepare`] and [`Prepared::write`].
pub fn make(installation: &Installation, wanted: &Wanted) -> Result<Made, Refusal> {
    prepare(installation, wanted)?.write(installation)
}

/// Gives codes to everybody who is to get a card. Nothing is stored.
///
/// # Errors
/// [`Refusal::WrongState`] unless people can answer; [`Refusal::Invalid`] when nobody is to get such cards, or cards that cannot be made again would be.
pub fn prepare(installation: &Installation, wanted: &Wanted) -> Result<Prepared, Refusal> {
    let wave = the_wave(installation, wanted)?;
    if wanted.out.exists() {
        return Err(Refusal::Invalid(format!("{} exists already: give the cards a file of their own", wanted.out.display())));
    }
    let groups = installation.identity.groups(&wave)?;
    let chosen = choose(installation, &wave, wanted, &groups)?;
    let round = text::Round::read(installation, &wave)?;
    let made_before = chosen.made_before.iter().filter_map(|group| Some(round.group(*group)?.label.clone())).collect();
    let mut new = Vec::new();
    let document = document(installation, &round, wanted, &chosen.people, &mut new)?;
    let heaps = counted(&chosen.people, &round);
    let kind = if wanted.names { CardKind::Named } else { CardKind::Unnamed };
    Ok(Prepared { wave, kind, document, new, heaps, made_before, out: wanted.out.clone() })
}

impl Prepared {
    /// What will be printed.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Prints the cards and lets them answer.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the file cannot be written, or other cards were made meanwhile; [`Refusal::Unavailable`] says where the file lies when the
    /// database failed.
    pub fn write(self, installation: &Installation) -> Result<Made, Refusal> {
        let Self { wave, kind, document, new, heaps, made_before, out } = self;
        let Printed { pdf, replaced, shortened } = cards::print(&document).map_err(|e| Refusal::Invalid(e.to_string()))?;
        drop(document);
        store(installation, &wave, kind, &new, &out, &pdf)?;
        tracing::info!(%wave, cards = new.len(), named = kind == CardKind::Named, "code cards were made");
        Ok(Made { wave, heaps, made_before, replaced, shortened })
    }
}

fn the_wave(installation: &Installation, wanted: &Wanted) -> Result<WaveId, Refusal> {
    let wave = match &wanted.wave {
        Some(wave) => wave.clone(),
        None => {
            let running = installation.identity.waves()?.into_iter().find(|record| record.state == WaveState::Running);
            running.map(|record| record.wave).ok_or_else(|| {
                Refusal::Invalid("no round is running: cards are made after the launch, while people can answer".to_owned())
            })?
        }
    };
    installation.refuse_if_ending(&wave)?;
    match installation.state(&wave)? {
        WaveState::Running => Ok(wave),
        state => Err(Refusal::WrongState { wave, state, reason: "cards are made after the launch, while people can answer" }),
    }
}

/// For whom cards are made, and which groups are left out because theirs were made before.
struct Chosen {
    people: Vec<CardPerson>,
    made_before: BTreeSet<GroupId>,
}

fn choose(installation: &Installation, wave: &WaveId, wanted: &Wanted, groups: &[GroupLeaf]) -> Result<Chosen, Refusal> {
    let invalid = |text: String| Err(Refusal::Invalid(text));
    let mut people = installation.identity.card_people(wave)?;
    if people.is_empty() {
        return invalid(format!("nobody of round {wave} is invited by card: the staff list had an address for everybody at its launch"));
    }
    let label = |group: GroupId| groups.iter().find(|leaf| leaf.group == group).map_or("", |leaf| leaf.label.as_str());
    let with_cards: BTreeSet<GroupId> = people.iter().map(|one| one.group).collect();
    if !wanted.groups.is_empty() {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        for name in &wanted.groups {
            if !with_cards.iter().any(|group| same(label(*group), name)) {
                let known: Vec<&str> = with_cards.iter().map(|group| label(*group)).collect();
                return invalid(format!("no group {name:?} has people who are invited by card. These have: {}", known.join(", ")));
            }
        }
        people.retain(|one| wanted.groups.iter().any(|name| same(label(one.group), name)));
    }
    if !wanted.people.is_empty() {
        if !wanted.names {
            return invalid("a card for one person carries a name: add --names".to_owned());
        }
        if let Some(stranger) = wanted.people.iter().find(|id| people.iter().all(|one| one.person != **id)) {
            return invalid(format!("{stranger} is not among the people who are invited by card"));
        }
        people.retain(|one| wanted.people.contains(&one.person));
    }
    let made = installation.identity.cards_made(wave)?;
    let named = if wanted.names { CardKind::Named } else { CardKind::Unnamed };
    let other: Vec<&str> = with_cards_of(&people).filter(|group| made.get(group).is_some_and(|kind| *kind != named)).map(label).collect();
    if !other.is_empty() {
        return invalid(if wanted.names {
            format!(
                "the cards of {} were made without names: nobody can say whose card another one would replace, so none is made again while the round runs",
                other.join(", ")
            )
        } else {
            format!("the cards of {} were made with names: add --names to print them again", other.join(", "))
        });
    }
    let made_before: BTreeSet<GroupId> = with_cards_of(&people).filter(|group| !wanted.names && made.contains_key(group)).collect();
    people.retain(|one| !made_before.contains(&one.group));
    if people.is_empty() {
        let partial = partial(&wanted.out);
        let interrupted =
            if partial.exists() { format!(" If that was interrupted, they lie in {}.", partial.display()) } else { String::new() };
        return invalid(format!(
            "these cards were made before, and cards without names are made once: nobody could say which one another replaces.{interrupted}"
        ));
    }
    Ok(Chosen { people, made_before })
}

fn with_cards_of(people: &[CardPerson]) -> impl Iterator<Item = GroupId> {
    people.iter().map(|one| one.group).collect::<BTreeSet<_>>().into_iter()
}

fn counted(people: &[CardPerson], round: &text::Round) -> Vec<(String, usize)> {
    let mut heaps: BTreeMap<GroupId, usize> = BTreeMap::new();
    for one in people {
        *heaps.entry(one.group).or_default() += 1;
    }
    heaps.into_iter().filter_map(|(group, cards)| Some((round.group(group)?.label.clone(), cards))).collect()
}

/// The document with its codes, and the hashes of the codes.
fn document(
    installation: &Installation,
    round: &text::Round,
    wanted: &Wanted,
    people: &[CardPerson],
    new: &mut Vec<NewCard>,
) -> Result<Document, Refusal> {
    let default = &Language::parse(&installation.config.survey.language).map_err(|e| Refusal::Invalid(format!("survey.language: {e}")))?;
    let mut random = rand::rng();
    let mut code = |person: &CardPerson| {
        let secret = LinkSecret::generate(&mut rand::rng());
        // The same code asks after the close what is recorded, as the page does with a typed code.
        let status = StatusHandle::from_bytes(*secret.as_bytes());
        new.push(NewCard { person: person.person.clone(), link: secret.hash(round.wave()).0, status: status.hash(round.wave()).0 });
        let link = respondent_link(round.origin(), round.manifest(), &secret);
        (secret.to_display_code(), link)
    };
    let mut heaps = Vec::new();
    if wanted.names {
        let mut people: Vec<&CardPerson> = people.iter().collect();
        people.sort_by(|a, b| (a.group, &a.name, &a.person).cmp(&(b.group, &b.name, &b.person)));
        let cards =
            people.iter().map(|one| round.card(&one.language, one.group, Some(&one.name), false, code(one))).collect::<Result<_, _>>()?;
        heaps.push(cards::Heap { cover: round.cover_of_named(default, people.len())?, cards });
    } else {
        for group in with_cards_of(people) {
            let of_group: Vec<&CardPerson> = people.iter().filter(|one| one.group == group).collect();
            let language = text::most_spoken(of_group.iter().map(|one| &one.language), default);
            let drawn = of_group.len() > 1;
            let mut cards: Vec<cards::Card> =
                of_group.iter().map(|one| round.card(&language, group, None, drawn, code(one))).collect::<Result<_, _>>()?;
            cards.shuffle(&mut random);
            heaps.push(cards::Heap { cover: round.cover_of_heap(&language, group, cards.len())?, cards });
        }
    }
    Ok(Document { title: round.document_title(default)?, language: text::spoken(default)?, paper: wanted.paper, heaps })
}

/// Writes the file, stores the hashes, and gives the file its name.
fn store(installation: &Installation, wave: &WaveId, kind: CardKind, new: &[NewCard], out: &Path, pdf: &[u8]) -> Result<(), Refusal> {
    let partial = file::write_partial(out, pdf).map_err(|e| Refusal::Invalid(format!("{} could not be written: {e}", out.display())))?;
    match installation.identity.make_cards(wave, kind, new) {
        Ok(()) => {}
        // What the database did is not known then, and a heap that was stored cannot be made again.
        Err(IdentityError::Storage(error)) => {
            return Err(Refusal::Unavailable(format!(
                "whether the cards were stored is not known ({error}). Run the command again: if they were made, it says so, and they lie in {}; else remove that file first",
                partial.display()
            )));
        }
        Err(error) => {
            file::remove(&partial).map_err(Refusal::unavailable)?;
            return Err(Refusal::Invalid(error.to_string()));
        }
    }
    file::finish(&partial, out)
        .map_err(|e| Refusal::Unavailable(format!("the cards were made and lie in {}: it could not be renamed ({e})", partial.display())))
}
