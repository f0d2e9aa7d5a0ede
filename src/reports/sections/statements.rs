//! Every statement as it was asked, and with enough answers what can be seen of it.

use domain::DimensionId;
use domain::instrument::{Item, Publish};
use release::reading::PublishedWave;

use super::name;
use super::result::Common;
use crate::catalogue::Fixed;
use crate::charts::strip;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// All statements.
pub(super) struct StatementsView {
    /// At least one has a range.
    pub(super) shown: bool,
    pub(super) groups: Vec<StatementGroup>,
}

/// The statements of one dimension, or those without.
pub(super) struct StatementGroup {
    pub(super) dimension: Option<DimensionId>,
    pub(super) name: String,
    pub(super) rows: Vec<StatementRow>,
}

/// One statement.
pub(super) struct StatementRow {
    pub(super) text: String,
    /// Agreeing lowers the score.
    pub(super) turned: bool,
    pub(super) seen: Option<(String, Tagged)>,
}

pub(super) fn statements_view(words: &Words, wave: &PublishedWave, common: &Common<'_>) -> Result<StatementsView, ReportProblem> {
    let dimensions = wave.instrument.dimensions.iter().map(|dimension| Some(&dimension.id)).chain([None]);
    let mut groups = Vec::new();
    for dimension in dimensions {
        let items = wave.instrument.items.iter().filter(|item| item.dimension.as_ref() == dimension && item.publish == Publish::Team);
        let rows = items.map(|item| row(words, common, item)).collect::<Result<Vec<_>, _>>()?;
        let name = dimension.map_or_else(|| words.say(Fixed::StatementsWithout).to_owned(), |id| name(words, wave, id));
        if !rows.is_empty() {
            groups.push(StatementGroup { dimension: dimension.cloned(), name, rows });
        }
    }
    Ok(StatementsView { shown: !common.statements.is_empty(), groups })
}

fn row(words: &Words, common: &Common<'_>, item: &Item) -> Result<StatementRow, ReportProblem> {
    let score = common.statements.iter().find(|statement| statement.item == item.id);
    let seen = score.map(|score| Ok::<_, ReportProblem>((strip(&score.sight)?, tagged::statement(words, score)?)));
    Ok(StatementRow { text: words.of(&item.text), turned: item.reversed, seen: seen.transpose()? })
}
