//! DKIM signatures (RFC 6376; Ed25519 by RFC 8463), relaxed in header and body.
//!
//! The keys are ring's: the usual crate for RSA has no constant-time signing (RUSTSEC-2023-0071).

use std::fmt;
use std::path::Path;

use data_encoding::BASE64;
use domain::Moment;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use super::message::Sender;
use super::transport::TransportProblem;
use crate::config;

/// The headers that are signed where they stand in the mail. RFC 8058 wants both headers of the one-click address among them.
const SIGNED: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
];
/// Signed once more than they stand there, so that nobody can put a second one before them (RFC 6376, section 8.15).
const ONLY_ONCE: &[&str] = &["From", "Subject", "Date"];
/// Characters of a line of a folded signature.
const LINE: usize = 72;

/// A key with the name under which its public half is published.
pub struct DkimSigner {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

/// What the domain's DNS must hold, as one TXT record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimRecord {
    /// Its name, without a dot at the end.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl DkimRecord {
    /// The text in quoted pieces of at most 255 characters, as DNS holds it (RFC 6376, section 3.6.2.2) and a zone file writes it.
    #[must_use]
    pub fn pieces(&self) -> String {
        let signs: Vec<char> = self.text.chars().collect();
        signs.chunks(255).map(|piece| format!("\"{}\"", piece.iter().collect::<String>())).collect::<Vec<_>>().join(" ")
    }
}

/// The key could not sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the DKIM key could not sign a mail")]
pub struct SigningFailed;

impl fmt::Debug for DkimSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DkimSigner").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl DkimSigner {
    /// Reads the configured key: RSA of 2048 bits or more, or Ed25519, in PEM as openssl writes it.
    ///
    /// # Errors
    /// [`TransportProblem`] says what is wrong and how to make a key.
    pub fn from_config(dkim: &config::Dkim, from: &str) -> Result<Self, TransportProblem> {
        let problem = |text: String| Err(TransportProblem(text));
        for (name, value) in [("domain", &dkim.domain), ("selector", &dkim.selector)] {
            let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !value.split('.').all(label) {
                return problem(format!("mail.dkim.{name} = {value:?}: write it in small letters, digits, hyphens and dots, as in DNS"));
            }
        }
        let sender = Sender::parse(from).map_err(|cause| TransportProblem(format!("mail.from: {cause}")))?;
        let host = sender.domain().to_lowercase();
        if host != dkim.domain && !host.ends_with(&format!(".{}", dkim.domain)) {
            return problem(format!(
                "mail.dkim.domain = {:?} is not the domain of mail.from ({host}) nor above it: receivers would not count its signature (DMARC)",
                dkim.domain
            ));
        }
        let key = Key::read(&dkim.key_file)?;
        Ok(Self { domain: dkim.domain.clone(), selector: dkim.selector.clone(), key })
    }

    /// What is to be published in DNS.
    #[must_use]
    pub fn record(&self) -> DkimRecord {
        let (kind, public) = match &self.key {
            Key::Rsa(key) => ("rsa", subject_public_key_info(key.public().as_ref())),
            Key::Ed25519(key) => ("ed25519", key.public_key().as_ref().to_vec()),
        };
        DkimRecord {
            name: format!("{}._domainkey.{}", self.selector, self.domain),
            text: format!("v=DKIM1; k={kind}; p={}", BASE64.encode(&public)),
        }
    }

    /// The header that signs a mail, with the line break at its end. `raw` is the whole mail.
    pub(super) fn header(&self, raw: &str, now: Moment) -> Result<String, SigningFailed> {
        let (headers, body) = raw.split_once("\r\n\r\n").unwrap_or((raw, ""));
        let headers = fields(headers);
        let stands = |name: &&&str| headers.iter().any(|(field, _)| field.eq_ignore_ascii_case(name));
        let names: Vec<&str> = SIGNED.iter().filter(stands).chain(ONLY_ONCE).copied().collect();
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let unsigned = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={}; s={};\r\n t={};\r\n h={};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            now.micros() / 1_000_000,
            folded(&names.join(":"), ':'),
            BASE64.encode(&Sha256::digest(relaxed_body(body)))
        );
        let signature = self.key.sign(signed_data(&headers, &names, &unsigned).as_bytes())?;
        Ok(format!("{unsigned}{}\r\n", folded(&BASE64.encode(&signature), '\0')))
    }
}

