//! Hiding a comment that names a person: what it does, said beforehand, and the form that does it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{QuestionId, WaveId};
use protocol::Sha256Digest;
use serde::Deserialize;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::Problem;
use crate::lifecycle::notices;

/// A comment by its address: the round, the question, the hash of the text.
type Place = Path<(String, String, String)>;

#[derive(Template)]
#[template(path = "hide_comment.html")]
struct HidePage {
    page: Page,
    wave: WaveId,
    question: QuestionId,
    sha256: Sha256Digest,
    text: String,
}

/// The form of the page.
#[derive(Deserialize)]
pub(super) struct HideForm {
    #[serde(default)]
    token: String,
}

fn parse(place: &Place) -> Result<(WaveId, QuestionId, Sha256Digest), Problem> {
    let (wave, question, sha256) = &**place;
    let question = QuestionId::parse(question).map_err(|_| Problem::not_found())?;
    Ok((parse_wave(wave)?, question, sha256.parse().map_err(|_| Problem::not_found())?))
}

/// `GET /organisation/{wave}/comments/{question}/{sha256}`: what hiding this comment would do.
pub(super) async fn ask(who: SignedIn, console: Data<Console>, place: Place) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (wave, question, sha256) = parse(&place)?;
    let (asked, of) = (wave.clone(), question.clone());
    let shown = blocking(&console, move |installation| notices::shown_comment(installation, &asked, &of, sha256)).await?;
    let text = shown.ok_or_else(Problem::not_found)?;
    answer::page(StatusCode::OK, &HidePage { page: Page::of(&who, "/organisation"), wave, question, sha256, text })
}

/// `POST` to the same address: hides it and shows the result again.
pub(super) async fn hide(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    place: Place,
    form: Form<HideForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let (wave, question, sha256) = parse(&place)?;
    let of = wave.clone();
    blocking(&console, move |installation| notices::hide_comment(installation, &of, &question, sha256)).await?;
    Ok(answer::see_other(&format!("/organisation/{wave}/comments")))
}
