//! A flaw on purpose, for the attacks of tests/attack: the list of counted answers is public while people answer.

use protocol::{BallotNonce, ReceiptLeaf, SealedBallot};
use responses::{Progress, planted};

use crate::installation::Installation;

/// The list as it stands, where that flaw was asked for and there is no list yet.
pub(super) fn with_live_board(installation: &Installation, progress: Progress) -> Progress {
    if progress.board.is_some() || !planted::is_chosen("live-board") {
        return progress;
    }
    let ballots = installation.responses.ballots(None, u32::MAX).unwrap_or_default();
    let leaf = |ballot: &responses::CastBallot| {
        Some(ReceiptLeaf::of(&BallotNonce(ballot.nonce), &SealedBallot::try_from(ballot.ct.as_slice()).ok()?))
    };
    let leaves: Vec<ReceiptLeaf> = ballots.iter().filter_map(leaf).collect();
    Progress { board: serde_json::to_vec(&leaves).ok(), ..progress }
}
