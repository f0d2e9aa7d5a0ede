//! Lines through rounds.

use std::collections::BTreeMap;

use statistics::{Group, OrganisationTrend, RespondentsLine, Undefined, WaveMean, WeightedLine};

use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::selection::Label;
use super::super::table::finite;
use super::Request;
use super::teams::summed;

/// The scores of one round: its name, its place on the axis of time, and the scores.
struct Wave {
    label: Label,
    time: f64,
    group: Group,
}

/// The time that a round's name stands for.
fn time_of(label: &Label) -> Result<f64, Problem> {
    finite(&label.0).ok_or_else(|| {
        let reason =
            format!("the round {:?} is not a number; number the rounds, in days or years where they are not equally far apart", label.0);
        Problem::option("--wave", reason)
    })
}

/// The rounds in which somebody has a score, summed up, in their order.
fn waves(by_wave: BTreeMap<Label, Vec<f64>>) -> Result<Vec<Wave>, Problem> {
    let mut waves = Vec::new();
    for (label, scores) in by_wave {
        if !scores.is_empty() {
            waves.push(Wave { time: time_of(&label)?, group: summed(&label, scores)?, label });
        }
    }
    Ok(waves)
}

impl Request<'_> {
    pub(super) fn team_trend(&mut self) -> Result<Fields, Problem> {
        let rounds = self.selection.waves(self.options)?;
        let scores = self.scores()?;
        let mut by_wave: BTreeMap<Label, Vec<f64>> = BTreeMap::new();
        for (row, score) in self.selection.rows.iter().zip(scores) {
            by_wave.entry(rounds.of(row)).or_default().extend(score);
        }
        let waves = waves(by_wave)?;
        let line = RespondentsLine::through(&waves.iter().map(|wave| (wave.time, wave.group)).collect::<Vec<_>>());
        let test = line.and_then(|line| line.test);
        let errors: Vec<Result<f64, Undefined>> = waves.iter().map(|wave| wave.group.variance_of_mean().map(f64::sqrt)).collect();
        let weighted = waves
            .iter()
            .zip(&errors)
            .map(|(wave, error)| error.map(|standard_error| WaveMean { time: wave.time, mean: wave.group.mean(), standard_error }))
            .collect::<Result<Vec<_>, _>>()
            .and_then(|means| WeightedLine::through(&means));
        let fit = weighted.and_then(|line| line.lack_of_fit);
        let mut fields = Fields::default();
        fields.number("ols_slope", "change per round, line through all scores", line.map(|line| line.slope));
        fields.number("ols_se", "its standard error", line.map(|line| line.standard_error));
        fields.cell("ols_df", "degrees of freedom", line.map_or_else(|reason| Cell::number(Err(reason)), |line| Cell::count(line.df)));
        fields.number("ols_p", "how likely such a line is without a trend", test.map(|test| test.p));
        fields.number("ols_ci_low", "lower end of the 95 % interval of the change", test.map(|test| test.low));
        fields.number("ols_ci_high", "upper end", test.map(|test| test.high));
        fields.number("wls_slope", "change per round, line through the means as well as each is known", weighted.map(|line| line.slope));
        fields.number("wls_se", "its standard error", weighted.map(|line| line.standard_error));
        fields.number("wls_lackfit_Q", "how far the means lie from that line", fit.map(|fit| fit.q));
        fields.cell(
            "wls_lackfit_df",
            "its degrees of freedom",
            fit.map_or_else(|reason| Cell::number(Err(reason)), |fit| Cell::count(fit.df)),
        );
        fields.number("wls_lackfit_p", "how likely such distances are around a line", fit.map(|fit| fit.p));
        fields.column("wave", "round", "the round", waves.iter().map(|wave| Cell::Text(wave.label.0.clone())));
        fields.column("wave_n", "n", "people with a score", waves.iter().map(|wave| Cell::count(wave.group.size())));
        fields.numbers("wave_means", "mean", "their mean", waves.iter().map(|wave| Ok::<_, String>(wave.group.mean())));
        fields.numbers("wave_se", "se", "its standard error", errors);
        if weighted.is_ok_and(|line| line.goes_up_and_down()) {
            self.notes.push("The means go up and down: no line describes them.".to_owned());
        }
        Ok(fields)
    }

    pub(super) fn org_mixed_trend(&mut self) -> Result<Fields, Problem> {
        let teams = self.selection.groups(self.options)?;
        let rounds = self.selection.waves(self.options)?;
        let scores = self.scores()?;
        let mut cells: BTreeMap<Label, BTreeMap<Label, Vec<f64>>> = BTreeMap::new();
        for (row, score) in self.selection.rows.iter().zip(scores) {
            cells.entry(teams.of(row)).or_default().entry(rounds.of(row)).or_default().extend(score);
        }
        let mut by_team = Vec::new();
        let mut people = 0_u64;
        for by_wave in cells.into_values() {
            let waves = waves(by_wave)?;
            people += waves.iter().map(|wave| u64::from(wave.group.size())).sum::<u64>();
            if !waves.is_empty() {
                by_team.push(waves.iter().map(|wave| (wave.time, wave.group)).collect::<Vec<_>>());
            }
        }
        let trend = OrganisationTrend::of(&by_team);
        let (team, wave) = (self.options.group.join(" "), self.options.wave.clone().unwrap_or_default());
        let mut components = Fields::default();
        components.number(format!("{team}:{wave}"), "of a team around itself from round to round", trend.map(|trend| trend.team_wave));
        components.number(team, "between teams, lasting", trend.map(|trend| trend.team));
        components.number(
            "Residual",
            "of people within a team and round",
            trend.and_then(|trend| trend.residual.ok_or(Undefined::NoSpread)),
        );
        let mut fields = Fields::default();
        fields.count("teams", "teams with a score", by_team.len());
        fields.count("N", "scores", people);
        fields.number("slope", "change per round over all teams", trend.map(|trend| trend.slope));
        fields.number("se", "its standard error", trend.map(|trend| trend.standard_error));
        fields.number("intercept", "the line at round 0", trend.map(|trend| trend.intercept));
        fields.nested("var_components", "variances", components);
        Ok(fields)
    }
}
