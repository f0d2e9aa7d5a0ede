//! From raw answers to scores: reversal, the half rule, percent of maximum possible.

use crate::Undefined;
use crate::answers::count;

/// An answer to a reversed item, turned: `min + max - answer` on a scale from 1 to `points`.
///
/// **Product**: on the product's own scales, which begin at 1.
///
/// # Errors
/// [`Undefined::OutOfDomain`] when the answer does not lie on the scale.
pub fn reverse(answer: u8, points: u8) -> Result<u8, Undefined> {
    if (1..=points).contains(&answer) {
        Ok(points - answer + 1)
    } else {
        Err(Undefined::OutOfDomain { what: "answer", value: f64::from(answer), domain: "the points of the scale" })
    }
}

/// From the lowest to the highest point of an answer scale, in whatever numbers a survey uses: 1 to 7, 0 to 4, 0.5 to 5.
///
/// **Analyse only**: the product's scales begin at 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseScale {
    low: f64,
    high: f64,
}

impl ResponseScale {
    /// # Errors
    /// [`Undefined::OutOfDomain`] unless both ends are finite and the highest is above the lowest.
    pub fn new(low: f64, high: f64) -> Result<Self, Undefined> {
        let low = Undefined::unless(true, "lowest point of the scale", low, "a finite number")?;
        let high = Undefined::unless(
            high > low && (low.abs() + high.abs()).is_finite(),
            "highest point of the scale",
            high,
            "more than the lowest point",
        )?;
        Ok(Self { low, high })
    }

    /// The lowest point.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The highest point.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// Whether `value` lies on the scale.
    #[must_use]
    pub const fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// An answer to a reversed item, turned: `low + high - answer`. Turning twice gives the answer back.
    ///
    /// **Analyse only.**
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] when the answer does not lie on the scale.
    pub fn reverse(self, answer: f64) -> Result<f64, Undefined> {
        Undefined::unless(self.holds(answer), "answer", answer, "the points of the scale").map(|answer| self.low + self.high - answer)
    }
}

/// How many items must be answered for a score. **Analyse only**: the product has the [`half_rule`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Enough {
    /// At least so many.
    Items(usize),
    /// At least this share of the items asked, 0 to 1: the half rule is 0.5.
    Share(f64),
}

impl Enough {
    /// Whether `answered` of `asked` items are enough; nothing answered never is.
    fn holds(self, answered: usize, asked: usize) -> bool {
        answered > 0
            && match self {
                Self::Items(least) => answered >= least,
                // 0.28 of 25 items is 7.000000000000001 in binary, and 7 are meant.
                Self::Share(least) => count(answered) >= least * count(asked) - 1e-9,
            }
    }
}

/// What a scale score is. **Analyse only**: the product has means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// The mean of the answered items.
    Mean,
    /// The sum of the answered items. Compare sums only between people who answered the same number of items.
    Sum,
}

impl Score {
    /// A person's score from answers that are already turned; `None` is a missing answer.
    ///
    /// **Analyse only.** Candor's own waves use [`scale_score`].
    ///
    /// # Errors
    /// [`Undefined::TooFewAnswered`] where the answers are not [`Enough`], [`Undefined::OutOfDomain`] for an answer that is not finite.
    pub fn of(self, answers: &[Option<f64>], enough: Enough) -> Result<f64, Undefined> {
        let answered = answers.iter().flatten().count();
        if !enough.holds(answered, answers.len()) {
            return Err(Undefined::TooFewAnswered { answered, asked: answers.len() });
        }
        let sum = Undefined::unless(true, "sum of the answers", answers.iter().flatten().sum(), "a finite number")?;
        Ok(match self {
            Self::Mean => sum / count(answered),
            Self::Sum => sum,
        })
    }
}

