//! The door to published waves: what was frozen comes in, and everything else is refused by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use disclosure::Member;
use domain::GroupId;
use protocol::manifest::{MANIFEST_FORMAT, Mode, Texts};
use protocol::{Board, BoardKey, FrozenManifest, ReceiptLeaf, Sha256Digest, TrusteeKey, VouchProblem, Vouched};
use release::check::ReleaseViolation;
use release::reading::{FrozenWave, PastWave, ReleaseRefused, WaveDocuments, read_blocks};
use synthetic::{Group, HandBlock, board_key, documents, frozen, leaves, pulse};

/// A wave of one group of twelve, of whom eight answered.
fn small(id: &str) -> WaveDocuments {
    let instrument = pulse();
    let sums = instrument.items.iter().map(|_| Some((8, 24))).collect();
    let blocks = vec![HandBlock { members: vec![Member::Group(GroupId(0))], n: 8, sums }];
    documents(id, &instrument, leaves(&[Group::new("East", &["Sales"], 12, &[])]), blocks, None)
}

fn refused(change: impl FnOnce(&mut FrozenWave)) -> ReleaseRefused {
    let mut frozen = frozen(&small("w1"));
    change(&mut frozen);
    frozen.check().unwrap_err()
}

/// Other bytes with the hash and the signature that go with them, as only the holder of the wave's key can make them.
fn sign(frozen: &mut FrozenWave, release: Vec<u8>) {
    let manifest = FrozenManifest::read(frozen.manifest.clone()).unwrap();
    frozen.sha256 = Sha256Digest::of(&release);
    frozen.signature = board_key().sign_release(&manifest.hash(), &release);
    frozen.release = release;
}