impl Key {
    fn read(file: &Path) -> Result<Self, TransportProblem> {
        let problem = |text: String| TransportProblem(format!("mail.dkim.key_file {}: {text}", file.display()));
        let make = "make one with: openssl genrsa -out dkim.key 2048 (docs/mail.md)";
        let pem = std::fs::read(file).map_err(|cause| problem(format!("{cause}; {make}")))?;
        let der = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| problem(format!("it holds no private key in PEM form; {make}")))?;
        let rsa = |key: Result<RsaKeyPair, ring::error::KeyRejected>| key.map(|key| Self::Rsa(Box::new(key)));
        let key = match &der {
            PrivateKeyDer::Pkcs1(der) => rsa(RsaKeyPair::from_der(der.secret_pkcs1_der())),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                // openssl writes Ed25519 keys without their public half, which ring then computes.
                Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                    .map(|key| Self::Ed25519(Box::new(key)))
                    .or_else(|_| rsa(RsaKeyPair::from_pkcs8(der)))
            }
            _ => return Err(problem(format!("it holds a key of a kind that DKIM does not know; {make}"))),
        };
        key.map_err(|cause| problem(format!("the key is neither RSA of 2048 to 4096 bits nor Ed25519 ({cause}); {make}")))
    }

    fn sign(&self, data: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).map_err(|_| SigningFailed)?;
                Ok(signature)
            }
            // RFC 8463, section 3: Ed25519 signs the hash.
            Self::Ed25519(key) => Ok(key.sign(&Sha256::digest(data)).as_ref().to_vec()),
        }
    }
}

/// A mail's header fields: name and value, the value as it stands, line breaks included.
fn fields(headers: &str) -> Vec<(&str, &str)> {
    let mut fields = Vec::new();
    let mut rest = headers;
    while !rest.is_empty() {
        // A field ends where a line does not go on with white space.
        let end =
            rest.match_indices("\r\n").map(|(at, _)| at).find(|at| !rest.get(at + 2..).is_some_and(|next| next.starts_with([' ', '\t'])));
        let (field, next) = end.and_then(|at| Some((rest.get(..at)?, rest.get(at + 2..)?))).unwrap_or((rest, ""));
        if let Some((name, value)) = field.split_once(':') {
            fields.push((name, value));
        }
        rest = next;
    }
    fields
}

/// What is signed (RFC 6376, section 3.7): the named headers, of several with one name the last that is left, then the signature's own header with
/// nothing behind `b=`. A name without a header counts as nothing.
fn signed_data(headers: &[(&str, &str)], names: &[&str], own: &str) -> String {
    let mut left: Vec<&(&str, &str)> = headers.iter().collect();
    let mut data = String::new();
    for name in names {
        if let Some(place) = left.iter().rposition(|(field, _)| field.trim_end().eq_ignore_ascii_case(name)) {
            let (field, value) = left.remove(place);
            data.push_str(&relaxed_header(field, value));
            data.push_str("\r\n");
        }
    }
    if let Some((field, value)) = own.split_once(':') {
        data.push_str(&relaxed_header(field, value));
    }
    data
}

/// Section 3.4.2: name in small letters, the value on one line, white space as one space and none at the ends.
fn relaxed_header(name: &str, value: &str) -> String {
    let words: Vec<&str> = value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    format!("{}:{}", name.trim_end().to_ascii_lowercase(), words.join(" "))
}

/// Section 3.4.4: white space as one space and none at the ends of lines, no empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut gap = false;
        for sign in line.trim_end_matches([' ', '\t']).chars() {
            let space = matches!(sign, ' ' | '\t');
            if !space {
                if gap {
                    relaxed.push(' ');
                }
                relaxed.push(sign);
            }
            gap = space;
        }
        relaxed.push_str("\r\n");
    }
    let content = relaxed.trim_end_matches("\r\n").len();
    relaxed.truncate(content);
    if !relaxed.is_empty() {
        relaxed.push_str("\r\n");
    }
    relaxed
}

/// Breaks a long value into lines, behind `after` where it is a sign.
fn folded(value: &str, after: char) -> String {
    let mut out = String::new();
    let mut width = 0;
    let pieces: Vec<&str> = if after == '\0' { value.split_inclusive(|_| true).collect() } else { value.split_inclusive(after).collect() };
    for piece in pieces {
        if width + piece.len() > LINE {
            out.push_str("\r\n ");
            width = 0;
        }
        out.push_str(piece);
        width += piece.len();
    }
    out
}

/// An RSA key as X.509 wraps it (RFC 5280, section 4.1.2.7), which is what `p=` holds.
fn subject_public_key_info(rsa: &[u8]) -> Vec<u8> {
    /// rsaEncryption without parameters (RFC 3279, section 2.3.1).
    const ALGORITHM: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bits = tagged(0x03, &[&[0], rsa].concat());
    tagged(0x30, &[ALGORITHM, &bits].concat())
}

/// A DER value with its tag and length.
fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    match length.as_slice() {
        [] => out.push(0),
        [short] if *short < 0x80 => out.push(*short),
        long => {
            // At most eight bytes of length, so this always fits.
            out.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            out.extend_from_slice(long);
        }
    }
    out.extend_from_slice(value);
    out
}

#[cfg(test)]
#[path = "dkim_tests.rs"]
mod tests;
