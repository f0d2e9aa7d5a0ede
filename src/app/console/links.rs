//! `/link/{secret}`: where the owner of an account sets its password once, by an invitation or a reset. There is no session: whoever holds the
//! link may. The secret stands in the address, so this page sends no referrer, and nothing logs it.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use identity::Account;
use secrecy::SecretString;
use serde::Deserialize;

use super::language::Speaking;
use super::routing::{read, taking_forms};
use super::token::{KNOWN, SessionToken};
use super::{Console, account, answer, blocking, own_form};
use crate::accounts::link::LinkSecret;
use crate::accounts::passwords;
use crate::error::{Code, Problem};
use crate::words::Saying;

/// Where the addresses of one-time links begin. Every answer there is without a referrer ([`answer::explain_failures`]).
pub(super) const BELOW: &str = "/link/";

/// The address of one-time links.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(taking_forms("/link/{secret}").route(read().to(page)).route(web::post().to(set_password)));
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage<'a> {
    page: Speaking,
    login: String,
    problem: Option<&'a Problem>,
    shortest: usize,
}

/// The form of the page.
#[derive(Deserialize)]
pub(super) struct SetForm {
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// One answer for a link that never was one, was used, or has expired.
fn gone() -> Problem {
    Problem::said(Code::LinkGone, Saying::key("detail-link-gone"))
}

async fn owner(console: &Console, secret: &LinkSecret) -> Result<Account, Problem> {
    let hash = secret.hash();
    let found = blocking(console, move |installation| Ok(installation.identity.account_of_link(&hash, installation.clock.now())?)).await?;
    found.ok_or_else(gone)
}

/// `GET /link/{secret}`: asks for the new password. Looking uses nothing up, because programs that check links in mails look too.
async fn page(speaking: Speaking, console: Data<Console>, secret: Path<String>) -> Result<HttpResponse, Problem> {
    let secret = LinkSecret::parse(&secret).ok_or_else(gone)?;
    let account = owner(&console, &secret).await?;
    show(speaking, account.login, None)
}

fn show(speaking: Speaking, login: String, problem: Option<&Problem>) -> Result<HttpResponse, Problem> {
    let page = LinkPage { page: speaking, login, problem, shortest: passwords::SHORTEST };
    answer::page(problem.map_or(StatusCode::OK, |problem| problem.code.status()), &page)
}

/// `POST /link/{secret}`: sets the password, uses the link up, ends all sessions of the account, and makes this browser known to it.
async fn set_password(
    console: Data<Console>,
    request: HttpRequest,
    secret: Path<String>,
    form: Form<SetForm>,
) -> Result<HttpResponse, Problem> {
    own_form(&request, &console)?;
    let secret = LinkSecret::parse(&secret).ok_or_else(gone)?;
    let account = owner(&console, &secret).await?;
    let SetForm { new, again } = form.into_inner();
    let hash = match account::hashed(&console, SecretString::from(new), SecretString::from(again), &[&account.login]).await {
        Ok(hash) => hash,
        Err(problem) if problem.code == Code::AccountRefused && answer::reads_pages(request.headers()) => {
            return show(Speaking::of(&request), account.login, Some(&problem));
        }
        Err(problem) => return Err(problem),
    };
    let device = SessionToken::generate();
    let (link, known, id) = (secret.hash(), device.hash(), account.id);
    let set = blocking(&console, move |installation| {
        let now = installation.clock.now();
        let set = installation.identity.use_account_link(&link, &hash, now)?;
        if set {
            installation.identity.remember_device(&known, id, now.plus(KNOWN))?;
        }
        Ok(set)
    });
    if !set.await? {
        return Err(gone());
    }
    let mut response = answer::see_other("/sign-in?done=password");
    response.add_cookie(&console.cookie.knowing(&device)).map_err(|e| Problem::internal(&e))?;
    Ok(response)
}
