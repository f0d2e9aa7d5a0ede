//! Answers that look as if the statements had not been read.

use std::ops::Range;

use crate::{Sample, Undefined};

/// The places of every longest stretch of equal answers, in order. The longest of them is the *longstring* index (Meade & Craig 2012).
/// A missing answer ends a stretch and is in none. Give raw answers in the order in which they were asked, not turned ones.
///
/// **Product** and analyse.
#[must_use]
pub fn runs<Answer: PartialEq>(answers: &[Option<Answer>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut before = &None;
    for (place, answer) in answers.iter().enumerate() {
        match (answer, runs.last_mut()) {
            (Some(_), Some(run)) if answer == before => run.end = place + 1,
            (Some(_), _) => runs.push(place..place + 1),
            (None, _) => {}
        }
        before = answer;
    }
    runs
}

/// How many equal answers a person gave in a row at most (Meade & Craig 2012): the length of the longest of their [`runs`], 0 without
/// answers.
///
/// **Analyse only.**
#[must_use]
pub fn longstring<Answer: PartialEq>(answers: &[Option<Answer>]) -> usize {
    runs(answers).iter().map(Range::len).max().unwrap_or(0)
}

/// Intra-individual response variability: the standard deviation (n - 1) of one person's raw answers over all items (Dunn, Heggestad,
/// Shanock & Theilgard 2018). Zero for somebody who ticked the same point throughout; missing answers are left out.
///
/// **Analyse only.**
///
/// # Errors
/// As [`Sample::sd`]: a person needs two answers.
pub fn response_variability(answers: &[Option<f64>]) -> Result<f64, Undefined> {
    Sample::new(answers.iter().flatten().copied())?.sd()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn stretches_of_equal_answers_end_at_another_or_a_missing_answer() {
        let answers = [4, 4, 4, 2, 0, 2, 2, 0, 0, 7].map(|answer| (answer > 0).then_some(answer));
        assert_eq!(runs(&answers), [0..3, 3..4, 5..7, 9..10]);
        assert_eq!(runs::<u8>(&[]), []);
        assert_eq!(runs::<u8>(&[None, None]), []);
        assert_eq!(runs(&[Some(5); 20]), vec![0..20]);
    }

    #[test]
    fn the_longest_stretch_may_be_of_decimals_and_is_0_without_answers() {
        assert_eq!(longstring(&[Some(1.5), Some(1.5), None, Some(1.5), Some(2.0)]), 2);
        assert_eq!(longstring::<f64>(&[None]), 0);
    }

    #[test]
    fn variability_needs_two_answers_and_is_0_for_somebody_who_ticked_one_point_throughout() {
        assert_eq!(response_variability(&[Some(4.0), None, Some(4.0), Some(4.0)]), Ok(0.0));
        assert_eq!(response_variability(&[Some(1.0), Some(3.0), None]), Ok(2.0_f64.sqrt()));
        assert!(response_variability(&[Some(4.0), None]).is_err());
        assert_eq!(response_variability(&[None]), Err(Undefined::NoValues));
    }
}
