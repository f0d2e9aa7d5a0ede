//! What is said, before it is said in a language.

use domain::{Day, Moment, PersonId, WaveId};

/// A text by its key with what is filled into it; the language comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub(super) key: &'static str,
    pub(super) values: Vec<(&'static str, Value)>,
}

/// What can be filled into a text, or stand on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name, or what a person wrote.
    Text(String),
    /// A number, by which texts also choose between one and many.
    Number(i64),
    /// A moment, said to the minute.
    Moment(Moment),
    /// A day of the calendar.
    Day(Day),
    /// A text of the catalogue.
    Saying(Box<Saying>),
    /// Texts of the catalogue, one after the other.
    List(Vec<Saying>),
    /// A text that comes in several languages, such as the title of a questionnaire.
    Title(domain::instrument::Words),
}

impl Saying {
    /// A text by its key.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// With a value filled in.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&WaveId> for Value {
    fn from(wave: &WaveId) -> Self {
        Self::Text(wave.to_string())
    }
}

impl From<&PersonId> for Value {
    fn from(person: &PersonId) -> Self {
        Self::Text(person.to_string())
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Saying> for Value {
    fn from(saying: Saying) -> Self {
        Self::Saying(Box::new(saying))
    }
}

/// Numbers that are larger than any count of people, days or bytes are said as the largest.
macro_rules! from_numbers {
    ($($number:ty)*) => {
        $(
            impl From<$number> for Value {
                fn from(number: $number) -> Self {
                    Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
                }
            }

            impl From<&$number> for Value {
                fn from(number: &$number) -> Self {
                    (*number).into()
                }
            }
        )*
    };
}

from_numbers!(u8 u16 u32 u64 usize i64);
