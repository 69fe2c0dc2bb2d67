//! One table of the tree, whose keys are taken out one by one; what is left over is unknown.

use ::toml::Spanned;
use ::toml::de::{DeString, DeTable, DeValue};

use super::unread::{MARKING, Unread, with_meaning};
use super::value::Value;
use super::vocabulary::{Word, listed, meant};
use super::{Reader, type_name};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, MISSING_KEY, Place, UNKNOWN_KEY};
use crate::timeline::draft::{At, Words};
use crate::timeline::term::Tlp;

/// The keys of the head, which some write outside of it.
const HEAD: &[&str] = &["title", "summary", "tlp", "banner", "yardstick", "zone"];

/// The most keys that a table has.
const KEYS: usize = 20;

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
    /// Keys that were there, and whose values could not be read.
    unread: Unread,
}

impl<'i> Fields<'i> {
    pub(super) fn new(what: &'static str, place: Place, entries: DeTable<'i>) -> Self {
        Self {
            what,
            place,
            entries,
            known: Vec::with_capacity(KEYS),
            given: Vec::with_capacity(KEYS),
            unread: Unread::default(),
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
        let value = self.take(key)?;
        let place = reader.place(value.span());
        let text = reader.text(value, key);
        self.note_unread(key, place, text.is_none());
        text
    }

    pub(super) fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Words> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        if !is_list_of_texts(value.get_ref()) {
            self.unread.add(key, reader.place(value.span()));
        }
        reader.texts(value, key)
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
        let value = self.take(key)?;
        let place = reader.place(value.span());
        let date = reader.date(value, key);
        self.note_unread(key, place, date.is_none());
        date
    }

    pub(super) fn word<T: Word>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> Option<At<T>> {
        reader.word(self.take(key)?, key)
    }

    pub(super) fn marking(&mut self, reader: &mut Reader<'_>) -> Option<At<Tlp>> {
        let value = self.take(MARKING)?;
        let place = reader.place(value.span());
        let marking = reader.marking(value, MARKING);
        self.note_unread(MARKING, place, marking.is_none());
        marking
    }

    fn note_unread(&mut self, key: &'static str, place: Place, is_unread: bool) {
        if is_unread {
            self.unread.add(key, place);
        }
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
        if !is_list(value.get_ref(), DeValue::is_table) {
            self.unread.add(key, place);
        }
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

    /// The keys that nobody has asked for so far, with their values.
    pub(super) fn rest(&self) -> impl Iterator<Item = (&Spanned<DeString<'i>>, &Value<'i>)> {
        self.entries.iter()
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

    /// Tells of every key that nobody asked for. Returns the keys that stand there and could not be read.
    pub(super) fn finish(mut self, reader: &mut Reader<'_>) -> Unread {
        let free: Vec<_> = (self.known.iter().copied())
            .filter(|key| !self.given.contains(key))
            .collect();
        let mut unknown: Vec<_> = self.entries.iter().collect();
        unknown.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in unknown {
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
            let meaning = self
                .unread
                .add_unknown(name, value.get_ref(), place, &self.known);
            reader.tell(with_meaning(finding, meaning));
        }
        self.unread
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

/// Whether a value is a list, and each of its items of a sort.
fn is_list<'i>(value: &DeValue<'i>, is_item: impl Fn(&DeValue<'i>) -> bool) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| items.iter().all(|item| is_item(item.get_ref())))
}

fn is_list_of_texts(value: &DeValue<'_>) -> bool {
    is_list(value, |item| {
        item.as_str().is_some_and(|text| !text.trim().is_empty())
    })
}

/// What a list of tables looks like.
fn list_of_tables(key: &str) -> String {
    match key {
        "links" => "a list such as `[{ to = \"…\", as = \"…\" }]`".to_owned(),
        "claims" => "tables headed `[[events.claims]]`".to_owned(),
        _ => format!("tables headed `[[{key}]]`"),
    }
}
