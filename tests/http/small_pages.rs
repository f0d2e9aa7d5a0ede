//! What people read at an address of the respondents' origin where nothing is: their language first, one look, and a way on.

use awc::Client;

use crate::harness::TestApp;

/// Status and text of an address, for a browser that asks for these languages.
async fn read(app: &TestApp, path: &str, languages: &str) -> (u16, String) {
    let request = Client::default().get(format!("{}{path}", app.respondents)).insert_header(("Accept-Language", languages));
    let mut response = request.send().await.unwrap();
    let text = String::from_utf8(response.body().await.unwrap().to_vec()).unwrap();
    (response.status().as_u16(), text)
}

#[actix_web::test]
async fn an_address_where_nothing_is_says_so_in_the_browsers_language_and_folds_the_others() {
    let app = TestApp::spawn().await;
    for (languages, first, title) in [
        ("en-GB", "en", "There is no survey at this address"),
        ("de-AT,en;q=0.5", "de", "Unter dieser Adresse gibt es keine Befragung"),
        ("fr", "fr", "Il n’y a pas d’enquête à cette adresse"),
        ("es-MX", "es", "No hay ninguna encuesta en esta dirección"),
        ("fi", "en", "There is no survey at this address"),
    ] {
        let (status, text) = read(&app, "/nothing", languages).await;
        assert_eq!(status, 404);
        assert!(text.contains(&format!("<html lang=\"{first}\">")) && text.contains(&format!("<h1>{title}</h1>")), "{text}");
        assert_eq!(text.matches("<details lang=").count(), 3, "{text}");
        assert!(!text.contains("<form") && !text.contains("<script"), "{text}");
    }
}

#[actix_web::test]
async fn unknown_addresses_are_told_the_same_and_only_a_known_round_is_led_to() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let (_, reference) = read(&app, "/nothing", "en").await;
    assert!(!reference.contains("href"), "{reference}");
    for path in ["/", "/w/nix/", "/w/nix/manifest", "/w/NIX/board", "/w/%00/", "/favicon.ico"] {
        assert_eq!(read(&app, path, "en").await, (404, reference.clone()), "{path}");
    }
    let (status, text) = read(&app, &format!("/w/{wave}/nothing"), "de").await;
    assert_eq!(status, 404);
    assert_eq!(text.matches("<a href=\"/w/2026-q4/\">").count(), 4, "{text}");
    assert!(text.contains(">Code eintippen</a>"), "{text}");
}
