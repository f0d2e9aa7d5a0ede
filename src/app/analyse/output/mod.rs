//! What an analysis says: named results in a fixed order, as JSON for programs and as a calm table for people.

mod json;
mod text;

pub(crate) use text::printable;

use std::borrow::Cow;
use std::fmt::Display;

use super::method::Method;

/// The answer to one request.
#[derive(Debug)]
pub struct Report {
    /// What was computed.
    pub method: Method,
    /// The results in their order.
    pub fields: Fields,
    /// What was read, and what was left out.
    pub read: Vec<Read>,
    /// What a reader should know before using the numbers.
    pub notes: Vec<String>,
}

/// Named results in their order.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

/// One named result.
#[derive(Debug)]
struct Field {
    key: Cow<'static, str>,
    /// What it is, in words.
    meaning: Cow<'static, str>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    One(Cell),
    /// One cell per group, item or row; the columns of equal length that follow each other make one table.
    Column {
        head: &'static str,
        cells: Vec<Cell>,
    },
    Nested(Fields),
}

/// One result.
#[derive(Debug, Clone)]
pub enum Cell {
    /// A measured number, or why there is none.
    Number(Result<f64, String>),
    /// A whole number.
    Count(u64),
    /// A word or a name.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Nothing to say.
    Nothing,
}

/// One thing that was read.
#[derive(Debug)]
pub struct Read {
    /// Its name.
    pub key: Cow<'static, str>,
    /// What it is, in words.
    pub meaning: Cow<'static, str>,
    /// How many.
    pub count: usize,
}

impl Cell {
    /// A number, or the reason why there is none; what is not finite never gets out.
    pub fn number<E: Display>(number: Result<f64, E>) -> Self {
        Self::Number(
            number
                .map_err(|reason| reason.to_string())
                .and_then(|number| if number.is_finite() { Ok(number) } else { Err("the number is too large to be written".to_owned()) }),
        )
    }

    /// How many.
    pub fn count(count: impl TryInto<u64>) -> Self {
        Self::Count(count.try_into().unwrap_or(u64::MAX))
    }
}

impl Fields {
    /// Adds a number, or the reason why there is none.
    pub fn number<E: Display>(&mut self, key: impl Into<Cow<'static, str>>, meaning: impl Into<Cow<'static, str>>, number: Result<f64, E>) {
        self.cell(key, meaning, Cell::number(number));
    }

    /// Adds a number that always exists.
    pub fn value(&mut self, key: impl Into<Cow<'static, str>>, meaning: impl Into<Cow<'static, str>>, number: f64) {
        self.number(key, meaning, Ok::<_, String>(number));
    }

    /// Adds a whole number.
    pub fn count(&mut self, key: &'static str, meaning: impl Into<Cow<'static, str>>, count: impl TryInto<u64>) {
        self.cell(key, meaning, Cell::count(count));
    }

    /// Adds a word.
    pub fn text(&mut self, key: &'static str, meaning: &'static str, text: impl Into<String>) {
        self.cell(key, meaning, Cell::Text(text.into()));
    }

    /// Adds one result.
    pub fn cell(&mut self, key: impl Into<Cow<'static, str>>, meaning: impl Into<Cow<'static, str>>, cell: Cell) {
        self.0.push(Field { key: key.into(), meaning: meaning.into(), content: Content::One(cell) });
    }

    /// Adds a column of a table, under a short heading.
    pub fn column(
        &mut self,
        key: &'static str,
        head: &'static str,
        meaning: impl Into<Cow<'static, str>>,
        cells: impl IntoIterator<Item = Cell>,
    ) {
        self.0.push(Field {
            key: key.into(),
            meaning: meaning.into(),
            content: Content::Column { head, cells: cells.into_iter().collect() },
        });
    }

    /// Adds a column of numbers.
    pub fn numbers<E: Display>(
        &mut self,
        key: &'static str,
        head: &'static str,
        meaning: impl Into<Cow<'static, str>>,
        numbers: impl IntoIterator<Item = Result<f64, E>>,
    ) {
        self.column(key, head, meaning, numbers.into_iter().map(Cell::number));
    }

    /// Whether a result of this name is there.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|field| field.key == key)
    }

    /// Adds results that belong together.
    pub fn nested(&mut self, key: impl Into<Cow<'static, str>>, meaning: impl Into<Cow<'static, str>>, fields: Self) {
        self.0.push(Field { key: key.into(), meaning: meaning.into(), content: Content::Nested(fields) });
    }
}
