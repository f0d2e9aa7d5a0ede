//! What became of teams between rounds, and the groups that HR makes of them: from the command to the comparison.

use std::process::{Command, Stdio};
use std::sync::Arc;

use candor::installation::Installation;
use candor::lifecycle::groups::{self, Before};
use candor::lifecycle::{Refusal, draft, launch, past_waves, reorganisation};
use candor::worker;
use disclosure::standing::NamedTeams;
use domain::{GroupLeaf, Moment, ReorgEvent, SameShare, TeamLabel, WaveId};
use identity::Role;
use release::reading::{BlockReport, Comparison, NoComparison, Published, TrendSight, read_blocks};

use crate::harness::{TestApp, staff};

fn team(name: &str) -> TeamLabel {
    TeamLabel::parse(name).unwrap()
}

fn rename(from: &str, to: &str) -> ReorgEvent {
    ReorgEvent::Rename { from: team(from), to: team(to) }
}

/// An application with one published round, in which everybody answered.
async fn published() -> (TestApp, WaveId) {
    let app = TestApp::spawn().await;
    let wave = run(&app, "2026-q3").await;
    (app, wave)
}

/// Launches a round, lets everybody answer, publishes it.
async fn run(app: &TestApp, name: &str) -> WaveId {
    app.outbox.clear();
    let wave = app.launch(name);
    app.answer_as(&wave, |person| Some(if person.starts_with("beta") { 3 } else { 5 })).await;
    app.run_to_publication(&wave);
    wave
}

/// The groups of a draft, launched or not.
fn leaves(app: &TestApp, wave: &WaveId) -> Vec<GroupLeaf> {
    let settings = draft::WaveSettings::of(&app.installation.identity, wave).unwrap();
    let roster = app.installation.identity.roster().unwrap();
    groups::of_draft(&app.installation, wave, &settings, &roster).unwrap().proposal.leaves
}

/// `label < label of the predecessor (band)` for each group.
fn lineage(app: &TestApp, earlier: &WaveId, leaves: &[GroupLeaf]) -> Vec<String> {
    let before = app.installation.identity.groups(earlier).unwrap();
    let label = |group| before.iter().find(|leaf| leaf.group == group).unwrap().label.clone();
    let past =
        |leaf: &GroupLeaf| leaf.predecessors.iter().map(|p| format!("{} ({:?})", label(p.group), p.same)).collect::<Vec<_>>().join(", ");
    leaves.iter().map(|leaf| format!("{} < {}", leaf.label, past(leaf))).collect()
}

fn block_of(app: &TestApp, label: &str) -> Published<BlockReport> {
    let past = past_waves(&app.installation, None).unwrap();
    read_blocks(&past).unwrap().into_iter().find(|block| block.labels.iter().any(|l| l == label)).unwrap()
}

fn try_launch(app: &TestApp, wave: &WaveId) -> Result<(), Refusal> {
    launch::launch(&app.installation, wave, None, &mut |_| {}).map(|_| ())
}

#[actix_web::test]
async fn a_renamed_team_is_compared_and_no_byte_of_an_earlier_round_changes() {
    let (app, first) = published().await;
    app.account("hr", Role::Hr, None);
    app.account("lead-b", Role::Leader, Some("lead-b"));
    // What a page says about the round; around it stand the other rounds and the session.
    let seen = async || {
        let mut said = Vec::new();
        for (login, path) in [("hr", "/organisation/2026-q3"), ("lead-b", "/team/2026-q3")] {
            let (status, page) = app.sign_in(login).await.read(path).await;
            assert_eq!(status, 200, "{path}");
            said.push(page.split_once("<section class=\"report\"").and_then(|(_, rest)| rest.split_once("</main>")).unwrap().0.to_owned());
        }
        (said, app.installation.ballot_side(&first).unwrap(), app.installation.responses.release(&first).unwrap().unwrap().document)
    };
    let before = seen().await;
    let renamed = reorganisation::record(&app.installation, rename("Beta", "Bravo"), None).unwrap();
    assert_eq!(seen().await, before);
    app.import(&staff().replace(",Beta,", ",Bravo,"));
    assert_eq!(seen().await, before);
    let second = run(&app, "2026-q4").await;
    let groups = app.installation.identity.groups(&second).unwrap();
    assert!(lineage(&app, &first, &groups).contains(&"Bravo < Beta (ThreeQuartersOrMore)".to_owned()), "{groups:?}");
    let block = block_of(&app, "Bravo");
    assert!(
        matches!(&block.comparison, Comparison::Made(set) if set.since == first && set.same == SameShare::ThreeQuartersOrMore),
        "{block:?}"
    );
    assert!(block.trends.iter().all(|trend| trend.points.iter().all(|point| matches!(point.point, TrendSight::Score { .. }))), "{block:?}");
    assert_eq!(seen().await, before, "the leader reads the past round under its old name");
    // What a round was launched with stays.
    let refused = reorganisation::withdraw(&app.installation, renamed.number).unwrap_err().to_string();
    assert!(refused.contains("recorded before a round was launched"), "{refused}");
}

