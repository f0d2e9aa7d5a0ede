//! The panel against the crate's ordinary functions, and its laws.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{Answers, Covariances, Favourable, Group, NullVariance, Sample, ScaleAgreement, cronbach_alpha, reverse, scale_score};

const ONE: NonZero<usize> = NonZero::<usize>::MIN;

/// A wave of two scales: the columns 0 to 3 on seven points, of which 2 is reversed, and the columns 4 to 6 on five.
#[derive(Debug, Clone)]
struct Survey {
    rows: Vec<[u8; 7]>,
    teams: Vec<u32>,
    team_count: usize,
}

const REVERSED: usize = 2;
const SCALES: [(std::ops::Range<usize>, u8, u8); 2] = [(0..4, 7, 5), (4..7, 5, 4)];

fn scales() -> Vec<PanelScale> {
    let items = |columns: std::ops::Range<usize>| columns.map(|column| PanelItem { column, reversed: column == REVERSED });
    SCALES.map(|(columns, points, favourable)| PanelScale::new(points, favourable, &items(columns).collect::<Vec<_>>()).unwrap()).into()
}

impl Survey {
    fn summarise(&self, threads: NonZero<usize>) -> PanelSummary {
        let answers = self.rows.concat();
        summarise(&scales(), &PanelWave { columns: 7, answers: &answers, teams: &self.teams, team_count: self.team_count }, threads)
            .unwrap()
    }

    /// Turned answers of one scale, with the team of each person.
    fn turned(&self, scale: usize) -> Vec<(u32, Vec<Option<u8>>)> {
        let (columns, points, _) = &SCALES[scale];
        let turned = |row: &[u8; 7], column: usize| match row[column] {
            0 => None,
            answer if column == REVERSED => Some(reverse(answer, *points).unwrap()),
            answer => Some(answer),
        };
        let asked: Vec<usize> = columns.clone().filter(|column| self.rows.iter().any(|row| row[*column] > 0)).collect();
        self.teams.iter().zip(&self.rows).map(|(team, row)| (*team, asked.iter().map(|column| turned(row, *column)).collect())).collect()
    }
}

fn surveys() -> impl Strategy<Value = Survey> {
    let row = (vec(0u8..=7, 4), vec(0u8..=5, 3)).prop_map(|(seven, five)| <[u8; 7]>::try_from([seven, five].concat()).unwrap());
    // Now and then people who agree, so that spread and missing answers come in every mixture.
    let row = prop_oneof![3 => row, 1 => Just([4, 4, 4, 4, 3, 3, 3]), 1 => Just([0, 6, 2, 0, 4, 4, 0])];
    (1usize..12).prop_flat_map(move |team_count| {
        vec((row.clone(), 0..u32::try_from(team_count).unwrap()), 0..80).prop_map(move |people| (people, team_count)).prop_map(
            |(people, team_count)| {
                let (rows, teams) = people.into_iter().unzip();
                Survey { rows, teams, team_count }
            },
        )
    })
}

fn close(what: &str, ours: Result<f64, Undefined>, theirs: Result<f64, Undefined>) -> Result<(), TestCaseError> {
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => {
            prop_assert!(ours.is_finite() && (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours}, by hand {theirs}");
        }
        (ours, theirs) => prop_assert_eq!(ours, theirs, "{}", what),
    }
    Ok(())
}

fn floats(answers: &[Vec<Option<u8>>]) -> Result<Answers, Undefined> {
    let rows: Vec<Vec<Option<f64>>> = answers.iter().map(|row| row.iter().map(|answer| answer.map(f64::from)).collect()).collect();
    Answers::new(answers.first().map_or(0, Vec::len), rows)
}

fn sample(answers: &[Vec<Option<u8>>]) -> Result<Sample, Undefined> {
    Sample::new(answers.iter().filter_map(|row| scale_score(row).ok()))
}

