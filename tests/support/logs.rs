//! Reproducible timelines of any size in each format, to measure costs and their growth.

use std::fmt::{Result, Write};

const HOSTS: [&str; 8] = [
    "web-1", "web-2", "db-1", "db-2", "vpn-1", "mail-1", "dc-1", "ci-7",
];
const DEEDS: [&str; 6] = [
    "opened a session",
    "created a token",
    "failed to log in",
    "changed a policy",
    "ran an encoded command",
    "downloaded an archive",
];
const TAGS: [&str; 5] = ["ioc", "review", "iam", "network", "noise"];
const WORDS: [&str; 16] = [
    "host", "account", "session", "token", "policy", "bucket", "path", "task", "alert", "query",
    "observed", "matched", "blocked", "removed", "before", "after",
];

/// Events in a format (`csv`, `jsonl` or `toml`), about 400 bytes each.
#[allow(dead_code, reason = "one of the programs with this file only writes")]
pub fn text(form: &str, events: usize) -> String {
    let mut out = String::new();
    write(&mut out, form, events).expect("a string takes everything");
    out
}

/// Writes the same events.
///
/// # Errors
/// Those of the output.
pub fn write(out: &mut impl Write, form: &str, events: usize) -> Result {
    out.write_str(match form {
        "csv" => "message,datetime,timestamp_desc,notes,host,tag\n",
        "jsonl" => "",
        _ => "format = 1\n",
    })?;
    let mut numbers = 1_u64;
    for event in 0..events {
        let mut next = |limit: usize| {
            // Knuth's MMIX generator, whose high bits look random.
            numbers = numbers
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(numbers >> 33).unwrap_or(0) % limit
        };
        // The last event has a unique word, and so has each hundredth.
        let mark = match event + 1 {
            end if end == events => "NEEDLE-LAST ",
            number if number % 100 == 0 => "rare-beacon ",
            _ => "",
        };
        let title = format!(
            "EVT-{event:07} {mark}{} on {}",
            DEEDS[next(6)],
            HOSTS[next(8)]
        );
        let words: Vec<&str> = (0..32).map(|_| WORDS[next(16)]).collect();
        let (notes, host, tag) = (words.join(" "), HOSTS[next(8)], TAGS[next(5)]);
        let (day, second) = (event / 86_400, event % 86_400);
        let when = format!(
            "2025-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}",
            day / 28 % 12 + 1,
            day % 28 + 1,
            second / 3600,
            second / 60 % 60,
            second % 60,
            next(1_000_000)
        );
        match form {
            "csv" => writeln!(
                out,
                "{title},{when}+00:00,Event Logged,\"{notes}, and so on\",{host},{tag}"
            ),
            "jsonl" => writeln!(
                out,
                "{{\"message\":\"{title}\",\"datetime\":\"{when}+00:00\",\"timestamp_desc\":\"Event Logged\",\"notes\":\"{notes}\",\"host\":\"{host}\",\"tag\":[\"{tag}\"]}}"
            ),
            _ => writeln!(
                out,
                "\n[[events]]\nwhen = \"{when}Z\"\ntitle = \"{title}\"\nsummary = \"{notes}\"\ntargets = [\"{host}\"]\ntags = [\"{tag}\"]"
            ),
        }?;
    }
    Ok(())
}
