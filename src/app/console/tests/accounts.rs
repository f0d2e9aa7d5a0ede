//! Getting in, staying in, being let out: invitations, passwords, the second factor, known browsers, roles.

use actix_web::http::header::REFERRER_POLICY;
use identity::SharedSecret;

use super::*;
use crate::accounts::second_factor;
use crate::mail::transport::{MailTransport, MemoryOutbox};
use crate::worker;

const NEW: &str = "nine lamps under the sea";

impl House {
    /// Posts a form of a session as a browser does, with its token.
    async fn post(&self, uri: &str, session: &Cookie<'static>, fields: &[(&str, &str)]) -> Answer {
        let token = self.get("/account", session).await.token().to_owned();
        let mut all = vec![("token", token.as_str())];
        all.extend_from_slice(fields);
        self.send(browser(TestRequest::post().uri(uri).cookie(session.clone()).set_form(all))).await
    }

    /// Invites somebody and gives the path of the link.
    async fn invite(&self, by: &Cookie<'static>, fields: &[(&str, &str)]) -> String {
        let page = self.post("/accounts", by, fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        link_in(&page)
    }

    fn secret_of(&self, login: &str) -> SharedSecret {
        let id = self.installation.identity.account_by_login(login).unwrap().unwrap().id;
        self.installation.identity.second_factor(id).unwrap().unwrap()
    }

    fn code_of(&self, secret: &SharedSecret) -> String {
        second_factor::code(secret, self.clock.now()).unwrap()
    }

    /// Sets up the second factor of `hr`; gives its secret and the recovery codes.
    async fn with_second_factor(&self, session: &Cookie<'static>) -> (SharedSecret, Vec<String>) {
        assert_eq!(self.post("/account/second-factor/begin", session, &[]).await.location(), "/account/second-factor");
        let id = self.installation.identity.account_by_login("hr").unwrap().unwrap().id;
        let waiting = self.installation.identity.waiting_second_factor(id).unwrap().unwrap();
        let page = self.get("/account/second-factor", session).await.body;
        assert!(page.contains(second_factor::typed(&waiting).as_str()) && page.contains("<svg class=\"qr\""), "{page}");
        let code = self.code_of(&waiting);
        for fields in [[("code", "000000"), ("password", PASSWORD)], [("code", code.as_str()), ("password", "wrong password")]] {
            let refused = self.post("/account/second-factor/confirm", session, &fields).await;
            assert!(refused.status.is_client_error() && refused.body.contains("role=\"alert\""), "{}", refused.body);
        }
        let page = self.post("/account/second-factor/confirm", session, &[("code", &code), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let codes = page.body.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
        (self.secret_of("hr"), codes)
    }
}

fn link_in(page: &Answer) -> String {
    let link = page.body.split("<code id=\"link\">").nth(1).unwrap_or_else(|| panic!("{}", page.body)).split('<').next().unwrap();
    link.strip_prefix("http://localhost:8081").unwrap().to_owned()
}

fn with_code(login: &str, password: &str, code: &str) -> TestRequest {
    TestRequest::post().uri("/sign-in").set_form([("login", login), ("password", password), ("code", code)])
}

fn set(link: &str, new: &str, again: &str) -> TestRequest {
    browser(TestRequest::post().uri(link).set_form([("new", new), ("again", again)]))
}

#[actix_web::test]
async fn an_invitation_is_a_link_that_sets_a_password_once() {
    let house = House::new();
    let admin = house.sign_in("it").await;
    let link = house.invite(&admin, &[("login", "Ada@Example.org"), ("role", "hr")]).await;
    assert!(!house.get("/accounts", &admin).await.body.contains(&link), "shown once");
    let page = house.send(browser(TestRequest::get().uri(&link))).await;
    assert_eq!((page.status, page.header(REFERRER_POLICY.as_str())), (StatusCode::OK, "no-referrer"));
    assert!(page.body.contains("ada@example.org"), "{}", page.body);
    assert_eq!(house.send(sign_in("ada@example.org", NEW)).await.problem(), "sign-in-failed", "no password is set yet");
    for (new, again) in [("too short", "too short"), (NEW, "another password"), ("ada@example.org", "ada@example.org"), ("", "")] {
        let refused = house.send(set(&link, new, again)).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("role=\"alert\""), "{new}: {}", refused.body);
    }
    assert_eq!(house.send(set(&link, NEW, NEW).insert_header((ORIGIN, "http://evil.example"))).await.status, StatusCode::FORBIDDEN);
    let done = house.send(set(&link, NEW, NEW)).await;
    assert_eq!(done.location(), "/sign-in?done=password");
    for again in [set(&link, PASSWORD, PASSWORD), browser(TestRequest::get().uri(&link))] {
        let gone = house.send(again).await;
        assert_eq!(
            (gone.status, gone.header(REFERRER_POLICY.as_str())),
            (StatusCode::GONE, "no-referrer"),
            "a problem's page loads its style, too"
        );
    }
    assert_eq!(house.send(sign_in("ada@example.org", NEW)).await.location(), "/");
}

#[actix_web::test]
async fn a_link_is_mailed_to_the_address_of_the_staff_list_made_when_it_leaves_and_shown_to_nobody() {
    let mut house = House::with_running_round(None);
    let outbox = MemoryOutbox::default();
    house.installation.mail = Arc::new(MailTransport::Memory(outbox.clone()));
    let hr = house.sign_in("hr").await;
    let fields = [("login", "boss"), ("role", "leader"), ("person", "p-01"), ("mail", "yes")];
    let refused = house.post("/accounts", &hr, &[("login", "x-y"), ("role", "partner"), ("unit", "Works"), ("mail", "yes")]).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("no mail address"), "{}", refused.body);
    let invited = house.post("/accounts", &hr, &fields).await;
    assert!(invited.location().ends_with("?done=mail") && !invited.body.contains("/link/"), "{}", invited.body);
    let place = invited.location().trim_end_matches("?done=mail").to_owned();
    assert!(house.get(&place, &hr).await.body.contains("waits to be sent"));
    let links = || -> Vec<String> {
        let mails = outbox.newest(100);
        let text =
            mails.iter().filter(|mail| mail.to.contains("p01@example.org") && mail.text.contains("boss")).map(|mail| mail.text.clone());
        let link = |text: String| text.lines().find_map(|line| line.strip_prefix("http://localhost:8081")).unwrap().to_owned();
        text.map(link).collect()
    };
    worker::mail::send_all(&house.installation).unwrap();
    worker::mail::send_all(&house.installation).unwrap();
    let first = links();
    assert_eq!(first.len(), 1, "one mail, however often somebody looks");
    // Another one takes its place, and with it the link of the first ends.
    assert_eq!(house.post(&format!("{place}/mail"), &hr, &[]).await.location(), format!("{place}?done=mail"));
    worker::mail::send_all(&house.installation).unwrap();
    let both = links();
    let newer = both.iter().find(|link| !first.contains(link)).unwrap();
    assert_eq!(house.send(set(&first[0], NEW, NEW)).await.status, StatusCode::GONE);
    assert_eq!(house.send(set(newer, NEW, NEW)).await.location(), "/sign-in?done=password");
    assert!(!house.get(&place, &hr).await.body.contains("waits to be sent"));
    let log = identity::write_promise_log(&house.installation.identity.promise_log().unwrap().entries);
    assert!(log.matches("invitation-made").count() == 2 && log.matches("link-used").count() == 1 && !log.contains("boss"), "{log}");
}

#[actix_web::test]
async fn a_link_ends_after_72_hours_and_with_a_newer_one_and_a_reset_ends_every_session() {
    let house = House::new();
    let (admin, hr) = (house.sign_in("it").await, house.sign_in("hr").await);
    let id = house.installation.identity.account_by_login("hr").unwrap().unwrap().id;
    let place = format!("/accounts/{}/link", data_encoding::HEXLOWER.encode(&id));
    let first = link_in(&house.post(&place, &admin, &[]).await);
    let second = link_in(&house.post(&place, &admin, &[]).await);
    assert_eq!(house.send(set(&first, NEW, NEW)).await.status, StatusCode::GONE, "a newer one took its place");
    assert_eq!(house.get("/rounds", &hr).await.status, StatusCode::OK, "nothing ends before the link is used");
    let device = house.send(set(&second, NEW, NEW)).await.cookies[0].clone();
    assert_eq!((device.name(), device.http_only()), ("candor-known", Some(true)));
    assert_eq!(house.get("/rounds", &hr).await.location(), "/sign-in");
    house.clock.advance(Duration::from_secs(60));
    let admin = house.sign_in("it").await;
    let third = link_in(&house.post(&place, &admin, &[]).await);
    house.clock.advance(Duration::from_secs(72 * 3600));
    assert_eq!(house.send(set(&third, PASSWORD, PASSWORD)).await.status, StatusCode::GONE);
}

#[actix_web::test]
async fn whatever_others_try_the_owner_gets_in_with_a_browser_that_is_known() {
    let house = House::new();
    let known = house.send(sign_in("hr", PASSWORD)).await.cookies[1].clone();
    for _ in 0..9 {
        house.send(sign_in("hr", "a wrong password")).await;
    }
    assert_eq!(house.send(sign_in("hr", PASSWORD)).await.problem(), "too-many-attempts");
    let own = || sign_in(" HR ", PASSWORD).cookie(known.clone());
    let signed_in = house.send(own()).await;
    assert_eq!((signed_in.location(), signed_in.cookies.len()), ("/", 1), "{}", signed_in.body);
    // It is known to its own account alone, opens nothing, and is slowed down when it guesses itself.
    assert_eq!(house.send(sign_in("hr", "a wrong password").cookie(known.clone())).await.problem(), "sign-in-failed");
    assert_eq!(house.get("/rounds", &Cookie::new("candor", known.value().to_owned())).await.location(), "/sign-in");
    for _ in 0..8 {
        house.send(sign_in("hr", "a wrong password").cookie(known.clone())).await;
    }
    assert_eq!(house.send(own()).await.problem(), "too-many-attempts");
    for _ in 0..9 {
        house.send(sign_in("lead", "a wrong password").cookie(known.clone())).await;
    }
    assert_eq!(house.send(sign_in("lead", PASSWORD).cookie(known.clone())).await.problem(), "too-many-attempts");
}

#[actix_web::test]
async fn with_a_second_factor_a_password_alone_opens_nothing_and_no_code_works_twice() {
    let house = House::new();
    let session = house.sign_in("hr").await;
    let (secret, codes) = house.with_second_factor(&session).await;
    assert_eq!(codes.len(), second_factor::RECOVERY_CODES);
    let attempt = async |password: &str, code: &str| house.send(with_code("hr", password, code)).await;
    // The code that confirmed it is used up, too.
    let used = house.code_of(&secret);
    let alone = attempt(PASSWORD, "").await;
    for refused in [attempt("a wrong password", "").await, attempt(PASSWORD, &used).await, attempt(PASSWORD, "XXXXX-XXXXX-XXXXX").await] {
        assert_eq!((refused.status, &refused.body, refused.cookies.len()), (alone.status, &alone.body, 0));
    }
    assert_eq!(alone.problem(), "sign-in-failed");
    house.clock.advance(Duration::from_secs(30));
    let fresh = house.code_of(&secret);
    assert_eq!(attempt("a wrong password", &fresh).await.problem(), "sign-in-failed");
    assert_eq!(attempt(PASSWORD, &fresh).await.location(), "/", "a code behind a wrong password is not used up");
    assert_eq!(attempt(PASSWORD, &fresh).await.problem(), "sign-in-failed", "the same code again");
    assert_eq!(attempt(PASSWORD, &codes[0].to_lowercase()).await.location(), "/");
    assert_eq!(attempt(PASSWORD, &codes[0]).await.problem(), "sign-in-failed");
    // A password reset leaves it in place; its owner removes it with the password alone.
    let refused = house.post("/account/second-factor/remove", &session, &[("password", "a wrong password")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(attempt(PASSWORD, "").await.problem(), "sign-in-failed");
    let removed = house.post("/account/second-factor/remove", &session, &[("password", PASSWORD)]).await;
    assert_eq!(removed.location(), "/account?done=no-second-factor");
    assert_eq!(attempt(PASSWORD, "").await.location(), "/");
    assert_eq!(attempt(PASSWORD, &codes[1]).await.location(), "/", "what is asked of nobody hinders nobody");
}

#[actix_web::test]
async fn an_account_that_needs_a_second_factor_reaches_nothing_else_before_it_has_one() {
    let mut house = House::with_running_round(None);
    let mut config = (*house.installation.config).clone();
    config.console.second_factor = vec!["hr".to_owned()];
    house.installation.config = Arc::new(config);
    house.console = Console::new(house.installation.clone(), false);
    let session = house.sign_in("hr").await;
    for uri in ["/", "/rounds", "/rounds/2026-q4", "/organisation", "/accounts"] {
        assert_eq!(house.get(uri, &session).await.location(), "/account/second-factor", "{uri}");
        assert_eq!(house.send(TestRequest::get().uri(uri).cookie(session.clone())).await.problem(), "second-factor-needed", "{uri}");
    }
    let token = house.get("/account", &session).await.token().to_owned();
    assert_eq!(house.send(act("close", &session, &[("token", &token)])).await.problem(), "second-factor-needed");
    assert_eq!(house.state(), WaveState::Running);
    let lead = house.sign_in("lead").await;
    assert_eq!(house.get("/", &lead).await.location(), "/team", "another role");
    house.with_second_factor(&session).await;
    assert_eq!(house.get("/rounds", &session).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn another_password_ends_every_other_session_and_signing_out_everywhere_all() {
    let house = House::new();
    let (here, elsewhere) = (house.sign_in("hr").await, house.sign_in("hr").await);
    let change = async |current: &str, new: &str| {
        house.post("/account/password", &here, &[("current", current), ("new", new), ("again", new)]).await
    };
    for refused in [change("a wrong password", NEW).await, change(PASSWORD, "Password 1234").await, change(PASSWORD, "short").await] {
        assert!(refused.status.is_client_error() && refused.body.contains("role=\"alert\""), "{}", refused.body);
    }
    assert_eq!(house.get("/rounds", &elsewhere).await.status, StatusCode::OK);
    assert!(house.get("/account", &here).await.body.contains("in one other browser"));
    assert_eq!(change(PASSWORD, NEW).await.location(), "/account?done=password");
    assert_eq!(house.get("/rounds", &here).await.status, StatusCode::OK);
    assert_eq!(house.get("/rounds", &elsewhere).await.location(), "/sign-in");
    assert_eq!(house.send(sign_in("hr", PASSWORD)).await.problem(), "sign-in-failed");
    let third = house.send(sign_in("hr", NEW)).await.cookie.unwrap();
    assert_eq!(house.post("/account/sign-out-everywhere", &here, &[]).await.location(), "/sign-in");
    for ended in [&here, &third] {
        assert_eq!(house.get("/rounds", ended).await.location(), "/sign-in");
    }
    // Whoever holds a session without the password guesses in vain.
    let stolen = house.send(sign_in("hr", NEW)).await.cookie.unwrap();
    for _ in 0..8 {
        house.post("/account/password", &stolen, &[("current", "a wrong password"), ("new", PASSWORD), ("again", PASSWORD)]).await;
    }
    let waits = house.post("/account/password", &stolen, &[("current", NEW), ("new", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
}

#[actix_web::test]
async fn rights_are_those_of_the_moment_and_nobody_shuts_themselves_out() {
    let house = House::with_running_round(None);
    let (admin, hr, lead) = (house.sign_in("it").await, house.sign_in("hr").await, house.sign_in("lead").await);
    let place = |login: &str, verb: &str| {
        let id = house.installation.identity.account_by_login(login).unwrap().unwrap().id;
        format!("/accounts/{}/{verb}", data_encoding::HEXLOWER.encode(&id))
    };
    // HR keeps leaders and partners, and makes nobody more than that.
    for role in ["admin", "hr", "key-holder"] {
        assert_eq!(house.post("/accounts", &hr, &[("login", "friend"), ("role", role)]).await.status, StatusCode::FORBIDDEN, "{role}");
        let raised = house.post(&place("lead", "role"), &hr, &[("role", role), ("person", "p-01")]).await;
        assert_eq!(raised.status, StatusCode::FORBIDDEN, "{role}");
    }
    for (fields, why) in [
        (&[("login", "x y"), ("role", "leader"), ("person", "p-01")][..], "no spaces"),
        (&[("login", "new"), ("role", "leader"), ("person", "p-99")], "no person of this id"),
        (&[("login", "new"), ("role", "leader")], "no person of this id"),
        (&[("login", "new"), ("role", "partner"), ("unit", "Nowhere")], "no team of this name"),
        (&[("login", "LEAD"), ("role", "leader"), ("person", "p-01")], "already"),
        (&[("login", "new")], "Choose a role"),
    ] {
        let refused = house.post("/accounts", &hr, fields).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains(why), "{why}: {}", refused.body);
    }
    house.invite(&hr, &[("login", "partner"), ("role", "partner"), ("unit", "Works")]).await;
    // Another role, or a disabled account: the sessions end with it.
    assert_eq!(house.get("/team", &lead).await.status, StatusCode::OK);
    house.post(&place("lead", "disable"), &hr, &[]).await;
    assert_eq!(house.get("/team", &lead).await.location(), "/sign-in");
    assert_eq!(house.send(sign_in("lead", PASSWORD)).await.problem(), "sign-in-failed");
    assert_eq!(house.post(&place("lead", "link"), &hr, &[]).await.status, StatusCode::CONFLICT);
    house.post(&place("lead", "enable"), &hr, &[]).await;
    let lead = house.sign_in("lead").await;
    // Nobody leads anything in an empty staff list: from the next request on nothing is theirs, their own account is.
    house.installation.identity.import_roster(&domain::roster::Roster::default()).unwrap();
    for uri in ["/team", "/team/2026-q4", "/team/2026-q4/table.csv"] {
        let answer = house.send(TestRequest::get().uri(uri).cookie(lead.clone())).await;
        assert_eq!(answer.problem(), "not-allowed", "{uri}");
        assert!(answer.body.contains("today's staff list"), "{}", answer.body);
    }
    assert_eq!(house.get("/account", &lead).await.status, StatusCode::OK);
    house.post(&place("hr", "role"), &admin, &[("role", "key-holder")]).await;
    assert_eq!(house.get("/rounds", &hr).await.location(), "/sign-in");
    let council = house.sign_in("hr").await;
    assert_eq!(house.get("/rounds/2026-q4", &council).await.status, StatusCode::OK);
    assert_eq!(house.post("/rounds/2026-q4/close", &council, &[]).await.status, StatusCode::FORBIDDEN);
    for verb in ["disable", "role", "remove"] {
        assert_eq!(house.post(&place("it", verb), &admin, &[("role", "hr")]).await.status, StatusCode::CONFLICT, "{verb}");
    }
    let hasty = house.post(&place("lead", "remove"), &admin, &[]).await;
    assert!(hasty.status == StatusCode::CONFLICT && hasty.body.contains("Tick the box"), "{}", hasty.status);
    let removed = house.post(&place("lead", "remove"), &admin, &[("confirm", "yes")]).await;
    assert_eq!(removed.location(), "/accounts?done=remove");
    assert!(house.get(removed.location(), &admin).await.body.contains("The account is removed."));
    assert_eq!(house.send(sign_in("lead", PASSWORD)).await.problem(), "sign-in-failed");
}

#[actix_web::test]
async fn whoever_holds_the_passphrase_opens_and_publishes_and_reads_no_result() {
    let house = House::with_running_round(Some("open sesame"));
    let admin = house.sign_in("it").await;
    let link = house.invite(&admin, &[("login", "council"), ("role", "key-holder")]).await;
    house.send(set(&link, NEW, NEW)).await;
    let council = house.send(sign_in("council", NEW)).await.cookie.unwrap();
    let hr = house.sign_in("hr").await;
    let page = house.get("/rounds/2026-q4", &council).await.body;
    assert!(!page.contains("/close\"") && !page.contains("/abort\""), "{page}");
    for verb in ["close", "abort", "remind"] {
        assert_eq!(house.post(&format!("/rounds/2026-q4/{verb}"), &council, &[("reason", "Because.")]).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.post("/rounds/2026-q4/close", &hr, &[("confirm", "yes")]).await.location(), "/rounds/2026-q4?done=close");
    assert!(house.get("/rounds/2026-q4", &council).await.body.contains("/rounds/2026-q4/open\""));
    for verb in ["open", "publish"] {
        let done = house.post(&format!("/rounds/2026-q4/{verb}"), &council, &[("passphrase", "open sesame"), ("confirm", "yes")]).await;
        assert_eq!(done.location(), format!("/rounds/2026-q4?done={verb}"), "{}", done.body);
    }
    assert_eq!(house.state(), WaveState::Published);
    for uri in ["/organisation/2026-q4", "/organisation", "/rounds/2026-q4/mail"] {
        assert_eq!(house.get(uri, &council).await.status, StatusCode::FORBIDDEN, "{uri}");
    }
    assert!(!house.get("/rounds", &council).await.body.contains("/organisation/"));
}

#[actix_web::test]
async fn where_the_sheet_says_so_leaders_read_first_and_hr_only_the_organisation() {
    let mut house = House::new();
    let mut config = (*house.installation.config).clone();
    config.survey.hr_groups_after_hours = 48;
    house.installation.config = Arc::new(config);
    house.console = Console::new(house.installation.clone(), false);
    let house = house.launched(None);
    let (admin, hr, lead) = (house.sign_in("it").await, house.sign_in("hr").await, house.sign_in("lead").await);
    let link = house.invite(&admin, &[("login", "partner"), ("role", "partner"), ("unit", "Works")]).await;
    house.send(set(&link, NEW, NEW)).await;
    let partner = house.send(sign_in("partner", NEW)).await.cookie.unwrap();
    for verb in ["close", "open", "publish"] {
        assert_eq!(house.post(&format!("/rounds/2026-q4/{verb}"), &hr, &[("confirm", "yes")]).await.status, StatusCode::SEE_OTHER);
    }
    let program = async |uri: &str, session: &Cookie<'static>| house.send(TestRequest::get().uri(uri).cookie(session.clone())).await;
    house.clock.advance(Duration::from_secs(11 * 3600));
    assert_eq!(house.get("/organisation/2026-q4", &hr).await.location(), "/organisation/2026-q4/total");
    let total = house.get("/organisation/2026-q4/total", &hr).await;
    assert!(total.status == StatusCode::OK && total.body.contains("leaders read them first"), "{}", total.body);
    for (uri, session) in [
        ("/organisation/2026-q4", &hr),
        ("/organisation/2026-q4/table.csv", &hr),
        ("/organisation/%32026-q4/table.csv", &hr),
        ("/organisation/2026%2Dq4", &hr),
        ("/organisation/2026-q4/comments/HELPS/0000000000000000000000000000000000000000000000000000000000000000", &hr),
        ("/unit/2026-q4", &partner),
        ("/unit/2026-q4/table.csv", &partner),
    ] {
        assert_eq!(program(uri, session).await.problem(), "not-yet", "{uri}");
    }
    assert_eq!(house.get("/team/2026-q4", &lead).await.status, StatusCode::OK, "leaders read at once");
    assert_eq!(program("/organisation/2026-q4", &lead).await.problem(), "not-allowed");
    house.clock.advance(Duration::from_secs(37 * 3600));
    let (hr, partner) = (house.sign_in("hr").await, house.send(sign_in("partner", NEW)).await.cookie.unwrap());
    assert_eq!(house.get("/organisation/2026-q4", &hr).await.status, StatusCode::OK);
    assert_eq!(house.get("/organisation/2026-q4/total", &hr).await.location(), "/organisation/2026-q4");
    assert_eq!(house.get("/unit/2026-q4", &partner).await.status, StatusCode::OK);
}
