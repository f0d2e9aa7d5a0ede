//! What goes to a key holder outside the operator and comes back: the sealed answers as a stream, and the signed result; after the publication the result with
//! all its signatures, for whoever checks it elsewhere. For HR, and for whoever has the account of a key holder.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes as FileBytes;
use actix_multipart::form::text::Text;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::rt::task::spawn_blocking;
use actix_web::web::{self, Bytes, Data, Path, Payload, ServiceConfig};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse};
use domain::WaveId;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::form::with_a_file;
use super::rounds::parse_wave;
use super::routing::{posting, read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking, key_holder, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::bundle::SealedAnswers;
use crate::lifecycle::{Step, exports, signed_file, signed_result};
use crate::words::Saying;

/// The largest signed result that a form takes, in bytes; the command line takes larger ones.
pub(super) const LARGEST_RESULT: usize = 128 * 1024 * 1024;
/// What stands in the form beside the file.
const BESIDE_THE_FILE: usize = 64 * 1024;
/// Bytes that are sent together.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const WAITING: usize = 8;

/// The addresses of what is handed over.
pub(super) fn routes(config: &mut ServiceConfig) {
    let limits = with_a_file(LARGEST_RESULT + BESIDE_THE_FILE, too_large, unreadable);
    config
        .service(reading("/rounds/{wave}/key-holder/bundle.json").route(read().to(bundle)))
        .service(posting("/rounds/{wave}/key-holder/result").app_data(limits.clone()).route(web::post().to(result)))
        .service(posting("/rounds/{wave}/key-holder/signed.json").app_data(limits).route(web::post().to(signed_again)))
        // Below the results, because it waits for its readers as all of them do.
        .service(reading("/organisation/{wave}/signed.json").route(read().to(signed)));
}

fn too_large() -> Problem {
    Problem::said(Code::TooLarge, Saying::key("outside-file-too-large").and("megabytes", LARGEST_RESULT / (1024 * 1024)))
}

fn unreadable() -> Problem {
    Problem::said(Code::BadForm, Saying::key("outside-file-unreadable"))
}

/// `GET /rounds/{wave}/key-holder/bundle.json`: the sealed answers, which a `HEAD` does not hand out.
async fn bundle(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_follow_rounds()?;
    let wave = parse_wave(&wave)?;
    let round = wave.clone();
    let answers = blocking(&console, move |installation| SealedAnswers::of(installation, &round)).await?;
    let mut response = HttpResponse::Ok();
    response.content_type("application/json");
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"candor-{wave}.bundle.json\"")));
    if request.method() == Method::HEAD {
        return Ok(response.finish());
    }
    let (sender, receiver) = channel(WAITING);
    // Nobody waits for it here: it ends with the last piece, or when the browser reads no more.
    drop(spawn_blocking(move || {
        let mut out = Pieces { sender, piece: Vec::with_capacity(PIECE) };
        let whole = answers.hand_out(&mut out).map_err(|refusal| refusal.to_string());
        match whole.and_then(|()| out.flush().map_err(|cause| cause.to_string())) {
            Ok(()) => drop(out.sender.blocking_send(Piece::End)),
            // Without the end the browser tells that the download failed.
            Err(cause) => tracing::warn!(%wave, cause, "the sealed answers were not handed out to the end"),
        }
    }));
    Ok(response.body(Stream { receiver, ended: false }))
}

/// A part of what is sent.
enum Piece {
    Bytes(Bytes),
    /// Nothing is missing.
    End,
}

/// Where the sealed answers are written to, for a browser that reads them.
struct Pieces {
    sender: Sender<Piece>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more");
        self.sender.blocking_send(Piece::Bytes(piece.into())).map_err(gone)
    }
}

/// The body of the answer: what is written, as it is written.
struct Stream {
    receiver: Receiver<Piece>,
    ended: bool,
}

impl MessageBody for Stream {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.receiver.poll_recv(context).map(|piece| match piece {
            Some(Piece::Bytes(bytes)) => Some(Ok(bytes)),
            Some(Piece::End) => {
                self.ended = true;
                None
            }
            None => Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the sealed answers were cut off"))),
        })
    }
}

