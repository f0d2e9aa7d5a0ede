//! The bundle reads back, and the ballots in it carry their credentials.

use domain::GroupId;
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::{BallotNonce, Board, SealedBallot, ballot_info};

use crate::given::Given;

fn bundle(given: &Given) -> Bundle {
    let cast = |n: u8| {
        let (group, nonce) = (GroupId(u32::from(n % 5)), BallotNonce([n; 32]));
        let ct = SealedBallot::try_from([n; 4144].as_slice()).unwrap();
        let info = ballot_info(&given.manifest.hash(), group);
        let mac = given.credential_key.output(&nonce.0, &info).unwrap().mac(&ct);
        CastBallot { nonce, group, mac, ct }
    };
    let ballots: Vec<_> = (0..9).map(cast).collect();
    let leaves = ballots.iter().map(CastBallot::leaf).collect();
    Bundle {
        format: BundleFormat,
        manifest: given.manifest.bytes().to_vec(),
        instrument: b"instrument".to_vec(),
        groups: given.groups.leaves().to_vec(),
        issued: vec![2, 2, 2, 2, 2],
        ballots,
        credential_key: given.credential_key.clone(),
        board: Board::close(&given.board_key, &given.manifest, 10, leaves).unwrap(),
    }
}

#[test]
fn a_bundle_reads_back_as_written() {
    let given = Given::new();
    let bundle = bundle(&given);
    let json = bundle.to_json().unwrap();
    let read = Bundle::from_json(&json).unwrap();
    assert!(read == bundle);
    assert_eq!(read.to_json().unwrap(), json);
    assert!(read.ballots.iter().all(|ballot| ballot.has_credential(&read.credential_key, &given.manifest.hash())));
    assert!(read.ballots.iter().all(|ballot| read.board.contains(&ballot.leaf())));
}

#[test]
fn a_ballot_moved_to_another_group_has_no_credential() {
    let given = Given::new();
    let mut ballot = bundle(&given).ballots[0].clone();
    ballot.group = GroupId(1);
    assert!(!ballot.has_credential(&given.credential_key, &given.manifest.hash()));
}

#[test]
fn a_bundle_that_was_cut_or_has_unknown_fields_is_refused() {
    let json = String::from_utf8(bundle(&Given::new()).to_json().unwrap().to_vec()).unwrap();
    assert!(Bundle::from_json(&json.as_bytes()[..json.len() - 1]).is_err());
    assert!(Bundle::from_json(json.replacen("\"issued\"", "\"time\":1,\"issued\"", 1).as_bytes()).is_err());
    assert!(Bundle::from_json(json.replacen("bundle/1", "bundle/2", 1).as_bytes()).is_err());
}

#[test]
fn bundles_and_ballots_print_nothing_of_their_content() {
    let bundle = bundle(&Given::new());
    assert_eq!(format!("{bundle:?}"), "Bundle(…)");
    let ballot = format!("{:?}", bundle.ballots[0]);
    assert_eq!(ballot, "CastBallot { nonce: BallotNonce(…), group: GroupId(0), mac: BallotMac(…), ct: SealedBallot(…) }");
    assert_eq!(format!("{:?}", bundle.credential_key), "CredentialKey(…)");
}
