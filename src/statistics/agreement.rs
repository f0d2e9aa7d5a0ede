//! How far the people of one group agree: rwg, rwg(j), r*wg(j) and the average deviation.
//!
//! Agreement tells what people answered: a group without any deviation gives away every single answer. Candor therefore publishes no
//! measure of this module for a group; they are for `candor analyse` alone.

use crate::answers::count;
use crate::{Answers, Sample, Undefined};

/// James, Demaree & Wolf (1984): somewhat more answers at the upper end of five options, variance 1.34.
/// **Analyse only.**
pub const SLIGHTLY_SKEWED_OF_5: [f64; 5] = [0.05, 0.15, 0.20, 0.35, 0.25];

/// LeBreton & Senter (2008): most answers at the upper end of five options, variance 0.90.
/// **Analyse only.**
pub const MODERATELY_SKEWED_OF_5: [f64; 5] = [0.0, 0.10, 0.15, 0.40, 0.35];

/// LeBreton & Senter (2008): nearly all answers at the upper end of five options, variance 0.44.
/// **Analyse only.**
pub const HEAVILY_SKEWED_OF_5: [f64; 5] = [0.0, 0.0, 0.10, 0.40, 0.50];

/// The variance that answers of people would have who agree in nothing: what agreement is measured against. **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NullVariance(f64);

impl NullVariance {
    /// A variance as published, for instance 2.90 for a slight skew of seven options (LeBreton & Senter 2008).
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] unless it is more than 0 and finite.
    pub fn new(variance: f64) -> Result<Self, Undefined> {
        Undefined::unless(variance > 0.0, "variance without agreement", variance, "more than 0").map(Self)
    }

    /// Every one of `options` neighbouring whole numbers is equally likely: (A^2 - 1) / 12, which is 2 for five and 4 for seven.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] below two options.
    pub fn uniform(options: u32) -> Result<Self, Undefined> {
        let options = f64::from(options);
        Undefined::unless(options >= 2.0, "answer options", options, "2 or more").map(|a| Self((a * a - 1.0) / 12.0))
    }

    /// The options 1, 2, ... with these probabilities, for instance [`SLIGHTLY_SKEWED_OF_5`].
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] unless the probabilities are not negative and sum to 1, and more than one option is possible.
    pub fn of(probabilities: &[f64]) -> Result<Self, Undefined> {
        for probability in probabilities {
            Undefined::unless(*probability >= 0.0, "probability of an option", *probability, "0 to 1")?;
        }
        let sum: f64 = probabilities.iter().sum();
        Undefined::unless((sum - 1.0).abs() < 1e-9, "sum of the options' probabilities", sum, "1")?;
        let options = || (1_u32..).map(f64::from).zip(probabilities);
        let mean: f64 = options().map(|(option, p)| option * p).sum();
        Self::new(options().map(|(option, p)| (option - mean).powi(2) * p).sum())
    }

    /// The variance.
    #[must_use]
    pub const fn variance(self) -> f64 {
        self.0
    }
}

/// Agreement about one item.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemAgreement {
    /// Variance (n - 1) of the answers.
    pub variance: f64,
    /// rwg = 1 - variance / null variance, not cut off: negative when the answers lie further apart than without any agreement.
    pub raw: f64,
    /// rwg as published since James, Demaree & Wolf (1984): 0 where [`Self::raw`] is negative.
    pub truncated: f64,
}

impl ItemAgreement {
    /// rwg of one group's answers to one item.
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// As [`Sample::variance`]: a single answer agrees with nobody.
    pub fn of(answers: &Sample, null: NullVariance) -> Result<Self, Undefined> {
        let variance = answers.variance()?;
        let raw = Undefined::unless(true, "rwg", 1.0 - variance / null.0, "a finite number")?;
        Ok(Self { variance, raw, truncated: raw.max(0.0) })
    }

    /// Whether the answers lie further apart than without any agreement: the group is split, and 0 would hide it.
    #[must_use]
    pub fn polarised(self) -> bool {
        self.raw < 0.0
    }

    /// Whether all answers are the same, so that whoever sees this number and the mean knows what everybody answered.
    #[must_use]
    pub fn unanimous(self) -> bool {
        self.variance <= 0.0
    }
}

/// Agreement about the items of one scale.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleAgreement {
    /// Mean of the items' variances.
    pub variance: f64,
    /// rwg(j) = k(1 - r) / (k(1 - r) + r) with r = mean variance / null variance and k items; 0 where r is more than 1 (James, Demaree &
    /// Wolf 1984). It rises with the number of items alone.
    pub rwg: f64,
    /// r*wg(j) = 1 - r (Lindell, Brandt & Whitney 1999): free of the number of items, and negative where the group is split.
    pub lindell: f64,
}

