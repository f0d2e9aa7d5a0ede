//! Shares of a key on paper: any two of three give the key back, one alone tells nothing of it (A. Shamir, "How to share a secret", 1979).
//!
//! Each byte of the secret is the value at 0 of a random polynomial over GF(2^8) of its own; share number n holds the values at n. A share
//! is 40 bytes, printed as four rows of 17 characters, each row with a check character of its own, so that a typing mistake is found in its
//! row: version and number of shares needed (one byte), share number, three bytes of the key's fingerprint, 32 values, three bytes of a
//! checksum over all of them.

use std::fmt;
use std::str::FromStr;

use protocol::code::{CODE_BYTES, CODE_LENGTH, CodeProblem, in_fours, read_code, write_code};
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::field::{inverse, product};

/// Bytes of the secret that is shared.
pub const SECRET_BYTES: usize = 32;
/// Rows of a printed share.
pub const ROWS: usize = 4;
/// Bytes of a share.
const SHARE_BYTES: usize = ROWS * CODE_BYTES;
/// Bytes of the key's fingerprint in a share.
pub const TAG_BYTES: usize = 3;
/// Bytes that are covered by the checksum.
const CHECKED_BYTES: usize = 2 + TAG_BYTES + SECRET_BYTES;
/// The version of this form, in the upper half of the first byte.
const VERSION: u8 = 1;
/// The most shares of a key.
pub const MOST_SHARES: u8 = 9;

/// How many shares are made of a key, and how many of them give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    needed: u8,
    of: u8,
}

/// Not a scheme that keeps a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write it as 2-of-3: at least 2 shares needed, no more than there are, and at most {MOST_SHARES} in all")]
pub struct InvalidScheme;

impl Scheme {
    /// Any two of three: one may be lost, and none opens alone.
    pub const TWO_OF_THREE: Self = Self { needed: 2, of: 3 };

    /// `needed` of `of` shares.
    ///
    /// # Errors
    /// [`InvalidScheme`] unless 2 <= `needed` <= `of` <= [`MOST_SHARES`].
    pub const fn new(needed: u8, of: u8) -> Result<Self, InvalidScheme> {
        if needed < 2 || needed > of || of > MOST_SHARES { Err(InvalidScheme) } else { Ok(Self { needed, of }) }
    }

    /// How many shares give the key back.
    #[must_use]
    pub const fn needed(self) -> u8 {
        self.needed
    }

    /// How many shares there are.
    #[must_use]
    pub const fn of(self) -> u8 {
        self.of
    }
}

impl FromStr for Scheme {
    type Err = InvalidScheme;

    fn from_str(text: &str) -> Result<Self, InvalidScheme> {
        let (needed, of) = text.split_once("-of-").ok_or(InvalidScheme)?;
        Self::new(needed.parse().map_err(|_| InvalidScheme)?, of.parse().map_err(|_| InvalidScheme)?)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-of-{}", self.needed, self.of)
    }
}

/// What tells the shares of one key from those of another: the first bytes of the key's fingerprint.
pub type Tag = [u8; TAG_BYTES];

/// One share of a key; zeroized when dropped, and it prints nothing of its values.
#[derive(Clone)]
pub struct Share {
    needed: u8,
    number: u8,
    tag: Tag,
    values: Zeroizing<[u8; SECRET_BYTES]>,
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").field("number", &self.number).finish_non_exhaustive()
    }
}

/// What is wrong with a typed share, or with several together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareProblem {
    /// Not four rows.
    #[error("a share has {ROWS} rows of {CODE_LENGTH} characters, this has {found}")]
    Rows {
        /// Rows found.
        found: usize,
    },
    /// A row with a mistake.
    #[error("row {row} of the share: {problem}")]
    Row {
        /// Which one, from 1.
        row: usize,
        /// What is wrong with it.
        problem: CodeProblem,
    },
    /// Rows that do not belong together.
    #[error("the four rows are each without a mistake, but do not belong together: they are of different shares, or in another order")]
    Check,
    /// Of another version of this program.
    #[error("the share is of a form that this version does not know")]
    Version,
    /// Too few.
    #[error("{needed} shares are needed, and {found} given: with fewer nothing of the key can be known, not even by this program")]
    TooFew {
        /// How many give the key back.
        needed: u8,
        /// How many there are.
        found: usize,
    },
    /// The same one twice.
    #[error("share {0} was given twice: another one is needed")]
    Twice(u8),
    /// Of different keys.
    #[error("the shares are of different keys: compare the fingerprint on their pages")]
    OtherKey,
    /// More than are needed, and they contradict each other.
    #[error("share {0} does not fit the others: one of them was not made together with the rest")]
    Contradiction(u8),
}

