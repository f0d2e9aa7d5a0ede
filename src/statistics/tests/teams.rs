//! Differences between teams, trends and importance against R 4.2 (`aov`, `multilevel`, `lme4`, `lm`).
//!
//! The answers are those of the synthetic survey in `data/`. Of bh1996 (Bliese & Halverson 1996) and lq2002 (Bliese, Halverson & Schriesheim
//! 2002), data sets of the R package multilevel, only summary numbers stand here.

#![allow(clippy::unwrap_used)]

mod synthetic;

use std::collections::BTreeMap;

use statistics::{Group, OneWay, OrganisationTrend, RespondentsLine, Sample, VarianceComponents, WaveMean, WeightedLine};

/// The tolerance of numbers that have a closed form.
const CLOSED_FORM: f64 = 1e-8;
/// lme4 improves its estimates until they change by less than this.
const LME4: f64 = 1e-4;
/// The same for two variances at once, one of them estimated as 0.
const LME4_TWO: f64 = 1e-3;

struct OneWayReference {
    scale: &'static str,
    reversed: &'static [&'static str],
    groups: u32,
    people: u32,
    between: f64,
    within: f64,
    f: f64,
    df: (f64, f64),
    p: f64,
    mean_size: f64,
    size: f64,
    icc1_mean_size: f64,
    icc1: f64,
    icc2: f64,
    interval: (f64, f64),
    eta_squared: f64,
    omega_squared: f64,
}

const ONE_WAY: [OneWayReference; 5] = [
    OneWayReference {
        scale: "saf",
        reversed: &["saf2"],
        groups: 36,
        people: 278,
        between: 1.04565553522145,
        within: 0.63813939721059,
        f: 1.63860049981584,
        df: (35.0, 242.0),
        p: 0.0174316463597663,
        mean_size: 7.72222222222222,
        size: 7.66002055498458,
        icc1_mean_size: 0.0763801028973585,
        icc1: 0.0769526040047864,
        icc2: 0.389723120362536,
        interval: (0.00453436606583037, 0.195193863611421),
        eta_squared: 0.191584508293142,
        omega_squared: 0.0744163202111811,
    },
    OneWayReference {
        scale: "lrn",
        reversed: &["lrn4"],
        groups: 36,
        people: 278,
        between: 0.86726211131349,
        within: 0.691131259310366,
        f: 1.2548442855542,
        df: (35.0, 242.0),
        p: 0.164969982112746,
        mean_size: 7.72222222222222,
        size: 7.66002055498458,
        icc1_mean_size: 0.031947118067245,
        icc1: 0.0321981854003273,
        icc2: 0.203088373982313,
        interval: (-0.0278398273462213, 0.134319119601557),
        eta_squared: 0.153608069106354,
        omega_squared: 0.0310872855982493,
    },
    OneWayReference {
        scale: "acc",
        reversed: &["acc3"],
        groups: 36,
        people: 278,
        between: 1.24338963255284,
        within: 0.629341766053847,
        f: 1.97569857845166,
        df: (35.0, 242.0),
        p: 0.00159522761744887,
        mean_size: 7.72222222222222,
        size: 7.66002055498458,
        icc1_mean_size: 0.112176070673817,
        icc1: 0.112984056495527,
        icc2: 0.493849916729862,
        interval: (0.0313351748747159, 0.242014882151583),
        eta_squared: 0.222238702948631,
        omega_squared: 0.109400962324029,
    },
    OneWayReference {
        scale: "ldr",
        reversed: &["ldr2"],
        groups: 36,
        people: 278,
        between: 1.30717647943803,
        within: 0.691614568998704,
        f: 1.89003606637511,
        df: (35.0, 242.0),
        p: 0.00300841459251308,
        mean_size: 7.72222222222222,
        size: 7.66002055498458,
        icc1_mean_size: 0.103345259344291,
        icc1: 0.104097096170291,
        icc2: 0.470909567393657,
        interval: (0.0246623280336997, 0.230640882469969),
        eta_squared: 0.214671398145247,
        omega_squared: 0.100763820561629,
    },
    OneWayReference {
        scale: "ped",
        reversed: &["ped1", "ped2"],
        groups: 36,
        people: 278,
        between: 1.11621738326339,
        within: 0.606524852428181,
        f: 1.84034896310463,
        df: (35.0, 242.0),
        p: 0.00431396605776878,
        mean_size: 7.72222222222222,
        size: 7.66002055498458,
        icc1_mean_size: 0.0981421286803058,
        icc1: 0.0988602861694802,
        icc2: 0.456624792336654,
        interval: (0.0207495584341255, 0.22388579405019),
        eta_squared: 0.210214250042609,
        omega_squared: 0.095676789655912,
    },
];

