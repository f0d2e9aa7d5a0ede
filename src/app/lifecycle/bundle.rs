//! The sealed answers of a closed round for whoever holds its key outside the operator: a bundle, written as a stream.

use std::io::Write;

use domain::{GroupLeaf, WaveId, WaveState};
use identity::PromiseEvent;
use protocol::bundle::{NotWritten, Papers, write};
use protocol::{Board, CredentialKey, FrozenManifest};
use release::opening::BallotSource;

use super::draft::WaveSettings;
use super::opening::{StoredBallots, check_close};
use super::{BallotSide, Refusal};
use crate::installation::Installation;
use crate::words::Saying;

/// A closed round whose sealed answers may be handed out. It prints nothing.
pub struct SealedAnswers {
    installation: Installation,
    wave: WaveId,
    manifest: Vec<u8>,
    instrument: Vec<u8>,
    groups: Vec<GroupLeaf>,
    issued: Vec<u32>,
    credential_key: CredentialKey,
    board: Board,
}

impl std::fmt::Debug for SealedAnswers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedAnswers").field("wave", &self.wave).finish_non_exhaustive()
    }
}

/// A round whose key is held outside the operator, between its close and its publication.
pub(super) struct Ended {
    /// What the ballot side holds of it.
    pub(super) side: BallotSide,
    /// Its promise sheet.
    pub(super) manifest: FrozenManifest,
    /// The list of counted answers.
    pub(super) board: Board,
}

/// The round, if somebody outside the operator holds its key, its box is shut, the time for objections is over and every one is answered.
///
/// # Errors
/// [`Refusal`] says which of it is not so.
pub(super) fn ended(installation: &Installation, wave: &WaveId) -> Result<Ended, Refusal> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    installation.refuse_if_ending(wave)?;
    let state = installation.state(wave)?;
    if !matches!(state, WaveState::Closed | WaveState::Opened) {
        let reason = "sealed answers are handed out, and their result is taken in, between the close and the publication";
        return Err(Refusal::WrongState { wave: wave.clone(), state, reason });
    }
    let side = installation.ballot_side(wave)?;
    let manifest = FrozenManifest::read(side.manifest.clone()).map_err(Refusal::corrupt)?;
    if !manifest.manifest().is_trustee() {
        return Err(Refusal::said(Saying::key("refused-key-here")));
    }
    let (closed_at, now) = (installation.closed_at(wave)?, installation.clock.now());
    let due = settings.schedule.opens(closed_at);
    if now < due {
        return Err(Refusal::NotDue { wave: wave.clone(), what: "handing out the sealed answers", when: due });
    }
    if side.objections.unanswered() {
        return Err(Refusal::ObjectionsUnanswered { wave: wave.clone(), count: side.objections.count });
    }
    let last = settings.schedule.aborts(closed_at);
    if state == WaveState::Closed && now >= last {
        return Err(Refusal::said(Saying::key("refused-too-late").and("moment", last)));
    }
    let board = side.board.as_deref().ok_or_else(|| Refusal::corrupt(format!("round {wave} has no list of counted answers")))?;
    let unreadable = |problem| Refusal::corrupt(format!("the list of counted answers of round {wave} cannot be read: {problem}"));
    let board = serde_json::from_slice(board).map_err(unreadable)?;
    Ok(Ended { side, manifest, board })
}

impl SealedAnswers {
    /// The sealed answers of a round, if they may be handed out now.
    ///
    /// # Errors
    /// [`Refusal::NotDue`] before the time for objections is over, [`Refusal::ObjectionsUnanswered`], [`Refusal::Said`] where the operator holds the key or
    /// the last date that was promised has passed.
    pub fn of(installation: &Installation, wave: &WaveId) -> Result<Self, Refusal> {
        let Ended { side, manifest, board } = ended(installation, wave)?;
        check_close(installation, wave, manifest.bytes())?;
        Ok(Self {
            installation: installation.clone(),
            wave: wave.clone(),
            manifest: side.manifest,
            instrument: side.instrument,
            groups: side.groups,
            issued: installation.identity.issued_by_group(wave)?,
            credential_key: installation.credential_key(wave)?,
            board,
        })
    }

    /// How many sealed answers there are.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.board.spent
    }

    /// Notes in the promise log that they are handed out, and writes them. At no time more than a page of them is in memory.
    ///
    /// # Errors
    /// When the place to write to fails or a database does, also because the round ended meanwhile; what was written is then no bundle.
    pub fn hand_out(&self, out: impl Write) -> Result<(), Refusal> {
        self.installation.identity.record(&PromiseEvent::BundleHandedOut { round: self.wave.clone() })?;
        let papers = Papers {
            manifest: &self.manifest,
            instrument: &self.instrument,
            groups: &self.groups,
            issued: &self.issued,
            credential_key: &self.credential_key,
            board: &self.board,
        };
        let stored = StoredBallots(&self.installation.responses);
        let ballots = stored.pieces().flat_map(|page| match page {
            Ok(page) => page.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(problem) => vec![Err(problem)],
        });
        write(out, papers, ballots).map_err(|problem| match problem {
            NotWritten::Ballots(refusal) => refusal,
            NotWritten::Place(cause) => Refusal::Unavailable(format!("the sealed answers could not be written: {cause}")),
            NotWritten::Count { counted, found } => {
                Refusal::corrupt(format!("the list of round {} counts {counted} answers, and {found} are in the box", self.wave))
            }
        })
    }
}
