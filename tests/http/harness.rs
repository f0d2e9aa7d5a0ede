//! One application per test: own folder, own ports, a clock that stands still, mail kept in memory.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use awc::Client;
use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::{Step, launch};
use candor::mail::transport::MailTransport;
use candor::mail::transport::MemoryOutbox;
use candor::server::{Application, Audience};
use candor::worker;
use domain::{Language, ManualClock, Moment, Schedule, WaveId, roster};
use identity::{NewAccount, PasswordParams, Role};
use protocol::link::read_respondent_link;
use protocol::wire::CONTENT_TYPE;
use protocol::{Answer, Ballot, Comment, Level, LinkSecret, ManifestHash, Receipt, Respondent};
use secrecy::SecretString;
use test_postgres::listener;

use crate::place::{Place, engine};

/// Password of every account in the tests.
pub(crate) const PASSWORD: &str = "a sentence of some words";

/// An organisation of 31 people: two teams of eight and one of three under a board of two, two of the three led from one unit.
pub(crate) fn staff() -> String {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\nboss,Boss One,boss@example.org,,,en\n");
    let mut add = |id: &str, team: &str, leader: &str| csv.push_str(&format!("{id},Name {id},{id}@example.org,{team},{leader},en\n"));
    for lead in ["lead-a", "lead-b", "lead-c"] {
        add(lead, "Board", "boss");
    }
    for (team, lead, size) in [("Alpha", "lead-a", 8), ("Beta", "lead-b", 9), ("Gamma", "lead-c", 8)] {
        for number in 0..size {
            add(&format!("{}{number}", team.to_lowercase()), team, lead);
        }
    }
    csv
}

/// A spawned application.
pub(crate) struct TestApp {
    pub(crate) place: Place,
    pub(crate) installation: Installation,
    pub(crate) clock: ManualClock,
    pub(crate) outbox: MemoryOutbox,
    pub(crate) respondents: String,
    pub(crate) console: String,
    handles: Vec<ServerHandle>,
}

/// A quarter of an hour past nine on a Monday.
pub(crate) fn start_of_time() -> Moment {
    Moment::parse("2026-11-02T09:15:00Z").unwrap()
}

impl TestApp {
    /// Starts with empty databases and the staff list of [`staff`].
    pub(crate) async fn spawn() -> Self {
        let app = Self::spawn_empty().await;
        app.import(&staff());
        app
    }

    /// Starts with empty databases.
    pub(crate) async fn spawn_empty() -> Self {
        Self::spawn_on(Place::migrated(engine())).await
    }

    /// Starts with the databases of a place as they are.
    pub(crate) async fn spawn_on(place: Place) -> Self {
        Self::spawn_for(place, Audience::Product).await
    }

    /// Starts with the staff list of [`staff`] and the addresses that only the demo has.
    pub(crate) async fn spawn_demo() -> Self {
        let app = Self::spawn_for(Place::migrated(engine()), Audience::Demo).await;
        app.import(&staff());
        app
    }

    async fn spawn_for(place: Place, audience: Audience) -> Self {
        let (respondents, console) = (listener(), listener());
        let config = place.configure(&respondents, &console, "memory:");
        let (respondents_url, console_url) = (config.respondents.url.clone(), config.console.url.clone());
        let clock = ManualClock::at(start_of_time());
        let outbox = MemoryOutbox::default();
        let mut installation = Installation::open(config, Arc::new(clock.clone())).unwrap();
        installation.mail = Arc::new(MailTransport::Memory(outbox.clone()));
        let application = Application::build(&installation, respondents, console, audience).unwrap();
        let handles = application.handles();
        actix_web::rt::spawn(application.run());
        Self { place, installation, clock, outbox, respondents: respondents_url, console: console_url, handles }
    }

    /// Replaces the staff list.
    pub(crate) fn import(&self, csv: &str) {
        let staff = roster::parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap();
        self.installation.identity.import_roster(&staff.roster).unwrap();
    }

    /// Drafts a wave with the default dates, two weeks of answering.
    pub(crate) fn draft(&self, name: &str) -> WaveId {
        self.draft_with(name, Schedule::with_defaults(self.installation.clock.now().plus(Duration::from_secs(14 * 86_400))))
    }

    /// Drafts a wave.
    pub(crate) fn draft_with(&self, name: &str, schedule: Schedule) -> WaveId {
        self.create(name, schedule, false)
    }

