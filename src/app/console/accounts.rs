//! The accounts of the installation: an administrator keeps all of them; HR invites leaders and partners.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use data_encoding::HEXLOWER;
use domain::{PersonId, TeamLabel};
use identity::{Account, AccountId, IdentityError, LinkMailStanding, NewAccount, Role};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::navigation::Page;
use super::offered::Offered;
use super::routing::{posting, read, reading, taking_forms};
use super::session::{self, SignedIn};
use super::{Console, acting, answer, own_form};
use crate::accounts::link;
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::words::Saying;

/// The addresses of the accounts.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(taking_forms("/accounts").route(read().to(list)).route(web::post().to(invite)))
        .service(reading("/accounts/{id}").route(read().to(one)))
        .service(posting("/accounts/{id}/{verb:link|mail|role|disable|enable|second-factor|remove}").route(web::post().to(change)));
}

/// The longest name to sign in with, in characters.
const LONGEST_LOGIN: usize = 80;

/// Whether somebody may keep accounts of a role.
fn keeps(who: &SignedIn, role: Role) -> bool {
    match who.role {
        session::Role::Admin => true,
        session::Role::Hr => matches!(role, Role::Leader | Role::Partner),
        _ => false,
    }
}

/// The roles whose accounts somebody keeps.
///
/// # Errors
/// [`Code::NotAllowed`] when they keep none.
fn kept(who: &SignedIn) -> Result<Vec<Role>, Problem> {
    let kept: Vec<Role> = Role::ALL.into_iter().filter(|role| keeps(who, *role)).collect();
    if kept.is_empty() { Err(who.not_allowed()) } else { Ok(kept) }
}

/// One line of the list.
struct Line {
    id: String,
    login: String,
    role: &'static str,
    /// The person or the unit that belongs to the role.
    of: String,
    state: &'static str,
    second_factor: bool,
    own: bool,
}

impl Line {
    fn of(account: Account, own: AccountId, offered: &Offered) -> Self {
        Self {
            id: HEXLOWER.encode(&account.id),
            role: session::role_key(account.role),
            of: match (&account.unit, &account.person) {
                (Some(unit), _) => unit.to_string(),
                (None, Some(person)) => offered.named(person),
                (None, None) => String::new(),
            },
            state: state(&account),
            second_factor: account.second_factor,
            own: account.id == own,
            login: account.login,
        }
    }
}

/// The key of the words for an account's state.
fn state(account: &Account) -> &'static str {
    if account.disabled {
        "accounts-state-disabled"
    } else if account.password_hash.is_none() {
        "accounts-state-invited"
    } else {
        "accounts-state-active"
    }
}

/// A role in a form.
struct Choice {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

fn choices(roles: &[Role], chosen: Option<&str>) -> Vec<Choice> {
    roles
        .iter()
        .map(|role| Choice { value: role.as_str(), label: session::role_key(*role), chosen: chosen == Some(role.as_str()) })
        .collect()
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage<'a> {
    page: Page,
    accounts: Vec<Line>,
    roles: Vec<Choice>,
    /// What was typed, when it is shown again.
    typed: &'a InviteForm,
    offered: Offered,
    notice: Option<&'static str>,
    problem: Option<&'a Problem>,
    longest_login: usize,
}

/// The form of an invitation.
#[derive(Deserialize, Default)]
pub(super) struct InviteForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    unit: String,
    /// Whether the link is mailed.
    #[serde(default)]
    mail: String,
}

impl InviteForm {
    fn mails(&self) -> bool {
        self.mail == "yes"
    }
}

/// `GET /accounts`.
async fn list(who: SignedIn, console: Data<Console>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    let removed = query.is_some_and(|query| query.done.as_deref() == Some("remove"));
    // Most are leaders; nobody becomes an administrator because somebody did not look.
    let empty = InviteForm { role: Role::Leader.as_str().to_owned(), ..InviteForm::default() };
    show_list(&who, &console, &empty, removed.then_some("accounts-did-remove"), None).await
}

