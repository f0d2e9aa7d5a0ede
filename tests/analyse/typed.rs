//! Numbers typed instead of a file: every way people write them means the same, or the message shows how to write it.

use std::path::Path;

use serde_json::{Value, json};

use super::candor;

/// The arguments of a request; the values may hold spaces.
fn ask(request: &str, values: &[&str]) -> (i32, String, String) {
    let mut arguments = vec!["analyse", "--json", "--method"];
    arguments.extend(request.split_whitespace());
    values.iter().for_each(|values| arguments.extend(["--values", values]));
    candor(Path::new("."), &arguments)
}

fn found(request: &str, values: &[&str]) -> Value {
    let (code, said, complained) = ask(request, values);
    assert_eq!((code, complained.as_str()), (0, ""), "{request} {values:?}");
    serde_json::from_str(&said).unwrap()
}

fn refused(request: &str, values: &[&str], reason: &str) {
    let (code, said, complained) = ask(request, values);
    assert!(code == 2 && said.is_empty() && complained.contains(reason), "{request} {values:?}: {said}{complained}");
}

#[test]
fn a_missing_answer_at_the_end_counts_as_asked() {
    for reversal in ["", " --reversed 1,3"] {
        let request = format!("scale_score --scale 1:7{reversal}");
        let score = found(&request, &["items=7,1,7,null,null,null,null"]);
        assert_eq!((&score["answered"], &score["asked"], &score["score"]), (&json!(3), &json!(7), &Value::Null));
    }
    assert_eq!(found("scale_score", &["items=7,null,null"])["score"], Value::Null);
    assert_eq!(found("scale_score", &["items=7,null,null;min_fraction=0.3"])["score"], json!(7.0));
    assert!(found("scale_score", &["items=null,null"])["undefined"]["score"].is_string());
}

#[test]
fn reversed_items_are_said_by_number_by_name_or_by_yes_and_no() {
    let items = "items=7,1,7,null,1,6,6";
    let score = json!(11.0 / 3.0);
    for reverse in [
        "reverse=1,0,1,0,1,0,0",
        "reversed=1,0,1,0,1,0,0",
        "reversed=true,false,true,false,true,false,false",
        "reverse=True,False,True,False,True,False,False",
        "reverse=[TRUE, FALSE, TRUE, FALSE, TRUE, FALSE, FALSE]",
        "reverse=T,F,T,F,T,F,F",
        "reverse=yes,no,yes,no,yes,no,no",
        "reverse=1,3,5",
        "reversed=5,3,1",
        "reversed=items1,items3,items5",
    ] {
        assert_eq!(found("scale_score --scale 1:7", &[items, reverse])["score"], score, "{reverse}");
        assert_eq!(found("scale_score", &[items, reverse, "scale=1,7"])["score"], score, "{reverse}");
    }
    for reversed in ["1,3,5", "items1,items3,items5", "true,false,true,false,true,false,false"] {
        assert_eq!(found(&format!("scale_score --scale 1:7 --reversed {reversed}"), &[items])["score"], score, "{reversed}");
    }
    let two = found("scale_score --scale 1:7", &["X=7,1/6,2;reverse=0,1"]);
    assert_eq!(two["score"], json!([7.0, 6.0]));
    let (alpha, turned) =
        (found("cronbach_alpha", &["X=1,5/2,3/3,3"]), found("cronbach_alpha --scale 1:5", &["X=1,5/2,3/3,3;reverse=0,1"]));
    assert!(alpha["alpha"].as_f64().unwrap() < 0.0 && turned["alpha"].as_f64().unwrap() > 0.0, "{turned}");
    for (bad, reason) in [
        ("reverse=1,3,9", "\"9\" is none of the 7 items"),
        ("reverse=1,0,1", "\"0\" is none of the 7 items"),
        ("reverse=true,false", "\"true\" is none of the 7 items"),
        ("reverse=1,,1,,1,,", "say 1 or 0 (or true or false) for each of them"),
        ("revers=1,0,1,0,1,0,0", "and not at items, revers"),
        ("reverse=1,3;reversed=1", "and not at items, reversed"),
        ("scale=7,1", "scale is 7:1: write the smallest and the largest answer"),
    ] {
        refused(if bad.starts_with("scale") { "scale_score" } else { "scale_score --scale 1:7" }, &[items, bad], reason);
    }
    refused("scale_score", &["a=7,1,7;b=1,2,1"], "scale_score looks at one list, or at a table with one row per person");
    refused("scale_score --scale 1:7 --reversed 1,3,9", &[items], "--reversed: \"9\" is none of the 7 items");
    refused("scale_score --scale 1:7 --reversed 1,3", &[items, "reverse=1,3,5"], "--reversed: reverse in --values says something else");
    refused("scale_score", &[items, "reverse=1,3,5"], "--scale: turning an item needs");
}