impl Share {
    /// Its number, from 1.
    #[must_use]
    pub const fn number(&self) -> u8 {
        self.number
    }

    /// How many shares give the key back.
    #[must_use]
    pub const fn needed(&self) -> u8 {
        self.needed
    }

    /// Of which key it is.
    #[must_use]
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The rows as they are printed and typed.
    #[must_use]
    pub fn rows(&self) -> Vec<Zeroizing<String>> {
        let mut bytes = Zeroizing::new([0_u8; SHARE_BYTES]);
        let head = [VERSION << 4 | self.needed, self.number];
        let content = head.iter().chain(&self.tag).chain(self.values.iter());
        for (place, byte) in bytes.iter_mut().zip(content) {
            *place = *byte;
        }
        let check = checksum(bytes.as_slice());
        for (place, byte) in bytes.iter_mut().skip(CHECKED_BYTES).zip(check) {
            *place = byte;
        }
        let (rows, _) = bytes.as_chunks::<CODE_BYTES>();
        rows.iter().map(|row| Zeroizing::new(in_fours(&Zeroizing::new(write_code(row))))).collect()
    }

    /// Reads a typed share: four rows, each on a line of its own or all on one. Case, spaces and hyphens do not matter, O is 0, I and L are 1.
    ///
    /// # Errors
    /// [`ShareProblem`] names the row that is wrong.
    pub fn parse(text: &str) -> Result<Self, ShareProblem> {
        let mut rows: Vec<Zeroizing<String>> =
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| Zeroizing::new(line.to_owned())).collect();
        if let [one] = rows.as_slice() {
            let mut characters = Zeroizing::new(Vec::with_capacity(one.len()));
            characters.extend(one.chars().filter(char::is_ascii_alphanumeric));
            if characters.len() == ROWS * CODE_LENGTH {
                rows = characters.chunks(CODE_LENGTH).map(|row| Zeroizing::new(row.iter().collect())).collect();
            }
        }
        if rows.len() != ROWS {
            return Err(ShareProblem::Rows { found: rows.len() });
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(SHARE_BYTES));
        for (row, text) in (1..).zip(&rows) {
            let read = read_code(text).map_err(|problem| ShareProblem::Row { row, problem })?;
            bytes.extend_from_slice(Zeroizing::new(read).as_slice());
        }
        Self::from_bytes(&bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, ShareProblem> {
        let check = bytes.get(CHECKED_BYTES..SHARE_BYTES).ok_or(ShareProblem::Check)?;
        if !bool::from(checksum(bytes).ct_eq(check)) {
            return Err(ShareProblem::Check);
        }
        let (head, rest) = bytes.split_first_chunk::<2>().ok_or(ShareProblem::Check)?;
        let (tag, rest) = rest.split_first_chunk::<TAG_BYTES>().ok_or(ShareProblem::Check)?;
        let values = rest.first_chunk::<SECRET_BYTES>().ok_or(ShareProblem::Check)?;
        let [form, number] = *head;
        let needed = form & 0x0f;
        if form >> 4 != VERSION || Scheme::new(needed, MOST_SHARES).is_err() || !(1..=MOST_SHARES).contains(&number) {
            return Err(ShareProblem::Version);
        }
        Ok(Self { needed, number, tag: *tag, values: Zeroizing::new(*values) })
    }
}

/// The first bytes of a hash over everything before the checksum.
fn checksum(share: &[u8]) -> [u8; 3] {
    let hash: [u8; 32] =
        Sha256::new().chain_update(b"candor/v1/share\0").chain_update(share.get(..CHECKED_BYTES).unwrap_or_default()).finalize().into();
    let [first, second, third, ..] = hash;
    [first, second, third]
}

/// Makes the shares of a secret.
pub fn split(secret: &[u8; SECRET_BYTES], scheme: Scheme, tag: Tag, rng: &mut impl CryptoRng) -> Vec<Share> {
    // The coefficients of all polynomials: those of the first power, of the second, and so on. Every value is as likely as any other, 0 too.
    let coefficients: Vec<Zeroizing<[u8; SECRET_BYTES]>> = (1..scheme.needed)
        .map(|_| {
            let mut random = Zeroizing::new([0; SECRET_BYTES]);
            rng.fill_bytes(random.as_mut_slice());
            random
        })
        .collect();
    (1..=scheme.of)
        .map(|number| {
            let mut values = Zeroizing::new([0; SECRET_BYTES]);
            // Horner's rule, from the highest power down to the secret itself.
            for powers in coefficients.iter().rev() {
                values.iter_mut().zip(powers.iter()).for_each(|(value, coefficient)| *value = product(*value ^ coefficient, number));
            }
            values.iter_mut().zip(secret).for_each(|(value, secret)| *value ^= secret);
            Share { needed: scheme.needed, number, tag, values }
        })
        .collect()
}

/// Gives the secret back. More shares than needed must agree.
///
/// # Errors
/// [`ShareProblem`] when there are too few, one stands there twice, or they are not of one key.
pub fn combine(shares: &[Share]) -> Result<Zeroizing<[u8; SECRET_BYTES]>, ShareProblem> {
    let Some(first) = shares.first() else { return Err(ShareProblem::TooFew { needed: 2, found: 0 }) };
    if shares.iter().any(|share| share.tag != first.tag || share.needed != first.needed) {
        return Err(ShareProblem::OtherKey);
    }
    for (place, share) in shares.iter().enumerate() {
        if shares.iter().take(place).any(|earlier| earlier.number == share.number) {
            return Err(ShareProblem::Twice(share.number));
        }
    }
    let Some((used, others)) = shares.split_at_checked(usize::from(first.needed)) else {
        return Err(ShareProblem::TooFew { needed: first.needed, found: shares.len() });
    };
    for other in others {
        if !bool::from(interpolated(used, other.number).ct_eq(other.values.as_slice())) {
            return Err(ShareProblem::Contradiction(other.number));
        }
    }
    Ok(interpolated(used, 0))
}

/// The values of the polynomials through these shares at `at` (Lagrange).
fn interpolated(shares: &[Share], at: u8) -> Zeroizing<[u8; SECRET_BYTES]> {
    let mut values = Zeroizing::new([0; SECRET_BYTES]);
    for share in shares {
        // Share numbers are no secret, and different from each other, so no divisor is 0.
        let others = shares.iter().filter(|other| other.number != share.number);
        let weight = others.fold(1, |weight, other| product(weight, product(at ^ other.number, inverse(share.number ^ other.number))));
        for (value, own) in values.iter_mut().zip(share.values.iter()) {
            *value ^= product(weight, *own);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    const TAG: Tag = [1, 2, 3];

    fn shares(secret: [u8; 32], scheme: Scheme, seed: u64) -> Vec<Share> {
        split(&secret, scheme, TAG, &mut StdRng::seed_from_u64(seed))
    }

    fn text(share: &Share) -> String {
        share.rows().iter().map(|row| row.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn schemes() -> impl Strategy<Value = Scheme> {
        (2..=MOST_SHARES).prop_flat_map(|of| (2..=of).prop_map(move |needed| Scheme::new(needed, of).unwrap()))
    }

    proptest! {
        #[test]
        fn any_choice_of_enough_shares_in_any_order_gives_the_secret_back_and_more_do_too(
            secret: [u8; 32], scheme in schemes(), seed: u64, order: u64,
        ) {
            use rand::seq::SliceRandom;
            let mut all = shares(secret, scheme, seed);
            all.shuffle(&mut StdRng::seed_from_u64(order));
            prop_assert_eq!(*combine(&all[..usize::from(scheme.needed())]).unwrap(), secret);
            prop_assert_eq!(*combine(&all).unwrap(), secret);
            let too_few = combine(&all[..usize::from(scheme.needed()) - 1]);
            let is_too_few = matches!(too_few, Err(ShareProblem::TooFew { .. }));
            prop_assert!(is_too_few);
        }

        #[test]
        fn a_share_reads_back_as_printed_and_as_it_is_typed(secret: [u8; 32], seed: u64) {
            for share in shares(secret, Scheme::TWO_OF_THREE, seed) {
                let printed = text(&share);
                for typed in [printed.clone(), printed.to_lowercase().replace('-', " "), printed.replace('\n', " "), format!("\n{printed}\n\n")] {
                    let read = Share::parse(&typed).unwrap();
                    prop_assert_eq!((read.number(), read.needed(), read.tag(), *read.values), (share.number, 2, TAG, *share.values));
                }
            }
        }

        #[test]
        fn every_single_wrong_character_is_found_in_its_row(secret: [u8; 32], row in 0..ROWS, place in 0..CODE_LENGTH, other in "[0-9A-HJKMNP-TV-Z]") {
            let mut rows: Vec<String> = shares(secret, Scheme::TWO_OF_THREE, 1)[0].rows().iter().map(|row| row.replace('-', "")).collect();
            let mut characters: Vec<String> = rows[row].chars().map(String::from).collect();
            prop_assume!(characters[place] != other);
            characters[place] = other;
            rows[row] = characters.concat();
            prop_assert_eq!(Share::parse(&rows.join("\n")).unwrap_err(), ShareProblem::Row { row: row + 1, problem: CodeProblem::Check });
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = Share::parse(&text);
        }

        #[test]
        fn rows_of_two_shares_or_in_another_order_are_refused(secret: [u8; 32], one in 0..ROWS, two in 0..ROWS) {
            let all = shares(secret, Scheme::TWO_OF_THREE, 2);
            let mut mixed = all[0].rows();
            mixed[one] = all[1].rows()[one].clone();
            prop_assume!(mixed[one] != all[0].rows()[one]);
            let joined = |rows: &[Zeroizing<String>]| rows.iter().map(|row| row.as_str()).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(Share::parse(&joined(&mixed)).unwrap_err(), ShareProblem::Check);
            let mut swapped = all[0].rows();
            swapped.swap(one, two);
            if one != two {
                prop_assert_eq!(Share::parse(&joined(&swapped)).unwrap_err(), ShareProblem::Check);
            }
        }
    }

    #[test]
    fn one_share_of_two_fits_every_secret_equally_well() {
        // Over all 256 random coefficients of one byte, share 3 takes every value exactly once, whatever the secret is.
        for secret in [0_u8, 1, 0x80, 0xff] {
            let seen: BTreeSet<u8> = (0..=u8::MAX).map(|coefficient| secret ^ product(coefficient, 3)).collect();
            assert_eq!(seen.len(), 256, "{secret}");
        }
        // The program's shares are those of that line: the second differs from the first by the product with the coefficient.
        let all = shares([7; 32], Scheme::TWO_OF_THREE, 9);
        let coefficient = all[0].values[0] ^ 7;
        assert_eq!([all[1].values[0], all[2].values[0]], [product(coefficient, 2) ^ 7, product(coefficient, 3) ^ 7]);
    }

    #[test]
    fn shares_that_do_not_belong_together_are_refused() {
        let (ours, theirs) =
            (shares([1; 32], Scheme::TWO_OF_THREE, 3), split(&[2; 32], Scheme::TWO_OF_THREE, [9, 9, 9], &mut StdRng::seed_from_u64(4)));
        assert_eq!(combine(&[]).unwrap_err(), ShareProblem::TooFew { needed: 2, found: 0 });
        assert_eq!(combine(&[ours[0].clone()]).unwrap_err(), ShareProblem::TooFew { needed: 2, found: 1 });
        assert_eq!(combine(&[ours[1].clone(), ours[1].clone()]).unwrap_err(), ShareProblem::Twice(2));
        assert_eq!(combine(&[ours[0].clone(), theirs[1].clone()]).unwrap_err(), ShareProblem::OtherKey);
        // Made anew of the same key: each set gives the key, but not one of each.
        let again = shares([1; 32], Scheme::TWO_OF_THREE, 5);
        assert_eq!(combine(&[ours[0].clone(), ours[1].clone(), again[2].clone()]).unwrap_err(), ShareProblem::Contradiction(3));
        assert_ne!(*combine(&[ours[0].clone(), again[1].clone()]).unwrap(), [1; 32], "only the key's fingerprint finds this out");
    }

    #[test]
    fn schemes_are_read_and_senseless_ones_refused() {
        assert_eq!("2-of-3".parse(), Ok(Scheme::TWO_OF_THREE));
        assert_eq!(Scheme::TWO_OF_THREE.to_string(), "2-of-3");
        for senseless in ["1-of-3", "4-of-3", "2-of-10", "2of3", "", "-1-of-3"] {
            assert_eq!(senseless.parse::<Scheme>(), Err(InvalidScheme), "{senseless}");
        }
    }

    #[test]
    fn a_share_prints_nothing_of_its_values() {
        assert_eq!(format!("{:?}", shares([1; 32], Scheme::TWO_OF_THREE, 3)[0]), "Share { number: 1, .. }");
    }
}
