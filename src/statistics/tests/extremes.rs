//! Whatever finite numbers are given, what comes out of the methods on teams and on two waves is a finite number or a reason.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use statistics::{
    Answers, BetweenGroups, Bivariate, CliffInterval, Covariances, Group, Importance, KnownMean, Moments, OneWay, OrganisationTrend,
    RespondentsLine, Sample, Side, VarianceComponents, WaveMean, WeightedLine, WithinTeams, cliff_delta, exact_mean_difference,
    mann_whitney, standardised_difference, welch, welch_detectable_change, zone_probabilities,
};

/// Ordinary answers, and now and then something no survey holds.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (1u8..=7).prop_map(f64::from),
        2 => -1e3f64..1e3,
        1 => prop::sample::select(vec![0.0, -0.0, 1e-320, 1e-200, -1e-160, 1e-30, 1e30, 1e100, -1e150, 1e160, 1e300, f64::MAX, f64::MIN]),
    ]
}

fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.01f64..3.0, 1 => prop::sample::select(vec![5e-324, 1e-300, 1e-160, 1e-20, 1e20, 1e150, 1e160, f64::MAX])]
}

fn teams() -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop_oneof![
        proptest::collection::vec(proptest::collection::vec(number(), 1..8), 1..14),
        // All of it on a strange scale.
        (proptest::collection::vec(proptest::collection::vec(1.0f64..7.0, 1..8), 1..14), number(), number()).prop_map(|(teams, a, b)| {
            teams.into_iter().map(|team| team.into_iter().map(|x| (a + b * x).clamp(f64::MIN, f64::MAX)).collect()).collect()
        }),
    ]
}

fn groups(teams: &[Vec<f64>]) -> Vec<Group> {
    teams.iter().filter_map(|team| Group::of(&Sample::new(team.iter().copied()).ok()?).ok()).collect()
}

fn finite(what: &str, numbers: impl IntoIterator<Item = f64>) {
    let numbers: Vec<f64> = numbers.into_iter().collect();
    assert!(numbers.iter().all(|number| number.is_finite()), "{what}: {numbers:?}");
}

fn between_is_finite(between: &BetweenGroups) {
    finite("between", [between.variance, between.grand_mean, between.standard_error]);
    assert!(between.variance >= 0.0 && between.standard_error >= 0.0);
}

fn shares_are_finite(importance: &Importance) {
    finite("importance", [importance.r_squared]);
    finite("importance", importance.shapley.iter().chain(&importance.relative_weights).chain(&importance.correlations).copied());
}

