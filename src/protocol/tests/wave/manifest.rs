//! What a manifest promises and what is refused as one.

use domain::Language;
use protocol::link::{read_respondent_link, respondent_link};
use protocol::manifest::{Contact, FIRST_MANIFEST_FORMAT, ManifestProblem, Texts, Weakening};
use protocol::{CommentRule, CredentialPublicKey, FrozenManifest, LinkSecret, Manifest, Sha256Digest};

use crate::given::Given;

fn refused_field(change: impl FnOnce(&mut Manifest)) -> &'static str {
    let mut manifest = Given::new().manifest.manifest().clone();
    change(&mut manifest);
    match FrozenManifest::freeze(manifest) {
        Err(ManifestProblem::Field { field, .. }) => field,
        other => panic!("expected a refused field, not {other:?}"),
    }
}

#[test]
fn a_manifest_is_named_by_its_bytes_as_they_are() {
    let frozen = Given::new().manifest;
    let read = FrozenManifest::read(frozen.bytes().to_vec()).unwrap();
    assert_eq!(read, frozen);
    assert_eq!(frozen.hash().0, Sha256Digest::of(frozen.bytes()).0);

    let spaced = [frozen.bytes(), b"\n"].concat();
    let spaced = FrozenManifest::read(spaced).unwrap();
    assert_eq!(spaced.manifest(), frozen.manifest());
    assert_ne!(spaced.hash(), frozen.hash(), "nothing is canonicalised");
}

#[test]
fn formats_suites_and_ids_of_other_versions_are_refused() {
    assert_eq!(refused_field(|m| m.format = "candor-manifest/3".into()), "format");
    for hours in [1, 23, 337] {
        assert_eq!(refused_field(|m| m.audiences.hr_groups_after_hours = hours), "audiences", "{hours}");
    }
    assert_eq!(refused_field(|m| m.credential_suite = "POPRF-P256-SHA256".into()), "credential_suite");
    assert_eq!(refused_field(|m| m.kem_id = 16), "kem_id");
    assert_eq!(refused_field(|m| m.kdf_id = 2), "kdf_id");
    assert_eq!(refused_field(|m| m.aead_id = 3), "aead_id");
}

#[test]
fn promises_that_protect_nobody_are_refused() {
    assert_eq!(refused_field(|m| m.k = 3), "k");
    assert_eq!(refused_field(|m| m.group_min = m.k), "group_min");
    assert_eq!(refused_field(|m| m.coalition = 0), "coalition");
    assert_eq!(refused_field(|m| m.min_range = 1), "min_range");
    assert_eq!(refused_field(|m| m.credential_key = CredentialPublicKey([0; 32])), "credential_key");
    assert_eq!(refused_field(|m| m.board_key.0 = [0; 32]), "board_key");
}

#[test]
fn sizes_and_dates_that_do_not_fit_together_are_refused() {
    assert_eq!(refused_field(|m| m.groups = 0), "groups");
    assert_eq!(refused_field(|m| m.invited = m.groups - 1), "invited");
    assert_eq!(refused_field(|m| m.leaf_size += 1), "leaf_size");
    assert_eq!(refused_field(|m| m.response_size += 128), "response_size");
    assert_eq!(refused_field(|m| (m.leaf_size, m.response_size) = (u32::MAX - 127, 896)), "response_size");
    assert_eq!(refused_field(|m| m.schedule.publish_at_seconds = 0), "schedule");
    assert_eq!(refused_field(|m| m.languages.clear()), "languages");
    assert_eq!(refused_field(|m| m.organisation = " ".into()), "organisation");
}

#[test]
fn unknown_missing_and_reserved_values_are_refused() {
    let text = String::from_utf8(Given::new().manifest.bytes().to_vec()).unwrap();
    for (from, to) in [
        ("\"mode\":\"solo\"", "\"mode\":\"layered\""),
        ("\"comments\":null", "\"comments\":\"all\""),
        ("\"comments\":null,", ""),
        ("\"trustee_key\":null", "\"trustee_key\":\"AAAA\""),
        ("\"trustee_key\":null,", ""),
        ("\"passphrase\":true,", "\"passphrase\":true,\"tracking\":true,"),
        ("\"hr\":\"all-blocks\"", "\"hr\":\"all-rows\""),
        ("\"nonce\":\"B", "\"nonce\":\""),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = FrozenManifest::read(text.replace(from, to).into_bytes());
        assert!(matches!(changed, Err(ManifestProblem::Json(_))), "{to}");
    }
}

