//! Scores, shares, reliability and agreement against R 4.2 (`psych`, `lavaan`, `multilevel`) and scipy; see `data/README.md`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod synthetic;

use std::collections::BTreeSet;

use statistics::{
    Answers, Centre, Covariances, Enough, Favourable, ItemAgreement, NullVariance, Omega, ResponseScale, SLIGHTLY_SKEWED_OF_5, Sample,
    ScaleAgreement, Score, Share, Stratum, Undefined, average_deviation, cronbach_alpha, feldt_interval, longstring, mcdonald_omega,
    mean_interval, nonresponse_bounds, omega_closed_form, omega_least_squares, omega_maximum_likelihood, response_variability,
    standard_error,
};

use synthetic::{Row, SCALES, close, equal, expected, invited, members};

/// The turned answers of some people to one scale.
fn answers<'a>(people: impl IntoIterator<Item = &'a Row>, scale: (&str, &[&str])) -> Answers {
    Answers::new(4, people.into_iter().map(|person| person.answers(scale))).unwrap()
}

/// Those who took part in a wave.
fn wave(number: f64) -> Vec<Row> {
    members().into_iter().filter(|person| person.wave == number).collect()
}

#[test]
fn alpha_and_feldt_s_interval_agree_with_r() {
    let people = wave(1.0);
    for scale in SCALES {
        let case = format!("w1_{}_alpha", scale.0);
        let covariances = Covariances::of(&answers(&people, scale)).unwrap();
        let alpha = cronbach_alpha(&covariances).unwrap();
        let interval = feldt_interval(alpha, covariances.people(), covariances.items()).unwrap();
        equal(&case, "n", covariances.people() as f64, 0.0);
        equal(&case, "k", covariances.items() as f64, 0.0);
        equal(&case, "alpha", alpha, 1e-12);
        equal(&case, "ci_low", interval.low, 1e-11);
        equal(&case, "ci_high", interval.high, 1e-11);
    }
}

#[test]
fn omega_agrees_with_r_whichever_way_the_loadings_are_found() {
    let people = wave(1.0);
    for scale in SCALES {
        let case = format!("w1_{}_omega", scale.0);
        let covariances = Covariances::of(&answers(&people, scale)).unwrap();
        let least_squares = omega_least_squares(&covariances).unwrap();
        assert_eq!(mcdonald_omega(&covariances), Ok(Omega::LeastSquares(least_squares)));
        // The estimates of lavaan and psych are converged to seven digits, the closed form needs no iteration.
        equal(&case, "omega_uls_cov", least_squares, 1e-7);
        equal(&case, "omega_ml_cov", omega_maximum_likelihood(&covariances).unwrap(), 1e-7);
        equal(&case, "omega_minres_cor", omega_least_squares(&covariances.correlations().unwrap()).unwrap(), 1e-5);
        equal(&case, "omega_hancock_an_closed_form", omega_closed_form(&covariances).unwrap(), 1e-12);
    }
}

/// Per team one measure, `None` where it does not exist.
type PerTeam = Vec<Option<f64>>;

fn of_teams(teams: &[Answers], of: impl Fn(&Answers) -> Result<f64, Undefined>) -> PerTeam {
    teams.iter().map(|team| of(team).ok()).collect()
}

