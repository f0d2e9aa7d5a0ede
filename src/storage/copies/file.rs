//! The file: two lines of text, the rows, noise up to a round size, and a SHA-256 over everything before it.
//!
//! | part | |
//! |---|---|
//! | first line | `candor-copy/1` |
//! | second line | JSON: side, version of the program, pair, migrations, tables |
//! | per table, in that order | per row a byte 1 and its values; then a byte 0 |
//! | per value | a byte 0 for nothing; else a byte 1 and the value. Numbers and instants (microseconds since 1970) have eight bytes, the highest first; bytes, texts and documents their length in four bytes before them |
//! | noise | its length in eight bytes, then as many random bytes |
//! | end | SHA-256 of everything before it |
//!
//! The noise hides how much is in the file: its size is rounded up by at most an eighth, after room was made for what is still to come. It is random, so
//! that a program that compresses files does not undo it.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};

use domain::Moment;
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{CopyProblem, Kind, Row, Table, Value};
use crate::sql_types::Json;

/// The first line.
const FORM: &str = "candor-copy/1";

/// What the first lines of all forms begin with.
const FAMILY: &str = "candor-copy/";

/// The longest first and second line that are read.
const LONGEST_LINE: u64 = 1 << 20;

/// Length of the SHA-256 at the end.
const END: u64 = 32;

/// What stands at the head of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) side: String,
    pub(super) program: String,
    pub(super) pair: [u8; 16],
    pub(super) migrations: Vec<String>,
    pub(super) tables: Vec<Table>,
}

/// Writes a copy.
pub(super) struct CopyWriter<W: Write> {
    out: BufWriter<W>,
    hash: Sha256,
    written: u64,
}

impl<W: Write> CopyWriter<W> {
    pub(super) fn begin(out: W, header: &Header) -> Result<Self, CopyProblem> {
        let mut writer = Self { out: BufWriter::with_capacity(1 << 16, out), hash: Sha256::new(), written: 0 };
        writer.put(FORM.as_bytes())?;
        writer.put(b"\n")?;
        writer.put(serde_json::to_string(header).map_err(io::Error::from)?.as_bytes())?;
        writer.put(b"\n")?;
        Ok(writer)
    }

    pub(super) fn row(&mut self, row: &[Value]) -> Result<(), CopyProblem> {
        let mut bytes = vec![1];
        for value in row {
            encode(value, &mut bytes)?;
        }
        self.put(&bytes)
    }

    pub(super) fn end_table(&mut self) -> Result<(), CopyProblem> {
        self.put(&[0])
    }

    /// Ends the file with noise: at least `room` bytes, and as many more as make its size a round one. Gives the SHA-256 of the whole file.
    pub(super) fn finish(mut self, room: u64, random: &mut impl Rng) -> Result<[u8; 32], CopyProblem> {
        let least = self.written.saturating_add(8).saturating_add(room).saturating_add(END);
        let mut noise = rounded_up(least).saturating_sub(least).saturating_add(room);
        self.put(&noise.to_be_bytes())?;
        let mut block = [0; 1 << 16];
        while noise > 0 {
            random.fill_bytes(&mut block);
            let part = usize::try_from(noise).unwrap_or(usize::MAX).min(block.len());
            self.put(block.get(..part).unwrap_or_default())?;
            noise = noise.saturating_sub(part as u64);
        }
        let end: [u8; 32] = self.hash.clone().finalize().into();
        self.put(&end)?;
        self.out.flush()?;
        Ok(self.hash.finalize().into())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), CopyProblem> {
        self.hash.update(bytes);
        self.written = self.written.saturating_add(bytes.len() as u64);
        Ok(self.out.write_all(bytes)?)
    }
}

/// A size that says less than the given one, and is at most an eighth larger: only the upper binary digits stay (Padmé; Nikitin et al., "Reducing Metadata
/// Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019).
fn rounded_up(size: u64) -> u64 {
    let Some(exponent) = size.checked_ilog2().filter(|exponent| *exponent > 0) else { return size };
    let kept = exponent.ilog2() + 1;
    let mask = (1_u64 << exponent.saturating_sub(kept)) - 1;
    size.saturating_add(mask) & !mask
}

/// How many bytes a row takes in the file.
#[must_use]
pub fn encoded_size(row: &[Value]) -> u64 {
    let mut bytes = Vec::new();
    let fits = row.iter().all(|value| encode(value, &mut bytes).is_ok());
    if fits { 1 + bytes.len() as u64 } else { 0 }
}

fn encode(value: &Value, out: &mut Vec<u8>) -> Result<(), CopyProblem> {
    let document;
    let (fixed, bytes): (&[u8], Option<&[u8]>) = match value {
        Value::Null => {
            out.push(0);
            return Ok(());
        }
        Value::Id16(id) => (id, None),
        Value::Truth(truth) => (if *truth { &[1] } else { &[0] }, None),
        Value::Number(number) => (&number.to_be_bytes(), None),
        Value::Moment(moment) => (&moment.micros().to_be_bytes(), None),
        Value::Bytes(bytes) => (&[], Some(bytes)),
        Value::Text(text) => (&[], Some(text.as_bytes())),
        Value::Doc(Json(content)) => {
            document = content.to_string();
            (&[], Some(document.as_bytes()))
        }
    };
    out.push(1);
    out.extend_from_slice(fixed);
    if let Some(bytes) = bytes {
        let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("a value is larger than four gigabytes"))?;
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(bytes);
    }
    Ok(())
}

