//! What weakens the promise of a round, as its sheet says it.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Something around the sealed answers that makes the promise weaker than it could be.
///
/// None of it opens a sealed answer. Together with the key, each of them can tell whose an answer is, or lets an answer outlive its destruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weakening {
    /// The server of the sealed answers notes when each of them was written.
    CommitTimes,
    /// It writes what it is asked, with the time, into a log.
    StatementLog,
    /// Its write-ahead log is copied into an archive.
    Archive,
    /// Its write-ahead log is kept for a reader.
    ReplicationSlot,
    /// Another server receives every change.
    Replica,
    /// The staff list and the sealed answers lie on one database server.
    OneServer,
    /// One role of that server reads both.
    OneRole,
    /// What the server keeps could not be found out.
    Unseen,
    /// The disks are copied while the round runs.
    DiskCopies,
    /// Nobody has said whether they are.
    DiskCopiesUnknown,
}

impl Weakening {
    /// All of them, in the order of a sheet.
    pub const ALL: [Self; 10] = [
        Self::CommitTimes,
        Self::StatementLog,
        Self::Archive,
        Self::ReplicationSlot,
        Self::Replica,
        Self::OneServer,
        Self::OneRole,
        Self::Unseen,
        Self::DiskCopies,
        Self::DiskCopiesUnknown,
    ];

    /// The name on the sheet, in a configuration and in the promise log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CommitTimes => "commit-times",
            Self::StatementLog => "statement-log",
            Self::Archive => "archive",
            Self::ReplicationSlot => "replication-slot",
            Self::Replica => "replica",
            Self::OneServer => "one-server",
            Self::OneRole => "one-role",
            Self::Unseen => "unseen",
            Self::DiskCopies => "disk-copies",
            Self::DiskCopiesUnknown => "disk-copies-unknown",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether a program can find it by itself, so that it is refused unless it was accepted. The others are asked of people.
    #[must_use]
    pub const fn is_found(self) -> bool {
        !matches!(self, Self::DiskCopies | Self::DiskCopiesUnknown)
    }
}

impl fmt::Display for Weakening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a sheet contradicts itself about what weakens it.
pub(super) fn contradict(weakened_by: &BTreeSet<Weakening>) -> bool {
    weakened_by.contains(&Weakening::DiskCopies) && weakened_by.contains(&Weakening::DiskCopiesUnknown)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_weakening_is_listed_once_and_read_by_the_name_that_it_is_written_with() {
        let all: BTreeSet<Weakening> = Weakening::ALL.into_iter().collect();
        assert!(all.iter().eq(&Weakening::ALL), "in the order of a sheet, none twice");
        for one in Weakening::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
            assert_eq!(Weakening::parse(one.as_str()), Some(one));
        }
        assert_eq!(Weakening::parse("superuser"), None);
    }
}
