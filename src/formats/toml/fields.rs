//! One table of the tree, whose keys are taken out one by one; what is left over is unknown.

use ::toml::de::{DeTable, DeValue};

use super::value::Value;
use super::vocabulary::{Word, listed, meant};
use super::{Reader, type_name};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, MISSING_KEY, Place, UNKNOWN_KEY};
use crate::timeline::draft::{At, Words};
use crate::timeline::term::Tlp;

/// The keys of the head, which some write outside of it.
const HEAD: &[&str] = &["title", "summary", "tlp", "banner", "yardstick"];

/// The most keys that a table has.
const KEYS: usize = 17;

/// A table whose keys are being read.
pub(super) struct Fields<'i> {
    /// What the table is, with its article.
    what: &'static str,
    /// Its heading, or the whole of an inline table.
    pub(super) place: Place,
    entries: DeTable<'i>,
    /// Every key that the table knows: those that were asked for.
    known: Vec<&'static str>,
    /// Keys that were there, whatever became of their values.
    given: Vec<&'static str>,
}

impl<'i> Fields<'i> {
    pub(super) fn new(what: &'static str, place: Place, entries: DeTable<'i>) -> Self {
        Self {
            what,
            place,
            entries,
            known: Vec::with_capacity(KEYS),
            given: Vec::with_capacity(KEYS),
        }
    }

    /// Takes a value out.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Value<'i>> {
        self.known.push(key);
        let value = self.entries.remove(key)?;
        self.given.push(key);
        Some(value)
    }

    pub(super) fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Words> {
        reader.text(self.take(key)?, key)
    }

    pub(super) fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Words> {
        self.take(key)
            .map_or_else(Vec::new, |value| reader.texts(value, key))
    }

    /// A list of texts, or one text that stands for a list of one.
    pub(super) fn text_or_texts(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> Vec<Words> {
        match self.take(key) {
            Some(value) if value.get_ref().is_str() => {
                reader.text(value, key).into_iter().collect()
            }
            Some(value) => reader.texts(value, key),
            None => Vec::new(),
        }
    }

    pub(super) fn date(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> Option<At<EventDate>> {
        reader.date(self.take(key)?, key)
    }

    pub(super) fn word<T: Word>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> Option<At<T>> {
        reader.word(self.take(key)?, key)
    }

    pub(super) fn marking(&mut self, reader: &mut Reader<'_>) -> Option<At<Tlp>> {
        reader.marking(self.take("tlp")?, "tlp")
    }

    /// A list of tables: `[[key]]` or `key = [{ … }]`.
    pub(super) fn tables(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        what: &'static str,
    ) -> Vec<Self> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let place = reader.place(value.span());
        match value.into_inner() {
            DeValue::Array(items) => (items.into_iter())
                .filter_map(|item| reader.table(item, key, what))
                .collect(),
            // A heading below a misspelt one makes a table of its own; the misspelt one is told.
            _ if self.is_doubtful(reader, key) => Vec::new(),
            other => {
                let wanted = list_of_tables(key);
                reader.tell_of_type(place, key, type_name(&other), &wanted);
                Vec::new()
            }
        }
    }

    /// The tables of a table, each with its key, in the order of the text.
    pub(super) fn named_tables(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        what: &'static str,
    ) -> Vec<(Words, Self)> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let place = reader.place(value.span());
        let entries = match value.into_inner() {
            DeValue::Table(entries) => entries,
            other => {
                let wanted = format!("tables headed `[{key}.ID]`");
                reader.tell_of_type(place, key, type_name(&other), &wanted);
                return Vec::new();
            }
        };
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(|(id, _)| id.span().start);
        let mut tables = Vec::new();
        for (id, value) in entries {
            let place = reader.place(id.span());
            let wanted = format!("{key}.{}", id.get_ref());
            if let Some(fields) = reader.table(value, &wanted, what) {
                tables.push((
                    At::new(id.into_inner().into(), reader.inside(place)),
                    fields,
                ));
            }
        }
        tables
    }

    /// Whether a key was given, even if its value was of no use.
    pub(super) fn was_given(&self, key: &str) -> bool {
        self.given.contains(&key)
    }

    /// Tells that a key is missing that the table cannot do without.
    pub(super) fn tell_of_missing(&self, reader: &mut Reader<'_>, key: &'static str, help: &str) {
        if self.was_given(key) || self.is_doubtful(reader, key) {
            return;
        }
        let finding = Diagnostic::new(
            &MISSING_KEY,
            self.place,
            format!("{} lacks `{key}`", self.what),
        )
        .label(format!("expected `{key}`"))
        .help(help);
        reader.tell(finding);
    }

    /// Whether a key may be there under a wrong name, or in a statement that could not be read.
    pub(super) fn is_doubtful(&self, reader: &Reader<'_>, key: &str) -> bool {
        let misspelt = self
            .entries
            .keys()
            .any(|it| meant(it.get_ref(), &self.known) == Some(key));
        misspelt || !reader.told.is_empty()
    }

    /// Tells of every key that nobody asked for.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        let free: Vec<_> = (self.known.iter().copied())
            .filter(|key| !self.given.contains(key))
            .collect();
        let mut unknown: Vec<_> = self.entries.keys().collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = key.get_ref();
            let place = reader.place(key.span());
            reader.leave_unread(key.span().start);
            let finding = Diagnostic::new(
                &UNKNOWN_KEY,
                place,
                format!("`{name}` is no key of {}", self.what),
            );
            let finding = match meant(name, &free).or_else(|| meant(name, &self.known)) {
                Some(meant) => finding
                    .label("not shown anywhere")
                    .did_you_mean(Some(meant)),
                None if self.known.contains(&"timeline") && HEAD.contains(&name.as_ref()) => {
                    finding
                        .label("not shown anywhere")
                        .help("put it below `[timeline]`")
                }
                None => finding
                    .label(format!("expected a key of {}", self.what))
                    .help(format!("use one of {}", listed(&self.known))),
            };
            reader.tell(finding);
        }
    }
}

impl Reader<'_> {
    /// A value that should be a table.
    pub(super) fn table<'i>(
        &mut self,
        value: Value<'i>,
        key: &str,
        what: &'static str,
    ) -> Option<Fields<'i>> {
        let place = self.place(value.span());
        if self.raw(place).starts_with('{') {
            self.tell_of_newer_table(place);
        }
        match value.into_inner() {
            DeValue::Table(entries) => Some(Fields::new(what, place, entries)),
            other => {
                self.tell_of_type(place, key, type_name(&other), "a table");
                None
            }
        }
    }

    /// Tells of an inline table with line breaks or a final comma, which TOML 1.0 does not know.
    fn tell_of_newer_table(&mut self, place: Place) {
        let raw = self.raw(place);
        let one_line = !raw.contains('\n') || raw.contains("\"\"\"") || raw.contains("'''");
        let comma = raw.trim_end_matches('}').trim_end().ends_with(',');
        if !one_line || comma {
            let brace = place.part(0..1);
            self.tell_of_newer(
                brace,
                "line breaks and final commas inside `{ }`",
                "write the table on one line, without a comma at its end",
            );
        }
    }
}

/// What a list of tables looks like.
fn list_of_tables(key: &str) -> String {
    match key {
        "links" => "a list such as `[{ to = \"…\", as = \"…\" }]`".to_owned(),
        "claims" => "tables headed `[[events.claims]]`".to_owned(),
        _ => format!("tables headed `[[{key}]]`"),
    }
}