async fn show_list(
    who: &SignedIn,
    console: &Console,
    typed: &InviteForm,
    notice: Option<&'static str>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let roles = kept(who)?;
    let all = people_side(console, |installation| installation.identity.accounts()).await?;
    let offered = offered(who, console).await?;
    let kept = all.into_iter().filter(|account| keeps(who, account.role));
    let page = AccountsPage {
        page: Page::of(who, "/accounts"),
        accounts: kept.map(|account| Line::of(account, who.id, &offered)).collect(),
        roles: choices(&roles, Some(typed.role.as_str())),
        typed,
        offered,
        notice,
        problem,
        longest_login: LONGEST_LOGIN,
    };
    answer::page(problem.map_or(StatusCode::OK, |problem| problem.code.status()), &page)
}

/// What the forms offer to choose: nothing for those who do not read the staff list.
async fn offered(who: &SignedIn, console: &Console) -> Result<Offered, Problem> {
    if who.must_be_hr().is_err() {
        return Ok(Offered::default());
    }
    people_side(console, |installation| Ok(Offered::of(&installation.identity.roster()?))).await
}

/// Runs a piece of work on the people side in the blocking pool.
async fn people_side<T: Send + 'static>(
    console: &Console,
    work: impl FnOnce(&Installation) -> Result<T, IdentityError> + Send + 'static,
) -> Result<T, Problem> {
    let installation = console.installation.acting(acting::actor());
    web::block(move || work(&installation)).await.map_err(|e| Problem::internal(&e))?.map_err(|e| refused(&e))
}

fn refused(problem: &IdentityError) -> Problem {
    let said = |key| Problem::said(Code::AccountRefused, Saying::key(key));
    match problem {
        IdentityError::LoginTaken => said("accounts-login-taken"),
        IdentityError::UnknownAccount => Problem::not_found(),
        IdentityError::AccountIncomplete { .. } => said("accounts-incomplete"),
        other => session::people_side(other),
    }
}

/// What a form says about role, person and unit.
struct Rights {
    role: Role,
    person: Option<PersonId>,
    unit: Option<TeamLabel>,
}

impl Rights {
    /// Reads a form. The unit counts for partners alone; the person for everybody who is given one.
    fn read(who: &SignedIn, role: &str, person: &str, unit: &str) -> Result<Self, Problem> {
        let said = |key| Problem::said(Code::AccountRefused, Saying::key(key));
        let role = Role::parse(role).ok_or_else(|| said("accounts-no-role"))?;
        if !keeps(who, role) {
            return Err(who.not_allowed());
        }
        let (person, unit) = (person.trim(), unit.trim());
        let person = (!person.is_empty()).then(|| PersonId::parse(person).map_err(|_| said("accounts-no-person"))).transpose()?;
        let unit = if role == Role::Partner { Some(TeamLabel::parse(unit).map_err(|_| said("accounts-no-unit"))?) } else { None };
        if role == Role::Leader && person.is_none() {
            return Err(said("accounts-no-person"));
        }
        Ok(Self { role, person, unit })
    }

    /// Checks person and unit against today's staff list; with `mails` also that the person has an address there.
    fn check(&self, installation: &Installation, mails: bool) -> Result<Option<&'static str>, IdentityError> {
        let roster = installation.identity.roster()?;
        let mailbox = self.person.as_ref().and_then(|person| roster.people.get(person)).is_some_and(|person| !person.mail.is_empty());
        let person = self.person.as_ref().is_some_and(|person| !roster.people.contains_key(person));
        let unit = self.unit.as_ref().is_some_and(|unit| !roster.teams.contains_key(unit));
        Ok(if person {
            Some("accounts-no-person")
        } else if unit {
            Some("accounts-no-unit")
        } else if mails && !mailbox {
            Some("accounts-no-mailbox")
        } else {
            None
        })
    }
}

#[derive(Template)]
#[template(path = "account_link.html")]
struct LinkPage {
    page: Page,
    login: String,
    link: Zeroizing<String>,
    hours: u64,
    /// Whether the account is new.
    invited: bool,
}

fn link_page(who: &SignedIn, login: String, link: Zeroizing<String>, invited: bool) -> Result<HttpResponse, Problem> {
    let page = LinkPage { page: Page::of(who, "/accounts"), login, link, hours: link::LIFETIME.as_secs() / 3600, invited };
    answer::page(StatusCode::OK, &page)
}

