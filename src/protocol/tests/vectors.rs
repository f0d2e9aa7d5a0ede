//! The vectors that both implementations of the protocol are tested with, in `tests/vectors/protocol.json`.
//!
//! Everything in the file follows from the fixed inputs below; the TypeScript client reads the same file. After a deliberate
//! change of the protocol, `WRITE_VECTORS=1 cargo test -p protocol --test vectors` writes the file anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod given;

use domain::{Day, GroupId, PublicText, WaveId};
use given::{FixedBytes, Given, group_leaves, hex};
use protocol::ballot::{Answer, Ballot, BallotForm, BallotNonce, Level};
use protocol::board::root_of;
use protocol::credential::{Blinding, ballot_info};
use protocol::groups::{label_hash, normalise_label};
use protocol::link::{check_characters, read_respondent_link, respondent_link, status_link};
use protocol::sealed::seal;
use protocol::wire::{self, LeafAnswer, Outcome, ReadCode, Request, Stage, StatusAnswer};
use protocol::words::{group_words, manifest_words};
use protocol::{
    BallotMac, BlindedElement, Board, BoardSignature, CastBallot, Comment, Evaluation, GroupList, LinkSecret, ManifestHash, Notice,
    Receipt, ReceiptLeaf, Says, SealedBallot, Sha256Digest, StatusHandle, UnsubscribeSecret,
};
use serde_json::{Value, json};

#[test]
fn the_vector_file_is_what_this_implementation_computes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/protocol.json");
    let computed = vectors();
    if std::env::var_os("WRITE_VECTORS").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&computed).unwrap() + "\n").unwrap();
    }
    let stored: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for (section, value) in computed.as_object().unwrap() {
        assert_eq!(&stored[section], value, "section {section:?} of the vectors has changed");
    }
    assert_eq!(stored.as_object().unwrap().len(), computed.as_object().unwrap().len());
}

fn vectors() -> Value {
    let given = Given::new();
    json!({
        "about": "Vectors of the ballot protocol (docs/protocol.md), written by src/protocol/tests/vectors.rs. Byte strings are lower-case hex unless a document says otherwise.",
        "codes": codes(),
        "links": links(&given),
        "secret_hashes": secret_hashes(),
        "words": words(&given),
        "labels": labels(),
        "manifest": {
            "bytes": String::from_utf8(given.manifest.bytes().to_vec()).unwrap(),
            "hash": given.manifest.hash().to_text(),
            "hash_base64url": given.manifest.hash().to_base64url(),
        },
        "groups": groups(&given.groups),
        "trees": trees(),
        "info": infos(&given),
        "ballots": ballots(),
        "submission": submission(&given),
        "wire": wire(&given),
    })
}

fn infos(given: &Given) -> Value {
    let hash = given.manifest.hash();
    let info = |group| json!({"manifest_hash": hash, "group": group, "info": hex(&ballot_info(&hash, GroupId(group)))});
    [0, 3, u32::MAX].map(info).into_iter().collect()
}

fn codes() -> Value {
    let bytes: [[u8; 10]; 5] =
        [[0; 10], [255; 10], [0, 68, 50, 20, 199, 66, 84, 182, 53, 207], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], *b"candor-key"];
    let code = LinkSecret::from_bytes(bytes[2]).to_code();
    let typed = |text: &str| json!({"text": text, "bytes": hex(LinkSecret::parse(text).unwrap().as_bytes())});
    let refused = |text: &str, problem: &str| {
        LinkSecret::parse(text).unwrap_err();
        json!({"text": text, "problem": problem})
    };
    let mut swapped = code.clone().into_bytes();
    swapped.swap(3, 9);
    json!({
        "written": bytes.map(|bytes| {
            let secret = LinkSecret::from_bytes(bytes);
            json!({"bytes": hex(&bytes), "code": secret.to_code(), "display": secret.to_display_code()})
        }),
        "typed": [
            typed(&code.to_lowercase()),
            typed(&format!(" {} ", LinkSecret::from_bytes(bytes[2]).to_display_code())),
            typed(&code.replace('0', "O").replace('1', "l")),
            typed(&code.replace('0', "o").replace('1', "I")),
        ],
        "refused": [
            refused("", "length"),
            refused(&code[..16], "length"),
            refused(&format!("{code}0"), "length"),
            refused(&code.replace('7', "U"), "character"),
            refused(&code.replace('7', "?"), "character"),
            refused(&code.replace('7', "8"), "check"),
            refused(&String::from_utf8(swapped).unwrap(), "check"),
        ],
    })
}

