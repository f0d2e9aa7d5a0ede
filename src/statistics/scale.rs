//! From raw answers to scores: reversal, the half rule, percent of maximum possible.

use crate::Undefined;

/// An answer to a reversed item, turned: `min + max - answer` on a scale from 1 to `points`.
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

/// Whether enough items of a scale were answered: at least half of them (both when there are two).
///
/// The tradition of the SF-36 (Ware et al. 1993), with the exception that a scale of two items needs both.
#[must_use]
pub const fn half_rule(answered: usize, asked: usize) -> bool {
    if asked == 2 { answered == 2 } else { answered > 0 && answered.saturating_mul(2) >= asked }
}

/// A person's scale score: the mean of the answered items, in raw scale points, if the half rule holds.
///
/// `answers` are already turned; `None` is a missing answer.
///
/// # Errors
/// [`Undefined::TooFewAnswered`] when the half rule does not hold.
#[expect(clippy::cast_precision_loss, reason = "a questionnaire has fewer than 2^52 items")]
pub fn scale_score(answers: &[Option<u8>]) -> Result<f64, Undefined> {
    let answered = answers.iter().flatten().count();
    if !half_rule(answered, answers.len()) {
        return Err(Undefined::TooFewAnswered { answered, asked: answers.len() });
    }
    let sum: u32 = answers.iter().flatten().map(|&answer| u32::from(answer)).sum();
    Ok(f64::from(sum) / answered as f64)
}

/// Percent of maximum possible (Cohen, Cohen, Aiken & West 1999): 0 for the lowest point, 100 for the highest.
///
/// `sum` is the sum over `answers` answers of (answer - 1), on a scale of `points` points; the result lies in 0..=100.
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

/// A standard deviation in raw scale points, as points of 100.
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

    proptest! {
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
