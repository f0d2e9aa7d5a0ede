//! One mail at a time: take a job, mint its secret, compose, send, tick it off.
//!
//! The secret is minted at sending and only its hash is stored. A process that dies before the transport took the mail loses nothing:
//! the lease runs out and the job is taken again, with a new secret. A process that dies between the transport's "accepted" and our
//! record of it sends that one mail twice; docs/threat-model.md states the window.

use std::time::Duration;

use identity::{Identity, IdentityError, Job, JobKind};
use protocol::secret::{respondent_link, status_link};
use protocol::{FrozenManifest, GroupList, LinkSecret, StatusHandle, words};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::{Content, Group, Mail, PersonalLink, Recipient, Round, Sender, Team, compose};
use crate::mail::transport::MailFailure;
use crate::operating::MailOutcome;

/// How long a job is held: longer than an SMTP dialogue with the slowest answers that are waited for.
pub const LEASE: Duration = Duration::from_secs(30 * 60);
/// The first wait after a failure; doubled with every further one.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 3600);
/// How many threads [`send_all`] uses.
const AT_ONCE: usize = 4;

/// Sends the next mail that is due; `false` when none is.
///
/// A mail that cannot be sent is not an error here: it is tried again later, or marked as refused for good.
///
/// # Errors
/// When the queue itself cannot be read or written.
pub fn send_next(installation: &Installation) -> Result<bool, Refusal> {
    let jobs = installation.identity.lease_jobs(installation.clock.now(), 1, LEASE, &mut rand::rng())?;
    let Some(job) = jobs.into_iter().next() else { return Ok(false) };
    match prepare(installation, &job) {
        Ok(mail) => match counted(installation, &job, installation.mail.send(&mail)) {
            Ok(()) => {
                installation.identity.job_done(&job)?;
            }
            // Without an invitation a person can never answer: it is offered again, now and then, until the round closes.
            Err(MailFailure::Permanent(reason)) if job.kind == JobKind::Invitation => {
                tracing::error!(reason, "an invitation was refused for good; its address is probably wrong");
                installation.identity.job_failed(&job, installation.clock.now().plus(LONGEST_WAIT), &reason)?;
            }
            Err(MailFailure::Permanent(reason)) => give_up(&installation.identity, &job, &reason)?,
            Err(MailFailure::Temporary(reason)) => try_later(installation, &job, &reason)?,
        },
        // A wave that has moved on needs this mail no more.
        Err(Unprepared::Needless) => {
            installation.identity.job_done(&job)?;
        }
        Err(Unprepared::Broken(reason)) => give_up(&installation.identity, &job, &reason)?,
        Err(Unprepared::Refused(refusal)) => {
            try_later(installation, &job, "the round could not be read")?;
            return Err(refusal);
        }
    }
    Ok(true)
}

/// Counts what became of a mail.
fn counted(installation: &Installation, job: &Job, sent: Result<(), MailFailure>) -> Result<(), MailFailure> {
    let outcome = match &sent {
        Ok(()) => MailOutcome::Sent,
        Err(MailFailure::Temporary(_)) => MailOutcome::Deferred,
        Err(MailFailure::Permanent(_)) => MailOutcome::Refused,
    };
    installation.vitals.mail(&job.wave, job.kind, outcome);
    sent
}

/// Sends everything that is due, several mails at once.
///
/// # Errors
/// The first [`Refusal`] of any thread.
pub fn send_all(installation: &Installation) -> Result<(), Refusal> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| {
                    while send_next(installation)? {}
                    Ok::<(), Refusal>(())
                })
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| Refusal::Unavailable("a mail thread ended in a panic".to_owned()))??;
        }
        Ok(())
    })
}

/// Why there is no mail to send for a job.
enum Unprepared {
    /// Nobody needs it any more.
    Needless,
    /// It can never be composed.
    Broken(String),
    /// The stores did not give what it needs.
    Refused(Refusal),
}

impl From<Refusal> for Unprepared {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<IdentityError> for Unprepared {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::StateRefused { .. } | IdentityError::AbortDecided { .. } => Self::Needless,
            other => Self::Refused(other.into()),
        }
    }
}

