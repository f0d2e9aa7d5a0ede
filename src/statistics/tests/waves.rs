//! Two waves compared, against R 4.2 (`stats`, `coin`); see `data/README.md`.
//!
//! Of univbct, a data set of the R package multilevel, only summary numbers stand here.

#![allow(clippy::unwrap_used, clippy::panic)]

mod synthetic;

use std::collections::BTreeSet;

use statistics::{
    CliffInterval, Enough, RHO_CHANGE, Sample, Score, Side, StandardisedDifference, Undefined, Welch, benjamini_hochberg, cliff_delta,
    exact_mean_difference, holm, mann_whitney, standardised_difference, welch,
};

use synthetic::{SCALES, close, equal, expected, invited, members};

/// What the members of a team scored in one wave on the first scale, safety.
fn safety(wave: f64, team: &str, score: Score, enough: Enough) -> Vec<f64> {
    let people = members().into_iter().filter(|person| person.wave == wave && person.team == team);
    people.filter_map(|person| score.of(&person.answers(SCALES[0]), enough).ok()).collect()
}

/// Means of those who answered two of the four statements or more.
fn means(wave: f64, team: &str) -> Sample {
    Sample::new(safety(wave, team, Score::Mean, Enough::Items(2))).unwrap()
}

/// Sums of those who answered all four statements.
fn sums(wave: f64, team: &str) -> Sample {
    Sample::new(safety(wave, team, Score::Sum, Enough::Items(4))).unwrap()
}

fn check_welch(check: impl Fn(&str, f64), test: &Welch) {
    check("welch_t", test.t);
    check("welch_df", test.df);
    check("welch_p", test.change.p);
    check("welch_ci_low", test.change.low);
    check("welch_ci_high", test.change.high);
    check("welch_se", test.change.standard_error);
}

fn check_effect(check: impl Fn(&str, f64), effect: &StandardisedDifference) {
    check("cohen_d", effect.d);
    check("hedges_J_exact", effect.correction);
    check("hedges_g", effect.g);
    check("g_ci_low_normal", effect.g_interval.0);
    check("g_ci_high_normal", effect.g_interval.1);
    let (low, high) = effect.d_interval.unwrap();
    check("d_ci_low_noncentral", low);
    check("d_ci_high_noncentral", high);
}

/// Everything that is said of two samples. The limits of d rest on R's root finding, and the normal tail is good to ten digits.
fn check_all(case: &str, before: &Sample, after: &Sample) {
    let check = |key: &str, ours: f64| equal(case, key, ours, 1e-9);
    let (first, second) = (Side::of(before, 0.0).unwrap(), Side::of(after, 0.0).unwrap());
    check("n_before", before.n());
    check("n_after", after.n());
    check("mean_before", before.mean());
    check("mean_after", after.mean());
    let test = welch(&first, &second, 0.0).unwrap();
    check("diff", test.change.difference);
    check_welch(check, &test);
    check_effect(check, &standardised_difference(&first, &second).unwrap());
    let ranks = mann_whitney(before, after);
    check("mw_U_after", ranks.u);
    check("mw_p_cc", ranks.p_corrected.unwrap());
    check("mw_p_nocc", ranks.p_uncorrected.unwrap());
    let cliff = cliff_delta(before, after);
    check("cliff_delta", cliff.delta);
    check("cliff_var", cliff.variance.unwrap());
    let Ok(CliffInterval::Between { low, high }) = cliff.interval else { panic!("{case}: {cliff:?}") };
    check("cliff_ci_low", low);
    check("cliff_ci_high", high);
}

#[test]
fn two_waves_of_a_team_compare_as_in_r() {
    for team in ["T06", "T25"] {
        check_all(&format!("{team}_w1w4"), &means(1.0, team), &means(4.0, team));
    }
}

#[test]
fn sums_of_small_teams_have_the_exact_p_values_of_coin() {
    for team in ["T02", "T04", "T05"] {
        let case = format!("{team}_w1w4_sums");
        let (before, after) = (sums(1.0, team), sums(4.0, team));
        check_all(&case, &before, &after);
        equal(&case, "mw_p_exact_permutation", mann_whitney(&before, &after).p().unwrap(), 1e-13);
        equal(&case, "mean_diff_p_exact_permutation", exact_mean_difference(&before, &after, 1).unwrap(), 1e-13);
    }
}

