//! A line through three or more waves, and whether a line is what they show.

use crate::change::{ChangeTest, test_change};
use crate::distributions::{DegreesOfFreedom, chi_squared_survival};
use crate::{Group, Undefined};

/// Below this p a line does not describe the waves: they went up and down.
pub const NO_LINE: f64 = 0.05;

/// The mean of one wave and how far chance may have moved it.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaveMean {
    /// When: the number of the wave, or days or years since any day where waves are not equally far apart. Slopes are per unit of it.
    pub time: f64,
    /// The mean.
    pub mean: f64,
    /// Its standard error, more than 0: [`standard_error`](crate::standard_error) with [`RHO_CHANGE`](crate::RHO_CHANGE) where it is
    /// known who was invited, s / sqrt(n) otherwise, with the variance of the published cell added where there is one.
    pub standard_error: f64,
}

/// A line through the means of waves, each weighted by how well it is known.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedLine {
    /// Change per unit of time.
    pub slope: f64,
    /// Its standard error, 1 / sqrt(sum(w * (t - tbar)^2)) with w = 1 / SE^2.
    pub standard_error: f64,
    /// The line at time 0.
    pub intercept: f64,
    /// How far the waves lie from the line. Undefined for two waves, through which a line always goes.
    pub lack_of_fit: Result<LackOfFit, Undefined>,
}

/// Whether waves lie farther from a line than chance takes them.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LackOfFit {
    /// Q = sum(w * (mean - line)^2).
    pub q: f64,
    /// W - 2 for W waves.
    pub df: u32,
    /// The upper tail of chi-squared on W - 2.
    pub p: f64,
}

impl WeightedLine {
    /// By weighted least squares with known standard errors (Cochran's Q for what is left: Hedges & Olkin 1985, chapter 8).
    ///
    /// **Product** (organisation and groups, from the means and standard errors that pages show) and **analyse**.
    ///
    /// # Errors
    /// [`Undefined::TooFewWaves`] unless there are two different times; [`Undefined::OutOfDomain`] for a standard error of 0 or less.
    pub fn through(waves: &[WaveMean]) -> Result<Self, Undefined> {
        let mut waves = waves.to_vec();
        for wave in &waves {
            Undefined::unless(true, "time", wave.time, "a finite number")?;
            Undefined::unless(true, "mean", wave.mean, "a finite number")?;
            Undefined::unless(wave.standard_error > 0.0, "standard error", wave.standard_error, "more than 0")?;
        }
        waves.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.mean.total_cmp(&b.mean)).then(a.standard_error.total_cmp(&b.standard_error)));
        let fit = Fit::of(waves.iter().map(|wave| (wave.standard_error.powi(-2), wave.time, wave.mean)))?;
        let df = u32::try_from(waves.len()).unwrap_or(u32::MAX).saturating_sub(2);
        let lack_of_fit = if df == 0 {
            Err(Undefined::TooFewWaves { waves: waves.len(), needed: 3 })
        } else {
            chi_squared_survival(fit.left, f64::from(df)).map(|p| LackOfFit { q: fit.left, df, p })
        };
        Ok(Self {
            slope: fit.slope,
            standard_error: Undefined::unless(true, "standard error of the slope", fit.weighted_times.sqrt().recip(), "a finite number")?,
            intercept: fit.intercept(),
            lack_of_fit,
        })
    }

    /// Whether the slope is more than chance: z with [`DegreesOfFreedom::Infinite`], t where the standard errors rest on an estimated
    /// spread with so many degrees of freedom.
    ///
    /// # Errors
    /// As [`test_change`].
    pub fn test(&self, df: DegreesOfFreedom) -> Result<ChangeTest, Undefined> {
        test_change(self.slope, self.standard_error, df)
    }

    /// Whether the waves went up and down, so that no line should be drawn (p of the lack of fit below [`NO_LINE`]).
    #[must_use]
    pub fn goes_up_and_down(&self) -> bool {
        self.lack_of_fit.is_ok_and(|fit| fit.p < NO_LINE)
    }
}

/// A line through single answers of several waves (ordinary least squares: R's `lm(score ~ wave)`).
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RespondentsLine {
    /// Change per unit of time.
    pub slope: f64,
    /// Its standard error, all answers taken as independent. 0 when all answers lie on the line.
    pub standard_error: f64,
    /// The line at time 0.
    pub intercept: f64,
    /// N - 2.
    pub df: u32,
    /// Whether the slope is more than chance, with its 95 % interval. Undefined when all answers lie on the line.
    pub test: Result<ChangeTest, Undefined>,
}

