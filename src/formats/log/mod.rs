//! Logs: files whose rows are events, such as the super-timelines of Timesketch, plaso and Hayabusa.
//!
//! A log is recognised by the names in its first row, never by the name of the file. Each row is an event: the columns
//! of its dialect give title, date and marking, and all others are kept under the log's own names. A log that dateline
//! wrote gives its facts back. A row that cannot be read is reported with its line and left out.

mod chunk_merger;
mod chunk_reader;
mod chunk_text;
mod conflicting_stamps;
mod delimited_log;
mod delimited_rows;
mod dialect;
mod epoch_number;
mod event_title;
mod finding_limiter;
mod invisible_characters;
mod json_entries;
mod json_lines;
mod json_objects;
mod json_rows;
mod json_scanner;
mod list_syntax;
mod log_stream;
mod parallel;
mod plaso_precision;
mod quoted_rows;
mod row_builder;
mod row_dates;
mod row_fields;
mod row_findings;
mod row_lists;
mod row_places;
mod row_zone;
mod timestamp;
mod uneven_rows;
mod value_locator;

use std::io;

use super::progress::Progress;
use crate::diagnostic::{Diagnostic, FileId, NOT_UTF8, SourceText, TextPlace};
use crate::timeline::log::DraftLog;
use crate::timeline::slug;
use chunk_merger::damaged;
use dialect::LogDialect;
pub(super) use dialect::{described, is_known as is_known_name};
pub(super) use event_title::title_of;
use finding_limiter::FindingLimiter;
pub(super) use log_stream::LogStream;
pub(super) use timestamp::read as read_stamp;

/// The format of a log, with its dialect.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) enum LogFormat {
    /// Rows of values with a character between them.
    Delimited(&'static LogDialect, u8),
    /// An object of JSON on each line.
    JsonLines(&'static LogDialect),
    /// Objects of JSON over several lines, or in a list.
    Objects(&'static LogDialect),
}

/// A log that was read.
pub(super) struct LogReading {
    pub log: DraftLog,
    pub findings: Vec<Diagnostic>,
    /// The lines of the text to which findings point.
    pub text: SourceText,
}

impl LogFormat {
    /// The format of a known log with this head.
    pub fn recognise(head: &SourceText) -> Option<Self> {
        let head = head.text().trim_start();
        if json_objects::begins(head) {
            let lines = (!json_objects::are_joined(head)).then(|| json_lines::recognise(head));
            let lines = lines.flatten().map(Self::JsonLines);
            return lines.or_else(|| json_objects::recognise(head).map(Self::Objects));
        }
        let (dialect, delimiter) = delimited_log::recognise(head)?;
        Some(Self::Delimited(dialect, delimiter))
    }

    /// Whether the row or object by which a log is recognised continues behind this head.
    pub fn is_open(head: &str) -> bool {
        let head = head.trim_start();
        if json_objects::begins(head) {
            json_objects::is_open(head)
        } else {
            delimited_log::is_open(head)
        }
    }

    /// Reads a log chunk by chunk. Of its text, only the lines to which findings point are kept.
    ///
    /// # Errors
    /// Those of the stream, and a text of more bytes than a place can number.
    pub fn read(
        self,
        stream: LogStream<'_>,
        file: FileId,
        progress: &Progress,
    ) -> io::Result<LogReading> {
        let name = stream.name;
        let mut findings = encoding_findings(&stream, file);
        let (dialect, rows) = match self {
            Self::Delimited(dialect, delimiter) => {
                let form = (dialect, delimiter);
                (dialect, delimited_log::read(stream, file, form, progress)?)
            }
            Self::JsonLines(dialect) => {
                (dialect, json_lines::read(stream, file, dialect, progress)?)
            }
            Self::Objects(dialect) => (
                dialect,
                json_objects::read(stream, file, dialect, progress)?,
            ),
        };
        findings.append(rows.findings);
        let title = file_name(name).to_owned();
        let log = DraftLog {
            file,
            id: slug(&title, "log"),
            title,
            form: dialect.name,
            lane: None,
            parts: rows.parts,
        };
        Ok(LogReading {
            log,
            findings: findings.into_findings(),
            text: rows.text,
        })
    }
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn encoding_findings(stream: &LogStream<'_>, file: FileId) -> FindingLimiter {
    let mut findings = FindingLimiter::default();
    if stream.is_utf16 {
        let finding = Diagnostic::new(&NOT_UTF8, TextPlace::new(file, 0..0), "the file is UTF-16");
        let finding = finding
            .label("expected UTF-8")
            .help("save the file as UTF-8");
        findings.add(finding);
    }
    for range in stream.damage {
        findings.add(damaged(file, range.clone()));
    }
    findings
}

/// The known logs, for people, each with the columns by which it is recognised.
pub(super) fn known_logs() -> impl Iterator<Item = String> {
    dialect::DIALECTS.iter().map(LogDialect::wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<&'static str> {
        LogFormat::recognise(&SourceText::new("a.toml", text)).map(|log| match log {
            LogFormat::Delimited(dialect, _)
            | LogFormat::JsonLines(dialect)
            | LogFormat::Objects(dialect) => dialect.name,
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
            file_name("/cases/1/Security LogFormat.csv.gz"),
            "Security LogFormat.csv.gz"
        );
        assert_eq!(file_name("C:\\cases\\a.csv"), "a.csv");
    }
}
