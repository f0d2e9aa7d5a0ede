//! What a server keeps beside its tables, found on real servers that do.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use storage::{Database, Exposure, Exposures};
use test_postgres::{Cluster, Disk};

fn found(database: &Database) -> Vec<(Exposure, String)> {
    let Exposures { mut found, unseen } = database.exposures().unwrap();
    assert_eq!(unseen, [""; 0]);
    found.sort();
    found
}

#[test]
fn a_server_that_keeps_nothing_beside_its_tables_shows_only_who_rules_it() {
    let server = Cluster::shared().database();
    let database = Database::open(&server.url()).unwrap();
    assert_eq!(found(&database), [(Exposure::Superuser, "pg_roles: 1".to_owned())]);
    assert_eq!(database.role().unwrap().as_deref(), Some(test_postgres::ROLE));
    server.sql("DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN");
    let plain = Database::open(&server.url().replace("user=candor", "user=plain")).unwrap();
    assert_eq!((found(&plain), plain.role().unwrap().as_deref()), (vec![], Some("plain")));
}

#[test]
fn whatever_a_server_keeps_beside_its_tables_is_found() {
    let settings =
        [("track_commit_timestamp", "on"), ("archive_mode", "on"), ("archive_command", "true"), ("log_min_duration_statement", "250")];
    let cluster = Cluster::start(Disk::Quick, &settings);
    let server = cluster.database();
    server.sql(&format!("ALTER DATABASE {} SET log_statement = 'all'", server.name()));
    server.sql(&format!("ALTER DATABASE {} SET session_preload_libraries = 'auto_explain'", server.name()));
    server.sql(&format!("ALTER DATABASE {} SET auto_explain.log_min_duration = 0", server.name()));
    server.sql("SELECT pg_create_physical_replication_slot('archive')");
    let folder = tempfile::tempdir().unwrap();
    let mut replica = Command::new(test_postgres::programs().join("pg_receivewal"));
    replica.arg("--directory").arg(folder.path()).arg("--host").arg(cluster.folder()).arg("--port").arg(cluster.port().to_string());
    let mut replica = replica.args(["--username", test_postgres::ROLE, "--no-loop"]).spawn().unwrap();
    // The settings of a database hold for sessions that begin after them.
    let fresh = Database::open(&server.url()).unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while !found(&fresh).iter().any(|(exposure, _)| *exposure == Exposure::Replica) {
        assert!(Instant::now() < end, "the replica never came");
        thread::sleep(Duration::from_millis(50));
    }
    let text = |(exposure, shown): &(Exposure, String)| format!("{}: {shown}", exposure.as_str());
    let all = found(&fresh).iter().map(text).collect::<Vec<_>>();
    let _ = replica.kill();
    let _ = replica.wait();
    assert_eq!(
        all,
        [
            "commit-times: track_commit_timestamp = on",
            "archive: archive_mode = on",
            "replication-slot: pg_replication_slots: 1",
            "replica: pg_stat_replication: 1",
            "statement-log: auto_explain.log_min_duration = 0",
            "statement-log: log_min_duration_statement = 250",
            "statement-log: log_statement = all",
            "superuser: pg_roles: 1",
        ]
    );
}
