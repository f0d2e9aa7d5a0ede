//! `candor plan` and `candor simulate` as a person types them: without a configuration, a database or a network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Stdio};

/// Runs the program in a folder; its exit code, what it said and what it complained of.
fn candor(folder: &Path, command: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(command.split(' '))
        .env_remove("CANDOR_CONFIG")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let [said, complained] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), said, complained)
}

/// Two teams of eight and one of three.
fn staff() -> String {
    let team = |number: usize| ["North", "South", "West"][number / 8];
    let line = |number: usize| format!("p{number},Name {number},p{number}@firm.example,{},,en\n", team(number));
    format!("person_id,name,mail,team,leaders,language\n{}", (0..19).map(line).collect::<String>())
}

#[test]
fn a_plan_says_how_often_each_group_stands_alone() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("staff.csv"), staff()).unwrap();
    let (code, said, complained) = candor(place.path(), "plan staff.csv --response-rate 0.6,1");
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    for expected in ["19 people in 3 teams", "propose 2 groups", "60 %", "100 %", "North + West", "answers that are in no result"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let (code, said, _) = candor(place.path(), "plan staff.csv --response-rate 0.6,1 --json");
    assert_eq!(code, 0);
    let plan: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((plan["invited"].as_u64(), plan["rates"].as_array().unwrap().len()), (Some(19), 2));
    assert_eq!(plan["rates"][1]["groups_alone"].as_f64(), Some(100.0));
    assert!(plan["rates"][0]["groups_alone"].as_f64().unwrap() < 100.0);
    assert!(plan["rates"].as_array().unwrap().iter().all(|rate| rate["answers_lost"].as_u64() == Some(0)));
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1, "a plan writes nothing");
}

#[test]
fn a_bad_staff_list_and_bad_numbers_are_refused_with_the_line_and_the_reason() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("bad.csv"), staff().replace("p3@firm.example", "nowhere").replace(",West,", ",West,p99")).unwrap();
    let (code, said, complained) = candor(place.path(), "plan bad.csv");
    assert_eq!((code, said.as_str()), (2, ""));
    assert!(complained.contains("bad.csv") && complained.contains("line 5") && complained.contains("line 18"), "{complained}");
    std::fs::write(place.path().join("few.csv"), staff().lines().take(6).collect::<Vec<_>>().join("\n")).unwrap();
    std::fs::create_dir(place.path().join("full")).unwrap();
    std::fs::write(place.path().join("full/file"), "").unwrap();
    for (command, reason) in [
        ("plan few.csv", "5 people are invited, at least 6 are needed"),
        ("plan none.csv", "cannot read none.csv"),
        ("plan few.csv --k 3", "k is 3"),
        ("plan few.csv --group-min 5", "group_min is 5"),
        ("plan few.csv --response-rate 75", "write 0.75"),
        ("simulate --out x --people 19", "20"),
        ("simulate --out x --waves 0", "1 to 40"),
        ("simulate --out x --churn 0.6", "0.05"),
        ("simulate --out .", "give the name of a folder"),
        ("simulate --out full", "not empty"),
    ] {
        let (code, _, complained) = candor(place.path(), command);
        assert_eq!(code, 2, "{command}: {complained}");
        assert!(complained.contains(reason), "{command}: {complained}");
    }
}

#[test]
fn a_simulation_says_what_came_out_and_its_staff_lists_can_be_planned() {
    let place = tempfile::tempdir().unwrap();
    let (code, said, complained) = candor(place.path(), "simulate --people 40 --waves 2 --seed 5 --out made");
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("simulated-2: ") && said.contains("compared with the round before"), "{said}");
    assert!(said.contains("Nobody answered this"), "{said}");
    let (code, said, complained) = candor(place.path(), "plan made/simulated-2/staff.csv");
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("groups shown alone"), "{said}");
}
