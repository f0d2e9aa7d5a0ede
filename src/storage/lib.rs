//! How both stores reach their database: connections, transactions, migrations, maintenance, column types.
//!
//! Everything that differs between engines lives here and nowhere else. The crate knows no table, no wave and no
//! person. The query bodies of the stores are written once and compiled per engine by [`on_each!`].
//!
//! What every connection to SQLite promises, read back before it is used: an acknowledged write is on the disk
//! (`synchronous=FULL`), deleted bytes are overwritten (`secure_delete=ON`), references are checked, nothing in the
//! file can run code (`trusted_schema=OFF`), and no intermediate result is spilled into a temporary file.
//! Every connection to PostgreSQL: an acknowledged write is on the server's disk (`fsync`, `synchronous_commit`), writes
//! are serializable, and the way to another machine is encrypted to a server whose certificate was checked.

mod connection;
pub mod copies;
mod database;
mod error;
mod exposure;
mod laid_open;
mod migrations;
mod ordinary;
mod postgres;
mod rows;
mod shared_commit;
pub mod sql_types;
mod sqlite;

pub use connection::{Conn, Engine, PgConnection, Transition};
pub use database::{Database, Turn, check_url};
pub use error::{StorageError, StoreFailure};
pub use exposure::{Exposure, Exposures};
pub use laid_open::{DatabaseFile, LaidOpen};
pub use migrations::Migrations;
pub use ordinary::OrdinarySurvey;
pub use rows::push_rows;
pub use shared_commit::{Grouping, SharedCommit, Work};
pub use sql_types::{Json, bind};
