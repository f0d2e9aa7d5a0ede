//! Pure statistics: numbers in, numbers out.
//!
//! Nothing here knows a survey, a group or a page. Every function states its source and its domain; what cannot be computed is
//! a typed [`Undefined`] with its reason, so that no NaN and no infinity ever leaves this crate.
//!
//! What each number means, with formula and source, stands in `docs/statistics.md`; how the product puts the pieces together in
//! `docs/reading.md`.

mod agreement;
mod answers;
mod between;
mod careless;
mod change;
mod components;
mod distributions;
mod effect_size;
mod favourable;
mod group;
mod importance;
mod interval;
mod linear;
mod mann_whitney;
mod mixed;
mod multiplicity;
mod noncentral;
mod omega;
mod panel;
mod permutation;
mod precision;
mod quadrant;
mod reliability;
mod reml;
mod repeated;
mod sample;
mod scale;
mod smallest;
mod sums;
mod trend;
mod truncated;
mod welch;

pub use agreement::{
    Centre, HEAVILY_SKEWED_OF_5, ItemAgreement, MODERATELY_SKEWED_OF_5, NullVariance, SLIGHTLY_SKEWED_OF_5, ScaleAgreement,
    average_deviation,
};
pub use answers::{Answers, Covariances};
pub use between::between_interval;
pub use careless::{longstring, response_variability, runs};
pub use change::{ChangeTest, DETECTION_POWER, detectable_change, test_change};
pub use components::OneWay;
pub use distributions::{
    DegreesOfFreedom, chi_squared_survival, f_quantile, f_survival, ln_gamma, noncentral_t_cdf, normal_cdf, normal_density,
    normal_quantile, normal_survival, t_quantile, two_sided_p,
};
pub use effect_size::{CliffDelta, CliffInterval, StandardisedDifference, cliff_delta, standardised_difference};
pub use favourable::{Favourable, Share};
pub use group::Group;
pub use importance::{Importance, MOST_PREDICTORS, ORDER_FROM_PEOPLE, ORDER_FROM_TEAMS, ORDER_HOLDS, Order, WithinTeams};
pub use interval::{Interval, Spread, TeamInterval, mean_interval, nonresponse_bounds, team_interval};
pub use linear::{Eigen, Symmetric};
pub use mann_whitney::{EXACT_PAIRS, MannWhitney, mann_whitney};
pub use mixed::OrganisationTrend;
pub use multiplicity::{benjamini_hochberg, holm};
pub use omega::{Omega, mcdonald_omega, omega_closed_form, omega_least_squares, omega_maximum_likelihood};
pub use panel::{PanelItem, PanelScale, PanelSummary, PanelWave, ScaleSummary, TeamScale, summarise};
pub use permutation::{exact_mean_difference, score_parts};
pub use precision::{RHO_CHANGE, RHO_INTERVAL, Stratum, standard_error, stratified_standard_error};
pub use quadrant::{Bivariate, ZONE_CERTAINTY, Zones, zone_probabilities};
pub use reliability::{cronbach_alpha, feldt_interval};
pub use reml::{BetweenGroups, KnownMean, SHRINK_FROM, ShrunkMean, VarianceComponents};
pub use repeated::{Round, repeated_standard_error};
pub use sample::Sample;
pub use scale::{Enough, ResponseScale, Score, half_rule, pomp, reverse, scale_score, spread_to_pomp};
pub use sums::{GroupSums, Sums};
pub use trend::{LackOfFit, NO_LINE, RespondentsLine, WaveMean, WeightedLine};
pub use truncated::{FIT_ITERATIONS, Moments, Normal, Observation, SMALLEST_MASS, SMALLEST_SPREAD, fit_censored_normal, truncated_moments};
pub use welch::{Side, Welch, answered_twice_at_least, welch, welch_detectable_change};

