//! The sentences of the promise. Mails say them in the very words of the survey page, which are read from its files: the two cannot drift apart.

use std::collections::BTreeMap;

use protocol::manifest::Weakening;

use super::words::{Address, BrokenWords};

/// Declares the sentences that mails take from the survey page. One that a language lacks fails a test.
macro_rules! clauses {
    ($($name:ident = $id:literal,)*) => {
        /// One sentence of the promise, by its key in `src/client/words`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Clause { $($name,)* }

        impl Clause {
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$name,)*];

            const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

clauses! {
    Title = "promise.title",
    GroupOne = "promise.group.one",
    GroupFew = "promise.group.few",
    GroupLevel = "promise.group.level",
    Readers = "promise.short.readers",
    ReadersLed = "promise.short.readersLed",
    ReadersUnled = "promise.short.readersUnled",
    ReadersHrLater = "promise.short.readersHrLater",
    ReadersParticipation = "promise.readers.participation",
    ReadersTeam = "promise.short.readersTeam",
    ReadersNoTeam = "promise.short.readersNoTeam",
    ReadersComments = "promise.short.readersComments",
    Stored = "promise.short.stored",
    StoredSolo = "promise.short.storedSolo",
    StoredPassphrase = "promise.short.storedPassphrase",
    StoredHolder = "promise.short.storedHolder",
    StoredTrustee = "promise.short.storedTrustee",
    StoredAfter = "promise.short.storedAfter",
    StoredAfterComments = "promise.short.storedAfterComments",
    NotStored = "promise.short.notStored",
    NotStoredBody = "promise.short.notStoredBody",
    Appraisal = "promise.purpose.appraisal",
    NotFor = "promise.short.notFor",
    LocksTitle = "promise.locks.title",
    Seal = "promise.locks.seal",
    Open = "promise.locks.open",
    OpenComments = "promise.locks.openComments",
    CoarseNone = "promise.coarse.none",
    CoarseOne = "promise.coarse.one",
    CoarseSeveral = "promise.coarse.several",
    Solo = "promise.locks.solo",
    SoloPassphrase = "promise.locks.soloPassphrase",
    SoloHolder = "promise.locks.soloHolder",
    Trustee = "promise.locks.trustee",
    TrusteeWords = "promise.locks.trusteeWords",
    Seen = "promise.locks.seen",
    SeenCards = "promise.locks.seenCards",
    Comments = "promise.readers.comments",
    Purpose = "promise.purpose.for",
    DatesTitle = "promise.dates.title",
    DatesClose = "promise.dates.close",
    DatesExtend = "promise.dates.extend",
    DatesExtended = "promise.dates.extended",
    DatesBoard = "promise.dates.board",
    DatesPublish = "promise.dates.publish",
    Limits = "promise.limits.short",
    LimitsTrustee = "promise.limits.shortTrustee",
    WeakShort = "promise.short.weak",
    WeakTitle = "promise.weak.title",
    WeakCommitTimes = "promise.weak.commit-times",
    WeakStatementLog = "promise.weak.statement-log",
    WeakArchive = "promise.weak.archive",
    WeakReplicationSlot = "promise.weak.replication-slot",
    WeakReplica = "promise.weak.replica",
    WeakOneServer = "promise.weak.one-server",
    WeakOneRole = "promise.weak.one-role",
    WeakUnseen = "promise.weak.unseen",
    WeakDiskCopies = "promise.weak.disk-copies",
    WeakDiskCopiesUnknown = "promise.weak.disk-copies-unknown",
    WeakSealedDiskCopies = "promise.weak.sealed.disk-copies",
    WeakSealedDiskCopiesUnknown = "promise.weak.sealed.disk-copies-unknown",
    WeakMeans = "promise.weak.means",
}

impl From<Weakening> for Clause {
    /// The sentence that says it.
    fn from(weakening: Weakening) -> Self {
        match weakening {
            Weakening::CommitTimes => Self::WeakCommitTimes,
            Weakening::StatementLog => Self::WeakStatementLog,
            Weakening::Archive => Self::WeakArchive,
            Weakening::ReplicationSlot => Self::WeakReplicationSlot,
            Weakening::Replica => Self::WeakReplica,
            Weakening::OneServer => Self::WeakOneServer,
            Weakening::OneRole => Self::WeakOneRole,
            Weakening::Unseen => Self::WeakUnseen,
            Weakening::DiskCopies => Self::WeakDiskCopies,
            Weakening::DiskCopiesUnknown => Self::WeakDiskCopiesUnknown,
        }
    }
}

impl Clause {
    /// The sentence that says it where the key lies elsewhere, so that no copy of a disk here can hold it.
    pub(super) fn without_key(weakening: Weakening) -> Self {
        match weakening {
            Weakening::DiskCopies => Self::WeakSealedDiskCopies,
            Weakening::DiskCopiesUnknown => Self::WeakSealedDiskCopiesUnknown,
            other => other.into(),
        }
    }
}

/// What a sentence is filled with: the name of a gap, and its text.
pub(super) type Gap<'a> = (&'static str, &'a str);

/// The survey page's words in one language and one way of addressing people.
pub(super) struct Sentences {
    tag: &'static str,
    texts: BTreeMap<String, String>,
}

impl Sentences {
    /// Reads a file of the survey page's words.
    pub(super) fn read(tag: &'static str, file: &str, address: Address) -> Result<Self, BrokenWords> {
        let texts = serde_json::from_str(&address.chosen(file)).map_err(|cause| BrokenWords::new(tag, "", cause))?;
        Ok(Self { tag, texts })
    }

    /// A sentence, filled. Control characters in a filling become spaces, so that no name can start a new line or header.
    pub(super) fn say(&self, clause: Clause, gaps: &[Gap<'_>]) -> Result<String, BrokenWords> {
        let broken = |reason: &str| BrokenWords::new(self.tag, clause.id(), reason);
        let mut rest = self.texts.get(clause.id()).ok_or_else(|| broken("no such text"))?.as_str();
        let mut said = String::with_capacity(rest.len());
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').ok_or_else(|| broken("a gap does not end"))?;
            // A form that depends on a number would need the page's plural rules here: no sentence of the promise has one.
            let (_, filling) = gaps.iter().find(|(gap, _)| *gap == name).ok_or_else(|| broken(name))?;
            said.push_str(before);
            said.push_str(&filling.replace(char::is_control, " "));
            rest = after;
        }
        said.push_str(rest);
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn sentences(file: &str) -> Sentences {
        Sentences::read("en", file, Address::Formal).unwrap()
    }

    #[test]
    fn gaps_are_filled_once_and_fillings_are_not_read_again() {
        let words = sentences(r#"{"promise.group.one": "You answer as one of {n} people in {group}."}"#);
        let said = words.say(Clause::GroupOne, &[("n", "7"), ("group", "{n}\r\nBcc: x")]).unwrap();
        assert_eq!(said, "You answer as one of 7 people in {n}  Bcc: x.");
    }

    #[test]
    fn a_sentence_that_is_missing_or_stays_with_a_gap_is_broken() {
        let words = sentences(r#"{"promise.group.one": "{n} people", "promise.title": "{n: one person | other people"}"#);
        assert!(words.say(Clause::GroupOne, &[]).is_err());
        assert!(words.say(Clause::Title, &[("n", "1")]).is_err());
        assert!(words.say(Clause::Seen, &[]).is_err());
        assert!(Sentences::read("en", "[", Address::Formal).is_err());
    }
}
