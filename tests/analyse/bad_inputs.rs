//! What is wrong with a file or a request, and what the person is told.

use std::fs;

use super::{candor, words};

/// A file, what is asked of it, and what the message must say.
const BAD: &[(&str, &str, &[&str])] = &[
    // The file as a whole.
    ("", "--method icc_anova --items a --group t", &["rows.csv: the file is empty"]),
    ("t,a\n", "--method icc_anova --items a --group t", &["rows.csv: there is a header and no row below it"]),
    ("t,a\nx,1\ny,2,3\n", "--method icc_anova --items a --group t", &["rows.csv, line 3: 3 cells, but the header names 2 columns"]),
    ("t,a\nx,1\n\"y,2\nx,3\n", "--method icc_anova --items a --group t", &["rows.csv, line 3: a quotation mark is opened"]),
    ("t,a\nx,1\ny\"z,2\n", "--method icc_anova --items a --group t", &["rows.csv, line 3: a quotation mark stands inside a cell"]),
    // Columns.
    (
        "team,Saf 1\nx,1\n",
        "--method icc_anova --items saf1 --group team",
        &["no column \"saf1\" (--items)", "Did you mean \"Saf 1\"?", "team, Saf 1"],
    ),
    ("team,a\nx,1\n", "--method icc_anova --items a --group unit", &["no column \"unit\" (--group)", "Its columns are: team, a"]),
    ("team,a\nx,1\n", "--method icc_anova --items a --group team --where wave=1", &["no column \"wave\" (--where)"]),
    ("team,a,a\nx,1,2\n", "--method icc_anova --items a --group team", &["2 columns \"a\" (--items)", "different names"]),
    ("team,a\nx,1\n", "--method icc_anova --items a,a --group team", &["--items: \"a\" is named twice"]),
    // Cells.
    ("t,a\nx,1\ny,NA\n", "--method icc_anova --items a --group t", &["rows.csv, line 3, column a: \"NA\" is not a number", "--missing NA"]),
    (
        "t,a\nx,1\ny,often enough\n",
        "--method icc_anova --items a --group t",
        &["line 3, column a: \"often enough\"", "--missing 'often enough'"],
    ),
    ("t;a\nx;1\ny;3,5\n", "--method icc_anova --items a --group t", &["line 3, column a: \"3,5\"", "--decimal-comma"]),
    ("t;a\nx;1\ny;1.234,5\n", "--method icc_anova --items a --group t --decimal-comma", &["line 3, column a: \"1.234,5\" is not a number"]),
    ("t,a\nx,1\ny,inf\n", "--method icc_anova --items a --group t", &["\"inf\" is not a number"]),
    (
        "t,a\nx,1\ny,6\n",
        "--method icc_anova --items a --group t --scale 1:5",
        &["line 3, column a: 6 is outside the scale 1:5", "Correct the answer or --scale", "--missing 6"],
    ),
    // Rows.
    ("t,a\nx,1\ny,2.5\n", "--method team_overview --items a --group t --scale 1:5", &["counts whole answers, and 2.5 is none of 1:5"]),
    ("t,a\nx,1\ny,2\n", "--method team_overview --items a --group t --scale 0:300", &["a scale of 2 to 255 whole answers"]),
    ("t,a\nx,1\ny,2\n", "--method icc_anova --items a --group t --where t=z", &["no rows are left: --where t=\"z\"", "\"x\", \"y\""]),
    ("t,a\nx,1\ny,2\n", "--method icc_anova --items a --group t --rows 3:9", &["no rows are left: --rows 3:9, and there are 2 rows"]),
    ("t,a\nx,\ny,\n", "--method icc_anova --items a --group t", &["nobody answered a"]),
    ("t,a\n,1\n,2\n", "--method icc_anova --items a --group t", &["rows without a team"]),
    ("w,t,a\n1,x,1\n2,x,2\n", "--method welch --items a --wave w --before 1 --after 3", &["--after 3; the rounds there are \"1\", \"2\""]),
    ("w,t,a\nq1,x,1\nq1,x,3\nq2,x,2\n", "--method team_trend --items a --wave w", &["--wave: the round \"q1\" is not a number"]),
    ("w,a\n1,1\n2,2\n", "--method welch --items a --wave w --before 1 --after 1.0", &["--after: \"1.0\" is compared with itself"]),
    // Options.
    ("t,a\nx,1\n", "--method icc_anova --items a", &["--group: this method compares teams"]),
    ("t,a\nx,1\n", "--method icc_anova --group t", &["--items: name the columns"]),
    ("t,a,b\nx,1,2\n", "--method cronbach_alpha --items a,b --reversed b", &["--scale: turning an item needs"]),
    ("t,a,b\nx,1,2\n", "--method cronbach_alpha --items a,b --reversed c --scale 1:5", &["--reversed: \"c\" is not among the items a, b"]),
    ("t,a,b\nx,1,2\n", "--method icc_anova --items a,b --group t --min-answered 3", &["--min-answered: 3 of 2 items cannot be answered"]),
    ("w,a\n1,1\n", "--method welch --items a --before 1 --after 2", &["--wave: say in which column the round \"1\" of --before stands"]),
    ("t,a\nx,1\n", "--method rwg --items a", &["--options: say how many answers"]),
    ("t,a\nx,1\n", "--method mean_ci --items a --reliability 0.8", &["--roster-n: say how many people could have answered"]),
    ("t,a\nx,1\n", "--method mean_ci --items a --roster-n 3", &["--reliability: say how reliable a score is"]),
    ("t,a\nx,1\n", "--method wilson", &["--values: k is missing"]),
    ("t,a\nx,1\n", "--method relative_importance --predictors a", &["--outcome: name the column"]),
    ("t,a\nx,1\n", "--method median", &["invalid value 'median'", "cronbach_alpha", "scale_score"]),
    ("t,a\nx,1\n", "--method icc_anova --items a --group t --scale 5:1", &["the smallest and the largest answer, for instance 1:7"]),
    ("t,a\nx,1\n", "--method icc_anova --items a --group t --rho 1.5 ", &["a number from 0 to 1"]),
];

