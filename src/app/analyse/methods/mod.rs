//! From the chosen rows to named results, one function per method; the numbers come from the crate `statistics`.

mod agreement;
pub(super) mod by_group;
mod change;
mod importance;
mod interval;
mod lists;
mod overview;
mod reliability;
mod rows;
mod score;
mod teams;
mod trend;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use statistics::{Sample, Spread, Undefined};

use super::answers::{ItemAnswers, TwoWaves};
use super::inline::refused;
use super::method::Method;
use super::options::{Options, Scale};
use super::output::{Cell, Fields};
use super::problem::Problem;
use super::roster::{Roster, invited};
use super::selection::{Label, Selection};

/// What is said where everybody answered alike, or only one person did.
const TELLS_ANSWERS: &str = "One person, a spread of 0, and a share of 0 or 1 tell what everybody answered: do not pass these numbers on.";

/// What is asked, and the rows it is asked of.
pub(super) struct Request<'a> {
    pub(super) options: &'a Options,
    pub(super) roster: Option<&'a Roster>,
    pub(super) selection: Selection<'a>,
    /// What a reader should know before using the numbers.
    pub(super) notes: Vec<String>,
    /// The spread of people within all teams, computed when the first team needs it.
    pub(super) spread_within: &'a OnceCell<Result<Spread, String>>,
}

impl Request<'_> {
    /// Computes what was asked, of all rows together or of one team.
    ///
    /// # Errors
    /// What is wrong with the options or the rows.
    fn compute(&mut self) -> Result<Fields, Problem> {
        match self.options.method {
            Method::CronbachAlpha => self.cronbach_alpha(),
            Method::McdonaldOmega => self.mcdonald_omega(),
            Method::WithinGroupAgreement => self.within_group_agreement(),
            Method::Rwg => self.rwg(),
            Method::TeamOverview => self.team_overview(),
            Method::IccAnova => self.icc_anova(),
            Method::RemlEb => self.reml_eb(),
            Method::TeamScoreAndInterval => self.team_score_and_interval(),
            Method::MeanCi => self.mean_ci(),
            Method::NonresponseBounds => self.nonresponse_bounds(),
            Method::Wilson => self.wilson(),
            Method::TwoWaveComparison => self.two_wave_comparison(),
            Method::RosterAwareChangeTest => self.roster_aware_change_test(),
            Method::Welch => self.welch(),
            Method::WelchPerTeam => self.welch_per_team(),
            Method::PermExact => self.perm_exact(),
            Method::BenjaminiHochberg => self.benjamini_hochberg(),
            Method::TeamTrend => self.team_trend(),
            Method::OrgMixedTrend => self.org_mixed_trend(),
            Method::RelativeImportance => self.relative_importance(),
            Method::LongstringAndIrv => self.longstring_and_irv(),
            Method::ScaleScore => self.scale_score(),
        }
    }

    /// Everybody's score, in the order of the selected rows.
    fn scores(&mut self) -> Result<Vec<Option<f64>>, Problem> {
        ItemAnswers::read(&mut self.selection, self.options)?.scores(&mut self.selection, self.options)
    }

    /// The scores that there are.
    fn sample(&mut self) -> Result<Result<Sample, Undefined>, Problem> {
        Ok(Sample::new(self.scores()?.into_iter().flatten()))
    }

    /// The scores before and after, without their rows.
    fn two_waves(&mut self) -> Result<(Vec<f64>, Vec<f64>), Problem> {
        Ok(TwoWaves::read(&mut self.selection, self.options)?.values())
    }

    /// The scores of every team that has one, in the order of teams.
    fn scores_by_team(&mut self) -> Result<BTreeMap<Label, Vec<f64>>, Problem> {
        let teams = self.selection.groups(self.options)?;
        let scores = self.scores()?;
        let mut by_team: BTreeMap<Label, Vec<f64>> = BTreeMap::new();
        for (row, score) in self.selection.rows.iter().zip(scores) {
            if let Some(score) = score {
                by_team.entry(teams.of(row)).or_default().push(score);
            }
        }
        Ok(by_team)
    }

    /// Marks numbers that tell what single people answered, and says so.
    fn mark(&mut self, fields: &mut Fields, tells: bool) {
        fields.cell("disclosive", "whether it tells what everybody answered", Cell::Flag(tells));
        if tells {
            self.notes.push(TELLS_ANSWERS.to_owned());
        }
    }

    /// How many people could have answered, now, or in the first or the second round.
    fn invited(&self, wave: Option<&str>, place: usize) -> Result<u32, Problem> {
        invited(&self.selection, self.options, self.roster, wave, place)
    }

    /// The scale of the answers.
    fn scale(&self, why: &str) -> Result<Scale, Problem> {
        let missing = || Problem::option("--scale", format!("{why}: say the smallest and the largest answer, for instance --scale 1:5"));
        self.options.scale.ok_or_else(missing)
    }

    /// The reliability of a score.
    fn reliability(&self) -> Result<f64, Problem> {
        self.options
            .reliability
            .ok_or_else(|| Problem::option("--reliability", "say how reliable a score is, for instance --reliability 0.8"))
    }

    /// A typed number that the method cannot do without.
    fn needed<T>(&self, typed: Option<T>, name: &str) -> Result<T, Problem> {
        typed.ok_or_else(|| refused(self.options.method, &format!("{name} is missing")))
    }
}
