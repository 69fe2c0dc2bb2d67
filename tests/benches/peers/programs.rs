//! The measured programs, and the keys for each.

use std::fs;
use std::path::{Path, PathBuf};

/// A word that only the last event has.
pub const LAST: &str = "NEEDLE-LAST";
/// A word that one event in a hundred has.
pub const RARE: &str = "rare-beacon";

/// A program and its keys.
pub struct ViewerProgram {
    pub name: &'static str,
    /// The executable: an absolute path, or a name on `PATH`.
    pub executable: &'static str,
    /// The format of the events.
    pub form: &'static str,
    /// The most events that it is started with: more would not fit into the memory or the patience of the benchmark.
    pub most_events: usize,
    /// The arguments before the file.
    pub arguments: &'static [&'static str],
    /// Files that it needs in its home: their path there and their text.
    pub home: &'static [(&'static str, &'static str)],
    pub down: &'static str,
    pub page: &'static str,
    pub top: &'static str,
    pub end: &'static str,
    pub search: PromptKeys,
    pub filter: PromptKeys,
}

/// A prompt to type a word into.
pub struct PromptKeys {
    pub prompt: &'static str,
    /// The text that must appear on the screen before the next key, and what it is.
    pub then: Option<(&'static str, &'static str)>,
}

const fn ask(prompt: &'static str) -> PromptKeys {
    PromptKeys { prompt, then: None }
}

const PAGE_DOWN: &str = "\x1b[6~";

const MILLION: usize = 1_000_000;
pub const TEN_MILLION: usize = 10 * MILLION;

const fn dateline(form: &'static str) -> ViewerProgram {
    ViewerProgram {
        name: "dateline",
        executable: env!("CARGO_BIN_EXE_dateline"),
        form,
        most_events: TEN_MILLION,
        arguments: &[],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "gg",
        end: "G",
        search: ask("/"),
        filter: ask("f"),
    }
}

/// Every program, in the order of the table.
pub const PROGRAMS: &[ViewerProgram] = &[
    dateline("csv"),
    ViewerProgram {
        name: "csvlens",
        executable: "csvlens",
        form: "csv",
        most_events: TEN_MILLION,
        // Without this, the program would guess another format.
        arguments: &["--delimiter", ","],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "g",
        end: "G",
        search: ask("/"),
        filter: ask("&"),
    },
    ViewerProgram {
        name: "visidata",
        executable: "vd",
        form: "csv",
        most_events: MILLION,
        // Without this, the program would ask its home page for a message of the day.
        arguments: &["--motd-url=", "--nothing"],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "gg",
        end: "G",
        search: ask("/"),
        filter: PromptKeys {
            prompt: "|",
            // The program selects rows, and shows the selected ones on request.
            then: Some(("selected ", "\"")),
        },
    },
    ViewerProgram {
        name: "tabiew",
        executable: "tw",
        form: "csv",
        most_events: MILLION,
        arguments: &[],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "g",
        end: "G",
        search: ask("/"),
        filter: PromptKeys {
            // Rows that match a condition in SQL.
            prompt: ":F message LIKE '%rare-beacon%' --",
            then: None,
        },
    },
    dateline("jsonl"),
    ViewerProgram {
        name: "lnav",
        executable: "lnav",
        form: "jsonl",
        most_events: MILLION,
        arguments: &["-I", "lnav"],
        home: &[("lnav/formats/installed/events.json", LNAV)],
        down: "j",
        page: PAGE_DOWN,
        top: "g",
        end: "G",
        search: ask("/"),
        filter: ask(":filter-in "),
    },
    dateline("toml"),
];

/// The format of the events for lnav, which needs a declared format to read objects.
const LNAV: &str = r#"{
  "events": {
    "title": "Events",
    "json": true,
    "file-pattern": "\\.jsonl$",
    "timestamp-field": "datetime",
    "body-field": "message",
    "line-format": [
      { "field": "__timestamp__" }, " ", { "field": "message" }, " ", { "field": "host" }, " ", { "field": "notes" }
    ],
    "value": {
      "timestamp_desc": { "kind": "string", "hidden": true },
      "notes": { "kind": "string" },
      "host": { "kind": "string" },
      "tag": { "kind": "json", "hidden": true }
    }
  }
}
"#;

impl ViewerProgram {
    /// The path of the executable.
    pub fn path(&self) -> Option<PathBuf> {
        found(self.executable)
    }

    /// Makes its home, and returns the command line that starts it on a file.
    pub fn words(&self, executable: &Path, home: &Path, file: &Path) -> Vec<String> {
        for (path, text) in self.home {
            let path = home.join(path);
            let folder = path.parent().expect("the path is in the home");
            fs::create_dir_all(folder).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        let mut words = vec![executable.display().to_string()];
        words.extend(self.arguments.iter().map(|it| (*it).to_owned()));
        words.push(file.display().to_string());
        words
    }
}

/// An executable on `PATH`, or at a path.
pub fn found(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&folders).map(|folder| folder.join(name));
    paths.find(|path| path.is_file())
}
