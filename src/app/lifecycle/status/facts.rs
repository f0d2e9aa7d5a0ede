//! What is known of a round, by name: what was frozen, who holds the key, and the public totals once the box is shut.

use std::time::Duration;

use domain::WaveState;
use keyholder::PublicHalf;

use super::{Fact, Situation};
use crate::words::Saying;

impl Situation<'_> {
    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![(Saying::key("fact-questionnaire"), self.questionnaire.clone())];
        if let Some(manifest) = self.manifest {
            let groups = Saying::key("fact-groups").and("count", manifest.groups);
            let invited = Saying::key("fact-invited-in").and("people", manifest.invited).and("groups", groups);
            facts.push((Saying::key("fact-invited"), invited.into()));
        }
        // Not group_min: from the second round on an older group may shrink to k + 1.
        let together = Saying::key("fact-never-fewer").and("k", self.settings.k).and("members", self.settings.k.saturating_add(1));
        facts.push((Saying::key("fact-together"), together.into()));
        if let Some(extension) = self.extension() {
            facts.push((Saying::key("fact-extension"), extension.into()));
        }
        let key = match (self.record.state, self.settings.passphrase) {
            (WaveState::Draft, true) => "key-will-be-locked",
            (WaveState::Draft, false) => "key-will-lie-here",
            (WaveState::Aborted, _) if self.key_lost => "key-lost",
            (WaveState::Published | WaveState::Aborted, _) => "key-destroyed",
            (_, true) => "key-locked",
            (_, false) => "key-lies-here",
        };
        let key = match (self.record.state, self.settings.trustee()) {
            (_, None) => Saying::key(key),
            (WaveState::Published | WaveState::Aborted, Some(trustee)) => Saying::key("key-outside-ended").and("holder", &trustee.holder),
            (WaveState::Draft, Some(trustee)) => held_by("key-will-be-outside", trustee),
            (_, Some(trustee)) => held_by("key-outside", trustee),
        };
        facts.push((Saying::key("fact-key"), key.into()));
        if let Some(reason) = &self.record.abort_reason {
            facts.push((Saying::key("fact-abort-reason"), reason.into()));
        }
        if let Some(words) = &self.check_words {
            facts.push((Saying::key("fact-check-words"), words.into()));
        }
        if let Some(board) = &self.board {
            let counted = Saying::key("fact-counted-of").and("counted", board.spent).and("invited", board.invited);
            facts.push((Saying::key("fact-counted"), counted.into()));
            facts.push((Saying::key("fact-begun"), board.issued.saturating_sub(board.spent).into()));
            facts.push((Saying::key("fact-objections"), self.objections.count.into()));
            facts.extend(self.objections.answer.as_ref().map(|answer| (Saying::key("fact-objections-answer"), answer.into())));
        }
        facts
    }

    /// What was declared of an extension, and what became of it; nothing where none was declared.
    fn extension(&self) -> Option<Saying> {
        let (most, extended) = (self.settings.schedule.extension_days, self.record.extended_days);
        match extended {
            0 if most == 0 => None,
            0 => Some(Saying::key("fact-extension-declared").and("days", most)),
            days => {
                let planned = self.settings.schedule.closes_at.minus(Duration::from_secs(u64::from(days) * 24 * 3600));
                Some(Saying::key("fact-extension-done").and("days", days).and("moment", planned))
            }
        }
    }
}

/// Who holds the key outside the operator, with what can be compared aloud.
fn held_by(key: &'static str, trustee: &PublicHalf) -> Saying {
    Saying::key(key).and("holder", &trustee.holder).and("words", trustee.words())
}
