//! Somebody who asks for every page again and again: whoever is outside, and with an account whoever reads the console.

use std::collections::{BTreeMap, BTreeSet};

use candor::console::{self, Console};
use domain::WaveId;
use ureq::Agent;

use crate::evidence::{Change, Moved};
use crate::load::Scene;
use crate::world::{ACCOUNTS, HR, LEADER, PASSWORD};

/// What anybody may ask for below `/w/<wave>/`, and may change while the round goes on.
const CHANGING: [&str; 3] = ["board", "objections", "close"];

/// The rest of it, which was frozen at the launch or is the same for every round.
const FROZEN: [&str; 13] = [
    "",
    "client.js",
    "client.css",
    "round",
    "manifest",
    "countersignature",
    "instrument",
    "groups",
    "words/en",
    "later/en",
    "example/en",
    "quiet/AAAAAAAAAAAAAAAAAAAAAAAAAA",
    "team/AAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// Pages that the program computes for seconds, and without optimisation for a minute; the long run asks for them, once in a round.
const SLOW: [&str; 2] = ["/example/en", "/forecast"];

/// The line of the metrics that tells the time, and nothing else.
const TELLS_THE_TIME: &[u8] = b"candor_calendar_tick_seconds ";

/// How the answer begins to whoever may not read a page, and how one begins that shows something.
const DENIED: &[u8] = b"403";
const SHOWN: &[u8] = b"200";

/// What stands for the parts of an address of the console that vary.
const PARTS: [(&str, &str); 9] = [
    ("{language}", "en"),
    ("{mail}", "invitation"),
    ("{number}", "0"),
    ("{id}", "00000000000000000000000000000000"),
    ("{person}", LEADER),
    ("{question}", "HELPS"),
    ("{sha256}", "0000000000000000000000000000000000000000000000000000000000000000"),
    ("{chart}", "g0-SAF-scale"),
    ("{secret}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
];

/// Who asks for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Anybody,
    /// By the place among [`ACCOUNTS`].
    Account(usize),
}

/// A page that is looked at again and again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Page {
    url: String,
    reader: Reader,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// What may change with every answer.
    AfterAnArrival,
    /// Every page, as everybody to whom it shows something.
    EachSecond,
    /// Also as all others.
    AtEverything,
}

/// Looks at pages, and keeps what it saw when it is another thing than before.
pub(crate) struct Watcher {
    agent: Agent,
    /// Of everybody who has signed in, in the order of [`ACCOUNTS`].
    cookies: Vec<String>,
    /// What may change with every answer.
    often: Vec<Page>,
    /// All others but those of [`SLOW`].
    seldom: Vec<Page>,
    /// Those that this role may not read; and of all roles but HR, those that show nothing while people answer.
    denied: Vec<Page>,
    slow: Vec<Page>,
    seen: BTreeMap<Page, Vec<u8>>,
    pub(crate) changes: Vec<Change>,
    /// A line of each change.
    pub(crate) moved: Vec<String>,
}

impl Watcher {
    /// Signs in, once in every role, and looks at everything once.
    pub(crate) fn of(scene: &Scene, metrics: &str) -> Self {
        let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let public = |url: String| Page { url, reader: Reader::Anybody };
        let of_the_round = |page: &&str| public(format!("{}/{page}", scene.base()));
        let mut pages: Vec<Page> = FROZEN.iter().map(of_the_round).collect();
        let settings = scene.settings();
        pages.extend(["/health/live", "/health/ready", "/"].map(|page| public(format!("{}{page}", settings.respondents.url))));
        let of_the_console = readable(&Console::new(scene.open(), false), &scene.wave);
        for account in 0..ACCOUNTS.len() {
            let url = |page: &String| format!("{}{page}", settings.console.url);
            pages.extend(of_the_console.iter().map(|page| Page { url: url(page), reader: Reader::Account(account) }));
        }
        let often = CHANGING.iter().map(of_the_round).chain([public(metrics.to_owned())]).collect();
        let (slow, seldom) = pages.into_iter().partition(|page| SLOW.iter().any(|end| page.url.ends_with(end)));
        let cookies = ACCOUNTS.map(|(login, _)| sign_in(&agent, &settings.console.url, login)).to_vec();
        let (denied, seen, changes, moved) = (Vec::new(), BTreeMap::new(), Vec::new(), Vec::new());
        let mut watcher = Self { agent, cookies, often, seldom, denied, slow, seen, changes, moved };
        watcher.look(0, Look::AtEverything);
        let shows_nothing = |page: &Page| {
            let answers = |status: &[u8]| watcher.seen.get(page).is_some_and(|bytes| bytes.starts_with(status));
            answers(DENIED) || matches!(page.reader, Reader::Account(account) if account != HR && !answers(SHOWN))
        };
        (watcher.denied, watcher.seldom) = watcher.seldom.iter().cloned().partition(shows_nothing);
        watcher
    }

    /// Asks, and tells how much had changed.
    pub(crate) fn look(&mut self, arrivals: usize, look: Look) -> Moved {
        let mut pages = self.often.clone();
        if look != Look::AfterAnArrival {
            pages.extend_from_slice(&self.seldom);
        }
        if look == Look::AtEverything {
            pages.extend_from_slice(&self.denied);
        }
        self.look_at(arrivals, pages)
    }

