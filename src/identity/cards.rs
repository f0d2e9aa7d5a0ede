//! Printed code cards, for people without a mailbox of their own.
//!
//! A card carries a secret like a mailed link and only hashes of it come here. A card **with a name** is its person's, and can be made again. Cards **without
//! names** are drawn at random from one heap per group: every card is counted in the row of one of the heap's people, and nobody knows who drew it. So the
//! row's "issued" means "a card of this group was used" and nothing about its person; and no card of a heap can be made again, because nobody could
//! say whose it replaces.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::{GroupId, Language, PersonId, WaveId, WaveState};
use storage::{Conn, bind, on_each};

use crate::error::IdentityError;
use crate::schema::{card, link_secret, status_handle, wave_person};
use crate::{Identity, PromiseEvent, ROWS_PER_INSERT, promise_log, waves};

/// Somebody who is invited by card, as frozen for the wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPerson {
    /// The person.
    pub person: PersonId,
    /// The name, for cards that carry one.
    pub name: String,
    /// The language of the card.
    pub language: Language,
    /// The standing group in which the person answers.
    pub group: GroupId,
}

/// Whether cards carry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// Drawn from a heap: whoever draws one holds it.
    Unnamed,
    /// One person's own.
    Named,
}

/// The hashes of a new card's secret.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCard {
    /// In whose row the card's use is counted; its holder only if it carries a name.
    pub person: PersonId,
    /// The hash under which it lets its holder answer.
    pub link: [u8; 32],
    /// The hash under which it asks, after the close, what is recorded.
    pub status: [u8; 32],
}

impl std::fmt::Debug for NewCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewCard").finish_non_exhaustive()
    }
}

impl Identity {
    /// Everybody of a wave who is invited by card, in the order of their ids; nobody before the launch.
    ///
    /// # Errors
    /// When the database fails.
    pub fn card_people(&self, wave: &WaveId) -> Result<Vec<CardPerson>, IdentityError> {
        self.database.read(|conn| card_people(conn, wave))
    }

    /// How the cards of a running wave were made, for every group of which some were; empty again from the close on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn cards_made(&self, wave: &WaveId) -> Result<BTreeMap<GroupId, CardKind>, IdentityError> {
        self.database.read(|conn| cards_made(conn, wave))
    }

    /// For how many people of a wave no card was made yet. Nothing in it depends on who has answered.
    ///
    /// # Errors
    /// When the database fails.
    pub fn without_card(&self, wave: &WaveId) -> Result<u32, IdentityError> {
        self.database.read(|conn| {
            let rows: i64 = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(wave)))
                .filter(wave_person::mail.eq(""))
                .filter(diesel::dsl::not(diesel::dsl::exists(
                    card::table.filter(card::wave.eq(wave_person::wave)).filter(card::person.eq(wave_person::person))
                )))
                .count()
                .get_result(c))?;
            Ok(u32::try_from(rows).unwrap_or(u32::MAX))
        })
    }

    /// Stores the hashes of new cards in one transaction, in the order of the hashes, so that nothing in the file follows the order of the sheet.
    ///
    /// Cards with names may be made again; earlier ones stay valid, and all of a person's are worth one answer. Cards without names are made once, and for
    /// everybody of a group together.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs; [`IdentityError::Cards`] when the cards do not fit its people or cards that were made before.
    pub fn make_cards(&self, wave: &WaveId, kind: CardKind, cards: &[NewCard]) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            waves::require(conn, wave, WaveState::Running)?;
            fits(kind, cards, &card_people(conn, wave)?, &cards_made(conn, wave)?)
                .map_err(|problem| IdentityError::Cards { wave: wave.clone(), problem })?;
            let mut links: Vec<([u8; 32], &PersonId)> = cards.iter().map(|card| (card.link, &card.person)).collect();
            links.sort_unstable();
            for links in links.chunks(ROWS_PER_INSERT) {
                let rows: Vec<_> = links
                    .iter()
                    .map(|(hash, person)| {
                        (link_secret::hash.eq(bind(hash)), link_secret::wave.eq(bind(wave)), link_secret::person.eq(bind(*person)))
                    })
                    .collect();
                on_each!(conn, |c| diesel::insert_into(link_secret::table).values(&rows).execute(c))?;
            }
            let mut handles: Vec<([u8; 32], &PersonId)> = cards.iter().map(|card| (card.status, &card.person)).collect();
            handles.sort_unstable();
            for handles in handles.chunks(ROWS_PER_INSERT) {
                let rows: Vec<_> = handles
                    .iter()
                    .map(|(hash, person)| {
                        (
                            card::hash.eq(bind(hash)),
                            card::wave.eq(bind(wave)),
                            card::person.eq(bind(*person)),
                            card::named.eq(kind == CardKind::Named),
                        )
                    })
                    .collect();
                on_each!(conn, |c| diesel::insert_into(card::table).values(&rows).execute(c))?;
            }
            let made = PromiseEvent::CardsMade { round: wave.clone(), cards: u32::try_from(cards.len()).unwrap_or(u32::MAX) };
            promise_log::append(conn, &self.author, &made)
        })
    }
}

