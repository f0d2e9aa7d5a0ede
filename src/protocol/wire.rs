//! The box endpoint: requests of one size, answers of one size, so that sizes tell nothing.

use domain::GroupId;

use crate::ballot::BallotNonce;
use crate::cast::CastBallot;
use crate::credential::{BallotMac, BlindedElement, Evaluation};
use crate::groups::ProofNode;
use crate::manifest::RESPONSE_OVERHEAD;
use crate::receipt::{BoardSignature, ReceiptLeaf};
use crate::sealed::{SEALED_SIZE, SealedBallot};
use crate::secret::{LinkSecret, StatusHandle};

/// Size of every request in bytes.
pub const REQUEST_SIZE: usize = 4_608;
/// Size of the answer in bytes where no wave, and so no response size, exists.
pub const UNKNOWN_WAVE_RESPONSE_SIZE: u32 = 4_096;
/// The only content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/octet-stream";
/// The first byte of every request and answer.
const VERSION: u8 = 1;
/// The second byte of an answer that gives what was asked for.
const DONE: u8 = 0;
/// The longest inclusion proof that fits into an answer, in nodes: enough for two thousand million groups.
const LONGEST_PROOF: usize = 31;

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Show me my group.
    Leaf,
    /// Give me a credential.
    Issue,
    /// Take my ballot.
    Redeem,
    /// Did you record that I answered?
    Status,
}

impl Kind {
    const fn to_byte(self) -> u8 {
        match self {
            Self::Leaf => 1,
            Self::Issue => 2,
            Self::Redeem => 3,
            Self::Status => 4,
        }
    }
}

/// A request of the box endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Show the group of the link's person, with its proof. Changes nothing.
    Leaf {
        /// The link secret.
        secret: LinkSecret,
    },
    /// Issue the one credential of the link's person.
    Issue {
        /// The link secret.
        secret: LinkSecret,
        /// The blinded ballot number.
        blinded: BlindedElement,
    },
    /// Cast a ballot. It names nobody.
    Redeem(CastBallot),
    /// Show whether the handle's person is recorded as having answered.
    Status {
        /// The status handle.
        handle: StatusHandle,
    },
}

impl Request {
    /// What the request asks for.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Leaf { .. } => Kind::Leaf,
            Self::Issue { .. } => Kind::Issue,
            Self::Redeem(_) => Kind::Redeem,
            Self::Status { .. } => Kind::Status,
        }
    }

    /// Reads a request body.
    ///
    /// # Errors
    /// [`Outcome::Malformed`] unless the body has exactly [`REQUEST_SIZE`] bytes, a known version and kind, and zeros to the end.
    pub fn parse(body: &[u8]) -> Result<Self, Outcome> {
        if body.len() != REQUEST_SIZE {
            return Err(Outcome::Malformed);
        }
        let mut reader = Reader(body);
        Self::read(&mut reader)
            .filter(|_| reader.only_zeros_left())
            .ok_or(Outcome::Malformed)
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.byte()? != VERSION {
            return None;
        }
        Some(match reader.byte()? {
            1 => Self::Leaf {
                secret: LinkSecret::from_bytes(reader.take()?),
            },
            2 => Self::Issue {
                secret: LinkSecret::from_bytes(reader.take()?),
                blinded: BlindedElement(reader.take()?),
            },
            3 => Self::Redeem(CastBallot {
                group: GroupId(reader.number()?),
                nonce: BallotNonce(reader.take()?),
                mac: BallotMac(reader.take()?),
                ct: SealedBallot::try_from(reader.slice(SEALED_SIZE)?).ok()?,
            }),
            4 => Self::Status {
                handle: StatusHandle::from_bytes(reader.take()?),
            },
            _ => return None,
        })
    }

    /// The request body of [`REQUEST_SIZE`] bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(REQUEST_SIZE);
        body.extend([VERSION, self.kind().to_byte()]);
        match self {
            Self::Leaf { secret } => body.extend(secret.as_bytes()),
            Self::Issue { secret, blinded } => {
                body.extend(secret.as_bytes());
                body.extend(blinded.0);
            }
            Self::Redeem(cast) => {
                body.extend(cast.group.0.to_be_bytes());
                body.extend(cast.nonce.0);
                body.extend(cast.mac.0);
                body.extend(cast.ct.as_slice());
            }
            Self::Status { handle } => body.extend(handle.as_bytes()),
        }
        body.resize(REQUEST_SIZE, 0);
        body
    }
}

