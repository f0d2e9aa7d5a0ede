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
