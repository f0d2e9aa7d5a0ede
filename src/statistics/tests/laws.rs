//! Laws of scores, shares, reliability and agreement: what must not matter does not, and every number is one.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use statistics::{
    Answers, Centre, Covariances, Enough, Favourable, Interval, NullVariance, RHO_INTERVAL, ResponseScale, Sample, ScaleAgreement, Score,
    Share, Spread, Undefined, average_deviation, cronbach_alpha, feldt_interval, longstring, mean_interval, nonresponse_bounds,
    omega_closed_form, omega_least_squares, omega_maximum_likelihood, response_variability, team_interval,
};

/// Answers of some people to four items; some are missing.
fn rows(answer: impl Strategy<Value = f64>) -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, answer), 4), 1..40)
}

fn likert() -> impl Strategy<Value = f64> {
    (1u8..=5).prop_map(f64::from)
}

/// Now and then something that no survey holds.
fn extreme() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => likert(),
        1 => -1e3f64..1e3,
        1 => prop::sample::select(vec![0.0, -0.0, 5e-324, 1e-200, -1e-160, 1e-30, 1e30, -1e77, 1e100, 1e160, 1e300, f64::MAX, f64::MIN]),
    ]
}

/// Everything that is computed from the answers of one group, by name.
fn measures(answers: &Answers) -> Vec<(&'static str, Result<f64, Undefined>)> {
    let null = NullVariance::uniform(5).unwrap();
    let covariances = Covariances::of(answers);
    let of_covariances = |of: fn(&Covariances) -> Result<f64, Undefined>| covariances.clone().and_then(|covariances| of(&covariances));
    let alpha = of_covariances(cronbach_alpha);
    let feldt = alpha.and_then(|alpha| feldt_interval(alpha, answers.complete().people(), answers.items()));
    let agreement = ScaleAgreement::of(answers, null);
    let favourable = Favourable::of(answers, 4.0).unwrap();
    let pooled = favourable.pooled();
    let wilson = pooled.and_then(Share::wilson);
    let scores = Sample::new(answers.rows().iter().filter_map(|row| Score::Mean.of(row, Enough::Items(2)).ok()));
    let student = scores.clone().and_then(|scores| mean_interval(&scores));
    let of_team = scores.clone().and_then(|team| team_interval(&team, 50, RHO_INTERVAL, Spread::within(std::slice::from_ref(&team))?));
    let low = |interval: Result<Interval, Undefined>| interval.map(|interval| interval.low);
    let high = |interval: Result<Interval, Undefined>| interval.map(|interval| interval.high);
    vec![
        ("alpha", alpha),
        ("Feldt's lower end", low(feldt)),
        ("Feldt's upper end", high(feldt)),
        ("omega, least squares", of_covariances(omega_least_squares)),
        ("omega, maximum likelihood", of_covariances(omega_maximum_likelihood)),
        ("omega, minres", of_covariances(|covariances| omega_least_squares(&covariances.correlations()?))),
        ("omega, closed form", of_covariances(omega_closed_form)),
        ("variance", agreement.map(|agreement| agreement.variance)),
        ("rwg(j)", agreement.map(|agreement| agreement.rwg)),
        ("r*wg(j)", agreement.map(|agreement| agreement.lindell)),
        ("average deviation from the mean", average_deviation(answers, Centre::Mean)),
        ("average deviation from the median", average_deviation(answers, Centre::Median)),
        ("composite", favourable.composite()),
        ("pooled share", pooled.map(Share::value)),
        ("Wilson's lower end", low(wilson)),
        ("Wilson's upper end", high(wilson)),
        ("mean score", scores.map(|scores| scores.mean())),
        ("lower end of the mean", low(student)),
        ("upper end of the mean", high(student)),
        ("lower end of the team", low(of_team.map(|team| team.interval))),
        ("upper end of the team", high(of_team.map(|team| team.interval))),
    ]
}

/// The same to the last bit.
fn bytes(measures: &[(&'static str, Result<f64, Undefined>)]) -> Vec<(&'static str, Result<u64, String>)> {
    measures.iter().map(|(name, value)| (*name, value.map(f64::to_bits).map_err(|undefined| undefined.to_string()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn shuffling_people_changes_no_byte(rows in rows(-3.0f64..9.0), turn in 0usize..40) {
        let mut shuffled = rows.clone();
        shuffled.rotate_left(turn % rows.len());
        shuffled.reverse();
        let (given, shuffled) = (Answers::new(4, rows).unwrap(), Answers::new(4, shuffled).unwrap());
        prop_assert_eq!(bytes(&measures(&given)), bytes(&measures(&shuffled)));
    }

    #[test]
    fn what_comes_out_is_a_number_whatever_goes_in(rows in rows(extreme())) {
        for (name, value) in measures(&Answers::new(4, rows.clone()).unwrap()) {
            prop_assert!(value.is_ok_and(f64::is_finite) || value.is_err(), "{name}: {value:?}");
        }
        for row in &rows {
            let (mean, sum) = (Score::Mean.of(row, Enough::Share(0.5)), Score::Sum.of(row, Enough::Items(1)));
            for value in [mean, sum, response_variability(row)] {
                prop_assert!(value.is_ok_and(f64::is_finite) || value.is_err(), "{value:?}");
            }
            prop_assert!(longstring(row) <= row.len());
        }
    }

    #[test]
    fn bounds_and_turned_answers_are_numbers_on_every_scale(low in extreme(), high in extreme(), at in 0.0f64..=1.0, n in 1u32..9, invited in 0u32..20) {
        if let Ok(scale) = ResponseScale::new(low, high) {
            let answer = (low + at * (high - low)).clamp(low, high);
            let turned = scale.reverse(answer).unwrap();
            prop_assert!(turned.is_finite());
            if let Ok(bounds) = nonresponse_bounds(answer, n, invited, scale) {
                prop_assert!(bounds.low.is_finite() && bounds.high.is_finite() && bounds.low <= bounds.high);
            }
        }
    }
}
