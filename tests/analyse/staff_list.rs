//! What is known in addition when it is known how many people could have answered.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{candor, words};

fn said(folder: &Path, request: &str) -> Value {
    let (code, said, complained) = candor(folder, &words(&format!("candor analyse {request} --json")));
    assert_eq!((code, complained.as_str()), (0, ""), "{request}");
    serde_json::from_str(&said).unwrap()
}

/// The same but for what a quantile of t is good for.
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or(f64::NAN);
    assert!((found - expected).abs() <= 1e-11 * expected.abs().max(1.0), "{found} is not {expected}");
}

const SCORE: &str = "rows.csv --method team_score_and_interval --items a --scale 1:9 --reliability 0.8";

#[test]
fn a_small_team_borrows_the_spread_within_all_teams_of_its_round() {
    let place = tempfile::tempdir().unwrap();
    // The second round, the person alone in z, and what x itself says leave the spread within teams at the root of (2 + 4) / (2 + 3).
    let rows = "wave,team,a\n1,x,1\n1,x,2\n1,x,3\n1,y,2\n1,y,2\n1,y,4\n1,y,4\n1,z,9\n2,x,1\n2,x,9\n2,y,1\n2,y,9\n";
    fs::write(place.path().join("rows.csv"), rows).unwrap();
    fs::write(place.path().join("list.csv"), "wave,team,headcount\n1,x,6\n1,y,9\n1,z,3\n").unwrap();
    let spread = 1.2_f64.sqrt();
    let alone = said(place.path(), &format!("{SCORE} --where wave=1 --where team=x --roster list.csv"));
    close(&alone["rho"], 0.5);
    close(&alone["sd_roster"], spread);
    // 3 of 5 answered; qt(0.975, 5) of R.
    let error = spread * ((1.0 - 0.5 * 0.6) / 3.0_f64).sqrt();
    close(&alone["se_roster"], error);
    close(&alone["ci_low_roster"], 2.0 - 2.570_581_835_636_314 * error);
    close(&alone["ci_high_roster"], 2.0 + 2.570_581_835_636_314 * error);
    let together = said(place.path(), &format!("{SCORE} --where wave=1 --group team --roster list.csv --rho 0.5"));
    assert_eq!(together["by_group"]["x"]["ci_low_roster"], alone["ci_low_roster"]);
    close(&together["by_group"]["z"]["sd_roster"], spread);
    let strict = said(place.path(), &format!("{SCORE} --where wave=1 --where team=x --roster list.csv --rho 0"));
    close(&strict["se_roster"], spread / 3.0_f64.sqrt());
}

#[test]
fn ten_people_who_differ_have_a_spread_of_their_own() {
    let place = tempfile::tempdir().unwrap();
    let scores = [2, 3, 4, 4, 5, 5, 6, 3, 4, 4, 2, 6];
    let rows: String = scores.iter().map(|score| format!("x,{score}\n")).collect();
    fs::write(place.path().join("rows.csv"), format!("unit,a\n{rows}y,1\ny,9\n")).unwrap();
    let own = said(place.path(), &format!("{SCORE} --where unit=x --roster-n 16"));
    // Squared distances from the mean of 4: 20; 12 of 16 answered; qt(0.975, 11) of R.
    let error = (20.0_f64 / 11.0).sqrt() * ((1.0 - 0.5 * 0.75) / 12.0_f64).sqrt();
    close(&own["ci_low_roster"], 4.0 - 2.200_985_160_082_949 * error);
    // Two people need the other teams, and a column that says which they are.
    let two = said(place.path(), &format!("{SCORE} --where unit=y --roster-n 2"));
    assert!(two["ci_low_roster"].is_null() && two["undefined"]["ci_low_roster"].as_str().unwrap().contains("--group"), "{two}");
    let two = said(place.path(), &format!("{SCORE} --where unit=y --roster-n 2 --group unit"));
    close(&two["sd_roster"], (52.0_f64 / 12.0).sqrt());
}

