//! `candor roster event …`, `candor roster events`, and what an import says about teams that came and went.

use domain::roster::Roster;
use domain::{ReorgEvent, TeamLabel};

use super::Failure;
use super::arguments::EventCommand;
use super::terminal::say;
use crate::installation::Installation;
use crate::lifecycle::reorganisation::{self, News};

/// How many teams are named one by one.
const TEAMS_NAMED: usize = 12;

pub(super) fn run(installation: &Installation, command: &EventCommand) -> Result<(), Failure> {
    let (event, day) = match command {
        EventCommand::Rename { old, new, day } => (ReorgEvent::Rename { from: old.clone(), to: new.clone() }, day),
        EventCommand::Merge { teams, into, day } => (ReorgEvent::Merge { teams: teams.clone(), into: into.clone() }, day),
        EventCommand::Split { team, into, day } => (ReorgEvent::Split { team: team.clone(), into: into.clone() }, day),
        // The command line lets exactly one of --under and --top through.
        EventCommand::Move { team, under, top: _, day } => (ReorgEvent::Move { team: team.clone(), under: under.clone() }, day),
        EventCommand::Withdraw { number } => {
            say!("Withdrawn: {}.", reorganisation::withdraw(installation, *number)?);
            return Ok(());
        }
    };
    say!("Recorded: {}.", reorganisation::record(installation, event, day.on)?);
    let roster = installation.identity.roster().map_err(|e| Failure::Refused(e.to_string()))?;
    for disagreement in reorganisation::news(installation, &roster)?.map(|news| news.disagreements).unwrap_or_default() {
        say!("Before the next launch: {disagreement}.");
    }
    Ok(())
}

pub(super) fn list(installation: &Installation) -> Result<(), Failure> {
    let events = installation.identity.reorg_events().map_err(|e| Failure::Refused(e.to_string()))?;
    if events.is_empty() {
        say!("Nothing was recorded. Teams are the same when they have the same name.");
    }
    for listed in events {
        let dated = &listed.event.dated;
        let standing = if listed.frozen { "" } else { "   (can be withdrawn until the next launch)" };
        say!("{:>4}  {}  {}{standing}", listed.event.number, dated.on, dated.event);
    }
    Ok(())
}

/// Says how a staff list differs from the last round, as [`print_news`].
pub(super) fn print_news_of(installation: &Installation, roster: &Roster) -> Result<(), Failure> {
    if let Some(news) = reorganisation::news(installation, roster)? {
        print_news(&news);
    }
    Ok(())
}

/// Says which teams came and went since the last round, and asks what became of them.
pub(super) fn print_news(news: &News) {
    if !news.new.is_empty() || !news.gone.is_empty() {
        say!("{}", came_and_went(news));
    }
    for disagreement in &news.disagreements {
        say!("Before the next launch: {disagreement}.");
    }
}

fn came_and_went(news: &News) -> String {
    let teams = |teams: &[TeamLabel], are: &str| match teams.len() {
        1 => format!("1 team is {are} ({})", named(teams)),
        many => format!("{many} teams are {are} ({})", named(teams)),
    };
    let since = format!("Since round {}", news.since);
    match (news.new.as_slice(), news.gone.as_slice()) {
        (new, []) => format!("{since}, {}.", teams(new, "new")),
        ([], gone) => format!("{since}, {}.", teams(gone, "gone")),
        (new @ [became, ..], gone @ [was, ..]) => format!(
            "{since}, {} and {}. If one of them became another, say so with: candor roster event rename \"{was}\" \"{became}\" (or merge, split), else the trends of new teams start anew.",
            teams(new, "new"),
            teams(gone, "gone")
        ),
    }
}

fn named(teams: &[TeamLabel]) -> String {
    let names: Vec<&str> = teams.iter().take(TEAMS_NAMED).map(TeamLabel::as_str).collect();
    let more = teams.len().saturating_sub(TEAMS_NAMED);
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}
