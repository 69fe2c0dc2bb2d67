//! Logs: files whose rows are events, such as the super-timelines of Timesketch, plaso and Hayabusa.
//!
//! A log is known by the names in its first row, never by the name of the file. Each row is an event: what it says
//! happened is the title, its stamp the date, a `tlp` its marking, and all else is kept under the log's own names. What
//! dateline itself wrote is read as what it was. A row that cannot be read is told with its line and left out.

mod clock;
mod delimited;
mod dialect;
mod disagreement;
mod entries;
mod epoch;
mod irregular;
mod joined;
mod json_lines;
mod lists;
mod literal;
mod objects;
mod parallel;
mod pieces;
mod places;
mod report;
mod row;
mod rows;
mod said;
mod stamp;
mod title;
mod told;
mod unseen;
mod zones;

use std::io;
use std::ops::Range;

use super::progress::Progress;
use super::source::Source;
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, NOT_UTF8, Place, SourceText};
use crate::timeline::log::DraftLog;
use crate::timeline::slug;
use dialect::Dialect;
pub(super) use dialect::{described, is_known as is_known_name};
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
    /// The zone of times that name none, if the reader states one.
    pub zone: Option<Zone>,
}

/// What reading a log gave.
pub(super) struct Reading {
    pub log: DraftLog,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// What is left of the text.
    pub text: SourceText,
}

impl Log {
    /// The sort of log that has this head; none if it is not a known log.
    pub fn recognise(head: &SourceText) -> Option<Self> {
        let head = head.text().trim_start();
        if objects::begins(head) {
            let lines = (!objects::are_joined(head)).then(|| json_lines::recognise(head));
            let lines = lines.flatten().map(Self::JsonLines);
            return lines.or_else(|| objects::recognise(head).map(Self::Objects));
        }
        delimited::recognise(head)
    }

    /// Whether the row or the object by which a log is recognised goes on behind this head.
    pub fn is_open(head: &str) -> bool {
        let head = head.trim_start();
        if objects::begins(head) {
            objects::is_open(head)
        } else {
            delimited::is_open(head)
        }
    }

    /// Reads a text that is such a log, a piece after the other. No more of it is kept than findings point at.
    ///
    /// # Errors
    /// Those of the stream, and a text of more bytes than a place can number.
    pub fn read(
        self,
        stream: Stream<'_>,
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
            log,
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

/// The logs that dateline knows, for people, each with the columns by which it is known.
pub(super) fn known_logs() -> impl Iterator<Item = String> {
    dialect::DIALECTS.iter().map(Dialect::wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<&'static str> {
        Log::recognise(&SourceText::new("a.toml", text)).map(|log| match log {
            Log::Delimited(dialect, _) | Log::JsonLines(dialect) | Log::Objects(dialect) => {
                dialect.name
            }
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
            ("[{\"a\":1}]\n", None),
            ("{\"a\":1}\n", None),
            ("time,host,datetime\n", None),
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
