//! The opening of a wave: sealed ballots in, one checked Release out, nothing else.
//!
//! Everything that could have been tampered with is computed again from the bundle before a single ballot is decrypted. The
//! answers stand in the clear only in memory, for as long as [`open`] runs; no row leaves it. The Release is a function of the
//! bundle and the key alone: the same bundle gives the same bytes, whatever the order of its ballots.

mod constants;
mod refused;
mod rows;
mod table;
mod verified;

use disclosure::{Base, audit};
use domain::GroupLeaf;
use domain::instrument::Instrument;
use protocol::bundle::Bundle;
use protocol::{Ballot, BallotForm, BoxSecretKey, Sha256Digest, ballot_info};
use serde::{Deserialize, Serialize};

use crate::document::{Counts, Org, OrgConstants, Release};

pub use refused::OpeningRefused;
pub use table::TableRefused;

use rows::Row;
use table::{Policy, table};
use verified::Verified;

/// The value of [`Release::format`].
pub const RELEASE_FORMAT: &str = "candor-release/1";

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

/// Opens a wave: checks the bundle, decrypts, plans, coarsens, checks the result.
///
/// A ballot that cannot be decrypted or read comes from a faulty client and is counted as invalid. A ballot without a valid
/// credential cannot have come past the server: then the whole opening is refused.
///
/// # Errors
/// [`OpeningRefused`] says what does not hold. Nothing may be published then.
pub fn open(bundle: &Bundle, key: &BoxSecretKey) -> Result<Opening, OpeningRefused> {
    let verified = Verified::of(bundle, key)?;
    let manifest = verified.manifest.manifest();
    let policy = Policy { k: manifest.k, coalition: manifest.coalition, min_range: manifest.min_range };

    let rows = rows(bundle, key, &verified)?;
    let invalid = verified.ballots - u32::try_from(rows.len()).map_err(|_| OpeningRefused::TooManyBallots)?;
    let computed = compute(&rows, verified.groups.leaves(), &verified.instrument, policy)?;
    drop(rows);

    audit::check(&computed.base, verified.groups.leaves(), &verified.instrument)?;
    let counts =
        Counts { invited: manifest.invited, issued: bundle.board.issued, spent: verified.ballots, invalid, unplaced: computed.unplaced };
    let placed: u64 = computed.base.blocks.iter().map(|block| u64::from(block.n)).sum();
    if placed + u64::from(counts.unplaced) + u64::from(counts.invalid) != u64::from(counts.spent) {
        return Err(OpeningRefused::BallotsLost);
    }

    let release = Release {
        format: RELEASE_FORMAT.to_owned(),
        wave: manifest.wave.clone(),
        manifest: verified.manifest.hash().to_text(),
        counts,
        base: computed.base,
        org: Org { constants: computed.constants },
    };
    let release_bytes = serde_json::to_vec(&release)?;
    let sha256 = Sha256Digest::of(&release_bytes);
    let mut checks = verified.checks;
    checks.extend(result_checks(&release, policy));
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
    Ok(Computed { base: table.base, constants: constants::constants(rows, instrument), unplaced: table.unplaced })
}

/// Decrypts every ballot and keeps the valid ones.
fn rows(bundle: &Bundle, key: &BoxSecretKey, verified: &Verified) -> Result<Vec<Row>, OpeningRefused> {
    let points = verified
        .instrument
        .items
        .iter()
        .map(|item| {
            let scale = verified.instrument.scale_of(item);
            scale.map(domain::instrument::Scale::points).ok_or_else(|| TableRefused::NoScale { item: item.id.clone() })
        })
        .collect::<Result<Vec<u8>, _>>()?;
    let form = BallotForm { points, longest: verified.instrument.comments.iter().map(|question| question.longest).collect() };
    let manifest = verified.manifest.hash();
    let opened = bundle.ballots.iter().filter_map(|cast| {
        let bytes = key.open(&ballot_info(&manifest, cast.group), &cast.nonce, &cast.ct).ok()?;
        let mut ballot = Ballot::decode(bytes.as_slice(), &form).ok()?;
        Some(Row::of(cast.group, &mut ballot))
    });
    Ok(opened.collect())
}

/// What can be said of the result without saying what is in it.
fn result_checks(release: &Release, policy: Policy) -> Vec<Check> {
    let unplaced = match release.counts.unplaced {
        0 => "every valid ballot counts in exactly one of them".to_owned(),
        _ => format!("there is none: the whole organisation has fewer than {} valid ballots", policy.k),
    };
    vec![
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
    ]
}

#[cfg(test)]
mod tests;
