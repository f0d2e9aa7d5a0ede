//! The ballot: what a person answered and how far up it may count, in 4,096 bytes.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::fixed_bytes;

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
    /// A byte behind the answers that is not zero.
    #[error("the ballot holds something behind its answers")]
    Padding,
}

impl Ballot {
    /// The ballot in 4,096 bytes.
    ///
    /// # Errors
    /// [`InvalidBallot::Items`] for more than [`MOST_ITEMS`] answers, [`InvalidBallot::Answer`] for a point that no scale has
    /// (0 or 255).
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
        bytes.resize(BALLOT_SIZE, 0);
        Ok(BallotBytes(bytes))
    }

    /// Reads a ballot for an instrument whose items have `points` points, item by item.
    ///
    /// # Errors
    /// [`InvalidBallot`] for anything that an honest client would not have written.
    pub fn decode(bytes: &[u8], points: &[u8]) -> Result<Self, InvalidBallot> {
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
        let (answered, padding) = body.split_at_checked(points.len()).ok_or(InvalidBallot::Items)?;
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
        Ok(Self { level, answers })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// A scale length per item, and a ballot that fits.
    fn items_and_ballot() -> impl Strategy<Value = (Vec<u8>, Ballot)> {
        let item = (1u8..=254).prop_flat_map(|points| {
            let answer = prop_oneof![Just(Answer::Blank), Just(Answer::CannotSay), (1..=points).prop_map(Answer::Point)];
            (Just(points), answer)
        });
        let level = prop_oneof![Just(Level::Group), Just(Level::Unit), Just(Level::Organisation)];
        (prop::collection::vec(item, 0..60), level).prop_map(|(items, level)| {
            let (points, answers) = items.into_iter().unzip();
            (points, Ballot { level, answers })
        })
    }

    proptest! {
        #[test]
        fn a_ballot_reads_back_as_written((points, ballot) in items_and_ballot()) {
            let bytes = ballot.encode().unwrap();
            prop_assert_eq!(bytes.as_slice().len(), BALLOT_SIZE);
            prop_assert!(Ballot::decode(bytes.as_slice(), &points).unwrap() == ballot);
        }

        #[test]
        fn every_accepted_ballot_has_exactly_one_encoding(start in prop::collection::vec(0u8..9, 40), points in prop::collection::vec(1u8..9, 0..5)) {
            let mut bytes = start;
            bytes[0] = 1;
            bytes[2] = 0;
            bytes[3] = u8::try_from(points.len()).unwrap();
            bytes.resize(BALLOT_SIZE, 0);
            if let Ok(ballot) = Ballot::decode(&bytes, &points) {
                let again = ballot.encode().unwrap();
                prop_assert_eq!(again.as_slice(), bytes);
            }
        }

        #[test]
        fn a_single_byte_behind_the_answers_spoils_a_ballot((points, ballot) in items_and_ballot(), place: prop::sample::Index, byte in 1u8..) {
            let mut bytes = ballot.encode().unwrap().as_slice().to_vec();
            let padding = &mut bytes[HEADER + points.len()..];
            let place = place.index(padding.len());
            padding[place] = byte;
            prop_assert_eq!(Ballot::decode(&bytes, &points), Err(InvalidBallot::Padding));
        }
    }

    fn encoded(start: &[u8]) -> Vec<u8> {
        let mut bytes = start.to_vec();
        bytes.resize(BALLOT_SIZE, 0);
        bytes
    }

    #[test]
    fn an_answer_beyond_the_scale_spoils_a_ballot() {
        assert!(Ballot::decode(&encoded(&[1, 0, 0, 2, 7, 2]), &[7, 2]).is_ok());
        assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 7, 3]), &[7, 2]), Err(InvalidBallot::Answer));
        assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 254, 2]), &[7, 2]), Err(InvalidBallot::Answer));
    }

    #[test]
    fn another_version_level_length_or_item_count_spoils_a_ballot() {
        assert_eq!(Ballot::decode(&encoded(&[2, 0, 0, 1, 3]), &[7]), Err(InvalidBallot::Version));
        assert_eq!(Ballot::decode(&encoded(&[1, 3, 0, 1, 3]), &[7]), Err(InvalidBallot::Level));
        assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 3]), &[7]), Err(InvalidBallot::Items));
        assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 1, 3])[1..], &[7]), Err(InvalidBallot::Size));
        assert_eq!(Ballot::decode(&[], &[7]), Err(InvalidBallot::Size));
    }

    #[test]
    fn more_items_than_a_ballot_has_room_for_are_refused() {
        let ballot = |items| Ballot { level: Level::Group, answers: vec![Answer::Point(1); items] };
        assert!(ballot(MOST_ITEMS).encode().is_ok());
        assert_eq!(ballot(MOST_ITEMS + 1).encode(), Err(InvalidBallot::Items));
        assert_eq!(ballot(70_000).encode(), Err(InvalidBallot::Items));
        let header = encoded(&[1, 0, 0xff, 0xff]);
        assert_eq!(Ballot::decode(&header, &[7; 0xffff]), Err(InvalidBallot::Items));
    }

    #[test]
    fn a_point_that_would_read_as_blank_or_as_cannot_say_is_not_written() {
        for point in [0, 255] {
            let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(point)] };
            assert_eq!(ballot.encode(), Err(InvalidBallot::Answer));
        }
    }
}
