//! Events of MISP: any file can be opened without harm, and written again.

use super::random::Random;
use super::timelines::{file, open_and_report};
use crate::safety::hostile::forbidden;
use crate::support::program;

/// Opens a slightly mutated event of dateline or of others, and writes what was read.
pub fn round(random: &mut Random) {
    let shape = if random.below(2) == 0 {
        program::read("tests/formats/misp/others.json")
    } else {
        let whole = program::opened("fuzz.toml", &file(random));
        program::written(&whole.timeline, "misp")
    };
    let spoiled = random.spoiled(&shape, 12);
    let timeline = open_and_report("fuzz.json", &spoiled);
    let again = program::written(&timeline, "misp");
    assert_eq!(forbidden(&again), None, "{spoiled:?}");
}
