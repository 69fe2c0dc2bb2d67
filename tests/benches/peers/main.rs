//! dateline next to other viewers, on the same events on the same machine: `cargo bench --bench peers`; with a million
//! events too: `cargo bench --bench peers -- --million`; with ten million rows of CSV, which take 3 GiB of disk, of memory
//! for the bare parse and of time: `-- --million --ten-million`. It prints the tables of tests/benches/README.md.
//!
//! Each program runs in a terminal of 120x40 cells, with a new home folder. Programs that are not on `PATH` are listed
//! as absent. [`session`] defines the measurements and [`programs`] the keys for each program. In short:
//!
//! | column | from | to |
//! |---|---|---|
//! | first rows | the start of the process | an event is on the screen |
//! | loaded | the start of the process | the last event is on the screen, the end key being pressed every 50 ms from the first rows on |
//! | memory | | the peak of the process and its children until it was loaded, files mapped into memory included |
//! | a key, a page | a key goes to the terminal | the terminal receives the last byte that changed a cell; the median of 20 |
//! | end | the end key is pressed at the first event | the last event is on the screen |
//! | search | enter is pressed at the first event | the last event, the only match, is on the screen |
//! | filter | enter is pressed | at least three events are on the screen, and all have the word that one in 100 has |
//! | at rest | | wake-ups a second and share of a core, in three seconds without a key |
//!
//! The tables of tools have the best time of three runs, and the peak of memory of one more. `only parsed` is a parse with
//! the same crates on all cores, with the file read into memory; the speed of the import is a share of its speed.
//!
//! The figures leave out the terminal's own drawing. Compare the numbers of one run on one machine only with each
//! other.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it measures other processes, and prints what it measured"
)]

#[cfg(unix)]
#[path = "../../support/bare_parse.rs"]
mod bare_parse;
#[cfg(unix)]
#[path = "../../support/logs.rs"]
mod logs;
#[cfg(unix)]
mod machine;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod session;
#[cfg(unix)]
mod table;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod yardsticks;

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [option, form, file] = &words[..]
        && option == "--parse"
    {
        let text = std::fs::read_to_string(file).expect("the file is text");
        assert!(bare_parse::count(form, &text) > 0, "nothing was parsed");
        return;
    }
    let only: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let mut sizes = vec![1_000, 10_000, 100_000];
    if words.iter().any(|word| word == "--million") {
        sizes.push(1_000_000);
    }
    if words.iter().any(|word| word == "--ten-million") {
        sizes.push(programs::TEN_MILLION);
    }
    let folder = std::env::temp_dir().join(format!("dateline-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder for temporary files takes a folder");
    table::print(&folder, &sizes, &only);
    std::fs::remove_dir_all(&folder).expect("it was made");
}
