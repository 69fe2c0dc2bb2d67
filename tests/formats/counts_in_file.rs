//! Facets and completions of a log in its file count what those of the same log in memory count.

use std::fmt::Write as _;

use super::all_ways::AllWays;
use crate::properties::seeds;
use crate::support::synthetic::Numbers;

/// Names of attributes. Two differ by their letter case.
const NAMES: [&str; 4] = ["notes", "Host", "host", "rare"];

/// A log whose names have few values, many, or just as many as are kept in memory, with dates that may or may not match.
fn counted_log(form: &str, numbers: &mut Numbers) -> String {
    let dates = ["2021", "2021-08", "2021-08-14T10:00:00Z", "2022-01-01", ""];
    let limits = NAMES.map(|_| [1, 3, 50, 51, 1000][numbers.below(5)]);
    let rows = 60 + numbers.below(60);
    let letter = ["v", "V", "u"][numbers.below(3)];
    let mut log = match form {
        "csv" => format!("datetime,message,tag,{}\n", NAMES.join(",")),
        _ => String::new(),
    };
    for row in 0..rows {
        let date = dates[numbers.below(dates.len())];
        let tags: Vec<String> = (0..numbers.below(3))
            .map(|_| format!("t{}", numbers.below(4)))
            .collect();
        let values = limits.map(|limit| {
            // Whether a name has 50 values or 51 decides whether they are in memory.
            if limit < 50 && numbers.once_in(4) {
                String::new()
            } else {
                format!("{letter}{}", row % limit)
            }
        });
        if form == "csv" {
            let tags = tags.join(",");
            writeln!(log, "{date},row,\"{tags}\",{}", values.join(","))
        } else {
            // A row may have a name twice, with the same value or another.
            let twice = format!(",\"notes\":\"{}\"", values[numbers.below(2)]);
            let twice = if numbers.once_in(4) { &twice } else { "" };
            let pairs = NAMES.iter().zip(&values);
            let pairs: Vec<String> = pairs
                .map(|(name, value)| format!("{name:?}:{value:?}"))
                .collect();
            let pairs = pairs.join(",");
            writeln!(
                log,
                "{{\"datetime\":{date:?},\"message\":\"row\",\"tag\":{tags:?},{pairs}{twice}}}"
            )
        }
        .expect("a string takes everything");
    }
    log
}

#[test]
fn facets_and_completions_count_in_a_file_as_in_memory() {
    for seed in seeds(12) {
        let numbers = &mut Numbers::new(seed);
        let form = if seed % 2 == 0 { "csv" } else { "jsonl" };
        // A name may have few values in one of several logs and many in the other.
        let texts: Vec<String> = (0..=numbers.below(2))
            .map(|_| counted_log(form, numbers))
            .collect();
        let logs: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        // Which values are in memory is decided anew after each chunk.
        let chunk = [500, 4_000][numbers.below(2)];
        let log = AllWays::of_logs(&format!("{seed}.{form}"), &logs, chunk);
        for _ in 0..2 {
            let name = NAMES[numbers.below(NAMES.len())];
            let parts = [
                String::new(),
                "when:2021-08".to_owned(),
                format!("-tag:t{}", numbers.below(4)),
                format!("attribute:{name}=v{}", numbers.below(3)),
                format!("-attribute:{name}"),
                "(v7 or when:2022)".to_owned(),
            ];
            let [first, second] = [0; 2].map(|_| &*parts[numbers.below(parts.len())]);
            let filter = format!("{first} {second}");
            log.same_facets(&filter);
            for begun in ["attribute:", "attribute:h", &format!("attribute:{name}=v")] {
                log.same_completion(&format!("{filter} {begun}"));
            }
        }
    }
}
