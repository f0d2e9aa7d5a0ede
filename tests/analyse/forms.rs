//! Other ways in which a person may write a file or a request, and what must not pass in silence.

use std::fs;

use serde_json::{Value, json};

use super::candor;

/// What is said of these rows; the arguments of the request stand between bars.
fn run(rows: &str, request: &str) -> (i32, String, String) {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), rows).unwrap();
    candor(place.path(), &[vec!["analyse", "rows.csv"], request.split('|').collect()].concat())
}

fn said(rows: &str, request: &str) -> Value {
    let (code, said, complained) = run(rows, &format!("{request}|--json"));
    assert_eq!((code, complained.as_str()), (0, ""), "{request}");
    serde_json::from_str(&said).unwrap()
}

fn refused(rows: &str, request: &str) -> String {
    let (code, said, complained) = run(rows, request);
    assert_eq!((code, said.as_str()), (2, ""), "{request}: {complained}");
    complained
}

fn typed(request: &[&str]) -> Value {
    let (code, said, complained) = candor(std::path::Path::new("."), &[&["analyse", "--json"], request].concat());
    assert_eq!((code, complained.as_str()), (0, ""), "{request:?}");
    serde_json::from_str(&said).unwrap()
}

const TWO_KEYS: &str = "UNIT,PLATOON,a,b\n1,A,1,2\n1,A,3,4\n1,B,2,2\n1,B,4,5\n2,A,5,4\n2,A,1,1\n";

#[test]
fn several_columns_of_one_team_come_with_a_comma_or_one_by_one() {
    let ask = |group: &str| run(TWO_KEYS, &format!("--method|icc_anova|--items|a|--json|{group}"));
    let one_by_one = ask("--group|UNIT|--group|PLATOON");
    assert_eq!((one_by_one.0, one_by_one.2.as_str()), (0, ""));
    assert_eq!(ask("--group|UNIT,PLATOON"), one_by_one);
    assert_eq!(ask("--group|UNIT, PLATOON"), one_by_one);
    for joined in ["UNIT PLATOON", "UNIT+' '+PLATOON", "UNIT:PLATOON"] {
        let told = refused(TWO_KEYS, &format!("--method|icc_anova|--items|a|--group|{joined}"));
        assert!(told.contains("--group UNIT,PLATOON"), "{told}");
    }
    assert!(refused(TWO_KEYS, "--method|icc_anova|--items|a b|--group|UNIT").contains("--items a,b"));
    for range in ["PLATOON:b", "PLATOON-b"] {
        let told = refused(TWO_KEYS, &format!("--method|cronbach_alpha|--items|{range}"));
        assert!(told.contains("--items PLATOON,a,b."), "{told}");
    }
    let told = refused(TWO_KEYS, "--method|icc_anova|--items|a|--group|UNIT|PLATOON");
    assert!(told.contains("nothing is known about \"PLATOON\"") && told.contains("joined by commas"), "{told}");
}

#[test]
fn blanks_around_names_and_the_signs_of_other_programs_are_understood() {
    let plain = said(TWO_KEYS, "--method|cronbach_alpha|--items|a,b|--where|PLATOON=A");
    for (items, condition) in [("a, b", "PLATOON==A"), (" a ,b", "PLATOON == 'A'"), ("a,b ", "PLATOON=\"A\"")] {
        assert_eq!(said(TWO_KEYS, &format!("--method|cronbach_alpha|--items|{items}|--where|{condition}")), plain, "{condition}");
    }
    let told = refused(TWO_KEYS, "--method|cronbach_alpha|--items|a,b|--where|UNIT==1 & PLATOON=='A'");
    assert!(told.contains("write --where UNIT=1 --where PLATOON=A"), "{told}");
    let told = refused(TWO_KEYS, "--method|cronbach_alpha|--items|a,b|--where|UNIT=1,2");
    assert!(told.contains("repeat --where UNIT="), "{told}");
}

#[test]
fn an_outcome_is_the_one_item_where_there_are_no_predictors() {
    let rows = "w,t,a\n1,x,1\n1,x,3\n2,x,4\n2,x,2\n1,y,4\n1,y,5\n2,y,5\n2,y,2\n3,x,1\n3,y,2\n";
    for request in [
        "icc_anova|--group|t",
        "reml_variance_components_and_EB_means|--group|t",
        "team_trend|--wave|w",
        "two_wave_comparison|--wave|w|--before|1|--after|2",
        "team_score_and_interval|--scale|1:5|--roster-n|20|--reliability|0.8",
    ] {
        let by_items = said(rows, &format!("--method|{request}|--items|a"));
        assert_eq!(said(rows, &format!("--method|{request}|--outcome|a")), by_items, "{request}");
    }
}

