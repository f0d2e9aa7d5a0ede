//! The examples of the help, in the folder they are written for.

use std::path::Path;

use clap::ValueEnum;

use super::{candor, words};
use candor::analyse::Method;

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples");
    for method in Method::value_variants() {
        let name = method.name();
        assert!(examples.iter().any(|example| example.contains(&format!(" --method {name} "))), "{name}");
    }
    for example in examples {
        let (code, said, complained) = candor(&folder, &words(&example));
        assert_eq!((code, complained.as_str()), (0, ""), "{example}");
        assert!(!said.contains("Without a value"), "{example}: {said}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{example}: {said}");
        let (code, said, _) = candor(&folder, &[words(&example), vec!["--json"]].concat());
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
