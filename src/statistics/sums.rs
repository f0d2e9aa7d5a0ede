//! Exact sums of whole numbers, of one group and of many: what the opening and the panel keep instead of rows.

use std::collections::BTreeMap;

use crate::{OneWay, Undefined};

/// How many whole numbers, their sum and the sum of their squares: all that mean and variance need.
///
/// The sums are exact, so they are the same in any order and on any number of threads. **Product** (the constants of an opening).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub n: u32,
    /// Their sum.
    pub x: u64,
    /// The sum of their squares.
    pub xx: u128,
}

impl Sums {
    /// Counts one more number.
    pub fn add(&mut self, value: u32) {
        self.n += 1;
        self.x += u64::from(value);
        self.xx += u128::from(value) * u128::from(value);
    }

    /// Counts all that `other` has counted.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.x += other.x;
        self.xx += other.xx;
    }

    /// n times the sum of squared distances from the mean, n * sum(x^2) - sum(x)^2: exact, and 0 just when all numbers are alike.
    #[must_use]
    pub fn scatter(&self) -> u128 {
        (u128::from(self.n) * self.xx).saturating_sub(u128::from(self.x) * u128::from(self.x))
    }

    /// Sum of squared distances from the mean; 0 without numbers.
    #[must_use]
    pub fn squares(&self) -> f64 {
        if self.n == 0 { 0.0 } else { rounded(self.scatter()) / f64::from(self.n) }
    }

    /// The mean.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without numbers.
    pub fn mean(&self) -> Result<f64, Undefined> {
        if self.n == 0 { Err(Undefined::NoValues) } else { Ok(rounded(u128::from(self.x)) / f64::from(self.n)) }
    }

    /// The sample variance, divisor n - 1; 0 just when all numbers are alike.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] with fewer than two numbers.
    pub fn variance(&self) -> Result<f64, Undefined> {
        if self.n < 2 { Err(Undefined::NoValues) } else { Ok(rounded(self.scatter()) / (f64::from(self.n) * (f64::from(self.n) - 1.0))) }
    }
}

/// An exact sum as the nearest number with sixteen digits.
#[expect(clippy::cast_precision_loss, reason = "sums are exact up to here; sixteen digits are kept")]
pub(crate) const fn rounded(sum: u128) -> f64 {
    sum as f64
}

/// The [`Sums`] of many groups, as far as an analysis of variance needs them: no order of groups is kept, so none matters.
///
/// **Product** (the constants of an opening).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupSums {
    all: Sums,
    by_size: BTreeMap<u32, OfSize>,
}

/// The groups of one size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct OfSize {
    groups: u32,
    /// The sum of their [`Sums::scatter`].
    scatter: u128,
}

impl GroupSums {
    /// The sums of these groups; groups without numbers do not count.
    #[must_use]
    pub fn of<'a>(groups: impl IntoIterator<Item = &'a Sums>) -> Self {
        let mut found = Self::default();
        groups.into_iter().for_each(|group| found.add(group));
        found
    }

    /// One more group; a group without numbers does not count.
    pub fn add(&mut self, group: &Sums) {
        if group.n > 0 {
            self.all.merge(group);
            let alike = self.by_size.entry(group.n).or_default();
            alike.groups += 1;
            alike.scatter += group.scatter();
        }
    }

    /// The groups of `other` too.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        for (size, theirs) in &other.by_size {
            let ours = self.by_size.entry(*size).or_default();
            ours.groups += theirs.groups;
            ours.scatter += theirs.scatter;
        }
    }

    /// How many groups have numbers.
    #[must_use]
    pub fn groups(&self) -> u32 {
        self.by_size.values().map(|alike| alike.groups).sum()
    }

    /// The sums over all groups together.
    #[must_use]
    pub const fn all(&self) -> Sums {
        self.all
    }

    /// Sum of squared distances from the mean of the own group.
    #[must_use]
    pub fn squares_within(&self) -> f64 {
        self.by_size.iter().map(|(size, alike)| rounded(alike.scatter) / f64::from(*size)).sum()
    }

    /// The pooled standard deviation within groups, sqrt(SSW / (N - J)).
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] when no group has two numbers.
    pub fn sd_within(&self) -> Result<f64, Undefined> {
        let freedom = self.all.n.saturating_sub(self.groups());
        if freedom == 0 { Err(Undefined::TooFewGroups) } else { Ok((self.squares_within() / f64::from(freedom)).sqrt()) }
    }

    /// The analysis of variance of numbers that were counted in whole multiples of 1 / `parts`: its mean squares are those of the
    /// numbers themselves.
    ///
    /// # Errors
    /// Those of [`OneWay::new`]; [`Undefined::OutOfDomain`] for 0 parts.
    pub fn one_way(&self, parts: u32) -> Result<OneWay, Undefined> {
        let parts = Undefined::unless(parts > 0, "parts", f64::from(parts), "1 or more")?;
        let within = self.squares_within();
        let between = (self.all.squares() - within).max(0.0);
        let sizes: Vec<u32> = self
            .by_size
            .iter()
            .flat_map(|(size, alike)| std::iter::repeat_n(*size, usize::try_from(alike.groups).unwrap_or(usize::MAX)))
            .collect();
        OneWay::new(&sizes, between / (parts * parts), within / (parts * parts))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn sums(values: &[u32]) -> Sums {
        let mut sums = Sums::default();
        values.iter().for_each(|value| sums.add(*value));
        sums
    }

    #[test]
    fn mean_and_variance_by_hand() {
        let four = sums(&[1, 2, 3, 6]);
        assert_eq!((four.mean().unwrap(), four.squares(), four.scatter()), (3.0, 14.0, 56));
        assert_eq!(four.variance().unwrap(), 14.0 / 3.0);
        assert_eq!(sums(&[7]).variance(), Err(Undefined::NoValues));
        assert_eq!(sums(&[]).mean(), Err(Undefined::NoValues));
        assert_eq!(sums(&[]).squares(), 0.0);
    }

    #[test]
    fn groups_by_hand() {
        // 1 3 | 4 6 | 7 9, and a group in which nobody answered.
        let groups = GroupSums::of([&sums(&[1, 3]), &sums(&[4, 6]), &sums(&[]), &sums(&[7, 9])]);
        assert_eq!((groups.groups(), groups.all().n, groups.squares_within()), (3, 6, 6.0));
        assert_eq!(groups.sd_within().unwrap(), 2.0_f64.sqrt());
        let in_halves = groups.one_way(2).unwrap();
        assert_eq!((in_halves.between, in_halves.within), (18.0 / 4.0, 2.0 / 4.0));
        assert!(matches!(groups.one_way(0), Err(Undefined::OutOfDomain { what: "parts", .. })));
        assert_eq!(GroupSums::of([&sums(&[4]), &sums(&[5])]).sd_within(), Err(Undefined::TooFewGroups));
    }

    proptest! {
        #[test]
        fn the_order_of_groups_and_where_they_are_cut_in_two_do_not_matter(
            groups in proptest::collection::vec(proptest::collection::vec(0u32..5_000, 0..9), 0..30),
            cut in 0usize..30,
        ) {
            let groups: Vec<Sums> = groups.iter().map(|values| sums(values)).collect();
            let (first, second) = groups.split_at(cut.min(groups.len()));
            let mut merged = GroupSums::of(second.iter().rev());
            merged.merge(&GroupSums::of(first));
            prop_assert_eq!(GroupSums::of(&groups), merged);
        }
    }
}
