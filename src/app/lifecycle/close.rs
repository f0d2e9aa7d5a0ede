//! Close: no new answers, then the box is shut and the list of counted answers becomes public.

use domain::{WaveId, WaveState};
use protocol::FrozenManifest;
use protocol::board::Board;

use super::draft::WaveSettings;
use super::progress::Work;
use super::{Observer, Refusal, Step, cast, exposed, turn};
use crate::installation::Installation;

/// Closes a wave as far as it is due: stops issuing, and after the grace shuts the box.
///
/// # Errors
/// [`Refusal::NotDue`] before the frozen dates; [`Refusal::WrongState`] when the wave does not run.
pub fn close(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    let _turn = turn::take(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    installation.refuse_if_ending(wave)?;
    let now = installation.clock.now();
    match installation.state(wave)? {
        WaveState::Running => {
            if settings.schedule.pace == domain::wave::Pace::Dates && now < settings.schedule.closes_at {
                return Err(Refusal::NotDue { wave: wave.clone(), what: "the close", when: settings.schedule.closes_at });
            }
            installation.identity.begin_close(wave, now)?;
            observe(Step::CloseIssuingStopped);
        }
        WaveState::Closing => {}
        state => return Err(Refusal::WrongState { wave: wave.clone(), state, reason: "only a running round can be closed" }),
    }
    let closed_at = installation.closed_at(wave)?;
    let shuts = settings.schedule.box_shuts(closed_at);
    if now < shuts {
        return Err(Refusal::NotDue { wave: wave.clone(), what: "shutting the box (answers under way may still arrive)", when: shuts });
    }
    installation.begin(Work::ShutBox);
    shut(installation, wave)?;
    observe(Step::CloseBoxShut);
    // The closing mail tells everybody what was found until now.
    exposed::watch_round(installation, wave)?;
    installation.identity.finish_close(wave, now, &mut rand::rng())?;
    observe(Step::CloseFinished);
    Ok(())
}

/// Shuts the box; done when it is shut already.
fn shut(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    let manifest = FrozenManifest::read(installation.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)?;
    let key = installation.board_key(wave)?;
    let issued = installation.identity.totals(wave)?.issued;
    installation.responses.shut(wave, |ballots| {
        let leaves = ballots.iter().map(|ballot| Ok(cast(ballot)?.leaf())).collect::<Result<_, Refusal>>()?;
        let board = Board::close(&key, &manifest, issued, leaves).map_err(Refusal::corrupt)?;
        serde_json::to_vec(&board).map_err(Refusal::corrupt)
    })?;
    Ok(())
}
