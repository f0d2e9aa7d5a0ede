//! Signing in and out.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use identity::{IdentityError, PasswordParams};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::language::Speaking;
use super::session::{self, SignedIn, people_side};
use super::token::{LIFETIME, SessionToken};
use super::{Console, answer, own_form};
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
}

/// `GET /sign-in`.
pub(super) async fn page(speaking: Speaking, console: Data<Console>) -> Result<HttpResponse, Problem> {
    answer::page(StatusCode::OK, &SignInPage { page: speaking, problem: None, login: "", demo: console.demo })
}

/// The form of the sign-in page.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    login: String,
    password: String,
}

/// `POST /sign-in`: a new session, whatever the browser had before.
pub(super) async fn sign_in(request: HttpRequest, console: Data<Console>, form: Form<SignInForm>) -> Result<HttpResponse, Problem> {
    let SignInForm { login, password } = form.into_inner();
    let password = SecretString::from(password);
    own_form(&request, &console)?;
    match verified(&request, &console, &login, password).await {
        Ok(token) => Ok(HttpResponse::SeeOther().insert_header((LOCATION, "/")).cookie(console.cookie.carrying(&token)).finish()),
        Err(problem) if answer::reads_pages(request.headers()) && matches!(problem.code, Code::SignInFailed | Code::TooManyAttempts) => {
            console.installation.vitals.console_answered(problem.code);
            let page = Speaking::of(&request).or_back_to("/sign-in");
            let page = SignInPage { page, problem: Some(&problem), login: &login, demo: console.demo };
            Ok(problem.answer("text/html; charset=utf-8", page.render().map_err(|e| Problem::internal(&e))?))
        }
        Err(problem) => Err(problem),
    }
}

/// Verifies name and password and starts the session.
async fn verified(request: &HttpRequest, console: &Console, login: &str, password: SecretString) -> Result<SessionToken, Problem> {
    let installation = console.installation.clone();
    console.attempts.count(login, installation.clock.now()).map_err(wait)?;
    if login.len() > LONGEST || password.expose_secret().len() > LONGEST {
        return Err(unknown());
    }
    let before = session::presented(request, console);
    let turn = console.verifying.clone().acquire_owned().await.map_err(|e| Problem::internal(&e))?;
    let (name, token) = (login.to_owned(), SessionToken::generate());
    let hash = token.hash();
    let signed_in = web::block(move || {
        let account = installation.identity.account_by_login(&name)?;
        let fits = PasswordParams::default().verify(&password, account.as_ref().and_then(|account| account.password_hash.as_ref()));
        drop(turn);
        let Some(account) = account.filter(|_| fits) else { return Ok(false) };
        if let Some(before) = before {
            installation.identity.delete_session(&before.hash())?;
        }
        installation.identity.create_session(&hash, account.id, installation.clock.now().plus(LIFETIME))?;
        Ok(true)
    });
    if signed_in.await.map_err(|e| Problem::internal(&e))?.map_err(|e: IdentityError| people_side(&e))? {
        console.attempts.forget(login);
        Ok(token)
    } else {
        Err(unknown())
    }
}

/// One answer for an unknown name and for a wrong password.
fn unknown() -> Problem {
    Problem::said(Code::SignInFailed, Saying::key("detail-sign-in-failed"))
}

fn wait(span: Duration) -> Problem {
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
    who: SignedIn,
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
