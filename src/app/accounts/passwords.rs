//! Which passwords are taken: long ones that are not on the list of the first guesses. No rules about what they are made of
//! (NIST SP 800-63B-4, section 3.1.1.2).

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most bytes of a password that are looked at.
pub const LONGEST: usize = 400;

/// Well-known first guesses of twelve characters and more, and words that stand in them. Compared without case and without what is no
/// letter or digit.
const FIRST_GUESSES: &[&str] = &[
    "password",
    "passwort",
    "passw0rd",
    "kennwort",
    "letmein",
    "iloveyou",
    "qwerty",
    "qwertz",
    "asdfgh",
    "welcome",
    "willkommen",
    "changeme",
    "administrator",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "starwars",
    "trustno1",
    "whatever",
    "computer",
    "internet",
    "michael",
    "charlie",
    "jennifer",
    "azerty",
    "motdepasse",
    "contrasena",
    "correcthorsebatterystaple",
    "geheim",
    "hallo",
    "sommer",
    "winter",
    "fruhling",
    "herbst",
    "summer",
    "spring",
    "autumn",
    "secret",
    "default",
    "survey",
    "umfrage",
    "candor",
];

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// It has fewer than [`SHORTEST`] characters.
    Short,
    /// It has more than [`LONGEST`] bytes.
    Long,
    /// It is one of the first guesses, or little more than one.
    Guessed,
    /// It is little more than the name of the account or of the organisation.
    Named,
    /// It is one character, or a short run, again and again, or a row of neighbours.
    Monotonous,
}

impl Weak {
    /// The name of the reason, for catalogues of words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Guessed => "guessed",
            Self::Named => "named",
            Self::Monotonous => "monotonous",
        }
    }
}

impl fmt::Display for Weak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => {
                write!(f, "the password is shorter than {SHORTEST} characters: a sentence of a few words is easy to keep and hard to guess")
            }
            Self::Long => write!(f, "the password has more than {LONGEST} bytes: a sentence of a few words is enough"),
            Self::Guessed => {
                f.write_str("the password is little more than a word that is guessed first: take a few words that do not belong together")
            }
            Self::Named => {
                f.write_str("the password is little more than the name of the account or of the organisation: take a few other words")
            }
            Self::Monotonous => f.write_str("the password repeats itself: take a few words that do not belong together"),
        }
    }
}

/// Checks a new password. `names` are words that belong to the account: its login, the organisation.
///
/// # Errors
/// [`Weak`] says why it is not taken.
pub fn check(password: &SecretString, names: &[&str]) -> Result<(), Weak> {
    let password = password.expose_secret();
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    let plain = plain(password);
    if is_monotonous(&plain) {
        return Err(Weak::Monotonous);
    }
    if names.iter().flat_map(|name| parts(name)).any(|name| little_more_than(&plain, &name)) {
        return Err(Weak::Named);
    }
    if FIRST_GUESSES.iter().any(|guess| little_more_than(&plain, guess)) {
        return Err(Weak::Guessed);
    }
    Ok(())
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name as a whole, and its words of some length: of a mail address what stands before the @ and behind it.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(plain).filter(|word| word.chars().count() >= 5).collect();
    std::iter::once(plain(name)).filter(|whole| whole.chars().count() >= 3).chain(words)
}

/// Whether a text is a word, once or several times, with fewer than six characters besides.
fn little_more_than(plain: &str, word: &str) -> bool {
    plain.contains(word) && plain.replace(word, "").chars().count() < 6
}

/// Whether a text has at most three different characters, or each of its characters is a neighbour of the one before, or nearly so.
fn is_monotonous(plain: &str) -> bool {
    let letters: Vec<u32> = plain.chars().map(u32::from).collect();
    let different: std::collections::BTreeSet<u32> = letters.iter().copied().collect();
    let steps = letters.iter().zip(letters.iter().skip(1)).filter(|(a, b)| a.abs_diff(**b) <= 1).count();
    different.len() <= 3 || steps + 3 >= letters.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use proptest::prelude::*;

    use super::*;

    fn checked(password: &str) -> Result<(), Weak> {
        check(&SecretString::from(password), &["ada.lovelace@example.org", "Northwind Traders"])
    }

    #[test]
    fn a_sentence_of_some_words_is_taken_whatever_it_is_made_of() {
        for good in
            ["a sentence of some words", "nur kleine buchstaben", "9-lamps-under-the-sea", "ŝafo kaj ĉevalo iras", "tasuta-lapok-minuf"]
        {
            assert_eq!(checked(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn first_guesses_names_and_repetitions_are_not_taken_however_they_are_dressed_up() {
        for (bad, why) in [
            ("elevenchars", Weak::Short),
            ("Password1234", Weak::Guessed),
            ("p.a.s.s.w.o.r.d-2026", Weak::Guessed),
            ("Sommer-2026!!", Weak::Guessed),
            ("Correct horse battery staple", Weak::Guessed),
            ("candor candor candor", Weak::Guessed),
            ("ada.lovelace@example.org", Weak::Named),
            ("Lovelace 1815!", Weak::Named),
            ("NorthwindTraders1", Weak::Named),
            ("aaaaaaaaaaaaaaaa", Weak::Monotonous),
            ("121212121212", Weak::Monotonous),
            ("abcdefghijklmnop", Weak::Monotonous),
            ("123456789012", Weak::Monotonous),
            ("............", Weak::Monotonous),
        ] {
            assert_eq!(checked(bad), Err(why), "{bad}");
        }
        assert_eq!(checked(&"lamp under sea ".repeat(40)), Err(Weak::Long));
    }

    proptest! {
        #[test]
        fn four_words_of_five_letters_that_nobody_drew_up_are_always_taken(words in proptest::collection::vec("[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]", 4)) {
            let different: std::collections::BTreeSet<&String> = words.iter().collect();
            prop_assume!(different.len() == 4);
            prop_assert_eq!(checked(&words.join("-")), Ok(()));
        }
    }
}