/// Refuses a form that is larger than it can be with the signed result of this round, before anything of it is read: a form is held in memory.
async fn bounded(console: &Console, request: &HttpRequest, wave: &WaveId) -> Result<(), Problem> {
    let round = wave.clone();
    let largest = blocking(console, move |installation| signed_result::largest(installation, &round)).await?;
    let largest = usize::try_from(largest).unwrap_or(usize::MAX);
    if largest >= LARGEST_RESULT {
        // The limit of the form itself is lower.
        return Ok(());
    }
    // Every browser says how much it sends; what comes in chunks does not.
    let announced = request.headers().get(CONTENT_LENGTH).filter(|_| !request.headers().contains_key(TRANSFER_ENCODING));
    let announced: Option<usize> = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length| length <= largest + BESIDE_THE_FILE) {
        return Ok(());
    }
    Err(Problem::said(Code::TooLarge, Saying::key("outside-file-larger").and("megabytes", largest.div_ceil(1024 * 1024))))
}

/// A signed result as a form brings it.
#[derive(MultipartForm)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
struct ResultForm {
    #[multipart(limit = "4KiB")]
    token: Text<String>,
    #[multipart(limit = "128MiB")]
    file: FileBytes,
}

/// The signed result in a form of the session; not one that is larger than the round's can be.
async fn handed_in(who: &SignedIn, console: &Console, request: &HttpRequest, wave: &WaveId, payload: Payload) -> Result<Bytes, Error> {
    own_form(request, console)?;
    bounded(console, request, wave).await?;
    // Read here and not by an extractor, so that nobody else can make the console take in a file.
    let form = MultipartForm::<ResultForm>::from_request(request, &mut payload.into_inner()).await?.into_inner();
    who.form_token().check(&form.token)?;
    Ok(form.file.data)
}

/// What came of it; whoever reads pages gets a refusal on the page with the form.
async fn or_refused(
    who: &SignedIn,
    console: &Console,
    request: &HttpRequest,
    wave: &WaveId,
    outcome: Result<HttpResponse, Problem>,
) -> Result<HttpResponse, Error> {
    match outcome {
        Err(problem) if problem.code == Code::RoundRefused && answer::reads_pages(request.headers()) => {
            Ok(key_holder::show_refused(who, console, wave, &problem).await?)
        }
        outcome => Ok(outcome?),
    }
}

/// `POST /rounds/{wave}/key-holder/result`: takes the key holder's signed result in and shows the round again.
async fn result(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    who.must_follow_rounds()?;
    let wave = parse_wave(&wave)?;
    let (round, file) = (wave.clone(), handed_in(&who, &console, &request, &wave, payload).await?);
    let outcome = blocking(&console, move |installation| {
        let observe = &mut |step: Step| {
            installation.vitals.step(step);
            tracing::info!(wave = %round, step = step.describe(), "round, from the console");
        };
        signed_result::take_in(installation, &round, &file, observe)
    });
    let outcome = outcome.await.map(|_| answer::see_other(&format!("/rounds/{wave}?done=result")));
    or_refused(&who, &console, &request, &wave, outcome).await
}

/// `GET /organisation/{wave}/signed.json`: the published result with all its signatures, for HR. A `HEAD` hands nothing out, so nothing is recorded of it.
async fn signed(who: SignedIn, console: Data<Console>, request: HttpRequest, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let (round, leaves) = (wave.clone(), request.method() != Method::HEAD);
    let make = move |installation: &Installation| {
        let file = signed_file::make(installation, &round)?;
        if leaves {
            exports::record(installation, &round, signed_file::NAME)?;
        }
        Ok(file)
    };
    Ok(signed_as_file(&wave, blocking(&console, make).await?))
}

/// `POST /rounds/{wave}/key-holder/signed.json`: the same for a key holder, who hands in the result that they signed and so reads nothing new.
async fn signed_again(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    who.must_be_key_holder()?;
    let wave = parse_wave(&wave)?;
    let (round, theirs) = (wave.clone(), handed_in(&who, &console, &request, &wave, payload).await?);
    let made = blocking(&console, move |installation| {
        let file = signed_file::for_its_signer(installation, &round, &theirs)?;
        exports::record(installation, &round, signed_file::NAME)?;
        Ok(file)
    });
    let outcome = made.await.map(|file| signed_as_file(&wave, file));
    or_refused(&who, &console, &request, &wave, outcome).await
}

fn signed_as_file(wave: &WaveId, file: Vec<u8>) -> HttpResponse {
    answer::file(&format!("candor-{wave}.{}", signed_file::NAME), "application/json", file)
}
