//! An installation in a folder of its own, with a wave that runs and a personal link for everybody.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use candor::config::Config;
use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::launch;
use candor::mail::transport::{MailTransport, MemoryOutbox};
use candor::worker;
use domain::{Language, Schedule, SystemClock, WaveId, roster};
use protocol::link::read_respondent_link;
use protocol::{LinkSecret, ManifestHash};

/// How many people are in one team; more than the smallest standing group.
const TEAM: usize = 10;

/// Where the two stores are.
#[derive(Debug, Clone)]
pub(crate) struct Stores {
    /// URL of the people side.
    pub(crate) identity: String,
    /// URL of the ballot side.
    pub(crate) responses: String,
}

impl Stores {
    /// Two SQLite files in a folder.
    pub(crate) fn sqlite(folder: &Path) -> Self {
        let url = |name: &str| format!("sqlite://{}/{name}.db", folder.display());
        Self { identity: url("identity"), responses: url("responses") }
    }
}

/// Somebody with a personal link.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The person's id on the staff list.
    pub(crate) id: String,
    /// The link as it stood in the mail.
    pub(crate) link: String,
}

impl Person {
    /// The manifest hash and the secret of the link.
    pub(crate) fn parts(&self) -> (ManifestHash, LinkSecret) {
        read_respondent_link(&self.link).unwrap()
    }
}

/// An installation with its configuration file.
pub(crate) struct Scene {
    /// Where configuration, keys and outbox are.
    pub(crate) folder: PathBuf,
    /// The configuration file.
    pub(crate) config: PathBuf,
    /// The wave.
    pub(crate) wave: WaveId,
}

impl Scene {
    /// Writes a configuration with free ports into a folder; nothing else happens yet.
    pub(crate) fn configure(folder: &Path, stores: &Stores) -> Self {
        Self::configure_with_keys(folder, stores, &folder.join("keys"))
    }

    /// The same with the box keys in a folder elsewhere.
    pub(crate) fn configure_with_keys(folder: &Path, stores: &Stores, keys: &Path) -> Self {
        let free_port = || test_postgres::listener().local_addr().unwrap().port();
        let (respondents, console) = (free_port(), free_port());
        let dir = folder.display();
        let text = format!(
            "organisation = \"Load Ltd\"\n[respondents]\nurl = \"http://127.0.0.1:{respondents}\"\nlisten = \"127.0.0.1:{respondents}\"\n\
             [console]\nurl = \"http://localhost:{console}\"\nlisten = \"127.0.0.1:{console}\"\n\
             [storage]\nidentity = \"{}\"\nresponses = \"{}\"\nkeys = \"{}\"\naccept = [\"one-server\", \"one-role\"]\n\
             [mail]\nfrom = \"Candor <survey@example.org>\"\ntransport = \"file://{dir}/outbox\"\nconnections = 1\n",
            stores.identity,
            stores.responses,
            keys.display()
        );
        let config = folder.join("candor.toml");
        std::fs::write(&config, text).unwrap();
        Self { folder: folder.to_owned(), config, wave: WaveId::parse("2026-q4").unwrap() }
    }

    /// The configuration as the program reads it.
    pub(crate) fn settings(&self) -> Config {
        Config::load(&self.config, std::iter::empty()).unwrap()
    }

    /// Opens the stores. A server that is running beside it goes on.
    pub(crate) fn open(&self) -> Installation {
        Installation::open(self.settings(), Arc::new(SystemClock)).unwrap()
    }

    /// `http://host:port/w/wave`.
    pub(crate) fn base(&self) -> String {
        format!("{}/w/{}", self.settings().respondents.url, self.wave)
    }

    /// A staff list of `people` people in teams of ten, everybody in a team.
    pub(crate) fn staff(people: usize) -> String {
        let mut csv = String::from("person_id,name,mail,team,leaders,language\nhead,Head,head@example.org,,,en\n");
        let teams = people.div_ceil(TEAM);
        for number in 0..people {
            // The first of every team leads it and answers with the other leaders.
            let (team, leader) = match number {
                lead if lead < teams => ("Leaders".to_owned(), "head".to_owned()),
                member => (format!("Team {}", member % teams), format!("p{}", member % teams)),
            };
            let _ = writeln!(csv, "p{number},Person {number},p{number}@example.org,{team},{leader},en");
        }
        csv
    }

    /// Makes both stores, launches the wave and mints every link by sending every invitation, all in this process.
    pub(crate) fn launch(&self, people: usize) -> Vec<Person> {
        let config = self.settings();
        Installation::migrate(&config).unwrap();
        let outbox = MemoryOutbox::keeping(usize::MAX);
        let mut installation = Installation::open(config, Arc::new(SystemClock)).unwrap();
        installation.mail = Arc::new(MailTransport::Memory(outbox.clone()));
        let staff = roster::parse_csv("staff.csv", Self::staff(people).as_bytes(), &Language::parse("en").unwrap()).unwrap();
        installation.identity.import_roster(&staff.roster).unwrap();
        let settings = WaveSettings {
            instrument: "pulse".to_owned(),
            schedule: Schedule::manual(installation.clock.now().plus(std::time::Duration::from_secs(14 * 86_400))),
            k: 5,
            group_min: 7,
            coalition: 1,
            min_range: 3,
            passphrase: false,
            comments: false,
            key_holder: None,
            particulars: draft::Particulars::default(),
        };
        draft::create(&installation, &self.wave, &settings).unwrap();
        launch::launch(&installation, &self.wave, None, &mut |_| {}).unwrap();
        worker::mail::send_all(&installation).unwrap();
        let mails = outbox.newest(usize::MAX);
        let person = |mail: &candor::mail::transport::CapturedMail| {
            let link = mail.link.clone().filter(|link| read_respondent_link(link).is_some())?;
            let id = mail.to.rsplit_once('@')?.0.rsplit(['<', ' ']).next()?.to_owned();
            Some(Person { id, link })
        };
        mails.iter().filter_map(|mail| person(mail)).collect()
    }
}
