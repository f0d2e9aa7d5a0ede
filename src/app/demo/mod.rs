//! `candor demo`: an invented organisation, four past waves made through the real pipeline, a fifth one running.
//!
//! Nothing is faked beyond the people: staff list, launch, mails, credentials, sealed answers, close, opening and publication
//! are the product's own, the past waves under a clock that is set, every answer over HTTP.

pub mod accounts;
mod answering;
mod check;
mod comments;
mod history;
pub mod organisation;
mod place;

use std::time::Instant;

use crate::cli::arguments::DemoArguments;
use crate::cli::terminal::say;
use crate::server::{Application, Audience};
use place::Place;

/// Runs the demo until it is interrupted, or its checks with `--check`.
///
/// # Errors
/// What went wrong, in words.
pub fn run(arguments: &DemoArguments) -> Result<(), String> {
    let started = Instant::now();
    let place = Place::prepare(arguments.dir.as_deref(), arguments.port, arguments.check)?;
    say!("Candor demo: {} (invented). Data in {}", organisation::ORGANISATION, place.folder().display());
    let runtime = actix_web::rt::System::new();
    let result = runtime.block_on(async {
        let scene = history::play(&place).await?;
        if arguments.check {
            return check::check(&place, &scene).await;
        }
        let (respondents, console) = place.listeners()?;
        let installation = place.installation_now()?;
        let application = Application::build(&installation, respondents, console, Audience::Demo)
            .and_then(|application| application.with_worker(&installation))
            .map_err(|e| e.to_string())?;
        // The demo lays its log open; a log without a line would look like one that nobody keeps.
        tracing::info!(round = %scene.running, "the demo is ready to be answered");
        introduce(&place, &scene, started.elapsed().as_secs_f32());
        application.run_until_interrupted().await.map_err(|e| e.to_string())
    });
    drop(runtime);
    place.clear();
    result
}

fn introduce(place: &Place, scene: &history::Scene, seconds: f32) {
    let console = &place.config().console.url;
    say!("");
    say!("Ready after {seconds:.1} s: {} published rounds, {} is running.", scene.published.len(), scene.running);
    say!("");
    say!("  1. Answer as an employee: {console}/mails  (open a mail, follow its personal link)");
    say!("  2. Sign in as whoever you like: {console}/sign-in");
    for account in &scene.accounts {
        say!("       {:<14} {:<28} {}", account.login, account.password, account.explains);
    }
    say!("  3. Read a group's result as its own people do, whom the closing mail leads there: {}", scene.group_result);
    say!("  4. Be the operator, and try to find out what somebody answered: {console}/laid-open");
    say!("  5. Close, open and publish the running round: {console}/rounds/{} as HR, or in another terminal", scene.running);
    for verb in ["close", "open", "publish"] {
        say!("       {} --config {} wave {verb} {}", place.program(), place.config_file().display(), scene.running);
    }
    say!("");
    say!("Stop with Ctrl-C.{}", if place.is_temporary() { " The data are removed then; --dir FOLDER keeps them." } else { "" });
}
