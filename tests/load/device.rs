//! One respondent's device: a keep-alive connection to the respondents' listener, and one try per call.

use std::time::Duration;

use protocol::wire::{Answer, CONTENT_TYPE, Kind, Outcome, REQUEST_SIZE};
use protocol::{ManifestHash, Respondent};
use ureq::Agent;

/// After how long a request counts as lost; the browser's client waits as long.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why the same request is to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Later {
    /// No answer of the protocol arrived.
    Lost,
    /// The server asked to wait.
    Busy(Option<Duration>),
    /// The server could not answer.
    Internal,
}

/// What came of one try.
pub(crate) enum Tried {
    /// The bytes of an answer that is final: what was asked for, or a refusal.
    Answered(Vec<u8>),
    /// To be sent again; the same rules as in `src/client/src/box.ts`.
    Later(Later),
}

/// A browser without a screen.
pub(crate) struct Device {
    agent: Agent,
    base: String,
}

impl Device {
    /// A device that opened `base`, which is `http://host:port/w/wave`.
    pub(crate) fn new(base: &str) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).timeout_global(Some(TIMEOUT)).build().into();
        Self { agent, base: base.to_owned() }
    }

    /// Reads the promise sheet that a link names.
    ///
    /// # Errors
    /// [`Later::Lost`] when it did not arrive.
    pub(crate) fn manifest(&self, expected: &ManifestHash) -> Result<Respondent, Later> {
        let bytes = self.get("manifest").ok_or(Later::Lost)?;
        // Bytes of another promise sheet are somebody's error page here; a wrong one would never become right.
        Respondent::open(bytes, expected).map_err(|_| Later::Lost)
    }

    /// Reads a public address of the wave; `None` unless it came with status 200.
    pub(crate) fn get(&self, what: &str) -> Option<Vec<u8>> {
        let mut response = self.agent.get(format!("{}/{what}", self.base)).call().ok()?;
        let body = response.body_mut().read_to_vec().ok()?;
        (response.status() == 200).then_some(body)
    }

    /// Sends one request of the protocol once.
    pub(crate) fn post(&self, kind: Kind, request: &[u8], response_size: u32) -> Tried {
        assert_eq!(request.len(), REQUEST_SIZE);
        let Ok(mut response) = self.agent.post(format!("{}/box", self.base)).content_type(CONTENT_TYPE).send(request) else {
            return Tried::Later(Later::Lost);
        };
        let wait = response.headers().get("retry-after").and_then(|v| v.to_str().ok()?.parse().ok()).map(Duration::from_secs);
        let Ok(body) = response.body_mut().read_to_vec() else { return Tried::Later(Later::Lost) };
        match Answer::parse(kind, &body, response_size) {
            // Somebody's error page between us and the server.
            Ok(answer) if answer.http_status() != response.status().as_u16() => Tried::Later(Later::Lost),
            Ok(Answer::Refused(Outcome::Busy | Outcome::TooManyRequests)) => Tried::Later(Later::Busy(wait)),
            Ok(Answer::Refused(Outcome::Internal)) => Tried::Later(Later::Internal),
            Ok(_) => Tried::Answered(body),
            Err(_) => Tried::Later(Later::Lost),
        }
    }
}
