//! The result of a group for its own people: who is led where by the closing mail, and that nobody reads more than the block that holds their group.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use awc::Client;
use candor::installation::Installation;
use candor::lifecycle::{draft, launch, past_waves};
use disclosure::base::Member;
use domain::{GroupId, TeamLabel, WaveId};
use identity::Role;
use protocol::FrozenManifest;
use protocol::secret::StatusHandle;
use protocol::wire::{Answer, Kind, Outcome, ReadCode, Request, Stage, StatusAnswer};
use release::reading::{self, PastWave, PublishedWave};

use crate::harness::TestApp;

/// The handle in everybody's closing mail, by person id.
pub(crate) fn handles(app: &TestApp, wave: &WaveId) -> BTreeMap<String, StatusHandle> {
    let mark = format!("/w/{wave}/#s2.");
    let mails = app.outbox.newest(usize::MAX);
    mails
        .iter()
        .filter_map(|mail| {
            let line = mail.text.lines().find(|line| line.contains(&mark))?;
            let person = mail.to.rsplit_once('@')?.0.rsplit(['<', ' ']).next()?.to_owned();
            Some((person, StatusHandle::parse(line.trim().rsplit('.').next()?).unwrap()))
        })
        .collect()
}

pub(crate) async fn status(app: &TestApp, wave: &WaveId, handle: &StatusHandle) -> StatusAnswer {
    let stored = app.installation.responses.wave(wave).unwrap().unwrap().manifest;
    let size = FrozenManifest::read(stored).unwrap().manifest().response_size;
    let (code, body) = app.post_box(wave, Request::Status { handle: StatusHandle::from_bytes(*handle.as_bytes()) }.encode()).await;
    assert_eq!((code, body.len()), (200, size as usize), "an answer has one size, whatever it says");
    let Answer::Status(status) = Answer::parse(Kind::Status, &body, size).unwrap() else { panic!("another answer") };
    status
}

async fn read(app: &TestApp, wave: &str, code: &str) -> (u16, String) {
    let (status, body) = app.get(&format!("{}/w/{wave}/team/{code}", app.respondents)).await;
    (status, String::from_utf8(body).unwrap())
}

/// A published round with everybody's code, and a running one after it.
async fn scene() -> (TestApp, WaveId, BTreeMap<String, ReadCode>) {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |person| (!person.ends_with('7')).then_some(if person.starts_with("alpha") { 6 } else { 4 })).await;
    app.run_to_publication(&wave);
    let mut codes = BTreeMap::new();
    for (person, handle) in handles(&app, &wave) {
        let said = status(&app, &wave, &handle).await;
        assert_eq!((said.stage, said.answered), (Stage::Published, !person.ends_with('7')), "{person}");
        codes.insert(person, said.read_code.unwrap());
    }
    app.launch("2026-q4");
    (app, wave, codes)
}

fn latest(past: &[PastWave]) -> &PublishedWave {
    match past.last() {
        Some(PastWave::Published(wave)) => wave,
        _ => panic!("nothing is published"),
    }
}

