//! Four published waves and a running one, by the product's own use cases under a clock that is set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::instrument::Instrument;
use domain::{Clock, Language, ManualClock, ReorgEvent, Schedule, SystemClock, TeamLabel, WaveId, WaveState, roster};
use protocol::link::read_respondent_link;
use protocol::secret::StatusHandle;
use protocol::wire::ReadCode;
use release::CommentPool;
use release::reading::PastWave;

use super::accounts::{self, DemoAccount};
use super::answering::{self, Visit};
use super::comments;
use super::organisation::{self, Behaviour, DemoWave, ItemShape};
use super::place::Place;
use crate::cli::terminal::{bar, say};
use crate::installation::Installation;
use crate::lifecycle::draft::{self, WaveSettings};
use crate::lifecycle::{advance, launch, notices, past_waves, reorganisation};
use crate::mail::transport::CapturedMail;
use crate::server::{Application, Audience};
use crate::worker;

/// The rounds of the demo; the last one runs.
const ROUNDS: [&str; 5] = ["2025-q4", "2026-q1", "2026-q2", "2026-q3", "2026-q4"];
/// How far apart they are.
const QUARTER: Duration = Duration::from_secs(91 * 24 * 3600);
/// How many people of the running round are left for a newcomer to answer as.
const LEFT_OPEN: usize = 24;

/// What the demo shows.
pub(super) struct Scene {
    /// The published rounds, oldest first.
    pub published: Vec<WaveId>,
    /// The running round.
    pub running: WaveId,
    /// Who can sign in.
    pub accounts: Vec<DemoAccount>,
    /// How many people answered, per round.
    pub answered: BTreeMap<WaveId, usize>,
    /// Where the people of one group read its result of the last published round.
    pub group_result: String,
}

/// Plays the past and starts the present.
///
/// # Errors
/// What went wrong, in words.
pub(super) async fn play(place: &Place) -> Result<Scene, String> {
    let clock = ManualClock::at(SystemClock.now());
    let installation = place.installation(Arc::new(clock.clone()))?;
    let instrument = installation.catalogue.get("pulse").ok_or("the instrument pulse is missing")?.clone();
    let shapes = shapes(&instrument);
    let running = wave_id(ROUNDS[4])?;
    let mut scene = Scene { published: Vec::new(), running, accounts: Vec::new(), answered: BTreeMap::new(), group_result: String::new() };
    let now = SystemClock.now();
    for (index, name) in ROUNDS.iter().enumerate() {
        let wave = wave_id(name)?;
        let people = organisation::wave(index, &shapes);
        let ago = QUARTER * u32::try_from(ROUNDS.len() - 1 - index).unwrap_or_default();
        clock.set(domain::Moment::from_micros(now.micros() - i64::try_from(ago.as_micros()).unwrap_or_default()));
        let running = index + 1 == ROUNDS.len();
        let answered = begin(place, &installation, &wave, &people, running).await?;
        scene.answered.insert(wave.clone(), answered);
        if !running {
            end(&installation, &clock, &wave)?;
            scene.group_result = group_result(place, &installation, &wave)?;
            if people.comments {
                hide_named(&installation, &wave)?;
            }
            scene.published.push(wave);
        } else {
            scene.accounts = accounts::make(&installation, &people)?;
        }
    }
    Ok(scene)
}

fn wave_id(name: &str) -> Result<WaveId, String> {
    WaveId::parse(name).map_err(|e| e.to_string())
}

fn shapes(instrument: &Instrument) -> Vec<ItemShape> {
    instrument
        .items
        .iter()
        .map(|item| ItemShape { reversed: item.reversed, points: instrument.scale_of(item).map_or(7, domain::instrument::Scale::points) })
        .collect()
}

