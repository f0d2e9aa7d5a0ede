//! The second factor: codes of an app on another device (TOTP, RFC 6238: HMAC-SHA-1, six digits, thirty seconds), and recovery codes for when
//! that device is lost.

use std::fmt::Write as _;

use data_encoding::BASE32_NOPAD;
use domain::Moment;
use identity::{AccountId, Identity, IdentityError, SharedSecret};
use rand::{Rng, RngExt};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// Seconds of a step.
const STEP: u64 = 30;
/// How many recovery codes an account gets.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: Crockford's base 32, 75 bits.
const RECOVERY_LENGTH: usize = 15;
/// Crockford's base 32, without letters that look like others.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Makes the stored hash of a recovery code another value than any other hash of the same text.
const LABEL: &[u8] = b"candor/v1/recovery-code\0";

/// A new secret: 160 bits, as RFC 4226 recommends.
pub fn secret(random: &mut impl Rng) -> SharedSecret {
    let bytes: [u8; 20] = random.random();
    SharedSecret::from(bytes.to_vec())
}

/// The secret as people type it into their app: base 32, in groups of four.
#[must_use]
pub fn typed(secret: &SharedSecret) -> Zeroizing<String> {
    let text = Zeroizing::new(BASE32_NOPAD.encode(secret.expose_secret()));
    let letters: Vec<char> = text.chars().collect();
    Zeroizing::new(letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}

/// The secret as apps read it from a code (`otpauth`, the key URI format that Google Authenticator introduced).
#[must_use]
pub fn uri(secret: &SharedSecret, login: &str, organisation: &str) -> Zeroizing<String> {
    let issuer = escaped(&format!("Candor {organisation}"));
    let text = BASE32_NOPAD.encode(secret.expose_secret());
    Zeroizing::new(format!("otpauth://totp/{issuer}:{}?secret={text}&issuer={issuer}", escaped(login)))
}

/// Every byte that is not unreserved in an address (RFC 3986, section 2.3) as a percent sign and two digits. A colon would end the issuer.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The step of a code that is right at `now`, one step earlier or later being allowed for clocks that are off; `None` for a wrong code.
#[must_use]
pub fn step(secret: &SharedSecret, code: &str, now: Moment) -> Option<u32> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.micros()).ok()? / 1_000_000;
    totp(secret)?.check(&code, seconds).and_then(|step| u32::try_from(step).ok())
}

/// The code of a moment.
#[must_use]
pub fn code(secret: &SharedSecret, now: Moment) -> Option<String> {
    let seconds = u64::try_from(now.micros()).ok()? / 1_000_000;
    Some(totp(secret)?.generate(seconds).to_string())
}

fn totp(secret: &SharedSecret) -> Option<Totp> {
    Builder::new().with_step_duration(STEP).with_secret(Secret::from(secret.expose_secret())).build().ok()
}

/// What is wanted beside a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The code is right and is used up by now.
    Right,
    /// It is wrong, was used before, or is missing.
    Wrong,
}

/// Uses the code of somebody who signs in up: one of their app, or a recovery code.
///
/// # Errors
/// When the database fails.
pub fn take(identity: &Identity, id: AccountId, given: &str, now: Moment) -> Result<Outcome, IdentityError> {
    let Some(secret) = identity.second_factor(id)? else { return Ok(Outcome::Wrong) };
    let right = match step(&secret, given, now) {
        Some(step) => identity.use_step(id, step)?,
        None => match recovery_hash(given) {
            Some(hash) => identity.use_recovery_code(id, &hash)?,
            None => false,
        },
    };
    Ok(if right { Outcome::Right } else { Outcome::Wrong })
}

/// New recovery codes as people keep them, `XXXXX-XXXXX-XXXXX`.
pub fn recovery_codes(random: &mut impl Rng) -> Vec<Zeroizing<String>> {
    (0..RECOVERY_CODES).map(|_| recovery_code(random.random())).collect()
}

/// A code of random bytes, of which five bits each make a letter.
fn recovery_code(bytes: [u8; RECOVERY_LENGTH]) -> Zeroizing<String> {
    let mut code = Zeroizing::new(String::with_capacity(RECOVERY_LENGTH + 2));
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place.is_multiple_of(5) {
            code.push('-');
        }
        code.push(char::from(ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'0')));
    }
    code
}

/// What the store keeps of a recovery code; `None` for what is none. Reading ignores case, spaces and hyphens and takes O as 0, I and L as 1.
#[must_use]
pub fn recovery_hash(given: &str) -> Option<[u8; 32]> {
    let mut code = Zeroizing::new(String::with_capacity(RECOVERY_LENGTH));
    for letter in given.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !letter.is_ascii() || !ALPHABET.contains(&u8::try_from(letter).ok()?) || code.len() == RECOVERY_LENGTH {
            return None;
        }
        code.push(letter);
    }
    (code.len() == RECOVERY_LENGTH).then(|| Sha256::new().chain_update(LABEL).chain_update(code.as_bytes()).finalize().into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::time::Duration;

    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_the_standard_in_six_digits() {
        // RFC 6238, appendix B, SHA-1: the last six of the eight digits.
        let secret = SharedSecret::from(b"12345678901234567890".to_vec());
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            assert_eq!(code(&secret, at(seconds)).unwrap(), expected);
            assert_eq!(step(&secret, expected, at(seconds)), Some(u32::try_from(seconds / 30).unwrap()));
        }
    }

    #[test]
    fn a_code_is_right_for_a_step_around_its_own_and_tells_which_step_it_was_made_for() {
        let secret = secret(&mut rand::rng());
        let now = at(1_800_000_000);
        let given = code(&secret, now).unwrap();
        let own = step(&secret, &format!(" {} {} ", &given[..3], &given[3..]), now).unwrap();
        for off in [0, 30] {
            assert_eq!(step(&secret, &given, now.plus(Duration::from_secs(off))), Some(own));
        }
        for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345"] {
            assert_eq!(step(&secret, wrong, now), None, "{wrong}");
        }
        let later = now.plus(Duration::from_secs(90));
        if code(&secret, later).unwrap() != given {
            assert_ne!(step(&secret, &given, later), Some(own), "a code of a minute and a half ago");
        }
    }

    #[test]
    fn a_recovery_code_is_read_as_people_type_it() {
        let codes = recovery_codes(&mut rand::rng());
        assert_eq!(codes.len(), RECOVERY_CODES);
        let hashes: std::collections::BTreeSet<[u8; 32]> = codes.iter().map(|code| recovery_hash(code).unwrap()).collect();
        assert_eq!(hashes.len(), RECOVERY_CODES, "no two are the same");
        assert_eq!(recovery_hash("01abc-defgh-jkmnp"), recovery_hash(" OLABC DEFGH JKMNP "));
        for none in ["", "01ABC-DEFGH-JKMN", "01ABC-DEFGH-JKMNPQ", "01ABC-DEFGH-JKMNU", "01ABC-DEFGH-JKMNé"] {
            assert!(recovery_hash(none).is_none(), "{none}");
        }
    }

    #[test]
    fn an_app_reads_secret_account_and_issuer_and_no_name_breaks_out_of_them() {
        let secret = SharedSecret::from(b"12345678901234567890".to_vec());
        assert_eq!(
            *uri(&secret, "ada&x=1", "Fisch: & Söhne"),
            "otpauth://totp/Candor%20Fisch%3A%20%26%20S%C3%B6hne:ada%26x%3D1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Candor%20Fisch%3A%20%26%20S%C3%B6hne"
        );
        assert_eq!(*typed(&secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
