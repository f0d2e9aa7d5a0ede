//! The second implementation of `docs/reading.md`, in another language, finds the same numbers and words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::Command;

use domain::UnitPath;
use release::reading::{
    BlockReport, OrganisationReport, PastWave, PublishedWave, TotalReport, read_blocks, read_organisation, read_origins, read_panorama,
    read_quality, read_total,
};
use serde_json::{Value, json};
use synthetic::{Chance, organisation, protecting_more};

/// The documents as the second implementation takes them.
fn documents(waves: &[PastWave]) -> Value {
    let one = |wave: &PastWave| match wave {
        PastWave::Aborted(id) => json!({ "aborted": id }),
        PastWave::Published(wave) => {
            json!({ "manifest": wave.manifest, "groups": wave.groups, "instrument": wave.instrument, "release": wave.release })
        }
    };
    json!({ "waves": waves.iter().map(one).collect::<Vec<_>>() })
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

fn of_block(report: &BlockReport) -> Value {
    json!({
        "block": report.block, "labels": report.labels, "participation": report.participation,
        "scores": report.scores, "quadrant": report.quadrant, "comparison": report.comparison, "trends": report.trends,
        "plane": report.plane, "statements": report.statements, "said": report.said, "suggestions": report.suggestions,
    })
}

fn of_overview(report: &OrganisationReport) -> Value {
    json!({ "conversation": report.conversation, "differences": report.differences, "courses": report.courses, "said_or_lived": report.said_or_lived })
}

fn of_total(report: &TotalReport) -> Value {
    json!({
        "unit": report.unit, "participation": report.participation, "covers": report.covers,
        "scores": report.scores, "quadrant": report.quadrant, "comparison": report.comparison, "trends": report.trends,
        "plane": report.plane, "statements": report.statements,
    })
}

/// Every place where two documents differ; numbers may differ by a millionth.
fn differences(at: &str, ours: &Value, theirs: &Value, found: &mut String) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                differences(&format!("{at}.{key}"), &ours[key.as_str()], &theirs[key.as_str()], found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{at}[{place}]"), a, b, found);
            }
        }
        (Value::Number(a), Value::Number(b)) if (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-6 => {}
        _ if ours == theirs => {}
        _ => writeln!(found, "{at}: {ours} here, {theirs} there").unwrap(),
    }
}

/// How often each kind of outcome occurred, so that the comparison cannot pass by seeing nothing.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn count(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    *self.0.entry(key.clone()).or_default() += 1;
                    self.count(value);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.count(value)),
            Value::String(word) => *self.0.entry(word.clone()).or_default() += 1,
            Value::Bool(true) => *self.0.entry("true".to_owned()).or_default() += 1,
            _ => {}
        }
    }
}

#[test]
fn a_second_implementation_finds_the_same_numbers_and_words() {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recompute/recompute.mjs");
    let mut seen = Seen::default();
    let mut listed = 0;
    for seed in 0..40 {
        let mut waves = organisation(&mut Chance(seed));
        if seed % 4 == 3 {
            waves = waves.iter().map(protecting_more).collect();
        }
        let file = std::env::temp_dir().join(format!("candor-recompute-{}-{seed}.json", std::process::id()));
        std::fs::write(&file, serde_json::to_vec(&documents(&waves)).unwrap()).unwrap();
        let run = Command::new("node").arg(program).arg(&file).output().expect("node (20 or later) must be installed to run this test");
        assert!(run.status.success(), "seed {seed}, documents in {}:\n{}", file.display(), String::from_utf8_lossy(&run.stderr));
        let theirs: Value = serde_json::from_slice(&run.stdout).unwrap();

        let units: Vec<Value> = theirs["units"].as_array().unwrap().iter().map(|unit| unit["unit"].clone()).collect();
        let total = |unit: &UnitPath| of_total(&read_total(&waves, unit).unwrap());
        let ours = json!({
            "blocks": read_blocks(&waves).unwrap().iter().map(|report| of_block(report)).collect::<Vec<_>>(),
            "overview": of_overview(&read_organisation(&waves).unwrap()),
            "panorama": read_panorama(&waves).unwrap(),
            "origins": read_origins(&waves).unwrap(),
            "quality": read_quality(latest(&waves)),
            "organisation": total(&UnitPath::organisation()),
            "units": units.into_iter().map(|unit| total(&serde_json::from_value(unit).unwrap())).collect::<Vec<_>>(),
        });
        let mut found = String::new();
        differences("", &ours, &theirs, &mut found);
        assert!(found.is_empty(), "seed {seed}, documents in {}:\n{found}", file.display());
        std::fs::remove_file(&file).unwrap();
        seen.count(&ours);
        listed += ours["overview"]["conversation"]["entries"].as_array().unwrap().len();
    }
    for kind in [
        "between",
        "at-least",
        "at-most",
        "bands-at-both-ends",
        "too-few-items",
        "no-safe-range",
        "not-asked",
        "clear",
        "possible",
        "none",
        "cannot-be-seen",
        "first-wave",
        "new-group",
        "too-many-together",
        "upward-only",
        "aborted",
        "not-comparable",
        "true",
        "in",
        "cannot-be-told",
        "not-seen",
        "learning",
        "comfort",
        "anxiety",
        "apathy",
        "found",
        "too-few-groups",
        "too-few-rounds",
        "up-and-down",
        "line",
        "cannot-be-told",
        "consistent",
        "mixed",
        "farther-than-elsewhere",
        "too-few-rounds",
        "mean",
        "low",
        "fell",
        "rose",
        "anything",
        "drawn",
        "within",
        "below",
        "above",
        "estimate",
        "score",
        "new",
        "merged",
        "split",
        "renamed",
        "hundredths",
    ] {
        assert!(seen.0.get(kind).is_some_and(|&times| times > 1), "{kind} never occurred: {:?}", seen.0);
    }
    assert!(listed > 5, "only {listed} changes were worth a conversation");
}
