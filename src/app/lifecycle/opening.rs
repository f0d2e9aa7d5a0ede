//! Open: the ballots are opened and verified in memory; only the Release's hash and the list of checks stay.

use std::iter;

use domain::{WaveId, WaveState};
use protocol::{BoxSecretKey, CastBallot, FrozenManifest, KeyFile, KeyFileProblem};
use release::document::FIRST_FORMAT;
use release::opening::{BallotSource, Check, Opening, OpeningRefused, Papers, Part, every_processor, open_from};
use responses::Responses;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::draft::WaveSettings;
use super::progress::Work;
use super::{Observer, Refusal, Step, cast, turn};
use crate::installation::Installation;
use crate::words::Saying;

/// Ballots that are read from the box together: a megabyte.
const PAGE: u32 = 256;

/// What is kept of an opening until the publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRecord {
    /// The format of the Release that was made; another version may write another one. The first records did not say it.
    #[serde(default = "first_format")]
    pub release_format: String,
    /// SHA-256 of the Release, lower-case hex.
    pub release_sha256: String,
    /// What was checked, and what was found.
    pub checks: Vec<Check>,
}

impl OpeningRecord {
    fn of(opening: &Opening) -> Self {
        Self { release_format: opening.release.format.clone(), release_sha256: opening.sha256.to_text(), checks: opening.checks.clone() }
    }
}

fn first_format() -> String {
    FIRST_FORMAT.to_owned()
}

/// What a check says is looked at when it stands in the place of an opening by a version that wrote another format.
const OPENED_AGAIN: &str = "Opened again by a newer version";

/// Opens and verifies a closed wave. Nobody sees a number; until publication the opening can be repeated and gives the same bytes.
///
/// # Errors
/// [`Refusal::NotDue`] before the objection window ends; [`Refusal::ObjectionsUnanswered`] while one waits for its answer;
/// [`Refusal::ResultNeeded`] where somebody outside the operator holds the key and their result is not here;
/// [`Refusal::Corrupt`] when ballots, board and lists do not fit together.
pub fn open(
    installation: &Installation,
    wave: &WaveId,
    passphrase: Option<&SecretString>,
    observe: Observer,
) -> Result<OpeningRecord, Refusal> {
    open_in_state(&[WaveState::Closed, WaveState::Opened], installation, wave, passphrase, observe)
}

