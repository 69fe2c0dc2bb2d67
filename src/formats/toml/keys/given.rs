//! Keys and tables that a file has, and the tables inside them: with headings of their own, or in braces.

use ::toml::de::{DeTable, DeValue, ValueDeserializer};
use serde::de::DeserializeOwned;

use super::file_key::FileKey;
use crate::diagnostic::{TextEdit, TextPlace};
use crate::formats::toml::fail_closed::UnreadKeys;
use crate::formats::toml::reader::TomlReader;
use crate::formats::toml::value::{TABLE, TomlValue, is_list, type_name};
use crate::timeline::draft::{Located, LocatedText};

/// A key that a file has, with its value.
pub(super) struct GivenKey<'i> {
    pub(super) key: &'static FileKey,
    pub(super) value: TomlValue<'i>,
    pub(super) place: TextPlace,
    /// Whether the key may also be there under a wrong name.
    pub(super) is_doubtful: bool,
}

/// A TOML table of a file, at its heading.
pub(super) struct GivenTable<'i> {
    pub(super) place: TextPlace,
    pub(super) entries: DeTable<'i>,
}

impl TomlReader<'_> {
    /// Decodes a value, or reports the expected type.
    pub(super) fn decode<T: DeserializeOwned>(
        &mut self,
        given: GivenKey<'_>,
    ) -> Option<Located<T>> {
        let GivenKey {
            key, value, place, ..
        } = given;
        let found = type_name(value.get_ref());
        let Ok(decoded) = T::deserialize(ValueDeserializer::from(value)) else {
            self.report_type(place, key.name, found, &key.shape.wanted(key.example));
            return None;
        };
        Some(Located::new(decoded, place))
    }

    /// A value that should be a table.
    pub(super) fn table<'i>(&mut self, value: TomlValue<'i>, key: &str) -> Option<GivenTable<'i>> {
        let place = self.place(value.span());
        if !self.is_foreign && self.raw(place).starts_with('{') {
            self.report_newer_table(place);
        }
        match value.into_inner() {
            DeValue::Table(entries) => Some(GivenTable { place, entries }),
            other => {
                self.report_type(place, key, type_name(&other), TABLE);
                None
            }
        }
    }

    /// A list of tables: `[[key]]` or `key = [{ … }]`.
    pub(super) fn tables<'i>(
        &mut self,
        given: GivenKey<'i>,
        unread: &mut UnreadKeys,
    ) -> Vec<GivenTable<'i>> {
        let GivenKey {
            key, value, place, ..
        } = given;
        if !is_list(value.get_ref(), DeValue::is_table) {
            unread.add(key.name, place);
        }
        match value.into_inner() {
            DeValue::Array(items) => (items.into_iter())
                .filter_map(|item| self.table(item, key.name))
                .collect(),
            // A heading below a misspelt one makes a table of its own. Only the misspelt one is reported.
            _ if given.is_doubtful => Vec::new(),
            other => {
                let wanted = key.shape.wanted(key.example);
                self.report_type(place, key.name, type_name(&other), &wanted);
                Vec::new()
            }
        }
    }

    /// The tables of a table, each with its id, in the order of the text.
    pub(super) fn named_tables<'i>(
        &mut self,
        given: GivenKey<'i>,
    ) -> Vec<(LocatedText, GivenTable<'i>)> {
        let key = given.key;
        let entries = match given.value.into_inner() {
            DeValue::Table(entries) => entries,
            other => {
                let wanted = key.shape.wanted(key.example);
                self.report_type(given.place, key.name, type_name(&other), &wanted);
                return Vec::new();
            }
        };
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(|(id, _)| id.span().start);
        let mut tables = Vec::new();
        for (id, value) in entries {
            let place = self.place(id.span());
            let heading = format!("{}.{}", key.name, id.get_ref());
            if let Some(table) = self.table(value, &heading) {
                let id = Located::new(id.into_inner().into(), self.inside(place));
                tables.push((id, table));
            }
        }
        tables
    }

    /// Reports an inline table with line breaks or a final comma, which TOML 1.0 does not allow.
    fn report_newer_table(&mut self, place: TextPlace) {
        let raw = self.raw(place);
        let one_line = !raw.contains('\n') || raw.contains("\"\"\"") || raw.contains("'''");
        let comma = raw.trim_end_matches('}').trim_end().ends_with(',');
        if !one_line || comma {
            self.report_newer(
                place.part(0..1),
                "line breaks and final commas inside `{ }`",
                "write the table on one line, without a comma at its end",
                on_one_line(raw).map(|text| TextEdit::new(place, text)),
            );
        }
    }
}

/// An inline table on one line without a final comma. None if it has a comment, or texts of several lines.
fn on_one_line(raw: &str) -> Option<String> {
    if ["#", "\"\"\"", "'''"].iter().any(|it| raw.contains(it)) {
        return None;
    }
    let lines: Vec<&str> = raw
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let joined = lines.join(" ");
    let inner = joined.strip_prefix('{')?.strip_suffix('}')?.trim();
    let inner = inner.strip_suffix(',').unwrap_or(inner).trim_end();
    Some(format!("{{ {inner} }}"))
}
