//! Check words: hashes as words that two people can compare aloud, after the proquints of D. S. Wilkerson (2009).

use crate::groups::GroupLeafHash;
use crate::manifest::ManifestHash;

const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 4] = b"aiou";

/// The six words of a wave: the first 12 bytes of the manifest's hash. The same for everybody who is invited.
#[must_use]
pub fn manifest_words(hash: &ManifestHash) -> [String; 6] {
    first_words(&hash.0)
}

/// The four words of a group: the first 8 bytes of its leaf hash. The same for everybody in the group.
#[must_use]
pub fn group_words(leaf: &GroupLeafHash) -> [String; 4] {
    first_words(&leaf.0)
}

/// Six words of any hash that people compare aloud.
#[must_use]
pub fn hash_words(hash: &[u8; 32]) -> [String; 6] {
    first_words(hash)
}

/// The first `2 * N` bytes as N words; N is at most 16.
fn first_words<const N: usize>(bytes: &[u8; 32]) -> [String; N] {
    std::array::from_fn(|place| word(u16::from_be_bytes([bytes[2 * place], bytes[2 * place + 1]])))
}

/// Sixteen bits as consonant, vowel, consonant, vowel, consonant (4, 2, 4, 2 and 4 bits).
fn word(bits: u16) -> String {
    let consonant = |shift: u16| char::from(CONSONANTS[usize::from(bits >> shift & 0xf)]);
    let vowel = |shift: u16| char::from(VOWELS[usize::from(bits >> shift & 0x3)]);
    [consonant(12), vowel(10), consonant(6), vowel(4), consonant(0)].into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_the_published_proquints() {
        // 127.0.0.1 and 63.84.220.193 as in the proquint paper.
        assert_eq!([word(0x7f00), word(0x0001)], ["lusab", "babad"]);
        assert_eq!([word(0x3f54), word(0xdcc1)], ["gutih", "tugad"]);
    }

    #[test]
    fn no_two_values_share_a_word() {
        let words: BTreeSet<String> = (0..=u16::MAX).map(word).collect();
        assert_eq!(words.len(), 1 << 16);
    }

    #[test]
    fn a_wave_has_six_words_and_a_group_four() {
        assert_eq!(manifest_words(&ManifestHash([0; 32])), ["babab"; 6]);
        assert_eq!(group_words(&GroupLeafHash([0xff; 32])), ["zuzuz"; 4]);
    }
}
