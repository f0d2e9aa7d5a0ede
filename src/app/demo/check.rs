//! `candor demo --check`: the life of a wave over HTTP without a browser, every count compared with every other.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use awc::Client;
use awc::cookie::Cookie;
use domain::WaveId;
use protocol::{Board, FrozenManifest};
use release::Release;

use super::answering::{self, Visit};
use super::history::Scene;
use super::organisation::Behaviour;
use super::place::Place;
use crate::cli::terminal::say;
use crate::lifecycle;
use crate::server::{Application, Audience};

/// Collects what holds and what does not.
#[derive(Default)]
struct Findings {
    wrong: Vec<String>,
}

impl Findings {
    fn expect(&mut self, what: &str, holds: bool) {
        if holds {
            say!("ok  {what}");
        } else {
            say!("NOT {what}");
            self.wrong.push(what.to_owned());
        }
    }

    fn equal<T: PartialEq + std::fmt::Display>(&mut self, what: &str, left: T, right: T) {
        let holds = left == right;
        self.expect(&if holds { format!("{what}: {left}") } else { format!("{what}: {left} is not {right}") }, holds);
    }
}

/// Drives the running wave of the demo to its end and compares all counts of all waves.
///
/// # Errors
/// What does not hold.
pub(super) async fn check(place: &Place, scene: &Scene) -> Result<(), String> {
    let mut findings = Findings::default();
    let installation = place.installation_now()?;
    let (respondents, console) = place.listeners()?;
    let application = Application::build(&installation, respondents, console, Audience::Demo)
        .and_then(|application| application.with_worker(&installation))
        .map_err(text)?;
    let handles = application.handles();
    let serving = actix_web::rt::spawn(application.run());
    let driven = drive(place, scene, &mut findings).await;
    for handle in handles {
        handle.stop(true).await;
    }
    serving.await.map_err(text)?.map_err(text)?;
    let last_answers = driven?;
    let mut answered = scene.answered.clone();
    *answered.entry(scene.running.clone()).or_default() += last_answers;
    compare(place, &answered, &mut findings)?;
    if findings.wrong.is_empty() { Ok(()) } else { Err(format!("{} check(s) failed: {}", findings.wrong.len(), findings.wrong.join("; "))) }
}

/// Answers as the people who are left, then closes, opens and publishes as HR. How many answered.
async fn drive(place: &Place, scene: &Scene, findings: &mut Findings) -> Result<usize, String> {
    let respondents = &place.config().respondents.url;
    let wave = &scene.running;
    let client = Client::default();
    let page = get(&client, &format!("{respondents}/w/{wave}/"), None).await?;
    findings.expect("the survey page is served", page.0 == StatusCode::OK && page.1.contains("integrity=\"sha256-"));
    let links: Vec<String> = place.outbox().newest(usize::MAX).iter().filter_map(|mail| mail.link.clone()).collect();
    findings.expect("mails with personal links are waiting for the newcomer", !links.is_empty());
    let visits: Vec<Visit> = links
        .iter()
        .take(10)
        .map(|link| Visit { link: link.clone(), behaviour: Behaviour { answers: vec![5; 12], level: 0, comments: Vec::new() } })
        .collect();
    let receipts = answering::answer_all(respondents, wave, visits, || {}).await?;
    findings.equal("people who answered now", receipts.len(), links.len().min(10));
    if let Some(used) = links.first() {
        let second = Visit { link: used.clone(), behaviour: Behaviour { answers: vec![1; 12], level: 0, comments: Vec::new() } };
        let again = answering::answer_all(respondents, wave, vec![second], || {}).await;
        findings.expect("a used link takes no second answer", again.is_err_and(|refusal| refusal.contains("already used")));
    }
    let mut hr = SignedIn::sign_in(place, scene, "hr").await?;
    for (verb, state) in [("close", "closed"), ("open", "opened"), ("publish", "published")] {
        let status = hr.press(&format!("/rounds/{wave}/{verb}")).await?;
        findings.expect(&format!("HR presses {verb}"), status == StatusCode::SEE_OTHER);
        let installation = place.installation_now()?;
        findings.equal("the round is now", installation.state(wave).map_err(text)?.as_str(), state);
        if verb == "close" {
            let board: Board =
                serde_json::from_str(&get(&client, &format!("{respondents}/w/{wave}/board"), None).await?.1).map_err(text)?;
            findings.expect("every receipt is on the public list", receipts.iter().all(|receipt| board.contains(&receipt.leaf)));
        }
        if verb != "publish" {
            let result = hr.read(&format!("/organisation/{wave}")).await?;
            findings.expect("nobody reads a number before the publication", result.0 == StatusCode::NOT_FOUND);
        }
    }
    let result = hr.read(&format!("/organisation/{wave}")).await?;
    findings.expect("HR reads the organisation's result", result.0 == StatusCode::OK && result.1.contains("of 100"));
    for account in scene.accounts.iter().filter(|account| account.login != "hr") {
        let login = account.login;
        let mut session = SignedIn::sign_in(place, scene, login).await?;
        let (own, says) = account.own_page(wave);
        let page = session.read(&own).await?;
        findings.expect(&format!("{login} reads {own}"), page.0 == StatusCode::OK && page.1.contains(says));
        let organisation = session.read(&format!("/organisation/{wave}")).await?;
        findings.expect(&format!("{login} does not read the organisation's page"), organisation.0.is_client_error());
    }
    Ok(receipts.len())
}

