//! What choosing rows, scores and scales must not change, and what is told of it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{candor, words};

fn ask(folder: &Path, request: &str) -> Value {
    let (code, said, complained) = candor(folder, &words(&format!("candor analyse rows.csv --json {request}")));
    assert_eq!((code, complained.as_str()), (0, ""), "{request}");
    serde_json::from_str(&said).unwrap()
}

fn folder(rows: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rows.csv"), rows).unwrap();
    folder
}

#[test]
fn a_score_does_not_depend_on_who_else_is_looked_at() {
    let place = folder("t,a,b,c,d,e\nx,3,,,,\ny,1,2,3,4,\n");
    let score = |request: &str| ask(place.path(), &format!("--method scale_score --items a,b,c,d,e {request}"));
    assert_eq!(score("")["score"], json!([null, 2.5]));
    for request in ["--where t=x", "--rows 1:1"] {
        assert_eq!(score(request)["score"], json!([null]), "{request}");
    }
    let groups = score("--group t");
    assert_eq!((&groups["by_group"]["x"]["score"], &groups["by_group"]["y"]["score"]), (&json!([null]), &json!([2.5])));
    assert_eq!(groups["notes"], json!(["Nobody answered e; the item is left out."]));
    let told = score("--where t=x");
    assert_eq!((&told["read"]["silent_b"], &told["read"]["unanswered_e"]), (&json!(1), &json!(1)));
}

#[test]
fn a_missing_answer_ends_a_run_whoever_else_is_looked_at() {
    let place = folder("t,a,b,c,d,e\nx,3,3,,3,3\ny,1,2,3,4,5\n");
    let longest = |request: &str| ask(place.path(), &format!("--method longstring_and_irv --items a,b,c,d,e {request}"));
    assert_eq!(longest("")["longstring"], json!([2, 1]));
    assert_eq!(longest("--rows 1:1")["longstring"], json!([2]));
    assert_eq!(longest("--group t")["by_group"]["x"]["longstring"], json!([2]));
}

#[test]
fn complete_takes_only_rows_that_answer_every_item_in_every_method() {
    let place = folder("t,a,b\nx,5,5\nx,1,\nx,4,2\ny,3,3\ny,,5\ny,2,1\n");
    for (method, key, all, complete) in [
        ("within_group_agreement --options 5 --group t", "gsize", json!([3, 3]), json!([2, 2])),
        ("longstring_and_irv", "line", json!([2, 3, 4, 5, 6, 7]), json!([2, 4, 5, 7])),
        ("scale_score", "line", json!([2, 3, 4, 5, 6, 7]), json!([2, 4, 5, 7])),
        ("team_overview --scale 1:5 --group t", "favourable", json!([2.0 / 3.0 * 0.5 + 0.25, 1.0 / 4.0]), json!([0.75, 0.0])),
        (
            "team_score_and_interval --scale 1:5 --roster-n 9 --reliability 0.8",
            "item_percent_favourable",
            json!([0.4, 0.4]),
            json!([0.5, 0.25]),
        ),
    ] {
        let request = format!("--method {method} --items a,b");
        let (one, other) = (ask(place.path(), &request), ask(place.path(), &format!("{request} --complete")));
        if method.starts_with("team_overview") {
            assert_ne!(one[key], other[key]);
        } else {
            assert_eq!(one[key], all, "{method}");
        }
        assert_eq!(other[key], complete, "{method}");
        assert_eq!(other["read"]["rows_incomplete"], json!(2), "{method}");
    }
    let (code, _, complained) =
        candor(place.path(), &words("candor analyse rows.csv --method scale_score --items a,b --complete --rows 2:2"));
    assert!(code == 2 && complained.contains("nobody answered every item of a, b"), "{complained}");
}

