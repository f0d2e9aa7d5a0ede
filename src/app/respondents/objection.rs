//! Objection: a signed receipt that is not on the board. This half knows the ballot side only; the request names no link.

use domain::Gate;
use protocol::board::Board;
use protocol::wire::{Answer, Outcome};
use protocol::{BoardSignature, ReceiptLeaf};
use responses::{Objected, Progress, Responses};

use super::frozen::FrozenWave;
use super::redeem;

/// Counts the objection, once for its leaf, unless the receipt is on the board.
pub(super) fn object(store: &Responses, served: &FrozenWave, leaf: &ReceiptLeaf, signature: &BoardSignature) -> Result<Answer, Outcome> {
    let promises = served.promises();
    // Once opened, neither "counted" nor "on the board" would change anything any more.
    let Some(Progress { gate: Gate::Closed, board: Some(board), .. }) = store.progress(&promises.wave).map_err(redeem::outcome)? else {
        return Err(Outcome::NotOpen);
    };
    promises.board_key.verify_receipt(&served.manifest.hash(), leaf, signature).map_err(|_| Outcome::WrongCredential)?;
    let board: Board = serde_json::from_slice(&board).map_err(|_| Outcome::Internal)?;
    if board.contains(leaf) {
        return Ok(Answer::Objection { on_board: true });
    }
    match store.object(&promises.wave, &leaf.0).map_err(redeem::outcome)? {
        Objected::Counted => Ok(Answer::Objection { on_board: false }),
        Objected::NotTaken => Err(Outcome::NotOpen),
    }
}
