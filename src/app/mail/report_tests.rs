#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Reports as mail servers write them. Their forms are those of the servers; their content is made up.

use proptest::prelude::*;

use super::*;

/// Lines end as they do on the wire.
fn read(text: &str) -> Vec<Failure> {
    let wire = failures(text.replace('\n', "\r\n").as_bytes());
    assert_eq!(failures(text.as_bytes()), wire, "a mail in a maildir has bare line feeds and says the same");
    wire
}

fn one(text: &str) -> (Vec<String>, AddressMark, Option<String>) {
    let [failure] = read(text).try_into().unwrap_or_else(|all| panic!("not one failure: {all:?}"));
    (failure.addresses, failure.mark, failure.kind)
}

/// A report with the given fields about its one recipient.
fn report(fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n{fields}\n--b--\n"
    )
}

fn named(address: &str) -> Vec<String> {
    vec![address.to_owned()]
}

const POSTFIX: &str = "Return-Path: <>
Date: Sat, 21 Nov 2026 10:00:00 +0000 (UTC)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: survey@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary=\"4CxyzK1Fg4z1.1763719200/mx.example.org\"
Content-Transfer-Encoding: 8bit
Message-Id: <20261121100000.4CxyzL2Wn1z2@mx.example.org>

This is a MIME-encapsulated message.

--4CxyzK1Fg4z1.1763719200/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

<ada@example.com>: host mail.example.com[192.0.2.7] said: 550 5.1.1
    <ada@example.com>: Recipient address rejected: User unknown in local
    recipient table (in reply to RCPT TO command)

--4CxyzK1Fg4z1.1763719200/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4CxyzK1Fg4z1
X-Postfix-Sender: rfc822; survey@example.org
Arrival-Date: Sat, 21 Nov 2026 09:59:59 +0000 (UTC)

Final-Recipient: rfc822; ada@example.com
Original-Recipient: rfc822;ada@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; 550 5.1.1 <ada@example.com>: Recipient address rejected:
    User unknown in local recipient table

--4CxyzK1Fg4z1.1763719200/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

Return-Path: <survey@example.org>
From: Candor <survey@example.org>
To: Ada <ada@example.com>
Subject: Your invitation
Candor-Mail: invitation
Content-Type: text/plain

Your link: https://survey.example.org/w/2026-q4/#v2.secret

--4CxyzK1Fg4z1.1763719200/mx.example.org--
";

#[test]
fn postfix() {
    assert_eq!(one(POSTFIX), (named("ada@example.com"), AddressMark::UnknownAddress, Some("invitation".to_owned())));
}

#[test]
fn postfix_returning_the_headers_alone() {
    let headers =
        POSTFIX.replace("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers").replace("invitation\n", "reminder\n");
    assert_eq!(one(&headers).2.as_deref(), Some("reminder"));
}

