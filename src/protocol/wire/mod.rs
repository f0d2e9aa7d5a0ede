//! The box endpoint: requests of one size, answers of one size, so that sizes tell nothing.

mod answer;
mod request;
#[cfg(test)]
mod tests;

pub use answer::{Answer, InvalidAnswer, LeafAnswer, ReadCode, Stage, StatusAnswer};
pub use request::Request;

/// Size of every request in bytes.
pub const REQUEST_SIZE: usize = 4_608;
/// Size of the answer in bytes where no wave, and so no response size, exists.
pub const UNKNOWN_WAVE_RESPONSE_SIZE: u32 = 4_096;
/// The only content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/octet-stream";
/// The first byte of every request and answer.
const VERSION: u8 = 1;

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
    /// My receipt is not on the board.
    Objection,
}

impl Kind {
    const fn to_byte(self) -> u8 {
        match self {
            Self::Leaf => 1,
            Self::Issue => 2,
            Self::Redeem => 3,
            Self::Status => 4,
            Self::Objection => 5,
        }
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
    /// The wave takes no answers: not open yet, closed, or published. For an objection: the box is not shut yet, or the wave is opened or published.
    #[error("the round takes no answers now")]
    NotOpen,
    /// The wave takes nothing any more because it was ended without a result. Written as [`Self::NotOpen`] with a flag behind it, so that survey pages
    /// of earlier versions, which are served as long as their rounds run, understand it as that.
    #[error("the round was ended without a result")]
    Ended,
    /// The credential does not fit: wrong group or wrong MAC. For an objection: the receipt's signature does not hold.
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
    /// Every outcome, in the order of their bytes.
    pub const ALL: [Self; 11] = [
        Self::Malformed,
        Self::UnknownLink,
        Self::AlreadyIssued,
        Self::NotOpen,
        Self::Ended,
        Self::WrongCredential,
        Self::AlreadySpent,
        Self::Busy,
        Self::UnknownWave,
        Self::Internal,
        Self::TooManyRequests,
    ];

    /// The byte on the wire, 1 to 10; a flag behind it tells [`Self::Ended`] from [`Self::NotOpen`].
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::UnknownLink => 2,
            Self::AlreadyIssued => 3,
            Self::NotOpen | Self::Ended => 4,
            Self::WrongCredential => 5,
            Self::AlreadySpent => 6,
            Self::Busy => 7,
            Self::UnknownWave => 8,
            Self::Internal => 9,
            Self::TooManyRequests => 10,
        }
    }

    /// Reads [`Self::to_byte`] back, without the flag.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.to_byte() == byte)
    }

    /// The HTTP status that goes with the outcome. (A wrong method, content type or size has its own: 405, 415, 413.)
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::UnknownLink | Self::WrongCredential => 403,
            Self::AlreadyIssued | Self::AlreadySpent => 409,
            Self::NotOpen | Self::Ended => 410,
            Self::Busy => 503,
            Self::UnknownWave => 404,
            Self::Internal => 500,
            Self::TooManyRequests => 429,
        }
    }
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
