//! Putting copies back into an empty installation, both sides or one.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use domain::WaveId;
use identity::{AfterRestore, Checked, CopyProblem, Identity, IdentityError, NotRestored, PeopleOrders, PeopleSide, PromiseEvent};
use responses::{BallotOrders, BallotSide, Responses, ResponsesError};
use secrecy::{ExposeSecret, SecretSlice};

use super::fitting::{Misfit, Round, judge};
use crate::installation::Installation;
use crate::lifecycle::settings::WaveSettings;
use crate::operating::log_head;

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The round that was under way.
    pub round: Option<Round>,
    /// How many rounds there are, drafts among them.
    pub rounds: u32,
    /// How many people are on the staff list.
    pub people: u32,
    /// Whether the two copies were made by one command.
    pub together: bool,
    /// What does not fit in the promise log of the copy.
    pub log_broken: Option<String>,
    /// The number of the promise log's last entry as the key folder has it, where the copy's log does not hold that entry: the copy is older.
    pub log_had: Option<u32>,
    /// What the key folder tells about the round.
    pub key: Key,
    /// Rounds for which a key lies here, and which these databases do not know as launched: they were launched after the copy.
    pub strange_keys: Vec<String>,
}

/// What the key folder tells about the round that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// No round is under way.
    NotNeeded,
    /// The folder is the one of the launch, and the key lies in it.
    Here,
    /// The folder is the one of the launch, and the key does not lie in it.
    Gone,
    /// The folder is not there, or another one is.
    OtherFolder,
    /// Somebody outside the operator holds the key.
    Outside,
}

/// Why not everything was put back. In all cases but [`Self::Halfway`] nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RestoreProblem {
    /// A file cannot be read.
    #[error("{path}: {cause}. Nothing was changed")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A copy cannot be used, or its database.
    #[error("{path}: {cause}. Nothing was changed")]
    Copy {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: CopyProblem,
    },
    /// The side whose copy this is was not put back, and the other side is changed already: the two databases are no one transaction.
    #[error("{path}: {cause}. {already}")]
    Halfway {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: CopyProblem,
        /// What was done with the other side.
        already: Already,
    },
    /// The two sides do not belong together.
    #[error("{0}. Nothing was changed")]
    Misfit(#[from] Misfit),
    /// Something has happened since the copy was made.
    #[error(
        "the promise log once had {had} entries and the copy does not hold the last of them: something has happened since it was made, so --nothing-since is not true. Nothing was changed"
    )]
    SomethingSince {
        /// The number of the last entry that is noted in the key folder.
        had: u32,
    },
    /// The side that was not to be restored cannot be used.
    #[error("the other side cannot be used: {0}. Give the copies of both sides, or mend it first. Nothing was changed")]
    OtherSide(String),
}

/// What was done with one side when the other one failed. As a text: what that means, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Already {
    /// The people side was put back from its copy.
    PeopleRestored,
    /// The people side was not lost, and has recorded the restore.
    PeopleFollowed,
    /// The ballot side was not lost, and takes no more answers of the round.
    BallotsFollowed,
}

impl fmt::Display for Already {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PeopleRestored => {
                "The people side is put back, the ballot side is not. Start nothing; remove the cause and run the same command without --people. If that says that the ballot side is not empty, it was put back all the same"
            }
            Self::PeopleFollowed => {
                "The ballot side is not put back, and the people side has recorded the restore: the promise log says it, and in a round that is to take no new answers nobody begins one. Start nothing; remove the cause and run the same command again. The promise log will say it twice"
            }
            Self::BallotsFollowed => {
                "The people side is not put back, and the ballot side takes no more answers of the round that was under way. Start nothing; remove the cause and run the same command again"
            }
        })
    }
}

impl From<IdentityError> for RestoreProblem {
    fn from(error: IdentityError) -> Self {
        Self::OtherSide(format!("people side: {error}"))
    }
}

impl From<ResponsesError> for RestoreProblem {
    fn from(error: ResponsesError) -> Self {
        Self::OtherSide(format!("ballot side: {error}"))
    }
}

