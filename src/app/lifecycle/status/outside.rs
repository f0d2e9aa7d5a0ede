//! What is said about a round whose key somebody outside the operator holds: what there is to hand over, and what is not claimed of a key that is not here.

use domain::WaveState;
use protocol::Manifest;

use super::Situation;
use crate::words::Saying;

/// Bytes of a sealed answer in a bundle.
const OF_ONE: u64 = 5_700;
/// Bytes of the other parts of a bundle, per person invited.
const BESIDE: u64 = 100;

/// What goes to a key holder outside the operator and comes back from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// What is to be done, in sentences.
    pub steps: Vec<Saying>,
    /// Whether the sealed answers can be taken.
    pub bundle: bool,
    /// Whether the signed result can be handed in.
    pub result: bool,
    /// What was checked of the result that was handed in.
    pub checked: Vec<Saying>,
}

impl Situation<'_> {
    /// Who holds the key, where that is somebody outside the operator.
    pub(super) fn key_holder(&self) -> Option<&str> {
        self.manifest.filter(|manifest| manifest.is_trustee()).map(|manifest| manifest.key_holder.as_deref().unwrap_or_default())
    }

    /// One of two sayings: the second where somebody outside holds the key, whose name it is given. What is drafted says so before its promise sheet does.
    pub(super) fn unless_outside(&self, here: &'static str, outside: &'static str) -> Saying {
        let drafted = || self.settings.trustee().filter(|_| self.manifest.is_none()).map(|trustee| trustee.holder.as_str());
        self.key_holder().or_else(drafted).map_or(Saying::key(here), |holder| Saying::key(outside).and("holder", holder))
    }

    /// Label, meaning and next step of a closed round that nobody here can open, once no objection waits for an answer.
    pub(super) fn closed_outside(&self, holder: &str) -> (Saying, Saying, Saying) {
        let schedule = &self.settings.schedule;
        let named = |key| Saying::key(key).and("holder", holder);
        let opens = schedule.opens(self.close());
        if self.now < opens {
            let next = named("next-bundle-on").and("moment", opens);
            return (super::state_label(self.record.state), named("state-closed-outside-means"), next);
        }
        let next =
            if self.by_command() { named("next-result") } else { named("next-result-by").and("moment", schedule.aborts(self.close())) };
        (Saying::key("state-waits-for-holder"), named("state-waits-for-holder-means"), next)
    }

    /// What can be handed over now; `None` where there is nothing.
    pub(super) fn hand_over(&self) -> Option<HandOver> {
        let (holder, manifest, board) = (self.key_holder()?, self.manifest?, self.board.as_ref()?);
        let schedule = &self.settings.schedule;
        let named = |key| Saying::key(key).and("holder", holder);
        let takes_in = named("outside-step-result");
        match self.record.state {
            WaveState::Closed => {
                let (opens, last) = (schedule.opens(self.close()), schedule.aborts(self.close()));
                let now = !self.objections.unanswered() && self.now >= opens && self.now < last;
                let bundle = named("outside-step-bundle").and("megabytes", megabytes(board.spent, manifest));
                let list = named("outside-step-list").and("address", self.list_address.as_str());
                now.then(|| HandOver { steps: vec![bundle, list, takes_in], bundle: true, result: true, checked: Vec::new() })
            }
            WaveState::Opened if !self.release_written && !self.result_waits => {
                Some(HandOver { steps: vec![Saying::key("outside-again"), takes_in], bundle: false, result: true, checked: Vec::new() })
            }
            WaveState::Opened => {
                let checked = vec![
                    named("outside-checked-signature"),
                    Saying::key("outside-checked-list").and("counted", board.spent).and("invited", board.invited),
                    Saying::key("outside-checked-rules"),
                    named("outside-checked-elsewhere"),
                ];
                Some(HandOver { steps: Vec::new(), bundle: false, result: false, checked })
            }
            _ => None,
        }
    }
}

/// About how many megabytes the bundle of so many answers has.
fn megabytes(answers: u32, manifest: &Manifest) -> u64 {
    (u64::from(answers) * OF_ONE + u64::from(manifest.invited) * BESIDE).div_ceil(1_000_000)
}
