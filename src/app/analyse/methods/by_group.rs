//! One result per team, for methods that look at one team, and which options a method does not look at.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::method::Method;
use super::super::output::{Fields, Read};
use super::super::problem::Problem;
use super::super::roster::every_team;
use super::super::selection::{Label, Selection};
use super::super::table::Row;
use super::Request;

/// Methods that compare teams with each other.
const COMPARE_TEAMS: &[Method] = &[
    Method::WithinGroupAgreement,
    Method::TeamOverview,
    Method::IccAnova,
    Method::RemlEb,
    Method::WelchPerTeam,
    Method::OrgMixedTrend,
    Method::RelativeImportance,
];

/// Methods that compare two rounds.
pub(in super::super) const COMPARE_ROUNDS: &[Method] =
    &[Method::TwoWaveComparison, Method::RosterAwareChangeTest, Method::Welch, Method::PermExact, Method::WelchPerTeam];

/// Methods that look at how many people could have answered.
pub(in super::super) const COUNT_PEOPLE: &[Method] = &[
    Method::TeamScoreAndInterval,
    Method::MeanCi,
    Method::NonresponseBounds,
    Method::TwoWaveComparison,
    Method::RosterAwareChangeTest,
    Method::RemlEb,
];

/// Methods that know from the staff list what is lasting opinion of people who answered.
pub(in super::super) const KNOW_WHO_ANSWERED: &[Method] = &[Method::TeamScoreAndInterval, Method::RosterAwareChangeTest, Method::RemlEb];

/// Methods that look at single answers and not at people's scores.
pub(in super::super) const LOOK_AT_ANSWERS: &[Method] = &[
    Method::CronbachAlpha,
    Method::McdonaldOmega,
    Method::WithinGroupAgreement,
    Method::TeamOverview,
    Method::LongstringAndIrv,
    Method::RelativeImportance,
];

/// Methods that measure agreement against answers given at random.
pub(in super::super) const LOOK_AT_AGREEMENT: &[Method] = &[Method::WithinGroupAgreement, Method::Rwg];

/// How many rounds a method looks at side by side.
pub(in super::super) fn rounds(method: Method) -> usize {
    if COMPARE_ROUNDS.contains(&method) { 2 } else { 1 }
}

impl<'a> Request<'a> {
    /// What was asked, once for every team where the method looks at one team and `--group` names several.
    ///
    /// # Errors
    /// What is wrong with the options or the rows.
    pub(in super::super) fn answer(&mut self) -> Result<Fields, Problem> {
        self.tell_unused();
        let (counts, rounds) = (self.options.roster_n.len(), rounds(self.options.method));
        if counts > rounds && COUNT_PEOPLE.contains(&self.options.method) {
            let needed = if rounds == 2 { "two numbers of people are needed, before and after" } else { "one number of people is needed" };
            return Err(Problem::option("--roster-n", format!("{needed}, and there are {counts}")));
        }
        if self.options.group.is_empty() || COMPARE_TEAMS.contains(&self.options.method) {
            return self.compute();
        }
        let groups = self.selection.groups(self.options)?;
        let mut by_group: BTreeMap<Label, Vec<&'a Row>> = BTreeMap::new();
        for row in &self.selection.rows {
            by_group.entry(groups.of(row)).or_default().push(row);
        }
        if by_group.len() == 1 {
            return self.compute();
        }
        if let [every] = self.options.roster_n[..] {
            self.notes.push(every_team(every));
        }
        let mut all = Fields::default();
        let mut notes: BTreeSet<String> = self.notes.drain(..).collect();
        let mut read: BTreeMap<Cow<'static, str>, Read> = BTreeMap::new();
        for (label, rows) in by_group {
            let people = rows.len();
            let selection = Selection { table: self.selection.table, rows, read: Vec::new() };
            let mut one =
                Self { options: self.options, roster: self.roster, selection, notes: Vec::new(), spread_within: self.spread_within };
            let fields = match one.compute() {
                // A team that nobody answered for in one round is no reason to say nothing of the others.
                Err(Problem::NoRows(reason)) => {
                    let mut fields = Fields::default();
                    fields.text("status", "why there are no numbers", reason);
                    fields
                }
                fields => fields?,
            };
            notes.extend(one.notes);
            for told in one.selection.read {
                if let Some(item) = told.key.strip_prefix(UNANSWERED) {
                    notes.insert(format!("Nobody answered {item}; the item is left out."));
                } else {
                    let count = told.count;
                    read.entry(told.key.clone()).or_insert(Read { count: 0, ..told }).count += count;
                }
            }
            all.nested(label.0, format!("{people} rows"), fields);
        }
        self.notes.extend(notes);
        self.selection.read.extend(read.into_values());
        let mut fields = Fields::default();
        fields.nested("by_group", "one result per team", all);
        Ok(fields)
    }

    /// Notes options that were given and change nothing.
    fn tell_unused(&mut self) {
        let (options, method) = (self.options, self.options.method);
        let without_answers = matches!(method, Method::Wilson | Method::BenjaminiHochberg);
        let on_scores = !LOOK_AT_ANSWERS.contains(&method) && !without_answers;
        let follows_rounds = COMPARE_ROUNDS.contains(&method)
            || COUNT_PEOPLE.contains(&method)
            || matches!(method, Method::TeamTrend | Method::OrgMixedTrend);
        let unused = [
            ("--wave", options.wave.is_some() && !follows_rounds),
            ("--before", options.before.is_some() && !COMPARE_ROUNDS.contains(&method)),
            ("--after", options.after.is_some() && !COMPARE_ROUNDS.contains(&method)),
            ("--outcome", options.outcome.is_some() && method != Method::RelativeImportance),
            ("--predictors", !options.predictors.is_empty() && method != Method::RelativeImportance),
            ("--items", !options.items.is_empty() && method == Method::RelativeImportance),
            ("--min-answered", options.min_answered.is_some() && !on_scores),
            ("--items", !options.items.is_empty() && method == Method::Wilson),
            ("--scale", options.scale.is_some() && without_answers),
            ("--reversed", !options.reversed.is_empty() && without_answers),
            ("--complete", options.complete && without_answers),
            ("--options", options.options.is_some() && !LOOK_AT_AGREEMENT.contains(&method)),
            ("--sum", options.sum && !on_scores),
            ("--round", options.round && !on_scores),
            ("--scale-by", options.scale_by.is_some() && !on_scores),
            ("--roster", options.roster.is_some() && !COUNT_PEOPLE.contains(&method)),
            ("--roster-n", !options.roster_n.is_empty() && !COUNT_PEOPLE.contains(&method)),
            ("--rho", options.rho.is_some() && !KNOW_WHO_ANSWERED.contains(&method)),
            ("--reliability", options.reliability.is_some() && !matches!(method, Method::TeamScoreAndInterval | Method::MeanCi)),
            ("--null-variance", !options.null_variance.is_empty() && !LOOK_AT_AGREEMENT.contains(&method)),
        ];
        let unused: Vec<&str> = unused.into_iter().filter(|(_, unused)| *unused).map(|(option, _)| option).collect();
        if !unused.is_empty() {
            self.notes.push(format!("This method does not look at {}.", unused.join(", ")));
        }
    }
}

/// With which begins what is told of an item that nobody answered.
pub(in super::super) const UNANSWERED: &str = "unanswered_";
