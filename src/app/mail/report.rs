//! Reading mails that came back: reports of a mail server that it could not deliver (RFC 3464, within RFC 6522).
//!
//! Pure: bytes in, failures out. What is read was written by strangers. Nothing here trusts it, keeps it or prints it; a mail that is no such
//! report, or is broken, is a mail without failures.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::catch_unwind;

use identity::AddressMark;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders};

use super::message::KIND_HEADER;

/// The most of a mail that is read: reports are a few kilobytes, and what they are about stands at their beginning.
pub const READ_LIMIT: usize = 1 << 20;
/// The most recipients of one report that are looked at. Ours have one.
const MOST_RECIPIENTS: usize = 100;
/// The most parts of a report that are looked at. It has three.
const MOST_PARTS: usize = 10;
/// A recipient to whom a mail could not be delivered, for good.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure {
    /// The address as it may be known here, the likeliest first: as it was given to the first server, then as the last one knew it. Without control
    /// characters.
    pub addresses: Vec<String>,
    /// Why.
    pub mark: AddressMark,
    /// What the returned mail says it was ([`KIND_HEADER`]), if it was returned.
    pub kind: Option<String>,
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure").field("mark", &self.mark).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The failures that a mail reports; none when it reports a delay or a success, answers by itself, or is anything else. Reads the first
/// [`READ_LIMIT`] bytes.
#[must_use]
pub fn failures(mail: &[u8]) -> Vec<Failure> {
    let mail = mail.get(..READ_LIMIT).unwrap_or(mail);
    // Whatever a stranger's bytes do to the parser, they end with this mail.
    catch_unwind(|| read(mail)).unwrap_or_default()
}

fn read(mail: &[u8]) -> Vec<Failure> {
    let message = Part::of(mail);
    let Some(boundary) = message.report_boundary() else { return Vec::new() };
    let parts = parts(message.body, &boundary);
    let kind = parts.iter().find_map(Part::returned_kind);
    let statuses = parts.iter().filter(|part| part.is("message", &["delivery-status", "global-delivery-status"]));
    let recipients = statuses.flat_map(|part| groups_of_fields(&String::from_utf8_lossy(&part.decoded())));
    recipients.take(MOST_RECIPIENTS).filter_map(|fields| failure(&fields, kind.as_deref())).collect()
}

/// A mail or a part of one. Headers and encodings are read by the parser of the field; the parts of a report are told apart here, because only its
/// own parts are of interest, and the parser would build a tree of all that is in them: mails in mails, deep enough to break any stack.
struct Part<'m> {
    headers: Option<Message<'m>>,
    body: &'m [u8],
}

impl<'m> Part<'m> {
    fn of(bytes: &'m [u8]) -> Self {
        let mut end_of_line = 0;
        // The headers end at the first empty line.
        let end = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').find_map(|(place, _)| {
            let line = bytes.get(end_of_line..place)?;
            end_of_line = place + 1;
            matches!(line, b"" | b"\r").then_some(end_of_line)
        });
        let (headers, body) = bytes.split_at_checked(end.unwrap_or(bytes.len())).unwrap_or((bytes, b""));
        Self { headers: MessageParser::default().parse_headers(headers), body }
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.headers.as_ref()?.content_type()
    }

    fn is(&self, ctype: &str, subtypes: &[&str]) -> bool {
        self.content_type().is_some_and(|content| {
            content.ctype().eq_ignore_ascii_case(ctype)
                && content.subtype().is_some_and(|given| subtypes.iter().any(|subtype| given.eq_ignore_ascii_case(subtype)))
        })
    }

    /// The boundary between the parts of a report on delivery; `None` for any other mail.
    fn report_boundary(&self) -> Option<String> {
        let content = self.content_type().filter(|_| self.is("multipart", &["report"]))?;
        content.attribute("report-type").filter(|report| report.eq_ignore_ascii_case("delivery-status"))?;
        content.attribute("boundary").filter(|boundary| !boundary.is_empty()).map(str::to_owned)
    }

    /// The content without its transfer encoding. Reports are written plainly, but those on internationalised addresses may be encoded (RFC 6533).
    fn decoded(&self) -> Cow<'m, [u8]> {
        let encoding = self.headers.as_ref().and_then(|headers| headers.content_transfer_encoding()).unwrap_or_default();
        let decoded = match encoding.to_ascii_lowercase().as_str() {
            "base64" => base64_decode(self.body),
            "quoted-printable" => quoted_printable_decode(self.body),
            _ => return self.body.into(),
        };
        decoded.unwrap_or_default().into()
    }

    /// What the mail that came back says it was; it is returned whole, or its headers alone.
    fn returned_kind(&self) -> Option<String> {
        if !self.is("message", &["rfc822", "global", "global-headers"]) && !self.is("text", &["rfc822-headers"]) {
            return None;
        }
        let returned = self.decoded();
        let returned = Part::of(&returned);
        let kind = returned.headers.as_ref()?.header_raw(KIND_HEADER)?;
        Some(kind.trim().to_ascii_lowercase())
    }
}

/// The parts between lines that begin with `--` and the boundary (RFC 2046 section 5.1.1).
fn parts<'m>(body: &'m [u8], boundary: &str) -> Vec<Part<'m>> {
    let mut parts = Vec::new();
    let mut begin: Option<usize> = None;
    let mut place = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let after = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes())).map(<[u8]>::trim_ascii_end);
        if matches!(after, Some(b"" | b"--")) {
            parts.extend(begin.and_then(|begin| body.get(begin..place)).map(Part::of));
            begin = Some(place + line.len());
            if after == Some(b"--") || parts.len() == MOST_PARTS {
                return parts;
            }
        }
        place += line.len();
    }
    // Cut short on its way, or longer than what is read.
    parts.extend(begin.and_then(|begin| body.get(begin..)).map(Part::of));
    parts
}

