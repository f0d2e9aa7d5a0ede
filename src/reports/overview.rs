//! What HR reads beside the scores of the organisation.

use askama::Template;
use domain::DimensionId;
use release::reading::{ConversationEntry, OrganisationReport, PublishedWave};

use crate::sections::{name, unit_name};
use crate::tagged::{self, Tagged};
use crate::words::overview;
use crate::{ReportProblem, words};

/// The changes to look at first.
#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewSection {
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

pub(crate) fn overview(wave: &PublishedWave, report: &OrganisationReport) -> Result<String, ReportProblem> {
    let conversation = &report.conversation;
    let since = conversation.since.as_ref();
    let entry = |entry: &ConversationEntry| EntryView {
        dimension: entry.dimension.clone(),
        name: name(wave, &entry.dimension),
        groups: words::list(&entry.groups),
        unit: (!entry.unit.0.is_empty()).then(|| unit_name(&entry.unit)),
        word: tagged::listed(entry),
        detail: overview::listed(entry, since),
    };
    let page = OverviewSection { tested: tagged::tested(conversation), entries: conversation.entries.iter().map(entry).collect() };
    Ok(page.render()?)
}
