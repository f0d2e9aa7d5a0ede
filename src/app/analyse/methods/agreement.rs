//! How far the people of a team agree.

use std::collections::BTreeMap;

use statistics::{
    Answers, Centre, HEAVILY_SKEWED_OF_5, ItemAgreement, MODERATELY_SKEWED_OF_5, NullVariance, SLIGHTLY_SKEWED_OF_5, Sample,
    ScaleAgreement, Undefined, average_deviation,
};

use super::super::answers::ItemAnswers;
use super::super::options::{Null, Skew};
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::selection::Label;
use super::Request;

/// The variance of a slight skew of seven options, as published (LeBreton & Senter 2008).
const SLIGHTLY_SKEWED_OF_7: f64 = 2.90;

/// What agreement is measured against: answers given at random, evenly and with a skew.
struct Nulls {
    even: NullVariance,
    skewed: Result<NullVariance, String>,
}

/// The agreement of one team.
struct Team {
    label: Label,
    people: usize,
    even: Result<ScaleAgreement, Undefined>,
    skewed: Result<f64, String>,
    listwise: Result<f64, Undefined>,
    deviation_from_mean: Result<f64, Undefined>,
    deviation_from_median: Result<f64, Undefined>,
    first_item: Result<f64, Undefined>,
}

impl Team {
    fn of(label: Label, rows: &[Vec<Option<f64>>], items: usize, nulls: &Nulls) -> Self {
        let answers = Answers::new(items, rows.iter().cloned());
        let of = |null: NullVariance| answers.as_ref().map_err(|reason| *reason).and_then(|answers| ScaleAgreement::of(answers, null));
        let complete = answers.as_ref().map_err(|reason| *reason).map(Answers::complete);
        let listwise = |of: &dyn Fn(&Answers) -> Result<f64, Undefined>| complete.as_ref().map_err(|reason| *reason).and_then(of);
        let first = answers.as_ref().ok().and_then(|answers| answers.item(0)).ok_or(Undefined::NoValues);
        Self {
            label,
            people: rows.len(),
            even: of(nulls.even),
            skewed: nulls.skewed.clone().and_then(|null| of(null).map(|agreement| agreement.rwg).map_err(|reason| reason.to_string())),
            listwise: listwise(&|answers| ScaleAgreement::of(answers, nulls.even).map(|agreement| agreement.rwg)),
            deviation_from_mean: listwise(&|answers| average_deviation(answers, Centre::Mean)),
            deviation_from_median: listwise(&|answers| average_deviation(answers, Centre::Median)),
            first_item: first.and_then(|answers| ItemAgreement::of(&answers, nulls.even)).map(|agreement| agreement.truncated),
        }
    }

    /// Whether the numbers tell what everybody answered.
    fn disclosive(&self) -> bool {
        self.even.is_ok_and(|agreement| agreement.variance <= 0.0) || self.first_item == Ok(1.0)
    }
}

