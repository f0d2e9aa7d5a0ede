//! Every number against R and Python.
//!
//! `commands.txt` has one command line for each case, `expected.json` what R 4.2 (multilevel, psych, lavaan, lme4, coin) and Python (numpy,
//! scipy) computed. The rows of `synth_given.csv` are in this repository. Those of bh1996, lq2002, cohesion, bfi and univbct come with
//! the R packages multilevel and psych under the GPL and are not: their cases run when `REFERENCE_ROWS` names a folder that holds them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use serde_json::Value;

use super::{candor, invented, words};

#[derive(serde::Deserialize)]
struct Case {
    case: String,
    rtol: f64,
    expected: Value,
}

/// What was compared of one method.
#[derive(Default)]
struct Tally {
    cases: usize,
    values: usize,
    largest: f64,
}

/// Methods that tell all teams, of which the reference holds the first few.
const ALL_TEAMS: [&str; 2] = ["within_group_agreement", "reml_variance_components_and_EB_means"];

/// Compares every expected value with what was found. Lists have one length, unless they may be longer than in the reference.
fn compare(path: &str, expected: &Value, found: &Value, rtol: f64, longer: bool, tally: &mut Tally, wrong: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, expected) in expected {
                match found.get(key) {
                    Some(found) => compare(&format!("{path}.{key}"), expected, found, rtol, longer, tally, wrong),
                    None => wrong.push(format!("{path}.{key} is missing")),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() || longer && expected.len() < found.len() => {
            for (place, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{path}[{place}]"), expected, found, rtol, longer, tally, wrong);
            }
        }
        (Value::Number(_), Value::Number(_)) => {
            let (expected, found) = (expected.as_f64().unwrap(), found.as_f64().unwrap());
            let deviation = (found - expected).abs() / if expected == 0.0 { 1.0 } else { expected.abs() };
            tally.values += 1;
            tally.largest = tally.largest.max(deviation);
            if deviation > rtol {
                wrong.push(format!("{path}: {found}, expected {expected}"));
            }
        }
        (expected, found) => {
            tally.values += 1;
            if expected != found {
                wrong.push(format!("{path}: {found}, expected {expected}"));
            }
        }
    }
}

#[test]
fn every_number_agrees_with_r_and_python() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("expected.json")).unwrap();
    let lines = include_str!("commands.txt").lines().filter(|line| !line.starts_with('#'));
    let commands: BTreeMap<&str, &str> = lines.map(|line| line.split_once('\t').unwrap()).collect();
    let elsewhere = std::env::var_os("REFERENCE_ROWS").map(PathBuf::from);
    let (mut tallies, mut wrong, mut without_rows) = (BTreeMap::<String, Tally>::new(), Vec::new(), 0);
    assert_eq!((cases.len(), commands.len()), (81, 81));
    for Case { case, rtol, expected } in cases {
        let command = words(commands[case.as_str()]);
        let ours = command.iter().all(|word| !word.ends_with(".csv") || word.starts_with("synth_given"));
        let Some(folder) = (if ours { Some(invented()) } else { elsewhere.clone() }) else {
            without_rows += 1;
            continue;
        };
        let (code, said, complained) = candor(&folder, &command);
        assert_eq!((code, complained.as_str()), (0, ""), "{case}");
        let found: Value = serde_json::from_str(&said).unwrap();
        let tally = tallies.entry(found["method"].as_str().unwrap().to_owned()).or_default();
        tally.cases += 1;
        let longer = ALL_TEAMS.iter().any(|method| found["method"] == **method);
        compare(&case, &expected, &found, rtol, longer, tally, &mut wrong);
    }
    for (method, Tally { cases, values, largest }) in &tallies {
        println!("{method:40} {cases:3} cases {values:4} values, largest relative deviation {largest:.1e}");
    }
    if without_rows > 0 {
        // Past the capture of the test runner, so that nobody takes these cases for compared.
        let _ = writeln!(std::io::stderr(), "{without_rows} of 81 cases were not run: REFERENCE_ROWS names no folder with their rows");
    }
    // Only the importance of predictors has no case of its own here.
    assert_eq!(tallies.len(), if without_rows > 0 { 20 } else { 21 });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_list_that_is_too_long_and_a_missing_name_are_found() {
    let found = |expected: Value, found: Value, longer: bool| {
        let mut wrong = Vec::new();
        compare("case", &expected, &found, 1e-6, longer, &mut Tally::default(), &mut wrong);
        wrong
    };
    use serde_json::json;
    assert_eq!(found(json!({"p": [1.0], "ok": false}), json!({"p": [1.0], "ok": false, "more": 1}), false), Vec::<String>::new());
    assert_eq!(found(json!({"p": [1.0]}), json!({"p": [1.0, 2.0]}), false).len(), 1);
    assert!(found(json!({"p": [1.0]}), json!({"p": [1.0, 2.0]}), true).is_empty());
    assert_eq!(found(json!({"p": [1.0, 2.0]}), json!({"p": [1.0]}), true).len(), 1);
    assert_eq!(found(json!({"ok": false}), json!({}), false), ["case.ok is missing"]);
    assert_eq!(found(json!({"p": 1.0}), json!({"p": 1.1}), false).len(), 1);
}