/// Which sides, as the promise log has it.
pub(super) const fn sides(people: bool, ballots: bool) -> &'static str {
    match (people, ballots) {
        (true, false) => "people",
        (false, true) => "ballots",
        _ => "both",
    }
}

/// Reads copies to their ends without a database: whether each is whole and of a version that this program knows.
///
/// # Errors
/// [`RestoreProblem::File`] and [`RestoreProblem::Copy`], for the first that is not.
pub fn check(people: Option<&Path>, ballots: Option<&Path>) -> Result<(Option<Checked>, Option<Checked>), RestoreProblem> {
    let checked = |path: &Path, check: fn(&mut dyn std::io::Read) -> Result<Checked, CopyProblem>| {
        check(&mut open(path)?).map_err(|cause| RestoreProblem::Copy { path: path.to_owned(), cause })
    };
    let people = people.map(|path| checked(path, Identity::check_copy)).transpose()?;
    let ballots = ballots.map(|path| checked(path, Responses::check_copy)).transpose()?;
    Ok((people, ballots))
}

/// Puts back the sides of which a copy is given; they must be empty, and a side of which none is given must be the other half of the same installation.
///
/// Every copy is read to its end before anything is written, and what both sides then hold must fit. Each side is filled in one transaction, in which the
/// round that was under way also gets what keeps anybody from counting twice; on any refusal nothing is changed. Both transactions are finished one after
/// the other: where the second cannot be, that is [`RestoreProblem::Halfway`], and the same copies can be used to go on.
///
/// # Errors
/// [`RestoreProblem`].
pub fn restore(
    installation: &Installation,
    people: Option<&Path>,
    ballots: Option<&Path>,
    nothing_since: bool,
) -> Result<Restored, RestoreProblem> {
    let (of_people, of_ballots) = check(people, ballots)?;
    let together = matches!((&of_people, &of_ballots), (Some(one), Some(other)) if one.pair == other.pair);
    let restoring = Restoring { installation, sides: sides(people.is_some(), ballots.is_some()), together, nothing_since };
    let mut people_file = people.map(open).transpose()?;
    let mut ballots_file = ballots.map(open).transpose()?;
    let already = Cell::new(None);
    match (&mut people_file, &mut ballots_file) {
        (Some(people_input), Some(ballots_input)) => installation
            .responses
            .restore(ballots_input, |held| {
                let decided = installation.identity.restore(people_input, |known| restoring.decide(known, held));
                let (orders, restored) = decided.map_err(|failure| not_restored(people, failure, None))?;
                already.set(Some(Already::PeopleRestored));
                Ok((orders, restored))
            })
            .map_err(|failure| not_restored(ballots, failure, already.get())),
        (Some(people_input), None) => {
            let held = installation.responses.side()?;
            let decided = installation.identity.restore(people_input, |known| {
                let (orders, (ballot_orders, restored)) = restoring.decide(known, &held)?;
                // Before the people side is there: whoever answers in between must not count twice.
                installation.responses.follow_restore(&ballot_orders)?;
                already.set(ballot_orders.no_new_ballots.is_some().then_some(Already::BallotsFollowed));
                Ok((orders, restored))
            });
            decided.map_err(|failure| not_restored(people, failure, already.get()))
        }
        (None, Some(ballots_input)) => {
            let known = installation.identity.side()?;
            let decided = installation.responses.restore(ballots_input, |held| {
                let (orders, (ballot_orders, restored)) = restoring.decide(&known, held)?;
                installation.identity.follow_restore(&orders)?;
                already.set(Some(Already::PeopleFollowed));
                Ok((ballot_orders, restored))
            });
            decided.map_err(|failure| not_restored(ballots, failure, already.get()))
        }
        (None, None) => Err(RestoreProblem::OtherSide("no copy was given".to_owned())),
    }
}

/// One restore, before it is known what the copies hold.
struct Restoring<'a> {
    installation: &'a Installation,
    sides: &'static str,
    together: bool,
    nothing_since: bool,
}

