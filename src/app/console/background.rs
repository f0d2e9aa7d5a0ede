//! What goes on behind a page: what somebody pressed for and takes long in a large organisation, with how far it is. In memory: a launch that a dead process
//! left is taken up again by the calendar, from what is in the databases; everything else can be pressed for again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::WaveId;

use crate::error::Problem;
use crate::lifecycle::progress::{Onlooker, Progress};
use crate::lifecycle::status::Verb;

/// What a piece of work is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// The launch of a round, or what is left of it after a countersignature.
    Launch,
    /// A step of a round that was launched.
    Step(Verb),
}

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
pub(super) struct Background(Arc<Mutex<BTreeMap<WaveId, (Task, Stage)>>>);

impl Background {
    /// Begins a piece of work; `None` while there is one for this round.
    pub(super) fn begin(&self, wave: &WaveId, task: Task) -> Option<Ticket> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(all.get(wave), Some((_, Stage::Going(_)))) {
            return None;
        }
        all.insert(wave.clone(), (task, Stage::Going(None)));
        Some(Ticket { background: self.clone(), wave: wave.clone(), task, over: false })
    }

    /// How far the launch of a round is; `None` when there is none, or when it has come to its end.
    pub(super) fn launch(&self, wave: &WaveId) -> Option<Stage> {
        self.stage(wave).filter(|(task, _)| *task == Task::Launch).map(|(_, stage)| stage)
    }

    /// How far a step of a launched round is, and which; `None` when there is none, or when it has come to its end.
    pub(super) fn step(&self, wave: &WaveId) -> Option<(Verb, Stage)> {
        match self.stage(wave)? {
            (Task::Step(verb), stage) => Some((verb, stage)),
            (Task::Launch, _) => None,
        }
    }

    /// Forgets why a step of a round stopped: somebody was told, or does something else.
    pub(super) fn forget_stopped(&self, wave: &WaveId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(all.get(wave), Some((Task::Step(_), Stage::Stopped(_)))) {
            all.remove(wave);
        }
    }

    fn stage(&self, wave: &WaveId) -> Option<(Task, Stage)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(wave).cloned()
    }

    fn set(&self, wave: &WaveId, stage: Option<(Task, Stage)>) {
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
    task: Task,
    over: bool,
}

impl Ticket {
    /// Who is told how far the work is.
    pub(super) fn onlooker(&self) -> Onlooker {
        let (background, wave, task) = (self.background.clone(), self.wave.clone(), self.task);
        Arc::new(move |progress| background.set(&wave, Some((task, Stage::Going(Some(progress))))))
    }

    /// Notes how it ended.
    pub(super) fn end(mut self, outcome: Result<(), Problem>) {
        self.over = true;
        self.background.set(&self.wave, outcome.err().map(|problem| (self.task, Stage::Stopped(Arc::new(problem)))));
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.over {
            let problem = Problem::internal(&"a piece of work behind a page ended in a fault");
            self.background.set(&self.wave, Some((self.task, Stage::Stopped(Arc::new(problem)))));
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
        let ticket = background.begin(&wave, Task::Launch).unwrap();
        assert!(background.begin(&wave, Task::Launch).is_none());
        assert!(background.begin(&wave, Task::Step(Verb::Open)).is_none());
        ticket.onlooker()(Progress { work: Work::FreezeStaff, done: 3, of: 7 });
        assert!(matches!(background.launch(&wave), Some(Stage::Going(Some(Progress { done: 3, of: 7, .. })))));
        assert!(background.step(&wave).is_none());
        ticket.end(Err(Problem::not_found()));
        assert!(matches!(background.launch(&wave), Some(Stage::Stopped(problem)) if problem.code == Code::NotFound));
        background.begin(&wave, Task::Launch).unwrap().end(Ok(()));
        assert!(background.launch(&wave).is_none());
    }

    #[test]
    fn why_a_step_stopped_is_known_until_somebody_was_told_and_a_step_that_goes_on_is_not_forgotten() {
        let (background, wave) = (Background::default(), WaveId::parse("2026-q4").unwrap());
        let ticket = background.begin(&wave, Task::Step(Verb::Open)).unwrap();
        background.forget_stopped(&wave);
        assert!(matches!(background.step(&wave), Some((Verb::Open, Stage::Going(None)))));
        ticket.end(Err(Problem::not_found()));
        assert!(matches!(background.step(&wave), Some((Verb::Open, Stage::Stopped(_)))));
        assert!(background.launch(&wave).is_none());
        background.forget_stopped(&wave);
        assert!(background.step(&wave).is_none());
    }

    #[test]
    fn work_that_ends_in_a_fault_does_not_go_on_for_ever() {
        let (background, wave) = (Background::default(), WaveId::parse("2026-q4").unwrap());
        drop(background.begin(&wave, Task::Launch));
        assert!(matches!(background.launch(&wave), Some(Stage::Stopped(_))));
        assert!(background.begin(&wave, Task::Launch).is_some());
    }
}