fn prepare(installation: &Installation, job: &Job) -> Result<Mail, Unprepared> {
    let served = installation.ballot_side(&job.wave)?;
    let manifest = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?;
    let instrument: domain::instrument::Instrument = serde_json::from_slice(&served.instrument).map_err(Refusal::corrupt)?;
    let promises = manifest.manifest();
    let by_dates = promises.schedule.pace == domain::wave::Pace::Dates;
    let round = Round {
        organisation: promises.organisation.clone(),
        title: instrument.title.clone(),
        statements: instrument.items.len(),
        closes_at: by_dates.then_some(promises.schedule.closes_at),
        k: promises.k,
        passphrase: promises.passphrase,
        team_reads: promises.audiences.team,
        check_words: words::manifest_words(&manifest.hash()).join(" "),
    };
    let content = match job.kind {
        JobKind::Invitation | JobKind::Reminder => {
            let group = group(job, served.groups)?;
            let link = mint_link(installation, job, &manifest)?;
            if job.kind == JobKind::Invitation {
                Content::Invitation { group, link, unsubscribe: None }
            } else {
                Content::Reminder { group, link, unsubscribe: None }
            }
        }
        JobKind::Closing => {
            let handle = StatusHandle::generate(&mut rand::rng());
            installation.identity.mint_status(&job.wave, &job.person, &handle.hash(&job.wave).0)?;
            let closed_at = installation.people_side(&job.wave)?.closing_at.filter(|_| by_dates);
            Content::Closing {
                status: status_link(&installation.config.respondents.url, &job.wave, &manifest.hash(), &handle).into(),
                objections_until: closed_at.map(|at| promises.schedule.opens(at)),
                published_from: closed_at.map(|at| promises.schedule.publishes(at)),
            }
        }
        JobKind::Aborted => Content::Aborted { reason: installation.people_side(&job.wave)?.abort_reason.unwrap_or_default() },
    };
    let recipient = Recipient { name: job.name.clone(), address: job.mail.clone(), language: job.language.clone() };
    let sender = Sender::parse(&installation.config.mail.from).map_err(|e| Unprepared::Broken(format!("mail.from: {e}")))?;
    compose(&sender, &recipient, &round, &content, installation.clock.now(), rand::random()).map_err(|e| Unprepared::Broken(e.to_string()))
}

fn mint_link(installation: &Installation, job: &Job, manifest: &FrozenManifest) -> Result<PersonalLink, Unprepared> {
    let secret = LinkSecret::generate(&mut rand::rng());
    installation.identity.mint_link(&job.wave, &job.person, &secret.hash(&job.wave).0)?;
    let origin = &installation.config.respondents.url;
    Ok(PersonalLink {
        url: respondent_link(origin, &job.wave, &manifest.hash(), &secret).into(),
        page: format!("{origin}/w/{}/", job.wave),
        code: secret.to_display_code().into(),
    })
}

/// The recipient's group with its teams and their leaders. Which of several teams is the recipient's own is not part of the snapshot.
fn group(job: &Job, leaves: Vec<domain::GroupLeaf>) -> Result<Group, Unprepared> {
    let list = GroupList::freeze(leaves).map_err(Refusal::corrupt)?;
    let hash = list.leaf_hash(job.group);
    let (Some(leaf), Some(hash)) = (list.leaf(job.group), hash) else {
        return Err(Refusal::corrupt(format!("round {} has no group {}", job.wave, job.group)).into());
    };
    Ok(Group {
        label: leaf.label.clone(),
        unit: leaf.unit.0.last().map(ToString::to_string),
        invited: leaf.invited,
        teams: leaf.teams.iter().map(|entry| Team { label: entry.label.to_string(), leaders: entry.leaders.clone() }).collect(),
        check_words: words::group_words(&hash).join(" "),
    })
}

fn try_later(installation: &Installation, job: &Job, reason: &str) -> Result<(), Refusal> {
    let doubled = FIRST_WAIT.saturating_mul(1 << job.attempts.saturating_sub(1).min(16));
    let at = installation.clock.now().plus(doubled.min(LONGEST_WAIT));
    tracing::warn!(attempts = job.attempts, reason, "a mail was not sent and will be tried again");
    installation.identity.job_failed(job, at, reason)?;
    Ok(())
}

/// A refusal for good: the job is dropped, and the operator's log says that a mail was refused, not whose.
fn give_up(identity: &Identity, job: &Job, reason: &str) -> Result<(), Refusal> {
    tracing::error!(reason, "a mail was refused for good");
    identity.job_done(job)?;
    Ok(())
}
