//! The methods by the names under which other programs and the reference values know them.

use clap::ValueEnum;

/// What can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Method {
    /// Cronbach's alpha with its interval: how far the items of a scale hang together.
    CronbachAlpha,
    /// McDonald's omega of one factor, by several fits.
    #[value(name = "mcdonald_omega_total_1factor")]
    McdonaldOmega,
    /// How far the people of each team agree: rwg(j), r*wg(j), AD.
    WithinGroupAgreement,
    /// Agreement on one item.
    Rwg,
    /// All teams at a glance: scores, favourable answers and agreement of each, and how far they differ.
    TeamOverview,
    /// How much of the differences lies between teams, from the analysis of variance.
    IccAnova,
    /// The same by REML, with means drawn towards the middle by how little is known of each team.
    #[value(name = "reml_variance_components_and_EB_means")]
    RemlEb,
    /// One team's score with everything that says how sure it is.
    TeamScoreAndInterval,
    /// A mean with what is left uncertain when everybody or nearly everybody answered.
    MeanCi,
    /// What the mean could be if everybody had answered.
    NonresponseBounds,
    /// The interval of a share of people.
    Wilson,
    /// Two rounds of one team: Welch, effect sizes, Mann-Whitney, exact permutation.
    TwoWaveComparison,
    /// Two rounds of one team, knowing how many of its people answered.
    RosterAwareChangeTest,
    /// Welch's test of two lists.
    Welch,
    /// The exact permutation test of two lists of whole numbers.
    PermExact,
    /// Welch's test for every team, corrected for their number.
    #[value(name = "welch_p_per_team_then_BH")]
    WelchPerTeam,
    /// The Benjamini-Hochberg correction of a list of p values.
    BenjaminiHochberg,
    /// The line through one team's rounds.
    TeamTrend,
    /// The line through all teams' rounds, with teams and rounds as random effects.
    OrgMixedTrend,
    /// Which predictors go together with an outcome: Shapley (LMG) and Johnson weights.
    RelativeImportance,
    /// Signs of careless answering in each row.
    LongstringAndIrv,
    /// Scale scores under the half rule.
    ScaleScore,
}

impl Method {
    /// The name as typed.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// One sentence on what is computed.
    #[must_use]
    pub fn meaning(self) -> String {
        self.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string)).unwrap_or_default()
    }
}
