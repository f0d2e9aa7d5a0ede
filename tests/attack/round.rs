//! One round with the real program, from the draft to the publication: people answer, it becomes night, the server is killed, and everything is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use domain::instrument::Instrument;
use domain::instrument::template::parse_template;
use mail_parser::MessageParser;
use protocol::link::read_respondent_link;
use protocol::{BoxSecretKey, KeyFile, LinkSecret, ManifestHash};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::client::{Visit, Visited, Wire};
use crate::course::{self, Course};
use crate::evidence::{Evidence, LOOKS, Moved};
use crate::flaws::{Flaw, program};
use crate::front::{Front, Issues};
use crate::load::{Scene, Server};
use crate::people::{Person, Row, Script};
use crate::polling::{Look, Watcher};
use crate::scoring::Matching;
use crate::world::{Home, World};

/// What is to happen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) nights: usize,
    pub(crate) kills: usize,
    /// At how many arrivals every page is looked at second by second; what may change with an answer is looked at after each.
    pub(crate) seconds: usize,
    pub(crate) flaw: Option<Flaw>,
    /// To whom the operator's own front issues with a second key.
    pub(crate) issues: Issues,
    pub(crate) course: Course,
    pub(crate) seed: u64,
}

/// What happened.
pub(crate) struct Played {
    pub(crate) people: Vec<Person>,
    pub(crate) evidence: Evidence,
    /// The rows of each group in an order that chance chose: more than reality, in which nobody ever sees a row.
    pub(crate) rows: Vec<Vec<Row>>,
    /// Who gave which of them. No attacker has this.
    pub(crate) truth: Matching,
    /// The groups of the shape by the program's numbers, which stand on everybody's page.
    pub(crate) numbers: BTreeMap<u32, usize>,
    /// The key of the box, as somebody has it who copied the key folder while the round ran (A2).
    pub(crate) box_key: BoxSecretKey,
    pub(crate) manifest: ManifestHash,
    /// One person in each group: whom the operator's front aims at, where it has a second key to issue with.
    pub(crate) targets: Vec<usize>,
    /// How many found their credential wrong and sent nothing.
    pub(crate) refused: usize,
    /// In which of the seconds of [`Evidence::seconds`] somebody answered. No attacker has this either.
    pub(crate) answered: Vec<usize>,
    /// What moved on pages in those seconds.
    pub(crate) moved: Vec<String>,
    /// How many different pages were looked at.
    pub(crate) pages: usize,
}

/// The questionnaire of every round.
pub(crate) fn questionnaire() -> Instrument {
    parse_template("pulse.toml", include_str!("../../survey_templates/pulse.toml")).unwrap()
}

impl World {
    /// Plays one round.
    pub(crate) fn play(&self, plan: &Plan) -> Played {
        let home = self.home();
        let metrics = listen_for_metrics(&home.scene);
        plan.course.begin(plan.flaw, &home.scene);
        let log_position = home.log_position();
        let script = Script::draw(self.shape, &questionnaire(), plan);
        let server = Server::start_with(program(plan.flaw), &home.scene);
        let links = links(&home, script.people.len());
        let mut answering = Answering::begin(&home, plan, &script, links, Watcher::of(&home.scene, &metrics));
        let box_key = std::fs::read(home.scene.settings().storage.keys.join(format!("{}.boxkey", home.scene.wave))).unwrap();
        let server = answering.everybody(server);
        let mut evidence = std::mem::take(&mut answering.evidence);
        evidence.nights.push(home.copy());
        plan.course.close(plan.flaw, &home.scene);
        evidence.closed = home.copy();
        answering.watcher.look(script.arrivals.len(), Look::AtEverything);
        if !plan.flaw.is_some_and(Flaw::spoils_the_opening) {
            plan.course.publish(plan.flaw, &home.scene);
            evidence.published = home.copy();
            answering.watcher.look(script.arrivals.len(), Look::AtEverything);
        }
        server.stop();
        evidence.server_log = home.log_since(log_position);
        evidence.application_log = std::fs::read(home.file("server.log")).unwrap();
        evidence.mails = mails(&home);
        answering.finish(evidence, KeyFile::from_json(&box_key).unwrap().unlock(None).unwrap())
    }
}

/// The time in which people answer.
struct Answering<'a> {
    home: &'a Home,
    plan: &'a Plan,
    script: &'a Script,
    /// The newest link of everybody.
    links: BTreeMap<String, (ManifestHash, LinkSecret)>,
    base: String,
    wire: Wire,
    targets: Vec<usize>,
    refused: Vec<usize>,
    numbers: BTreeMap<u32, usize>,
    answered: Vec<usize>,
    moved: Vec<String>,
    evidence: Evidence,
    watcher: Watcher,
    random: StdRng,
    /// Chance of its own, so that what is watched changes nothing else.
    seconds: StdRng,
}

