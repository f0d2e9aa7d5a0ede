//! The launch where somebody outside the operator holds the key: it waits for their word.
//!
//! Staff list and groups are frozen and the promise sheet is composed, but nobody is served it. Its key holder reads it on a machine of their own and puts
//! a nonce of theirs at its end; with that, and only with that, it becomes the promise sheet of the round, and everybody is invited.

use domain::wave::Pace;
use domain::{WaveId, WaveState};
use identity::PromiseEvent;
use keyholder::{PublicHalf, SheetFile};
use protocol::FrozenManifest;
use protocol::trustee::{Countersignature, CountersignatureProblem};
use responses::PreparedWave;

use super::draft::{self, WaveSettings};
use super::launch::{self, Launched};
use super::progress::Work;
use super::{Observer, Refusal, Step, exposed, turn};
use crate::installation::Installation;
use crate::words::Saying;

/// Composes the promise sheet of a round that is being launched, and keeps it until it is countersigned. Done when it is kept already: the key holder may
/// have it in hands.
pub(super) fn prepare(installation: &Installation, wave: &WaveId, settings: &WaveSettings, observe: Observer) -> Result<(), Refusal> {
    if installation.responses.prepared(wave)?.is_some() {
        return Ok(());
    }
    let trustee = key_holder(wave, settings)?;
    installation.begin(Work::SealPromises);
    // A launch that was interrupted may come back after its own close.
    draft::check(installation, wave, settings)?;
    exposed::refuse_unaccepted(installation)?;
    let new = launch::describe(installation, wave, settings, trustee.box_key)?;
    let sheet = FrozenManifest::read(new.manifest.clone()).map_err(Refusal::corrupt)?;
    installation.identity.record(&PromiseEvent::sheet_prepared(wave, &sheet.hash().0))?;
    installation.responses.prepare(&new)?;
    observe(Step::SheetPrepared);
    Ok(())
}

/// The draft of the promise sheet as a file for the key holder outside the operator, while the round waits for them.
///
/// # Errors
/// [`Refusal::WrongState`] before the launch was asked for and after the countersignature; a refusal in words where the operator holds the key.
pub fn sheet(installation: &Installation, wave: &WaveId) -> Result<Vec<u8>, Refusal> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    key_holder(wave, &settings)?;
    let PreparedWave { manifest, groups, instrument } = waiting(installation, wave)?;
    let manifest = FrozenManifest::read(manifest).map_err(Refusal::corrupt)?;
    SheetFile::of(&manifest, &instrument, &groups).to_json().map_err(Refusal::corrupt)
}

/// Whether a round waits for the countersignature of its key holder.
///
/// # Errors
/// [`Refusal::UnknownWave`], or when a database fails.
pub fn waits(installation: &Installation, wave: &WaveId) -> Result<bool, Refusal> {
    let record = installation.people_side(wave)?;
    Ok(record.state == WaveState::Launching && record.abort_reason.is_none() && installation.responses.prepared(wave)?.is_some())
}

/// The check words of a promise sheet that was countersigned; `None` before, and where the operator holds the key.
///
/// # Errors
/// When a database fails, or what is stored cannot be read.
pub fn check_words(installation: &Installation, wave: &WaveId) -> Result<Option<String>, Refusal> {
    let Some(served) = installation.responses.wave(wave)?.filter(|served| served.countersignature.is_some()) else { return Ok(None) };
    let sheet = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?;
    Ok(Some(protocol::words::manifest_words(&sheet.hash()).join(" ")))
}

