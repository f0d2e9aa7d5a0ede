//! Somebody who asks for every page again and again: public ones, and with an account those of the console.

use std::collections::BTreeMap;

use ureq::Agent;

use crate::evidence::Change;
use crate::load::Scene;
use crate::world::PASSWORD;

/// What anybody may ask for below `/w/<wave>/`, and may change while the round goes on.
const CHANGING: [&str; 3] = ["board", "objections", "close"];

/// The rest of it, which was frozen at the launch.
const FROZEN: [&str; 3] = ["groups", "round", ""];

/// Looks at pages, and keeps what it saw when it is another thing than before.
pub(crate) struct Watcher {
    agent: Agent,
    often: Vec<String>,
    seldom: Vec<String>,
    cookie: String,
    seen: BTreeMap<String, Vec<u8>>,
    pub(crate) changes: Vec<Change>,
}

impl Watcher {
    /// Signs in.
    pub(crate) fn of(scene: &Scene, metrics: &str) -> Self {
        let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let console = scene.settings().console.url.clone();
        let form = [("login", "hr"), ("password", PASSWORD)];
        let response = agent.post(format!("{console}/sign-in")).header("Origin", &console).send_form(form).unwrap();
        let cookie = response.headers().get("set-cookie").unwrap_or_else(|| panic!("nobody can sign in: {}", response.status()));
        let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let wave = &scene.wave;
        let public = |page: &&str| format!("{}/{page}", scene.base());
        let often = CHANGING.iter().map(public).chain([metrics.to_owned()]).collect();
        let pages = [
            "/rounds".to_owned(),
            format!("/rounds/{wave}"),
            format!("/rounds/{wave}/mail"),
            format!("/organisation/{wave}"),
            "/promise-log".to_owned(),
        ];
        let seldom = pages.iter().map(|page| format!("{console}{page}")).chain(FROZEN.iter().map(public)).collect();
        Self { agent, often, seldom, cookie, seen: BTreeMap::new(), changes: Vec::new() }
    }

    /// Asks for what may change with every answer; with `everything` also for the rest, and for what needs an account.
    pub(crate) fn look(&mut self, arrivals: usize, everything: bool) {
        let pages: Vec<String> = self.often.iter().chain(self.seldom.iter().filter(|_| everything)).cloned().collect();
        for page in pages {
            // A server that was just killed is asked again after the next arrival.
            let Ok(mut response) = self.agent.get(&page).header("Cookie", &self.cookie).call() else { continue };
            assert_ne!(response.status(), 401, "{page} must be looked at by somebody who has signed in");
            let Ok(bytes) = response.body_mut().read_to_vec() else { continue };
            if self.seen.get(&page) != Some(&bytes) {
                self.changes.push(Change { arrivals, bytes: bytes.clone() });
                self.seen.insert(page, bytes);
            }
        }
    }

    /// How many pages were there to be read.
    pub(crate) fn pages(&self) -> usize {
        self.seen.len()
    }
}
