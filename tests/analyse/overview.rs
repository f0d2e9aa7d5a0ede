//! The overview sums whole numbers in one pass; the other methods go through one team after the other.

use serde_json::Value;

use super::{candor, invented, words};

fn said(method: &str, options: &str) -> Value {
    let command = format!(
        "candor analyse synth_given.csv --method {method} --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 {options} --json"
    );
    let (code, said, complained) = candor(&invented(), &words(&command));
    assert_eq!((code, complained.as_str()), (0, ""), "{command}");
    serde_json::from_str(&said).unwrap()
}

fn same(ours: &Value, theirs: &Value) {
    let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
    assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0), "{ours} in the overview, {theirs} by itself");
}

#[test]
fn the_overview_says_what_the_methods_say_one_by_one() {
    let round = "--where wave=1 --where role=member";
    let overview = said("team_overview", &format!("--group team {round}"));
    let (all, anova) = (&overview["all_groups"], said("icc_anova", &format!("--group team {round}")));
    for key in ["N", "F", "icc1_searle_n0", "icc2"] {
        same(&all[key], &anova[key]);
    }
    let alpha = said("cronbach_alpha", round);
    same(&all["alpha"], &alpha["alpha"]);
    same(&all["n_complete"], &alpha["n"]);

    let agreement = said("within_group_agreement", &format!("--group team {round}"));
    let teams = overview["group"].as_array().unwrap();
    assert_eq!(teams, agreement["group"].as_array().unwrap());
    for (place, team) in teams.iter().enumerate() {
        same(&overview["rwgj_uniform_available"][place], &agreement["rwgj_uniform_available"][place]);
        let of_team = format!("{round} --where team={} --roster-n 40 --reliability 0.8", team.as_str().unwrap());
        let alone = said("team_score_and_interval", &of_team);
        for key in ["n", "mean", "sd"] {
            same(&overview[key][place], &alone[key]);
        }
    }
}

#[test]
fn a_scale_that_begins_elsewhere_moves_means_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |from: u32| {
        let answers = [["x", "0", "1"], ["x", "3", "4"], ["y", "2", "2"], ["y", "4", ""], ["y", "1", "0"]];
        let moved = |answer: &str| answer.parse::<u32>().map_or(String::new(), |answer| (answer + from).to_string());
        answers.map(|[team, a, b]| format!("{team},{},{}\n", moved(a), moved(b))).concat()
    };
    let overview = |from: u32| {
        std::fs::write(folder.path().join("rows.csv"), format!("team,a,b\n{}", rows(from))).unwrap();
        let command =
            format!("candor analyse rows.csv --method team_overview --items a,b --scale {from}:{} --group team --sum --json", from + 4);
        let (code, said, complained) = candor(folder.path(), &words(&command));
        assert_eq!((code, complained.as_str()), (0, ""), "{command}");
        serde_json::from_str::<Value>(&said).unwrap()
    };
    let (zero, ten) = (overview(0), overview(10));
    let notes = zero["notes"].to_string();
    assert!(notes.contains("does not look at --sum"), "scores are always means by the half rule: {notes}");
    for key in ["n", "sd", "favourable", "rwgj_uniform_available"] {
        assert_eq!(zero[key], ten[key], "{key}");
    }
    for place in 0..2 {
        assert_eq!(zero["mean"][place].as_f64().unwrap() + 10.0, ten["mean"][place].as_f64().unwrap());
    }
    // Above the middle are, in x, one of two answers to each item; in y one of three and none of two.
    assert_eq!(zero["favourable"], serde_json::json!([0.5, 1.0 / 6.0]));
}
