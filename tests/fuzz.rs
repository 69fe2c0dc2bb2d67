//! Fuzzing without a fuzzer: mutated inputs of the right shape, and laws that hold for any input.
//!
//! A stable toolchain gives no coverage to follow, so each target makes inputs from its grammar and then mutates them.
//! The seed is fixed, so CI runs the same rounds each time, for a few seconds. `.ci/long` runs more. To run many rounds of every target:
//!
//! ```sh
//! FUZZ_ROUNDS=1000000 FUZZ_SEED=7 cargo test fuzz -- --ignored --nocapture
//! ```
//!
//! A failure prints its seed; `FUZZ_ROUNDS=1 FUZZ_SEED=` repeats it.

mod bundles;
mod dates;
mod filters;
mod keys;
mod logs;
mod misp;
mod packed;
mod random;
mod settings;
mod timelines;
mod workbooks;

use random::Random;

/// A target: its name, its rounds in CI, and a function that runs a round.
type FuzzTarget = (&'static str, u64, fn(&mut Random));

const TARGETS: &[FuzzTarget] = &[
    ("dates", 20_000, dates::round),
    ("filters", 3_000, filters::round),
    ("timelines", 150, timelines::round),
    ("writers", 24, timelines::write),
    ("json", 150, timelines::round_json),
    ("keys", 30, keys::round),
    ("logs", 500, logs::round),
    ("misp", 100, misp::round),
    ("packed", 750, packed::round),
    ("bundles", 150, bundles::round),
    ("settings", 250, settings::round),
    ("workbooks", 300, workbooks::round),
];

/// Prints the round if it panics.
struct SeedReporter(&'static str, u64);

impl Drop for SeedReporter {
    #[expect(clippy::print_stderr, reason = "a failed test says how to repeat it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("fuzz target `{}` failed with FUZZ_SEED={}", self.0, self.1);
        }
    }
}

fn run(&(name, _, round): &FuzzTarget, seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        let witness = SeedReporter(name, seed);
        round(&mut Random::new(seed));
        drop(witness);
    }
}

fn target(name: &str) {
    let target = TARGETS.iter().find(|(known, ..)| *known == name);
    let target = target.expect("the table has the target");
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
fn any_file_is_opened_as_far_as_it_is_readable() {
    target("timelines");
}

#[test]
fn any_file_is_written_safely() {
    target("writers");
}

#[test]
fn any_json_is_opened_as_far_as_it_is_readable() {
    target("json");
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
fn any_event_of_misp_is_opened_as_far_as_it_is_readable() {
    target("misp");
}

#[test]
fn any_bytes_are_unpacked_or_refused() {
    target("packed");
}

#[test]
fn any_settings_are_taken_or_reported() {
    target("settings");
}

#[test]
fn any_bundle_or_flow_is_opened_as_far_as_it_is_readable() {
    target("bundles");
}

#[test]
fn any_workbook_is_opened_or_refused() {
    target("workbooks");
}

#[test]
#[ignore = "runs for as long as FUZZ_ROUNDS says"]
#[expect(clippy::print_stderr, reason = "a long run says how far it is")]
fn for_the_requested_number_of_rounds() {
    let number = |name: &str, default| {
        let value = std::env::var(name).ok();
        value.map_or(default, |value| {
            value.parse().expect("the variable is a number")
        })
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
