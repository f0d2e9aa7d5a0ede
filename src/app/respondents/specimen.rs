//! `/w/<wave>/example/<language>`: the page that a leader would get, of an invented group.
//!
//! It is made from the questionnaire and the rules of the round and from nothing that anybody answered; it is the same for everybody, before the
//! round has a result and after. It has no program and no form, and it is made once per round and language, for the languages of the round.

use std::sync::{Arc, LazyLock};

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::instrument::Instrument;
use domain::{Language, WaveId};
use protocol::Manifest;
use reports::Words;

use super::body::{Body, Coding};
use super::frozen::{FrozenWave, FrozenWaves};
use super::invented::{self, Fault};
use super::{headers, pages, small};

static STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{}", include_str!("../templates/specimen.css").trim_ascii_end(), reports::css().trim_ascii_end()));

/// Only the style inside is allowed.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| headers::of_words(&STYLE));

#[derive(Template)]
#[template(path = "specimen.html")]
struct SpecimenPage<'a> {
    language: &'a Language,
    title: &'a str,
    style: &'a str,
    body: String,
}

/// Every method of the address.
pub(super) async fn answer(request: HttpRequest, path: web::Path<(String, String)>, waves: web::Data<FrozenWaves>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let (wave, language) = path.into_inner();
    let (Ok(wave), Ok(language)) = (WaveId::parse(&wave), Language::parse(&language)) else { return pages::elsewhere(request).await };
    let coding = Coding::wanted(&request);
    let (all, id) = (waves.clone(), wave.clone());
    let made = web::block(move || all.get(&id).map(|held| held.specimen(&language))).await;
    let answer = match made {
        Ok(Ok(Some(Ok(page)))) => sent(page, coding).await,
        Ok(Ok(Some(Err(_)))) => HttpResponse::build(StatusCode::INTERNAL_SERVER_ERROR).finish(),
        Ok(Ok(None)) => pages::no_such_page(),
        Ok(Err(problem)) => pages::not_at_hand(&problem),
        Err(_) => pages::not_available(),
    };
    small::with_words(&request, answer, waves.held(&wave).map(|_| &wave))
}

async fn sent(page: Arc<Body>, coding: Coding) -> HttpResponse {
    let mut response = pages::public(page, coding).await;
    if let Some(policy) = POLICY.as_ref().filter(|_| response.status().is_success()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    }
    response
}

/// The page in one language of the round.
pub(super) fn page(wave: &FrozenWave, language: &Language) -> Result<Arc<Body>, Fault> {
    let instrument: Instrument = serde_json::from_slice(wave.files.instrument())?;
    Ok(Body::new("text/html; charset=utf-8", written(wave.promises(), &instrument, language)?.into_bytes()))
}

fn written(promises: &Manifest, instrument: &Instrument, language: &Language) -> Result<String, Fault> {
    let words = Words::in_language(language)?;
    let rounds = invented::rounds(words, promises, instrument)?;
    let body = reports::specimen(words, &rounds, invented::BLOCK)?;
    Ok(SpecimenPage { language: words.language(), title: words.specimen_title(), style: &STYLE, body }.render()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use domain::instrument::catalogue::Catalogue;
    use protocol::FrozenManifest;

    use super::*;

    const TAGS: [(&str, &str); 4] =
        [("en", "Invented example"), ("de", "Erfundenes Beispiel"), ("fr", "Exemple inventé"), ("es", "Ejemplo inventado")];

    fn promises() -> Manifest {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../../../tests/vectors/protocol.json")).unwrap();
        let bytes = vectors["manifest"]["bytes"].as_str().unwrap().as_bytes().to_vec();
        // The round asks the open questions.
        let comments = Some(protocol::CommentRule { min_respondents: 10, min_comments: 3 });
        Manifest { comments, ..FrozenManifest::read(bytes).unwrap().manifest().clone() }
    }

    #[test]
    fn every_form_has_an_example_of_a_small_group_with_steps_a_change_and_something_that_cannot_be_seen() {
        for instrument in Catalogue::load([]).unwrap().iter() {
            for (tag, mark) in TAGS {
                let page = written(&promises(), instrument, &Language::parse(tag).unwrap()).unwrap();
                let name = format!("{} {tag}", instrument.id);
                if let Some(folder) = std::env::var_os("CANDOR_SPECIMENS") {
                    std::fs::write(std::path::Path::new(&folder).join(format!("{}.{tag}.html", instrument.id)), &page).unwrap();
                }
                for (what, attribute) in [
                    ("a range", "data-role=\"score\" data-kind=\"between\""),
                    ("what cannot be seen", "data-role=\"score\" data-kind=\"hidden\""),
                    ("a change", "data-role=\"change\" data-word="),
                    ("a small group", "data-role=\"participation\" data-from=\"8\" data-to=\"10\""),
                    ("what is compared", "data-kind=\"made\""),
                    ("the course", "data-role=\"trend\""),
                ] {
                    assert!(page.contains(attribute), "{name}: no {what}");
                }
                assert!(
                    page.contains(&format!("<html lang=\"{tag}\">")) && page.contains(&format!("{} · Candor</title>", escaped(tag))),
                    "{name}"
                );
                assert_eq!(page.matches("<figure").count(), page.matches(&format!("<figure data-mark=\"{mark}\">")).count(), "{name}");
                for forbidden in ["<script", " style=", "href=", "src=", "<form", "http-equiv"] {
                    assert!(!page.contains(forbidden), "{name}: {forbidden}");
                }
            }
        }
    }

    fn escaped(tag: &str) -> String {
        Words::in_language(&Language::parse(tag).unwrap()).unwrap().specimen_title().replace('\'', "&#39;")
    }

    #[test]
    fn nothing_of_the_round_but_its_statements_and_rules_is_in_the_example() {
        let catalogue = Catalogue::load([]).unwrap();
        let instrument = catalogue.iter().next().unwrap();
        let english = Language::parse("en").unwrap();
        let page = written(&promises(), instrument, &english).unwrap();
        let mut other = promises();
        (other.organisation, other.wave, other.invited) = ("Somebody else".to_owned(), WaveId::parse("other").unwrap(), 5_000);
        assert_eq!(page, written(&other, instrument, &english).unwrap());
        assert!(!page.contains(&promises().organisation) && !page.contains(promises().wave.as_str()));
    }

    #[test]
    fn stricter_rules_have_an_example_too() {
        let catalogue = Catalogue::load([]).unwrap();
        for (k, coalition, min_range) in [(4, 1, 2), (6, 2, 3), (8, 2, 5), (12, 1, 3), (30, 2, 7)] {
            let mut promises = promises();
            (promises.k, promises.coalition, promises.min_range, promises.group_min) = (k, coalition, min_range, k + 2);
            promises.comments = None;
            for instrument in catalogue.iter() {
                let page = written(&promises, instrument, &Language::parse("en").unwrap());
                assert!(page.unwrap().contains("data-role=\"score\""), "{k} {coalition} {min_range}");
            }
        }
    }
}