impl RespondentsLine {
    /// Through the answers of waves, given as time and answers.
    ///
    /// The same people, answering again and again without being linked, are taken as different people: the standard error is too large
    /// rather than too small as long as people keep some of their opinion.
    ///
    /// **Analyse only**: needs every wave's spread.
    ///
    /// # Errors
    /// [`Undefined::TooFewWaves`] unless there are two different times; [`Undefined::TooFewPeople`] with fewer than three answers.
    pub fn through(waves: &[(f64, Group)]) -> Result<Self, Undefined> {
        let mut waves = waves.to_vec();
        for (time, _) in &waves {
            Undefined::unless(true, "time", *time, "a finite number")?;
        }
        waves.sort_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then(a.1.mean().total_cmp(&b.1.mean()))
                .then(a.1.n().total_cmp(&b.1.n()))
                .then(a.1.squares().total_cmp(&b.1.squares()))
        });
        let fit = Fit::of(waves.iter().map(|(time, group)| (group.n(), *time, group.mean())))?;
        let people = waves.iter().fold(0_u32, |people, (_, group)| people.saturating_add(group.size()));
        let df = people.saturating_sub(2);
        if df == 0 {
            return Err(Undefined::TooFewPeople { people: 2, needed: 3 });
        }
        let left = fit.left + waves.iter().map(|(_, group)| group.squares()).sum::<f64>();
        let standard_error = (left / f64::from(df) / fit.weighted_times).sqrt();
        Undefined::unless(true, "standard error of the slope", standard_error, "a finite number")?;
        Ok(Self {
            slope: fit.slope,
            standard_error,
            intercept: fit.intercept(),
            df,
            test: test_change(fit.slope, standard_error, DegreesOfFreedom::Finite(df)),
        })
    }
}

/// A weighted straight line.
struct Fit {
    slope: f64,
    mean_time: f64,
    mean: f64,
    /// sum(w * (t - tbar)^2)
    weighted_times: f64,
    /// sum(w * (y - line)^2)
    left: f64,
}

impl Fit {
    /// Through points of weight, time and value.
    fn of(points: impl Iterator<Item = (f64, f64, f64)> + Clone) -> Result<Self, Undefined> {
        let Some((_, first_time, first)) = points.clone().next() else { return Err(Undefined::NoValues) };
        let (mut weights, mut times, mut values) = (0.0, 0.0, 0.0);
        let mut differ = false;
        for (weight, time, value) in points.clone() {
            differ |= time != first_time;
            weights += weight;
            times += weight * (time - first_time);
            values += weight * (value - first);
        }
        if !differ {
            return Err(Undefined::TooFewWaves { waves: 1, needed: 2 });
        }
        let (mean_time, mean) = (first_time + times / weights, first + values / weights);
        let weighted_times: f64 = points.clone().map(|(weight, time, _)| weight * (time - mean_time).powi(2)).sum();
        let slope = points.clone().map(|(weight, time, value)| weight * (time - mean_time) * (value - mean)).sum::<f64>() / weighted_times;
        let left = points.map(|(weight, time, value)| weight * (value - mean - slope * (time - mean_time)).powi(2)).sum();
        Undefined::unless(weighted_times > 0.0, "spread of times", weighted_times, "more than 0")?;
        for (what, number) in [("slope", slope), ("intercept", mean - slope * mean_time), ("sum of squares beside the line", left)] {
            Undefined::unless(true, what, number, "a finite number")?;
        }
        Ok(Self { slope, mean_time, mean, weighted_times, left })
    }

