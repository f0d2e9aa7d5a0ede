//! How much groups truly differ, and what the mean of a small group says once chance is taken out of it.

use crate::answers::count;
use crate::precision::{Stratum, standard_error};
use crate::smallest::{Level, smallest};
use crate::{Group, Undefined};

/// Below this number of groups the variance between them is known too badly to move anybody's mean.
pub const SHRINK_FROM: usize = 10;

/// A mean and how far chance may have moved it.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownMean {
    /// The mean as observed.
    pub mean: f64,
    /// Its sampling variance (the squared standard error, with the variance of a published cell where there is one), more than 0.
    pub variance: f64,
}

/// A mean with chance taken out of it (empirical Bayes).
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShrunkMean {
    /// grand mean + reliability * (mean - grand mean).
    pub estimate: f64,
    /// Its standard deviation given the variances, sqrt(tau^2 * (1 - reliability)), as lme4 has it: the uncertainty of the grand mean and
    /// of the variances themselves is not in it.
    pub sd: f64,
    /// lambda = tau^2 / (tau^2 + sampling variance): the share of the observed distance from the grand mean that is not chance.
    pub reliability: f64,
}

/// What groups have in common: where they lie, and how far apart they truly are.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetweenGroups {
    /// Groups it was estimated from.
    pub groups: usize,
    /// tau^2, the variance of the true means of groups. 0 when the observed means differ no more than chance makes them differ.
    pub variance: f64,
    /// The mean of the true means, each observed one weighted by 1 / (tau^2 + its sampling variance) (generalised least squares).
    pub grand_mean: f64,
    /// Its standard error given the variances.
    pub standard_error: f64,
}

impl BetweenGroups {
    /// tau^2 by restricted maximum likelihood from means with known sampling variances (normal-normal model; the random-effects model of
    /// DerSimonian & Laird 1986, estimated as in Viechtbauer 2005).
    ///
    /// **Product**: the empirical Bayes means of groups, from published cells alone.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] with fewer than two means; [`Undefined::OutOfDomain`] for a variance of 0 or less.
    pub fn of_known(means: &[KnownMean]) -> Result<Self, Undefined> {
        for known in means {
            Undefined::unless(true, "mean", known.mean, "a finite number")?;
            Undefined::unless(known.variance > 0.0, "sampling variance", known.variance, "more than 0")?;
        }
        let mut means = means.to_vec();
        means.sort_by(|a, b| a.mean.total_cmp(&b.mean).then(a.variance.total_cmp(&b.variance)));
        let scale = means.iter().map(|known| known.variance).sum::<f64>() / count(means.len());
        Profile { means: &means, within: None }.fit(scale).map(|(between, _)| between)
    }

    /// The mean of one group with chance taken out of it. The group need not be among those the variance was estimated from.
    ///
    /// **Product** and **analyse**.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for a mean that is not finite or a sampling variance of 0 or less.
    pub fn shrink(&self, known: KnownMean) -> Result<ShrunkMean, Undefined> {
        let mean = Undefined::unless(true, "mean", known.mean, "a finite number")?;
        let variance = Undefined::unless(known.variance > 0.0, "sampling variance", known.variance, "more than 0")?;
        let reliability = self.variance / (self.variance + variance);
        Ok(ShrunkMean {
            estimate: self.grand_mean + reliability * (mean - self.grand_mean),
            sd: (self.variance * (variance / (self.variance + variance))).sqrt(),
            reliability,
        })
    }

    /// Whether there are groups enough that pages may show shrunken means: with fewer than [`SHRINK_FROM`] the variance between them
    /// rests on so few means that shrinking may do more harm than good, and pages show means as they are.
    ///
    /// **Product** rule; `candor analyse` prints the estimates all the same, and this reason beside them.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroupsToShrink`].
    pub fn enough_to_shrink(&self) -> Result<(), Undefined> {
        if self.groups < SHRINK_FROM {
            return Err(Undefined::TooFewGroupsToShrink { groups: self.groups, needed: SHRINK_FROM });
        }
        Ok(())
    }
}

/// The variances between and within groups by restricted maximum likelihood: y = mean + group + person (lme4's `y ~ 1 + (1 | group)`).
///
/// **Analyse only**: needs every group's spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarianceComponents {
    /// What lies between groups.
    pub between: BetweenGroups,
    /// sigma^2, the variance of people within groups, more than 0.
    pub within: f64,
}

