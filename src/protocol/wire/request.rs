//! What a browser asks the box endpoint.

use domain::GroupId;

use super::{Kind, Outcome, REQUEST_SIZE, Reader, VERSION};
use crate::ballot::BallotNonce;
use crate::cast::CastBallot;
use crate::credential::{BallotMac, BlindedElement};
use crate::receipt::{BoardSignature, ReceiptLeaf};
use crate::sealed::{SEALED_SIZE, SealedBallot};
use crate::secret::{LinkSecret, StatusHandle};

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
    /// Object: this receipt is not on the board. It names nobody.
    Objection {
        /// The receipt's leaf.
        leaf: ReceiptLeaf,
        /// The receipt's signature.
        signature: BoardSignature,
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
            Self::Objection { .. } => Kind::Objection,
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
        Self::read(&mut reader).filter(|_| reader.only_zeros_left()).ok_or(Outcome::Malformed)
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.byte()? != VERSION {
            return None;
        }
        Some(match reader.byte()? {
            1 => Self::Leaf { secret: LinkSecret::from_bytes(reader.take()?) },
            2 => Self::Issue { secret: LinkSecret::from_bytes(reader.take()?), blinded: BlindedElement(reader.take()?) },
            3 => Self::Redeem(CastBallot {
                group: GroupId(reader.number()?),
                nonce: BallotNonce(reader.take()?),
                mac: BallotMac(reader.take()?),
                ct: SealedBallot::try_from(reader.slice(SEALED_SIZE)?).ok()?,
            }),
            4 => Self::Status { handle: StatusHandle::from_bytes(reader.take()?) },
            5 => Self::Objection { leaf: ReceiptLeaf(reader.take()?), signature: BoardSignature(reader.take()?) },
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
            Self::Objection { leaf, signature } => {
                body.extend(leaf.0);
                body.extend(signature.0);
            }
        }
        body.resize(REQUEST_SIZE, 0);
        body
    }
}
