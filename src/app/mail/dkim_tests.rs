#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use ring::signature::{ED25519, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey, VerificationAlgorithm};

use super::super::given::{composed, invitation, moment};
use super::*;

/// RFC 8463, appendix A.3: a mail with an Ed25519 and an RSA signature, as published.
const RFC_8463: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
";
/// Appendix A.2: the public keys as their DNS records hold them.
const RFC_ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const RFC_RSA: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx\
    /byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

/// The signature that dkimpy 1.1.8 made for the same mail with the key `rsa2048.pem`.
const DKIMPY: &str = include_str!("dkim_vectors/dkimpy.txt");

fn vectors(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/app/mail/dkim_vectors").join(name)
}

fn signer(key: &str) -> DkimSigner {
    let dkim = config::Dkim { domain: "example.org".to_owned(), selector: "candor2026".to_owned(), key_file: vectors(key) };
    DkimSigner::from_config(&dkim, "Candor <survey@example.org>").unwrap()
}

/// A signature as a receiver reads it: the tags, the header with nothing behind `b=`.
struct Read {
    header: String,
    names: Vec<String>,
    body_hash: String,
    signature: Vec<u8>,
}

fn read(name: &str, value: &str) -> Read {
    let tag = |wanted: &str| {
        let tags = value.split(';').filter_map(|tag| tag.split_once('='));
        let (_, found) = tags.into_iter().find(|(name, _)| name.trim() == wanted).unwrap();
        found.split_whitespace().collect::<String>()
    };
    let signature = BASE64.decode(tag("b").as_bytes()).unwrap();
    let start = value.find(" b=").unwrap();
    Read {
        header: format!("{name}:{} b=", &value[..start]),
        names: tag("h").split(':').map(str::to_owned).collect(),
        body_hash: tag("bh"),
        signature,
    }
}

/// Whether a receiver that has the key accepts the signature.
fn verifies(mail: &str, read: &Read, algorithm: &'static dyn VerificationAlgorithm, key: &[u8]) -> bool {
    let (headers, body) = mail.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = read.names.iter().map(String::as_str).collect();
    let data = signed_data(&fields(headers), &names, &read.header);
    let is_ed25519 = key.len() == 32;
    let signed = if is_ed25519 { Sha256::digest(&data).to_vec() } else { data.into_bytes() };
    BASE64.encode(&Sha256::digest(relaxed_body(body))) == read.body_hash
        && UnparsedPublicKey::new(algorithm, key).verify(&signed, &read.signature).is_ok()
}

#[test]
fn the_example_of_rfc_8463_verifies_with_both_keys_and_not_when_a_word_is_changed() {
    let mail = RFC_8463.replace('\n', "\r\n");
    let (headers, _) = mail.split_once("\r\n\r\n").unwrap();
    let fields = fields(headers);
    assert_eq!(fields.len(), 7);
    let ed25519 = BASE64.decode(RFC_ED25519.as_bytes()).unwrap();
    let signature = read(fields[0].0, fields[0].1);
    assert!(verifies(&mail, &signature, &ED25519, &ed25519));
    assert!(!verifies(&mail.replace("hungry", "thirsty"), &signature, &ED25519, &ed25519));
    assert!(!verifies(&mail.replace("Subject: Is", "Subject: Was"), &signature, &ED25519, &ed25519));
    // One more From would be taken by the second `from` of `h=`.
    assert!(!verifies(&mail.replace("To: Suzie", "From: Eve <eve@example.org>\r\nTo: Suzie"), &signature, &ED25519, &ed25519));
    let rsa = BASE64.decode(RFC_RSA.as_bytes()).unwrap();
    let signature = read(fields[1].0, fields[1].1);
    // X.509 puts 22 bytes before a key of 1024 bits.
    assert!(verifies(&mail, &signature, &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, &rsa[22..]));
    assert!(!verifies(&mail.replace("hungry", "thirsty"), &signature, &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, &rsa[22..]));
}

