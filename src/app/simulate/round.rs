//! One simulated round: keys, promise sheet, sealed ballots, board and opening, all by the product's own functions.

use std::collections::BTreeMap;
use std::thread;

use domain::instrument::Instrument;
use domain::roster::Roster;
use domain::{GroupId, Language, Moment, Schedule, TeamLabel, WaveId};
use protocol::bundle::{Bundle, BundleFormat};
use protocol::manifest::{ManifestNonce, Texts};
use protocol::notice::NoticesKey;
use protocol::receipt::BoardSignature;
use protocol::sealed::seal;
use protocol::{
    Answer, Ballot, BallotNonce, Board, BoardKey, BoxPublicKey, BoxSecretKey, CastBallot, CredentialKey, FrozenManifest, GroupList, Level,
    ballot_info,
};
use rand::RngExt;
use release::opening::{Opening, every_processor, open};

use super::answers;
use super::chance::Seed;
use super::grouping::Grouped;
use super::organisation::{Member, Organisation, Team, id_of};
use super::truth::Levels;
use crate::lifecycle::promise::{self, OwnWords, PublicKeys, Questionnaire, Terms};

/// How long people can answer.
const ANSWERING: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);

/// What every round of a simulation has in common.
pub(super) struct Settings {
    pub(super) organisation: String,
    pub(super) instrument: Instrument,
    pub(super) k: u32,
    pub(super) group_min: u32,
    pub(super) coalition: u32,
    pub(super) min_range: u32,
    pub(super) response_rate: f64,
    pub(super) seed: Seed,
}

/// Raw answers by person, which only the one who asked for the truth gets to see.
pub(super) type Truth = BTreeMap<String, BTreeMap<String, u8>>;

/// A round from its promise sheet to its Release.
pub(super) struct Round {
    pub(super) manifest: FrozenManifest,
    pub(super) groups: GroupList,
    pub(super) questionnaire: Vec<u8>,
    pub(super) board: Board,
    pub(super) opening: Opening,
    pub(super) signature: BoardSignature,
}

/// A person who answers.
struct Respondent {
    number: usize,
    group: GroupId,
    ballot: Ballot,
}

/// A round under way: who answers, before anything is sealed.
pub(super) struct Answering<'a> {
    settings: &'a Settings,
    number: usize,
    grouped: &'a Grouped,
    respondents: Vec<Respondent>,
}

impl<'a> Answering<'a> {
    /// Lets everybody who is invited answer with the simulation's probability.
    ///
    /// # Errors
    /// When a questionnaire takes no such answers.
    pub(super) fn of(settings: &'a Settings, number: usize, organisation: &Organisation, grouped: &'a Grouped) -> Result<Self, String> {
        let mut respondents = Vec::new();
        for member in &organisation.members {
            let group =
                member.team.and_then(|_| domain::PersonId::parse(&id_of(member.number)).ok()).and_then(|id| grouped.group_of.get(&id));
            let (Some(team), Some(group)) = (member.team.and_then(|team| organisation.teams.get(team)), group) else { continue };
            let mut chance = settings.seed.of("answers", number, member.number);
            if chance.random_bool(settings.response_rate) {
                let ballot = answers::ballot(member, team, &settings.instrument, &mut chance).map_err(|e| e.to_string())?;
                respondents.push(Respondent { number: member.number, group: *group, ballot });
            }
        }
        Ok(Self { settings, number, grouped, respondents })
    }

