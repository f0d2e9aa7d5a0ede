//! The result that a key holder outside the operator made and signed: checked, kept until its date, and published from what was kept.

use domain::WaveId;
use keyholder::SignedResult;
use keyholder::result::ResultRefused;
use protocol::{BoardSignature, BoardSum, FrozenManifest, Sha256Digest, TrusteeSignature, Vouched};
use release::RELEASE_FORMAT;
use release::opening::Check;
use release::reading::FrozenWave;
use responses::{HandedIn, StoredRelease};

use super::bundle::{Ended, ended};
use super::opening::{OpeningRecord, check_close};
use super::{Observer, Refusal, Step, turn};
use crate::installation::Installation;
use crate::words::Saying;

/// Bytes of a signed result beside its groups and comments: constants of the organisation, names, checks.
const BESIDE: u64 = 1024 * 1024;
/// Bytes of one group in it beside its name: the counts of all statements, and where it stands in lists.
const OF_GROUP: u64 = 64 * 1024;
/// Bytes of what one person wrote, at most: normalised it can have three times as many as in the ballot (Unicode Standard Annex 15, NFC), each of which JSON
/// may write as two, and base64 has four for three of them.
const OF_ANSWER: u64 = 8 * protocol::ballot::BALLOT_SIZE as u64;

/// The most bytes that the signed result of a round can have, generously, so that nobody has to take in more.
///
/// # Errors
/// [`Refusal::Said`] where the operator holds the key, [`Refusal::WrongState`] before there is a list of counted answers.
pub fn largest(installation: &Installation, wave: &WaveId) -> Result<u64, Refusal> {
    let state = installation.state(wave)?;
    let too_early =
        || Refusal::WrongState { wave: wave.clone(), state, reason: "its result is taken in between the close and the publication" };
    let side = installation.responses.wave(wave)?.ok_or_else(too_early)?;
    let manifest = FrozenManifest::read(side.manifest).map_err(Refusal::corrupt)?;
    let promised = manifest.manifest();
    if !promised.is_trustee() {
        return Err(Refusal::said(Saying::key("refused-key-here")));
    }
    let list: BoardSum = serde_json::from_slice(&side.board.ok_or_else(too_early)?).map_err(Refusal::corrupt)?;
    let written = if promised.comments.is_some() { u64::from(list.spent) * OF_ANSWER } else { 0 };
    Ok(BESIDE + u64::from(promised.groups) * (OF_GROUP + 2 * u64::from(promised.leaf_size)) + written)
}

/// What became of a result that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// SHA-256 of the result as it will be published.
    pub sha256: Sha256Digest,
    /// Whether the same result had been handed in before; then nothing was changed.
    pub before: bool,
    /// What was checked.
    pub checks: Vec<Check>,
}

/// Takes in the key holder's signed result of a round; repeated from any point. It is kept until the publication, and shown to nobody.
///
/// # Errors
/// [`Refusal`] says what does not hold; nothing was changed then. Another result than one that was handed in before is refused.
pub fn take_in(installation: &Installation, wave: &WaveId, file: &[u8], observe: Observer) -> Result<TakenIn, Refusal> {
    let _turn = turn::take(installation, wave)?;
    let result = SignedResult::from_json(file).map_err(|problem| refused(&problem))?;
    let sha256 = result.sha256();
    // Also where the publication was interrupted: from here on nothing is taken in any more.
    if let Some(published) = installation.responses.release(wave)? {
        return published_before(&published, sha256);
    }
    let Ended { side, manifest, board } = ended(installation, wave)?;
    board.verify(&manifest).map_err(Refusal::corrupt)?;
    let release = result.verify(&manifest, &board).map_err(|problem| refused(&problem))?;
    if recorded(installation, wave)?.is_some_and(|earlier| earlier.release_sha256 != sha256.to_text()) {
        return Err(another());
    }
    // One result has one form: nothing can be hidden in how it is written.
    if release.format == RELEASE_FORMAT && serde_json::to_vec(&release).map_err(Refusal::corrupt)? != result.release {
        return Err(Refusal::said(Saying::key("refused-result-form")));
    }
    let close = check_close(installation, wave, manifest.bytes())?;
    let signature = installation.board_key(wave)?.sign_release(&manifest.hash(), &result.release);
    as_it_will_be_read(wave, side, BoardSum::from(&board), &result, signature)?;

    let mut checks = vec![
        check(
            "The key holder's signature",
            "it holds for this result, this promise sheet, and the root and the counts of the list of counted answers",
        ),
        check("The list of counted answers", &format!("{} answers of {} people, as everybody can read it", board.spent, board.invited)),
        check("The rules that protect people", "the result keeps all of them, as its readers will check again"),
        check(
            "What only the key can show",
            "that the result is what the answers give: the key holder's program opened them and checked every credential",
        ),
    ];
    checks.extend(close);
    let earlier = recorded(installation, wave)?;
    let before = earlier.is_some();
    let record = earlier.unwrap_or_else(|| OpeningRecord { release_format: release.format, release_sha256: sha256.to_text(), checks });
    let kept = HandedIn { document: result.release, signature: result.signature.0.to_vec() };
    installation.responses.hand_in(wave, &serde_json::to_vec(&record).map_err(Refusal::corrupt)?, &kept)?;
    observe(Step::OpenRecorded);
    installation.identity.mark_handed_in(wave, installation.clock.now())?;
    observe(Step::OpenFinished);
    Ok(TakenIn { sha256, before, checks: record.checks })
}

