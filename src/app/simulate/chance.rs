//! All chance of a simulation, from one seed: a generator of its own for every purpose, so that nothing depends on order or threads.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

/// The seed of a simulation.
///
/// Keys, ballot numbers and blinds come from it too, which is what makes a simulation repeatable and would make a real wave worthless:
/// whoever knows the seed can open every ballot. Nobody's answers are in these ballots, and nothing outside this module can make a key
/// from a seed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed(pub(super) u64);

impl Seed {
    /// The generator for one purpose, in one wave, for one thing in it.
    pub(super) fn of(self, purpose: &str, wave: usize, number: usize) -> StdRng {
        let mut hash = Sha256::new();
        hash.update(b"candor/simulate/1\0");
        for part in [&self.0.to_be_bytes()[..], &(wave as u64).to_be_bytes(), &(number as u64).to_be_bytes(), purpose.as_bytes()] {
            hash.update(part);
        }
        StdRng::from_seed(hash.finalize().into())
    }
}

/// A standard normal number (Box and Muller 1958).
pub(super) fn normal(chance: &mut StdRng) -> f64 {
    let u: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
    let v: f64 = chance.random();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
