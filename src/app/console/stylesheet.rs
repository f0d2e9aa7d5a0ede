//! `/console.css`: the console's own style and that of the reports inside its pages.

use actix_web::HttpResponse;

/// Serves the one style sheet of the console.
pub(super) async fn serve() -> HttpResponse {
    let css = format!("{}\n{}", include_str!("../templates/console.css"), reports::css());
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(css)
}
