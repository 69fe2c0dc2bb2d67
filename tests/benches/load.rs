//! The cost of loading events: `cargo bench --bench load`. With a million events too:
//! `cargo bench --bench load -- --million`.
//!
//! Each line of the table takes two processes. One loads the file as dateline does; the other only parses it with the
//! crate that dateline uses: logs on all cores, TOML as a whole on one core. The ratio means more than the seconds.
//! `--measure load-csv FILE` measures your own file: milliseconds, and the peak memory in KiB. `keep-csv` prints the
//! memory that the timeline keeps.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it measures itself, and prints what it measured"
)]

#[path = "../support/bare_parse.rs"]
mod bare_parse;
#[path = "../support/logs.rs"]
mod logs;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use dateline::formats::progress::Progress;
use dateline::formats::{self, InputFile};

/// Runs of each measurement. The best counts, since nothing makes a program faster than it is.
const TIMES: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [_, "--measure", what, path] = words[..] {
        return measure(what, Path::new(path));
    }
    let mut sizes = vec![1_000, 10_000, 100_000];
    if words.contains(&"--million") {
        sizes.push(1_000_000);
    }
    println!(
        "| events | form | MiB | loaded in ms | only parsed in ms | times | MiB of memory | times the file |"
    );
    println!("|--:|---|--:|--:|--:|--:|--:|--:|");
    for events in sizes {
        for form in ["csv", "jsonl", "toml"] {
            row(form, events);
        }
    }
}

fn row(form: &str, events: usize) {
    let path = std::env::temp_dir().join(format!("dateline-load-{events}.{form}"));
    let text = logs::text(form, events);
    std::fs::write(&path, &text).expect("the folder for temporary files takes a file");
    let size = text.len();
    drop(text);
    let best = |what: &str| {
        let runs = (0..TIMES).map(|_| run(what, &path));
        runs.min_by(|a, b| a.0.total_cmp(&b.0)).expect("it ran")
    };
    let (loaded, memory) = best(&format!("load-{form}"));
    let (parsed, _) = best(&format!("parse-{form}"));
    std::fs::remove_file(&path).expect("the file was written");
    let mebi = |bytes: f64| bytes / 1_048_576.0;
    let size = mebi(count(size));
    let memory = memory / 1024.0;
    println!(
        "| {events} | {form} | {size:.1} | {loaded:.1} | {parsed:.1} | {:.1} | {memory:.0} | {:.1} |",
        loaded / parsed,
        memory / size
    );
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("less than 4 GiB"))
}

/// Milliseconds, and the peak memory of the process in KiB.
fn run(what: &str, path: &Path) -> (f64, f64) {
    let program = std::env::current_exe().expect("the benchmark runs");
    let mut command = Command::new(program);
    let output = command.arg("--measure").arg(what).arg(path).output();
    let output = output.expect("the benchmark can start itself");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text
        .split_whitespace()
        .map(|it| it.parse().expect("a number"));
    (
        numbers.next().expect("a time"),
        numbers.next().expect("a size"),
    )
}

fn measure(what: &str, path: &Path) {
    let start = Instant::now();
    if what.starts_with("load") || what.starts_with("keep") {
        let file = std::fs::File::open(path).expect("the file was written");
        let size = file.metadata().ok().map(|it| it.len());
        let file = InputFile::new(path.display().to_string(), Box::new(file), size);
        let reading = formats::open_files(vec![file], &Progress::default());
        let reading = reading.unwrap_or_else(|failure| panic!("{failure}"));
        assert!(!reading.timeline.is_empty(), "nothing was read");
        let is_kept = what.starts_with("keep");
        print_result(start, if is_kept { "VmRSS:" } else { "VmHWM:" });
        std::mem::forget(reading);
        return;
    }
    let bytes = std::fs::read(path).expect("the file was written");
    let text = String::from_utf8(bytes).expect("the file is UTF-8");
    let form = what.strip_prefix("parse-").unwrap_or(what);
    let parsed = bare_parse::count(form, &text);
    assert!(parsed > 0, "nothing was parsed");
    print_result(start, "VmHWM:");
}

/// Prints the elapsed time and the memory of the process: its peak, or the present size.
fn print_result(start: Instant, memory: &str) {
    let time = start.elapsed().as_secs_f64() * 1000.0;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix(memory));
    let peak = peak
        .and_then(|it| it.split_whitespace().next())
        .unwrap_or("0");
    println!("{time} {peak}");
}
