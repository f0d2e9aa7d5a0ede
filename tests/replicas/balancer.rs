//! A load balancer as it stands before several processes: each request goes to the next one, and on to another when that one is away.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How long a request is on its way, as over a network. It also makes the load last whatever the speed of the machine, so that kills fall into it.
const WAY: Duration = Duration::from_millis(60);

/// How many bytes a request or an answer may have.
const LONGEST: u64 = 16 << 20;

/// A listening balancer; it works until its process ends.
pub(crate) struct Balancer {
    port: u16,
    served: Arc<Vec<AtomicUsize>>,
}

impl Balancer {
    /// Listens on a free port for requests to `replicas`, which are `host:port`.
    pub(crate) fn before(replicas: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let served: Arc<Vec<AtomicUsize>> = Arc::new(replicas.iter().map(|_| AtomicUsize::default()).collect());
        let (counts, replicas, next) = (served.clone(), Arc::new(replicas), Arc::new(AtomicUsize::default()));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (counts, replicas, next) = (counts.clone(), replicas.clone(), next.clone());
                // A broken connection is the client's to notice; it asks again.
                std::thread::spawn(move || while pass_one(&client, &replicas, &next, &counts).is_ok() {});
            }
        });
        Self { port, served }
    }

    /// `http://host:port`.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How many answers came from each process.
    pub(crate) fn served(&self) -> Vec<usize> {
        self.served.iter().map(|count| count.load(Ordering::Relaxed)).collect()
    }
}

fn pass_one(client: &TcpStream, replicas: &[String], next: &AtomicUsize, counts: &[AtomicUsize]) -> std::io::Result<()> {
    let request = message(client)?;
    std::thread::sleep(WAY);
    let first = next.fetch_add(1, Ordering::Relaxed);
    for number in (0..replicas.len()).map(|step| (first + step) % replicas.len()) {
        // A request that reached a process is never given to another one: only the client may repeat it.
        let Ok(mut replica) = TcpStream::connect(&replicas[number]) else { continue };
        replica.write_all(&request)?;
        let answer = message(&replica)?;
        counts[number].fetch_add(1, Ordering::Relaxed);
        let mut client = client;
        return client.write_all(&answer);
    }
    Err(std::io::ErrorKind::ConnectionRefused.into())
}

/// One message of HTTP/1.1 with the length that its head tells.
fn message(stream: &TcpStream) -> std::io::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream.take(LONGEST));
    let (mut bytes, mut length) = (Vec::new(), 0);
    loop {
        let begin = bytes.len();
        if reader.read_until(b'\n', &mut bytes)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&bytes[begin..]).to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let begin = bytes.len();
    bytes.resize(begin + length, 0);
    reader.read_exact(&mut bytes[begin..])?;
    Ok(bytes)
}
