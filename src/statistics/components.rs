//! How far groups differ: one-way analysis of variance and the intraclass correlations.

use crate::distributions::{f_quantile, f_survival};
use crate::{Group, Interval, Undefined};

/// A one-way analysis of variance over groups of any size.
///
/// **Product** (mean squares, ICC(1) and ICC(2)) and **analyse** (everything).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneWay {
    /// Groups J that have values.
    pub groups: u32,
    /// Values N in all of them.
    pub people: u32,
    /// Mean square between groups, SSB / (J - 1).
    pub between: f64,
    /// Mean square within groups, SSW / (N - J).
    pub within: f64,
    /// The size that groups of different size stand for, n0 = (N - sum(n^2) / N) / (J - 1) (Searle, Casella & McCulloch 1992).
    pub size: f64,
}

impl OneWay {
    /// From the sizes of the groups that have values, and the sums of squares between and within them.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] with fewer than two groups, or when every group has one value; [`Undefined::OutOfDomain`] for a
    /// negative sum of squares, or for more than 2^32 - 1 values.
    pub fn new(sizes: &[u32], squares_between: f64, squares_within: f64) -> Result<Self, Undefined> {
        let squares_between = Undefined::unless(squares_between >= 0.0, "sum of squares between", squares_between, "0 or more")?;
        let squares_within = Undefined::unless(squares_within >= 0.0, "sum of squares within", squares_within, "0 or more")?;
        let (mut groups, mut people, mut squared_sizes) = (0_u32, 0_u32, 0.0);
        for &size in sizes.iter().filter(|size| **size > 0) {
            groups = groups.saturating_add(1);
            people = people.checked_add(size).ok_or(Undefined::OutOfDomain {
                what: "number of values",
                value: f64::from(people) + f64::from(size),
                domain: "less than 4,294,967,296",
            })?;
            squared_sizes += f64::from(size).powi(2);
        }
        if groups < 2 || people <= groups {
            return Err(Undefined::TooFewGroups);
        }
        let one_way = Self { groups, people, between: 0.0, within: 0.0, size: 0.0 };
        let (df_between, df_within) = one_way.degrees_of_freedom();
        Ok(Self {
            between: squares_between / df_between,
            within: squares_within / df_within,
            size: (f64::from(people) - squared_sizes / f64::from(people)) / df_between,
            ..one_way
        })
    }

    /// From groups of values. A group with one value counts among the groups and adds nothing to the spread within them.
    ///
    /// # Errors
    /// As [`OneWay::new`].
    pub fn of(groups: &[Group]) -> Result<Self, Undefined> {
        let groups = Group::in_order(groups);
        let people: f64 = groups.iter().map(Group::n).sum();
        // Means are taken from where the groups are, so that a scale far from zero costs no digits.
        let origin = groups.first().map_or(0.0, Group::mean);
        let grand = groups.iter().map(|group| group.n() * (group.mean() - origin)).sum::<f64>() / people;
        let between = groups.iter().map(|group| group.n() * (group.mean() - origin - grand).powi(2)).sum();
        let within = groups.iter().map(Group::squares).sum();
        let sizes: Vec<u32> = groups.iter().map(Group::size).collect();
        Self::new(&sizes, between, within)
    }

