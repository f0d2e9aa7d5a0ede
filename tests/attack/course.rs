//! What a round does beside taking answers: reminders, participation that HR may follow, an extension. And the days that pass in it.
//!
//! The running program goes by the clock of the machine. Where a day has to pass, the same steps that its worker takes are taken here by a clock that is
//! ahead: nobody can wait for fourteen days.

use std::sync::Arc;
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::advance::advance;
use candor::worker;
use domain::{Clock as _, ManualClock, SystemClock, WaveState};

use crate::flaws::Flaw;
use crate::load::Scene;
use crate::world::run;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// How long the mails of one reminder take to leave, and a little more.
const REMINDERS_LEAVE: Duration = Duration::from_secs(21 * 60);

/// When a round by dates has ended, extended or not: it takes answers for fourteen days, and one more.
const ENDED: Duration = Duration::from_secs(16 * 24 * 3600);

/// What a round does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Course {
    /// Whoever has not answered is reminded.
    pub(crate) reminds: bool,
    /// HR may follow participation in steps, day by day.
    pub(crate) follows: bool,
    /// The close is put off by a day.
    pub(crate) extends: bool,
}

impl Course {
    /// Nothing of it: commands set every moment.
    pub(crate) const PLAIN: Self = Self { reminds: false, follows: false, extends: false };

    /// What chance chose. Any four seeds in a row bring all of it.
    pub(crate) const fn of(seed: u64) -> Self {
        match seed % 4 {
            0 => Self::PLAIN,
            1 => Self { reminds: true, ..Self::PLAIN },
            2 => Self { follows: true, ..Self::PLAIN },
            _ => Self { reminds: true, follows: true, extends: true },
        }
    }

    /// Whether dates move the round, and not commands.
    const fn by_dates(self) -> bool {
        self.follows || self.extends
    }

    /// Drafts the round and launches it.
    pub(crate) fn begin(self, flaw: Option<Flaw>, scene: &Scene) {
        let wave = scene.wave.as_str();
        let mut create = vec!["wave", "create", wave, "--comments"];
        create.extend((!self.by_dates()).then_some("--manual"));
        create.extend(self.follows.then_some("--show-participation"));
        if self.extends {
            create.extend(["--may-extend", "1"]);
        }
        run(flaw, scene, &create);
        run(flaw, scene, &["wave", "launch", wave]);
    }

    /// Ends the answering, and shuts the box.
    pub(crate) fn close(self, flaw: Option<Flaw>, scene: &Scene) {
        if !self.by_dates() {
            run(flaw, scene, &["wave", "close", scene.wave.as_str()]);
            return;
        }
        advance(&after(scene, ENDED), &mut |_| {}).unwrap();
        // Answers under way may still arrive for a quarter of an hour.
        let later = after(scene, ENDED + Duration::from_secs(3600));
        advance(&later, &mut |_| {}).unwrap();
        assert_eq!(later.state(&scene.wave).unwrap(), WaveState::Closed);
    }

    /// Opens the box, publishes the result, and destroys key and answers.
    pub(crate) fn publish(self, flaw: Option<Flaw>, scene: &Scene) {
        if !self.by_dates() {
            run(flaw, scene, &["wave", "open", scene.wave.as_str()]);
            run(flaw, scene, &["wave", "publish", scene.wave.as_str()]);
            return;
        }
        let later = after(scene, ENDED + 5 * DAY);
        advance(&later, &mut |_| {}).unwrap();
        assert_eq!(later.state(&scene.wave).unwrap(), WaveState::Published);
        // Everybody is told that the round has closed and what became of their answer.
        worker::mail::send_all(&later).unwrap();
    }
}

/// Reminds everybody who has not answered.
pub(crate) fn remind(flaw: Option<Flaw>, scene: &Scene) {
    run(flaw, scene, &["wave", "remind", scene.wave.as_str()]);
    worker::mail::send_all(&after(scene, REMINDERS_LEAVE)).unwrap();
}

/// Puts the close off by a day.
pub(crate) fn extend(flaw: Option<Flaw>, scene: &Scene) {
    run(flaw, scene, &["wave", "extend", scene.wave.as_str(), "--days", "1"]);
}

/// A day passes, on which the worker looks once how many take part.
pub(crate) fn pass(days: u32, scene: &Scene) {
    advance(&after(scene, days * DAY), &mut |_| {}).unwrap();
}

/// The installation, so long from now.
fn after(scene: &Scene, span: Duration) -> Installation {
    Installation::open(scene.settings(), Arc::new(ManualClock::at(SystemClock.now().plus(span)))).unwrap()
}
