//! The exchange between a respondent and a server that keeps everything in memory, honest and dishonest.

use std::collections::BTreeMap;

use domain::{GroupId, WaveId};
use protocol::ballot::{Ballot, Level};
use protocol::credential::{BlindedHash, CredentialProblem};
use protocol::wire::{Answer, InvalidAnswer, LeafAnswer, Outcome, Request};
use protocol::{
    BallotNonce, CastBallot, CredentialKey, FrozenManifest, GroupList, LinkSecret, OwnGroup, Respondent, RespondentProblem, SecretHash,
    ballot_info,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::given::{Given, group_leaves};

/// Both sides of a server, in memory, with the rules of the box endpoint.
struct Server {
    given: Given,
    rng: StdRng,
    people: BTreeMap<SecretHash, (GroupId, Option<BlindedHash>)>,
    spent: BTreeMap<BallotNonce, CastBallot>,
}

impl Server {
    fn new() -> Self {
        Self { given: Given::new(), rng: StdRng::seed_from_u64(1), people: BTreeMap::new(), spent: BTreeMap::new() }
    }

    fn wave(&self) -> &WaveId {
        &self.given.manifest.manifest().wave
    }

    fn invite(&mut self, group: u32) -> LinkSecret {
        let secret = LinkSecret::generate(&mut self.rng);
        self.people.insert(secret.hash(self.wave()), (GroupId(group), None));
        secret
    }

    fn handle(&mut self, body: &[u8]) -> Vec<u8> {
        let answer = Request::parse(body).and_then(|request| self.answer(request)).unwrap_or_else(Answer::from);
        self.encode(&answer)
    }

    fn encode(&self, answer: &Answer) -> Vec<u8> {
        answer.encode(self.given.manifest.manifest().response_size).unwrap()
    }

    fn answer(&mut self, request: Request) -> Result<Answer, Outcome> {
        let (hash, wave) = (self.given.manifest.hash(), self.wave().clone());
        match request {
            Request::Leaf { secret } => {
                let (group, issued) = self.people.get(&secret.hash(&wave)).ok_or(Outcome::UnknownLink)?;
                Ok(Answer::Leaf(self.leaf(*group, issued.is_some())))
            }
            Request::Issue { secret, blinded } => {
                let (group, issued) = self.people.get_mut(&secret.hash(&wave)).ok_or(Outcome::UnknownLink)?;
                if issued.is_some_and(|before| before != blinded.hash()) {
                    return Err(Outcome::AlreadyIssued);
                }
                let info = ballot_info(&hash, *group);
                let evaluation = self.given.credential_key.evaluate(&blinded.0, &info, &mut self.rng);
                let evaluation = evaluation.map_err(|_| Outcome::Malformed)?;
                *issued = Some(blinded.hash());
                Ok(Answer::Issue { group: *group, evaluation })
            }
            Request::Redeem(cast) => {
                if !cast.has_credential(&self.given.credential_key, &hash) {
                    return Err(Outcome::WrongCredential);
                }
                let stored = self.spent.entry(cast.nonce).or_insert_with(|| cast.clone());
                if stored.ct != cast.ct {
                    return Err(Outcome::AlreadySpent);
                }
                let leaf = cast.leaf();
                Ok(Answer::Redeem { leaf, signature: self.given.board_key.sign_receipt(&hash, &leaf) })
            }
            Request::Status { .. } => Err(Outcome::UnknownLink),
            // The box of this server is never shut.
            Request::Objection { .. } => Err(Outcome::NotOpen),
        }
    }

    fn leaf(&self, group: GroupId, used: bool) -> LeafAnswer {
        let list = &self.given.groups;
        let (proof, document) = (list.proof(group).unwrap(), list.document(group).unwrap());
        LeafAnswer { used, group, groups: list.groups(), proof, document }
    }

    fn respondent(&self) -> Respondent {
        Respondent::open(self.given.manifest.bytes().to_vec(), &self.given.manifest.hash()).unwrap()
    }
}

fn ballot() -> Ballot {
    Ballot { level: Level::Unit, answers: vec![protocol::Answer::Point(5), protocol::Answer::Blank], comments: vec![] }
}

/// The ballot that a request body casts.
fn cast(body: &[u8]) -> CastBallot {
    match Request::parse(body) {
        Ok(Request::Redeem(cast)) => cast,
        other => panic!("expected a ballot to cast, not {other:?}"),
    }
}

/// A server with one invited person in group 3 who has checked that group.
fn invited() -> (Server, Respondent, LinkSecret, OwnGroup) {
    let mut server = Server::new();
    let secret = server.invite(3);
    let respondent = server.respondent();
    let own = respondent.verify_leaf(&server.handle(&respondent.leaf_request(&secret))).unwrap();
    (server, respondent, secret, own)
}

#[test]
fn a_ballot_travels_from_the_link_to_the_opened_box() {
    let (mut server, respondent, secret, own) = invited();
    assert_eq!((own.leaf.group, own.leaf.invited, own.used), (GroupId(3), 11, false));
    assert_eq!(own.hash, server.given.groups.leaf_hash(GroupId(3)).unwrap());

    let prepared = respondent.prepare(&secret, &own, &ballot(), &mut StdRng::seed_from_u64(9)).unwrap();
    let issued = server.handle(&prepared.issue_request());
    let redeemed = server.handle(&prepared.redeem_request(&issued).unwrap());
    let receipt = prepared.receipt(&redeemed).unwrap();
    receipt.verify(&server.given.manifest).unwrap();

    let cast = server.spent.values().next().unwrap();
    assert_eq!(cast.leaf(), receipt.leaf);
    let info = ballot_info(&server.given.manifest.hash(), cast.group);
    let opened = server.given.box_key.open(&info, &cast.nonce, &cast.ct).unwrap();
    assert!(Ballot::decode(opened.as_slice(), &protocol::BallotForm { points: vec![7, 7], longest: vec![] }).unwrap() == ballot());
}

#[test]
fn after_a_lost_answer_every_step_can_be_sent_again_and_counts_once() {
    let (mut server, respondent, secret, own) = invited();
    let prepared = respondent.prepare(&secret, &own, &ballot(), &mut StdRng::seed_from_u64(9)).unwrap();
    server.handle(&prepared.issue_request());
    let issued = server.handle(&prepared.issue_request());
    let redeem = prepared.redeem_request(&issued).unwrap();
    let first = prepared.receipt(&server.handle(&redeem)).unwrap();
    let issued_again = server.handle(&prepared.issue_request());
    let again = prepared.receipt(&server.handle(&prepared.redeem_request(&issued_again).unwrap())).unwrap();
    assert_eq!(again, first);
    assert_eq!(server.spent.len(), 1);
}

#[test]
fn a_second_device_is_refused_and_sees_that_the_link_was_used() {
    let (mut server, respondent, secret, own) = invited();
    let rng = &mut StdRng::seed_from_u64(9);
    let [first, second] = [(); 2].map(|()| respondent.prepare(&secret, &own, &ballot(), rng).unwrap());
    first.redeem_request(&server.handle(&first.issue_request())).unwrap();
    let refused = second.redeem_request(&server.handle(&second.issue_request()));
    assert!(matches!(refused, Err(RespondentProblem::Refused(Outcome::AlreadyIssued))));
    let seen = respondent.verify_leaf(&server.handle(&respondent.leaf_request(&secret))).unwrap();
    assert!(seen.used);
}

#[test]
fn an_unknown_link_is_refused() {
    let (mut server, respondent, ..) = invited();
    let answer = server.handle(&respondent.leaf_request(&LinkSecret::from_bytes([0; 10])));
    assert!(matches!(respondent.verify_leaf(&answer), Err(RespondentProblem::Refused(Outcome::UnknownLink))));
}

#[test]
fn a_swapped_ballot_and_a_borrowed_group_or_number_are_refused() {
    let (mut server, respondent, secret, own) = invited();
    let colleague = server.invite(3);
    let rng = &mut StdRng::seed_from_u64(9);
    let [mine, theirs] = [&secret, &colleague].map(|secret| {
        let prepared = respondent.prepare(secret, &own, &ballot(), rng).unwrap();
        let issued = server.handle(&prepared.issue_request());
        cast(&prepared.redeem_request(&issued).unwrap())
    });
    for forged in [
        CastBallot { ct: theirs.ct.clone(), ..mine.clone() },
        CastBallot { nonce: theirs.nonce, ..mine.clone() },
        CastBallot { mac: theirs.mac, ..mine.clone() },
        CastBallot { group: GroupId(2), ..mine.clone() },
    ] {
        assert_eq!(server.answer(Request::Redeem(forged)), Err(Outcome::WrongCredential));
    }
    assert!(server.spent.is_empty());
    assert!(server.answer(Request::Redeem(mine)).is_ok());
}

#[test]
fn a_second_ballot_under_one_credential_is_refused() {
    let (mut server, respondent, secret, own) = invited();
    let rng = &mut StdRng::seed_from_u64(9);
    let prepared = respondent.prepare(&secret, &own, &ballot(), rng).unwrap();
    let body = prepared.redeem_request(&server.handle(&prepared.issue_request())).unwrap();
    server.handle(&body);
    let cast = cast(&body);
    // Whoever holds the credential can make a valid MAC for another ballot; the spent set stops it.
    let info = ballot_info(&server.given.manifest.hash(), cast.group);
    let key = server.given.manifest.manifest().box_key;
    let ct = protocol::sealed::seal(&key, &info, &cast.nonce, &ballot().encode().unwrap(), rng).unwrap();
    let mac = server.given.credential_key.output(&cast.nonce.0, &info).unwrap().mac(&ct);
    assert_eq!(server.answer(Request::Redeem(CastBallot { ct, mac, ..cast })), Err(Outcome::AlreadySpent));
}

#[test]
fn a_server_that_tags_its_key_gets_no_ballot() {
    let (mut server, respondent, secret, own) = invited();
    let prepared = respondent.prepare(&secret, &own, &ballot(), &mut StdRng::seed_from_u64(9)).unwrap();
    server.given.credential_key = CredentialKey::generate(&mut StdRng::seed_from_u64(77)).unwrap();
    let tagged = prepared.redeem_request(&server.handle(&prepared.issue_request()));
    assert!(matches!(tagged, Err(RespondentProblem::Credential(CredentialProblem::Proof))));
}

#[test]
fn a_server_that_issues_for_another_group_gets_no_ballot() {
    let (mut server, respondent, secret, own) = invited();
    let prepared = respondent.prepare(&secret, &own, &ballot(), &mut StdRng::seed_from_u64(9)).unwrap();
    server.people.insert(secret.hash(server.wave()), (GroupId(0), None));
    let issued = server.handle(&prepared.issue_request());
    assert!(matches!(prepared.redeem_request(&issued), Err(RespondentProblem::OtherGroup)));
    // It may also lie about the group it issued for; then the proof fails.
    let Ok(Answer::Issue { evaluation, .. }) =
        Answer::parse(protocol::wire::Kind::Issue, &issued, respondent.manifest().manifest().response_size)
    else {
        panic!("an issue answer")
    };
    let lie = server.encode(&Answer::Issue { group: GroupId(3), evaluation });
    assert!(matches!(prepared.redeem_request(&lie), Err(RespondentProblem::Credential(CredentialProblem::Proof))));
}

#[test]
fn a_group_that_is_not_in_the_promised_list_is_refused() {
    let (server, respondent, ..) = invited();
    let refused = |leaf: LeafAnswer| {
        let answer = server.encode(&Answer::Leaf(leaf));
        assert!(matches!(respondent.verify_leaf(&answer), Err(RespondentProblem::Group)));
    };
    let honest = || server.leaf(GroupId(3), false);
    let smaller = String::from_utf8(honest().document).unwrap().replace("\"invited\":11", "\"invited\":1 ");
    refused(LeafAnswer { document: smaller.into_bytes(), ..honest() });
    refused(LeafAnswer { group: GroupId(2), ..honest() });
    refused(LeafAnswer { groups: 6, ..honest() });
    refused(LeafAnswer { document: server.leaf(GroupId(2), false).document, ..honest() });
    refused(LeafAnswer { proof: vec![], ..honest() });
    refused(LeafAnswer { document: vec![b' '; honest().document.len()], ..honest() });
}

#[test]
fn a_group_of_one_is_refused_even_where_the_manifest_holds_it() {
    let mut server = Server::new();
    let mut leaves = group_leaves(5);
    leaves[3].invited = 1;
    let mut manifest = server.given.manifest.manifest().clone();
    server.given.groups = GroupList::freeze(leaves).unwrap();
    (manifest.groups_root, manifest.invited) = (server.given.groups.root(), server.given.groups.invited());
    server.given.manifest = FrozenManifest::freeze(manifest).unwrap();
    let answer = server.encode(&Answer::Leaf(server.leaf(GroupId(3), false)));
    assert!(matches!(server.respondent().verify_leaf(&answer), Err(RespondentProblem::Group)));
}

#[test]
fn a_manifest_that_is_not_the_one_of_the_link_is_refused() {
    let given = Given::new();
    let mut changed = given.manifest.manifest().clone();
    changed.nonce.0[0] ^= 1;
    let changed = FrozenManifest::freeze(changed).unwrap();
    let opened = Respondent::open(changed.bytes().to_vec(), &given.manifest.hash());
    assert!(matches!(opened, Err(RespondentProblem::OtherManifest)));
}

#[test]
fn a_receipt_for_another_ballot_or_from_another_key_is_refused() {
    let (mut server, respondent, secret, own) = invited();
    let rng = &mut StdRng::seed_from_u64(9);
    let [mine, other] = [(); 2].map(|()| respondent.prepare(&secret, &own, &ballot(), rng).unwrap());
    let redeem = mine.redeem_request(&server.handle(&mine.issue_request())).unwrap();
    let answer = server.handle(&redeem);
    assert!(matches!(other.receipt(&answer), Err(RespondentProblem::Receipt)));
    let mut forged = answer.clone();
    forged[2 + 32 + 10] ^= 1;
    assert!(matches!(mine.receipt(&forged), Err(RespondentProblem::Receipt)));
    assert!(mine.receipt(&answer).is_ok());
}

#[test]
fn an_answer_of_another_size_is_refused() {
    let (mut server, respondent, secret, _) = invited();
    let mut answer = server.handle(&respondent.leaf_request(&secret));
    answer.push(0);
    assert!(matches!(respondent.verify_leaf(&answer), Err(RespondentProblem::Answer(InvalidAnswer))));
}

#[test]
fn ballot_number_blind_and_sealing_owe_nothing_to_the_link() {
    let (_, respondent, secret, own) = invited();
    let prepare = |secret: &LinkSecret, seed| {
        let prepared = respondent.prepare(secret, &own, &ballot(), &mut StdRng::seed_from_u64(seed)).unwrap();
        match Request::parse(&prepared.issue_request()) {
            Ok(Request::Issue { blinded, .. }) => blinded,
            other => panic!("expected an issue request, not {other:?}"),
        }
    };
    assert_ne!(prepare(&secret, 1), prepare(&secret, 2), "the same link, other randomness");
    assert_eq!(prepare(&secret, 1), prepare(&LinkSecret::from_bytes([0; 10]), 1), "another link, the same randomness");
}