impl Restoring<'_> {
    fn decide(&self, known: &PeopleSide, held: &BallotSide) -> Result<(PeopleOrders, (BallotOrders, Restored)), RestoreProblem> {
        let noted = log_head::noted(&self.installation.config.storage.keys);
        let log_had = noted.filter(|(number, fingerprint)| !holds(known, *number, *fingerprint)).map(|(number, _)| number);
        if let (Some(had), true) = (log_had, self.nothing_since) {
            return Err(RestoreProblem::SomethingSince { had });
        }
        let round = judge(known, held, self.nothing_since)?;
        let event = PromiseEvent::CopyRestored {
            sides: self.sides.to_owned(),
            round: round.as_ref().map(|round| round.wave.clone()),
            then: round.as_ref().map(|round| round.then),
            lost: round.as_ref().filter(|round| round.then != AfterRestore::GoesOn).map(|round| round.lost),
        };
        let ended = |ends: fn(&Round) -> bool| round.as_ref().filter(|round| ends(round)).map(|round| round.wave.clone());
        let orders = PeopleOrders {
            no_new_answers: ended(|round| round.answering_ends),
            credential_key: round.as_ref().and_then(|round| key_of(held, &round.wave)),
            event,
        };
        let restored = Restored {
            rounds: u32::try_from(known.waves.len()).unwrap_or(u32::MAX),
            people: known.people,
            together: self.together,
            log_broken: known.log.1.as_ref().map(ToString::to_string),
            log_had,
            key: self.key(known, round.as_ref()),
            strange_keys: self.strange_keys(known),
            round: round.clone(),
        };
        Ok((orders, (BallotOrders { no_new_ballots: ended(|round| round.box_ends) }, restored)))
    }

    fn key(&self, known: &PeopleSide, round: Option<&Round>) -> Key {
        let (Some(round), Some(unfinished)) = (round, &known.unfinished) else { return Key::NotNeeded };
        if !self.installation.keys.is_there(unfinished.record.key_folder) {
            return Key::OtherFolder;
        }
        if WaveSettings::of_record(&unfinished.record).is_ok_and(|settings| settings.trustee().is_some()) {
            return Key::Outside;
        }
        if self.installation.keys.path(&round.wave).exists() { Key::Here } else { Key::Gone }
    }

    fn strange_keys(&self, known: &PeopleSide) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.installation.config.storage.keys) else { return Vec::new() };
        let unfinished = known.unfinished.as_ref().map(|unfinished| unfinished.record.wave.as_str());
        let mut strange: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".boxkey")?.to_owned()))
            .filter(|name| Some(name.as_str()) != unfinished)
            .collect();
        strange.sort();
        strange
    }
}

/// Whether the last entry that was noted is in the log, as far as its head tells: a log that is longer than the note was continued since.
fn holds(known: &PeopleSide, number: u32, fingerprint: identity::Fingerprint) -> bool {
    match known.log.0 {
        Some((last, head)) if last == number => head == fingerprint,
        Some((last, _)) => last > number,
        None => false,
    }
}

/// The key that checks the credentials of the round, which the ballot side keeps for both.
fn key_of(held: &BallotSide, round: &WaveId) -> Option<(WaveId, SecretSlice<u8>)> {
    let (wave, key) = held.credential_key.as_ref()?;
    (wave == round).then(|| (wave.clone(), SecretSlice::from(key.expose_secret().to_vec())))
}

fn open(path: &Path) -> Result<File, RestoreProblem> {
    File::open(path).map_err(|cause| RestoreProblem::File { path: path.to_owned(), cause })
}

/// Why the side of this file was not put back, after that was done with the other side.
fn not_restored(path: Option<&Path>, failure: NotRestored<RestoreProblem>, already: Option<Already>) -> RestoreProblem {
    let path = path.unwrap_or(Path::new("")).to_owned();
    match (failure, already) {
        (NotRestored::Caller(problem), _) => problem,
        (NotRestored::Copy(cause), Some(already)) => RestoreProblem::Halfway { path, cause, already },
        (NotRestored::Copy(cause), None) => RestoreProblem::Copy { path, cause },
    }
}
