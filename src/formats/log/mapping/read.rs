//! Reads mapping files. Each mistake is reported with its place, what was expected there and what to do.

use ::toml::de::{DeTable, DeValue};
use memchr::memmem;

use super::role_keys::{role_keys, role_of_key};
use super::{
    ColumnPattern, ColumnWords, DATE_PARTS, DateColumns, FieldRecipe, MadeField, StampColumn,
    StampPrecision, TableMapping, ValueForm,
};
use crate::date::Zone;
use crate::date::foreign::DayMonthOrder;
use crate::diagnostic::{
    Diagnostic, FileId, MISSING_KEY, NOT_A_TIME_ZONE, SourceText, TOML_SYNTAX, TextPlace,
    UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE, nearest,
};
use crate::formats::log::column_role::{ColumnRole, EpochUnit};

/// The names of the units of numbers.
pub(super) const UNITS: [(&str, EpochUnit); 4] = [
    ("seconds", EpochUnit::Seconds),
    ("milliseconds", EpochUnit::Millis),
    ("microseconds", EpochUnit::Micros),
    ("nanoseconds", EpochUnit::Nanos),
];

/// The names of the orders of day and month.
pub(in crate::formats) const ORDERS: [(&str, DayMonthOrder); 2] = [
    ("dmy", DayMonthOrder::DayFirst),
    ("mdy", DayMonthOrder::MonthFirst),
];

/// Reads one key at the top of the file.
type TakeKey = fn(&mut MappingReader, &MappedValue<'_>);

/// The keys at the top of a mapping file. `columns` and `stamps` are tables.
const KEYS: &[(&str, TakeKey)] = &[
    ("name", |it, value| it.mapping.name = it.text(value).into()),
    ("needs", MappingReader::needs),
    ("zone", MappingReader::zone),
    ("date-order", |it, value| {
        it.mapping.order = it.word(value, &ORDERS).unwrap_or_default();
    }),
    ("precision", |it, value| {
        it.mapping.precision = it.word(value, &StampPrecision::ALL);
    }),
    ("unit", |it, value| {
        it.mapping.unit = it.word(value, &UNITS).unwrap_or_default();
    }),
    ("separator", |it, value| {
        it.mapping.separators = it.text(value).chars().collect();
    }),
    ("header", |it, value| {
        it.mapping.layout.header = it.texts(value);
    }),
    ("header-line", |it, value| {
        it.mapping.layout.header_line = Some(it.text(value));
    }),
    ("delimiter", |it, value| {
        it.mapping.layout.delimiter = it.byte(value);
    }),
    ("comment", |it, value| {
        it.mapping.layout.comment = it.byte(value);
    }),
    ("rows", |it, value| {
        it.mapping.layout.rows = Some(it.text(value));
    }),
    ("open", |it, value| it.mapping.layout.open = it.texts(value)),
    ("unwrap", |it, value| {
        it.mapping.layout.unwrap = it.texts(value);
    }),
    ("bytes", |it, value| {
        it.mapping.layout.bytes = it.texts(value);
    }),
    ("json", |it, value| {
        it.mapping.layout.is_json = it.flag(value);
    }),
    ("verbatim", |it, value| it.form(value, ValueForm::Verbatim)),
    ("bare-quotes", |it, value| it.form(value, ValueForm::Bare)),
    ("guarded", |it, value| it.form(value, ValueForm::Guarded)),
    ("columns", MappingReader::columns),
    ("stamps", MappingReader::stamps),
    ("values", MappingReader::words),
    ("skip", MappingReader::skip),
];

/// A value, with the name of its key and the places of both.
struct MappedValue<'v> {
    key: String,
    key_place: TextPlace,
    value: &'v DeValue<'v>,
    place: TextPlace,
}

/// Whether a text has a table that only a mapping file has.
pub(in crate::formats) fn has_heading(text: &str) -> bool {
    let mut names = ["columns", "stamps"].iter();
    if !names.any(|name| memmem::find(text.as_bytes(), name.as_bytes()).is_some()) {
        return false;
    }
    let headings = text.lines().filter_map(|line| {
        let line = line.split('#').next()?.trim();
        line.strip_prefix('[')?.strip_suffix(']')
    });
    let mut headings = headings.map(|heading| heading.trim_matches(['[', ']', ' ']));
    headings.any(|heading| matches!(heading, "columns" | "stamps"))
}

