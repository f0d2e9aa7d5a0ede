//! Which changes are worth a conversation: what HR looks at first.

use std::collections::BTreeSet;

use domain::{DimensionId, UnitPath, WaveId};
use serde::Serialize;
use statistics::benjamini_hochberg;

use super::comparison::of_block;
use super::thresholds::CHANCE_AMONG_LISTED;
use super::waves::History;
use super::{Change, ChangeWord, Comparison, Difference, ReadingProblem};

/// The changes of a wave that are worth a conversation, improvements among them.
///
/// Over every comparison set and dimension that was tested, each counted once, by the rule of Benjamini & Hochberg (1995): where nothing
/// changed anywhere the list is empty nine times out of ten, and where much changed about one entry in ten is expected to be chance. Sets
/// without a comparison are no hypotheses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversation {
    /// The wave with which this one is compared; `None` for the first.
    pub since: Option<WaveId>,
    /// How many changes were tested: sets of groups times dimensions.
    pub tested: u32,
    /// How many of them stand out when all are looked at together, those among them of which the groups' own pages say nothing.
    pub together: u32,
    /// The changes, in the order of units and names, never of sizes.
    pub entries: Vec<ConversationEntry>,
}

/// One change that is worth a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConversationEntry {
    /// The unit of the groups.
    pub unit: UnitPath,
    /// Labels of the groups that are compared together.
    pub groups: Vec<String>,
    /// The dimension.
    pub dimension: DimensionId,
    /// The word that the groups' own pages say: [`ChangeWord::Clear`] or [`ChangeWord::Possible`].
    pub word: ChangeWord,
    /// Later minus earlier.
    pub difference: Difference,
}

/// A change that was tested, before anything is known of the others.
struct Hypothesis {
    unit: UnitPath,
    groups: Vec<String>,
    change: Change,
}

/// The list for the latest wave.
pub(super) fn of_wave(history: &History<'_>) -> Result<Conversation, ReadingProblem> {
    let latest = history.latest();
    let (mut hypotheses, mut p_values) = (Vec::new(), Vec::new());
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for index in 0..latest.blocks().len() {
        if seen.contains(&index) {
            continue;
        }
        let shared = of_block(history, index)?;
        seen.extend(&shared.blocks);
        let Comparison::Made(set) = shared.comparison else { continue };
        // The groups of a set stand under one unit.
        let unit = shared.blocks.iter().flat_map(|&block| latest.block(block).groups()).find_map(|group| latest.leaf(group));
        let unit = unit.map(|leaf| leaf.unit.clone()).unwrap_or_default();
        for (change, p) in set.changes.into_iter().zip(shared.p_values) {
            if let Some(p) = p {
                hypotheses.push(Hypothesis { unit: unit.clone(), groups: set.groups.clone(), change });
                p_values.push(p);
            }
        }
    }
    let adjusted = benjamini_hochberg(&p_values).map_err(|problem| latest.undefined(problem))?;
    let count = |changes: usize| u32::try_from(changes).unwrap_or(u32::MAX);
    let together: Vec<_> = hypotheses.into_iter().zip(adjusted).filter(|(_, q)| *q <= CHANCE_AMONG_LISTED).collect();
    let (tested, standing_out) = (count(p_values.len()), count(together.len()));
    let mut entries: Vec<_> = together.into_iter().filter_map(listed).collect();
    // Within a set the dimensions stay in the instrument's order, because the sort is stable.
    entries.sort_by(|a, b| (&a.unit, &a.groups).cmp(&(&b.unit, &b.groups)));
    Ok(Conversation { since: history.earlier().first().map(|wave| wave.id().clone()), tested, together: standing_out, entries })
}

/// Where many groups changed, the list reaches to changes of which the groups' own pages say "none"; no page contradicts another.
fn listed((Hypothesis { unit, groups, change }, _): (Hypothesis, f64)) -> Option<ConversationEntry> {
    let told = matches!(change.word, ChangeWord::Clear | ChangeWord::Possible);
    let difference = change.difference.filter(|_| told)?;
    Some(ConversationEntry { unit, groups, dimension: change.dimension, word: change.word, difference })
}