#[test]
fn the_staff_list_sharpens_the_test_by_its_formula() {
    for team in ["T01", "T02", "T04", "T05", "T06"] {
        let case = format!("{team}_roster_change");
        let side = |wave: f64| {
            let scores = means(wave, team);
            Side::of(&scores, scores.n() / f64::from(invited(&wave.to_string(), team))).unwrap()
        };
        let (before, after) = (side(1.0), side(4.0));
        for (reading, rho) in [("rho_0", 0.0), ("rho_0_4", RHO_CHANGE)] {
            let check = |key: &str, ours: f64| equal(&case, &format!("{reading}.{key}"), ours, 1e-11);
            let test = welch(&before, &after, rho).unwrap();
            check("n1", f64::from(before.people));
            check("n2", f64::from(after.people));
            check("diff", test.change.difference);
            check("se", test.change.standard_error);
            check("df", test.df);
            check("t", test.t);
            check("p", test.change.p);
            check("ci_low", test.change.low);
            check("ci_high", test.change.high);
        }
    }
}

#[test]
fn the_tests_of_all_teams_adjust_as_in_r() {
    let teams: BTreeSet<String> = members().into_iter().map(|person| person.team).collect();
    let side = |wave: f64, team: &str| {
        let scores = safety(wave, team, Score::Mean, Enough::Items(2));
        (scores.len() >= 5).then(|| Side::of(&Sample::new(scores).unwrap(), 0.0).unwrap())
    };
    let p = |team: &String| Some(welch(&side(3.0, team)?, &side(4.0, team)?, 0.0).unwrap().change.p);
    let p: Vec<f64> = teams.iter().filter_map(p).collect();
    for (key, ours) in [("p", p.clone()), ("p_bh", benjamini_hochberg(&p).unwrap()), ("p_holm", holm(&p).unwrap())] {
        close(key, &ours.into_iter().map(Some).collect::<Vec<_>>(), &expected("bh_w3w4", key), 1e-11);
    }
}

#[test]
fn three_who_agree_and_agree_again_have_a_difference_and_an_exact_p_value_only() {
    let alike = |value: f64| Sample::new([value; 3]).unwrap();
    let (before, after) = (alike(3.0), alike(4.0));
    let test = welch(&Side::of(&before, 1.0).unwrap(), &Side::of(&after, 1.0).unwrap(), RHO_CHANGE);
    assert_eq!(test, Err(Undefined::NoSpread));
    assert_eq!(after.mean() - before.mean(), 1.0);
    assert_eq!(exact_mean_difference(&before, &after, 1), Ok(0.1));
}

/// Job satisfaction in two battalions.
#[test]
fn numbers_means_and_variances_are_enough_for_welch_and_effect_sizes() {
    let side = |people: u32, mean: f64, variance: f64| Side { people, mean, variance, responded: 0.0 };
    let large = (side(93, 3.017_921_182_795_699, 1.027_453_127_681_738), side(89, 3.157_303_393_258_427, 1.055_782_542_446_991_3));
    let small = (side(14, 129.0 / 14.0, 10.181_318_681_318_68), side(14, 146.0 / 14.0, 10.109_890_109_890_11));
    for ((before, after), theirs) in [
        (
            large,
            [
                ("welch_t", 0.920_850_307_932_764),
                ("welch_df", 179.400_596_456_068),
                ("welch_p", 0.358_365_200_441_471),
                ("welch_ci_low", -0.159_297_706_281_155),
                ("welch_ci_high", 0.438_062_127_206_611),
                ("welch_se", 0.151_362_506_220_615),
                ("cohen_d", 0.136_589_958_983_64),
                ("hedges_J_exact", 0.995_826_569_761_545),
                ("hedges_g", 0.136_019_910_318_548),
                ("g_ci_low_normal", -0.154_950_399_861_728),
                ("g_ci_high_normal", 0.426_990_220_498_824),
                ("d_ci_low_noncentral", -0.154_575_604_745_253),
                ("d_ci_high_noncentral", 0.427_377_217_625_589),
            ],
        ),
        (
            small,
            [
                ("welch_t", 1.008_627_822_312_37),
                ("welch_df", 25.999_677_821_870_5),
                ("welch_p", 0.322_448_465_839_958),
                ("welch_ci_low", -1.260_364_977_234_12),
                ("welch_ci_high", 3.688_936_405_805_56),
                ("welch_se", 1.203_898_690_303_68),
                ("cohen_d", 0.381_225_483_322_74),
                ("hedges_J_exact", 0.970_826_318_865_48),
                ("hedges_g", 0.370_103_732_631_929),
                ("g_ci_low_normal", -0.377_008_101_582_13),
                ("g_ci_high_normal", 1.117_215_566_845_99),
                ("d_ci_low_noncentral", -0.370_292_291_365_576),
                ("d_ci_high_noncentral", 1.125_583_398_191_01),
            ],
        ),
    ] {
        let check = |key: &str, ours: f64| {
            let theirs = theirs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
            close(key, &[Some(ours)], &[theirs], 1e-9);
        };
        check_welch(check, &welch(&before, &after, 0.0).unwrap());
        check_effect(check, &standardised_difference(&before, &after).unwrap());
    }
}