/// Whether new cards fit the people of a wave and the cards that were made before.
fn fits(kind: CardKind, cards: &[NewCard], people: &[CardPerson], made: &BTreeMap<GroupId, CardKind>) -> Result<(), String> {
    let groups: BTreeMap<&PersonId, GroupId> = people.iter().map(|one| (&one.person, one.group)).collect();
    let mut asked: BTreeMap<GroupId, BTreeSet<&PersonId>> = BTreeMap::new();
    for card in cards {
        let Some(group) = groups.get(&card.person) else { return Err("somebody is not invited by card".to_owned()) };
        if !asked.entry(*group).or_default().insert(&card.person) {
            return Err("somebody would get two cards".to_owned());
        }
    }
    for (group, asked) in asked {
        let whole = people.iter().filter(|one| one.group == group).count();
        match (kind, made.get(&group)) {
            (CardKind::Named, None | Some(CardKind::Named)) => {}
            (CardKind::Unnamed, None) if asked.len() == whole => {}
            (CardKind::Unnamed, None) => return Err("a heap holds one card for each of its people".to_owned()),
            (_, Some(_)) => return Err("the cards of one of the groups were made before".to_owned()),
        }
    }
    Ok(())
}

fn card_people(conn: &mut Conn<'_>, wave: &WaveId) -> Result<Vec<CardPerson>, IdentityError> {
    let rows: Vec<(PersonId, String, Language, GroupId)> = on_each!(conn, |c| wave_person::table
        .filter(wave_person::wave.eq(bind(wave)))
        .filter(wave_person::mail.eq(""))
        .order(wave_person::person)
        .select((wave_person::person, wave_person::name, wave_person::language, wave_person::group_no))
        .load(c))?;
    Ok(rows.into_iter().map(|(person, name, language, group)| CardPerson { person, name, language, group }).collect())
}

fn cards_made(conn: &mut Conn<'_>, wave: &WaveId) -> Result<BTreeMap<GroupId, CardKind>, IdentityError> {
    let rows: Vec<(GroupId, bool)> = on_each!(conn, |c| card::table
        .inner_join(wave_person::table.on(wave_person::wave.eq(card::wave).and(wave_person::person.eq(card::person))))
        .filter(card::wave.eq(bind(wave)))
        .select((wave_person::group_no, card::named))
        .distinct()
        .load(c))?;
    Ok(rows.into_iter().map(|(group, named)| (group, if named { CardKind::Named } else { CardKind::Unnamed })).collect())
}

/// Cards let nobody answer any more; each now shows its holder whether an answer was begun with it.
pub(crate) fn turn_into_status_handles(conn: &mut Conn<'_>, wave: &WaveId) -> Result<(), IdentityError> {
    let mut handles: Vec<([u8; 32], PersonId)> =
        on_each!(conn, |c| card::table.filter(card::wave.eq(bind(wave))).select((card::hash, card::person)).load(c))?;
    handles.sort_unstable();
    for handles in handles.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = handles
            .iter()
            .map(|(hash, person)| {
                (status_handle::hash.eq(bind(hash)), status_handle::wave.eq(bind(wave)), status_handle::person.eq(bind(person)))
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(status_handle::table).values(&rows).execute(c))?;
    }
    on_each!(conn, |c| diesel::delete(card::table.filter(card::wave.eq(bind(wave)))).execute(c))?;
    Ok(())
}
