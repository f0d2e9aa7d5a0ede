//! Rows of people's answers, and how the items vary together.

use std::cmp::Ordering;

use crate::{Sample, Undefined};

/// Answers of people (rows) to items (columns); an answer may be missing, all others are finite numbers.
///
/// The rows stand in one total order whatever order they came in, so that shuffling them changes no byte of a result.
///
/// **Analyse only.** Candor keeps no rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    items: usize,
    rows: Vec<Vec<Option<f64>>>,
}

impl Answers {
    /// From rows of `items` answers each, in any order.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without items or for a row of another length, [`Undefined::OutOfDomain`] for an answer that is not finite.
    pub fn new(items: usize, rows: impl IntoIterator<Item = Vec<Option<f64>>>) -> Result<Self, Undefined> {
        let mut rows: Vec<_> = rows.into_iter().collect();
        if items == 0 || rows.iter().any(|row| row.len() != items) {
            return Err(Undefined::NoValues);
        }
        for answer in rows.iter().flatten().flatten() {
            Undefined::unless(true, "answer", *answer, "a finite number")?;
        }
        rows.sort_by(|a, b| in_order(a, b));
        Ok(Self { items, rows })
    }

    /// Number of items.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.items
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.rows.len()
    }

    /// One row per person, in an order that depends on the answers alone.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Option<f64>>] {
        &self.rows
    }

    /// Only those who answered every item (listwise deletion).
    #[must_use]
    pub fn complete(&self) -> Self {
        let complete = self.rows.iter().filter(|row| row.iter().all(Option::is_some));
        Self { items: self.items, rows: complete.cloned().collect() }
    }

    /// The answers to one item that are there; `None` when nobody answered it.
    #[must_use]
    pub fn item(&self, item: usize) -> Option<Sample> {
        Sample::new(self.rows.iter().filter_map(|row| row.get(item).copied().flatten())).ok()
    }
}

