//! Builds events from the values of rows: title, dates, marking, lists and attributes.

use std::ops::Range;

use memchr::memchr;

use super::chunk_text::{ChunkText, KeptTexts, short};
use super::column_role::ColumnRole;
use super::event_title::title_of;
use super::finding_limiter::FindingLimiter;
use super::mapping::{TableMapping, is};
use super::row_fields::{self, FieldValue, LogColumn, NO_CELL, RowFields, text_of};
use super::row_lists::{ListOutcome, RowLists};
use super::timestamp;
use super::value_locator::{RowNotation, ValuePlaces};
use crate::date::foreign::DayMonthOrder;
use crate::diagnostic::{Diagnostic, TextPlace};
use crate::formats::toml::marking::read_marking;
use crate::text::{is_plain, trimmed};
use crate::timeline::TermId;
use crate::timeline::facts::FactId;
use crate::timeline::log::{LogRows, SingleColumn};
use crate::timeline::term::Tlp;

const SUMMARY: usize = FactId::SUMMARY.slot();

/// The rows of a chunk, with places and lines counted from its beginning.
pub(super) struct ChunkRows {
    pub rows: LogRows,
    pub findings: FindingLimiter,
    /// Where a last row begins that continues behind the chunk.
    pub open: Option<usize>,
    /// Where the rest of the document begins, behind the last of all rows.
    pub behind: Option<usize>,
    /// How many rows of an answer were read: one may make several events, or none.
    pub seen: usize,
    /// Whether a row was read by what is around it, such as one with an unpaired quotation mark.
    pub is_irregular: bool,
}

/// How the rows of a chunk use a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameUse {
    Unused,
    /// Its values are kept while they are few.
    Few,
    /// It has many values, which are not kept.
    Many,
}

/// Builds the rows of a chunk.
pub(super) struct RowBuilder<'t> {
    pub part: &'t ChunkText<'t>,
    pub mapping: &'t TableMapping,
    /// The columns from which other values are made, by their numbers.
    pub(super) cells: Vec<&'t str>,
    /// The notation of the next row.
    pub notation: RowNotation,
    /// The places of its values, for findings.
    pub entries: ValuePlaces,
    pub rows: LogRows,
    pub findings: FindingLimiter,
    lists: RowLists,
    /// The order of day and month that the first date shows.
    pub(super) first_order: Option<DayMonthOrder>,
    /// Whether the row has made an event already, so that its findings are reported.
    pub(super) is_further_event: bool,
    pub(super) texts: KeptTexts<'t>,
    /// What is known of each name by its number, if its values stay in the file.
    names: Vec<NameUse>,
    pub is_irregular: bool,
    /// The strictest marking of the current row.
    tlp: Option<Tlp>,
    /// Whether the columns are in a header, where problems in them are reported.
    pub has_header: bool,
    /// Pairs of columns that were reported as giving the same.
    twice: Vec<(LogColumn, LogColumn)>,
    /// The lines that begin before the end of the last row.
    lines: usize,
}

impl<'t> RowBuilder<'t> {
    pub fn new(part: &'t ChunkText<'t>, mapping: &'t TableMapping, notation: RowNotation) -> Self {
        Self {
            part,
            mapping,
            cells: mapping.cells(),
            is_further_event: false,
            first_order: None,
            notation,
            entries: ValuePlaces::default(),
            rows: LogRows::default(),
            findings: FindingLimiter::default(),
            lists: RowLists::default(),
            texts: part.texts,
            names: Vec::new(),
            is_irregular: false,
            tlp: None,
            has_header: false,
            twice: Vec::new(),
            lines: 0,
        }
    }