fn with_text(frozen: &FrozenWave, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(frozen.release.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn what_was_frozen_comes_in_as_it_was() {
    let written = small("w1");
    let read = frozen(&written).check().unwrap();
    assert_eq!((&read.release.base, &read.groups, &read.instrument), (&written.release.base, &written.groups, &written.instrument));
    assert!(read_blocks(&[PastWave::Published(Box::new(read))]).is_ok());
}

#[test]
fn an_edited_release_is_refused_whether_or_not_its_hash_was_edited_too() {
    let edited = |frozen: &mut FrozenWave| frozen.release = with_text(frozen, "\"cell\":6", "\"cell\":7");
    assert!(matches!(refused(edited), ReleaseRefused::Edited { .. }));
    let with_hash = |frozen: &mut FrozenWave| {
        edited(frozen);
        frozen.sha256 = Sha256Digest::of(&frozen.release);
    };
    assert!(matches!(refused(with_hash), ReleaseRefused::NotSigned));
    let another_key = |frozen: &mut FrozenWave| {
        edited(frozen);
        let manifest = FrozenManifest::read(frozen.manifest.clone()).unwrap();
        frozen.sha256 = Sha256Digest::of(&frozen.release);
        frozen.signature = BoardKey::from_bytes(&[8; 32]).sign_release(&manifest.hash(), &frozen.release);
    };
    assert!(matches!(refused(another_key), ReleaseRefused::NotSigned));
}

#[test]
fn a_release_that_was_cut_off_is_refused_as_that_wherever_it_was_cut() {
    let whole = frozen(&small("w1"));
    let end = whole.release.len() - 1;
    for left in (0..end).step_by(23).chain([end]) {
        let mut cut = whole.clone();
        cut.release.truncate(left);
        let problem = cut.check().unwrap_err();
        assert!(matches!(problem, ReleaseRefused::Truncated { found } if found == left), "{left}: {problem}");
    }
}

#[test]
fn a_release_of_a_newer_version_is_refused_by_the_name_of_its_format() {
    let problem = refused(|frozen| sign(frozen, with_text(frozen, "candor-release/2", "candor-release/3")));
    assert_eq!(
        problem.to_string(),
        "the result is written in the format \"candor-release/3\", and this version of Candor reads candor-release/1 and candor-release/2: a newer version wrote it, so read it with that one"
    );
    // Also where the newer version keeps other things under the known names.
    let differently = |frozen: &mut FrozenWave| sign(frozen, br#"{"format":"candor-release/3","wave":{"id":1},"counts":[]}"#.to_vec());
    assert!(matches!(refused(differently), ReleaseRefused::OtherFormat { .. }));
}

#[test]
fn signed_bytes_that_are_no_release_are_refused() {
    assert!(matches!(refused(|frozen| sign(frozen, b"[]".to_vec())), ReleaseRefused::Unreadable(_)));
    let with_more = |frozen: &mut FrozenWave| sign(frozen, with_text(frozen, "\"counts\":{", "\"counts\":{\"late\":3,"));
    assert!(matches!(refused(with_more), ReleaseRefused::Unreadable(problem) if problem.to_string().contains("late")));
}

#[test]
fn documents_of_another_wave_are_refused_one_by_one_and_together() {
    let other = || frozen(&small("w2"));
    let of_other = |problem: ReleaseRefused, document: &str| match problem {
        ReleaseRefused::OtherWave { what, found } => assert_eq!((what, found.as_str()), (document, "w2")),
        problem => panic!("{problem}"),
    };
    of_other(refused(|frozen| *frozen = FrozenWave { wave: frozen.wave.clone(), ..other() }), "promise sheet");
    of_other(refused(|frozen| frozen.manifest = other().manifest), "promise sheet");
    let release = |frozen: &mut FrozenWave| {
        let other = other();
        (frozen.release, frozen.sha256, frozen.signature) = (other.release, other.sha256, other.signature);
    };
    of_other(refused(release), "result");

    let mut more = small("w1");
    more.groups[0].invited = 13;
    assert!(matches!(refused(|frozen| frozen.groups = more.groups.clone()), ReleaseRefused::Groups(_)));
    assert!(matches!(refused(|frozen| frozen.groups.clear()), ReleaseRefused::Groups(_)));
    assert!(matches!(refused(|frozen| frozen.instrument.push(b' ')), ReleaseRefused::OtherInstrument { .. }));
    assert!(matches!(refused(|frozen| frozen.manifest.truncate(9)), ReleaseRefused::Manifest(_)));
    // Another promise for the same wave, with the same keys: the signature is over the first one.
    let reworded = |frozen: &mut FrozenWave| {
        let text = String::from_utf8(frozen.manifest.clone()).unwrap();
        frozen.manifest = text.replace("appraisal", "promotion").into_bytes();
    };
    assert!(matches!(refused(reworded), ReleaseRefused::NotSigned));
}

#[test]
fn a_signed_release_that_breaks_a_rule_of_disclosure_control_is_refused() {
    let below_k = |frozen: &mut FrozenWave| sign(frozen, with_text(frozen, "\"n\":8", "\"n\":3"));
    assert!(matches!(refused(below_k), ReleaseRefused::Unsafe(ReleaseViolation::Table(_))));
    let smaller_k = |frozen: &mut FrozenWave| sign(frozen, with_text(frozen, "\"k\":5", "\"k\":4"));
    assert!(matches!(refused(smaller_k), ReleaseRefused::Unsafe(ReleaseViolation::NotAsPromised { .. })));
}

#[test]
fn a_release_of_the_first_format_is_still_read() {
    let mut first = small("w1");
    first.release.format = "candor-release/1".to_owned();
    assert!(frozen(&first).check().is_ok());
}

/// The key holder outside the operator.
fn holder() -> TrusteeKey {
    TrusteeKey::from_bytes(&[5; 32])
}

/// The small wave as one whose key somebody outside held: their signature is over the result and the list of counted answers.
fn held_outside() -> FrozenWave {
    let solo = frozen(&small("w1"));
    let mut manifest = FrozenManifest::read(solo.manifest.clone()).unwrap().manifest().clone();
    let text = |words: &str| Texts::PerLanguage([("en".parse().unwrap(), words.to_owned())].into());
    (manifest.format, manifest.mode) = (MANIFEST_FORMAT.to_owned(), Mode::Trustee);
    (manifest.purpose, manifest.not_for) = (text("to improve how we work together"), text("appraisal of any person"));
    (manifest.trustee_key, manifest.key_holder) = (Some(holder().public_key()), Some("Works council".to_owned()));
    let manifest = FrozenManifest::freeze(manifest).unwrap();
    let promised = FrozenManifest::read(solo.manifest.clone()).unwrap().hash().to_text();
    let release = String::from_utf8(solo.release.clone()).unwrap().replace(&promised, &manifest.hash().to_text()).into_bytes();
    let read: release::Release = serde_json::from_slice(&release).unwrap();
    let leaves = (0..read.counts.spent).map(|number| ReceiptLeaf([u8::try_from(number).unwrap(); 32])).collect();
    let board = Board::close(&board_key(), &manifest, read.counts.issued, leaves).unwrap();
    let mut wave = FrozenWave { manifest: manifest.bytes().to_vec(), ..solo };
    let signature = holder().sign_opening(&board, &release);
    sign(&mut wave, release);
    FrozenWave { vouched: Some(Vouched { list: (&board).into(), signature }), notices: Vec::new(), ..wave }
}

#[test]
fn a_result_whose_key_somebody_outside_held_is_read_only_with_their_signature_over_it_and_over_the_public_list() {
    held_outside().check().unwrap();
    let refused = |change: &dyn Fn(&mut FrozenWave)| {
        let mut frozen = held_outside();
        change(&mut frozen);
        frozen.check().unwrap_err()
    };
    let vouched = |frozen: &mut FrozenWave, change: &dyn Fn(&mut Vouched)| change(frozen.vouched.as_mut().unwrap());
    assert!(matches!(refused(&|frozen| frozen.vouched = None), ReleaseRefused::NotVouched(VouchProblem::Missing)));
    let forged = [
        refused(&|frozen| vouched(frozen, &|word| word.signature.0[0] ^= 1)),
        refused(&|frozen| vouched(frozen, &|word| word.list.root.0[0] ^= 1)),
        refused(&|frozen| vouched(frozen, &|word| word.list.spent -= 1)),
        // The operator has the round's own key, and makes another result with it.
        refused(&|frozen| sign(frozen, with_text(frozen, "\"cell\":6", "\"cell\":7"))),
    ];
    assert!(forged.iter().all(|problem| matches!(problem, ReleaseRefused::NotVouched(VouchProblem::Signature(_)))), "{forged:?}");
    // Somebody with both keys, whose result counts other answers than the list.
    let elsewhere = |frozen: &mut FrozenWave| {
        let manifest = FrozenManifest::read(frozen.manifest.clone()).unwrap();
        let board = Board::close(&board_key(), &manifest, 12, vec![ReceiptLeaf([1; 32])]).unwrap();
        let signature = holder().sign_opening(&board, &frozen.release);
        frozen.vouched = Some(Vouched { list: (&board).into(), signature });
    };
    assert!(matches!(refused(&elsewhere), ReleaseRefused::OtherCounts));
    // And in a round whose key the operator held nobody else signs.
    let mut solo = frozen(&small("w1"));
    solo.vouched = held_outside().vouched;
    assert!(matches!(solo.check(), Err(ReleaseRefused::NotVouched(VouchProblem::NoKeyHolder))));
}
