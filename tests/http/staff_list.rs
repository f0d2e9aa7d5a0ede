//! HR keeps the staff list in the console: upload, what it changes, what became of teams, groups of a draft, corrected addresses.

use std::time::Duration;

use candor::lifecycle::{groups, reorganisation};
use candor::worker;
use domain::roster::{RosterImport, parse_csv};
use domain::{Language, ReorgEvent};
use identity::{AddressMark, JobKind, ReturnedMail, Role};

use crate::harness::{Session, TestApp, staff};

/// The value of a hidden field on a page.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} on {page}"));
    after.split('"').next().unwrap().to_owned()
}

fn read(csv: &[u8]) -> RosterImport {
    parse_csv("x", csv, &Language::parse("en").unwrap()).unwrap()
}

async fn signed_in(app: &TestApp) -> (Session, String) {
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let token = hr.token("/staff").await;
    (hr, token)
}

/// Uploads a list and takes it over.
async fn take_over(hr: &Session, token: &str, csv: &str) {
    assert_eq!(hr.upload("/staff/upload", token, "new.csv", csv.as_bytes()).await, (303, "/staff/upload".to_owned()));
    let preview = hidden(&hr.read("/staff/upload").await.1, "preview");
    let taken = hr.submit_form("/staff/upload/take", &[("token", token), ("preview", &preview)]).await;
    assert_eq!(taken, (303, "/staff?done=taken".to_owned()));
}