/// Imports the staff list, launches the wave, sends the mails and lets people answer. How many did.
async fn begin(place: &Place, installation: &Installation, wave: &WaveId, people: &DemoWave, running: bool) -> Result<usize, String> {
    let language = Language::parse("en").map_err(|e| e.to_string())?;
    let staff = roster::parse_csv("staff.csv", people.csv.as_bytes(), &language).map_err(|e| e.to_string())?;
    installation.identity.import_roster(&staff.roster).map_err(|e| e.to_string())?;
    for (from, to) in &people.renamed {
        let [from, to] = [from, to].map(|name| TeamLabel::parse(name).map_err(|e| e.to_string()));
        reorganisation::record(installation, ReorgEvent::Rename { from: from?, to: to? }, None).map_err(|e| e.to_string())?;
    }
    let closes_at = installation.clock.now().plus(Duration::from_secs(14 * 24 * 3600));
    let schedule = if running { Schedule::manual(closes_at) } else { Schedule::with_defaults(closes_at) };
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase: false,
        comments: people.comments,
        key_holder: None,
        particulars: draft::Particulars::default(),
    };
    draft::create(installation, wave, &settings).map_err(|e| e.to_string())?;
    launch::launch(installation, wave, None, &mut |_| {}).map_err(|e| e.to_string())?;
    place.outbox().clear();
    worker::mail::send_all(installation).map_err(|e| e.to_string())?;
    let mut visits = visits(place, people)?;
    if running {
        // The last to be asked are left for the newcomer; everybody else has answered already.
        visits.truncate(visits.len().saturating_sub(LEFT_OPEN));
    }
    let answered = visits.len();
    let progress = bar(&format!("round {wave}: {answered} people answer"), answered as u64);
    let (respondents, console) = place.spare_listeners()?;
    let application = Application::build(installation, respondents, console, Audience::Product).map_err(|e| e.to_string())?;
    let origin = format!("http://{}", application.respondents());
    let handles = application.handles();
    let serving = actix_web::rt::spawn(application.run());
    let ticking = progress.clone();
    let answered_links: BTreeSet<String> = visits.iter().map(|v| v.link.clone()).collect();
    let receipts = answering::answer_all(&origin, wave, visits, move || ticking.inc(1)).await;
    for handle in handles {
        handle.stop(true).await;
    }
    serving.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    progress.finish_and_clear();
    let receipts = receipts?;
    say!("  {} {wave}: {} people answered", if running { "running " } else { "answered" }, receipts.len());
    if running {
        // Mails of people who answered would lead a newcomer to a used link.
        place.outbox().forget(|mail| mail.link.as_ref().is_some_and(|link| answered_links.contains(link)));
    }
    Ok(receipts.len())
}

/// The links of the people who answer, from the caught mails.
fn visits(place: &Place, people: &DemoWave) -> Result<Vec<Visit>, String> {
    let mut links = BTreeMap::new();
    for mail in place.outbox().newest(usize::MAX) {
        let link = mail.link.as_ref().filter(|link| read_respondent_link(link).is_some());
        if let (Some(link), Some(id)) = (link, person_of(&mail.to)) {
            links.insert(id.to_owned(), link.clone());
        }
    }
    people
        .behaviour
        .iter()
        .filter_map(|(id, behaviour)| behaviour.as_ref().map(|b| (id, b)))
        .map(|(id, behaviour): (&String, &Behaviour)| {
            let link = links.get(id).ok_or_else(|| format!("{id} got no mail"))?.clone();
            Ok(Visit { link, behaviour: behaviour.clone() })
        })
        .collect()
}

/// The person id in an address of the demo, which is the part before the @.
fn person_of(address: &str) -> Option<&str> {
    let (before, _) = address.rsplit_once('@')?;
    before.rsplit(['<', ' ']).next()
}

/// Moves the clock over every date of the wave and lets the life cycle act on it.
fn end(installation: &Installation, clock: &ManualClock, wave: &WaveId) -> Result<(), String> {
    let settings = WaveSettings::of(&installation.identity, wave).map_err(|e| e.to_string())?;
    let schedule = settings.schedule;
    clock.set(schedule.closes_at);
    let act = || advance::advance(installation, &mut |_| {}).map_err(|e| e.to_string());
    act()?;
    for seconds in [schedule.grace_seconds, schedule.window_seconds, schedule.publish_at_seconds] {
        clock.advance(Duration::from_secs(seconds));
        act()?;
    }
    worker::mail::send_all(installation).map_err(|e| e.to_string())?;
    match installation.state(wave).map_err(|e| e.to_string())? {
        WaveState::Published => Ok(()),
        state => Err(format!("round {wave} should be published but is {state}")),
    }
}

/// Where the closing mail that arrived last leads its reader once the result is published.
fn group_result(place: &Place, installation: &Installation, wave: &WaveId) -> Result<String, String> {
    let mark = format!("/w/{wave}/#s2.");
    let link = |mail: &CapturedMail| mail.text.lines().find(|line| line.contains(&mark)).map(str::to_owned);
    let link = place.outbox().newest(usize::MAX).iter().find_map(|mail| link(mail)).ok_or("no closing mail arrived")?;
    let handle = StatusHandle::parse(link.trim().rsplit('.').next().unwrap_or_default()).map_err(|e| e.to_string())?;
    let record = installation.identity.status_lookup(wave, &handle.hash(wave).0).map_err(|e| e.to_string())?;
    let code = record.and_then(|record| record.read_code).ok_or("the groups of the demo do not read their result")?;
    Ok(format!("{}/w/{wave}/team/{}", place.config().respondents.url, ReadCode(code).to_text()))
}

/// HR hides the one comment that names a person.
fn hide_named(installation: &Installation, wave: &WaveId) -> Result<(), String> {
    let past = past_waves(installation, Some(wave)).map_err(|e| e.to_string())?;
    let Some(PastWave::Published(published)) = past.last() else { return Err(format!("{wave} is not published")) };
    let named = CommentPool::hash_of(comments::NAMES_A_PERSON);
    let holds = |pool: &&CommentPool| pool.texts.iter().any(|text| text == comments::NAMES_A_PERSON);
    let pool = published.release.comments.iter().find(holds).ok_or("the comment that names a person was not published")?;
    notices::hide_comment(installation, wave, &pool.question, named).map_err(|e| e.to_string())?;
    Ok(())
}
