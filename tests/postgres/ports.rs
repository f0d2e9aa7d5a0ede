//! Ports that stay free until they are asked for by number.
//!
//! A port that the system chose (`:0`) and that was let go again can be given to anybody who asks next, or to an outgoing connection. Servers
//! that are started on such a port by another process, or started again, then find it taken. So these come from below the range that
//! systems choose from, and from a block that belongs to this process alone, whatever other tests run beside it.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Linux chooses from 32768 up, other systems from 49152; tests/browser/installation.mjs takes ports below this.
const FIRST: u16 = 20480;

/// How many ports a process has for itself.
const BLOCK: u16 = 1024;

const BLOCKS: u16 = (32768 - FIRST) / BLOCK;

/// Listens on a port of this process. When it is dropped, nobody else takes the port.
///
/// # Panics
/// When other processes hold every block, or others use every port of this one.
#[must_use]
pub fn listener() -> TcpListener {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = block();
    (0..BLOCK)
        .map(|_| first + NEXT.fetch_add(1, Ordering::Relaxed) % BLOCK)
        .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .unwrap_or_else(|| panic!("all ports from {first} to {} are in use", first + BLOCK - 1))
}

/// The first port of the block of this process, which holds a lock on the block's file as long as it lives.
fn block() -> u16 {
    static HELD: OnceLock<(File, u16)> = OnceLock::new();
    let (_, first) = HELD.get_or_init(|| {
        (0..BLOCKS)
            .map(|block| FIRST + block * BLOCK)
            .find_map(|first| {
                let file = File::create(std::env::temp_dir().join(format!("candor-ports-{first}"))).ok()?;
                file.try_lock().ok()?;
                Some((file, first))
            })
            .unwrap_or_else(|| panic!("{BLOCKS} other processes test on this machine, each with ports of its own"))
    });
    *first
}
