//! Helpers for the tests of several subjects.

use std::fmt::Write as _;

pub mod logs;
pub mod marked;
pub mod program;
pub mod promotion;
pub mod synthetic;
pub mod workbooks;

/// Compares each line of a data file with the line that dateline gives, and prints the lines that differ.
pub fn check(file: &str, line: impl Fn(&[&str]) -> String) {
    let mut wrong = String::new();
    for written in file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<&str> = written.split(" | ").collect();
        let ours = line(&columns);
        if ours != written {
            _ = writeln!(wrong, "{ours}");
        }
    }
    assert!(wrong.is_empty(), "these lines differ:\n{wrong}");
}