const PUBLISHED: [OneWayReference; 4] = [
    OneWayReference {
        scale: "bh1996_LEAD",
        reversed: &[],
        groups: 99,
        people: 7382,
        between: 6.17219938382009,
        within: 0.520853578592293,
        f: 11.8501621904982,
        df: (98.0, 7283.0),
        p: 4.84798656733299e-166,
        mean_size: 74.5656565656566,
        size: 74.3134873022631,
        icc1_mean_size: 0.12702755003114,
        icc1: 0.127403678155202,
        icc2: 0.915612969348063,
        interval: (0.0983334125591993, 0.168354752125346),
        eta_squared: 0.13752634424797,
        omega_squared: 0.125905994273116,
    },
    OneWayReference {
        scale: "bh1996_COHES",
        reversed: &[],
        groups: 99,
        people: 7382,
        between: 3.21346345838833,
        within: 0.72155212041586,
        f: 4.45354308783166,
        df: (98.0, 7283.0),
        p: 1.46128740899403e-42,
        mean_size: 74.5656565656566,
        size: 74.3134873022631,
        icc1_mean_size: 0.0442652975571412,
        icc1: 0.0444088332871656,
        icc2: 0.775459677771552,
        interval: (0.0315584359594431, 0.0633901364340741),
        eta_squared: 0.0565386626816108,
        omega_squared: 0.0438377742699205,
    },
    OneWayReference {
        scale: "bh1996_HRS",
        reversed: &[],
        groups: 99,
        people: 7382,
        between: 55.8114856472764,
        within: 4.48315830319168,
        f: 12.449144525533,
        df: (98.0, 7283.0),
        p: 4.08919610959094e-176,
        mean_size: 74.5656565656566,
        size: 74.3134873022631,
        icc1_mean_size: 0.133106679086487,
        icc1: 0.133498054823246,
        icc2: 0.919673195379087,
        interval: (0.103340081103767, 0.175834370702234),
        eta_squared: 0.143480400371217,
        omega_squared: 0.131939561488339,
    },
    OneWayReference {
        scale: "lq2002_LEAD",
        reversed: &[],
        groups: 49,
        people: 2042,
        between: 3.08552017165913,
        within: 0.61477640118046,
        f: 5.01893072950505,
        df: (48.0, 1993.0),
        p: 1.35565399607988e-25,
        mean_size: 41.6734693877551,
        size: 41.3013181521384,
        icc1_mean_size: 0.0879562185219268,
        icc1: 0.0886784787965469,
        icc2: 0.800754373013908,
        interval: (0.0564355719400926, 0.142493032286588),
        eta_squared: 0.107841774245534,
        omega_squared: 0.0863161332598256,
    },
];

struct RemlReference {
    scale: &'static str,
    reversed: &'static [&'static str],
    between: f64,
    within: f64,
    grand_mean: f64,
    icc1: f64,
    /// Team, n, mean, shrunken mean, its conditional standard deviation, reliability.
    teams: &'static [(&'static str, u32, f64, f64, f64, f64)],
}

