//! A published round as files: what HR and leaders get, what the commands write, and what they refuse.

use std::process::{Command, Output};

use candor::lifecycle::{Refusal, abort, exports, notices};
use domain::{Language, WaveId, roster};
use identity::Role;

use crate::harness::{TestApp, staff};

async fn published() -> (TestApp, WaveId) {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |person| Some(if person.starts_with("alpha") { 6 } else { 4 })).await;
    app.run_to_publication(&wave);
    (app, wave)
}

#[actix_web::test]
async fn hr_gets_every_group_and_a_leader_their_own_and_nobody_a_round_without_a_result() {
    let (app, wave) = published().await;
    app.account("hr", Role::Hr, None);
    app.account("lead-a", Role::Leader, Some("lead-a"));
    app.account("gone", Role::Leader, Some("alpha0"));
    let (hr, leader, gone) = (app.sign_in("hr").await, app.sign_in("lead-a").await, app.sign_in("gone").await);

    let (status, all) = hr.read("/organisation/2026-q2/table.csv").await;
    assert_eq!((status, all.as_bytes()), (200, exports::table(&app.installation, &wave).unwrap().as_slice()));
    assert!(["\"organisation\"", "\"Alpha + Board\"", "\"Gamma\""].iter().all(|text| all.contains(text)), "{all}");
    assert!(hr.read("/organisation/2026-q2/take").await.1.contains("href=\"/organisation/2026-q2/table.csv\""));

    let (status, own) = leader.read("/team/2026-q2/table.csv").await;
    assert_eq!(status, 200);
    let lines: Vec<&str> = own.lines().skip(1).collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.split(',').nth(2) == Some("\"Alpha + Board\"")), "{own}");
    let suggested = |line: &&&str| line.starts_with("\"2026-q2\",\"suggestion\",");
    assert!(lines.iter().filter(|line| !suggested(line)).all(|line| all.contains(*line)), "the same lines as HR's");
    assert!(lines.iter().any(|line| suggested(&line)) && !all.contains("\"suggestion\""), "what to talk about is a leader's");

    for (session, path) in [
        (&leader, "/organisation/2026-q2/table.csv"),
        (&hr, "/team/2026-q2/table.csv"),
        (&gone, "/team/2026-q2/table.csv"),
        (&hr, "/organisation/2031-q1/table.csv"),
        (&leader, "/team/2031-q1/table.csv"),
    ] {
        let (status, page) = session.read(path).await;
        assert!((400..500).contains(&status) && !page.contains("Alpha"), "{path}: {status}");
    }
}

