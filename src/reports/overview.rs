//! What HR reads beside the scores of the organisation.

use askama::Template;
use domain::{DimensionId, UnitPath, WaveId};
use release::reading::{ConversationEntry, Differences, OrganisationReport, PublishedWave, SaidOrLived, SaidWord, Verdict};

use crate::sections::{name, unit_name};
use crate::tagged::{self, Tagged};
use crate::words::overview;
use crate::{ReportProblem, Words, words};

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
    estimates: Vec<EstimatesView>,
    said: Option<SaidView>,
}

/// The estimates of all groups in one dimension; empty where chance explains everything.
struct EstimatesView {
    dimension: DimensionId,
    name: String,
    /// The groups, their estimate and what it rests on.
    groups: Vec<(String, Tagged, &'static str)>,
}

/// What is said and what is lived.
struct SaidView {
    /// The gap everywhere, and what the answers look like.
    sentences: Vec<Tagged>,
    everywhere: VerdictView,
    /// The groups in which something stands out, or may.
    groups: Vec<(String, VerdictView)>,
    /// In how many it can be seen.
    of_groups: Tagged,
}

/// A word with its reasons.
struct VerdictView {
    word: Tagged,
    reasons: Vec<Tagged>,
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

pub(crate) fn overview(said: &Words, wave: &PublishedWave, report: &OrganisationReport) -> Result<String, ReportProblem> {
    let conversation = &report.conversation;
    let since = conversation.since.as_ref();
    let entry = |entry: &ConversationEntry| EntryView {
        dimension: entry.dimension.clone(),
        name: name(said, wave, &entry.dimension),
        groups: words::list(&entry.groups),
        unit: (!entry.unit.0.is_empty()).then(|| unit_name(&entry.unit)),
        word: tagged::listed(entry),
        detail: overview::listed(entry, since),
    };
    let courses = report.courses.iter().map(|of| (of.dimension.clone(), name(said, wave, &of.dimension), tagged::course(&of.found)));
    let differences =
        report.differences.iter().map(|of| (of.dimension.clone(), name(said, wave, &of.dimension), tagged::differences(&of.found)));
    let estimates = report.differences.iter().filter_map(|of| {
        let Differences::Found { groups, .. } = &of.found else { return None };
        let group = groups.iter().map(|group| (place(&group.groups, &group.unit), tagged::estimate(group), overview::weight(group)));
        Some(EstimatesView { dimension: of.dimension.clone(), name: name(said, wave, &of.dimension), groups: group.collect() })
    });
    let page = OverviewSection {
        tested: tagged::tested(conversation),
        entries: conversation.entries.iter().map(entry).collect(),
        courses: courses.collect(),
        differences: differences.collect(),
        estimates: estimates.collect(),
        said: report.said_or_lived.as_ref().map(|card| said_or_lived(card, since)),
    };
    Ok(page.render()?)
}

/// Groups by name, with their unit.
fn place(groups: &[String], unit: &UnitPath) -> String {
    let unit = if unit.0.is_empty() { String::new() } else { format!(" ({})", unit_name(unit)) };
    format!("{}{unit}", words::list(groups))
}

fn said_or_lived(card: &SaidOrLived, since: Option<&WaveId>) -> SaidView {
    let view = |verdict: &Verdict, first: bool| VerdictView {
        word: tagged::verdict(verdict, first),
        reasons: verdict.reasons.iter().map(|reason| tagged::reason(reason, since)).collect(),
    };
    let stand_out = card.groups.iter().filter(|group| !group.verdict.reasons.is_empty());
    let groups: Vec<_> = stand_out.map(|group| (place(&group.groups, &group.unit), view(&group.verdict, false))).collect();
    let unseen = card.groups.iter().filter(|group| group.verdict.word == SaidWord::CannotBeSeen).count();
    SaidView {
        sentences: card.gap.as_ref().map(tagged::said_gap).into_iter().chain(card.signals.as_ref().map(tagged::signals)).collect(),
        everywhere: view(&card.organisation, since.is_none()),
        of_groups: tagged::said_of_groups(card.groups.len() - unseen, unseen, groups.len()),
        groups,
    }
}
