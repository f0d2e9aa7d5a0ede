//! `candor account …`.

use domain::PersonId;
use identity::{NewAccount, PasswordParams, Role};
use secrecy::ExposeSecret;

use super::Failure;
use super::arguments::{AccountCommand, RoleArgument};
use super::terminal::{say, secret};
use crate::installation::Installation;

/// The shortest password that is taken.
const SHORTEST: usize = 12;

pub(super) fn run(installation: &Installation, command: &AccountCommand) -> Result<(), Failure> {
    let AccountCommand::Create { role, login, person } = command;
    let bad = |e: String| Failure::BadInput(e);
    let role = match role {
        RoleArgument::Hr => Role::Hr,
        RoleArgument::Leader => Role::Leader,
    };
    let person = person.as_deref().map(PersonId::parse).transpose().map_err(|e| bad(e.to_string()))?;
    if let Some(id) = &person {
        let roster = installation.identity.roster().map_err(|e| Failure::Refused(e.to_string()))?;
        if !roster.people.contains_key(id) {
            return Err(bad(format!("the staff list has no person {id}: import the staff list first, or check the id")));
        }
        if role == Role::Leader && !roster.teams.values().any(|leaders| leaders.contains(id)) {
            say!("Note: {id} leads no team in the staff list; the account will see nothing until a round is launched in which they do.");
        }
    }
    let password = secret("CANDOR_ACCOUNT_PASSWORD", "Password for the new account").map_err(bad)?;
    if password.expose_secret().chars().count() < SHORTEST {
        return Err(bad(format!("the password is shorter than {SHORTEST} characters: a sentence of a few words is easy to keep and hard to guess")));
    }
    let mut random = rand::rng();
    let password_hash = PasswordParams::default().hash(&password, &mut random).map_err(|e| Failure::Refused(e.to_string()))?;
    let account = NewAccount { login: login.clone(), role, password_hash, person };
    installation.identity.create_account(&account, &mut random).map_err(|e| Failure::BadInput(e.to_string()))?;
    say!("Account {login} created. It signs in at {}/sign-in", installation.config.console.url);
    Ok(())
}