#[actix_web::test]
async fn every_file_is_for_those_who_may_read_the_page_and_says_its_round() {
    let (app, wave) = published().await;
    app.account("hr", Role::Hr, None);
    app.partner("hr-board", "Board");
    app.account("lead-a", Role::Leader, Some("lead-a"));
    app.account("gone", Role::Leader, Some("alpha0"));
    let (hr, leader, gone) = (app.sign_in("hr").await, app.sign_in("lead-a").await, app.sign_in("gone").await);
    app.account("lead-b", Role::Leader, Some("lead-b"));
    // Whoever leads all teams of a group, and no other, reads what the command gives of it.
    let (partner, beta) = (app.sign_in("hr-board").await, app.sign_in("lead-b").await);
    let kinds = [
        ("report.pdf", "application/pdf", &b"%PDF-"[..]),
        ("notice.pdf", "application/pdf", b"%PDF-"),
        ("report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("report.json", "application/json", b"{"),
        ("table.csv", "text/csv; charset=utf-8", b"\"round\","),
    ];
    let log = || app.installation.identity.promise_log().unwrap().entries.len();
    for (session, other, base, whose) in [
        (&hr, &leader, "/organisation/2026-q2", "org"),
        (&beta, &partner, "/team/2026-q2", "group:Beta"),
        (&partner, &hr, "/unit/2026-q2", "unit:Board"),
    ] {
        // HR has a page of its own for what there is to take along.
        let page = session.read(&if whose == "org" { format!("{base}/take") } else { base.to_owned() }).await.1;
        let chart = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.ends_with(".png")).unwrap().to_owned();
        let files = kinds.map(|(file, media, begins)| (format!("{base}/{file}"), media, begins));
        for (path, media, begins) in files.into_iter().chain([(chart, "image/png", &b"\x89PNG"[..])]) {
            assert!(page.contains(&format!("href=\"{path}")), "{path} is not linked");
            // Whoever only asks about a file gets none, and nothing is noted.
            let before = log();
            let asked = session.head(&path).await;
            assert_eq!((asked.0, asked.1["content-type"].as_str(), log()), (200, media, before), "{path}");
            let (status, headers, bytes) = session.download(&path).await;
            assert_eq!(log(), before + 1, "{path}");
            assert_eq!((status, headers["content-type"].as_str(), headers["cache-control"].as_str()), (200, media, "no-store"), "{path}");
            assert!(bytes.starts_with(begins), "{path}");
            let name = headers["content-disposition"].strip_prefix("attachment; filename=\"candor-2026-q2").unwrap().trim_end_matches('"');
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)), "{name}");
            for refused in [other, &gone] {
                assert!((400..500).contains(&refused.download(&path).await.0), "{path}");
            }
            assert_eq!(log(), before + 1, "{path}: nothing left");
            as_by_command(&app, whose, &path, &bytes);
        }
        for nothing in ["chart/g99-SAF-scale.png", "report.doc", "chart/..%2f..%2freport.pdf.png"] {
            assert_eq!(session.download(&format!("{base}/{nothing}")).await.0, 404, "{nothing}");
        }
    }
    let own = String::from_utf8(leader.download("/team/2026-q2/report.json").await.2).unwrap();
    assert!(own.contains("\"Alpha + Board\"") && !own.contains("Gamma"), "{own}");
    assert_eq!(leader.download("/team/2026-q2/notice.pdf?group=77").await.0, 404);
    let (_, unit) = partner.read("/unit/2026-q2").await;
    assert!(unit.contains("<h2 id=\"groups\">Groups of Board</h2>") && !unit.contains(">All groups<"), "{unit}");
    let of_unit = String::from_utf8(partner.download("/unit/2026-q2/report.json").await.2).unwrap();
    assert!(of_unit.contains("\"kind\": \"unit\"") && !of_unit.contains("\"kind\": \"organisation\""), "{of_unit}");
    refused_by_command(&app, &wave);
}

/// The command writes the bytes of a download, and the promise log notes it likewise. Charts are for the console alone.
fn as_by_command(app: &TestApp, whose: &str, path: &str, bytes: &[u8]) {
    let file = path.rsplit('/').next().unwrap().split('?').next().unwrap();
    let formats = [("report.pdf", "pdf"), ("notice.pdf", "notice"), ("report.xlsx", "xlsx"), ("report.json", "json"), ("table.csv", "csv")];
    let Some((_, format)) = formats.iter().find(|(name, _)| *name == file) else { return };
    let out = app.place.path().join(format!("{}.{format}", whose.replace(':', "-"))).display().to_string();
    let before = app.installation.identity.promise_log().unwrap().entries.len();
    let arguments = ["export", "2026-q2", "--for", whose, "--format", format, "--language", "en", "--out", &out];
    let written = candor(app, &arguments);
    assert!(written.status.success(), "{written:?}");
    assert!(std::fs::read(&out).unwrap() == bytes, "{whose} {format}: the command writes other bytes than the console");
    let entries = app.installation.identity.promise_log().unwrap().entries;
    assert_eq!(entries.len(), before + 1);
    let again = candor(app, &arguments);
    assert_eq!((again.status.code(), app.installation.identity.promise_log().unwrap().entries.len()), (Some(1), before + 1), "{again:?}");
}

/// What the command refuses, and why; nothing is noted of it.
fn refused_by_command(app: &TestApp, wave: &WaveId) {
    app.outbox.clear();
    app.launch("2026-q3");
    let before = app.installation.identity.promise_log().unwrap().entries.len();
    let out = app.place.path().join("refused").display().to_string();
    let rest = ["--format", "csv", "--out", out.as_str()];
    for (wave, whose, code, reason) in [
        ("2026-q3", "org", 1, "it has no result before it is published"),
        ("2031-q1", "org", 1, "there is no round 2031-q1"),
        (wave.as_str(), "group:Delta", 2, "no group named Delta with a result. There are 3: Alpha + Board, Beta, Gamma"),
        (wave.as_str(), "unit:Gamma", 2, "lies wholly within a unit named Gamma. There are 1: Board"),
        (wave.as_str(), "team:Alpha", 2, "write org, unit:NAME"),
    ] {
        let refused = candor(app, &[&["export", wave, "--for", whose], rest.as_slice()].concat());
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(code) && said.contains(reason), "{wave} {whose}: {refused:?}");
    }
    let language = candor(app, &[&["export", wave.as_str(), "--language", "it"], rest.as_slice()].concat());
    assert!(language.status.code() == Some(2) && String::from_utf8_lossy(&language.stderr).contains("choose one of en"), "{language:?}");
    assert!(!std::path::Path::new(&out).exists());
    assert_eq!(app.installation.identity.promise_log().unwrap().entries.len(), before);
}

