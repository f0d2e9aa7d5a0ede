//! What one person costs: issuing a credential, checking it, sealing a ballot and opening it.
#![allow(clippy::expect_used, missing_docs)]

#[path = "sealed_wave/mod.rs"]
mod sealed_wave;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use protocol::sealed::seal;
use protocol::{BallotNonce, Blinding, ballot_info};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sealed_wave::SealedWave;

fn protocol(criterion: &mut Criterion) {
    let SealedWave { bundle, manifest, box_key } = SealedWave::of(1);
    let mut random = StdRng::seed_from_u64(2);
    let cast = bundle.ballots.first().expect("a ballot").clone();
    let info = ballot_info(&manifest.hash(), cast.group);
    let blinded = Blinding::new(BallotNonce::generate(&mut random), &mut random).expect("a blinded number").blinded();
    let plain = box_key.open(&info, &cast.nonce, &cast.ct).expect("a ballot that opens");

    let mut group = criterion.benchmark_group("protocol");
    group.bench_function("server: issue a credential", |bencher| {
        bencher.iter(|| bundle.credential_key.evaluate(black_box(&blinded.0), &info, &mut random).expect("an evaluation"));
    });
    group.bench_function("server: check a ballot's credential", |bencher| {
        bencher.iter(|| assert!(black_box(&cast).has_credential(&bundle.credential_key, &manifest.hash())));
    });
    let mut random = StdRng::seed_from_u64(3);
    group.bench_function("client: seal a ballot", |bencher| {
        bencher.iter(|| seal(&box_key.public_key(), &info, &cast.nonce, black_box(&plain), &mut random).expect("a sealed ballot"));
    });
    group.bench_function("opening: open a ballot", |bencher| {
        bencher.iter(|| box_key.open(&info, &cast.nonce, black_box(&cast.ct)).expect("a ballot that opens"));
    });
    group.finish();
}

criterion_group!(benches, protocol);
criterion_main!(benches);
