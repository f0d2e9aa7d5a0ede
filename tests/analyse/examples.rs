//! The examples of the help, in the folder they are written for.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{candor, words};
use candor::analyse::Method;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples")
}

/// The example commands of the help, continued lines joined.
fn examples() -> Vec<String> {
    let (code, help, _) = candor(Path::new("."), &["analyse", "--help"]);
    assert_eq!(code, 0);
    let joined = help.replace("\\\n", " ");
    joined.lines().map(str::trim).filter(|line| line.starts_with("candor analyse ")).map(str::to_owned).collect()
}

#[test]
fn every_method_has_an_example_and_every_example_works() {
    let examples = examples();
    for method in Method::value_variants() {
        let name = method.name();
        assert!(examples.iter().any(|example| example.contains(&format!(" --method {name} "))), "{name}");
    }
    for example in examples {
        let (code, said, complained) = candor(&folder(), &words(&example));
        assert_eq!((code, complained.as_str()), (0, ""), "{example}");
        assert!(!said.contains("Without a value"), "{example}: {said}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{example}: {said}");
        let (code, said, _) = candor(&folder(), &[words(&example), vec!["--json"]].concat());
        assert_eq!(code, 0);
        assert!(!said.contains("NaN") && serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{said}");
    }
}

#[test]
fn the_help_fits_a_terminal_and_says_that_nothing_leaves_the_machine() {
    let (_, help, _) = candor(Path::new("."), &["analyse", "--help"]);
    assert!(help.contains("nothing of them is stored") && help.contains("nothing is sent"), "{help}");
    let examples = help.lines().skip_while(|line| !line.starts_with("Typed numbers"));
    assert!(examples.clone().count() > 60 && examples.clone().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_guide_shows_what_the_commands_say() {
    let guide = fs::read_to_string(folder().join("../analyse.md")).unwrap();
    let mut shown = 0;
    for block in guide.split("```\n").filter(|block| block.starts_with("$ ")) {
        let (command, expected): (Vec<&str>, Vec<&str>) =
            block.lines().partition(|line| line.starts_with("$ ") || line.starts_with("    --"));
        let command = command.join(" ").replace(" \\ ", " ");
        let (code, said, complained) = candor(&folder(), &words(command.trim_start_matches("$ ")));
        assert_eq!((code, complained.as_str()), (0, ""), "{command}");
        assert_eq!(said.lines().collect::<Vec<_>>(), expected, "{command}");
        shown += 1;
    }
    assert!(shown >= 5);
    for method in Method::value_variants() {
        assert!(guide.contains(&format!("| `{}` |", method.name())), "{method:?}");
    }
}

#[test]
fn a_method_for_one_team_gives_one_result_per_team() {
    let ask = |request: &str| {
        let command = format!("candor analyse answers.csv {request} --json");
        let (code, said, complained) = candor(&folder(), &words(&command));
        assert_eq!((code, complained.as_str()), (0, ""), "{request}");
        serde_json::from_str::<serde_json::Value>(&said).unwrap()
    };
    let request = "--method team_score_and_interval --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=2 --roster headcounts.csv \
                   --reliability 0.8 --group team";
    let all = ask(request);
    let teams = all["by_group"].as_object().unwrap();
    assert_eq!(teams.len(), 11);
    for (team, found) in teams {
        let one = ask(&format!("{request} --where team={team}"));
        assert!(found.as_object().unwrap().iter().all(|(key, value)| one[key] == *value), "{team}");
    }
    // Nobody of y answered in the second round: x keeps its numbers.
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("rows.csv"), "w,t,a\n1,x,1\n1,x,2\n2,x,4\n2,x,3\n1,y,3\n").unwrap();
    let command = "candor analyse rows.csv --method welch --items a --wave w --before 1 --after 2 --group t --sum --rho 0.2 --json";
    let (code, said, _) = candor(place.path(), &words(command));
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &found["by_group"]["x"]["diff"]), (0, &serde_json::json!(2.0)));
    assert!(found["by_group"]["y"]["status"].as_str().unwrap().contains("--after 2"), "{found}");
    assert!(found["notes"].as_array().unwrap().contains(&serde_json::json!("This method does not look at --rho.")), "{found}");
}

#[test]
fn a_scale_may_begin_below_zero() {
    let (code, said, complained) = candor(&folder(), &words("candor analyse --method rwg --values x=-2,0,2 --scale -2:2 --json"));
    assert_eq!((code, complained.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&found["null_variance"], &found["rwg_raw"]), (&serde_json::json!(2.0), &serde_json::json!(-1.0)));
}

#[test]
fn predictors_whose_order_does_not_hold_share_a_place() {
    let command =
        "candor analyse synth_given.csv --method relative_importance --outcome ped1 --predictors saf1,lrn1,acc1 --group team --json";
    let (code, said, complained) = candor(&super::invented(), &words(command));
    assert_eq!((code, complained.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(found["place"], serde_json::json!([1, 1, 2]));
    let parts: f64 = found["lmg_shapley"].as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).sum();
    assert!((parts - found["r2"].as_f64().unwrap()).abs() < 1e-12);
}