const REML: [RemlReference; 5] = [
    RemlReference {
        scale: "saf",
        reversed: &["saf2"],
        between: 0.0550683723356979,
        within: 0.63200578260872,
        grand_mean: 3.51493434438308,
        icc1: 0.0801490959009406,
        teams: &[
            ("T01", 5, 3.63333333333333, 3.55086345958349, 0.195850546633517, 0.303457956178187),
            ("T02", 7, 3.96428571428571, 3.6851731625027, 0.184947203404548, 0.378854565763335),
            ("T03", 3, 2.83333333333333, 3.37368693439798, 0.208941655846218, 0.207228873923711),
            ("T04", 6, 3.45833333333333, 3.49550246359206, 0.190164841187291, 0.343313315974923),
            ("T05", 6, 3.20833333333333, 3.40967413459833, 0.190164841187291, 0.343313315974923),
            ("T06", 19, 2.85964912280702, 3.10641242541559, 0.14400455197593, 0.623426113570722),
            ("T07", 9, 3.86111111111111, 3.66708697316985, 0.175683122871723, 0.439522935709632),
            ("T08", 3, 3.91666666666667, 3.59818488114867, 0.208941655846218, 0.207228873923711),
        ],
    },
    RemlReference {
        scale: "lrn",
        reversed: &["lrn4"],
        between: 0.0313250496692821,
        within: 0.681681866112444,
        grand_mean: 3.50084680632165,
        icc1: 0.043933724871291,
        teams: &[
            ("T01", 5, 3.2, 3.44463804351666, 0.159600842211546, 0.186835165352874),
            ("T02", 7, 3.76190476190476, 3.56438320194597, 0.153951764635024, 0.243380422873532),
            ("T03", 3, 3.25, 3.47045532459366, 0.165921204732545, 0.12115554578369),
            ("T04", 6, 3.36111111111111, 3.47064626103182, 0.156699985998499, 0.216126203432373),
            ("T05", 6, 3.45833333333333, 3.49165853080996, 0.156699985998499, 0.216126203432373),
            ("T06", 19, 3.71491228070175, 3.60062817567268, 0.129319937532226, 0.466125467640096),
            ("T07", 9, 3.23148148148148, 3.42203779503358, 0.148862980835608, 0.29257296326035),
            ("T08", 3, 4.16666666666667, 3.58151457489537, 0.165921204732545, 0.12115554578369),
        ],
    },
    RemlReference {
        scale: "acc",
        reversed: &["acc3"],
        between: 0.0741991412326326,
        within: 0.639481057755047,
        grand_mean: 3.57680796884069,
        icc1: 0.103966932721239,
        teams: &[
            ("T01", 5, 4.28333333333333, 3.83620817068774, 0.216695611496713, 0.36714917097608),
            ("T02", 7, 3.46428571428571, 3.52637683497069, 0.202346164187607, 0.448188085720986),
            ("T03", 3, 2.97222222222222, 3.42069778572265, 0.234606412979378, 0.258210161240462),
            ("T04", 6, 3.875, 3.69919803501272, 0.209152608470873, 0.410440432281829),
            ("T05", 6, 2.83333333333333, 3.27165591805248, 0.209152608470873, 0.410440432281829),
            ("T06", 19, 3.98684210526316, 3.85888935323134, 0.152164816931988, 0.687946098468291),
            ("T07", 9, 3.01851851851852, 3.29161789287806, 0.19051539757513, 0.510828345042264),
            ("T08", 3, 4.75, 3.87973807237236, 0.234606412979378, 0.258210161240462),
        ],
    },
    RemlReference {
        scale: "ldr",
        reversed: &["ldr2"],
        between: 0.080300348377566,
        within: 0.692804266542207,
        grand_mean: 3.62368148525581,
        icc1: 0.103867376843817,
        teams: &[
            ("T01", 5, 3.13333333333333, 3.44377235964404, 0.225473029225815, 0.366900792643779),
            ("T02", 7, 3.89285714285714, 3.74425163834835, 0.210551466958369, 0.44792368733102),
            ("T03", 3, 3.91666666666667, 3.69927325444437, 0.244095108637988, 0.25800543503449),
            ("T04", 6, 4.05555555555556, 3.80082834692218, 0.217629526959062, 0.410181749377604),
            ("T05", 6, 3.30555555555556, 3.49319203488898, 0.217629526959062, 0.410181749377604),
            ("T06", 19, 3.25, 3.36669454902382, 0.158355521003966, 0.687716534995219),
            ("T07", 9, 3.7037037037037, 3.66453772386998, 0.198247591201336, 0.510561184213839),
            ("T08", 3, 4.08333333333333, 3.74227416028346, 0.244095108637988, 0.25800543503449),
        ],
    },
    RemlReference {
        scale: "ped",
        reversed: &["ped1", "ped2"],
        between: 0.0670188556252103,
        within: 0.609794564816632,
        grand_mean: 3.46757954492222,
        icc1: 0.0990211683176415,
        teams: &[
            ("T01", 5, 2.35, 3.07124243749288, 0.207969629435027, 0.354638834640551),
            ("T02", 7, 3.51190476190476, 3.48685275415203, 0.194623078343605, 0.43481364653901),
            ("T03", 3, 3.69444444444444, 3.52383238352568, 0.224501741819408, 0.247957435116384),
            ("T04", 6, 3.33333333333333, 3.41423261919704, 0.200964722834394, 0.397381237755533),
            ("T05", 6, 3.66666666666667, 3.54669303178221, 0.200964722834394, 0.397381237755533),
            ("T06", 19, 3.56578947368421, 3.53398755082371, 0.147315178319766, 0.67618423858582),
            ("T07", 9, 3.69444444444444, 3.58039245905826, 0.183555023715907, 0.497269142884718),
            ("T08", 3, 4.16666666666667, 3.64092339455287, 0.224501741819408, 0.247957435116384),
        ],
    },
];

