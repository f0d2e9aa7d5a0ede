//! What the tests of the protocol are given: one wave with fixed keys, and randomness that is not random.

#![allow(dead_code, unused_imports, unreachable_pub)]

pub mod fixed_bytes;

use domain::{GroupId, GroupLeaf, Language, Moment, Predecessor, SameShare, Schedule, TeamEntry, TeamLabel, UnitPath, WaveId};
pub use fixed_bytes::{FixedBytes, hex};
use protocol::manifest::{
    AEAD_ID, CREDENTIAL_SUITE, Contact, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, RESPONSE_OVERHEAD, Texts,
};
use protocol::{
    Audiences, BoardKey, BoxSecretKey, CredentialKey, FrozenManifest, GroupList, InstrumentRef, Manifest, NoticesKey, Sha256Digest,
};

/// Groups of 8 and more people with predecessors, units and teams of several sizes.
pub fn group_leaves(groups: u32) -> Vec<GroupLeaf> {
    let team = |text: String| TeamLabel::parse(&text).unwrap();
    (0..groups)
        .map(|group| GroupLeaf {
            group: GroupId(group),
            label: format!("Team {group} · Süd"),
            unit: UnitPath((0..group % 3).map(|depth| team(format!("Unit {depth}"))).collect()),
            invited: 8 + group,
            predecessors: (0..group % 2).map(|n| Predecessor { group: GroupId(group + n), same: SameShare::of(3, 4) }).collect(),
            teams: (0..=group % 3)
                .map(|n| TeamEntry { label: team(format!("Team {group}-{n}")), leaders: vec![format!("Leader {n}")] })
                .collect(),
        })
        .collect()
}

/// One wave with fixed keys.
pub struct Given {
    pub manifest: FrozenManifest,
    pub groups: GroupList,
    pub credential_key: CredentialKey,
    pub box_key: BoxSecretKey,
    pub board_key: BoardKey,
    pub notices_key: NoticesKey,
}

impl Given {
    pub fn new() -> Self {
        let groups = GroupList::freeze(group_leaves(5)).unwrap();
        let mut scalar = [0x01; 32];
        scalar[31] = 0;
        let credential_key = CredentialKey::from_bytes(&scalar).unwrap();
        let box_key = BoxSecretKey::try_from([0x02; 32].as_slice()).unwrap();
        let board_key = BoardKey::from_bytes(&[0x03; 32]);
        let notices_key = NoticesKey::from_bytes(&[0x05; 32]);
        let manifest = manifest(&groups, &credential_key, &box_key, &board_key, &notices_key);
        let manifest = FrozenManifest::freeze(manifest).unwrap();
        Self { manifest, groups, credential_key, box_key, board_key, notices_key }
    }
}

/// A manifest for a group list and keys.
pub fn manifest(
    groups: &GroupList,
    credential_key: &CredentialKey,
    box_key: &BoxSecretKey,
    board_key: &BoardKey,
    notices_key: &NoticesKey,
) -> Manifest {
    Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        wave: WaveId::parse("2026-q4").unwrap(),
        organisation: "Example Ltd".to_owned(),
        mode: Mode::Solo,
        passphrase: true,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        comments: None,
        audiences: Audiences::default(),
        purpose: texts(&[
            ("en", "To learn how safe it is to speak up."),
            ("de", "Um zu erfahren, wie gefahrlos man hier etwas sagen kann."),
        ]),
        not_for: texts(&[("en", "Pay or discipline."), ("de", "Gehalt oder Disziplinarmaßnahmen.")]),
        contacts: vec![
            Contact { label: texts(&[("en", "Works council"), ("de", "Betriebsrat")]), address: "mailto:council@example.org".to_owned() },
            Contact { label: texts(&[("en", "Helpline")]), address: "tel:+49-30-1234".to_owned() },
        ],
        key_holder: Some("Vera Albers".to_owned()),
        words_posted: Some(texts(&[("en", "On the notice board by the canteen")])),
        cards: 3,
        weakened_by: std::collections::BTreeSet::new(),
        instrument: InstrumentRef { id: "pulse".to_owned(), version: 1, sha256: Sha256Digest::of(b"instrument") },
        languages: vec![Language::parse("en").unwrap(), Language::parse("de").unwrap()],
        credential_suite: CREDENTIAL_SUITE.to_owned(),
        credential_key: credential_key.public_key(),
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: box_key.public_key(),
        board_key: board_key.public_key(),
        notices_key: Some(notices_key.public_key()),
        trustee_key: None,
        client_sha256: Sha256Digest::of(b"client"),
        groups_root: groups.root(),
        groups: groups.groups(),
        invited: groups.invited(),
        leaf_size: groups.leaf_size(),
        response_size: groups.leaf_size() + RESPONSE_OVERHEAD,
        opens_at: Moment::parse("2026-11-01T08:00:00Z").unwrap(),
        schedule: Schedule::with_defaults(Moment::parse("2026-11-15T18:00:00Z").unwrap()),
        nonce: ManifestNonce([0x04; 32]),
    }
}

fn texts(texts: &[(&str, &str)]) -> Texts {
    Texts::PerLanguage(texts.iter().map(|(language, text)| (Language::parse(language).unwrap(), (*text).to_owned())).collect())
}
