//! A group of values, summed up.

use crate::{Sample, Undefined};

/// What analysis of variance, variance components and trends need to know of a group: how many values, their mean, and how far they
/// lie from it.
///
/// **Product** and **analyse**: from rows with [`Group::of`], from sums with [`Group::new`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    n: u32,
    mean: f64,
    squares: f64,
}

impl Group {
    /// From sums: `n` values, their mean, and the sum of their squared distances from it.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] for n = 0; [`Undefined::OutOfDomain`] for a mean that is not finite or a negative sum of squares.
    pub fn new(n: u32, mean: f64, squares: f64) -> Result<Self, Undefined> {
        if n == 0 {
            return Err(Undefined::NoValues);
        }
        let mean = Undefined::unless(true, "mean", mean, "a finite number")?;
        let squares = Undefined::unless(squares >= 0.0, "sum of squares", squares, "0 or more")?;
        Ok(Self { n, mean, squares })
    }

    /// From the values themselves. Values that are all the same have a sum of squares of exactly 0, whatever rounding does to a mean.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for more than 2^32 - 1 values, or values so large that their squares are not finite.
    pub fn of(sample: &Sample) -> Result<Self, Undefined> {
        let n = u32::try_from(sample.len()).map_err(|_| Undefined::OutOfDomain {
            what: "number of values",
            value: sample.n(),
            domain: "less than 4,294,967,296",
        })?;
        Self::new(n, sample.mean(), sample.squares())
    }

    /// How many values.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.n
    }

    /// How many values, as a number to compute with.
    #[must_use]
    pub fn n(&self) -> f64 {
        f64::from(self.n)
    }

    /// Their mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The sum of their squared distances from the mean.
    #[must_use]
    pub fn squares(&self) -> f64 {
        self.squares
    }

    /// The variance of their mean when they are a sample of their own: s^2 / n.
    ///
    /// # Errors
    /// [`Undefined::TooFewPeople`] for one value.
    pub fn variance_of_mean(&self) -> Result<f64, Undefined> {
        if self.n < 2 {
            return Err(Undefined::TooFewPeople { people: 1, needed: 2 });
        }
        Ok(self.squares / (self.n() - 1.0) / self.n())
    }

    /// Groups in one total order, so that sums over them do not depend on the order in which they came.
    pub(crate) fn in_order(groups: &[Self]) -> Vec<Self> {
        let mut groups = groups.to_vec();
        groups.sort_by(|a, b| a.n.cmp(&b.n).then(a.mean.total_cmp(&b.mean)).then(a.squares.total_cmp(&b.squares)));
        groups
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_group_is_its_size_its_mean_and_its_spread() {
        let group = Group::of(&Sample::new([1.0, 2.0, 6.0]).unwrap()).unwrap();
        assert_eq!(group, Group::new(3, 3.0, 14.0).unwrap());
        assert_eq!(group.variance_of_mean().unwrap(), 14.0 / 2.0 / 3.0);
        assert_eq!(Group::new(1, 3.0, 0.0).unwrap().variance_of_mean(), Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
    }

    #[test]
    fn what_is_no_group_is_refused() {
        assert_eq!(Group::new(0, 1.0, 0.0), Err(Undefined::NoValues));
        assert!(Group::new(2, f64::NAN, 0.0).is_err() && Group::new(2, 1.0, -1.0).is_err());
        assert!(Group::of(&Sample::new([1e300, -1e300]).unwrap()).is_err());
    }
}
