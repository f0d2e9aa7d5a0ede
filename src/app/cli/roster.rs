//! `candor roster …`.

use std::path::Path;

use domain::Language;
use domain::roster::{self, Roster, RosterImport, RosterSummary};
use identity::{IdentityError, RosterChange};

use super::arguments::RosterCommand;
use super::terminal::{Meter, say};
use super::{Failure, reorganisation};
use crate::installation::Installation;
use crate::lifecycle::progress::Work;

/// How many notices are printed one by one.
const NOTICES_SHOWN: usize = 50;

pub(super) fn run(installation: &Installation, command: &RosterCommand) -> Result<(), Failure> {
    match command {
        RosterCommand::Import { file, dry_run } => import(installation, file, *dry_run),
        RosterCommand::Event(event) => reorganisation::run(installation, event),
        RosterCommand::Events => reorganisation::list(installation),
    }
}

fn import(installation: &Installation, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let RosterImport { roster, notices } = read_staff_list(installation, file).map_err(|failure| match failure {
        Failure::BadInput(problems) => Failure::BadInput(format!("{problems} Nothing was taken over.")),
        other => other,
    })?;
    for notice in notices.iter().take(NOTICES_SHOWN) {
        say!("{notice}");
    }
    if let Some(more) = notices.len().checked_sub(NOTICES_SHOWN).filter(|more| *more > 0) {
        say!("… and {more} more notices, {} in all", notices.len());
    }
    say!("{}", RosterSummary::of(&roster));
    let change = if dry_run { compare(installation, &roster) } else { replace(installation, &roster) };
    let change = change.map_err(|e| Failure::Refused(e.to_string()))?;
    say!(
        "Compared with the staff list so far: {} added, {} changed, {} no longer listed.",
        change.people_added,
        change.people_changed,
        change.people_removed
    );
    reorganisation::print_news_of(installation, &roster)?;
    if dry_run {
        say!("This was a dry run; nothing was changed. Leave out --dry-run to import.");
        return Ok(());
    }
    say!("Imported. A round that is already launched is not touched.");
    say!("Next: candor wave create 2026-q4");
    Ok(())
}

/// Reads a staff list from a file.
pub(super) fn read_staff_list(installation: &Installation, file: &Path) -> Result<RosterImport, Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::BadInput(format!("cannot read {}: {e}", file.display())))?;
    let language = Language::parse(&installation.config.survey.language).map_err(|e| Failure::BadInput(format!("survey.language: {e}")))?;
    let name = file.display().to_string();
    let meter = Meter::begin(&format!("Reading {name}"));
    let parsed = roster::parse_csv(&name, &bytes, &language);
    meter.end();
    parsed.map_err(|problems| Failure::BadInput(problems.to_string()))
}

fn compare(installation: &Installation, roster: &Roster) -> Result<RosterChange, IdentityError> {
    Ok(RosterChange::between(&installation.identity.roster()?, roster))
}

fn replace(installation: &Installation, roster: &Roster) -> Result<RosterChange, IdentityError> {
    let meter = Meter::begin("Comparing with the staff list so far");
    let watched = Installation { progress: meter.onlooker(), ..installation.clone() };
    let change = watched.people_side_at(Work::ImportStaff, roster.people.len()).import_roster(roster);
    meter.end();
    change
}