impl VarianceComponents {
    /// By a one-dimensional search over tau^2 / sigma^2: given that ratio, mean and sigma^2 have closed forms (Searle, Casella &
    /// McCulloch 1992, section 6.6). Groups with one value take part.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] with fewer than two groups, or when every group has one value; [`Undefined::NoSpread`] when nobody
    /// differs from anybody in the same group.
    pub fn of(groups: &[Group]) -> Result<Self, Undefined> {
        let groups = Group::in_order(groups);
        let people: f64 = groups.iter().map(Group::n).sum();
        let squares: f64 = groups.iter().map(Group::squares).sum();
        if groups.len() < 2 || people <= count(groups.len()) {
            return Err(Undefined::TooFewGroups);
        }
        if squares <= 0.0 {
            return Err(Undefined::NoSpread);
        }
        let means: Vec<KnownMean> = groups.iter().map(|group| KnownMean { mean: group.mean(), variance: 1.0 / group.n() }).collect();
        let (between, within) = Profile { means: &means, within: Some(Within { squares, df: people - 1.0 }) }.fit(1.0)?;
        Ok(Self { between, within })
    }

    /// ICC(1) from these variances: tau^2 / (tau^2 + sigma^2). Never negative, and with groups of uneven size not the one of the analysis
    /// of variance.
    #[must_use]
    pub fn icc1(&self) -> f64 {
        self.between.variance / (self.between.variance + self.within)
    }

    /// The mean of one group with chance taken out of it, the group being a sample of its own: sampling variance sigma^2 / n.
    ///
    /// # Errors
    /// As [`BetweenGroups::shrink`].
    pub fn shrink(&self, group: &Group) -> Result<ShrunkMean, Undefined> {
        self.between.shrink(KnownMean { mean: group.mean(), variance: self.within / group.n() })
    }

    /// The same when it is known who was invited: sampling variance sigma^2 * (1 - rho * f) / n, so that a group that answered
    /// completely is moved less.
    ///
    /// # Errors
    /// As [`BetweenGroups::shrink`] and [`standard_error`]: among them rho = 1 for a group that answered completely.
    pub fn shrink_with_roster(&self, group: &Group, responded: f64, rho: f64) -> Result<ShrunkMean, Undefined> {
        let standard_error = standard_error(self.within.sqrt(), Stratum { n: group.size(), responded }, rho)?;
        self.between.shrink(KnownMean { mean: group.mean(), variance: standard_error.powi(2) })
    }
}

/// What is known of people within groups where their variance has to be estimated, too.
struct Within {
    squares: f64,
    /// N - 1.
    df: f64,
}

/// Twice the negative restricted log-likelihood as a function of the variance between groups.
///
/// With known sampling variances v the weights are 1 / (v + tau^2). With an unknown variance of people everything is measured in it: v = 1/n
/// stands for sigma^2 / n and the search goes over tau^2 / sigma^2; the sigma^2 that is best for it has a closed form.
struct Profile<'a> {
    means: &'a [KnownMean],
    within: Option<Within>,
}

impl Profile<'_> {
    /// The variances between and within groups where the likelihood is largest.
    fn fit(&self, scale: f64) -> Result<(BetweenGroups, f64), Undefined> {
        if self.means.len() < 2 {
            return Err(Undefined::TooFewGroups);
        }
        let ratio = smallest(scale, |ratio| Ok(self.level(ratio)))?;
        let sums = self.sums(ratio);
        let within = self.within.as_ref().map_or(1.0, |within| (within.squares + sums.distances) / within.df);
        let (variance, standard_error) = (ratio * within, (within / sums.weights).sqrt());
        for (what, number) in [
            ("variance between groups", variance),
            ("variance within groups", within),
            ("grand mean", sums.mean),
            ("standard error of the grand mean", standard_error),
        ] {
            Undefined::unless(true, what, number, "a finite number")?;
        }
        Ok((BetweenGroups { groups: self.means.len(), variance, grand_mean: sums.mean, standard_error }, within))
    }

    fn sums(&self, ratio: f64) -> Sums {
        let origin = self.means.first().map_or(0.0, |known| known.mean);
        let (mut weights, mut weighted) = (0.0, 0.0);
        for known in self.means {
            let weight = 1.0 / (known.variance + ratio);
            weights += weight;
            weighted += weight * (known.mean - origin);
        }
        let mean = origin + weighted / weights;
        let mut sums = Sums { weights, mean, distances: 0.0, squared_weights: 0.0, squared_distances: 0.0, logarithms: 0.0 };
        for known in self.means {
            let weight = 1.0 / (known.variance + ratio);
            let distance = weight * (known.mean - mean);
            sums.distances += distance * (known.mean - mean);
            sums.squared_weights += weight * weight;
            sums.squared_distances += distance * distance;
            sums.logarithms -= weight.ln();
        }
        sums
    }

    fn level(&self, ratio: f64) -> Level {
        let sums = self.sums(ratio);
        let (fit, fit_slope) = match &self.within {
            Some(within) => {
                let squares = within.squares + sums.distances;
                (within.df * squares.ln(), -within.df * sums.squared_distances / squares)
            }
            None => (sums.distances, -sums.squared_distances),
        };
        Level { value: fit + sums.logarithms + sums.weights.ln(), slope: fit_slope + sums.weights - sums.squared_weights / sums.weights }
    }
}

