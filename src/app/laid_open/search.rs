//! Looking for values, byte for byte, in whatever somebody holds.

use std::collections::HashMap;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

/// By so many bytes in a row a value is looked for before the whole of it is compared.
const KEY: usize = 8;

/// What came of looking for values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// How many values were looked for.
    pub values: usize,
    /// How many bytes were searched.
    pub bytes: usize,
    /// How many of the values stand there.
    pub found: usize,
}

impl Looked {
    /// Looks for values in all of these texts. Values of fewer than eight bytes are neither looked for nor counted.
    #[must_use]
    pub fn at(values: &[&[u8]], texts: &[&[u8]]) -> Self {
        let values: Vec<&[u8]> = values.iter().copied().filter(|value| value.len() >= KEY).collect();
        let index = Index::of(&values);
        let mut stands = vec![false; values.len()];
        for (value, _) in texts.iter().flat_map(|text| index.places(text)) {
            if let Some(stands) = stands.get_mut(value) {
                *stands = true;
            }
        }
        let found = stands.into_iter().filter(|stands| *stands).count();
        Self { values: values.len(), bytes: texts.iter().map(|text| text.len()).sum(), found }
    }

    /// Looks for values in all of these texts, also as they are written in letters: in hexadecimal and in both kinds of base 64.
    #[must_use]
    pub fn written_at(values: &[&[u8]], texts: &[&[u8]]) -> Self {
        let values: Vec<&[u8]> = values.iter().copied().filter(|value| value.len() >= KEY).collect();
        let written: Vec<[Vec<u8>; 5]> = values.iter().map(|value| forms(value)).collect();
        let flat: Vec<&[u8]> = written.iter().flatten().map(Vec::as_slice).collect();
        let index = Index::of(&flat);
        let mut stands = vec![false; values.len()];
        for (form, _) in texts.iter().flat_map(|text| index.places(text)) {
            if let Some(stands) = stands.get_mut(form / 5) {
                *stands = true;
            }
        }
        let found = stands.into_iter().filter(|stands| *stands).count();
        Self { values: values.len(), bytes: texts.iter().map(|text| text.len()).sum(), found }
    }

    /// Two searches, counted together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { values: self.values + other.values, bytes: self.bytes + other.bytes, found: self.found + other.found }
    }
}

/// A value and the ways to write it in letters. Of base 64 only what does not depend on what follows the value.
fn forms(value: &[u8]) -> [Vec<u8>; 5] {
    let whole = value.get(..value.len() - value.len() % 3).unwrap_or(value);
    let [lower, upper, plain, url] =
        [HEXLOWER.encode(value), HEXUPPER.encode(value), BASE64_NOPAD.encode(whole), BASE64URL_NOPAD.encode(whole)];
    [value.to_vec(), lower.into_bytes(), upper.into_bytes(), plain.into_bytes(), url.into_bytes()]
}

/// Values by what they begin with, to be found in many texts. Values of fewer than eight bytes are in no place.
///
/// Only every so many bytes of a text are looked up as the shortest value allows: of eight bytes in a row that are looked up in steps of `step`, one begins
/// within the first `step` bytes of the value, so each of those is known with its distance from the value's begin.
pub(super) struct Index<'a> {
    values: &'a [&'a [u8]],
    step: usize,
    known: HashMap<&'a [u8], Vec<(usize, usize)>>,
    /// Whether anything that is known begins with these two bytes: most of a text is passed over by this alone.
    begins: Vec<bool>,
}

impl<'a> Index<'a> {
    pub(super) fn of(values: &'a [&'a [u8]]) -> Self {
        let searchable = || values.iter().enumerate().filter(|(_, value)| value.len() >= KEY);
        let shortest = searchable().map(|(_, value)| value.len()).min().unwrap_or(KEY);
        let step = (shortest - KEY + 1).min(KEY);
        let mut known: HashMap<&[u8], Vec<(usize, usize)>> = HashMap::new();
        let mut begins = vec![false; 1 << 16];
        for (number, value) in searchable() {
            for (distance, key) in value.windows(KEY).take(step).enumerate() {
                known.entry(key).or_default().push((number, distance));
                if let Some(begin) = begins.get_mut(first_two(key)) {
                    *begin = true;
                }
            }
        }
        Self { values, step, known, begins }
    }

    /// Every place of every value, in one pass: the value's number and where it begins.
    pub(super) fn places(&self, content: &[u8]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (number, key) in content.windows(KEY).step_by(self.step).enumerate() {
            if !self.begins.get(first_two(key)).is_some_and(|begins| *begins) {
                continue;
            }
            for &(value, distance) in self.known.get(key).into_iter().flatten() {
                let Some(begin) = (number * self.step).checked_sub(distance) else { continue };
                if content.get(begin..).zip(self.values.get(value)).is_some_and(|(rest, value)| rest.starts_with(value)) {
                    places.push((value, begin));
                }
            }
        }
        places
    }
}

fn first_two(key: &[u8]) -> usize {
    match key {
        [first, second, ..] => usize::from(*first) << 8 | usize::from(*second),
        _ => 0,
    }
}
