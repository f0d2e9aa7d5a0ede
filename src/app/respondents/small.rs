//! The small pages of this origin, without a program: the end of reminders, an address where nothing is, and a moment in which nothing can be read.
//!
//! Each says what it has to say in every language that mails speak, the browser's own first and the others folded. Nobody's language is looked up: the
//! pages need to know nobody. Their style stands inside, so that they need nothing that a round could have replaced.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, AcceptLanguage, Header, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::WaveId;

use super::headers;
use crate::mail::words::{BrokenWords, Key, Words};

const STYLE: &str = include_str!("../templates/small.css").trim_ascii_end();

static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| headers::of_words(STYLE));
static POLICY_WITH_FORM: LazyLock<Option<HeaderValue>> = LazyLock::new(|| headers::of_form(STYLE));

/// What a page says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saying<'a> {
    pub title: Key,
    pub paragraphs: &'a [Key],
    pub way: WayOn<'a>,
}

/// Where a page leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum WayOn<'a> {
    /// A button that ends reminders, by a form that this address takes.
    Stop(Key),
    /// The page of a round, where a code can be typed.
    Round(Key, &'a WaveId),
    /// Nowhere.
    Nowhere,
}

#[derive(Template)]
#[template(path = "small.html")]
struct SmallPage {
    first: Spoken,
    others: Vec<Spoken>,
    style: &'static str,
}

/// What a page says in one language.
struct Spoken {
    tag: &'static str,
    /// The language's own name for itself.
    name: String,
    title: String,
    paragraphs: Vec<String>,
    way: Way,
}

enum Way {
    Stop(String),
    Round(String, String),
    Nowhere,
}

/// A small page.
pub(super) fn page(request: &HttpRequest, status: StatusCode, saying: Saying<'_>) -> HttpResponse {
    let Some(html) = in_every_language(request, saying).ok().and_then(|page| page.render().ok()) else {
        return HttpResponse::InternalServerError().finish();
    };
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8").insert_header((header::VARY, "Accept-Language"));
    let policy = if matches!(saying.way, WayOn::Stop(_)) { &POLICY_WITH_FORM } else { &POLICY };
    if let Some(policy) = policy.as_ref() {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy.clone()));
    }
    response.body(html)
}

/// An answer with words for people where it has none. `round` is the one whose page could be meant.
pub(super) fn with_words(request: &HttpRequest, answer: HttpResponse, round: Option<&WaveId>) -> HttpResponse {
    let saying = match answer.status() {
        StatusCode::NOT_FOUND => {
            let way = round.map_or(WayOn::Nowhere, |round| WayOn::Round(Key::NowhereCode, round));
            Saying { title: Key::Nowhere, paragraphs: &[Key::NowhereWay], way }
        }
        StatusCode::SERVICE_UNAVAILABLE => Saying { title: Key::Away, paragraphs: &[Key::AwayLater], way: WayOn::Nowhere },
        _ => return answer,
    };
    let mut response = page(request, answer.status(), saying);
    if let Some(seconds) = answer.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.clone());
    }
    response
}

fn in_every_language(request: &HttpRequest, saying: Saying<'_>) -> Result<SmallPage, BrokenWords> {
    let mut languages = Words::in_every_language()?;
    let first = languages.remove(preferred(request, &languages));
    let others = languages.into_iter().map(|words| spoken(words, saying)).collect::<Result<_, _>>()?;
    Ok(SmallPage { first: spoken(first, saying)?, others, style: STYLE })
}

/// The place of the language that the browser's user reads best among those that mails speak; the first where it is none of them.
pub(super) fn preferred(request: &HttpRequest, languages: &[&Words]) -> usize {
    let Ok(accepted) = AcceptLanguage::parse(request) else { return 0 };
    let wanted = accepted.ranked().into_iter().filter_map(|language| language.into_item());
    wanted
        .map(|tag| tag.primary_language().to_ascii_lowercase())
        .find_map(|tag| languages.iter().position(|words| words.tag() == tag))
        .unwrap_or_default()
}

fn spoken(words: &Words, Saying { title, paragraphs, way }: Saying<'_>) -> Result<Spoken, BrokenWords> {
    Ok(Spoken {
        tag: words.tag(),
        name: words.say(Key::LanguageName, &[])?,
        title: words.say(title, &[])?,
        paragraphs: paragraphs.iter().map(|key| words.say(*key, &[])).collect::<Result<_, _>>()?,
        way: match way {
            WayOn::Stop(label) => Way::Stop(words.say(label, &[])?),
            WayOn::Round(label, round) => Way::Round(words.say(label, &[])?, format!("/w/{round}/")),
            WayOn::Nowhere => Way::Nowhere,
        },
    })
}
