//! Scores of teams with their intervals and shares, and how people ticked.

use statistics::{
    Favourable, ResponseScale, Share, Stratum, longstring, mean_interval, nonresponse_bounds, response_variability, standard_error,
};

use crate::survey::{SCALES, answers, close, equal, expected, invited, members, scores};

#[test]
fn scores_intervals_and_favourable_shares_of_teams_agree_with_scipy() {
    let people = members("2");
    let safety = &SCALES[0];
    for team in ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T09", "T11", "T12"] {
        let case = format!("w2_{team}_teamscore");
        let check = |key: &str, ours: f64| equal(&case, key, ours, 1e-11);
        let answers = answers(people.iter().filter(|person| person.team == team), safety);
        let scores = scores(&answers).unwrap();
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
    let people: Vec<_> = members("3").iter().take(12).map(|person| person.raw()).collect();
    let stretches: Vec<_> = people.iter().map(|answers| Some(longstring(answers) as f64)).collect();
    let variability: Vec<_> = people.iter().map(|answers| response_variability(answers).ok()).collect();
    close("longstring", &stretches, &expected("w3_careless", "longstring"), 0.0);
    close("irv", &variability, &expected("w3_careless", "irv_sd"), 1e-12);
}
