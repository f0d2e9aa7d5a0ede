//! The published result of a round whose key somebody outside the operator held, with every signature in one file, for whoever checks it elsewhere.

use domain::WaveId;
use keyholder::{PublishedFile, PublishedRefused, SheetFile, SignedResult};
use protocol::{BoardSignature, BoardSum, FrozenManifest, TrusteeSignature, VouchProblem};
use release::reading::ReleaseRefused;
use responses::StoredRelease;

use super::{BallotSide, Refusal, exports, notices};
use crate::installation::Installation;
use crate::words::Saying;

/// The name by which the promise log calls such a file.
pub const NAME: &str = "signed.json";

/// The file, for somebody who may read the whole result. It was checked as whoever gets it will check it.
///
/// # Errors
/// [`Refusal::WrongState`] when the round has no result, [`Refusal::Said`] where the operator held the key, [`Refusal::Unsound`] when what is kept is not
/// what was published and signed.
pub fn make(installation: &Installation, wave: &WaveId) -> Result<Vec<u8>, Refusal> {
    exports::require_result(installation, wave)?;
    let side = installation.ballot_side(wave)?;
    let release = installation.responses.release(wave)?;
    let release = release.ok_or_else(|| Refusal::corrupt(format!("round {wave} is published but has no result")))?;
    of_parts(installation, wave, side, release)
}

/// The file for a key holder, who shows by the result that they signed that they have it already: nobody reads more by it than before.
///
/// # Errors
/// As [`make`]; [`Refusal::Said`] when what was handed in is not the signed result that was published.
pub fn for_its_signer(installation: &Installation, wave: &WaveId, handed_in: &[u8]) -> Result<Vec<u8>, Refusal> {
    exports::require_result(installation, wave)?;
    let release = installation.responses.release(wave)?;
    let other = || Refusal::said(Saying::key("refused-signed-other").and("round", wave));
    let theirs = SignedResult::from_json(handed_in).map_err(|_| other())?;
    let release = release.filter(|release| {
        release.document == theirs.release && release.holder_signature.as_deref() == Some(theirs.signature.as_bytes().as_slice())
    });
    of_parts(installation, wave, installation.ballot_side(wave)?, release.ok_or_else(other)?)
}

fn of_parts(installation: &Installation, wave: &WaveId, side: BallotSide, release: StoredRelease) -> Result<Vec<u8>, Refusal> {
    let unsound = |problem| Refusal::Unsound { wave: wave.clone(), problem: Box::new(problem) };
    let manifest = FrozenManifest::read(side.manifest).map_err(Refusal::corrupt)?;
    if !manifest.manifest().is_trustee() {
        return Err(Refusal::said(Saying::key("refused-signed-here").and("round", wave)));
    }
    let list: Option<BoardSum> = side.board.as_deref().and_then(|board| serde_json::from_slice(board).ok());
    let theirs = release.holder_signature.as_deref().and_then(|signature| TrusteeSignature::try_from(signature).ok());
    let (Some(list), Some(theirs)) = (list, theirs) else { return Err(unsound(ReleaseRefused::NotVouched(VouchProblem::Missing))) };
    let own = BoardSignature::try_from(release.signature.as_slice()).map_err(|_| unsound(ReleaseRefused::NotSigned))?;
    let countersignature = side.countersignature.as_deref().map(serde_json::from_slice).transpose().map_err(Refusal::corrupt)?;
    let countersignature = countersignature.ok_or_else(|| Refusal::corrupt(format!("the countersignature of round {wave} is missing")))?;
    let file = PublishedFile::of(
        SheetFile::of(&manifest, &side.instrument, &side.groups),
        countersignature,
        SignedResult::published(&manifest, list, release.document, theirs),
        own,
        notices::kept(installation, wave)?,
    );
    let bytes = file.to_json().map_err(Refusal::corrupt)?;
    match file.verify() {
        Ok(_) => Ok(bytes),
        Err(PublishedRefused::Result(problem)) => Err(Refusal::Unsound { wave: wave.clone(), problem }),
        Err(problem) => Err(Refusal::corrupt(format!("the signatures of round {wave}: {problem}"))),
    }
}
