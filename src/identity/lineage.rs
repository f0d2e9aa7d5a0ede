//! Where the people of new groups answered the last time, as counts.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::{GroupId, PersonId, WaveId, WaveState};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::schema::{wave, wave_person};

/// How the people of new groups were spread over the groups of the last published wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// The last published wave.
    pub wave: WaveId,
    /// For each new group: how many of its people were invited in each earlier group. People who were not invited then are in no count.
    pub same: BTreeMap<GroupId, BTreeMap<GroupId, u32>>,
}

impl Identity {
    /// The wave that was published last; `None` before the first publication.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_published(&self) -> Result<Option<WaveId>, IdentityError> {
        self.database.read(last_published)
    }

    /// Counts where the people of new groups were invited in the last published wave; `None` before the first publication.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lineage<'p>(&self, people: impl IntoIterator<Item = (&'p PersonId, GroupId)>) -> Result<Option<Lineage>, IdentityError> {
        let Some(last) = self.last_published()? else { return Ok(None) };
        let earlier: Vec<(PersonId, GroupId)> = self.database.read(|conn| {
            Ok::<_, IdentityError>(on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(&last)))
                .select((wave_person::person, wave_person::group_no))
                .load(c))?)
        })?;
        let earlier: BTreeMap<PersonId, GroupId> = earlier.into_iter().collect();
        let mut same: BTreeMap<GroupId, BTreeMap<GroupId, u32>> = BTreeMap::new();
        for (person, group) in people {
            let counts = same.entry(group).or_default();
            if let Some(before) = earlier.get(person) {
                *counts.entry(*before).or_default() += 1;
            }
        }
        Ok(Some(Lineage { wave: last, same }))
    }
}

pub(crate) fn last_published(conn: &mut Conn<'_>) -> Result<Option<WaveId>, IdentityError> {
    Ok(on_each!(conn, |c| wave::table
        .filter(wave::state.eq(bind(WaveState::Published)))
        .order((wave::published_at.desc(), wave::position.desc()))
        .select(wave::id)
        .first(c)
        .optional())?)
}
