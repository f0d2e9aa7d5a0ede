//! All teams at a glance, in one pass over whole answers however many there are.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

use statistics::{OneWay, PanelItem, PanelScale, PanelWave, TeamScale, Undefined, summarise};

use super::super::answers::ItemAnswers;
use super::super::options::Scale;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::selection::Label;
use super::{Request, TELLS_ANSWERS};

/// Below so many people spread and agreement say more about them than about the team.
const FEW: u32 = 5;

impl Request<'_> {
    pub(super) fn team_overview(&mut self) -> Result<Fields, Problem> {
        let options = self.options;
        let scale = self.scale("answers above its middle count as favourable")?;
        let refused = |reason: Undefined| Problem::option("--scale", reason.to_string());
        let points = scale.options().and_then(|options| u8::try_from(options).ok());
        let points = points.ok_or_else(|| Problem::option("--scale", "team_overview needs a scale of 2 to 255 whole answers"))?;

        let labels = self.selection.groups(options)?;
        let answers = ItemAnswers::read(&mut self.selection, options)?;
        let columns = answers.items.len();
        // Reversed items are turned as they are read.
        let items: Vec<PanelItem> = (0..columns).map(|column| PanelItem { column, reversed: false }).collect();
        let of_scale = PanelScale::new(points, points / 2 + 1 + points % 2, &items);
        let of_scale = of_scale.map_err(|_| {
            Problem::option(
                "--items",
                format!("team_overview cannot count {columns} items on a scale of {points}; 22 always are few enough on up to 18"),
            )
        })?;
        let on_points = answers.rows.iter().flatten().map(|answer| answer.map_or(Ok(0), |answer| point(answer, scale, points)));
        let on_points = on_points.collect::<Result<Vec<u8>, Problem>>()?;

        let of_rows: Vec<Label> = self.selection.rows.iter().map(|row| labels.of(row)).collect();
        let mut places: BTreeMap<&Label, u32> = of_rows.iter().map(|label| (label, 0)).collect();
        places.values_mut().zip(0..).for_each(|(place, next)| *place = next);
        let teams: Vec<u32> = of_rows.iter().filter_map(|label| places.get(label).copied()).collect();
        let wave = PanelWave { columns, answers: &on_points, teams: &teams, team_count: places.len() };
        let summary = summarise(&[of_scale], &wave, thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)).map_err(refused)?;

        let shift = scale.low - 1.0;
        let of_teams = |of: fn(&TeamScale) -> Result<f64, Undefined>| summary.teams.iter().map(of);
        let mut fields = Fields::default();
        fields.column("group", "team", "the team", places.keys().map(|label| Cell::Text(label.0.clone())));
        fields.column("n", "n", "people with a score", summary.teams.iter().map(|team| Cell::count(team.people())));
        fields.numbers("mean", "mean", "their mean", of_teams(TeamScale::mean).map(|mean| mean.map(|mean| mean + shift)));
        fields.numbers("sd", "sd", "their standard deviation", of_teams(TeamScale::sd));
        fields.numbers("favourable", "fav.", "answers above the middle, mean of the items' shares", of_teams(TeamScale::favourable));
        fields.numbers("rwgj_uniform_available", "rwg(j)", "agreement: 1 full, 0 none or split", of_teams(TeamScale::agreement));
        fields.column(
            "disclosive",
            "tells",
            "whether it tells what everybody answered",
            summary.teams.iter().map(|team| Cell::Flag(tells(team))),
        );
        if let Some(all) = summary.scales.first() {
            let one_way = |of: fn(&OneWay) -> Result<f64, Undefined>| all.one_way.as_ref().map_err(|reason| *reason).and_then(of);
            let mut over_teams = Fields::default();
            over_teams.count("N", "people with a score", all.people);
            over_teams.number("mean", "their mean", all.mean.map(|mean| mean + shift));
            over_teams.count("n_complete", "people who answered every item", all.complete);
            over_teams.number("alpha", "how far the items hang together (Cronbach), of those", all.alpha);
            over_teams.number("F", "differences between teams over those within", one_way(OneWay::f));
            over_teams.number("icc1_searle_n0", "ICC(1): share of the differences that lies between teams", one_way(OneWay::icc1));
            over_teams.number("icc2", "ICC(2): reliability of team means", one_way(OneWay::icc2));
            fields.nested("all_groups", "over all teams", over_teams);
        }
        if summary.teams.iter().any(tells) {
            self.notes.push(TELLS_ANSWERS.to_owned());
        }
        if summary.teams.iter().any(|team| team.people() < FEW) {
            self.notes.push("Spread and agreement of fewer than 5 people say little about a team and much about them.".to_owned());
        }
        Ok(fields)
    }
}

/// Whether a team's numbers tell what everybody answered.
fn tells(team: &TeamScale) -> bool {
    let alike = |share: f64| share <= 0.0 || share >= 1.0;
    team.people() == 1
        || team.sd().is_ok_and(|sd| sd <= 0.0)
        || team.favourable().is_ok_and(alike)
        || team.agreement().is_ok_and(|agreement| agreement >= 1.0)
}

/// Which point of the scale an answer is, from 1.
fn point(answer: f64, scale: Scale, points: u8) -> Result<u8, Problem> {
    (1..=points)
        .find(|point| (answer - scale.low - (f64::from(*point) - 1.0)).abs() < 1e-9)
        .ok_or_else(|| Problem::option("--items", format!("team_overview counts whole answers, and {answer} is none of {scale}")))
}