/// Links as they are written, and hashes with their check characters; a link whose hash is damaged in one place is not read.
fn links(given: &Given) -> Value {
    let (secret, handle) = (LinkSecret::from_bytes(*b"candor-key"), StatusHandle::from_bytes(*b"candor-key"));
    let origin = "https://survey.example";
    let answer = respondent_link(origin, &given.manifest, &secret);
    let hash = given.manifest.hash().to_base64url();
    assert_eq!(read_respondent_link(&answer), Some((given.manifest.hash(), secret.clone())));
    let earlier = format!("{origin}/w/{}/#v1.{hash}.{}", given.manifest.manifest().wave, secret.to_code());
    assert_eq!(read_respondent_link(&earlier), Some((given.manifest.hash(), secret)));
    let (first, rest) = hash.split_at(1);
    let damaged = answer.replace(&hash, &format!("{}{rest}", if first == "A" { "B" } else { "A" }));
    assert_eq!(read_respondent_link(&damaged), None);
    let checks = [[0; 32], [255; 32], Sha256Digest::of(b"0").0, Sha256Digest::of(b"1").0, Sha256Digest::of(b"2").0].map(|hash| {
        let hash = ManifestHash(hash).to_base64url();
        json!({"check": check_characters(&hash), "hash": hash})
    });
    json!({
        "answer": answer,
        "earlier": earlier,
        "damaged": damaged,
        "status": status_link(origin, &given.manifest, &handle),
        "checks": checks,
    })
}

fn secret_hashes() -> Value {
    let wave = WaveId::parse("2026-q4").unwrap();
    let bytes = *b"candor-key";
    json!({
        "wave": wave,
        "secret": hex(&bytes),
        "link": LinkSecret::from_bytes(bytes).hash(&wave),
        "status": StatusHandle::from_bytes(bytes).hash(&wave),
        "unsubscribe": UnsubscribeSecret::from_bytes(bytes).hash(&wave),
    })
}

fn words(given: &Given) -> Value {
    let word = |bits: u16| {
        let mut hash = given.manifest.hash();
        hash.0[..2].copy_from_slice(&bits.to_be_bytes());
        json!({"bits": bits, "word": manifest_words(&hash)[0]})
    };
    let words = [0x0000, 0x7f00, 0x0001, 0x3f54, 0xdcc1, 0xffff].map(word);
    json!({
        "words": words,
        "manifest": {"hash": given.manifest.hash().to_text(), "words": manifest_words(&given.manifest.hash())},
    })
}

fn labels() -> Value {
    [
        "Sales",
        "  sales ",
        "SALES\u{a0}\u{a0}North",
        "Verkauf  Süd",
        "Verkauf Su\u{308}d",
        "ﬁnance ①",
        "ＦＵＬＬ　ｗｉｄｔｈ",
        "Straße",
        "ΟΔΟΣ",
        "İstanbul",
    ]
    .map(|label| json!({"label": label, "normalised": normalise_label(label), "hash": label_hash(label).to_text()}))
    .into_iter()
    .collect()
}

