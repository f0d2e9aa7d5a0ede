//! Builds the crate anew when a migration is added: what is embedded does not make that known by itself.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations/responses");
}