fn attributes(page: &str, name: &str) -> BTreeSet<String> {
    page.split(&format!("{name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn everybody_reads_the_one_block_that_holds_their_group_as_its_leader_reads_it() {
    let (app, wave, codes) = scene().await;
    let past = past_waves(&app.installation, Some(&wave)).unwrap();
    let published = latest(&past);
    let words = reports::Words::english().unwrap();
    assert!(codes.len() > 20, "{}", codes.len());
    let mut pages = BTreeMap::new();
    for (person, code) in &codes {
        let (status, page) = read(&app, "2026-q2", &code.to_text()).await;
        assert_eq!(status, 200, "{person}");
        pages.insert(person.as_str(), page);
    }
    let group_of = |person: &str| app.installation.identity.read_code_lookup(&wave, &codes[person].0).unwrap().unwrap();
    let groups: BTreeSet<GroupId> = codes.keys().map(|person| group_of(person)).collect();
    assert_eq!(groups.len(), published.groups.len(), "every group has its people here");
    assert_eq!(codes.values().collect::<BTreeSet<_>>().len(), groups.len(), "a code is of a group and names nobody in it");
    for (person, page) in &pages {
        let group = group_of(person);
        let holds = |member: &Member| matches!(member, Member::Group(one) if *one == group);
        let block = published.release.base.blocks.iter().find(|block| block.members.iter().any(holds)).unwrap().id;
        let own: BTreeSet<TeamLabel> =
            published.groups.iter().find(|leaf| leaf.group == group).unwrap().teams.iter().map(|team| team.label.clone()).collect();
        let report = reading::read_block(&past, block).unwrap();
        let section = reports::team_section(words, published, &report, &own).unwrap();
        assert!(page.contains(&section), "{person}: the page is the section, byte for byte");
        assert_eq!(attributes(page, "data-block"), BTreeSet::from([block.0.to_string()]), "{person}: and no other block");
        assert!(!page.contains("data-unit") && !page.contains("data-question"), "{person}: no sub-total and no comment");
        for leaf in published.groups.iter().filter(|leaf| !report.labels.contains(&leaf.label)) {
            assert!(!page.contains(&leaf.label), "{person} reads about {}", leaf.label);
        }
    }
    // What is not advice for a leader is on both pages the same.
    for (login, person) in [("lead-a", "alpha0"), ("lead-b", "beta0"), ("lead-c", "gamma0")] {
        app.account(login, Role::Leader, Some(login));
        let (_, leaders) = app.sign_in(login).await.read("/team/2026-q2").await;
        let own = &pages[person];
        let section = &own[own.find("<section").unwrap()..own.rfind("</section>").unwrap()];
        // Between the two halves a leader reads what to talk about next.
        let (level, course) = section.split_once("<h3>Over time</h3>").unwrap();
        for half in [level.trim(), course.trim()] {
            assert!(leaders.contains(half), "{login} reads the same as {person}: {half}");
        }
        assert!(leaders.contains("data-role=\"suggestion\"") && !own.contains("data-role=\"suggestion\""), "{login}");
    }
    let german = Client::default().get(format!("{}/w/2026-q2/team/{}", app.respondents, codes["alpha0"].to_text()));
    let body = german.insert_header(("Accept-Language", "de-AT, en;q=0.5")).send().await.unwrap().body().limit(1 << 24).await.unwrap();
    let page = String::from_utf8(body.to_vec()).unwrap();
    assert!(page.contains("<html lang=\"de\">") && page.contains("Das Ergebnis Ihrer Gruppe"), "{page}");
}

#[actix_web::test]
async fn every_other_address_is_the_same_nothing_and_reading_leaves_no_trace() {
    let (app, wave, codes) = scene().await;
    let (_, nothing) = read(&app, "2026-q2", "x").await;
    assert_eq!(app.get(&format!("{}/nothing", app.respondents)).await, (404, nothing.clone().into_bytes()));
    let code = codes["alpha0"].to_text();
    let before = app.place.content();
    for round in ["2026-q4", "2031-q1", "%2e%2e", "x"] {
        assert_eq!(read(&app, round, &code).await, (404, nothing.clone()), "{round}");
    }
    let mut changed = codes["alpha0"];
    for place in 0..16 {
        changed.0[place] ^= 1;
        assert_eq!(read(&app, "2026-q2", &changed.to_text()).await, (404, nothing.clone()));
        changed.0[place] ^= 1;
    }
    for wrong in [code.to_uppercase(), format!("{code}A"), code[1..].to_owned(), "0".to_owned(), format!("{code}/")] {
        assert_eq!(read(&app, "2026-q2", &wrong).await.0, 404, "{wrong}");
    }
    for handle in handles(&app, &wave).values().take(3) {
        status(&app, &wave, handle).await;
    }
    assert_eq!(read(&app, "2026-q2", &code).await.0, 200);
    assert!(app.place.content() == before, "somebody could see that a result was read, or a status");
}

#[actix_web::test]
async fn before_the_publication_there_is_no_code_and_the_status_says_where_the_round_is() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(4)).await;
    let schedule = draft::WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.closes_at);
    app.advance(&mut Vec::new());
    let closed_at = u64::try_from(schedule.closes_at.micros() / 1_000_000).unwrap();
    app.clock.advance(Duration::from_secs(schedule.grace_seconds));
    app.advance(&mut Vec::new());
    candor::worker::mail::send_all(&app.installation).unwrap();
    let mail = app.outbox.newest(usize::MAX).into_iter().find(|mail| mail.text.contains("#s2.")).unwrap();
    assert!(mail.text.replace('\n', " ").contains("the same link leads to the result of your group"), "{}", mail.text);
    let handles = handles(&app, &wave);
    let said = status(&app, &wave, &handles["alpha1"]).await;
    let expected = StatusAnswer { answered: true, stage: Stage::Closed, closed_at, published_at: 0, read_code: None };
    assert_eq!(said, expected);
    app.clock.advance(Duration::from_secs(schedule.window_seconds));
    app.advance(&mut Vec::new());
    assert_eq!(status(&app, &wave, &handles["beta1"]).await, StatusAnswer { answered: false, stage: Stage::Opened, ..expected });
    // From the decision on, not only when everything is erased.
    app.installation.identity.request_abort(&wave, "The building is on fire.").unwrap();
    let (_, body) = app.post_box(&wave, Request::Status { handle: StatusHandle::from_bytes(*handles["beta1"].as_bytes()) }.encode()).await;
    let size = u32::try_from(body.len()).unwrap();
    assert_eq!(Answer::parse(Kind::Status, &body, size).unwrap(), Answer::Refused(Outcome::Ended));
}

