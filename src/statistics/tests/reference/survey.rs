//! The invented survey, and the numbers expected of it.

use statistics::{Answers, Enough, ResponseScale, Sample, Score};

/// The statements of a scale, and which of them are reversed.
pub(crate) struct Scale {
    pub(crate) name: &'static str,
    pub(crate) reversed: &'static [&'static str],
}

pub(crate) const SCALES: [Scale; 5] = [
    Scale { name: "saf", reversed: &["saf2"] },
    Scale { name: "lrn", reversed: &["lrn4"] },
    Scale { name: "acc", reversed: &["acc3"] },
    Scale { name: "ldr", reversed: &["ldr2"] },
    Scale { name: "ped", reversed: &["ped1", "ped2"] },
];

/// A member's answers in one round; leaders are left out.
pub(crate) struct Person {
    pub(crate) team: &'static str,
    fields: Vec<&'static str>,
}

impl Person {
    /// All twenty answers as given.
    pub(crate) fn raw(&self) -> Vec<Option<f64>> {
        self.fields[4..].iter().map(|field| field.parse().ok()).collect()
    }

    /// The four answers to one scale, turned.
    pub(crate) fn answers(&self, scale: &Scale) -> Vec<Option<f64>> {
        let points = ResponseScale::new(1.0, 5.0).unwrap();
        let of_scale = names().zip(&self.fields).filter(|(name, _)| name.starts_with(scale.name));
        let answers = of_scale.map(|(name, field)| {
            let answer: f64 = field.parse().ok()?;
            Some(if scale.reversed.contains(&name) { points.reverse(answer).unwrap() } else { answer })
        });
        let answers: Vec<_> = answers.collect();
        assert_eq!(answers.len(), 4);
        answers
    }
}

const SURVEY: &str = include_str!("../data/synth_given.csv");

fn names() -> impl Iterator<Item = &'static str> {
    SURVEY.lines().next().unwrap().split(',')
}

/// The members who took part in a round, in the order of the file.
pub(crate) fn members(round: &str) -> Vec<Person> {
    let rows = SURVEY.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|fields| fields[0] == round && fields[2] == "member").map(|fields| Person { team: fields[1], fields }).collect()
}

/// The teams of these people, in order.
pub(crate) fn teams(people: &[Person]) -> Vec<&'static str> {
    let mut teams: Vec<_> = people.iter().map(|person| person.team).collect();
    teams.sort_unstable();
    teams.dedup();
    teams
}

pub(crate) fn answers<'a>(people: impl IntoIterator<Item = &'a Person>, scale: &Scale) -> Answers {
    Answers::new(4, people.into_iter().map(|person| person.answers(scale))).unwrap()
}

/// Mean scores of those who answered two of the four statements or more.
pub(crate) fn scores(answers: &Answers) -> Option<Sample> {
    Sample::new(answers.rows().iter().filter_map(|row| Score::Mean.of(row, Enough::Items(2)).ok())).ok()
}

/// Members on the staff list of a team: all but the leader.
pub(crate) fn invited(round: &str, team: &str) -> u32 {
    let mut rows = include_str!("../data/synth_given_roster.csv").lines().map(|line| line.split(',').collect::<Vec<_>>());
    let found = rows.find(|fields| fields[0] == round && fields[1] == team).unwrap();
    found[2].parse::<u32>().unwrap() - 1
}

/// The expected values of one case whose key is `key`, or begins with `key` and a dot, in order; `None` where there is none.
pub(crate) fn expected(case: &str, key: &str) -> Vec<Option<f64>> {
    let rows = include_str!("../data/expected_scales.csv").lines().map(|line| line.splitn(3, ',').collect::<Vec<_>>());
    let of_key =
        rows.filter(|fields| fields[0] == case && fields[1].strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    let values: Vec<_> = of_key.map(|fields| (!fields[2].is_empty()).then(|| fields[2].parse().unwrap())).collect();
    assert!(!values.is_empty(), "{case} has no {key}");
    values
}

/// Whether both exist and lie within this share of each other, or neither exists.
pub(crate) fn close(what: &str, ours: &[Option<f64>], theirs: &[Option<f64>], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (place, pair) in ours.iter().zip(theirs).enumerate() {
        match pair {
            // What is 0 in exact arithmetic is some 1e-17 in binary.
            (Some(a), Some(b)) => assert!((a - b).abs() <= tolerance * b.abs() + 1e-15, "{what} {place}: {a} here, {b} there"),
            (None, None) => {}
            pair => panic!("{what} {place}: {pair:?}"),
        }
    }
}

/// [`close`] for a single number.
pub(crate) fn equal(case: &str, key: &str, ours: f64, tolerance: f64) {
    close(&format!("{case} {key}"), &[Some(ours)], &expected(case, key), tolerance);
}
