//! The mails that the demo catches instead of sending them. These addresses exist in the demo only.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use actix_web::web::{Data, Path};
use askama::Template;
use std::sync::Arc;

use super::language::Speaking;
use super::{Console, answer};
use crate::error::Problem;
use crate::mail::transport::{CapturedMail, MailTransport, MemoryOutbox};

/// How many mails the list shows.
const SHOWN: usize = 300;

/// What the document of one mail may do: look as its style says, and open its links in a new tab.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "mails.html")]
struct MailsPage {
    page: Speaking,
    mails: Vec<Arc<CapturedMail>>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage {
    page: Speaking,
    mail: Arc<CapturedMail>,
}

fn outbox(console: &Console) -> Result<&MemoryOutbox, Problem> {
    match console.installation.mail.as_ref() {
        MailTransport::Memory(outbox) => Ok(outbox),
        MailTransport::Smtp(_) | MailTransport::File(_) => Err(Problem::not_found()),
    }
}

fn find(console: &Console, number: &str) -> Result<Arc<CapturedMail>, Problem> {
    let mail = number.parse().ok().and_then(|number| Some(outbox(console).ok()?.get(number)).flatten());
    mail.ok_or_else(Problem::not_found)
}

/// `GET /mails`: the newest mails.
pub(super) async fn list(speaking: Speaking, console: Data<Console>) -> Result<HttpResponse, Problem> {
    answer::page(StatusCode::OK, &MailsPage { page: speaking, mails: outbox(&console)?.newest(SHOWN) })
}

/// `GET /mails/{number}`: one mail, its text and its HTML in a frame.
pub(super) async fn mail(speaking: Speaking, console: Data<Console>, number: Path<String>) -> Result<HttpResponse, Problem> {
    answer::page(StatusCode::OK, &MailPage { page: speaking, mail: find(&console, &number)? })
}

/// `GET /mails/{number}/html`: the HTML part as a mail program would show it, in a sandbox without scripts.
pub(super) async fn html(console: Data<Console>, number: Path<String>) -> Result<HttpResponse, Problem> {
    Ok(sandboxed(&find(&console, &number)?.html))
}

/// A mail's HTML as a document that a page shows in a frame.
pub(super) fn sandboxed(html: &str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .content_type("text/html; charset=utf-8")
        .body(links_in_new_tabs(html))
}

/// Makes the links of a mail leave the frame, in which the survey page may not be shown.
fn links_in_new_tabs(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}