/// Reads a mapping file. The findings are in the order of the text; without an error, the mapping is whole.
pub(in crate::formats) fn read(text: &SourceText) -> (TableMapping, Vec<Diagnostic>) {
    let mut reader = MappingReader::default();
    let (tree, errors) = DeTable::parse_recoverable(text.text());
    for error in errors {
        let range = error.span().unwrap_or_default();
        let start = text.boundary(range.start);
        let end = text.boundary(range.end).max(start);
        let message = error.message().lines().next().unwrap_or_default();
        let finding = Diagnostic::new(&TOML_SYNTAX, place(start..end), message)
            .label("expected TOML")
            .help("write `KEY = \"value\"`; `dateline help tables` shows a mapping file");
        reader.findings.push(finding);
    }
    // Only the first error of the syntax is certain; what follows from it would only confuse.
    if reader.findings.is_empty() {
        for value in values(tree.get_ref()) {
            reader.key(&value);
        }
        reader.check(text);
    }
    reader.findings.truncate(20);
    reader.findings.sort_by_key(|it| it.place.start());
    (reader.mapping, reader.findings)
}

fn place(range: std::ops::Range<usize>) -> TextPlace {
    TextPlace::new(FileId(0), range)
}

/// The values of a table, in the order of the text.
fn values<'v>(table: &'v DeTable<'v>) -> Vec<MappedValue<'v>> {
    let mut values: Vec<_> = table
        .iter()
        .map(|(key, value)| MappedValue {
            key_place: place(key.span()),
            key: key.get_ref().clone().into_owned(),
            place: place(value.span()),
            value: value.get_ref(),
        })
        .collect();
    values.sort_by_key(|value| value.key_place.start());
    values
}

fn unknown_key(value: &MappedValue<'_>) -> Diagnostic {
    let message = format!("a mapping has no `{}` here", value.key);
    Diagnostic::new(&UNKNOWN_KEY, value.key_place, message).label("expected a key of a mapping")
}

#[derive(Default)]
struct MappingReader {
    mapping: TableMapping,
    findings: Vec<Diagnostic>,
}

impl MappingReader {
    fn key(&mut self, value: &MappedValue<'_>) {
        match KEYS.iter().find(|(key, _)| *key == value.key) {
            Some((_, take)) => take(self, value),
            None => self.unknown_at_top(value),
        }
    }

    fn check(&mut self, text: &SourceText) {
        let has_date = |role: ColumnRole| {
            matches!(
                role,
                ColumnRole::When
                    | ColumnRole::Epoch
                    | ColumnRole::Imprecise
                    | ColumnRole::Day
                    | ColumnRole::Until
            )
        };
        let mapping = &self.mapping;
        let mut roles = (mapping.roles.iter().map(|(_, role)| *role))
            .chain(mapping.made.iter().map(|made| made.role));
        if self.findings.is_empty() && mapping.stamps.is_empty() && !roles.any(has_date) {
            let end = text.line_range(1);
            let finding = Diagnostic::new(&MISSING_KEY, place(end), "no column has the date")
                .label("expected `when` below `[columns]`, or `[[stamps]]`")
                .help("write `when = \"COLUMN\"` below `[columns]`");
            self.findings.push(finding);
        }
    }

    /// An unknown key at the top. If it says what a column is, it belongs below a heading.
    fn unknown_at_top(&mut self, value: &MappedValue<'_>) {
        let keys = KEYS.iter().map(|(key, _)| *key);
        let roles = role_keys().map(|(key, _)| key);
        let meant = nearest(&value.key, keys.clone().chain(roles));
        let role = meant.filter(|meant| !keys.clone().any(|key| key == *meant));
        match role {
            Some(role) => {
                let finding = unknown_key(value);
                self.findings
                    .push(finding.help(format!("write `{role}` below `[columns]`")));
            }
            None => self.unknown(value, keys),
        }
    }