    /// Lets everybody of a staff list who is invited answer with the probability of the settings, in a climate that is invented for their team.
    ///
    /// # Errors
    /// When a questionnaire takes no such answers.
    pub(super) fn on_staff_list(settings: &'a Settings, grouped: &'a Grouped, roster: &Roster) -> Result<Self, String> {
        let mut chance = settings.seed.of("climates", 0, 0);
        let dimensions = settings.instrument.dimensions.len();
        let teams: BTreeMap<&TeamLabel, Team> =
            roster.teams.keys().map(|label| (label, Team::invented(label.as_str(), dimensions, &mut chance))).collect();
        let mut respondents = Vec::new();
        for (number, person) in roster.people.values().enumerate() {
            let team = person.team.as_ref().and_then(|team| teams.get(team));
            let (Some(team), Some(group)) = (team, grouped.group_of.get(&person.id)) else { continue };
            let mut chance = settings.seed.of("answers", 0, number);
            if chance.random_bool(settings.response_rate) {
                let member = Member::invented(number, &mut chance);
                let ballot = answers::ballot(&member, team, &settings.instrument, &mut chance).map_err(|e| e.to_string())?;
                respondents.push(Respondent { number, group: *group, ballot });
            }
        }
        Ok(Self { settings, number: 0, grouped, respondents })
    }

    /// How many people answer.
    pub(super) fn len(&self) -> usize {
        self.respondents.len()
    }

    /// What everybody answered, by person and item; blanks and "cannot say" are left out.
    pub(super) fn truth(&self) -> Truth {
        let of_person = |respondent: &Respondent| {
            let items = self.settings.instrument.items.iter().zip(&respondent.ballot.answers);
            let points = items.filter_map(|(item, answer)| match answer {
                Answer::Point(point) => Some((item.id.as_str().to_owned(), *point)),
                Answer::Blank | Answer::CannotSay => None,
            });
            (id_of(respondent.number), points.collect())
        };
        self.respondents.iter().map(of_person).collect()
    }

    /// Who lets their answers count higher up than in their group, and where.
    pub(super) fn levels(&self) -> Levels {
        let higher = |respondent: &Respondent| {
            let level = match respondent.ballot.level {
                Level::Group => return None,
                Level::Unit => "unit",
                Level::Organisation => "organisation",
            };
            Some((id_of(respondent.number), level))
        };
        self.respondents.iter().filter_map(higher).collect()
    }

    /// Launches the round, seals and casts all ballots, closes, opens and signs. `sealed` is told of every ballot, `opening` before they are
    /// opened.
    ///
    /// # Errors
    /// What the product refuses, in its words.
    pub(super) fn hold(self, wave: &WaveId, opens_at: Moment, sealed: &(dyn Fn() + Sync), opening: &dyn Fn()) -> Result<Round, String> {
        let Self { settings, number, grouped, respondents } = self;
        let seed = settings.seed;
        let groups = GroupList::freeze(grouped.leaves.clone()).map_err(text)?;
        let questionnaire = settings.instrument.to_bytes().map_err(text)?;
        let keys = Keys::of(seed, number)?;
        let english = Language::parse("en").map_err(text)?;
        let terms = Terms {
            wave,
            organisation: &settings.organisation,
            own_words: OwnWords {
                language: &english,
                purpose: Some(&Texts::Plain("none: this round is simulated, and nobody answered in it".to_owned())),
                not_for: None,
                words_posted: None,
                contacts: &[],
            },
            key_holder: None,
            trustee: None,
            team_reads: false,
            participation: false,
            hr_groups_after_hours: 0,
            cards: 0,
            weakened_by: std::collections::BTreeSet::new(),
            passphrase: false,
            k: settings.k,
            group_min: settings.group_min,
            coalition: settings.coalition,
            min_range: settings.min_range,
            opens_at,
            schedule: &Schedule::with_defaults(opens_at.plus(ANSWERING)),
            nonce: ManifestNonce(seed.of("promise sheet", number, 0).random()),
        };
        let asked = Questionnaire { instrument: &settings.instrument, bytes: &questionnaire };
        let manifest = promise::freeze(&terms, &groups, asked, keys.public()).map_err(text)?;
        let mut issued = vec![0_u32; groups.leaves().len()];
        for respondent in &respondents {
            if let Some(issued) = usize::try_from(respondent.group.0).ok().and_then(|group| issued.get_mut(group)) {
                *issued += 1;
            }
        }
        let caster = Caster { manifest: &manifest, credential: &keys.credential, sealed_box: keys.sealed_box.public_key(), seed, number };
        let ballots = caster.cast_all(&respondents, sealed)?;
        drop(respondents);
        let board = Board::close(&keys.board, &manifest, issued.iter().sum(), ballots.iter().map(CastBallot::leaf).collect());
        let bundle = Bundle {
            format: BundleFormat,
            manifest: manifest.bytes().to_vec(),
            instrument: questionnaire,
            groups: groups.leaves().to_vec(),
            issued,
            ballots,
            credential_key: keys.credential,
            board: board.map_err(text)?,
        };
        opening();
        let opening = open(&bundle, &keys.sealed_box).map_err(text)?;
        let signature = keys.board.sign_release(&manifest.hash(), &opening.release_bytes);
        let Bundle { board, instrument: questionnaire, .. } = bundle;
        Ok(Round { manifest, groups, questionnaire, board, opening, signature })
    }
}

