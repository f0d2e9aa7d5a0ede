#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};
use protocol::manifest::ManifestNonce;
use protocol::trustee::Countersignature;
use secrecy::SecretString;
use tempfile::TempDir;

use super::*;
use crate::given::{Round, round_of, round_under};
use crate::key::HolderKey;
use crate::locked::LockedKey;
use crate::result::SignedResult;

const PASSPHRASE: &str = "four plain old words";

#[derive(Parser)]
struct Typed {
    #[command(subcommand)]
    command: TrusteeCommand,
}

/// Somebody who answers what was prepared, and remembers what was said.
#[derive(Default)]
struct Person {
    secrets: VecDeque<String>,
    answers: VecDeque<String>,
    heard: String,
}

impl Desk for Person {
    fn say(&mut self, line: &str) {
        self.heard.push_str(line);
        self.heard.push('\n');
    }

    fn secret(&mut self, question: &str) -> Result<SecretString, Failure> {
        self.secrets.pop_front().map(SecretString::from).ok_or_else(|| Failure::BadInput(format!("asked for a secret: {question}")))
    }

    fn answer(&mut self, question: &str) -> Result<String, Failure> {
        self.answers.pop_front().ok_or_else(|| Failure::BadInput(format!("asked: {question}")))
    }
}

/// A key holder's machine.
struct Machine {
    dir: TempDir,
    now: Moment,
}

impl Machine {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), now: Moment::parse("2026-10-20T08:00:00Z").unwrap() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.file(name), bytes).unwrap();
        self.file(name).display().to_string()
    }

    /// Types a command; what was heard, or why not.
    fn types(&self, line: &str, secrets: &[&str], answers: &[&str]) -> Result<String, Failure> {
        let folder = self.file("mine").display().to_string();
        let words = std::iter::once("trustee").chain(line.split(' ')).map(str::to_owned).chain(["--folder".to_owned(), folder]);
        let typed = Typed::try_parse_from(words).unwrap();
        let mut person = Person {
            secrets: secrets.iter().map(|s| (*s).to_owned()).collect(),
            answers: answers.iter().map(|s| (*s).to_owned()).collect(),
            ..Person::default()
        };
        run(&typed.command, &mut person, self.now)?;
        assert!(person.secrets.is_empty() && person.answers.is_empty(), "{line} asked for less than was prepared");
        Ok(person.heard)
    }

    fn refused(&self, line: &str, secrets: &[&str]) -> String {
        self.types(line, secrets, &[]).unwrap_err().text().to_owned()
    }

    fn made(&self, options: &str) -> String {
        let passphrases: &[&str] = if options.contains("--only-shares") { &[] } else { &[PASSPHRASE, PASSPHRASE] };
        let mut person = Person { secrets: passphrases.iter().map(|s| (*s).to_owned()).collect(), ..Person::default() };
        let folder = self.file("mine").display().to_string();
        let words = ["trustee", "keys", "2026-q4", "--holder", "Works council, Vera Albers", "--folder", &folder].map(str::to_owned);
        let typed = Typed::try_parse_from(words.into_iter().chain(options.split_whitespace().map(str::to_owned))).unwrap();
        run(&typed.command, &mut person, self.now).unwrap();
        person.heard
    }

    /// The round that an operator makes for the key of this machine, as a draft with the operator's own nonce.
    fn draft(&self) -> Round {
        self.round(ManifestNonce([4; 32]))
    }

    fn round(&self, nonce: ManifestNonce) -> Round {
        let key = LockedKey::from_json(&fs::read(self.file("mine/2026-q4.key.json")).unwrap()).unwrap().open(&PASSPHRASE.into()).unwrap();
        round_under(key, 7, nonce)
    }

    /// The countersignature that this machine gave.
    fn signed(&self) -> Countersignature {
        serde_json::from_slice(&fs::read(self.file("mine/2026-q4.countersignature.json")).unwrap()).unwrap()
    }

    /// The shares, read from the paper as a person would.
    fn shares(&self) -> Vec<Vec<String>> {
        let paper = fs::read_to_string(self.file("mine/2026-q4.ceremony.html")).unwrap();
        let rows = |page: &str| page.split("<li>").skip(1).take(4).map(|row| row.split('<').next().unwrap().to_owned()).collect();
        paper.split("<ol class=\"rows\">").skip(1).map(rows).collect()
    }
}

fn sheet_file(machine: &Machine, round: &Round) -> String {
    machine.write("sheet.json", &round.sheet().to_json().unwrap())
}

fn flat(shares: &[Vec<String>]) -> Vec<&str> {
    shares.iter().flatten().map(String::as_str).collect()
}

