//! What a manifest promises and what is refused as one.

use protocol::manifest::ManifestProblem;
use protocol::{CommentRule, CredentialPublicKey, FrozenManifest, Manifest, Sha256Digest};

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
    assert_eq!(refused_field(|m| m.format = "candor-manifest/2".into()), "format");
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
        ("\"mode\":\"solo\"", "\"mode\":\"trustee\""),
        ("\"comments\":null", "\"comments\":\"all\""),
        ("\"comments\":null,", ""),
        ("\"trustee_key\":null", "\"trustee_key\":\"AAAA\""),
        ("\"passphrase\":false,", "\"passphrase\":false,\"tracking\":true,"),
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
