//! A respondent's device and the wire it hangs on. It answers as `protocol::Respondent` does; where a flaw of the client is asked for, it does that instead.

use std::fmt::Write as _;
use std::time::Duration;

use protocol::wire::{self, Kind, Request};
use protocol::{
    BallotBytes, BallotNonce, Blinding, CastBallot, CredentialPublicKey, LinkSecret, ManifestHash, SealedBallot, Sha256Digest, ballot_info,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::evidence::Flow;
use crate::flaws::Flaw;
use crate::front::{Front, Issued};
use crate::load::{Device, Tried};
use crate::people::{Person, Row};

/// The wait before a request that got no answer is sent again.
const WAIT: Duration = Duration::from_millis(10);

/// A front between people and the program that keeps nginx's access log, and somebody on the wire before it who notes sizes.
#[derive(Debug)]
pub(crate) struct Wire {
    /// What the operator's own front does beside.
    pub(crate) front: Front,
    pub(crate) access_log: String,
    pub(crate) flows: Vec<Flow>,
    /// What a front reads that ends TLS and logs bodies: from where which ballot number came.
    pub(crate) bodies: Vec<(String, [u8; 32])>,
}

impl Wire {
    pub(crate) fn before(front: Front) -> Self {
        Self { front, access_log: String::new(), flows: Vec::new(), bodies: Vec::new() }
    }

    /// One answered request, in the format `combined`.
    fn note(&mut self, ip: &str, request: &str, sent: usize, received: usize) {
        let now = jiff::Timestamp::now().strftime("%d/%b/%Y:%H:%M:%S +0000");
        writeln!(self.access_log, "{ip} - - [{now}] \"{request} HTTP/1.1\" 200 {received} \"-\" \"Mozilla/5.0\"").unwrap();
        self.flows.push(Flow { ip: ip.to_owned(), sent, received });
    }
}

/// What became of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Visited {
    /// The ballot is in the box, for this group.
    Cast { group: u32 },
    /// The client found the credential wrong and sent nothing.
    Refused,
}

/// One person's visit.
pub(crate) struct Visit<'a> {
    pub(crate) base: &'a str,
    pub(crate) person: &'a Person,
    pub(crate) link: &'a (ManifestHash, LinkSecret),
    pub(crate) row: &'a Row,
    pub(crate) flaw: Option<Flaw>,
    pub(crate) seed: u64,
}

impl Visit<'_> {
    /// Reads the promise sheet, asks for the group, gets a credential, casts the ballot. What gets no answer is sent again, as browsers do.
    pub(crate) fn make(&self, wire: &mut Wire) -> Visited {
        let mut random = StdRng::seed_from_u64(self.seed);
        let (hash, secret) = self.link;
        let device = Device::new(self.base);
        let path = self.base.splitn(4, '/').nth(3).unwrap();
        let respondent = loop {
            match device.manifest(hash) {
                Ok(respondent) => break respondent,
                Err(_) => std::thread::sleep(WAIT),
            }
        };
        let manifest = respondent.manifest().manifest();
        wire.note(&self.person.ip, &format!("GET /{path}/manifest"), 0, respondent.manifest().bytes().len());
        let size = manifest.response_size;
        let post = |wire: &mut Wire, kind, request: &[u8], sent: usize| loop {
            match device.post(kind, request, size) {
                Tried::Answered(answer) => {
                    wire.note(&self.person.ip, &format!("POST /{path}/box"), sent, answer.len());
                    break answer;
                }
                Tried::Later(_) => std::thread::sleep(WAIT),
            }
        };
        let leaf = respondent.leaf_request(secret);
        let group = respondent.verify_leaf(&post(wire, Kind::Leaf, &leaf, leaf.len())).unwrap().leaf.group;
        let info = ballot_info(&respondent.manifest().hash(), group);
        let bytes = self.row.ballot().encode().unwrap();
        let nonce = match self.flaw {
            Some(Flaw::NonceFromLink) => BallotNonce(Sha256Digest::of(secret.as_bytes()).0),
            _ => BallotNonce::generate(&mut random),
        };
        let blinding = Blinding::new(nonce, &mut random).unwrap();
        let ct = match self.flaw {
            Some(Flaw::PlainBallots) => unsealed(&bytes),
            _ => protocol::sealed::seal(&manifest.box_key, &info, &nonce, &bytes, &mut random).unwrap(),
        };
        let by_the_program = |wire: &mut Wire| {
            let issue = Request::Issue { secret: secret.clone(), blinded: blinding.blinded() }.encode();
            let answer = post(wire, Kind::Issue, &issue, issue.len());
            let Ok(wire::Answer::Issue { evaluation, .. }) = wire::Answer::parse(Kind::Issue, &answer, size) else {
                panic!("{}: no credential", self.person.id)
            };
            Issued { evaluation, key: manifest.credential_key }
        };
        // The front hands the request on in any case: at the close the program would miss a credential that it did not issue.
        let own = by_the_program(wire);
        let first = wire.front.issue(&self.person.ip, &blinding.blinded(), &info).unwrap_or(own);
        let unblinded = |issued: &Issued| blinding.finalize(&issued.evaluation, self.key_of(issued, &manifest.credential_key), &info).ok();
        let output = match unblinded(&first) {
            Some(output) => output,
            None if wire.front.refused() => unblinded(&by_the_program(wire)).unwrap(),
            None => return Visited::Refused,
        };
        let mac = output.mac(&ct);
        let redeem = Request::Redeem(wire.front.redeem(CastBallot { nonce, group, mac, ct })).encode();
        let sent = match self.flaw {
            // The front fills up what a client without padding sends, because the program takes nothing else.
            Some(Flaw::Unpadded) => redeem.len() - zeros_at_the_end(bytes.as_slice()),
            _ => redeem.len(),
        };
        let answer = post(wire, Kind::Redeem, &redeem, sent);
        assert!(
            matches!(wire::Answer::parse(Kind::Redeem, &answer, size), Ok(wire::Answer::Redeem { .. })),
            "{}: not taken",
            self.person.id
        );
        wire.bodies.push((self.person.ip.clone(), nonce.0));
        Visited::Cast { group: group.0 }
    }

    /// Under which key the device checks the proof: that of the promise sheet. Whoever does not check takes any key for the right one.
    const fn key_of<'k>(&self, issued: &'k Issued, promised: &'k CredentialPublicKey) -> &'k CredentialPublicKey {
        match self.flaw {
            Some(Flaw::TwoIssuerKeys) => &issued.key,
            _ => promised,
        }
    }
}

/// A ballot in the form of a sealed one with nothing sealed: 32 bytes before it and 16 behind.
fn unsealed(bytes: &BallotBytes) -> SealedBallot {
    SealedBallot::try_from([&[0; 32], bytes.as_slice(), &[0; 16]].concat().as_slice()).unwrap()
}

fn zeros_at_the_end(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| **byte == 0).count()
}