/// Compares the counts of every published wave: people who answered, issued, spent, leaves of the board, n over the blocks.
fn compare(place: &Place, answered: &BTreeMap<WaveId, usize>, findings: &mut Findings) -> Result<(), String> {
    let installation = place.installation_now()?;
    for (wave, answered) in answered {
        let answered = u32::try_from(*answered).unwrap_or(u32::MAX);
        let record = installation.ballot_side(wave).map_err(text)?;
        let manifest = FrozenManifest::read(record.manifest).map_err(text)?;
        let board: Board = serde_json::from_slice(&record.board.ok_or_else(|| format!("{wave} has no board"))?).map_err(text)?;
        findings.expect(&format!("{wave}: the board's root and signature hold"), board.verify(&manifest).is_ok());
        let past = lifecycle::past_waves(&installation, Some(wave)).map_err(text)?;
        let Some(release::reading::PastWave::Published(published)) = past.last() else { return Err(format!("{wave} is not published")) };
        let release: &Release = &published.release;
        findings.equal(&format!("{wave}: issued"), board.issued, answered);
        findings.equal(&format!("{wave}: spent"), board.spent, answered);
        findings.equal(&format!("{wave}: leaves of the board"), u32::try_from(board.leaves.len()).unwrap_or(u32::MAX), answered);
        let placed: u32 = release.base.blocks.iter().map(|block| block.n).sum();
        findings.equal(
            &format!("{wave}: n over the blocks, unreadable and unplaced"),
            placed + release.counts.invalid + release.counts.unplaced,
            answered,
        );
        findings.expect(&format!("{wave}: no block is smaller than k"), release.base.blocks.iter().all(|block| block.n >= release.base.k));
        findings.expect(&format!("{wave}: the key file is gone"), !installation.keys.path(wave).exists());
    }
    Ok(())
}

/// A session of the console.
struct SignedIn {
    client: Client,
    origin: String,
    cookie: Cookie<'static>,
}

impl SignedIn {
    async fn sign_in(place: &Place, scene: &Scene, login: &str) -> Result<Self, String> {
        let origin = place.config().console.url.clone();
        let account = scene.accounts.iter().find(|a| a.login == login).ok_or_else(|| format!("no account {login}"))?;
        let client = Client::builder().disable_redirects().finish();
        let response = client
            .post(format!("{origin}/sign-in"))
            .insert_header(("Origin", origin.clone()))
            .send_form(&[("login", account.login), ("password", account.password.as_str())])
            .await
            .map_err(text)?;
        let cookie = response
            .cookies()
            .map_err(text)?
            .first()
            .cloned()
            .ok_or_else(|| format!("{login} could not sign in: {}", response.status()))?;
        Ok(Self { client, origin, cookie: cookie.into_owned() })
    }

    async fn read(&mut self, path: &str) -> Result<(StatusCode, String), String> {
        get(&self.client, &format!("{}{path}", self.origin), Some(&self.cookie)).await
    }

    /// Presses a button of the round's page: takes the form's token from the page, then posts.
    async fn press(&mut self, path: &str) -> Result<StatusCode, String> {
        let page = path.rsplit_once('/').map_or(path, |(above, _)| above).to_owned();
        let (_, html) = self.read(&page).await?;
        let token = html
            .split_once("name=\"token\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(token, _)| token.to_owned())
            .ok_or_else(|| format!("{page} has no form"))?;
        let response = self
            .client
            .post(format!("{}{path}", self.origin))
            .insert_header(("Origin", self.origin.clone()))
            .cookie(self.cookie.clone())
            .send_form(&[("token", token.as_str()), ("confirm", "yes")])
            .await
            .map_err(text)?;
        Ok(response.status())
    }
}

async fn get(client: &Client, url: &str, cookie: Option<&Cookie<'static>>) -> Result<(StatusCode, String), String> {
    let mut request = client.get(url).insert_header(("Accept", "text/html"));
    if let Some(cookie) = cookie {
        request = request.cookie(cookie.clone());
    }
    let mut response = request.send().await.map_err(text)?;
    let body = response.body().limit(8 << 20).await.map_err(text)?;
    Ok((response.status(), String::from_utf8_lossy(&body).into_owned()))
}

fn text(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