#[test]
fn another_programs_rsa_signature_over_the_same_header_is_the_same_to_the_last_bit() {
    let mail = RFC_8463.replace('\n', "\r\n");
    let (headers, body) = mail.split_once("\r\n\r\n").unwrap();
    let dkimpy = DKIMPY.trim_end().replace("\r\n", "\n").replace('\n', "\r\n");
    let (name, value) = dkimpy.split_once(':').unwrap();
    let expected = read(name, value);
    let names: Vec<&str> = expected.names.iter().map(String::as_str).collect();
    let data = signed_data(&fields(headers), &names, &expected.header);
    assert_eq!(BASE64.encode(&Sha256::digest(relaxed_body(body))), expected.body_hash);
    assert_eq!(signer("rsa2048.pem").key.sign(data.as_bytes()).unwrap(), expected.signature);
}

#[test]
fn white_space_is_relaxed_as_the_example_of_rfc_6376_shows() {
    // Section 3.4.5.
    assert_eq!(relaxed_header("A", " X"), "a:X");
    assert_eq!(relaxed_header("B ", " Y\t\r\n\tZ  "), "b:Y Z");
    assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
    assert_eq!(relaxed_body(""), "");
    assert_eq!(relaxed_body("\r\n \r\n"), "");
    assert_eq!(relaxed_body("no line break"), "no line break\r\n");
}

#[test]
fn a_composed_mail_is_signed_with_either_key_over_everything_that_matters() {
    for (key, algorithm) in
        [("rsa2048.pem", &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY as &'static dyn VerificationAlgorithm), ("ed25519.pem", &ED25519)]
    {
        let signer = signer(key);
        let public = match &signer.key {
            Key::Rsa(key) => key.public().as_ref().to_vec(),
            Key::Ed25519(key) => key.public_key().as_ref().to_vec(),
        };
        let mut mail = composed("de", &invitation());
        let unsigned = mail.raw.clone();
        mail.sign(&signer, moment("2026-11-21T09:00:00Z")).unwrap();
        assert!(mail.raw.starts_with("DKIM-Signature: v=1; ") && mail.raw.ends_with(&unsigned));
        assert!(mail.raw.lines().take_while(|line| !line.starts_with("From")).all(|line| line.len() <= 78));
        let (headers, _) = mail.raw.split_once("\r\n\r\n").unwrap();
        let signature = read(fields(headers)[0].0, fields(headers)[0].1);
        for name in SIGNED {
            assert!(signature.names.iter().any(|signed| signed == name), "{name}");
        }
        assert!(verifies(&mail.raw, &signature, algorithm, &public));
        let other = mail.raw.replace("List-Unsubscribe-Post: List", "List-Unsubscribe-Post: list");
        assert!(!verifies(&other, &signature, algorithm, &public));
    }
}

#[test]
fn the_record_holds_the_public_key_as_openssl_writes_it() {
    let record = signer("rsa2048.pem").record();
    assert_eq!(record.name, "candor2026._domainkey.example.org");
    let openssl = include_str!("dkim_vectors/rsa2048.pub").lines().filter(|line| !line.starts_with('-')).collect::<String>();
    assert_eq!(record.text, format!("v=DKIM1; k=rsa; p={openssl}"));
    let record = signer("ed25519.pem").record();
    let openssl = include_str!("dkim_vectors/ed25519.pub").lines().filter(|line| !line.starts_with('-')).collect::<String>();
    // X.509 puts twelve bytes before the key (RFC 8410); DKIM wants the key alone.
    let key = BASE64.decode(openssl.as_bytes()).unwrap();
    assert_eq!(record.text, format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&key[12..])));
}

#[test]
fn a_wrong_key_or_domain_is_refused_with_what_to_do() {
    let refused = |domain: &str, selector: &str, key: &str| {
        let dkim = config::Dkim { domain: domain.to_owned(), selector: selector.to_owned(), key_file: vectors(key) };
        DkimSigner::from_config(&dkim, "Candor <survey@mail.example.org>").expect_err("should be refused").to_string()
    };
    assert!(refused("example.com", "s", "rsa2048.pem").contains("mail.example.org"));
    assert!(refused("ample.org", "s", "rsa2048.pem").contains("DMARC"));
    assert!(refused("example.org", "S 1", "rsa2048.pem").contains("small letters"));
    assert!(refused("example.org", "s", "missing.pem").contains("openssl genrsa"));
    assert!(refused("example.org", "s", "dkimpy.txt").contains("no private key"));
    assert!(refused("example.org", "s", "rsa2048.pub").contains("no private key"));
    let signer = signer("rsa2048.pem");
    assert!(!format!("{signer:?}").contains("key"), "{signer:?}");
}
