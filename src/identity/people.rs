//! Counts over the people of a wave. There are only counts: nothing here says who has answered.

use std::collections::BTreeMap;

use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use domain::{GroupId, WaveId};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::schema::{wave_group, wave_person};

/// The public totals of a wave on the people side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// How many people were invited.
    pub invited: u32,
    /// To how many of them a credential was issued.
    pub issued: u32,
}

impl Identity {
    /// How many people were invited, and to how many a credential was issued. Only for the board and the program's own checks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn totals(&self, wave: &WaveId) -> Result<Totals, IdentityError> {
        self.database.read(|conn| {
            let (invited, issued): (i64, i64) = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(wave)))
                .select((count_star(), count(wave_person::issued_blind)))
                .first(c))?;
            Ok(Totals { invited: as_count(invited), issued: as_count(issued) })
        })
    }

    /// To how many people of each group a credential was issued, in the order of the group list. Only for the opening's balance check, never for a page.
    ///
    /// # Errors
    /// When the database fails.
    pub fn issued_by_group(&self, wave: &WaveId) -> Result<Vec<u32>, IdentityError> {
        self.database.read(|conn| {
            let groups = group_numbers(conn, wave)?;
            let counts: Vec<(GroupId, i64)> = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(wave)))
                .group_by(wave_person::group_no)
                .select((wave_person::group_no, count(wave_person::issued_blind)))
                .load(c))?;
            let issued: BTreeMap<GroupId, i64> = counts.into_iter().collect();
            Ok(groups.iter().map(|group| as_count(issued.get(group).copied().unwrap_or(0))).collect())
        })
    }
}

/// The groups of a wave, in their order.
pub(crate) fn group_numbers(conn: &mut Conn<'_>, wave: &WaveId) -> Result<Vec<GroupId>, IdentityError> {
    Ok(on_each!(conn, |c| wave_group::table
        .filter(wave_group::wave.eq(bind(wave)))
        .order(wave_group::group_no)
        .select(wave_group::group_no)
        .load(c))?)
}

fn as_count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
