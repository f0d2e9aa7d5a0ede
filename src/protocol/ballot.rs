//! The ballot: what a person answered and how far up it may count, in 4,096 bytes.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::fixed_bytes;
use crate::comment::Comment;

/// Length of an encoded ballot in bytes: one size for every ballot of every wave.
pub const BALLOT_SIZE: usize = 4_096;
/// The first byte of every ballot.
const VERSION: u8 = 1;
/// Version, level and item count.
const HEADER: usize = 4;
/// The byte of [`Answer::CannotSay`].
const CANNOT_SAY: u8 = 255;
/// The most items that a ballot has room for.
pub const MOST_ITEMS: usize = BALLOT_SIZE - HEADER;
const _: () = assert!(MOST_ITEMS == domain::instrument::BALLOT_ROOM);

fixed_bytes!(
    /// The random number of one ballot; the server sees it only with the sealed ballot.
    BallotNonce, 32, "a ballot nonce", base64url, hidden
);

impl BallotNonce {
    /// A fresh random number, never derived from anything.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut nonce = Self([0; 32]);
        rng.fill_bytes(&mut nonce.0);
        nonce
    }
}

/// How far up a respondent lets the answers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// In my group.
    Group,
    /// One level up: in my unit.
    Unit,
    /// In the organisation as a whole only.
    Organisation,
}

impl Level {
    const fn to_byte(self) -> u8 {
        match self {
            Self::Group => 0,
            Self::Unit => 1,
            Self::Organisation => 2,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Group),
            1 => Some(Self::Unit),
            2 => Some(Self::Organisation),
            _ => None,
        }
    }
}

/// The answer to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Left blank.
    Blank,
    /// A point of the scale, from 1.
    Point(u8),
    /// "Cannot say".
    CannotSay,
}

/// A ballot as its author filled it in. It prints nothing of that.
#[derive(Clone, PartialEq, Eq)]
pub struct Ballot {
    /// How far up the answers may count.
    pub level: Level,
    /// One answer per item in the instrument's order.
    pub answers: Vec<Answer>,
    /// One comment per open question in the instrument's order.
    pub comments: Vec<Comment>,
}

/// What the ballots of an instrument hold, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotForm {
    /// How many points each item's scale has.
    pub points: Vec<u8>,
    /// How many characters the comment to each open question may have.
    pub longest: Vec<u16>,
}

impl std::fmt::Debug for Ballot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ballot(…)")
    }
}

/// An encoded ballot before sealing or after opening; zeroized when dropped, and it prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct BallotBytes(Zeroizing<Vec<u8>>);

impl BallotBytes {
    /// Takes bytes of the right length; what they say is checked by [`Ballot::decode`].
    ///
    /// # Errors
    /// [`InvalidBallot::Size`] for any other length.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, InvalidBallot> {
        let bytes = Zeroizing::new(bytes);
        if bytes.len() == BALLOT_SIZE { Ok(Self(bytes)) } else { Err(InvalidBallot::Size) }
    }

    /// The bytes, always [`BALLOT_SIZE`].
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for BallotBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BallotBytes(…)")
    }
}

/// Why bytes are not a ballot for an instrument. It names no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBallot {
    /// Not 4,096 bytes.
    #[error("a ballot has {BALLOT_SIZE} bytes")]
    Size,
    /// Another version.
    #[error("the ballot has an unknown version")]
    Version,
    /// Another level than group, unit and organisation.
    #[error("the ballot counts on an unknown level")]
    Level,
    /// Another number of items than the instrument's, or more than a ballot has room for.
    #[error("the ballot answers another number of items")]
    Items,
    /// An answer beyond the item's scale.
    #[error("an answer of the ballot lies beyond its scale")]
    Answer,
    /// A comment that is longer than its question allows, or is not plain UTF-8 text.
    #[error("a comment of the ballot is too long or is not plain text")]
    Comment,
    /// A byte behind answers and comments that is not zero.
    #[error("the ballot holds something behind its answers")]
    Padding,
}