#[test]
fn a_round_may_have_a_negative_number() {
    let rows = "w,a\n-1,1\n-1,3\n0,4\n0,2\n";
    assert_eq!(said(rows, "--method|welch|--items|a|--wave|w|--before|-1|--after|0")["diff"], json!(1.0));
    assert_eq!(said(rows, "--method|welch|--items|a|--wave|w|--before=-1|--after=0.0")["diff"], json!(1.0));
}

#[test]
fn a_staff_list_by_round_asks_for_the_column_of_the_round() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "quarter,team,a\n2,x,1\n2,x,3\n").unwrap();
    fs::write(place.path().join("list.csv"), "wave,team,headcount\n2,x,9\n").unwrap();
    let request = "analyse rows.csv --method mean_ci --items a --reliability 0.8 --roster list.csv --where quarter=2 --json";
    let request: Vec<&str> = request.split(' ').collect();
    let (code, _, complained) = candor(place.path(), &request);
    assert!(code == 2 && complained.contains("name it with --wave"), "{complained}");
    let (code, said, _) = candor(place.path(), &[&request[..], &["--wave", "quarter"]].concat());
    assert!(code == 0 && said.contains("\"N\": 8"), "{said}");
}

#[test]
fn equal_numbers_are_one_team_and_one_round_and_names_that_look_like_numbers_are_not() {
    let rows = "t,w,a\n1,1,1\n1.0,1.0,3\n2,2,4\n2,2.0,5\n";
    let found = said(rows, "--method|icc_anova|--items|a|--group|t");
    assert_eq!((&found["groups"], &found["N"]), (&json!(2), &json!(4)));
    let trend = said(rows, "--method|team_trend|--items|a|--wave|w");
    assert_eq!((&trend["wave"], &trend["wave_n"]), (&json!(["1", "2"]), &json!([2, 2])));
    let one = said(rows, "--method|cronbach_alpha|--items|a,w|--group|t");
    assert_eq!(one["by_group"].as_object().unwrap().keys().collect::<Vec<_>>(), ["1", "2"]);
    let named = "t,a\n0E1,1\n0E1,3\n0E2,4\n0E2,5\n007,1\n007,2\n";
    assert_eq!(said(named, "--method|icc_anova|--items|a|--group|t")["groups"], json!(3));
}

#[test]
fn two_teams_never_share_a_joined_name() {
    let told = refused("p,q,a\n1 2,3,1\n1,2 3,3\n", "--method|icc_anova|--items|a|--group|p,q");
    assert!(told.contains("[\"1 2\", \"3\"] and [\"1\", \"2 3\"] are two teams"), "{told}");
}

#[test]
fn the_largest_numbers_are_read_without_a_panic() {
    let found = said("t,a\nx,1\ny,2\ny,3\n", "--method|icc_anova|--items|a|--group|t|--rows|1:18446744073709551615");
    assert_eq!(found["N"], json!(3));
    let (code, _, complained) =
        candor(std::path::Path::new("."), &["analyse", "--method", "rwg", "--values", "x=1,2,5", "--scale", "0:5000000000"]);
    assert!(code == 2 && complained.contains("--options"), "{complained}");
    let told = refused("t,a\nx,1\ny,2\n", "--method|team_overview|--items|a|--group|t|--scale|-1e308:1e308");
    assert!(told.contains("--scale"), "{told}");
}

#[test]
fn a_team_whose_squares_have_no_sum_is_named_and_not_left_out() {
    let rows = "t,w,a\nx,1,1e200\nx,2,-1e200\ny,1,1\ny,2,2\nz,1,1\nz,2,3\n";
    for request in ["icc_anova", "reml_variance_components_and_EB_means"] {
        let told = refused(rows, &format!("--method|{request}|--items|a|--group|t"));
        assert!(told.contains("the scores of \"x\" cannot be summed up") && !told.contains("inf"), "{told}");
    }
    let told = refused("w,a\n1,1e308\n1,-1e308\n2,1\n2,2\n", "--method|team_trend|--items|a|--wave|w");
    assert!(told.contains("the scores of \"1\" cannot be summed up"), "{told}");
}

#[test]
fn a_reversed_column_is_turned_for_its_importance_or_refused() {
    let rows = "y,a,b\n1,5,2\n2,4,1\n3,3,5\n4,1,3\n5,2,4\n";
    let ask = "--method|relative_importance|--outcome|y|--predictors|a,b";
    let [plain, turned] = ["", "|--reversed|a|--scale|1:5"].map(|more| said(rows, &format!("{ask}{more}"))["zero_order_r"].clone());
    let [plain, turned] = [plain, turned].map(|r| [0, 1].map(|place| r[place].as_f64().unwrap()));
    assert!(plain[0] < -0.5 && (plain[0] + turned[0]).abs() < 1e-12 && (plain[1] - turned[1]).abs() < 1e-12, "{plain:?} {turned:?}");
    let by_items = said(rows, "--method|relative_importance|--outcome|y|--items|a,b");
    assert_eq!(by_items, said(rows, ask));
    assert!(refused(rows, &format!("{ask}|--reversed|nosuch|--scale|1:5")).contains("\"nosuch\" is neither the outcome"));
    assert!(refused(rows, &format!("{ask}|--reversed|a")).contains("--scale"));
    assert!(refused(rows, &format!("{ask}|--scale|2:5")).contains("column y: 1 is outside the scale 2:5"));
    assert!(refused(rows, "--method|relative_importance|--outcome|y|--predictors|a,a").contains("--predictors: \"a\" is named twice"));
}