/// Why a number does not exist.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Undefined {
    /// There is nothing to compute from.
    #[error("there are no values")]
    NoValues,
    /// Too few of a person's answers are there for a score.
    #[error("{answered} of {asked} items were answered, which are too few")]
    TooFewAnswered {
        /// Items answered.
        answered: usize,
        /// Items asked.
        asked: usize,
    },
    /// The scale has too few items for this coefficient.
    #[error("the scale has {items} items, and {needed} are needed")]
    TooFewItems {
        /// Items of the scale.
        items: usize,
        /// Items needed.
        needed: usize,
    },
    /// Too few people answered for this number.
    #[error("{people} answered, and {needed} are needed")]
    TooFewPeople {
        /// People who answered.
        people: u32,
        /// People needed.
        needed: u32,
    },
    /// Fewer than two groups, or none with two people.
    #[error("there are not two groups, of which one has two people")]
    TooFewGroups,
    /// No item was answered by two people of a group.
    #[error("no item was answered by two people")]
    TooFewAgreeing,
    /// A factor explains more of an item than there is (a Heywood case).
    #[error("item {} of the scale would have a negative error variance (a Heywood case)", .item + 1)]
    Heywood {
        /// The item, counted from 0.
        item: usize,
    },
    /// An estimate that is improved step by step does not settle.
    #[error("the estimate does not settle")]
    NotSettled,
    /// All values are the same, or no two things vary together.
    #[error("nothing varies, or nothing varies together")]
    NoSpread,
    /// Groups differ no more than the people within them.
    #[error("groups differ no more than people within them")]
    NoDifferenceBetweenGroups,
    /// Means lie so close together that chance alone would seldom leave them so: no variance between them fits.
    #[error("the groups lie closer together than chance lets them")]
    LessThanChance,
    /// The variance between groups rests on too few of them to move anybody's mean.
    #[error("there are {groups} groups, and means are shrunk from {needed} groups on")]
    TooFewGroupsToShrink {
        /// Groups there are.
        groups: usize,
        /// Groups needed.
        needed: usize,
    },
    /// Fewer different points in time than a line, or what is left beside it, needs.
    #[error("there are {waves} rounds, and {needed} are needed")]
    TooFewWaves {
        /// Waves there are.
        waves: usize,
        /// Waves needed.
        needed: usize,
    },
    /// Two sources of variance always come together in these data.
    #[error("what varies between teams, between rounds of a team and between people cannot be told apart in these data")]
    NotSeparable,
    /// More predictors than subsets of them can be looked at.
    #[error("there are {predictors} predictors, and at most {most} can be compared")]
    TooManyPredictors {
        /// Predictors there are.
        predictors: usize,
        /// The most there may be.
        most: usize,
    },
    /// Too few people or teams to say which predictor comes before which.
    #[error("there are {people} people in {teams} teams, and an order needs {people_needed} people in {teams_needed} teams")]
    TooFewForAnOrder {
        /// People with all answers, not alone in their team.
        people: usize,
        /// Teams of such people.
        teams: usize,
        /// People needed.
        people_needed: usize,
        /// Teams needed.
        teams_needed: usize,
    },
    /// A number lies outside the domain of the function.
    #[error("{}", outside(.what, *.value, .domain))]
    OutOfDomain {
        /// Which argument.
        what: &'static str,
        /// The value as given.
        value: f64,
        /// The domain in words.
        domain: &'static str,
    },
}

fn outside(what: &str, value: f64, domain: &str) -> String {
    if value.is_finite() { format!("{what} is {value}, outside {domain}") } else { format!("{what} is beyond the largest number, or none") }
}

impl Undefined {
    /// Passes `value` when it is finite and `inside` holds, else says which argument left which domain.
    fn unless(inside: bool, what: &'static str, value: f64, domain: &'static str) -> Result<f64, Self> {
        if inside && value.is_finite() { Ok(value) } else { Err(Self::OutOfDomain { what, value, domain }) }
    }
}
