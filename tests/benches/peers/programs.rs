//! The programs that are measured, and what each is asked, in its own keys.

use std::fs;
use std::path::{Path, PathBuf};

/// The word that only the last event has.
pub const LAST: &str = "NEEDLE-LAST";
/// The word that one event in a hundred has.
pub const RARE: &str = "rare-beacon";

/// A program and how it is used.
pub struct Program {
    pub name: &'static str,
    /// The executable: an absolute path, or a name to be looked for on `PATH`.
    pub executable: &'static str,
    /// The form of the events.
    pub form: &'static str,
    /// What stands on the command line before the file.
    pub arguments: &'static [&'static str],
    /// Files that it needs in its home: their path there and what is in them.
    pub home: &'static [(&'static str, &'static str)],
    pub down: &'static str,
    pub page: &'static str,
    pub top: &'static str,
    pub end: &'static str,
    pub search: Question,
    pub filter: Question,
}

/// How something is asked: a key opens a prompt, into which a word is typed.
pub struct Question {
    pub prompt: &'static str,
    /// What has to come on the screen before more is pressed, and what that is.
    pub then: Option<(&'static str, &'static str)>,
}

const fn ask(prompt: &'static str) -> Question {
    Question { prompt, then: None }
}

const PAGE_DOWN: &str = "\x1b[6~";

const fn dateline(form: &'static str) -> Program {
    Program {
        name: "dateline",
        executable: env!("CARGO_BIN_EXE_dateline"),
        form,
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
pub const PROGRAMS: &[Program] = &[
    dateline("csv"),
    Program {
        name: "csvlens",
        executable: "csvlens",
        form: "csv",
        // It would guess another.
        arguments: &["--delimiter", ","],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "g",
        end: "G",
        search: ask("/"),
        filter: ask("&"),
    },
    Program {
        name: "visidata",
        executable: "vd",
        form: "csv",
        // It would ask its home page for a message of the day.
        arguments: &["--motd-url=", "--nothing"],
        home: &[],
        down: "j",
        page: PAGE_DOWN,
        top: "gg",
        end: "G",
        search: ask("/"),
        filter: Question {
            prompt: "|",
            // It selects rows, and shows those that are selected when it is asked.
            then: Some(("selected ", "\"")),
        },
    },
    dateline("jsonl"),
    Program {
        name: "lnav",
        executable: "lnav",
        form: "jsonl",
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

/// The form of the events for lnav, which reads objects only in a form that it was told of.
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

impl Program {
    /// Where the executable is.
    pub fn path(&self) -> Option<PathBuf> {
        found(self.executable)
    }

    /// Makes its home, and says how it is started on a file.
    pub fn words(&self, executable: &Path, home: &Path, file: &Path) -> Vec<String> {
        for (path, text) in self.home {
            let path = home.join(path);
            let folder = path.parent().expect("it is in the home");
            fs::create_dir_all(folder).expect("it can be made");
            fs::write(path, text).expect("it can be written");
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