    fn create(&self, name: &str, schedule: Schedule, comments: bool) -> WaveId {
        let wave = WaveId::parse(name).unwrap();
        let settings = WaveSettings {
            instrument: "pulse".to_owned(),
            schedule,
            k: 5,
            group_min: 7,
            coalition: 1,
            min_range: 3,
            passphrase: false,
            comments,
            key_holder: None,
            particulars: draft::Particulars::default(),
        };
        draft::create(&self.installation, &wave, &settings).unwrap();
        wave
    }

    /// Drafts and launches a wave and sends its mails.
    pub(crate) fn launch(&self, name: &str) -> WaveId {
        let wave = self.draft(name);
        self.launched(wave)
    }

    /// The same for a wave that asks the open questions.
    pub(crate) fn launch_with_comments(&self, name: &str) -> WaveId {
        let schedule = Schedule::with_defaults(self.installation.clock.now().plus(Duration::from_secs(14 * 86_400)));
        let wave = self.create(name, schedule, true);
        self.launched(wave)
    }

    fn launched(&self, wave: WaveId) -> WaveId {
        launch::launch(&self.installation, &wave, None, &mut |_| {}).unwrap();
        worker::mail::send_all(&self.installation).unwrap();
        wave
    }

    /// The newest personal link of everybody, by person id.
    pub(crate) fn links(&self) -> BTreeMap<String, String> {
        self.outbox
            .newest(usize::MAX)
            .iter()
            .rev()
            .filter_map(|mail| {
                let link = mail.link.clone().filter(|link| read_respondent_link(link).is_some())?;
                let person = mail.to.rsplit_once('@')?.0.rsplit(['<', ' ']).next()?.to_owned();
                Some((person, link))
            })
            .collect()
    }

    /// Answers with the same point for every item; the receipt is verified.
    pub(crate) async fn answer(&self, wave: &WaveId, link: &str, point: u8) -> Result<Receipt, String> {
        self.answer_saying(wave, link, point, &[]).await
    }

    /// The same with a comment to each open question.
    pub(crate) async fn answer_saying(&self, wave: &WaveId, link: &str, point: u8, comments: &[&str]) -> Result<Receipt, String> {
        let ballot = Ballot {
            level: Level::Group,
            answers: vec![Answer::Point(point); 12],
            comments: comments.iter().map(|text| Comment::new(text).unwrap()).collect(),
        };
        answer_at(&self.respondents, wave, link, &ballot).await
    }

    /// Lets the people whose id passes answer, everybody with the point that `point` gives.
    pub(crate) async fn answer_as(&self, wave: &WaveId, point: impl Fn(&str) -> Option<u8>) -> Vec<Receipt> {
        let mut receipts = Vec::new();
        for (person, link) in self.links() {
            if let Some(point) = point(&person) {
                receipts.push(self.answer(wave, &link, point).await.unwrap());
            }
        }
        receipts
    }

    /// Posts to the box endpoint: status and body.
    pub(crate) async fn post_box(&self, wave: &WaveId, body: Vec<u8>) -> (u16, Vec<u8>) {
        post_box_at(&self.respondents, wave, body).await
    }

    /// Reads an address: status and body.
    pub(crate) async fn get(&self, url: &str) -> (u16, Vec<u8>) {
        get(url).await
    }

    /// Moves over every date of the running wave until it is published; the steps that were taken.
    pub(crate) fn run_to_publication(&self, wave: &WaveId) -> Vec<Step> {
        let schedule = WaveSettings::of(&self.installation.identity, wave).unwrap().schedule;
        let mut steps = Vec::new();
        self.clock.set(schedule.closes_at);
        self.advance(&mut steps);
        for seconds in [schedule.grace_seconds, schedule.window_seconds, schedule.publish_at_seconds] {
            self.clock.advance(Duration::from_secs(seconds));
            self.advance(&mut steps);
        }
        worker::mail::send_all(&self.installation).unwrap();
        steps
    }

    /// Lets the calendar act once.
    pub(crate) fn advance(&self, steps: &mut Vec<Step>) {
        candor::lifecycle::advance::advance(&self.installation, &mut |step| steps.push(step)).unwrap();
    }

