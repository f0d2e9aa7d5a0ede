//! Two rounds of one team, two lists, and two rounds of every team.

use std::collections::BTreeMap;

use statistics::{
    CliffInterval, MannWhitney, RHO_CHANGE, Sample, Side, Stratum, Undefined, Welch, answered_twice_at_least, benjamini_hochberg,
    cliff_delta, exact_mean_difference, holm, mann_whitney, score_parts, standardised_difference, welch, welch_detectable_change,
};

use super::super::answers::TwoWaves;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::roster::more_than_invited;
use super::super::selection::Label;
use super::Request;

/// The parts of a point that scores are tried in before the one that follows from the number of items.
const PARTS: u32 = 120;

/// The parts of scores that were written with three or four decimals.
const DECIMALS: [u32; 2] = [1_000, 10_000];

/// Fewest people on each side of whom no test of means alone should be believed.
const FEW: usize = 6;

/// Two lists of values.
struct Pair {
    before: Result<Sample, Undefined>,
    after: Result<Sample, Undefined>,
}

impl Pair {
    fn of(before: Vec<f64>, after: Vec<f64>) -> Self {
        Self { before: Sample::new(before), after: Sample::new(after) }
    }

    fn samples(&self) -> Result<(&Sample, &Sample), Undefined> {
        Ok((self.before.as_ref().map_err(|reason| *reason)?, self.after.as_ref().map_err(|reason| *reason)?))
    }

    /// Both sides, of which these shares answered.
    fn sides(&self, responded: (f64, f64)) -> Result<(Side, Side), Undefined> {
        let (before, after) = self.samples()?;
        Ok((Side::of(before, responded.0)?, Side::of(after, responded.1)?))
    }

    fn counts(&self) -> (usize, usize) {
        (self.before.as_ref().map_or(0, Sample::len), self.after.as_ref().map_or(0, Sample::len))
    }

    fn difference(&self) -> Result<f64, Undefined> {
        self.samples().map(|(before, after)| after.mean() - before.mean())
    }

    fn welch(&self) -> Result<Welch, Undefined> {
        self.sides((0.0, 0.0)).and_then(|(before, after)| welch(&before, &after, 0.0))
    }

    /// The exact permutation test, in the largest unit of which all scores are whole multiples; scores are means of so many items.
    fn exact(&self, items: usize) -> Result<f64, Undefined> {
        let (before, after) = self.samples()?;
        let of_items = u32::try_from(items).ok().and_then(|items| score_parts(items).ok());
        let mut reason = Undefined::NoValues;
        for parts in (1..=PARTS).chain(of_items).chain(DECIMALS) {
            match exact_mean_difference(before, after, parts) {
                Ok(p) => return Ok(p),
                Err(refused) => reason = refused,
            }
        }
        Err(reason)
    }

    /// In a word whether the test exists.
    fn status(&self) -> &'static str {
        match self.welch() {
            Ok(_) => "ok",
            Err(Undefined::NoSpread) => "undefined_no_variation",
            Err(Undefined::TooFewPeople { .. } | Undefined::NoValues) => "undefined_too_few_people",
            Err(_) => "undefined",
        }
    }
}

