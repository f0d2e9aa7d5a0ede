//! `candor serve`.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use domain::SystemClock;

use super::Failure;
use super::terminal::say;
use crate::config::Config;
use crate::installation::Installation;
use crate::lifecycle::advance;
use crate::operating::{doctor, log, recorded_settings};
use crate::server::{Application, Audience};
use crate::worker::look_around;

pub(super) fn serve(config: &Path) -> Result<(), Failure> {
    log::panics_by_place();
    let config = Config::load(config, std::env::vars())?;
    let installation = Installation::open(config, Arc::new(SystemClock))?;
    installation.refuse_pending_migrations()?;
    for weakness in doctor::of_servers(&installation)?.weaknesses {
        tracing::warn!(code = weakness.code, "{}: {}. See candor doctor", weakness.found, weakness.means);
    }
    recorded_settings::record(&installation).map_err(|e| Failure::Refused(format!("the promise log cannot be written: {e}")))?;
    let listen = |what: &str, address: std::net::SocketAddr| {
        TcpListener::bind(address).map_err(|e| Failure::Refused(format!("{what}.listen {address}: {e}. Is another candor running?")))
    };
    let respondents = listen("respondents", installation.config.respondents.listen)?;
    let console = listen("console", installation.config.console.listen)?;
    let metrics = installation.config.metrics.as_ref().map(|metrics| listen("metrics", metrics.listen)).transpose()?;
    // What a dead process left half done is finished before anybody is served, if that can be done: people can answer also without the key folder.
    if let Err(refusal) = advance::advance(&installation, &mut |step| say!("{}", step.describe())) {
        tracing::error!(%refusal, "the round cannot go on; people can answer meanwhile, and it is tried again");
    }
    look_around(&installation);
    let run = async {
        let mut application = Application::build(&installation, respondents, console, Audience::Product)?;
        if let Some(listener) = metrics {
            say!("Metrics:     http://{}/metrics", listener.local_addr()?);
            application = application.with_metrics(&installation, listener)?;
        }
        let application = application.with_worker(&installation)?;
        say!("Respondents: {} (listening on {})", installation.config.respondents.url, application.respondents());
        say!("Console:     {} (listening on {})", installation.config.console.url, application.console());
        application.run_until_interrupted().await
    };
    actix_web::rt::System::new().block_on(run).map_err(|e| Failure::Refused(format!("serving ended: {e}")))
}
