//! The last look at a finished Release: every rule, checked again from the Release and the frozen documents alone.
//!
//! The opening refuses to give out a Release that breaks one of these rules, and nothing is read from one that does. The table of
//! cells is checked by [`disclosure::audit`], comments by [`comments`]; here it is the totals, what was promised, and the constants of
//! the organisation.

pub(crate) mod comments;

use std::collections::BTreeSet;

use disclosure::audit::{self, Checks};
use disclosure::{Base, Leaders, Violation};
use domain::instrument::{Instrument, Item, Publish};
use domain::{DimensionId, GroupLeaf, ItemId};
use protocol::FrozenManifest;

use crate::document::{Coefficient, Counts, FIRST_FORMAT, KNOWN_FORMATS, Omega, OrgConstants, Quality, Release};

pub use comments::CommentViolation;

/// From how many people on a constant of the organisation may come from their answers.
pub const FEWEST_FOR_CONSTANTS: u32 = 100;

/// From how many blocks on it is published how far they differ. With two or three of them that says how far one lies from another,
/// and more exactly than their cells do.
pub const FEWEST_BLOCKS_FOR_ICC: u32 = 20;

/// Why a Release must not be published or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseViolation {
    /// A format that this version does not know.
    #[error("it is written in the format \"{found}\", this version knows {}", KNOWN_FORMATS.join(" and "))]
    Format {
        /// The format.
        found: String,
    },
    /// The Release says something else than the manifest.
    #[error("its {what} is {found}, the promise sheet says {promised}")]
    NotAsPromised {
        /// What differs.
        what: &'static str,
        /// The Release's value.
        found: String,
        /// The manifest's value.
        promised: String,
    },
    /// The totals contradict each other.
    #[error("its totals do not balance: {rule}")]
    Counts {
        /// The rule that is broken.
        rule: &'static str,
    },
    /// The table breaks a rule of disclosure control.
    #[error(transparent)]
    Table(#[from] Violation),
    /// The comments break a rule of disclosure control.
    #[error(transparent)]
    Comments(#[from] CommentViolation),
    /// Comments in a Release of the first format, which had none.
    #[error("it has comments, and its format has none")]
    TooEarlyForComments,
    /// The constants are not the closed list, or not made of enough people.
    #[error("the constants of the organisation: {rule}")]
    Constants {
        /// The rule that is broken.
        rule: &'static str,
    },
    /// A constant is not rounded, or not kept within limits, as documented.
    #[error("the constants of the organisation: {what} is {found}, but must be {allowed}")]
    NotRounded {
        /// Which constant, and of what.
        what: String,
        /// Its value.
        found: i64,
        /// What it may be.
        allowed: &'static str,
    },
}

/// Checks a Release against the frozen documents of its wave.
///
/// # Errors
/// The first [`ReleaseViolation`] found.
pub fn check(
    release: &Release,
    manifest: &FrozenManifest,
    groups: &[GroupLeaf],
    instrument: &Instrument,
) -> Result<Checks, ReleaseViolation> {
    if !KNOWN_FORMATS.contains(&release.format.as_str()) {
        return Err(ReleaseViolation::Format { found: release.format.clone() });
    }
    check_promises(release, manifest)?;
    let checks = audit::check(&release.base, groups, instrument)?;
    check_counts(&release.counts, &release.base)?;
    comments::check(&release.comments, &release.base, instrument, manifest.manifest().comments)?;
    if release.format == FIRST_FORMAT && !release.comments.is_empty() {
        return Err(ReleaseViolation::TooEarlyForComments);
    }
    if let Some(constants) = &release.org.constants {
        let first_format = release.format == FIRST_FORMAT;
        Constants {
            constants,
            instrument,
            valid: release.counts.spent - release.counts.invalid,
            classes: if first_format { checks.groups } else { checks.blocks },
            about_leader: first_format || Leaders::of(groups).allow_everybody(),
            first_format,
        }
        .check()?;
    }
    Ok(checks)
}

/// The rules under which people answered are those that the Release says it keeps.
fn check_promises(release: &Release, manifest: &FrozenManifest) -> Result<(), ReleaseViolation> {
    let promised = manifest.manifest();
    let as_promised = |what, found: String, promised: String| {
        if found == promised { Ok(()) } else { Err(ReleaseViolation::NotAsPromised { what, found, promised }) }
    };
    as_promised("round", release.wave.to_string(), promised.wave.to_string())?;
    as_promised("promise sheet", release.manifest.clone(), manifest.hash().to_text())?;
    as_promised("fewest people shown together", release.base.k.to_string(), promised.k.to_string())?;
    as_promised("number of colleagues covered", release.base.coalition.to_string(), promised.coalition.to_string())?;
    as_promised("number of values that stay possible", release.base.min_range.to_string(), promised.min_range.to_string())?;
    as_promised("number of people invited", release.counts.invited.to_string(), promised.invited.to_string())
}

/// Every ballot is in a block, invalid, or one of too few.
fn check_counts(counts: &Counts, base: &Base) -> Result<(), ReleaseViolation> {
    let require = |holds: bool, rule| if holds { Ok(()) } else { Err(ReleaseViolation::Counts { rule }) };
    require(counts.issued <= counts.invited, "more credentials than people invited")?;
    require(counts.spent <= counts.issued, "more answers than credentials")?;
    let placed: u64 = base.blocks.iter().map(|block| u64::from(block.n)).sum();
    let accounted = placed + u64::from(counts.invalid) + u64::from(counts.unplaced);
    require(accounted == u64::from(counts.spent), "the answers shown, unreadable and too few are not all that were counted")?;
    require(counts.unplaced == 0 || base.blocks.is_empty(), "answers are left out although there is a group to show them with")?;
    require(counts.unplaced < base.k, "answers are left out although they are enough to be shown together")
}

/// The constants with what they are checked against.
struct Constants<'a> {
    constants: &'a OrgConstants,
    instrument: &'a Instrument,
    /// Valid ballots.
    valid: u32,
    /// Blocks; standing groups in a Release of the first format.
    classes: u32,
    /// Whether items about the leader may be among them.
    about_leader: bool,
    /// Whether the Release is of the first format, which knew fewer constants.
    first_format: bool,
}

