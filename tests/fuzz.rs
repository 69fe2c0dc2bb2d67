//! Fuzzing without a fuzzer: inputs of the right shape, spoiled, and laws that hold for whatever comes.
//!
//! A stable toolchain has no coverage to follow, so the inputs are made from the grammar of each target and then
//! mutated. The seed is fixed: CI runs the same rounds each time, a minute of them. To look further,
//!
//! ```sh
//! FUZZ_ROUNDS=1000000 FUZZ_SEED=7 cargo test fuzz -- --ignored --nocapture
//! ```
//!
//! runs so many rounds of every target. What fails says its seed: `FUZZ_ROUNDS=1 FUZZ_SEED=` that shows it again.

mod dates;
mod filters;
mod keys;
mod logs;
mod packed;
mod random;
mod settings;
mod timelines;

use random::Random;

/// One target: what it is called, its rounds in CI, and one round of it.
type Target = (&'static str, u64, fn(&mut Random));

const TARGETS: &[Target] = &[
    ("dates", 20_000, dates::round),
    ("filters", 3_000, filters::round),
    ("timelines", 300, timelines::round),
    ("writers", 40, timelines::write),
    ("keys", 60, keys::round),
    ("logs", 1_500, logs::round),
    ("packed", 1_500, packed::round),
    ("settings", 500, settings::round),
];

/// Says which round it was if it panics.
struct Witness(&'static str, u64);

impl Drop for Witness {
    #[expect(clippy::print_stderr, reason = "a test tells how to repeat it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("fuzz target `{}` failed with FUZZ_SEED={}", self.0, self.1);
        }
    }
}

fn run(&(name, _, round): &Target, seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        let witness = Witness(name, seed);
        round(&mut Random::new(seed));
        drop(witness);
    }
}

fn target(name: &str) {
    let target = TARGETS.iter().find(|(known, ..)| *known == name);
    let target = target.expect("it is in the table");
    run(target, 0..target.1);
}

#[test]
fn any_date_is_read_or_refused() {
    target("dates");
}

#[test]
fn any_filter_is_read_or_refused() {
    target("filters");
}

#[test]
fn any_file_is_opened_as_far_as_it_can_be_read() {
    target("timelines");
}

#[test]
fn any_file_is_written_safely() {
    target("writers");
}

#[test]
fn any_keys_on_any_file_are_drawn() {
    target("keys");
}

#[test]
fn any_log_is_opened_imported_and_written() {
    target("logs");
}

#[test]
fn any_bytes_are_unpacked_or_refused() {
    target("packed");
}

#[test]
fn any_settings_are_taken_or_told() {
    target("settings");
}

#[test]
#[ignore = "takes as long as it is told to"]
#[expect(clippy::print_stderr, reason = "a long run says how far it is")]
fn for_as_many_rounds_as_are_wished() {
    let number = |name: &str, default| {
        let value = std::env::var(name).ok();
        value.map_or(default, |value| value.parse().expect("it is a number"))
    };
    let (rounds, seed) = (number("FUZZ_ROUNDS", 10_000), number("FUZZ_SEED", 1));
    let only = std::env::var("FUZZ_TARGET").ok();
    for target in TARGETS {
        if only.as_deref().is_none_or(|only| only == target.0) {
            run(target, seed..seed + rounds);
            eprintln!("{}: {rounds} rounds from seed {seed}", target.0);
        }
    }
}