#[actix_web::test]
async fn without_an_event_a_new_name_is_a_new_group() {
    let (app, _) = published().await;
    // Which day is today is a matter of the organisation's time zone: in Auckland it is tomorrow already.
    app.clock.set(Moment::parse("2026-11-30T23:15:00Z").unwrap());
    let mut config = (*app.installation.config).clone();
    config.survey.time_zone = "Pacific/Auckland".to_owned();
    let there = Installation { config: Arc::new(config), ..app.installation.clone() };
    let recorded = reorganisation::record(&there, rename("Beta", "Bravo"), None).unwrap();
    assert_eq!(recorded.dated.on.to_string(), "2026-12-01");
    reorganisation::withdraw(&there, recorded.number).unwrap();
    app.import(&staff().replace(",Beta,", ",Bravo,"));
    run(&app, "2026-q4").await;
    assert_eq!(block_of(&app, "Bravo").comparison, Comparison::NotPossible(NoComparison::NewGroup));
}

#[actix_web::test]
async fn groups_continue_what_their_teams_continue_and_the_band_says_how_many_people_are_the_same() {
    let (app, first) = published().await;
    let record = |event| reorganisation::record(&app.installation, event, None).unwrap();
    record(ReorgEvent::Merge { teams: vec![team("Alpha"), team("Gamma")], into: team("Delta") });
    record(ReorgEvent::Split { team: team("Beta"), into: vec![team("Beta North"), team("Beta South")] });
    let list = |beta: &str| {
        let mut csv = String::new();
        for line in staff().lines() {
            let line = line.replace(",Alpha,", ",Delta,").replace(",Gamma,lead-c", ",Delta,lead-a");
            let number = line.strip_prefix("beta").and_then(|rest| rest.split(',').next()?.parse::<u32>().ok());
            let line = match number {
                Some(number) => line.replace(",Beta,", if number < 4 { ",Beta North," } else { ",Beta South," }).replace("beta", beta),
                None => line,
            };
            csv.push_str(&line);
            csv.push('\n');
        }
        csv
    };
    app.import(&list("beta"));
    let draft = app.draft("2026-q4");
    let now = leaves(&app, &draft);
    assert_eq!(
        lineage(&app, &first, &now),
        [
            "Beta North + Beta South + Board < Alpha + Board (QuarterToHalf), Beta (ThreeQuartersOrMore)",
            "Delta < Alpha + Board (HalfToThreeQuarters), Gamma (HalfToThreeQuarters)",
        ]
    );
    // The same teams with other people: the team goes on, and the band says that hardly anybody is the same.
    app.import(&list("new").replace("lead-", "head-"));
    let now = leaves(&app, &draft);
    assert_eq!(lineage(&app, &first, &now)[0], "Beta North + Beta South + Board < Alpha + Board (UnderQuarter), Beta (UnderQuarter)");
    assert!(groups::hardly_the_same(&now[0]) && !groups::hardly_the_same(&now[1]));
}

#[actix_web::test]
async fn a_launch_is_refused_while_the_staff_list_says_something_else_than_an_event() {
    let (app, _) = published().await;
    let event = reorganisation::record(&app.installation, rename("Beta", "Bravo"), None).unwrap();
    let draft = app.draft("2026-q4");
    let refused = try_launch(&app, &draft).unwrap_err().to_string();
    assert!(refused.contains("there is a team \"Bravo\", but the staff list has none") && refused.contains("withdraw 1"), "{refused}");
    reorganisation::withdraw(&app.installation, event.number).unwrap();
    try_launch(&app, &draft).unwrap();
}