/// Whether enough items of a scale were answered: at least half of them (both when there are two).
///
/// The tradition of the SF-36 (Ware et al. 1993), with the exception that a scale of two items needs both.
///
/// **Product.**
#[must_use]
pub const fn half_rule(answered: usize, asked: usize) -> bool {
    if asked == 2 { answered == 2 } else { answered > 0 && answered.saturating_mul(2) >= asked }
}

/// A person's scale score: the mean of the answered items, in raw scale points, if the half rule holds.
///
/// `answers` are already turned; `None` is a missing answer. **Product.**
///
/// # Errors
/// [`Undefined::TooFewAnswered`] when the half rule does not hold.
pub fn scale_score(answers: &[Option<u8>]) -> Result<f64, Undefined> {
    let answered = answers.iter().flatten().count();
    if !half_rule(answered, answers.len()) {
        return Err(Undefined::TooFewAnswered { answered, asked: answers.len() });
    }
    let sum: u32 = answers.iter().flatten().map(|&answer| u32::from(answer)).sum();
    Ok(f64::from(sum) / count(answered))
}

/// Percent of maximum possible (Cohen, Cohen, Aiken & West 1999): 0 for the lowest point, 100 for the highest.
///
/// `sum` is the sum over `answers` answers of (answer - 1), on a scale of `points` points; the result lies in 0..=100.
///
/// **Product.**
///
/// # Errors
/// [`Undefined::NoValues`] without answers, [`Undefined::OutOfDomain`] for a scale of one point or a sum beyond the scale.
#[expect(clippy::cast_precision_loss, reason = "sums of answers stay far below 2^52")]
pub fn pomp(sum: u64, answers: u32, points: u8) -> Result<f64, Undefined> {
    if answers == 0 {
        return Err(Undefined::NoValues);
    }
    let largest = u64::from(answers) * u64::from(points.saturating_sub(1));
    Undefined::unless(sum <= largest && largest > 0, "sum", sum as f64, "0 to answers times (points - 1)")?;
    Ok(100.0 * sum as f64 / largest as f64)
}