impl ScaleAgreement {
    /// Agreement of one group, whose answers to reversed items are turned already.
    ///
    /// Variances come from the answers that are there; an item that fewer than two people of the group answered has none and is left out
    /// of the mean, but k stays the number of items of the scale. For the listwise variant (package multilevel of R up to 2.7) give
    /// [`Answers::complete`]. An item that nobody answered in any group is no item of the scale: leave it out before.
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::TooFewAgreeing`] when no item has two answers.
    pub fn of(answers: &Answers, null: NullVariance) -> Result<Self, Undefined> {
        Self::from_variance(mean_over_items(answers, Sample::variance)?, answers.items(), null)
    }

    fn from_variance(variance: f64, items: usize, null: NullVariance) -> Result<Self, Undefined> {
        let lindell = Undefined::unless(true, "r*wg(j)", 1.0 - variance / null.0, "a finite number")?;
        let agreed = count(items) * lindell;
        let rwg = if lindell > 0.0 { agreed / (agreed + variance / null.0) } else { 0.0 };
        Ok(Self { variance, rwg, lindell })
    }

    /// Whether the answers lie further apart than without any agreement: the group is split, and 0 would hide it.
    #[must_use]
    pub fn polarised(self) -> bool {
        self.lindell < 0.0
    }
}

/// What deviations are measured from.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Centre {
    /// The mean of the answers to the item.
    Mean,
    /// Their median.
    Median,
}

/// The average deviation of one group, in points of the scale: per item the mean of |answer - centre|, and its mean over the items
/// (Burke, Finkelstein & Dusig 1999; `ad.m` of the package multilevel). Up to a sixth of the number of options counts as agreement
/// (Burke & Dunlap 2002).
///
/// Of the answers that are there, as in [`ScaleAgreement::of`]; `ad.m` is listwise: give it [`Answers::complete`].
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::TooFewAgreeing`] when no item has two answers.
pub fn average_deviation(answers: &Answers, centre: Centre) -> Result<f64, Undefined> {
    mean_over_items(answers, |item| {
        let centre = match centre {
            Centre::Mean => item.mean(),
            Centre::Median => item.median(),
        };
        let deviations: f64 = item.values().iter().map(|answer| (answer - centre).abs()).sum();
        Undefined::unless(true, "average deviation", deviations / item.n(), "a finite number")
    })
}