#[actix_web::test]
async fn rounds_without_a_published_result_are_refused_by_what_they_lack() {
    let (app, wave) = published().await;
    app.outbox.clear();
    let aborted = app.launch("2026-q3");
    abort::abort(&app.installation, &aborted, "Wrong dates in the staff list.", &mut |_| {}).unwrap();
    app.outbox.clear();
    let silent = app.launch("2026-q4");
    let refused = |wave: &WaveId| {
        let table = exports::table(&app.installation, wave).unwrap_err().to_string();
        let audit = exports::audit(&app.installation, std::slice::from_ref(wave), &[]).map(drop).unwrap_err().to_string();
        assert_eq!(table, audit);
        table
    };
    assert!(refused(&aborted).contains("ended without a result"));
    assert!(refused(&silent).contains("no result before it is published"));
    assert!(refused(&WaveId::parse("2031-q1").unwrap()).contains("there is no round 2031-q1"));
    app.run_to_publication(&silent);
    assert!(exports::table(&app.installation, &silent).unwrap_err().to_string().contains("too few people answered"));
    let (file, _) = exports::audit(&app.installation, &[silent, wave], &[]).unwrap();
    assert_eq!(file.groups.first().unwrap().wave.as_str(), "2026-q2", "oldest first");
}

#[actix_web::test]
async fn an_audit_file_with_ids_needs_the_staff_list_of_the_launch() {
    let (app, wave) = published().await;
    let list = |csv: &str| roster::parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap().roster;
    let audit = |waves: &[WaveId], rosters: &[roster::Roster]| exports::audit(&app.installation, waves, rosters).map(|(file, _)| file);
    let with_ids = audit(std::slice::from_ref(&wave), &[list(&staff())]).unwrap().to_json().unwrap();
    assert!(String::from_utf8(with_ids).unwrap().contains("\"alpha3\""));
    let without = audit(std::slice::from_ref(&wave), &[]).unwrap().to_json().unwrap();
    assert!(!String::from_utf8(without).unwrap().contains("\"alpha3\""));
    let later = staff().replace("alpha7,Name alpha7,alpha7@example.org,Alpha,lead-a,en\n", "");
    let moved = audit(std::slice::from_ref(&wave), &[list(&later)]).unwrap_err();
    assert!(matches!(&moved, Refusal::Invalid(text) if text.contains("does not fit round 2026-q2")), "{moved}");
    let twice = audit(&[wave.clone(), wave.clone()], &[]).unwrap_err();
    assert!(twice.to_string().contains("named twice"), "{twice}");
    let three = audit(&[wave], &[list(&staff()), list(&staff()), list(&staff())]).unwrap_err();
    assert!(three.to_string().contains("3 staff lists for 1 rounds"), "{three}");
}

/// Runs the program in the folder of an installation.
fn candor(app: &TestApp, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor")).current_dir(app.place.path()).args(arguments).output().unwrap()
}

#[actix_web::test]
async fn the_commands_write_files_that_a_strangers_checker_accepts() {
    let (app, wave) = published().await;
    notices::erratum(&app.installation, &wave, "Beta and Gamma carry each other's names.").unwrap();
    let file = app.place.path().join("audit.json");
    let name = file.display().to_string();
    let written = candor(&app, &["release", "audit", "2026-q2", "--out", &name]);
    assert!(written.status.success(), "{written:?}");
    assert!(String::from_utf8_lossy(&written.stderr).contains("Beta and Gamma carry each other's names."));
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check_audit.py");
    let checked = Command::new("python3").args([checker, &name]).output().unwrap();
    assert!(checked.status.success(), "{checked:?}");
    assert!(String::from_utf8_lossy(&checked.stdout).starts_with("Nothing found: 1 waves"), "{checked:?}");

    let again = candor(&app, &["release", "audit", "2026-q2", "--out", &name]);
    assert_eq!(again.status.code(), Some(1), "a file that is there is not written over");
    let printed = candor(&app, &["release", "audit", "2026-q2"]);
    assert_eq!(printed.stdout, std::fs::read(&file).unwrap());
    let table = candor(&app, &["release", "csv", "2026-q2"]);
    assert_eq!(table.stdout, exports::table(&app.installation, &wave).unwrap());
    assert!(String::from_utf8_lossy(&table.stdout).contains("Correction 1 of"));
    let unknown = candor(&app, &["release", "csv", "2031-q1"]);
    assert_eq!((unknown.status.code(), unknown.stdout.len()), (Some(1), 0));
}

