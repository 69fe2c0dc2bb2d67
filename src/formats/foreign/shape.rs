//! Formats of text that their first lines show.

use super::found::Found;
use super::{json, table};
use crate::formats::toml;

/// How many lines show what a text is.
const ENOUGH: usize = 20;

/// The first lines of a text that are not blank.
pub(super) struct Lines<'t> {
    text: &'t str,
    first: Vec<&'t str>,
}

/// A format of text that dateline does not read.
struct Shape {
    /// What the file is, with its article.
    name: &'static str,
    is_it: fn(&Lines<'_>) -> bool,
    /// How to get a file that dateline reads.
    help: &'static str,
}

/// Text that no other program's data begins with, before tables and JSON are looked for.
const SHAPES: &[Shape] = &[
    Shape {
        name: "a calendar (ICS)",
        is_it: |lines| lines.begin("BEGIN:VCALENDAR"),
        help: "write each `DTSTART` and `SUMMARY` as a row of CSV below the line `datetime,message`",
    },
    Shape {
        name: "a body file",
        is_it: |lines| lines.all_rows(is_body),
        help: "run `log2timeline.py --parsers bodyfile` on it, then `psort.py -o dynamic -w log.csv`",
    },
    Shape {
        name: "a TLN timeline",
        is_it: |lines| lines.all_rows(is_tln),
        help: "write `Time` as `timestamp` and `Description` as `message`, as CSV with these names in the first line",
    },
    Shape {
        name: "a Zeek log",
        is_it: |lines| lines.begin("#separator") || lines.begin("#fields"),
        help: "write `ts` as `datetime` with `zeek-cut -u -F , ts …`, below the line `datetime,message`",
    },
    Shape {
        name: "an HTML page",
        is_it: |lines| lines.begin("<!DOCTYPE html") || lines.begin("<html"),
        help: "write its events as a timeline in TOML; the page is a source of them",
    },
    Shape {
        name: "an XML document",
        is_it: |lines| lines.begin("<?xml") || lines.is_element(),
        help: "export its events as CSV, with `datetime` and `message` in the first line",
    },
    Shape {
        name: "a YAML document, or a text with front matter",
        is_it: |lines| lines.begin("%YAML") || lines.first.first() == Some(&"---"),
        help: "write a timeline in TOML: `[[events]]`, and below it `when = \"2021-08\"` and `title = \"What happened\"`",
    },
    Shape {
        name: "a text with front matter",
        is_it: |lines| lines.first.first() == Some(&"+++"),
        help: "keep the part between the two `+++` if it is a timeline, and delete the rest",
    },
    Shape {
        name: "a private key or a signed message (PEM, PGP)",
        is_it: |lines| lines.begin("-----BEGIN "),
        help: "name the timeline or the log that you want to open",
    },
    Shape {
        name: "a diff",
        is_it: |lines| lines.begin("diff --git ") || lines.begin("--- a/"),
        help: "apply it with `git apply`, and open the file that it changes",
    },
    Shape {
        name: "a timeline of markwhen",
        is_it: |lines| lines.all(|line| line.contains(": ")) && lines.any(is_markwhen),
        help: "write each entry as `[[events]]`, with `when` and `title` below it",
    },
];

/// What the first lines of a text show, if it is not a timeline.
pub(super) fn known(head: &str) -> Option<Found> {
    let lines = Lines::new(head);
    if let Some(shape) = SHAPES.iter().find(|shape| (shape.is_it)(&lines)) {
        return Some(Found::format(shape.name, shape.help));
    }
    if toml::has_heading(head) {
        return None;
    }
    json::known(head).or_else(|| table::known(head))
}

/// The finding for a long text without a line of TOML.
pub(super) fn without_toml(head: &str) -> Found {
    let lines = Lines::new(head);
    let what = if lines.all(is_yaml) {
        "YAML or something like it"
    } else {
        "neither TOML nor a table"
    };
    Found {
        label: "expected `[timeline]`, `[[events]]` or `KEY = \"value\"`, or the header of a log".to_owned(),
        help: vec![
            "write a timeline in TOML: `[[events]]`, and below it `when = \"2021-08\"` and `title = \"What happened\"`"
                .to_owned(),
            "write a log as CSV, with `datetime` and `message` in the first line".to_owned(),
        ],
        ..Found::format(what, "")
    }
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let lines = text.lines().map(str::trim_end);
        let first = lines.filter(|line| !line.is_empty()).take(ENOUGH);
        Self {
            text,
            first: first.collect(),
        }
    }

    /// Whether the text begins so, in capital letters or not.
    fn begin(&self, with: &str) -> bool {
        let head = self.text.trim_start().get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    }

    fn any(&self, test: fn(&str) -> bool) -> bool {
        self.first.iter().any(|line| test(line))
    }

    fn all(&self, test: fn(&str) -> bool) -> bool {
        !self.first.is_empty() && self.first.iter().all(|line| test(line))
    }

    /// Whether all lines but comments have a form; the last may break off.
    fn all_rows(&self, test: fn(&str) -> bool) -> bool {
        let is_row = |line: &&&str| !line.starts_with('#');
        let mut rows = self.first.iter().filter(is_row).peekable();
        rows.peek().is_some_and(|row| test(row)) && {
            let rows: Vec<_> = rows.collect();
            let (_, whole) = rows.split_last().unwrap_or((&&"", &[]));
            whole.iter().all(|row| test(row))
        }
    }

    fn is_element(&self) -> bool {
        let mut head = self.text.trim_start().chars();
        head.next() == Some('<')
            && head
                .next()
                .is_some_and(|it| it.is_ascii_alphabetic() || it == '!')
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_digit() || it == b'.' || it == b'-')
}

/// `MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime`.
fn is_body(line: &str) -> bool {
    let fields: Vec<&str> = line.split('|').collect();
    let stamps = fields.len().checked_sub(4).and_then(|at| fields.get(at..));
    fields.len() >= 11 && stamps.unwrap_or_default().iter().all(|it| is_number(it))
}

/// `Time|Source|Host|User|Description`, and with `|TZ|Notes` behind it.
fn is_tln(line: &str) -> bool {
    let mut fields = line.split('|');
    let first = fields.next().unwrap_or_default();
    fields.count() >= 4 && (is_number(first) || first.eq_ignore_ascii_case("time"))
}

/// `2021-08: What happened`, `1930 - 1967: What happened`.
fn is_markwhen(line: &str) -> bool {
    let date = line.split(": ").next().unwrap_or_default();
    let is_digit = |it: char| it.is_ascii_digit();
    date.starts_with(is_digit) && date.len() < 30 && !line.contains('=')
}

/// `key: value`, `key:` or `- item`.
fn is_yaml(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.split(':').next().unwrap_or_default();
    let is_key = key.len() < line.len()
        && key
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
    line.starts_with("- ") || line.starts_with('#') || is_key
}
