//! A row of the table of keys: what a key means, and where the reader puts its value.
//!
//! The reader walks the keys that a file has and looks each up among the rows of its table. So it reads a key if and
//! only if the key has a row.

use ::toml::Spanned;
use ::toml::de::DeString;

use super::file_key::{FileKey, FileTable, IdSpace, KeyContent, MissingKey, ValueShape};
use super::given::{GivenKey, GivenTable};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, FindingKind, Fix, FixChange, TextPlace, UNKNOWN_KEY};
use crate::formats::toml::closed_words::{ClosedWord, WordList, listed, meant};
use crate::formats::toml::fail_closed::{UnreadKeys, with_meaning};
use crate::formats::toml::key_names::MARKING;
use crate::formats::toml::reader::TomlReader;
use crate::formats::toml::value::{TomlValue, is_list_of_texts};
use crate::timeline::draft::{Located, LocatedText};
use crate::timeline::term::Tlp;

/// A table of the file with its keys. `D` is the draft that the reader fills.
#[derive(Debug)]
pub(super) struct TableRows<D: 'static> {
    pub(super) heading: &'static str,
    /// What the table describes, with its article.
    pub(super) name: &'static str,
    pub(super) rows: &'static [KeyRow<D>],
    /// A table below this one whose keys authors sometimes write above its heading.
    pub(super) head: Option<&'static dyn FileTable>,
}

/// A key, and where the reader puts its value.
#[derive(Debug)]
pub(super) struct KeyRow<D: 'static> {
    key: FileKey,
    destination: ValueDestination<D>,
}

/// Where the reader puts a value.
#[derive(Debug)]
enum ValueDestination<D> {
    Text(fn(&mut D) -> &mut Option<LocatedText>),
    TextList(fn(&mut D) -> &mut Vec<LocatedText>),
    TextOrList(fn(&mut D) -> &mut Vec<LocatedText>),
    Date(fn(&mut D) -> &mut Option<Located<EventDate>>),
    /// A date that few drafts have: those that do not should not be larger for it.
    RareDate(fn(&mut D) -> &mut Option<Box<Located<EventDate>>>),
    Marking(fn(&mut D) -> &mut Option<Located<Tlp>>),
    /// A value of a sort of its own.
    Custom(ReadValue<D>),
}

/// Reads a value into a draft. A key below it that could not be read is added to the last argument.
pub(super) type ReadValue<D> = fn(&mut TomlReader<'_>, &mut D, GivenKey<'_>, &mut UnreadKeys);

impl<D> FileTable for TableRows<D>
where
    D: std::fmt::Debug,
{
    fn heading(&self) -> &'static str {
        self.heading
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn keys(&self) -> Box<dyn Iterator<Item = &'static FileKey> + '_> {
        Box::new(self.rows.iter().map(|row| &row.key))
    }
}

impl<D> TableRows<D> {
    /// The number of a key's row. Comparing lengths first makes a search faster than a map of so few keys.
    fn find(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.key.name == name)
    }

    fn names(&self) -> Vec<&'static str> {
        self.rows.iter().map(|row| row.key.name).collect()
    }
}

impl<D> KeyRow<D> {
    const fn new(name: &'static str, shape: ValueShape, destination: ValueDestination<D>) -> Self {
        Self {
            key: FileKey {
                name,
                shape,
                content: KeyContent::Free,
                summary: "",
                example: "",
                missing: None,
            },
            destination,
        }
    }

    pub(super) const fn text(
        name: &'static str,
        field: fn(&mut D) -> &mut Option<LocatedText>,
    ) -> Self {
        Self::new(name, ValueShape::Text, ValueDestination::Text(field))
    }

    pub(super) const fn text_list(
        name: &'static str,
        field: fn(&mut D) -> &mut Vec<LocatedText>,
    ) -> Self {
        Self::new(
            name,
            ValueShape::TextList,
            ValueDestination::TextList(field),
        )
    }

    pub(super) const fn text_or_list(
        name: &'static str,
        field: fn(&mut D) -> &mut Vec<LocatedText>,
    ) -> Self {
        Self::new(
            name,
            ValueShape::TextOrList,
            ValueDestination::TextOrList(field),
        )
    }

    pub(super) const fn date(
        name: &'static str,
        field: fn(&mut D) -> &mut Option<Located<EventDate>>,
    ) -> Self {
        Self::new(name, ValueShape::Date, ValueDestination::Date(field))
    }

