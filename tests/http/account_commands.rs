//! `candor account …`: how a link gets to the owner of an account without anybody else seeing it.

use std::process::{Command, Stdio};

use candor::worker;
use domain::{Clock, SystemClock};

use crate::harness::{TestApp, staff};

#[actix_web::test]
async fn a_link_that_a_command_mails_is_made_when_the_mail_leaves_and_printed_nowhere() {
    let app = TestApp::spawn_empty().await;
    app.import(&staff().replace("lead-b@example.org", ""));
    let candor = |line: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.arg("--config").arg(app.place.path().join("candor.toml")).args(line).current_dir(app.place.path());
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    };
    let create = |login: &str| candor(&["account", "create", "--role", "leader", "--login", login, "--person", login, "--mail"]);

    let (code, said) = create("lead-b");
    assert!(code == Some(2) && said.contains("the staff list has no address for person lead-b"), "{said}");
    assert_eq!(app.installation.identity.account_by_login("lead-b").unwrap(), None, "nothing is half done");
    let (code, said) = create("lead-a");
    assert!(code == Some(0) && said.contains("A mail to lead-a@example.org waits for candor serve"), "{said}");
    assert!(!said.contains("/link/"), "{said}");

    let link = async || {
        // Commands run at the time of this machine.
        app.clock.set(SystemClock.now());
        worker::mail::send_all(&app.installation).unwrap();
        let mail = app.outbox.newest(1).remove(0);
        assert!(mail.to.contains("lead-a@example.org"), "{}", mail.to);
        let path = mail
            .text
            .split_whitespace()
            .find_map(|word| word.strip_prefix(app.console.as_str()))
            .unwrap_or_else(|| panic!("{}", mail.text));
        path.to_owned()
    };
    let first = link().await;
    assert!(first.contains("/link/"), "{first}");
    let (code, said) = candor(&["account", "link", "lead-a", "--mail"]);
    assert!(code == Some(0) && !said.contains("/link/"), "{said}");
    assert_ne!(link().await, first, "a new link, in place of the one before");

    candor(&["account", "disable", "lead-a"]);
    let (code, said) = candor(&["account", "link", "lead-a", "--mail"]);
    assert!(code == Some(2) && said.contains("candor account enable lead-a comes first"), "{said}");
}