    /// Creates an account with [`PASSWORD`].
    pub(crate) fn account(&self, login: &str, role: Role, person: Option<&str>) {
        let person = person.map(|id| domain::PersonId::parse(id).unwrap());
        // Cheap on purpose: the tests sign in often.
        let params = PasswordParams { memory_kib: 64, passes: 1, lanes: 1 };
        let password_hash = params.hash(&SecretString::from(PASSWORD), &mut rand::rng()).unwrap();
        let account = NewAccount { person, ..NewAccount::with_password(login, role, password_hash) };
        self.installation.identity.create_account(&account, &mut rand::rng()).unwrap();
    }

    /// Creates the account of somebody who reads the results of a unit, with [`PASSWORD`].
    pub(crate) fn partner(&self, login: &str, unit: &str) {
        let params = PasswordParams { memory_kib: 64, passes: 1, lanes: 1 };
        let password_hash = params.hash(&SecretString::from(PASSWORD), &mut rand::rng()).unwrap();
        let account = NewAccount::with_password(login, Role::Partner, password_hash).for_unit(domain::TeamLabel::parse(unit).unwrap());
        self.installation.identity.create_account(&account, &mut rand::rng()).unwrap();
    }

    /// Signs in; every later request carries the session.
    pub(crate) async fn sign_in(&self, login: &str) -> Session {
        let client = Client::builder().disable_redirects().finish();
        let response = client
            .post(format!("{}/sign-in", self.console))
            .insert_header(("Origin", self.console.clone()))
            .send_form(&[("login", login), ("password", PASSWORD)])
            .await
            .unwrap();
        let cookie =
            response.cookies().unwrap().first().unwrap_or_else(|| panic!("{login} could not sign in: {}", response.status())).clone();
        Session { client, origin: self.console.clone(), cookie: cookie.into_owned() }
    }
}

/// Answers over HTTP with the personal link; the receipt is verified.
pub(crate) async fn answer_at(respondents: &str, wave: &WaveId, link: &str, ballot: &Ballot) -> Result<Receipt, String> {
    let (hash, secret) = parts(link);
    let respondent = Respondent::open(get(&format!("{respondents}/w/{wave}/manifest")).await.1, &hash).map_err(text)?;
    let group = respondent.verify_leaf(&post_box_at(respondents, wave, respondent.leaf_request(&secret)).await.1).map_err(text)?;
    let prepared = respondent.prepare(&secret, &group, ballot, &mut rand::rng()).map_err(text)?;
    let redeem = prepared.redeem_request(&post_box_at(respondents, wave, prepared.issue_request()).await.1).map_err(text)?;
    prepared.receipt(&post_box_at(respondents, wave, redeem).await.1).map_err(text)
}

async fn post_box_at(respondents: &str, wave: &WaveId, body: Vec<u8>) -> (u16, Vec<u8>) {
    let url = format!("{respondents}/w/{wave}/box");
    let mut response = Client::default().post(url).content_type(CONTENT_TYPE).send_body(body).await.unwrap();
    (response.status().as_u16(), response.body().limit(1 << 20).await.unwrap().to_vec())
}

async fn get(url: &str) -> (u16, Vec<u8>) {
    let client = Client::builder().disable_redirects().finish();
    // A page of the demo that attacks takes seconds on a busy machine.
    let mut response = client.get(url).insert_header(("Accept", "text/html")).timeout(Duration::from_secs(60)).send().await.unwrap();
    (response.status().as_u16(), response.body().limit(16 << 20).await.unwrap().to_vec())
}

impl Drop for TestApp {
    fn drop(&mut self) {
        for handle in self.handles.drain(..) {
            // The test is over; nothing waits for the servers to end.
            drop(handle.stop(false));
        }
    }
}

/// Somebody who has signed in.
pub(crate) struct Session {
    client: Client,
    origin: String,
    pub(crate) cookie: awc::cookie::Cookie<'static>,
}

impl Session {
    /// Reads a page: status and text.
    pub(crate) async fn read(&self, path: &str) -> (u16, String) {
        let request = self.client.get(format!("{}{path}", self.origin)).insert_header(("Accept", "text/html")).cookie(self.cookie.clone());
        // A large page on a busy machine.
        let mut response = request.timeout(Duration::from_secs(60)).send().await.unwrap();
        let body = response.body().limit(16 << 20).await.unwrap();
        (response.status().as_u16(), String::from_utf8(body.to_vec()).unwrap())
    }