struct TrendReference {
    team: &'static str,
    slope: f64,
    standard_error: f64,
    df: u32,
    p: f64,
    interval: (f64, f64),
    weighted_slope: f64,
    weighted_standard_error: f64,
    q: f64,
    q_df: u32,
    means: [f64; 4],
    standard_errors: [f64; 4],
}

const TRENDS: [TrendReference; 2] = [
    TrendReference {
        team: "T06",
        slope: 0.050738937859054,
        standard_error: 0.0818523790529252,
        df: 76,
        p: 0.53718866531742,
        interval: (-0.11228420353491, 0.213762079253018),
        weighted_slope: 0.0513027665617542,
        weighted_standard_error: 0.0825743514719195,
        q: 1.84852840338495,
        q_df: 2,
        means: [2.85964912280702, 2.64473684210526, 3.02916666666667, 2.9],
        standard_errors: [0.191397666089715, 0.207071432177419, 0.155112084545112, 0.178074496533865],
    },
    TrendReference {
        team: "T25",
        slope: -0.012198045915003,
        standard_error: 0.0826846664899948,
        df: 64,
        p: 0.88318151880462,
        interval: (-0.177379656119434, 0.152983564289428),
        weighted_slope: -0.0104929414976232,
        weighted_standard_error: 0.0809632067690258,
        q: 1.85492017390542,
        q_df: 2,
        means: [3.5625, 3.6, 3.82843137254902, 3.45833333333333],
        standard_errors: [0.174553000547112, 0.17389104415724, 0.204931862908668, 0.185515092844767],
    },
];

fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance * theirs.abs(), "{what}: {ours} here, {theirs} in R");
}

/// The scores of one wave by team.
fn teams(wave: f64, scale: &str, reversed: &[&str]) -> BTreeMap<String, Group> {
    let mut teams: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in synthetic::members().iter().filter(|row| row.wave == wave) {
        if let Some(score) = row.score(scale, reversed) {
            teams.entry(row.team.clone()).or_default().push(score);
        }
    }
    teams.into_iter().map(|(team, scores)| (team, group(scores))).collect()
}

fn group(scores: Vec<f64>) -> Group {
    Group::of(&Sample::new(scores).unwrap()).unwrap()
}

/// The safety scores of each team in each wave.
fn safety() -> BTreeMap<String, Vec<(f64, Group)>> {
    let mut all: BTreeMap<String, Vec<(f64, Group)>> = BTreeMap::new();
    for wave in [1.0, 2.0, 3.0, 4.0] {
        for (team, group) in teams(wave, "saf", &["saf2"]) {
            all.entry(team).or_default().push((wave, group));
        }
    }
    all
}

fn agrees(one_way: &OneWay, reference: &OneWayReference) {
    let of = |what: &str| format!("{what} of {}", reference.scale);
    assert_eq!((one_way.groups, one_way.people, one_way.degrees_of_freedom()), (reference.groups, reference.people, reference.df));
    close(&of("mean square between"), one_way.between, reference.between, CLOSED_FORM);
    close(&of("mean square within"), one_way.within, reference.within, CLOSED_FORM);
    close(&of("F"), one_way.f().unwrap(), reference.f, CLOSED_FORM);
    close(&of("p"), one_way.p().unwrap(), reference.p, CLOSED_FORM);
    close(&of("average size"), one_way.mean_size(), reference.mean_size, CLOSED_FORM);
    close(&of("n0"), one_way.size, reference.size, CLOSED_FORM);
    close(&of("ICC(1) with the average size"), one_way.icc1_mean_size().unwrap(), reference.icc1_mean_size, CLOSED_FORM);
    close(&of("ICC(1)"), one_way.icc1().unwrap(), reference.icc1, CLOSED_FORM);
    close(&of("ICC(2)"), one_way.icc2().unwrap(), reference.icc2, CLOSED_FORM);
    let interval = one_way.icc1_interval(0.95).unwrap();
    close(&of("lower end of ICC(1)"), interval.low, reference.interval.0, CLOSED_FORM);
    close(&of("upper end of ICC(1)"), interval.high, reference.interval.1, CLOSED_FORM);
    close(&of("eta squared"), one_way.eta_squared().unwrap(), reference.eta_squared, CLOSED_FORM);
    close(&of("omega squared"), one_way.omega_squared().unwrap(), reference.omega_squared, CLOSED_FORM);
}