#[actix_web::test]
async fn groups_that_hr_made_are_launched_as_they_were_checked_or_refused_and_never_replaced_in_silence() {
    let (app, first) = published().await;
    let draft = app.draft("2026-q4");
    let named = |groups: &[(&str, &[&str])]| -> Vec<NamedTeams> {
        groups
            .iter()
            .map(|(label, teams)| NamedTeams { label: (*label).to_owned(), teams: teams.iter().map(|name| team(name)).collect() })
            .collect()
    };
    let set = |groups: &[(&str, &[&str])]| {
        groups::set(&app.installation, &draft, &named(groups)).map(|set| set.proposal.leaves).map_err(|e| e.to_string())
    };
    assert!(set(&[("All", &["Alpha", "Beta", "Gamma"])]).unwrap_err().contains("\"Board\" is in no group"));
    let apart = set(&[("The Greeks", &["Beta", "Alpha"]), ("Gamma and all leaders", &["Gamma", "Board"])]).unwrap_err();
    assert!(
        apart.contains("\"Alpha + Board\" is taken apart: its team \"Alpha\" is in group \"The Greeks\" and its team \"Board\" in group \"Gamma and all leaders\""),
        "{apart}"
    );
    for name in ["a\nb", "a\u{200B}b", "a\u{202E}b", "a\u{0}b", &"x".repeat(200_000), "gamma", "counted up to the organisation"] {
        let refused = set(&[(name, &["Alpha", "Board", "Beta"]), ("G", &["Gamma"])]).unwrap_err();
        assert!(refused.contains("the group of Alpha + Board + Beta cannot be called") && refused.len() < 400, "{refused}");
    }
    assert_eq!(app.installation.identity.draft_groups(&draft).unwrap(), None, "what was refused is not kept");
    let leaves = set(&[("The  Greeks", &["Beta", "Alpha", "Board"]), ("Gamma", &["Gamma"])]).unwrap();
    assert_eq!(leaves.iter().map(|leaf| (leaf.label.as_str(), leaf.invited)).collect::<Vec<_>>(), [("The  Greeks", 20), ("Gamma", 8)]);
    // A team that comes with a new staff list is in none of them.
    app.import(&staff().replace("beta8@example.org,Beta,", "beta8@example.org,Epsilon,"));
    let refused = try_launch(&app, &draft).unwrap_err().to_string();
    assert!(refused.contains("\"Epsilon\" is in no group") && refused.contains("--reset"), "{refused}");
    app.import(&staff());
    try_launch(&app, &draft).unwrap();
    let launched = app.installation.identity.groups(&draft).unwrap();
    assert_eq!(launched, leaves);
    assert_eq!(lineage(&app, &first, &launched)[0], "The  Greeks < Alpha + Board (HalfToThreeQuarters), Beta (QuarterToHalf)");
    let frozen = groups::reset(&app.installation, &draft).unwrap_err().to_string();
    assert!(frozen.contains("frozen at launch"), "{frozen}");
}

#[actix_web::test]
async fn groups_stay_together_from_round_to_round_and_with_whom_todays_staff_list_puts_them() {
    let app = TestApp::spawn().await;
    let draft = app.draft("2026-q3");
    let named = |groups: &[(&str, &[&str])]| -> Vec<NamedTeams> {
        let of =
            |(label, teams): &(&str, &[&str])| NamedTeams { label: (*label).into(), teams: teams.iter().map(|name| team(name)).collect() };
        groups.iter().map(of).collect()
    };
    groups::set(&app.installation, &draft, &named(&[("Both", &["Gamma", "Alpha", "Board"]), ("Beta", &["Beta"])])).unwrap();
    try_launch(&app, &draft).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&draft, |_| Some(4)).await;
    app.run_to_publication(&draft);
    // A first launch would propose Gamma alone.
    let second = app.draft("2026-q4");
    let recut = groups::set(&app.installation, &second, &named(&[("G", &["Gamma"]), ("Others", &["Beta", "Alpha", "Board"])])).unwrap_err();
    assert!(recut.to_string().contains("the proposed group \"Both\" is taken apart"), "{recut}");
    groups::set(&app.installation, &second, &named(&[("Two", &["Board", "Gamma", "Alpha"]), ("Beta", &["Beta"])])).unwrap();
    // With today's staff list Beta is too small to stand, and joins others.
    let moves = ["beta0,", "beta1,", "beta2,", "beta3,"];
    let moved = |line: &str| {
        let moves = moves.iter().any(|person| line.starts_with(person));
        if moves { line.replace(",Beta,lead-b", ",Gamma,lead-c") } else { line.to_owned() }
    };
    app.import(&staff().lines().map(moved).collect::<Vec<_>>().join("\n"));
    let refused = try_launch(&app, &second).unwrap_err().to_string();
    assert!(
        refused.contains("the proposed group \"Alpha + Beta + Board\" is taken apart: its team \"Alpha\" is in group \"Two\" and its team \"Beta\" in group \"Beta\""),
        "{refused}"
    );
    assert!(refused.contains("for round 2026-q4 do not fit today's staff list") && refused.contains("--reset"), "{refused}");
    groups::reset(&app.installation, &second).unwrap();
    try_launch(&app, &second).unwrap();
}