fn one_way(people: &[(u32, Vec<Option<u8>>)], team_count: usize) -> Result<OneWay, Undefined> {
    let scores_of = |team: usize| people.iter().filter(move |(of, _)| usize::try_from(*of) == Ok(team)).map(|(_, row)| row.clone());
    let groups = (0..team_count).filter_map(|team| Group::of(&sample(&scores_of(team).collect::<Vec<_>>()).ok()?).ok());
    OneWay::of(&groups.collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn every_value_is_that_of_the_ordinary_functions(survey in surveys()) {
        let summary = survey.summarise(ONE);
        prop_assert_eq!(summary.teams.len(), survey.team_count * 2);
        for (place, (scale, (_, points, lowest))) in summary.scales.iter().zip(SCALES).enumerate() {
            let people = survey.turned(place);
            let all: Vec<Vec<Option<u8>>> = people.iter().map(|(_, row)| row.clone()).collect();
            prop_assert_eq!(usize::try_from(scale.people).unwrap(), sample(&all).map_or(0, |all| all.len()));
            close("mean", scale.mean, sample(&all).map(|all| all.mean()))?;
            let complete: Vec<_> = all.iter().filter(|row| !row.is_empty() && row.iter().all(Option::is_some)).cloned().collect();
            prop_assert_eq!(usize::try_from(scale.complete).unwrap(), complete.len());
            match floats(&all).and_then(|answers| Covariances::of(&answers)).and_then(|covariances| cronbach_alpha(&covariances)) {
                // No item was asked, or only one: that is said first here.
                Err(Undefined::NoValues | Undefined::TooFewPeople { .. }) if all.first().is_none_or(|row| row.len() < 2) => prop_assert!(scale.alpha.is_err()),
                alpha => close("alpha", scale.alpha, alpha)?,
            }
            match (scale.one_way, one_way(&people, survey.team_count)) {
                (Ok(ours), Ok(theirs)) => {
                    close("between", Ok(ours.between), Ok(theirs.between))?;
                    close("within", Ok(ours.within), Ok(theirs.within))?;
                    close("size", Ok(ours.size), Ok(theirs.size))?;
                }
                (ours, theirs) => prop_assert_eq!(ours, theirs),
            }
            for team in 0..survey.team_count {
                let values = summary.teams[team * 2 + place];
                let mine: Vec<_> = people.iter().filter(|(of, _)| usize::try_from(*of) == Ok(team)).map(|(_, row)| row.clone()).collect();
                prop_assert_eq!(usize::try_from(values.people()).unwrap(), sample(&mine).map_or(0, |mine| mine.len()));
                close("team mean", values.mean(), sample(&mine).map(|mine| mine.mean()))?;
                close("team sd", values.sd(), sample(&mine).and_then(|mine| mine.sd()))?;
                // Without items, or without people, there are no rows of answers either.
                let answers = floats(&mine);
                let favourable = answers.clone().and_then(|answers| Favourable::of(&answers, f64::from(lowest))?.composite());
                close("favourable", values.favourable(), favourable)?;
                let agreement = answers.and_then(|answers| ScaleAgreement::of(&answers, NullVariance::uniform(u32::from(points))?));
                let agreement = agreement.map(|agreement| agreement.rwg);
                close("agreement", values.agreement(), if mine.first().is_none_or(Vec::is_empty) { Err(Undefined::TooFewAgreeing) } else { agreement })?;
            }
        }
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_number_of_threads_changes_a_byte(
        (survey, shuffled) in surveys().prop_flat_map(|survey| {
            let order = Just((0..survey.rows.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(survey), order).prop_map(|(survey, order)| {
                let rows = order.iter().map(|place| survey.rows[*place]).collect();
                let teams = order.iter().map(|place| survey.teams[*place]).collect();
                (survey.clone(), Survey { rows, teams, ..survey })
            })
        }),
        threads in 2usize..20,
    ) {
        let summary = survey.summarise(ONE);
        // Written out, so that -0 and 0 differ.
        let written = format!("{summary:?}");
        prop_assert_eq!(&written, &format!("{:?}", shuffled.summarise(ONE)));
        prop_assert_eq!(&written, &format!("{:?}", shuffled.summarise(NonZero::new(threads).unwrap())));
    }

    #[test]
    fn an_item_that_nobody_answered_changes_nothing(survey in surveys(), column in 0usize..7) {
        let mut without = survey;
        without.rows.iter_mut().for_each(|row| row[column] = 0);
        let others: Vec<PanelScale> = SCALES
            .map(|(columns, points, favourable)| {
                let left = columns.filter(|left| *left != column).map(|column| PanelItem { column, reversed: column == REVERSED });
                PanelScale::new(points, favourable, &left.collect::<Vec<_>>()).unwrap()
            })
            .into();
        let answers = without.rows.concat();
        let wave = PanelWave { columns: 7, answers: &answers, teams: &without.teams, team_count: without.team_count };
        prop_assert_eq!(without.summarise(ONE), summarise(&others, &wave, ONE).unwrap());
    }

    #[test]
    fn alpha_and_the_intraclass_correlations_survive_another_scale(survey in surveys(), factor in 1u8..=12, shift in 0u8..=60) {
        // x -> shift + factor * x; answers left out stay out. A reversed answer is turned around the same middle as before.
        let stretched: Vec<u8> = survey.rows.concat().iter().map(|x| if *x == 0 { 0 } else { shift + factor * x }).collect();
        let items = |columns: std::ops::Range<usize>| columns.map(|column| PanelItem { column, reversed: column == REVERSED });
        let longer: Vec<PanelScale> =
            SCALES.map(|(columns, points, _)| {
            let points = 2 * shift + (points + 1) * factor - 1;
            PanelScale::new(points, points, &items(columns).collect::<Vec<_>>()).unwrap()
        }).into();
        let wave = PanelWave { columns: 7, answers: &stretched, teams: &survey.teams, team_count: survey.team_count };
        let (before, after) = (survey.summarise(ONE), summarise(&longer, &wave, ONE).unwrap());
        for (before, after) in before.scales.iter().zip(&after.scales) {
            close("alpha", after.alpha, before.alpha)?;
            close("icc1", after.one_way.and_then(|of| of.icc1()), before.one_way.and_then(|of| of.icc1()))?;
            prop_assert_eq!(after.people, before.people);
        }
    }
}

#[test]
fn a_team_of_more_people_than_fit_into_one_word_is_counted_whole() {
    let rows: Vec<[u8; 7]> = (0..1_000u32).map(|person| [u8::try_from(person % 7 + 1).unwrap(); 7].map(|x| x.min(5))).collect();
    let survey = Survey { rows, teams: vec![1; 1_000], team_count: 3 };
    let summary = survey.summarise(ONE);
    let of_five = |scale: usize| summary.teams[2 + scale];
    assert_eq!((of_five(1).people(), summary.scales[1].complete), (1_000, 1_000));
    let all: Vec<Vec<Option<u8>>> = survey.turned(1).into_iter().map(|(_, row)| row).collect();
    assert!((of_five(1).sd().unwrap() - sample(&all).unwrap().sd().unwrap()).abs() < 1e-12);
    assert_eq!(summary.scales[1].one_way, Err(Undefined::TooFewGroups));
    assert_eq!(summary.teams[0].mean(), Err(Undefined::NoValues));
    assert_eq!(summary.teams[0].agreement(), Err(Undefined::TooFewAgreeing));
}

#[test]
fn what_does_not_fit_together_is_refused_with_its_name() {
    let answers = [3; 14];
    let wave = PanelWave { columns: 7, answers: &answers, teams: &[0, 1], team_count: 2 };
    let refused = |wave: PanelWave<'_>| match summarise(&scales(), &wave, ONE) {
        Err(Undefined::OutOfDomain { what, value, .. }) => (what, value),
        other => unreachable!("{other:?}"),
    };
    assert!(summarise(&scales(), &wave, ONE).is_ok());
    assert_eq!(refused(PanelWave { team_count: 1, ..wave }), ("team", 1.0));
    assert_eq!(refused(PanelWave { team_count: usize::MAX, ..wave }).0, "number of teams");
    assert_eq!(refused(PanelWave { teams: &[0], ..wave }), ("answers", 14.0));
    assert_eq!(refused(PanelWave { columns: 2, ..wave }), ("column of an item", 2.0));
    let mut beyond = answers;
    beyond[11] = 6;
    assert_eq!(refused(PanelWave { answers: &beyond, ..wave }), ("answer", 6.0));
    assert!(summarise(&[], &PanelWave { columns: 0, answers: &[], teams: &[], team_count: 0 }, ONE).is_err());
    assert_eq!(summarise(&[], &wave, ONE).unwrap(), PanelSummary { scales: Vec::new(), teams: Vec::new() });
}
