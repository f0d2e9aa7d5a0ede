//! The secret of a session, and the cookie that carries it.

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How long a session lasts, however much it is used.
pub(super) const LIFETIME: Duration = Duration::from_secs(12 * 3600);

/// How long a browser stays known in which somebody has signed in.
pub(super) const KNOWN: Duration = Duration::from_secs(180 * 86_400);

/// The secret of a session: 32 random bytes. The store keeps their SHA-256 only.
#[derive(Clone)]
pub(super) struct SessionToken(Zeroizing<[u8; 32]>);

impl SessionToken {
    /// A new secret from the system's randomness.
    pub(super) fn generate() -> Self {
        Self::from_bytes(rand::random())
    }

    /// The secret with these bytes.
    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads a cookie's value; `None` for anything that the console did not write.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(value.as_bytes()).ok()?);
        bytes.as_slice().try_into().ok().map(Self::from_bytes)
    }

    /// The secret itself.
    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the store keeps.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.bytes()).into()
    }
}

/// The cookie of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionCookie {
    /// Behind https: the `__Host-` prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis, section 4.1.3.2).
    Secure,
    /// On this machine only, without https.
    Plain,
}

impl SessionCookie {
    /// The cookie for a console at this public address.
    pub(super) fn of(console_url: &str) -> Self {
        if console_url.to_ascii_lowercase().starts_with("https://") { Self::Secure } else { Self::Plain }
    }

    /// The cookie's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-candor",
            Self::Plain => "candor",
        }
    }

    /// The cookie that starts a session.
    pub(super) fn carrying(self, token: &SessionToken) -> Cookie<'static> {
        let seconds = i64::try_from(LIFETIME.as_secs()).unwrap_or(i64::MAX);
        self.build(BASE64URL_NOPAD.encode(token.bytes()), seconds)
    }

    /// The cookie that ends it in the browser.
    pub(super) fn cleared(self) -> Cookie<'static> {
        self.build(String::new(), 0)
    }

    /// The name of the cookie by which a browser is known in which somebody has signed in.
    pub(super) const fn known_name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-candor-known",
            Self::Plain => "candor-known",
        }
    }

    /// The cookie by which a browser is known from now on. It opens nothing: whoever holds it may only try passwords without waiting for others.
    pub(super) fn knowing(self, token: &SessionToken) -> Cookie<'static> {
        let seconds = i64::try_from(KNOWN.as_secs()).unwrap_or(i64::MAX);
        self.named(self.known_name(), BASE64URL_NOPAD.encode(token.bytes()), seconds)
    }

    fn build(self, value: String, seconds: i64) -> Cookie<'static> {
        self.named(self.name(), value, seconds)
    }

    fn named(self, name: &'static str, value: String, seconds: i64) -> Cookie<'static> {
        Cookie::build(name, value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self == Self::Secure)
            .max_age(actix_web::cookie::time::Duration::seconds(seconds))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_cookie_carries_the_token_and_nothing_else_is_read_as_one() {
        let token = SessionToken::from_bytes([9; 32]);
        let cookie = SessionCookie::Secure.carrying(&token);
        assert_eq!(SessionToken::parse(cookie.value()).unwrap().bytes(), token.bytes());
        for bad in ["", "x", "CQkJ", &"A".repeat(44), "é"] {
            assert!(SessionToken::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn behind_https_the_cookie_is_bound_to_the_host_and_to_https() {
        let written = SessionCookie::of("https://console.example.org").carrying(&SessionToken::from_bytes([0; 32])).to_string();
        for part in ["__Host-candor=", "HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=43200"] {
            assert!(written.contains(part), "{written}");
        }
        assert!(!written.contains("Domain"), "{written}");
        let plain = SessionCookie::of("http://localhost:8081").cleared().to_string();
        assert!(plain.starts_with("candor=;") && plain.contains("Max-Age=0") && !plain.contains("Secure"), "{plain}");
    }
}