    fn intercept(&self) -> f64 {
        self.mean - self.slope * self.mean_time
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Sample;
    use proptest::prelude::*;

    fn wave(time: f64, mean: f64, standard_error: f64) -> WaveMean {
        WaveMean { time, mean, standard_error }
    }

    fn group(values: &[f64]) -> Group {
        Group::of(&Sample::new(values.iter().copied()).unwrap()).unwrap()
    }

    #[test]
    fn three_waves_by_hand() {
        // Equal weights of 4: slope (5 - 1) / 2 = 2, SE = 1 / sqrt(4 * 2); the line is 2, 4, 6 - 1/3 off each: means 1, 5, 5.
        let line = WeightedLine::through(&[wave(1.0, 1.0, 0.5), wave(2.0, 5.0, 0.5), wave(3.0, 5.0, 0.5)]).unwrap();
        assert!((line.slope - 2.0).abs() < 1e-14 && (line.standard_error - 8.0_f64.sqrt().recip()).abs() < 1e-14);
        assert!((line.intercept - (11.0 / 3.0 - 4.0)).abs() < 1e-14);
        // Residuals -2/3, 4/3, -2/3: Q = 4 * 24 / 9.
        let lack = line.lack_of_fit.unwrap();
        assert!((lack.q - 32.0 / 3.0).abs() < 1e-12);
        assert_eq!(lack.df, 1);
        // P(chi^2(1) > 32/3) = erfc(sqrt(16/3))
        assert!((lack.p / 0.001_090_835_176_7 - 1.0).abs() < 1e-6, "{}", lack.p);
        assert!(line.goes_up_and_down());
        assert!(line.test(DegreesOfFreedom::Infinite).unwrap().p < 1e-7);
    }

    #[test]
    fn two_waves_are_always_on_a_line_and_one_is_on_none() {
        let line = WeightedLine::through(&[wave(0.0, 1.0, 0.3), wave(90.0, 2.0, 0.4)]).unwrap();
        assert!((line.slope - 1.0 / 90.0).abs() < 1e-15 && (line.standard_error - 0.5 / 90.0).abs() < 1e-15);
        assert_eq!(line.lack_of_fit, Err(Undefined::TooFewWaves { waves: 2, needed: 3 }));
        assert!(!line.goes_up_and_down());
        assert!(WeightedLine::through(&[wave(1.0, 1.0, 0.3), wave(1.0, 2.0, 0.4)]).is_err());
        assert_eq!(WeightedLine::through(&[]), Err(Undefined::NoValues));
        assert!(WeightedLine::through(&[wave(0.0, 1.0, 0.3), wave(1.0, 2.0, 0.0)]).is_err());
        assert!(WeightedLine::through(&[wave(f64::NAN, 1.0, 0.3), wave(1.0, 2.0, 0.1)]).is_err());
    }

    #[test]
    fn the_line_through_single_answers_by_hand() {
        // lm(c(1, 3, 4, 6, 5, 5) ~ c(1, 1, 2, 2, 3, 3)) of R: slope 1.5, residual sum of squares 4 + 2 * (1/2)^2 + ... = 7, SE = sqrt(7/4/4).
        let line = RespondentsLine::through(&[(1.0, group(&[1.0, 3.0])), (2.0, group(&[4.0, 6.0])), (3.0, group(&[5.0, 5.0]))]).unwrap();
        assert!((line.slope - 1.5).abs() < 1e-14 && (line.intercept - 1.0).abs() < 1e-14);
        assert_eq!(line.df, 4);
        assert!((line.standard_error - (7.0_f64 / 16.0).sqrt()).abs() < 1e-14);
        assert!(line.test.is_ok());
    }

    #[test]
    fn answers_exactly_on_a_line_have_a_slope_and_no_test() {
        let line = RespondentsLine::through(&[(1.0, group(&[1.0, 1.0])), (2.0, group(&[2.0]))]).unwrap();
        assert_eq!((line.slope, line.standard_error), (1.0, 0.0));
        assert!(line.test.is_err());
        assert_eq!(
            RespondentsLine::through(&[(1.0, group(&[1.0])), (2.0, group(&[2.0]))]),
            Err(Undefined::TooFewPeople { people: 2, needed: 3 })
        );
    }

    proptest! {
        #[test]
        fn the_clock_changes_no_test(
            means in proptest::collection::vec((0.0f64..100.0, 0.5f64..9.0), 3..12), from in -5000.0f64..5000.0, unit in 0.01f64..400.0
        ) {
            let waves: Vec<WaveMean> = means.iter().zip(1u32..).map(|(&(mean, se), time)| wave(f64::from(time), mean, se)).collect();
            let dated: Vec<WaveMean> = waves.iter().map(|w| WaveMean { time: from + unit * w.time, ..*w }).collect();
            let (here, there) = (WeightedLine::through(&waves).unwrap(), WeightedLine::through(&dated).unwrap());
            prop_assert!((here.slope / here.standard_error - there.slope / there.standard_error).abs() < 1e-6);
            prop_assert!((here.lack_of_fit.unwrap().p - there.lack_of_fit.unwrap().p).abs() < 1e-6);
        }

        #[test]
        fn the_order_of_waves_changes_no_byte(means in proptest::collection::vec((0.0f64..100.0, 0.5f64..9.0), 3..12)) {
            let mut waves: Vec<WaveMean> = means.iter().zip(1u32..).map(|(&(mean, se), time)| wave(f64::from(time), mean, se)).collect();
            let line = WeightedLine::through(&waves).unwrap();
            waves.reverse();
            prop_assert_eq!(line, WeightedLine::through(&waves).unwrap());
        }
    }
}
