//! One connection to the mail server and the dialogue on it (RFC 5321), one mail after the other.
//!
//! The dialogue is led here and not by lettre's transport, because what a refusal means depends on where in the dialogue it comes, because a
//! refused recipient should not cost the connection, and because each step has its own patience. lettre speaks the protocol, TLS and AUTH.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Noop, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

use super::message::Mail;
use super::refusal::{AddressFault, Blame, MailFailure, Reply, Stage};
use super::smtp::{Protection, Smtp};

/// How long the steps of the dialogue may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Connecting, and each answer until the text may be sent: the five minutes of RFC 5321, section 4.5.3.2.
    pub(super) step: Duration,
    /// The answer to the end of the text: ten minutes (4.5.3.2.6). Who gives up sooner sends again a mail that was taken.
    pub(super) end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { step: Duration::from_secs(5 * 60), end: Duration::from_secs(10 * 60) }
    }
}

/// A connection that is opened when it is needed, and kept.
pub struct SmtpLine {
    smtp: Smtp,
    open: Option<Open>,
}

struct Open {
    connection: SmtpConnection,
    last_used: Instant,
}

impl fmt::Debug for SmtpLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpLine").field("smtp", &self.smtp).finish_non_exhaustive()
    }
}

/// What went wrong, and where.
struct Trouble {
    stage: Stage,
    cause: Cause,
}

enum Cause {
    Smtp(lettre::transport::smtp::Error),
    /// The answer is of another kind than the command asks for, or belongs to no command: whatever follows cannot be trusted to be about this mail.
    OutOfStep,
    /// The address cannot be said to this server.
    Unspeakable,
    /// The time in which the text may leave is over.
    TooLate,
}

impl Trouble {
    /// Whether the connection had died before the server had anything to take: then nothing is lost by trying once more on a new one.
    fn was_stale(&self) -> bool {
        match &self.cause {
            Cause::Smtp(cause) => {
                let died = cause.status().map_or(!cause.is_timeout(), |code| u16::from(code) == 421);
                self.stage == Stage::Start && died
            }
            Cause::OutOfStep | Cause::Unspeakable | Cause::TooLate => false,
        }
    }

    fn into_failure(self, smtp: &Smtp) -> MailFailure {
        let lost = if self.stage == Stage::End { Blame::Unanswered } else { Blame::Server };
        let (blame, what) = match &self.cause {
            Cause::OutOfStep => (lost, "the mail server gave an answer that does not belong to the question".to_owned()),
            Cause::Unspeakable => (
                Blame::Address(AddressFault::Other),
                "the address has letters outside ASCII, which the mail server does not take (SMTPUTF8)".to_owned(),
            ),
            Cause::TooLate => (Blame::Server, "the mail server was too slow for this hold on the mail".to_owned()),
            Cause::Smtp(cause) => match cause.status() {
                Some(code) => {
                    let words = std::error::Error::source(cause).map(ToString::to_string).unwrap_or_default();
                    let reply = Reply::new(code.into(), &words);
                    (reply.blame(self.stage), reply.to_string())
                }
                None => {
                    let what = match cause {
                        cause if is_timeout(cause) => "the mail server did not answer in time",
                        cause if cause.is_tls() => "TLS with the mail server failed",
                        cause if cause.is_client() => "the mail server offers no STARTTLS or no way to sign in that we know",
                        _ if is_certificate(cause) => {
                            "the mail server's certificate is not valid for its name or not from an authority we trust"
                        }
                        _ => "the connection to the mail server failed",
                    };
                    (lost, what.to_owned())
                }
            },
        };
        MailFailure { blame, reason: format!("{smtp}: {what}") }
    }
}

/// The text of a mail as it crosses the line: dots doubled, and the line that ends it (RFC 5321, section 4.5.2). Written at once, because a last
/// line in a packet of its own waits 40 ms for the acknowledgement of the one before.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.0.split_inclusive("\r\n") {
            if line.starts_with('.') {
                f.write_str(".")?;
            }
            f.write_str(line)?;
        }
        f.write_str(if self.0.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}

impl SmtpLine {
    pub(super) fn new(smtp: Smtp) -> Self {
        Self { smtp, open: None }
    }

    /// Sends one mail and returns when the server has taken it. Its text does not leave after `text_until`.
    pub(super) fn send(&mut self, mail: &Mail, text_until: Instant) -> Result<(), MailFailure> {
        let kept = self.open.is_some();
        match self.attempt(mail, text_until) {
            Err(trouble) if kept && trouble.was_stale() => {
                self.open = None;
                self.attempt(mail, text_until)
            }
            other => other,
        }
        .map_err(|trouble| trouble.into_failure(&self.smtp))
    }

    /// Ends the connection if it has not been used for so long.
    pub(super) fn rest(&mut self, unused: Duration) {
        if let Some(mut open) = self.open.take_if(|open| open.last_used.elapsed() >= unused) {
            drop(open.connection.set_timeout(Some(Duration::from_secs(5))));
            drop(open.connection.quit());
        }
    }

