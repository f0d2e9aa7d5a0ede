//! Audit files of invented organisations pass the checker that strangers run, and planted faults do not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Command;

use disclosure::{BlockId, Member};
use domain::roster::{Roster, parse_csv};
use domain::{GroupId, Language, WaveId};
use protocol::manifest::CommentRule;
use release::CommentPool;
use release::audit_file::{AuditProblem, Audited, audit_file};
use release::reading::{PastWave, PublishedWave};
use serde_json::{Value, json};
use synthetic::{Chance, Group, HandBlock, changed, organisation, protecting_more, pulse, wave};

fn published(waves: &[PastWave]) -> Vec<&PublishedWave> {
    waves.iter().filter_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).collect()
}

fn without_lists<'a>(waves: &[&'a PublishedWave]) -> Vec<Audited<'a>> {
    waves.iter().map(|wave| Audited { wave, roster: None }).collect()
}

/// What the checker prints, and whether it found nothing.
fn checked(file: &[u8]) -> (bool, String) {
    let mut kept = tempfile::NamedTempFile::new().unwrap();
    kept.write_all(file).unwrap();
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check_audit.py");
    let output = Command::new("python3").arg(checker).arg(kept.path()).output().expect("python3 is installed");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn what_was_published_of_invented_organisations_holds_for_a_stranger() {
    let mut numbers = BTreeMap::<String, u32>::new();
    for seed in 0..20 {
        let waves = organisation(&mut Chance(seed));
        let file = audit_file(&without_lists(&published(&waves))).unwrap().to_json().unwrap();
        let (holds, said) = checked(&file);
        assert!(holds, "seed {seed}: {said}");
        let read: Value = serde_json::from_slice(&file).unwrap();
        for stat in read["groups"].as_array().unwrap().iter().flat_map(|group| group["stats"].as_array().unwrap()) {
            *numbers.entry(stat["stat"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert!(numbers["mean_range"] > 1000 && numbers["derived"] > 500, "{numbers:?}");
}

/// Two waves of three groups, of which two are shown together; comments of all.
fn two_waves() -> Vec<PastWave> {
    let instrument = pulse();
    let groups =
        [Group::new("Alpha", &["Sales"], 12, &[]), Group::new("Beta", &["Sales"], 12, &[]), Group::new("Gamma", &["Sales"], 9, &[])];
    let at = |id: &str| {
        let block = |members: &[u32], n: u32, sum: u64| HandBlock {
            members: members.iter().map(|group| Member::Group(GroupId(*group))).collect(),
            n,
            sums: instrument.items.iter().map(|_| Some((n, sum))).collect(),
        };
        let wave = wave(id, &instrument, &groups, vec![block(&[0], 8, 19), block(&[1, 2], 10, 40)], None);
        changed(&wave, |wave| {
            let question = wave.instrument.comments[0].id.clone();
            let mut texts = ["one", "two", "three"].map(str::to_owned).to_vec();
            texts.sort_by_key(|text| CommentPool::hash_of(text).0);
            wave.manifest.comments = Some(CommentRule::for_k(5));
            let pool = CommentPool { question, unit: synthetic::path(&["Sales"]), blocks: vec![BlockId(0), BlockId(1)], texts };
            wave.release.comments.push(pool);
        })
    };
    vec![at("w1"), at("w2")]
}

fn file_of(waves: &[PastWave]) -> Value {
    serde_json::to_value(audit_file(&without_lists(&published(waves))).unwrap()).unwrap()
}

fn group<'f>(file: &'f mut Value, id: &str) -> &'f mut Value {
    file["groups"].as_array_mut().unwrap().iter_mut().find(|group| group["id"] == id).unwrap()
}

/// Sets the range of the first item of a block of `n` to these sums above the minimum of `answers`, printed as the product prints.
fn set_cell(block: &mut Value, n: u32, answers: u32, first: u32, last: u32) {
    let mean = |sum: u32, n: u32, round: fn(f64) -> f64| round((f64::from(sum) / f64::from(n) + 1.0) * 1e6) / 1e6;
    let (lo, hi) = (mean(first, n, f64::floor), mean(last + 6 * (n - answers), n, f64::ceil));
    let stat = &mut block["stats"][0];
    (stat["lo"], stat["hi"], stat["rep"]) = (json!(lo), json!(hi), json!(mean(first + last, 2 * answers, f64::round)));
    (block["n"], block["n_range"]) = (json!(n), json!([n, n]));
}

/// The same where everybody answered.
fn set_range(block: &mut Value, n: u32, first: u32, last: u32) {
    set_cell(block, n, n, first, last);
}

#[test]
fn every_planted_fault_is_found_and_said() {
    type Fault = fn(&mut Value);
    let faults: &[(&str, Fault)] = &[
        ("w1/block-0: 4 respondents: fewer than k = 5", |f| {
            let block = group(f, "w1/block-0");
            (block["n"], block["n_range"]) = (json!(4), json!([4, 7]));
        }),
        ("unit Alpha is in 2 blocks instead of one", |f| group(f, "w1/block-1")["units"] = json!(["Alpha", "Beta", "Gamma"])),
        ("unit Delta is in 0 blocks instead of one", |f| f["rosters"]["w1"]["Delta"] = json!(9)),
        ("w1/block-0, SAF1: the range is so narrow", |f| set_range(group(f, "w1/block-0"), 8, 19, 19)),
        ("w1/block-0, SAF1: the range is so narrow", |f| set_range(group(f, "w1/block-0"), 8, 18, 19)),
        ("w1/block-0, SAF1: the range is so narrow that somebody's answer keeps fewer values", |f| {
            set_range(group(f, "w1/block-0"), 8, 0, 3)
        }),
        ("w1/block-0, SAF1: no number of answers has these ends and this middle", |f| {
            group(f, "w1/block-0")["stats"][0]["lo"] = json!(3.2987)
        }),
        ("w1/block-0, SAF1: no number of answers has these ends and this middle", |f| {
            // Exact means, where the middle should stand, and what follows from them.
            for (id, rep) in [("w1/block-0", 3.25), ("w1/block-1", 4.9)] {
                group(f, id)["stats"].as_array_mut().unwrap().iter_mut().for_each(|stat| stat["rep"] = json!(rep));
            }
            for id in ["w1/organisation", "w1/unit/Sales"] {
                group(f, id)["stats"].as_array_mut().unwrap().iter_mut().for_each(|stat| stat["value"] = json!(4.17));
            }
        }),
        ("w1/block-0, SAF1: the range is so narrow", |f| set_cell(group(f, "w1/block-0"), 8, 7, 15, 15)),
        ("w1/block-1, SAF1: an equal range has another rep", |f| {
            set_range(group(f, "w1/block-0"), 10, 0, 8);
            set_range(group(f, "w1/block-1"), 10, 0, 8);
            group(f, "w1/block-1")["stats"][0]["rep"] = json!(1.7);
        }),
        ("w1/block-0, SAF1: more than six decimals", |f| group(f, "w1/block-0")["stats"][0]["rep"] = json!(3.375_000_1)),
        ("w1/block-0, SAF1: lo, rep, hi are not in order on the scale", |f| group(f, "w1/block-0")["stats"][0]["hi"] = json!(7.5)),
        ("w1/block-0 and w2/block-0, SAF1: the answer of somebody who joined or left could be seen", |f| {
            set_range(group(f, "w1/block-0"), 8, 18, 20);
            set_range(group(f, "w2/block-0"), 9, 26, 28);
        }),
        ("w1/block-0 and w2/block-0, SAF1: the answer of somebody who joined or left could be seen", |f| {
            // Twelve of thirteen as before, and the sum went up by nothing: the thirteenth gave the lowest answer.
            set_range(group(f, "w1/block-0"), 12, 30, 33);
            set_range(group(f, "w2/block-0"), 13, 28, 30);
        }),
        ("SAF1: the derived value has too many decimals", |f| group(f, "w1/organisation")["stats"][0]["value"] = json!(4.380_123)),
        ("SAF1: the derived value has too many decimals", |f| {
            let stat = &mut group(f, "w1/organisation")["stats"][0];
            (stat["value"], stat["decimals"]) = (json!(4.278), json!(3));
        }),
        ("SAF1: the derived value does not recompute", |f| group(f, "w1/unit/Sales")["stats"][0]["value"] = json!(4.01)),
        ("w1/organisation: not made of whole blocks", |f| group(f, "w1/organisation")["units"] = json!(["Alpha", "Beta"])),
        ("derived from something that is no block with this measure", |f| {
            group(f, "w1/organisation")["stats"][0]["blocks"][0] = json!("w2/block-0")
        }),
        ("again: version 2: a result is published once", |f| {
            let mut again = group(f, "w1/block-0").clone();
            (again["id"], again["version"]) = (json!("again"), json!(2));
            f["groups"].as_array_mut().unwrap().push(again);
        }),
        ("w1/block-0: statistic sd may not be published", |f| {
            group(f, "w1/block-0")["stats"].as_array_mut().unwrap().push(json!({"measure": "SAF1", "stat": "sd", "value": 1.2}));
        }),
        ("w1/block-0: statistic mean may not be published", |f| group(f, "w1/block-0")["stats"][0]["stat"] = json!("mean")),
        ("w1/block-0, SAF1: unknown or missing fields: ['n']", |f| group(f, "w1/block-0")["stats"][0]["n"] = json!(8)),
        ("w1/block-0: unknown or missing fields: ['favourable']", |f| group(f, "w1/block-0")["favourable"] = json!(5)),
        ("the file: unknown or missing fields: ['histograms']", |f| f["histograms"] = json!([])),
        ("unit Beta is in 2 blocks instead of one", |f| {
            // Of two sets, one within the other, the difference can be told: three respondents.
            let mut all = group(f, "w1/block-0").clone();
            (all["id"], all["units"], all["n"], all["n_range"]) =
                (json!("all"), json!(["Alpha", "Beta", "Gamma"]), json!(13), json!([11, 15]));
            f["groups"].as_array_mut().unwrap().push(all);
        }),
        ("w1/block-0: not published, yet with numbers", |f| group(f, "w1/block-0")["published"] = json!(false)),
        ("comments of fewer than 10 respondents, 8: w1/comments-0", |f| {
            let pool = group(f, "w1/comments-0");
            (pool["units"], pool["n"], pool["n_range"]) = (json!(["Alpha"]), json!(8), json!([8, 10]));
        }),
        ("comments of fewer than 10 respondents, 9: w1/comments-0", |f| {
            set_range(group(f, "w1/block-0"), 9, 18, 20);
            (group(f, "w1/comments-0")["n"], group(f, "w1/comments-0")["n_range"]) = (json!(19), json!([16, 20]));
            let mut within = group(f, "w1/comments-0").clone();
            (within["id"], within["units"], within["n"], within["n_range"]) =
                (json!("within"), json!(["Beta", "Gamma"]), json!(10), json!([8, 10]));
            f["groups"].as_array_mut().unwrap().push(within);
        }),
        ("w1/comments-0: another n than its blocks have", |f| group(f, "w1/comments-0")["n"] = json!(17)),
        ("policy: it promises too little", |f| {
            f["policy"]["comments_k"] = json!(1);
            set_range(group(f, "w1/block-0"), 7, 18, 20);
            let pool = group(f, "w1/comments-0");
            (pool["units"], pool["n"], pool["n_range"]) = (json!(["Alpha"]), json!(7), json!([7, 7]));
        }),
        ("comments of fewer than 10 respondents, 7: w1/comments-0", |f| {
            set_range(group(f, "w1/block-0"), 7, 18, 20);
            let pool = group(f, "w1/comments-0");
            (pool["units"], pool["n"], pool["n_range"]) = (json!(["Alpha"]), json!(7), json!([7, 7]));
        }),
        ("w1/block-0: n is not in n_range", |f| group(f, "w1/block-0")["n_range"] = json!([11, 15])),
        ("w1: somebody stands in two units", |f| {
            f["rosters"]["w1"] =
                json!({"Alpha": (0..12).map(|n| format!("a{n}")).collect::<Vec<_>>(), "Beta": 12, "Gamma": ["a3", "c1", "c2"]});
        }),
        ("policy: it promises too little", |f| f["policy"]["k"] = json!(3)),
        ("only sdc-audit/1 with pairs of waves is known here", |f| f["format"] = json!("sdc-audit/2")),
        ("the file cannot be read as sdc-audit/1", |f| f["groups"] = json!(7)),
    ];
    let waves = two_waves();
    let clean = file_of(&waves);
    let (holds, said) = checked(&serde_json::to_vec(&clean).unwrap());
    assert!(holds, "{said}");
    let wanted = "Nothing found: 2 waves, 10 groups, 96 numbers, 2 pairs; k 5, coalition 1, min_range 3, pair_min_range 3, comments_k 10.\n\
        People were not followed between rounds: the file names nobody.\n";
    assert_eq!(said, wanted);
    for (wanted, fault) in faults {
        let mut spoiled = clean.clone();
        fault(&mut spoiled);
        let (holds, said) = checked(&serde_json::to_vec(&spoiled).unwrap());
        assert!(!holds && said.contains(wanted), "{wanted}: {said}");
    }
    for (text, wanted) in [
        (clean.to_string().replacen("\"published\":true", "\"published\":true,\"published\":true", 1), "a field stands twice"),
        ("not JSON".to_owned(), "cannot be read"),
    ] {
        let (holds, said) = checked(text.as_bytes());
        assert!(!holds && said.contains(wanted), "{wanted}: {said}");
    }
}

/// Two waves; in the second the first group has another name, and of its people `left` have left and `joined` have joined.
fn renamed(left: usize, joined: usize) -> Value {
    let mut file = file_of(&two_waves());
    let people = |from: usize, to: usize, team: &str| (from..to).map(|number| format!("{team}{number}")).collect::<Vec<_>>();
    file["rosters"]["w1"] = json!({"Alpha": people(0, 12, "a"), "Beta": people(0, 12, "b"), "Gamma": people(0, 9, "c")});
    file["rosters"]["w2"] = json!({"Aleph": people(left, 12 + joined, "a"), "Beta": people(0, 12, "b"), "Gamma": people(0, 9, "c")});
    for group in file["groups"].as_array_mut().unwrap().iter_mut().filter(|group| group["wave"] == "w2") {
        for unit in group["units"].as_array_mut().unwrap().iter_mut().filter(|unit| *unit == "Alpha") {
            *unit = json!("Aleph");
        }
    }
    file
}

#[test]
fn with_ids_a_renamed_group_is_followed_by_its_people() {
    let seen = |file: &mut Value| {
        set_range(group(file, "w1/block-0"), 8, 18, 20);
        set_range(group(file, "w2/block-0"), 9, 26, 28);
    };
    let said = |mut file: Value, planted: bool| {
        if planted {
            seen(&mut file);
        }
        checked(&serde_json::to_vec(&file).unwrap()).1
    };
    let finding = "w1/block-0 and w2/block-0, SAF1: the answer of somebody who joined or left could be seen";
    let remark = |near: u32| {
        format!("{near} pairs of blocks differ by 3 to k - 1 people: known only to within a cell; see docs/disclosure.md section 4.\n")
    };
    for (left, joined) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)] {
        let clean = said(renamed(left, joined), false);
        assert!(clean.contains("96 numbers, 2 pairs") && clean.ends_with(&remark(0)), "{left}, {joined}: {clean}");
        assert!(said(renamed(left, joined), true).contains(finding), "{left}, {joined}");
    }
    for (left, joined) in [(2, 1), (3, 0), (2, 2)] {
        let far = said(renamed(left, joined), false);
        assert!(far.contains("96 numbers, 1 pairs") && far.ends_with(&remark(1)), "{left}, {joined}: {far}");
        assert!(!said(renamed(left, joined), true).contains(finding), "{left}, {joined}");
    }
    assert!(said(renamed(3, 2), false).ends_with(&remark(0)));
    let mut nameless = renamed(0, 1);
    nameless["rosters"]["w1"] = json!({"Alpha": 12, "Beta": 12, "Gamma": 9});
    nameless["rosters"]["w2"] = json!({"Aleph": 13, "Beta": 12, "Gamma": 9});
    let blind = said(nameless, true);
    assert!(!blind.contains(finding) && blind.ends_with("People were not followed between rounds: the file names nobody.\n"), "{blind}");
}

#[test]
fn the_file_says_what_was_published_and_is_the_same_every_time() {
    let waves = two_waves();
    let once = audit_file(&without_lists(&published(&waves))).unwrap().to_json().unwrap();
    assert_eq!(audit_file(&without_lists(&published(&waves))).unwrap().to_json().unwrap(), once);
    let mut file: Value = serde_json::from_slice(&once).unwrap();
    assert_eq!(
        file["policy"],
        json!({"k": 5, "coalition": 1, "min_range": 3, "comments_k": 10, "hist_min_n": 20, "cross_wave": "pairs", "strict_roster": false,
            "pair_min_range": 3, "pair_coalition": 0})
    );
    assert_eq!(file["measures"]["SAF1"], json!({"min": 1, "max": 7, "step": 1}));
    assert_eq!(file["rosters"]["w2"], json!({"Alpha": 12, "Beta": 12, "Gamma": 9}));
    let block = group(&mut file, "w1/block-1").clone();
    assert_eq!((&block["units"], &block["n"], &block["n_range"]), (&json!(["Beta", "Gamma"]), &json!(10), &json!([8, 10])));
    // Sums 39 to 41 of ten answers.
    assert_eq!(block["stats"][0], json!({"measure": "SAF1", "stat": "mean_range", "lo": 4.9, "hi": 5.1, "rep": 5.0}));
    // (8 * 3.375 + 10 * 5) / 18 = 4.277...
    let total = group(&mut file, "w1/organisation").clone();
    assert_eq!(
        total["stats"][0],
        json!({"measure": "SAF1", "stat": "derived", "blocks": ["w1/block-0", "w1/block-1"], "value": 4.28, "decimals": 2})
    );
    assert_eq!(group(&mut file, "w2/comments-0")["stats"], json!([{"measure": "__comments", "stat": "pool"}]));
}

#[test]
fn a_wave_without_a_result_lists_its_groups_without_a_number() {
    let instrument = pulse();
    let groups = [Group::new("Alpha", &[], 7, &[]), Group::new("Beta", &[], 7, &[])];
    let waves = [wave("w1", &instrument, &groups, Vec::new(), None)];
    let file = file_of(&waves);
    let expected = json!([
        {"id": "w1/group-0", "wave": "w1", "version": 1, "units": ["Alpha"], "published": false, "stats": []},
        {"id": "w1/group-1", "wave": "w1", "version": 1, "units": ["Beta"], "published": false, "stats": []},
    ]);
    assert_eq!(file["groups"], expected);
    let (holds, said) = checked(&serde_json::to_vec(&file).unwrap());
    assert!(holds, "{said}");
}

fn staff(alpha: u32) -> Roster {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\nboss,Boss,boss@example.org,,,en\n");
    for (team, size) in [("Alpha", alpha), ("Beta", 12), ("Gamma", 9)] {
        for number in 0..size {
            csv.push_str(&format!("{team}{number},Name {team}{number},{team}{number}@example.org,{team},boss,en\n"));
        }
    }
    parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap().roster
}

#[test]
fn with_a_staff_list_the_units_hold_ids_and_one_that_does_not_fit_is_refused() {
    let waves = two_waves();
    let waves = published(&waves);
    let with = |roster: &Roster| audit_file(&[Audited { wave: waves[0], roster: Some(roster) }]);
    let file = with(&staff(12)).unwrap();
    let (holds, said) = checked(&file.to_json().unwrap());
    assert!(holds, "{said}");
    let ids = &serde_json::to_value(&file).unwrap()["rosters"]["w1"]["Gamma"];
    assert_eq!(ids, &json!(["Gamma0", "Gamma1", "Gamma2", "Gamma3", "Gamma4", "Gamma5", "Gamma6", "Gamma7", "Gamma8"]));
    let refused = with(&staff(11)).unwrap_err();
    assert!(refused.to_string().contains("\u{201c}Alpha\u{201d} was frozen with 12 people, the list has 11"), "{refused}");
}

#[test]
fn rounds_that_cannot_stand_in_one_file_are_refused() {
    assert_eq!(audit_file(&[]), Err(AuditProblem::NoWave));
    let mut waves = two_waves();
    let twice = [published(&waves)[0], published(&waves)[0]];
    assert_eq!(audit_file(&without_lists(&twice)), Err(AuditProblem::Twice(WaveId::parse("w1").unwrap())));
    let last = waves.pop().unwrap();
    waves.push(changed(&last, |last| {
        let mut five = last.instrument.scales["agree7"].clone();
        five.labels.values_mut().for_each(|labels| labels.truncate(5));
        five.grid = 2;
        last.instrument.scales.insert("agree5".to_owned(), five);
        last.instrument.items[0].scale = "agree5".to_owned();
        (last.release.base.items[0].points, last.release.base.items[0].grid) = (5, 2);
        last.release.base.blocks.iter_mut().for_each(|block| block.cells[0] = None);
    }));
    assert!(matches!(audit_file(&without_lists(&published(&waves))), Err(AuditProblem::ScaleChanged { .. })));
}

#[test]
fn rounds_with_different_promises_are_refused_one_file() {
    let refused = |change: fn(&PastWave) -> PastWave| {
        let mut waves = two_waves();
        let last = waves.pop().unwrap();
        waves.push(change(&last));
        let problem = audit_file(&without_lists(&published(&waves))).unwrap_err();
        assert!(matches!(&problem, AuditProblem::PromiseChanged { wave, .. } if wave.as_str() == "w2"), "{problem}");
        assert!(audit_file(&without_lists(&published(&waves)[1..])).is_ok(), "by itself it is held to its own promise");
        problem.to_string()
    };
    let more_respondents = refused(|wave| {
        changed(wave, |wave| {
            (wave.manifest.k, wave.release.base.k, wave.manifest.group_min) = (7, 7, 9);
            wave.manifest.comments = Some(CommentRule::for_k(7));
        })
    });
    assert!(more_respondents.contains("k, the fewest respondents") && more_respondents.contains("separately"), "{more_respondents}");
    assert!(refused(protecting_more).contains("colluding colleagues"));
    let comments =
        refused(|wave| changed(wave, |wave| wave.manifest.comments = Some(CommentRule { min_respondents: 15, ..CommentRule::for_k(5) })));
    assert!(comments.contains("shared comments"), "{comments}");
    let mut waves = two_waves();
    waves[1] = changed(&waves[1], |wave| {
        wave.manifest.comments = None;
        wave.release.comments.clear();
    });
    assert_eq!(file_of(&waves)["policy"]["comments_k"], json!(10), "no comments are no other promise");
}

#[test]
fn names_that_look_like_those_of_the_format_stay_apart() {
    let instrument = pulse();
    let labels = [
        ("counted up to the organisation", vec!["A/B"]),
        ("\\counted up to the organisation", vec!["A", "B"]),
        ("counted up to unit A/B", vec!["A\\", "B"]),
        ("the organisation", vec!["the organisation"]),
    ];
    let groups: Vec<Group> = labels.iter().map(|(label, unit)| Group::new(label, unit, 30, &[])).collect();
    let block = |member: Member| HandBlock { members: vec![member], n: 9, sums: instrument.items.iter().map(|_| Some((9, 20))).collect() };
    let mut members: Vec<Member> = (0..4).map(|group| Member::Group(GroupId(group))).collect();
    members.extend(labels.iter().map(|(_, unit)| Member::Upward(synthetic::path(unit))));
    members.push(Member::Upward(synthetic::path(&[])));
    let waves = [wave("w1", &instrument, &groups, members.into_iter().map(block).collect(), None)];
    let file = file_of(&waves);
    let units: Vec<&String> = file["rosters"]["w1"].as_object().unwrap().keys().collect();
    let expected = [
        "\\\\counted up to the organisation",
        "\\counted up to the organisation",
        "\\counted up to unit A/B",
        "counted up to the organisation",
        "counted up to unit A/B",
        "counted up to unit A\\/B",
        "counted up to unit A\\\\/B",
        "counted up to unit the organisation",
        "the organisation",
    ];
    assert_eq!(units, expected);
    let (holds, said) = checked(&serde_json::to_vec(&file).unwrap());
    assert!(holds, "{said}");
}
