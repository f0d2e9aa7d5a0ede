//! How far groups differ, the changes to look at first, and where the whole organisation goes.

use askama::Template;
use domain::DimensionId;
use release::reading::{ConversationEntry, OrganisationReport, PublishedWave};

use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// A dimension with its name and what is said of it.
type OfDimension = (DimensionId, String, Tagged);

#[derive(Template)]
#[template(path = "organisation/overview.html")]
struct OverviewSection<'a> {
    words: &'a Words,
    /// How far groups differ.
    differences: Vec<OfDimension>,
    /// Nothing where no group may be named.
    conversation: Option<ConversationView>,
    /// Where the organisation goes.
    courses: Vec<OfDimension>,
}

/// The changes that are worth a conversation.
struct ConversationView {
    tested: Tagged,
    entries: Vec<EntryView>,
}

/// One change that is worth a conversation.
struct EntryView {
    dimension: DimensionId,
    name: String,
    groups: String,
    unit: Option<String>,
    word: Tagged,
    detail: String,
}

pub(super) fn overview(
    words: &Words,
    wave: &PublishedWave,
    report: &OrganisationReport,
    names_groups: bool,
) -> Result<String, ReportProblem> {
    let conversation = &report.conversation;
    let since = conversation.since.as_ref();
    let entry = |entry: &ConversationEntry| {
        Ok(EntryView {
            dimension: entry.dimension.clone(),
            name: name(words, wave, &entry.dimension),
            groups: words.list(&entry.groups)?,
            unit: (!entry.unit.0.is_empty()).then(|| words.unit_name(&entry.unit)),
            word: tagged::listed(words, entry),
            detail: words.listed(entry, since)?,
        })
    };
    let list = || {
        Ok::<_, BrokenWords>(ConversationView {
            tested: tagged::tested(words, conversation)?,
            entries: conversation.entries.iter().map(entry).collect::<Result<_, BrokenWords>>()?,
        })
    };
    let courses =
        report.courses.iter().map(|of| Ok((of.dimension.clone(), name(words, wave, &of.dimension), tagged::course(words, &of.found)?)));
    let differences = report
        .differences
        .iter()
        .map(|of| Ok((of.dimension.clone(), name(words, wave, &of.dimension), tagged::differences(words, &of.found)?)));
    let page = OverviewSection {
        words,
        differences: differences.collect::<Result<_, BrokenWords>>()?,
        conversation: names_groups.then(list).transpose()?,
        courses: courses.collect::<Result<_, BrokenWords>>()?,
    };
    Ok(page.render()?)
}
