#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use std::num::NonZeroU32;

use super::Config;
use super::reading::VARIABLES;

const GOOD: &str = r#"
organisation = "Example"
[respondents]
url = "http://127.0.0.1:8080"
listen = "127.0.0.1:8080"
[console]
url = "http://localhost:8081"
listen = "127.0.0.1:8081"
[storage]
identity = "sqlite:///tmp/identity.db"
responses = "sqlite:///tmp/responses.db"
keys = "/tmp/keys"
[mail]
from = "Candor <survey@example.org>"
transport = "smtp://candor:hunter2@mail.example.org:587"
"#;

fn load(text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("candor.toml");
    std::fs::write(&file, text).unwrap();
    Config::load(&file, variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))).map_err(|e| e.to_string())
}

#[test]
fn a_complete_file_is_read_and_printed_without_its_secrets() {
    let config = load(GOOD, &[]).unwrap();
    let printed = config.redacted();
    assert!(printed.contains("Example"), "{printed}");
    assert!(!printed.contains("hunter2"), "{printed}");
}

#[test]
fn what_weakens_the_promise_is_accepted_by_name_only_where_a_program_can_find_it() {
    let with = |names: &str| load(&GOOD.replace("[mail]", &format!("accept = [{names}]\n[mail]")), &[]);
    let config = with("\"statement-log\", \"archive\"").unwrap();
    assert!(config.redacted().contains("storage.accept         statement-log, archive"), "{}", config.redacted());
    assert!(load(GOOD, &[]).unwrap().redacted().contains("storage.accept         (nothing)"));
    let by_variable = load(GOOD, &[("CANDOR_STORAGE_ACCEPT", "one-server, one-role")]).unwrap();
    assert!(by_variable.redacted().contains("storage.accept         one-server, one-role"));
    assert!(with("\"disk-copies\"").unwrap_err().contains("asked in the draft"));
    // A superuser's role shows no order and no time, so that no launch depends on it; candor doctor names it.
    assert!(with("\"superuser\"").unwrap_err().contains("one-server"));
}

#[test]
fn a_database_url_can_lie_in_a_file_and_its_password_is_printed_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("identity-url");
    std::fs::write(&file, "postgres://candor:hun@ter2@db.example.org/identity\n").unwrap();
    let given = format!("identity_file = \"{}\"", file.display());
    let config = load(&GOOD.replace("identity = \"sqlite:///tmp/identity.db\"", &given), &[]).unwrap();
    assert_eq!(&*config.storage.identity, "postgres://candor:hun@ter2@db.example.org/identity");
    for printed in [config.redacted(), format!("{:?}", config.storage)] {
        assert!(printed.contains("db.example.org") && !printed.contains("ter2"), "{printed}");
    }
    let both = load(&GOOD.replace("[storage]", &format!("[storage]\n{given}")), &[]).unwrap_err();
    assert!(both.contains("keep one of them"), "{both}");
    let neither = load(&GOOD.replace("responses = \"sqlite:///tmp/responses.db\"", ""), &[]).unwrap_err();
    assert!(neither.contains("storage.responses_file"), "{neither}");
}

