//! What HR reads beside the scores of the organisation.

use askama::Template;
use domain::{DimensionId, UnitPath, WaveId};
use release::reading::{ConversationEntry, Differences, OrganisationReport, PublishedWave, SaidOrLived, SaidWord, Verdict};

use crate::catalogue::{BrokenWords, Fixed};
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// The changes to look at first, the course of the organisation and how far its groups differ.
#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewSection<'a> {
    words: &'a Words,
    tested: Tagged,
    entries: Vec<EntryView>,
    /// Per dimension its name and where the organisation goes in it.
    courses: Vec<(DimensionId, String, Tagged)>,
    /// Per dimension its name and how far groups differ in it.
    differences: Vec<(DimensionId, String, Tagged)>,
    estimates: Vec<EstimatesView<'a>>,
    said: Option<SaidView>,
}

/// The estimates of all groups in one dimension; empty where chance explains everything.
struct EstimatesView<'a> {
    dimension: DimensionId,
    name: String,
    /// The groups, their estimate and what it rests on.
    groups: Vec<(String, Tagged, &'a str)>,
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

pub(crate) fn overview(words: &Words, wave: &PublishedWave, report: &OrganisationReport) -> Result<String, ReportProblem> {
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
    let courses =
        report.courses.iter().map(|of| Ok((of.dimension.clone(), name(words, wave, &of.dimension), tagged::course(words, &of.found)?)));
    let differences = report
        .differences
        .iter()
        .map(|of| Ok((of.dimension.clone(), name(words, wave, &of.dimension), tagged::differences(words, &of.found)?)));
    let estimates = report.differences.iter().filter_map(|of| {
        let Differences::Found { groups, .. } = &of.found else { return None };
        let group = groups
            .iter()
            .map(|group| Ok((place(words, &group.groups, &group.unit)?, tagged::estimate(words, group)?, words.weight(group))));
        let view = |groups| EstimatesView { dimension: of.dimension.clone(), name: name(words, wave, &of.dimension), groups };
        Some(group.collect::<Result<_, BrokenWords>>().map(view))
    });
    let page = OverviewSection {
        words,
        tested: tagged::tested(words, conversation)?,
        entries: conversation.entries.iter().map(entry).collect::<Result<_, BrokenWords>>()?,
        courses: courses.collect::<Result<_, BrokenWords>>()?,
        differences: differences.collect::<Result<_, BrokenWords>>()?,
        estimates: estimates.collect::<Result<_, BrokenWords>>()?,
        said: report.said_or_lived.as_ref().map(|card| said_or_lived(words, card, since)).transpose()?,
    };
    Ok(page.render()?)
}

/// Groups by name, with their unit.
fn place(words: &Words, groups: &[String], unit: &UnitPath) -> Result<String, BrokenWords> {
    let unit = if unit.0.is_empty() { String::new() } else { format!(" ({})", words.unit_name(unit)) };
    Ok(format!("{}{unit}", words.list(groups)?))
}

fn said_or_lived(words: &Words, card: &SaidOrLived, since: Option<&WaveId>) -> Result<SaidView, BrokenWords> {
    let view = |verdict: &Verdict, first: bool| {
        let reasons = verdict.reasons.iter().map(|reason| tagged::reason(words, reason, since));
        Ok(VerdictView { word: tagged::verdict(words, verdict, first), reasons: reasons.collect::<Result<_, BrokenWords>>()? })
    };
    let stand_out = card.groups.iter().filter(|group| !group.verdict.reasons.is_empty());
    let groups = stand_out.map(|group| Ok((place(words, &group.groups, &group.unit)?, view(&group.verdict, false)?)));
    let groups = groups.collect::<Result<Vec<_>, BrokenWords>>()?;
    let unseen = card.groups.iter().filter(|group| group.verdict.word == SaidWord::CannotBeSeen).count();
    let gap = card.gap.as_ref().map(|gap| tagged::said_gap(words, gap));
    let signals = card.signals.as_ref().map(|signals| tagged::signals(words, signals));
    Ok(SaidView {
        sentences: gap.into_iter().chain(signals).collect::<Result<_, _>>()?,
        everywhere: view(&card.organisation, since.is_none())?,
        of_groups: tagged::said_of_groups(words, card.groups.len() - unseen, unseen, groups.len())?,
        groups,
    })
}