impl<'a> Answering<'a> {
    fn begin(
        home: &'a Home,
        plan: &'a Plan,
        script: &'a Script,
        links: BTreeMap<String, (ManifestHash, LinkSecret)>,
        watcher: Watcher,
    ) -> Self {
        let mut random = StdRng::seed_from_u64(plan.seed ^ 0xA77A);
        let credential_key = home.credential_key(&home.copy());
        let groups = script.people.iter().map(|person| person.group).max().unwrap_or_default();
        let target = |group| script.arrivals.iter().copied().find(|place| script.people[*place].group == group);
        let targets: Vec<usize> = (0..=groups).filter_map(target).collect();
        let addresses = targets.iter().map(|place| script.people[*place].ip.clone()).collect();
        let manifest = links.values().next().unwrap().0;
        let front = Front::new(plan.issues, addresses, &credential_key, manifest, &mut random);
        Self {
            home,
            plan,
            script,
            links,
            base: home.scene.base(),
            wire: Wire::before(front),
            targets,
            refused: Vec::new(),
            numbers: BTreeMap::new(),
            answered: Vec::new(),
            moved: Vec::new(),
            evidence: Evidence { credential_key, ..Evidence::default() },
            watcher,
            random,
            seconds: StdRng::seed_from_u64(plan.seed ^ 0x5EC0),
        }
    }

    /// Lets everybody answer, one after the other: nothing hides whose turn it was. Gives the server that runs at the end.
    fn everybody(&mut self, mut server: Server) -> Server {
        for (before, place) in self.script.arrivals.iter().enumerate() {
            if self.script.nights.contains(&before) {
                self.evidence.nights.push(self.home.copy());
            }
            self.what_is_due(before);
            let visit = Visit {
                base: &self.base,
                person: &self.script.people[*place],
                link: &self.links[&self.script.people[*place].id],
                row: &self.script.rows[place],
                flaw: self.plan.flaw,
                seed: self.random.random(),
            };
            let (killed, crashed) =
                (self.script.kills.contains(&before), self.home.has_a_server() && self.script.crashes.contains(&before));
            let visited = if killed || crashed {
                let random = if crashed { &mut self.seconds } else { &mut self.random };
                let wait = Duration::from_micros(random.random_range(0..20_000));
                let (visited, running) = std::thread::scope(|scope| {
                    let visitor = scope.spawn(|| visit.make(&mut self.wire));
                    std::thread::sleep(wait);
                    if crashed {
                        self.home.kill_the_database();
                    }
                    let running = if killed {
                        server.kill();
                        Server::start_with(program(self.plan.flaw), &self.home.scene)
                    } else {
                        server
                    };
                    (visitor.join().unwrap(), running)
                });
                server = running;
                visited
            } else if self.script.seconds.contains(&before) {
                let answered = self.seconds.random_range(0..LOOKS);
                let (visited, moved) = second_by_second(&mut self.watcher, before, answered, || visit.make(&mut self.wire));
                self.evidence.seconds.push(moved);
                self.moved.append(&mut self.watcher.moved);
                self.answered.push(answered);
                visited
            } else {
                visit.make(&mut self.wire)
            };
            self.note(*place, visited);
            self.evidence.sizes.push(self.home.size());
            self.watcher.look(before + 1, Look::AfterAnArrival);
            if before == self.script.arrivals.len() / 2 {
                self.watcher.look_at_slow_pages(before + 1);
            }
        }
        self.evidence.access_log = std::mem::take(&mut self.wire.access_log);
        self.evidence.flows = std::mem::take(&mut self.wire.flows);
        self.evidence.bodies = std::mem::take(&mut self.wire.bodies);
        self.evidence.front = std::mem::take(&mut self.wire.front.notes);
        server
    }

    /// Reminders, a day that has passed, an extension, where it is time for them.
    fn what_is_due(&mut self, before: usize) {
        let (scene, flaw) = (&self.home.scene, self.plan.flaw);
        let mut happened = false;
        if self.script.reminders.contains(&before) {
            let old = letters(self.home);
            course::remind(flaw, scene);
            let reminders: Vec<Vec<u8>> = letters(self.home).difference(&old).map(|path| std::fs::read(path).unwrap()).collect();
            let newest = links_in(&reminders);
            assert!(!newest.is_empty(), "somebody is reminded");
            self.links.extend(newest);
            happened = true;
        }
        if let Some(day) = self.script.days.iter().position(|day| *day == before) {
            course::pass(u32::try_from(day + 1).unwrap(), scene);
            happened = true;
        }
        if self.script.extensions.contains(&before) {
            course::extend(flaw, scene);
            happened = true;
        }
        if happened {
            self.watcher.look(before, Look::EachSecond);
        }
    }

