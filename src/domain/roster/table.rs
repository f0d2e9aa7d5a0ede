//! From the bytes of a staff list to rows with line numbers: encoding, separator, quotes, header. Knows nothing of people.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::faults::{Column, RosterFault, RosterNotice, RosterProblem};

/// The part of a staff list that could be read as rows, with everything that could not.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) problems: Vec<RosterProblem>,
    pub(super) notices: Vec<RosterNotice>,
    /// How the file itself calls the columns that are read.
    pub(super) headers: Vec<(Column, String)>,
    /// Texts of lines that could not be read as a row. A leader among them is not reported as unknown a second time.
    pub(super) unread: HashSet<String>,
}

/// One line below the header with as many fields as the header.
pub(super) struct Row {
    /// Line on which the row begins, from 1.
    pub(super) line: u64,
    cells: [Option<Cell>; Column::ALL.len()],
}

impl Row {
    /// The cell of a column; `None` when the file has no such column.
    pub(super) fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.get(column as usize).and_then(Option::as_ref)
    }
}

/// One field, in Unicode normal form C.
pub(super) struct Cell {
    /// Line on which the field begins.
    pub(super) line: u64,
    /// The text without white space at its ends.
    pub(super) text: String,
    /// Whether there was nothing but white space, and some of it.
    pub(super) blank: bool,
    /// Whether bytes that are not UTF-8 stood here, so that the text is not what its author wrote.
    pub(super) damaged: bool,
}

/// Bytes that are not UTF-8 become characters from here on, so that different bytes stay different and no further check trips over them.
const STAND_IN: u32 = 0xE000;

fn problem(line: u64, column: Option<Column>, fault: RosterFault) -> RosterProblem {
    RosterProblem { line, column, fault }
}

/// Reads the bytes of a file into rows.
pub(super) fn read(bytes: &[u8]) -> Table {
    let mut table = Table { rows: Vec::new(), problems: Vec::new(), notices: Vec::new(), headers: Vec::new(), unread: HashSet::new() };
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, 0, ..] | [_, 0, _, 0, ..]) {
        table.problems.push(problem(1, None, RosterFault::Utf16));
        return table;
    }
    let text = decode(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes), &mut table.problems);
    let damaged = !table.problems.is_empty();
    if text.trim().is_empty() {
        if !damaged {
            table.problems.push(problem(1, None, RosterFault::EmptyFile));
        }
        return table;
    }
    read_records(&text, damaged, &mut table);
    table
}

/// Decodes UTF-8 and reports the first wrong byte of every line.
fn decode(bytes: &[u8], problems: &mut Vec<RosterProblem>) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut lines = LineCounter::new(bytes);
    let mut last_line = 0;
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if let Some(&value) = chunk.invalid().first() {
            let line = lines.line_at(at);
            if line != last_line {
                let byte_in_line = at - lines.line_start + 1;
                problems.push(problem(line, None, RosterFault::NotUtf8 { byte_in_line, value }));
                last_line = line;
            }
            text.extend(chunk.invalid().iter().filter_map(|&b| char::from_u32(STAND_IN + u32::from(b))));
            at += chunk.invalid().len();
        }
    }
    text
}

/// Counts lines while moving forward; `\n`, `\r\n` and a lone `\r` each end a line, as they each end a CSV record.
struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
    line_start: usize,
}

impl<'a> LineCounter<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1, line_start: 0 }
    }

    /// The line of the byte at `offset`, which never lies before the last one asked for.
    fn line_at(&mut self, offset: usize) -> u64 {
        while self.at < offset {
            let byte = self.bytes.get(self.at);
            let next = self.bytes.get(self.at + 1);
            self.at += 1;
            if byte == Some(&b'\n') || (byte == Some(&b'\r') && next != Some(&b'\n')) {
                self.line += 1;
                self.line_start = self.at;
            }
        }
        self.line
    }
}

