//! The same server without grouping: every issue and every ballot has a commit of its own.
//!
//! The program has no such setting, so this program runs the server itself, in a process of its own.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use candor::config::Config;
use candor::installation::{Grouping, Installation};
use candor::server::{Application, Audience};
use domain::SystemClock;

/// Chosen as the first argument of this program.
pub(crate) const ARGUMENT: &str = "--one-by-one";

/// This program as the server; takes the arguments of `candor`.
pub(crate) fn command() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(ARGUMENT);
    command
}

/// Serves as `candor --config FILE serve` does.
pub(crate) fn serve(arguments: &[String]) {
    let [_, file, _] = arguments else { panic!("--config FILE serve") };
    let config = Config::load(Path::new(file), std::iter::empty()).expect("a configuration");
    let installation = Installation::open_with(config, Arc::new(SystemClock), Grouping::OneByOne).expect("an installation");
    let respondents = TcpListener::bind(installation.config.respondents.listen).expect("the respondents' port");
    let console = TcpListener::bind(installation.config.console.listen).expect("the console's port");
    let run = async {
        let application = Application::build(&installation, respondents, console, Audience::Product)?.with_worker(&installation)?;
        application.run_until_interrupted().await
    };
    actix_web::rt::System::new().block_on(run).expect("a server");
}