#[test]
fn people_alone_in_their_team_do_not_count_within_teams() {
    let rows = "t,y,a\nx,1,2\nx,2,5\nx,4,3\nz,3,3\nv,1,1\nv,5,4\n";
    let found = said(rows, "--method|relative_importance|--outcome|y|--predictors|a|--group|t");
    assert_eq!((&found["n"], &found["read"]["rows_alone"]), (&json!(5), &json!(1)));
}

#[test]
fn without_any_error_left_there_is_no_detectable_change() {
    let found = typed(&["--method", "roster_aware_change_test", "--values", "x=1,2,4;y=3,5,5,4", "--roster-n", "3,4", "--rho", "1"]);
    assert_eq!((&found["rho_1"]["p"], &found["rho_1"]["detectable_change"]), (&Value::Null, &Value::Null));
    assert_eq!(found["status"], json!("undefined"));
    assert!(found["rho_0"]["p"].is_number() && found["undefined"]["rho_1.detectable_change"].is_string(), "{found}");
}

#[test]
fn more_scores_than_people_are_always_told() {
    let rows = "t,a\nx,1\nx,3\nx,4\ny,2\ny,2\n";
    for request in ["mean_ci|--reliability|0.8", "nonresponse_bounds|--scale|1:5", "team_score_and_interval|--scale|1:5|--reliability|0.8"]
    {
        let found = said(rows, &format!("--method|{request}|--items|a|--roster-n|4"));
        assert!(found["notes"].to_string().contains("5 scores and only 4 people"), "{found}");
        let by_team = said(rows, &format!("--method|{request}|--items|a|--roster-n|4|--group|t"));
        assert!(by_team["notes"].to_string().contains("Every team was taken to have 4 people"), "{by_team}");
    }
}

#[test]
fn decimal_commas_and_points_that_separate_thousands_are_told_apart() {
    for request in ["--method|mean_ci|--items|p|--roster-n|9", "--method|mean_ci|--items|p|--roster-n|9|--decimal-comma"] {
        let told = refused("p\n0,05\n", request);
        assert!(told.contains("separate the columns by semicolons"), "{told}");
    }
    let told = refused("p;q\n1.234;2\n", "--method|cronbach_alpha|--items|p,q|--decimal-comma");
    assert!(told.contains("\"1.234\" is not a number") && told.contains("thousands"), "{told}");
}

#[test]
fn scores_with_three_decimals_have_an_exact_p() {
    let exact = |values: &str| typed(&["--method", "perm_exact", "--values", values])["p"].clone();
    assert_eq!(exact("x=1.001,2.002,3.003;y=7.004,8.005,9.006"), json!(0.1));
    assert_eq!(exact("x=1.0001,2.0003;y=7.0004,8.0005,9.0006"), json!(0.1));
}

#[test]
fn too_many_items_are_not_the_fault_of_the_scale() {
    let items: Vec<String> = (1..=30).map(|item| format!("i{item}")).collect();
    let rows = format!("t,{}\nx,{}\ny,{}\n", items.join(","), ["1"; 30].join(","), ["2"; 30].join(","));
    let told = refused(&rows, &format!("--method|team_overview|--items|{}|--group|t|--scale|1:5", items.join(",")));
    assert!(told.contains("--items: team_overview cannot count 30 items"), "{told}");
}

#[test]
fn a_name_in_a_file_steers_no_terminal_and_breaks_no_table() {
    let rows = "t,a,\"b\x07\"\n\"\x1b[31mX\nY\",1,2\n\"\x1b[31mX\nY\",2,2\nz,4,1\nz,5,3\n";
    for request in [
        "--method|icc_anova|--items|a|--group|t",
        "--method|reml_variance_components_and_EB_means|--items|a|--group|t",
        "--method|cronbach_alpha|--items|a,b\x07|--group|t",
        "--method|within_group_agreement|--items|a|--group|t|--scale|1:5",
    ] {
        let (code, said, _) = run(rows, request);
        assert_eq!(code, 0, "{request}");
        assert!(!said.contains('\x1b') && !said.contains('\x07') && !said.contains("X\nY"), "{said:?}");
    }
    let told = refused(rows, "--method|icc_anova|--items|none|--group|t");
    assert!(!told.contains('\x07') && told.contains("Its columns are: t, a, b"), "{told:?}");
}
