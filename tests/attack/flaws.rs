//! What is broken on purpose, so that an attack that finds nothing is known to be able to find something.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A flaw. Those of the server are compiled into `candor-planted` (the cargo feature `planted`) and chosen by a variable; those of the client are in
/// this harness, which answers in the browser's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// The client sends its answers unsealed.
    PlainBallots,
    /// The ballot table numbers its rows, and keeps the numbers at the close.
    RowidTable,
    /// What is deleted from the file is not overwritten, and the file is not written anew.
    SecureDeleteOff,
    /// At the close nothing is written anew.
    NotRewritten,
    /// At the close the file is written anew, and its write-ahead log is left lying.
    LogKept,
    /// At the publication the ballots are deleted and not their table dropped, and nothing is written anew or over, as at the close.
    OnlyDeleted,
    /// The client makes the ballot's random number from the link's secret.
    NonceFromLink,
    /// The operator's own front issues to one person of each group with another key, and the client does not check the proof.
    TwoIssuerKeys,
    /// The client sends ballots as long as their content.
    Unpadded,
    /// The list of counted answers is public while people answer.
    LiveBoard,
    /// How many have answered is told while people answer: among the metrics, and on HR's page of the round.
    LiveCounter,
}

/// The variable by which `candor-planted` is told what to break; a build without the feature does not know it.
const VARIABLE: &str = "PLANTED_FLAW";

impl Flaw {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::PlainBallots => "plaintext ballots",
            Self::RowidTable => "rowid table",
            Self::SecureDeleteOff => "secure_delete off",
            Self::NotRewritten => "rows not rewritten",
            Self::LogKept => "write-ahead log kept",
            Self::OnlyDeleted => "only deleted, not dropped",
            Self::NonceFromLink => "number from the link secret",
            Self::TwoIssuerKeys => "two issuer keys, no proof check",
            Self::Unpadded => "unpadded ballots",
            Self::LiveBoard => "live board",
            Self::LiveCounter => "live counter",
        }
    }

    /// What `candor-planted` calls it; nothing where the client is broken.
    const fn of_the_server(self) -> Option<&'static str> {
        match self {
            Self::RowidTable => Some("rowid-table"),
            Self::SecureDeleteOff => Some("secure-delete-off"),
            Self::NotRewritten => Some("not-rewritten"),
            Self::LogKept => Some("log-kept"),
            Self::OnlyDeleted => Some("only-deleted"),
            Self::LiveBoard => Some("live-board"),
            Self::LiveCounter => Some("live-counter"),
            Self::PlainBallots | Self::NonceFromLink | Self::TwoIssuerKeys | Self::Unpadded => None,
        }
    }

    /// Whether ballots of this flaw are none that could be opened.
    pub(crate) const fn spoils_the_opening(self) -> bool {
        matches!(self, Self::PlainBallots)
    }
}

/// The program that people get.
pub(crate) fn shipped() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_candor"))
}

/// The program with flaws, beside it.
pub(crate) fn planted() -> PathBuf {
    let path = shipped().with_file_name("examples").join(format!("candor-planted{}", std::env::consts::EXE_SUFFIX));
    let how = "tests/run.sh attack builds it, with cargo build --features planted --example candor-planted";
    assert!(path.exists(), "{} is missing: {how}", path.display());
    path
}

/// The program, broken as asked for.
pub(crate) fn program(flaw: Option<Flaw>) -> Command {
    match flaw.and_then(Flaw::of_the_server) {
        None => Command::new(shipped()),
        Some(name) => {
            let mut command = Command::new(planted());
            command.env(VARIABLE, name);
            command
        }
    }
}

#[test]
#[ignore = "needs candor-planted: tests/run.sh attack"]
fn the_program_that_people_get_has_no_flaw_on_purpose_and_no_way_to_ask_for_one() {
    let holds = |program: &Path| std::fs::read(program).unwrap().windows(VARIABLE.len()).any(|window| window == VARIABLE.as_bytes());
    assert!(!holds(shipped()));
    assert!(holds(&planted()), "the look must be able to find it");
}

#[test]
fn the_feature_that_plants_flaws_is_never_on_by_itself() {
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().unwrap();
    for package in &metadata.packages {
        let reached: Vec<&String> =
            package.features.iter().filter(|(name, _)| *name != "planted").flat_map(|(_, enables)| enables).collect();
        assert!(!reached.iter().any(|feature| feature.contains("planted")), "{}: {reached:?}", package.name);
        let asked = package.dependencies.iter().filter(|dependency| dependency.features.iter().any(|feature| feature.contains("planted")));
        assert_eq!(asked.count(), 0, "{}", package.name);
    }
    let candor = metadata.packages.iter().find(|package| package.name.as_str() == "candor").unwrap();
    assert!(candor.features.contains_key("planted"));
    let needs_it = |name: &str| candor.targets.iter().find(|target| target.name == name).unwrap().required_features.clone();
    assert_eq!((needs_it("candor"), needs_it("candor-planted")), (vec![], vec!["planted".to_owned()]));
}
