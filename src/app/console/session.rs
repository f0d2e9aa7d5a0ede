//! Who is signed in: read from the cookie and the people side at every request.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, web};
use domain::{PersonId, TeamLabel};
use identity::{AccountId, Actor, IdentityError};

use super::form::FormToken;
use super::language::Speaking;
use super::token::SessionToken;
use super::{Console, acting, held_back};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::words::Saying;

/// What an account may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Keeps accounts and settings; reads no results.
    Admin,
    /// The programme owner.
    Hr,
    /// Somebody of HR for the unit that this team heads.
    Partner(TeamLabel),
    /// The leader of one or more teams: this person of the staff list.
    Leader(PersonId),
    /// Somebody with a leader's account who leads no team in today's staff list.
    FormerLeader,
    /// Holds the passphrase of rounds that have one.
    KeyHolder,
}

/// Somebody with a session that has not ended.
pub(super) struct SignedIn {
    /// Their account.
    pub(super) id: AccountId,
    /// The name they signed in with.
    pub(super) login: String,
    /// What they may see.
    pub(super) role: Role,
    /// Whether the account has a second factor.
    pub(super) second_factor: bool,
    /// Whether it must have one.
    needs_second_factor: bool,
    /// The session's secret.
    pub(super) token: SessionToken,
    /// In which language they are answered.
    pub(super) speaking: Speaking,
}

impl SignedIn {
    /// Refuses everybody but HR.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_be_hr(&self) -> Result<(), Problem> {
        if self.role == Role::Hr { Ok(()) } else { Err(self.not_allowed()) }
    }

    /// Refuses everybody but those who follow rounds: HR, and whoever holds the passphrase.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_follow_rounds(&self) -> Result<(), Problem> {
        if matches!(self.role, Role::Hr | Role::KeyHolder) { Ok(()) } else { Err(self.not_allowed()) }
    }

    /// Refuses everybody whose account is not that of a key holder.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_be_key_holder(&self) -> Result<(), Problem> {
        if self.role == Role::KeyHolder { Ok(()) } else { Err(self.not_allowed()) }
    }

    /// Refuses everybody who may not read the promise log.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_read_the_log(&self) -> Result<(), Problem> {
        self.must_follow_rounds()
    }

    /// The person behind a leader's account; refuses everybody else.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_be_leader(&self) -> Result<&PersonId, Problem> {
        match &self.role {
            Role::Leader(person) => Ok(person),
            _ => Err(self.not_allowed()),
        }
    }

    /// The unit whose results a partner reads; refuses everybody else.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_be_partner(&self) -> Result<&TeamLabel, Problem> {
        match &self.role {
            Role::Partner(unit) => Ok(unit),
            _ => Err(self.not_allowed()),
        }
    }

    /// Whether the account must have a second factor before it can do anything else, and has none.
    pub(super) const fn lacks_second_factor(&self) -> bool {
        self.needs_second_factor && !self.second_factor
    }

    /// Why a page is not for this account.
    pub(super) fn not_allowed(&self) -> Problem {
        match self.role {
            Role::FormerLeader => Problem::said(Code::NotAllowed, Saying::key("detail-former-leader")),
            _ => Problem::not_allowed(),
        }
    }

    /// The token that every form of this session carries.
    pub(super) fn form_token(&self) -> FormToken {
        FormToken::of(&self.token)
    }
}

/// A failure of the people side.
pub(super) fn people_side(error: &IdentityError) -> Problem {
    if error.is_unavailable() { Problem::unavailable(error) } else { Problem::internal(error) }
}

/// The secret that a request's cookie carries, whether or not there is such a session.
pub(super) fn presented(request: &HttpRequest, console: &Console) -> Option<SessionToken> {
    SessionToken::parse(request.cookie(console.cookie.name())?.value())
}

/// Whether a session with this secret is known to have ended. Nothing is known while the database is away.
pub(super) async fn has_ended(console: &Console, token: &SessionToken) -> bool {
    let (hash, installation) = (token.hash(), console.installation.clone());
    matches!(web::block(move || resumed(&installation, &hash)).await, Ok(Ok(None)))
}

/// Somebody with a session, also one whose account lacks the second factor that it must have: for the pages of the own account.
pub(super) struct AccountHolder(pub(super) SignedIn);