/// A standard deviation in raw scale points, as points of 100. **Product.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a scale of one point or a negative spread.
pub fn spread_to_pomp(spread: f64, points: u8) -> Result<f64, Undefined> {
    Undefined::unless(points >= 2, "points", f64::from(points), "2 or more")?;
    let spread = Undefined::unless(spread >= 0.0, "standard deviation", spread, "0 or more")?;
    Ok(spread * 100.0 / (f64::from(points) - 1.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_of_the_items_make_a_score_and_two_items_need_both() {
        assert_eq!(scale_score(&[Some(3), Some(6), None]).unwrap(), 4.5);
        assert_eq!(scale_score(&[Some(3), None, None]), Err(Undefined::TooFewAnswered { answered: 1, asked: 3 }));
        assert_eq!(scale_score(&[Some(3), None]), Err(Undefined::TooFewAnswered { answered: 1, asked: 2 }));
        assert_eq!(scale_score(&[Some(7)]).unwrap(), 7.0);
        assert_eq!(scale_score(&[]), Err(Undefined::TooFewAnswered { answered: 0, asked: 0 }));
    }

    #[test]
    fn percent_of_maximum_possible_runs_from_0_to_100() {
        assert_eq!(pomp(0, 5, 7).unwrap(), 0.0);
        assert_eq!(pomp(21, 5, 7).unwrap(), 70.0);
        assert_eq!(pomp(30, 5, 7).unwrap(), 100.0);
        assert_eq!(pomp(3, 0, 7), Err(Undefined::NoValues));
        assert!(pomp(31, 5, 7).is_err());
        assert!(pomp(0, 5, 1).is_err());
        assert_eq!(spread_to_pomp(1.2, 7).unwrap(), 20.0);
        assert!(spread_to_pomp(f64::NAN, 7).is_err());
    }

    #[test]
    fn edmondson_s_keying_with_a_missing_answer_on_seven_points() {
        let scale = ResponseScale::new(1.0, 7.0).unwrap();
        let raw = [Some(7.0), Some(1.0), Some(7.0), None, Some(1.0), Some(6.0), Some(6.0)];
        let reversed = [true, false, true, false, true, false, false];
        let turned =
            raw.iter().zip(reversed).map(|(answer, reversed)| answer.map(|a| if reversed { scale.reverse(a).unwrap() } else { a }));
        let score = Score::Mean.of(&turned.collect::<Vec<_>>(), Enough::Share(0.5)).unwrap();
        assert!((score - 22.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn scores_need_so_many_items_or_such_a_share_of_them() {
        let three_of_six = [Some(1.0), None, Some(2.5), None, None, Some(4.0)];
        assert_eq!(Score::Mean.of(&three_of_six, Enough::Share(0.5)), Ok(2.5));
        assert_eq!(Score::Sum.of(&three_of_six, Enough::Items(3)), Ok(7.5));
        let too_few = Err(Undefined::TooFewAnswered { answered: 3, asked: 6 });
        assert_eq!(
            (Score::Mean.of(&three_of_six, Enough::Share(0.51)), Score::Mean.of(&three_of_six, Enough::Items(4))),
            (too_few, too_few)
        );
        assert_eq!(
            Score::Mean.of(&[None], Enough::Items(0)),
            Err(Undefined::TooFewAnswered { answered: 0, asked: 1 }),
            "a score of nothing"
        );
        let seven_of_25: Vec<_> = (0..25).map(|item| (item < 7).then_some(1.0)).collect();
        assert_eq!(Score::Mean.of(&seven_of_25, Enough::Share(0.28)), Ok(1.0));
        assert!(
            Score::Mean.of(&[Some(f64::NAN)], Enough::Items(1)).is_err() && Score::Sum.of(&[Some(f64::MAX); 2], Enough::Items(1)).is_err()
        );
    }

    #[test]
    fn a_scale_has_two_ends_and_answers_lie_between_them() {
        assert!(
            ResponseScale::new(1.0, 1.0).is_err()
                && ResponseScale::new(f64::NAN, 1.0).is_err()
                && ResponseScale::new(0.0, f64::INFINITY).is_err()
        );
        let scale = ResponseScale::new(0.0, 4.0).unwrap();
        assert_eq!(scale.reverse(1.0), Ok(3.0));
        assert!(scale.reverse(4.5).is_err() && scale.reverse(-1.0).is_err() && scale.reverse(f64::NAN).is_err());
    }

    proptest! {
        #[test]
        fn turning_an_answer_twice_gives_it_back_on_any_scale(low in -10i32..10, width in 1i32..20, quarters in 0i32..80) {
            prop_assume!(quarters <= 4 * width);
            let scale = ResponseScale::new(f64::from(low), f64::from(low + width)).unwrap();
            let answer = f64::from(low) + f64::from(quarters) / 4.0;
            prop_assert_eq!(scale.reverse(scale.reverse(answer).unwrap()).unwrap(), answer);
        }

        #[test]
        fn reversing_twice_gives_the_answer_back(points in 2u8..=11, answer in 1u8..=11) {
            prop_assume!(answer <= points);
            prop_assert_eq!(reverse(reverse(answer, points).unwrap(), points).unwrap(), answer);
        }

        #[test]
        fn reversal_turns_points_of_100_around_50(points in 2u8..=11, answers in proptest::collection::vec(1u8..=11, 1..20)) {
            let answers: Vec<u8> = answers.into_iter().map(|a| a.min(points)).collect();
            let n = u32::try_from(answers.len()).unwrap();
            let sum: u64 = answers.iter().map(|&a| u64::from(a) - 1).sum();
            let turned: u64 = answers.iter().map(|&a| u64::from(reverse(a, points).unwrap()) - 1).sum();
            prop_assert!((pomp(sum, n, points).unwrap() + pomp(turned, n, points).unwrap() - 100.0).abs() < 1e-9);
        }
    }
}
