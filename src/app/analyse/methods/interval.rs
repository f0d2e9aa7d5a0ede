//! The interval of one team's mean when the staff list is known.

use statistics::{RHO_INTERVAL, Sample, Spread, team_interval};

use super::super::output::Fields;
use super::super::selection::Selection;
use super::Request;

/// The column with the team where `--group` names none, as in the staff list.
const TEAM: &str = "team";

impl Request<'_> {
    /// Adds the interval that knows how much of the team answered.
    pub(super) fn team_interval(&self, fields: &mut Fields, sample: Option<&Sample>, invited: u32) {
        let rho = self.options.rho.unwrap_or(RHO_INTERVAL);
        let sample = sample.ok_or_else(|| "there are no values".to_owned());
        let own = sample.as_ref().ok().and_then(|sample| Spread::of_team(sample));
        let spread = match own {
            Some(own) => Ok(own),
            None => self.spread_within.get_or_init(|| self.spread_over_teams()).clone(),
        };
        let interval = sample.and_then(|sample| team_interval(sample, invited, rho, spread.clone()?).map_err(|reason| reason.to_string()));
        let of = if own.is_some() { "the team's own" } else { "of people within all teams: fewer than 10 people, or all alike" };
        fields.value("rho", "share of the differences between people that lasts", rho);
        fields.number(
            "sd_roster",
            format!("standard deviation for the interval with the staff list, {of}"),
            spread.map(|spread| spread.sd),
        );
        fields.number("se_roster", "standard error with the staff list", interval.as_ref().map(|found| found.standard_error));
        fields.number(
            "ci_low_roster",
            "lower end of the 95 % interval with the staff list",
            interval.as_ref().map(|found| found.interval.low),
        );
        fields.number("ci_high_roster", "upper end", interval.as_ref().map(|found| found.interval.high));
    }

    /// The spread of people within teams, over all teams of the rows that fit the conditions other than those on the team.
    fn spread_over_teams(&self) -> Result<Spread, String> {
        let mut options = self.options.clone();
        if options.group.is_empty() {
            options.group.push(TEAM.to_owned());
        }
        options.conditions.retain(|condition| !options.group.contains(&condition.column));
        options.rows = None;
        let over_teams = || {
            let selection = Selection::new(self.selection.table, &options)?;
            let mut all = Request { options: &options, roster: None, selection, notes: Vec::new(), spread_within: self.spread_within };
            all.scores_by_team()
        };
        let teams = over_teams().map_err(|problem| format!("the spread within all teams is needed: {problem}"))?;
        let samples = teams.into_values().map(Sample::new).collect::<Result<Vec<_>, _>>();
        samples.and_then(|samples| Spread::within(&samples)).map_err(|reason| reason.to_string())
    }
}
