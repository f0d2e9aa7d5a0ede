//! `candor roster …`.

use std::path::Path;

use domain::Language;
use domain::roster::{self, RosterSummary};

use super::Failure;
use super::arguments::RosterCommand;
use super::terminal::say;
use crate::installation::Installation;

pub(super) fn run(installation: &Installation, command: &RosterCommand) -> Result<(), Failure> {
    let RosterCommand::Import { file, dry_run } = command;
    import(installation, file, *dry_run)
}

fn import(installation: &Installation, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::BadInput(format!("cannot read {}: {e}", file.display())))?;
    let language = Language::parse(&installation.config.survey.language).map_err(|e| Failure::BadInput(format!("survey.language: {e}")))?;
    let name = file.display().to_string();
    let parsed = roster::parse_csv(&name, &bytes, &language).map_err(|problems| Failure::BadInput(problems.to_string()))?;
    for notice in &parsed.notices {
        say!("{notice}");
    }
    let refused = |e: &dyn std::fmt::Display| Failure::Refused(e.to_string());
    let before = installation.identity.roster().map_err(|e| refused(&e))?;
    let change = identity::RosterChange::between(&before, &parsed.roster);
    say!("{}", RosterSummary::of(&parsed.roster));
    say!(
        "Compared with the staff list so far: {} added, {} changed, {} no longer listed.",
        change.people_added,
        change.people_changed,
        change.people_removed
    );
    if dry_run {
        say!("This was a dry run; nothing was changed. Leave out --dry-run to import.");
        return Ok(());
    }
    installation.identity.import_roster(&parsed.roster).map_err(|e| refused(&e))?;
    say!("Imported. A round that is already launched is not touched.");
    say!("Next: candor wave create 2026-q4");
    Ok(())
}
