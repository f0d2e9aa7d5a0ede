//! Intervals of a mean: of a sample, of a team whose staff list is known, and of what those who did not answer could change.

use crate::distributions::{DegreesOfFreedom, t_quantile};
use crate::{ResponseScale, Sample, Stratum, Undefined, standard_error};

/// From `low` to `high`, both included.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, at least the lower one.
    pub high: f64,
}

impl Interval {
    /// From one end to the other.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for an end that is not finite.
    fn checked(low: f64, high: f64) -> Result<Self, Undefined> {
        let end = |value| Undefined::unless(true, "end of the interval", value, "a finite number");
        Ok(Self { low: end(low)?, high: end(high)? })
    }

    /// Whether `value` lies within it.
    #[must_use]
    pub const fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// A standard deviation and how well it is known. **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The standard deviation.
    pub sd: f64,
    /// Degrees of freedom behind it.
    pub df: DegreesOfFreedom,
}

impl Spread {
    /// The standard deviation (n - 1) of one sample.
    ///
    /// # Errors
    /// As [`Sample::sd`].
    pub fn of(sample: &Sample) -> Result<Self, Undefined> {
        Ok(Self { sd: sample.sd()?, df: DegreesOfFreedom::Finite(people(sample.len().saturating_sub(1))) })
    }

    /// The team's own spread, where it says enough about it: from ten people on who do not all answer alike. Else the spread
    /// [within](Self::within) all teams stands for it, or a team that answers alike would have an interval of width zero.
    ///
    /// **Analyse only.** Candor's pages use the pooled spread for every group.
    #[must_use]
    pub fn of_team(team: &Sample) -> Option<Self> {
        if team.len() < OWN_SPREAD_FROM { None } else { Self::of(team).ok().filter(|own| own.sd > 0.0) }
    }

    /// The spread within teams, pooled over them: the root of SSW / (N - J), on N - J degrees of freedom, for N people in J teams.
    ///
    /// **Analyse only.** The product has the same number from the opening, where the rows are.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] when no team has two people.
    pub fn within(teams: &[Sample]) -> Result<Self, Undefined> {
        let (mut squares, mut df) = (0.0, 0);
        for team in teams.iter().filter(|team| team.len() > 1) {
            squares += team.variance()? * (team.n() - 1.0);
            df += team.len() - 1;
        }
        if df == 0 {
            return Err(Undefined::TooFewGroups);
        }
        let df = people(df);
        let sd = Undefined::unless(true, "standard deviation", (squares / f64::from(df)).sqrt(), "a finite number")?;
        Ok(Self { sd, df: DegreesOfFreedom::Finite(df) })
    }
}

/// The 95 % interval of a mean from its sample alone, `mean +- t * s / sqrt(n)` on n - 1 degrees of freedom (Student 1908).
///
/// **Analyse only.**
///
/// # Errors
/// As [`Sample::sd`]: a sample of one has no interval. A sample without spread has one of width zero.
pub fn mean_interval(sample: &Sample) -> Result<Interval, Undefined> {
    let Spread { sd, df } = Spread::of(sample)?;
    let reach = t_quantile(0.975, df)? * sd / sample.n().sqrt();
    Interval::checked(sample.mean() - reach, sample.mean() + reach)
}

/// People below whom the spread of a single team says too little about it.
const OWN_SPREAD_FROM: usize = 10;

/// The 95 % interval of a team's mean when the staff list is known.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamInterval {
    /// `mean +- t * sd * sqrt((1 - rho * f) / n)`, f = n / N.
    pub interval: Interval,
    /// Its standard error.
    pub standard_error: f64,
}

/// The interval of a team's mean of which `invited` people could have answered.
///
/// The part rho of the variance is lasting opinion, which is known of everybody who answered, and the rest is passing error, which is
/// not: see [`RHO_INTERVAL`](crate::RHO_INTERVAL). The spread is the team's own or the one within all teams, see [`Spread::of_team`].
///
/// **Analyse only.** Candor's pages use the pooled spread for every group.
///
/// # Errors
/// [`Undefined::NoSpread`] for a spread of 0; [`Undefined::OutOfDomain`] for a staff list of nobody, or a rho outside 0..=1.
pub fn team_interval(team: &Sample, invited: u32, rho: f64, spread: Spread) -> Result<TeamInterval, Undefined> {
    if spread.sd <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let standard_error = standard_error(spread.sd, Stratum::of(people(team.len()), invited)?, rho)?;
    let reach = t_quantile(0.975, spread.df)? * standard_error;
    Ok(TeamInterval { interval: Interval::checked(team.mean() - reach, team.mean() + reach)?, standard_error })
}

/// The means that are possible for all `invited` people, whatever those who did not answer think: all of them at the lowest, or all of
/// them at the highest point of the scale (Manski 1990), `(n * mean + (N - n) * end) / N`.
///
/// A staff list shorter than the answers counts as complete: nobody is missing. **Analyse only.**
///
/// # Errors
/// [`Undefined::NoValues`] when nobody answered, [`Undefined::OutOfDomain`] for a mean beyond the scale.
pub fn nonresponse_bounds(mean: f64, answered: u32, invited: u32, scale: ResponseScale) -> Result<Interval, Undefined> {
    if answered == 0 {
        return Err(Undefined::NoValues);
    }
    let mean = Undefined::unless(scale.holds(mean), "mean", mean, "the scale")?;
    let all = f64::from(invited.max(answered));
    let silent = f64::from(invited.saturating_sub(answered));
    let with = |end: f64| (f64::from(answered) * mean + silent * end) / all;
    Interval::checked(with(scale.low()), with(scale.high()))
}

