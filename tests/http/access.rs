//! Who reaches what: every address of the console with every role, signed out too, and by guessing.
//!
//! **When this test fails because an address is missing**, somebody declared a new one: add its lines to [`TABLE`], one per method, and one more for
//! each id in it that somebody could guess. The eight letters say what each role of [`ROLES`] gets, in that order:
//!
//! | letter | meaning |
//! |---|---|
//! | `r` | reads it (200) |
//! | `>` | is led on (303) |
//! | `s` | must sign in first (401) |
//! | `-` | it is for another kind of account (403 `not-allowed`) |
//! | `f` | may do it: only the token of the form is missing (403 `foreign-form`) |
//! | `0` | there is nothing (404) |
//! | `g` | it is gone (410) |
//! | `c` | the round does not allow it (409) |
//! | `b` | may do it: only the form is wrong (400, 413 or 415) |
//!
//! A line with `f` or `b` for somebody who must not do it is a hole; so is an `r` or `>` there.

use std::collections::BTreeSet;

use awc::Client;
use candor::console::{self, Console};
use domain::WaveState;
use identity::Role;

use crate::harness::{Session, TestApp, staff};

/// Whose letters stand in a line, in their order.
const ROLES: [&str; 8] =
    ["signed out", "admin", "hr", "partner of Board", "leader of Alpha", "leader of Beta", "former leader", "key holder"];