#[actix_web::test]
async fn a_page_without_a_result_names_nobody_as_its_reader() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |person| (person == "alpha1").then_some(4)).await;
    app.run_to_publication(&wave);
    let code = status(&app, &wave, &handles(&app, &wave)["alpha1"]).await.read_code.unwrap();
    let (status, page) = read(&app, "2026-q2", &code.to_text()).await;
    assert_eq!(status, 200);
    assert!(page.contains("Too few people answered"), "{page}");
    assert!(!page.contains("read the same numbers"), "{page}");
}

/// The application in an organisation that lets leaders alone read.
fn for_leaders_alone(app: &TestApp) -> Installation {
    let mut config = (*app.installation.config).clone();
    config.survey.team_reads = false;
    Installation { config: Arc::new(config), ..app.installation.clone() }
}

#[actix_web::test]
async fn what_was_promised_to_leaders_alone_is_not_shown_later_either() {
    let app = TestApp::spawn().await;
    let first = app.draft("2026-q2");
    launch::launch(&for_leaders_alone(&app), &first, None, &mut |_| {}).unwrap();
    candor::worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&first, |_| Some(4)).await;
    app.run_to_publication(&first);
    for handle in handles(&app, &first).values() {
        assert_eq!(status(&app, &first, handle).await.read_code, None);
    }
    let mails = app.outbox.newest(usize::MAX);
    assert!(mails.iter().all(|mail| !mail.text.contains("result of your group")), "no mail promises it");
    app.outbox.clear();

    let second = app.launch("2026-q4");
    app.answer_as(&second, |_| Some(5)).await;
    app.run_to_publication(&second);
    let code = status(&app, &second, &handles(&app, &second)["alpha1"]).await.read_code.unwrap();
    let (status, page) = read(&app, "2026-q4", &code.to_text()).await;
    assert_eq!(status, 200);
    assert!(page.contains("data-kind=\"first-wave\"") && !page.contains("2026-q2"), "{page}");
    assert!(page.contains("Earlier rounds are left out"), "{page}");
}
