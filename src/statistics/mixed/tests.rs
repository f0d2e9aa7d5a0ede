#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

/// Teams over waves 0, 1, 2 with these means and in each wave four people with the sum of squares `squares`.
fn balanced(means: &[[f64; 3]], squares: f64) -> Vec<Vec<(f64, Group)>> {
    means
        .iter()
        .map(|waves| waves.iter().zip([0.0, 1.0, 2.0]).map(|(mean, time)| (time, Group::new(4, *mean, squares).unwrap())).collect())
        .collect()
}

const MEANS: [[f64; 3]; 4] = [[1.0, 2.5, 3.0], [4.0, 4.0, 6.0], [2.0, 3.0, 3.5], [5.0, 7.0, 6.5]];

#[test]
fn teams_of_one_size_have_the_variances_of_the_analysis_of_variance() {
    // Four people in each of 4 x 3 cells: the mean squares of teams (3), of what is left of cell means beside teams and the line
    // (12 - 4 - 1 = 7) and of people (36) are 4 * 3 * team + 4 * cell + people, 4 * cell + people, and people.
    let fit = OrganisationTrend::of(&balanced(&MEANS, 1.2)).unwrap();
    let team_means: Vec<f64> = MEANS.iter().map(|waves| waves.iter().sum::<f64>() / 3.0).collect();
    let grand = team_means.iter().sum::<f64>() / 4.0;
    let slope = MEANS.iter().map(|waves| waves[2] - waves[0]).sum::<f64>() / 8.0;
    let left: f64 = MEANS
        .iter()
        .zip(&team_means)
        .flat_map(|(waves, mean)| waves.iter().zip([-1.0, 0.0, 1.0]).map(move |(value, time)| (value - mean - slope * time).powi(2)))
        .sum();
    let people = 12.0 * 1.2 / 36.0;
    let cells = 4.0 * left / 7.0;
    let teams = 12.0 * team_means.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>() / 3.0;
    assert!(teams > cells && cells > people);
    assert!((fit.residual.unwrap() - people).abs() < 1e-10, "{fit:?}");
    assert!((fit.team_wave - (cells - people) / 4.0).abs() < 1e-10 && (fit.team - (teams - cells) / 12.0).abs() < 1e-10, "{fit:?}");
    assert!((fit.slope - slope).abs() < 1e-12 && (fit.intercept - (grand - slope)).abs() < 1e-12);
    assert!((fit.standard_error - (cells / 4.0 / 8.0).sqrt()).abs() < 1e-10);
    assert!(fit.test(DegreesOfFreedom::Infinite).unwrap().p < 0.05);
}

#[test]
fn teams_that_stay_where_they_are_have_no_variance_from_wave_to_wave() {
    let fit = OrganisationTrend::of(&balanced(&MEANS, 400.0)).unwrap();
    assert_eq!(fit.team_wave, 0.0);
    assert!(fit.residual.unwrap() > 50.0);
}

#[test]
fn known_sampling_variances_take_the_place_of_people() {
    // With sampling variances of 0.1 = people / 4 the estimates are those of the balanced design above.
    let of_people = OrganisationTrend::of(&balanced(&MEANS, 1.2)).unwrap();
    let known: Vec<Vec<(f64, KnownMean)>> = MEANS
        .iter()
        .map(|waves| waves.iter().zip([0.0, 1.0, 2.0]).map(|(mean, time)| (time, KnownMean { mean: *mean, variance: 0.1 })).collect())
        .collect();
    let fit = OrganisationTrend::of_known(&known).unwrap();
    assert!((fit.team - of_people.team).abs() < 1e-10 && (fit.team_wave - of_people.team_wave).abs() < 1e-10, "{fit:?}");
    assert!((fit.slope - of_people.slope).abs() < 1e-12 && (fit.standard_error - of_people.standard_error).abs() < 1e-10);
    assert_eq!(fit.residual, None);
}