/// The fields of one group, by their names in small letters.
type Fields = BTreeMap<String, String>;

/// The groups of fields of a delivery status (RFC 3464 section 2.1): one about the report, then one per recipient.
fn groups_of_fields(text: &str) -> Vec<Fields> {
    let mut groups = vec![Fields::new()];
    let mut last: Option<String> = None;
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            last = None;
            if !group.is_empty() {
                groups.push(Fields::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some(value) = last.as_ref().and_then(|name| group.get_mut(name)) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            // The first of several fields of one name counts, as a server that adds to a report adds at its end.
            group.entry(name.clone()).or_insert_with(|| value.trim().to_owned());
            last = Some(name);
        }
        if groups.len() > MOST_RECIPIENTS + 1 {
            break;
        }
    }
    groups
}

fn failure(fields: &Fields, kind: Option<&str>) -> Option<Failure> {
    // "delayed" is tried further; a failure is final whatever its status says (4.4.7: tried for days).
    let action = fields.get("action")?;
    if !first_word(action).eq_ignore_ascii_case("failed") {
        return None;
    }
    let addresses = addresses(fields);
    if addresses.is_empty() {
        return None;
    }
    Some(Failure { addresses, mark: mark(fields), kind: kind.map(str::to_owned) })
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ';')).find(|word| !word.is_empty()).unwrap_or_default()
}

fn addresses(fields: &Fields) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for field in ["original-recipient", "final-recipient", "x-actual-recipient"] {
        let Some(value) = fields.get(field) else { continue };
        let (kind, address) = value.split_once(';').unwrap_or(("rfc822", value));
        let address = address.trim().trim_start_matches('<').trim_end_matches('>');
        // A plus may belong to the address, or begin an encoded byte; only who knows the addresses can tell.
        let readings = match kind.trim().to_ascii_lowercase().as_str() {
            "rfc822" => [Some(address.to_owned()), from_xtext(address)],
            "utf-8" => [Some(from_unitext(address)), None],
            _ => [None, None],
        };
        for reading in readings.into_iter().flatten() {
            // No address holds a control character (RFC 5321 section 4.1.2), and not every database takes one.
            if reading.contains('@') && !reading.contains(char::is_control) && !addresses.contains(&reading) {
                addresses.push(reading);
            }
        }
    }
    addresses
}

/// Undoes `xtext` (RFC 3461 section 4): `+2B` stands for a plus. `None` for what is not such a text.
fn from_xtext(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut pieces = text.split('+');
    bytes.extend_from_slice(pieces.next()?.as_bytes());
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(piece.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// Undoes the `\x{…}` of an internationalised address (RFC 6533 section 3); what cannot be undone stays.
fn from_unitext(text: &str) -> String {
    let mut pieces = text.split("\\x{");
    let mut address = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let read = piece.split_once('}').and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        match read {
            Some((character, rest)) => {
                address.push(character);
                address.push_str(rest);
            }
            None => {
                address.push_str("\\x{");
                address.push_str(piece);
            }
        }
    }
    address
}

fn mark(fields: &Fields) -> AddressMark {
    let status = fields.get("status").and_then(|status| EnhancedCode::find(status));
    let diagnostic = fields.get("diagnostic-code").map(String::as_str).unwrap_or_default();
    // Exim and others write 5.0.0 and leave the reason to the quoted answer of the other server.
    let code = status.filter(|code| code.subject != 0).or_else(|| EnhancedCode::find(diagnostic));
    let words = diagnostic.split_once(';').map_or(diagnostic, |(_, words)| words);
    let basic = first_word(words).get(..3).and_then(|digits| digits.parse().ok());
    mark_of(basic, code, AddressMark::Bounced)
}

/// An enhanced status code (RFC 3463), without its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedCode {
    /// What it is about: 1 the address, 2 the mailbox, 7 policy.
    pub subject: u16,
    /// What about that.
    pub detail: u16,
}

impl EnhancedCode {
    /// The first code of class 4 or 5 in a text.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
            let mut parts = word.trim_end_matches('.').split('.');
            let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
            let one_to_three = |digits: &str| (1..=3).contains(&digits.len()).then(|| digits.parse().ok()).flatten();
            let code = Self { subject: one_to_three(subject)?, detail: one_to_three(detail)? };
            (matches!(class, "4" | "5") && parts.next().is_none()).then_some(code)
        })
    }
}

/// The mark for the codes of a refusal, `otherwise` for one that they do not explain.
#[must_use]
pub const fn mark_of(basic: Option<u16>, code: Option<EnhancedCode>, otherwise: AddressMark) -> AddressMark {
    match (code, basic) {
        // RFC 3463 section 3.2: bad mailbox, bad system, bad syntax, moved without a new address; RFC 7505: the domain takes no mail.
        (Some(EnhancedCode { subject: 1, detail: 1 | 2 | 3 | 6 | 10 }), _) => AddressMark::UnknownAddress,
        // Section 3.5, unable to route: what Postfix says of a domain that does not exist.
        (Some(EnhancedCode { subject: 4, detail: 4 }), _) => AddressMark::UnknownAddress,
        (Some(EnhancedCode { subject: 2, detail: 2 }), _) => AddressMark::Full,
        // A status that says something else outweighs 552, which is also for a mail that is too large.
        (None | Some(EnhancedCode { subject: 0, .. }), Some(552)) => AddressMark::Full,
        _ => otherwise,
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
