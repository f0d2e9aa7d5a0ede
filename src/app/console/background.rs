//! What goes on behind a page: launches that somebody pressed for, with how far they are. In memory: a launch that a dead process left is taken up again
//! by the calendar, from what is in the databases.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::WaveId;

use crate::error::Problem;
use crate::lifecycle::progress::Progress;

/// How far a piece of work is.
#[derive(Clone)]
pub(super) enum Stage {
    /// It goes on.
    Going(Option<Progress>),
    /// It stopped, for this reason.
    Stopped(Arc<Problem>),
}

/// The pieces of work of this process, one per round at most.
#[derive(Clone, Default)]
pub(super) struct Background(Arc<Mutex<BTreeMap<WaveId, Stage>>>);

impl Background {
    /// Begins a piece of work; `None` while there is one for this round.
    pub(super) fn begin(&self, wave: &WaveId) -> Option<Ticket> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(all.get(wave), Some(Stage::Going(_))) {
            return None;
        }
        all.insert(wave.clone(), Stage::Going(None));
        Some(Ticket { background: self.clone(), wave: wave.clone(), over: false })
    }

    /// How far the work for a round is; `None` when there is none, or when it has come to its end.
    pub(super) fn stage(&self, wave: &WaveId) -> Option<Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(wave).cloned()
    }

    fn set(&self, wave: &WaveId, stage: Option<Stage>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match stage {
            Some(stage) => all.insert(wave.clone(), stage),
            None => all.remove(wave),
        };
    }
}

/// The right to do a piece of work; its end is noted whatever happens to it.
pub(super) struct Ticket {
    background: Background,
    wave: WaveId,
    over: bool,
}

impl Ticket {
    /// Who is told how far the work is.
    pub(super) fn onlooker(&self) -> crate::lifecycle::progress::Onlooker {
        let (background, wave) = (self.background.clone(), self.wave.clone());
        Arc::new(move |progress| background.set(&wave, Some(Stage::Going(Some(progress)))))
    }

    /// Notes how it ended.
    pub(super) fn end(mut self, outcome: Result<(), Problem>) {
        self.over = true;
        self.background.set(&self.wave, outcome.err().map(|problem| Stage::Stopped(Arc::new(problem))));
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.over {
            let problem = Problem::internal(&"a piece of work behind a page ended in a fault");
            self.background.set(&self.wave, Some(Stage::Stopped(Arc::new(problem))));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::Code;
    use crate::lifecycle::progress::Work;

    #[test]
    fn work_for_a_round_begins_once_and_says_how_far_it_is_and_how_it_ended() {
        let (background, wave) = (Background::default(), WaveId::parse("2026-q4").unwrap());
        let ticket = background.begin(&wave).unwrap();
        assert!(background.begin(&wave).is_none());
        ticket.onlooker()(Progress { work: Work::FreezeStaff, done: 3, of: 7 });
        assert!(matches!(background.stage(&wave), Some(Stage::Going(Some(Progress { done: 3, of: 7, .. })))));
        ticket.end(Err(Problem::not_found()));
        assert!(matches!(background.stage(&wave), Some(Stage::Stopped(problem)) if problem.code == Code::NotFound));
        background.begin(&wave).unwrap().end(Ok(()));
        assert!(background.stage(&wave).is_none());
    }

    #[test]
    fn work_that_ends_in_a_fault_does_not_go_on_for_ever() {
        let (background, wave) = (Background::default(), WaveId::parse("2026-q4").unwrap());
        drop(background.begin(&wave));
        assert!(matches!(background.stage(&wave), Some(Stage::Stopped(_))));
        assert!(background.begin(&wave).is_some());
    }
}