#[test]
fn one_persons_score_follows_the_same_options_as_those_of_many() {
    let items = &["items=7,1,7,null,1,6,6"];
    let score = |options: &str| found(&format!("scale_score {options}"), items)["score"].clone();
    assert_eq!(score(""), json!(28.0 / 6.0));
    assert_eq!(score("--scale-by 3 --round"), json!(14.0));
    assert_eq!((score("--complete"), score("--sum"), score("--min-answered 7")), (Value::Null, Value::Null, Value::Null));
    assert_eq!(found("scale_score --sum", &["items=7,1,7"])["score"], json!(15.0));
}

#[test]
fn one_list_is_one_person_where_rows_are_looked_at() {
    for values in ["x=1,1,1,2,2", "items=1,1,1,2,2", "X=1,1,1,2,2", "1,1,1,2,2", "x=[1, 1, 1, 2, 2]", "a=1;b=1;c=1;d=2;e=2"] {
        assert_eq!(found("longstring_and_irv", &[values])["longstring"], json!([3]), "{values}");
    }
    assert_eq!(found("longstring_and_irv", &["x=3,3,,3,3"])["longstring"], json!([2]));
    assert_eq!(found("longstring_and_irv", &["x=3,3,4/5,5,5"])["longstring"], json!([2, 3]));
}

#[test]
fn a_table_is_read_under_any_name_and_in_any_brackets() {
    let first = found("cronbach_alpha", &["X=1,5/2,4/3,3/5,1/4,2"]);
    for values in [
        "x=1,5/2,4/3,3/5,1/4,2",
        "X=[[1,5],[2,4],[3,3],[5,1],[4,2]]",
        "X=1,5;2,4;3,3;5,1;4,2",
        "X=1,5|2,4|3,3|5,1|4,2",
        "x1=1,2,3,5,4;x2=5,4,3,1,2",
        "1,5/2,4/3,3/5,1/4,2",
    ] {
        assert_eq!(found("cronbach_alpha", &[values]), first, "{values}");
    }
    assert_eq!(found("cronbach_alpha --items X", &["X=1,5/2,4/3,3/5,1/4,2"]), first);
    assert_eq!(found("cronbach_alpha --items b,a", &["a=1,2,3,5,4", "b=5,4,3,1,2"])["alpha"], first["alpha"]);
    assert_eq!(first["read"]["rows_used"], json!(5));
    refused("cronbach_alpha", &["X=1,5/2,4;Y=3"], "cronbach_alpha has no use for \"Y\": write for instance --values \"X=1,5/2,4/3,3\"");
    refused("cronbach_alpha", &["a=1,2,3;b=1,2"], "a has 3 numbers and b 2");
    refused("cronbach_alpha", &["X=1,5/2"], "row 2 of X has 1 numbers, the first row 2: write for instance");
}

