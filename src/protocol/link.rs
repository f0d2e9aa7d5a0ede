//! The personal links of invitations and closing mails: the one place where they are written, and where they are read back.
//!
//! A link is `<origin>/w/<wave>/#v2.<hash>.<check>.<code>`. The hash says which manifest the link's owner was promised, so that a round with other keys
//! is noticed; its two check characters tell a hash that a mail program, a scanner or a hand has damaged from one that is whole and belongs to another
//! manifest. Without them every damage would look like a change of keys. Rounds that an earlier version launched are served with that version's page, which
//! does not know check characters: their links go on as they began, `#v1.<hash>.<code>`.

use data_encoding::BASE64URL_NOPAD;

use crate::code::{digit_value, write_pair};
use crate::manifest::{FIRST_MANIFEST_FORMAT, FrozenManifest, ManifestHash};
use crate::secret::{LinkSecret, StatusHandle};

/// The characters of a hash by value. Case does not count, because some mail programs lower a whole link.
const CHARACTERS: &[u8; 38] = b"0123456789abcdefghijklmnopqrstuvwxyz-_";
/// The largest prime that two digits of base 32 can hold all remainders of.
const MODULUS: u32 = 1_021;

/// The link that a respondent opens; everything after `#` stays in the browser.
///
/// `origin` is the respondents' origin without a slash at its end, for instance `https://survey.example`.
#[must_use]
pub fn respondent_link(origin: &str, manifest: &FrozenManifest, secret: &LinkSecret) -> String {
    link(origin, manifest, 'v', &secret.to_code())
}

/// The link of a closing mail, which shows its holder whether their answer was recorded.
#[must_use]
pub fn status_link(origin: &str, manifest: &FrozenManifest, handle: &StatusHandle) -> String {
    link(origin, manifest, 's', &handle.to_code())
}

fn link(origin: &str, manifest: &FrozenManifest, purpose: char, code: &str) -> String {
    let hash = manifest.hash().to_base64url();
    let wave = &manifest.manifest().wave;
    if manifest.manifest().format == FIRST_MANIFEST_FORMAT {
        return format!("{origin}/w/{wave}/#{purpose}1.{hash}.{code}");
    }
    format!("{origin}/w/{wave}/#{purpose}2.{hash}.{}.{code}", check_characters(&hash))
}

/// Reads the link that a respondent opens; `None` when it is none, or damaged. Links of earlier versions, `v1` without check characters, are read too.
#[must_use]
pub fn read_respondent_link(link: &str) -> Option<(ManifestHash, LinkSecret)> {
    let (_, fragment) = link.split_once("#v")?;
    let parts: Vec<&str> = fragment.split('.').collect();
    let (hash, code) = match parts[..] {
        ["1", hash, code] => (hash, code),
        ["2", hash, check, code] if is_check(hash, check) => (hash, code),
        _ => return None,
    };
    let hash = BASE64URL_NOPAD.decode(hash.as_bytes()).ok()?.try_into().ok()?;
    Some((ManifestHash(hash), LinkSecret::parse(code).ok()?))
}

/// The two check characters of a hash as it stands in a link: its characters read as a number in base 38, modulo 1021, in two digits of base 32.
///
/// 1021 is prime, so every single wrong character changes the remainder; and 38 has order 510 modulo 1021, so every exchange of two different
/// characters does. Of other damage, one case in 1021 goes unnoticed.
#[must_use]
pub fn check_characters(hash: &str) -> String {
    write_pair(remainder(hash))
}

fn remainder(hash: &str) -> u32 {
    hash.bytes().fold(0, |number, character| (38 * number + value(character)) % MODULUS)
}

/// The value of a character; 38 for one that no hash contains.
fn value(character: u8) -> u32 {
    (0u32..).zip(CHARACTERS).find(|(_, known)| **known == character.to_ascii_lowercase()).map_or(38, |(value, _)| value)
}

fn is_check(hash: &str, check: &str) -> bool {
    let digits: Option<Vec<u8>> = check.chars().map(digit_value).collect();
    matches!(digits.as_deref(), Some([high, low]) if u32::from(*high) * 32 + u32::from(*low) == remainder(hash))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// The alphabet of hashes in links.
    const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    fn changed(text: &str, place: usize, to: u8) -> String {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = to;
        String::from_utf8(bytes).unwrap()
    }

    fn exchanged(text: &str, one: usize, two: usize) -> String {
        let mut bytes = text.as_bytes().to_vec();
        bytes.swap(one, two);
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn the_check_of_a_hash_fits_it_in_any_case(hash: [u8; 32]) {
            let hash = ManifestHash(hash).to_base64url();
            let check = check_characters(&hash);
            prop_assert_eq!(check.len(), 2);
            prop_assert!(is_check(&hash, &check));
            prop_assert!(is_check(&hash.to_lowercase(), &check.to_lowercase()));
            prop_assert!(is_check(&hash, &check.replace('0', "O").replace('1', "l")));
        }

        #[test]
        fn every_single_wrong_character_of_a_hash_is_found(hash: [u8; 32], to in proptest::sample::select(BASE64URL.as_slice())) {
            let hash = ManifestHash(hash).to_base64url();
            let check = check_characters(&hash);
            for place in 0..hash.len() {
                let same = hash.as_bytes()[place].eq_ignore_ascii_case(&to);
                prop_assert_eq!(is_check(&changed(&hash, place, to), &check), same, "{}", place);
            }
        }

        #[test]
        fn every_exchange_of_two_characters_of_a_hash_is_found(hash: [u8; 32]) {
            let hash = ManifestHash(hash).to_base64url();
            let check = check_characters(&hash);
            for one in 0..hash.len() {
                for two in 0..one {
                    if !hash.as_bytes()[one].eq_ignore_ascii_case(&hash.as_bytes()[two]) {
                        prop_assert!(!is_check(&exchanged(&hash, one, two), &check), "{one} and {two}");
                    }
                }
            }
        }

        #[test]
        fn every_single_wrong_check_character_and_their_exchange_are_found(hash: [u8; 32], place in 0..2usize, to: u8) {
            let hash = ManifestHash(hash).to_base64url();
            let check = check_characters(&hash);
            let to = check_characters("-_").as_bytes()[usize::from(to % 2)];
            prop_assert_eq!(is_check(&hash, &changed(&check, place, to)), check.as_bytes()[place] == to);
            prop_assert_eq!(is_check(&hash, &exchanged(&check, 0, 1)), check.as_bytes()[0] == check.as_bytes()[1]);
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = read_respondent_link(&text);
            let _ = read_respondent_link(&format!("#v2.{text}"));
        }
    }
}
