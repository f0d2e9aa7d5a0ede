//! Who can sign in to the demo: one account for everybody whom the product knows.

use domain::{PersonId, TeamLabel, WaveId};
use identity::{NewAccount, PasswordParams, Role};
use protocol::ManifestHash;
use secrecy::SecretString;

use super::organisation::DemoWave;
use crate::installation::Installation;
use crate::words::Words;

/// Somebody of the demo who can sign in.
pub struct Who {
    /// The name to sign in with.
    pub login: &'static str,
    /// The role of the account.
    pub role: Role,
    /// The team that a leader leads, or that heads a partner's unit.
    team: Option<&'static str>,
    /// The key of the words for what the account shows.
    pub shows: &'static str,
}

const fn who(login: &'static str, role: Role, team: Option<&'static str>, shows: &'static str) -> Who {
    Who { login, role, team, shows }
}

/// Everybody who can sign in.
pub const EVERYBODY: [Who; 9] = [
    who("hr", Role::Hr, None, "demo-hr"),
    who("hr-sales", Role::Partner, Some("Sales"), "demo-partner"),
    who("plant-south", Role::Leader, Some("Plant South"), "demo-changed"),
    who("quality", Role::Leader, Some("Quality"), "demo-together"),
    who("training", Role::Leader, Some("Training"), "demo-top"),
    who("automation", Role::Leader, Some("Automation"), "demo-new"),
    who("engineering", Role::Leader, Some("Engineering"), "demo-unit"),
    who("works-council", Role::KeyHolder, None, "demo-key-holder"),
    who("admin", Role::Admin, None, "demo-admin"),
];

/// An account of the demo.
pub(super) struct DemoAccount {
    /// Name to sign in with.
    pub login: &'static str,
    /// Its role.
    pub role: Role,
    /// Password.
    pub password: String,
    /// What it shows.
    pub explains: &'static str,
}

impl DemoAccount {
    /// Where the work of its role is once a round is published, and words that stand there.
    pub(super) fn own_page(&self, wave: &WaveId) -> (String, &'static str) {
        match self.role {
            Role::Hr => (format!("/organisation/{wave}"), "of 100"),
            Role::Leader => (format!("/team/{wave}"), "of 100"),
            Role::Partner => (format!("/unit/{wave}"), "of 100"),
            Role::KeyHolder => ("/promise-log".to_owned(), "was published"),
            Role::Admin => ("/accounts".to_owned(), "works-council"),
        }
    }
}

/// Makes an account for everybody, each with a password of its own.
pub(super) fn make(installation: &Installation, people: &DemoWave) -> Result<Vec<DemoAccount>, String> {
    EVERYBODY.iter().map(|who| create(installation, people, who)).collect()
}

fn create(installation: &Installation, people: &DemoWave, Who { login, role, team, shows }: &Who) -> Result<DemoAccount, String> {
    let password = protocol::words::manifest_words(&ManifestHash(rand::random()))[..3].join("-");
    let leads = |team: &str| people.leaders.iter().find(|(_, led)| led == team).map(|(id, _)| id.as_str());
    let person = team.filter(|_| *role == Role::Leader).and_then(leads).map(PersonId::parse).transpose().map_err(|e| e.to_string())?;
    let unit = team.filter(|_| *role == Role::Partner).map(TeamLabel::parse).transpose().map_err(|e| e.to_string())?;
    let mut random = rand::rng();
    let password_hash = PasswordParams::default().hash(&SecretString::from(password.clone()), &mut random).map_err(|e| e.to_string())?;
    let account = NewAccount { person, unit, ..NewAccount::with_password(login, *role, password_hash) };
    installation.identity.create_account(&account, &mut random).map_err(|e| e.to_string())?;
    Ok(DemoAccount { login, role: *role, password, explains: Words::english().say(shows) })
}
