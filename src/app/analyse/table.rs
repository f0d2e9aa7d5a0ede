//! From the bytes of a survey file to named columns and rows with line numbers. Knows nothing of items, groups or scales.
//!
//! Quotation marks are read strictly (RFC 4180): a lenient reader lets a forgotten mark swallow whole lines of answers without a word.

use super::problem::{Meant, Place, Problem};

/// Rows under named columns, as text.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file as it was given, for messages.
    pub(super) source: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Lines without any content, which are passed over.
    pub(super) blank_lines: usize,
}

/// One line below the header, with as many cells as the header.
///
/// All its texts stand in one, so that a file of millions of answers does not become as many small pieces of memory.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The line on which the row begins, from 1.
    pub(super) line: u64,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
}

/// The place of a column in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

/// What is read as a number, and what as missing.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Words that stand for a missing answer, besides an empty cell.
    pub missing: Vec<String>,
    /// Whether `3,5` is three and a half.
    pub decimal_comma: bool,
}

impl Row {
    /// A row without cells.
    pub(super) fn begin(line: u64) -> Self {
        Self { line, text: String::new(), ends: Vec::new() }
    }

    /// Ends a cell after this text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text of a cell, without white space at its ends; empty where there is none.
    pub(super) fn cell(&self, column: Column) -> &str {
        let begin = column.0.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = begin.zip(self.ends.get(column.0).copied());
        range.and_then(|(begin, end)| self.text.get(begin..end)).unwrap_or_default().trim()
    }

    /// The texts of all cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|place| self.cell(Column(place)))
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Table {
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// When they are not UTF-8 text, have no header or no rows, or a line does not fit the header.
    pub fn read(source: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let no_table = |reason: &str| Problem::NoTable { file: source.to_owned(), reason: reason.to_owned() };
        if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return Err(no_table("it is UTF-16 text; save it as CSV in UTF-8"));
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| Problem::BadLine {
            file: source.to_owned(),
            line: 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() as u64,
            reason: "there is a character that is not UTF-8; save the file as CSV in UTF-8".to_owned(),
        })?;
        if text.trim().is_empty() {
            return Err(no_table("the file is empty: a header line with the names of the columns is needed, and rows below it"));
        }
        let mut records = records(source, text)?.into_iter();
        let columns: Vec<String> = records.next().map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
        let mut table = Self { source: source.to_owned(), columns, rows: Vec::new(), blank_lines: 0 };
        for row in records {
            if row.is_blank() {
                table.blank_lines += 1;
            } else if row.ends.len() == table.columns.len() {
                table.rows.push(row);
            } else {
                let (cells, named) = (row.ends.len(), table.columns.len());
                let mut reason = format!("{cells} cells, but the header names {named} columns");
                if cells > named && delimiter_of(text) == ',' {
                    reason += ". If there are decimal commas, separate the columns by semicolons, or put these numbers in quotation marks";
                }
                return Err(Problem::BadLine { file: source.to_owned(), line: row.line, reason });
            }
        }
        if table.rows.is_empty() { Err(no_table("there is a header and no row below it")) } else { Ok(table) }
    }

