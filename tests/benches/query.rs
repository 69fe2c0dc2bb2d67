//! The cost of a filter on a million events: `cargo bench --bench query`. Targets on two cores: a date range 10 ms,
//! five parts 100 ms, all facets 150 ms. `DATELINE_EVENTS=100000` sets another size.

#![allow(
    clippy::disallowed_methods,
    reason = "its size comes from the environment"
)]

#[path = "../support/synthetic.rs"]
mod synthetic;

use std::sync::LazyLock;

use dateline::query::search::SearchPhrase;
use dateline::query::{Filter, Matches, assessed_counts, complete, facets};
use dateline::timeline::{Clock, Timeline, build};
use divan::{Bencher, black_box};

const SEED: u64 = 31;

static TIMELINE: LazyLock<Timeline> = LazyLock::new(|| {
    let events = std::env::var("DATELINE_EVENTS")
        .ok()
        .and_then(|events| events.parse().ok());
    build(synthetic::draft(
        synthetic::Size::of(events.unwrap_or(1_000_000)),
        SEED,
    ))
});

const FIVE_PARTS: &str = "phase:sanction,attribution,compromise when:2021..2022-06 -tag:tag-7 \"secondary account\" (actor:entity-3 or target:entity-4 or contested:yes)";

fn main() {
    LazyLock::force(&TIMELINE);
    divan::main();
}

/// From text to matches.
#[divan::bench(args = [
    "when:2021..2022-06",
    "within:2021",
    "before:2021",
    "after:event(event-77)",
    "actor:entity-3",
    "tag:tag-7",
    "entity:entity-3",
    "proxyshell",
    "the",
    "claims>=2 contested:yes",
    "likelihood>=likely",
    "said<2020",
    "published<2020",
    FIVE_PARTS,
], sample_count = 20, sample_size = 1)]
fn filter(bencher: Bencher, text: &str) {
    bencher.bench_local(|| {
        let filter = Filter::parse(&TIMELINE, black_box(text)).expect("a filter without mistakes");
        filter.matches(&TIMELINE)
    });
}

/// Every count of every facet, given a filter.
#[divan::bench(args = ["", "when:2021..2022-06", FIVE_PARTS], sample_count = 10, sample_size = 1)]
fn all_facets(bencher: Bencher, text: &str) {
    let filter = Filter::parse(&TIMELINE, text).expect("a filter without mistakes");
    bencher.bench_local(|| facets(&TIMELINE, black_box(&filter)));
}

/// The events whose page has a word.
#[divan::bench(args = ["proxyshell", "the"], sample_count = 20, sample_size = 1)]
fn search(bencher: Bencher, words: &str) {
    let needle = SearchPhrase::new(words).expect("there are words");
    bencher.bench_local(|| black_box(&needle).events(&TIMELINE));
}

/// All events in order on a clock.
#[divan::bench(args = ["happened", "disclosed", "attributed"], sample_count = 10, sample_size = 1)]
fn by_clock(bencher: Bencher, clock: &str) {
    let clock = Clock::parse(clock).expect("a clock");
    bencher.bench_local(|| TIMELINE.by_clock(black_box(clock)));
}

/// The numbers of the matrix.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn matrix(bencher: Bencher) {
    let all = Matches::everything(TIMELINE.len());
    bencher.bench_local(|| assessed_counts(&TIMELINE, black_box(&all)));
}

/// The completions of a text.
#[divan::bench(args = ["actor:enti", "ph", "phase:legal when:20", ""], sample_count = 10, sample_size = 1)]
fn completion(bencher: Bencher, text: &str) {
    bencher.bench_local(|| complete(&TIMELINE, black_box(text), text.len()));
}