    pub(super) const fn rare_date(
        name: &'static str,
        field: fn(&mut D) -> &mut Option<Box<Located<EventDate>>>,
    ) -> Self {
        Self::new(name, ValueShape::Date, ValueDestination::RareDate(field))
    }

    pub(super) const fn marking(field: fn(&mut D) -> &mut Option<Located<Tlp>>) -> Self {
        Self::new(MARKING, ValueShape::Text, ValueDestination::Marking(field))
            .content(KeyContent::Closed(Tlp::LIST))
    }

    pub(super) const fn custom(name: &'static str, shape: ValueShape, read: ReadValue<D>) -> Self {
        Self::new(name, shape, ValueDestination::Custom(read))
    }

    pub(super) const fn word(name: &'static str, words: WordList, read: ReadValue<D>) -> Self {
        Self::custom(name, ValueShape::Text, read).content(KeyContent::Closed(words))
    }

    pub(super) const fn content(mut self, content: KeyContent) -> Self {
        self.key.content = content;
        self
    }

    pub(super) const fn names(self, ids: IdSpace) -> Self {
        self.content(KeyContent::Reference(ids))
    }

    pub(super) const fn summary(mut self, summary: &'static str) -> Self {
        self.key.summary = summary;
        self
    }

    pub(super) const fn example(mut self, example: &'static str) -> Self {
        self.key.example = example;
        self
    }

    pub(super) const fn required(mut self, kind: &'static FindingKind, help: &'static str) -> Self {
        self.key.missing = Some(MissingKey {
            kind,
            substitute: None,
            help,
        });
        self
    }

    pub(super) const fn shown_as(mut self, substitute: &'static str) -> Self {
        if let Some(missing) = &mut self.key.missing {
            missing.substitute = Some(substitute);
        }
        self
    }
}

/// A row for a word of a closed list: the list and the reader are those of one type.
macro_rules! word {
    ($row:ident, $name:literal, $type:ty, $field:ident) => {
        $row::word(
            $name,
            <$type as ClosedWord>::LIST,
            |reader, draft, given, _| {
                draft.$field = reader.word::<$type>(given.value, given.key.name)
            },
        )
    };
}

pub(super) use word;

/// The keys of a TOML table, looked up among the rows of its table.
pub(super) struct SortedKeys<'i, D: 'static> {
    table: &'static TableRows<D>,
    place: TextPlace,
    /// The keys that have a row, by its number.
    known: Vec<(usize, TomlValue<'i>)>,
    /// A bit for each row whose key is there.
    given: u32,
    /// The keys that have no row, in the order of the text.
    pub(super) unknown: Vec<(Spanned<DeString<'i>>, TomlValue<'i>)>,
}

impl<'i, D> SortedKeys<'i, D> {
    pub(super) fn new(table: &'static TableRows<D>, given: GivenTable<'i>) -> Self {
        let mut sorted = Self {
            table,
            place: given.place,
            known: Vec::with_capacity(given.entries.len()),
            given: 0,
            unknown: Vec::new(),
        };
        for (name, value) in given.entries {
            match table.find(name.get_ref()) {
                Some(row) => {
                    sorted.given |= 1 << row;
                    sorted.known.push((row, value));
                }
                None => sorted.unknown.push((name, value)),
            }
        }
        sorted.unknown.sort_by_key(|(name, _)| name.span().start);
        sorted
    }

    /// The rows whose keys are not there.
    fn free(&self) -> impl Iterator<Item = &'static FileKey> {
        let rows = self.table.rows.iter().enumerate();
        let free = rows.filter(|(number, _)| self.given & (1 << number) == 0);
        free.map(|(_, row)| &row.key)
    }

    /// Whether a key may be there under a wrong name, or in a statement that could not be read.
    fn is_doubtful(&self, reader: &TomlReader<'_>, key: &str) -> bool {
        let mut unknown = self.unknown.iter();
        !reader.reported.is_empty()
            || unknown.any(|(name, _)| meant(name.get_ref(), &self.table.names()) == Some(key))
    }
}

