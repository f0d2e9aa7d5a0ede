//! What is said about a published result later stands on every page about it, and is refused once it does not hold.

use std::sync::Barrier;

use candor::lifecycle::{Refusal, abort, notices};
use identity::Role;
use protocol::{FrozenManifest, Notice, Says, SignedNotice};
use responses::{ResponsesError, StoredNotice};

use crate::harness::TestApp;

#[actix_web::test]
async fn a_correction_stands_on_every_page_of_its_round_with_number_and_day_and_the_result_does_not_change() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |_| Some(5)).await;
    assert!(notices::erratum(&app.installation, &wave, "It is not published yet.").unwrap_err().to_string().contains("published"));
    app.run_to_publication(&wave);
    let before = app.installation.responses.release(&wave).unwrap();
    for (number, text) in [(1, "Alpha & Beta carry each other's names."), (2, "No: Beta and Gamma\ncarry each other's names.")] {
        assert_eq!(notices::erratum(&app.installation, &wave, text).unwrap(), number);
    }
    assert_eq!(app.installation.responses.release(&wave).unwrap(), before);
    app.account("hr", Role::Hr, None);
    app.account("lead", Role::Leader, Some("lead-a"));
    let day = app.installation.clock.now().day();
    for (login, path) in [("hr", "/organisation/2026-q2"), ("lead", "/team/2026-q2")] {
        let (status, page) = app.sign_in(login).await.read(path).await;
        assert_eq!(status, 200);
        for number in [1, 2] {
            assert!(page.contains(&format!("data-role=\"erratum\" data-number=\"{number}\" data-day=\"{day}\"")), "{path}: {page}");
        }
        assert!(page.contains("Alpha &#38; Beta carry each other&#39;s names.") && page.contains("Gamma<br>carry"), "{path}: {page}");
    }
    for text in ["", "too short", &"x".repeat(1001)] {
        assert!(matches!(notices::erratum(&app.installation, &wave, text), Err(Refusal::Said(_))));
    }
}

#[actix_web::test]
async fn a_correction_of_a_round_in_which_too_few_answered_stands_where_its_result_would() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.run_to_publication(&wave);
    notices::erratum(&app.installation, &wave, "Nobody answered: the mails <b>never</b> arrived.").unwrap();
    app.account("hr", Role::Hr, None);
    app.account("lead", Role::Leader, Some("lead-a"));
    for (login, path) in [("hr", "/organisation/2026-q2"), ("lead", "/team/2026-q2")] {
        let (status, page) = app.sign_in(login).await.read(path).await;
        assert_eq!(status, 200);
        assert!(page.contains("Too few people answered") && page.contains("data-role=\"erratum\" data-number=\"1\""), "{path}: {page}");
        assert!(page.contains("&#60;b&#62;never&#60;/b&#62;"), "{path}: {page}");
    }
}

#[actix_web::test]
async fn printed_notices_can_be_kept_and_checked_with_the_promise_sheet_alone() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |_| Some(5)).await;
    let sheet = FrozenManifest::read(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1).unwrap();
    let print = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_candor"));
        command.current_dir(app.place.path()).args(["release", "notices", "2026-q2"]).output().unwrap()
    };
    assert!(String::from_utf8_lossy(&print().stderr).contains("published result only"));
    app.run_to_publication(&wave);
    assert_eq!((print().status.success(), print().stdout.len()), (true, 0));
    for text in ["Alpha carries the name of Beta.", "And Beta, \u{fc}ber all,\r\nthat of Alpha."] {
        notices::erratum(&app.installation, &wave, text).unwrap();
    }
    let printed = String::from_utf8(print().stdout).unwrap();
    let kept: Vec<SignedNotice> = printed
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| line[name].as_str().unwrap();
            assert_eq!(text("public_key"), sheet.manifest().notices_key.unwrap().to_text());
            assert_eq!(text("manifest"), sheet.hash().to_text());
            let signature = data_encoding::BASE64URL_NOPAD.decode(text("signature").as_bytes()).unwrap();
            SignedNotice { document: text("document").as_bytes().to_vec(), signature }
        })
        .collect();
    let read = Notice::read_all(&sheet, &kept).unwrap();
    assert_eq!(read.iter().map(|notice| notice.number).collect::<Vec<_>>(), [1, 2]);
    assert!(matches!(&read[1].says, Says::Erratum { text } if text.as_str() == "And Beta, \u{fc}ber all,\nthat of Alpha."));
}

#[actix_web::test]
async fn a_notice_that_does_not_hold_is_refused_by_name_and_nothing_is_added_to_it() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |_| Some(5)).await;
    app.run_to_publication(&wave);
    notices::erratum(&app.installation, &wave, "Beta and Gamma carry each other's names.").unwrap();
    let signed = app.installation.responses.notices(&wave).unwrap().remove(0);
    let text = String::from_utf8(signed.document).unwrap().replace("\"number\":1", "\"number\":2").replace("Beta", "Alpha");
    let forged = StoredNotice { document: text.into_bytes(), signature: signed.signature };
    app.installation.responses.add_notice(&wave, |_| Ok::<_, ResponsesError>(forged.clone())).unwrap();
    let said = "notice 2 of round 2026-q2 was changed after it was signed";
    for refused in [
        candor::lifecycle::past_waves(&app.installation, None).map(drop),
        notices::erratum(&app.installation, &wave, "A third one cannot mend it.").map(drop),
    ] {
        assert!(refused.unwrap_err().to_string().contains(said));
    }
    assert_eq!(app.installation.responses.notices(&wave).unwrap().len(), 2);
}

#[actix_web::test]
async fn two_who_correct_at_once_get_two_numbers() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |_| Some(5)).await;
    app.run_to_publication(&wave);
    let barrier = Barrier::new(2);
    let mut numbers: Vec<u32> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    notices::erratum(&app.installation, &wave, "Said twice at the same moment.").unwrap()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
    candor::lifecycle::past_waves(&app.installation, None).unwrap();
}

#[actix_web::test]
async fn an_aborted_or_unknown_round_takes_no_notice() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q2");
    abort::abort(&app.installation, &wave, "Wrong dates in the staff list.", &mut |_| {}).unwrap();
    let refused = notices::erratum(&app.installation, &wave, "There is nothing to correct.").unwrap_err();
    assert!(refused.to_string().contains("round 2026-q2 is aborted"), "{refused}");
    let unknown = domain::WaveId::parse("2031-q1").unwrap();
    assert!(matches!(notices::erratum(&app.installation, &unknown, "There is nothing to correct."), Err(Refusal::UnknownWave(_))));
}