#[test]
fn a_key_holder_goes_from_the_keys_to_their_destruction() {
    let mut machine = Machine::new();
    let heard = machine.made("");
    assert!(heard.contains("Fingerprint in words"), "{heard}");
    let shares = machine.shares();
    assert_eq!((shares.len(), shares[0].len()), (3, 4));
    for secret in flat(&shares) {
        assert!(!heard.contains(secret), "no share is ever shown");
    }

    // A row is mistyped once; a share is given twice.
    let typed = [flat(&shares[2..]), flat(&shares[2..]), flat(&shares[..1])].concat();
    let mut with_a_slip = vec!["0000-0000-0000-0000-1"];
    with_a_slip.extend(&typed);
    let heard = machine.types("shares check 2026-q4 --shares", &with_a_slip, &[]).unwrap();
    assert!(
        heard.contains("typing mistake")
            && heard.contains("share 3 was given twice")
            && heard.contains("give the key of round 2026-q4 back"),
        "{heard}"
    );
    machine.types("destroy 2026-q4 --only-paper", &[], &[]).unwrap();
    assert!(!machine.file("mine/2026-q4.ceremony.html").exists() && machine.file("mine/2026-q4.key.json").exists());

    let draft = machine.draft();
    let sheet = sheet_file(&machine, &draft);
    let heard = machine.types(&format!("read {sheet}"), &[], &[]).unwrap();
    assert!(heard.contains("I can say what I think.") && heard.contains("Checked: The groups"), "{heard}");

    let test = machine.file("test.json").display().to_string();
    let sealed = machine.types(&format!("test {sheet} --make {test}"), &[], &[]).unwrap();
    let opened = machine.types(&format!("test {sheet} --ballot {test}"), &[PASSPHRASE], &[]).unwrap();
    let words = sealed.trim().rsplit(": ").next().unwrap();
    assert!(opened.contains(words), "{opened}\n{sealed}");

    let declined = machine.types(&format!("sign {sheet}"), &[], &["yes"]).unwrap_err();
    assert_eq!(declined.text(), "nothing was signed");
    let heard = machine.types(&format!("sign {sheet}"), &[PASSPHRASE], &["sign"]).unwrap();
    let given = machine.signed();
    let round = machine.round(given.nonce);
    given.verify(&round.manifest).unwrap();
    let words = protocol::words::manifest_words(&round.manifest.hash()).join(" ");
    assert!(heard.ends_with("that is how a false promise sheet comes to light.\n") && heard.matches(&words).count() == 1, "{heard}");
    assert!(!heard.contains(&protocol::words::manifest_words(&draft.manifest.hash()).join(" ")), "{heard}");
    assert!(machine.types(&format!("read {sheet}"), &[], &[]).unwrap().contains(&words));
    machine.types(&format!("sign {sheet} --yes"), &[PASSPHRASE], &[]).unwrap();
    assert_eq!(machine.signed(), given, "the same sheet signed again");

    let (bundle, list) = (machine.write("bundle.json", &round.bundle.to_json().unwrap()), serde_json::to_vec(&round.bundle.board).unwrap());
    let list = machine.write("board.json", &list);
    let early = machine.types(&format!("open {bundle} --list {list}"), &[PASSPHRASE], &[]).unwrap_err();
    assert_eq!(early.code(), 3, "{}", early.text());
    machine.now = Moment::parse("2026-11-20T08:00:00Z").unwrap();
    assert!(machine.refused("destroy 2026-q4", &[]).contains("nothing of round 2026-q4 was opened"));
    let heard = machine.types(&format!("open {bundle} --list {list}"), &[PASSPHRASE], &[]).unwrap();
    assert!(
        heard.contains("18 answers of 36 people were opened together") && heard.contains("Checked: The credential of every ballot"),
        "{heard}"
    );
    let result = SignedResult::from_json(&fs::read(machine.file("mine/2026-q4.result.json")).unwrap()).unwrap();
    result.verify(&round.manifest, &round.bundle.board).unwrap();
    // Again, this time with the shares: the same bytes.
    machine.types(&format!("open {bundle} --list {list} --shares"), &flat(&shares[..2]), &[]).unwrap();
    assert_eq!(SignedResult::from_json(&fs::read(machine.file("mine/2026-q4.result.json")).unwrap()).unwrap(), result);

    let heard = machine.types("destroy 2026-q4", &[], &[]).unwrap();
    assert!(heard.contains("key.json is overwritten and removed") && heard.contains("No program can promise more"), "{heard}");
    assert!(!machine.file("mine/2026-q4.key.json").exists());
    machine.types("destroy 2026-q4", &[], &[]).unwrap();
    assert!(machine.refused(&format!("open {bundle} --list {list}"), &[]).contains("shares on paper open"));
}

