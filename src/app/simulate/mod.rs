//! `candor simulate`: an invented organisation through the real product, round after round.
//!
//! Everything that decides what is published is the product's own: the proposal of groups with their past, the promise sheet, sealing,
//! board, opening, release, signature, pages. Invented are the people, their answers, the clock, and the chance behind the keys: all of it
//! comes from one seed, so that the same arguments give the same bytes. Such keys protect nobody, and there is nobody to protect: a
//! simulation has no database, no network and no staff list but its own, so no real answer can come under them; every round is called
//! `simulated-…` and every promise sheet names a simulated organisation. [`rehearsal`] alone takes a real staff list, and keeps what it makes of it in memory.

mod answers;
mod chance;
mod files;
mod grouping;
mod names;
pub mod organisation;
pub mod rehearsal;
mod round;
#[cfg(test)]
mod tests;
mod truth;
#[cfg(test)]
mod year_tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use disclosure::standing::Policy;
use domain::instrument::catalogue::Catalogue;
use domain::roster::Roster;
use domain::{Moment, WaveId};
use release::reading::{Comparison, FrozenWave, PastWave, PublishedWave, read_blocks};
use serde::Serialize;

use chance::Seed;
use files::Folder;
use grouping::Grouped;
use organisation::Organisation;
use round::{Answering, Round, Settings, Truth, text};
use truth::{Levels, audit_with_truth};

use crate::lifecycle::settings::{default_coalition, default_min_range};

/// How far apart rounds are.
const QUARTER: Duration = Duration::from_secs(91 * 24 * 3600);

/// What is simulated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    /// People of the organisation at the beginning.
    pub people: usize,
    /// Rounds, a quarter apart.
    pub waves: usize,
    /// The probability with which everybody answers in a round.
    pub response_rate: f64,
    /// The share of people who leave in a quarter.
    pub churn: f64,
    /// All chance comes from it.
    pub seed: u64,
    /// When the first round opens.
    pub start: Moment,
    /// Smallest number of people shown together.
    pub k: u32,
    /// Smallest group that is proposed.
    pub group_min: u32,
    /// Most leaders' pages per round.
    pub pages: usize,
    /// Whether the true answers are written too.
    pub truth: bool,
}

/// Why there is no simulation.
#[derive(Debug, thiserror::Error)]
pub enum SimulationRefused {
    /// The arguments are wrong; nothing was done.
    #[error("{0}")]
    Invalid(String),
    /// It could not be carried through; nothing was left behind.
    #[error("{0}")]
    Failed(String),
}

/// How far a simulation is.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// People answer in a round: so many will.
    Sealing {
        /// The round.
        wave: &'a WaveId,
        /// Ballots to seal.
        ballots: usize,
    },
    /// One ballot is sealed. Comes from several threads.
    Sealed,
    /// A round is opened.
    Opening,
    /// A round is written down.
    Done(&'a Outcome),
}

/// What a round came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The round.
    pub wave: WaveId,
    /// People on the staff list.
    pub people: usize,
    /// Teams on it.
    pub teams: usize,
    /// Standing groups.
    pub groups: usize,
    /// Groups shown alone.
    pub alone: usize,
    /// Groups shown alone with answers of their unit that were counted one level up.
    pub with_upward: usize,
    /// Groups shown together with others.
    pub combined: usize,
    /// Groups that are compared with the round before; `None` in the first.
    pub compared: Option<usize>,
    /// Ballots counted.
    pub ballots: u32,
    /// Leaders, and how many of their pages were written.
    pub leaders: (usize, usize),
    /// SHA-256 of the Release.
    pub release_sha256: String,
}

