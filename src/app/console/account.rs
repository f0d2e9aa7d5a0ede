//! The own account: its password, its sessions, its second factor.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards::Modules;
use identity::{PasswordParams, SharedSecret};
use secrecy::SecretString;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::attempts::Caller;
use super::navigation::Page;
use super::routing::{posting, read, reading};
use super::session::{AccountHolder, SignedIn};
use super::sign_in::wait;
use super::{Console, answer, blocking, own_form};
use crate::accounts::{passwords, second_factor};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::words::Saying;

/// The addresses of the own account.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(reading("/account").route(read().to(page)))
        .service(posting("/account/password").route(web::post().to(change_password)))
        .service(posting("/account/sign-out-everywhere").route(web::post().to(sign_out_everywhere)))
        .service(reading("/account/second-factor").route(read().to(second_factor_page)))
        .service(posting("/account/second-factor/{verb:begin|confirm|codes|remove}").route(web::post().to(change_second_factor)));
}

/// What is known of an account, for its owner.
struct Known {
    sessions: u32,
    codes_left: u32,
    waiting: Option<SharedSecret>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    page: Page,
    role: &'static str,
    /// The key of what the role may do.
    may: &'static str,
    /// The unit of a partner.
    unit: Option<String>,
    /// More than this one.
    sessions: u32,
    second_factor: bool,
    codes_left: u32,
    notice: Option<&'static str>,
    problem: Option<&'a Problem>,
    shortest: usize,
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// The keys of what the pages say after an action, by its name in the address.
const DONE: &[(&str, &str)] = &[("password", "account-did-password"), ("no-second-factor", "factor-did-remove")];

fn notice(query: Option<Query<Done>>) -> Option<&'static str> {
    let done = query?.into_inner().done?;
    DONE.iter().find(|(name, _)| *name == done).map(|(_, key)| *key)
}

/// `GET /account`.
async fn page(who: AccountHolder, console: Data<Console>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    show(&who.0, &console, notice(query), None).await
}

async fn known(who: &SignedIn, console: &Console) -> Result<Known, Problem> {
    let id = who.id;
    blocking(console, move |installation| {
        let identity = &installation.identity;
        Ok(Known {
            sessions: identity.sessions_of(id, installation.clock.now())?,
            codes_left: identity.recovery_codes_left(id)?,
            waiting: identity.waiting_second_factor(id)?,
        })
    })
    .await
}

async fn show(who: &SignedIn, console: &Console, notice: Option<&'static str>, problem: Option<&Problem>) -> Result<HttpResponse, Problem> {
    let known = known(who, console).await?;
    let page = AccountPage {
        page: Page::of(who, "/account"),
        role: who.role.keys().0,
        may: who.role.keys().1,
        unit: who.must_be_partner().ok().map(ToString::to_string),
        sessions: known.sessions.saturating_sub(1),
        second_factor: who.second_factor,
        codes_left: known.codes_left,
        notice,
        problem,
        shortest: passwords::SHORTEST,
    };
    answer::page(problem.map_or(StatusCode::OK, |problem| problem.code.status()), &page)
}

