//! Crockford's base 32, and the code of 17 characters in which people hold ten random bytes.

use zeroize::Zeroizing;

/// The digits by value: no I, L, O and U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Bytes behind a code.
pub const CODE_BYTES: usize = 10;
/// Digits that carry the bytes: ten bytes are sixteen times five bits.
const DATA_DIGITS: usize = 16;
/// Length of a code: the data digits and one check digit.
pub const CODE_LENGTH: usize = DATA_DIGITS + 1;

/// What is wrong with a typed code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeProblem {
    /// Too short or too long, spaces and hyphens not counted.
    #[error("the code has {found} characters, but a code has {CODE_LENGTH}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character that no code contains.
    #[error("character {position} of the code cannot be right: codes use digits and letters, but not {found:?}")]
    Character {
        /// Its place, from 1, spaces and hyphens not counted.
        position: usize,
        /// The character.
        found: char,
    },
    /// Every character is possible, but they do not fit together.
    #[error("the code has a typing mistake: its characters do not fit together")]
    Check,
}

/// Ten bytes as sixteen digits, most significant bits first.
pub(crate) fn digits(bytes: &[u8; CODE_BYTES]) -> [u8; DATA_DIGITS] {
    let number = bytes.iter().fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    std::array::from_fn(|place| (number >> (5 * (DATA_DIGITS - 1 - place)) & 0x1f) as u8)
}

/// The check value of sixteen digits: the sum over i of a^(i+1)·c_i in GF(2)[x]/(x^5+x^2+1) with a = x.
///
/// The powers a^0 (the check digit's own) to a^16 are all different and none is zero, because a has order 31; so every single
/// wrong digit and every exchange of two digits changes the sum.
fn check_value(digits: &[u8; DATA_DIGITS]) -> u8 {
    digits.iter().rev().fold(0, |sum, digit| times_a(sum ^ digit))
}

/// Multiplies an element of GF(32) by a = x.
const fn times_a(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0x20 == 0 { shifted } else { shifted ^ 0x25 }
}

/// The character of a digit; only the low five bits count.
fn character(digit: u8) -> char {
    char::from(DIGITS[usize::from(digit & 0x1f)])
}

/// Sixteen characters without check digit, as in a receipt's short code.
pub(crate) fn write_digits(bytes: &[u8; CODE_BYTES]) -> String {
    digits(bytes).into_iter().map(character).collect()
}

/// The code of seventeen characters.
#[must_use]
pub fn write_code(bytes: &[u8; CODE_BYTES]) -> String {
    let digits = digits(bytes);
    digits.into_iter().chain([check_value(&digits)]).map(character).collect()
}

/// A number below 1,024 as two characters.
pub(crate) fn write_pair(number: u32) -> String {
    [number >> 5, number].into_iter().map(|digit| character((digit & 0x1f) as u8)).collect()
}

/// Groups of four characters with hyphens between them.
#[must_use]
pub fn in_fours(code: &str) -> String {
    let mut grouped = String::with_capacity(code.len() + code.len() / 4);
    for (place, character) in code.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push('-');
        }
        grouped.push(character);
    }
    grouped
}

/// Reads a typed code: case, spaces and hyphens do not matter, O is 0, I and L are 1.
///
/// # Errors
/// [`CodeProblem`] names what is wrong with it.
pub fn read_code(text: &str) -> Result<[u8; CODE_BYTES], CodeProblem> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    // Typed codes are secrets: no buffer here grows, and each is erased.
    let mut values = Zeroizing::new(Vec::with_capacity(text.len()));
    for (place, found) in text.chars().filter(|c| !is_separator(*c)).enumerate() {
        values.push(digit_value(found).ok_or(CodeProblem::Character { position: place + 1, found })?);
    }
    let length = CodeProblem::Length { found: values.len() };
    let (check, data) = values.split_last().ok_or(length.clone())?;
    let data: Zeroizing<[u8; DATA_DIGITS]> = Zeroizing::new(data.try_into().map_err(|_| length)?);
    if check_value(&data) != *check {
        return Err(CodeProblem::Check);
    }
    let number = data.iter().fold(0u128, |number, digit| number << 5 | u128::from(*digit));
    let mut bytes = [0; CODE_BYTES];
    bytes.copy_from_slice(&number.to_be_bytes()[16 - CODE_BYTES..]);
    Ok(bytes)
}

