//! What browsers download from the real server: the survey page, and HR's pages.

use std::error::Error;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE};
use ureq::Agent;

use crate::program::{PASSWORD, Place, Running};

/// How long the server may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);

type Failure = Box<dyn Error + Send + Sync>;

/// A running server and a browser.
pub(crate) struct Pages<'p> {
    place: &'p Place,
    server: Running,
    agent: Agent,
}

impl<'p> Pages<'p> {
    /// Starts the server and waits until it listens.
    pub(crate) fn of(place: &'p Place) -> io::Result<Self> {
        let server = place.start(&["serve"])?;
        let agent: Agent =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false).build().into();
        let started = Instant::now();
        while agent.get(format!("{}/", place.respondents)).call().is_err() {
            if started.elapsed() > PATIENCE {
                return Err(io::Error::other("the server does not listen"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { place, server, agent })
    }

    /// Prints what one respondent downloads.
    pub(crate) fn survey(&self, wave: &str) -> Result<(), Failure> {
        let base = format!("{}/w/{wave}", self.place.respondents);
        let mut together = 0;
        for what in ["", "client.js", "client.css", "manifest", "instrument"] {
            together += self.get(&format!("survey: /{what}"), &format!("{base}/{what}"), "")?;
        }
        let started = Instant::now();
        let answer =
            self.agent.post(format!("{base}/box")).content_type(CONTENT_TYPE).send(&[0_u8; REQUEST_SIZE][..])?.body_mut().read_to_vec()?;
        told("survey: every answer of the box", started, answer.len());
        // Leaf, issue, redeem.
        println!("  {:44} {:>9} {:39} bytes", "survey: all of it, with three answers", "", together + 3 * answer.len());
        self.get("public group list (nobody needs it to answer)", &format!("{base}/groups"), "")?;
        println!("  {:44} {:9} {:9} {:9.1}", "(server so far)", "", "", self.server.peak());
        Ok(())
    }

    /// Prints what HR downloads after the publication.
    pub(crate) fn console(&self, wave: &str) -> Result<(), Failure> {
        let console = &self.place.console;
        let signed_in =
            self.agent.post(format!("{console}/sign-in")).header("Origin", console).send_form([("login", "hr"), ("password", PASSWORD)])?;
        let cookie = signed_in.headers().get("set-cookie").and_then(|value| value.to_str().ok()).ok_or("nobody is signed in")?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        for path in ["/rounds".to_owned(), format!("/rounds/{wave}"), format!("/organisation/{wave}")] {
            self.get(&format!("console: {path}"), &format!("{console}{path}"), &cookie)?;
        }
        self.get("public list of counted answers", &format!("{}/w/{wave}/board", self.place.respondents), "")?;
        println!("  {:44} {:9} {:9} {:9.1}", "(server so far)", "", "", self.server.peak());
        Ok(())
    }

    fn get(&self, name: &str, url: &str, cookie: &str) -> Result<usize, Failure> {
        let started = Instant::now();
        let mut response = self.agent.get(url).header("Cookie", cookie).header("Accept", "text/html, */*").call()?;
        if response.status() != 200 {
            return Err(format!("{url}: {}", response.status()).into());
        }
        let bytes = response.body_mut().with_config().limit(1 << 30).read_to_vec()?.len();
        told(name, started, bytes);
        Ok(bytes)
    }
}

fn told(name: &str, started: Instant, bytes: usize) {
    println!("  {name:44} {:9.2} {:39} bytes", started.elapsed().as_secs_f64(), bytes);
}