#[test]
fn agreement_within_teams_agrees_with_r_over_available_and_over_complete_answers() {
    let people = wave(1.0);
    let (uniform, skewed) = (NullVariance::uniform(5).unwrap(), NullVariance::of(&SLIGHTLY_SKEWED_OF_5).unwrap());
    for scale in SCALES {
        let case = format!("w1_{}_agreement", scale.0);
        let teams: BTreeSet<&str> = people.iter().map(|person| person.team.as_str()).collect();
        let groups: Vec<Answers> = teams.iter().map(|team| answers(people.iter().filter(|person| person.team == *team), scale)).collect();
        let rwg = of_teams(&groups, |team| ScaleAgreement::of(team, uniform).map(|agreement| agreement.rwg));
        let rwg_skewed = of_teams(&groups, |team| ScaleAgreement::of(team, skewed).map(|agreement| agreement.rwg));
        let lindell = of_teams(&groups, |team| ScaleAgreement::of(team, uniform).map(|agreement| agreement.lindell));
        let listwise = of_teams(&groups, |team| ScaleAgreement::of(&team.complete(), uniform).map(|agreement| agreement.rwg));
        let around_mean = of_teams(&groups, |team| average_deviation(&team.complete(), Centre::Mean));
        let around_median = of_teams(&groups, |team| average_deviation(&team.complete(), Centre::Median));
        let first_item = of_teams(&groups, |team| {
            ItemAgreement::of(&team.item(0).ok_or(Undefined::NoValues)?, uniform).map(|agreement| agreement.truncated)
        });
        // The first ten teams one by one.
        for (key, ours) in [
            ("rwgj_uniform_available", &rwg),
            ("rwgj_skew_available", &rwg_skewed),
            ("rwgj_lindell_available", &lindell),
            ("rwgj_uniform_listwise_v2.7", &listwise),
            ("ad_mean_listwise", &around_mean),
            ("ad_median_listwise", &around_median),
            ("rwg_item1_uniform", &first_item),
        ] {
            close(&format!("{case} {key}"), &ours[..10], &expected(&case, key), 1e-12);
        }
        assert_eq!(groups.len(), 36);
        for (key, ours) in [("rwgj_uniform", rwg), ("rwgj_skew", rwg_skewed), ("lindell", lindell), ("ad_mean", around_mean)] {
            let all = Sample::new(ours.into_iter().flatten()).unwrap();
            let summary = [all.mean(), all.median(), all.values()[0]].map(Some);
            close(&format!("{case} all teams {key}"), &summary, &expected(&case, &format!("all_groups.{key}")), 1e-12);
        }
    }
}

#[test]
fn scores_intervals_and_favourable_shares_of_teams_agree_with_scipy() {
    let people = wave(2.0);
    let safety = SCALES[0];
    for team in ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T09", "T11", "T12"] {
        let case = format!("w2_{team}_teamscore");
        let check = |key: &str, ours: f64| equal(&case, key, ours, 1e-11);
        let answers = answers(people.iter().filter(|person| person.team == team), safety);
        let scores = Sample::new(answers.rows().iter().filter_map(|row| Score::Mean.of(row, Enough::Items(2)).ok())).unwrap();
        let (n, invited) = (u32::try_from(scores.len()).unwrap(), invited("2", team));
        let (sd, stratum) = (scores.sd().unwrap(), Stratum::of(n, invited).unwrap());
        check("n", f64::from(n));
        check("N", f64::from(invited));
        check("mean", scores.mean());
        check("sd", sd);
        let interval = mean_interval(&scores).unwrap();
        check("ci_low_t", interval.low);
        check("ci_high_t", interval.high);
        check("fpc", stratum.correction());
        check("se_fpc", standard_error(sd, stratum, 1.0).unwrap());
        check("se_fpc_with_measurement_floor", standard_error(sd, stratum, 0.8).unwrap());
        let bounds = nonresponse_bounds(scores.mean(), n, invited, ResponseScale::new(1.0, 5.0).unwrap()).unwrap();
        check("nonresponse_bound_low", bounds.low);
        check("nonresponse_bound_high", bounds.high);
        let favourable = Favourable::of(&answers, 4.0).unwrap();
        let items: Vec<_> = favourable.items.iter().map(|share| share.ok().map(Share::value)).collect();
        close(&case, &items, &expected(&case, "item_percent_favourable"), 1e-11);
        check("composite_percent_favourable_ahrq_mean_of_items", favourable.composite().unwrap());
        check("percent_favourable_pooled_answers", favourable.pooled().unwrap().value());
        let share = Share::at_least(scores.values(), 3.5).unwrap();
        check("share_of_people_scoring_ge_3_5", share.value());
        check("wilson_low", share.wilson().unwrap().low);
        check("wilson_high", share.wilson().unwrap().high);
    }
}

#[test]
fn longstring_and_variability_of_twelve_people_agree_with_their_definitions() {
    let people: Vec<_> = wave(3.0).iter().take(12).map(|person| person.raw()).collect();
    let stretches: Vec<_> = people.iter().map(|answers| Some(longstring(answers) as f64)).collect();
    let variability: Vec<_> = people.iter().map(|answers| response_variability(answers).ok()).collect();
    close("longstring", &stretches, &expected("w3_careless", "longstring"), 0.0);
    close("irv", &variability, &expected("w3_careless", "irv_sd"), 1e-12);
}
