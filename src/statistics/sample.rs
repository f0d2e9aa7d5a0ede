//! Finite numbers in ascending order.

use crate::Undefined;

/// At least one number, all of them finite, in ascending order: whoever adds them up adds them in the same order, so that the order
/// of the rows that they came from changes no byte of a result.
///
/// **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    ascending: Vec<f64>,
}

impl Sample {
    /// From numbers in any order.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without numbers, [`Undefined::OutOfDomain`] for one that is not finite.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Result<Self, Undefined> {
        let checked = values.into_iter().map(|value| Undefined::unless(true, "value", value, "a finite number"));
        let mut ascending = checked.collect::<Result<Vec<_>, _>>()?;
        if ascending.is_empty() {
            return Err(Undefined::NoValues);
        }
        ascending.sort_by(f64::total_cmp);
        Ok(Self { ascending })
    }

    /// The numbers, ascending.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.ascending
    }

    /// How many there are, at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a sample is never empty")]
    pub fn len(&self) -> usize {
        self.ascending.len()
    }

    /// How many there are, for formulas.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no survey has 2^52 answers")]
    pub fn n(&self) -> f64 {
        self.ascending.len() as f64
    }

    /// Arithmetic mean, within the smallest and the largest number.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let (least, greatest) = self.range();
        (self.ascending.iter().sum::<f64>() / self.n()).clamp(least, greatest)
    }

    /// The smallest and the largest number.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let least = self.ascending.first().copied().unwrap_or_default();
        (least, self.ascending.last().copied().unwrap_or(least))
    }

    /// The middle number, or the mean of the two middle ones.
    #[must_use]
    pub fn median(&self) -> f64 {
        let at = |place: usize| self.ascending.get(place).copied().unwrap_or_default();
        f64::midpoint(at((self.len() - 1) / 2), at(self.len() / 2))
    }

    /// Sum of squared distances from the mean; exactly 0 when all numbers are the same.
    #[must_use]
    pub fn squares(&self) -> f64 {
        let mean = self.mean();
        self.ascending.iter().map(|value| (value - mean).powi(2)).sum()
    }

    /// Sample variance, divisor n - 1.
    ///
    /// # Errors
    /// [`Undefined::TooFewPeople`] for a single number, [`Undefined::OutOfDomain`] where numbers are too large to be squared.
    pub fn variance(&self) -> Result<f64, Undefined> {
        if self.len() < 2 {
            return Err(Undefined::TooFewPeople { people: 1, needed: 2 });
        }
        Undefined::unless(true, "variance", self.squares() / (self.n() - 1.0), "a finite number")
    }

    /// Sample standard deviation, divisor n - 1.
    ///
    /// # Errors
    /// As [`Self::variance`].
    pub fn sd(&self) -> Result<f64, Undefined> {
        self.variance().map(f64::sqrt)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand_four_numbers() {
        let sample = Sample::new([5.0, 1.0, 2.0, 4.0]).unwrap();
        assert_eq!((sample.len(), sample.n(), sample.mean(), sample.median()), (4, 4.0, 3.0, 3.0));
        assert_eq!((sample.squares(), sample.variance().unwrap(), sample.range()), (10.0, 10.0 / 3.0, (1.0, 5.0)));
        assert_eq!(Sample::new([2.0, 9.0, 4.0]).unwrap().median(), 4.0);
    }

    #[test]
    fn the_same_number_many_times_has_no_spread_at_all() {
        // Three times 0.1 do not add up to 0.3, and the mean must not be beside the numbers for it.
        let same = Sample::new([0.1; 3]).unwrap();
        assert_eq!((same.mean(), same.squares(), same.sd().unwrap()), (0.1, 0.0, 0.0));
    }

    #[test]
    fn nothing_one_number_and_no_number() {
        assert_eq!(Sample::new([]), Err(Undefined::NoValues));
        assert_eq!(Sample::new([3.0]).unwrap().variance(), Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
        assert!(Sample::new([1.0, f64::NAN]).is_err() && Sample::new([f64::INFINITY]).is_err());
    }

    proptest! {
        #[test]
        fn the_order_of_the_rows_changes_no_byte(values in proptest::collection::vec(-9.0f64..9.0, 1..50), turn in 0usize..50) {
            let mut turned = values.clone();
            turned.rotate_left(turn % values.len());
            turned.reverse();
            let (a, b) = (Sample::new(values).unwrap(), Sample::new(turned).unwrap());
            prop_assert_eq!(a.mean().to_bits(), b.mean().to_bits());
            prop_assert_eq!(a.squares().to_bits(), b.squares().to_bits());
        }
    }
}