#[test]
fn exim_leaves_the_reason_to_the_diagnostic_code() {
    let mail = "From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: survey@example.org
References: <abc@example.org>
X-Failed-Recipients: bob@example.com
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=1763719200-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1763719200-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  bob@example.com
    host mx.example.com [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<bob@example.com>:
    552 5.2.2 <bob@example.com>: Mailbox over quota

--1763719200-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Action: failed
Final-Recipient: rfc822;bob@example.com
Status: 5.0.0
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 552 5.2.2 <bob@example.com>: Mailbox over quota

--1763719200-eximdsn-1804289383
Content-type: message/rfc822

From: Candor <survey@example.org>
To: bob@example.com
candor-mail:  Closing

text
--1763719200-eximdsn-1804289383--
";
    assert_eq!(one(mail), (named("bob@example.com"), AddressMark::Full, Some("closing".to_owned())));
}

#[test]
fn exchange() {
    let mail = "From: <postmaster@example.com>
To: <survey@example.org>
Date: Sat, 21 Nov 2026 10:00:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary=\"4b5c3a5e-0000-4bfe-8f4c-1a2b3c4d5e6f\"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Subject: Undeliverable: Your invitation
Auto-Submitted: auto-replied
MIME-Version: 1.0

--4b5c3a5e-0000-4bfe-8f4c-1a2b3c4d5e6f
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary=\"7f6e5d4c-0000-4a1b-9c8d-7e6f5a4b3c2d\"

--7f6e5d4c-0000-4a1b-9c8d-7e6f5a4b3c2d
Content-Type: text/plain; charset=\"us-ascii\"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:

--7f6e5d4c-0000-4a1b-9c8d-7e6f5a4b3c2d
Content-Type: text/html; charset=\"us-ascii\"
Content-Transfer-Encoding: quoted-printable

<html><body>Delivery has failed</body></html>

--7f6e5d4c-0000-4a1b-9c8d-7e6f5a4b3c2d--

--4b5c3a5e-0000-4bfe-8f4c-1a2b3c4d5e6f
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.example
Received-From-MTA: dns;mx.example.org
Arrival-Date: Sat, 21 Nov 2026 09:59:58 +0000

Final-Recipient: rfc822;grace@example.com
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: Grace

--4b5c3a5e-0000-4bfe-8f4c-1a2b3c4d5e6f
Content-Type: message/rfc822

Received: from mx.example.org (192.0.2.1) by AM0PR01MB1234
From: Candor <survey@example.org>
To: Grace <grace@example.com>
Candor-Mail: invitation
Content-Type: multipart/alternative; boundary=\"part-00\"

--part-00
Content-Type: text/plain

text
--part-00--

--4b5c3a5e-0000-4bfe-8f4c-1a2b3c4d5e6f--
";
    assert_eq!(one(mail), (named("grace@example.com"), AddressMark::UnknownAddress, Some("invitation".to_owned())));
}

#[test]
fn gmail_with_the_folded_answer_of_the_other_server() {
    let mail = "To: survey@example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Content-Type: multipart/report; boundary=\"0000000000001a2b3c05\"; report-type=delivery-status

--0000000000001a2b3c05
Content-Type: multipart/related; boundary=\"0000000000001a2b4d06\"

--0000000000001a2b4d06
Content-Type: multipart/alternative; boundary=\"0000000000001a2b4d07\"

--0000000000001a2b4d07
Content-Type: text/plain; charset=\"UTF-8\"

** Address not found **

--0000000000001a2b4d07--
--0000000000001a2b4d06
Content-Type: image/png; name=\"icon.png\"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--0000000000001a2b4d06--
--0000000000001a2b3c05
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Sat, 21 Nov 2026 02:00:00 -0800 (PST)
X-Original-Message-ID: <0011@example.org>

Final-Recipient: rfc822; alan@gmail.com
Action: failed
Status: 5.2.2
Remote-MTA: dns; gmail-smtp-in.l.google.com. (the server for the domain gmail.com.)
Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space. Please direct
 552-5.2.2 the recipient to clean up. 552 5.2.2 x - gsmtp
Last-Attempt-Date: Sat, 21 Nov 2026 02:00:01 -0800 (PST)

--0000000000001a2b3c05
Content-Type: message/rfc822

From: Candor <survey@example.org>
Candor-Mail: closing
To: alan@gmail.com

text
--0000000000001a2b3c05--
";
    assert_eq!(one(mail), (named("alan@gmail.com"), AddressMark::Full, Some("closing".to_owned())));
}

#[test]
fn a_delay_a_success_and_a_failure_in_one_report_are_one_failure() {
    let fields = "Final-Recipient: rfc822; late@example.com
Action: delayed
Status: 4.4.1
Will-Retry-Until: Thu, 26 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; there@example.com
Action: delivered
Status: 2.0.0

Final-Recipient: rfc822; gone@example.com
Action: Failed (at last)
Status: 5.1.1 (no such user)
";
    assert_eq!(one(&report(fields)), (named("gone@example.com"), AddressMark::UnknownAddress, None));
}

#[test]
fn every_failure_of_a_report_is_read_up_to_a_limit() {
    let group = |n: usize| format!("Final-Recipient: rfc822; p{n}@example.com\nAction: failed\nStatus: 5.4.4\n");
    let fields = (0..3).map(group).collect::<Vec<_>>().join("\n");
    assert_eq!(
        read(&report(&fields)).iter().map(|f| f.addresses[0].as_str()).collect::<Vec<_>>(),
        ["p0@example.com", "p1@example.com", "p2@example.com"]
    );
    let many = (0..MOST_RECIPIENTS * 3).map(group).collect::<Vec<_>>().join("\n");
    assert!(read(&report(&many)).len() <= MOST_RECIPIENTS);
}

#[test]
fn a_mail_that_was_tried_for_days_and_given_up_failed_although_its_code_is_of_a_passing_kind() {
    let fields = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; delivery time expired\n";
    assert_eq!(one(&report(fields)).1, AddressMark::Bounced);
}

#[test]
fn codes_are_sorted_into_reasons() {
    use AddressMark::{Bounced, Full, UnknownAddress};
    for (status, diagnostic, mark) in [
        ("5.1.1", "", UnknownAddress),
        ("5.1.2", "", UnknownAddress),
        ("5.1.10", "", UnknownAddress),
        ("5.4.4", "X-Postfix; Host or domain name not found", UnknownAddress),
        ("4.4.1", "X-Postfix; connect to mx.example.com: Connection timed out", Bounced),
        ("5.0.0", "smtp; 550 5.1.1 no", UnknownAddress),
        ("5.0.0", "smtp; 550-5.1.1 no", UnknownAddress),
        ("5.2.2", "", Full),
        ("4.2.2", "", Full),
        ("5.0.0", "smtp; 552 storage exceeded", Full),
        ("5.3.4", "smtp; 552 5.3.4 too large", Bounced),
        ("5.1.7", "", Bounced),
        ("5.7.1", "smtp; 550 5.7.1 not wanted, see 5.1.1", Bounced),
        ("5.0.0", "smtp; 550 192.5.1.1 says no", Bounced),
        ("nonsense", "nonsense", Bounced),
        ("5.1.1111", "", Bounced),
        ("", "", Bounced),
    ] {
        let fields = format!("Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n");
        assert_eq!(one(&report(&fields)).1, mark, "{status} {diagnostic}");
    }
}

#[test]
fn an_address_is_read_plain_and_decoded() {
    let addresses = |field: &str| one(&report(&format!("{field}\nAction: failed\nStatus: 5.1.1\n"))).0;
    assert_eq!(addresses("Original-Recipient: rfc822; ada+2Bwork@example.com"), ["ada+2Bwork@example.com", "ada+work@example.com"]);
    assert_eq!(addresses("Original-Recipient: rfc822; ada+work@example.com"), ["ada+work@example.com"]);
    assert_eq!(addresses("Final-Recipient: RFC822;<ada@example.com>"), ["ada@example.com"]);
    assert_eq!(addresses("Final-Recipient: utf-8; j\\x{F6}rg@b\\x{fc}cher.example"), ["jörg@bücher.example"]);
    assert_eq!(
        addresses("Original-Recipient: rfc822;ada@example.org\nFinal-Recipient: rfc822;a123@host.example.com"),
        ["ada@example.org", "a123@host.example.com"]
    );
    for nobody in ["Final-Recipient: x400; /C=DE/S=Ada/", "Final-Recipient: rfc822; ada", "Final-Recipient:", "X-Other: a@example.com"] {
        assert_eq!(read(&report(&format!("{nobody}\nAction: failed\nStatus: 5.1.1\n"))), [], "{nobody}");
    }
}

#[test]
fn an_encoded_report_is_decoded() {
    let status = "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n";
    let returned = "Candor-Mail: closing\nSubject: x\n\ntext\n";
    let base64 = |text: &str| data_encoding::BASE64_MIME.encode(text.as_bytes());
    for (encoding, status, returned) in [
        ("Base64", base64(status), base64(returned)),
        ("quoted-printable", status.replace("rfc822", "rfc=\n822").replace('@', "=40"), returned.replace("closing", "clos=69ng")),
    ] {
        let mail = format!(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: {encoding}\n\n{status}\n--b\nContent-Type: message/global-headers\nContent-Transfer-Encoding: {encoding}\n\n{returned}\n--b--\n"
        );
        assert_eq!(one(&mail), (named("a@example.com"), AddressMark::UnknownAddress, Some("closing".to_owned())), "{encoding}");
    }
}

#[test]
fn what_is_no_report_of_a_failure_is_none() {
    let fields = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n";
    let good = report(fields);
    assert_eq!(read(&good).len(), 1, "the test itself must begin with one");
    for (what, mail) in [
        ("an answer by a machine", format!("Auto-Submitted: auto-replied\nSubject: I am away\nContent-Type: text/plain\n\n{fields}")),
        ("a note that a mail was read", good.replace("delivery-status;", "disposition-notification;")),
        ("a complaint", good.replace("report-type=delivery-status", "report-type=feedback-report")),
        ("a report inside another mail", format!("Content-Type: message/rfc822\n\n{good}")),
        ("no status", good.replace("message/delivery-status", "text/plain")),
        ("no action", good.replace("Action: failed\n", "")),
        ("nothing", String::new()),
        ("no header", "\n\n\n".to_owned()),
    ] {
        assert_eq!(read(&mail), [], "{what}");
    }
}

#[test]
fn nothing_of_a_failure_prints_an_address() {
    let failure = read(POSTFIX).remove(0);
    assert!(!format!("{failure:?}").contains("ada"));
}

#[test]
fn of_a_huge_mail_only_the_beginning_is_read() {
    let mut huge = POSTFIX.as_bytes().to_vec();
    huge.resize(READ_LIMIT * 8, b'x');
    assert_eq!(failures(&huge).len(), 1);
}

/// Mails in mails in mails, in every way that the format offers, on a stack smaller than any thread of the program has.
#[test]
fn a_mail_of_ten_thousand_mails_in_each_other_ends_nobodys_thread() {
    let reading = || {
        for header in [
            "Content-Type: message/rfc822\n\n",
            "Content-type: MESSAGE/Global\n\n",
            "Content-Type: multipart/digest; boundary=c\n\n--c\n\n",
        ] {
            let inner = report("Final-Recipient: rfc822; a@example.com\nAction: failed\n");
            let nested = inner.replacen("--b\n\nSorry.", &format!("--b\n{}Sorry.", header.repeat(10_000)), 1);
            assert_eq!(failures(nested.as_bytes()).len(), 1, "what stands beside it is read");
        }
        let boundaries: String = (0..20_000).map(|n| format!("Content-Type: multipart/mixed; boundary=\"n{n}\"\n\n--n{n}\n")).collect();
        let mail = report("").replacen("--b\n\nSorry.", &format!("--b\n{boundaries}\n"), 1);
        assert_eq!(failures(mail.as_bytes()), []);
        let bomb = "Content-Type: message/rfc822\n\n".repeat(10_000);
        let encoded = data_encoding::BASE64_MIME.encode(bomb.as_bytes());
        let mail = POSTFIX.replace(
            "Content-Transfer-Encoding: 8bit\n\nReturn-Path",
            &format!("Content-Transfer-Encoding: base64\n\n{encoded}\nReturn-Path"),
        );
        assert_ne!(mail, POSTFIX);
        assert_eq!(failures(mail.as_bytes()).len(), 1);
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(reading).unwrap().join().unwrap();
}

#[test]
fn a_mail_made_to_be_slow_is_read_to_its_end() {
    let recipient = "Final-Recipient: rfc822; +2B@\nAction: failed\n\n";
    let multipart = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    for piece in ["--b\n", "a:", "\n\n", " \n", "(", "=\n", "\\x{", "+2", recipient, multipart] {
        let mail = report(&piece.repeat(READ_LIMIT / piece.len()));
        assert!(failures(mail.as_bytes()).len() <= MOST_RECIPIENTS);
    }
}

#[test]
fn an_address_with_a_control_character_is_none() {
    for recipient in ["rfc822; a+00@example.org", "rfc822; a\0@example.org", "utf-8; a\\x{0}@example.org", "utf-8; a\\x{85}@example.org"] {
        let read = failures(report(&format!("Final-Recipient: {recipient}\nAction: failed\n")).as_bytes());
        let addresses: Vec<_> = read.into_iter().flat_map(|failure| failure.addresses).collect();
        assert!(addresses.iter().all(|address| address == "a+00@example.org"), "{recipient}: {addresses:?}");
    }
    let beside = one(&report("Original-Recipient: rfc822; a+0D@example.org\nFinal-Recipient: rfc822; b@example.org\nAction: failed\n"));
    assert_eq!(beside.0, ["a+0D@example.org", "b@example.org"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
        prop_assert!(failures(&bytes).is_empty());
    }

    #[test]
    fn a_damaged_report_is_read_without_a_panic(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 0..8)), 1..12)
    ) {
        let mut bytes = POSTFIX.as_bytes().to_vec();
        for (from, length, with) in &cuts {
            let from = from.index(bytes.len());
            let to = (from + length.index(40)).min(bytes.len());
            bytes.splice(from..to, with.iter().copied());
            if bytes.is_empty() {
                bytes.push(b'\n');
            }
        }
        let found = failures(&bytes);
        prop_assert!(found.len() <= MOST_RECIPIENTS);
        prop_assert!(found.iter().all(|failure| failure.addresses.iter().all(|address| address.contains('@') && !address.contains(char::is_control))));
    }

    #[test]
    fn an_address_survives_its_encoding(local in "[a-z+=.]{1,20}") {
        let encoded: String = local.chars().map(|c| if c == '+' || c == '=' { format!("+{:02X}", c as u32) } else { c.to_string() }).collect();
        prop_assert_eq!(from_xtext(&encoded), Some(local));
    }
}