/// Sums over groups with weight w and distance d from the weighted mean.
struct Sums {
    weights: f64,
    mean: f64,
    /// sum(w * d^2)
    distances: f64,
    /// sum(w^2)
    squared_weights: f64,
    /// sum(w^2 * d^2)
    squared_distances: f64,
    /// -sum(ln w)
    logarithms: f64,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{OneWay, Sample};
    use proptest::prelude::*;

    fn groups(values: &[Vec<f64>]) -> Vec<Group> {
        values.iter().map(|values| Group::of(&Sample::new(values.clone()).unwrap()).unwrap()).collect()
    }

    #[test]
    fn groups_of_one_size_have_the_variances_of_the_analysis_of_variance() {
        // Values 1 3 | 4 6 | 7 9: MSB = 18, MSW = 2, so tau^2 = (18 - 2) / 2.
        let groups = groups(&[vec![1.0, 3.0], vec![4.0, 6.0], vec![7.0, 9.0]]);
        let fit = VarianceComponents::of(&groups).unwrap();
        assert!((fit.between.variance - 8.0).abs() < 1e-12 && (fit.within - 2.0).abs() < 1e-12);
        assert!((fit.between.grand_mean - 5.0).abs() < 1e-12 && (fit.between.standard_error - 3.0_f64.sqrt()).abs() < 1e-12);
        // lambda = 8 / (8 + 1)
        let shrunk = fit.shrink(&groups[0]).unwrap();
        assert!((shrunk.reliability - 8.0 / 9.0).abs() < 1e-12);
        assert!((shrunk.estimate - (5.0 - 3.0 * 8.0 / 9.0)).abs() < 1e-12);
        assert!((shrunk.sd - (8.0_f64 / 9.0).sqrt()).abs() < 1e-12);
        assert_eq!(fit.between.enough_to_shrink(), Err(Undefined::TooFewGroupsToShrink { groups: 3, needed: 10 }));
    }

    #[test]
    fn groups_that_differ_by_chance_alone_are_moved_to_the_grand_mean() {
        let groups = groups(&[vec![1.0, 5.0], vec![2.0, 4.0], vec![0.0, 6.0, 3.0]]);
        let fit = VarianceComponents::of(&groups).unwrap();
        assert_eq!((fit.between.variance, fit.icc1()), (0.0, 0.0));
        let shrunk = fit.shrink(&groups[0]).unwrap();
        assert_eq!((shrunk.estimate, shrunk.sd, shrunk.reliability), (fit.between.grand_mean, 0.0, 0.0));
    }

