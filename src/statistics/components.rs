//! How far groups differ: one-way analysis of variance and the intraclass correlations.

use crate::Undefined;

/// A one-way analysis of variance over groups of any size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneWay {
    /// Mean square between groups, SSB / (J - 1).
    pub between: f64,
    /// Mean square within groups, SSW / (N - J).
    pub within: f64,
    /// The size that groups of different size stand for, (N - sum(n^2) / N) / (J - 1) (Searle, Casella & McCulloch 1992).
    pub size: f64,
}

impl OneWay {
    /// From the sizes of the groups that have values, and the sums of squares between and within them.
    ///
    /// # Errors
    /// [`Undefined::TooFewGroups`] with fewer than two groups, or when every group has one value; [`Undefined::OutOfDomain`] for a
    /// negative sum of squares.
    pub fn new(sizes: &[u32], squares_between: f64, squares_within: f64) -> Result<Self, Undefined> {
        let squares_between = Undefined::unless(squares_between >= 0.0, "sum of squares between", squares_between, "0 or more")?;
        let squares_within = Undefined::unless(squares_within >= 0.0, "sum of squares within", squares_within, "0 or more")?;
        let sizes: Vec<f64> = sizes.iter().filter(|size| **size > 0).map(|size| f64::from(*size)).collect();
        let groups = sizes.iter().map(|_| 1.0).sum::<f64>();
        let people = sizes.iter().sum::<f64>();
        if groups < 2.0 || people <= groups {
            return Err(Undefined::TooFewGroups);
        }
        let size = (people - sizes.iter().map(|size| size * size).sum::<f64>() / people) / (groups - 1.0);
        Ok(Self { between: squares_between / (groups - 1.0), within: squares_within / (people - groups), size })
    }

    /// ICC(1), the share of the differences between people that lies between groups: (MSB - MSW) / (MSB + (n0 - 1) * MSW)
    /// (Bliese 2000, with Searle's n0). Negative when groups differ less than chance makes them differ.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when all values are the same.
    pub fn icc1(&self) -> Result<f64, Undefined> {
        let all = self.between + (self.size - 1.0) * self.within;
        if all > 0.0 { Ok((self.between - self.within) / all) } else { Err(Undefined::NoSpread) }
    }

    /// ICC(2), how reliable the mean of a group of average size is: (MSB - MSW) / MSB (Bliese 2000).
    ///
    /// # Errors
    /// [`Undefined::NoDifferenceBetweenGroups`] unless groups differ more than people within them (F > 1).
    pub fn icc2(&self) -> Result<f64, Undefined> {
        if self.between > self.within { Ok((self.between - self.within) / self.between) } else { Err(Undefined::NoDifferenceBetweenGroups) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

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
}
