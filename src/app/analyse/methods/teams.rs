//! How much of the differences lies between teams.

use statistics::{Group, OneWay, RHO_INTERVAL, Sample, ShrunkMean, Stratum, Undefined, VarianceComponents};

use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::roster::{every_team, invited_to};
use super::super::selection::Label;
use super::Request;

/// The scores of a team or of a round, summed up.
///
/// # Errors
/// When they are so large that their squares have no sum.
pub(super) fn summed(label: &Label, scores: Vec<f64>) -> Result<Group, Problem> {
    let group = Sample::new(scores).and_then(|sample| Group::of(&sample));
    group.map_err(|reason| Problem::option("--items", format!("the scores of {:?} cannot be summed up: {reason}", label.0)))
}

impl Request<'_> {
    /// The teams with their scores summed up, in the order of teams.
    fn groups(&mut self) -> Result<Vec<(Label, Group)>, Problem> {
        let teams = self.scores_by_team()?.into_iter().map(|(label, scores)| summed(&label, scores).map(|group| (label, group)));
        teams.collect()
    }

    pub(super) fn icc_anova(&mut self) -> Result<Fields, Problem> {
        let groups: Vec<Group> = self.groups()?.into_iter().map(|(_, group)| group).collect();
        let one_way = OneWay::of(&groups);
        let of = |of: &dyn Fn(&OneWay) -> Result<f64, Undefined>| one_way.as_ref().map_err(|reason| *reason).and_then(of);
        let interval = one_way.and_then(|one_way| one_way.icc1_interval(0.95));
        let mut fields = Fields::default();
        fields.count("groups", "teams with a score", groups.len());
        fields.count("N", "people with a score", groups.iter().map(|group| u64::from(group.size())).sum::<u64>());
        fields.number("ms_between", "mean square between teams", of(&|one_way| Ok(one_way.between)));
        fields.number("ms_within", "mean square within teams", of(&|one_way| Ok(one_way.within)));
        fields.number("F", "their ratio", of(&OneWay::f));
        let df = |of: fn(OneWay) -> u32| one_way.map_or_else(|reason| Cell::number(Err(reason)), |one_way| Cell::count(of(one_way)));
        fields.cell("df1", "degrees of freedom between", df(|one_way| one_way.groups.saturating_sub(1)));
        fields.cell("df2", "degrees of freedom within", df(|one_way| one_way.people.saturating_sub(one_way.groups)));
        fields.number("p", "how likely such an F is when teams do not differ", of(&OneWay::p));
        fields.number("nbar", "mean size of a team", of(&|one_way| Ok(one_way.mean_size())));
        fields.number("n0", "size that stands for uneven teams (Searle)", of(&|one_way| Ok(one_way.size)));
        fields.number("icc1_multilevel_nbar", "ICC(1) with the mean size, as R's multilevel has it", of(&OneWay::icc1_mean_size));
        fields.number("icc1_searle_n0", "ICC(1): share of the differences that lies between teams", of(&OneWay::icc1));
        fields.number("icc2", "ICC(2): reliability of team means", of(&OneWay::icc2));
        fields.number("icc1_ci95_low_n0", "lower end of the 95 % interval of ICC(1)", interval.map(|interval| interval.low));
        fields.number("icc1_ci95_high_n0", "upper end", interval.map(|interval| interval.high));
        fields.number("eta2", "share of the variation between teams in this file", of(&OneWay::eta_squared));
        fields.number("omega2", "the same without what chance adds", of(&OneWay::omega_squared));
        let status = match of(&OneWay::icc1) {
            Ok(icc) if icc < 0.0 => "negative: no team effect measurable",
            Ok(_) => "ok",
            Err(Undefined::NoSpread) => "undefined_no_variation",
            Err(_) => "undefined",
        };
        fields.text("status", "whether the numbers can be used", status);
        if of(&OneWay::icc1).is_ok_and(|icc| icc < 0.0) {
            self.notes.push("ICC(1) is negative: teams differ no more than people within them, no team effect is measurable.".to_owned());
        }
        Ok(fields)
    }

    /// Adds how far each mean is drawn in when it is known how much of its team answered.
    fn shrunk_with_roster(
        &mut self,
        fields: &mut Fields,
        teams: &[(Label, Group)],
        components: Result<VarianceComponents, Undefined>,
    ) -> Result<(), Problem> {
        let rho = self.options.rho.unwrap_or(RHO_INTERVAL);
        let invited = teams.iter().map(|(label, _)| invited_to(label, &self.selection, self.options, self.roster));
        let invited = invited.collect::<Result<Vec<u32>, Problem>>()?;
        if let ([every], true) = (&self.options.roster_n[..], teams.len() > 1) {
            self.notes.push(every_team(*every));
        }
        let shrunk: Vec<_> = teams
            .iter()
            .zip(&invited)
            .map(|((_, group), invited)| components?.shrink_with_roster(group, Stratum::of(group.size(), *invited)?.responded, rho))
            .collect();
        fields.column("N", "N", "people who could have answered", invited.iter().map(|invited| Cell::count(*invited)));
        let columns = [
            ("eb_mean_roster", "drawn in*", "the mean, drawn in knowing how much of the team answered (--rho)"),
            ("eb_cond_sd_roster", "+-*", "its standard deviation"),
            ("shrink_lambda_roster", "known*", "reliability of the team's mean, knowing that"),
        ];
        drawn_in(fields, &shrunk, columns);
        fields.value("rho", "share of the differences between people that lasts", rho);
        Ok(())
    }

    pub(super) fn reml_eb(&mut self) -> Result<Fields, Problem> {
        let teams = self.groups()?;
        let groups: Vec<Group> = teams.iter().map(|(_, group)| *group).collect();
        let components = VarianceComponents::of(&groups);
        let of = |of: &dyn Fn(&VarianceComponents) -> f64| components.as_ref().map(of).map_err(|reason| *reason);
        let shrunk: Vec<_> = groups.iter().map(|group| components.as_ref().map_err(|reason| *reason)?.shrink(group)).collect();
        let mut fields = Fields::default();
        fields.number("tau2", "variance between teams", of(&|components| components.between.variance));
        fields.number("sigma2", "variance within teams", of(&|components| components.within));
        fields.number("grand_mean", "mean over teams, each as much as it is known", of(&|components| components.between.grand_mean));
        fields.number("icc1_reml", "share of the differences that lies between teams", of(&|components| components.icc1()));
        fields.column("group", "team", "the team", teams.iter().map(|(label, _)| Cell::Text(label.0.clone())));
        fields.column("n", "n", "people with a score", groups.iter().map(|group| Cell::count(group.size())));
        fields.numbers("mean", "mean", "their mean", groups.iter().map(|group| Ok::<_, String>(group.mean())));
        let columns = [
            ("eb_mean", "drawn in", "the mean without what chance adds (empirical Bayes)"),
            ("eb_cond_sd", "+-", "its standard deviation"),
            ("shrink_lambda", "known", "reliability of the team's mean: 1 nothing is drawn in"),
        ];
        drawn_in(&mut fields, &shrunk, columns);
        if self.options.roster.is_some() || !self.options.roster_n.is_empty() {
            self.shrunk_with_roster(&mut fields, &teams, components)?;
        }
        if let Ok(Err(reason)) = components.as_ref().map(|components| components.between.enough_to_shrink()) {
            self.notes.push(format!("Do not use the drawn-in means: {reason}."));
        }
        Ok(fields)
    }
}

/// The teams' means with chance taken out of them: estimate, standard deviation and reliability, each with its key, head and meaning.
fn drawn_in(fields: &mut Fields, shrunk: &[Result<ShrunkMean, Undefined>], columns: [(&'static str, &'static str, &'static str); 3]) {
    let parts: [fn(ShrunkMean) -> f64; 3] = [|team| team.estimate, |team| team.sd, |team| team.reliability];
    for ((key, head, meaning), part) in columns.into_iter().zip(parts) {
        fields.numbers(key, head, meaning, shrunk.iter().map(|team| team.map(part)));
    }
}
