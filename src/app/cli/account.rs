//! `candor account …`.

use domain::{PersonId, TeamLabel};
use identity::{Account, AccountId, IdentityError, NewAccount, PasswordHash, PasswordParams, Role};
use secrecy::SecretString;

use super::Failure;
use super::arguments::{AccountCommand, RoleArgument};
use super::terminal::{say, secret};
use crate::accounts::{link, passwords};
use crate::installation::Installation;

pub(super) fn run(installation: &Installation, command: &AccountCommand) -> Result<(), Failure> {
    let identity = &installation.identity;
    match command {
        AccountCommand::Create { role, login, person, unit, invite, mail } => {
            let handing = match (invite, mail) {
                (_, true) => Handing::Mailed,
                (true, false) => Handing::Printed,
                (false, false) => Handing::Typed,
            };
            create(installation, *role, login, (person.as_deref(), unit.as_deref()), handing)?;
        }
        AccountCommand::Password { login } => {
            let account = find(installation, login)?;
            identity.set_password(account.id, &password(installation, login)?).map_err(refused)?;
            say!("Account {login} has a new password.");
        }
        AccountCommand::Link { login, mail } => {
            let account = find(installation, login)?;
            if account.disabled {
                return Err(Failure::BadInput(format!("account {login} is disabled: candor account enable {login} comes first")));
            }
            if *mail { mail_link(installation, account.id, login)? } else { print_link(installation, account.id, login)? }
        }
        AccountCommand::RemoveSecondFactor { login } => {
            identity.remove_second_factor(find(installation, login)?.id).map_err(refused)?;
            say!("Account {login} signs in with its password alone until its owner sets up a second factor again.");
        }
        AccountCommand::Disable { login } => {
            identity.disable_account(find(installation, login)?.id, true).map_err(refused)?;
            say!("Account {login} is disabled; nobody is signed in with it any more.");
        }
        AccountCommand::Enable { login } => {
            identity.disable_account(find(installation, login)?.id, false).map_err(refused)?;
            say!("Account {login} can sign in again.");
        }
        AccountCommand::Remove { login } => {
            identity.delete_account(find(installation, login)?.id).map_err(refused)?;
            say!("Account {login} is removed; nobody is signed in with it any more.");
        }
        AccountCommand::List => {
            for account in identity.accounts().map_err(refused)? {
                say!("{}", line(&account));
            }
        }
    }
    Ok(())
}

fn refused(problem: IdentityError) -> Failure {
    Failure::Refused(problem.to_string())
}

fn line(account: &Account) -> String {
    let mut line = format!("{}: {}", account.login, account.role.as_str());
    if let Some(person) = &account.person {
        line.push_str(&format!(", person {person} of the staff list"));
    }
    if let Some(unit) = &account.unit {
        line.push_str(&format!(", unit {unit}"));
    }
    if account.second_factor {
        line.push_str(", second factor");
    }
    if account.disabled {
        line.push_str(", disabled");
    } else if account.password_hash.is_none() {
        line.push_str(", has set no password yet");
    }
    line
}

fn find(installation: &Installation, login: &str) -> Result<Account, Failure> {
    let account = installation.identity.account_by_login(login).map_err(refused)?;
    account.ok_or_else(|| Failure::BadInput(format!("there is no account {login}: candor account list shows all")))
}

/// A password that is taken, hashed.
fn password(installation: &Installation, login: &str) -> Result<PasswordHash, Failure> {
    let password: SecretString = secret("CANDOR_ACCOUNT_PASSWORD", "New password").map_err(Failure::BadInput)?;
    passwords::check(&password, &[login, &installation.config.organisation]).map_err(|weak| Failure::BadInput(weak.to_string()))?;
    PasswordParams::default().hash(&password, &mut rand::rng()).map_err(refused)
}

/// How the owner of a new account gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Handing {
    /// By a password that is typed here.
    Typed,
    /// By a link that is printed here.
    Printed,
    /// By a link that is mailed.
    Mailed,
}

fn create(
    installation: &Installation,
    role: RoleArgument,
    login: &str,
    (person, unit): (Option<&str>, Option<&str>),
    handing: Handing,
) -> Result<(), Failure> {
    let bad = |e: String| Failure::BadInput(e);
    let role = match role {
        RoleArgument::Admin => Role::Admin,
        RoleArgument::Hr => Role::Hr,
        RoleArgument::Partner => Role::Partner,
        RoleArgument::Leader => Role::Leader,
        RoleArgument::KeyHolder => Role::KeyHolder,
    };
    let person = person.map(PersonId::parse).transpose().map_err(|e| bad(e.to_string()))?;
    let unit = unit.map(TeamLabel::parse).transpose().map_err(|e| bad(e.to_string()))?;
    if let Some(id) = &person {
        let roster = installation.identity.roster().map_err(refused)?;
        let Some(listed) = roster.people.get(id) else {
            return Err(bad(format!("the staff list has no person {id}: import the staff list first, or check the id")));
        };
        if handing == Handing::Mailed && listed.mail.is_empty() {
            return Err(bad(format!("the staff list has no address for person {id}: take --invite and hand the link over")));
        }
        if role == Role::Leader && !roster.teams.values().any(|leaders| leaders.contains(id)) {
            say!(
                "Note: {id} leads no team in the staff list; the account will see nothing until they do, and then the rounds launched from that time on."
            );
        }
    }
    if let Some(unit) = &unit
        && !installation.identity.roster().map_err(refused)?.teams.contains_key(unit)
    {
        return Err(bad(format!("the staff list has no team {unit}: a unit is named by the team that heads it")));
    }
    let password_hash = if handing == Handing::Typed { Some(password(installation, login)?) } else { None };
    let account = NewAccount { login: login.to_owned(), role, password_hash, person, unit };
    let id = installation.identity.create_account(&account, &mut rand::rng()).map_err(|e| bad(e.to_string()))?;
    say!("Account {login} created. It signs in at {}/sign-in", installation.config.console.url);
    match handing {
        Handing::Typed => Ok(()),
        Handing::Printed => print_link(installation, id, login),
        Handing::Mailed => mail_link(installation, id, login),
    }
}

fn mail_link(installation: &Installation, id: AccountId, login: &str) -> Result<(), Failure> {
    let Some(mailbox) = installation.identity.mailbox(id).map_err(refused)? else {
        return Err(Failure::BadInput(format!(
            "the staff list has no address for the owner of {login}: take candor account link {login} without --mail and hand the link over"
        )));
    };
    installation.identity.queue_link_mail(id, installation.clock.now()).map_err(refused)?;
    say!(
        "A mail to {} waits for candor serve, which makes the link when it sends the mail. It sets a password once, within {} hours.",
        mailbox.mail,
        link::LIFETIME.as_secs() / 3600
    );
    Ok(())
}

fn print_link(installation: &Installation, id: AccountId, login: &str) -> Result<(), Failure> {
    let link = link::make(installation, id).map_err(refused)?;
    say!(
        "Give this link to the owner of {login} and to nobody else. It sets a password once, within {} hours:",
        link::LIFETIME.as_secs() / 3600
    );
    say!("{}", *link);
    Ok(())
}