fn line_breaks(text: &str) -> u64 {
    LineCounter::new(text.as_bytes()).line_at(text.len()) - 1
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// Comma or semicolon: whichever makes more known columns out of the header.
fn delimiter_of(text: &str) -> u8 {
    let known = |delimiter: u8| {
        let mut header = csv::StringRecord::new();
        match reader(text, delimiter).read_record(&mut header) {
            Ok(true) => header.iter().filter(|name| column_named(name).is_some()).count(),
            _ => 0,
        }
    };
    if known(b';') > known(b',') { b';' } else { b',' }
}

fn column_named(header: &str) -> Option<Column> {
    let plain: String = header.nfc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.')).collect();
    Column::ALL.into_iter().find(|column| column.spellings().contains(&plain.as_str()))
}

/// The columns of the header by their place; `None` for a column that is ignored.
fn read_header(line: u64, header: &csv::StringRecord, table: &mut Table) -> Vec<Option<Column>> {
    let columns: Vec<_> = header.iter().map(column_named).collect();
    for column in Column::ALL {
        let mut places = header.iter().zip(&columns).filter(|(_, c)| **c == Some(column)).map(|(name, _)| name);
        match (places.next(), places.next()) {
            (None, _) if column.is_required() => {
                let found = header.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
                table.problems.push(problem(line, Some(column), RosterFault::MissingColumn { column, found }));
            }
            (Some(first), Some(second)) => {
                let fault = RosterFault::DoubledColumn { column, first: first.to_owned(), second: second.to_owned() };
                table.problems.push(problem(line, Some(column), fault));
            }
            _ => {}
        }
    }
    for (name, column) in header.iter().zip(&columns) {
        let name = name.trim().to_owned();
        match column {
            Some(column) => table.headers.push((*column, name)),
            None => table.notices.push(RosterNotice::IgnoredColumn { header: name }),
        }
    }
    columns
}

fn read_records(text: &str, damaged: bool, table: &mut Table) {
    let delimiter = delimiter_of(text);
    let mut reader = reader(text, delimiter);
    let mut lines = LineCounter::new(text.as_bytes());
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut blank_lines = Vec::new();
    let mut any_record = false;
    let mut record = csv::StringRecord::new();
    loop {
        let before = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            break;
        }
        let after = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        // The reader begins a record at the line breaks it skips; the person sees it begin at its first character.
        let raw = text.get(before..after).unwrap_or_default();
        let skipped = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let line = lines.line_at(before + skipped);
        let raw = raw.get(skipped..).unwrap_or_default().trim_end_matches(['\r', '\n']);

        if let Some(fault) = quoting_fault(raw, delimiter) {
            table.problems.push(problem(line, None, fault));
            set_aside(raw, &mut table.unread);
            any_record |= columns.is_some();
            if columns.is_none() {
                return;
            }
            continue;
        }
        let Some(columns) = &columns else {
            let found = read_header(line, &record, table);
            if table.problems.iter().any(|p| matches!(p.fault, RosterFault::MissingColumn { .. } | RosterFault::DoubledColumn { .. })) {
                return;
            }
            columns = Some(found);
            continue;
        };
        if record.iter().all(|field| field.trim().is_empty()) {
            blank_lines.push(line);
            continue;
        }
        any_record = true;
        if record.len() != columns.len() {
            table.problems.push(problem(line, None, RosterFault::Ragged { found: record.len(), expected: columns.len() }));
            set_aside(raw, &mut table.unread);
            continue;
        }
        table.rows.push(row_of(line, &record, columns, damaged));
    }
    if !any_record {
        table.problems.push(problem(1, None, RosterFault::NoPeople));
    }
    if !blank_lines.is_empty() {
        table.notices.push(RosterNotice::BlankLines { lines: blank_lines });
    }
}

fn row_of(line: u64, record: &csv::StringRecord, columns: &[Option<Column>], damaged: bool) -> Row {
    let mut row = Row { line, cells: Default::default() };
    let mut field_line = line;
    for (field, column) in record.iter().zip(columns) {
        let place = column.and_then(|column| row.cells.get_mut(column as usize));
        if let Some(cell) = place {
            let text: String = field.nfc().collect();
            let trimmed = text.trim();
            *cell = Some(Cell {
                line: field_line,
                blank: trimmed.is_empty() && !text.is_empty(),
                damaged: damaged && trimmed.chars().any(|c| (STAND_IN..STAND_IN + 0x100).contains(&u32::from(c))),
                text: trimmed.to_owned(),
            });
        }
        field_line += line_breaks(field);
    }
    row
}

/// Keeps every text of an unreadable line that could be a person id.
fn set_aside(raw: &str, unread: &mut HashSet<String>) {
    unread.extend(raw.split([',', ';', '"', '\r', '\n']).map(|part| part.trim().to_lowercase()).filter(|part| !part.is_empty()));
}

/// Checks the quotation marks of one record strictly (RFC 4180). The reader is lenient and would let a forgotten mark swallow whole lines.
fn quoting_fault(raw: &str, delimiter: u8) -> Option<RosterFault> {
    enum At {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
    }
    let mut at = At::FieldStart;
    for byte in raw.bytes() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::AfterQuote,
            (At::FieldStart | At::AfterQuote, b'"') | (At::Quoted, _) => At::Quoted,
            (At::Plain, b'"') => return Some(RosterFault::StrayQuote),
            (_, b) if b == delimiter => At::FieldStart,
            (At::AfterQuote, _) => return Some(RosterFault::StrayQuote),
            (At::FieldStart | At::Plain, _) => At::Plain,
        };
    }
    matches!(at, At::Quoted).then_some(RosterFault::OpenQuote)
}
