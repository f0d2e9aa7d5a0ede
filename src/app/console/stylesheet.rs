//! `/console.css`: the console's own style and that of the reports inside its pages.

use actix_web::HttpResponse;

/// The one style sheet of the console.
pub(crate) fn css() -> String {
    format!("{}\n{}", include_str!("../templates/console.css"), reports::css())
}

/// Serves it.
pub(super) async fn serve() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(css())
}

#[cfg(test)]
mod tests {
    use super::css;

    /// In bytes, as it is served: one design has no need of more, and a page on a slow line shows nothing before it is there.
    const MOST: usize = 20_000;

    #[test]
    fn the_style_of_all_pages_together_stays_small() {
        let of_one_page = ["small", "specimen", "team"].map(|name| {
            let file = format!("{}/src/app/templates/{name}.css", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(file).map_or(usize::MAX / 4, |text| text.len())
        });
        assert!(css().len() + of_one_page.iter().sum::<usize>() <= MOST, "{} and {of_one_page:?}", css().len());
    }
}