    /// The rows of the chunk. `open`: where a row begins that continues behind it.
    pub fn end(mut self, open: Option<usize>) -> ChunkRows {
        if self.leaves_texts() {
            self.rows.attributes.drop_many();
        }
        ChunkRows {
            rows: self.rows,
            findings: self.findings,
            open,
            behind: None,
            seen: 0,
            is_irregular: self.is_irregular,
        }
    }

    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.add(finding);
    }

    pub fn columns(&mut self, names: &[String]) -> Vec<LogColumn> {
        self.has_header = true;
        names.iter().map(|name| self.column(name)).collect()
    }

    /// Reports columns of a header that give the same as another, each at its place.
    pub fn report_doubles(&mut self, columns: &[LogColumn], place: impl Fn(usize) -> Range<usize>) {
        for (taken, other) in row_fields::doubles(columns) {
            let place = self.place(place(other));
            let finding = row_fields::of_two(place, taken, columns[other], &self.rows.words);
            self.findings.add(finding);
        }
    }

    pub fn column(&mut self, name: &str) -> LogColumn {
        let (role, is_exact) = self.mapping.known(name);
        let cell = self.cells.iter().position(|cell| is(name, cell));
        LogColumn {
            role,
            is_exact,
            name: self.rows.words.intern(name.trim()),
            cell: cell
                .and_then(|it| u16::try_from(it).ok())
                .unwrap_or(NO_CELL),
        }
    }

    /// Adds the event of a row, or its events.
    pub fn add<'v>(&mut self, row: Range<usize>, values: impl Iterator<Item = FieldValue<'v>>) {
        if !self.mapping.is_plain() {
            let (mapping, words) = (self.mapping, &self.rows.words);
            let in_words = |value: FieldValue<'v>| FieldValue {
                text: mapping.in_words(words.word(value.column.name), value.text),
                ..value
            };
            let values = values.map(without_null).map(in_words);
            let values: Vec<FieldValue<'_>> = values.collect();
            self.add_made(&row, &values);
            return;
        }
        let mut fields = self.begin_event();
        let mut may_hide = self.may_hide(&row);
        for value in values {
            may_hide = may_hide && !self.report_hidden(&row, value);
            self.take(&row, without_null(value), &mut fields);
        }
        self.end_event(&row, fields);
    }

    /// Whether the row may have an invisible character that is to be reported.
    pub(super) fn may_hide(&self, row: &Range<usize>) -> bool {
        !self.is_further_event && may_hide(self.written(row).0)
    }

    pub(super) fn begin_event<'v>(&mut self) -> RowFields<'v> {
        self.lists.clear();
        self.tlp = None;
        RowFields::default()
    }

    /// Adds an event with these values.
    pub(super) fn end_event(&mut self, row: &Range<usize>, mut fields: RowFields<'_>) {
        if text_of(fields.title).is_empty() {
            fields.title = fields.short.take();
        }
        if let Some(short) = fields.short {
            self.keep(short);
        }
        let when = self.when(row, &fields);
        if text_of(fields.title).is_empty() && !self.is_further_event {
            self.report_untitled(row);
        }
        self.dates(row, &fields);
        let summary = self.title(text_of(fields.title), text_of(fields.facts[SUMMARY]));
        let summary = if self.leaves_texts() {
            ""
        } else {
            trimmed(summary)
        };
        let line = self.line(row.start);
        let leaves_texts = self.leaves_texts();
        let rows = &mut self.rows;
        let row_number = rows.when.len();
        rows.when.push_of_log(when.as_ref(), !leaves_texts);
        for (slot, column) in rows.singles.0.iter_mut().enumerate() {
            let text = if slot == SUMMARY {
                summary
            } else {
                text_of(fields.facts[slot])
            };
            match column {
                SingleColumn::Texts(texts) => texts.push(text),
                SingleColumn::Words(terms) => {
                    terms.push((!text.is_empty()).then(|| rows.words.intern(text)));
                }
                SingleColumn::Dates(_) => {}
            }
        }
        let id = text_of(fields.id);
        if !id.is_empty() {
            rows.keys.push((short(row_number), id.into()));
        }
        if self.tlp.is_some() || !rows.tlp.is_empty() {
            rows.tlp.push_alike(None, row_number - rows.tlp.len());
            rows.tlp.push(self.tlp);
        }
        self.lists.end_row(rows);
        rows.attributes.end_row();
        rows.bytes.push((short(row.start), short(row.end)));
        rows.lines.push(line);
    }

    /// The columns whose values are those of facts are read; the others are kept.
    pub(super) fn take<'v>(
        &mut self,
        row: &Range<usize>,
        new: FieldValue<'v>,
        fields: &mut RowFields<'v>,
    ) {
        let FieldValue { column, text, .. } = new;
        let known = match column.role {
            ColumnRole::Title => &mut fields.title,
            ColumnRole::Short => &mut fields.short,
            ColumnRole::When if timestamp::is_unset(text) => return self.keep(new),
            ColumnRole::When => &mut fields.when,
            ColumnRole::Epoch => &mut fields.epoch,
            ColumnRole::Imprecise => &mut fields.imprecise,
            ColumnRole::Day => &mut fields.day,
            ColumnRole::Time => &mut fields.time,
            ColumnRole::Zone => &mut fields.zone,
            ColumnRole::Until => &mut fields.until,
            ColumnRole::Fact(slot) => &mut fields.facts[slot],
            ColumnRole::Id => &mut fields.id,
            ColumnRole::Marking => return self.mark(row, new),
            ColumnRole::Clock => {
                fields.clock = Some(new);
                return self.keep(new);
            }
            ColumnRole::Tags
            | ColumnRole::Labels
            | ColumnRole::Tag
            | ColumnRole::Techniques
            | ColumnRole::Attack
            | ColumnRole::Names(_) => return self.list(row, new),
            ColumnRole::Attribute | ColumnRole::Described => return self.keep(new),
            ColumnRole::Nothing => return,
        };
        if let Some((taken, other)) = row_fields::put(known, new) {
            self.keep(other);
            self.report_two_columns(row, taken, other);
        }
    }

    /// Adds a value to a list of the row. A value that is not wholly in its items is also kept.
    fn list(&mut self, row: &Range<usize>, value: FieldValue<'_>) {
        let separators = &self.mapping.separators;
        let taken = self.lists.take(value, separators, &mut self.rows.words);
        if taken != ListOutcome::Whole {
            self.keep(value);
        }
        if taken == ListOutcome::Unreadable && !self.is_further_event {
            self.report_list(row, value);
        }
    }

    /// Marks the row. The strictest of several markings counts. A marking that cannot be read counts as the strictest and
    /// is also kept.
    fn mark(&mut self, row: &Range<usize>, value: FieldValue<'_>) {
        let written = value.text.trim();
        if matches!(written, "" | "-") {
            return;
        }
        let (tlp, finding) = read_marking(written, self.place(row.clone()));
        self.tlp = self.tlp.max(Some(tlp.unwrap_or(Tlp::Red)));
        if tlp.is_none() {
            self.keep(value);
        }
        if let Some(mut finding) = finding.filter(|_| !self.is_further_event) {
            finding.place = self.part(row, value);
            let help = "give the column another name if it says something else";
            let is_read = tlp.is_some();
            self.findings
                .add(if is_read { finding } else { finding.help(help) });
        }
    }

    /// Keeps a value under the name of its column.
    pub(super) fn keep(&mut self, value: FieldValue<'_>) {
        let text = trimmed(value.text);
        if !matches!(text, "" | "-") {
            self.keep_text(value.column.name, text);
        }
    }

    /// Keeps a text under a name, or only that there is one.
    pub(super) fn keep_text(&mut self, name: TermId, text: &str) {
        let KeptTexts::Few(many) = self.texts else {
            self.rows.attributes.add(name, text);
            return;
        };
        let at = name.0 as usize;
        if self.names.len() <= at {
            self.names.resize(at + 1, NameUse::Unused);
        }
        if self.names[at] == NameUse::Unused {
            self.rows.paged_names.push(name);
            self.names[at] = if many.has(self.rows.words.word(name)) {
                NameUse::Many
            } else {
                NameUse::Few
            };
        }
        if self.names[at] == NameUse::Few {
            self.rows.attributes.add_of_few(name, text);
        }
    }

    /// Whether the texts of rows stay in the file.
    const fn leaves_texts(&self) -> bool {
        matches!(self.texts, KeptTexts::Few(_))
    }

    /// Adds the title of a row. Returns its summary: a message that is too long for a title becomes the summary.
    fn title<'v>(&mut self, message: &'v str, summary: &'v str) -> &'v str {
        let message = trimmed(message);
        let Some(title) = title_of(message) else {
            self.add_title(message);
            return summary;
        };
        self.add_title(&title);
        if trimmed(summary).is_empty() {
            return message;
        }
        let name = self.rows.words.intern("message");
        self.keep_text(name, message);
        summary
    }

    fn add_title(&mut self, title: &str) {
        if self.leaves_texts() {
            self.rows.titles.push("");
        } else {
            self.rows.add_title(title);
        }
    }

    /// The lines that begin in the chunk, up to a byte of this row.
    fn line(&mut self, byte: usize) -> u32 {
        let later = self.part.breaks.get(self.lines..).unwrap_or_default();
        let begins_before = |start: &&u32| **start as usize <= byte;
        self.lines += later.iter().take_while(begins_before).count();
        short(self.lines)
    }

    /// The text of a range of the chunk, and its place.
    pub fn written(&self, range: &Range<usize>) -> (&'t str, TextPlace) {
        let written = self.part.text.get(range.clone()).unwrap_or_default();
        (written, self.place(range.clone()))
    }

    pub fn place(&self, row: Range<usize>) -> TextPlace {
        TextPlace::new(self.part.file, row)
    }

    /// Reports two columns that give the same, once.
    fn report_two_columns(
        &mut self,
        row: &Range<usize>,
        taken: FieldValue<'_>,
        other: FieldValue<'_>,
    ) {
        let columns = (taken.column, other.column);
        if self.has_header || self.is_further_event || self.twice.contains(&columns) {
            return;
        }
        self.twice.push(columns);
        let place = self.bytes_of_name(row, other);
        let place = self.place(place);
        let finding = row_fields::of_two(place, columns.0, columns.1, &self.rows.words);
        self.findings.add(finding);
    }
}

/// Databases write a value that is missing as `\N` into tables.
fn without_null(value: FieldValue<'_>) -> FieldValue<'_> {
    match value.text {
        "\\N" => FieldValue { text: "", ..value },
        _ => value,
    }
}

/// Whether a row may have an invisible character: as a character that is not ASCII, or as an escape.
fn may_hide(raw: &str) -> bool {
    !is_plain(raw) || memchr(b'\\', raw.as_bytes()).is_some()
}