fn groups(list: &GroupList) -> Value {
    let group = |group: GroupId| {
        let input = list.input(group).unwrap();
        json!({
            "group": group,
            "document": String::from_utf8(list.document(group).unwrap()).unwrap(),
            "label_hash": input.label.to_text(),
            "document_hash": input.document.to_text(),
            "input": hex(&input.to_bytes()),
            "leaf_hash": input.leaf_hash().to_text(),
            "words": group_words(&input.leaf_hash()),
            "proof": list.proof(group).unwrap().iter().map(|node| hex(node)).collect::<Vec<_>>(),
        })
    };
    json!({
        "leaf_size": list.leaf_size(),
        "invited": list.invited(),
        "root": list.root().to_text(),
        "public": list.inputs(),
        "groups": list.leaves().iter().map(|leaf| group(leaf.group)).collect::<Vec<_>>(),
    })
}

/// Trees of every shape up to nine leaves: group lists with their proofs and boards with their roots.
fn trees() -> Value {
    let group_trees: Vec<Value> = (1..=9)
        .map(|size| {
            let list = GroupList::freeze(group_leaves(size)).unwrap();
            json!({
                "inputs": list.inputs().iter().map(|input| hex(&input.to_bytes())).collect::<Vec<_>>(),
                "root": list.root().to_text(),
                "proofs": list.leaves().iter().map(|leaf| {
                    list.proof(leaf.group).unwrap().iter().map(|node| hex(node)).collect::<Vec<_>>()
                }).collect::<Vec<_>>(),
            })
        })
        .collect();
    let boards: Vec<Value> = (0u8..=9)
        .map(|size| {
            let mut leaves: Vec<_> = (0..size).map(|n| ReceiptLeaf(Sha256Digest::of(&[n]).0)).collect();
            leaves.sort_unstable();
            json!({"root": root_of(&leaves), "leaves": leaves})
        })
        .collect();
    json!({"groups": group_trees, "boards": boards})
}

fn ballots() -> Value {
    let valid = |level: Level, number: u8, points: &[u8], answers: &[Answer], longest: &[u16], comments: &[&str]| {
        let form = BallotForm { points: points.to_vec(), longest: longest.to_vec() };
        let written = comments.iter().map(|text| Comment::new(text).unwrap()).collect();
        let bytes = Ballot { level, answers: answers.to_vec(), comments: written }.encode().unwrap();
        Ballot::decode(bytes.as_slice(), &form).unwrap();
        let answers: Vec<Value> = answers
            .iter()
            .map(|answer| match answer {
                Answer::Blank => Value::Null,
                Answer::Point(point) => json!(point),
                Answer::CannotSay => json!("cannot-say"),
            })
            .collect();
        let start = 4 + points.len() + comments.iter().map(|text| 2 + text.len()).sum::<usize>();
        json!({
            "level": number, "points": points, "answers": answers, "longest": longest, "comments": comments,
            "start": hex(&bytes.as_slice()[..start]), "sha256": Sha256Digest::of(bytes.as_slice()),
        })
    };
    let invalid = |start: &[u8], points: &[u8], longest: &[u16], why: &str| {
        let mut bytes = start.to_vec();
        bytes.resize(4096, 0);
        Ballot::decode(&bytes, &BallotForm { points: points.to_vec(), longest: longest.to_vec() }).unwrap_err();
        json!({"start": hex(start), "points": points, "longest": longest, "why": why})
    };
    let four = [Answer::Point(1), Answer::Point(7), Answer::Blank, Answer::CannotSay];
    let text = "Ein ruhiges „Nein“ zählt.\nÜberall. 👍";
    json!({
        "valid": [
            valid(Level::Group, 0, &[7, 7, 7, 5], &four, &[], &[]),
            valid(Level::Unit, 1, &[7], &[Answer::Point(4)], &[], &[]),
            valid(Level::Organisation, 2, &[254, 2], &[Answer::Point(254), Answer::Point(2)], &[], &[]),
            valid(Level::Group, 0, &[7, 7, 7, 5], &four, &[500, 500], &[text, ""]),
            valid(Level::Group, 0, &[7], &[Answer::Blank], &[600, 300], &["", &"語".repeat(300)]),
        ],
        "invalid": [
            invalid(&[2, 0, 0, 1, 3], &[7], &[], "version"),
            invalid(&[1, 3, 0, 1, 3], &[7], &[], "level"),
            invalid(&[1, 0, 0, 2, 3, 3], &[7], &[], "items"),
            invalid(&[1, 0, 1, 1, 3], &[7], &[], "items"),
            invalid(&[1, 0, 0, 1, 8], &[7], &[], "answer"),
            invalid(&[1, 0, 0, 1, 254], &[7], &[], "answer"),
            invalid(&[1, 0, 0, 1, 3, 1], &[7], &[], "padding"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, b'a', b'b'], &[7], &[], "padding"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, b'a', b'b', b'c'], &[7], &[9], "padding"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, b'a', b'b'], &[7], &[1], "comment"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, b'a', b' '], &[7], &[9], "comment"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, b'a', b'\t'], &[7], &[9], "comment"),
            invalid(&[1, 0, 0, 1, 3, 0, 2, 0xc3, 0x28], &[7], &[9], "comment"),
            invalid(&[1, 0, 0, 1, 3, 0xff, 0xff], &[7], &[600], "comment"),
        ],
    })
}

