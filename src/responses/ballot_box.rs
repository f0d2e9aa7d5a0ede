//! The box: sealed ballots under their random numbers, each number once.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::{Gate, GroupId, WaveId};
use storage::{Conn, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::schema::ballot;
use crate::wave::gate_of;

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

impl Responses {
    /// Puts a ballot into the box, in one transaction with the look at the gate; durable before this returns.
    ///
    /// A ballot that is in the box already is found as such also after the box was shut, so that a lost answer can be asked for again.
    ///
    /// # Errors
    /// [`ResponsesError::UnknownWave`], or the database refuses (also a ballot that is not 4,144 bytes long).
    pub fn redeem(&self, wave: &WaveId, cast: &CastBallot) -> Result<Redeemed, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, wave)?;
            if gate == Gate::Done {
                return Ok(Redeemed::GateClosed);
            }
            if gate == Gate::Open && put_in(conn, cast)? {
                return Ok(Redeemed::New);
            }
            let stored: Option<CastBallot> =
                on_each!(conn, |c| ballot::table.filter(ballot::nonce.eq(bind(&cast.nonce))).first(c).optional())?;
            Ok(match stored {
                None => Redeemed::GateClosed,
                Some(stored) if stored == *cast => Redeemed::Again,
                Some(_) => Redeemed::Different,
            })
        })
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

    /// All ballots in the order of their numbers.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ballots(&self) -> Result<Vec<CastBallot>, ResponsesError> {
        self.database.read(all)
    }
}

/// Puts the ballot in unless its number is spent; whether it was put in.
fn put_in(conn: &mut Conn<'_>, cast: &CastBallot) -> Result<bool, ResponsesError> {
    let rows = on_each!(conn, |c| diesel::insert_into(ballot::table)
        .values((
            ballot::nonce.eq(bind(&cast.nonce)),
            ballot::group_no.eq(bind(&cast.group)),
            ballot::mac.eq(bind(&cast.mac)),
            ballot::ct.eq(&cast.ct),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(rows > 0)
}

/// All ballots in the order of their numbers.
pub(crate) fn all(conn: &mut Conn<'_>) -> Result<Vec<CastBallot>, ResponsesError> {
    Ok(on_each!(conn, |c| ballot::table.order(ballot::nonce).load(c))?)
}