impl Constants<'_> {
    fn check(&self) -> Result<(), ReleaseViolation> {
        rule(self.valid >= FEWEST_FOR_CONSTANTS, "they are there although fewer than 100 people gave a valid answer")?;
        self.check_lists()?;
        for constant in &self.constants.dimensions {
            rule(
                (FEWEST_FOR_CONSTANTS..=self.valid).contains(&constant.respondents),
                "a dimension's people are fewer than 100, or more than answered",
            )?;
            rule(
                (1..=self.classes).contains(&constant.groups) && constant.groups < constant.respondents,
                "a dimension's groups are not at least one, at most all that are shown, and fewer than its people",
            )?;
            check_spread(constant.dimension.as_str(), constant.sd_tenths)?;
            if let Some(quality) = &constant.quality {
                check_quality(constant.dimension.as_str(), quality)?;
                let differences = [quality.icc1, quality.icc2].iter().any(|icc| matches!(icc, Coefficient::Hundredths(_)));
                rule(
                    !differences || constant.groups >= FEWEST_BLOCKS_FOR_ICC,
                    "they say how far fewer than 20 groups differ, which says how far one lies from another",
                )?;
            }
        }
        for constant in &self.constants.items {
            check_spread(constant.item.as_str(), constant.sd_tenths)?;
        }
        for pair in &self.constants.correlations {
            let allowed = (-20..=90).contains(&pair.hundredths) && pair.hundredths % 5 == 0;
            let what = || format!("the correlation of {} and {}", pair.first, pair.second);
            rounded(allowed, what, pair.hundredths.into(), "a multiple of 5 hundredths from -20 to 90")?;
        }
        for shares in &self.constants.shares {
            for (what, percent) in [
                ("unfavourable", shares.unfavourable),
                ("neutral", shares.neutral),
                ("favourable", shares.favourable),
                ("unanswered", shares.unanswered),
            ] {
                check_share(|| format!("the {what} share of {}", shares.item), percent)?;
            }
            let sum = shares.unfavourable + shares.neutral + shares.favourable;
            rounded((95..=105).contains(&sum), || format!("the sum of the shares of {}", shares.item), sum.into(), "95, 100 or 105")?;
        }
        if let Some(signals) = &self.constants.signals {
            check_share(|| "the share of same answers in a row".to_owned(), signals.same_in_a_row)?;
            check_share(|| "the share of same answers throughout".to_owned(), signals.same_throughout)?;
            rule(signals.same_throughout <= signals.same_in_a_row, "more people gave the same answer throughout than in a row")?;
        }
        Ok(())
    }

    /// Each constant stands for something of the instrument, in its order, and once.
    fn check_lists(&self) -> Result<(), ReleaseViolation> {
        let with_items: BTreeSet<&DimensionId> = self.instrument.items.iter().filter_map(|item| item.dimension.as_ref()).collect();
        let dimensions: Vec<&DimensionId> = self.instrument.dimensions.iter().map(|d| &d.id).filter(|id| with_items.contains(id)).collect();
        let listed = self.constants.dimensions.iter().map(|constant| &constant.dimension);
        rule(listed.eq(dimensions.iter().copied()), "they do not list the questionnaire's dimensions in their order")?;

        let pairs =
            dimensions.iter().enumerate().flat_map(|(place, first)| dimensions.iter().skip(place + 1).map(move |second| (*first, *second)));
        let listed = self.constants.correlations.iter().map(|pair| (&pair.first, &pair.second));
        rule(listed.eq(pairs), "they do not list every pair of dimensions once, in their order")?;

        let per_block = |item: &&Item| item.publish == Publish::Team;
        let of_items = self.instrument.items.iter().filter(per_block).map(|item| &item.id);
        let listed = self.constants.items.iter().map(|constant| &constant.item);
        rule(is_part_of(listed, of_items), "they list an item twice, in another order, or one that is not shown in groups")?;

        let all_items = self.instrument.items.iter().map(|item| &item.id);
        let listed = self.constants.shares.iter().map(|shares| &shares.item);
        rule(is_part_of(listed, all_items), "they give the shares of an item twice, in another order, or of one that was not asked")?;

        let about_leader = |id: &ItemId| self.instrument.items.iter().any(|item| item.about_leader && &item.id == id);
        let of_items = self.constants.items.iter().map(|constant| &constant.item);
        let mut items = of_items.chain(self.constants.shares.iter().map(|shares| &shares.item));
        rule(self.about_leader || !items.any(about_leader), "they speak of leaders, of whom there are fewer than three")?;

        let quality = self.constants.dimensions.iter().all(|constant| constant.quality.is_none() == self.first_format);
        let later = self.constants.shares.is_empty() && self.constants.signals.is_none();
        rule(quality && (later || !self.first_format), "they are not the list of the Release's format")
    }
}

