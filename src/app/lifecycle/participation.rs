//! How many have answered, as HR may follow it where the promise sheet says so: one look a day by the worker, in steps. Reading changes nothing, and reading
//! again tells nothing new.

use domain::participation::{Looks, NotShown, Steps};
use domain::wave::Pace;
use domain::{Moment, WaveId};
use identity::{Look, WaveRecord};

use super::Refusal;
use super::settings::WaveSettings;
use crate::installation::Installation;

/// What is known of a running round whose promise sheet lets HR follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Nothing is shown, however many answer.
    Not(NotShown),
    /// What the last look found, if there was one, and when the next one comes.
    In {
        /// The size of a step, in people of every hundred.
        step: u32,
        /// The last look.
        last: Option<Look>,
        /// The next one; `None` where no further one comes before the close.
        next: Option<Moment>,
    },
}

/// Looks once a day. Nothing else ever looks, so nobody chooses the moment.
///
/// # Errors
/// When the database fails.
pub(super) fn look_when_due(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), Refusal> {
    if !settings.particulars.participation || settings.schedule.pace == Pace::Manual {
        return Ok(());
    }
    let record = installation.people_side(wave)?;
    let now = installation.clock.now();
    let due = record.opens_at.and_then(|opens_at| Looks::between(opens_at, settings.schedule.closes_at).due(now));
    let Some(due) = due else { return Ok(()) };
    if installation.identity.last_look(wave)?.is_some_and(|look| look.looked_at >= due) {
        return Ok(());
    }
    let invited = installation.identity.totals(wave)?.invited;
    let Ok(steps) = Steps::of(invited, settings.k) else { return Ok(()) };
    let at_least = |taken_part, before| steps.at_least(taken_part, before, steps.lots(rand::random()));
    Ok(installation.identity.look(wave, due, now, at_least)?)
}

/// What HR may know now of a running round with so many people invited; `None` where its promise sheet does not let HR follow it.
///
/// # Errors
/// When the database fails.
pub(super) fn followed(
    installation: &Installation,
    record: &WaveRecord,
    settings: &WaveSettings,
    invited: u32,
) -> Result<Option<Followed>, Refusal> {
    let running = record.state == domain::WaveState::Running && settings.schedule.pace == Pace::Dates;
    let Some(opens_at) = record.opens_at.filter(|_| running && settings.particulars.participation) else { return Ok(None) };
    let steps = match Steps::of(invited, settings.k) {
        Ok(steps) => steps,
        Err(why) => return Ok(Some(Followed::Not(why))),
    };
    let last = installation.identity.last_look(&record.wave)?;
    let next = Looks::between(opens_at, settings.schedule.closes_at).next(installation.clock.now());
    Ok(Some(Followed::In { step: steps.step(), last, next }))
}