/// Reads a copy from its beginning to its end; what it gives is only certain once [`Self::finish`] has found the end.
pub(super) struct CopyReader<R: Read> {
    input: BufReader<R>,
    hash: Sha256,
    pub(super) header: Header,
}

impl<R: Read> CopyReader<R> {
    pub(super) fn open(input: R) -> Result<Self, CopyProblem> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut hash = Sha256::new();
        let form = line(&mut input, &mut hash)?.ok_or(CopyProblem::NoCopy)?;
        let form = String::from_utf8(form).map_err(|_| CopyProblem::NoCopy)?;
        if form != FORM {
            return Err(if form.starts_with(FAMILY) && form.len() < 40 { CopyProblem::OtherForm(form) } else { CopyProblem::NoCopy });
        }
        let header = line(&mut input, &mut hash)?.ok_or(CopyProblem::CutOff)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| CopyProblem::Altered("its second line cannot be read"))?;
        if !header.tables.iter().all(Table::is_sound) {
            return Err(CopyProblem::Altered("its second line names what cannot be a table"));
        }
        Ok(Self { input, hash, header })
    }

    /// The next row of a table; `None` at the table's end. Tables have to be read in the order of the header, each to its end.
    pub(super) fn row(&mut self, table: &Table) -> Result<Option<Row>, CopyProblem> {
        match self.byte()? {
            0 => Ok(None),
            1 => table.columns.iter().map(|column| self.value(column.kind)).collect::<Result<_, _>>().map(Some),
            _ => Err(CopyProblem::Altered("a row does not begin where it should")),
        }
    }

    /// Reads what comes after the last table; the SHA-256 of what came before the noise, and that of the whole file.
    pub(super) fn finish(mut self) -> Result<([u8; 32], [u8; 32]), CopyProblem> {
        let content = self.hash.clone().finalize().into();
        let mut noise = u64::from_be_bytes(self.array()?);
        let mut block = [0; 1 << 16];
        while noise > 0 {
            let part = usize::try_from(noise).unwrap_or(usize::MAX).min(block.len());
            let part = block.get_mut(..part).unwrap_or_default();
            exactly(&mut self.input, part)?;
            self.hash.update(&part);
            noise = noise.saturating_sub(part.len() as u64);
        }
        let computed: [u8; 32] = self.hash.clone().finalize().into();
        if self.array::<32>()? != computed {
            return Err(CopyProblem::Altered("its SHA-256 is another one than the one at its end"));
        }
        match self.input.read(&mut [0])? {
            0 => Ok((content, self.hash.finalize().into())),
            _ => Err(CopyProblem::Altered("it goes on after its end mark")),
        }
    }

    fn value(&mut self, kind: Kind) -> Result<Value, CopyProblem> {
        match self.byte()? {
            0 => return Ok(Value::Null),
            1 => {}
            _ => return Err(CopyProblem::Altered("a value does not begin where it should")),
        }
        Ok(match kind {
            Kind::Id16 => Value::Id16(self.array()?),
            Kind::Truth => match self.byte()? {
                0 => Value::Truth(false),
                1 => Value::Truth(true),
                _ => return Err(CopyProblem::Altered("a value is neither yes nor no")),
            },
            Kind::Number => Value::Number(i64::from_be_bytes(self.array()?)),
            Kind::Moment => Value::Moment(Moment::from_micros(i64::from_be_bytes(self.array()?))),
            Kind::Bytes => Value::Bytes(self.bytes()?),
            Kind::Text => Value::Text(String::from_utf8(self.bytes()?).map_err(|_| CopyProblem::Altered("a text is not UTF-8"))?),
            Kind::Doc => {
                Value::Doc(Json(serde_json::from_slice(&self.bytes()?).map_err(|_| CopyProblem::Altered("a document is not JSON"))?))
            }
        })
    }

    fn byte(&mut self) -> Result<u8, CopyProblem> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CopyProblem> {
        let mut array = [0; N];
        exactly(&mut self.input, &mut array)?;
        self.hash.update(array);
        Ok(array)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, CopyProblem> {
        let length = u64::from(u32::from_be_bytes(self.array()?));
        let mut bytes = Vec::new();
        // Grows with what is there: a damaged length must not take all memory.
        let found = self.input.by_ref().take(length).read_to_end(&mut bytes)?;
        if (found as u64) < length {
            return Err(CopyProblem::CutOff);
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }
}

fn exactly(input: &mut impl Read, into: &mut [u8]) -> Result<(), CopyProblem> {
    input.read_exact(into).map_err(|e| if e.kind() == ErrorKind::UnexpectedEof { CopyProblem::CutOff } else { e.into() })
}

/// One line without its end; `None` where it has no end.
fn line<R: BufRead>(input: &mut R, hash: &mut Sha256) -> Result<Option<Vec<u8>>, CopyProblem> {
    let mut line = Vec::new();
    input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    hash.update(&line);
    Ok((line.pop() == Some(b'\n')).then_some(line))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_rounded_size_is_at_most_an_eighth_larger_and_few_sizes_are_left() {
        let mut sizes = std::collections::BTreeSet::new();
        for size in (1..200_000_u64).step_by(7) {
            let rounded = rounded_up(size);
            assert!(rounded >= size && (rounded - size) * 8 <= size, "{size} {rounded}");
            sizes.insert(rounded);
        }
        assert!(sizes.len() < 250, "{}", sizes.len());
        assert_eq!([0, 1, 2, 9, 1000].map(rounded_up), [0, 1, 2, 10, 1024]);
    }
}
