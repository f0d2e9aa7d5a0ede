//! Who reads what: every role tries every address, on published, running, aborted and unknown rounds.

use awc::Client;
use candor::lifecycle::abort;
use domain::WaveState;
use identity::Role;

use crate::harness::TestApp;

/// A published round, an aborted one and a running one, with an account for everybody who could have one.
async fn scene() -> TestApp {
    let app = TestApp::spawn().await;
    let first = app.launch("2026-q2");
    app.answer_as(&first, |person| (!person.ends_with('7')).then_some(if person.starts_with("alpha") { 6 } else { 4 })).await;
    app.run_to_publication(&first);
    app.outbox.clear();
    let second = app.launch("2026-q3");
    abort::abort(&app.installation, &second, "Wrong dates in the staff list.", &mut |_| {}).unwrap();
    app.launch("2026-q4");
    app.account("hr", Role::Hr, None);
    for leader in ["boss", "lead-a", "lead-b", "lead-c"] {
        app.account(leader, Role::Leader, Some(leader));
    }
    // Somebody with an account who leads nothing.
    app.account("gone", Role::Leader, Some("alpha0"));
    app
}

const ROUNDS: [&str; 5] = ["2026-q2", "2026-q3", "2026-q4", "2031-q1", "%2e%2e"];

#[actix_web::test]
async fn hr_reads_published_results_only() {
    let app = scene().await;
    let hr = app.sign_in("hr").await;
    for (round, status) in ROUNDS.iter().zip([200, 404, 404, 404, 404]) {
        let (got, page) = hr.read(&format!("/organisation/{round}")).await;
        assert_eq!(got, status, "{round}");
        assert_eq!(page.contains("data-role"), status == 200, "{round}");
    }
    let (status, page) = hr.read("/organisation/2026-q2/groups").await;
    assert_eq!(status, 200);
    for label in ["Alpha", "Beta", "Gamma"] {
        assert!(page.contains(label), "{label}");
    }
    for path in ["/team", "/team/2026-q2"] {
        let (status, page) = hr.read(path).await;
        assert!((400..500).contains(&status) && !page.contains("data-role"), "{path}");
    }
}

#[actix_web::test]
async fn a_leader_reads_the_own_team_and_tries_everything_else_in_vain() {
    let app = scene().await;
    for (login, own, others) in
        [("lead-a", "Alpha", ["Beta", "Gamma"]), ("lead-b", "Beta", ["Alpha", "Gamma"]), ("lead-c", "Gamma", ["Alpha", "Beta"])]
    {
        let leader = app.sign_in(login).await;
        let (status, page) = leader.read("/team/2026-q2").await;
        assert_eq!(status, 200, "{login}");
        assert!(page.contains(own), "{login}");
        // The small board was pooled at launch; no line teams were, so no other team may be named.
        for other in others {
            assert!(!page.contains(other), "{login} reads about {other}");
        }
        for round in ROUNDS {
            for path in [format!("/organisation/{round}"), format!("/rounds/{round}")] {
                let (status, page) = leader.read(&path).await;
                assert!((400..500).contains(&status) && !page.contains("data-role"), "{login} {path}: {status}");
            }
        }
        for path in ["/organisation", "/rounds", "/mails", "/mails/1", "/accounts", "/team/2026-q3", "/team/2026-q4", "/team/2031-q1"] {
            let (status, page) = leader.read(path).await;
            assert!(!page.contains("data-role"), "{login} {path}: {status}");
            assert!((400..500).contains(&status), "{login} {path}: {status}");
        }
        let token = leader.token("/team/2026-q2").await;
        for verb in ["close", "answer", "open", "publish", "remind", "abort"] {
            let status = leader
                .post(&format!("/rounds/2026-q4/{verb}"), &[("token", &token), ("reason", "Because I can."), ("confirm", "yes")])
                .await;
            assert!((400..500).contains(&status), "{login} {verb}: {status}");
        }
    }
    let wave = domain::WaveId::parse("2026-q4").unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
    let gone = app.sign_in("gone").await;
    let (status, page) = gone.read("/team/2026-q2").await;
    assert_eq!(status, 403);
    assert!(!page.contains("data-role"), "somebody who leads nothing reads something");
}

