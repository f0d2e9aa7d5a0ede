//! `candor plan`.

use std::cmp::Reverse;

use disclosure::standing::Policy;
use domain::Language;
use domain::roster::{self, RosterImport};
use release::opening::every_processor;

use super::Failure;
use super::arguments::PlanArguments;
use super::terminal::{Meter, line, say};
use crate::forecast::{AtRate, Forecast, forecast, in_percent};

/// How many groups are printed one by one.
const GROUPS_SHOWN: usize = 30;

pub(super) fn run(arguments: &PlanArguments) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|e| Failure::BadInput(format!("cannot read {}: {e}", arguments.file.display())))?;
    let policy = Policy::new(arguments.k, arguments.group_min).map_err(|e| Failure::BadInput(e.to_string()))?;
    let name = arguments.file.display().to_string();
    let english = Language::parse("en").map_err(|e| Failure::Refused(e.to_string()))?;
    let RosterImport { roster, .. } =
        roster::parse_csv(&name, &bytes, &english).map_err(|problems| Failure::BadInput(problems.to_string()))?;
    let meter = Meter::begin("Planning");
    let forecast = forecast(&roster, policy, &arguments.response_rate, every_processor());
    meter.end();
    let forecast = forecast.map_err(|e| Failure::BadInput(format!("{name}: {e}")))?;
    if arguments.json {
        line(&serde_json::to_string_pretty(&forecast).map_err(|e| Failure::Refused(e.to_string()))?);
        return Ok(());
    }
    let not_invited = roster.people.len() - usize::try_from(forecast.invited).unwrap_or(usize::MAX).min(roster.people.len());
    say!("{name}: {} people in {} teams would be invited; {not_invited} without a team would not.", forecast.invited, forecast.teams);
    print_summary(&forecast, policy);
    print_groups(&forecast, arguments.all);
    Ok(())
}

fn print_summary(forecast: &Forecast, policy: Policy) {
    let several = forecast.groups.iter().filter(|group| group.teams.len() > 1).count();
    let pooled: usize = forecast.groups.iter().map(|group| group.teams.len()).filter(|teams| *teams > 1).sum();
    say!(
        "A first launch would propose {} groups: {} of one team each, {several} of several ({pooled} teams, most of them with fewer than {} people).",
        forecast.groups.len(),
        forecast.groups.len() - several,
        policy.group_min()
    );
    say!("");
    row("When each person answers with probability", forecast, |rate| format!("{:.0} %", rate.response_rate * 100.0));
    row("groups shown alone", forecast, |rate| in_percent(rate.groups_alone));
    row(&format!("groups shown with others ({} is the least)", policy.k()), forecast, |rate| in_percent(rate.groups_combined));
    row("  with how many others, in the middle case", forecast, |rate| rate.median_partners.map_or("-".to_owned(), |n| n.to_string()));
    row("teams that are shown alone", forecast, |rate| in_percent(rate.teams_alone));
    row("people whose group is shown alone", forecast, |rate| in_percent(rate.people_alone));
    row("answers that are in no result", forecast, |rate| rate.answers_lost.to_string());
    row("chance that there is no result at all", forecast, |rate| in_percent(rate.nothing_shown));
    say!("");
    if let Some(rate) = forecast.rates.first() {
        say!(
            "From {} random draws each: shares of all groups are known to ± {:.1} %, those of one group to ± {:.0} % (95 %).",
            rate.draws,
            forecast.rates.iter().map(|rate| rate.plus_minus_of_groups_alone).fold(0.05, f64::max),
            rate.plus_minus_of_a_group.ceil()
        );
    }
    say!("People are taken to answer independently of each other, and nobody to count one level up.");
}

fn print_groups(forecast: &Forecast, all: bool) {
    let mut order: Vec<usize> = (0..forecast.groups.len()).collect();
    order.sort_by_key(|place| forecast.groups.get(*place).map(|group| (group.invited, Reverse(group.teams.len()))));
    say!("");
    row("How often each group is shown alone, smallest first", forecast, |rate| format!("{:.0} %", rate.response_rate * 100.0));
    let shown = if all { order.len() } else { GROUPS_SHOWN };
    for place in order.iter().take(shown) {
        let Some(group) = forecast.groups.get(*place) else { continue };
        let label = format!("{:>5}  {}", group.invited, group.label);
        row(&label, forecast, |rate| rate.of_groups.get(*place).map_or_else(String::new, |group| in_percent(group.alone)));
    }
    if let Some(more) = order.len().checked_sub(shown).filter(|more| *more > 0) {
        say!("       … and {more} larger groups, of {} in all: --all lists them", order.len());
    }
}

/// A line with one column per probability.
fn row(label: &str, forecast: &Forecast, cell: impl Fn(&AtRate) -> String) {
    let cells: String = forecast.rates.iter().map(|rate| format!("{:>8}", cell(rate))).collect();
    say!("{}{cells}", fitted(label, 56));
}

/// A label in exactly this many characters, cut where it is longer.
fn fitted(label: &str, width: usize) -> String {
    if label.chars().count() <= width {
        return format!("{label:width$}");
    }
    label.chars().take(width - 1).chain(['…']).collect()
}