/// What was noted of a result that was handed in before.
fn recorded(installation: &Installation, wave: &WaveId) -> Result<Option<OpeningRecord>, Refusal> {
    installation.responses.opening(wave)?.map(|bytes| serde_json::from_slice(&bytes).map_err(Refusal::corrupt)).transpose()
}

fn published_before(published: &StoredRelease, sha256: Sha256Digest) -> Result<TakenIn, Refusal> {
    match published {
        StoredRelease { holder_signature: None, .. } => Err(Refusal::said(Saying::key("refused-key-here"))),
        published if published.sha256 == sha256.0 => Ok(TakenIn { sha256, before: true, checks: Vec::new() }),
        _ => Err(another()),
    }
}

fn another() -> Refusal {
    Refusal::said(Saying::key("refused-result-another"))
}

fn check(what: &str, found: &str) -> Check {
    Check { what: what.to_owned(), found: found.to_owned() }
}

/// Reads the result as everybody will who may read it, so that nothing is taken in that could not be shown.
fn as_it_will_be_read(
    wave: &WaveId,
    side: super::BallotSide,
    list: BoardSum,
    result: &SignedResult,
    signature: BoardSignature,
) -> Result<(), Refusal> {
    let frozen = FrozenWave {
        wave: wave.clone(),
        manifest: side.manifest,
        groups: side.groups,
        instrument: side.instrument,
        release: result.release.clone(),
        sha256: result.sha256(),
        signature,
        vouched: Some(Vouched { list, signature: result.signature }),
        notices: Vec::new(),
    };
    let unsafe_to_show = |problem| Refusal::said(Saying::key("refused-result-rule").and("why", super::reasons::of_result(&problem)));
    frozen.check().map(drop).map_err(unsafe_to_show)
}

/// What is published of a result that was handed in: its bytes, and the signature that goes with them.
///
/// # Errors
/// [`Refusal::ResultNeeded`] when it is not here, as after a restore from a copy, which holds none; [`Refusal::Corrupt`] when it is not what was taken in.
pub(super) fn to_publish(installation: &Installation, wave: &WaveId, manifest: &FrozenManifest) -> Result<StoredRelease, Refusal> {
    let HandedIn { document, signature } = installation.responses.handed_in(wave)?.ok_or_else(|| Refusal::ResultNeeded(wave.clone()))?;
    let record = recorded(installation, wave)?.ok_or_else(|| Refusal::corrupt(format!("round {wave} has no record of its opening")))?;
    let sha256 = Sha256Digest::of(&document);
    if sha256.to_text() != record.release_sha256 {
        return Err(Refusal::Corrupt(format!(
            "the result of round {wave} is not the one that its key holder handed in ({} instead of {})",
            sha256.to_text(),
            record.release_sha256
        )));
    }
    let own = installation.board_key(wave)?.sign_release(&manifest.hash(), &document);
    let holder = TrusteeSignature::try_from(signature.as_slice()).map_err(Refusal::corrupt)?;
    let Ended { board, .. } = ended(installation, wave)?;
    Vouched::verify(Some(&Vouched { list: BoardSum::from(&board), signature: holder }), manifest, &document).map_err(Refusal::corrupt)?;
    Ok(StoredRelease { document, sha256: sha256.0, signature: own.0.to_vec(), holder_signature: Some(signature) })
}

/// Why a file is not taken in as a result, in words of every language.
fn refused(problem: &ResultRefused) -> Refusal {
    Refusal::said(match problem {
        ResultRefused::Json(_) => Saying::key("refused-result-unreadable"),
        ResultRefused::Format(found) => Saying::key("refused-result-format").and("found", found),
        ResultRefused::NoKeyHolder => Saying::key("refused-key-here"),
        ResultRefused::Elsewhere(_) => Saying::key("refused-result-elsewhere"),
        ResultRefused::Signature(_) => Saying::key("refused-result-signature"),
    })
}
