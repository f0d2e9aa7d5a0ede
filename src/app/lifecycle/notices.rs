//! Notices: what is said about a published round later. The result itself never changes.

use domain::{PublicText, QuestionId, WaveId, WaveState};
use identity::PromiseEvent;
use protocol::notice::{KeptNotice, Notice, NoticeSignature, NoticesKey, Says, SignedNotice};
use protocol::{FrozenManifest, Sha256Digest};
use release::reading::{PastWave, read_comments};
use responses::StoredNotice;
use secrecy::ExposeSecret;

use super::{Refusal, past_waves};
use crate::installation::Installation;
use crate::words::Saying;

/// Says that something about a published round was wrong; returns the number of the notice.
///
/// # Errors
/// [`Refusal::WrongState`] unless the round is published; [`Refusal::Said`] for a text that is too short or too long, or when the round was
/// launched by a version without notices; [`Refusal::Corrupt`] when an earlier notice was changed.
pub fn erratum(installation: &Installation, wave: &WaveId, text: &str) -> Result<u32, Refusal> {
    let text = PublicText::parse(text).map_err(|_| Refusal::said(Saying::key("refused-text")))?;
    add(installation, wave, &Says::Erratum { text })
}

/// Hides a published comment that names a person, from every page; returns the number of the notice.
///
/// # Errors
/// [`Refusal::Said`] when no page shows such a comment; otherwise as [`erratum`].
pub fn hide_comment(installation: &Installation, wave: &WaveId, question: &QuestionId, sha256: Sha256Digest) -> Result<u32, Refusal> {
    if shown_comment(installation, wave, question, sha256)?.is_none() {
        return Err(Refusal::said(Saying::key("refused-no-such-comment").and("round", wave)));
    }
    add(installation, wave, &Says::HideComment { question: question.clone(), comment_sha256: sha256 })
}

/// The text of a comment that pages show; `None` when there is none of this hash, or it is hidden.
///
/// # Errors
/// As [`past_waves`].
pub fn shown_comment(
    installation: &Installation,
    wave: &WaveId,
    question: &QuestionId,
    sha256: Sha256Digest,
) -> Result<Option<String>, Refusal> {
    let past = past_waves(installation, Some(wave))?;
    let Some(PastWave::Published(published)) = past.last() else { return Ok(None) };
    let read = read_comments(published, None);
    let pools = read.iter().filter(|read| read.question == *question).flat_map(|read| &read.pools);
    let comment = pools.flat_map(|pool| &pool.texts).find(|comment| comment.sha256 == sha256);
    Ok(comment.map(|comment| comment.text.clone()))
}

/// Adds a notice to a published round; returns its number.
///
/// # Errors
/// As [`erratum`].
pub fn add(installation: &Installation, wave: &WaveId, says: &Says) -> Result<u32, Refusal> {
    let manifest = published_manifest(installation, wave)?;
    if manifest.manifest().notices_key.is_none() {
        return Err(Refusal::said(Saying::key("refused-no-notices").and("round", wave)));
    }
    // Nothing is added to a list that does not hold.
    of_wave(installation, &manifest)?;
    let key = installation.responses.notices_key(wave)?;
    let key = key.ok_or_else(|| Refusal::corrupt(format!("the ballot side has no notices key for round {wave}")))?;
    let key = NoticesKey::try_from(key.expose_secret()).map_err(Refusal::corrupt)?;
    let day = installation.clock.now().day();
    installation.responses.add_notice(wave, |number| {
        let round = wave.clone();
        // First the entry, and one only, however often the store repeats this.
        installation.identity.record_once(&match says {
            Says::HideComment { question, .. } => PromiseEvent::CommentHidden { round, question: question.clone(), notice: number },
            Says::Erratum { .. } => PromiseEvent::Corrected { round, notice: number },
        })?;
        let SignedNotice { document, signature } = Notice::sign(&key, &manifest, number, day, says.clone()).map_err(Refusal::corrupt)?;
        Ok(StoredNotice { document, signature })
    })
}

fn published_manifest(installation: &Installation, wave: &WaveId) -> Result<FrozenManifest, Refusal> {
    let state = installation.state(wave)?;
    if state != WaveState::Published {
        return Err(Refusal::WrongState { wave: wave.clone(), state, reason: "notices stand beside a published result only" });
    }
    FrozenManifest::read(installation.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)
}

/// The notices of a round, each checked, with all that a stranger needs to check them again.
///
/// # Errors
/// [`Refusal::UnknownWave`]; [`Refusal::WrongState`] unless the round is published; [`Refusal::Corrupt`] when a notice was changed.
pub fn kept(installation: &Installation, wave: &WaveId) -> Result<Vec<KeptNotice>, Refusal> {
    let manifest = published_manifest(installation, wave)?;
    let Some(public_key) = manifest.manifest().notices_key else { return Ok(Vec::new()) };
    let notices = of_wave(installation, &manifest)?;
    let signed = stored(installation, wave)?;
    let kept = notices.iter().zip(signed).map(|(notice, SignedNotice { document, signature })| {
        Ok(KeptNotice {
            number: notice.number,
            document: String::from_utf8(document).map_err(Refusal::corrupt)?,
            signature: NoticeSignature::try_from(signature.as_slice()).map_err(Refusal::corrupt)?,
            public_key,
            manifest: manifest.hash(),
        })
    });
    kept.collect()
}

/// The notices of a round, each checked.
fn of_wave(installation: &Installation, manifest: &FrozenManifest) -> Result<Vec<Notice>, Refusal> {
    Notice::read_all(manifest, &stored(installation, &manifest.manifest().wave)?).map_err(Refusal::corrupt)
}

/// The notices of a round as they are kept.
pub(super) fn stored(installation: &Installation, wave: &WaveId) -> Result<Vec<SignedNotice>, Refusal> {
    let stored = installation.responses.notices(wave)?;
    Ok(stored.into_iter().map(|StoredNotice { document, signature }| SignedNotice { document, signature }).collect())
}