proptest! {
    #[test]
    fn two_waves(
        before in proptest::collection::vec(number(), 1..12), after in proptest::collection::vec(number(), 1..12), responded in positive(), parts in 0u32..20,
    ) {
        let (before, after) = (Sample::new(before).unwrap(), Sample::new(after).unwrap());
        if let (Ok(first), Ok(second)) = (Side::of(&before, responded), Side::of(&after, 0.9)) {
            let test = welch(&first, &second, 0.4).ok();
            finite("Welch", test.iter().flat_map(|test| [test.t, test.df, test.change.low, test.change.high, test.change.p]));
            finite("detectable change", welch_detectable_change(&first, &second, 0.4));
            if let Ok(effect) = standardised_difference(&first, &second) {
                finite("effect", [effect.d, effect.correction, effect.g, effect.g_interval.0, effect.g_interval.1]);
                finite("limits of d", effect.d_interval.into_iter().flat_map(|(low, high)| [low, high]));
            }
        }
        let ranks = mann_whitney(&before, &after);
        finite("ranks", [ranks.p(), ranks.p_exact, ranks.p_corrected, ranks.p_uncorrected].into_iter().flatten().chain([ranks.u]));
        finite("permutation", exact_mean_difference(&before, &after, parts));
        let cliff = cliff_delta(&before, &after);
        finite("Cliff's delta", cliff.variance.into_iter().chain([cliff.delta]));
        match cliff.interval {
            Ok(CliffInterval::Between { low, high }) => finite("Cliff's delta", [low, high]),
            Ok(CliffInterval::AtLeast(bound) | CliffInterval::AtMost(bound)) => finite("Cliff's delta", [bound]),
            Err(_) => {}
        }
    }

    #[test]
    fn zones(means in (number(), number()), cut in number(), variance in (positive(), positive()), correlation in -1.0f64..=1.0) {
        let place = Bivariate {
            x: Moments { mean: means.0, variance: variance.0 },
            y: Moments { mean: means.1, variance: variance.1 },
            correlation,
        };
        let zones = zone_probabilities(&place, cut).unwrap();
        finite("zones", [zones.comfort, zones.learning, zones.apathy, zones.anxiety]);
        assert!((zones.comfort + zones.learning + zones.apathy + zones.anxiety - 1.0).abs() < 1e-9, "{zones:?} of {place:?}");
    }

    #[test]
    fn differences_between_teams(teams in teams()) {
        let groups = groups(&teams);
        if let Ok(one_way) = OneWay::of(&groups) {
            finite("one-way", [one_way.between, one_way.within, one_way.size, one_way.mean_size()]);
            let all = [one_way.f(), one_way.p(), one_way.icc1(), one_way.icc1_mean_size(), one_way.icc2(), one_way.eta_squared(), one_way.omega_squared()];
            finite("one-way", all.into_iter().flatten());
            finite("interval", one_way.icc1_interval(0.95).into_iter().flat_map(|interval| [interval.low, interval.high]));
        }
        if let Ok(fit) = VarianceComponents::of(&groups) {
            between_is_finite(&fit.between);
            finite("within", [fit.within, fit.icc1()]);
            for group in &groups {
                let shrunk = [fit.shrink(group), fit.shrink_with_roster(group, 0.8, 0.5)];
                finite("shrunken mean", shrunk.into_iter().flatten().flat_map(|mean| [mean.estimate, mean.sd, mean.reliability]));
            }
        }
    }

    #[test]
    fn means_with_known_variances(known in proptest::collection::vec((number(), positive()), 0..12)) {
        let means: Vec<KnownMean> = known.iter().map(|&(mean, variance)| KnownMean { mean, variance }).collect();
        if let Ok(between) = BetweenGroups::of_known(&means) {
            between_is_finite(&between);
            let shrunk = means.iter().filter_map(|known| between.shrink(*known).ok());
            finite("shrunken mean", shrunk.flat_map(|mean| [mean.estimate, mean.sd, mean.reliability]));
        }
    }

    #[test]
    fn lines(waves in proptest::collection::vec((number(), number(), positive(), proptest::collection::vec(number(), 1..6)), 0..6)) {
        let means: Vec<WaveMean> = waves.iter().map(|&(time, mean, standard_error, _)| WaveMean { time, mean, standard_error }).collect();
        if let Ok(line) = WeightedLine::through(&means) {
            finite("weighted line", [line.slope, line.standard_error, line.intercept]);
            finite("lack of fit", line.lack_of_fit.into_iter().flat_map(|fit| [fit.q, fit.p]));
        }
        let answers: Vec<(f64, Group)> =
            waves.iter().filter_map(|(time, _, _, values)| Some((*time, *groups(std::slice::from_ref(values)).first()?))).collect();
        if let Ok(line) = RespondentsLine::through(&answers) {
            finite("line", [line.slope, line.standard_error, line.intercept]);
            finite("test", line.test.into_iter().flat_map(|test| [test.p, test.low, test.high]));
        }
    }

    #[test]
    fn trends_of_an_organisation(
        teams in proptest::collection::vec(proptest::collection::vec((proptest::collection::vec(number(), 1..6), positive()), 0..5), 0..8)
    ) {
        let of_people: Vec<Vec<(f64, Group)>> = teams
            .iter()
            .map(|waves| waves.iter().zip(1u32..).filter_map(|((values, _), time)| Some((f64::from(time), *groups(std::slice::from_ref(values)).first()?))).collect())
            .collect();
        let known: Vec<Vec<(f64, KnownMean)>> = teams
            .iter()
            .map(|waves| waves.iter().zip(1u32..).map(|((values, variance), time)| (f64::from(time), KnownMean { mean: values[0], variance: *variance })).collect())
            .collect();
        for trend in [OrganisationTrend::of(&of_people), OrganisationTrend::of_known(&known)].into_iter().flatten() {
            finite("trend", [trend.slope, trend.standard_error, trend.intercept, trend.team, trend.team_wave]);
            finite("people", trend.residual);
            assert!(trend.team >= 0.0 && trend.team_wave >= 0.0);
        }
    }

    #[test]
    fn what_goes_together(teams in proptest::collection::vec(proptest::collection::vec(proptest::array::uniform4(number()), 0..8), 1..5)) {
        let teams: Vec<Answers> =
            teams.iter().map(|rows| Answers::new(4, rows.iter().map(|row| row.iter().copied().map(Some).collect())).unwrap()).collect();
        let all = Answers::new(4, teams.iter().flat_map(|team| team.rows().to_vec())).unwrap();
        let together = Covariances::of(&all).and_then(|covariances| Importance::of(&covariances));
        let apart = WithinTeams::of(&teams).and_then(|within| within.importance());
        together.iter().chain(&apart).for_each(shares_are_finite);
    }
}