/// Method, address as it is declared, address as it is asked for, what each role gets. `2026-q2` is published, `2026-q3` ended without a result,
/// `2026-q4` runs, `2027-q1` is a draft, `2031-q1` does not exist.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("GET", "/", "/", "s>>>>>>>"),
    ("GET", "/console.css", "/console.css", "rrrrrrrr"),
    ("GET", "/sign-in", "/sign-in", "rrrrrrrr"),
    ("POST", "/sign-in", "/sign-in", "bbbbbbbb"),
    ("POST", "/sign-out", "/sign-out", "sfffffff"),
    ("POST", "/language", "/language", "bbbbbbbb"),
    // The own account: everybody who has one.
    ("GET", "/account", "/account", "srrrrrrr"),
    ("POST", "/account/password", "/account/password", "sfffffff"),
    ("POST", "/account/sign-out-everywhere", "/account/sign-out-everywhere", "sfffffff"),
    ("GET", "/account/second-factor", "/account/second-factor", "srrrrrrr"),
    ("POST", FACTOR, "/account/second-factor/begin", "sfffffff"),
    ("POST", FACTOR, "/account/second-factor/confirm", "sfffffff"),
    ("POST", FACTOR, "/account/second-factor/codes", "sfffffff"),
    ("POST", FACTOR, "/account/second-factor/remove", "sfffffff"),
    // All accounts: administrators; HR those of leaders and partners. `<name>` stands for the account's id.
    ("GET", "/accounts", "/accounts", "srr-----"),
    ("POST", "/accounts", "/accounts", "sff-----"),
    ("GET", "/accounts/{id}", "/accounts/<it>", "sr0-----"),
    ("GET", "/accounts/{id}", "/accounts/<hr>", "sr0-----"),
    ("GET", "/accounts/{id}", "/accounts/<lead-a>", "srr-----"),
    ("GET", "/accounts/{id}", "/accounts/00000000000000000000000000000000", "s00-----"),
    ("GET", "/accounts/{id}", "/accounts/1", "s00-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<it>/link", "sf0-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<hr>/role", "sf0-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<council>/disable", "sf0-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<lead-b>/link", "sff-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<lead-b>/mail", "sff-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<hr>/mail", "sf0-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<hr-board>/remove", "sff-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<lead-b>/second-factor", "sff-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/<lead-b>/enable", "sff-----"),
    ("POST", ACCOUNT_ACTION, "/accounts/1/remove", "s00-----"),
    // A link is for whoever holds it, and guessing one tells nothing.
    ("GET", "/link/{secret}", "/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "gggggggg"),
    ("POST", "/link/{secret}", "/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "gggggggg"),
    ("GET", "/link/{secret}", "/link/1", "gggggggg"),
    // Rounds: HR, and the calendar for whoever holds the passphrase.
    ("GET", "/rounds", "/rounds", "s-r----r"),
    ("GET", "/rounds/{wave}", "/rounds/2026-q4", "s-r----r"),
    ("GET", "/rounds/{wave}", "/rounds/2026-q2", "s-r----r"),
    ("GET", "/rounds/{wave}", "/rounds/2031-q1", "s-0----0"),
    ("GET", "/rounds/{wave}", "/rounds/%2e%2e", "s-0----0"),
    ("GET", "/rounds/{wave}/mail", "/rounds/2026-q4/mail", "s-r-----"),
    ("GET", "/rounds/{wave}/mail", "/rounds/2031-q1/mail", "s-0-----"),
    // Drafts and launches: HR alone.
    ("GET", "/rounds/new", "/rounds/new", "s-r-----"),
    ("POST", "/rounds/new", "/rounds/new", "s-f-----"),
    ("GET", "/rounds/{wave}/draft", "/rounds/2027-q1/draft", "s-r-----"),
    ("GET", "/rounds/{wave}/draft", "/rounds/2026-q4/draft", "s->-----"),
    ("GET", "/rounds/{wave}/draft", "/rounds/2031-q1/draft", "s-0-----"),
    ("POST", "/rounds/{wave}/draft", "/rounds/2027-q1/draft", "s-f-----"),
    ("POST", "/rounds/{wave}/draft/discard", "/rounds/2027-q1/draft/discard", "s-f-----"),
    ("GET", "/rounds/{wave}/forecast", "/rounds/2027-q1/forecast", "s-r-----"),
    ("GET", "/rounds/{wave}/forecast", "/rounds/2031-q1/forecast", "s-0-----"),
    ("GET", "/rounds/{wave}/launch", "/rounds/2027-q1/launch", "s-r-----"),
    ("GET", "/rounds/{wave}/launch", "/rounds/2026-q4/launch", "s->-----"),
    ("GET", "/rounds/{wave}/launch", "/rounds/2031-q1/launch", "s-0-----"),
    ("POST", "/rounds/{wave}/launch", "/rounds/2027-q1/launch", "s-f-----"),
    // Whose key a draft names: HR alone. In a round whose key somebody outside holds their own account reads it too, see `trustee.rs`.
    ("GET", KEY_HOLDER, "/rounds/2027-q1/key-holder", "s-r----0"),
    ("GET", KEY_HOLDER, "/rounds/2026-q4/key-holder", "s-0----0"),
    ("GET", KEY_HOLDER, "/rounds/2031-q1/key-holder", "s-0----0"),
    ("POST", KEY_HOLDER, "/rounds/2027-q1/key-holder", "s-b----0"),
    ("POST", KEY_HOLDER, "/rounds/2026-q4/key-holder", "s-0----0"),
    ("POST", "/rounds/{wave}/key-holder/remove", "/rounds/2027-q1/key-holder/remove", "s-f-----"),
    ("GET", "/rounds/{wave}/key-holder/sheet.json", "/rounds/2027-q1/key-holder/sheet.json", "s-c----0"),
    ("GET", "/rounds/{wave}/key-holder/sheet.json", "/rounds/2026-q4/key-holder/sheet.json", "s-0----0"),
    ("GET", "/rounds/{wave}/preview/{language}", "/rounds/2027-q1/preview/de", "s-r-----"),
    ("GET", "/rounds/{wave}/preview/{language}", "/rounds/2026-q4/preview/de", "s-0-----"),
    ("GET", "/rounds/{wave}/preview/{language}/{mail}", "/rounds/2027-q1/preview/de/invitation", "s-r-----"),
    ("GET", "/rounds/{wave}/preview/{language}/{mail}", "/rounds/2027-q1/preview/de/secret", "s-0-----"),
    ("GET", "/rounds/{wave}/rehearsal", "/rounds/2027-q1/rehearsal", "s-r-----"),
    ("GET", "/rounds/{wave}/rehearsal", "/rounds/2026-q4/rehearsal", "s->-----"),
    ("POST", "/rounds/{wave}/rehearsal", "/rounds/2027-q1/rehearsal", "s-f-----"),
    ("GET", "/rounds/{wave}/rehearsal/organisation", "/rounds/2027-q1/rehearsal/organisation", "s-0-----"),
    ("GET", "/rounds/{wave}/rehearsal/leader/{person}", "/rounds/2027-q1/rehearsal/leader/lead-a", "s-0-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/remind", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/extend", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/close", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/abort", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/answer", "s-f----f"),
    // This round has no passphrase, so whoever would hold one opens nothing.
    ("POST", ROUND_ACTION, "/rounds/2026-q4/open", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2026-q4/publish", "s-f-----"),
    ("POST", ROUND_ACTION, "/rounds/2031-q1/publish", "s-f----0"),
    ("POST", "/rounds/{wave}/mail", "/rounds/2026-q4/mail", "s-f-----"),
    // What goes to a key holder outside and comes back: HR, and whoever has the account of one. No round here has one.
    ("GET", "/rounds/{wave}/key-holder/bundle.json", "/rounds/2026-q4/key-holder/bundle.json", "s-c----c"),
    ("GET", "/rounds/{wave}/key-holder/bundle.json", "/rounds/2026-q2/key-holder/bundle.json", "s-c----c"),
    ("GET", "/rounds/{wave}/key-holder/bundle.json", "/rounds/2031-q1/key-holder/bundle.json", "s-0----0"),
    ("POST", "/rounds/{wave}/key-holder/result", "/rounds/2026-q4/key-holder/result", "s-c----c"),
    ("POST", "/rounds/{wave}/key-holder/result", "/rounds/%2e%2e/key-holder/result", "s-0----0"),
    // The whole result for whoever signed it, and hands it in: nobody else's account, and no result is read without having it.
    ("POST", "/rounds/{wave}/key-holder/signed.json", "/rounds/2026-q2/key-holder/signed.json", "s------c"),
    ("POST", "/rounds/{wave}/key-holder/signed.json", "/rounds/%2e%2e/key-holder/signed.json", "s------0"),
    ("GET", "/rounds/{wave}/groups", "/rounds/2026-q4/groups", "s-r-----"),
    ("GET", "/rounds/{wave}/groups", "/rounds/2031-q1/groups", "s-0-----"),
    ("GET", "/rounds/{wave}/groups/{number}", "/rounds/2026-q4/groups/0", "s->-----"),
    ("GET", "/rounds/{wave}/groups/{number}", "/rounds/2031-q1/groups/0", "s-0-----"),
    ("GET", "/rounds/{wave}/groups/{number}", "/rounds/2026-q4/groups/x", "s-0-----"),
    ("POST", "/rounds/{wave}/groups/{number}", "/rounds/2026-q4/groups/0", "s-f-----"),
    ("POST", "/rounds/{wave}/groups/reset", "/rounds/2026-q4/groups/reset", "s-f-----"),
    // The staff list: HR alone.
    ("GET", "/staff", "/staff", "s-r-----"),
    ("GET", "/staff/staff-list.csv", "/staff/staff-list.csv", "s-r-----"),
    ("GET", "/staff/upload", "/staff/upload", "s-r-----"),
    ("POST", "/staff/upload", "/staff/upload", "s-b-----"),
    ("POST", "/staff/upload/take", "/staff/upload/take", "s-f-----"),
    ("POST", "/staff/upload/discard", "/staff/upload/discard", "s-f-----"),
    ("GET", "/staff/reorganisations", "/staff/reorganisations", "s-r-----"),
    ("POST", "/staff/reorganisations", "/staff/reorganisations", "s-f-----"),
    ("POST", "/staff/reorganisations/{number}/withdraw", "/staff/reorganisations/1/withdraw", "s-f-----"),
    ("GET", "/first-steps", "/first-steps", "s-r-----"),
    // The promise log: HR, and whoever holds a key.
    ("GET", "/promise-log", "/promise-log", "s-r----r"),
    ("GET", "/promise-log/promise-log.jsonl", "/promise-log/promise-log.jsonl", "s-r----r"),
    // Results of the organisation: HR alone.
    ("GET", "/organisation", "/organisation", "s->-----"),
    ("GET", "/organisation/{wave}", "/organisation/2026-q2", "s-r-----"),
    ("GET", "/organisation/{wave}", "/organisation/2026-q3", "s-0-----"),
    ("GET", "/organisation/{wave}", "/organisation/2026-q4", "s-0-----"),
    ("GET", PART, "/organisation/2026-q2/groups", "s-r-----"),
    ("GET", PART, "/organisation/2026-q2/comparison", "s-r-----"),
    ("GET", PART, "/organisation/2026-q2/participation?part=99", "s-r-----"),
    ("GET", PART, "/organisation/2026-q2/said", "s-0-----"),
    ("GET", PART, "/organisation/2026-q3/groups", "s-0-----"),
    ("GET", PART, "/organisation/2026-q4/quality", "s-0-----"),
    ("GET", PART, "/organisation/2031-q1/differences", "s-0-----"),
    ("GET", "/organisation/{wave}/take", "/organisation/2026-q2/take", "s-r-----"),
    ("GET", "/organisation/{wave}/take", "/organisation/2026-q4/take", "s-0-----"),
    ("GET", "/organisation/{wave}/table.csv", "/organisation/2026-q2/table.csv", "s-r-----"),
    ("GET", "/organisation/{wave}/table.csv", "/organisation/2026-q4/table.csv", "s-c-----"),
    // Where the operator held the key nobody else signed.
    ("GET", "/organisation/{wave}/signed.json", "/organisation/2026-q2/signed.json", "s-c-----"),
    ("GET", "/organisation/{wave}/signed.json", "/organisation/2026-q4/signed.json", "s-c-----"),
    ("GET", "/organisation/{wave}/signed.json", "/organisation/2031-q1/signed.json", "s-0-----"),
    // The organisation's result alone; nothing of this round waits.
    ("GET", "/organisation/{wave}/total", "/organisation/2026-q2/total", "s->-----"),
    ("GET", "/organisation/{wave}/total", "/organisation/2026-q4/total", "s-0-----"),
    ("GET", "/organisation/{wave}/report.pdf", "/organisation/2026-q2/report.pdf", "s-r-----"),
    ("GET", "/organisation/{wave}/report.pdf", "/organisation/2026-q4/report.pdf", "s-c-----"),
    ("GET", "/organisation/{wave}/notice.pdf", "/organisation/2026-q2/notice.pdf", "s-r-----"),
    ("GET", "/organisation/{wave}/notice.pdf", "/organisation/2026-q4/notice.pdf", "s-c-----"),
    ("GET", "/organisation/{wave}/report.xlsx", "/organisation/2026-q2/report.xlsx", "s-r-----"),
    ("GET", "/organisation/{wave}/report.xlsx", "/organisation/2026-q4/report.xlsx", "s-c-----"),
    ("GET", "/organisation/{wave}/report.json", "/organisation/2026-q2/report.json", "s-r-----"),
    ("GET", "/organisation/{wave}/report.json", "/organisation/2026-q4/report.json", "s-c-----"),
    ("GET", "/organisation/{wave}/chart/{chart}.png", "/organisation/2026-q2/chart/g99-SAF-scale.png", "s-0-----"),
    ("GET", COMMENT, "/organisation/2026-q2/comments/HELPS/0000000000000000000000000000000000000000000000000000000000000000", "s-0-----"),
    ("POST", COMMENT, "/organisation/2026-q2/comments/HELPS/0000000000000000000000000000000000000000000000000000000000000000", "s-f-----"),
    // Results of one unit: whoever is there for it.
    ("GET", "/unit", "/unit", "s-->----"),
    ("GET", "/unit/{wave}", "/unit/2026-q2", "s--r----"),
    ("GET", "/unit/{wave}", "/unit/2026-q3", "s--0----"),
    ("GET", "/unit/{wave}", "/unit/2026-q4", "s--0----"),
    ("GET", "/unit/{wave}", "/unit/2031-q1", "s--0----"),
    ("GET", "/unit/{wave}/table.csv", "/unit/2026-q2/table.csv", "s--r----"),
    ("GET", "/unit/{wave}/table.csv", "/unit/2026-q4/table.csv", "s--0----"),
    ("GET", "/unit/{wave}/report.pdf", "/unit/2026-q2/report.pdf", "s--r----"),
    ("GET", "/unit/{wave}/report.pdf", "/unit/2026-q4/report.pdf", "s--0----"),
    ("GET", "/unit/{wave}/notice.pdf", "/unit/2026-q2/notice.pdf", "s--r----"),
    ("GET", "/unit/{wave}/notice.pdf", "/unit/2026-q4/notice.pdf", "s--0----"),
    ("GET", "/unit/{wave}/report.xlsx", "/unit/2026-q2/report.xlsx", "s--r----"),
    ("GET", "/unit/{wave}/report.xlsx", "/unit/2026-q4/report.xlsx", "s--0----"),
    ("GET", "/unit/{wave}/report.json", "/unit/2026-q2/report.json", "s--r----"),
    ("GET", "/unit/{wave}/report.json", "/unit/2026-q4/report.json", "s--0----"),
    ("GET", "/unit/{wave}/notice.pdf", "/unit/2026-q2/notice.pdf?group=0", "s--0----"),
    ("GET", "/unit/{wave}/chart/{chart}.png", "/unit/2026-q2/chart/g99-SAF-scale.png", "s--0----"),
    // Results of the own teams: leaders. Whose they are is looked at below.
    ("GET", "/team", "/team", "s--->>--"),
    ("GET", "/team/{wave}", "/team/2026-q2", "s---rr--"),
    ("GET", "/team/{wave}", "/team/2026-q3", "s---00--"),
    ("GET", "/team/{wave}", "/team/2026-q4", "s---00--"),
    ("GET", "/team/{wave}", "/team/2031-q1", "s---00--"),
    ("GET", "/team/{wave}", "/team/%2e%2e", "s---00--"),
    ("GET", "/team/{wave}/table.csv", "/team/2026-q2/table.csv", "s---rr--"),
    ("GET", "/team/{wave}/table.csv", "/team/2026-q4/table.csv", "s---00--"),
    ("GET", "/team/{wave}/report.pdf", "/team/2026-q2/report.pdf", "s---rr--"),
    ("GET", "/team/{wave}/report.pdf", "/team/2026-q4/report.pdf", "s---00--"),
    ("GET", "/team/{wave}/notice.pdf", "/team/2026-q2/notice.pdf", "s---rr--"),
    ("GET", "/team/{wave}/notice.pdf", "/team/2026-q4/notice.pdf", "s---00--"),
    ("GET", "/team/{wave}/report.xlsx", "/team/2026-q2/report.xlsx", "s---rr--"),
    ("GET", "/team/{wave}/report.xlsx", "/team/2026-q4/report.xlsx", "s---00--"),
    ("GET", "/team/{wave}/report.json", "/team/2026-q2/report.json", "s---rr--"),
    ("GET", "/team/{wave}/report.json", "/team/2026-q4/report.json", "s---00--"),
    ("GET", "/team/{wave}/chart/{chart}.png", "/team/2026-q2/chart/g99-SAF-scale.png", "s---00--"),
];

/// The addresses of a round's actions.
const ROUND_ACTION: &str = "/rounds/{wave}/{verb:remind|extend|close|answer|open|publish|abort}";
/// The address of the key holder's part in a round.
const KEY_HOLDER: &str = "/rounds/{wave}/key-holder";
/// The address of what is done with the own second factor.
const FACTOR: &str = "/account/second-factor/{verb:begin|confirm|codes|remove}";
/// The address of what is done with an account.
const ACCOUNT_ACTION: &str = "/accounts/{id}/{verb:link|mail|role|disable|enable|second-factor|remove}";
/// The addresses of the further pages about the organisation's result.
const PART: &str = "/organisation/{wave}/{part:comparison|groups|differences|participation|said|quality|comments}";
/// The address of a comment.
const COMMENT: &str = "/organisation/{wave}/comments/{question}/{sha256}";

/// A published round, an aborted one and a running one, with an account of every kind.
async fn scene() -> TestApp {
    let app = TestApp::spawn().await;
    let first = app.launch("2026-q2");
    app.answer_as(&first, |person| (!person.ends_with('7')).then_some(if person.starts_with("alpha") { 6 } else { 4 })).await;
    app.run_to_publication(&first);
    app.outbox.clear();
    let second = app.launch("2026-q3");
    candor::lifecycle::abort::abort(&app.installation, &second, "Wrong dates in the staff list.", &mut |_| {}).unwrap();
    app.launch("2026-q4");
    app.draft("2027-q1");
    app.account("it", Role::Admin, None);
    app.account("hr", Role::Hr, None);
    app.partner("hr-board", "Board");
    app.partner("hr-gamma", "Gamma");
    for leader in ["lead-a", "lead-b", "lead-c"] {
        app.account(leader, Role::Leader, Some(leader));
    }
    app.account("council", Role::KeyHolder, None);
    // Somebody else leads Gamma by now; who led it in every round so far has lost it.
    app.account("heir", Role::Leader, Some("gamma1"));
    app.import(
        &staff().replace(",Gamma,lead-c,", ",Gamma,gamma1,").replace("gamma1@example.org,Gamma,gamma1", "gamma1@example.org,Board,boss"),
    );
    app
}

/// A browser of each of [`ROLES`].
async fn everybody(app: &TestApp) -> Vec<Option<Session>> {
    let mut all = vec![None];
    for login in ["it", "hr", "hr-board", "lead-a", "lead-b", "lead-c", "council"] {
        all.push(Some(app.sign_in(login).await));
    }
    assert_eq!(all.len(), ROLES.len());
    all
}

/// What stands for an account in a line, and its id.
fn id_of(account: identity::Account) -> (String, String) {
    (format!("<{}>", account.login), account.id.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The letter of an answer.
fn letter(status: u16, body: &str) -> char {
    match status {
        200 => 'r',
        303 => '>',
        400 | 413 | 415 => 'b',
        401 => 's',
        403 if body.contains("urn:candor:problem:not-allowed") => '-',
        403 if body.contains("urn:candor:problem:foreign-form") => 'f',
        404 => '0',
        409 => 'c',
        410 => 'g',
        _ => '?',
    }
}

async fn asked(app: &TestApp, session: Option<&Session>, method: &str, path: &str) -> (u16, String) {
    let client = Client::builder().disable_redirects().finish();
    let url = format!("{}{path}", app.console);
    // As a program asks: problem documents name what was wrong.
    let mut request = if method == "GET" { client.get(url) } else { client.post(url) }.insert_header(("Accept", "application/json"));
    if let Some(session) = session {
        request = request.cookie(session.cookie.clone());
    }
    let mut response = if method == "GET" {
        request.send().await.unwrap()
    } else {
        request.insert_header(("Origin", app.console.clone())).send_form(&[("nothing", "of use")]).await.unwrap()
    };
    let status = response.status().as_u16();
    let body = response.body().limit(16 << 20).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[actix_web::test]
async fn every_address_gives_every_role_what_the_table_says_and_none_is_missing_from_it() {
    let app = scene().await;
    let declared = console::addresses(&Console::new(app.installation.clone(), false));
    let mut missing = BTreeSet::new();
    for address in &declared {
        for method in address.methods.split(", ").filter(|method| *method != "HEAD") {
            if !TABLE.iter().any(|row| row.0 == method && row.1 == address.template) {
                missing.insert(format!("    (\"{method}\", \"{}\", \"…\", \"s-------\"),", address.template));
            }
        }
    }
    let missing: Vec<String> = missing.into_iter().collect();
    assert!(
        missing.is_empty(),
        "addresses of the console that no line of TABLE in tests/http/access.rs is about. Add what each role may do with them (the letters are explained at the top of that file):\n{}",
        missing.join("\n")
    );
    for row in TABLE {
        assert!(
            declared.iter().any(|address| address.template == row.1),
            "{} is no address of the console any more: take its lines out of TABLE",
            row.1
        );
    }

    let everybody = everybody(&app).await;
    let mut wrong = Vec::new();
    let ids: Vec<(String, String)> = app.installation.identity.accounts().unwrap().into_iter().map(id_of).collect();
    for (method, _, path, expected) in TABLE {
        let path = ids.iter().fold((*path).to_owned(), |path, (name, id)| path.replace(name, id));
        assert_eq!(expected.chars().count(), ROLES.len(), "{method} {path}");
        let mut got = String::new();
        for session in &everybody {
            let (status, body) = asked(&app, session.as_ref(), method, &path).await;
            got.push(letter(status, &body));
        }
        if got != *expected {
            wrong.push(format!("{method} {path}: got {got}, the table says {expected}"));
        }
    }
    assert!(wrong.is_empty(), "roles in the order {ROLES:?}:\n{}", wrong.join("\n"));
    // Nothing was done by asking.
    assert_eq!(app.installation.state(&domain::WaveId::parse("2026-q4").unwrap()).unwrap(), WaveState::Running);

    own_results_only(&app, &everybody).await;
    an_heir_reads_nothing_of_the_time_before(&app).await;
}

/// What may be read at all shows nobody else's: teams, units and the organisation.
async fn own_results_only(app: &TestApp, everybody: &[Option<Session>]) {
    let blocks = |body: &str| body.matches("data-block=").count();
    for (place, own, others) in [(4, "Alpha", ["Beta", "Gamma"]), (5, "Beta", ["Alpha", "Gamma"])] {
        for path in ["/team/2026-q2", "/team/2026-q2/table.csv"] {
            let (_, body) = asked(app, everybody[place].as_ref(), "GET", path).await;
            assert!(body.contains(own), "{path}");
            assert!(others.iter().all(|other| !body.contains(other)), "{path} of {own}");
        }
    }
    // The unit of the board is the whole organisation here, so its partner reads every group; a team without a unit below is none.
    let (_, all) = asked(app, everybody[2].as_ref(), "GET", "/organisation/2026-q2/groups").await;
    let (_, unit) = asked(app, everybody[3].as_ref(), "GET", "/unit/2026-q2").await;
    assert!(blocks(&all) >= 3 && unit.contains("data-unit=\"Board\""), "{} blocks", blocks(&all));
    assert!(["Alpha", "Beta", "Gamma"].iter().all(|team| unit.contains(team)));
    assert!(!unit.contains("data-unit=\"\""), "the organisation's total");
    let gamma = app.sign_in("hr-gamma").await;
    let (status, page) = asked(app, Some(&gamma), "GET", "/unit/2026-q2").await;
    assert_eq!((status, page.contains("data-role")), (200, false), "Gamma heads no unit");
    for file in ["table.csv", "report.pdf", "notice.pdf", "report.xlsx", "report.json"] {
        assert_eq!(asked(app, Some(&gamma), "GET", &format!("/unit/2026-q2/{file}")).await.0, 404, "{file}");
    }
}

/// Whoever took a team over reads the rounds that were launched since, and none before.
async fn an_heir_reads_nothing_of_the_time_before(app: &TestApp) {
    let heir = app.sign_in("heir").await;
    let (status, page) = asked(app, Some(&heir), "GET", "/team/2026-q2").await;
    assert_eq!((status, page.contains("data-role")), (200, false));
    assert_eq!(asked(app, Some(&heir), "GET", "/team/2026-q2/table.csv").await.0, 404);
}