/// One whole submission with every intermediate value, and the board that it ends on.
fn submission(given: &Given) -> Value {
    let group = GroupId(3);
    let info = ballot_info(&given.manifest.hash(), group);
    let nonce = BallotNonce([0x5a; 32]);

    // 32 bytes of a small scalar and 32 zeros reduce to that very scalar.
    let blind = FixedBytes::scalar("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706");
    let blinding = Blinding::new(nonce, &mut blind.clone()).unwrap();
    let proof_randomness = FixedBytes::scalar("222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e");
    let evaluation = given.credential_key.evaluate(blinding.blinded().as_bytes(), &info, &mut proof_randomness.clone()).unwrap();
    let output = blinding.finalize(&evaluation, &given.credential_key.public_key(), &info).unwrap();

    let ballot = Ballot { level: Level::Unit, answers: vec![Answer::Point(5), Answer::Blank, Answer::CannotSay], comments: vec![] };
    let encapsulation = FixedBytes::repeated(0xe5);
    let sealed = seal(&given.box_key.public_key(), &info, &nonce, &ballot.encode().unwrap(), &mut encapsulation.clone()).unwrap();
    let mac = output.mac(&sealed);
    assert!(given.credential_key.accepts(&given.manifest.hash(), group, &nonce, &sealed, &mac));

    let leaf = ReceiptLeaf::of(&nonce, &sealed);
    let signature = given.board_key.sign_receipt(&given.manifest.hash(), &leaf);
    let receipt = Receipt::new(&given.manifest, leaf, signature);
    let others = (1u8..4).map(|n| ReceiptLeaf(Sha256Digest::of(&[n]).0));
    let board = Board::close(&given.board_key, &given.manifest, 5, others.chain([leaf]).collect()).unwrap();
    let release = b"{\"format\":\"candor-release/1\"}";
    let erratum = Says::Erratum { text: PublicText::parse("Two groups carry each other's names.").unwrap() };
    let notice = Notice::sign(&given.notices_key, &given.manifest, 1, Day::parse("2026-12-01").unwrap(), erratum).unwrap();
    json!({
        "group": group,
        "info": hex(&info),
        "nonce": hex(&nonce.0),
        "credential": {
            "secret_key": hex(given.credential_key.to_bytes().as_slice()),
            "public_key": hex(given.credential_key.public_key().as_bytes()),
            "blind": blind.first_32(),
            "blinded": hex(blinding.blinded().as_bytes()),
            "blinded_hash": blinding.blinded().hash(),
            "evaluated": hex(&evaluation.evaluated),
            "proof_randomness": proof_randomness.first_32(),
            "proof_c": hex(&evaluation.c),
            "proof_s": hex(&evaluation.s),
            "output": hex(output.as_bytes()),
        },
        "sealed": {
            "secret_key": hex(given.box_key.to_bytes().as_slice()),
            "public_key": hex(given.box_key.public_key().as_bytes()),
            "points": [7, 7, 7],
            "ballot_start": hex(&ballot.encode().unwrap().as_slice()[..7]),
            "ikm_e": encapsulation.first_32(),
            "ct": hex(sealed.as_slice()),
            "mac": hex(mac.as_bytes()),
        },
        "receipt": {
            "board_secret_key": hex(given.board_key.to_bytes().as_slice()),
            "board_key": hex(given.board_key.public_key().as_bytes()),
            "leaf": leaf,
            "short_code": leaf.short_code(),
            "signature": hex(signature.as_bytes()),
            "document": String::from_utf8(receipt.to_json().unwrap()).unwrap(),
        },
        "board": serde_json::to_string(&board).unwrap(),
        "release": {
            "bytes": hex(release),
            "signature": hex(given.board_key.sign_release(&given.manifest.hash(), release).as_bytes()),
        },
        "notice": {
            "notices_secret_key": hex(given.notices_key.to_bytes().as_slice()),
            "notices_key": hex(given.notices_key.public_key().as_bytes()),
            "document": String::from_utf8(notice.document).unwrap(),
            "signature": hex(&notice.signature),
        },
    })
}