/// Why a request was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Outcome {
    /// The request is malformed.
    #[error("the request is malformed")]
    Malformed,
    /// This link is not known in this wave.
    #[error("this link is not known in this round")]
    UnknownLink,
    /// A credential was already issued for this link's person with another blinded element.
    #[error("this link was already used")]
    AlreadyIssued,
    /// The wave takes no answers: not open yet, closed, or ended.
    #[error("the round takes no answers now")]
    NotOpen,
    /// The credential does not fit: wrong group or wrong MAC.
    #[error("the credential does not fit")]
    WrongCredential,
    /// This nonce was already spent with another ballot.
    #[error("this credential was already used for another ballot")]
    AlreadySpent,
    /// Busy; the `Retry-After` header says when to try again.
    #[error("the server is busy; try again shortly")]
    Busy,
    /// No such wave.
    #[error("there is no such round")]
    UnknownWave,
    /// An internal error.
    #[error("the server could not answer")]
    Internal,
    /// Too many requests.
    #[error("too many requests; try again later")]
    TooManyRequests,
}

impl Outcome {
    /// Every outcome, in the order of their bytes from 1.
    pub const ALL: [Self; 10] = [
        Self::Malformed,
        Self::UnknownLink,
        Self::AlreadyIssued,
        Self::NotOpen,
        Self::WrongCredential,
        Self::AlreadySpent,
        Self::Busy,
        Self::UnknownWave,
        Self::Internal,
        Self::TooManyRequests,
    ];

    /// The byte on the wire, 1 to 10.
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::UnknownLink => 2,
            Self::AlreadyIssued => 3,
            Self::NotOpen => 4,
            Self::WrongCredential => 5,
            Self::AlreadySpent => 6,
            Self::Busy => 7,
            Self::UnknownWave => 8,
            Self::Internal => 9,
            Self::TooManyRequests => 10,
        }
    }

    /// Reads [`Self::to_byte`] back.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.to_byte() == byte)
    }

    /// The HTTP status that goes with the outcome. (A wrong method, content type or size has its own: 405, 415, 413.)
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::UnknownLink | Self::WrongCredential => 403,
            Self::AlreadyIssued | Self::AlreadySpent => 409,
            Self::NotOpen => 410,
            Self::Busy => 503,
            Self::UnknownWave => 404,
            Self::Internal => 500,
            Self::TooManyRequests => 429,
        }
    }
}

/// The answer to [`Request::Leaf`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafAnswer {
    /// Whether a credential was already issued to the link's person.
    pub used: bool,
    /// The person's group.
    pub group: GroupId,
    /// Number of groups in the list.
    pub groups: u32,
    /// The inclusion proof.
    pub proof: Vec<ProofNode>,
    /// The padded document of the group.
    pub document: Vec<u8>,
}

/// An answer of the box endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Request::Leaf`].
    Leaf(LeafAnswer),
    /// To [`Request::Issue`].
    Issue {
        /// The group for which the credential was issued.
        group: GroupId,
        /// The evaluation with its proof.
        evaluation: Evaluation,
    },
    /// To [`Request::Redeem`].
    Redeem {
        /// The ballot's leaf.
        leaf: ReceiptLeaf,
        /// The receipt's signature.
        signature: BoardSignature,
    },
    /// To [`Request::Status`].
    Status {
        /// Whether the person is recorded as having answered.
        answered: bool,
    },
    /// To any request that was not done.
    Refused(Outcome),
}

/// An answer that is not as this wave's answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server's answer does not have the form that this round's answers have")]
pub struct InvalidAnswer;

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        Self::Refused(outcome)
    }
}