/// A score: the dimension that it is about, how it can be seen, and its digits.
type Score = (String, String, Vec<String>);

fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    tag.split_once(&format!(" data-{name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

/// Every score on a page as somebody reads it: the digits of its words, not of its attributes.
fn scores_of_page(html: &str) -> Vec<Score> {
    let (mut found, mut dimension) = (Vec::new(), "");
    for (tag, text) in html.split('<').filter_map(|rest| rest.split_once('>')) {
        dimension = attribute(tag, "dimension").unwrap_or(dimension);
        if attribute(tag, "role") == Some("score") {
            let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
            let digits: Vec<String> = digits.map(str::to_owned).collect();
            // A sentence ends with "of 100 points".
            let digits = if text.contains("of 100 points") { digits.split_last().unwrap().1.to_vec() } else { digits };
            found.push((dimension.to_owned(), attribute(tag, "kind").unwrap().to_owned(), digits));
        }
    }
    found
}

/// The lines about scores of a table.
fn scores_of_table(csv: &str) -> Vec<Score> {
    let mut lines = csv.lines().map(|line| line.split(',').map(|field| field.trim_matches('"')).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let place = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let of_scores = lines.filter(|line| ["organisation", "unit", "group"].contains(&line[place("kind")]));
    of_scores
        .map(|line| {
            let digits = ["low", "high", "points"].map(|column| line[place(column)].to_owned());
            (line[place("dimension")].to_owned(), line[place("seen")].to_owned(), digits.into_iter().filter(|d| !d.is_empty()).collect())
        })
        .collect()
}

/// The scores of the file for programs.
fn scores_of_json(json: &str) -> Vec<Score> {
    let file: serde_json::Value = serde_json::from_str(json).unwrap();
    let results = file["results"].as_array().unwrap().iter();
    results
        .flat_map(|result| result["scores"].as_array().unwrap())
        .map(|score| {
            let seen = &score["seen"];
            let digits = ["low", "high", "points"].map(|name| &seen[name]).into_iter().filter(|value| !value.is_null());
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (text(&score["dimension"]), text(&seen["kind"]), digits.map(ToString::to_string).collect())
        })
        .collect()
}

#[actix_web::test]
async fn every_score_that_a_page_of_the_console_shows_stands_with_the_same_digits_in_its_table_and_in_its_file_for_programs() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    let point = |person: &str| match person.chars().last() {
        Some(digit @ '0'..='9') => 2 + u8::try_from(digit.to_digit(10).unwrap()).unwrap() % 4,
        _ => 4,
    };
    app.answer_as(&wave, |person| Some(point(person))).await;
    app.run_to_publication(&wave);
    app.account("hr", Role::Hr, None);
    app.partner("hr-board", "Board");
    app.account("lead-a", Role::Leader, Some("lead-a"));
    let sorted = |mut scores: Vec<Score>| {
        scores.sort();
        scores
    };
    let mut ranges = 0;
    for (login, base) in [("lead-a", "/team/2026-q2"), ("hr-board", "/unit/2026-q2"), ("hr", "/organisation/2026-q2")] {
        let session = app.sign_in(login).await;
        let table = scores_of_table(&session.read(&format!("{base}/table.csv")).await.1);
        assert_eq!(scores_of_json(&session.read(&format!("{base}/report.json")).await.1), table, "{login}");
        ranges += table.iter().filter(|(_, kind, digits)| kind == "between" && digits.len() == 2 && digits[0] < digits[1]).count();
        let parts = if login == "hr" { &["", "/groups", "/comparison"][..] } else { &[""] };
        let mut shown = Vec::new();
        for part in parts {
            let (status, page) = session.read(&format!("{base}{part}")).await;
            assert_eq!(status, 200, "{base}{part}");
            shown.extend(scores_of_page(&page));
        }
        assert!(!shown.is_empty(), "{login}: the search finds no score on the page");
        if login == "hr" {
            // The overview shows the organisation again, and no list shows every group's every score.
            assert!(shown.iter().all(|score| table.contains(score)), "{login}: {shown:?} {table:?}");
        } else {
            assert_eq!(sorted(shown), sorted(table), "{login}");
        }
    }
    assert!(ranges > 0, "no score with two ends was compared");
}