#[test]
fn what_cannot_be_told_apart_is_undefined() {
    let group = |mean| Group::new(3, mean, 1.0).unwrap();
    let one = |mean| Group::new(1, mean, 0.0).unwrap();
    assert_eq!(OrganisationTrend::of(&[]), Err(Undefined::TooFewGroups));
    assert_eq!(OrganisationTrend::of(&[vec![(0.0, group(1.0)), (1.0, group(2.0))], vec![]]), Err(Undefined::TooFewGroups));
    let same_wave = [vec![(1.0, group(1.0))], vec![(1.0, group(2.0))]];
    assert_eq!(OrganisationTrend::of(&same_wave), Err(Undefined::TooFewWaves { waves: 1, needed: 2 }));
    let once_each = [vec![(0.0, group(1.0))], vec![(1.0, group(2.0))]];
    assert_eq!(OrganisationTrend::of(&once_each), Err(Undefined::NotSeparable));
    let alone = [vec![(0.0, one(1.0)), (1.0, one(2.0))], vec![(0.0, one(3.0)), (1.0, one(2.0))]];
    assert_eq!(OrganisationTrend::of(&alone), Err(Undefined::NotSeparable));
    let twice = [vec![(0.0, group(1.0)), (0.0, group(2.0))], vec![(1.0, group(2.0))]];
    assert!(matches!(OrganisationTrend::of(&twice), Err(Undefined::OutOfDomain { what: "time", .. })));
    assert_eq!(OrganisationTrend::of(&balanced(&MEANS, 0.0)), Err(Undefined::NoSpread));
    assert!(OrganisationTrend::of_known(&[vec![(0.0, KnownMean { mean: 1.0, variance: 0.0 })]]).is_err());
    assert_eq!(OrganisationTrend::of_known(&[]), Err(Undefined::TooFewGroups));
}

fn some_teams() -> impl Strategy<Value = Vec<Vec<(f64, Group)>>> {
    let cell = (2u32..12, -2.0f64..2.0, 0.5f64..20.0);
    let team = (-2.0f64..2.0, proptest::collection::vec(proptest::option::weighted(0.8, cell), 2..6));
    proptest::collection::vec(team, 3..12).prop_map(|teams| {
        teams
            .into_iter()
            .map(|(shift, waves)| {
                let cells = waves.into_iter().zip(1u32..).filter_map(|(cell, time)| cell.map(|cell| (time, cell)));
                cells.map(|(time, (n, mean, squares))| (f64::from(time), Group::new(n, shift + mean, squares).unwrap())).collect()
            })
            .collect()
    })
}

fn model(teams: &[Vec<(f64, Group)>], squares: Option<f64>) -> Result<Model, Undefined> {
    let cells = teams
        .iter()
        .map(|waves| waves.iter().map(|(time, group)| Cell { time: *time, mean: group.mean(), base: group.n().recip() }).collect());
    let people: f64 = teams.iter().flatten().map(|(_, group)| group.n()).sum();
    Model::new(cells.collect(), squares.map(|squares| Within { squares, df: people - 2.0 }))
}

/// ln det V + ln det X'V^-1X and the generalised sum of squares, from the whole matrix over all cells, by Gaussian elimination of
/// (V | X y).
fn whole_matrix(model: &Model, team: f64, team_wave: f64) -> (f64, f64) {
    let cells: Vec<(usize, Cell)> =
        model.teams.iter().enumerate().flat_map(|(of, cells)| cells.iter().map(move |cell| (of, *cell))).collect();
    let mut rows: Vec<Vec<f64>> = cells
        .iter()
        .enumerate()
        .map(|(place, (of, cell))| {
            let mut row: Vec<f64> = cells.iter().map(|(other, _)| if of == other { team } else { 0.0 }).collect();
            row[place] += cell.base + team_wave;
            row.extend([1.0, cell.time - model.mean_time, cell.mean - model.mean]);
            row
        })
        .collect();
    let n = cells.len();
    let mut logarithm = 0.0;
    for pivot in 0..n {
        logarithm += rows[pivot][pivot].ln();
        let (above, below) = rows.split_at_mut(pivot + 1);
        for row in below {
            let factor = row[pivot] / above[pivot][pivot];
            for (element, pivotal) in row.iter_mut().zip(&above[pivot]).skip(pivot) {
                *element -= factor * pivotal;
            }
        }
    }
    // The eliminated columns are L^-1 z, so products with 1 / pivot in between are z' V^-1 z.
    let product = |a: usize, b: usize| (0..n).map(|row| rows[row][n + a] * rows[row][n + b] / rows[row][row]).sum::<f64>();
    let determinant = product(0, 0) * product(1, 1) - product(0, 1).powi(2);
    let intercept = (product(0, 2) * product(1, 1) - product(0, 1) * product(1, 2)) / determinant;
    let slope = (product(0, 0) * product(1, 2) - product(0, 1) * product(0, 2)) / determinant;
    (logarithm + determinant.ln(), product(2, 2) - intercept * product(0, 2) - slope * product(1, 2))
}

