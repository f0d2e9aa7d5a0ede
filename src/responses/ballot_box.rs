//! The box: sealed ballots under their random numbers, each number once.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::{Gate, GroupId, WaveId};
use storage::{Conn, StorageError, bind, on_each};

use crate::Responses;
use crate::ballot_rows::{PutIn, StoredUnder};
use crate::error::ResponsesError;
use crate::schema::ballot;
use crate::wave::held_gate_of;

/// A sealed ballot with its credential. The credential must have been checked before it is redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct CastBallot {
    /// The random number that the credential is for.
    pub nonce: [u8; 32],
    /// The standing group that the credential is for.
    pub group: GroupId,
    /// Binds the ballot to the credential.
    pub mac: [u8; 32],
    /// The sealed answers, 4,144 bytes.
    pub ct: Vec<u8>,
}

/// What became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redeemed {
    /// It is in the box, and on the disk.
    New,
    /// This very ballot was in the box before; the same receipt is due.
    Again,
    /// Another ballot with this number is in the box; this one is not taken.
    Different,
    /// The wave takes no ballots any more.
    GateClosed,
}

/// A ballot on its way into the box of a wave.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Arrival {
    wave: WaveId,
    cast: CastBallot,
}

/// What a batch makes of one ballot; that the wave is unknown is no reason to refuse the others.
pub(crate) type Taken = Result<Redeemed, ResponsesError>;

impl Responses {
    /// Puts a ballot into the box, in one transaction with the look at the gate and with ballots that arrive at the same time; durable before this returns.
    ///
    /// A ballot that is in the box already is found as such also after the box was shut, so that a lost answer can be asked for again.
    ///
    /// # Errors
    /// [`ResponsesError::UnknownWave`], or the database refuses (also a ballot that is not 4,144 bytes long).
    pub fn redeem(&self, wave: &WaveId, cast: &CastBallot) -> Result<Redeemed, ResponsesError> {
        self.box_line.submit(Arrival { wave: wave.clone(), cast: cast.clone() })?
    }

    /// How many ballots are in the box.
    ///
    /// # Errors
    /// When the database fails.
    pub fn spent(&self) -> Result<u32, ResponsesError> {
        self.database.read(|conn| {
            let count: i64 = on_each!(conn, |c| ballot::table.count().get_result(c))?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        })
    }

    /// How many ballots of each group are in the box; groups without a ballot are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn spent_by_group(&self) -> Result<BTreeMap<GroupId, u32>, ResponsesError> {
        self.database.read(|conn| {
            let counts: Vec<(GroupId, i64)> =
                on_each!(conn, |c| ballot::table.group_by(ballot::group_no).select((ballot::group_no, count_star())).load(c))?;
            Ok(counts.into_iter().map(|(group, count)| (group, u32::try_from(count).unwrap_or(u32::MAX))).collect())
        })
    }

    /// At most `most` ballots in the order of their numbers, from the first whose number comes after `after`.
    ///
    /// Once the box is shut nothing is written to it, so that one page after the other gives every ballot once.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ballots(&self, after: Option<[u8; 32]>, most: u32) -> Result<Vec<CastBallot>, ResponsesError> {
        let most = i64::from(most);
        self.database.query(|conn| {
            Ok(match after {
                None => on_each!(conn, |c| ballot::table.order(ballot::nonce).limit(most).load(c))?,
                Some(after) => {
                    on_each!(conn, |c| ballot::table.filter(ballot::nonce.gt(bind(after))).order(ballot::nonce).limit(most).load(c))?
                }
            })
        })
    }
}

/// Puts a batch of ballots into the box, wave by wave and in the order of their numbers.
///
/// That the gate is open and that the ballots lie in the box is one fact because write transactions are serialisable.
pub(crate) fn take(conn: &mut Conn<'_>, arrivals: &[Arrival]) -> Result<Vec<Taken>, StorageError> {
    let mut ordered: Vec<(usize, &Arrival)> = arrivals.iter().enumerate().collect();
    ordered.sort_by(|(_, a), (_, b)| (&a.wave, a.cast.nonce).cmp(&(&b.wave, b.cast.nonce)));
    let mut taken: Vec<(usize, Taken)> = Vec::with_capacity(arrivals.len());
    for of_wave in ordered.chunk_by(|(_, a), (_, b)| a.wave == b.wave) {
        let places = of_wave.iter().map(|(place, _)| *place);
        match held_gate_of(conn, &of_wave[0].1.wave) {
            Ok(gate) => {
                let casts: Vec<&CastBallot> = of_wave.iter().map(|(_, arrival)| &arrival.cast).collect();
                taken.extend(places.zip(take_in_order(conn, gate, &casts)?.into_iter().map(Ok)));
            }
            Err(ResponsesError::Storage(error)) => return Err(error),
            Err(error) => taken.extend(places.map(|place| (place, Err(error.clone())))),
        }
    }
    taken.sort_by_key(|(place, _)| *place);
    Ok(taken.into_iter().map(|(_, outcome)| outcome).collect())
}

/// What becomes of ballots that stand in the order of their numbers. Of several with one number the first goes in, and the others are compared with it.
fn take_in_order(conn: &mut Conn<'_>, gate: Gate, casts: &[&CastBallot]) -> Result<Vec<Redeemed>, StorageError> {
    if gate == Gate::Done {
        return Ok(vec![Redeemed::GateClosed; casts.len()]);
    }
    let mut firsts = casts.to_vec();
    firsts.dedup_by_key(|cast| cast.nonce);
    let mut new = if gate == Gate::Open { put_in(conn, &firsts)? } else { BTreeSet::new() };
    firsts.retain(|cast| !new.contains(&cast.nonce));
    let stored = stored_under(conn, &firsts)?;
    let mut counted: BTreeMap<[u8; 32], &CastBallot> = stored.iter().map(|cast| (cast.nonce, cast)).collect();
    let outcomes = casts.iter().copied().map(|cast| {
        if new.remove(&cast.nonce) {
            counted.insert(cast.nonce, cast);
            return Redeemed::New;
        }
        match counted.get(&cast.nonce) {
            None => Redeemed::GateClosed,
            Some(counted) if *counted == cast => Redeemed::Again,
            Some(_) => Redeemed::Different,
        }
    });
    Ok(outcomes.collect())
}

/// Puts ballots in unless their numbers are spent; the numbers that were not.
fn put_in(conn: &mut Conn<'_>, casts: &[&CastBallot]) -> Result<BTreeSet<[u8; 32]>, StorageError> {
    Ok(on_each!(conn, |c| PutIn(casts).load::<[u8; 32]>(c))?.into_iter().collect())
}

/// The ballots in the box under the numbers of others.
fn stored_under(conn: &mut Conn<'_>, casts: &[&CastBallot]) -> Result<Vec<CastBallot>, StorageError> {
    if casts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_each!(conn, |c| StoredUnder(casts).load(c))?)
}

/// All ballots in the order of their numbers.
pub(crate) fn all(conn: &mut Conn<'_>) -> Result<Vec<CastBallot>, ResponsesError> {
    Ok(on_each!(conn, |c| ballot::table.order(ballot::nonce).load(c))?)
}

#[cfg(test)]
mod tests;