    fn note(&mut self, place: usize, visited: Visited) {
        match visited {
            Visited::Refused => self.refused.push(place),
            Visited::Cast { group } => {
                self.numbers.insert(group, self.script.people[place].group);
            }
        }
    }

    /// Shuffles the rows of those whose ballots were taken.
    fn finish(mut self, mut evidence: Evidence, box_key: BoxSecretKey) -> Played {
        let mut rows: Vec<Vec<Row>> = Vec::new();
        let mut truth = Matching::new();
        let groups = self.script.people.iter().map(|person| person.group + 1).max().unwrap_or_default();
        for group in 0..groups {
            let of_group = |place: &usize| self.script.people[*place].group == group && !self.refused.contains(place);
            let mut places: Vec<usize> = self.script.rows.keys().copied().filter(of_group).collect();
            places.shuffle(&mut self.random);
            truth.extend(places.iter().enumerate().map(|(row, place)| (*place, row)));
            rows.push(places.iter().map(|place| self.script.rows[place].clone()).collect());
        }
        evidence.polled = std::mem::take(&mut self.watcher.changes);
        Played {
            people: self.script.people.clone(),
            evidence,
            rows,
            truth,
            numbers: self.numbers,
            box_key,
            manifest: self.links.values().next().unwrap().0,
            targets: self.targets,
            refused: self.refused.len(),
            answered: self.answered,
            moved: self.moved,
            pages: self.watcher.pages(),
        }
    }
}

/// Looks at every page before and after each of some seconds, in one of which somebody answers.
fn second_by_second(
    watcher: &mut Watcher,
    before: usize,
    answered: usize,
    mut answer: impl FnMut() -> Visited,
) -> (Visited, [Moved; LOOKS]) {
    watcher.look(before, Look::EachSecond);
    watcher.moved.clear();
    let (mut visited, mut moved, mut took) = (None, [Moved::default(); LOOKS], Duration::from_millis(10));
    for (second, moved) in moved.iter_mut().enumerate() {
        if second == answered {
            let began = Instant::now();
            visited = Some(answer());
            took = began.elapsed();
        } else {
            // What moves with time alone must have as much of it.
            std::thread::sleep(took);
        }
        *moved = watcher.look(before + usize::from(second >= answered), Look::EachSecond);
    }
    (visited.unwrap(), moved)
}

/// Lets the program tell its metrics, and gives their address.
fn listen_for_metrics(scene: &Scene) -> String {
    let address = test_postgres::listener().local_addr().unwrap();
    let before = std::fs::read_to_string(&scene.config).unwrap();
    std::fs::write(&scene.config, format!("{before}[metrics]\nlisten = \"{address}\"\n")).unwrap();
    format!("http://{address}/metrics")
}

/// The file of every mail in the outbox.
fn letters(home: &Home) -> BTreeSet<PathBuf> {
    let Ok(folder) = std::fs::read_dir(home.file("outbox")) else { return BTreeSet::new() };
    folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "eml")).collect()
}

/// Every mail in the outbox.
fn mails(home: &Home) -> Vec<Vec<u8>> {
    letters(home).iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The personal link in each mail that has one, as its reader finds it, with the recipient's id.
pub(crate) fn links_in(mails: &[Vec<u8>]) -> Vec<(String, (ManifestHash, LinkSecret))> {
    let link = |mail: &Vec<u8>| {
        let mail = MessageParser::default().parse(mail)?;
        let id = mail.to()?.first()?.address()?.split('@').next()?.to_owned();
        let text = mail.body_text(0)?.into_owned();
        let parts = text.split_whitespace().find_map(read_respondent_link)?;
        Some((id, parts))
    };
    mails.iter().filter_map(link).collect()
}

/// Waits until everybody has a link.
fn links(home: &Home, people: usize) -> BTreeMap<String, (ManifestHash, LinkSecret)> {
    let started = Instant::now();
    loop {
        let mails = mails(home);
        if mails.len() >= people {
            let links: BTreeMap<_, _> = links_in(&mails).into_iter().collect();
            if links.len() >= people {
                return links;
            }
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{} of {people} mails have left", mails.len());
        std::thread::sleep(Duration::from_millis(10));
    }
}