#[test]
fn every_kind_of_wrong_input_is_refused_with_its_place_and_a_way_out() {
    let place = tempfile::tempdir().unwrap();
    for (rows, request, expected) in BAD {
        fs::write(place.path().join("rows.csv"), rows).unwrap();
        let (code, said, complained) = candor(place.path(), &words(&format!("candor analyse rows.csv {request}")));
        assert_eq!((code, said.as_str()), (2, ""), "{request}: {complained}");
        for part in *expected {
            assert!(complained.contains(part), "{request}\n  expected: {part}\n  told:     {complained}");
        }
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is written");
}

#[test]
fn files_that_are_not_there_or_not_text_are_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("latin.csv"), b"team,a\nB\xfcro,1\n").unwrap();
    fs::write(place.path().join("wide.csv"), b"\xff\xfet\0,\0a\0\n\0").unwrap();
    for (file, reason) in [
        ("none.csv", "cannot read none.csv"),
        ("latin.csv", "latin.csv, line 2: there is a character that is not UTF-8"),
        ("wide.csv", "wide.csv: it is UTF-16 text"),
    ] {
        let (code, _, complained) = candor(place.path(), &["analyse", file, "--method", "rwg", "--items", "a", "--options", "5"]);
        assert!(code == 2 && complained.contains(reason), "{complained}");
    }
    let (code, _, complained) = candor(place.path(), &["analyse", "--method", "wilson"]);
    assert!(code == 2 && complained.contains("--values"), "{complained}");
}

#[test]
fn a_staff_list_that_does_not_fit_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "wave,team,a\n1,North,3\n1,North,4\n2,South,5\n").unwrap();
    let ask = "candor analyse rows.csv --method mean_ci --items a --reliability 0.8 --roster list.csv";
    for (list, condition, reason) in [
        ("wave,team\n1,North\n", "team=North", "list.csv has no column \"headcount\" (--roster)"),
        ("wave,team,headcount\n1,South,9\n", "team=North", "list.csv: there is no team \"North\" in round \"1\""),
        ("wave,team,headcount\n1,North,9\n1,North,8\n", "team=North", "stands on lines 2 and 3"),
        ("wave,team,headcount\n1,North,many\n", "team=North", "list.csv, line 2, column headcount: \"many\""),
        ("wave,team,headcount\n1,North,0\n", "team=North", "fewer than the 1 leaders"),
        ("wave,team,headcount\n1,North,9\n", "a=3 --where a=5", "choose one team, for instance --where team=NAME"),
    ] {
        fs::write(place.path().join("list.csv"), list).unwrap();
        let (code, _, complained) = candor(place.path(), &words(&format!("{ask} --where {condition}")));
        assert!(code == 2 && complained.contains(reason), "{complained}\nexpected {reason}");
    }
}

#[test]
fn a_team_of_one_and_a_team_of_one_mind_have_no_numbers_but_reasons() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "t,a,b\nNorth,4,4\nNorth,4,4\nSouth,3,2\n").unwrap();
    let ask = |request: &str| {
        let (code, said, complained) = candor(place.path(), &words(&format!("candor analyse rows.csv {request} --json")));
        assert_eq!((code, complained.as_str()), (0, ""), "{request}");
        serde_json::from_str::<serde_json::Value>(&said).unwrap()
    };
    let agreement = ask("--method within_group_agreement --items a,b --group t --options 5");
    assert_eq!(agreement["group"], serde_json::json!(["North", "South"]));
    assert_eq!(agreement["rwgj_uniform_available"], serde_json::json!([1.0, null]));
    assert_eq!(agreement["disclosive"], serde_json::json!([true, false]));
    assert!(agreement["undefined"]["rwgj_uniform_available[South]"].is_string(), "{agreement}");
    let alone = ask("--method cronbach_alpha --items a,b --where t=South");
    assert!(alone["alpha"].is_null() && alone["undefined"]["alpha"].is_string(), "{alone}");
    let single = ask("--method icc_anova --items a --group t --where t=South");
    assert!(single["F"].is_null() && single["groups"] == 1, "{single}");
}

#[test]
fn words_for_missing_answers_and_decimal_commas_are_read_when_told_so() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "t;a\nx;1,5\nx;NA\ny;-99\ny;2,5\ny;\n").unwrap();
    let ask = "candor analyse rows.csv --method icc_anova --items a --group t --missing NA,-99 --decimal-comma --json";
    let (code, said, complained) = candor(place.path(), &words(ask));
    assert_eq!((code, complained.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&found["N"], &found["read"]["missing_a"]), (&serde_json::json!(2), &serde_json::json!(3)));
}
