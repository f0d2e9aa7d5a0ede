//! Who is invited to a round of the harness, who answers, what, and in which order: all of it from one seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::instrument::Instrument;
use protocol::{Answer, Ballot, Comment, Level};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};

use crate::course::Course;
use crate::round::Plan;

/// How large the groups of a round are.
pub(crate) type Shape = &'static [usize];

/// The shape of a measured round: groups of 24, in which a guess is rarely right, and of 8, in which it often is.
pub(crate) const MEASURED: Shape = &[24, 24, 24, 24, 24, 24, 8, 8, 8, 8, 8, 8];

/// The shape of a round with a flaw on purpose: enough to tell winning from guessing.
pub(crate) const CONTROL: Shape = &[24, 24, 8, 8];

/// How many days pass in a round in which HR may follow participation.
const DAYS: usize = 3;

/// Somebody on the staff list. Everything here is known to every attacker.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    /// The place of the person's group in the shape.
    pub(crate) group: usize,
    /// From where the person answers; the employer's network knows whose that is.
    pub(crate) ip: String,
}

/// What somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    points: Vec<u8>,
    pub(crate) comments: Vec<String>,
}

impl Row {
    /// Answers and comments that chance chose; two rows are never the same.
    fn draw(form: &Instrument, random: &mut StdRng) -> Self {
        let points = form.items.iter().map(|item| random.random_range(1..=form.scale_of(item).unwrap().points())).collect();
        let comments = form.comments.iter().map(|question| {
            let length = random.random_range(24..=usize::from(question.longest).min(400));
            (0..length).map(|_| char::from(random.random_range(b'a'..=b'z'))).collect()
        });
        Self { points, comments: comments.collect() }
    }

    /// The row as a ballot.
    pub(crate) fn ballot(&self) -> Ballot {
        let answers = self.points.iter().map(|point| Answer::Point(*point)).collect();
        let comments = self.comments.iter().map(|text| Comment::new(text).unwrap()).collect();
        Ballot { level: Level::Group, answers, comments }
    }
}

/// What happens in a round, before it happens.
pub(crate) struct Script {
    /// Everybody who is invited.
    pub(crate) people: Vec<Person>,
    /// What those answer who answer, by their place in `people`.
    pub(crate) rows: BTreeMap<usize, Row>,
    /// Their places in the order in which they answer.
    pub(crate) arrivals: Vec<usize>,
    /// After how many arrivals it is night, and a backup is made.
    pub(crate) nights: Vec<usize>,
    /// During whose arrival the server is killed.
    pub(crate) kills: Vec<usize>,
    /// During whose arrival the database's server is killed, where there is one.
    pub(crate) crashes: Vec<usize>,
    /// During whose arrival every page is looked at second by second.
    pub(crate) seconds: Vec<usize>,
    /// After how many arrivals whoever has not answered is reminded.
    pub(crate) reminders: Vec<usize>,
    /// After how many arrivals a day has passed, on which is looked how many take part.
    pub(crate) days: Vec<usize>,
    /// After how many arrivals the close is put off.
    pub(crate) extensions: Vec<usize>,
}

impl Script {
    /// A round of this shape; the same seed gives the same round.
    pub(crate) fn draw(shape: Shape, form: &Instrument, plan: &Plan) -> Self {
        let mut random = StdRng::seed_from_u64(plan.seed);
        let people = everybody(shape);
        let mut rows = BTreeMap::new();
        for group in 0..shape.len() {
            let response = random.random_range(0.55..1.0);
            for place in (0..people.len()).filter(|place| people[*place].group == group) {
                if random.random_bool(response) {
                    rows.insert(place, Row::draw(form, &mut random));
                }
            }
        }
        let mut arrivals: Vec<usize> = rows.keys().copied().collect();
        arrivals.shuffle(&mut random);
        let moments = |many: usize, random: &mut StdRng| {
            let mut moments: Vec<usize> = (0..many).map(|_| random.random_range(1..arrivals.len())).collect();
            moments.sort_unstable();
            moments.dedup();
            moments
        };
        let [nights, kills, crashes] = [plan.nights, plan.kills, plan.kills].map(|many| moments(many, &mut random));
        // As many as are asked for, because chances are counted on them.
        let mut seconds: Vec<usize> = sample(&mut random, arrivals.len(), plan.seconds).into_iter().collect();
        seconds.sort_unstable();
        let Course { reminds, follows, extends } = plan.course;
        let [reminders, extensions] = [reminds, extends].map(|happens| moments(usize::from(happens), &mut random));
        // One day in each third of the answers.
        let days = usize::from(follows) * DAYS;
        let days = (0..days).map(|day| random.random_range(arrivals.len() * day / DAYS..arrivals.len() * (day + 1) / DAYS)).collect();
        Self { people, rows, arrivals, nights, kills, crashes, seconds, reminders, days, extensions }
    }
}

fn everybody(shape: Shape) -> Vec<Person> {
    let of_group = |(group, size): (usize, &usize)| {
        (0..*size).map(move |number| Person { id: format!("g{group}p{number}"), group, ip: format!("10.{group}.0.{}", number + 1) })
    };
    shape.iter().enumerate().flat_map(of_group).collect()
}

/// The staff list of a shape as a file: every group is a team, all led by somebody who is not asked.
pub(crate) fn staff_list(shape: Shape) -> String {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\nhead,Head,head@example.org,,,en\n");
    for Person { id, group, .. } in everybody(shape) {
        writeln!(csv, "{id},Name {id},{id}@example.org,Team {group},head,en").unwrap();
    }
    csv
}