#[test]
fn a_team_that_answered_completely_is_drawn_in_less() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "team,a\nx,1\nx,3\ny,4\ny,6\nz,7\nz,9\n").unwrap();
    fs::write(place.path().join("list.csv"), "team,headcount\nx,2\ny,4\nz,2\n").unwrap();
    let ask = "rows.csv --method reml_variance_components_and_EB_means --items a --group team";
    let found = said(place.path(), &format!("{ask} --roster list.csv --roster-leaders 0"));
    assert_eq!(found["N"], json!([2, 4, 2]));
    // tau^2 = 8 and sigma^2 = 2: the variance of a mean is 2 (1 - 0.5 f) / 2.
    for (team, variance) in [0.5, 0.75, 0.5].into_iter().enumerate() {
        close(&found["shrink_lambda_roster"][team], 8.0 / (8.0 + variance));
        close(&found["shrink_lambda"][team], 8.0 / 9.0);
    }
    close(&found["eb_mean_roster"][0], 5.0 - 3.0 * 8.0 / 8.5);
    assert!(said(place.path(), ask).get("shrink_lambda_roster").is_none());
    let typed = said(place.path(), &format!("{ask} --roster-n 2 --rho 0"));
    assert_eq!(typed["shrink_lambda_roster"], typed["shrink_lambda"]);
    assert!(typed["notes"].to_string().contains("Every team was taken to have 2 people"), "{typed}");
}

#[test]
fn so_many_must_have_answered_both_times() {
    let place = tempfile::tempdir().unwrap();
    let typed = "--values x=1,2,3,4,5,6,7,8;y=1,2,3,4,5,6,7,8,9 --roster-n 12,11";
    for method in ["two_wave_comparison", "roster_aware_change_test"] {
        let found = said(place.path(), &format!("--method {method} {typed}"));
        assert_eq!(found["answered_twice_at_least"], json!(5), "{found}");
        assert!(!found["notes"].to_string().contains("--roster-n"), "{found}");
    }
    let without = said(place.path(), "--method two_wave_comparison --values x=1,2,3;y=2,4,5");
    assert!(without.get("answered_twice_at_least").is_none());
    assert_eq!(without["mw_p"], without["mw_p_exact_permutation"]);
    let too_many = said(place.path(), "--method two_wave_comparison --values x=1,2,3;y=2,4,5 --roster-n 2");
    assert!(too_many["answered_twice_at_least"].is_null() && too_many["undefined"]["answered_twice_at_least"].is_string());
}

#[test]
fn a_split_team_is_called_so() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "team,a\nx,1\nx,5\nx,1\nx,5\ny,3\ny,4\n").unwrap();
    let found = said(place.path(), "rows.csv --method within_group_agreement --items a --group team --options 5");
    assert_eq!((&found["flag"], &found["rwgj_uniform_available"][0]), (&json!(["polarised", null]), &json!(0.0)));
}

#[test]
fn skewed_answers_go_by_their_published_names() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "team,a\nx,3\nx,4\nx,4\nx,3\nx,4\ny,2\ny,3\n").unwrap();
    let agreement = |null: &str| said(place.path(), &format!("rows.csv --method within_group_agreement --items a --group team {null}"));
    let skewed = |null: &str| agreement(null)["rwgj_skew_available"][0].as_f64().unwrap();
    let even = agreement("--options 5")["rwgj_uniform_available"].clone();
    for (name, variance) in [("slight", 1.34), ("moderate", 0.9), ("heavy", 0.44)] {
        // 3, 3, 4, 4, 4 have the variance 0.3.
        assert!((skewed(&format!("--options 5 --null-variance 2,{name}")) - (1.0 - 0.3 / variance)).abs() < 1e-12, "{name}");
        assert_eq!(agreement(&format!("--null-variance {name}"))["rwgj_uniform_available"], even);
        let one = said(place.path(), &format!("--method rwg --values x=3,4,4,3,4 --null-variance {name}"));
        assert!((one["null_variance"].as_f64().unwrap() - variance).abs() < 1e-12, "{one}");
    }
    for (null, reason) in [
        ("--options 7 --null-variance heavy", "give a variance"),
        ("--options 5 --null-variance heavy,2", "one variance for even answers"),
        ("--options 5 --null-variance 2,strong", "or slight, moderate, heavy"),
    ] {
        let request = format!("candor analyse rows.csv --method within_group_agreement --items a --group team {null}");
        let (code, _, complained) = candor(place.path(), &words(&request));
        assert!(code == 2 && complained.contains(reason), "{null}: {complained}");
    }
}
