//! What somebody may take with them of the last published round, read once for every kind of file.

use std::collections::BTreeSet;

use disclosure::BlockId;
use domain::{DimensionId, ItemId, TeamLabel, UnitPath, WaveId};
use release::reading::{
    BlockReport, Comparison, OrganisationReport, Participation, PastWave, Published, PublishedWave, Quadrant, ReadingProblem, Score,
    StatementScore, Suggestion, TotalReport, Trend, Verdict, read_blocks, read_organisation, read_total,
};

use crate::{ReportProblem, latest};

/// What of a round is written down.
#[derive(Debug, Clone, Copy)]
pub enum Readable<'a> {
    /// Everything, as HR reads it.
    All,
    /// Some groups and sub-totals, as somebody of HR reads them who is there for one unit.
    Unit(Share<'a>),
    /// Some groups and sub-totals, as a leader reads them: with what there is to talk about next.
    Led(Share<'a>),
}

/// Some groups and sub-totals.
#[derive(Debug, Clone, Copy)]
pub struct Share<'a> {
    /// The groups, by the block that they count in.
    pub blocks: &'a [BlockId],
    /// The units whose sub-totals.
    pub units: &'a [UnitPath],
}

/// Everything that may be read, in the order of the pages.
pub(crate) struct Gathered<'w> {
    pub(crate) wave: &'w PublishedWave,
    totals: Vec<Published<TotalReport>>,
    blocks: Vec<Published<BlockReport>>,
    /// Whether it is for somebody who leads the groups.
    led: bool,
    /// What stands beside the scores of the organisation; HR alone reads it.
    pub(crate) organisation: Option<Published<OrganisationReport>>,
}

/// Whose result a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartKind {
    Organisation,
    Unit,
    Group,
}

impl PartKind {
    /// The name in files for programs.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Unit => "unit",
            Self::Group => "group",
        }
    }
}

/// The result of one group, unit or organisation.
pub(crate) struct Part<'a> {
    pub(crate) kind: PartKind,
    /// The groups that are counted together; none for a unit and for answers that were counted one level up.
    pub(crate) groups: &'a [String],
    /// Whether answers that were counted one level up are part of it.
    pub(crate) with_upward: bool,
    /// A unit's own path, or where a group stands.
    pub(crate) unit: &'a UnitPath,
    pub(crate) participation: Participation,
    pub(crate) covers: Option<(u8, u8)>,
    pub(crate) scores: &'a [Score],
    pub(crate) quadrant: Option<&'a Quadrant>,
    pub(crate) comparison: &'a Comparison,
    pub(crate) trends: &'a [Trend],
    /// Single statements, of ten answers or more.
    pub(crate) statements: &'a [StatementScore],
    /// What to talk about next; `None` where the reader's page suggests nothing.
    pub(crate) suggestions: Option<&'a [Suggestion]>,
    /// Whether what is said and what is lived fit together; `None` where the reader's page does not say it of this part alone.
    pub(crate) said: Option<&'a Verdict>,
}

impl Part<'_> {
    /// The round that is compared with.
    pub(crate) const fn since(&self) -> Option<&WaveId> {
        match self.comparison {
            Comparison::Made(set) => Some(&set.since),
            Comparison::FirstWave | Comparison::NotPossible(_) => None,
        }
    }
}

/// Reads the last published round.
pub(crate) fn gather<'w>(waves: &'w [PastWave], readable: Readable<'_>) -> Result<Gathered<'w>, ReportProblem> {
    let wave = latest(waves)?;
    let units = match readable {
        Readable::All => units_of(wave),
        Readable::Unit(share) | Readable::Led(share) => share.units.to_vec(),
    };
    let mut totals = Vec::new();
    for unit in &units {
        match read_total(waves, unit) {
            Ok(total) => totals.push(total),
            Err(ReadingProblem::NothingWithin { .. }) => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    let mut blocks = read_blocks(waves)?;
    let organisation = match readable {
        Readable::All => Some(read_organisation(waves)?),
        Readable::Unit(share) | Readable::Led(share) => {
            blocks.retain(|block| share.blocks.contains(&block.block));
            None
        }
    };
    Ok(Gathered { wave, totals, blocks, led: matches!(readable, Readable::Led(_)), organisation })
}

impl Gathered<'_> {
    /// The organisation, its units and its groups, as far as they may be read.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.totals.iter().map(|total| of_total(total)).chain(self.blocks.iter().map(|block| of_block(block, self.led)))
    }

    /// The dimension of a statement; `None` where it has none.
    pub(crate) fn dimension_of(&self, item: &ItemId) -> Option<&DimensionId> {
        self.wave.instrument.items.iter().find(|asked| &asked.id == item)?.dimension.as_ref()
    }
}

/// The organisation, and the units in which more than one block lies: of one alone the group's own line says all.
fn units_of(wave: &PublishedWave) -> Vec<UnitPath> {
    let mut units: BTreeSet<UnitPath> = BTreeSet::from([UnitPath::organisation()]);
    for leaf in &wave.groups {
        units.extend((1..=leaf.unit.0.len()).map(|depth| UnitPath(leaf.unit.0.iter().take(depth).cloned().collect())));
    }
    let several = |unit: &UnitPath| wave.release.base.blocks.iter().filter(|block| unit.contains(&block.unit)).count() > 1;
    units.into_iter().filter(|unit| unit.0.is_empty() || several(unit)).collect()
}

fn of_total(total: &TotalReport) -> Part<'_> {
    let organisation = total.unit.0.is_empty();
    Part {
        kind: if organisation { PartKind::Organisation } else { PartKind::Unit },
        groups: &[],
        with_upward: false,
        unit: &total.unit,
        participation: total.participation,
        covers: (!organisation).then_some(total.covers),
        scores: &total.scores,
        quadrant: total.quadrant.as_ref(),
        comparison: &total.comparison,
        trends: &total.trends,
        statements: &total.statements,
        suggestions: None,
        said: None,
    }
}

fn of_block(block: &BlockReport, led: bool) -> Part<'_> {
    Part {
        kind: PartKind::Group,
        groups: &block.labels,
        with_upward: block.with_upward,
        unit: &block.unit,
        participation: block.participation,
        covers: None,
        scores: &block.scores,
        quadrant: block.quadrant.as_ref(),
        comparison: &block.comparison,
        trends: &block.trends,
        statements: &block.statements,
        suggestions: led.then_some(block.suggestions.as_slice()),
        said: block.said.as_ref().filter(|_| led),
    }
}

/// A unit as one text: its labels joined by ` / `, nothing for the organisation.
pub(crate) fn path(unit: &UnitPath) -> String {
    unit.0.iter().map(TeamLabel::as_str).collect::<Vec<_>>().join(" / ")
}
