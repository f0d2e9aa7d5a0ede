//! Both listeners and the worker in one process.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::config;
use crate::console::{self, Console};
use crate::installation::Installation;
use crate::operating::{Vitals, metrics};
use crate::respondents::{self, FrozenWaves};
use crate::worker::Worker;

/// Threads per listener; the work itself runs in the blocking pool.
const HTTP_THREADS: usize = 2;

/// A process that serves respondents and console and works on its own.
pub struct Application {
    respondents: SocketAddr,
    console: SocketAddr,
    servers: Vec<actix_web::dev::Server>,
    worker: Option<Worker>,
    vitals: Arc<Vitals>,
    stop: config::Stop,
}

/// What the demo adds to the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The product.
    Product,
    /// The demo: captured mails can be read without signing in.
    Demo,
}

impl Application {
    /// Starts to listen; nothing happens by itself before [`Self::with_worker`].
    ///
    /// # Errors
    /// When a port is taken or the system refuses a thread.
    pub fn build(installation: &Installation, respondents: TcpListener, console: TcpListener, audience: Audience) -> std::io::Result<Self> {
        let (respondents_address, console_address) = (respondents.local_addr()?, console.local_addr()?);
        let shared = installation.clone();
        let stop = installation.config.stop;
        let waves = Data::new(FrozenWaves::new(installation.responses.clone(), &installation.config.respondents.url));
        let respondents = HttpServer::new(move || App::new().wrap(respondents::headers()).configure(respondents::routes(&shared, &waves)))
            .workers(HTTP_THREADS)
            .shutdown_timeout(u64::from(stop.finish_seconds))
            .disable_signals()
            .listen(respondents)?
            .run();
        let state = Console::new(installation.clone(), audience == Audience::Demo);
        let console = HttpServer::new(move || App::new().wrap(console::headers()).configure(console::routes(&state)))
            .workers(HTTP_THREADS)
            .shutdown_timeout(u64::from(stop.finish_seconds))
            .disable_signals()
            .listen(console)?
            .run();
        Ok(Self {
            respondents: respondents_address,
            console: console_address,
            servers: vec![respondents, console],
            worker: None,
            vitals: installation.vitals.clone(),
            stop,
        })
    }

    /// Lets Prometheus read numbers on a listener of their own.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn with_metrics(mut self, installation: &Installation, listener: TcpListener) -> std::io::Result<Self> {
        let shared = installation.clone();
        let server = HttpServer::new(move || App::new().configure(metrics::routes(&shared)))
            .workers(1)
            .shutdown_timeout(u64::from(self.stop.finish_seconds))
            .disable_signals()
            .listen(listener)?
            .run();
        self.servers.push(server);
        Ok(self)
    }

    /// Starts the worker beside the listeners.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn with_worker(mut self, installation: &Installation) -> std::io::Result<Self> {
        self.worker = Some(Worker::start(installation)?);
        Ok(self)
    }

    /// Where the respondents' side listens.
    #[must_use]
    pub fn respondents(&self) -> SocketAddr {
        self.respondents
    }

    /// Where the console listens.
    #[must_use]
    pub fn console(&self) -> SocketAddr {
        self.console
    }

    /// Handles that stop the servers from elsewhere.
    #[must_use]
    pub fn handles(&self) -> Vec<ServerHandle> {
        self.servers.iter().map(actix_web::dev::Server::handle).collect()
    }

    /// Serves until every server has been stopped, then lets the worker finish the mail in its hands.
    ///
    /// # Errors
    /// When a listener breaks.
    pub async fn run(mut self) -> std::io::Result<()> {
        let mut running: Vec<_> = self.servers.drain(..).map(actix_web::rt::spawn).collect();
        for server in running.drain(..) {
            server.await.map_err(std::io::Error::other)??;
        }
        let deadline = Instant::now() + Duration::from_secs(self.stop.finish_seconds.into());
        if let Some(worker) = self.worker.take()
            && !worker.finish(deadline).await
        {
            tracing::warn!("a mail or a step of the round was still in hand; it is taken up again at the next start");
        }
        Ok(())
    }

    /// Serves until the process is asked to stop (SIGINT or SIGTERM), then finishes what has begun and returns; a second signal ends the process at once.
    ///
    /// # Errors
    /// When a listener breaks.
    pub async fn run_until_interrupted(self) -> std::io::Result<()> {
        let handles = self.handles();
        let (vitals, stop) = (self.vitals.clone(), self.stop);
        let rest = self.worker.as_ref().map(Worker::stopper);
        let mut signals = Signals::listen()?;
        actix_web::rt::spawn(async move {
            signals.next().await;
            tracing::info!("stopping: what has begun is finished");
            // Readiness says no before the first connection is refused.
            vitals.drain();
            if let Some(rest) = rest {
                rest();
            }
            actix_web::rt::spawn(async move {
                let status = signals.next().await;
                tracing::warn!("stopped at once by a second signal");
                std::process::exit(status);
            });
            tokio::time::sleep(Duration::from_secs(stop.announce_seconds.into())).await;
            let stopping: Vec<_> = handles.iter().map(|handle| handle.stop(true)).collect();
            for stopped in stopping {
                stopped.await;
            }
        });
        self.run().await
    }
}

/// The signals that ask a process to stop.
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one; gives the exit status by which shells know a process that it ended.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupt.recv() => 130,
            _ = self.terminate.recv() => 143,
        }
    }
}