impl TomlReader<'_> {
    /// Reads a table into a draft, and reports its unknown and missing keys. Returns the keys that are there and could
    /// not be read.
    pub(super) fn read_table<D>(
        &mut self,
        table: &'static TableRows<D>,
        given: GivenTable<'_>,
        draft: &mut D,
    ) -> UnreadKeys {
        let mut keys = SortedKeys::new(table, given);
        let mut unread = self.read_known(&mut keys, draft);
        self.report_unknown(&keys, &mut unread);
        unread
    }

    /// Reads every key that has a row, and reports the missing ones.
    pub(super) fn read_known<D>(
        &mut self,
        keys: &mut SortedKeys<'_, D>,
        draft: &mut D,
    ) -> UnreadKeys {
        let mut unread = UnreadKeys::default();
        for (number, value) in std::mem::take(&mut keys.known) {
            if let Some(row) = keys.table.rows.get(number) {
                let given = GivenKey {
                    key: &row.key,
                    place: self.place(value.span()),
                    is_doubtful: !keys.unknown.is_empty() && keys.is_doubtful(self, row.key.name),
                    value,
                };
                self.read_value(row, given, draft, &mut unread);
            }
        }
        for key in keys.free() {
            if let Some(missing) = &key.missing
                && !keys.is_doubtful(self, key.name)
            {
                self.report_missing(keys, key.name, missing);
            }
        }
        unread
    }

    fn read_value<D>(
        &mut self,
        row: &KeyRow<D>,
        given: GivenKey<'_>,
        draft: &mut D,
        unread: &mut UnreadKeys,
    ) {
        let (name, place) = (given.key.name, given.place);
        let is_read = match row.destination {
            ValueDestination::Text(field) => {
                let text = self.text(given.value, name);
                put(field(draft), text)
            }
            ValueDestination::TextList(field) => {
                let is_read = is_list_of_texts(given.value.get_ref());
                *field(draft) = self.texts(given.value, name);
                is_read
            }
            ValueDestination::TextOrList(field) => {
                *field(draft) = self.text_or_texts(given.value, name);
                true
            }
            ValueDestination::Date(field) => {
                let date = self.date(given.value, name);
                put(field(draft), date)
            }
            ValueDestination::RareDate(field) => {
                let date = self.date(given.value, name);
                put(field(draft), date.map(Box::new))
            }
            ValueDestination::Marking(field) => {
                let marking = self.marking(given.value, name);
                put(field(draft), marking)
            }
            ValueDestination::Custom(read) => {
                read(self, draft, given, unread);
                true
            }
        };
        if !is_read {
            unread.add(name, place);
        }
    }

    fn report_missing<D>(
        &mut self,
        keys: &SortedKeys<'_, D>,
        name: &str,
        missing: &'static MissingKey,
    ) {
        let message = format!("{} lacks `{name}`", keys.table.name);
        let label = match missing.substitute {
            Some(substitute) => format!("expected `{name}`; shown as `{substitute}`"),
            None => format!("expected `{name}`"),
        };
        let finding = Diagnostic::new(missing.kind, keys.place, message);
        self.report(finding.label(label).help(missing.help));
    }

    /// Reports every key that has no row, and adds the keys that it may have been meant for.
    pub(super) fn report_unknown<D>(&mut self, keys: &SortedKeys<'_, D>, unread: &mut UnreadKeys) {
        if keys.unknown.is_empty() {
            return;
        }
        let (table, known) = (keys.table, keys.table.names());
        let free: Vec<&str> = keys.free().map(|key| key.name).collect();
        for (name, value) in &keys.unknown {
            let span = name.span();
            let (name, place) = (name.get_ref().as_ref(), self.place(span.clone()));
            self.leave_unread(span.start);
            let message = format!("`{name}` is not a key of {}", table.name);
            let finding = Diagnostic::new(&UNKNOWN_KEY, place, message);
            let head = table
                .head
                .filter(|head| head.keys().any(|key| key.name == name));
            let finding = match (meant(name, &free).or_else(|| meant(name, &known)), head) {
                (Some(meant), _) => {
                    let finding = finding
                        .label("not shown anywhere")
                        .did_you_mean(Some(meant));
                    if free.contains(&meant) || value.get_ref().is_array() {
                        let change = FixChange::Rename(place, meant.to_owned());
                        finding.fix(Fix::new(format!("write `{meant}`"), change))
                    } else {
                        finding
                    }
                }
                (None, Some(head)) => {
                    let label = format!("put it below `{}`", head.heading());
                    let change = FixChange::Below(place, head.heading());
                    finding
                        .label("not shown anywhere")
                        .help_and_fix(Fix::new(label, change).sure())
                }
                (None, None) => finding
                    .label(format!("expected a key of {}", table.name))
                    .help(format!("use one of {}", listed(&known))),
            };
            let meaning = unread.add_unknown(name, value.get_ref(), place, &known);
            self.report(with_meaning(finding, meaning));
        }
    }
}

/// Puts a value into its field, and returns whether there is one.
fn put<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    *field = value;
    field.is_some()
}
