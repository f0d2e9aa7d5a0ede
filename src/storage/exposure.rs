//! What a database server keeps or shows beside its tables, so that the order or the time of arrival survives the rewriting of the tables.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{BigInt, Text};

use crate::connection::PgConnection;
use crate::error::StorageError;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// The server notes when each transaction committed (`track_commit_timestamp`), which every row can be asked for.
    CommitTimes,
    /// The write-ahead log is copied elsewhere and kept (`archive_mode`).
    Archive,
    /// A replication slot keeps the write-ahead log for somebody who reads it, in order.
    Slot,
    /// Another server receives every change as it comes.
    Replica,
    /// Statements are written into the server's log, with their time (`log_statement`, `log_min_duration_statement`, `auto_explain`, `pgaudit`).
    StatementLog,
    /// The program's role is the server's superuser: whoever takes over the program reads and changes everything on the server.
    Superuser,
}

impl Exposure {
    /// Every exposure, the worst first.
    pub const ALL: [Self; 6] = [Self::CommitTimes, Self::StatementLog, Self::Archive, Self::Slot, Self::Replica, Self::Superuser];

    /// The name in a configuration and in a document for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CommitTimes => "commit-times",
            Self::Archive => "archive",
            Self::Slot => "replication-slot",
            Self::Replica => "replica",
            Self::StatementLog => "statement-log",
            Self::Superuser => "superuser",
        }
    }
}

/// What a session could find out about its server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exposures {
    /// What is there, each with the setting or the number that shows it.
    pub found: Vec<(Exposure, String)>,
    /// Names of settings and views that this role may not see, so that nothing can be said about them.
    pub unseen: Vec<&'static str>,
}

/// Settings whose value tells, and when it is one of those that keep nothing. What a server does not have it does not list.
const SETTINGS: &[(Exposure, &str, &[&str])] = &[
    (Exposure::CommitTimes, "track_commit_timestamp", &["off"]),
    (Exposure::Archive, "archive_mode", &["off"]),
    // Statements that change the structure name no row.
    (Exposure::StatementLog, "log_statement", &["none", "ddl"]),
    (Exposure::StatementLog, "log_min_duration_statement", &["-1"]),
    (Exposure::StatementLog, "log_min_duration_sample", &["-1"]),
    (Exposure::StatementLog, "log_transaction_sample_rate", &["0"]),
    // Even without the statement each line has a time and a session.
    (Exposure::StatementLog, "log_duration", &["off"]),
    (Exposure::StatementLog, "log_parameter_max_length_on_error", &["0"]),
    (Exposure::StatementLog, "auto_explain.log_min_duration", &["-1"]),
    (Exposure::StatementLog, "pgaudit.log", &["none", ""]),
];

/// Of a server without one of these nothing is known.
const EXPECTED: &[&str] = &["track_commit_timestamp", "archive_mode", "log_statement", "log_min_duration_statement"];

const COUNTS: &[(Exposure, &str, &str)] = &[
    (Exposure::Slot, "pg_replication_slots", "SELECT count(*) FROM pg_catalog.pg_replication_slots"),
    (Exposure::Replica, "pg_stat_replication", "SELECT count(*) FROM pg_catalog.pg_stat_replication"),
    (Exposure::Superuser, "pg_roles", "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = session_user AND rolsuper"),
];

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    setting: String,
}

#[derive(QueryableByName)]
struct Tally {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Looks at the server behind a session.
///
/// # Errors
/// When the database cannot be reached. What the role may not see is in [`Exposures::unseen`] instead.
pub(crate) fn of_server(connection: &mut PgConnection) -> Result<Exposures, StorageError> {
    let mut exposures = Exposures::default();
    let settings: Vec<Setting> =
        known(diesel::sql_query("SELECT name, coalesce(setting, '') AS setting FROM pg_catalog.pg_settings").load(connection))?
            .unwrap_or_default();
    let value = |name: &str| settings.iter().find(|setting| setting.name == name).map(|setting| setting.setting.as_str());
    exposures.unseen.extend(EXPECTED.iter().filter(|name| value(name).is_none()));
    for (exposure, name, harmless) in SETTINGS {
        if let Some(value) = value(name).filter(|value| !harmless.contains(value)) {
            exposures.found.push((*exposure, format!("{name} = {value}")));
        }
    }
    for (exposure, name, query) in COUNTS {
        match known(diesel::sql_query(*query).get_result::<Tally>(connection))? {
            Some(Tally { count: 0 }) => {}
            Some(Tally { count }) => exposures.found.push((*exposure, format!("{name}: {count}"))),
            None => exposures.unseen.push(name),
        }
    }
    Ok(exposures)
}

/// The role that a session belongs to.
///
/// # Errors
/// When the database cannot be reached.
pub(crate) fn role(connection: &mut PgConnection) -> Result<Option<String>, StorageError> {
    known(diesel::dsl::sql::<Text>("SELECT session_user::text").get_result(connection))
}

/// `None` where a server does not know the question or does not answer this role.
fn known<T>(asked: QueryResult<T>) -> Result<Option<T>, StorageError> {
    match asked {
        Ok(answer) => Ok(Some(answer)),
        Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, _)) => Ok(None),
        Err(cause) => Err(cause.into()),
    }
}