    fn attempt(&mut self, mail: &Mail, text_until: Instant) -> Result<(), Trouble> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Open { connection: self.connect().map_err(|cause| Trouble { stage: Stage::Start, cause })?, last_used: Instant::now() },
        };
        let said = converse(&mut open.connection, mail, self.smtp.patience(), text_until);
        open.last_used = Instant::now();
        let keep = match &said {
            Ok(()) => true,
            // After a plain refusal the line is as good as before; RSET forgets the mail that was begun.
            Err(Trouble { stage, cause }) => match cause {
                Cause::Smtp(cause) => {
                    let refused = cause.status().is_some_and(|code| u16::from(code) != 421);
                    refused && (*stage == Stage::End || open.connection.command("RSET\r\n").is_ok())
                }
                Cause::Unspeakable => true,
                Cause::OutOfStep | Cause::TooLate => false,
            },
        };
        if keep {
            self.open = Some(open);
        }
        said
    }

    fn connect(&self) -> Result<SmtpConnection, Cause> {
        let smtp = &self.smtp;
        let step = Some(smtp.patience().step);
        let wrapper = match smtp.protection() {
            Protection::Implicit(tls) => Some(tls),
            Protection::None | Protection::StartTls(_) => None,
        };
        let mut connection = SmtpConnection::connect(smtp.place(), step, smtp.hello(), wrapper, None)?;
        if let Protection::StartTls(tls) = smtp.protection() {
            connection.starttls(tls, smtp.hello())?;
            refuse_what_came_before_tls(&mut connection, smtp.patience())?;
        }
        if let Some(credentials) = smtp.credentials() {
            // RFC 4954, section 4.
            require(235..=235, &connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?)?;
        }
        Ok(connection)
    }
}

impl From<lettre::transport::smtp::Error> for Cause {
    fn from(cause: lettre::transport::smtp::Error) -> Self {
        Self::Smtp(cause)
    }
}

/// Refuses a positive answer that is none to the command before it (RFC 5321, section 4.3.2). lettre tells refusals from the rest, and no more.
fn require(codes: RangeInclusive<u16>, answer: &Response) -> Result<(), Cause> {
    if codes.contains(&u16::from(answer.code())) { Ok(()) } else { Err(Cause::OutOfStep) }
}

/// Positive completion.
const DONE: RangeInclusive<u16> = 200..=299;
/// Long enough to read what has been read from the line already.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Drops a line on which somebody has put answers behind the one to STARTTLS, to be read as if they had come through TLS (CVE-2011-0411).
///
/// lettre keeps what it has read and lets nobody look at it. The first such answer was taken for the one to EHLO; any others are there at once, and
/// when there are none, the answer to EHLO itself, which has several lines, comes in place of the one to NOOP, which has one.
fn refuse_what_came_before_tls(connection: &mut SmtpConnection, patience: Patience) -> Result<(), Cause> {
    connection.set_timeout(Some(AT_ONCE)).map_err(|_| Cause::OutOfStep)?;
    let left = connection.read_response();
    connection.set_timeout(Some(patience.step)).map_err(|_| Cause::OutOfStep)?;
    if !left.is_err_and(|cause| is_timeout(&cause)) {
        return Err(Cause::OutOfStep);
    }
    let answer = connection.command(Noop)?;
    require(DONE, &answer)?;
    if answer.message().count() == 1 { Ok(()) } else { Err(Cause::OutOfStep) }
}

fn converse(connection: &mut SmtpConnection, mail: &Mail, patience: Patience, text_until: Instant) -> Result<(), Trouble> {
    let at = |stage| move |cause| Trouble { stage, cause };
    let say = |connection: &mut SmtpConnection, command: &dyn fmt::Display, codes| require(codes, &connection.command(command)?);
    let mut parameters = Vec::new();
    for (needed, extension, parameter) in [
        (!speakable(mail), Extension::SmtpUtfEight, MailParameter::SmtpUtfEight),
        (!mail.raw.is_ascii(), Extension::EightBitMime, MailParameter::Body(MailBodyParameter::EightBitMime)),
    ] {
        if needed {
            if !connection.server_info().supports_feature(extension) {
                return Err(Trouble { stage: Stage::Recipient, cause: Cause::Unspeakable });
            }
            parameters.push(parameter);
        }
    }
    say(connection, &MailFrom::new(mail.envelope.from().cloned(), parameters), DONE).map_err(at(Stage::Start))?;
    for recipient in mail.envelope.to() {
        say(connection, &Rcpt::new(recipient.clone(), Vec::new()), DONE).map_err(at(Stage::Recipient))?;
    }
    say(connection, &Data, 354..=354).map_err(at(Stage::Data))?;
    if Instant::now() >= text_until {
        return Err(Trouble { stage: Stage::Data, cause: Cause::TooLate });
    }
    // A limit that cannot be set is the one of the step before, which is shorter; the dialogue goes on with it.
    drop(connection.set_timeout(Some(patience.end)));
    let taken = say(connection, &Text(&mail.raw), DONE).map_err(at(Stage::End));
    drop(connection.set_timeout(Some(patience.step)));
    taken
}

/// Whether both addresses are ASCII, as every server takes them.
fn speakable(mail: &Mail) -> bool {
    let mut addresses = mail.envelope.from().into_iter().chain(mail.envelope.to());
    addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii())
}

/// A read that took too long is `TimedOut` or, on a blocking socket with a limit, `WouldBlock`.
fn is_timeout(cause: &lettre::transport::smtp::Error) -> bool {
    let mut source = std::error::Error::source(cause);
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return matches!(io.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock);
        }
        source = error.source();
    }
    false
}

/// Whether the server's certificate was refused, which an operator must be told apart from a broken line.
fn is_certificate(cause: &lettre::transport::smtp::Error) -> bool {
    cause.to_string().contains("invalid peer certificate")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_start_of_a_line_are_doubled_and_the_text_ends_once() {
        assert_eq!(Text("a\r\n.b\r\n..c\r\n").to_string(), "a\r\n..b\r\n...c\r\n.\r\n");
        assert_eq!(Text(".").to_string(), "..\r\n.\r\n");
        assert_eq!(Text("a.b").to_string(), "a.b\r\n.\r\n");
    }
}