impl Answer {
    /// The HTTP status that goes with the answer.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::Refused(outcome) => outcome.http_status(),
            _ => 200,
        }
    }

    /// The answer in exactly `response_size` bytes.
    ///
    /// # Errors
    /// [`InvalidAnswer`] when it does not fit: a document that is not of the wave's size, or a response size of another wave.
    pub fn encode(&self, response_size: u32) -> Result<Vec<u8>, InvalidAnswer> {
        let size = usize::try_from(response_size).map_err(|_| InvalidAnswer)?;
        let mut body = Vec::with_capacity(size);
        body.push(VERSION);
        match self {
            Self::Leaf(answer) => {
                let nodes = u8::try_from(answer.proof.len()).map_err(|_| InvalidAnswer)?;
                if answer.proof.len() > LONGEST_PROOF
                    || Some(answer.document.len()) != document_size(response_size)
                {
                    return Err(InvalidAnswer);
                }
                body.extend([DONE, u8::from(answer.used)]);
                body.extend(answer.group.0.to_be_bytes());
                body.extend(answer.groups.to_be_bytes());
                body.push(nodes);
                body.extend(answer.proof.as_flattened());
                body.extend(&answer.document);
            }
            Self::Issue { group, evaluation } => {
                body.push(DONE);
                body.extend(group.0.to_be_bytes());
                body.extend(evaluation.evaluated);
                body.extend(evaluation.c);
                body.extend(evaluation.s);
            }
            Self::Redeem { leaf, signature } => {
                body.push(DONE);
                body.extend(leaf.0);
                body.extend(signature.0);
            }
            Self::Status { answered } => body.extend([DONE, u8::from(*answered)]),
            Self::Refused(outcome) => body.push(outcome.to_byte()),
        }
        if body.len() > size {
            return Err(InvalidAnswer);
        }
        body.resize(size, 0);
        Ok(body)
    }

    /// Reads the answer to a request of a kind.
    ///
    /// # Errors
    /// [`InvalidAnswer`] for another size, an unknown version or outcome, or anything behind the payload.
    pub fn parse(kind: Kind, body: &[u8], response_size: u32) -> Result<Self, InvalidAnswer> {
        if usize::try_from(response_size) != Ok(body.len()) {
            return Err(InvalidAnswer);
        }
        let mut reader = Reader(body);
        Self::read(kind, &mut reader, response_size)
            .filter(|_| reader.only_zeros_left())
            .ok_or(InvalidAnswer)
    }

    fn read(kind: Kind, reader: &mut Reader<'_>, response_size: u32) -> Option<Self> {
        if reader.byte()? != VERSION {
            return None;
        }
        let outcome = reader.byte()?;
        if outcome != DONE {
            return Outcome::from_byte(outcome).map(Self::Refused);
        }
        Some(match kind {
            Kind::Leaf => Self::Leaf(LeafAnswer {
                used: reader.flag()?,
                group: GroupId(reader.number()?),
                groups: reader.number()?,
                proof: {
                    let nodes = usize::from(reader.byte()?);
                    reader
                        .slice(nodes * size_of::<ProofNode>())?
                        .as_chunks()
                        .0
                        .to_vec()
                },
                document: reader.slice(document_size(response_size)?)?.to_vec(),
            }),
            Kind::Issue => Self::Issue {
                group: GroupId(reader.number()?),
                evaluation: Evaluation {
                    evaluated: reader.take()?,
                    c: reader.take()?,
                    s: reader.take()?,
                },
            },
            Kind::Redeem => Self::Redeem {
                leaf: ReceiptLeaf(reader.take()?),
                signature: BoardSignature(reader.take()?),
            },
            Kind::Status => Self::Status {
                answered: reader.flag()?,
            },
        })
    }
}

/// The size of a group document in a wave whose answers have `response_size` bytes.
fn document_size(response_size: u32) -> Option<usize> {
    usize::try_from(response_size.checked_sub(RESPONSE_OVERHEAD)?).ok()
}

