// Check words: bits written as pronounceable words, so that two people can compare what they were shown.

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';

/** One word for 16 bits: consonant-vowel-consonant-vowel-consonant. */
function word(bits: number): string {
  return (
    CONSONANTS.charAt((bits >>> 12) & 15) +
    VOWELS.charAt((bits >>> 10) & 3) +
    CONSONANTS.charAt((bits >>> 6) & 15) +
    VOWELS.charAt((bits >>> 4) & 3) +
    CONSONANTS.charAt(bits & 15)
  );
}

/** The words for the first `count` pairs of bytes of a hash. */
export function checkWords(hash: Uint8Array, count: number): string[] {
  return Array.from({ length: count }, (_, i) => word(((hash[2 * i] ?? 0) << 8) | (hash[2 * i + 1] ?? 0)));
}

/** A round has six words, from the hash of its manifest. */
export const WAVE_WORDS = 6;
/** A group has four words, from its leaf hash. */
export const GROUP_WORDS = 4;