/// The form for another password.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// `POST /account/password`: another password; all other sessions end.
async fn change_password(
    who: AccountHolder,
    console: Data<Console>,
    request: HttpRequest,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Problem> {
    let who = who.0;
    own_form(&request, &console)?;
    let PasswordForm { token, current, new, again } = form.into_inner();
    who.form_token().check(&token)?;
    let (current, new, again) = (SecretString::from(current), SecretString::from(new), SecretString::from(again));
    let changed = async {
        prove(&who, &console, current).await?;
        let hash = hashed(&console, new, again, &[&who.login]).await?;
        let (id, but) = (who.id, who.token.hash());
        blocking(&console, move |installation| Ok(installation.identity.change_password(id, &hash, Some(&but))?)).await
    };
    match changed.await {
        Ok(()) => Ok(answer::see_other("/account?done=password")),
        Err(problem) => again_with(&who, &console, &request, problem).await,
    }
}

/// Shows the own account with what was wrong, to somebody who reads pages.
async fn again_with(who: &SignedIn, console: &Console, request: &HttpRequest, problem: Problem) -> Result<HttpResponse, Problem> {
    let of_form = matches!(problem.code, Code::AccountRefused | Code::SignInFailed | Code::TooManyAttempts);
    if of_form && answer::reads_pages(request.headers()) { show(who, console, None, Some(&problem)).await } else { Err(problem) }
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    #[serde(default)]
    token: String,
}

/// `POST /account/sign-out-everywhere`: all sessions of the account end, this one too.
async fn sign_out_everywhere(
    who: AccountHolder,
    console: Data<Console>,
    request: HttpRequest,
    form: Form<TokenForm>,
) -> Result<HttpResponse, Problem> {
    own_form(&request, &console)?;
    who.0.form_token().check(&form.token)?;
    let id = who.0.id;
    blocking(&console, move |installation| Ok(installation.identity.end_sessions(id)?)).await?;
    let mut response = answer::see_other("/sign-in");
    response.add_cookie(&console.cookie.cleared()).map_err(|e| Problem::internal(&e))?;
    Ok(response)
}

/// Makes sure that whoever holds the session knows the password, too. Failures count against the session, so that a stolen one guesses in vain.
pub(super) async fn prove(who: &SignedIn, console: &Console, password: SecretString) -> Result<(), Problem> {
    let caller = Caller::Known(who.token.hash());
    let installation = console.installation.clone();
    console.attempts.count(&who.login, caller, installation.clock.now()).map_err(wait)?;
    let turn = console.verifying.clone().acquire_owned().await.map_err(|e| Problem::internal(&e))?;
    let id = who.id;
    let fits = blocking(console, move |installation| {
        let account = installation.identity.account(id)?;
        let fits = PasswordParams::default().verify(&password, account.as_ref().and_then(|account| account.password_hash.as_ref()));
        drop(turn);
        Ok(fits)
    })
    .await?;
    if !fits {
        return Err(Problem::said(Code::SignInFailed, Saying::key("account-wrong-password")));
    }
    console.attempts.forget(&who.login, caller);
    Ok(())
}

/// Checks a new password, typed twice, and hashes it.
pub(super) async fn hashed(
    console: &Console,
    new: SecretString,
    again: SecretString,
    names: &[&str],
) -> Result<identity::PasswordHash, Problem> {
    use secrecy::ExposeSecret;
    let refused = |key| Err(Problem::said(Code::AccountRefused, Saying::key(key)));
    if new.expose_secret() != again.expose_secret() {
        return refused("password-not-the-same");
    }
    let mut all: Vec<&str> = names.to_vec();
    all.push(&console.installation.config.organisation);
    if let Err(weak) = passwords::check(&new, &all) {
        return refused(match weak {
            passwords::Weak::Short => "password-short",
            passwords::Weak::Long => "password-long",
            passwords::Weak::Guessed => "password-guessed",
            passwords::Weak::Named => "password-named",
            passwords::Weak::Monotonous => "password-monotonous",
        });
    }
    let turn = console.verifying.clone().acquire_owned().await.map_err(|e| Problem::internal(&e))?;
    blocking(console, move |_| {
        let hash = PasswordParams::default().hash(&new, &mut rand::rng());
        drop(turn);
        Ok(hash?)
    })
    .await
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage<'a> {
    page: Page,
    /// Whether it is in use.
    in_use: bool,
    /// Whether this account must have one before it can do anything else.
    needed: bool,
    codes_left: u32,
    /// What is to be taken over into an app: the secret as text, and as the rows of a code.
    waiting: Option<Waiting>,
    problem: Option<&'a Problem>,
}

/// A secret that waits to be confirmed.
struct Waiting {
    typed: Zeroizing<String>,
    code: Drawn,
}

/// A QR code as one path of an SVG.
struct Drawn {
    /// Squares of a side, with the quiet zone.
    side: usize,
    path: Zeroizing<String>,
}

impl Drawn {
    /// Squares around the code that stay white (ISO/IEC 18004).
    const QUIET: usize = 4;

    fn of(modules: &Modules) -> Self {
        let mut path = Zeroizing::new(String::new());
        for (place, _) in modules.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (row, column) = (place / modules.side.max(1), place % modules.side.max(1));
            path.push_str(&format!("M{} {}h1v1h-1z", column + Self::QUIET, row + Self::QUIET));
        }
        Self { side: modules.side + 2 * Self::QUIET, path }
    }
}

/// `GET /account/second-factor`.
async fn second_factor_page(who: AccountHolder, console: Data<Console>) -> Result<HttpResponse, Problem> {
    show_second_factor(&who.0, &console, None).await
}