    /// Asks for what takes long, where the program is fast.
    pub(crate) fn look_at_slow_pages(&mut self, arrivals: usize) {
        if !cfg!(debug_assertions) {
            self.look_at(arrivals, self.slow.clone());
        }
    }

    fn look_at(&mut self, arrivals: usize, pages: Vec<Page>) -> Moved {
        let mut moved = Moved::default();
        for page in pages {
            // A server that was just killed is asked again after the next arrival.
            let Some(bytes) = self.ask(&page) else { continue };
            let before = self.seen.get(&page).map(Vec::as_slice).unwrap_or_default();
            if before != bytes {
                let old: BTreeSet<&[u8]> = before.split(|byte| *byte == b'\n').collect();
                let new: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !old.contains(line)).collect();
                let count = match page.reader {
                    Reader::Anybody => &mut moved.public,
                    Reader::Account(HR) => &mut moved.hr,
                    Reader::Account(_) => &mut moved.others,
                };
                *count += new.len();
                let reader = if let Reader::Account(number) = page.reader { ACCOUNTS[number].0 } else { "anybody" };
                self.moved.extend(new.first().map(|line| format!("{} ({reader}): {}", page.url, String::from_utf8_lossy(line))));
                self.changes.push(Change { url: page.url.clone(), arrivals, bytes: bytes.clone() });
                self.seen.insert(page, bytes);
            }
        }
        moved
    }

    /// All that a browser gets: status, headers, body. Left out are the time, the cookie of the session, and the length, which the body shows: a line that
    /// tells the time is longer at some times than at others.
    fn ask(&self, page: &Page) -> Option<Vec<u8>> {
        let request = self.agent.get(&page.url);
        let request = if let Reader::Account(number) = page.reader { request.header("Cookie", &self.cookies[number]) } else { request };
        let mut response = request.call().ok()?;
        let signed_in = page.reader == Reader::Anybody || response.status() != 401;
        assert!(signed_in, "{} must be looked at by somebody who has signed in", page.url);
        let left_out = ["date", "set-cookie", "content-length"];
        let headers = response.headers().iter().filter(|(name, _)| !left_out.contains(&name.as_str()));
        let mut headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}\n")).collect();
        // The program sends them in an order that chance chooses.
        headers.sort_unstable();
        let mut bytes = format!("{}\n{}", response.status(), headers.concat()).into_bytes();
        let body = response.body_mut().read_to_vec().ok()?;
        bytes.extend(body.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(TELLS_THE_TIME)).flatten());
        Some(bytes)
    }

    /// How many pages were there to be read.
    pub(crate) fn pages(&self) -> usize {
        self.seen.len()
    }
}

/// The cookie of whoever signs in.
fn sign_in(agent: &Agent, console: &str, login: &str) -> String {
    let form = [("login", login), ("password", PASSWORD)];
    let response = agent.post(format!("{console}/sign-in")).header("Origin", console).send_form(form).unwrap();
    let cookie = response.headers().get("set-cookie").unwrap_or_else(|| panic!("{login} cannot sign in: {}", response.status()));
    cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// Every address of the console that can be read, of this round where one is named.
fn readable(console: &Console, wave: &WaveId) -> Vec<String> {
    let declared = console::addresses(console).into_iter().filter(|address| address.methods.contains("GET"));
    declared.flat_map(|address| filled_in(address.template.replace("{wave}", wave.as_str()))).collect()
}

/// An address with something for each part that varies, once for every choice among several.
fn filled_in(template: String) -> Vec<String> {
    let known = PARTS.iter().fold(template, |address, (part, value)| address.replace(part, value));
    let Some((before, rest)) = known.split_once('{') else { return vec![known] };
    let (part, after) = rest.split_once('}').unwrap();
    let (_, choices) = part.split_once(':').unwrap_or_else(|| panic!("say in PARTS what stands for {{{part}}} of {known}"));
    choices.split('|').flat_map(|choice| filled_in(format!("{before}{choice}{after}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_with_every_choice_and_without_a_gap() {
        assert_eq!(filled_in("/a/{part:x|y}/{number}".to_owned()), ["/a/x/0", "/a/y/0"]);
        assert_eq!(filled_in("/a".to_owned()), ["/a"]);
    }

    #[test]
    fn no_address_below_a_round_is_forgotten() {
        let sources = [
            include_str!("../../src/app/respondents/mod.rs"),
            include_str!("../../src/app/respondents/pages.rs"),
            include_str!("../../src/app/respondents/frozen.rs"),
        ];
        // Resources of their own, and the names that the others are told apart by.
        let resources = sources[0].split("web::resource(\"/w/{wave}/").skip(1).map(|text| text.split(['/', '"']).next().unwrap());
        let names = sources[1..].iter().flat_map(|text| text.lines()).filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" =>"));
        let mut addresses: Vec<&str> = resources.chain(names.map(|(name, _)| name)).collect();
        // Takes no GET; and everything that has no resource of its own.
        addresses.retain(|name| !["box", "{what:.*}"].contains(name));
        assert!(addresses.len() >= 12, "{addresses:?}");
        for name in addresses {
            assert!(CHANGING.iter().chain(&FROZEN).any(|asked| asked.split('/').next() == Some(name)), "{name} is never looked at");
        }
    }
}
