//! Employees of the demo, answering over HTTP with the real credential and sealing.

use std::cell::RefCell;
use std::rc::Rc;

use awc::Client;
use domain::WaveId;
use protocol::link::read_respondent_link;
use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE};
use protocol::{Answer, Ballot, Comment, Level, LinkSecret, ManifestHash, Receipt, Respondent};

use super::organisation::Behaviour;

/// How many people answer at once.
const AT_ONCE: usize = 8;

/// One person's link and what they do with it.
pub(super) struct Visit {
    /// The personal link as it stood in the mail.
    pub link: String,
    /// What the person answers.
    pub behaviour: Behaviour,
}

/// Lets everybody answer; every receipt is verified.
///
/// # Errors
/// The first thing that went wrong for anybody.
pub(super) async fn answer_all(
    origin: &str,
    wave: &WaveId,
    visits: Vec<Visit>,
    done: impl FnMut() + 'static,
) -> Result<Vec<Receipt>, String> {
    let client = Client::builder().timeout(std::time::Duration::from_secs(30)).finish();
    let base = format!("{origin}/w/{wave}");
    let Some(first) = visits.first() else { return Ok(Vec::new()) };
    let (expected, _) = parts_of(&first.link)?;
    let manifest = client.get(format!("{base}/manifest")).send().await.map_err(text)?.body().limit(1 << 20).await.map_err(text)?;
    let respondent = Respondent::open(manifest.to_vec(), &expected).map_err(text)?;
    let queue = Rc::new(RefCell::new(visits.into_iter()));
    let receipts = Rc::new(RefCell::new(Vec::new()));
    let tell = Rc::new(RefCell::new(done));
    let mut people = Vec::new();
    for _ in 0..AT_ONCE {
        let (client, base, respondent, queue, receipts, tell) =
            (client.clone(), base.clone(), respondent.clone(), queue.clone(), receipts.clone(), tell.clone());
        people.push(actix_web::rt::spawn(async move {
            loop {
                let next = queue.borrow_mut().next();
                let Some(visit) = next else { return Ok::<(), String>(()) };
                let receipt = answer(&client, &base, &respondent, &visit).await?;
                receipts.borrow_mut().push(receipt);
                (tell.borrow_mut())();
            }
        }));
    }
    for person in people {
        person.await.map_err(text)??;
    }
    let receipts = receipts.borrow().clone();
    Ok(receipts)
}

async fn answer(client: &Client, base: &str, respondent: &Respondent, visit: &Visit) -> Result<Receipt, String> {
    let (hash, secret) = parts_of(&visit.link)?;
    if hash != respondent.manifest().hash() {
        return Err("two mails of one round name different promise sheets".to_owned());
    }
    let group = respondent.verify_leaf(&post(client, base, respondent.leaf_request(&secret)).await?).map_err(text)?;
    let prepared = respondent.prepare(&secret, &group, &ballot(&visit.behaviour)?, &mut rand::rng()).map_err(text)?;
    let redeem = prepared.redeem_request(&post(client, base, prepared.issue_request()).await?).map_err(text)?;
    prepared.receipt(&post(client, base, redeem).await?).map_err(text)
}

fn ballot(behaviour: &Behaviour) -> Result<Ballot, String> {
    let level = match behaviour.level {
        0 => Level::Group,
        1 => Level::Unit,
        2 => Level::Organisation,
        other => return Err(format!("{other} is no level")),
    };
    let answers = behaviour
        .answers
        .iter()
        .map(|answer| match answer {
            0 => Answer::Blank,
            255 => Answer::CannotSay,
            point => Answer::Point(*point),
        })
        .collect();
    let comments = behaviour.comments.iter().map(|comment| Comment::new(comment)).collect::<Result<_, _>>().map_err(text)?;
    Ok(Ballot { level, answers, comments })
}

/// The manifest hash and the secret of a personal link.
pub(super) fn parts_of(link: &str) -> Result<(ManifestHash, LinkSecret), String> {
    read_respondent_link(link).ok_or_else(|| format!("{link} is no personal link"))
}

async fn post(client: &Client, base: &str, body: Vec<u8>) -> Result<Vec<u8>, String> {
    debug_assert_eq!(body.len(), REQUEST_SIZE);
    let mut response = client.post(format!("{base}/box")).content_type(CONTENT_TYPE).send_body(body).await.map_err(text)?;
    Ok(response.body().limit(1 << 20).await.map_err(text)?.to_vec())
}

fn text(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