#[test]
fn a_share_of_people_does_not_depend_on_how_a_score_is_written() {
    let place = folder("a,b\n5,5\n1,2\n4,4\n2,3\n1,1\n");
    let request = "--method team_score_and_interval --items a,b --scale 1:5 --roster-n 8 --reliability 0.8";
    let plain = ask(place.path(), request);
    assert_eq!(plain["share_of_people_scoring_ge_3_5"], json!(0.4));
    for (option, times) in [("--sum", 2.0), ("--scale-by 25", 25.0), ("--scale-by 3 --round", 3.0), ("--scale-by 0.1", 0.1)] {
        let scaled = ask(place.path(), &format!("{request} {option}"));
        for key in ["share_of_people_scoring_ge_3_5", "wilson_low", "wilson_high"] {
            assert_eq!(scaled[key], plain[key], "{option} {key}");
        }
        if !option.contains("--round") {
            for key in ["mean", "nonresponse_bound_low", "nonresponse_bound_high"] {
                let (scaled, plain) = (scaled[key].as_f64().unwrap(), plain[key].as_f64().unwrap());
                assert!((scaled - times * plain).abs() < 1e-12, "{option} {key}: {scaled}, {plain}");
            }
        }
        assert!(scaled["notes"].to_string().contains("3.5 is compared with means of answers"), "{option}");
    }
}

#[test]
fn two_columns_are_turned_when_told_so() {
    let place = folder("t,a,b\nx,1,2\nx,2,2\nx,3,5\nx,2,3\n");
    let request = "--method welch --before a --after b";
    assert_eq!(ask(place.path(), request)["diff"], json!(1.0));
    assert_eq!(ask(place.path(), &format!("{request} --reversed a,b --scale 1:5"))["diff"], json!(-1.0));
    assert_eq!(ask(place.path(), &format!("{request} --reversed b --scale 1:5"))["diff"], json!(1.0));
    for (more, reason) in
        [("--reversed a", "--scale: turning an item needs"), ("--reversed c --scale 1:5", "\"c\" is not among the items a, b")]
    {
        let (code, _, complained) = candor(place.path(), &words(&format!("candor analyse rows.csv {request} {more}")));
        assert!(code == 2 && complained.contains(reason), "{complained}");
    }
}

#[test]
fn the_number_of_options_says_nothing_of_where_a_scale_begins() {
    let place = folder("t,a,b\nx,0,4\nx,1,3\nx,0,2\ny,4,1\ny,3,2\n");
    let agreement = |more: &str| ask(place.path(), &format!("--method within_group_agreement --items a,b --group t --options 5 {more}"));
    let (plain, turned) = (agreement(""), agreement("--reversed b"));
    for key in ["rwgj_uniform_available", "ad_mean_listwise", "ad_median_listwise"] {
        assert_eq!(plain[key], turned[key], "turning an item changes no distance between answers");
    }
    assert_eq!(turned, agreement("--reversed b --scale 0:4"));
    for method in ["scale_score", "icc_anova --group t", "cronbach_alpha"] {
        let request = format!("candor analyse rows.csv --method {method} --items a,b --options 5 --reversed b");
        let (code, _, complained) = candor(place.path(), &words(&request));
        assert!(code == 2 && complained.contains("--scale: turning an item needs the smallest"), "{method}: {complained}");
    }
}

#[test]
fn a_result_that_tells_every_answer_is_marked() {
    let place = folder("t,a,b\nx,4,4\nx,4,4\ny,1,2\ny,5,4\ny,4,1\nz,5,2\n");
    let one = |method: &str, team: &str| {
        let request = format!("--method {method} --items a,b --scale 1:5 --roster-n 4 --reliability 0.8 --where t={team}");
        let found = ask(place.path(), &request);
        (found["disclosive"].clone(), found["notes"].to_string().contains("do not pass"))
    };
    for method in ["mean_ci", "team_score_and_interval"] {
        for (team, tells) in [("x", true), ("y", false), ("z", true)] {
            assert_eq!(one(method, team), (json!(tells), tells), "{method} {team}");
        }
    }
    let all = ask(place.path(), "--method team_overview --items a,b --scale 1:5 --group t");
    assert_eq!(all["disclosive"], json!([true, false, true]));
    assert!(all["notes"].to_string().contains("do not pass"), "{all}");
}
