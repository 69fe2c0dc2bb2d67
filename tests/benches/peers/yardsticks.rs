//! The cost of counting the events with a word, from the start of a process to its end: dateline without a terminal,
//! and tools that only count.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::programs::{RARE, found};

/// Runs of each tool. The best counts.
const TIMES: usize = 3;

/// A tool that counts.
pub struct CountingTool {
    pub name: &'static str,
    executable: &'static str,
    /// The format of the events.
    pub form: &'static str,
    /// `FILE` and `WORD` are replaced.
    arguments: &'static [&'static str],
}

const fn dateline(form: &'static str) -> CountingTool {
    CountingTool {
        name: "dateline list --count",
        executable: env!("CARGO_BIN_EXE_dateline"),
        form,
        arguments: &["list", "--count", "--filter", "WORD", "FILE"],
    }
}

/// Every tool, in the order of the table.
pub const TOOLS: &[CountingTool] = &[
    dateline("csv"),
    CountingTool {
        name: "rg --count",
        executable: "rg",
        form: "csv",
        arguments: &["--count", "WORD", "FILE"],
    },
    dateline("jsonl"),
    CountingTool {
        name: "jq",
        executable: "jq",
        form: "jsonl",
        arguments: &["select(.message | contains(\"WORD\")) | 1", "FILE"],
    },
];

impl CountingTool {
    /// The time that the tool takes on a file; `None` if it is not installed.
    pub fn time(&self, file: &Path) -> Option<Duration> {
        let executable = found(self.executable)?;
        let file = file.display().to_string();
        let words = self.arguments.iter();
        let words = words.map(|it| it.replace("WORD", RARE).replace("FILE", &file));
        let words: Vec<String> = words.collect();
        let times = (0..TIMES).map(|_| {
            let started = Instant::now();
            let status = Command::new(&executable)
                .args(&words)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            assert!(
                status.is_ok_and(|it| it.success()),
                "{} fails",
                executable.display()
            );
            started.elapsed()
        });
        times.min()
    }
}
