//! The cost of counting the events with a word, and of importing a few, from the start of a process to its end: dateline
//! without a terminal, and tools that only count.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::process;
use super::programs::{RARE, found};

/// How often the memory of a tool is looked at.
const LOOK: Duration = Duration::from_millis(2);

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
    CountingTool {
        name: "duckdb, count(*) of the file",
        executable: "duckdb",
        form: "csv",
        arguments: &[
            "-c",
            "SELECT count(*) FROM read_csv('FILE') WHERE message LIKE '%WORD%'",
        ],
    },
    dateline("jsonl"),
    CountingTool {
        name: "jq",
        executable: "jq",
        form: "jsonl",
        arguments: &["select(.message | contains(\"WORD\")) | 1", "FILE"],
    },
];

/// The import of thirty events: those whose numbers begin so.
const THIRTY: &str = "EVT-000001 or EVT-000002 or EVT-000003";

/// What a tool needed.
pub struct ToolCost {
    pub time: Duration,
    /// In KiB; `None` where the system does not report it.
    pub memory: Option<u64>,
}

impl CountingTool {
    /// The cost on a file; `None` if the tool is not installed.
    pub fn cost(&self, file: &Path) -> Option<ToolCost> {
        let executable = found(self.executable)?;
        let file = file.display().to_string();
        let words = self.arguments.iter();
        let words = words.map(|it| it.replace("WORD", RARE).replace("FILE", &file));
        Some(cost(&executable, &words.collect::<Vec<String>>()))
    }
}

/// The cost of importing thirty events of a file.
pub fn import(file: &Path) -> ToolCost {
    let executable = PathBuf::from(env!("CARGO_BIN_EXE_dateline"));
    let words = ["import", "--filter", THIRTY].map(str::to_owned);
    cost(
        &executable,
        &[&words[..], &[file.display().to_string()]].concat(),
    )
}

/// The cost of a bare parse of a file, by this benchmark started again.
pub fn bare_parse(form: &str, file: &Path) -> ToolCost {
    let executable = std::env::current_exe().expect("the benchmark runs");
    let words = [
        "--parse".to_owned(),
        form.to_owned(),
        file.display().to_string(),
    ];
    cost(&executable, &words)
}

/// The best time, and the peak of memory in one more run.
fn cost(executable: &Path, words: &[String]) -> ToolCost {
    let start = || {
        Command::new(executable)
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the tool can be started")
    };
    let times = (0..TIMES).map(|_| {
        let started = Instant::now();
        let ended = start().wait();
        assert!(
            ended.is_ok_and(|it| it.success()),
            "{} fails",
            executable.display()
        );
        started.elapsed()
    });
    let time = times.min().unwrap_or_default();
    let mut child = start();
    let mut memory = None;
    while matches!(child.try_wait(), Ok(None)) {
        memory = memory.max(process::of(child.id()).map(|it| it.most_memory));
        std::thread::sleep(LOOK);
    }
    ToolCost { time, memory }
}