/// The secret keys of a round, from the seed: see [`Seed`].
struct Keys {
    credential: CredentialKey,
    sealed_box: BoxSecretKey,
    board: BoardKey,
    notices: NoticesKey,
}

impl Keys {
    fn of(seed: Seed, round: usize) -> Result<Self, String> {
        Ok(Self {
            credential: CredentialKey::generate(&mut seed.of("credential key", round, 0)).map_err(text)?,
            sealed_box: BoxSecretKey::generate(&mut seed.of("box key", round, 0)),
            board: BoardKey::generate(&mut seed.of("board key", round, 0)),
            notices: NoticesKey::generate(&mut seed.of("notices key", round, 0)),
        })
    }

    fn public(&self) -> PublicKeys {
        PublicKeys {
            credential: self.credential.public_key(),
            sealed_box: self.sealed_box.public_key(),
            board: self.board.public_key(),
            notices: self.notices.public_key(),
        }
    }
}

/// Turns answers into cast ballots as a respondent's browser and the service do together.
///
/// The credential is computed without blinding, which gives the same one: blinding hides the number of a ballot from the service, and here
/// there is nobody to hide it from.
struct Caster<'a> {
    manifest: &'a FrozenManifest,
    credential: &'a CredentialKey,
    sealed_box: BoxPublicKey,
    seed: Seed,
    number: usize,
}

impl Caster<'_> {
    fn cast_all(&self, respondents: &[Respondent], sealed: &(dyn Fn() + Sync)) -> Result<Vec<CastBallot>, String> {
        let part = respondents.len().div_ceil(every_processor().get()).max(1);
        let work = |part: &[Respondent]| -> Result<Vec<CastBallot>, String> {
            part.iter().map(|respondent| self.cast(respondent).inspect(|_| sealed())).collect()
        };
        let parts = thread::scope(|scope| {
            let threads: Vec<_> = respondents.chunks(part).map(|part| scope.spawn(move || work(part))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect::<Vec<_>>()
        });
        let mut ballots = Vec::with_capacity(respondents.len());
        for part in parts {
            ballots.append(&mut part?);
        }
        Ok(ballots)
    }

    fn cast(&self, respondent: &Respondent) -> Result<CastBallot, String> {
        let mut chance = self.seed.of("ballot", self.number, respondent.number);
        let info = ballot_info(&self.manifest.hash(), respondent.group);
        let nonce = BallotNonce::generate(&mut chance);
        let bytes = respondent.ballot.encode().map_err(text)?;
        let ct = seal(&self.sealed_box, &info, &nonce, &bytes, &mut chance).map_err(text)?;
        let mac = self.credential.output(nonce.as_bytes(), &info).map_err(text)?.mac(&ct);
        Ok(CastBallot { nonce, group: respondent.group, mac, ct })
    }
}

pub(super) fn text(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