proptest! {
    #[test]
    fn the_closed_form_is_the_whole_matrix(teams in some_teams(), team in 0.0f64..3.0, team_wave in 0.0f64..3.0) {
        let Ok(model) = model(&teams, None) else { return Ok(()) };
        let state = model.state(&model.waves(team_wave), team);
        let (logarithms, left) = whole_matrix(&model, team, team_wave);
        prop_assert!((state.left - left).abs() < 1e-8 * left.max(1.0));
        prop_assert!((state.value - logarithms - left).abs() < 1e-8 * (logarithms.abs() + left).max(1.0));
    }

    #[test]
    fn slopes_are_those_of_the_value(teams in some_teams(), team in 0.1f64..3.0, team_wave in 0.1f64..3.0, squares in proptest::option::of(1.0f64..50.0)) {
        let Ok(model) = model(&teams, squares) else { return Ok(()) };
        let value = |team: f64, team_wave: f64| model.state(&model.waves(team_wave), team).value;
        let state = model.state(&model.waves(team_wave), team);
        let step = 1e-5;
        let by_team = (value(team + step, team_wave) - value(team - step, team_wave)) / (2.0 * step);
        let by_team_wave = (value(team, team_wave + step) - value(team, team_wave - step)) / (2.0 * step);
        prop_assert!((state.team_slope - by_team).abs() < 1e-5 * by_team.abs().max(1.0), "{} {by_team}", state.team_slope);
        prop_assert!((state.team_wave_slope - by_team_wave).abs() < 1e-5 * by_team_wave.abs().max(1.0), "{} {by_team_wave}", state.team_wave_slope);
    }

    #[test]
    fn no_neighbouring_variances_are_likelier_and_none_is_negative(teams in some_teams(), off in 0.5f64..2.0, off_wave in 0.5f64..2.0) {
        let squares = teams.iter().flatten().map(|(_, group)| group.squares()).sum();
        let Ok(model) = model(&teams, Some(squares)) else { return Ok(()) };
        let fit = OrganisationTrend::of(&teams).unwrap();
        prop_assert!(fit.team >= 0.0 && fit.team_wave >= 0.0 && fit.standard_error > 0.0);
        let unit = fit.residual.unwrap();
        let value = |team: f64, team_wave: f64| model.state(&model.waves(team_wave), team).value;
        let best = value(fit.team / unit, fit.team_wave / unit);
        for (team, team_wave) in [(off, off_wave), (off, 1.0), (1.0, off_wave), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)] {
            prop_assert!(best <= value(fit.team / unit * team, fit.team_wave / unit * team_wave) + 1e-8);
        }
        prop_assert!(best <= value(0.01 * off, 0.01 * off_wave) + 1e-8 && best <= value(off, off_wave) + 1e-8);
    }

    #[test]
    fn the_order_of_teams_and_waves_changes_no_byte(teams in some_teams()) {
        let turned: Vec<Vec<(f64, Group)>> = teams.iter().rev().map(|waves| waves.iter().rev().copied().collect()).collect();
        prop_assert_eq!(OrganisationTrend::of(&teams), OrganisationTrend::of(&turned));
    }
}