/// What is known about an account at this moment.
struct Resumed {
    id: AccountId,
    login: String,
    role: Role,
    second_factor: bool,
    needs_second_factor: bool,
}

/// The account and the role behind a session's hash. Rights are those of this moment: nothing of them is kept with the session.
fn resumed(installation: &Installation, hash: &[u8; 32]) -> Result<Option<Resumed>, IdentityError> {
    let identity = &installation.identity;
    let Some(account) = identity.session(hash, installation.clock.now())? else { return Ok(None) };
    let role = match (account.role, account.person, account.unit) {
        (identity::Role::Admin, ..) => Role::Admin,
        (identity::Role::Hr, ..) => Role::Hr,
        (identity::Role::Partner, _, Some(unit)) => Role::Partner(unit),
        (identity::Role::KeyHolder, ..) => Role::KeyHolder,
        (identity::Role::Leader, Some(person), _) if identity.leads_today(&person)? => Role::Leader(person),
        (identity::Role::Leader, ..) => Role::FormerLeader,
        // The store refuses such a row.
        (identity::Role::Partner, _, None) => return Ok(None),
    };
    Ok(Some(Resumed {
        id: account.id,
        login: account.login,
        role,
        second_factor: account.second_factor,
        needs_second_factor: installation.config.wants_second_factor(account.role),
    }))
}

/// The key of the words for a role that is stored.
pub(super) const fn role_key(role: identity::Role) -> &'static str {
    match role {
        identity::Role::Admin => "role-admin",
        identity::Role::Hr => "role-hr",
        identity::Role::Partner => "role-partner",
        identity::Role::Leader => "role-leader",
        identity::Role::KeyHolder => "role-key-holder",
    }
}

impl Role {
    /// The keys of the role's name and of what it may do.
    pub(super) const fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::Admin => ("role-admin", "account-may-admin"),
            Self::Hr => ("role-hr", "account-may-hr"),
            Self::Partner(_) => ("role-partner", "account-may-partner"),
            Self::Leader(_) => ("role-leader", "account-may-leader"),
            Self::FormerLeader => ("role-former-leader", "account-may-former-leader"),
            Self::KeyHolder => ("role-key-holder", "account-may-key-holder"),
        }
    }
}

/// Who sends a request.
fn signed_in(request: &HttpRequest) -> Pin<Box<dyn Future<Output = Result<SignedIn, Problem>>>> {
    let console = request.app_data::<Data<Console>>().cloned();
    let token = console.as_ref().and_then(|console| presented(request, console));
    let speaking = Speaking::of(request);
    Box::pin(async move {
        let needed = || Problem::said(Code::SignInNeeded, Saying::key("detail-sign-in-needed"));
        let console = console.ok_or_else(|| Problem::internal(&"the console's state is missing"))?;
        let token = token.ok_or_else(needed)?;
        let (hash, installation) = (token.hash(), console.installation.clone());
        let found = web::block(move || resumed(&installation, &hash)).await;
        let found = found.map_err(|e| Problem::internal(&e))?.map_err(|e| people_side(&e))?.ok_or_else(needed)?;
        let Resumed { id, login, role, second_factor, needs_second_factor } = found;
        acting::signed_in(match role {
            Role::Leader(_) | Role::FormerLeader => Actor::Leader,
            Role::Admin | Role::Hr | Role::Partner(_) | Role::KeyHolder => Actor::Account(login.clone()),
        });
        Ok(SignedIn { id, login, role, second_factor, needs_second_factor, token, speaking })
    })
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let who = signed_in(request);
        let (console, asked) = (request.app_data::<Data<Console>>().cloned(), held_back::of_request(request));
        Box::pin(async move {
            let who = who.await?;
            if who.lacks_second_factor() {
                return Err(Problem::said(Code::SecondFactorNeeded, Saying::key("detail-second-factor-needed")));
            }
            if let Some(console) = console {
                held_back::check(&console, asked, &who.role).await?;
            }
            Ok(who)
        })
    }
}

impl FromRequest for AccountHolder {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let who = signed_in(request);
        Box::pin(async move { Ok(Self(who.await?)) })
    }
}