/// [`open`] for whoever acts on dates: nothing is opened again because another process was faster.
pub(super) fn open_once(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<OpeningRecord, Refusal> {
    open_in_state(&[WaveState::Closed], installation, wave, None, observe)
}

fn open_in_state(
    states: &[WaveState],
    installation: &Installation,
    wave: &WaveId,
    passphrase: Option<&SecretString>,
    observe: Observer,
) -> Result<OpeningRecord, Refusal> {
    let _turn = turn::take(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    installation.refuse_if_ending(wave)?;
    match installation.state(wave)? {
        state if states.contains(&state) => {}
        state => return Err(Refusal::WrongState { wave: wave.clone(), state, reason: "only a closed round can be opened" }),
    }
    let due = settings.schedule.opens(installation.closed_at(wave)?);
    if installation.clock.now() < due {
        return Err(Refusal::NotDue { wave: wave.clone(), what: "the opening", when: due });
    }
    // Looked at again by the ballot side in the transaction that records the opening; here it spares the work.
    let objections = installation.ballot_side(wave)?.objections;
    if objections.unanswered() {
        return Err(Refusal::ObjectionsUnanswered { wave: wave.clone(), count: objections.count });
    }
    if installation.key_is_outside(wave)? {
        return note_result_of_key_holder(installation, wave, observe);
    }
    let opened = open_in_memory(installation, wave, passphrase)?;
    let mut record = OpeningRecord::of(&opened);
    if let Some(earlier) = recorded(installation, wave, &opened)? {
        record.checks.extend(earlier.checks.iter().filter(|check| check.what == OPENED_AGAIN).cloned());
        if earlier != record {
            return Err(Refusal::Corrupt(format!(
                "round {wave} opened to another result than before ({} instead of {})",
                record.release_sha256, earlier.release_sha256
            )));
        }
    } else {
        installation.responses.record_opening(wave, &serde_json::to_vec(&record).map_err(Refusal::corrupt)?)?;
    }
    observe(Step::OpenRecorded);
    installation.identity.mark_opened(wave, installation.clock.now())?;
    observe(Step::OpenFinished);
    Ok(record)
}

/// Finishes what a process left that died after it had taken in the key holder's result.
fn note_result_of_key_holder(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<OpeningRecord, Refusal> {
    let record = installation.responses.opening(wave)?.ok_or_else(|| Refusal::ResultNeeded(wave.clone()))?;
    let record = serde_json::from_slice(&record).map_err(Refusal::corrupt)?;
    installation.identity.mark_handed_in(wave, installation.clock.now())?;
    observe(Step::OpenFinished);
    Ok(record)
}

/// What an earlier opening left, for the caller to compare with this one.
///
/// The same answers give other bytes in another format, so a record of another one can be compared with nothing. As long as no Release was
/// written this opening, which has checked everything that the earlier one checked, then takes its place and says so.
pub(super) fn recorded(installation: &Installation, wave: &WaveId, now: &Opening) -> Result<Option<OpeningRecord>, Refusal> {
    let Some(bytes) = installation.responses.opening(wave)? else { return Ok(None) };
    let earlier: OpeningRecord = serde_json::from_slice(&bytes).map_err(Refusal::corrupt)?;
    if earlier.release_format == now.release.format || installation.responses.release(wave)?.is_some() {
        return Ok(Some(earlier));
    }
    let mut record = OpeningRecord::of(now);
    let found = format!("the first opening made a {}, this version makes a {}", earlier.release_format, record.release_format);
    record.checks.push(Check { what: OPENED_AGAIN.to_owned(), found });
    installation.responses.replace_opening(wave, &bytes, &serde_json::to_vec(&record).map_err(Refusal::corrupt)?)?;
    Ok(Some(record))
}

/// Opens the ballots in memory. Called by the opening, and again by the publication, which compares.
pub(super) fn open_in_memory(installation: &Installation, wave: &WaveId, passphrase: Option<&SecretString>) -> Result<Opening, Refusal> {
    let key = unlock(installation, wave, passphrase)?;
    installation.begin(Work::CheckAnswers);
    let record = installation.ballot_side(wave)?;
    let closed = check_close(installation, wave, &record.manifest)?;
    let board = record.board.ok_or_else(|| Refusal::corrupt(format!("round {wave} has no list of counted answers")))?;
    let unreadable = |problem| Refusal::corrupt(format!("the list of counted answers of round {wave} cannot be read: {problem}"));
    let papers = Papers {
        manifest: &record.manifest,
        instrument: &record.instrument,
        groups: &record.groups,
        issued: &installation.identity.issued_by_group(wave)?,
        credential_key: &installation.credential_key(wave)?,
        board: &serde_json::from_slice(&board).map_err(unreadable)?,
    };
    let tell = &mut |part| match part {
        Part::Credentials => installation.begin(Work::OpenAnswers),
        Part::Decryption => installation.begin(Work::ComputeResult),
        _ => {}
    };
    let mut opening = open_from(papers, &StoredBallots(&installation.responses), &key, every_processor(), tell)?;
    opening.checks.extend(closed);
    Ok(opening)
}

/// Answering ended as the promise sheet has it: by its dates and no others, put off at most once and by no more than it declares.
///
/// What was found is told where an extension was declared; the record of an opening by an earlier version, in whose rounds there was none, stays the same.
pub(super) fn check_close(installation: &Installation, wave: &WaveId, sheet: &[u8]) -> Result<Option<Check>, Refusal> {
    let sheet = FrozenManifest::read(sheet.to_vec()).map_err(Refusal::corrupt)?;
    let (promised, record) = (&sheet.manifest().schedule, installation.people_side(wave)?);
    if WaveSettings::planned(&record)?.schedule != *promised {
        return Err(Refusal::corrupt(format!("round {wave} was run by other dates than its promise sheet has")));
    }
    let (extended, closed_at) = (record.extended_days, installation.closed_at(wave)?);
    promised.check_close(extended, closed_at).map_err(|problem| Refusal::corrupt(format!("round {wave}: {problem}")))?;
    let found = match extended {
        0 => format!("as announced at the launch, not extended; answering ended at {closed_at}"),
        days => {
            format!("extended once by {days} of the {} days that were declared; answering ended at {closed_at}", promised.extension_days)
        }
    };
    Ok((promised.extension_days > 0).then(|| Check { what: "The close".to_owned(), found }))
}

fn unlock(installation: &Installation, wave: &WaveId, passphrase: Option<&SecretString>) -> Result<BoxSecretKey, Refusal> {
    let bytes = installation.keys.read(wave).map_err(Refusal::unavailable)?;
    let Some(bytes) = bytes else {
        return Err(Refusal::Corrupt(format!(
            "the key of round {wave} is missing: {} does not exist. Without it nobody can open the answers; put the file back, or abort the round",
            installation.keys.path(wave).display()
        )));
    };
    let file =
        KeyFile::from_json(&bytes).map_err(|problem| Refusal::corrupt(format!("{}: {problem}", installation.keys.path(wave).display())))?;
    if file.needs_passphrase() && passphrase.is_none() {
        return Err(Refusal::PassphraseNeeded(wave.clone()));
    }
    file.unlock(passphrase).map_err(|problem| match problem {
        KeyFileProblem::PassphraseNeeded => Refusal::PassphraseNeeded(wave.clone()),
        KeyFileProblem::WrongPassphrase => Refusal::said(Saying::key("refused-wrong-passphrase")),
        damaged => Refusal::corrupt(damaged),
    })
}

/// The ballots of the one wave whose box is shut, in the order of their numbers.
#[derive(Clone)]
pub struct StoredBallots<'a>(pub &'a Responses);

impl BallotSource for StoredBallots<'_> {
    type Error = Refusal;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, Refusal>> + Send {
        let mut last = None;
        iter::from_fn(move || {
            let page = match self.0.ballots(last, PAGE) {
                Ok(page) => page,
                Err(error) => return Some(Err(error.into())),
            };
            last = Some(page.last()?.nonce);
            Some(page.iter().map(cast).collect())
        })
    }
}

impl From<OpeningRefused> for Refusal {
    fn from(refused: OpeningRefused) -> Self {
        Self::corrupt(refused)
    }
}
