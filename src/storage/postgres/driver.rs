//! The connection itself: a client without C libraries, used from blocking code.
//!
//! One thread of the process waits for all sockets; callers sleep until their answer has come. That works from every kind of thread, also from one
//! that runs an asynchronous program of its own, where a second such program could not be started.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use diesel_async::AsyncPgConnection;
use diesel_async::async_connection_wrapper::{AsyncConnectionWrapper, BlockOn};
use tokio::runtime::{Builder, Handle};
use tokio_postgres::NoTls;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::{Address, Protection};
use crate::error::StorageError;

/// How long it may take to reach the server, agree on TLS and sign in.
const WHOLE_CONNECT: Duration = Duration::from_secs(10);

/// A connection to PostgreSQL with Diesel's blocking interface.
pub type PgConnection = AsyncConnectionWrapper<AsyncPgConnection, Parked>;

/// Waits for a future by parking the calling thread.
#[derive(Debug, Clone, Copy)]
pub struct Parked;

/// Wakes a parked thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl BlockOn for Parked {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        thread_local! {
            static WAKER: Waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        }
        // On a thread that runs an asynchronous program, that program's ration of steps would put off the wake-up to a moment that never comes.
        let mut future = pin!(tokio::task::unconstrained(future));
        WAKER.with(|waker| {
            let mut context = Context::from_waker(waker);
            loop {
                if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                    return output;
                }
                // A wake-up that came before this is not lost: park then returns at once.
                std::thread::park();
            }
        })
    }

    fn get_runtime() -> Self {
        Self
    }
}

/// The thread that waits for the sockets; made with the first connection, it lives as long as the process.
fn sockets() -> Result<Handle, StorageError> {
    static SOCKETS: OnceLock<Option<Handle>> = OnceLock::new();
    SOCKETS
        .get_or_init(|| {
            let runtime = Builder::new_current_thread().enable_all().build().ok()?;
            let handle = runtime.handle().clone();
            std::thread::Builder::new().name("postgres".to_owned()).spawn(move || runtime.block_on(std::future::pending::<()>())).ok()?;
            Some(handle)
        })
        .clone()
        .ok_or_else(|| StorageError::Unavailable("the system refused a thread for the database connections".to_owned()))
}

/// Connects, with TLS where the address asks for it.
pub(super) fn connect(address: &Address) -> Result<PgConnection, StorageError> {
    let sockets = sockets()?;
    let _entered = sockets.enter();
    let connecting = async {
        match &address.protection {
            Protection::Local => {
                let (client, connection) = address.config.connect(NoTls).await.map_err(|e| refused(address, &e))?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await.map_err(|e| unusable(address, &e))
            }
            Protection::Tls(tls) => {
                let tls = MakeRustlsConnect::new(rustls::ClientConfig::clone(tls));
                let (client, connection) = address.config.connect(tls).await.map_err(|e| refused(address, &e))?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await.map_err(|e| unusable(address, &e))
            }
        }
    };
    // The driver's own limit covers the network only; a frozen server also keeps those waiting who have reached it.
    let connected = Parked
        .block_on(async { tokio::time::timeout(WHOLE_CONNECT, connecting).await })
        .map_err(|_| StorageError::Unavailable(format!("{}: it takes the call and says nothing", address.place())))??;
    Ok(PgConnection::from(connected))
}

/// What the server or the network said, with the causes below it; none of them repeats the password.
fn refused(address: &Address, cause: &tokio_postgres::Error) -> StorageError {
    let mut text = format!("{}: {cause}", address.place());
    let mut below = std::error::Error::source(cause);
    while let Some(inner) = below {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        below = inner.source();
    }
    StorageError::Unavailable(text)
}

fn unusable(address: &Address, cause: &dyn std::fmt::Display) -> StorageError {
    StorageError::Unavailable(format!("{}: {cause}", address.place()))
}