#[test]
fn analyses_of_variance_agree_with_r() {
    for reference in &ONE_WAY {
        let groups: Vec<Group> = teams(1.0, reference.scale, reference.reversed).into_values().collect();
        agrees(&OneWay::of(&groups).unwrap(), reference);
    }
}

#[test]
fn published_mean_squares_and_sizes_give_everything_else_far_into_the_tail() {
    for reference in &PUBLISHED {
        let &OneWayReference { groups, people, between, within, size, .. } = reference;
        agrees(&OneWay { groups, people, between, within, size }, reference);
    }
}

#[test]
fn variance_components_and_shrunken_means_agree_with_lme4() {
    for reference in &REML {
        let teams = teams(1.0, reference.scale, reference.reversed);
        let fit = VarianceComponents::of(&teams.values().copied().collect::<Vec<_>>()).unwrap();
        let of = |what: &str| format!("{what} of {}", reference.scale);
        close(&of("tau^2"), fit.between.variance, reference.between, LME4);
        close(&of("sigma^2"), fit.within, reference.within, LME4);
        close(&of("grand mean"), fit.between.grand_mean, reference.grand_mean, LME4);
        close(&of("ICC(1)"), fit.icc1(), reference.icc1, LME4);
        assert!(fit.between.enough_to_shrink().is_ok());
        for (team, n, mean, estimate, sd, reliability) in reference.teams {
            let group = &teams[*team];
            let shrunk = fit.shrink(group).unwrap();
            assert_eq!(group.size(), *n);
            close(team, group.mean(), *mean, CLOSED_FORM);
            close(team, shrunk.estimate, *estimate, LME4);
            close(team, shrunk.sd, *sd, LME4);
            close(team, shrunk.reliability, *reliability, LME4);
        }
    }
}

#[test]
fn trends_of_teams_agree_with_r() {
    let safety = safety();
    for reference in &TRENDS {
        let waves = &safety[reference.team];
        let line = RespondentsLine::through(waves).unwrap();
        let test = line.test.unwrap();
        assert_eq!(line.df, reference.df);
        close("slope", line.slope, reference.slope, CLOSED_FORM);
        close("standard error", line.standard_error, reference.standard_error, CLOSED_FORM);
        close("p", test.p, reference.p, CLOSED_FORM);
        close("lower end", test.low, reference.interval.0, CLOSED_FORM);
        close("upper end", test.high, reference.interval.1, CLOSED_FORM);
        let means: Vec<WaveMean> = waves
            .iter()
            .map(|(time, group)| WaveMean { time: *time, mean: group.mean(), standard_error: group.variance_of_mean().unwrap().sqrt() })
            .collect();
        for ((wave, mean), standard_error) in means.iter().zip(reference.means).zip(reference.standard_errors) {
            close("mean", wave.mean, mean, CLOSED_FORM);
            close("standard error of the mean", wave.standard_error, standard_error, CLOSED_FORM);
        }
        let line = WeightedLine::through(&means).unwrap();
        close("weighted slope", line.slope, reference.weighted_slope, CLOSED_FORM);
        close("weighted standard error", line.standard_error, reference.weighted_standard_error, CLOSED_FORM);
        let lack = line.lack_of_fit.unwrap();
        close("Q", lack.q, reference.q, CLOSED_FORM);
        assert_eq!(lack.df, reference.q_df);
        assert!(!line.goes_up_and_down());
    }
}

#[test]
fn the_trend_of_the_organisation_agrees_with_lme4() {
    let fit = OrganisationTrend::of(&safety().into_values().collect::<Vec<_>>()).unwrap();
    close("slope", fit.slope, -0.00219193328206984, LME4_TWO);
    close("standard error", fit.standard_error, 0.0210293259939824, LME4_TWO);
    close("intercept", fit.intercept, 3.52954831875449, LME4_TWO);
    close("variance of teams", fit.team, 0.11234358027247, LME4_TWO);
    close("variance of people", fit.residual.unwrap(), 0.635572737244841, LME4_TWO);
    assert_eq!(fit.team_wave, 0.0);
}