#[actix_web::test]
async fn a_list_is_looked_at_before_it_is_taken_over_and_only_as_it_was_looked_at() {
    let app = TestApp::spawn_empty().await;
    let (hr, token) = signed_in(&app).await;
    assert!(hr.read("/staff").await.1.contains("There is no staff list yet"));
    take_over(&hr, &token, &staff()).await;
    let (_, page) = hr.read("/staff").await;
    assert!(page.contains("<dd>29</dd>") && page.contains("Alpha") && page.contains("Name lead-a"), "{page}");

    // Every fault of every line at once, and nothing changed.
    let before = app.installation.identity.roster().unwrap();
    let faulty = staff().replace("alpha1@example.org", "alpha1").replace(",Gamma,lead-c", ",Gamma,nobody").replace("beta2,", "beta1,");
    let (status, page) = hr.upload("/staff/upload", &token, "faulty.csv", faulty.as_bytes()).await;
    assert_eq!(status, 422);
    for told in ["10 problems in faulty.csv", "alpha1", "The leader “nobody” is not on this staff list", "stands already in line"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(hr.upload("/staff/upload", &token, "empty.csv", b"").await.0, 422);
    assert!(app.installation.identity.upload(app.installation.clock.now()).unwrap().is_none());
    // A form of another session, and one without a file.
    assert_eq!(hr.upload("/staff/upload", "0", "new.csv", staff().as_bytes()).await.0, 403);
    assert_eq!(hr.submit_form("/staff/upload", &[("token", &token)]).await.0, 415);
    // Larger than other forms may be.
    let (status, page) = hr.upload("/staff/upload", &token, "large.csv", &vec![b'x'; 3 << 20]).await;
    assert!(status == 422 && page.len() < 20_000, "{status}: {} bytes", page.len());
    let (status, page) = hr.upload("/staff/upload", &token, "huge.csv", &vec![b'x'; (32 << 20) + 1]).await;
    assert!(status == 413 && page.contains("32 MB") && !page.contains("16384"), "{status}: {page}");
    assert_eq!(app.installation.identity.roster().unwrap(), before);

    // What changes is told kind by kind, survives a closed tab, and is exactly what happens. With a byte order mark and semicolons.
    let new = staff()
        .replace("alpha0,Name alpha0,alpha0@example.org,Alpha,lead-a", "alpha0,Name alpha0,alpha0@example.org,Beta,lead-b")
        .replace("Name alpha1,alpha1@", "Anna Alpha,anna@")
        .replace("Gamma,lead-c", "Delta,lead-b")
        .replace("beta2,Name beta2,beta2@", "beta99,Somebody <New>,new@");
    let other_form = format!("\u{FEFF}{}", new.replace(',', ";"));
    assert_eq!(hr.upload("/staff/upload", &token, "../new.csv", other_form.as_bytes()).await.0, 303);
    assert!(hr.read("/staff").await.1.contains("new.csv, uploaded by hr, waits"));
    let (_, page) = hr.read("/staff/upload").await;
    for told in [
        "New on the list: 1",
        "Somebody &#60;New&#62;",
        "No longer on the list: 1",
        "In another team: 9",
        "Other name, address or language: 2",
        "anna@example.org",
        "New teams: 1",
        "Teams that disappear: 1",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(app.installation.identity.roster().unwrap(), before, "nothing is changed yet");
    let preview = hidden(&page, "preview");
    assert_eq!(hr.submit_form("/staff/upload/take", &[("token", "0"), ("preview", &preview)]).await.0, 403);
    // Somebody else changes the list meanwhile.
    app.import(&staff().replace("Name beta3", "Bella"));
    let (status, page) = hr.submit_form("/staff/upload/take", &[("token", &token), ("preview", &preview)]).await;
    assert!(status == 409 && page.contains("has changed since the file was compared with it"), "{status} {page}");
    assert!(!page.contains("/staff/upload/take"), "what would not work is not offered");
    app.import(&staff());
    assert_eq!(hr.submit_form("/staff/upload/take", &[("token", &token), ("preview", &preview)]).await.0, 303);
    assert_eq!(app.installation.identity.roster().unwrap(), read(new.as_bytes()).roster);
    let (status, page) = hr.submit_form("/staff/upload/take", &[("token", &token), ("preview", &preview)]).await;
    assert!(status == 409 && page.contains("does not wait any more"), "{status} {page}");

    // The file that comes out goes in again and changes nothing.
    let (status, file) = hr.read("/staff/staff-list.csv").await;
    assert_eq!((status, read(file.as_bytes()).roster), (200, read(new.as_bytes()).roster));
    assert_eq!(hr.upload("/staff/upload", &token, "same.csv", file.as_bytes()).await.0, 303);
    let (_, page) = hr.read("/staff/upload").await;
    assert!(page.contains("exactly today’s staff list") && !page.contains("/staff/upload/take"), "{page}");
    assert_eq!(hr.submit_form("/staff/upload/discard", &[("token", &token), ("preview", &hidden(&page, "preview"))]).await.0, 303);
    assert!(hr.read("/staff/upload").await.1.contains("No file waits"));
    // An upload does not wait for ever.
    assert_eq!(hr.upload("/staff/upload", &token, "late.csv", staff().as_bytes()).await.0, 303);
    app.clock.advance(Duration::from_secs(11 * 3600));
    assert!(hr.read("/staff/upload").await.1.contains("late.csv"));
    app.installation.identity.expire_uploads(app.installation.clock.now().plus(Duration::from_secs(13 * 3600))).unwrap();
    assert!(hr.read("/staff/upload").await.1.contains("No file waits"));
}

#[actix_web::test]
async fn a_file_that_is_not_utf8_is_told_so_once_and_columns_are_called_as_the_file_calls_them() {
    let app = TestApp::spawn().await;
    let (hr, token) = signed_in(&app).await;
    let latin: Vec<u8> =
        "Personalnummer;Name;E-Mail;Abteilung;Leitung\n1;Jörg;j@example.org;Büro;\n2;Höhne;h@example.org;Büro;\n3;Anna;nowhere;Rat;\n"
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
    let (status, page) = hr.upload("/staff/upload", &token, "staff.csv", &latin).await;
    assert!(status == 422 && page.contains("2 problems") && page.matches("is not written in UTF-8").count() == 1, "{status} {page}");
    assert!(page.contains(">E-Mail</td>"), "{page}");
    let (status, page) = hr.upload("/staff/upload", &token, "staff.pdf", b"%PDF-1.7\n1 0 obj\n").await;
    assert!(status == 422 && page.contains("One problem") && page.contains("names no column of a staff list"), "{status} {page}");
}

#[actix_web::test]
async fn what_became_of_teams_is_suggested_said_and_taken_back() {
    let app = TestApp::spawn().await;
    let (hr, token) = signed_in(&app).await;
    assert!(hr.read("/staff/reorganisations").await.1.contains("No round was launched yet"));
    app.launch("2026-q3");
    let renamed = staff().replace(",Alpha,", ",Aurora,");
    assert_eq!(hr.upload("/staff/upload", &token, "new.csv", renamed.as_bytes()).await.0, 303);
    let (_, page) = hr.read("/staff/upload").await;
    assert!(page.contains("“Alpha” was renamed to “Aurora”") && page.contains("Round 2026-q3 is under way"), "{page}");
    take_over(&hr, &token, &renamed).await;
    assert!(hr.read("/staff").await.1.contains("Something may have happened to teams"));
    let (_, page) = hr.read("/staff/reorganisations").await;
    assert!(page.contains("8 of the 8 people"), "{page}");
    let fields = [("token", token.as_str()), ("kind", "rename"), ("before", "Alpha"), ("after", "Aurora")];
    assert_eq!(hr.submit_form("/staff/reorganisations", &fields).await.0, 303);
    let recorded = app.installation.identity.reorg_events().unwrap();
    assert!(matches!(&recorded[0].event.dated.event, ReorgEvent::Rename { to, .. } if to.as_str() == "Aurora"));
    let (_, page) = hr.read("/staff/reorganisations").await;
    assert!(!page.contains("8 of the 8 people") && page.contains("/staff/reorganisations/1/withdraw"), "{page}");
    // Refused with the reason, and what was typed stays.
    let again = hr.submit_form("/staff/reorganisations", &fields).await;
    assert!(again.0 == 409 && again.1.contains("event 1 ended it") && again.1.contains(">Alpha</textarea>"), "{}", again.1);
    let nonsense = [("token", token.as_str()), ("kind", "merge"), ("before", "Beta"), ("after", "Gamma")];
    assert!(hr.submit_form("/staff/reorganisations", &nonsense).await.1.contains("at least two teams before"));
    assert_eq!(hr.submit_form("/staff/reorganisations/1/withdraw", &[("token", &token)]).await.0, 303);
    assert_eq!(app.installation.identity.reorg_events().unwrap(), []);
    assert_eq!(hr.submit_form("/staff/reorganisations/7/withdraw", &[("token", &token)]).await.0, 409);
    assert_eq!(reorganisation::suggestions(&app.installation, &app.installation.identity.roster().unwrap()).unwrap().len(), 1);
}

#[actix_web::test]
async fn groups_of_a_draft_are_merged_named_and_returned_to_the_proposal() {
    let app = TestApp::spawn().await;
    let (hr, token) = signed_in(&app).await;
    let wave = app.draft("2026-q4");
    let (_, page) = hr.read("/rounds/2026-q4/groups").await;
    assert!(page.contains("28 people") && page.contains("Alpha (Name lead-a)"), "{page}");
    let labels = || {
        let settings = candor::lifecycle::draft::WaveSettings::of(&app.installation.identity, &wave).unwrap();
        let roster = app.installation.identity.roster().unwrap();
        let leaves = groups::of_draft(&app.installation, &wave, &settings, &roster).unwrap().proposal.leaves;
        leaves.into_iter().map(|leaf| format!("{} {}", leaf.label, leaf.invited)).collect::<Vec<_>>()
    };
    let proposed = labels();
    let of = |name: &str| proposed.iter().position(|label| label.starts_with(name)).unwrap();
    let path = format!("/rounds/2026-q4/groups/{}", of("Beta"));
    let (_, page) = hr.read(&path).await;
    let seen = hidden(&page, "seen");
    let with = |label: &str, other: &str| {
        [
            ("token", token.clone()),
            ("seen", seen.clone()),
            ("team", "Beta".to_owned()),
            ("label", label.to_owned()),
            ("with", other.to_owned()),
        ]
    };
    let submit = async |fields: [(&str, String); 5]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        hr.submit_form(&path, &fields).await
    };
    for (label, told) in [
        ("", "a name that people will recognise"),
        ("Gamma", "whose people are not in it"),
        ("counted up to all", "count one level up"),
        ("a\u{200B}b", "each of which can be seen"),
    ] {
        let (status, page) = submit(with(label, "")).await;
        assert!(status == 409 && page.contains(told), "{label:?}: {page}");
    }
    assert_eq!(labels(), proposed, "what is refused changes nothing");
    assert_eq!(submit(with("North", "Gamma")).await, (303, "/rounds/2026-q4/groups".to_owned()));
    assert!(labels().iter().any(|label| label == "North 17"), "{:?}", labels());
    let (status, page) = submit(with("South", "")).await;
    assert!(status == 409 && page.contains("have changed since you opened this page"), "{page}");
    assert!(hr.read("/rounds/2026-q4/groups").await.1.contains("changed by hand"));
    assert_eq!(hr.submit_form("/rounds/2026-q4/groups/reset", &[("token", &token)]).await.0, 303);
    assert_eq!(labels(), proposed);
    assert_eq!(hr.read("/rounds/2026-q4/groups/99").await.0, 404);
    candor::lifecycle::launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    assert_eq!(submit(with("North", "")).await.0, 409);
    assert!(hr.read("/rounds/2026-q4/groups").await.1.contains("frozen when the round was launched"));
}

#[actix_web::test]
async fn an_address_that_mail_did_not_reach_is_corrected_told_and_counted_for_everybody() {
    let app = TestApp::spawn().await;
    let (hr, token) = signed_in(&app).await;
    let wave = app.launch("2026-q4");
    let back = ReturnedMail { address: "beta1@example.org".to_owned(), mark: AddressMark::Bounced, kind: Some(JobKind::Invitation) };
    assert_eq!(app.installation.identity.mark_returned(&back).unwrap(), 1);
    let path = "/rounds/2026-q4/mail";
    let correct = async |mail: &str| hr.submit_form(path, &[("token", &token), ("person", "beta1"), ("mail", mail)]).await;
    for (mail, told) in [("b@", "not a mail address"), ("BETA1@example.org", "did not reach"), ("beta2@example.org", "Somebody else")] {
        let (status, page) = correct(mail).await;
        assert!(status == 409 && page.contains(told), "{mail}: {page}");
    }
    app.outbox.clear();
    assert_eq!(correct(" bea@example.org ").await, (303, format!("{path}?done=address")));
    worker::mail::send_all(&app.installation).unwrap();
    let mails = app.outbox.newest(10);
    let sent = |to: &str| mails.iter().find(|mail| mail.to.contains(to)).unwrap();
    assert_eq!(mails.len(), 2);
    assert!(sent("bea@example.org").link.is_some());
    let notice = sent("beta1@example.org");
    assert!(notice.link.is_none() && notice.subject.contains("was changed") && !notice.text.contains("bea@"), "{}", notice.text);
    let (_, page) = hr.read(path).await;
    assert!(page.contains("<dd>1</dd>") && page.contains("nobody whom"), "{page}");
    app.outbox.clear();
    app.run_to_publication(&wave);
    let closing = app.outbox.newest(100);
    assert_eq!(closing.len(), 28);
    assert!(closing.iter().all(|mail| mail.text.contains("did not reach one person")), "{}", closing[0].text);
    // Who was invited by a card gets no mail: the check page reads the number, too.
    let (_, public) = app.get(&format!("{}/w/{wave}/objections", app.respondents)).await;
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&public).unwrap()["addresses_changed"], 1);
    // Long after the session has ended.
    let hr = app.sign_in("hr").await;
    let token = hr.token(path).await;
    assert_eq!(hr.submit_form(path, &[("token", &token), ("person", "beta1"), ("mail", "later@example.org")]).await.0, 409);
}
