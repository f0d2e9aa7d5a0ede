//! What the box endpoint answers.

use domain::GroupId;

use super::{Kind, Outcome, Reader, VERSION};
use crate::bytes::fixed_bytes;
use crate::credential::Evaluation;
use crate::groups::ProofNode;
use crate::manifest::RESPONSE_OVERHEAD;
use crate::receipt::{BoardSignature, ReceiptLeaf};

/// The second byte of an answer that gives what was asked for.
const DONE: u8 = 0;
/// The longest inclusion proof that fits into an answer, in nodes: enough for two thousand million groups.
pub(super) const LONGEST_PROOF: usize = 31;

/// The answer to [`Request::Leaf`](super::Request::Leaf).
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

fixed_bytes!(
    /// The code in the address under which the people of a group read its result: of a group, and the same for all its members.
    ReadCode, 16, "a read code", base64url, hidden
);

/// Where a wave is after its close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The list of counted answers is public, and nothing is opened yet.
    Closed,
    /// The answers were opened, and the result is not public yet.
    Opened,
    /// The result is public.
    Published,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Closed, Self::Opened, Self::Published];

    const fn to_byte(self) -> u8 {
        match self {
            Self::Closed => 1,
            Self::Opened => 2,
            Self::Published => 3,
        }
    }
}

/// The answer to [`Request::Status`](super::Request::Status).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusAnswer {
    /// Whether the person is recorded as having answered.
    pub answered: bool,
    /// Where the wave is.
    pub stage: Stage,
    /// When it stopped taking answers, in seconds since 1970; the dates of the schedule count from here.
    pub closed_at: u64,
    /// When the result was published, in seconds since 1970; 0 before that.
    pub published_at: u64,
    /// The code of the person's group, once the result is published and where the groups read theirs.
    pub read_code: Option<ReadCode>,
}

/// An answer of the box endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Request::Leaf`](super::Request::Leaf).
    Leaf(LeafAnswer),
    /// To [`Request::Issue`](super::Request::Issue).
    Issue {
        /// The group for which the credential was issued.
        group: GroupId,
        /// The evaluation with its proof.
        evaluation: Evaluation,
    },
    /// To [`Request::Redeem`](super::Request::Redeem).
    Redeem {
        /// The ballot's leaf.
        leaf: ReceiptLeaf,
        /// The receipt's signature.
        signature: BoardSignature,
    },
    /// To [`Request::Status`](super::Request::Status).
    Status(StatusAnswer),
    /// To [`Request::Objection`](super::Request::Objection).
    Objection {
        /// Whether the receipt is on the board, so that there is nothing to object to; otherwise the objection is counted.
        on_board: bool,
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
                if answer.proof.len() > LONGEST_PROOF || Some(answer.document.len()) != document_size(response_size) {
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
            Self::Status(status) => {
                body.extend([DONE, u8::from(status.answered), status.stage.to_byte()]);
                body.extend(status.closed_at.to_be_bytes());
                body.extend(status.published_at.to_be_bytes());
                body.push(u8::from(status.read_code.is_some()));
                body.extend(status.read_code.unwrap_or(ReadCode([0; 16])).0);
            }
            Self::Objection { on_board } => body.extend([DONE, u8::from(*on_board)]),
            Self::Refused(outcome) => body.extend([outcome.to_byte(), u8::from(*outcome == Outcome::Ended)]),
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
        Self::read(kind, &mut reader, response_size).filter(|_| reader.only_zeros_left()).ok_or(InvalidAnswer)
    }

    fn read(kind: Kind, reader: &mut Reader<'_>, response_size: u32) -> Option<Self> {
        if reader.byte()? != VERSION {
            return None;
        }
        let outcome = reader.byte()?;
        if outcome != DONE {
            let outcome = match Outcome::from_byte(outcome)? {
                Outcome::NotOpen if reader.flag()? => Outcome::Ended,
                other => other,
            };
            return Some(Self::Refused(outcome));
        }
        Some(match kind {
            Kind::Leaf => Self::Leaf(LeafAnswer {
                used: reader.flag()?,
                group: GroupId(reader.number()?),
                groups: reader.number()?,
                proof: {
                    let nodes = usize::from(reader.byte()?);
                    reader.slice(nodes * size_of::<ProofNode>())?.as_chunks().0.to_vec()
                },
                document: reader.slice(document_size(response_size)?)?.to_vec(),
            }),
            Kind::Issue => Self::Issue {
                group: GroupId(reader.number()?),
                evaluation: Evaluation { evaluated: reader.take()?, c: reader.take()?, s: reader.take()? },
            },
            Kind::Redeem => Self::Redeem { leaf: ReceiptLeaf(reader.take()?), signature: BoardSignature(reader.take()?) },
            Kind::Status => Self::Status(StatusAnswer {
                answered: reader.flag()?,
                stage: {
                    let stage = reader.byte()?;
                    *Stage::ALL.iter().find(|known| known.to_byte() == stage)?
                },
                closed_at: u64::from_be_bytes(reader.take()?),
                published_at: u64::from_be_bytes(reader.take()?),
                read_code: {
                    let there = reader.flag()?;
                    let code = ReadCode(reader.take()?);
                    // No code is written as zeros.
                    if !there && code != ReadCode([0; 16]) {
                        return None;
                    }
                    there.then_some(code)
                },
            }),
            Kind::Objection => Self::Objection { on_board: reader.flag()? },
        })
    }
}

/// The size of a group document in a wave whose answers have `response_size` bytes.
pub(super) fn document_size(response_size: u32) -> Option<usize> {
    usize::try_from(response_size.checked_sub(RESPONSE_OVERHEAD)?).ok()
}
