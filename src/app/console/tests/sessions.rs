//! How a session begins and ends, and that a form needs it.

use super::*;

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let house = House::new();
    let (wrong, unknown) = (house.send(sign_in("hr", "wrong")).await, house.send(sign_in("nobody", PASSWORD)).await);
    assert_eq!(wrong.problem(), "sign-in-failed");
    assert_eq!((wrong.status, wrong.body), (unknown.status, unknown.body));
    assert!(wrong.cookie.is_none() && unknown.cookie.is_none());
}

#[actix_web::test]
async fn after_eight_wrong_passwords_a_name_waits_even_with_the_right_one() {
    let house = House::new();
    for _ in 0..8 {
        assert_eq!(house.send(sign_in("hr", "wrong")).await.problem(), "sign-in-failed");
    }
    let waits = house.send(sign_in("HR", PASSWORD)).await;
    assert_eq!((waits.problem().as_str(), waits.header(RETRY_AFTER.as_str())), ("too-many-attempts", "300"));
    house.sign_in("lead").await;
    house.clock.advance(Duration::from_secs(300));
    house.sign_in("hr").await;
}

#[actix_web::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let house = House::new();
    let session = house.sign_in("hr").await;
    for _ in 0..3 {
        assert_eq!(house.get("/rounds", &session).await.status, StatusCode::OK);
        house.clock.advance(Duration::from_secs(4 * 3600));
    }
    assert_eq!(house.get("/rounds", &session).await.location(), "/sign-in");
    assert!(house.get("/sign-in", &session).await.body.contains("You are signed out"));
    assert!(
        !house.send(browser(TestRequest::get().uri("/sign-in"))).await.body.contains("You are signed out"),
        "who had no session is not told of one"
    );
    let session = house.sign_in("hr").await;
    assert!(!house.get("/sign-in", &session).await.body.contains("You are signed out"));
}

#[actix_web::test]
async fn signing_in_again_gives_another_session_and_ends_the_one_before() {
    let house = House::new();
    let first = house.sign_in("hr").await;
    let second = house.send(sign_in("hr", PASSWORD).cookie(first.clone())).await.cookie.unwrap();
    assert_ne!(first.value(), second.value());
    assert_eq!(house.get("/rounds", &first).await.location(), "/sign-in");
    assert_eq!(house.get("/rounds", &second).await.status, StatusCode::OK);
    // A session that somebody planted is never taken over.
    let planted = Cookie::new("candor", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_ne!(house.send(sign_in("hr", PASSWORD).cookie(planted.clone())).await.cookie.unwrap().value(), planted.value());
}

#[actix_web::test]
async fn behind_https_the_cookie_is_bound_to_the_host() {
    let house = House::at("https://console.example.org");
    let cookie = house.sign_in("hr").await;
    assert_eq!(
        (cookie.name(), cookie.secure(), cookie.http_only(), cookie.path(), cookie.domain()),
        ("__Host-candor", Some(true), Some(true), Some("/"), None)
    );
    let plain = Cookie::new("candor", cookie.value().to_owned());
    assert_eq!(house.get("/rounds", &plain).await.location(), "/sign-in");
}

#[actix_web::test]
async fn signing_out_needs_the_form_and_ends_the_session_for_good() {
    let house = House::new();
    let session = house.sign_in("hr").await;
    let token = house.get("/rounds", &session).await.token().to_owned();
    let out = |token: &str| TestRequest::post().uri("/sign-out").cookie(session.clone()).set_form([("token", token)]);
    assert_eq!(house.send(out("wrong")).await.problem(), "foreign-form");
    assert_eq!(house.get("/rounds", &session).await.status, StatusCode::OK);
    let answer = house.send(out(&token)).await;
    assert_eq!((answer.location(), answer.cookie.as_ref().unwrap().value()), ("/sign-in", ""));
    assert_eq!(house.get("/rounds", &session).await.location(), "/sign-in");
}

#[actix_web::test]
async fn a_form_from_elsewhere_or_without_its_token_changes_nothing() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    let page = house.get(&format!("/rounds/{ROUND}"), &session).await;
    let token = page.token();
    let stranger = house.sign_in("hr").await;
    let other = house.get("/rounds", &stranger).await;
    for request in [
        act("close", &session, &[]),
        act("close", &session, &[("token", "")]),
        act("close", &session, &[("token", other.token())]),
        act("close", &session, &[("token", token)]).insert_header((ORIGIN, "http://evil.example")),
        act("close", &session, &[("token", token)]).insert_header((ORIGIN, "null")),
        act("close", &session, &[("token", token)]).insert_header(("Sec-Fetch-Site", "same-site")),
        sign_in("hr", PASSWORD).insert_header((ORIGIN, "http://127.0.0.1:8080")),
    ] {
        let answer = house.send(request).await;
        assert_eq!((answer.problem().as_str(), answer.cookie.is_none()), ("foreign-form", true));
    }
    assert_eq!(house.state(), WaveState::Running);
    let own = act("close", &session, &[("token", token)])
        .insert_header((ORIGIN, "http://localhost:8081"))
        .insert_header(("Sec-Fetch-Site", "same-origin"));
    assert_eq!(house.send(own).await.location(), "/rounds/2026-q4?done=close");
    assert_eq!(house.state(), WaveState::Closed);
}
