//! Signing in and out.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use identity::{IdentityError, PasswordParams};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::attempts::Caller;
use super::language::Speaking;
use super::session::{self, AccountHolder, people_side};
use super::token::{KNOWN, LIFETIME, SessionToken};
use super::{Console, answer, own_form};
use crate::accounts::second_factor;
use crate::error::{Code, Problem};
use crate::words::Saying;

/// The longest name and password that are looked at, in bytes.
const LONGEST: usize = 400;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    page: Speaking,
    problem: Option<&'a Problem>,
    login: &'a str,
    demo: bool,
    notice: Option<&'static str>,
}

/// What a finished action sends the browser here with.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /sign-in`. Whoever still carries a session that has ended is told so, because they did not ask for this page.
pub(super) async fn page(
    request: HttpRequest,
    speaking: Speaking,
    console: Data<Console>,
    query: Option<Query<Done>>,
) -> Result<HttpResponse, Problem> {
    let done = query.and_then(|query| query.into_inner().done);
    let notice = match session::presented(&request, &console) {
        _ if done.as_deref() == Some("password") => Some("sign-in-did-password"),
        Some(token) if session::has_ended(&console, &token).await => Some("sign-in-ended"),
        _ => None,
    };
    answer::page(StatusCode::OK, &SignInPage { page: speaking, problem: None, login: "", demo: console.demo, notice })
}

/// The form of the sign-in page.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    login: String,
    password: String,
    /// The code of the second factor; empty where there is none.
    #[serde(default)]
    code: String,
}

/// `POST /sign-in`: a new session, whatever the browser had before.
pub(super) async fn sign_in(request: HttpRequest, console: Data<Console>, form: Form<SignInForm>) -> Result<HttpResponse, Problem> {
    let SignInForm { login, password, code } = form.into_inner();
    let password = SecretString::from(password);
    own_form(&request, &console)?;
    match verified(&request, &console, &login, password, code).await {
        Ok(Started { session, device }) => {
            let mut response = answer::see_other("/");
            response.add_cookie(&console.cookie.carrying(&session)).map_err(|e| Problem::internal(&e))?;
            if let Some(device) = device {
                response.add_cookie(&console.cookie.knowing(&device)).map_err(|e| Problem::internal(&e))?;
            }
            Ok(response)
        }
        Err(problem) if answer::reads_pages(request.headers()) && matches!(problem.code, Code::SignInFailed | Code::TooManyAttempts) => {
            console.installation.vitals.console_answered(problem.code);
            let page = Speaking::of(&request).or_back_to("/sign-in");
            let page = SignInPage { page, problem: Some(&problem), login: &login, demo: console.demo, notice: None };
            Ok(problem.answer("text/html; charset=utf-8", page.render().map_err(|e| Problem::internal(&e))?))
        }
        Err(problem) => Err(problem),
    }
}

/// What a successful sign-in gives the browser.
struct Started {
    session: SessionToken,
    /// By what the browser is known from now on, where it was not before.
    device: Option<SessionToken>,
}

/// Verifies name, password and second factor, and starts the session.
async fn verified(request: &HttpRequest, console: &Console, login: &str, password: SecretString, code: String) -> Result<Started, Problem> {
    let installation = console.installation.clone();
    let caller = caller(request, console, login).await?;
    console.attempts.count(login, caller, installation.clock.now()).map_err(wait)?;
    if login.len() > LONGEST || password.expose_secret().len() > LONGEST || code.len() > LONGEST {
        return Err(unknown());
    }
    let before = session::presented(request, console);
    let turn = console.verifying.clone().acquire_owned().await.map_err(|e| Problem::internal(&e))?;
    let (name, token) = (login.to_owned(), SessionToken::generate());
    let device = (caller == Caller::Unknown).then(SessionToken::generate);
    let (hash, known) = (token.hash(), device.as_ref().map(SessionToken::hash));
    let signed_in = web::block(move || {
        let identity = &installation.identity;
        let account = identity.account_by_login(&name)?;
        // The same work for a name that nobody has, and for an account that is disabled or waits for its first password.
        let fits = PasswordParams::default().verify(&password, account.as_ref().and_then(|account| account.password_hash.as_ref()));
        drop(turn);
        let Some(account) = account.filter(|account| fits && !account.disabled) else { return Ok(false) };
        let now = installation.clock.now();
        // A code is used up only behind the right password, so that nobody else can use up anybody's.
        if account.second_factor && second_factor::take(identity, account.id, &code, now)? == second_factor::Outcome::Wrong {
            return Ok(false);
        }
        if let Some(before) = before {
            identity.delete_session(&before.hash())?;
        }
        identity.create_session(&hash, account.id, now.plus(LIFETIME))?;
        if let Some(known) = known {
            identity.remember_device(&known, account.id, now.plus(KNOWN))?;
        }
        Ok(true)
    });
    if signed_in.await.map_err(|e| Problem::internal(&e))?.map_err(|e: IdentityError| people_side(&e))? {
        console.attempts.forget(login, caller);
        Ok(Started { session: token, device })
    } else {
        Err(unknown())
    }
}

/// Whether somebody has signed in with this name in this browser before.
async fn caller(request: &HttpRequest, console: &Console, login: &str) -> Result<Caller, Problem> {
    let Some(device) = request.cookie(console.cookie.known_name()).and_then(|cookie| SessionToken::parse(cookie.value())) else {
        return Ok(Caller::Unknown);
    };
    let (installation, hash) = (console.installation.clone(), device.hash());
    let known = web::block(move || installation.identity.device_login(&hash, installation.clock.now())).await;
    let known = known.map_err(|e| Problem::internal(&e))?.map_err(|e| people_side(&e))?;
    let same = known.is_some_and(|known| known == login.trim().to_lowercase());
    Ok(if same { Caller::Known(hash) } else { Caller::Unknown })
}

/// One answer for an unknown name and for a wrong password.
fn unknown() -> Problem {
    Problem::said(Code::SignInFailed, Saying::key("detail-sign-in-failed"))
}

/// How long somebody has to wait after too many attempts.
pub(super) fn wait(span: Duration) -> Problem {
    let seconds = span.as_secs().max(1);
    let saying = Saying::key("detail-too-many-attempts").and("minutes", seconds.div_ceil(60));
    Problem { retry_after: Some(seconds), ..Problem::said(Code::TooManyAttempts, saying) }
}

/// The form of the sign-out button.
#[derive(Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    token: String,
}

/// `POST /sign-out`: the session ends on both sides.
pub(super) async fn sign_out(
    AccountHolder(who): AccountHolder,
    request: HttpRequest,
    console: Data<Console>,
    form: Form<SignOutForm>,
) -> Result<HttpResponse, Problem> {
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let (installation, hash) = (console.installation.clone(), who.token.hash());
    web::block(move || installation.identity.delete_session(&hash))
        .await
        .map_err(|e| Problem::internal(&e))?
        .map_err(|e| people_side(&e))?;
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, "/sign-in")).cookie(console.cookie.cleared()).finish())
}
