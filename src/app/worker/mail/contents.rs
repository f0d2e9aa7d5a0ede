//! What the mails of a batch say, with fresh secrets, all of them minted in one transaction.
//!
//! A secret is made at sending and only its hash is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::WaveId;
use identity::{IdentityError, Job, JobKind, Minted, SecretKind, WaveRecord};
use protocol::link::{respondent_link, status_link};
use protocol::secret::unsubscribe_address;
use protocol::{LinkSecret, StatusHandle, UnsubscribeSecret};

use super::frozen::{FrozenWave, FrozenWaves};
use crate::installation::Installation;
use crate::lifecycle::{Refusal, exposed};
use crate::mail::message::{Content, PersonalLink};

/// What is to be done about a job.
pub(super) enum Letter {
    /// To be sent.
    Send(Arc<FrozenWave>, Content),
    /// The round has moved on; nobody needs it any more.
    Needless,
}

/// Makes the contents of all jobs of a batch.
pub(super) fn contents(installation: &Installation, frozen: &FrozenWaves, jobs: &[Job]) -> Result<Vec<Letter>, Refusal> {
    let mut records: BTreeMap<&WaveId, WaveRecord> = BTreeMap::new();
    let mut keys_lost: BTreeMap<&WaveId, bool> = BTreeMap::new();
    let mut secrets = Vec::new();
    let mut letters = Vec::with_capacity(jobs.len());
    for job in jobs {
        let extended_days = record(installation, &mut records, &job.wave)?.extended_days;
        let wave = frozen.get(installation, &job.wave, extended_days)?;
        let minted_from = secrets.len();
        let content = match job.kind {
            JobKind::Invitation => {
                let (group, link, unsubscribe) = asking(installation, &wave, job, &mut secrets)?;
                Content::Invitation { group, link, unsubscribe }
            }
            JobKind::Reminder => {
                let (group, link, unsubscribe) = asking(installation, &wave, job, &mut secrets)?;
                Content::Reminder { group, link, unsubscribe }
            }
            JobKind::Closing => {
                let handle = StatusHandle::generate(&mut rand::rng());
                secrets.push(minted(job, SecretKind::Status, handle.hash(&job.wave).0));
                let closed_at = record(installation, &mut records, &job.wave)?.closing_at.filter(|_| wave.by_dates());
                Content::Closing {
                    status: status_link(&installation.config.respondents.url, &wave.manifest, &handle).into(),
                    objections_until: closed_at.map(|at| wave.schedule.opens(at)),
                    published_from: closed_at.map(|at| wave.schedule.publishes(at)),
                    addresses_changed: installation.identity.addresses_changed(&job.wave)?,
                    found_later: exposed::found_later(installation, &job.wave)?,
                }
            }
            JobKind::Moved => Content::Moved,
            JobKind::Aborted => {
                let reason = record(installation, &mut records, &job.wave)?.abort_reason.clone().unwrap_or_default();
                if !keys_lost.contains_key(&job.wave) {
                    keys_lost.insert(&job.wave, installation.identity.key_was_lost(&job.wave)?);
                }
                Content::Aborted { reason, key_lost: keys_lost.get(&job.wave).is_some_and(|lost| *lost) }
            }
        };
        letters.push((minted_from..secrets.len(), wave, content));
    }
    let given = match installation.identity.mint(&secrets) {
        Err(IdentityError::UnknownWave { wave }) => return Err(Refusal::UnknownWave(wave)),
        other => other?,
    };
    let is_given = |secrets: std::ops::Range<usize>| given.get(secrets).is_some_and(|given| given.iter().all(|given| *given));
    Ok(letters
        .into_iter()
        .map(|(secrets, wave, content)| if is_given(secrets) { Letter::Send(wave, content) } else { Letter::Needless })
        .collect())
}

fn record<'a, 'j>(
    installation: &Installation,
    records: &'a mut BTreeMap<&'j WaveId, WaveRecord>,
    wave: &'j WaveId,
) -> Result<&'a WaveRecord, Refusal> {
    if !records.contains_key(wave) {
        records.insert(wave, installation.people_side(wave)?);
    }
    records.get(wave).ok_or_else(|| Refusal::UnknownWave(wave.clone()))
}

/// What stands in a mail that asks for an answer: the group, the way in, and the way out of reminders.
fn asking(
    installation: &Installation,
    wave: &FrozenWave,
    job: &Job,
    secrets: &mut Vec<Minted>,
) -> Result<(crate::mail::message::Group, PersonalLink, Option<secrecy::SecretString>), Refusal> {
    let group = wave.group(job.group).ok_or_else(|| Refusal::corrupt(format!("round {} has no group {}", job.wave, job.group)))?;
    let origin = &installation.config.respondents.url;
    let secret = LinkSecret::generate(&mut rand::rng());
    secrets.push(minted(job, SecretKind::Link, secret.hash(&job.wave).0));
    let link = PersonalLink {
        url: respondent_link(origin, &wave.manifest, &secret).into(),
        page: format!("{origin}/w/{}/", job.wave),
        code: secret.to_display_code().into(),
    };
    let quiet = UnsubscribeSecret::generate(&mut rand::rng());
    secrets.push(minted(job, SecretKind::Unsubscribe, quiet.hash(&job.wave).0));
    Ok((group, link, Some(unsubscribe_address(origin, &job.wave, &quiet).into())))
}

fn minted(job: &Job, kind: SecretKind, hash: [u8; 32]) -> Minted {
    Minted { wave: job.wave.clone(), person: job.person.clone(), kind, hash }
}
