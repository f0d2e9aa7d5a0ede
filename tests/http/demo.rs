//! The demo as a newcomer starts it: what its data show, and that every number and word of its pages can be recomputed from the
//! published documents by a program that shares nothing with the product.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use awc::Client;
use candor::config::Config;
use candor::installation::Installation;
use candor::lifecycle::past_waves;
use domain::SystemClock;
use release::reading::{ChangeWord, Comparison, NoComparison, PastWave, Sight, Trend, TrendSight, read_blocks};
use serde_json::{Value, json};

use crate::demo_files::{Files, names};
use crate::demo_pages::{compare, tagged};

/// A running demo; killed when dropped.
pub(crate) struct Demo {
    process: Child,
    folder: tempfile::TempDir,
    accounts: BTreeMap<String, String>,
}

impl Demo {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(["demo", "--port", "0", "--dir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        // From here on the process is killed and waited for whatever happens.
        let mut demo = Self { process, folder, accounts: BTreeMap::new() };
        let mut is_ready = false;
        for line in BufReader::new(demo.process.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let words: Vec<&str> = line.split_whitespace().collect();
            // An account's line: login, password of three words, what it shows.
            if words.len() > 2 && words[1].split('-').count() == 3 && words[1].len() == 17 {
                demo.accounts.insert(words[0].to_owned(), words[1].to_owned());
            }
            is_ready = line.starts_with("Stop with");
            if is_ready {
                break;
            }
        }
        assert!(is_ready, "the demo ended before it was ready");
        demo
    }

    pub(crate) fn installation(&self) -> Installation {
        let config = Config::load(&self.folder.path().join("candor.toml"), std::iter::empty()).unwrap();
        Installation::open(config, Arc::new(SystemClock)).unwrap()
    }

    /// The pages of an account: status and text per path.
    async fn read(&self, login: &str, paths: &[&str]) -> Vec<(u16, String)> {
        let pages = self.take(login, &paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>()).await;
        pages.into_iter().map(|(status, page)| (status, String::from_utf8(page).unwrap())).collect()
    }

    /// What an account gets: status and bytes per path.
    pub(crate) async fn take(&self, login: &str, paths: &[String]) -> Vec<(u16, Vec<u8>)> {
        let origin = self.installation().config.console.url.clone();
        let client = Client::builder().disable_redirects().finish();
        let form = [("login", login), ("password", self.accounts[login].as_str())];
        let signed_in = client.post(format!("{origin}/sign-in")).insert_header(("Origin", origin.clone())).send_form(&form).await.unwrap();
        let cookie = signed_in.cookies().unwrap().first().unwrap().clone();
        let mut pages = Vec::new();
        for path in paths {
            let request = client.get(format!("{origin}{path}")).insert_header(("Accept", "text/html")).cookie(cookie.clone());
            let mut response = request.send().await.unwrap();
            let body = response.body().limit(32 << 20).await.unwrap();
            pages.push((response.status().as_u16(), body.to_vec()));
        }
        pages
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The documents of the published waves, as the independent program takes them.
fn documents(past: &[PastWave]) -> Vec<Value> {
    let one = |wave: &PastWave| match wave {
        PastWave::Aborted(id) => json!({ "aborted": id }),
        PastWave::Published(wave) => {
            json!({ "manifest": wave.manifest, "groups": wave.groups, "instrument": wave.instrument, "release": wave.release })
        }
    };
    past.iter().map(one).collect()
}

/// What the independent program makes of them.
fn recomputed(waves: &[Value]) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), serde_json::to_vec(&json!({ "waves": waves })).unwrap()).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recompute/recompute.mjs");
    let output = Command::new("node").arg(program).arg(file.path()).output().expect("Node.js is needed for the independent program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The addresses of HR's pages about one round.
fn hr_pages(round: &str) -> Vec<String> {
    let others = reports::Part::ALL.into_iter().filter(|part| *part != reports::Part::Overview && *part != reports::Part::Said);
    std::iter::once(round.to_owned()).chain(others.map(|part| format!("{round}/{}", part.slug()))).collect()
}

/// The audit file of all rounds passes the checker that anybody can run.
fn holds_for_a_strangers_checker(installation: &Installation, past: &[PastWave]) {
    let waves: Vec<_> =
        past.iter().filter_map(|w| if let PastWave::Published(w) = w { Some(w.release.wave.clone()) } else { None }).collect();
    let (file, _) = candor::lifecycle::exports::audit(installation, &waves, &[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.json");
    std::fs::write(&path, file.to_json().unwrap()).unwrap();
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check_audit.py");
    let checked = Command::new("python3").arg(checker).arg(&path).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

/// The labels of the standing groups that a page may not name: everything but those of the given blocks.
fn foreign_labels(past: &[PastWave], html_blocks: &BTreeSet<u32>) -> Vec<String> {
    let Some(PastWave::Published(latest)) = past.last() else { panic!("published") };
    let own: BTreeSet<u32> = latest
        .release
        .base
        .blocks
        .iter()
        .filter(|b| html_blocks.contains(&b.id.0))
        .flat_map(|b| b.members.iter().filter_map(|m| if let disclosure::Member::Group(group) = m { Some(group.0) } else { None }))
        .collect();
    latest.groups.iter().filter(|g| !own.contains(&g.group.0)).map(|g| g.label.clone()).collect()
}

#[actix_web::test]
async fn the_demo_shows_each_kind_of_result_and_every_number_and_word_of_its_pages_can_be_recomputed() {
    let demo = Demo::start();
    let installation = demo.installation();
    let past = past_waves(&installation, None).unwrap();
    assert_eq!(past.len(), 4);
    let blocks = read_blocks(&past).unwrap();
    let changes = |word| {
        blocks.iter().any(|b| matches!(&b.comparison, Comparison::Made(set) if set.changes.iter().any(|change| change.word == word)))
    };
    let with_quality = blocks.iter().find(|b| b.labels.iter().any(|label| label == "Quality")).unwrap();
    assert!(with_quality.groups.len() > 1, "the leader of Quality reads a combined group");
    assert!(blocks.iter().any(|b| b.scores.iter().any(|s| matches!(s.sight, Sight::AtLeast(_)))), "a top band");
    assert!(changes(ChangeWord::CannotBeSeen), "a change that cannot be seen");
    assert!(changes(ChangeWord::Clear), "a clear change");
    assert!(blocks.iter().any(|b| b.comparison == Comparison::NotPossible(NoComparison::NewGroup)), "no comparison");
    let renamed = blocks.iter().find(|b| b.labels == ["Training"]).unwrap();
    let unbroken = |trend: &Trend| trend.points.len() == 4 && trend.points.iter().all(|p| matches!(p.point, TrendSight::Score { .. }));
    assert!(renamed.trends.iter().any(unbroken), "a team with a new name and an unbroken trend");

    holds_for_a_strangers_checker(&installation, &past);
    let found = recomputed(&documents(&past));
    let latest = "/organisation/2026-q3";
    let addresses = hr_pages(latest);
    let pages = demo.read("hr", &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut roles: BTreeMap<String, u32> = BTreeMap::new();
    for ((status, html), address) in pages.iter().zip(&addresses) {
        assert_eq!(*status, 200, "{address}");
        for (role, times) in compare(html, &found) {
            *roles.entry(role).or_default() += times;
        }
    }
    let html = pages.iter().map(|(_, html)| html.as_str()).collect::<String>();
    let (mut of_hr, names) = (Files::of(&demo, "hr", latest).await, names(&past));
    let in_file = of_hr.compare(&html, &names);
    for role in ["score", "change", "trend", "statement", "recent", "conversation", "course", "differences", "map"] {
        assert!(in_file.get(role).is_some_and(|times| *times > 0), "no {role} of HR's pages was looked for in the files: {in_file:?}");
    }
    let mut all_groups = of_hr.groups();
    for role in [
        "score",
        "participation",
        "change",
        "detectable",
        "comparison",
        "trend",
        "quadrant",
        "tested",
        "conversation",
        "course",
        "differences",
        "map",
        "funnel",
        "funnel-mean",
        "funnel-limits",
        "quality",
        "origin",
    ] {
        assert!(roles.get(role).is_some_and(|n| *n > 0), "no {role} on the organisation's pages: {roles:?}");
    }
    assert!(roles["score"] as usize >= blocks.len() * 3, "{roles:?}");
    assert_eq!(roles["conversation"] as usize, found["overview"]["conversation"]["entries"].as_array().unwrap().len());
    let comments = |html: &str| html.matches("data-role=\"comment\"").count();
    assert!(comments(&html) > 50 && html.contains("HR hid 1 comment."), "{}", comments(&html));
    let all = comments(&html);
    let earlier = past_waves(&installation, Some(&domain::WaveId::parse("2026-q1").unwrap())).unwrap();
    let addresses = hr_pages("/organisation/2026-q1");
    let earlier = recomputed(&documents(&earlier));
    for (_, html) in demo.read("hr", &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await {
        compare(&html, &earlier);
    }

    let mut own_page_roles = BTreeSet::new();
    for login in ["plant-south", "quality", "training", "automation", "engineering"] {
        let [(status, html), organisation, rounds, other] =
            demo.read(login, &["/team/2026-q3", latest, "/rounds", "/rounds/2026-q4"]).await.try_into().unwrap();
        assert_eq!(status, 200, "{login}");
        let roles = compare(&html, &found);
        let mut files = Files::of(&demo, login, "/team/2026-q3").await;
        let in_file = files.compare(&html, &names);
        for (role, list) in [("statement", "statements"), ("suggestion", "suggestions"), ("score", "scores")] {
            assert_eq!(in_file.get(role).copied().unwrap_or_default(), files.count(list), "{login}: {role} in the files and on the page");
        }
        // What HR's file says of the group is what its leader reads.
        for group in files.groups() {
            let place = all_groups.iter().position(|other| *other == group);
            all_groups.remove(place.unwrap_or_else(|| panic!("HR's file says something else than that of {login}: {group}")));
        }
        assert!(roles["score"] >= 3 && roles.contains_key("trend") && roles.contains_key("suggestion"), "{login}: {roles:?}");
        own_page_roles.extend(roles.into_keys());
        assert!((3..all / 2).contains(&comments(&html)), "{login} reads the comments of the own pools: {}", comments(&html));
        for refused in [organisation, rounds, other] {
            assert!((400..500).contains(&refused.0), "{login}: {}", refused.0);
            assert!(!refused.1.contains("data-role"), "{login}");
        }
        let own: BTreeSet<u32> = tagged(&html).iter().filter_map(|t| t.place.strip_prefix("block ").map(|b| b.parse().unwrap())).collect();
        assert_eq!(own.len(), 1, "{login} leads one team");
        if login != "engineering" {
            for label in foreign_labels(&past, &own) {
                let named = format!(">{label}<");
                assert!(!html.contains(&named), "{login} reads about {label}");
            }
        }
    }
    for role in ["recent", "statement"] {
        assert!(own_page_roles.contains(role), "no {role} on any leader's page: {own_page_roles:?}");
    }
}

#[actix_web::test]
async fn two_documents_that_differ_in_one_published_cell_give_pages_that_the_comparison_tells_apart() {
    // The check itself must be able to fail: a page of the demo against documents in which one cell was moved.
    let demo = Demo::start();
    let installation = demo.installation();
    let mut waves = documents(&past_waves(&installation, None).unwrap());
    let [(_, html)] = demo.read("hr", &["/organisation/2026-q3"]).await.try_into().unwrap();
    for block in waves.last_mut().unwrap()["release"]["base"]["blocks"].as_array_mut().unwrap() {
        for cell in block["cells"].as_array_mut().unwrap().iter_mut().filter(|cell| !cell.is_null()) {
            cell["cell"] = cell["cell"].as_u64().unwrap().saturating_sub(3).into();
        }
    }
    let moved = recomputed(&waves);
    assert!(std::panic::catch_unwind(|| compare(&html, &moved)).is_err());
}
