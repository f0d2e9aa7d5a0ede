//! What the promise sheet of a launched round says in the organisation's words, and in ours where it says nothing.

use std::sync::Arc;
use std::time::Duration;

use candor::config::Config;
use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::{Refusal, launch};
use domain::WaveId;
use protocol::FrozenManifest;
use serde_json::{Value, json};

use crate::harness::TestApp;

/// The application with other words in its configuration.
fn with(app: &TestApp, change: impl FnOnce(&mut Config)) -> Installation {
    let mut config = (*app.installation.config).clone();
    change(&mut config);
    Installation { config: Arc::new(config), ..app.installation.clone() }
}

fn drafted(installation: &Installation, passphrase: bool, key_holder: Option<&str>) -> Result<WaveId, Refusal> {
    let wave = WaveId::parse("2026-q4").unwrap();
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule: domain::Schedule::with_defaults(installation.clock.now().plus(Duration::from_secs(86_400))),
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase,
        comments: false,
        key_holder: key_holder.map(str::to_owned),
        particulars: draft::Particulars::default(),
    };
    draft::create(installation, &wave, &settings).map(|_| wave)
}

fn sheet(installation: &Installation, wave: &WaveId) -> Value {
    let stored = installation.responses.wave(wave).unwrap().unwrap().manifest;
    FrozenManifest::read(stored.clone()).unwrap();
    serde_json::from_slice(&stored).unwrap()
}

#[actix_web::test]
async fn where_the_organisation_says_nothing_the_sheet_speaks_every_language_of_the_round() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let sheet = sheet(&app.installation, &wave);
    for field in ["purpose", "not_for"] {
        let spoken: Vec<_> = sheet[field].as_object().unwrap().keys().cloned().collect();
        assert_eq!(spoken, ["de", "en", "es", "fr"], "{field}");
    }
    // The page says of itself that nobody may be appraised; twice would be once too often.
    assert_eq!(sheet["not_for"]["en"], "Pay, promotion, discipline, or finding out who said what.");
    for absent in ["contacts", "key_holder", "words_posted", "cards"] {
        assert!(sheet.get(absent).is_none(), "{absent}");
    }
    assert_eq!(sheet["audiences"]["team"], true, "by default a group reads its own result");
    assert!(sheet["audiences"].get("hr_groups_after_hours").is_none(), "and HR those of groups at once");
}

#[actix_web::test]
async fn what_the_organisation_says_stands_on_the_sheet_in_the_languages_of_the_round() {
    let app = TestApp::spawn().await;
    let installation = with(&app, |config| {
        let toml = r#"
            purpose = "Um zu lernen."
            not_for = { en = "Pay.", de = "Gehalt.", it = "Stipendio." }
            words_posted = { it = "Alla mensa" }
            [[contacts]]
            label = "Betriebsrat"
            address = "mailto:rat@example.org"
        "#;
        let mut own: toml::Table = toml.parse().unwrap();
        config.purpose = Some(own.remove("purpose").unwrap().try_into().unwrap());
        config.not_for = Some(own.remove("not_for").unwrap().try_into().unwrap());
        config.words_posted = Some(own.remove("words_posted").unwrap().try_into().unwrap());
        config.contacts = own.remove("contacts").unwrap().try_into().unwrap();
        config.survey.language = "de".to_owned();
        config.survey.team_reads = false;
        config.survey.hr_groups_after_hours = 48;
    });
    let wave = drafted(&installation, true, Some("Vera Albers")).unwrap();
    launch::launch(&installation, &wave, Some(&"correct horse".into()), &mut |_| {}).unwrap();
    let sheet = sheet(&installation, &wave);
    assert_eq!(sheet["purpose"], json!({"de": "Um zu lernen."}), "a plain text is in the default language");
    assert_eq!(sheet["not_for"], json!({"de": "Gehalt.", "en": "Pay."}), "Italian is no language of the round");
    assert_eq!(sheet["words_posted"], json!({"it": "Alla mensa"}), "better in another language than not at all");
    assert_eq!(sheet["contacts"], json!([{"label": {"de": "Betriebsrat"}, "address": "mailto:rat@example.org"}]));
    assert_eq!(sheet["key_holder"], "Vera Albers");
    assert_eq!(sheet["audiences"]["team"], false);
    assert_eq!(sheet["audiences"]["hr_groups_after_hours"], 48);
}

#[actix_web::test]
async fn nobody_is_named_as_holding_a_passphrase_that_does_not_exist() {
    let app = TestApp::spawn().await;
    let refused = drafted(&app.installation, false, Some("Vera Albers")).unwrap_err().to_string();
    assert!(refused.contains("Vera Albers") && refused.contains("lock the key with a passphrase"), "{refused}");
    assert!(drafted(&app.installation, true, Some(" ")).unwrap_err().to_string().contains("Write a name of at most 100 characters"));
}