    /// The column of this name.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn column(&self, option: &'static str, name: &str) -> Result<Column, Problem> {
        let mut places = self.columns.iter().enumerate().filter(|(_, column)| *column == name).map(|(place, _)| Column(place));
        match (places.next(), places.count()) {
            (Some(column), 0) => Ok(column),
            (Some(_), more) => Err(Problem::DoubledColumn { file: self.source.clone(), option, name: name.to_owned(), times: more + 1 }),
            (None, _) => Err(Problem::UnknownColumn {
                file: self.source.clone(),
                option,
                name: name.to_owned(),
                meant: self.several(name).map(Meant::Several).or_else(|| self.nearest(name).map(Meant::Nearest)),
                columns: self.columns.join(", "),
            }),
        }
    }

    /// The column of this name, when there is exactly one.
    pub(super) fn find(&self, name: &str) -> Option<Column> {
        self.column("", name).ok()
    }

    /// The columns that `name` joins, as `UNIT PLATOON`, `UNIT+' '+PLATOON` and the range `saf1:saf4` do, separated by commas.
    fn several(&self, name: &str) -> Option<String> {
        let place = |name: &str| self.columns.iter().position(|column| column == name.trim());
        let range = name.split_once([':', '-']).and_then(|(first, last)| self.columns.get(place(first)?..=place(last)?));
        if let Some(range) = range {
            return Some(range.join(","));
        }
        let parts: Vec<&str> = name.split(|c: char| c.is_whitespace() || "+'\"&;/".contains(c)).filter(|part| !part.is_empty()).collect();
        (parts.len() > 1 && parts.iter().all(|part| place(part).is_some())).then(|| parts.join(","))
    }

    /// The existing name that looks most like `name`, when one does.
    fn nearest(&self, name: &str) -> Option<String> {
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(name);
        let near = self.columns.iter().map(|column| (strsim::osa_distance(&plain(column), &wanted), column));
        near.min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| 3 * distance <= wanted.chars().count())
            .map(|(_, column)| column.clone())
    }

    /// Where a cell stands.
    pub(super) fn place(&self, row: &Row, column: Column) -> Place {
        Place { source: self.source.clone(), line: row.line, column: self.columns.get(column.0).cloned().unwrap_or_default() }
    }

    /// The number in a cell; `None` when it is missing.
    ///
    /// # Errors
    /// When there is text that is neither a number nor a word for a missing answer.
    pub(super) fn number(&self, row: &Row, column: Column, reading: &Reading) -> Result<Option<f64>, Problem> {
        let text = row.cell(column);
        if text.is_empty() || reading.missing.iter().any(|word| same(text, word)) {
            return Ok(None);
        }
        let refused = |advice: String| Problem::NotANumber { place: self.place(row, column), value: text.to_owned(), advice };
        if reading.decimal_comma && text.contains('.') && !text.contains(',') && finite(text).is_some() {
            return Err(refused("With --decimal-comma a point may separate thousands: leave points out, or --decimal-comma".to_owned()));
        }
        let parsed = if reading.decimal_comma && !text.contains('.') { finite(&text.replace(',', ".")) } else { finite(text) };
        parsed.map(Some).ok_or_else(|| refused(advice(text)))
    }
}

/// A finite number as a person writes it; not `inf` or `NaN`.
pub(super) fn finite(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Whether two texts are the same, or the same number: `1` and `1.0`.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || plain(a).zip(plain(b)).is_some_and(|(a, b)| a == b)
}

/// The number that a text writes with so few plain digits that no other number looks like it: a name such as `0E5` is none.
pub(super) fn plain(text: &str) -> Option<f64> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = (1..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    // Zero has one sign.
    finite(text).filter(|_| plain).map(|number| number + 0.0)
}

fn advice(text: &str) -> String {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let comma = text.split_once(',').filter(|(whole, rest)| digits(whole.trim_start_matches('-')) && digits(rest));
    if comma.is_some() {
        return "If the comma is a decimal comma, say --decimal-comma".to_owned();
    }
    let quoted =
        if text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/')) { text.to_owned() } else { format!("'{text}'") };
    format!("Correct it; or, if it stands for a missing answer, say --missing {quoted}")
}

/// Comma, semicolon or tab: whichever the first line holds most of, outside quotation marks.
fn delimiter_of(text: &str) -> char {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = header.split('"').step_by(2).collect();
    let count = |delimiter: char| outside.matches(delimiter).count();
    [';', '\t'].into_iter().fold(',', |best, delimiter| if count(delimiter) > count(best) { delimiter } else { best })
}

/// Where the reader stands inside a cell.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Start,
    Plain,
    Quoted,
    AfterQuote,
}