#[actix_web::test]
async fn a_draft_that_gives_no_groups_is_not_made() {
    let app = TestApp::spawn().await;
    let settings = draft::WaveSettings::of(&app.installation.identity, &app.draft("2026-q3")).unwrap();
    let wave = WaveId::parse("w1").unwrap();
    let demanding = draft::WaveSettings { k: 40, group_min: 50, ..settings.clone() };
    let refused = draft::create(&app.installation, &wave, &demanding).unwrap_err().to_string();
    assert!(refused.contains("28 people are invited, at least 41 are needed"), "{refused}");
    assert_eq!(app.installation.identity.wave(&wave).unwrap(), None);
    let drafted = draft::create(&app.installation, &wave, &settings).unwrap();
    assert_eq!(drafted.groups.unwrap().proposal.leaves.len(), 3);
}

#[actix_web::test]
async fn a_draft_says_what_each_group_was_in_the_last_round() {
    let (app, _) = published().await;
    reorganisation::record(&app.installation, rename("Gamma", "Omega"), None).unwrap();
    app.import(&staff().replace(",Gamma,", ",Omega,").replace("beta8@example.org,Beta,", "beta8@example.org,Epsilon,"));
    let wave = app.draft("2026-q4");
    let settings = draft::WaveSettings::of(&app.installation.identity, &wave).unwrap();
    let draft = groups::of_draft(&app.installation, &wave, &settings, &app.installation.identity.roster().unwrap()).unwrap();
    let before: Vec<(&str, Before)> = draft.proposal.leaves.iter().map(|leaf| (leaf.label.as_str(), draft.before(leaf))).collect();
    assert_eq!(
        before,
        [
            ("Alpha + Board + Epsilon", Before::Called("Alpha + Board".into())),
            ("Beta", Before::Same),
            ("Omega", Before::Called("Gamma".into()))
        ]
    );
    assert_eq!(groups::missing_that_combine(&settings, 6), Some(2));
    assert_eq!(groups::missing_that_combine(&settings, 7), None);
}

#[actix_web::test]
async fn what_protects_answers_can_only_rise_and_an_item_that_small_groups_cannot_show_is_named() {
    let (app, first) = published().await;
    let settings = draft::WaveSettings::of(&app.installation.identity, &first).unwrap();
    let later = domain::Schedule {
        closes_at: app.installation.clock.now().plus(std::time::Duration::from_secs(14 * 86_400)),
        ..settings.schedule.clone()
    };
    let settings = draft::WaveSettings { schedule: later, ..settings };
    let create = |name: &str, change: &dyn Fn(&mut draft::WaveSettings)| {
        let mut settings = settings.clone();
        change(&mut settings);
        draft::create(&app.installation, &WaveId::parse(name).unwrap(), &settings).map_err(|e| e.to_string())
    };
    let refused = create("a", &|s| s.k = 4).unwrap_err();
    assert!(refused.contains("k (people shown together) would be 4, and round 2026-q3 was published with 5"), "{refused}");
    assert!(
        create("a", &|s| s.min_range = 2).unwrap_err().contains("values kept possible would be 2, and round 2026-q3 was published with 3")
    );
    assert!(create("a", &|s| s.coalition = 0).unwrap_err().contains("At least one colleague"));
    assert!(create("a", &|s| s.coalition = 3).unwrap_err().contains("at most 2"));
    assert!(create("a", &|s| s.min_range = 8).unwrap_err().contains("cannot be shown per group"));
    create("b", &|s| (s.k, s.group_min) = (6, 8)).unwrap();
    let strict = draft::WaveSettings { coalition: 2, min_range: 7, ..settings.clone() };
    let hidden = draft::hidden_in_small_groups(&app.installation, &strict).unwrap();
    assert!(
        matches!(hidden.as_slice(), [one] if one.contains("needs 7 answers with these settings; below that it is not shown")),
        "{hidden:?}"
    );
    assert_eq!(draft::hidden_in_small_groups(&app.installation, &settings).unwrap(), [""; 0]);
}

