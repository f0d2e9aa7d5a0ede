//! The opening of 1,000 ballots, next to the bare sum of its cryptography: one HPKE opening and one credential per ballot.
//!
//! The ratio at the end comes from the same run, so it means the same on a slow and on a fast machine.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "sealed_wave/mod.rs"]
mod sealed_wave;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use protocol::ballot_info;
use sealed_wave::SealedWave;

/// Groups of ten people: 1,000 ballots.
const GROUPS: u32 = 100;

/// Time spent and how often, over all samples of one measurement.
#[derive(Default)]
struct Spent {
    time: Duration,
    times: u64,
}

impl Spent {
    fn mean(&self) -> Option<f64> {
        (self.times > 0).then(|| self.time.as_secs_f64() / self.times as f64)
    }
}

/// Measures `work` and keeps what criterion was told.
fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, mut work: impl FnMut()) -> Spent {
    let mut spent = Spent::default();
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let started = Instant::now();
            (0..times).for_each(|_| work());
            let time = started.elapsed();
            spent.time += time;
            spent.times += times;
            time
        });
    });
    spent
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let SealedWave { bundle, manifest, box_key } = SealedWave::of(GROUPS);
    let mut group = criterion.benchmark_group("opening of 1,000 ballots");
    let whole = measure(&mut group, "everything", || {
        black_box(release::opening::open(&bundle, &box_key).expect("a round that opens"));
    });
    let bare = measure(&mut group, "the cryptography alone", || {
        for cast in &bundle.ballots {
            let info = ballot_info(&manifest.hash(), cast.group);
            black_box(bundle.credential_key.output(cast.nonce.as_bytes(), &info).expect("a credential"));
            black_box(box_key.open(&info, &cast.nonce, &cast.ct).expect("a ballot that opens"));
        }
    });
    group.finish();
    if let (Some(whole), Some(bare)) = (whole.mean(), bare.mean()) {
        println!("opening / its cryptography = {:.3} ({:.1} ms / {:.1} ms)", whole / bare, whole * 1e3, bare * 1e3);
    }
    criterion.final_summary();
}
