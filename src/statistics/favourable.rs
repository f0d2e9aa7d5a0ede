//! Favourable shares: how many answers, or people, lie at or above a threshold.

use crate::answers::count;
use crate::distributions::normal_quantile;
use crate::{Answers, Interval, Undefined};

/// So many of so many. **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    count: usize,
    of: usize,
}

impl Share {
    /// # Errors
    /// [`Undefined::NoValues`] of nothing, [`Undefined::OutOfDomain`] for more than there are.
    pub fn new(counted: usize, of: usize) -> Result<Self, Undefined> {
        if of == 0 {
            return Err(Undefined::NoValues);
        }
        Undefined::unless(counted <= of, "count", count(counted), "at most all of them")?;
        Ok(Self { count: counted, of })
    }

    /// The share of `values` that are at least `threshold`.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without values, [`Undefined::OutOfDomain`] for a threshold that is not finite.
    pub fn at_least(values: &[f64], threshold: f64) -> Result<Self, Undefined> {
        let threshold = Undefined::unless(true, "threshold", threshold, "a finite number")?;
        Self::new(values.iter().filter(|value| **value >= threshold).count(), values.len())
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> usize {
        self.count
    }

    /// Of how many, at least 1.
    #[must_use]
    pub const fn of(self) -> usize {
        self.of
    }

    /// The share itself, 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        count(self.count) / count(self.of)
    }

    /// Wilson's 95 % interval of a share of people (Wilson 1927): with p = count / n and z the normal quantile,
    /// `(p + z^2/2n +- z * sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`.
    ///
    /// It never leaves 0 to 1, and it has a width where everybody or nobody is counted. It is meant for people, who answer
    /// independently; the pooled answers of the same people to several items are not independent.
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// None in practice: the quantile is within its domain.
    pub fn wilson(self) -> Result<Interval, Undefined> {
        let n = count(self.of);
        let p = self.value();
        let z = normal_quantile(0.975)?;
        let weight = 1.0 + z * z / n;
        let centre = (p + z * z / (2.0 * n)) / weight;
        let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / weight;
        // The ends are exactly 0 and 1 there, which the last digit of a root would spoil.
        let low = if self.count == 0 { 0.0 } else { centre - reach };
        let high = if self.count == self.of { 1.0 } else { centre + reach };
        Ok(Interval { low, high })
    }
}

/// How favourable the answers to the items of one scale are. **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct Favourable {
    /// Per item its favourable answers of all its answers; [`Undefined::NoValues`] for an item that nobody answered.
    pub items: Vec<Result<Share, Undefined>>,
}

impl Favourable {
    /// Counts answers of at least `threshold` among those given to each item; answers to reversed items must be turned already.
    /// On 1 to 5 the threshold is 4, on 1 to 7 it is 5 (AHRQ 2018: the two most positive answers; here "agree" of any strength).
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for a threshold that is not finite.
    pub fn of(answers: &Answers, threshold: f64) -> Result<Self, Undefined> {
        Undefined::unless(true, "threshold", threshold, "a finite number")?;
        let share = |item| Share::at_least(answers.item(item).ok_or(Undefined::NoValues)?.values(), threshold);
        Ok(Self { items: (0..answers.items()).map(share).collect() })
    }

    /// The composite as the Agency for Healthcare Research and Quality computes it: the unweighted mean of the items' shares
    /// (AHRQ 2018, *Hospital Survey on Patient Safety Culture: User's Guide*). An item that nobody answered is not in it.
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody answered any item.
    pub fn composite(&self) -> Result<f64, Undefined> {
        let answered = self.items.iter().flatten().count();
        if answered == 0 {
            return Err(Undefined::NoValues);
        }
        Ok(self.items.iter().flatten().map(|share| share.value()).sum::<f64>() / count(answered))
    }

    /// The favourable answers of all answers, whatever the item: items with more answers weigh more than in [`Self::composite`].
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody answered any item.
    pub fn pooled(&self) -> Result<Share, Undefined> {
        let (count, of) = self.items.iter().flatten().fold((0, 0), |(count, of), share| (count + share.count, of + share.of));
        Share::new(count, of)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{ours} here, {theirs} there");
    }

    #[test]
    fn eight_of_ten_have_wilson_s_interval() {
        let interval = Share::new(8, 10).unwrap().wilson().unwrap();
        close(interval.low, 0.490_162_471_536_641_83);
        close(interval.high, 0.943_317_848_545_624_7);
    }

    #[test]
    fn everybody_and_nobody_have_an_interval_with_a_width_within_0_and_1() {
        for n in 1..200 {
            let (none, all) = (Share::new(0, n).unwrap().wilson().unwrap(), Share::new(n, n).unwrap().wilson().unwrap());
            assert_eq!((none.low, all.high), (0.0, 1.0));
            assert!(none.high > 0.0 && all.low < 1.0);
            assert!((none.high - (1.0 - all.low)).abs() < 1e-12, "the two are mirror images");
        }
    }

    #[test]
    fn the_composite_weighs_items_equally_and_the_pooled_share_weighs_answers() {
        let rows = [[Some(4.0), Some(1.0)], [Some(5.0), None], [Some(1.0), None], [Some(4.0), Some(4.0)]];
        let favourable = Favourable::of(&Answers::new(2, rows.map(Vec::from)).unwrap(), 4.0).unwrap();
        assert_eq!(favourable.items, [Share::new(3, 4), Share::new(1, 2)]);
        close(favourable.composite().unwrap(), 0.625);
        close(favourable.pooled().unwrap().value(), 4.0 / 6.0);
    }

    #[test]
    fn an_item_that_nobody_answered_changes_neither_composite_nor_pooled_share() {
        let with = Favourable::of(&Answers::new(2, [vec![Some(4.0), None], vec![Some(2.0), None]]).unwrap(), 4.0).unwrap();
        let without = Favourable::of(&Answers::new(1, [vec![Some(4.0)], vec![Some(2.0)]]).unwrap(), 4.0).unwrap();
        assert_eq!(with.items, [Share::new(1, 2), Err(Undefined::NoValues)]);
        assert_eq!((with.composite(), with.pooled()), (without.composite(), without.pooled()));
        let nobody = Favourable::of(&Answers::new(1, [vec![None]]).unwrap(), 4.0).unwrap();
        assert_eq!((nobody.composite(), nobody.pooled()), (Err(Undefined::NoValues), Err(Undefined::NoValues)));
    }

    #[test]
    fn what_is_no_share_is_refused() {
        assert_eq!(Share::new(0, 0), Err(Undefined::NoValues));
        assert!(matches!(Share::new(3, 2), Err(Undefined::OutOfDomain { what: "count", .. })));
        assert!(Share::at_least(&[1.0], f64::NAN).is_err());
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_narrows_with_more_people(count in 0usize..500, more in 0usize..500) {
            prop_assume!(count + more > 0);
            let share = Share::new(count, count + more).unwrap();
            let interval = share.wilson().unwrap();
            prop_assert!(0.0 <= interval.low && interval.low <= share.value() && share.value() <= interval.high && interval.high <= 1.0);
            let doubled = Share::new(2 * count, 2 * (count + more)).unwrap().wilson().unwrap();
            prop_assert!(doubled.high - doubled.low < interval.high - interval.low);
        }
    }
}
