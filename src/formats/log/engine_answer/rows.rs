//! Reads the rows of an answer chunk by chunk, and then asks the rest of it whether rows are missing.

use std::io;
use std::sync::Arc;

use memchr::memmem;
use serde_json::Value;
use serde_json::value::RawValue;

use super::form::{AnswerForm, EngineAnswer};
use super::gaps::{self, AnswerGap, AnswerParts};
use crate::diagnostic::{ANSWER_BROKEN, ANSWER_LIMITED, Diagnostic, FileId, TextPlace};
use crate::document::count;
use crate::formats::log::chunk_merger::{self, MergedRows};
use crate::formats::log::chunk_reader::ChunkEnd;
use crate::formats::log::chunk_text::ChunkText;
use crate::formats::log::delimited_rows::LONGEST;
use crate::formats::log::json_path::items;
use crate::formats::log::json_rows::ObjectReader;
use crate::formats::log::log_stream::LogStream;
use crate::formats::log::mapping::TableMapping;
use crate::formats::log::row_builder::{ChunkRows, RowBuilder};
use crate::formats::log::row_format::RowFormat;
use crate::formats::log::value_locator::RowNotation;
use crate::formats::progress::Progress;

/// Reads an answer, whose form its first bytes show.
pub(in crate::formats::log) fn read(
    stream: LogStream<'_>,
    file: FileId,
    mapping: &Arc<TableMapping>,
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |head| {
        let answer = EngineAnswer::recognise(head);
        let from = answer.as_ref().map_or(0, |it| it.rows.from);
        let rows = head.get(from..).unwrap_or_default();
        let before = answer.as_ref().map_or(Value::Null, |it| {
            let before = head.get(..from).unwrap_or_default();
            serde_json::from_str(&format!("{before}{}", it.form.behind)).unwrap_or_default()
        });
        let form = AnswerRows {
            mapping: Arc::clone(mapping),
            between: between(rows),
            before,
            form: answer.as_ref().map(|it| it.form),
            names: answer.and_then(|it| it.rows.names),
        };
        (form, from)
    })
}

/// The separator of the first two rows with the signs on both sides, which is the same between others.
fn between(rows: &str) -> String {
    let mut first_two = items(rows, 0);
    let usual = || if rows.starts_with('[') { "],[" } else { "},{" }.to_owned();
    let (Some(first), Some(second)) = (first_two.next(), first_two.next()) else {
        return usual();
    };
    let (start, end) = (
        first.len().saturating_sub(1),
        second.as_ptr().addr() - rows.as_ptr().addr(),
    );
    rows.get(start..=end).map_or_else(usual, str::to_owned)
}

struct AnswerRows {
    mapping: Arc<TableMapping>,
    between: String,
    /// What is before the rows.
    before: Value,
    form: Option<&'static AnswerForm>,
    /// The names of the columns, if rows are lists of values.
    names: Option<Vec<String>>,
}

impl RowFormat for AnswerRows {
    const FIRST: ChunkEnd = ChunkEnd::Closed;

    fn cut(&self) -> ChunkEnd {
        ChunkEnd::Between(self.between.clone().into_bytes())
    }

    fn has_lines(&self) -> bool {
        self.between.contains('\n')
    }

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let notation = match self.names {
            Some(_) => RowNotation::List,
            None => RowNotation::Object,
        };
        let mut reader = ObjectReader::new(RowBuilder::new(part, &self.mapping, notation));
        let (mut at, mut seen, mut behind, mut open) = (part.from, 0, None, None);
        loop {
            let rest = part.text.get(at..).unwrap_or_default();
            let rest = rest.trim_start_matches(|it: char| it.is_ascii_whitespace() || it == ',');
            at = part.text.len() - rest.len();
            if rest.starts_with(']') {
                behind = Some(at);
                break;
            }
            match next(rest) {
                None => break,
                Some(Ok(row)) => {
                    self.take(&mut reader, at, row);
                    seen += 1;
                    at += row.len();
                }
                Some(Err(error)) if error.is_eof() && part.goes_on && rest.len() <= LONGEST => {
                    open = Some(at);
                    break;
                }
                Some(Err(error)) => {
                    let next = memmem::find(rest.as_bytes(), self.between.as_bytes());
                    let len = next.map_or(rest.len(), |next| next + 1);
                    reader.report(at..at + len, rest.get(..len).unwrap_or(rest), &error);
                    at += next.map_or(rest.len(), |next| next + self.between.len() - 1);
                }
            }
        }
        ChunkRows {
            behind,
            seen,
            ..reader.end(open)
        }
    }

    fn gaps(&self, behind: Option<&str>, seen: usize, file: FileId) -> Vec<Diagnostic> {
        let place = TextPlace::new(file, 0..0);
        let Some(form) = self.form else {
            return Vec::new();
        };
        let rest = behind.map(|behind| format!("{}{behind}", form.before));
        let rest = rest.map(|rest| serde_json::from_str::<Value>(&rest));
        let Some(Ok(rest)) = rest else {
            let message = format!(
                "the answer of {} breaks off after {}",
                form.engine,
                count(seen, "row")
            );
            let finding = Diagnostic::new(&ANSWER_BROKEN, place, message);
            return vec![finding.help("ask the engine again, and keep the whole answer")];
        };
        let parts = AnswerParts {
            before: &self.before,
            behind: &rest,
            count: seen,
        };
        let finding = |gap: AnswerGap| match gap {
            AnswerGap::Limited(message) => Diagnostic::new(&ANSWER_LIMITED, place, message),
            AnswerGap::Broken(message) => Diagnostic::new(&ANSWER_BROKEN, place, message),
        };
        (form.gaps)(&parts).into_iter().map(finding).collect()
    }
}

impl AnswerRows {
    fn take<'t>(&self, reader: &mut ObjectReader<'t>, at: usize, row: &'t str) {
        let place = at..at + row.len();
        match &self.names {
            Some(_) if row.starts_with('{') => {
                let said = gaps::said_in(row);
                reader.report_row(place, |place| Diagnostic::new(&ANSWER_BROKEN, place, said));
            }
            Some(names) => reader.list(place, row, names),
            None => reader.row(place, row),
        }
    }
}

/// The next value of a text, as it is written.
fn next(text: &str) -> Option<serde_json::Result<&str>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.next().map(|value| value.map(RawValue::get))
}
