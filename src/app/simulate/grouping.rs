//! From the staff list of a round to its frozen groups, with what the round before left: the product's rules on an invented list.

use std::collections::BTreeMap;

use disclosure::standing::{Policy, ProposalRefused};
use domain::roster::Roster;
use domain::{GroupId, GroupLeaf, PersonId};

use crate::lifecycle::proposal::{Past, Regrouped, SamePeople};

/// The groups of a round and who was invited in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Grouped {
    /// The frozen list; empty before the first round.
    pub(super) leaves: Vec<GroupLeaf>,
    /// Everybody who is invited.
    pub(super) group_of: BTreeMap<PersonId, GroupId>,
}

impl Grouped {
    /// The groups of the next round, with their past.
    ///
    /// # Errors
    /// [`ProposalRefused`] when too few people are left.
    pub(super) fn next(&self, roster: &Roster, policy: Policy) -> Result<Self, ProposalRefused> {
        let regrouped = Regrouped::from(roster, policy, Past::unchanged(&self.leaves))?;
        let group_of: BTreeMap<PersonId, GroupId> = regrouped.invited().map(|(person, group)| (person.id.clone(), group)).collect();
        let mut same = SamePeople::new();
        for (person, group) in &group_of {
            if let Some(before) = self.group_of.get(person) {
                *same.entry(*group).or_default().entry(*before).or_default() += 1;
            }
        }
        Ok(Self { leaves: regrouped.with_past(&same).leaves, group_of })
    }
}
