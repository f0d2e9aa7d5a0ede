//! The way to a server on another machine: encrypted, and only to the server that the certificate names.

use std::path::Path;
use std::process::Command;

use storage::{Database, StorageError};
use test_postgres::{Cluster, Disk, Stop};

/// The name on the server's certificate. No resolver is asked: the URL gives the address beside it.
const NAME: &str = "db.example.test";

/// Runs the command-line tool that Debian's server package brings along.
fn openssl(folder: &Path, line: &str) {
    let output = Command::new("openssl").args(line.split_whitespace()).current_dir(folder).output().expect("openssl is needed: install it");
    assert!(output.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&output.stderr));
}

const NEW_KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

/// An authority, a stranger of the same kind, and a certificate for [`NAME`] by the first.
fn make_certificates(folder: &Path) {
    for authority in ["ca", "stranger"] {
        openssl(folder, &format!("req -x509 {NEW_KEY} -keyout {authority}.key -out {authority}.pem -days 2 -subj /CN={authority}"));
    }
    std::fs::write(folder.join("names"), format!("subjectAltName=DNS:{NAME}\n")).unwrap();
    openssl(folder, &format!("req {NEW_KEY} -keyout server.key -out server.csr -subj /CN={NAME}"));
    openssl(folder, "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem");
}

/// A cluster that speaks TLS.
fn with_tls(certificates: &Path) -> Cluster {
    let cluster = Cluster::start(Disk::Quick, &[]);
    for file in ["server.key", "server.pem"] {
        let target = cluster.folder().join(file);
        std::fs::copy(certificates.join(file), &target).unwrap();
        // The server refuses a key that is not its own, or that others may read.
        let given = Command::new("chown").arg("--reference").arg(cluster.folder()).arg(&target).status().unwrap();
        assert!(given.success() && Command::new("chmod").arg("600").arg(&target).status().unwrap().success());
    }
    for setting in ["ssl = on".to_owned(), place(&cluster, "ssl_cert_file", "server.pem"), place(&cluster, "ssl_key_file", "server.key")] {
        cluster.sql("postgres", &format!("ALTER SYSTEM SET {setting}"));
    }
    cluster.stop(Stop::Fast);
    cluster.start_again();
    cluster
}

fn place(cluster: &Cluster, setting: &str, file: &str) -> String {
    format!("{setting} = '{}'", cluster.folder().join(file).display())
}

#[test]
fn a_server_elsewhere_is_reached_by_tls_alone_and_only_with_the_certificate_of_its_name() {
    let certificates = tempfile::tempdir().unwrap();
    make_certificates(certificates.path());
    let (cluster, plain) = (with_tls(certificates.path()), Cluster::shared());
    let (database, beside) = (cluster.database(), plain.database());
    let root = |file: &str| format!("&sslrootcert={}", certificates.path().join(file).display());
    let elsewhere = |local: String, name: &str, options: &str| {
        let url = format!("{}?hostaddr=127.0.0.1{options}", local.replace("@127.0.0.1:", &format!("@{name}:")));
        Database::open(&url).map(|_opened| cluster.sql("postgres", IN_CLEAR_OR_NOT))
    };
    let refused = |opened: Result<String, StorageError>| opened.expect_err("opened").to_string();

    let encrypted = elsewhere(database.url_over_tcp(), NAME, &root("ca.pem"));
    assert_eq!(encrypted.as_deref().map(str::trim), Ok("t"), "every connection of the program is encrypted");
    let encrypted = elsewhere(database.url_over_tcp(), NAME, &format!("&sslmode=verify-full{}", root("ca.pem")));
    assert_eq!(encrypted.as_deref().map(str::trim), Ok("t"));

    let clear = refused(elsewhere(database.url_over_tcp(), NAME, "&sslmode=disable"));
    assert!(clear.contains("this machine only"), "{clear}");
    for (name, options, why) in [
        (NAME, root("stranger.pem"), "the certificate of another authority"),
        ("other.example.test", root("ca.pem"), "a certificate for another name"),
        (NAME, String::new(), "an authority that this system does not know"),
    ] {
        let text = refused(elsewhere(database.url_over_tcp(), name, &options));
        assert!(text.contains("certificate"), "{why}: {text}");
        assert!(!text.contains(test_postgres::PASSWORD), "{text}");
    }
    let without = refused(elsewhere(beside.url_over_tcp(), NAME, &root("ca.pem")));
    assert!(without.to_lowercase().contains("tls"), "a server that speaks no TLS: {without}");
}

/// Whether all connections of the program are encrypted; nothing when there is none.
const IN_CLEAR_OR_NOT: &str = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'candor'";