#[test]
fn comments_are_promised_from_ten_people_or_twice_k_on_and_never_fewer_than_three() {
    let rule = |min_respondents, min_comments| Some(CommentRule { min_respondents, min_comments });
    assert_eq!(CommentRule::for_k(4), CommentRule { min_respondents: 10, min_comments: 3 });
    assert_eq!(CommentRule::for_k(8), CommentRule { min_respondents: 16, min_comments: 3 });
    assert_eq!(refused_field(|m| m.comments = rule(9, 3)), "comments");
    assert_eq!(refused_field(|m| (m.k, m.group_min, m.comments) = (6, 7, rule(11, 3))), "comments");
    assert_eq!(refused_field(|m| m.comments = rule(10, 2)), "comments");

    let text = String::from_utf8(Given::new().manifest.bytes().to_vec()).unwrap();
    let asked = text.replace("\"comments\":null", "\"comments\":{\"min_respondents\":12,\"min_comments\":4}");
    assert_eq!(FrozenManifest::read(asked.into_bytes()).unwrap().manifest().comments, rule(12, 4));
    let few = text.replace("\"comments\":null", "\"comments\":{\"min_respondents\":9,\"min_comments\":3}");
    assert!(matches!(FrozenManifest::read(few.into_bytes()), Err(ManifestProblem::Field { field: "comments", .. })));
}

fn english(text: &str) -> Texts {
    Texts::Plain(text.to_owned()).for_languages(&Language::parse("en").unwrap(), &[])
}

fn first_edition(m: &mut Manifest) {
    m.format = FIRST_MANIFEST_FORMAT.to_owned();
    (m.purpose, m.not_for) = (Texts::Plain("To learn.".to_owned()), Texts::Plain("Pay.".to_owned()));
    (m.contacts, m.key_holder, m.words_posted, m.cards) = (Vec::new(), None, None, 0);
}

