//! One-time links by which the owner of an account sets its password: an invitation, or a reset.

use std::fmt;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use identity::{AccountId, IdentityError};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::installation::Installation;

/// How long a link can be used.
pub const LIFETIME: Duration = Duration::from_secs(72 * 3600);

/// The secret of a link: 32 random bytes. It does not print; the store keeps its SHA-256 only.
#[derive(Clone)]
pub struct LinkSecret(Zeroizing<[u8; 32]>);

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(hidden)")
    }
}

impl LinkSecret {
    /// A new secret from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        Self(Zeroizing::new(rand::random()))
    }

    /// Reads the end of a link; `None` for anything that is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// What the store keeps.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(*self.0).into()
    }

    /// The end of the link.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(&*self.0))
    }
}

/// Makes a link for an account, in place of one that it had; gives the whole address. It can be read off now and never again.
///
/// # Errors
/// [`IdentityError::UnknownAccount`], also when the account is disabled.
pub fn make(installation: &Installation, id: AccountId) -> Result<Zeroizing<String>, IdentityError> {
    let secret = LinkSecret::generate();
    installation.identity.make_account_link(id, &secret.hash(), installation.clock.now().plus(LIFETIME))?;
    Ok(address(installation, &secret))
}

/// The whole address of a link.
#[must_use]
pub fn address(installation: &Installation, secret: &LinkSecret) -> Zeroizing<String> {
    Zeroizing::new(format!("{}/link/{}", installation.config.console.url, *secret.to_text()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_link_is_read_back_and_nothing_else_is_read_as_one() {
        let secret = LinkSecret::generate();
        assert_eq!(LinkSecret::parse(&secret.to_text()).unwrap().hash(), secret.hash());
        assert_ne!(LinkSecret::generate().hash(), secret.hash());
        for bad in ["", "x", "A", &"A".repeat(42), &"A".repeat(44), "é", &format!("{}=", *secret.to_text())] {
            assert!(LinkSecret::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(format!("{secret:?}"), "LinkSecret(hidden)");
    }
}