/// Takes the countersignature, freezes the promise sheet with its nonce, and invites everybody. The same file again finishes what was interrupted.
///
/// # Errors
/// As [`accept`].
pub fn countersign(installation: &Installation, wave: &WaveId, file: &[u8], observe: Observer) -> Result<Launched, Refusal> {
    let _turn = turn::take(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let manifest = taken(installation, wave, &settings, file, observe)?;
    launch::invite(installation, wave, &settings, &manifest, observe)
}

/// Takes the countersignature and freezes the promise sheet with its nonce. From here on everybody will be invited: [`launch`](super::launch) goes on with
/// it, be it asked for, or by the calendar after the end of this process.
///
/// # Errors
/// A refusal in words when the file is not the key holder's signature under this round's sheet, or comes too late; [`Refusal::WrongState`] when the round
/// does not wait. Nothing was changed then, and nobody is invited.
pub fn accept(installation: &Installation, wave: &WaveId, file: &[u8], observe: Observer) -> Result<(), Refusal> {
    let _turn = turn::take(installation, wave)?;
    taken(installation, wave, &WaveSettings::of(&installation.identity, wave)?, file, observe).map(drop)
}

/// The promise sheet with the key holder's nonce, once its countersignature is durable; of a round whose people are invited, or are to be.
fn taken(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    file: &[u8],
    observe: Observer,
) -> Result<FrozenManifest, Refusal> {
    key_holder(wave, settings)?;
    installation.refuse_if_ending(wave)?;
    let given: Countersignature =
        serde_json::from_slice(file).map_err(|_| Refusal::said(Saying::key("refused-countersignature-unreadable")))?;
    let document = serde_json::to_vec(&given).map_err(Refusal::corrupt)?;
    let record = installation.people_side(wave)?;
    if record.state == WaveState::Launching && record.restored {
        return Err(launch::put_back(wave));
    }
    let manifest = match installation.responses.wave(wave)? {
        // It was taken before: by a process that died, or by somebody who was faster.
        Some(served) if served.countersignature.as_ref() == Some(&document) => {
            FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?
        }
        Some(_) => return Err(Refusal::said(Saying::key("refused-countersignature-again").and("round", wave))),
        None => {
            let draft = FrozenManifest::read(waiting(installation, wave)?.manifest).map_err(Refusal::corrupt)?;
            let manifest = draft.with_nonce(given.nonce).map_err(Refusal::corrupt)?;
            given.verify(&manifest).map_err(|problem| Refusal::said(refused(problem)))?;
            still_in_time(installation, wave, settings)?;
            installation.identity.record_once(&PromiseEvent::countersigned(wave, &manifest.hash().0))?;
            installation.responses.launch_prepared(wave, manifest.bytes(), &document)?;
            observe(Step::Countersigned);
            manifest
        }
    };
    match record.state {
        WaveState::Launching | WaveState::Running => Ok(manifest),
        state => Err(launched(wave, state)),
    }
}

/// Who holds the key, where somebody outside the operator does.
fn key_holder<'a>(wave: &WaveId, settings: &'a WaveSettings) -> Result<&'a PublicHalf, Refusal> {
    settings.trustee().ok_or_else(|| Refusal::said(Saying::key("refused-no-key-holder").and("round", wave)))
}

/// What waits.
fn waiting(installation: &Installation, wave: &WaveId) -> Result<PreparedWave, Refusal> {
    if let Some(prepared) = installation.responses.prepared(wave)? {
        return Ok(prepared);
    }
    let reason = match installation.state(wave)? {
        WaveState::Draft => "its promise sheet is composed when it is launched: run candor wave launch first. Nobody is invited by that",
        WaveState::Launching => "its promise sheet is not composed yet: run candor wave launch again",
        state => return Err(launched(wave, state)),
    };
    Err(Refusal::WrongState { wave: wave.clone(), state: installation.state(wave)?, reason })
}

fn launched(wave: &WaveId, state: WaveState) -> Refusal {
    Refusal::WrongState { wave: wave.clone(), state, reason: "it does not wait for a countersignature any more" }
}

fn refused(problem: CountersignatureProblem) -> Saying {
    Saying::key(match problem {
        CountersignatureProblem::NoKeyHolder | CountersignatureProblem::OtherSheet => "refused-countersignature-other-sheet",
        CountersignatureProblem::Signature(_) => "refused-countersignature-other-key",
    })
}

/// People get the time to answer that the sheet promises them, at least the shortest.
fn still_in_time(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), Refusal> {
    let schedule = &settings.schedule;
    if schedule.pace == Pace::Dates && installation.clock.now().plus(super::faults::SHORTEST) > schedule.closes_at {
        let says = Saying::key("refused-countersignature-late").and("round", wave).and("moment", schedule.closes_at);
        return Err(Refusal::said(says));
    }
    draft::check(installation, wave, settings)?;
    exposed::refuse_unaccepted(installation)
}
