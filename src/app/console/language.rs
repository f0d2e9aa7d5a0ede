//! In which language the console speaks: the one chosen on its pages, else the first that the browser asks for, else English. Moments are said in the
//! installation's time zone on every page.

use std::future::{Ready, ready};

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{AcceptLanguage, Header};
use actix_web::web::{self, Data, Form, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Console, answer, own_form, posting};
use crate::error::Problem;
use crate::installation::Installation;
use crate::words::{Saying, Value, Voice, Words};

/// The cookie that remembers the choice. It says nothing about anybody and opens nothing.
const COOKIE: &str = "candor-language";
/// How long it is remembered.
const REMEMBERED: Duration = Duration::days(365);

/// The route of the switch.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(posting("/language").route(web::post().to(choose)));
}

/// In which language a request is answered, and the page that a switch of language leads back to.
#[derive(Clone)]
pub(super) struct Speaking {
    /// The words of the language.
    pub(super) words: &'static Words,
    /// The installation's time zone.
    zone: TimeZone,
    /// The address of the page; `None` where what was asked for can only be posted.
    here: Option<String>,
}

impl Speaking {
    /// How a request is answered.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let chosen = request.cookie(COOKIE).and_then(|cookie| Words::of(cookie.value()));
        let reads = request.method() == Method::GET || request.method() == Method::HEAD;
        Self {
            words: chosen.or_else(|| preferred(request)).unwrap_or_else(Words::english),
            zone: request.app_data::<Data<Installation>>().map_or(TimeZone::UTC, |installation| installation.config.survey.zone()),
            here: reads.then(|| request.uri().path_and_query().map_or("/", |place| place.as_str()).to_owned()),
        }
    }

    /// The same, leading back to `place` where the request's own address can only be posted.
    pub(super) fn or_back_to(mut self, place: &str) -> Self {
        self.here.get_or_insert_with(|| place.to_owned());
        self
    }

    fn voice(&self) -> Voice {
        self.words.in_zone(self.zone.clone())
    }

    /// A text with nothing to fill in.
    pub(super) fn say(&self, key: &str) -> &'static str {
        self.words.say(key)
    }

    /// A text with what is filled into it, by name. In a template: `page.with("key", [("name", value.into())])`.
    pub(super) fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.voice().with(key, values)
    }

    /// Says what a use case has to say.
    pub(super) fn speak(&self, saying: &Saying) -> String {
        self.voice().speak(saying)
    }

    /// Says a value of a use case.
    pub(super) fn value(&self, value: &Value) -> String {
        self.voice().value(value)
    }

    /// What went wrong, in words.
    pub(super) fn detail(&self, problem: &Problem) -> String {
        problem.detail_in(&self.voice())
    }

    /// The language's code.
    pub(super) fn language(&self) -> &'static str {
        self.words.tag()
    }

    /// The other languages, by their codes and their own names.
    pub(super) fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.words.tag();
        Words::all().iter().filter(move |words| words.tag() != own).map(|words| (words.tag(), words.say("language-name")))
    }

    /// Where a switch of language leads back to.
    pub(super) fn here(&self) -> &str {
        self.here.as_deref().unwrap_or("/")
    }
}

impl FromRequest for Speaking {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The language that the browser's user reads best among those that the console speaks.
fn preferred(request: &HttpRequest) -> Option<&'static Words> {
    let accepted = AcceptLanguage::parse(request).ok()?;
    let wanted = accepted.ranked().into_iter().filter_map(|language| language.into_item());
    wanted.map(|tag| tag.primary_language().to_ascii_lowercase()).find_map(|tag| Words::of(&tag))
}

/// The form of the switch.
#[derive(Deserialize)]
struct Choice {
    language: String,
    #[serde(default)]
    to: String,
}

/// `POST /language`: remembers the choice in the browser and goes back. It needs no session, so it carries no token of one; the origin is checked.
async fn choose(request: HttpRequest, console: Data<Console>, form: Form<Choice>) -> Result<HttpResponse, Problem> {
    own_form(&request, &console)?;
    let words = Words::of(&form.language).unwrap_or_else(Words::english);
    let cookie = Cookie::build(COOKIE, words.tag())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(console.installation.config.console.url.to_ascii_lowercase().starts_with("https://"))
        .max_age(REMEMBERED)
        .finish();
    let mut back = answer::see_other(own_place(&form.to));
    back.add_cookie(&cookie).map_err(|e| Problem::internal(&e))?;
    Ok(back)
}

/// An address of the console itself; the start for everything else. A second slash, a backslash or a control character would let browsers leave it.
fn own_place(place: &str) -> &str {
    let own = place.starts_with('/') && !place.starts_with("//") && place.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if own { place } else { "/" }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_switch_leads_to_pages_of_the_console_only() {
        for own in ["/", "/rounds/2026-q4?done=close", "/organisation#comments"] {
            assert_eq!(own_place(own), own);
        }
        for foreign in
            ["", "rounds", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", "/\t/evil.example", "/ä"]
        {
            assert_eq!(own_place(foreign), "/", "{foreign}");
        }
    }

    #[test]
    fn a_choice_counts_more_than_the_browser_and_the_browser_more_than_english() {
        let spoken = |accepts: &str, chosen: Option<&str>| {
            let mut request = TestRequest::get().insert_header((ACCEPT_LANGUAGE, accepts));
            if let Some(chosen) = chosen {
                request = request.cookie(Cookie::new(COOKIE, chosen.to_owned()));
            }
            Speaking::of(&request.to_http_request()).language()
        };
        assert_eq!(spoken("de-AT,de;q=0.9,en;q=0.8", None), "de");
        assert_eq!(spoken("en;q=0.5, de", None), "de");
        assert_eq!(spoken("it, pl;q=0.8", None), "en");
        assert_eq!(spoken("it, de;q=0.3", None), "de");
        assert_eq!(spoken("", None), "en");
        assert_eq!(spoken("de", Some("en")), "en");
        assert_eq!(spoken("en", Some("de")), "de");
        assert_eq!(spoken("de", Some("xx")), "de");
    }

    #[test]
    fn a_page_that_was_posted_leads_back_to_one_that_can_be_read() {
        let of = |request: TestRequest| Speaking::of(&request.to_http_request()).or_back_to("/rounds").here().to_owned();
        assert_eq!(of(TestRequest::get().uri("/rounds/w?done=close")), "/rounds/w?done=close");
        assert_eq!(of(TestRequest::post().uri("/rounds/w/close")), "/rounds");
    }
}