    #[test]
    fn known_variances_give_the_published_variance_between_trials() {
        // The 13 trials of the BCG vaccine (Colditz et al. 1994), log relative risks; `rma(yi, vi)` of R's metafor 4: tau^2 = 0.3132,
        // estimate -0.7145, standard error 0.1798 (Viechtbauer 2010, section 3).
        let table = [
            (4, 119, 11, 128),
            (6, 300, 29, 274),
            (3, 228, 11, 209),
            (62, 13_536, 248, 12_619),
            (33, 5_036, 47, 5_761),
            (180, 1_361, 372, 1_079),
            (8, 2_537, 10, 619),
            (505, 87_886, 499, 87_892),
            (29, 7_470, 45, 7_232),
            (17, 1_699, 65, 1_600),
            (186, 50_448, 141, 27_197),
            (5, 2_493, 3, 2_338),
            (27, 16_886, 29, 17_825),
        ];
        let means: Vec<KnownMean> = table
            .iter()
            .map(|&(sick, well, sick_control, well_control)| {
                let [a, b, c, d] = [sick, well, sick_control, well_control].map(f64::from);
                KnownMean { mean: (a / (a + b) / (c / (c + d))).ln(), variance: 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d) }
            })
            .collect();
        let between = BetweenGroups::of_known(&means).unwrap();
        assert!((between.variance - 0.3132).abs() < 5e-5 && (between.grand_mean + 0.7145).abs() < 5e-5);
        assert!((between.standard_error - 0.1798).abs() < 5e-5);
        assert_eq!(between.enough_to_shrink(), Ok(()));
    }

    #[test]
    fn a_group_that_answered_completely_is_moved_less() {
        let groups = groups(&[vec![1.0, 3.0], vec![4.0, 6.0], vec![7.0, 9.0]]);
        let fit = VarianceComponents::of(&groups).unwrap();
        // sampling variance 2 * (1 - 0.5) / 2
        let complete = fit.shrink_with_roster(&groups[0], 1.0, 0.5).unwrap();
        assert!((complete.reliability - 8.0 / 8.5).abs() < 1e-12);
        let without = fit.shrink_with_roster(&groups[0], 1.0, 0.0).unwrap();
        assert!((without.reliability - fit.shrink(&groups[0]).unwrap().reliability).abs() < 1e-12);
        assert!(fit.shrink_with_roster(&groups[0], 1.0, 1.0).is_err());
    }

    #[test]
    fn what_cannot_be_estimated_is_undefined() {
        assert_eq!(VarianceComponents::of(&groups(&[vec![1.0, 2.0]])), Err(Undefined::TooFewGroups));
        assert_eq!(VarianceComponents::of(&groups(&[vec![1.0], vec![2.0]])), Err(Undefined::TooFewGroups));
        assert_eq!(VarianceComponents::of(&groups(&[vec![1.0, 1.0], vec![2.0, 2.0]])), Err(Undefined::NoSpread));
        assert_eq!(BetweenGroups::of_known(&[KnownMean { mean: 1.0, variance: 1.0 }]), Err(Undefined::TooFewGroups));
        assert!(BetweenGroups::of_known(&[KnownMean { mean: 1.0, variance: 0.0 }; 2]).is_err());
        assert!(BetweenGroups::of_known(&[KnownMean { mean: f64::NAN, variance: 1.0 }; 2]).is_err());
    }

    fn some_groups() -> impl Strategy<Value = Vec<Vec<f64>>> {
        proptest::collection::vec((-2.0f64..2.0, proptest::collection::vec(1.0f64..7.0, 2..12)), 2..14)
            .prop_map(|groups| groups.into_iter().map(|(shift, values)| values.into_iter().map(|value| value + shift).collect()).collect())
    }

    proptest! {
        #[test]
        fn a_variance_is_never_negative_and_a_mean_moves_towards_the_grand_mean(values in some_groups()) {
            let groups = groups(&values);
            let fit = VarianceComponents::of(&groups).unwrap();
            prop_assert!(fit.between.variance >= 0.0 && fit.within > 0.0);
            prop_assert!((0.0..1.0).contains(&fit.icc1()));
            for group in &groups {
                let shrunk = fit.shrink(group).unwrap();
                let (low, high) = (group.mean().min(fit.between.grand_mean), group.mean().max(fit.between.grand_mean));
                prop_assert!(low - 1e-12 <= shrunk.estimate && shrunk.estimate <= high + 1e-12);
                prop_assert!((0.0..1.0).contains(&shrunk.reliability));
            }
        }

        #[test]
        fn the_order_of_people_and_of_groups_changes_no_byte(values in some_groups()) {
            let turned: Vec<Vec<f64>> = values.iter().rev().map(|values| values.iter().rev().copied().collect()).collect();
            prop_assert_eq!(VarianceComponents::of(&groups(&values)).unwrap(), VarianceComponents::of(&groups(&turned)).unwrap());
        }

        #[test]
        fn another_unit_changes_no_share(values in some_groups(), a in -50.0f64..50.0, b in 0.1f64..9.0) {
            let moved: Vec<Vec<f64>> = values.iter().map(|values| values.iter().map(|x| a - b * x).collect()).collect();
            let (here, there) = (VarianceComponents::of(&groups(&values)).unwrap(), VarianceComponents::of(&groups(&moved)).unwrap());
            prop_assert!((here.icc1() - there.icc1()).abs() < 1e-9);
        }

        #[test]
        fn no_neighbouring_variance_is_likelier(values in some_groups(), off in prop_oneof![0.5f64..0.999, 1.001f64..2.0]) {
            let groups = Group::in_order(&groups(&values));
            let fit = VarianceComponents::of(&groups).unwrap();
            let means: Vec<KnownMean> = groups.iter().map(|group| KnownMean { mean: group.mean(), variance: 1.0 / group.n() }).collect();
            let within = Within {
                squares: groups.iter().map(Group::squares).sum(),
                df: groups.iter().map(Group::n).sum::<f64>() - 1.0,
            };
            let profile = Profile { means: &means, within: Some(within) };
            let ratio = fit.between.variance / fit.within;
            prop_assert!(profile.level(ratio).value <= profile.level(ratio * off).value + 1e-9);
            prop_assert!(profile.level(ratio).value <= profile.level(0.0).value + 1e-9);
        }

        #[test]
        fn groups_of_one_size_that_differ_have_the_variance_of_the_analysis_of_variance(
            values in proptest::collection::vec(proptest::collection::vec(1.0f64..7.0, 5), 2..12)
        ) {
            let groups = groups(&values);
            let (fit, one_way) = (VarianceComponents::of(&groups).unwrap(), OneWay::of(&groups).unwrap());
            let expected = ((one_way.between - one_way.within) / 5.0).max(0.0);
            prop_assert!((fit.between.variance - expected).abs() < 1e-9 * one_way.within.max(1.0));
        }
    }
}