/// Simulates and writes everything into `out`, which must not exist or be empty.
///
/// Works in a hidden folder beside `out` and gives it its name at the end, so that nothing half-done ever stands there.
///
/// # Errors
/// [`SimulationRefused`] says what is wrong or what failed; `out` is as it was before.
pub fn simulate(simulation: &Simulation, out: &Path, tell: &(dyn Fn(Progress<'_>) + Sync)) -> Result<Vec<Outcome>, SimulationRefused> {
    let invalid = |reason: String| SimulationRefused::Invalid(reason);
    if simulation.people < organisation::FEWEST {
        return Err(invalid(format!(
            "an organisation of {} people has no teams to speak of: use {} or more",
            simulation.people,
            organisation::FEWEST
        )));
    }
    let policy = Policy::new(simulation.k, simulation.group_min).map_err(|e| invalid(e.to_string()))?;
    let place = Place::prepare(out).map_err(SimulationRefused::Invalid)?;
    let outcomes = Course::new(simulation, policy)
        .and_then(|mut course| course.run(&Folder::at(place.unfinished.path()), tell))
        .map_err(SimulationRefused::Failed)?;
    place.finish().map_err(SimulationRefused::Failed)?;
    Ok(outcomes)
}

/// Where the result will stand, and where it is made.
struct Place {
    out: PathBuf,
    unfinished: tempfile::TempDir,
}

impl Place {
    fn prepare(out: &Path) -> Result<Self, String> {
        // The finished folder takes the place of what stands there, which only works for a folder under a name of its own.
        if out.file_name().is_none() || out.is_symlink() {
            return Err(format!("{} cannot be replaced: give the name of a folder that does not exist yet", out.display()));
        }
        match fs::read_dir(out).map(|mut entries| entries.next().is_some()) {
            Ok(true) => return Err(format!("{} is not empty: give a folder that does not exist yet", out.display())),
            Ok(false) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{} is no folder to write to: {error}", out.display())),
        }
        let above = out.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unfinished = tempfile::Builder::new().prefix(".unfinished-simulation-").tempdir_in(above);
        let unfinished = unfinished.map_err(|e| format!("cannot write beside {}: {e}", out.display()))?;
        Ok(Self { out: out.to_owned(), unfinished })
    }

    fn finish(self) -> Result<(), String> {
        let Self { out, unfinished } = self;
        // A folder that only its maker may read would surprise whoever wants to show what is in it.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let all_may_read = fs::Permissions::from_mode(0o755);
            fs::set_permissions(unfinished.path(), all_may_read)
                .map_err(|e| format!("cannot open up {}: {e}", unfinished.path().display()))?;
        }
        fs::rename(unfinished.path(), &out).map_err(|e| format!("cannot give the result its name {}: {e}", out.display()))?;
        // There is nothing under the old name any more that would have to be removed.
        let _ = unfinished.keep();
        Ok(())
    }
}

/// A simulation under way.
struct Course<'a> {
    simulation: &'a Simulation,
    settings: Settings,
    policy: Policy,
    organisation: Organisation,
    grouped: Grouped,
    past: Vec<PastWave>,
    /// The staff lists of the past, in the same order.
    rosters: Vec<Roster>,
    truth: BTreeMap<WaveId, Truth>,
    levels: BTreeMap<WaveId, Levels>,
    climates: BTreeMap<WaveId, BTreeMap<String, BTreeMap<String, f64>>>,
}

impl<'a> Course<'a> {
    fn new(simulation: &'a Simulation, policy: Policy) -> Result<Self, String> {
        let catalogue = Catalogue::load([]).map_err(text)?;
        let instrument = catalogue.get("pulse").ok_or("the questionnaire pulse is missing")?.clone();
        let organisation = Organisation::found(simulation.people, instrument.dimensions.len(), simulation.seed);
        let settings = Settings {
            organisation: format!("Simulated organisation (seed {})", simulation.seed),
            instrument,
            k: simulation.k,
            group_min: simulation.group_min,
            coalition: default_coalition(),
            min_range: default_min_range(),
            response_rate: simulation.response_rate,
            seed: Seed(simulation.seed),
        };
        Ok(Self {
            simulation,
            settings,
            policy,
            organisation,
            grouped: Grouped::default(),
            past: Vec::new(),
            rosters: Vec::new(),
            truth: BTreeMap::new(),
            levels: BTreeMap::new(),
            climates: BTreeMap::new(),
        })
    }

