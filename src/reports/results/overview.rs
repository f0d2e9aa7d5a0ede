//! What HR reads of the organisation as a whole, for programs.

use domain::{DimensionId, WaveId};
use release::reading::{
    ChangeWord, Conversation, CourseFound, Difference, Differences, GroupEstimate, OrganisationReport, Reason, SaidOrLived, SaidWord,
    Verdict,
};
use serde::Serialize;

use super::labels;

/// What HR reads of the organisation as a whole.
#[derive(Serialize)]
pub(super) struct Overview<'a> {
    worth_a_conversation: ConversationView<'a>,
    courses: Vec<CourseView<'a>>,
    differences: Vec<DifferencesView<'a>>,
    said_or_lived: Option<SaidView<'a>>,
}

#[derive(Serialize)]
struct ConversationView<'a> {
    since: Option<&'a WaveId>,
    tested: u32,
    standing_out_together: u32,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    groups: &'a [String],
    unit: Vec<&'a str>,
    dimension: &'a DimensionId,
    word: ChangeWord,
    difference: Difference,
}

#[derive(Serialize)]
struct CourseView<'a> {
    dimension: &'a DimensionId,
    #[serde(flatten)]
    found: CourseFoundView<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CourseFoundView<'a> {
    TooFewRounds,
    CannotBeTold,
    UpAndDown { since: &'a WaveId, rounds: u32 },
    Line { since: &'a WaveId, rounds: u32, word: ChangeWord, difference: Difference },
}

#[derive(Serialize)]
struct DifferencesView<'a> {
    dimension: &'a DimensionId,
    #[serde(flatten)]
    found: ShareView,
    estimates: Vec<EstimateView<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ShareView {
    TooFewGroups,
    CannotBeTold,
    Found { hundredths: u8, low: u8, high: u8 },
}

#[derive(Serialize)]
struct EstimateView<'a> {
    groups: &'a [String],
    unit: Vec<&'a str>,
    low: u8,
    high: u8,
    own_weight: u8,
}

#[derive(Serialize)]
struct SaidView<'a> {
    organisation: VerdictView,
    said_minus_lived: Option<Difference>,
    signals: Option<SignalsView>,
    groups_seen: usize,
    groups_unseen: usize,
    /// Those in which something stands out, or may.
    groups: Vec<GroupVerdictView<'a>>,
}

#[derive(Serialize)]
struct SignalsView {
    same_in_a_row: u32,
    same_throughout: u32,
}

#[derive(Serialize)]
struct GroupVerdictView<'a> {
    groups: &'a [String],
    unit: Vec<&'a str>,
    #[serde(flatten)]
    verdict: VerdictView,
}

#[derive(Serialize)]
pub(super) struct VerdictView {
    word: SaidWord,
    reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ReasonView {
    FartherThanElsewhere { difference: Difference },
    FartherThanBefore { difference: Difference },
    SameInARow { hundredths: u32 },
    SameThroughout { hundredths: u32 },
}

pub(super) fn overview(report: &OrganisationReport) -> Overview<'_> {
    let courses = report.courses.iter().map(|of| CourseView {
        dimension: &of.dimension,
        found: match &of.found {
            CourseFound::TooFewRounds => CourseFoundView::TooFewRounds,
            CourseFound::CannotBeTold => CourseFoundView::CannotBeTold,
            CourseFound::UpAndDown { since, rounds } => CourseFoundView::UpAndDown { since, rounds: *rounds },
            CourseFound::Line { since, rounds, difference, word } => {
                CourseFoundView::Line { since, rounds: *rounds, word: *word, difference: *difference }
            }
        },
    });
    let differences = report.differences.iter().map(|of| {
        let (found, groups): (ShareView, &[GroupEstimate]) = match &of.found {
            Differences::TooFewGroups => (ShareView::TooFewGroups, &[]),
            Differences::Found { share: None, groups } => (ShareView::CannotBeTold, groups),
            Differences::Found { share: Some(share), groups } => {
                (ShareView::Found { hundredths: share.hundredths, low: share.low, high: share.high }, groups)
            }
        };
        let estimates = groups.iter().map(|group| EstimateView {
            groups: &group.groups,
            unit: labels(&group.unit),
            low: group.interval.low,
            high: group.interval.high,
            own_weight: group.weight,
        });
        DifferencesView { dimension: &of.dimension, found, estimates: estimates.collect() }
    });
    Overview {
        worth_a_conversation: conversation(&report.conversation),
        courses: courses.collect(),
        differences: differences.collect(),
        said_or_lived: report.said_or_lived.as_ref().map(said_or_lived),
    }
}

fn conversation(of: &Conversation) -> ConversationView<'_> {
    let entries = of.entries.iter().map(|entry| EntryView {
        groups: &entry.groups,
        unit: labels(&entry.unit),
        dimension: &entry.dimension,
        word: entry.word,
        difference: entry.difference,
    });
    ConversationView { since: of.since.as_ref(), tested: of.tested, standing_out_together: of.together, entries: entries.collect() }
}

fn said_or_lived(of: &SaidOrLived) -> SaidView<'_> {
    let unseen = of.groups.iter().filter(|group| group.verdict.word == SaidWord::CannotBeSeen).count();
    let groups = of.groups.iter().filter(|group| !group.verdict.reasons.is_empty()).map(|group| GroupVerdictView {
        groups: &group.groups,
        unit: labels(&group.unit),
        verdict: verdict(&group.verdict),
    });
    SaidView {
        organisation: verdict(&of.organisation),
        said_minus_lived: of.gap,
        signals: of.signals.map(|signals| SignalsView { same_in_a_row: signals.same_in_a_row, same_throughout: signals.same_throughout }),
        groups_seen: of.groups.len() - unseen,
        groups_unseen: unseen,
        groups: groups.collect(),
    }
}

pub(super) fn verdict(of: &Verdict) -> VerdictView {
    let reason = |reason: &Reason| match *reason {
        Reason::FartherThanElsewhere(difference) => ReasonView::FartherThanElsewhere { difference },
        Reason::FartherThanBefore(difference) => ReasonView::FartherThanBefore { difference },
        Reason::SameInARow(hundredths) => ReasonView::SameInARow { hundredths },
        Reason::SameThroughout(hundredths) => ReasonView::SameThroughout { hundredths },
    };
    VerdictView { word: of.word, reasons: of.reasons.iter().map(reason).collect() }
}