#[test]
fn what_a_key_holder_must_not_do_is_refused_with_the_reason_and_changes_nothing() {
    let machine = Machine::new();
    machine.made("");
    let shares = machine.shares();
    let sheet = sheet_file(&machine, &machine.draft());
    let before = fs::read(machine.file("mine/2026-q4.record.json")).unwrap();

    let mut again = Person::default();
    let folder = machine.file("mine").display().to_string();
    let typed = Typed::try_parse_from(["trustee", "keys", "2026-q4", "--holder", "x", "--folder", &folder]).unwrap();
    assert!(run(&typed.command, &mut again, machine.now).unwrap_err().text().contains("is there already"));
    assert!(
        machine.types(&format!("sign {sheet}"), &["four plain old werds"], &["sign"]).unwrap_err().text().contains("passphrase is wrong")
    );
    let one = machine.write("one.txt", shares[0].join("\n").as_bytes());
    let lost = machine.refused(&format!("sign {sheet} --yes --share-file {one}"), &[]);
    assert!(lost.contains("2 shares are needed, and 1 given"), "{lost}");
    let torn = machine.write("torn.txt", shares[0][..3].join("\n").as_bytes());
    assert!(machine.refused(&format!("shares check 2026-q4 --share-file {torn}"), &[]).contains("has 4 rows"));

    let other = round_of(HolderKey::generate(&mut rand::rng()).unwrap(), 8);
    let theirs = machine.write("theirs.json", &other.sheet().to_json().unwrap());
    assert!(machine.refused(&format!("read {theirs}"), &[]).contains("answers would be sealed to a key that you do not hold"));
    assert!(machine.refused(&format!("sign {theirs} --yes"), &[]).contains("Do not sign"));
    assert!(machine.refused("shares check 2027-q1", &[]).contains("is not there"));
    assert_eq!(fs::read(machine.file("mine/2026-q4.record.json")).unwrap(), before);
    assert!(!machine.file("mine/2026-q4.countersignature.json").exists());
    assert!(machine.types("destroy 2026-q4 --unopened", &[], &["no"]).unwrap_err().text().contains("nothing was destroyed"));
    assert!(machine.file("mine/2026-q4.key.json").exists());
}

#[test]
fn without_a_key_file_two_people_sign_together_and_a_lost_machine_begins_anew() {
    let machine = Machine::new();
    machine.made("--only-shares");
    assert!(!machine.file("mine/2026-q4.key.json").exists());
    let shares = machine.shares();
    let files: Vec<String> = (0..2).map(|n| machine.write(&format!("share{n}.txt"), shares[n].join("\n").as_bytes())).collect();
    let given = format!("--share-file {} --share-file {}", files[0], files[1]);
    let read = shares[..2].iter().map(|rows| crate::Share::parse(&rows.join("\n")).unwrap()).collect::<Vec<_>>();
    let (key, public) = HolderKey::restore(&read, &WaveId::parse("2026-q4").unwrap(), "Works council, Vera Albers").unwrap();
    let sheet = sheet_file(&machine, &round_of(key, 9));
    machine.types(&format!("sign {sheet} --yes {given}"), &[], &[]).unwrap();
    let countersignature = fs::read(machine.file("mine/2026-q4.countersignature.json")).unwrap();
    let (key, _) = HolderKey::restore(&read, &public.wave, &public.holder).unwrap();
    let round = round_under(key, 9, machine.signed().nonce);

    let mut fresh = Machine::new();
    let sign = fresh.write("signed.json", &countersignature);
    let folder = fresh.file("mine").display().to_string();
    let words = ["trustee", "restore", "2026-q4", "--holder", &public.holder, "--countersignature", &sign, "--folder", &folder];
    let files = ["--share-file", &files[0], "--share-file", &files[1]];
    let typed = Typed::try_parse_from(words.into_iter().chain(files)).unwrap();
    let mut person = Person::default();
    run(&typed.command, &mut person, fresh.now).unwrap();
    assert!(person.heard.contains(&public.words()), "{}", person.heard);
    fresh.now = Moment::parse("2026-11-20T08:00:00Z").unwrap();
    let bundle = fresh.write("bundle.json", &round.bundle.to_json().unwrap());
    let list = fresh.write("board.json", &serde_json::to_vec(&round.bundle.board).unwrap());
    fresh.types(&format!("open {bundle} --list {list} {given}"), &[], &[]).unwrap();
}

#[test]
fn every_command_and_argument_has_help_and_no_argument_takes_a_secret() {
    fn look(command: &clap::Command) {
        assert!(command.get_about().is_some(), "{} has no help", command.get_name());
        for argument in command.get_arguments().filter(|a| a.get_id() != "help" && a.get_id() != "version") {
            assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            assert!(!matches!(argument.get_id().as_str(), "passphrase" | "secret" | "key"), "secrets come from a terminal or a file");
        }
        command.get_subcommands().filter(|c| c.get_name() != "help").for_each(look);
    }
    Typed::command().debug_assert();
    Typed::command().get_subcommands().for_each(look);
}

#[test]
fn the_files_of_a_key_are_for_their_owner_alone() {
    let machine = Machine::new();
    machine.made("");
    for entry in fs::read_dir(machine.file("mine")).unwrap() {
        let path: &Path = &entry.unwrap().path();
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o077, 0, "{}", path.display());
        assert!(!path.to_string_lossy().contains(".new"));
    }
}
