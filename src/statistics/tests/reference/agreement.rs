//! Agreement within teams.

use statistics::{
    Answers, Centre, ItemAgreement, NullVariance, SLIGHTLY_SKEWED_OF_5, Sample, ScaleAgreement, Undefined, average_deviation,
};

use crate::survey::{SCALES, answers, close, expected, members, teams};

/// Per team one measure, `None` where it does not exist.
type PerTeam = Vec<Option<f64>>;

fn of_teams(teams: &[Answers], of: impl Fn(&Answers) -> Result<f64, Undefined>) -> PerTeam {
    teams.iter().map(|team| of(team).ok()).collect()
}

#[test]
fn agreement_within_teams_agrees_with_r_over_available_and_over_complete_answers() {
    let people = members("1");
    let (uniform, skewed) = (NullVariance::uniform(5).unwrap(), NullVariance::of(&SLIGHTLY_SKEWED_OF_5).unwrap());
    for scale in &SCALES {
        let case = format!("w1_{}_agreement", scale.name);
        let groups: Vec<Answers> =
            teams(&people).iter().map(|team| answers(people.iter().filter(|person| person.team == *team), scale)).collect();
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
