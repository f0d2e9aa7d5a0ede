//! Notices: signed with a key of their own, numbered without gaps, and refused once anything of them is changed.

use domain::{Day, PublicText, QuestionId};
use protocol::manifest::ManifestProblem;
use protocol::notice::NoticeProblem;
use protocol::{BoardKey, FrozenManifest, Notice, NoticesKey, NoticesPublicKey, Says, Sha256Digest, SignedNotice};

use crate::given::Given;

fn erratum(text: &str) -> Says {
    Says::Erratum { text: PublicText::parse(text).unwrap() }
}

fn signed(given: &Given, number: u32) -> SignedNotice {
    let day = Day::parse("2026-12-01").unwrap();
    Notice::sign(&given.notices_key, &given.manifest, number, day, erratum("Two groups carry each other's names.")).unwrap()
}

fn changed(given: &Given, from: &str, to: &str) -> SignedNotice {
    let SignedNotice { document, signature } = signed(given, 1);
    let text = String::from_utf8(document).unwrap();
    assert!(text.contains(from), "{text}");
    SignedNotice { document: text.replacen(from, to, 1).into_bytes(), signature }
}

/// The manifest with another key for notices, or none.
fn with_key(given: &Given, key: Option<NoticesPublicKey>) -> Result<FrozenManifest, ManifestProblem> {
    let mut manifest = given.manifest.manifest().clone();
    manifest.notices_key = key;
    FrozenManifest::freeze(manifest)
}

#[test]
fn a_signed_notice_reads_back_and_its_document_is_what_the_format_says() {
    let given = Given::new();
    let read = Notice::read_all(&given.manifest, &[signed(&given, 1), signed(&given, 2)]).unwrap();
    assert_eq!((read[0].number, read[1].number), (1, 2));
    assert_eq!(read[0].says, erratum("Two groups carry each other's names."));
    assert_eq!(
        String::from_utf8(signed(&given, 1).document).unwrap(),
        format!(
            "{{\"format\":\"candor-notice/1\",\"wave\":\"2026-q4\",\"manifest\":\"{}\",\"number\":1,\"day\":\"2026-12-01\",\
             \"says\":{{\"erratum\":{{\"text\":\"Two groups carry each other's names.\"}}}}}}",
            given.manifest.hash()
        )
    );
}

#[test]
fn a_hidden_comment_is_named_by_its_question_and_hash_and_never_quoted() {
    let given = Given::new();
    let says = Says::HideComment { question: QuestionId::parse("HELPS").unwrap(), comment_sha256: Sha256Digest::of(b"Ada shouts.") };
    let signed = Notice::sign(&given.notices_key, &given.manifest, 1, Day::parse("2026-12-01").unwrap(), says.clone()).unwrap();
    let document = String::from_utf8(signed.document.clone()).unwrap();
    let said =
        format!("\"says\":{{\"hide-comment\":{{\"question\":\"HELPS\",\"comment_sha256\":\"{}\"}}}}}}", Sha256Digest::of(b"Ada shouts."));
    assert!(document.ends_with(&said) && !document.contains("Ada"), "{document}");
    assert_eq!(Notice::read_all(&given.manifest, &[signed]).unwrap()[0].says, says);
}

#[test]
fn a_notice_that_was_changed_or_signed_with_another_key_is_refused_and_named() {
    let given = Given::new();
    let mut scratched = signed(&given, 1);
    scratched.signature[5] ^= 1;
    let stranger = Given { notices_key: NoticesKey::from_bytes(&[9; 32]), ..Given::new() };
    let forged = with_key(&given, Some(stranger.notices_key.public_key())).unwrap();
    let forged = Given { manifest: forged, ..stranger };
    for stored in [
        changed(&given, "each other's", "one another's"),
        changed(&given, "\"number\":1", "\"number\":2"),
        changed(&given, "2026-12-01", "2026-12-02"),
        scratched,
        SignedNotice { signature: Vec::new(), ..signed(&given, 1) },
        signed(&forged, 1),
    ] {
        let refused = Notice::read_all(&given.manifest, &[stored]).unwrap_err();
        assert!(matches!(refused, NoticeProblem::Changed { number: 1, .. }), "{refused}");
        assert!(refused.to_string().contains("notice 1 of round 2026-q4 was changed"), "{refused}");
    }
}

#[test]
fn a_missing_or_doubled_number_is_found() {
    let given = Given::new();
    for numbers in [&[2][..], &[1, 3], &[1, 1], &[2, 1]] {
        let stored: Vec<_> = numbers.iter().map(|number| signed(&given, *number)).collect();
        let refused = Notice::read_all(&given.manifest, &stored).unwrap_err();
        assert!(matches!(refused, NoticeProblem::Misplaced { .. }), "{numbers:?}: {refused}");
    }
}

#[test]
fn the_signature_of_a_release_never_stands_for_a_notice() {
    let given = Given::new();
    let board = BoardKey::from_bytes(&given.notices_key.to_bytes());
    let document = signed(&given, 1).document;
    let signature = board.sign_release(&given.manifest.hash(), &document).0.to_vec();
    let refused = Notice::read_all(&given.manifest, &[SignedNotice { document, signature }]).unwrap_err();
    assert!(matches!(refused, NoticeProblem::Changed { .. }), "{refused}");
}

#[test]
fn a_manifest_without_the_key_or_with_another_refuses_notices_and_says_why() {
    let given = Given::new();
    let day = Day::parse("2026-12-01").unwrap();
    let older = with_key(&given, None).unwrap();
    assert!(!String::from_utf8(older.bytes().to_vec()).unwrap().contains("notices_key"), "as earlier versions wrote it");
    assert_eq!(FrozenManifest::read(older.bytes().to_vec()).unwrap(), older);
    let refused = Notice::sign(&given.notices_key, &older, 1, day, erratum("Too late to say.")).unwrap_err();
    assert!(refused.to_string().contains("launched by an earlier version"), "{refused}");
    assert!(Notice::read_all(&older, &[]).unwrap().is_empty());

    let other = with_key(&given, Some(NoticesKey::from_bytes(&[9; 32]).public_key())).unwrap();
    let refused = Notice::sign(&given.notices_key, &other, 1, day, erratum("With a foreign key.")).unwrap_err();
    assert!(matches!(refused, NoticeProblem::OtherKey(_)), "{refused}");

    for unfit in [NoticesPublicKey([0; 32]), NoticesPublicKey(given.board_key.public_key().0)] {
        assert!(matches!(with_key(&given, Some(unfit)), Err(ManifestProblem::Field { field: "notices_key", .. })));
    }
}
