//! What HR reads beside the scores of the organisation.

use askama::Template;
use domain::DimensionId;
use release::reading::{ConversationEntry, OrganisationReport, PublishedWave, SaidOrLived};

use crate::sections::{name, unit_name};
use crate::tagged::{self, Tagged};
use crate::words::overview;
use crate::{ReportProblem, words};

/// The changes to look at first, the course of the organisation and how far its groups differ.
#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewSection {
    tested: Tagged,
    entries: Vec<EntryView>,
    /// Per dimension its name and where the organisation goes in it.
    courses: Vec<(DimensionId, String, Tagged)>,
    /// Per dimension its name and how far groups differ in it.
    differences: Vec<(DimensionId, String, Tagged)>,
    said: Option<SaidView>,
}

/// What is said and what is lived.
struct SaidView {
    /// The gap everywhere, and what the answers look like.
    sentences: Vec<String>,
    everywhere: Tagged,
    /// The groups in which something stands out, or may.
    groups: Vec<(String, Tagged)>,
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
    let courses = report.courses.iter().map(|of| (of.dimension.clone(), name(wave, &of.dimension), tagged::course(&of.found)));
    let differences = report.differences.iter().map(|of| (of.dimension.clone(), name(wave, &of.dimension), tagged::differences(&of.found)));
    let page = OverviewSection {
        tested: tagged::tested(conversation),
        entries: conversation.entries.iter().map(entry).collect(),
        courses: courses.collect(),
        differences: differences.collect(),
        said: report.said_or_lived.as_ref().map(said),
    };
    Ok(page.render()?)
}

fn said(card: &SaidOrLived) -> SaidView {
    let stand_out = card.groups.iter().filter(|group| !group.verdict.reasons.is_empty());
    let groups = stand_out.map(|group| {
        let unit = if group.unit.0.is_empty() { String::new() } else { format!(" ({})", unit_name(&group.unit)) };
        (format!("{}{unit}", words::list(&group.groups)), tagged::verdict(&group.verdict))
    });
    SaidView {
        sentences: overview::said_gap(card.gap.as_ref()).into_iter().chain(card.signals.as_ref().map(overview::signals)).collect(),
        everywhere: tagged::verdict(&card.organisation),
        groups: groups.collect(),
    }
}