    fn unknown<'k>(
        &mut self,
        value: &MappedValue<'_>,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) {
        let finding = unknown_key(value);
        let meant = nearest(&value.key, keys.clone());
        let finding = if meant.is_some() {
            finding.did_you_mean(meant)
        } else {
            let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
            finding.help(format!("use one of {}", keys.join(", ")))
        };
        self.findings.push(finding);
    }

    fn wrong(&mut self, value: &MappedValue<'_>, wanted: &str) {
        let message = format!("`{}` cannot be this", value.key);
        let finding =
            Diagnostic::new(&WRONG_TYPE, value.place, message).label(format!("expected {wanted}"));
        self.findings.push(finding);
    }

    fn text(&mut self, value: &MappedValue<'_>) -> String {
        match value.value.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => {
                self.wrong(value, "a text in quotation marks");
                String::new()
            }
        }
    }

    fn texts(&mut self, value: &MappedValue<'_>) -> Vec<String> {
        const WANTED: &str = "a text, or a list of texts";
        let texts: Option<Vec<String>> = match value.value {
            DeValue::String(text) => Some(vec![text.clone().into_owned()]),
            DeValue::Array(items) => (items.iter())
                .map(|it| it.get_ref().as_str().map(str::to_owned))
                .collect(),
            _ => None,
        };
        let texts = texts.filter(|texts| !texts.is_empty());
        if texts.is_none() {
            self.wrong(value, WANTED);
        }
        texts.unwrap_or_default()
    }

    fn flag(&mut self, value: &MappedValue<'_>) -> bool {
        if let DeValue::Boolean(flag) = value.value {
            return *flag;
        }
        self.wrong(value, "`true` or `false`");
        false
    }

    fn form(&mut self, value: &MappedValue<'_>, form: ValueForm) {
        if self.flag(value) {
            self.mapping.layout.values = form;
        }
    }

    fn character(&mut self, value: &MappedValue<'_>) -> Option<char> {
        let mut characters = value.value.as_str().unwrap_or_default().chars();
        let first = characters.next().filter(|_| characters.next().is_none());
        if first.is_none() {
            self.wrong(value, "one character, such as `\";\"`");
        }
        first
    }

    fn byte(&mut self, value: &MappedValue<'_>) -> Option<u8> {
        let place = value.place;
        let first = self.character(value)?;
        let byte = u8::try_from(first)
            .ok()
            .filter(|byte| byte.is_ascii_punctuation() || matches!(byte, b'\t' | b' '));
        if byte.is_none() || byte == Some(b'"') {
            let finding = Diagnostic::new(&WRONG_TYPE, place, format!("`{first}` cannot be this"))
                .label("expected a sign such as `;`, `|` or a tab");
            self.findings.push(finding);
            return None;
        }
        byte
    }

    fn word<T: Copy>(&mut self, value: &MappedValue<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let written = value.value.as_str().unwrap_or_default();
        let found = words.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let names: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let message = format!("`{}` cannot be this", value.key);
            let finding = Diagnostic::new(&UNKNOWN_WORD, value.place, message)
                .label(format!("expected {}", names.join(" or ")))
                .did_you_mean(nearest(written, words.iter().map(|(word, _)| *word)));
            self.findings.push(finding);
        }
        found.map(|(_, value)| *value)
    }

    fn zone(&mut self, value: &MappedValue<'_>) {
        let zone: Option<Zone> = value.value.as_str().and_then(|it| it.parse().ok());
        if zone.is_none() {
            let finding = Diagnostic::new(&NOT_A_TIME_ZONE, value.place, "this is not a time zone")
                .label("expected an offset such as `+01:00`, `UTC`, or a place")
                .help("write `zone = \"UTC\"`, or `zone = \"Europe/London\"`");
            self.findings.push(finding);
        }
        self.mapping.zone = zone;
    }

    /// A list of columns, or of lists of columns: one of each such list is enough.
    fn needs(&mut self, value: &MappedValue<'_>) {
        let groups: Option<Vec<Vec<_>>> = match value.value {
            DeValue::Array(items) => {
                let text = |it: &DeValue<'_>| it.as_str().map(|it| it.to_owned().into());
                let group = |it: &DeValue<'_>| match it {
                    DeValue::Array(names) => names.iter().map(|it| text(it.get_ref())).collect(),
                    name => text(name).map(|name| vec![name]),
                };
                items.iter().map(|it| group(it.get_ref())).collect()
            }
            _ => None,
        };
        match groups {
            Some(groups) => self.mapping.needs = groups,
            None => self.wrong(value, "a list of columns, such as `[\"Date\", \"Event\"]`"),
        }
    }

    fn columns(&mut self, value: &MappedValue<'_>) {
        let DeValue::Table(table) = value.value else {
            self.wrong(value, "a table `[columns]`");
            return;
        };
        let mut values = values(table);
        // The order of the roles is that of the keys, not that of the file.
        values.sort_by_key(|value| role_keys().position(|(key, _)| key == value.key));
        for value in values {
            let Some(role) = role_of_key(&value.key) else {
                let keys: Vec<&str> = role_keys().map(|(key, _)| key).collect();
                self.unknown(&value, keys.into_iter());
                continue;
            };
            if let DeValue::Table(parts) = value.value {
                if role == ColumnRole::When {
                    self.date(parts);
                } else {
                    let place = value.place;
                    let message = format!("`{}` cannot be made of parts", value.key);
                    let finding = Diagnostic::new(&WRONG_TYPE, place, message)
                        .label("expected a column, a pattern or a list of them");
                    self.findings.push(finding);
                }
                continue;
            }
            self.give(role, &value);
        }
    }

    fn give(&mut self, role: ColumnRole, value: &MappedValue<'_>) {
        let place = value.place;
        let texts = self.texts(value);
        let patterns: Result<Vec<_>, _> = texts
            .iter()
            .map(|text| ColumnPattern::parse(text))
            .collect();
        match patterns {
            Ok(patterns) if !patterns.is_empty() => self.mapping.give(role, patterns),
            Ok(_) => {}
            Err(why) => {
                let finding = Diagnostic::new(&WRONG_TYPE, place, why)
                    .label("expected a column, or a pattern such as `{Channel} {EventId}`");
                self.findings.push(finding);
            }
        }
    }

    /// A date whose parts are in columns of their own.
    fn date(&mut self, parts: &DeTable<'_>) {
        let mut date = DateColumns::default();
        for value in values(parts) {
            if let Some(at) = DATE_PARTS.iter().position(|part| *part == value.key) {
                date.parts[at] = Some(self.text(&value));
            } else if value.key == "to"
                && let DeValue::Table(parts) = value.value
            {
                for value in values(parts) {
                    match DATE_PARTS.iter().position(|part| *part == value.key) {
                        Some(at) => date.end[at] = Some(self.text(&value)),
                        None => self.unknown(&value, DATE_PARTS.into_iter()),
                    }
                }
            } else {
                self.unknown(&value, DATE_PARTS.into_iter().chain(["to"]));
            }
        }
        self.mapping.made.push(MadeField {
            role: ColumnRole::Imprecise,
            recipe: FieldRecipe::Date(date),
        });
    }

    /// The words for the values of columns.
    fn words(&mut self, value: &MappedValue<'_>) {
        let DeValue::Table(columns) = value.value else {
            self.wrong(value, "tables such as `[values.severity]`");
            return;
        };
        for column in values(columns) {
            let DeValue::Table(words) = column.value else {
                self.wrong(&column, "a table of values, such as `3 = \"high\"`");
                continue;
            };
            let mut taken = Vec::new();
            for word in values(words) {
                match word.value.as_str() {
                    Some(text) => taken.push((word.key.clone(), text.to_owned())),
                    None => self.wrong(&word, "a text in quotation marks"),
                }
            }
            self.mapping.values.push(ColumnWords {
                column: column.key.clone(),
                words: taken,
            });
        }
    }

    /// The rows that are not events.
    fn skip(&mut self, value: &MappedValue<'_>) {
        let DeValue::Table(columns) = value.value else {
            self.wrong(value, "a table `[skip]`");
            return;
        };
        for column in values(columns) {
            let name = column.key.clone();
            let texts = self.texts(&column);
            self.mapping.skip.push((name, texts));
        }
    }

    fn stamps(&mut self, value: &MappedValue<'_>) {
        let DeValue::Array(items) = value.value else {
            self.wrong(value, "tables `[[stamps]]`");
            return;
        };
        for item in items {
            let item_place = place(item.span());
            let DeValue::Table(table) = item.get_ref() else {
                continue;
            };
            let mut stamp = StampColumn {
                column: String::new(),
                means: String::new(),
            };
            for value in values(table) {
                match value.key.as_str() {
                    "column" => stamp.column = self.text(&value),
                    "means" => stamp.means = self.text(&value),
                    _ => self.unknown(&value, ["column", "means"].into_iter()),
                }
            }
            if stamp.column.is_empty() || stamp.means.is_empty() {
                let message = "a stamp needs `column` and `means`";
                let finding = Diagnostic::new(&MISSING_KEY, item_place, message)
                    .label("expected both")
                    .help("write `column = \"Created\"` and `means = \"created\"`");
                self.findings.push(finding);
            } else {
                self.mapping.stamps.push(stamp);
            }
        }
    }
}
