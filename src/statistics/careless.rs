//! Answers that look as if the statements had not been read.

use std::ops::Range;

/// The places of every longest stretch of equal answers, in order. The longest of them is the *longstring* index (Meade & Craig 2012).
/// A missing answer ends a stretch and is in none.
#[must_use]
pub fn runs(answers: &[Option<u8>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (place, answer) in answers.iter().enumerate() {
        match (answer, runs.last_mut()) {
            (Some(_), Some(run)) if *answer == before => run.end = place + 1,
            (Some(_), _) => runs.push(place..place + 1),
            (None, _) => {}
        }
        before = *answer;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_equal_answers_end_at_another_or_a_missing_answer() {
        let answers = [4, 4, 4, 2, 0, 2, 2, 0, 0, 7].map(|answer| (answer > 0).then_some(answer));
        assert_eq!(runs(&answers), [0..3, 3..4, 5..7, 9..10]);
        assert_eq!(runs(&[]), []);
        assert_eq!(runs(&[None, None]), []);
        assert_eq!(runs(&[Some(5); 20]), vec![0..20]);
    }
}