#[test]
fn what_is_wrong_with_the_file_is_said_with_its_place_and_without_a_secret() {
    const TRANSPORT: &str = "transport = \"smtp://candor:hunter2@mail.example.org:587\"";
    const IDENTITY: &str = "identity = \"sqlite:///tmp/identity.db\"";
    for (good, bad, place) in [
        ("[mail]", "[mail]\npassword = 12345678", "line 14, column 12, at password: invalid type: integer, expected a string"),
        ("[mail]", "[mail]\npassword = [\"hunter2\"]", "line 14, column 12, at password: "),
        ("[mail]", "[mail]\npassword = \"hunter2", "line 14, column "),
        ("[mail]", "[mail]\npassword = hunter2", "line 14, column "),
        ("[mail]", "[mail]\npassword = hunter2\"", "line 14, column "),
        ("[mail]", "[mail]\npassword = \"hunter2\" hunter2", "line 14, column "),
        ("[mail]", "[mail]\npassword = \"x\"\npassword = \"hunter2\"", "line 15, column "),
        ("[mail]", "[mail]\nconnections = \"hunter2\"", "line 14, column 15, at connections: invalid type: string, expected u16"),
        ("[mail]", "[mail]\nconnections = \"hunter2, expected hunter2, expected u\"", "line 14, column 15, at connections: "),
        (TRANSPORT, "transport = \"smtp://candor:hunter2@mail.example.org", "line 15, column "),
        (IDENTITY, "identity = \"postgres://candor:hunter2@db/identity", "line 10, column "),
        (IDENTITY, "identity = postgres://candor:hunter2@db/identity", "line 10, column "),
    ] {
        let error = load(&GOOD.replace(good, bad), &[]).unwrap_err();
        assert!(error.contains(place), "{bad}: {error}");
        assert!(!error.contains("hunter") && !error.contains("1234"), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let file = GOOD.replace("[mail]", "[mail]\npassword = 12345678");
    let error = load(&file, &[("CANDOR_MAIL_CONNECTIONS", "4")]).unwrap_err();
    assert!(error.contains("mail.password") && !error.contains("1234"), "{error}");
}

#[test]
fn a_transport_is_printed_without_its_password_however_it_is_written() {
    for (written, printed) in [
        ("smtp://u:hunter2@h:587?tls=starttls", "smtp://u:(not shown)@h:587?tls=starttls"),
        ("smtp://u:hun:t@er2@h", "smtp://u:(not shown)@h"),
        ("smtp://u:hunter2", "smtp://u:(not shown)"),
        ("smtp:u:hunter2@h", "smtp:(not shown)"),
        ("u:hunter2@h", "u:(not shown)"),
        ("postgres://db/identity?user=u&password=hunter2", "postgres://db/identity?(not shown)"),
        ("smtp://u@h:587", "smtp://u@h:587"),
        ("smtp://h:587?tls=none", "smtp://h:587?tls=none"),
        ("smtp://[::1]:25", "smtp://[::1]:25"),
        ("file:///var/lib/candor/outbox", "file:///var/lib/candor/outbox"),
        ("memory:", "memory:"),
    ] {
        let config = load(&GOOD.replace("smtp://candor:hunter2@mail.example.org:587", written), &[]).unwrap();
        assert!(format!("{:?}", config.mail).contains(printed), "{:?}", config.mail);
        assert!(config.redacted().contains(&format!(" {printed}\n")), "{}", config.redacted());
    }
}

#[test]
fn the_page_for_operators_explains_every_key() {
    let page = include_str!("../../../docs/operating.md");
    for key in VARIABLES {
        assert!(page.contains(&format!("`{}`", key.join("."))), "docs/operating.md does not name {}", key.join("."));
    }
}

/// A file with lines before its first section and lines behind its last.
fn with(before: &str, behind: &str) -> Result<Config, String> {
    load(&format!("{before}\n{GOOD}\n{behind}"), &[])
}

#[test]
fn own_words_are_a_text_or_one_text_per_language_and_are_printed() {
    let texts = "purpose = \"Um zu lernen.\"\nnot_for = { en = \"Pay.\", de = \"Gehalt.\" }\nwords_posted = \"By the canteen\"";
    let contacts = "[[contacts]]\nlabel = { en = \"Works council\", de = \"Betriebsrat\" }\naddress = \"mailto:council@example.org\"\n\
                    [[contacts]]\nlabel = \"Helpline\"\naddress = \"tel:+49-30-1234\"";
    let config = with(texts, &format!("[survey]\nkey_holder = \"Vera Albers\"\nteam_reads = false\n{contacts}")).unwrap();
    assert_eq!((config.contacts.len(), config.survey.team_reads), (2, false));
    assert!(load(GOOD, &[]).unwrap().survey.team_reads, "by default a group reads its own result");
    let printed = config.redacted();
    for line in [
        "purpose                Um zu lernen.\n",
        "not_for                (de) Gehalt. (en) Pay.\n",
        "words_posted           By the canteen\n",
        "contacts               (de) Betriebsrat (en) Works council: mailto:council@example.org\n",
        "contacts               Helpline: tel:+49-30-1234\n",
        "survey.key_holder      Vera Albers\n",
        "survey.team_reads      false\n",
    ] {
        assert!(printed.contains(line), "{line}{printed}");
    }
    assert!(!load(GOOD, &[("CANDOR_SURVEY_TEAM_READS", "false"), ("CANDOR_NOT_FOR", "Pay.")]).unwrap().survey.team_reads);
}

#[test]
fn own_words_that_no_promise_sheet_could_hold_are_refused_by_their_key() {
    let contact = |label: &str, address: &str| format!("[[contacts]]\nlabel = {label}\naddress = \"{address}\"\n");
    let one = contact("\"A\"", "tel:112");
    let javascript = contact("\"Help\"", "javascript:alert(1)");
    let nobody = contact("\"\"", "tel:112");
    let number = "[[contacts]]\nlabel = 3\naddress = \"tel:112\"\n";
    let misspelt = "[[contacts]]\nlabel = \"A\"\nadress = \"tel:112\"\n";
    for (before, behind, told) in [
        ("purpose = \"\"", "", "purpose: the text is empty"),
        ("purpose = {}", "", "purpose: no language has a text"),
        ("purpose = 3", "", "at purpose: invalid type: integer, expected a text or one text per language"),
        ("not_for = { de = \" \" }", "", "not_for: in the language de, the text is empty"),
        ("not_for = { german = \"Nein\" }", "", "not_for"),
        ("words_posted = \"\\u202e\"", "", "words_posted: the text holds a line break or a character that nobody can see"),
        ("", &*one.repeat(4), "contacts: there are 4; 3 are the most"),
        ("", &*(one.clone() + &javascript), "contacts, address of number 2: write https://"),
        ("", &*nobody, "contacts, label of number 1: the text is empty"),
        ("", number, "at label: invalid type"),
        ("", misspelt, "adress"),
        ("", "[survey]\nkey_holder = \"\"", "survey.key_holder: the text is empty"),
    ] {
        let error = with(before, behind).unwrap_err();
        assert!(error.contains(told), "{before}{behind}: {error}");
    }
    let error = load(GOOD, &[("CANDOR_SURVEY_TEAM_READS", "yes")]).unwrap_err();
    assert!(error.contains("CANDOR_SURVEY_TEAM_READS must be true or false"), "{error}");
}

#[test]
fn the_time_zone_of_mails_is_one_that_there_is() {
    assert_eq!(load(GOOD, &[]).unwrap().survey.zone().iana_name(), Some("UTC"));
    let there = load(GOOD, &[("CANDOR_SURVEY_TIME_ZONE", "Europe/Berlin")]).unwrap();
    assert_eq!(there.survey.zone().iana_name(), Some("Europe/Berlin"));
    let error = with("", "[survey]\ntime_zone = \"Europe/Berlln\"").unwrap_err();
    assert!(error.contains("survey.time_zone = \"Europe/Berlln\": there is no such time zone"), "{error}");
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let error = load(&GOOD.replace("[mail]", "[mail]\nfrm = 1"), &[]).unwrap_err();
    assert!(error.contains("frm") && error.contains("line 14"), "{error}");
}

#[test]
fn a_variable_overrides_the_file_and_an_unknown_variable_is_refused() {
    let config = load(GOOD, &[("CANDOR_ORGANISATION", "Other"), ("CANDOR_SURVEY_K", "6"), ("HOME", "/")]).unwrap();
    assert_eq!((config.organisation.as_str(), config.survey.k), ("Other", 6));
    let error = load(GOOD, &[("CANDOR_ORGANIZATION", "Other")]).unwrap_err();
    assert!(error.contains("CANDOR_ORGANIZATION"), "{error}");
}

/// What the scripts set reaches every program that the tests start, and a variable of an unknown name keeps it from starting.
#[test]
fn the_scripts_of_the_tests_set_no_variable_that_is_taken_for_an_unknown_setting() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let browser = std::fs::read_dir(root.join("tests/browser")).unwrap().map(|entry| entry.unwrap().path());
    let scripts = browser.filter(|path| path.extension().is_some_and(|ending| ending == "mjs" || ending == "json"));
    let mut named = std::collections::BTreeSet::new();
    for script in scripts.chain([root.join("tests/run.sh"), root.join(".ci/run")]) {
        let text = std::fs::read_to_string(&script).unwrap();
        let names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        named.extend(names.filter(|name| name.strip_prefix("CANDOR_").is_some_and(|rest| !rest.is_empty())).map(str::to_owned));
    }
    assert!(named.contains("CANDOR_ACCOUNT_PASSWORD"), "nothing was read: {named:?}");
    for name in named {
        let why = load(GOOD, &[(&name, "1")]).err().unwrap_or_default();
        assert!(!why.contains("is unknown"), "{why}");
    }
}

#[test]
fn mail_limits_are_read_and_senseless_ones_refused() {
    let config = load(GOOD, &[("CANDOR_MAIL_PER_MINUTE", "600"), ("CANDOR_MAIL_CA_FILE", "/ca.pem")]).unwrap();
    assert_eq!((config.mail.connections, config.mail.per_minute.map(NonZeroU32::get)), (8, Some(600)));
    for (key, value) in [("CONNECTIONS", "0"), ("CONNECTIONS", "65"), ("PER_MINUTE", "0"), ("PER_MINUTE", "many")] {
        assert!(load(GOOD, &[(&format!("CANDOR_MAIL_{key}"), value)]).is_err(), "{key} = {value}");
    }
}

#[test]
fn both_origins_on_one_host_are_refused_because_cookies_ignore_ports() {
    let error = load(&GOOD.replace("localhost:8081", "127.0.0.1:8081"), &[]).unwrap_err();
    assert!(error.contains("different host names"), "{error}");
}

#[test]
fn a_console_without_https_is_refused_beyond_this_machine() {
    let error = load(&GOOD.replace("http://localhost:8081", "http://candor.example.org"), &[]).unwrap_err();
    assert!(error.contains("in the clear"), "{error}");
}

#[test]
fn a_group_minimum_that_one_missing_answer_breaks_is_refused() {
    let error = load(&format!("{GOOD}[survey]\nk = 7\n"), &[]).unwrap_err();
    assert!(error.contains("group_min"), "{error}");
}

#[test]
fn only_loopback_may_do_without_https() {
    assert!(load(GOOD, &[]).unwrap().respondents_are_secure());
    assert!(!load(&GOOD.replace("http://127.0.0.1:8080", "http://survey.example.org"), &[]).unwrap().respondents_are_secure());
}