/// Whether `part` is `whole` with nothing but things left out.
fn is_part_of<'a>(mut part: impl Iterator<Item = &'a ItemId>, mut whole: impl Iterator<Item = &'a ItemId>) -> bool {
    part.all(|id| whole.any(|other| other == id))
}

fn rule(holds: bool, rule: &'static str) -> Result<(), ReleaseViolation> {
    if holds { Ok(()) } else { Err(ReleaseViolation::Constants { rule }) }
}

fn rounded(holds: bool, what: impl FnOnce() -> String, found: i64, allowed: &'static str) -> Result<(), ReleaseViolation> {
    if holds { Ok(()) } else { Err(ReleaseViolation::NotRounded { what: what(), found, allowed }) }
}

fn check_spread(of: &str, tenths: u32) -> Result<(), ReleaseViolation> {
    rounded((5..=20).contains(&tenths), || format!("the standard deviation of {of}"), tenths.into(), "5 to 20 tenths")
}

fn check_share(what: impl FnOnce() -> String, percent: u32) -> Result<(), ReleaseViolation> {
    rounded(percent <= 100 && percent.is_multiple_of(5), what, percent.into(), "a multiple of 5 percent from 0 to 100")
}

fn check_quality(of: &str, quality: &Quality) -> Result<(), ReleaseViolation> {
    for (name, coefficient) in [("alpha", quality.alpha), ("ICC(1)", quality.icc1), ("ICC(2)", quality.icc2)] {
        if let Coefficient::Hundredths(found) = coefficient {
            rounded((-100..=100).contains(&found), || format!("{name} of {of}"), found.into(), "-100 to 100 hundredths")?;
        }
    }
    match quality.omega {
        Omega::LeastSquares(found) | Omega::ClosedForm(found) => {
            rounded((0..=100).contains(&found), || format!("omega of {of}"), found.into(), "0 to 100 hundredths")
        }
        Omega::Undefined(_) => Ok(()),
    }
}