/// The mean of `of` over the items that at least two people answered.
fn mean_over_items(answers: &Answers, of: impl Fn(&Sample) -> Result<f64, Undefined>) -> Result<f64, Undefined> {
    let items = (0..answers.items()).filter_map(|item| answers.item(item)).filter(|item| item.len() > 1);
    let values = items.map(|item| of(&item)).collect::<Result<Vec<_>, _>>()?;
    if values.is_empty() {
        return Err(Undefined::TooFewAgreeing);
    }
    Ok(Sample::new(values)?.mean())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::new(values.iter().copied()).unwrap()
    }

    fn group(items: usize, rows: &[&[Option<f64>]]) -> Answers {
        Answers::new(items, rows.iter().map(|row| row.to_vec())).unwrap()
    }

    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{ours} here, {theirs} there");
    }

    #[test]
    fn without_agreement_answers_have_the_published_variances() {
        close(NullVariance::uniform(5).unwrap().variance(), 2.0);
        close(NullVariance::uniform(7).unwrap().variance(), 4.0);
        close(NullVariance::of(&[0.2; 5]).unwrap().variance(), 2.0);
        close(NullVariance::of(&SLIGHTLY_SKEWED_OF_5).unwrap().variance(), 1.34);
        close(NullVariance::of(&MODERATELY_SKEWED_OF_5).unwrap().variance(), 0.90);
        close(NullVariance::of(&HEAVILY_SKEWED_OF_5).unwrap().variance(), 0.44);
    }

    #[test]
    fn what_is_no_distribution_is_refused() {
        assert!(NullVariance::uniform(1).is_err() && NullVariance::new(0.0).is_err() && NullVariance::new(f64::INFINITY).is_err());
        assert!(NullVariance::of(&[]).is_err() && NullVariance::of(&[0.5, 0.4]).is_err());
        assert!(
            NullVariance::of(&[1.5, -0.5]).is_err() && NullVariance::of(&[0.0, 1.0]).is_err() && NullVariance::of(&[f64::NAN]).is_err()
        );
    }

    #[test]
    fn a_group_of_one_mind_agrees_fully_and_gives_itself_away() {
        let agreement = ItemAgreement::of(&sample(&[4.0; 5]), NullVariance::uniform(5).unwrap()).unwrap();
        assert_eq!((agreement.raw, agreement.truncated), (1.0, 1.0));
        assert!(agreement.unanimous() && !agreement.polarised());
    }

    #[test]
    fn a_split_group_is_called_split_and_not_only_0() {
        let agreement = ItemAgreement::of(&sample(&[1.0, 1.0, 5.0, 5.0]), NullVariance::uniform(5).unwrap()).unwrap();
        close(agreement.variance, 16.0 / 3.0);
        close(agreement.raw, -5.0 / 3.0);
        assert_eq!(agreement.truncated, 0.0);
        assert!(agreement.polarised() && !agreement.unanimous());
        let scale =
            ScaleAgreement::of(&group(1, &[&[Some(1.0)], &[Some(1.0)], &[Some(5.0)], &[Some(5.0)]]), NullVariance::uniform(5).unwrap());
        close(scale.unwrap().lindell, -5.0 / 3.0);
        assert_eq!(scale.unwrap().rwg, 0.0);
        assert!(scale.unwrap().polarised());
    }

    /// r*wg(j) and, under both nulls, rwg(j) that R (multilevel) gives for companies of `lq2002` (eleven items on leadership; Bliese & Britt
    /// 2001) and platoons of `cohesion` (five items; package multilevel): each follows from the mean variance behind the first.
    #[test]
    fn published_agreement_follows_from_published_variances() {
        let skewed = NullVariance::of(&SLIGHTLY_SKEWED_OF_5).unwrap();
        for (items, lindell, uniform_rwg, skewed_rwg) in [
            (11, 0.276_103_425_559_947, 0.807_527_258_396_462, 0.0),
            (11, 0.439_052_689_052_689, 0.895_938_315_059_127, 0.681_375_323_509_299),
            (11, 0.558_874_458_874_459, 0.933_048_620_236_531, 0.850_907_867_207_046),
            (5, 0.3, 0.681_818_181_818_182, 0.0),
            (5, 0.7, 0.921_052_631_578_947, 0.860_465_116_279_07),
        ] {
            let variance = 2.0 * (1.0 - lindell);
            close(ScaleAgreement::from_variance(variance, items, NullVariance::uniform(5).unwrap()).unwrap().rwg, uniform_rwg);
            close(ScaleAgreement::from_variance(variance, items, skewed).unwrap().rwg, skewed_rwg);
        }
    }

    #[test]
    fn agreement_needs_two_answers_to_one_item() {
        let null = NullVariance::uniform(5).unwrap();
        assert!(ItemAgreement::of(&sample(&[3.0]), null).is_err());
        let apart = group(2, &[&[Some(3.0), None], &[None, Some(4.0)]]);
        assert_eq!(ScaleAgreement::of(&apart, null), Err(Undefined::TooFewAgreeing));
        assert_eq!(average_deviation(&apart, Centre::Mean), Err(Undefined::TooFewAgreeing));
        // Two people have answered both items of the first, one the second: one variance of 2, and a scale of two items.
        let some = group(2, &[&[Some(3.0), None], &[Some(5.0), Some(4.0)]]);
        let agreement = ScaleAgreement::of(&some, NullVariance::uniform(7).unwrap()).unwrap();
        assert_eq!((agreement.variance, agreement.lindell, agreement.rwg), (2.0, 0.5, 1.0 / 1.5));
        assert_eq!(ScaleAgreement::of(&some.complete(), null), Err(Undefined::TooFewAgreeing));
    }

    #[test]
    fn deviations_around_mean_and_median_by_hand() {
        let answers = group(2, &[&[Some(1.0), Some(4.0)], &[Some(1.0), Some(4.0)], &[Some(4.0), Some(4.0)]]);
        // First item: mean 2, deviations 1, 1, 2; median 1, deviations 0, 0, 3. Second item: none.
        close(average_deviation(&answers, Centre::Mean).unwrap(), 4.0 / 6.0);
        close(average_deviation(&answers, Centre::Median).unwrap(), 0.5);
    }

    proptest! {
        #[test]
        fn agreement_stays_within_its_limits_and_the_order_of_people_changes_no_byte(
            rows in proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.8, (1u8..=5).prop_map(f64::from)), 3), 2..20),
            turn in 0usize..20,
        ) {
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            let null = NullVariance::uniform(5).unwrap();
            let (answers, turned) = (Answers::new(3, rows).unwrap(), Answers::new(3, turned).unwrap());
            let agreement = ScaleAgreement::of(&answers, null);
            prop_assert_eq!(agreement, ScaleAgreement::of(&turned, null));
            prop_assert_eq!(average_deviation(&answers, Centre::Median), average_deviation(&turned, Centre::Median));
            if let Ok(agreement) = agreement {
                prop_assert!((0.0..=1.0).contains(&agreement.rwg) && agreement.lindell <= 1.0);
                prop_assert!(agreement.rwg >= agreement.lindell, "k items never agree less than one");
                let (mean, median) = (average_deviation(&answers, Centre::Mean).unwrap(), average_deviation(&answers, Centre::Median).unwrap());
                prop_assert!(median <= mean + 1e-12, "no point is nearer to all answers than their median");
            }
        }
    }
}