/// `POST /accounts`: makes an account and shows, this once, the link by which its owner sets the password.
async fn invite(who: SignedIn, console: Data<Console>, request: HttpRequest, form: Form<InviteForm>) -> Result<HttpResponse, Problem> {
    kept(&who)?;
    own_form(&request, &console)?;
    let form = form.into_inner();
    who.form_token().check(&form.token)?;
    match invited(&who, &console, &form).await {
        Ok(Invited::Link(link)) => link_page(&who, form.login.trim().to_lowercase(), link, true),
        Ok(Invited::Mailed(id)) => Ok(answer::see_other(&format!("/accounts/{}?done=mail", HEXLOWER.encode(&id)))),
        Err(problem) if problem.code == Code::AccountRefused && answer::reads_pages(request.headers()) => {
            show_list(&who, &console, &form, None, Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}

/// How somebody who was invited gets the link.
enum Invited {
    /// Whoever invited hands it over.
    Link(Zeroizing<String>),
    /// It is made when the mail to this account leaves.
    Mailed(AccountId),
}

async fn invited(who: &SignedIn, console: &Console, form: &InviteForm) -> Result<Invited, Problem> {
    let said = |key| Problem::said(Code::AccountRefused, Saying::key(key));
    let login = form.login.trim().to_owned();
    let letters = login.chars().count();
    if !(2..=LONGEST_LOGIN).contains(&letters) || login.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(said("accounts-bad-login"));
    }
    let rights = Rights::read(who, &form.role, &form.person, &form.unit)?;
    let mails = form.mails();
    let made = people_side(console, move |installation| {
        if let Some(problem) = rights.check(installation, mails)? {
            return Ok(Err(problem));
        }
        let new = NewAccount { login, role: rights.role, password_hash: None, person: rights.person, unit: rights.unit };
        let id = installation.identity.create_account(&new, &mut rand::rng())?;
        if mails {
            installation.identity.queue_link_mail(id, installation.clock.now())?;
            return Ok(Ok(Invited::Mailed(id)));
        }
        Ok(Ok(Invited::Link(link::make(installation, id)?)))
    });
    made.await?.map_err(said)
}

#[derive(Template)]
#[template(path = "one_account.html")]
struct OneAccountPage<'a> {
    page: Page,
    account: Line,
    person: String,
    unit: String,
    disabled: bool,
    invited: bool,
    /// Where its owner reads mail, by today's staff list.
    mailbox: Option<String>,
    /// The key of what is known of a mail with a link.
    mail: Option<&'static str>,
    roles: Vec<Choice>,
    offered: Offered,
    notice: Option<&'static str>,
    problem: Option<&'a Problem>,
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// The keys of what the page says after an action.
const DONE: &[(&str, &str)] = &[
    ("mail", "accounts-did-mail"),
    ("role", "accounts-did-role"),
    ("disable", "accounts-did-disable"),
    ("enable", "accounts-did-enable"),
    ("second-factor", "accounts-did-second-factor"),
];

/// `GET /accounts/{id}`: one account, and what can be done with it.
async fn one(who: SignedIn, console: Data<Console>, id: Path<String>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    kept(&who)?;
    let done = query.and_then(|query| query.into_inner().done);
    let notice = done.and_then(|done| DONE.iter().find(|(name, _)| *name == done)).map(|(_, key)| *key);
    let account = found(&who, &console, &id).await?;
    let offered = offered(&who, &console).await?;
    show_one(&who, &console, account, offered, notice, None).await
}

/// The account of an address; one that somebody does not keep is not found.
async fn found(who: &SignedIn, console: &Console, id: &str) -> Result<Account, Problem> {
    let id: AccountId = HEXLOWER.decode(id.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(Problem::not_found)?;
    let account = people_side(console, move |installation| installation.identity.account(id)).await?;
    account.filter(|account| keeps(who, account.role)).ok_or_else(Problem::not_found)
}

async fn show_one(
    who: &SignedIn,
    console: &Console,
    account: Account,
    offered: Offered,
    notice: Option<&'static str>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let id = account.id;
    let look_up = move |installation: &Installation| Ok((installation.identity.mailbox(id)?, installation.identity.link_mail_of(id)?));
    let (mailbox, standing) = people_side(console, look_up).await?;
    let page = OneAccountPage {
        mailbox: mailbox.map(|mailbox| mailbox.mail),
        mail: standing.map(|standing| match standing {
            LinkMailStanding::Waiting => "accounts-mail-waits",
            LinkMailStanding::Refused => "accounts-mail-refused",
        }),
        page: Page::of(who, "/accounts"),
        person: account.person.as_ref().map(ToString::to_string).unwrap_or_default(),
        unit: account.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        disabled: account.disabled,
        invited: account.password_hash.is_none(),
        roles: choices(&kept(who)?, Some(account.role.as_str())),
        account: Line::of(account, who.id, &offered),
        offered,
        notice,
        problem,
    };
    answer::page(problem.map_or(StatusCode::OK, |problem| problem.code.status()), &page)
}

/// The forms of an account's page.
#[derive(Deserialize)]
pub(super) struct ChangeForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    confirm: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    unit: String,
}

/// `POST /accounts/{id}/{verb}`.
async fn change(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    place: Path<(String, String)>,
    form: Form<ChangeForm>,
) -> Result<HttpResponse, Problem> {
    kept(&who)?;
    let (id, verb) = place.into_inner();
    let account = found(&who, &console, &id).await?;
    own_form(&request, &console)?;
    let form = form.into_inner();
    who.form_token().check(&form.token)?;
    match changed(&who, &console, &account, &verb, &form).await {
        Ok(Changed::Done) => Ok(answer::see_other(&format!("/accounts/{id}?done={verb}"))),
        Ok(Changed::Removed) => Ok(answer::see_other("/accounts?done=remove")),
        Ok(Changed::Link(link)) => link_page(&who, account.login, link, account.password_hash.is_none()),
        Err(problem) if problem.code == Code::AccountRefused && answer::reads_pages(request.headers()) => {
            let offered = offered(&who, &console).await?;
            show_one(&who, &console, account, offered, None, Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}

/// What became of an account.
enum Changed {
    Done,
    Removed,
    Link(Zeroizing<String>),
}

async fn changed(who: &SignedIn, console: &Console, account: &Account, verb: &str, form: &ChangeForm) -> Result<Changed, Problem> {
    let said = |key| Problem::said(Code::AccountRefused, Saying::key(key));
    // So that there is always somebody who keeps the accounts, and nobody leaves themselves outside by mistake.
    if account.id == who.id && !matches!(verb, "link" | "mail") {
        return Err(said("accounts-not-your-own"));
    }
    let id = account.id;
    match verb {
        "link" => {
            if account.disabled {
                return Err(said("accounts-is-disabled"));
            }
            Ok(Changed::Link(people_side(console, move |installation| link::make(installation, id)).await?))
        }
        "mail" => {
            if account.disabled {
                return Err(said("accounts-is-disabled"));
            }
            let queued = people_side(console, move |installation| {
                let known = installation.identity.mailbox(id)?.is_some();
                if known {
                    installation.identity.queue_link_mail(id, installation.clock.now())?;
                }
                Ok(known)
            });
            if queued.await? { Ok(Changed::Done) } else { Err(said("accounts-no-mailbox")) }
        }
        "role" => {
            let rights = Rights::read(who, &form.role, &form.person, &form.unit)?;
            let made = people_side(console, move |installation| {
                if let Some(problem) = rights.check(installation, false)? {
                    return Ok(Err(problem));
                }
                Ok(Ok(installation.identity.change_role(id, rights.role, rights.person.as_ref(), rights.unit.as_ref())?))
            });
            made.await?.map_err(said)?;
            Ok(Changed::Done)
        }
        "disable" | "enable" => {
            let disabled = verb == "disable";
            people_side(console, move |installation| installation.identity.disable_account(id, disabled)).await?;
            Ok(Changed::Done)
        }
        "second-factor" => {
            people_side(console, move |installation| installation.identity.remove_second_factor(id)).await?;
            Ok(Changed::Done)
        }
        "remove" => {
            if form.confirm != "yes" {
                return Err(said("accounts-unconfirmed"));
            }
            people_side(console, move |installation| installation.identity.delete_account(id)).await?;
            Ok(Changed::Removed)
        }
        _ => Err(Problem::not_found()),
    }
}