fn in_order(a: &[Option<f64>], b: &[Option<f64>]) -> Ordering {
    let each = a.iter().zip(b).map(|pair| match pair {
        (Some(a), Some(b)) => a.total_cmp(b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    each.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What is left of covariances that cancel, as a share of their sizes, is rounding and no variance.
const ROUNDING: f64 = 1e-12;

/// Sample covariances (divisor n - 1) of the items of one scale, over people who answered all of them.
///
/// **Product** (from the sums of an opening) and **analyse**.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariances {
    people: usize,
    items: usize,
    /// Row by row.
    values: Vec<f64>,
}

impl Covariances {
    /// Over the people who answered every item. **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::TooFewPeople`] with fewer than two such people, [`Undefined::OutOfDomain`] where answers are too large to be squared.
    pub fn of(answers: &Answers) -> Result<Self, Undefined> {
        let complete = answers.complete();
        let people = complete.people();
        if people < 2 {
            return Err(Undefined::TooFewPeople { people: u32::from(people == 1), needed: 2 });
        }
        let items = complete.items();
        let means = (0..items).map(|item| complete.item(item).map(|answers| answers.mean())).collect::<Option<Vec<_>>>();
        let means = means.ok_or(Undefined::NoValues)?;
        let mut values = vec![0.0; items * items];
        for row in complete.rows() {
            let distances: Vec<f64> = row.iter().zip(&means).map(|(answer, mean)| answer.unwrap_or(*mean) - mean).collect();
            let products = distances.iter().flat_map(|a| distances.iter().map(move |b| a * b));
            for (sum, product) in values.iter_mut().zip(products) {
                *sum += product;
            }
        }
        let divisor = count(people) - 1.0;
        let values = values.into_iter().map(|sum| Undefined::unless(true, "covariance", sum / divisor, "a finite number"));
        Ok(Self { people, items, values: values.collect::<Result<_, _>>()? })
    }

    /// From sums over `people` people: per item the sum of its answers, and for every two items (row by row, both orders and the
    /// squares) the sum of their products. Every numerator n * sum(ab) - sum(a) * sum(b) is exact. **Product.**
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without items, with fewer than two people, or when the lists do not fit together.
    #[expect(clippy::cast_precision_loss, reason = "sixteen digits are far more than two decimals of a coefficient need")]
    pub fn from_sums(people: u32, sums: &[u64], products: &[u64]) -> Result<Self, Undefined> {
        let items = sums.len();
        if people < 2 || items == 0 || products.len() != items * items {
            return Err(Undefined::NoValues);
        }
        let number = usize::try_from(people).unwrap_or(usize::MAX);
        let people = u128::from(people);
        let pairs = sums.iter().flat_map(|a| sums.iter().map(move |b| u128::from(*a) * u128::from(*b)));
        let centred = products.iter().zip(pairs).map(|(ab, means)| (people * u128::from(*ab)).cast_signed() - means.cast_signed());
        let divisor = (people * (people - 1)) as f64;
        Ok(Self { people: number, items, values: centred.map(|exact| exact as f64 / divisor).collect() })
    }

    /// People who answered every item, at least 2.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.people
    }

    /// Number of items.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.items
    }

    /// Covariance of two items, the variance of one where they are the same; 0 for an item that does not exist.
    #[must_use]
    pub fn of_items(&self, a: usize, b: usize) -> f64 {
        if a < self.items && b < self.items { self.values.get(a * self.items + b).copied().unwrap_or(0.0) } else { 0.0 }
    }

    /// Variance of the sum of all items; exactly 0 where the sum is the same for everybody, though items that balance each other leave a
    /// rest from rounding.
    #[must_use]
    pub fn total(&self) -> f64 {
        let (sum, size) = self.values.iter().fold((0.0, 0.0), |(sum, size), value| (sum + value, size + value.abs()));
        if sum.abs() <= ROUNDING * size { 0.0 } else { sum }
    }

    /// The same items on the scale of their standard deviations: correlations.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when everybody gives the same answer to an item.
    pub fn correlations(&self) -> Result<Self, Undefined> {
        let sds: Vec<f64> = (0..self.items).map(|item| self.of_items(item, item).max(0.0).sqrt()).collect();
        if sds.contains(&0.0) {
            return Err(Undefined::NoSpread);
        }
        let products = sds.iter().flat_map(|a| sds.iter().map(move |b| a * b));
        Ok(Self { values: self.values.iter().zip(products).map(|(value, product)| value / product).collect(), ..*self })
    }

    /// From a matrix, row by row, as the literature gives it.
    #[cfg(test)]
    pub(crate) fn given(items: usize, values: Vec<f64>) -> Self {
        Self { people: 2, items, values }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no survey has 2^52 respondents")]
pub(crate) const fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn rows(values: &[[u8; 3]]) -> Vec<Vec<Option<f64>>> {
        values.iter().map(|row| row.iter().map(|answer| (*answer > 0).then_some(f64::from(*answer))).collect()).collect()
    }

    #[test]
    fn listwise_means_everybody_who_answered_everything() {
        let answers = Answers::new(3, rows(&[[1, 2, 3], [4, 0, 5], [2, 2, 7], [0, 0, 0]])).unwrap();
        assert_eq!((answers.people(), answers.complete().people(), answers.items()), (4, 2, 3));
        assert_eq!(answers.item(1).unwrap().values(), [2.0, 2.0]);
        assert_eq!(answers.item(3), None);
        let covariances = Covariances::of(&answers).unwrap();
        assert_eq!((covariances.people(), covariances.of_items(0, 0), covariances.of_items(0, 2)), (2, 0.5, 2.0));
        assert_eq!(covariances.correlations(), Err(Undefined::NoSpread));
    }

    #[test]
    fn items_that_balance_each_other_leave_no_variance_of_their_sum() {
        // Everybody's answers sum to 9; in binary, thirds leave a rest.
        let answers = Answers::new(3, rows(&[[3, 3, 3], [1, 4, 4], [1, 4, 4]])).unwrap();
        assert_eq!(Covariances::of(&answers).unwrap().total(), 0.0);
    }

    #[test]
    fn what_is_not_a_table_of_answers_is_refused() {
        assert_eq!(Answers::new(0, []), Err(Undefined::NoValues));
        assert_eq!(Answers::new(2, [vec![Some(1.0)]]), Err(Undefined::NoValues));
        assert!(Answers::new(1, [vec![Some(f64::NAN)]]).is_err());
        let alone = Answers::new(1, [vec![Some(1.0)]]).unwrap();
        assert_eq!(Covariances::of(&alone), Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
        assert_eq!(Covariances::from_sums(1, &[3], &[9]), Err(Undefined::NoValues));
        assert_eq!(Covariances::from_sums(9, &[3, 4], &[9]), Err(Undefined::NoValues));
    }

    proptest! {
        #[test]
        fn shuffled_rows_are_the_same_answers(values in proptest::collection::vec(proptest::array::uniform3(0u8..=7), 1..30), turn in 0usize..30) {
            let mut turned = values.clone();
            turned.rotate_left(turn % values.len());
            prop_assert_eq!(Answers::new(3, rows(&values)).unwrap(), Answers::new(3, rows(&turned)).unwrap());
        }

        #[test]
        fn covariances_of_rows_are_those_of_their_sums(values in proptest::collection::vec(proptest::array::uniform3(1u8..=7), 2..60)) {
            let of_rows = Covariances::of(&Answers::new(3, rows(&values)).unwrap()).unwrap();
            let sums: Vec<u64> = (0..3).map(|a| values.iter().map(|row| u64::from(row[a])).sum()).collect();
            let product = |a: usize, b: usize| values.iter().map(|row| u64::from(row[a]) * u64::from(row[b])).sum::<u64>();
            let products: Vec<u64> = (0..9).map(|place| product(place / 3, place % 3)).collect();
            let of_sums = Covariances::from_sums(u32::try_from(values.len()).unwrap(), &sums, &products).unwrap();
            for (a, b) in of_rows.values.iter().zip(&of_sums.values) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
