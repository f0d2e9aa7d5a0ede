//! A bundle as a stream: its ballots are read while it is written, so that they never stand in memory together.

use std::cell::RefCell;
use std::io::Write;

use serde::ser::{Error as _, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{BundleFormat, Papers, base64url, credential_key};
use crate::cast::CastBallot;
use crate::credential::CredentialKey;

/// Why a bundle was not written to its end.
#[derive(Debug)]
pub enum NotWritten<E> {
    /// The ballots could not be read.
    Ballots(E),
    /// The place to which it is written failed.
    Place(std::io::Error),
    /// There are not as many ballots as the signed list counts.
    Count {
        /// Ballots of the list.
        counted: u32,
        /// Ballots that were there.
        found: u32,
    },
}

/// Writes a bundle: the same bytes as [`Bundle::to_json`](super::Bundle::to_json), ballot by ballot.
///
/// # Errors
/// [`NotWritten`]; what was written until then is no bundle, and no reader takes it for one.
pub fn write<E>(out: impl Write, papers: Papers<'_>, ballots: impl Iterator<Item = Result<CastBallot, E>>) -> Result<(), NotWritten<E>> {
    let source = RefCell::new(Source { ballots, found: 0, counted: papers.board.spent, broken: None });
    let written = serde_json::to_writer(out, &Streamed { papers, source: &source });
    match (source.into_inner().broken, written) {
        (Some(problem), _) => Err(problem),
        (None, Ok(())) => Ok(()),
        (None, Err(problem)) => Err(NotWritten::Place(problem.into())),
    }
}

/// Where the ballots come from, and what went wrong there.
struct Source<I, E> {
    ballots: I,
    found: u32,
    counted: u32,
    broken: Option<NotWritten<E>>,
}

struct Streamed<'a, I, E> {
    papers: Papers<'a>,
    source: &'a RefCell<Source<I, E>>,
}

impl<I: Iterator<Item = Result<CastBallot, E>>, E> Serialize for Streamed<'_, I, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Papers { manifest, instrument, groups, issued, credential_key, board } = self.papers;
        let mut bundle = serializer.serialize_struct("Bundle", 8)?;
        bundle.serialize_field("format", &BundleFormat)?;
        bundle.serialize_field("manifest", &Bytes(manifest))?;
        bundle.serialize_field("instrument", &Bytes(instrument))?;
        bundle.serialize_field("groups", groups)?;
        bundle.serialize_field("issued", issued)?;
        bundle.serialize_field("ballots", &Ballots(self.source))?;
        bundle.serialize_field("credential_key", &Key(credential_key))?;
        bundle.serialize_field("board", board)?;
        bundle.end()
    }
}

struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        base64url::serialize(self.0, serializer)
    }
}

struct Key<'a>(&'a CredentialKey);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        credential_key::serialize(self.0, serializer)
    }
}

struct Ballots<'a, I, E>(&'a RefCell<Source<I, E>>);

impl<I: Iterator<Item = Result<CastBallot, E>>, E> Serialize for Ballots<'_, I, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let source = &mut *self.0.borrow_mut();
        let mut list = serializer.serialize_seq(None)?;
        for ballot in source.ballots.by_ref() {
            match ballot {
                Ok(ballot) => list.serialize_element(&ballot)?,
                Err(problem) => {
                    source.broken = Some(NotWritten::Ballots(problem));
                    return Err(S::Error::custom("the ballots cannot be read"));
                }
            }
            source.found = source.found.saturating_add(1);
        }
        if source.found != source.counted {
            source.broken = Some(NotWritten::Count { counted: source.counted, found: source.found });
            return Err(S::Error::custom("there are not as many ballots as were counted"));
        }
        list.end()
    }
}
