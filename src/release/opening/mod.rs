//! The opening of a wave: sealed ballots in, one checked Release out, nothing else.
//!
//! Everything that could have been tampered with is computed again before a single ballot is decrypted. The answers stand in the
//! clear only in memory, for as long as [`open_from`] runs; no row leaves it. The Release is a function of the wave and the key
//! alone: the same wave gives the same bytes, whatever the order of its ballots and whatever the number of threads.

mod comments;
mod constants;
mod refused;
mod rows;
mod source;
mod table;
mod tally;
mod verified;

use std::num::NonZero;

use disclosure::Base;
use domain::GroupLeaf;
use domain::instrument::Instrument;
use protocol::bundle::Bundle;
use protocol::{BoxSecretKey, CommentRule, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::check::check;
use crate::document::{Counts, Org, OrgConstants, RELEASE_FORMAT, Release};

pub use protocol::bundle::Papers;
pub use refused::OpeningRefused;
pub use source::{BallotSource, every_processor};
pub use table::TableRefused;

use rows::{Row, opened};
use table::{Policy, table};
use verified::Verified;

/// A finished opening. It prints only its hash and its checks: nobody sees a number before the publication.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// The Release.
    pub release: Release,
    /// The Release as it is stored, signed and served: JSON without white space, fields in the order of their declaration.
    pub release_bytes: Vec<u8>,
    /// Hash of those bytes.
    pub sha256: Sha256Digest,
    /// What was checked, for the people who stand behind the wave. Tells nothing that the board does not tell.
    pub checks: Vec<Check>,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opening").field("sha256", &self.sha256).field("checks", &self.checks).finish_non_exhaustive()
    }
}

/// One check of the opening, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What was looked at.
    pub what: String,
    /// What was found.
    pub found: String,
}

impl Check {
    fn new(what: &str, found: impl Into<String>) -> Self {
        Self { what: what.to_owned(), found: found.into() }
    }
}

/// A part of the opening's work, in the order in which they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Keys, questionnaire, groups and board against the manifest.
    Papers,
    /// Every ballot against the board, and its credential.
    Credentials,
    /// Every ballot decrypted.
    Decryption,
    /// Plan, cells and constants.
    Table,
    /// The last look at the finished Release.
    Checks,
    /// The Release as bytes, and their hash.
    Writing,
}

/// Opens a wave whose ballots lie in memory. See [`open_from`].
///
/// # Errors
/// [`OpeningRefused`] says what does not hold. Nothing may be published then.
pub fn open(bundle: &Bundle, key: &BoxSecretKey) -> Result<Opening, OpeningRefused> {
    open_from(bundle.into(), bundle, key, every_processor(), &mut |_| {})
}

/// Opens a wave: checks its papers and ballots, decrypts, plans, coarsens, checks the result. `done` is told of each part at its end.
///
/// The ballots are read twice, by `threads` threads, and never stand in memory together. They are decrypted the second time, when all of
/// them were found to hold; then they must be the same. Neither their order nor the number of threads changes the result.
///
/// A ballot that cannot be decrypted or read comes from a faulty client and is counted as invalid. A ballot without a valid
/// credential cannot have come past the server: then the whole opening is refused.
///
/// # Errors
/// [`OpeningRefused`] says what does not hold; or what the source says when it cannot be read. Nothing may be published then.
pub fn open_from<S: BallotSource>(
    papers: Papers<'_>,
    ballots: &S,
    key: &BoxSecretKey,
    threads: NonZero<usize>,
    done: &mut dyn FnMut(Part),
) -> Result<Opening, S::Error> {
    let verified = Verified::of(papers, key)?;
    done(Part::Papers);
    let counted = verified.count(ballots, threads)?;
    done(Part::Credentials);
    let rows = opened(&verified, &counted, ballots, key, threads)?;
    done(Part::Decryption);
    Ok(opening(&verified, rows, done)?)
}

/// What is made of the answers, which are gone afterwards.
fn opening(verified: &Verified<'_>, rows: Vec<Row>, done: &mut dyn FnMut(Part)) -> Result<Opening, OpeningRefused> {
    let (manifest, board) = (verified.manifest.manifest(), verified.papers.board);
    let policy = Policy { k: manifest.k, coalition: manifest.coalition, min_range: manifest.min_range };
    let valid = u32::try_from(rows.len()).map_err(|_| OpeningRefused::BallotsLost)?;
    let computed = compute(&rows, verified.groups.leaves(), &verified.instrument, policy)?;
    let comments = manifest
        .comments
        .map_or_else(Vec::new, |rule| comments::pools(&rows, &computed.base, verified.groups.leaves(), &verified.instrument, rule));
    drop(rows);
    done(Part::Table);

    let invalid = board.spent.checked_sub(valid).ok_or(OpeningRefused::BallotsLost)?;
    let counts = Counts { invited: manifest.invited, issued: board.issued, spent: board.spent, invalid, unplaced: computed.unplaced };
    let release = Release {
        format: RELEASE_FORMAT.to_owned(),
        wave: manifest.wave.clone(),
        manifest: verified.manifest.hash().to_text(),
        counts,
        base: computed.base,
        org: Org { constants: computed.constants },
        comments,
    };
    check(&release, &verified.manifest, verified.groups.leaves(), &verified.instrument)?;
    done(Part::Checks);

    let release_bytes = serde_json::to_vec(&release)?;
    let sha256 = Sha256Digest::of(&release_bytes);
    let mut checks = verified.checks();
    checks.extend(result_checks(&release, policy, manifest.comments));
    done(Part::Writing);
    Ok(Opening { release, release_bytes, sha256, checks })
}

/// Everything that comes from rows.
struct Computed {
    base: Base,
    constants: Option<OrgConstants>,
    unplaced: u32,
}

/// The whole computation over opened ballots. Pure; the order of the rows does not matter.
fn compute(rows: &[Row], groups: &[GroupLeaf], instrument: &Instrument, policy: Policy) -> Result<Computed, TableRefused> {
    let table = table(rows, groups, instrument, policy)?;
    let constants = constants::constants(rows, &table, groups, instrument);
    Ok(Computed { base: table.base, constants, unplaced: table.unplaced })
}

/// What can be said of the result without saying what is in it.
fn result_checks(release: &Release, policy: Policy, comments: Option<CommentRule>) -> Vec<Check> {
    let unplaced = match release.counts.unplaced {
        0 => "every valid ballot counts in exactly one of them".to_owned(),
        _ => format!("there is none: the whole organisation has fewer than {} valid ballots", policy.k),
    };
    let mut checks = vec![
        Check::new("Every ballot was decrypted in memory", format!("{} could not be read and count as invalid", release.counts.invalid)),
        Check::new("Groups that are shown together", format!("never fewer than {} people, and {unplaced}", policy.k)),
        Check::new(
            "Every published number was checked again",
            format!(
                "each covers at least {} answers and leaves every answer at least {} possible values, also for one who knows {}",
                policy.k,
                policy.min_range,
                if policy.coalition == 1 { "one other answer".to_owned() } else { format!("{} other answers", policy.coalition) }
            ),
        ),
        Check::new(
            "Constants of the whole organisation",
            match release.org.constants {
                Some(_) => "made from at least 100 complete answers, and rounded",
                None => "none: fewer than 100 people answered everything that they need",
            },
        ),
    ];
    if let Some(rule) = comments {
        let found = format!(
            "each is shown only together with those of at least {} people and {} other comments, in an order that tells nothing",
            rule.min_respondents,
            rule.min_comments - 1
        );
        checks.push(Check::new("Comments", found));
    }
    checks
}

#[cfg(test)]
mod tests;