/// Requests and answers of every kind: the bytes up to the zeros, and the hash of the whole.
fn wire(given: &Given) -> Value {
    let group = GroupId(3);
    let secret = LinkSecret::from_bytes(*b"candor-key");
    let response_size = given.manifest.manifest().response_size;
    let shown = |name: &str, bytes: &[u8]| {
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        json!({"name": name, "start": hex(&bytes[..end]), "size": bytes.len(), "sha256": Sha256Digest::of(bytes)})
    };
    let cast = CastBallot {
        group,
        nonce: BallotNonce([0x5a; 32]),
        mac: BallotMac([0x6b; 32]),
        ct: SealedBallot::try_from([0x7c; 4144].as_slice()).unwrap(),
    };
    let requests = [
        ("leaf", Request::Leaf { secret: secret.clone() }),
        ("issue", Request::Issue { secret, blinded: BlindedElement([0x8d; 32]) }),
        ("redeem", Request::Redeem(cast)),
        ("status", Request::Status { handle: StatusHandle::from_bytes(*b"candor-key") }),
        ("objection", Request::Objection { leaf: ReceiptLeaf([0x44; 32]), signature: BoardSignature([0x55; 64]) }),
    ];
    let requests: Vec<_> = requests.iter().map(|(name, request)| shown(name, &request.encode())).collect();
    let leaf = LeafAnswer {
        used: true,
        group,
        groups: given.groups.groups(),
        proof: given.groups.proof(group).unwrap(),
        document: given.groups.document(group).unwrap(),
    };
    let evaluation = Evaluation { evaluated: [0x11; 32], c: [0x22; 32], s: [0x33; 32] };
    let answers = [
        ("leaf", wire::Answer::Leaf(leaf)),
        ("issue", wire::Answer::Issue { group, evaluation }),
        ("redeem", wire::Answer::Redeem { leaf: ReceiptLeaf([0x44; 32]), signature: BoardSignature([0x55; 64]) }),
        ("status", wire::Answer::Status(published())),
        ("objection", wire::Answer::Objection { on_board: true }),
    ];
    let refusals = Outcome::ALL.map(|outcome| ("refused", wire::Answer::Refused(outcome)));
    let answers: Vec<_> =
        answers.iter().chain(&refusals).map(|(name, answer)| shown(name, &answer.encode(response_size).unwrap())).collect();
    json!({
        "requests": requests,
        "response_size": response_size,
        "answers": answers,
        "outcomes": Outcome::ALL.map(|outcome| json!({"outcome": outcome.to_byte(), "http": outcome.http_status()})).to_vec(),
    })
}

fn published() -> StatusAnswer {
    let (closed_at, published_at) = (1_794_765_600, 1_795_111_200);
    StatusAnswer { answered: true, stage: Stage::Published, closed_at, published_at, read_code: Some(ReadCode([0xA7; 16])) }
}
