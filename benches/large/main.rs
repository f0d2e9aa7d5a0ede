//! A firm of 100,000 people in 15,000 teams, from the staff list to the result and to the launch of the next round, done by the real program.
//!
//! Smaller firms run first, so that the time per person can be compared in one run: what is linear costs the same per person in all of them.
//! Numbers of such a run stand in docs/scale.md.
#![allow(clippy::print_stdout, missing_docs, clippy::cast_precision_loss)]

mod answers;
mod pages;
mod program;
mod staff;

use std::error::Error;
use std::fs;
use std::time::Instant;

use clap::Parser;
use domain::WaveId;
use pages::Pages;
use program::Place;
use staff::Firm;
use test_postgres::{Cluster, Disk, TestDatabase};

#[derive(Parser)]
struct Arguments {
    /// How many people; one run each. There are fifteen teams for a hundred people.
    #[arg(long, value_delimiter = ',', default_values_t = [50, 1_000, 100_000])]
    people: Vec<usize>,
    /// How many of them answer at most; seven of ten in a team do.
    #[arg(long, default_value_t = 20_000)]
    ballots: usize,
    /// Which engines.
    #[arg(long, value_delimiter = ',', default_values_t = ["sqlite".to_owned(), "postgresql".to_owned()])]
    engines: Vec<String>,
    /// Only what comes before the answers.
    #[arg(long)]
    launch_only: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    for engine in &arguments.engines {
        for people in &arguments.people {
            let folder = tempfile::tempdir()?;
            let cluster = (engine == "postgresql").then(|| Cluster::start(Disk::Durable, &[]));
            let databases: Vec<_> = cluster.iter().flat_map(|cluster| [(); 4].map(|()| cluster.database())).collect();
            let place = |name: &str, databases: &[TestDatabase<'_>]| {
                let folder = folder.path().join(name);
                fs::create_dir(&folder)?;
                match databases {
                    [identity, responses] => Place::prepare(&folder, &identity.url(), &responses.url()),
                    _ => {
                        let url = |side: &str| format!("sqlite://{}/{side}.db", folder.display());
                        Place::prepare(&folder, &url("identity"), &url("responses"))
                    }
                }
            };
            let (own, other) = databases.split_at(databases.len() / 2);
            let (place, spare) = (place("own", own)?, place("spare", other)?);
            println!("\n{engine}: {people} people in {} teams", people * 3 / 20);
            println!("  {:44} {:>9} {:>9} {:>9} {:>12}", "", "seconds", "CPU s", "peak MiB", "µs/person");
            Run { place, spare, people: *people }.live(&arguments)?;
        }
    }
    Ok(())
}

/// One firm on one engine.
struct Run {
    place: Place,
    /// Where a copy is put back.
    spare: Place,
    people: usize,
}

impl Run {
    fn live(&self, arguments: &Arguments) -> Outcome<()> {
        let firm = Firm::found(self.people, self.people * 3 / 20);
        let first = self.place.write("staff.csv", &firm.staff_list())?.display().to_string();
        let next = self.place.write("next.csv", &firm.a_year_later().staff_list())?.display().to_string();
        for command in [
            &["migrate"][..],
            &["account", "create", "--role", "hr", "--login", "hr"],
            &["roster", "import", &first],
            &["roster", "import", "--dry-run", &next],
            &["wave", "create", "one", "--manual"],
            &["wave", "launch", "one"],
            &["wave", "status", "one"],
        ] {
            self.step(command)?;
        }
        Pages::of(&self.place)?.survey("one")?;
        if arguments.launch_only {
            return Ok(());
        }
        let started = Instant::now();
        let ballots = answers::answer(&self.place, &WaveId::parse("one")?, arguments.ballots)?;
        println!("  {:44} {:9.2}", format!("({ballots} ballots put in, not by the program)"), started.elapsed().as_secs_f64());
        let copies = ["people", "ballots"].map(|side| self.place.file(&format!("{side}.copy")).display().to_string());
        let files = ["--people", &copies[0], "--ballots", &copies[1]];
        self.step(&[&["backup"][..], &files].concat())?;
        self.step(&[&["restore", "--check"][..], &files].concat())?;
        self.step_in(&self.spare, &[&["restore"][..], &files].concat())?;
        for command in ["close", "open", "publish", "status"] {
            self.step(&["wave", command, "one"])?;
        }
        Pages::of(&self.place)?.console("one")?;
        self.step(&["roster", "import", &next])?;
        self.step(&["wave", "create", "two", "--manual"])?;
        self.step(&["wave", "launch", "two"])
    }

    fn step(&self, command: &[&str]) -> Outcome<()> {
        self.step_in(&self.place, command)
    }

    fn step_in(&self, place: &Place, command: &[&str]) -> Outcome<()> {
        let taken = place.run(command)?;
        let name: Vec<&str> = command.iter().map(|word| word.rsplit('/').next().unwrap_or(word)).collect();
        println!(
            "  {:44} {:9.2} {:9.2} {:9.1} {:12.1}   {} lines said",
            name.join(" "),
            taken.seconds,
            taken.cpu,
            taken.peak,
            taken.cpu * 1e6 / self.people as f64,
            taken.said.lines().count()
        );
        Ok(())
    }
}
