//! Logs: files whose rows are events, such as the super-timelines of Timesketch, plaso and Hayabusa.
//!
//! A log is recognised by the names in its first row, never by the name of the file. Each row is an event: the columns
//! of its dialect give title, date and marking, and all others are kept under the log's own names. A log that dateline
//! wrote gives its facts back. A row that cannot be read is reported with its line and left out.

mod chunk_merger;
mod chunk_reader;
mod chunk_text;
mod column_role;
mod conflicting_stamps;
mod date_parts;
mod day_order;
mod delimited_log;
mod delimited_rows;
mod dialect;
mod engine_answer;
mod epoch_number;
mod escaped_rows;
mod event_title;
mod exported_journal;
mod field_columns;
mod finding_limiter;
mod guess;
mod invisible_characters;
mod json_entries;
mod json_lines;
mod json_objects;
mod json_path;
mod json_rows;
mod json_scanner;
mod list_syntax;
mod log_options;
mod log_stream;
mod made_rows;
mod many_names;
pub mod mapping;
mod opened_values;
mod paged;
pub(super) mod parallel;
mod plaso_precision;
mod presets;
mod quoted_rows;
mod recognise;
mod row_builder;
mod row_dates;
mod row_fields;
mod row_findings;
mod row_format;
mod row_lists;
mod row_places;
mod row_saying;
mod row_zone;
mod table_columns;
mod table_sample;
mod timestamp;
mod uneven_rows;
mod value_locator;

use std::io;

use super::progress::Progress;
use crate::diagnostic::{COLUMNS_GUESSED, Diagnostic, FileId, NOT_UTF8, SourceText, TextPlace};
use crate::timeline::log::DraftLog;
use crate::timeline::slug;
use chunk_merger::damaged;
pub(super) use dialect::is_known as is_known_name;
pub(super) use engine_answer::reported_error;
pub(super) use event_title::title_of;
pub(super) use exported_journal::{JournalReader, begins_journal};
pub(super) use field_columns::{DateSources, ValueColumns, ValuePlace};
use finding_limiter::FindingLimiter;
pub(super) use guess::TableQuestion;
pub(super) use list_syntax::items as list_items;
pub use log_options::{DateOrder, GivenMapping, TableOptions};
pub(super) use log_stream::{LogStream, TextStore};
pub(super) use mapping::read::has_heading as has_mapping_heading;
pub use presets::{KnownTable, presets};
pub(super) use recognise::{LogFormat, LogNotation, described, question};
pub use table_columns::TableColumns;
pub(super) use timestamp::read as read_stamp;

/// A log that was read.
pub(super) struct LogReading {
    pub log: DraftLog,
    pub findings: Vec<Diagnostic>,
    /// The lines of the text to which findings point.
    pub text: SourceText,
}

impl LogFormat {
    /// Reads a log chunk by chunk. Of its text, only the lines to which findings point are kept.
    ///
    /// # Errors
    /// Those of the stream, and a text of more bytes than a place can number.
    pub fn read(
        &self,
        stream: LogStream<'_>,
        file: FileId,
        progress: &Progress,
    ) -> io::Result<LogReading> {
        let name = stream.name;
        let mut findings = encoding_findings(&stream, file);
        if let Some(guess) = &self.guess {
            let message = format!("{guess}; `--map` changes that");
            let finding = Diagnostic::new(&COLUMNS_GUESSED, TextPlace::new(file, 0..0), message);
            let help = "`--map when=COLUMN,title=COLUMN` names others; `dateline import --columns FILE` prints them all";
            findings.add(finding.help(help));
        }
        let mapping = &self.mapping;
        let rows = match self.notation {
            LogNotation::Delimited(delimiter) => {
                delimited_log::read(stream, file, (mapping, delimiter), progress)?
            }
            LogNotation::JsonLines => json_lines::read(stream, file, mapping, progress)?,
            LogNotation::Objects => json_objects::read(stream, file, mapping, progress)?,
            LogNotation::Answer => engine_answer::read(stream, file, mapping, progress)?,
        };
        findings.append(rows.findings);
        let form = match mapping.name.as_ref() {
            "" => "table".into(),
            _ => mapping.name.clone(),
        };
        let log = DraftLog {
            form,
            parts: rows.parts,
            pages: rows.pages,
            ..draft_log(file, name)
        };
        Ok(LogReading {
            log,
            findings: findings.into_findings(),
            text: rows.text,
        })
    }
}

/// Whether a source is called so after the program that wrote its table.
pub(super) fn is_known_program(name: &str) -> bool {
    dialect::is_dialect(name) || presets().any(|preset| preset.name() == name)
}

/// The log that a file is, without rows.
pub(super) fn draft_log(file: FileId, name: &str) -> DraftLog {
    let title = file_name(name).to_owned();
    DraftLog {
        file,
        id: slug(&title, "log"),
        title,
        form: "".into(),
        lane: None,
        parts: Vec::new(),
        pages: None,
    }
}

/// The name of a file without its folders.
pub fn file_name(path: &str) -> &str {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<String> {
        let text = SourceText::new("a.toml", text);
        let log = LogFormat::recognise(&text, &TableOptions::default())?;
        log.guess
            .is_none()
            .then(|| log.mapping.name.clone().into_owned())
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
            (
                "Time|Source|Host|User|Description\n1|a|b|c|d\n",
                Some("plaso TLN"),
            ),
            ("Time,Source,Host,User,Description\n1,a,b,c,d\n", None),
            ("1704164645|EVTX|HOST|user|Logon\n", Some("TLN")),
            ("EVTX|HOST|user|1704164645|Logon\n", None),
            ("[{\"a\":1}]\n", None),
            ("{\"a\":1}\n", None),
            ("time,host,datetime\n", None),
            ("[[events]]\nwhen = \"2021\"\n", None),
            ("# message,datetime\n", None),
            ("title = \"message,datetime\"\n", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(form(text).as_deref(), expected, "{text}");
        }
    }

    /// fls writes the name of a file as it is, with any bar in it.
    #[test]
    fn one_row_in_ten_of_a_table_without_a_header_may_be_of_another_form() {
        let body = "0|/bin/ls|12|r/rrwxr-xr-x|0|0|100|1704164645|1704164645|1704164645|0\n";
        let odd = "0|/bin/l|s|12|r/rrwxr-xr-x|0|0|100|1704164645|1704164645|1704164645|0\n";
        let commented = |rows: String| form(&format!("# made by fls\n{rows}"));
        assert_eq!(
            commented(body.repeat(9) + odd).as_deref(),
            Some("body file")
        );
        assert_eq!(commented(body.repeat(8) + odd), None);
        assert_eq!(commented(odd.to_owned() + &body.repeat(9)), None);
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