    /// Takes a file: status, headers by their names, bytes.
    pub(crate) async fn download(&self, path: &str) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let request = self.client.get(format!("{}{path}", self.origin)).cookie(self.cookie.clone());
        let mut response = request.timeout(Duration::from_secs(60)).send().await.unwrap();
        let header = |(name, value): (&_, &_)| {
            let (name, value): (&awc::http::header::HeaderName, &awc::http::header::HeaderValue) = (name, value);
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = response.headers().iter().map(header).collect();
        let body = response.body().limit(16 << 20).await.unwrap();
        (response.status().as_u16(), headers, body.to_vec())
    }

    /// Asks about a file without taking it: status and headers by their names.
    pub(crate) async fn head(&self, path: &str) -> (u16, BTreeMap<String, String>) {
        // A connection of its own: the client would wait on a shared one for the body that the length announces.
        let request = Client::builder().disable_redirects().finish().head(format!("{}{path}", self.origin)).cookie(self.cookie.clone());
        let response = request.force_close().timeout(Duration::from_secs(60)).send().await.unwrap();
        let text = |value: &awc::http::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        (response.status().as_u16(), response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect())
    }

    /// The token of the forms on a page.
    pub(crate) async fn token(&self, page: &str) -> String {
        let (_, html) = self.read(page).await;
        html.split("name=\"token\" value=\"")
            .nth(1)
            .unwrap_or_else(|| panic!("no form on {page}: {html}"))
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    /// Posts a form as a browser does: status and page.
    pub(crate) async fn submit(&self, path: &str, fields: &impl serde::Serialize) -> (u16, String) {
        let request =
            self.client.post(format!("{}{path}", self.origin)).insert_header(("Origin", self.origin.clone())).cookie(self.cookie.clone());
        let mut response = request.insert_header(("Accept", "text/html")).send_form(fields).await.unwrap();
        let body = response.body().limit(16 << 20).await.unwrap();
        (response.status().as_u16(), String::from_utf8(body.to_vec()).unwrap())
    }

    /// Posts a form with the given fields: status.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> u16 {
        let request =
            self.client.post(format!("{}{path}", self.origin)).insert_header(("Origin", self.origin.clone())).cookie(self.cookie.clone());
        request.send_form(&fields).await.unwrap().status().as_u16()
    }

    /// Posts a form as a program does: status, type and body of the answer.
    pub(crate) async fn submit_as_program(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String, Vec<u8>) {
        let request =
            self.client.post(format!("{}{path}", self.origin)).insert_header(("Origin", self.origin.clone())).cookie(self.cookie.clone());
        let mut response = request.send_form(&fields).await.unwrap();
        let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = response.body().await.unwrap();
        (response.status().as_u16(), kind, body.to_vec())
    }

    /// Posts a form as a browser does: status, and where it leads or else what the page says.
    pub(crate) async fn submit_form(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let request = self.client.post(format!("{}{path}", self.origin)).insert_header(("Origin", self.origin.clone()));
        let request = request.insert_header(("Accept", "text/html")).cookie(self.cookie.clone());
        let mut response = request.send_form(&fields).await.unwrap();
        let place = response.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        let body = response.body().limit(16 << 20).await.unwrap();
        (response.status().as_u16(), place.unwrap_or_else(|| String::from_utf8(body.to_vec()).unwrap()))
    }

    /// Posts a form with a file in it, in the field `list`.
    pub(crate) async fn upload(&self, path: &str, token: &str, name: &str, file: &[u8]) -> (u16, String) {
        self.upload_in(path, token, ("list", name), file).await
    }

    /// Posts a form with a file in it, in a field of this name.
    pub(crate) async fn upload_in(&self, path: &str, token: &str, (field, name): (&str, &str), file: &[u8]) -> (u16, String) {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend(file);
        body.extend(b"\r\n--edge--\r\n");
        let request = self.client.post(format!("{}{path}", self.origin)).insert_header(("Origin", self.origin.clone()));
        let request = request.insert_header(("Accept", "text/html")).insert_header(("Content-Type", "multipart/form-data; boundary=edge"));
        // A long list on a busy machine.
        let mut response = request.cookie(self.cookie.clone()).timeout(std::time::Duration::from_secs(60)).send_body(body).await.unwrap();
        let place = response.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        let body = response.body().limit(16 << 20).await.unwrap();
        (response.status().as_u16(), place.unwrap_or_else(|| String::from_utf8(body.to_vec()).unwrap()))
    }
}

/// The manifest hash and the secret of a personal link.
pub(crate) fn parts(link: &str) -> (ManifestHash, LinkSecret) {
    read_respondent_link(link).unwrap()
}

fn text(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