#[actix_web::test]
async fn the_head_of_a_unit_reads_its_sub_total_and_no_single_team_below() {
    let app = scene().await;
    let head = app.sign_in("boss").await;
    let (status, page) = head.read("/team/2026-q2").await;
    assert_eq!(status, 200);
    assert!(page.contains("data-unit=\"Board\""), "the sub-total of the unit");
    let blocks: Vec<&str> = page.split("data-block=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(blocks.len() <= 1, "only the block in which the board's own answers count: {blocks:?}");
}

#[actix_web::test]
async fn without_a_session_nothing_is_read_and_nothing_is_done() {
    let app = scene().await;
    let hr = app.sign_in("hr").await;
    let token = hr.token("/rounds/2026-q4").await;
    let client = Client::builder().disable_redirects().finish();
    for path in ["/", "/rounds", "/rounds/2026-q4", "/organisation", "/organisation/2026-q2", "/team", "/team/2026-q2"] {
        let (status, body) = app.get(&format!("{}{path}", app.console)).await;
        assert!(status == 401 || status == 303, "{path}: {status}");
        assert!(!String::from_utf8_lossy(&body).contains("data-role"), "{path}");
        let mut response = client.get(format!("{}{path}", app.console)).insert_header(("Accept", "application/json")).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 401, "{path}");
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        assert!(String::from_utf8_lossy(&response.body().await.unwrap()).contains("urn:candor:problem:sign-in-needed"));
    }
    let url = format!("{}/rounds/2026-q4/abort", app.console);
    let form = [("token", token.as_str()), ("reason", "From outside.")];
    let status = client.post(&url).insert_header(("Origin", app.console.clone())).send_form(&form).await.unwrap().status();
    assert_eq!(status.as_u16(), 401);
    // A session is not enough: the form must carry its own token, and come from the console's own origin.
    assert_eq!(hr.post("/rounds/2026-q4/abort", &[("token", "0"), ("reason", "Without the token.")]).await, 403);
    assert_eq!(hr.post("/rounds/2026-q4/abort", &[("reason", "Without the token.")]).await, 403);
    let foreign =
        client.post(&url).insert_header(("Origin", "https://evil.example")).cookie(hr.cookie.clone()).send_form(&form).await.unwrap();
    assert_eq!(foreign.status().as_u16(), 403);
    let wave = domain::WaveId::parse("2026-q4").unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
    assert_eq!(hr.post("/sign-out", &[("token", &token)]).await, 303);
    assert_ne!(hr.read("/organisation/2026-q2").await.0, 200, "a session that was ended");
    assert!(hr.cookie.http_only().unwrap());
    assert_eq!(hr.cookie.same_site(), Some(awc::cookie::SameSite::Strict));
}

#[actix_web::test]
async fn guessing_passwords_is_slowed_down_and_an_unknown_name_gets_the_same_answer() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let client = Client::builder().disable_redirects().finish();
    let mut answers = Vec::new();
    for login in ["hr", "nobody"] {
        let form = [("login", login), ("password", "wrong password here")];
        let mut response =
            client.post(format!("{}/sign-in", app.console)).insert_header(("Origin", app.console.clone())).send_form(&form).await.unwrap();
        answers.push((response.status().as_u16(), response.body().await.unwrap()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 401);
    let mut last = 0;
    for _ in 0..9 {
        let form = [("login", "hr"), ("password", "wrong password here")];
        let response =
            client.post(format!("{}/sign-in", app.console)).insert_header(("Origin", app.console.clone())).send_form(&form).await.unwrap();
        last = response.status().as_u16();
        if last == 429 {
            assert!(response.headers().contains_key("retry-after"));
            break;
        }
    }
    assert_eq!(last, 429);
}

#[actix_web::test]
async fn the_survey_origin_has_no_console_and_the_console_no_survey() {
    let app = scene().await;
    for path in ["/sign-in", "/rounds", "/organisation/2026-q2", "/team/2026-q2", "/console.css"] {
        assert_eq!(app.get(&format!("{}{path}", app.respondents)).await.0, 404, "{path}");
    }
    for path in ["/w/2026-q4/", "/w/2026-q4/manifest", "/w/2026-q4/box"] {
        assert_eq!(app.get(&format!("{}{path}", app.console)).await.0, 404, "{path}");
    }
}