    fn run(&mut self, folder: &Folder, tell: &(dyn Fn(Progress<'_>) + Sync)) -> Result<Vec<Outcome>, String> {
        files::write_style(folder)?;
        let mut outcomes = Vec::new();
        for number in 0..self.simulation.waves {
            if number > 0 {
                self.organisation.pass_quarter(self.simulation.churn);
            }
            let outcome = self.round(number, folder, tell)?;
            tell(Progress::Done(&outcome));
            outcomes.push(outcome);
        }
        let published: Vec<&PublishedWave> = self
            .past
            .iter()
            .filter_map(|wave| match wave {
                PastWave::Published(wave) => Some(wave.as_ref()),
                PastWave::Aborted(_) => None,
            })
            .collect();
        let audit = files::write_audit(folder, published.iter().copied().zip(&self.rosters))?;
        let about = About { simulation: self.simulation, note: NOTE, rounds: &outcomes };
        folder.write("about.json", serde_json::to_vec_pretty(&about).map_err(text)?)?;
        if self.simulation.truth {
            folder.write("audit-truth.json", audit_with_truth(audit, &published, &self.levels, &self.truth)?)?;
            folder.write("truth.json", serde_json::to_vec(&self.truth).map_err(text)?)?;
            folder.write("levels.json", serde_json::to_vec_pretty(&self.levels).map_err(text)?)?;
            folder.write("climates.json", serde_json::to_vec_pretty(&self.climates).map_err(text)?)?;
        }
        Ok(outcomes)
    }

    fn round(&mut self, number: usize, folder: &Folder, tell: &(dyn Fn(Progress<'_>) + Sync)) -> Result<Outcome, String> {
        let wave = WaveId::parse(&format!("simulated-{}", number + 1)).map_err(text)?;
        let opens_at = (0..number).fold(self.simulation.start, |moment, _| moment.plus(QUARTER));
        let roster = self.organisation.roster().map_err(text)?;
        self.grouped = self.grouped.next(&roster, self.policy).map_err(text)?;
        let answering = Answering::of(&self.settings, number, &self.organisation, &self.grouped)?;
        if self.simulation.truth {
            self.truth.insert(wave.clone(), answering.truth());
            self.levels.insert(wave.clone(), answering.levels());
            self.climates.insert(wave.clone(), self.climates());
        }
        tell(Progress::Sealing { wave: &wave, ballots: answering.len() });
        let round = answering.hold(&wave, opens_at, &|| tell(Progress::Sealed), &|| tell(Progress::Opening))?;
        let below = folder.below(wave.as_str())?;
        files::write_documents(&below, &round, &roster)?;
        let ballots = round.board.spent;
        let release_sha256 = round.opening.sha256.to_text();
        self.past.push(published(round)?);
        let leaders = files::write_pages(&below, &self.past, &roster, self.simulation.pages)?;
        files::write_tables(&below, &self.past, &roster)?;
        let outcome = self.outcome(wave, &roster, leaders, ballots, release_sha256);
        self.rosters.push(roster);
        outcome
    }

    /// The true mean of every team's climate, per dimension, in raw points of the seven-point scale.
    fn climates(&self) -> BTreeMap<String, BTreeMap<String, f64>> {
        let of_team = |team: &organisation::Team| {
            let dimensions = self.settings.instrument.dimensions.iter().zip(&team.climate);
            let climate = dimensions.map(|(dimension, climate)| (dimension.id.as_str().to_owned(), (climate * 1000.0).round() / 1000.0));
            (team.name.clone(), climate.collect())
        };
        self.organisation.teams.iter().map(of_team).collect()
    }

    fn outcome(
        &self,
        wave: WaveId,
        roster: &Roster,
        leaders: (usize, usize),
        ballots: u32,
        release_sha256: String,
    ) -> Result<Outcome, String> {
        let (mut alone, mut with_upward, mut combined, mut compared) = (0, 0, 0, 0);
        for report in read_blocks(&self.past).map_err(text)? {
            match report.groups.len() {
                1 if report.with_upward => with_upward += 1,
                1 => alone += 1,
                groups => combined += groups,
            }
            if matches!(report.comparison, Comparison::Made(_)) {
                compared += report.groups.len();
            }
        }
        Ok(Outcome {
            wave,
            people: roster.people.len(),
            teams: roster.teams.len(),
            groups: self.grouped.leaves.len(),
            alone,
            with_upward,
            combined,
            compared: (self.past.len() > 1).then_some(compared),
            ballots,
            leaders,
            release_sha256,
        })
    }
}

/// A round as every page reads it.
fn published(round: Round) -> Result<PastWave, String> {
    let frozen = FrozenWave {
        wave: round.opening.release.wave,
        manifest: round.manifest.bytes().to_vec(),
        groups: round.groups.leaves().to_vec(),
        instrument: round.questionnaire,
        release: round.opening.release_bytes,
        sha256: round.opening.sha256,
        signature: round.signature,
        vouched: None,
        notices: Vec::new(),
    };
    Ok(PastWave::Published(Box::new(frozen.check().map_err(text)?)))
}

/// What stands in `about.json`.
#[derive(Serialize)]
struct About<'a> {
    note: &'static str,
    simulation: &'a Simulation,
    rounds: &'a [Outcome],
}

const NOTE: &str = "Simulated by candor simulate. Nobody answered: people, answers and keys come from the seed. The same arguments give the same bytes with the same version of Candor.";
