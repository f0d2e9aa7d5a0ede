//! The frame of a signed-in page: where one can go, who is signed in, and the token of its forms.

use super::form::FormToken;
use super::session::{Role, SignedIn};

/// The frame of one page.
pub(super) struct Page {
    /// The links of the account's role.
    pub(super) links: Vec<Link>,
    /// The token of every form on the page.
    pub(super) token: FormToken,
    /// The name that is signed in.
    pub(super) login: String,
}

/// One link of the navigation.
pub(super) struct Link {
    /// The address.
    pub(super) href: &'static str,
    /// The words.
    pub(super) label: &'static str,
    /// Whether the page belongs to it.
    pub(super) current: bool,
}

impl Page {
    /// The frame of the page that belongs to the link at `current`.
    pub(super) fn of(who: &SignedIn, current: &'static str) -> Self {
        let links: &[(&str, &str)] = match who.role {
            Role::Hr => &[("/organisation", "Organisation"), ("/rounds", "Rounds")],
            Role::Leader(_) => &[("/team", "Your team")],
        };
        Self {
            links: links.iter().map(|&(href, label)| Link { href, label, current: href == current }).collect(),
            token: FormToken::of(&who.token),
            login: who.login.clone(),
        }
    }
}