/// Takes bytes off the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(front)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.slice(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.take().map(|[byte]: [u8; 1]| byte)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn only_zeros_left(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    const RESPONSE_SIZE: u32 = 1_280;

    fn request() -> impl Strategy<Value = Request> {
        let secret = || any::<[u8; 10]>().prop_map(LinkSecret::from_bytes);
        prop_oneof![
            secret().prop_map(|secret| Request::Leaf { secret }),
            (secret(), any::<[u8; 32]>()).prop_map(|(secret, blinded)| Request::Issue {
                secret,
                blinded: BlindedElement(blinded)
            }),
            (
                any::<u32>(),
                any::<[u8; 32]>(),
                any::<[u8; 32]>(),
                any::<u8>()
            )
                .prop_map(|(group, nonce, mac, ct)| {
                    Request::Redeem(CastBallot {
                        group: GroupId(group),
                        nonce: BallotNonce(nonce),
                        mac: BallotMac(mac),
                        ct: SealedBallot::try_from([ct; SEALED_SIZE].as_slice()).unwrap(),
                    })
                }),
            any::<[u8; 10]>().prop_map(|handle| Request::Status {
                handle: StatusHandle::from_bytes(handle)
            }),
        ]
    }

    fn answer() -> impl Strategy<Value = (Kind, Answer)> {
        let node = any::<[u8; 32]>();
        let leaf = (
            any::<bool>(),
            any::<u32>(),
            any::<u32>(),
            prop::collection::vec(node, 0..=LONGEST_PROOF),
            any::<u8>(),
        )
            .prop_map(|(used, group, groups, proof, byte)| {
                let document = vec![byte; document_size(RESPONSE_SIZE).unwrap()];
                (
                    Kind::Leaf,
                    Answer::Leaf(LeafAnswer {
                        used,
                        group: GroupId(group),
                        groups,
                        proof,
                        document,
                    }),
                )
            });
        let issue =
            (any::<u32>(), any::<[[u8; 32]; 3]>()).prop_map(|(group, [evaluated, c, s])| {
                (
                    Kind::Issue,
                    Answer::Issue {
                        group: GroupId(group),
                        evaluation: Evaluation { evaluated, c, s },
                    },
                )
            });
        let redeem = (any::<[u8; 32]>(), any::<u8>()).prop_map(|(leaf, byte)| {
            (
                Kind::Redeem,
                Answer::Redeem {
                    leaf: ReceiptLeaf(leaf),
                    signature: BoardSignature([byte; 64]),
                },
            )
        });
        let status = any::<bool>().prop_map(|answered| (Kind::Status, Answer::Status { answered }));
        let kind = prop::sample::select(vec![Kind::Leaf, Kind::Issue, Kind::Redeem, Kind::Status]);
        let refused = (kind, prop::sample::select(Outcome::ALL.to_vec()))
            .prop_map(|(kind, outcome)| (kind, Answer::Refused(outcome)));
        prop_oneof![leaf, issue, redeem, status, refused]
    }

    /// Random bytes of the right size that get past the first two bytes often enough.
    fn body(size: usize) -> impl Strategy<Value = Vec<u8>> {
        (
            0u8..=2,
            0u8..=11,
            prop::collection::vec(any::<u8>(), 0..200),
            any::<bool>(),
        )
            .prop_map(move |(version, kind, rest, padded)| {
                let mut body = [vec![version, kind], rest].concat();
                if padded {
                    body.resize(size, 0);
                }
                body
            })
    }

    proptest! {
        #[test]
        fn a_request_reads_back_as_written(request in request()) {
            let body = request.encode();
            prop_assert_eq!(body.len(), REQUEST_SIZE);
            prop_assert_eq!(Request::parse(&body), Ok(request));
        }

        #[test]
        fn an_answer_reads_back_as_written((kind, answer) in answer()) {
            let body = answer.encode(RESPONSE_SIZE).unwrap();
            prop_assert_eq!(body.len(), RESPONSE_SIZE as usize);
            prop_assert_eq!(Answer::parse(kind, &body, RESPONSE_SIZE), Ok(answer));
        }

        #[test]
        fn no_bytes_make_parsing_panic_and_what_parses_has_one_form(body in body(REQUEST_SIZE), answer in body(RESPONSE_SIZE as usize)) {
            if let Ok(request) = Request::parse(&body) {
                prop_assert_eq!(request.encode(), body);
            }
            for kind in [Kind::Leaf, Kind::Issue, Kind::Redeem, Kind::Status] {
                if let Ok(parsed) = Answer::parse(kind, &answer, RESPONSE_SIZE) {
                    prop_assert_eq!(parsed.encode(RESPONSE_SIZE).unwrap(), answer.clone());
                }
            }
        }

        #[test]
        fn anything_behind_the_payload_spoils_a_request(request in request(), place in 0usize..300, byte in 1u8..) {
            let mut body = request.encode();
            body[REQUEST_SIZE - 1 - place] = byte;
            prop_assert_eq!(Request::parse(&body), Err(Outcome::Malformed));
        }
    }

    #[test]
    fn another_size_version_or_kind_is_malformed() {
        let body = Request::Leaf {
            secret: LinkSecret::from_bytes([7; 10]),
        }
        .encode();
        assert_eq!(Request::parse(&[]), Err(Outcome::Malformed));
        assert_eq!(Request::parse(&body[1..]), Err(Outcome::Malformed));
        assert_eq!(
            Request::parse(&[body.as_slice(), &[0]].concat()),
            Err(Outcome::Malformed)
        );
        for (place, byte) in [(0, 0), (0, 2), (1, 0), (1, 5)] {
            let mut body = body.clone();
            body[place] = byte;
            assert_eq!(Request::parse(&body), Err(Outcome::Malformed));
        }
    }

    #[test]
    fn an_answer_that_does_not_fit_the_wave_is_not_sent() {
        let leaf = |proof, document| {
            Answer::Leaf(LeafAnswer {
                used: false,
                group: GroupId(0),
                groups: 1,
                proof: vec![[0; 32]; proof],
                document: vec![b' '; document],
            })
        };
        assert!(leaf(LONGEST_PROOF, 256).encode(RESPONSE_SIZE).is_ok());
        assert_eq!(
            leaf(LONGEST_PROOF + 1, 256).encode(RESPONSE_SIZE),
            Err(InvalidAnswer)
        );
        assert_eq!(leaf(0, 128).encode(RESPONSE_SIZE), Err(InvalidAnswer));
        assert_eq!(
            Answer::Status { answered: true }.encode(2),
            Err(InvalidAnswer)
        );
    }

    #[test]
    fn outcomes_read_back_from_their_bytes() {
        for (byte, outcome) in (1..).zip(Outcome::ALL) {
            assert_eq!(
                (outcome.to_byte(), Outcome::from_byte(byte)),
                (byte, Some(outcome))
            );
        }
        assert_eq!(
            (Outcome::from_byte(0), Outcome::from_byte(11)),
            (None, None)
        );
    }
}