#[test]
fn lists_are_found_under_the_names_people_give_them() {
    let welch = found("welch", &["x=3,4,4,5;y=2,3,3,4"]);
    for values in [
        "x=[3,4,4,5], y=[2,3,3,4]",
        "X=3,4,4,5;Y=2,3,3,4",
        "before=3,4,4,5;after=2,3,3,4",
        "y=2,3,3,4;x=3,4,4,5",
        "x=c(3,4,4,5); y=c(2,3,3,4)",
    ] {
        assert_eq!(found("welch", &[values]), welch, "{values}");
    }
    assert_eq!(found("welch", &["x=3,4,4,5", "y=2,3,3,4"]), welch);
    assert_eq!(found("welch --before y --after x", &["x=3,4,4,5;y=2,3,3,4"])["diff"], json!(1.0));
    assert_eq!(found("welch --reversed x,y --scale 1:5", &["x=3,4,4,5;y=2,3,3,4"])["diff"], json!(1.0));
    for values in ["x=1,1,5,5", "1,1,5,5", "ratings=1,1,5,5", "X=[1,1,5,5]"] {
        assert_eq!(found("rwg --options 5", &[values])["rwg_raw"], found("rwg --options 5", &["x=1,1,5,5"])["rwg_raw"], "{values}");
    }
    assert_eq!(found("benjamini_hochberg", &["0.01,0.04"])["q"], json!([0.02, 0.04]));
    assert_eq!(found("wilson", &["k=8,n=10"]), found("wilson", &["k=8", "n=10"]));
    refused("welch", &["3,4;2,3"], "two lists are needed, x and y: write for instance --values \"x=3,4,4;y=2,3\"");
    refused("welch", &["x=3,4;y=2,3;z=1"], "welch has no use for \"z\"");
    refused("rwg --options 5", &["x=1,2;y=1,2"], "rwg has no use for \"y\"");
    refused("wilson", &["k=8;n=10;x=3"], "wilson has no use for \"x\"");
    refused("wilson", &["k=8.5;n=10"], "k is \"8.5\": a whole number of people is needed");
    refused("wilson", &["k=8,2;n=10"], "k is 8,2, and one number is needed");
    refused("mean_ci --decimal-comma --roster-n 5 --reliability 0.8", &["x=3,5"], "write them with a point");
}

#[test]
fn how_many_could_have_answered_is_said_once_and_for_each_round() {
    let values = "x=3,4,4,5;y=2,3,3,4";
    let of = |request: &str, more: &str| {
        let found = found(&format!("roster_aware_change_test {request}"), &[values, more]);
        (found["N1"].clone(), found["N2"].clone())
    };
    let both = (json!(9), json!(7));
    assert_eq!(of("", "N=9,7"), both);
    assert_eq!(of("", "N1=9;N2=7"), both);
    assert_eq!(of("--roster-n 9,7", "N=9,7;rho=0.4"), both);
    assert_eq!(of("", "N=9"), (json!(9), json!(9)));
    refused("roster_aware_change_test", &[values, "N1=9"], "N2 is missing");
    refused("roster_aware_change_test --roster-n 9,9", &[values, "N=9,7"], "--roster-n: N in --values says something else");
    refused("roster_aware_change_test --roster-n 9,9,9", &[values], "--roster-n: two numbers of people are needed");
    refused("mean_ci --roster-n 9 --reliability 0.8", &["x=3,4;N=8"], "--roster-n: N in --values says something else");
    refused("mean_ci --roster-n 9,8 --reliability 0.8", &["x=3,4"], "--roster-n: one number of people is needed, and there are 2");
    refused(
        "mean_ci --roster-n 9 --reliability 0.8",
        &["x=3,4;reliability=0.7"],
        "--reliability: reliability in --values says something else",
    );
    assert_eq!(found("mean_ci", &["x=3,4;N=8;reliability=0.8"])["N"], json!(8));
}

#[test]
fn bounds_for_non_response_follow_from_answers_or_their_mean() {
    let from_mean = found("nonresponse_bounds --scale 1:5", &["n=6;N=8;mean=4"]);
    assert_eq!(found("nonresponse_bounds --roster-n 8", &["x=4,4,4,4,4,4;scale=1:5"]), from_mean);
    refused("nonresponse_bounds --scale 1:5", &["n=6;N=8;x=4"], "has no use for \"x\"");
    refused("nonresponse_bounds --scale 1:5", &["N=8;mean=4"], "n is missing");
}

#[test]
fn a_missing_p_keeps_its_place() {
    let corrected = found("benjamini_hochberg", &["p=0.01,null,0.04"]);
    assert_eq!((&corrected["p"], &corrected["q"]), (&json!([0.01, null, 0.04]), &json!([0.02, null, 0.04])));
    assert_eq!(corrected["p_holm"], json!([0.02, null, 0.04]));
}
