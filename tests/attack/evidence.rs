//! What is kept of a round: everything that somebody could have.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::front::Notes;
use crate::times::FileTimes;

/// A sealed ballot as a copy of the ballot side shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredBallot {
    pub(crate) nonce: [u8; 32],
    pub(crate) group: u32,
    pub(crate) mac: [u8; 32],
    pub(crate) ct: Vec<u8>,
}

/// A row of the people side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredPerson {
    pub(crate) person: String,
    pub(crate) group: u32,
    /// What is recorded about the credential: the hash of the blinded element while the round runs, a mere flag later.
    pub(crate) issued: Option<Vec<u8>>,
}

/// A file, or what a server would give as one.
#[derive(Debug, Clone)]
pub(crate) struct Artefact {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What only a PostgreSQL server knows about its rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heap {
    /// Which transaction wrote each ballot, in the order of the transactions.
    pub(crate) by_transaction: Vec<(u64, [u8; 32])>,
    /// The first bytes of the ballots' long values in the order of the numbers that the server gave these.
    pub(crate) by_long_value: Vec<Vec<u8>>,
}

/// Both stores as they lay there at one moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copy {
    /// The people side, in the order in which the engine gives its rows unasked.
    pub(crate) people: Vec<StoredPerson>,
    /// The ballots, in that order too: by `rowid` where the table has one, by `ctid` on PostgreSQL.
    pub(crate) ballots: Vec<StoredBallot>,
    /// Database files and logs, or dumps.
    pub(crate) files: Vec<Artefact>,
    pub(crate) heap: Heap,
    /// What the file system tells of every file of the installation, and on PostgreSQL of every file of the server.
    pub(crate) times: Vec<FileTimes>,
    /// Where in [`PAGES`] the files of the ballot side's database stand, by their names; on PostgreSQL only.
    pub(crate) parts: BTreeMap<String, Range<usize>>,
}

/// The name of the ballot side's files among those that are kept, one behind the other; on PostgreSQL only.
pub(crate) const PAGES: &str = "responses.pages";

impl Copy {
    /// What was in a file of the ballot side; nothing of other files.
    pub(crate) fn content_of(&self, file: &FileTimes) -> &[u8] {
        match self.parts.get(&file.name) {
            Some(part) => &self.file(PAGES)[part.clone()],
            None if file.name.starts_with("responses.db") => self.file(&file.name),
            None => &[],
        }
    }

    /// The file whose name ends so.
    pub(crate) fn file(&self, name: &str) -> &[u8] {
        self.files.iter().find(|file| file.name.ends_with(name)).map_or(&[], |file| &file.bytes)
    }
}

/// A request as somebody on the wire sees it, TLS or not.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) ip: String,
    pub(crate) sent: usize,
    pub(crate) received: usize,
}

/// What a page became, and after how many arrivals it was seen.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) url: String,
    pub(crate) arrivals: usize,
    pub(crate) bytes: Vec<u8>,
}

/// How many looks are taken of which one comes after an answer.
pub(crate) const LOOKS: usize = 3;

/// How many lines of pages had changed since somebody looked at them last, a second before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Moved {
    /// On pages that anybody reads.
    pub(crate) public: usize,
    /// On those of HR.
    pub(crate) hr: usize,
    /// On those of everybody else who signs in: leaders, partners, whoever holds the key, administrators.
    pub(crate) others: usize,
}

/// Everything that is kept of a round.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// A proxy's log in nginx's `combined` format, from start to end.
    pub(crate) access_log: String,
    /// Sizes of requests and answers in the order of time.
    pub(crate) flows: Vec<Flow>,
    /// How large the ballot side's files were after each arrival.
    pub(crate) sizes: Vec<u64>,
    /// What an operator reads who logs the bodies of requests while people answer (A4): from where which ballot number came.
    pub(crate) bodies: Vec<(String, [u8; 32])>,
    /// What the program said.
    pub(crate) application_log: Vec<u8>,
    /// Every mail that was sent, as it left.
    pub(crate) mails: Vec<Vec<u8>>,
    /// Copies that were made while people answered, the last one in the night before the close.
    pub(crate) nights: Vec<Copy>,
    /// Right after the close.
    pub(crate) closed: Copy,
    /// After the publication.
    pub(crate) published: Copy,
    /// PostgreSQL's write-ahead log from the launch to the end.
    pub(crate) server_log: Vec<u8>,
    /// Every page that was asked for after every arrival, where it had changed.
    pub(crate) polled: Vec<Change>,
    /// What moved on all pages within some seconds, in one of which somebody answered and in the others nobody.
    pub(crate) seconds: Vec<[Moved; LOOKS]>,
    /// The credential key of the round (A3).
    pub(crate) credential_key: Vec<u8>,
    /// What the operator's own front, which has two issuer keys, wrote down.
    pub(crate) front: Notes,
}

impl Evidence {
    /// Every ballot that any copy shows, once.
    pub(crate) fn ballots(&self) -> BTreeMap<[u8; 32], &StoredBallot> {
        let copies = self.nights.iter().chain([&self.closed, &self.published]);
        copies.flat_map(|copy| &copy.ballots).map(|ballot| (ballot.nonce, ballot)).collect()
    }

    /// From where the requests of the protocol came, in the order of the last of each: the order in which people sent their ballots.
    pub(crate) fn order_of_addresses(&self) -> Vec<&str> {
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, line) in self.access_log.lines().enumerate() {
            if let (Some(ip), true) = (line.split(' ').next(), line.contains("\"POST ") && line.contains("/box HTTP/1.1\" 200 ")) {
                last.insert(ip, number);
            }
        }
        let mut order: Vec<_> = last.into_iter().collect();
        order.sort_by_key(|(_, number)| *number);
        order.into_iter().map(|(ip, _)| ip).collect()
    }
}
