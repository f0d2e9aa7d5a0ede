//! What can go wrong below a store.
//!
//! Which variant to use where: [`StorageError::Unavailable`] when trying again later can help, [`StorageError::Conflict`]
//! when a rule of the database refused the write, [`StorageError::Corrupt`] when what is stored cannot be what was written.
//! No variant carries a stored value, a bound value or a password.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why a database did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The address of the database is not one that this program can open.
    #[error("the database URL is not usable: {0}")]
    Url(String),
    /// The database is busy, full, read-only or not there; trying again later can help.
    #[error("the database cannot be used just now: {0}")]
    Unavailable(String),
    /// Other transactions came in between again and again; trying again later can help.
    #[error("the database is too busy: {0}")]
    Contention(String),
    /// A rule of the database refused the write, for instance because the same key exists already.
    #[error("the database refused the write: {0}")]
    Conflict(String),
    /// What is stored cannot be read as what was written.
    #[error("the database holds something unreadable: {0}. Restore a backup, or find out who else writes to this file")]
    Corrupt(String),
    /// The database does not keep a promise that this program depends on.
    #[error("the database is not safe to use: {0}")]
    Unsafe(String),
    /// The structure of the database was made by something else than this program.
    #[error("the structure of the database does not belong to this program: {0}")]
    Structure(String),
    /// Any other failed statement.
    #[error("a database statement failed: {0}")]
    Query(String),
}

impl StorageError {
    /// Whether trying again later can help.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Contention(_))
    }

    /// Whether the transaction came into another one's way and may be repeated at once.
    #[must_use]
    pub(crate) const fn is_contention(&self) -> bool {
        matches!(self, Self::Contention(_))
    }
}

/// An error of a store, which may have its cause in the database.
pub trait StoreFailure: From<StorageError> {
    /// The database's part in it; `None` when the store itself refused.
    fn storage(&self) -> Option<&StorageError>;
}

impl StoreFailure for StorageError {
    fn storage(&self) -> Option<&StorageError> {
        Some(self)
    }
}

/// Conditions that come under no kind of their own, only in words: first SQLite's, then PostgreSQL's (classes 08, 53, 55, 57 and 58 of its codes).
const UNAVAILABLE_IN_WORDS: &[&str] = &[
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database",
    "readonly database",
    "No space left on device",
    "could not extend file",
    "could not write",
    "terminating connection",
    "the database system is",
    "too many clients",
    "remaining connection slots",
    "canceling statement due to",
    "out of shared memory",
];
const CORRUPT_IN_WORDS: &[&str] = &["malformed", "not a database", "invalid page"];

/// PostgreSQL's 40P01, which the driver reports without a kind.
const CONTENTION_IN_WORDS: &[&str] = &["deadlock detected"];

/// SQLite's words where they leave the reader alone: a disk without room for its log shows as an I/O error, and as a file that cannot be opened.
fn advised(words: &str) -> String {
    let vague = ["disk I/O error", "unable to open database"].iter().any(|part| words.contains(part));
    if vague { format!("{words}: the disk may be full or broken, make room or look into the system's log") } else { words.to_owned() }
}

impl From<DieselError> for StorageError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, information) => {
                let words = advised(information.message());
                let says = |list: &[&str]| list.iter().any(|part| words.contains(part));
                match kind {
                    DatabaseErrorKind::UniqueViolation
                    | DatabaseErrorKind::ForeignKeyViolation
                    | DatabaseErrorKind::NotNullViolation
                    | DatabaseErrorKind::CheckViolation => Self::Conflict(words),
                    DatabaseErrorKind::SerializationFailure => Self::Contention(words),
                    DatabaseErrorKind::ReadOnlyTransaction
                    | DatabaseErrorKind::ClosedConnection
                    | DatabaseErrorKind::UnableToSendCommand => Self::Unavailable(words),
                    _ if says(CONTENTION_IN_WORDS) => Self::Contention(words),
                    _ if says(UNAVAILABLE_IN_WORDS) => Self::Unavailable(words),
                    _ if says(CORRUPT_IN_WORDS) => Self::Corrupt(words),
                    _ => Self::Query(words),
                }
            }
            DieselError::DeserializationError(cause) => Self::Corrupt(cause.to_string()),
            DieselError::BrokenTransactionManager => Self::Unavailable("a transaction could not be ended".to_owned()),
            other => Self::Query(other.to_string()),
        }
    }
}
