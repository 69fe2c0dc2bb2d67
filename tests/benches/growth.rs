//! Ten times the events cost ten times as much, and not more: counted in allocations, which are the same on every
//! machine, and not in seconds. It runs alone in its process, so that nothing else is counted.

#[path = "../support/logs.rs"]
mod logs;

use std::alloc::System;

use dateline::diagnostic::SourceText;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Vectors double, so that a size just beyond a power of two costs more than its share.
const AT_MOST: usize = 13;

/// How many allocations it takes to load so many events, and of how many bytes.
fn cost(form: &str, events: usize) -> (usize, usize) {
    let source = SourceText::new(format!("growth.{form}"), logs::text(form, events));
    let region = Region::new(COUNTING);
    let (timeline, findings) = dateline::formats::open(&[source]);
    let change = region.change();
    assert_eq!((timeline.len(), findings.len()), (events, 0), "{form}");
    (
        change.allocations + change.reallocations,
        change.bytes_allocated,
    )
}

#[test]
fn ten_times_the_events_cost_ten_times_as_much() {
    for form in ["csv", "jsonl", "toml"] {
        let (few, few_bytes) = cost(form, 10_000);
        let (many, many_bytes) = cost(form, 100_000);
        assert!(
            many <= AT_MOST * few,
            "{form}: {few} allocations, then {many}"
        );
        assert!(
            many_bytes <= AT_MOST * few_bytes,
            "{form}: {few_bytes} bytes, then {many_bytes}"
        );
    }
}