impl Request<'_> {
    /// The null variances by `--null-variance` or `--options`, or by the length of the scale.
    fn nulls(&self) -> Result<Nulls, Problem> {
        let refused = |reason: Undefined| Problem::option("--null-variance", reason.to_string());
        let options = self.options.options.or_else(|| self.options.scale.and_then(super::super::options::Scale::options));
        let (variance, skewed) = match *self.options.null_variance.as_slice() {
            [] => (None, None),
            [Null::Variance(even)] => (Some(even), None),
            [named @ Null::Skew(_)] => (None, Some(named)),
            [Null::Variance(even), skewed] => (Some(even), Some(skewed)),
            _ => {
                let reason = "give one variance for even answers, and after a comma one for skewed ones or slight, moderate, heavy";
                return Err(Problem::option("--null-variance", reason));
            }
        };
        // The published distributions are of five answers.
        let options = options.or(matches!(skewed, Some(Null::Skew(_))).then_some(5));
        let even = match (variance, options) {
            (Some(variance), _) => NullVariance::new(variance),
            (None, Some(options)) => NullVariance::uniform(options),
            (None, None) => return Err(Problem::option("--options", "say how many answers can be chosen from, for instance --options 5")),
        };
        let skewed = match (skewed, options) {
            (Some(Null::Variance(variance)), _) => NullVariance::new(variance).map_err(refused).map(Ok)?,
            (None | Some(Null::Skew(Skew::Slight)), Some(5)) => NullVariance::of(&SLIGHTLY_SKEWED_OF_5).map_err(refused).map(Ok)?,
            (Some(Null::Skew(Skew::Moderate)), Some(5)) => NullVariance::of(&MODERATELY_SKEWED_OF_5).map_err(refused).map(Ok)?,
            (Some(Null::Skew(Skew::Heavy)), Some(5)) => NullVariance::of(&HEAVILY_SKEWED_OF_5).map_err(refused).map(Ok)?,
            (None | Some(Null::Skew(Skew::Slight)), Some(7)) => NullVariance::new(SLIGHTLY_SKEWED_OF_7).map_err(refused).map(Ok)?,
            (Some(Null::Skew(_)), _) => {
                let reason = "slight, moderate and heavy are known for 5 answers, slight also for 7; give a variance, for instance 2,1.34";
                return Err(Problem::option("--null-variance", reason));
            }
            (None, _) => Err("no variance of skewed answers is known for this scale; --null-variance U,S gives one".to_owned()),
        };
        Ok(Nulls { even: even.map_err(refused)?, skewed })
    }

    pub(super) fn within_group_agreement(&mut self) -> Result<Fields, Problem> {
        let nulls = self.nulls()?;
        let groups = self.selection.groups(self.options)?;
        let answers = ItemAnswers::read(&mut self.selection, self.options)?;
        let items = answers.items.len();
        let mut by_team: BTreeMap<Label, Vec<Vec<Option<f64>>>> = BTreeMap::new();
        for (row, answers) in self.selection.rows.iter().zip(answers.rows) {
            by_team.entry(groups.of(row)).or_default().push(answers);
        }
        let teams: Vec<Team> = by_team.into_iter().map(|(label, rows)| Team::of(label, &rows, items, &nulls)).collect();
        let mut fields = Fields::default();
        fields.column("group", "team", "the team", teams.iter().map(|team| Cell::Text(team.label.0.clone())));
        fields.column("gsize", "n", "its rows", teams.iter().map(|team| Cell::count(team.people)));
        let rwg = |team: &Team| team.even.map(|agreement| agreement.rwg);
        let lindell = |team: &Team| team.even.map(|agreement| agreement.lindell);
        fields.numbers("rwgj_uniform_available", "rwg(j)", "agreement, from all answers: 1 full, 0 none or split", teams.iter().map(rwg));
        fields.numbers(
            "rwgj_skew_available",
            "skewed",
            "the same, if answers without agreement were skewed",
            teams.iter().map(|t| t.skewed.clone()),
        );
        fields.numbers(
            "rwgj_lindell_available",
            "r*wg",
            "agreement that does not grow with the items; negative: split",
            teams.iter().map(lindell),
        );
        fields.numbers(
            "rwgj_uniform_listwise_v2.7",
            "listw.",
            "rwg(j) of those who answered every item",
            teams.iter().map(|team| team.listwise),
        );
        fields.numbers(
            "ad_mean_listwise",
            "AD",
            "average distance from the mean, in points",
            teams.iter().map(|team| team.deviation_from_mean),
        );
        fields.numbers(
            "ad_median_listwise",
            "AD-md",
            "average distance from the median",
            teams.iter().map(|team| team.deviation_from_median),
        );
        fields.numbers("rwg_item1_uniform", "item 1", "rwg of the first item", teams.iter().map(|team| team.first_item));
        fields.column(
            "disclosive",
            "tells",
            "whether it tells what everybody answered",
            teams.iter().map(|team| Cell::Flag(team.disclosive())),
        );
        let flag = |team: &Team| {
            if team.even.is_ok_and(ScaleAgreement::polarised) { Cell::Text("polarised".to_owned()) } else { Cell::Nothing }
        };
        fields.column("flag", "flag", "polarised: the answers lie further apart than chance puts them", teams.iter().map(flag));
        let mut all = Fields::default();
        all.count("n_groups", "teams", teams.len());
        all.nested("rwgj_uniform", "rwg(j) over all teams", over_teams(teams.iter().filter_map(|team| rwg(team).ok())));
        all.nested("rwgj_skew", "rwg(j) against skewed answers", over_teams(teams.iter().filter_map(|team| team.skewed.clone().ok())));
        all.nested("lindell", "r*wg(j)", over_teams(teams.iter().filter_map(|team| lindell(team).ok())));
        all.nested("ad_mean", "average distance from the mean", over_teams(teams.iter().filter_map(|team| team.deviation_from_mean.ok())));
        fields.nested("all_groups", "over the teams that have a value", all);
        if teams.iter().any(Team::disclosive) {
            self.notes
                .push("Where everybody answered alike, agreement tells every single answer: do not pass these numbers on.".to_owned());
        }
        if teams.iter().any(|team| team.people < 5) {
            self.notes.push("Agreement of fewer than 5 people says little about a team and much about them.".to_owned());
        }
        Ok(fields)
    }

    pub(super) fn rwg(&mut self) -> Result<Fields, Problem> {
        let nulls = self.nulls()?;
        // One item is measured against one distribution: a skewed one where it is named.
        let named = matches!(self.options.null_variance.as_slice(), [Null::Skew(_)]);
        let null = nulls.skewed.ok().filter(|_| named).unwrap_or(nulls.even);
        let sample = self.sample()?;
        let n = sample.as_ref().map_or(0, Sample::len);
        let agreement = sample.and_then(|sample| ItemAgreement::of(&sample, null));
        let mut fields = Fields::default();
        fields.count("n", "answers", n);
        fields.number("variance", "their variance", agreement.map(|agreement| agreement.variance));
        fields.value("null_variance", "the variance of answers without any agreement", null.variance());
        fields.number("rwg", "agreement: 1 full, 0 none or split", agreement.map(|agreement| agreement.truncated));
        fields.number("rwg_truncated", "the same", agreement.map(|agreement| agreement.truncated));
        fields.number("rwg_raw", "not cut off at 0: negative when answers are split", agreement.map(|agreement| agreement.raw));
        let flag = if agreement.is_ok_and(ItemAgreement::polarised) { Cell::Text("polarised".to_owned()) } else { Cell::Nothing };
        fields.cell("flag", "polarised: the answers lie further apart than chance puts them", flag);
        let unanimous = agreement.is_ok_and(ItemAgreement::unanimous);
        fields.cell("disclosive", "whether it tells what everybody answered", Cell::Flag(unanimous));
        if unanimous {
            self.notes.push("Everybody answered alike, so that agreement tells every single answer: do not pass it on.".to_owned());
        }
        Ok(fields)
    }
}

fn over_teams(values: impl Iterator<Item = f64>) -> Fields {
    let sample = Sample::new(values);
    let mut fields = Fields::default();
    let of = |of: fn(&Sample) -> f64| sample.as_ref().map(of).map_err(|reason| *reason);
    fields.number("mean", "mean", of(Sample::mean));
    fields.number("median", "median", of(Sample::median));
    fields.number("min", "smallest", of(|sample| sample.range().0));
    fields
}
