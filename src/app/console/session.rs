//! Who is signed in: read from the cookie and the people side at every request.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, web};
use domain::PersonId;
use identity::IdentityError;

use super::Console;
use super::form::FormToken;
use super::language::Speaking;
use super::token::SessionToken;
use crate::error::{Code, Problem};
use crate::words::Saying;

/// What an account may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The programme owner.
    Hr,
    /// The leader of one or more teams: this person of the staff list.
    Leader(PersonId),
}

/// Somebody with a session that has not ended.
pub(super) struct SignedIn {
    /// The name they signed in with.
    pub(super) login: String,
    /// What they may see.
    pub(super) role: Role,
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
        match self.role {
            Role::Hr => Ok(()),
            Role::Leader(_) => Err(Problem::not_allowed()),
        }
    }

    /// The person behind a leader's account; refuses everybody else.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub(super) fn must_be_leader(&self) -> Result<&PersonId, Problem> {
        match &self.role {
            Role::Leader(person) => Ok(person),
            Role::Hr => Err(Problem::not_allowed()),
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

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let console = request.app_data::<Data<Console>>().cloned();
        let token = console.as_ref().and_then(|console| presented(request, console));
        let speaking = Speaking::of(request);
        Box::pin(async move {
            let needed = || Problem::said(Code::SignInNeeded, Saying::key("detail-sign-in-needed"));
            let console = console.ok_or_else(|| Problem::internal(&"the console's state is missing"))?;
            let token = token.ok_or_else(needed)?;
            let (hash, installation) = (token.hash(), console.installation.clone());
            let account = web::block(move || installation.identity.session(&hash, installation.clock.now())).await;
            let account = account.map_err(|e| Problem::internal(&e))?.map_err(|e| people_side(&e))?.ok_or_else(needed)?;
            let role = match (account.role, account.person) {
                (identity::Role::Hr, _) => Role::Hr,
                (identity::Role::Leader, Some(person)) => Role::Leader(person),
                (identity::Role::Leader, None) => return Err(Problem::internal(&"a leader's account without a person")),
                // Who runs the installation works on the command line and reads no results.
                (identity::Role::Operator, _) => return Err(Problem::not_allowed()),
            };
            Ok(Self { login: account.login, role, token, speaking })
        })
    }
}
