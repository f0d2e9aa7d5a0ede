//! `candor account …`.

use domain::PersonId;
use identity::{Account, NewAccount, PasswordParams, Role};
use secrecy::{ExposeSecret, SecretString};

use super::Failure;
use super::arguments::{AccountCommand, RoleArgument};
use super::terminal::{say, secret};
use crate::installation::Installation;

/// The shortest password that is taken.
const SHORTEST: usize = 12;

pub(super) fn run(installation: &Installation, command: &AccountCommand) -> Result<(), Failure> {
    match command {
        AccountCommand::Create { role, login, person } => create(installation, *role, login, person.as_deref()),
        AccountCommand::Password { login } => {
            let account = find(installation, login)?;
            let hash = PasswordParams::default().hash(&password()?, &mut rand::rng()).map_err(|e| Failure::Refused(e.to_string()))?;
            installation.identity.set_password(account.id, &hash).map_err(|e| Failure::Refused(e.to_string()))?;
            say!("Account {login} has a new password.");
            Ok(())
        }
        AccountCommand::Remove { login } => {
            let account = find(installation, login)?;
            installation.identity.delete_account(account.id).map_err(|e| Failure::Refused(e.to_string()))?;
            say!("Account {login} is removed; nobody is signed in with it any more.");
            Ok(())
        }
        AccountCommand::List => {
            for account in installation.identity.accounts().map_err(|e| Failure::Refused(e.to_string()))? {
                let person = account.person.map(|id| format!(", person {id} of the staff list")).unwrap_or_default();
                say!("{}: {}{person}", account.login, account.role.as_str());
            }
            Ok(())
        }
    }
}

fn find(installation: &Installation, login: &str) -> Result<Account, Failure> {
    let account = installation.identity.account_by_login(login).map_err(|e| Failure::Refused(e.to_string()))?;
    account.ok_or_else(|| Failure::BadInput(format!("there is no account {login}: candor account list shows all")))
}

/// A password that is long enough.
fn password() -> Result<SecretString, Failure> {
    let password = secret("CANDOR_ACCOUNT_PASSWORD", "New password").map_err(Failure::BadInput)?;
    if password.expose_secret().chars().count() < SHORTEST {
        return Err(Failure::BadInput(format!(
            "the password is shorter than {SHORTEST} characters: a sentence of a few words is easy to keep and hard to guess"
        )));
    }
    Ok(password)
}

fn create(installation: &Installation, role: RoleArgument, login: &str, person: Option<&str>) -> Result<(), Failure> {
    let bad = |e: String| Failure::BadInput(e);
    let role = match role {
        RoleArgument::Hr => Role::Hr,
        RoleArgument::Leader => Role::Leader,
    };
    let person = person.map(PersonId::parse).transpose().map_err(|e| bad(e.to_string()))?;
    if let Some(id) = &person {
        let roster = installation.identity.roster().map_err(|e| Failure::Refused(e.to_string()))?;
        if !roster.people.contains_key(id) {
            return Err(bad(format!("the staff list has no person {id}: import the staff list first, or check the id")));
        }
        if role == Role::Leader && !roster.teams.values().any(|leaders| leaders.contains(id)) {
            say!("Note: {id} leads no team in the staff list; the account will see nothing until a round is launched in which they do.");
        }
    }
    let password = password()?;
    let mut random = rand::rng();
    let password_hash = PasswordParams::default().hash(&password, &mut random).map_err(|e| Failure::Refused(e.to_string()))?;
    let account = NewAccount { login: login.to_owned(), role, password_hash, person };
    installation.identity.create_account(&account, &mut random).map_err(|e| Failure::BadInput(e.to_string()))?;
    say!("Account {login} created. It signs in at {}/sign-in", installation.config.console.url);
    Ok(())
}