/// Cuts a text into records; empty lines are records with one empty cell.
fn records(source: &str, text: &str) -> Result<Vec<Row>, Problem> {
    let delimiter = delimiter_of(text);
    let bad = |line: u64, reason: &str| Problem::BadLine { file: source.to_owned(), line, reason: reason.to_owned() };
    let (mut records, mut row) = (Vec::new(), Row::begin(1));
    let (mut at, mut line) = (At::Start, 1_u64);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        // A lone carriage return ends a line as well: so did old spreadsheets.
        let ends_line = character == '\n' || (character == '\r' && characters.peek() != Some(&'\n'));
        line += u64::from(ends_line);
        at = match (at, character) {
            (At::Quoted, '"') => At::AfterQuote,
            (At::Start, '"') => At::Quoted,
            (At::AfterQuote, '"') => {
                row.text.push('"');
                At::Quoted
            }
            (At::Quoted, other) => {
                row.text.push(other);
                At::Quoted
            }
            (_, '\r') if !ends_line => at,
            (_, end) if end == delimiter || ends_line => {
                row.push("");
                if ends_line {
                    records.push(std::mem::replace(&mut row, Row::begin(line)));
                }
                At::Start
            }
            (At::Plain, '"') => {
                return Err(bad(line, "a quotation mark stands inside a cell: double it, and put the whole cell in quotation marks"));
            }
            (At::AfterQuote, _) => return Err(bad(line, "text follows a closing quotation mark: double the marks inside a cell")),
            (At::Start | At::Plain, other) => {
                row.text.push(other);
                At::Plain
            }
        };
    }
    if at == At::Quoted {
        return Err(bad(row.line, "a quotation mark is opened on this line and never closed"));
    }
    if at != At::Start || !row.ends.is_empty() {
        row.push("");
        records.push(row);
    }
    let first = records.iter().position(|row| !row.is_blank()).unwrap_or(0);
    records.drain(..first);
    Ok(records)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn read(text: &str) -> Table {
        Table::read("rows.csv", text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}"))
    }

    fn refused(text: &str) -> String {
        Table::read("rows.csv", text.as_bytes()).expect_err("the file should be refused").to_string()
    }

    #[test]
    fn a_row_keeps_the_line_on_which_it_begins() {
        let table = read("\u{feff}team,a\r\n\r\n\"North\r\nEast\",1\r\n,\r\n\"So \"\"uth\"\"\",2");
        let rows: Vec<_> = table.rows.iter().map(|row| (row.line, row.cell(Column(0)), row.cell(Column(1)))).collect();
        assert_eq!(rows, [(3, "North\r\nEast", "1"), (6, "So \"uth\"", "2")]);
        assert_eq!(table.blank_lines, 2);
    }

    #[test]
    fn comma_semicolon_and_tab_are_told_apart() {
        for delimiter in [",", ";", "\t"] {
            let table = read(&format!("\"a,b;c\"{delimiter}d\n1{delimiter}2\n"));
            assert_eq!(table.columns, ["a,b;c", "d"]);
        }
    }

    #[test]
    fn a_forgotten_quotation_mark_is_found_on_its_line() {
        assert!(refused("a,b\n1,2\n\"3,4\n5,6\n").contains("line 3: a quotation mark is opened"));
        assert!(refused("a,b\n1,2\n3\",4\n").contains("line 3: a quotation mark stands inside a cell"));
        assert!(refused("a,b\n\"1\"2,2\n").contains("line 2: text follows a closing quotation mark"));
    }

    #[test]
    fn one_number_written_in_two_ways_is_the_same_and_two_names_are_not() {
        for (a, b) in [("1", "1.0"), ("01", "1"), ("-0", "0"), ("+2", "2.00"), ("T1", " T1 ")] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [("0E5", "0E7"), ("1E2", "100"), ("12345678901234567890", "12345678901234567891"), ("", "0"), ("T1", "T01")] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn what_is_not_finite_is_no_number() {
        for text in ["NaN", "inf", "-infinity", "1e999", "", "five"] {
            assert_eq!(finite(text), None, "{text}");
        }
        assert_eq!(finite(" -1.5e1 "), Some(-15.0));
    }
}