    /// J - 1 and N - J.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> (f64, f64) {
        (f64::from(self.groups) - 1.0, f64::from(self.people) - f64::from(self.groups))
    }

    /// The average size of a group, N / J: what the R package multilevel uses where Searle's n0 ([`OneWay::size`]) is meant.
    #[must_use]
    pub fn mean_size(&self) -> f64 {
        f64::from(self.people) / f64::from(self.groups)
    }

    /// F = MSB / MSW.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when nobody differs from anybody in the same group.
    pub fn f(&self) -> Result<f64, Undefined> {
        if self.within > 0.0 && (self.between / self.within).is_finite() {
            Ok(self.between / self.within)
        } else {
            Err(Undefined::NoSpread)
        }
    }

    /// How probable an F at least as large is if groups do not differ: the upper tail of F on J - 1 and N - J, exact far out.
    ///
    /// # Errors
    /// As [`OneWay::f`].
    pub fn p(&self) -> Result<f64, Undefined> {
        let (df_between, df_within) = self.degrees_of_freedom();
        f_survival(self.f()?, df_between, df_within)
    }

    /// ICC(1), the share of the differences between people that lies between groups: (MSB - MSW) / (MSB + (n0 - 1) * MSW)
    /// (Bliese 2000, with Searle's n0). Negative when groups differ less than chance makes them differ, and then left so.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when all values are the same.
    pub fn icc1(&self) -> Result<f64, Undefined> {
        self.icc1_for(self.size)
    }

    /// ICC(1) with the average size N / J in place of n0, as the R package multilevel has it.
    ///
    /// # Errors
    /// As [`OneWay::icc1`].
    pub fn icc1_mean_size(&self) -> Result<f64, Undefined> {
        self.icc1_for(self.mean_size())
    }

    fn icc1_for(&self, size: f64) -> Result<f64, Undefined> {
        let all = self.between + (size - 1.0) * self.within;
        if all > 0.0 { Ok((self.between - self.within) / all) } else { Err(Undefined::NoSpread) }
    }

    /// The interval of ICC(1) with Searle's n0: (F / F* - 1) / (F / F* + n0 - 1), where F* is the F that chance stays below with
    /// probability (1 + confidence) / 2 for the lower end and (1 - confidence) / 2 for the upper one (Searle 1971, section 9.9;
    /// exact for groups of one size). `confidence` lies between 0 and 1, commonly 0.95.
    ///
    /// # Errors
    /// As [`OneWay::f`]; [`Undefined::OutOfDomain`] for a confidence outside its domain.
    pub fn icc1_interval(&self, confidence: f64) -> Result<Interval, Undefined> {
        let confidence = Undefined::unless(confidence > 0.0 && confidence < 1.0, "confidence", confidence, "more than 0 and less than 1")?;
        let (df_between, df_within) = self.degrees_of_freedom();
        let f = self.f()?;
        let end = |p: f64| {
            let ratio = f / f_quantile(p, df_between, df_within)?;
            Ok((ratio - 1.0) / (ratio + self.size - 1.0))
        };
        Ok(Interval { low: end(0.5 + confidence / 2.0)?, high: end(0.5 - confidence / 2.0)? })
    }

    /// ICC(2), how reliable the mean of a group of average size is: (MSB - MSW) / MSB (Bliese 2000).
    ///
    /// # Errors
    /// [`Undefined::NoDifferenceBetweenGroups`] unless groups differ more than people within them (F > 1).
    pub fn icc2(&self) -> Result<f64, Undefined> {
        if self.between > self.within { Ok((self.between - self.within) / self.between) } else { Err(Undefined::NoDifferenceBetweenGroups) }
    }

    /// Eta squared, the share of the sum of squares that lies between groups in these data: SSB / (SSB + SSW). It is never negative
    /// and grows with the number of groups by chance alone; [`OneWay::omega_squared`] does not.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when all values are the same.
    pub fn eta_squared(&self) -> Result<f64, Undefined> {
        let (between, within) = self.squares();
        if between + within > 0.0 { Ok(between / (between + within)) } else { Err(Undefined::NoSpread) }
    }

    /// Omega squared, the same share in the population: (SSB - (J - 1) * MSW) / (SSB + SSW + MSW) (Hays 1963). May be negative.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when all values are the same.
    pub fn omega_squared(&self) -> Result<f64, Undefined> {
        let (between, within) = self.squares();
        let all = between + within + self.within;
        if all > 0.0 { Ok((between - self.degrees_of_freedom().0 * self.within) / all) } else { Err(Undefined::NoSpread) }
    }

    fn squares(&self) -> (f64, f64) {
        let (df_between, df_within) = self.degrees_of_freedom();
        (self.between * df_between, self.within * df_within)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Sample;
    use proptest::prelude::*;

    #[test]
    fn by_hand_three_groups_of_two() {
        // Values 1 3 | 4 6 | 7 9: group means 2, 5, 8; SSB = 2 * (9 + 0 + 9) = 36, SSW = 3 * 2 = 6.
        let one_way = OneWay::new(&[2, 2, 2], 36.0, 6.0).unwrap();
        assert_eq!((one_way.between, one_way.within, one_way.size), (18.0, 2.0, 2.0));
        assert_eq!((one_way.icc1().unwrap(), one_way.icc2().unwrap()), (0.8, 16.0 / 18.0));
    }

    #[test]
    fn groups_that_do_not_differ_have_a_negative_icc1_and_no_icc2() {
        let alike = OneWay::new(&[5, 5], 0.0, 8.0).unwrap();
        assert_eq!(alike.icc1().unwrap(), -0.25);
        assert_eq!(alike.icc2(), Err(Undefined::NoDifferenceBetweenGroups));
    }

    #[test]
    fn what_cannot_be_compared_is_undefined() {
        assert_eq!(OneWay::new(&[9], 0.0, 4.0), Err(Undefined::TooFewGroups));
        assert_eq!(OneWay::new(&[1, 1, 0, 1], 4.0, 0.0), Err(Undefined::TooFewGroups));
        assert!(OneWay::new(&[2, 2], -1.0, 4.0).is_err() && OneWay::new(&[2, 2], 1.0, f64::NAN).is_err());
        let same = OneWay::new(&[2, 2], 0.0, 0.0).unwrap();
        assert_eq!(same.icc1(), Err(Undefined::NoSpread));
        assert_eq!(same.icc2(), Err(Undefined::NoDifferenceBetweenGroups));
    }

    #[test]
    fn values_and_their_sums_say_the_same() {
        let groups: Vec<Group> =
            [[1.0, 3.0], [4.0, 6.0], [7.0, 9.0]].map(|values| Group::of(&Sample::new(values).unwrap()).unwrap()).to_vec();
        assert_eq!(OneWay::of(&groups).unwrap(), OneWay::new(&[2, 2, 2], 36.0, 6.0).unwrap());
    }

    #[test]
    fn the_share_between_groups_by_hand() {
        // SSB = 36 on 2, SSW = 6 on 3: F = 9; eta^2 = 36 / 42; omega^2 = (36 - 2 * 2) / (42 + 2); P(F(2, 3) > 9) = (1 + 2 * 9 / 3)^-1.5.
        let one_way = OneWay::new(&[2, 2, 2], 36.0, 6.0).unwrap();
        assert_eq!(one_way.f().unwrap(), 9.0);
        assert!((one_way.p().unwrap() - 7.0_f64.powf(-1.5)).abs() < 1e-14);
        assert!((one_way.eta_squared().unwrap() - 36.0 / 42.0).abs() < 1e-15);
        assert!((one_way.omega_squared().unwrap() - 32.0 / 44.0).abs() < 1e-15);
        let interval = one_way.icc1_interval(0.95).unwrap();
        assert!(interval.contains(0.8) && interval.high < 1.0);
        assert!(one_way.icc1_interval(1.0).is_err() && one_way.icc1_interval(0.0).is_err());
    }

    #[test]
    fn groups_whose_people_all_agree_have_no_f_and_an_icc1_of_one() {
        let agreed: Vec<Group> = [[0.1; 3], [0.7; 3]].map(|values| Group::of(&Sample::new(values).unwrap()).unwrap()).to_vec();
        let one_way = OneWay::of(&agreed).unwrap();
        assert_eq!((one_way.f(), one_way.p()), (Err(Undefined::NoSpread), Err(Undefined::NoSpread)));
        assert_eq!(one_way.icc1_interval(0.95), Err(Undefined::NoSpread));
        assert_eq!((one_way.icc1().unwrap(), one_way.icc2().unwrap(), one_way.eta_squared().unwrap()), (1.0, 1.0, 1.0));
    }

    fn groups_of_values() -> impl Strategy<Value = Vec<Vec<f64>>> {
        proptest::collection::vec(proptest::collection::vec(1.0f64..7.0, 2..12), 2..12)
    }

    fn analysed(groups: &[Vec<f64>]) -> OneWay {
        let groups: Vec<Group> = groups.iter().map(|values| Group::of(&Sample::new(values.clone()).unwrap()).unwrap()).collect();
        OneWay::of(&groups).unwrap()
    }

    proptest! {
        #[test]
        fn another_unit_changes_no_icc(groups in groups_of_values(), a in -50.0f64..50.0, b in prop_oneof![-9.0f64..-0.1, 0.1f64..9.0]) {
            let moved: Vec<Vec<f64>> = groups.iter().map(|values| values.iter().map(|x| a + b * x).collect()).collect();
            let (here, there) = (analysed(&groups), analysed(&moved));
            prop_assert!((here.icc1().unwrap() - there.icc1().unwrap()).abs() < 1e-10);
            prop_assert!((here.omega_squared().unwrap() - there.omega_squared().unwrap()).abs() < 1e-10);
            prop_assert!((here.p().unwrap() - there.p().unwrap()).abs() < 1e-8);
        }

        #[test]
        fn the_order_of_people_and_of_groups_changes_no_byte(groups in groups_of_values()) {
            let turned: Vec<Vec<f64>> = groups.iter().rev().map(|values| values.iter().rev().copied().collect()).collect();
            prop_assert_eq!(analysed(&groups), analysed(&turned));
        }
    }
}
