//! The chain: how an entry is written, what its fingerprint covers, and where a chain is broken. Nothing here knows a database.
//!
//! `docs/promise-log.md` describes the format with an example; whoever wants can check it with a few lines of their own.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use domain::Moment;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::event::{Actor, PromiseEvent};

/// Makes a fingerprint another value than any other hash of the product.
const LABEL: &[u8] = b"candor/v1/promise-log\0";

/// SHA-256 of an entry.
pub type Fingerprint = [u8; 32];

/// What the first entry names as the one before it.
pub(super) const NOTHING_BEFORE: Fingerprint = [0; 32];

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, counted from 1.
    pub number: u32,
    /// When it was written.
    pub at: Moment,
    /// Who did it, as it was written.
    pub actor: Value,
    /// What was done, as it was written. A later version may write what this one does not know; its fingerprint can be checked all the same.
    pub event: Value,
    /// The fingerprint of the entry before it.
    pub previous: Fingerprint,
    /// Its own fingerprint.
    pub fingerprint: Fingerprint,
}

/// An entry as it stands in a file, one per line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    number: u32,
    at: String,
    actor: Value,
    event: Value,
    previous: String,
    fingerprint: String,
}

/// What is wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A line of a file is no entry.
    #[error("line {line} is no entry of a promise log: {problem}")]
    Unreadable {
        /// The number of the line, counted from 1.
        line: u32,
        /// What is wrong.
        problem: String,
    },
    /// An entry was left out, doubled or put elsewhere.
    #[error("after entry {after} comes entry {found}: entries were left out, doubled or moved")]
    Numbered {
        /// The number of the last entry that fits.
        after: u32,
        /// The number that follows.
        found: u32,
    },
    /// An entry does not continue the one before it.
    #[error("entry {number} does not continue the entry before it: one of the two was changed")]
    Parted {
        /// The number of the entry.
        number: u32,
    },
    /// An entry is not what its fingerprint was made from.
    #[error("entry {number} was changed: its fingerprint belongs to something else")]
    Changed {
        /// The number of the entry.
        number: u32,
    },
}

impl Entry {
    /// The entry that follows `previous` (number and fingerprint of the one before).
    pub(super) fn following((last, previous): (u32, Fingerprint), at: Moment, actor: &Actor, event: &PromiseEvent) -> Self {
        let mut entry = Self {
            number: last.saturating_add(1),
            at,
            // Both are made of texts and whole numbers alone, which can always be written.
            actor: serde_json::to_value(actor).unwrap_or_default(),
            event: serde_json::to_value(event).unwrap_or_default(),
            previous,
            fingerprint: NOTHING_BEFORE,
        };
        entry.fingerprint = entry.computed();
        entry
    }

    /// Who did it; `None` when a later version wrote it.
    #[must_use]
    pub fn known_actor(&self) -> Option<Actor> {
        serde_json::from_value(self.actor.clone()).ok()
    }

    /// What was done; `None` when a later version wrote it.
    #[must_use]
    pub fn known_event(&self) -> Option<PromiseEvent> {
        serde_json::from_value(self.event.clone()).ok()
    }

    /// The fingerprint that the entry's content has: SHA-256 over a label and the entry without its fingerprint as JSON with sorted keys and no spaces.
    #[must_use]
    pub fn computed(&self) -> Fingerprint {
        Sha256::new().chain_update(LABEL).chain_update(canonical(&self.content())).finalize().into()
    }

    fn content(&self) -> Value {
        json!({
            "number": self.number,
            "at": self.at.to_string(),
            "actor": self.actor,
            "event": self.event,
            "previous": HEXLOWER.encode(&self.previous),
        })
    }

    /// The entry as a line of a file, without the line's end.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.content();
        if let Some(fields) = line.as_object_mut() {
            fields.insert("fingerprint".to_owned(), Value::String(HEXLOWER.encode(&self.fingerprint)));
        }
        canonical(&line)
    }

    fn of_line(text: &str) -> Result<Self, String> {
        let line: Line = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let hash = |name: &str, text: &str| -> Result<Fingerprint, String> {
            let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|e| format!("{name}: {e}"))?;
            bytes.as_slice().try_into().map_err(|_| format!("{name} is not of 32 bytes"))
        };
        Ok(Self {
            number: line.number,
            at: Moment::parse(&line.at).map_err(|e| format!("at: {e}"))?,
            previous: hash("previous", &line.previous)?,
            fingerprint: hash("fingerprint", &line.fingerprint)?,
            actor: line.actor,
            event: line.event,
        })
    }
}

/// JSON with the keys of every object in the order of their bytes, without spaces and line ends: one value has one text.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_unstable();
            let fields =
                names.into_iter().filter_map(|name| Some(format!("{}:{}", Value::String(name.clone()), canonical(fields.get(name)?))));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Follows a chain entry by entry.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    last: u32,
    head: Fingerprint,
}

impl Default for Chain {
    fn default() -> Self {
        Self { last: 0, head: NOTHING_BEFORE }
    }
}

impl Chain {
    /// Takes the next entry.
    ///
    /// # Errors
    /// [`Broken`] says what does not fit; the chain stays where it was.
    pub(super) fn follow(&mut self, entry: &Entry) -> Result<(), Broken> {
        if Some(entry.number) != self.last.checked_add(1) {
            return Err(Broken::Numbered { after: self.last, found: entry.number });
        }
        if entry.previous != self.head {
            return Err(Broken::Parted { number: entry.number });
        }
        if entry.computed() != entry.fingerprint {
            return Err(Broken::Changed { number: entry.number });
        }
        (self.last, self.head) = (entry.number, entry.fingerprint);
        Ok(())
    }
}

/// The entries of a file, one per line, checked one after the other. Empty lines are passed over.
///
/// # Errors
/// The first thing that does not fit.
pub fn read_lines(text: &str) -> Result<Vec<Entry>, Broken> {
    let mut chain = Chain::default();
    let mut entries = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let entry = Entry::of_line(text).map_err(|problem| Broken::Unreadable { line, problem })?;
        chain.follow(&entry)?;
        entries.push(entry);
    }
    Ok(entries)
}

/// A file of these entries.
#[must_use]
pub fn write_lines(entries: &[Entry]) -> String {
    entries.iter().fold(String::new(), |mut text, entry| {
        let _ = writeln!(text, "{}", entry.line());
        text
    })
}