async fn show_second_factor(who: &SignedIn, console: &Console, problem: Option<&Problem>) -> Result<HttpResponse, Problem> {
    let known = known(who, console).await?;
    let waiting = known.waiting.map(|secret| waiting(&secret, &who.login, &console.installation)).transpose()?;
    let page = SecondFactorPage {
        page: Page::of(who, "/account"),
        in_use: who.second_factor,
        needed: who.lacks_second_factor(),
        codes_left: known.codes_left,
        waiting,
        problem,
    };
    answer::page(problem.map_or(StatusCode::OK, |problem| problem.code.status()), &page)
}

fn waiting(secret: &SharedSecret, login: &str, installation: &Installation) -> Result<Waiting, Problem> {
    let uri = second_factor::uri(secret, login, &installation.config.organisation);
    let modules = cards::modules(&uri).map_err(|e| Problem::internal(&e))?;
    Ok(Waiting { typed: second_factor::typed(secret), code: Drawn::of(&modules) })
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct RecoveryCodesPage {
    page: Page,
    codes: Vec<Zeroizing<String>>,
}

/// The forms of the second factor's page.
#[derive(Deserialize)]
pub(super) struct FactorForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// `POST /account/second-factor/{verb}`.
async fn change_second_factor(
    who: AccountHolder,
    console: Data<Console>,
    request: HttpRequest,
    verb: Path<String>,
    form: Form<FactorForm>,
) -> Result<HttpResponse, Problem> {
    let who = who.0;
    own_form(&request, &console)?;
    let FactorForm { token, password, code } = form.into_inner();
    who.form_token().check(&token)?;
    let password = SecretString::from(password);
    let done = match verb.as_str() {
        "begin" => begin(&who, &console).await,
        "confirm" => confirm(&who, &console, password, code).await,
        "codes" => fresh_codes(&who, &console, password).await,
        _ => remove(&who, &console, password).await,
    };
    match done {
        Err(problem) if answer::reads_pages(request.headers()) && problem.code != Code::Unavailable && problem.code != Code::Internal => {
            show_second_factor(&who, &console, Some(&problem)).await
        }
        done => done,
    }
}

async fn begin(who: &SignedIn, console: &Console) -> Result<HttpResponse, Problem> {
    if who.second_factor {
        return Err(Problem::said(Code::AccountRefused, Saying::key("factor-is-there")));
    }
    let id = who.id;
    let secret = second_factor::secret(&mut rand::rng());
    blocking(console, move |installation| Ok(installation.identity.begin_second_factor(id, &secret)?)).await?;
    Ok(answer::see_other("/account/second-factor"))
}

async fn confirm(who: &SignedIn, console: &Console, password: SecretString, code: String) -> Result<HttpResponse, Problem> {
    prove(who, console, password).await?;
    let wrong = || Problem::said(Code::AccountRefused, Saying::key("factor-wrong-code"));
    let id = who.id;
    let codes = second_factor::recovery_codes(&mut rand::rng());
    let hashes: Vec<[u8; 32]> = codes.iter().filter_map(|code| second_factor::recovery_hash(code)).collect();
    let confirmed = blocking(console, move |installation| {
        let Some(secret) = installation.identity.waiting_second_factor(id)? else { return Ok(false) };
        let Some(step) = second_factor::step(&secret, &code, installation.clock.now()) else { return Ok(false) };
        Ok(installation.identity.confirm_second_factor(id, &secret, step, &hashes)?)
    })
    .await?;
    if confirmed { show_codes(who, codes) } else { Err(wrong()) }
}

async fn fresh_codes(who: &SignedIn, console: &Console, password: SecretString) -> Result<HttpResponse, Problem> {
    if !who.second_factor {
        return Err(Problem::said(Code::AccountRefused, Saying::key("factor-is-missing")));
    }
    prove(who, console, password).await?;
    let id = who.id;
    let codes = second_factor::recovery_codes(&mut rand::rng());
    let hashes: Vec<[u8; 32]> = codes.iter().filter_map(|code| second_factor::recovery_hash(code)).collect();
    blocking(console, move |installation| Ok(installation.identity.replace_recovery_codes(id, &hashes)?)).await?;
    show_codes(who, codes)
}

fn show_codes(who: &SignedIn, codes: Vec<Zeroizing<String>>) -> Result<HttpResponse, Problem> {
    answer::page(StatusCode::OK, &RecoveryCodesPage { page: Page::of(who, "/account"), codes })
}

async fn remove(who: &SignedIn, console: &Console, password: SecretString) -> Result<HttpResponse, Problem> {
    prove(who, console, password).await?;
    let id = who.id;
    blocking(console, move |installation| Ok(installation.identity.remove_second_factor(id)?)).await?;
    Ok(answer::see_other("/account?done=no-second-factor"))
}