impl Request<'_> {
    fn pair(&mut self) -> Result<Pair, Problem> {
        let (before, after) = self.two_waves()?;
        Ok(Pair::of(before, after))
    }

    fn invited_before(&self) -> Result<u32, Problem> {
        self.invited(self.options.before.as_deref().filter(|_| self.options.wave.is_some()), 0)
    }

    fn invited_after(&self) -> Result<u32, Problem> {
        self.invited(self.options.after.as_deref().filter(|_| self.options.wave.is_some()), 1)
    }

    pub(super) fn perm_exact(&mut self) -> Result<Fields, Problem> {
        let pair = self.pair()?;
        let mut fields = Fields::default();
        fields.count("n_before", "values before (x)", pair.counts().0);
        fields.count("n_after", "values after (y)", pair.counts().1);
        fields.number("diff", "mean after minus mean before", pair.difference());
        fields.number("p", "share of all ways to deal the values out that differ at least as much", pair.exact(self.options.items.len()));
        Ok(fields)
    }

    pub(super) fn welch(&mut self) -> Result<Fields, Problem> {
        let pair = self.pair()?;
        let test = pair.welch();
        let mut fields = Fields::default();
        fields.text("status", "whether the test exists", pair.status());
        fields.count("n_before", "values before (x)", pair.counts().0);
        fields.count("n_after", "values after (y)", pair.counts().1);
        fields.number("diff", "mean after minus mean before", pair.difference());
        test_fields(&mut fields, &test);
        fields.number("perm_exact_p", "p of the exact permutation test, which needs no spread", pair.exact(self.options.items.len()));
        Ok(fields)
    }

    pub(super) fn roster_aware_change_test(&mut self) -> Result<Fields, Problem> {
        let scores = TwoWaves::read(&mut self.selection, self.options)?;
        let (before, after) = (self.invited_before()?, self.invited_after()?);
        let (n1, n2) = (scores.before.len(), scores.after.len());
        let rho = self.options.rho.unwrap_or(RHO_CHANGE);
        for (people, invited) in [(n1, before), (n2, after)] {
            self.notes.extend(more_than_invited(people, invited));
        }
        let (x, y) = scores.values();
        let pair = Pair::of(x, y);
        let responded =
            |people: usize, invited| Stratum::of(u32::try_from(people).unwrap_or(u32::MAX), invited).map(|stratum| stratum.responded);
        let sides = responded(n1, before).and_then(|f1| Ok((f1, responded(n2, after)?))).and_then(|shares| pair.sides(shares));
        let mut fields = Fields::default();
        let by = |rho: f64| sides.and_then(|(before, after)| welch(&before, &after, rho));
        let status = match pair.status() {
            "ok" if by(rho).is_err() => "undefined",
            status => status,
        };
        fields.text("status", "whether both tests exist", status);
        fields.count("N1", "people who could have answered before", before);
        fields.count("N2", "and after", after);
        answered_twice(&mut fields, (n1, n2), (before, after));
        for (rho, meaning) in
            [(0.0, "the strict reading, as if nobody had answered twice (Welch)"), (rho, "people keep this share of their differences")]
        {
            let test = by(rho);
            let mut one = Fields::default();
            one.count("n1", "scores before", n1);
            one.count("n2", "scores after", n2);
            one.number("diff", "mean after minus mean before", pair.difference());
            test_fields(&mut one, &test);
            let detectable = sides.and_then(|(before, after)| welch_detectable_change(&before, &after, rho));
            one.number("detectable_change", "a true change of this size is found four times out of five", detectable);
            let key = format!("rho_{}", rho.to_string().replace('.', "_"));
            if rho > 0.0 || !fields.has(&key) {
                fields.nested(key, meaning, one);
            }
        }
        Ok(fields)
    }

    pub(super) fn two_wave_comparison(&mut self) -> Result<Fields, Problem> {
        let pair = self.pair()?;
        let test = pair.welch();
        let size = pair.sides((0.0, 0.0)).and_then(|(before, after)| standardised_difference(&before, &after));
        let ranks = pair.samples().map(|(before, after)| mann_whitney(before, after));
        let cliff = pair.samples().map(|(before, after)| cliff_delta(before, after));
        let mut fields = Fields::default();
        fields.text("status", "whether Welch's test exists", pair.status());
        fields.count("n_before", "scores before", pair.counts().0);
        fields.count("n_after", "scores after", pair.counts().1);
        fields.number("mean_before", "mean before", pair.before.as_ref().map(Sample::mean));
        fields.number("mean_after", "mean after", pair.after.as_ref().map(Sample::mean));
        fields.number("diff", "the change: mean after minus mean before", pair.difference());
        fields.number("welch_t", "Welch's t", test.map(|test| test.t));
        fields.number("welch_df", "its degrees of freedom", test.map(|test| test.df));
        fields.number("welch_p", "how likely such a difference is without a change", test.map(|test| test.change.p));
        fields.number("welch_ci_low", "lower end of the 95 % interval of the change", test.map(|test| test.change.low));
        fields.number("welch_ci_high", "upper end", test.map(|test| test.change.high));
        fields.number("welch_se", "standard error of the change", test.map(|test| test.change.standard_error));
        fields.number("cohen_d", "the change in standard deviations", size.map(|size| size.d));
        fields.number("hedges_J_exact", "correction for small samples", size.map(|size| size.correction));
        fields.number("hedges_g", "the change in standard deviations, corrected", size.map(|size| size.g));
        fields.number("g_ci_low_normal", "lower end of its 95 % interval", size.map(|size| size.g_interval.0));
        fields.number("g_ci_high_normal", "upper end", size.map(|size| size.g_interval.1));
        fields.number("d_ci_low_noncentral", "lower end of the interval of d, noncentral t", size.and_then(|size| Ok(size.d_interval?.0)));
        fields.number("d_ci_high_noncentral", "upper end", size.and_then(|size| Ok(size.d_interval?.1)));
        let of_ranks = |of: fn(MannWhitney) -> Result<f64, Undefined>| ranks.and_then(of);
        fields.number("mw_U_after", "pairs in which the later score is higher (Mann-Whitney)", ranks.map(|ranks| ranks.u));
        fields.number("mw_p_cc", "its p with continuity correction", of_ranks(|ranks| ranks.p_corrected));
        fields.number("mw_p_nocc", "its p without", of_ranks(|ranks| ranks.p_uncorrected));
        fields.number("mw_p_exact_permutation", "its exact p", of_ranks(|ranks| ranks.p_exact));
        fields.number("mw_p", "the p of these to read: exact up to 400 pairs, else with correction", of_ranks(|ranks| ranks.p()));
        fields.number("mean_diff_p_exact_permutation", "exact p of the change of the mean", pair.exact(self.options.items.len()));
        let (low, high) = cliff_ends(cliff.and_then(|cliff| cliff.interval));
        fields.number("cliff_delta", "share of pairs that rise minus share that fall (Cliff)", cliff.map(|cliff| cliff.delta));
        fields.number("cliff_var", "its variance", cliff.and_then(|cliff| cliff.variance));
        fields.number("cliff_ci_low", "lower end of its 95 % interval", low);
        fields.number("cliff_ci_high", "upper end", high);
        if self.options.roster.is_some() || !self.options.roster_n.is_empty() {
            answered_twice(&mut fields, pair.counts(), (self.invited_before()?, self.invited_after()?));
        }
        let fewest = pair.counts().0.min(pair.counts().1);
        if fewest < FEW {
            self.notes.push(format!(
                "With {fewest} scores on one side only the exact tests can be believed; below 4 against 4 none can reach 0.05."
            ));
        }
        Ok(fields)
    }

    pub(super) fn welch_per_team(&mut self) -> Result<Fields, Problem> {
        let teams = self.selection.groups(self.options)?;
        let TwoWaves { before, after } = TwoWaves::read(&mut self.selection, self.options)?;
        let mut by_team: BTreeMap<Label, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
        for (row, score) in before {
            by_team.entry(teams.of(row)).or_default().0.push(score);
        }
        for (row, score) in after {
            by_team.entry(teams.of(row)).or_default().1.push(score);
        }
        let all = by_team.len();
        let least = self.options.min_group;
        by_team.retain(|_, (before, after)| before.len().min(after.len()) >= least);
        if by_team.len() < all {
            let meaning = format!("teams with fewer than {least} scores in a round, left out (--min-group)");
            self.selection.tell("teams_left_out", meaning, all - by_team.len());
        }
        let teams: Vec<(Label, Pair)> = by_team.into_iter().map(|(team, (before, after))| (team, Pair::of(before, after))).collect();
        let p: Vec<Result<f64, Undefined>> = teams.iter().map(|(_, pair)| pair.welch().map(|test| test.change.p)).collect();
        let tested: Vec<f64> = p.iter().copied().flatten().collect();
        let (q, corrected) = (benjamini_hochberg(&tested), holm(&tested));
        let mut fields = Fields::default();
        fields.count("teams", "teams compared", teams.len());
        fields.column("team", "team", "the team", teams.iter().map(|(team, _)| Cell::Text(team.0.clone())));
        fields.column("n_before", "before", "scores before", teams.iter().map(|(_, pair)| Cell::count(pair.counts().0)));
        fields.column("n_after", "after", "scores after", teams.iter().map(|(_, pair)| Cell::count(pair.counts().1)));
        fields.numbers("diff", "change", "mean after minus mean before", teams.iter().map(|(_, pair)| pair.difference()));
        fields.numbers("p", "p", "how likely such a difference is without a change (Welch)", p.iter().copied());
        fields.numbers("p_bh", "BH", "p corrected for the number of teams (Benjamini-Hochberg)", spread_out(&p, &q));
        fields.numbers("p_holm", "Holm", "the same, stricter (Holm)", spread_out(&p, &corrected));
        Ok(fields)
    }
}

