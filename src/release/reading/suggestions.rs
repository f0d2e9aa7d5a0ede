//! What a group could talk about next: at most two things, and never one that chance explains.

use domain::{DimensionId, ItemId};
use serde::Serialize;

use super::thresholds::{MOST_SUGGESTIONS, QUADRANT_CUT};
use super::{Change, ChangeWord, Comparison, Score, Sight, StatementScore};

/// Something to talk about, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suggestion {
    /// The dimension clearly fell since the wave before.
    Fell {
        /// The dimension.
        dimension: DimensionId,
        /// Its lowest statement, where one is low.
        statement: Option<ItemId>,
    },
    /// The dimension's whole range is low, or one of its statements is.
    Low {
        /// The dimension.
        dimension: DimensionId,
        /// Its lowest statement, where one is low.
        statement: Option<ItemId>,
    },
    /// The dimension clearly rose since the wave before.
    Rose {
        /// The dimension.
        dimension: DimensionId,
    },
    /// Nothing stands out from chance.
    Anything,
}

/// What is suggested: clear falls before low levels before clear rises, in the instrument's order, one per dimension; if there is none of these,
/// that nothing stands out. `dimension_of` gives a statement's dimension.
pub(super) fn suggested<'a>(
    scores: &[Score],
    comparison: &Comparison,
    statements: &[StatementScore],
    dimension_of: impl Fn(&ItemId) -> Option<&'a DimensionId>,
) -> Vec<Suggestion> {
    let changes: &[Change] = match comparison {
        Comparison::Made(set) => &set.changes,
        Comparison::FirstWave | Comparison::NotPossible(_) => &[],
    };
    let clear = |dimension: &DimensionId, wanted: fn(i16) -> bool| {
        let change = changes.iter().find(|change| &change.dimension == dimension && change.word == ChangeWord::Clear);
        change.and_then(|change| change.difference).is_some_and(|difference| wanted(difference.points))
    };
    let lowest = |dimension: &DimensionId| {
        let own = statements.iter().filter(|statement| statement.low && dimension_of(&statement.item) == Some(dimension));
        own.min_by_key(|statement| upper_end(&statement.sight)).map(|statement| statement.item.clone())
    };
    let fell = scores.iter().map(|score| &score.dimension).filter(|dimension| clear(dimension, |points| points < 0));
    let fell = fell.map(|dimension| Suggestion::Fell { dimension: dimension.clone(), statement: lowest(dimension) });
    let low = scores.iter().map(|score| (&score.dimension, is_low(&score.sight), lowest(&score.dimension)));
    let low = low.filter(|(_, is_low, statement)| *is_low || statement.is_some());
    let low = low.map(|(dimension, _, statement)| Suggestion::Low { dimension: dimension.clone(), statement });
    let rose = scores.iter().map(|score| &score.dimension).filter(|dimension| clear(dimension, |points| points > 0));
    let rose = rose.map(|dimension| Suggestion::Rose { dimension: dimension.clone() });
    let mut chosen: Vec<Suggestion> = Vec::new();
    for suggestion in fell.chain(low).chain(rose) {
        if chosen.len() < MOST_SUGGESTIONS && chosen.iter().all(|other| other.dimension() != suggestion.dimension()) {
            chosen.push(suggestion);
        }
    }
    if chosen.is_empty() { vec![Suggestion::Anything] } else { chosen }
}

impl Suggestion {
    /// The dimension that it is about.
    #[must_use]
    pub const fn dimension(&self) -> Option<&DimensionId> {
        match self {
            Self::Fell { dimension, .. } | Self::Low { dimension, .. } | Self::Rose { dimension } => Some(dimension),
            Self::Anything => None,
        }
    }

    /// The statement that stands lowest.
    #[must_use]
    pub const fn statement(&self) -> Option<&ItemId> {
        match self {
            Self::Fell { statement, .. } | Self::Low { statement, .. } => statement.as_ref(),
            Self::Rose { .. } | Self::Anything => None,
        }
    }
}

/// Whether a whole range lies below the middle of the scale's favourable half.
fn is_low(sight: &Sight) -> bool {
    f64::from(upper_end(sight)) < QUADRANT_CUT
}

/// The highest value that can be; 100 where nothing bounds it.
const fn upper_end(sight: &Sight) -> u8 {
    match sight {
        Sight::Between(interval) => interval.high,
        Sight::AtMost(points) => *points,
        Sight::AtLeast(_) | Sight::Hidden(_) => 100,
    }
}