#[test]
fn a_sheet_of_the_first_edition_is_read_and_written_again_as_it_was() {
    let mut manifest = Given::new().manifest.manifest().clone();
    first_edition(&mut manifest);
    let old = FrozenManifest::freeze(manifest).unwrap();
    let text = std::str::from_utf8(old.bytes()).unwrap();
    assert!(text.contains(r#""purpose":"To learn.","not_for":"Pay.","instrument""#), "{text}");
    let read = FrozenManifest::read(old.bytes().to_vec()).unwrap();
    assert_eq!(serde_json::to_vec(read.manifest()).unwrap(), old.bytes());
}

#[test]
fn a_sheet_from_before_there_were_extensions_keeps_its_bytes_and_one_that_declares_an_extension_says_so() {
    let plain = Given::new().manifest;
    let text = std::str::from_utf8(plain.bytes()).unwrap();
    assert!(text.contains("publish_by_seconds") && !text.contains("extension_days"), "{text}");
    let read = FrozenManifest::read(plain.bytes().to_vec()).unwrap();
    assert_eq!((read.manifest().schedule.extension_days, read.hash()), (0, plain.hash()));
    assert_eq!(serde_json::to_vec(read.manifest()).unwrap(), plain.bytes(), "written again as it was");
    let mut declared = plain.manifest().clone();
    declared.schedule.extension_days = 7;
    let declared = FrozenManifest::freeze(declared).unwrap();
    assert!(std::str::from_utf8(declared.bytes()).unwrap().contains(r#","extension_days":7}"#));
    assert_eq!(FrozenManifest::read(declared.bytes().to_vec()).unwrap(), declared);
    assert_eq!(refused_field(|m| m.schedule.extension_days = 8), "schedule");
}

#[test]
fn what_weakens_a_promise_stands_on_its_sheet_and_a_sheet_with_nothing_to_say_keeps_its_bytes() {
    let plain = Given::new().manifest;
    assert!(!std::str::from_utf8(plain.bytes()).unwrap().contains("weakened_by"));
    let mut weak = plain.manifest().clone();
    weak.weakened_by = [Weakening::DiskCopiesUnknown, Weakening::OneServer].into();
    let weak = FrozenManifest::freeze(weak).unwrap();
    let text = std::str::from_utf8(weak.bytes()).unwrap();
    assert!(text.contains(r#""cards":3,"weakened_by":["one-server","disk-copies-unknown"],"instrument""#), "{text}");
    assert_eq!(FrozenManifest::read(weak.bytes().to_vec()).unwrap(), weak);
    let unknown = text.replace("one-server", "a-server");
    assert!(matches!(FrozenManifest::read(unknown.into_bytes()), Err(ManifestProblem::Json(_))));
    assert_eq!(refused_field(|m| m.weakened_by = [Weakening::DiskCopies, Weakening::DiskCopiesUnknown].into()), "weakened_by");
}

#[test]
fn a_round_of_the_first_edition_goes_on_with_links_that_its_page_can_read() {
    let (given, secret) = (Given::new(), LinkSecret::from_bytes([7; 10]));
    let mut manifest = given.manifest.manifest().clone();
    first_edition(&mut manifest);
    let old = FrozenManifest::freeze(manifest).unwrap();
    for (manifest, kind) in [(&old, "#v1."), (&given.manifest, "#v2.")] {
        let link = respondent_link("https://survey.example", manifest, &secret);
        assert!(link.contains(kind), "{link}");
        assert_eq!(read_respondent_link(&link), Some((manifest.hash(), secret.clone())));
    }
}

#[test]
fn neither_edition_says_what_only_the_other_knows() {
    let refused = |change: fn(&mut Manifest)| {
        refused_field(|m| {
            first_edition(m);
            change(m);
        })
    };
    assert_eq!(refused(|m| m.purpose = english("To learn.")), "purpose");
    assert_eq!(refused(|m| m.not_for = english("Pay.")), "not_for");
    assert_eq!(refused(|m| m.contacts = vec![Contact { label: english("A"), address: "tel:112".to_owned() }]), "contacts");
    assert_eq!(refused(|m| m.key_holder = Some("Vera".to_owned())), "key_holder");
    assert_eq!(refused(|m| m.words_posted = Some(english("There"))), "words_posted");
    assert_eq!(refused(|m| m.cards = 1), "cards");
    assert_eq!(refused(|m| m.weakened_by = [Weakening::Archive].into()), "weakened_by");
    assert_eq!(refused(|m| m.schedule.extension_days = 1), "schedule");
    assert_eq!(refused(|m| m.audiences.hr_participation = true), "audiences");
    assert_eq!(refused_field(|m| m.purpose = Texts::Plain("To learn.".to_owned())), "purpose");
    assert_eq!(refused_field(|m| m.words_posted = Some(Texts::Plain("There".to_owned()))), "words_posted");
}

#[test]
fn words_that_nobody_can_read_and_a_key_holder_without_a_passphrase_are_refused() {
    assert_eq!(refused_field(|m| m.purpose = Texts::PerLanguage(std::collections::BTreeMap::new())), "purpose");
    assert_eq!(refused_field(|m| m.not_for = english(" ")), "not_for");
    assert_eq!(refused_field(|m| m.not_for = english("Pay\u{202e}")), "not_for");
    assert_eq!(refused_field(|m| m.purpose = english(&"ü".repeat(501))), "purpose");
    assert_eq!(refused_field(|m| m.key_holder = Some(String::new())), "key_holder");
    assert_eq!(refused_field(|m| m.passphrase = false), "key_holder");
    assert_eq!(refused_field(|m| m.cards = m.invited + 1), "cards");
}

#[test]
fn contacts_are_few_and_lead_where_their_address_says() {
    let at = |address: &str| {
        let mut manifest = Given::new().manifest.manifest().clone();
        manifest.contacts = vec![Contact { label: english("Works council"), address: address.to_owned() }];
        FrozenManifest::freeze(manifest)
    };
    for good in
        ["https://example.org", "https://example.org:8443/help?topic=a#b", "mailto:council@example.org", "tel:+49-30-1234", "tel:112"]
    {
        assert!(at(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "http://example.org",
        "HTTPS://example.org",
        "javascript:alert(1)",
        "data:text/html,hello",
        "//example.org",
        "https://",
        "https://example.org@evil.example",
        "https://example.org/a b",
        "https://exämple.org",
        "mailto:council",
        "mailto:a@example.org,b@example.org",
        "mailto:a@example.org?bcc=boss@example.org",
        "tel:",
        "tel:council",
        " tel:112",
        &format!("https://example.org/{}", "a".repeat(200)),
    ] {
        assert!(matches!(at(bad), Err(ManifestProblem::Field { field: "contacts", .. })), "{bad}");
    }
    assert_eq!(refused_field(|m| m.contacts = vec![m.contacts[0].clone(); 4]), "contacts");
    assert_eq!(refused_field(|m| m.contacts[0].label = english(&"ü".repeat(101))), "contacts");
}

#[test]
fn a_text_keeps_the_languages_of_the_round_and_a_plain_one_stands_in_its_own() {
    let [en, de, fr] = ["en", "de", "fr"].map(|code| Language::parse(code).unwrap());
    let both: Texts = serde_json::from_str(r#"{"de":"Hallo","en":"Hello"}"#).unwrap();
    let said = |texts: &Texts, languages: &[Language]| serde_json::to_string(&texts.for_languages(&fr, languages)).unwrap();
    assert_eq!(said(&both, std::slice::from_ref(&en)), r#"{"en":"Hello"}"#);
    assert_eq!(said(&both, &[en, de]), r#"{"de":"Hallo","en":"Hello"}"#);
    assert_eq!(said(&both, std::slice::from_ref(&fr)), r#"{"de":"Hallo","en":"Hello"}"#);
    assert_eq!(said(&Texts::Plain("Bonjour".to_owned()), &[]), r#"{"fr":"Bonjour"}"#);
    assert!(serde_json::from_str::<Texts>(r#"{"en":"a","en":"b"}"#).is_err());
    assert!(serde_json::from_str::<Texts>("3").is_err());
}
