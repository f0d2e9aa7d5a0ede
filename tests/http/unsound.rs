//! A published result that is not what was published any more: refused by name, calmly, and nothing else with it.

use candor::lifecycle::{exports, past_waves};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use domain::WaveId;
use identity::Role;
use protocol::Sha256Digest;
use release::reading::PastWave;
use test_postgres::Engine;

use crate::harness::TestApp;
use crate::place::engine;

/// Writes over what is kept of a result, past the program.
fn overwrite(app: &TestApp, wave: &WaveId, document: &[u8], hash: &[u8], signature: &[u8]) {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let (document, hash, signature) = (hex(document), hex(hash), hex(signature));
    match engine() {
        Engine::Sqlite => {
            let columns = format!("document = X'{document}', sha256 = X'{hash}', signature = X'{signature}'");
            let [_, ballot_side] = app.place.urls();
            let mut connection = SqliteConnection::establish(ballot_side.trim_start_matches("sqlite://")).unwrap();
            connection.batch_execute(&format!("UPDATE release SET {columns} WHERE wave = '{wave}'")).unwrap();
        }
        Engine::Postgres => {
            let columns = format!("document = '\\x{document}', sha256 = '\\x{hash}', signature = '\\x{signature}'");
            app.place.database(1).sql(&format!("UPDATE release SET {columns} WHERE wave = '{wave}'"));
        }
    }
}

async fn two_rounds() -> (TestApp, [WaveId; 2]) {
    let app = TestApp::spawn().await;
    let mut waves = Vec::new();
    for name in ["2026-q3", "2026-q4"] {
        app.outbox.clear();
        let wave = app.launch(name);
        app.answer_as(&wave, |_| Some(5)).await;
        app.run_to_publication(&wave);
        waves.push(wave);
    }
    app.account("hr", Role::Hr, None);
    (app, waves.try_into().unwrap())
}

#[actix_web::test]
async fn a_result_that_was_edited_cut_off_or_written_by_a_newer_version_is_refused_with_the_reason_and_earlier_ones_are_not() {
    let (app, [earlier, wave]) = two_rounds().await;
    let session = app.sign_in("hr").await;
    let page = format!("/organisation/{wave}");
    assert_eq!(session.read(&page).await.0, 200);

    let good = app.installation.responses.release(&wave).unwrap().unwrap();
    let text = String::from_utf8(good.document.clone()).unwrap();
    let edited = text.replacen("\"cell\":", "\"cell\":1", 1).into_bytes();
    let newer = text.replacen("candor-release/2", "candor-release/3", 1).into_bytes();
    let other = app.installation.responses.release(&earlier).unwrap().unwrap();
    let signature = good.signature.as_slice();
    for (document, hash, signature, reason) in [
        (edited.clone(), good.sha256, signature, "is not the one that was published"),
        (edited.clone(), Sha256Digest::of(&edited).0, signature, "was not signed with this round"),
        (good.document.clone(), good.sha256, &signature[..63], "was not signed with this round"),
        (good.document[..good.document.len() - 9].to_vec(), good.sha256, signature, "the result is cut off"),
        (newer.clone(), Sha256Digest::of(&newer).0, signature, "candor-release/3"),
        (other.document, other.sha256, signature, "belongs to round 2026-q3"),
    ] {
        overwrite(&app, &wave, &document, &hash, signature);
        let refused = past_waves(&app.installation, Some(&wave)).unwrap_err().to_string();
        assert!(refused.contains(reason) && refused.contains("the result of round 2026-q4 cannot be shown"), "{refused}");
        let (status, body) = session.read(&page).await;
        assert_eq!(status, 409);
        assert!(body.contains("This result cannot be shown") && body.contains(&reason.replace('\'', "&#39;")), "{body}");
        assert!(!body.contains("data-role"), "{body}");
        // What is kept of the earlier round is as it was, and its page too.
        assert!(matches!(past_waves(&app.installation, Some(&earlier)).unwrap().as_slice(), [PastWave::Published(_)]));
        assert_eq!(session.read(&format!("/organisation/{earlier}")).await.0, 200);
    }
    // Files of other rounds are made of those alone.
    exports::table(&app.installation, &earlier).unwrap();
    exports::audit(&app.installation, std::slice::from_ref(&earlier), &[]).unwrap();
    assert!(exports::audit(&app.installation, &[earlier, wave.clone()], &[]).is_err());
    overwrite(&app, &wave, &good.document, &good.sha256, &good.signature);
    assert_eq!(session.read(&page).await.0, 200);
}