/// The value of a character; case does not matter, O is 0, I and L are 1.
pub(crate) fn digit_value(character: char) -> Option<u8> {
    let canonical = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = DIGITS.iter().position(|digit| char::from(*digit) == canonical)?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// The check value by its definition, with a multiplication that shares nothing with the one above.
    fn check_by_definition(digits: &[u8]) -> u8 {
        let times = |a: u8, b: u8| {
            let product = (0..5).fold(0u16, |sum, bit| if b >> bit & 1 == 1 { sum ^ u16::from(a) << bit } else { sum });
            (5..9).rev().fold(product, |rest, bit| if rest >> bit & 1 == 1 { rest ^ 0b10_0101 << (bit - 5) } else { rest }) as u8
        };
        let mut power = 1;
        digits.iter().fold(0, |sum, digit| {
            power = times(power, 2);
            sum ^ times(power, *digit)
        })
    }

    proptest! {
        #[test]
        fn a_code_reads_back_to_its_bytes(bytes: [u8; 10]) {
            let code = write_code(&bytes);
            prop_assert_eq!(code.len(), CODE_LENGTH);
            prop_assert_eq!(read_code(&code), Ok(bytes));
            prop_assert_eq!(read_code(&in_fours(&code)), Ok(bytes));
        }

        #[test]
        fn the_check_value_is_the_sum_of_the_definition(bytes: [u8; 10]) {
            let digits = digits(&bytes);
            prop_assert_eq!(check_value(&digits), check_by_definition(&digits));
        }

        #[test]
        fn every_single_wrong_character_is_caught(bytes: [u8; 10], place in 0..CODE_LENGTH, other in 0u8..32) {
            let mut code: Vec<char> = write_code(&bytes).chars().collect();
            prop_assume!(code[place] != character(other));
            code[place] = character(other);
            prop_assert_eq!(read_code(&code.iter().collect::<String>()), Err(CodeProblem::Check));
        }

        #[test]
        fn every_exchange_of_two_characters_is_caught(bytes: [u8; 10], one in 0..CODE_LENGTH, two in 0..CODE_LENGTH) {
            let mut code: Vec<char> = write_code(&bytes).chars().collect();
            prop_assume!(code[one] != code[two]);
            code.swap(one, two);
            prop_assert_eq!(read_code(&code.iter().collect::<String>()), Err(CodeProblem::Check));
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = read_code(&text);
        }
    }

    #[test]
    fn reading_forgives_case_spaces_hyphens_and_look_alike_letters() {
        let code = write_code(&[0, 68, 50, 20, 199, 66, 84, 182, 53, 207]);
        assert_eq!(&code[..16], "01234567".to_owned() + "89ABCDEF");
        let typed = format!(" o l23-4567 89ab\u{2011}cdef {}\n", code[16..].to_lowercase());
        assert_eq!(read_code(&typed), read_code(&code));
        assert_eq!(read_code(&typed.replace('l', "i")), read_code(&code));
    }

    #[test]
    fn the_problem_names_what_is_wrong() {
        assert_eq!(read_code(""), Err(CodeProblem::Length { found: 0 }));
        assert_eq!(read_code("0123-4567"), Err(CodeProblem::Length { found: 8 }));
        assert_eq!(read_code("01U3"), Err(CodeProblem::Character { position: 3, found: 'U' }));
        assert_eq!(read_code("0000-0000-0000-0000-1"), Err(CodeProblem::Check));
    }
}
