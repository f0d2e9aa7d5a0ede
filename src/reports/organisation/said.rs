//! What is said against what is lived.

use askama::Template;
use domain::WaveId;
use release::reading::{SaidOrLived, SaidWord, Verdict};

use super::place;
use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/said.html")]
struct SaidSection<'a> {
    words: &'a Words,
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

pub(super) fn said(words: &Words, card: &SaidOrLived, since: Option<&WaveId>) -> Result<String, ReportProblem> {
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
    let section = SaidSection {
        words,
        sentences: gap.into_iter().chain(signals).collect::<Result<_, _>>()?,
        everywhere: view(&card.organisation, since.is_none())?,
        of_groups: tagged::said_of_groups(words, card.groups.len() - unseen, unseen, groups.len())?,
        groups,
    };
    Ok(section.render()?)
}
