//! The course of one dimension over time.

use domain::{DimensionId, WaveId};
use release::reading::{PublishedWave, Recent, Sight, Trend, TrendSight};

use super::name;
use super::result::Common;
use crate::catalogue::Fixed;
use crate::charts::{Label, trend_chart};
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// So many rounds stand in the table; of more than [`MOST_OPEN`] the older ones are folded away.
const OPEN: usize = 6;
/// Up to so many rounds nothing is folded away.
const MOST_OPEN: usize = 8;

/// The trend of one dimension.
pub(super) struct TrendView<'a> {
    pub(super) id: DimensionId,
    pub(super) name: String,
    pub(super) chart: String,
    /// Rounds that are only unfolded on request, where there are many.
    pub(super) earlier: Vec<TrendRow>,
    pub(super) rows: Vec<TrendRow>,
    /// The last rounds together: which, and what is seen.
    pub(super) recent: Option<(String, Tagged)>,
    /// What the marks mean that are not a score.
    pub(super) notes: Vec<&'a str>,
}

/// One round of a trend.
pub(super) struct TrendRow {
    pub(super) round: WaveId,
    pub(super) score: Tagged,
    pub(super) together: Option<String>,
}

/// The course of one dimension.
pub(super) fn trend_view<'a>(
    words: &'a Words,
    wave: &PublishedWave,
    common: &Common<'_>,
    trend: &Trend,
) -> Result<TrendView<'a>, ReportProblem> {
    let name = name(words, wave, &trend.dimension);
    let rows = trend.points.iter().map(|point| {
        let together = match &point.point {
            TrendSight::Score { together, .. } if !together.is_empty() => Some(words.together(together)?),
            _ => None,
        };
        Ok(TrendRow { round: point.wave.clone(), score: tagged::trend_point(words, point)?, together })
    });
    let mut rows = rows.collect::<Result<Vec<_>, BrokenWords>>()?;
    let gaps = trend
        .points
        .iter()
        .any(|point| matches!(&point.point, TrendSight::NotComparable | TrendSight::Score { sight: Sight::Hidden(_), .. }));
    let together = rows.iter().any(|row| row.together.is_some());
    let mean = matches!(trend.recent, Recent::Mean { .. });
    let aborted = trend.points.iter().any(|point| point.point == TrendSight::Aborted);
    let notes = [(together, Fixed::TrendHollow), (aborted, Fixed::TrendCross), (gaps, Fixed::TrendGaps), (mean, Fixed::RecentLines)];
    let recent = match &trend.recent {
        Recent::TooFewRounds => None,
        Recent::CannotBeTold { rounds } | Recent::Mean { rounds, .. } => {
            Some((words.recent_rounds(rounds)?, tagged::recent(words, &trend.recent)?))
        }
    };
    let folded = if rows.len() > MOST_OPEN { rows.len() - OPEN } else { 0 };
    let newest = rows.split_off(folded);
    let id = common.id_of(&format!("{}-trend", trend.dimension));
    Ok(TrendView {
        chart: trend_chart(words, Label { id: &id, source: &common.source }, &name, trend)?,
        id: trend.dimension.clone(),
        name,
        notes: notes.into_iter().filter(|(stands, _)| *stands).map(|(_, note)| words.say(note)).collect(),
        earlier: rows,
        rows: newest,
        recent,
    })
}