#[actix_web::test]
async fn the_commands_say_what_became_of_teams_and_take_groups_from_a_file() {
    let (app, _) = published().await;
    let candor = |line: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.arg("--config").arg(app.place.path().join("candor.toml")).args(line).current_dir(app.place.path());
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    };
    let list = staff().replace(",Beta,", ",Bravo,").replace(",Gamma,", ",Greens,");
    std::fs::write(app.place.path().join("staff.csv"), list).unwrap();
    let (code, said) = candor(&["roster", "import", "staff.csv", "--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2 teams are new (Bravo, Greens) and 2 teams are gone (Beta, Gamma)"), "{said}");
    assert!(said.contains("candor roster event rename \"Beta\" \"Bravo\""), "{said}");
    let (code, said) = candor(&["roster", "event", "rename", "Beta", "Bravo"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("Recorded: event 1") && said.contains("Before the next launch: after event 1 there is a team \"Bravo\""),
        "{said}"
    );
    let (code, said) = candor(&["roster", "import", "staff.csv"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 team is new (Greens) and 1 team is gone (Gamma)") && !said.contains("Before the next launch"), "{said}");
    let (code, said) = candor(&["roster", "event", "rename", "Gamma", "Bravo"]);
    assert!(code == Some(2) && said.contains("there is a team \"Bravo\" already"), "{said}");
    let (code, said) = candor(&["roster", "event", "move", "Gamma"]);
    assert!(code == Some(2) && said.contains("--under"), "{said}");
    let (_, said) = candor(&["roster", "event", "merge", "Gamma", "Bravo", "--into", "Bravo", "--on", "2031-01-01"]);
    assert!(said.contains("2031-01-01 has not come yet"), "{said}");
    assert!(candor(&["roster", "events"]).1.contains("\"Beta\" was renamed to \"Bravo\"   (can be withdrawn until the next launch)"));
    app.draft("2026-q4");
    let (_, said) = candor(&["wave", "groups", "2026-q4"]);
    assert!(said.contains("9  Bravo   [was \"Beta\" in 2026-q3]") && said.contains("8  Greens   [new]"), "{said}");
    let (code, said) = candor(&["wave", "groups", "2026-q4", "--export", "groups.toml"]);
    assert_eq!(code, Some(0), "{said}");
    let file = app.place.path().join("groups.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"Bravo\"]", "\"Bravo\", \"Bravo\"]")).unwrap();
    let (code, said) = candor(&["wave", "groups", "2026-q4", "--set", "groups.toml"]);
    assert!(code == Some(2) && said.contains("every team answers in exactly one group"), "{said}");
    std::fs::write(&file, text.replace("name = \"Bravo\"", "name = \"The harbour\"")).unwrap();
    let (code, said) = candor(&["wave", "groups", "2026-q4", "--set", "groups.toml"]);
    assert_eq!(code, Some(0), "{said}");
    let (_, said) = candor(&["wave", "groups", "2026-q4"]);
    assert!(said.contains("9  The harbour (Bravo)   [was \"Beta\" in 2026-q3]") && said.contains("set by hand"), "{said}");
    assert_eq!(candor(&["wave", "groups", "2026-q4", "--reset"]).0, Some(0));
    let (code, said) = candor(&["wave", "create", "w1", "--closes-in", "10d", "--k", "40", "--group-min", "50"]);
    assert!(code == Some(2) && said.contains("at least 41 are needed"), "{said}");
    let (code, said) = candor(&["wave", "create", "w1", "--closes-in", "10d"]);
    assert!(code == Some(0) && said.contains("Round w1 is drafted"), "{said}");
    std::fs::write(app.place.path().join("bad.csv"), staff().replace("beta8@example.org", "beta8@")).unwrap();
    let (code, said) = candor(&["plan", "bad.csv"]);
    assert!(code == Some(2) && said.contains("bad.csv: 1 problem.") && !said.contains("taken over"), "{said}");
    let (code, said) = candor(&["roster", "import", "bad.csv"]);
    assert!(code == Some(2) && said.contains("bad.csv: 1 problem. Nothing was taken over."), "{said}");
    assert!(candor(&["wave", "groups", "2026-q4"]).1.contains("9  Bravo   ["));
}
