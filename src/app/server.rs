//! Both listeners and the worker in one process.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};

use crate::console::{self, Console};
use crate::installation::Installation;
use crate::respondents;
use crate::worker::Worker;

/// Threads per listener; the work itself runs in the blocking pool.
const HTTP_THREADS: usize = 2;

/// A process that serves respondents and console and works on its own.
pub struct Application {
    respondents: SocketAddr,
    console: SocketAddr,
    servers: Vec<actix_web::dev::Server>,
    worker: Option<Worker>,
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
        let respondents = HttpServer::new(move || App::new().wrap(respondents::headers()).configure(respondents::routes(&shared)))
            .workers(HTTP_THREADS)
            .disable_signals()
            .listen(respondents)?
            .run();
        let state = Console::new(installation.clone(), audience == Audience::Demo);
        let console = HttpServer::new(move || App::new().wrap(console::headers()).configure(console::routes(&state)))
            .workers(HTTP_THREADS)
            .disable_signals()
            .listen(console)?
            .run();
        Ok(Self { respondents: respondents_address, console: console_address, servers: vec![respondents, console], worker: None })
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
        drop(self.worker.take());
        Ok(())
    }

    /// Serves until the process is asked to stop (interrupt or terminate).
    ///
    /// # Errors
    /// When a listener breaks.
    pub async fn run_until_interrupted(self) -> std::io::Result<()> {
        let handles = self.handles();
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        actix_web::rt::spawn(async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            for handle in handles {
                handle.stop(true).await;
            }
        });
        self.run().await
    }
}
