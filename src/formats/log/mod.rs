//! Logs: files whose rows are events, such as the super-timelines of Timesketch, plaso and Hayabusa.
//!
//! A log is known by the names in its first row, never by the name of the file. Each row is an event: what it says
//! happened is the title, its stamp the date, a `tlp` its marking, and all else is kept under the log's own names. What
//! dateline itself wrote is read as what it was. A row that cannot be read is told with its line and left out.

mod clock;
mod delimited;
mod dialect;
mod epoch;
mod joined;
mod json_lines;
mod lists;
mod objects;
mod parallel;
mod pieces;
mod row;
mod rows;
mod said;
mod stamp;
mod title;
mod told;
mod unseen;

use std::io::{self, Read};
use std::ops::Range;

use super::incoming::{HEAD, Source};
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, FileId, NOT_UTF8, Place, SourceText, UNKNOWN_LOG};
use crate::timeline::log::DraftLog;
use crate::timeline::slug;
use dialect::Dialect;
use joined::damaged;
pub(super) use title::title_of;
use told::Told;

/// What a text turned out to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) enum Log {
    /// Rows of values with a character between them.
    Delimited(&'static Dialect, u8),
    /// An object of JSON on each line.
    JsonLines(&'static Dialect),
    /// Objects of JSON over several lines, or in a list.
    Objects(&'static Dialect),
    /// A log of a sort that nobody knows here.
    Unknown,
}

/// A log on its way in: text as UTF-8, without a byte order mark.
pub(super) struct Stream<'r> {
    /// The name of the file.
    pub name: &'r str,
    pub bytes: Source<'r>,
    /// Whether it was UTF-16.
    pub is_utf16: bool,
    /// Where it was no UTF-8 and is by now, in order.
    pub damage: &'r [Range<usize>],
}

/// What reading a log gave.
pub(super) struct Reading {
    /// The log; none if it is of no known sort.
    pub log: Option<DraftLog>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// What is left of the text.
    pub text: SourceText,
}

impl Log {
    /// What sort of log it is of which this is the head; none if it is no log at all.
    pub fn recognise(head: &SourceText) -> Option<Self> {
        let head = head.slice(0..head.boundary(HEAD)).trim_start();
        if objects::begins(head) {
            let lines = json_lines::recognise(head).map(Self::JsonLines);
            let form = lines.or_else(|| objects::recognise(head).map(Self::Objects));
            return Some(form.unwrap_or(Self::Unknown));
        }
        let first = head.lines().next().unwrap_or_default();
        delimited::recognise(first)
    }

    /// Reads a text that is such a log, a piece after the other. No more of it is kept than findings point at.
    ///
    /// # Errors
    /// Those of the stream, and a text of more bytes than a place can number.
    pub fn read(
        self,
        mut stream: Stream<'_>,
        file: FileId,
        progress: &Progress,
    ) -> io::Result<Reading> {
        let name = stream.name;
        let mut told = told_of_encoding(&stream, file);
        let (dialect, rows) = match self {
            Self::Delimited(dialect, delimiter) => {
                let form = (dialect, delimiter);
                (dialect, delimited::read(stream, file, form, progress)?)
            }
            Self::JsonLines(dialect) => {
                (dialect, json_lines::read(stream, file, dialect, progress)?)
            }
            Self::Objects(dialect) => (dialect, objects::read(stream, file, dialect, progress)?),
            Self::Unknown => {
                let mut head = Vec::new();
                stream
                    .bytes
                    .by_ref()
                    .take(HEAD as u64)
                    .read_to_end(&mut head)?;
                return Ok(unknown(&SourceText::from_bytes(name, head), file));
            }
        };
        told.append(rows.told);
        let title = file_name(name).to_owned();
        let log = DraftLog {
            file,
            id: slug(&title, "log"),
            title,
            form: dialect.name,
            lane: None,
            parts: rows.parts,
        };
        Ok(Reading {
            log: Some(log),
            findings: told.findings(),
            text: rows.text,
        })
    }
}

/// The name of a file without the folders in which it lies.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn told_of_encoding(stream: &Stream<'_>, file: FileId) -> Told {
    let mut told = Told::default();
    if stream.is_utf16 {
        let finding = Diagnostic::new(&NOT_UTF8, Place::new(file, 0..0), "the file is UTF-16");
        let finding = finding
            .label("expected UTF-8")
            .help("save the file as UTF-8");
        told.tell(finding);
    }
    for range in stream.damage {
        told.tell(damaged(file, range.clone()));
    }
    told
}

/// What is told of a log that nobody knows here: its first line shows it.
fn unknown(head: &SourceText, file: FileId) -> Reading {
    // Spreadsheets and some tools write an empty line before the header.
    let is_blank = |line: &usize| head.line(*line).trim().is_empty();
    let first = (1..head.line_count()).find(|line| !is_blank(line));
    let place = Place::new(file, head.line_range(first.unwrap_or(1)));
    let finding = Diagnostic::new(
        &UNKNOWN_LOG,
        place,
        "the columns are of no log that is known",
    )
    .label("expected the columns of a known log")
    .help("name the columns as one of these logs does");
    let wanted = dialect::DIALECTS.iter().map(Dialect::wanted);
    let finding = wanted.fold(finding, Diagnostic::help);
    let text = head.clone().quoting([place.range()]);
    Reading {
        log: None,
        findings: vec![finding],
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<&'static str> {
        Log::recognise(&SourceText::new("a.toml", text)).map(|log| match log {
            Log::Delimited(dialect, _) | Log::JsonLines(dialect) | Log::Objects(dialect) => {
                dialect.name
            }
            Log::Unknown => "unknown",
        })
    }

    #[test]
    fn a_log_is_known_by_its_first_row() {
        let cases = [
            ("message,datetime,timestamp_desc\n", Some("Timesketch")),
            ("Message;DateTime;timestamp_desc\n", Some("Timesketch")),
            ("timestamp\tmessage\n", Some("Timesketch")),
            (
                "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\r\n",
                Some("plaso dynamic"),
            ),
            (
                "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra",
                Some("plaso l2tcsv"),
            ),
            (
                "\"Timestamp\",\"RuleTitle\",\"Level\",\"Computer\"\n",
                Some("Hayabusa"),
            ),
            (
                "{\"__container_type__\":\"event\",\"data_type\":\"fs:stat\",\"message\":\"a\",\"timestamp\":1}\n",
                Some("plaso json_line"),
            ),
            (
                "\n{\"message\":\"a\",\"datetime\":\"2021-08-14T10:00:00Z\"}\n",
                Some("Timesketch"),
            ),
            (
                "[\n  {\n    \"RuleTitle\": \"a\",\n    \"Timestamp\": \"2021\"\n  }\n]\n",
                Some("Hayabusa"),
            ),
            (
                "{\n\"message\":\"a\",\n\"datetime\":\"2021\"\n}\n{}",
                Some("Timesketch"),
            ),
            ("[{\"a\":1}]\n", Some("unknown")),
            ("{\"a\":1}\n", Some("unknown")),
            ("time,host,datetime\n", Some("unknown")),
            ("[[events]]\nwhen = \"2021\"\n", None),
            ("# message,datetime\n", None),
            ("title = \"message,datetime\"\n", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(form(text), expected, "{text}");
        }
    }

    #[test]
    fn a_source_is_called_by_its_file() {
        assert_eq!(
            file_name("/cases/1/Security Log.csv.gz"),
            "Security Log.csv.gz"
        );
        assert_eq!(file_name("C:\\cases\\a.csv"), "a.csv");
    }
}