/// Adds how many people must have answered both times, when the team kept its people: who joined or left is not known from headcounts.
fn answered_twice(fields: &mut Fields, (n1, n2): (usize, usize), (before, after): (u32, u32)) {
    let people = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let least = answered_twice_at_least(people(n1), people(n2), before.max(after));
    let least = least.map_or_else(|reason| Cell::number(Err(reason)), Cell::count);
    fields.cell("answered_twice_at_least", "people who must have answered both times, if nobody of the team was replaced", least);
}

/// What a test of two means says.
fn test_fields(fields: &mut Fields, test: &Result<Welch, Undefined>) {
    fields.number("se", "its standard error", test.map(|test| test.change.standard_error));
    fields.number("df", "degrees of freedom", test.map(|test| test.df));
    fields.number("t", "difference in standard errors", test.map(|test| test.t));
    fields.number("p", "how likely such a difference is without a change", test.map(|test| test.change.p));
    fields.number("ci_low", "lower end of the 95 % interval", test.map(|test| test.change.low));
    fields.number("ci_high", "upper end", test.map(|test| test.change.high));
}

/// Both ends of the interval of Cliff's delta, or why one of them does not exist.
fn cliff_ends(interval: Result<CliffInterval, Undefined>) -> (Result<f64, String>, Result<f64, String>) {
    let none = || "the two rounds do not overlap, so that there is a bound on one side only".to_owned();
    match interval {
        Ok(CliffInterval::Between { low, high }) => (Ok(low), Ok(high)),
        Ok(CliffInterval::AtLeast(low)) => (Ok(low), Err(none())),
        Ok(CliffInterval::AtMost(high)) => (Err(none()), Ok(high)),
        Err(reason) => (Err(reason.to_string()), Err(reason.to_string())),
    }
}

/// Adjusted values back at the places where there was a p value.
pub(super) fn spread_out(p: &[Result<f64, Undefined>], adjusted: &Result<Vec<f64>, Undefined>) -> Vec<Result<f64, Undefined>> {
    let mut values = adjusted.as_ref().map(|values| values.iter().copied()).map_err(|reason| *reason);
    p.iter().map(|p| p.and_then(|_| values.as_mut().map_err(|reason| *reason)?.next().ok_or(Undefined::NoValues))).collect()
}