/// A number of people; no organisation has more than fit.
fn people(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::RHO_INTERVAL;
    use proptest::prelude::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::new(values.iter().copied()).unwrap()
    }

    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{ours} here, {theirs} there");
    }

    #[test]
    fn a_team_that_answered_completely_keeps_its_error_of_measurement() {
        let team = sample(&[4.0, 4.25, 3.5, 3.75, 4.5]);
        let complete = Stratum::of(5, 5).unwrap();
        close(team.mean(), 4.0);
        assert_eq!(complete.correction(), 0.0);
        assert_eq!(standard_error(team.sd().unwrap(), complete, 1.0).unwrap(), 0.0);
        close(standard_error(team.sd().unwrap(), complete, 0.8).unwrap(), 0.079_056_941_504_209_49);
    }

    #[test]
    fn those_who_did_not_answer_may_all_stand_at_either_end() {
        let scale = ResponseScale::new(1.0, 5.0).unwrap();
        assert_eq!(nonresponse_bounds(4.0, 6, 8, scale), Ok(Interval { low: 3.25, high: 4.25 }));
        assert_eq!(nonresponse_bounds(4.0, 8, 8, scale), Ok(Interval { low: 4.0, high: 4.0 }));
        assert_eq!(
            nonresponse_bounds(4.0, 9, 8, scale),
            Ok(Interval { low: 4.0, high: 4.0 }),
            "a list shorter than the answers is complete"
        );
        assert_eq!(nonresponse_bounds(4.0, 0, 8, scale), Err(Undefined::NoValues));
        assert!(nonresponse_bounds(5.5, 6, 8, scale).is_err() && nonresponse_bounds(f64::NAN, 6, 8, scale).is_err());
    }

    #[test]
    fn a_small_team_and_one_that_answers_alike_borrow_the_spread_of_all_teams() {
        let teams = [sample(&[1.0, 3.0]), sample(&[2.0, 3.0, 4.0]), sample(&[5.0])];
        let within = Spread::within(&teams).unwrap();
        assert_eq!(within.df, DegreesOfFreedom::Finite(3));
        close(within.sd, (4.0_f64 / 3.0).sqrt());
        assert_eq!(Spread::within(&[sample(&[5.0])]), Err(Undefined::TooFewGroups));
        let ten: Vec<f64> = (0..10).map(f64::from).collect();
        assert_eq!(Spread::of_team(&sample(&ten)), Some(Spread::of(&sample(&ten)).unwrap()));
        assert_eq!((Spread::of_team(&sample(&ten[1..])), Spread::of_team(&sample(&[4.0; 12]))), (None, None));
        let alike = team_interval(&sample(&[4.0; 12]), 12, 0.5, within).unwrap();
        assert_eq!(team_interval(&sample(&ten), 10, 0.5, Spread { sd: 0.0, df: within.df }), Err(Undefined::NoSpread));
        assert!(alike.interval.low < 4.0 && alike.interval.high > 4.0);
    }

    #[test]
    fn the_interval_of_a_team_is_the_written_formula() {
        let team = sample(&[2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0, 3.0, 4.0, 4.0, 2.0, 6.0]);
        let own = Spread::of_team(&team).unwrap();
        let found = team_interval(&team, 16, RHO_INTERVAL, own).unwrap();
        // 12 of 16 answered; t on 11 degrees of freedom by qt(0.975, 11) of R.
        let error = team.sd().unwrap() * ((1.0 - 0.5 * 0.75) / 12.0_f64).sqrt();
        close(found.standard_error, error);
        close(found.interval.low, 4.0 - 2.200_985_160_082_949 * error);
        assert!(found.interval.contains(4.0) && !found.interval.contains(5.0));
        assert!(team_interval(&team, 0, RHO_INTERVAL, own).is_err());
    }

    proptest! {
        #[test]
        fn without_a_correction_the_team_s_interval_is_student_s(values in proptest::collection::vec(1u8..=7, 10..40)) {
            let team = Sample::new(values.into_iter().map(f64::from)).unwrap();
            prop_assume!(team.sd().unwrap() > 0.0);
            let student = mean_interval(&team).unwrap();
            let ours = team_interval(&team, 100, 0.0, Spread::of_team(&team).unwrap()).unwrap().interval;
            prop_assert!((ours.low - student.low).abs() < 1e-12 && (ours.high - student.high).abs() < 1e-12);
        }

        #[test]
        fn the_bounds_hold_every_mean_that_the_silent_could_make(
            answers in proptest::collection::vec(1u8..=5, 1..20),
            silent in proptest::collection::vec(1u8..=5, 0..20),
        ) {
            let mean = |values: &[u8]| values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len() as f64;
            let all: Vec<u8> = answers.iter().chain(&silent).copied().collect();
            let (n, invited) = (u32::try_from(answers.len()).unwrap(), u32::try_from(all.len()).unwrap());
            let bounds = nonresponse_bounds(mean(&answers), n, invited, ResponseScale::new(1.0, 5.0).unwrap()).unwrap();
            prop_assert!(bounds.low <= mean(&all) + 1e-12 && mean(&all) <= bounds.high + 1e-12);
        }
    }
}