impl Ballot {
    /// The ballot in 4,096 bytes.
    ///
    /// # Errors
    /// [`InvalidBallot::Items`] for more than [`MOST_ITEMS`] answers, [`InvalidBallot::Answer`] for a point that no scale has
    /// (0 or 255), [`InvalidBallot::Comment`] for comments that do not fit behind the answers.
    pub fn encode(&self) -> Result<BallotBytes, InvalidBallot> {
        let items = u16::try_from(self.answers.len()).map_err(|_| InvalidBallot::Items)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(BALLOT_SIZE));
        bytes.extend([VERSION, self.level.to_byte()]);
        bytes.extend(items.to_be_bytes());
        for answer in &self.answers {
            bytes.push(match answer {
                Answer::Blank => 0,
                Answer::Point(0 | CANNOT_SAY) => return Err(InvalidBallot::Answer),
                Answer::Point(point) => *point,
                Answer::CannotSay => CANNOT_SAY,
            });
        }
        if bytes.len() > BALLOT_SIZE {
            return Err(InvalidBallot::Items);
        }
        for comment in &self.comments {
            let text = comment.as_str().as_bytes();
            let length = u16::try_from(text.len()).map_err(|_| InvalidBallot::Comment)?;
            // Checked before each write: a buffer that grows would leave a copy behind that nobody overwrites.
            if bytes.len() + 2 + text.len() > BALLOT_SIZE {
                return Err(InvalidBallot::Comment);
            }
            bytes.extend(length.to_be_bytes());
            bytes.extend(text);
        }
        bytes.resize(BALLOT_SIZE, 0);
        Ok(BallotBytes(bytes))
    }

    /// Reads a ballot for an instrument whose ballots have this form.
    ///
    /// # Errors
    /// [`InvalidBallot`] for anything that an honest client would not have written.
    pub fn decode(bytes: &[u8], form: &BallotForm) -> Result<Self, InvalidBallot> {
        let points = &form.points;
        if bytes.len() != BALLOT_SIZE {
            return Err(InvalidBallot::Size);
        }
        let (&[version, level, items_high, items_low], body) = bytes.split_first_chunk().ok_or(InvalidBallot::Size)?;
        if version != VERSION {
            return Err(InvalidBallot::Version);
        }
        let level = Level::from_byte(level).ok_or(InvalidBallot::Level)?;
        if usize::from(u16::from_be_bytes([items_high, items_low])) != points.len() {
            return Err(InvalidBallot::Items);
        }
        let (answered, mut rest) = body.split_at_checked(points.len()).ok_or(InvalidBallot::Items)?;
        let comments = form.longest.iter().map(|longest| take_comment(&mut rest, *longest)).collect::<Result<_, _>>()?;
        let padding = rest;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(InvalidBallot::Padding);
        }
        let answers = answered
            .iter()
            .zip(points)
            .map(|(byte, points)| match *byte {
                0 => Ok(Answer::Blank),
                CANNOT_SAY => Ok(Answer::CannotSay),
                point if point <= *points => Ok(Answer::Point(point)),
                _ => Err(InvalidBallot::Answer),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { level, answers, comments })
    }
}

/// Reads a comment of at most `longest` characters off the front of `rest`.
fn take_comment(rest: &mut &[u8], longest: u16) -> Result<Comment, InvalidBallot> {
    let (length, behind) = rest.split_first_chunk().ok_or(InvalidBallot::Comment)?;
    let (text, behind) = behind.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(InvalidBallot::Comment)?;
    *rest = behind;
    let text = std::str::from_utf8(text).map_err(|_| InvalidBallot::Comment)?;
    if text.chars().count() > usize::from(longest) {
        return Err(InvalidBallot::Comment);
    }
    Comment::new(text)
}

#[cfg(test)]
mod tests;
