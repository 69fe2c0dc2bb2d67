//! How the columns of a table become events, as data.
//!
//! Dialects, presets, the mappings of users and guesses from the columns all become a [`TableMapping`], which the row
//! builder executes.

pub(in crate::formats) mod argument;
pub(in crate::formats) mod pattern;
pub(in crate::formats) mod read;
pub(super) mod role_keys;
pub(super) mod write;

use std::borrow::Cow;

pub(super) use pattern::{ColumnPattern, PatternPart};

use role_keys::takes_all;

use super::column_role::{ColumnRole, EpochUnit};
use crate::date::Zone;
use crate::date::foreign::DayMonthOrder;
use crate::text::trimmed;
use crate::timeline::facts::{FactColumn, FactId};

/// How the columns of a table become events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct TableMapping {
    /// Its name for people.
    pub name: Cow<'static, str>,
    /// The columns by which such a table is recognised: one of each group.
    pub needs: Vec<Vec<Cow<'static, str>>>,
    /// The roles of columns. All others are attributes.
    pub roles: Vec<(Cow<'static, str>, ColumnRole)>,
    /// Values that several columns make.
    pub made: Vec<MadeField>,
    /// Columns of dates. Each makes an event of the row.
    pub stamps: Vec<StampColumn>,
    /// The unit of numbers.
    pub unit: EpochUnit,
    /// Which of two numbers in a date is the month.
    pub order: DayMonthOrder,
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// The finest precision of its dates.
    pub precision: Option<StampPrecision>,
    /// The separators of the items of lists, each one character, if it is not a comma.
    pub separators: Vec<char>,
    /// The words that replace what a column has.
    pub values: Vec<ColumnWords>,
    /// Rows that are not events: a column, and what it has in them.
    pub skip: Vec<(String, Vec<String>)>,
    /// How the text is cut into rows.
    pub layout: TableLayoutKeys,
}

/// How a text is cut into rows and values, where it is not by the first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct TableLayoutKeys {
    /// The names of the columns, if the table has no header.
    pub header: Vec<String>,
    /// The word at the beginning of the line with the names.
    pub header_line: Option<String>,
    /// The delimiter, if it is always the same.
    pub delimiter: Option<u8>,
    /// The first character of lines that are not rows.
    pub comment: Option<u8>,
    /// Where the rows are in a document of JSON: names with dots between them, or `*` for the values of all names.
    pub rows: Option<String>,
    /// Values that are objects of JSON, whose entries are columns with the name of the value and a dot before their own.
    pub open: Vec<String>,
    /// Values that are objects of JSON, whose entries are columns under their own names.
    pub unwrap: Vec<String>,
    /// Values of JSON that may be lists of bytes, which are read as text.
    pub bytes: Vec<String>,
    /// Whether it is always JSON: a table with the same names has been through another program.
    pub is_json: bool,
    /// How values are written.
    pub values: ValueForm,
    /// Whether dateline wrote it, so that its columns are facts.
    pub is_ours: bool,
}

impl TableLayoutKeys {
    pub fn is_bare(&self) -> bool {
        self.values == ValueForm::Bare
    }

    pub fn is_verbatim(&self) -> bool {
        self.values == ValueForm::Verbatim
    }

    pub fn is_guarded(&self) -> bool {
        self.values == ValueForm::Guarded
    }

    pub fn is_escaped(&self) -> bool {
        self.values == ValueForm::Escaped
    }

    /// Whether the first row is not the header.
    pub const fn has_own_head(&self) -> bool {
        !self.header.is_empty() || self.header_line.is_some()
    }
}

/// How the values of a table are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) enum ValueForm {
    /// By RFC 4180.
    #[default]
    Quoted,
    /// As they are, quotation marks and all, in rows of one line.
    Verbatim,
    /// Each in quotation marks, and those inside are not doubled, in rows of one line.
    Bare,
    /// With a backslash before letters that stand for line breaks and tabs, in rows of one line.
    Escaped,
    /// Guarded against being computed by a spreadsheet, as dateline guards them.
    Guarded,
}

/// A value that several columns make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct MadeField {
    pub role: ColumnRole,
    pub recipe: FieldRecipe,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum FieldRecipe {
    /// The first pattern that begins with a column that is filled, or else the first that has any.
    First(Vec<ColumnPattern>),
    /// A date whose parts are in columns of their own.
    Date(DateColumns),
}

/// The columns with the parts of a date. The date is as coarse as they are filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct DateColumns {
    /// Year, month, day and time of day.
    pub parts: [Option<String>; 4],
    /// The same for the end of an interval.
    pub end: [Option<String>; 4],
}

/// The keys of [`DateColumns::parts`] in a mapping file.
pub(in crate::formats) const DATE_PARTS: [&str; 4] = ["year", "month", "day", "time"];

/// The words that replace the values of a column, such as `high` for `3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct ColumnWords {
    pub column: String,
    /// A value, and its word.
    pub words: Vec<(String, String)>,
}

/// A column of dates that makes an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct StampColumn {
    pub column: String,
    /// What happened then, such as `created`. Kept as `timestamp_desc`.
    pub means: String,
}

/// How fine dates may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum StampPrecision {
    Years,
    Months,
    Days,
    Minutes,
    Seconds,
}

impl StampPrecision {
    pub const ALL: [(&'static str, Self); 5] = [
        ("years", Self::Years),
        ("months", Self::Months),
        ("days", Self::Days),
        ("minutes", Self::Minutes),
        ("seconds", Self::Seconds),
    ];

    /// The length of a date of this precision, in characters.
    pub const fn length(self) -> usize {
        match self {
            Self::Years => 4,
            Self::Months => 7,
            Self::Days => 10,
            Self::Minutes => 16,
            Self::Seconds => 19,
        }
    }
}

/// The role of the column of a fact in a log that dateline wrote.
pub(super) fn role_of(fact: FactId) -> ColumnRole {
    match fact.row().column {
        FactColumn::When => ColumnRole::Imprecise,
        FactColumn::Text(_) | FactColumn::Date(..) | FactColumn::Word(..) => {
            ColumnRole::Fact(fact.slot())
        }
        FactColumn::Words(..) if fact == FactId::TAGS => ColumnRole::Tags,
        FactColumn::Words(..) if fact == FactId::TECHNIQUES => ColumnRole::Techniques,
        FactColumn::Words(..) | FactColumn::Parties(_) | FactColumn::Sources => {
            ColumnRole::Names(fact.slot())
        }
        // The order of events is built before the rows are.
        FactColumn::After | FactColumn::Before => ColumnRole::Attribute,
        FactColumn::Marking => ColumnRole::Marking,
    }
}

/// The fact whose column in the records of dateline has this name.
pub(super) fn fact_of(name: &str) -> Option<FactId> {
    FactId::all().find(|fact| fact.row().record.is_some_and(|known| is(name, known)))
}

/// The column of the marking, in the log of any program.
const MARKING: &str = "tlp";

/// Whether two names of a column are the same: case and spaces around do not matter.
pub(super) fn is(name: &str, wanted: &str) -> bool {
    name.len() >= wanted.len() && trimmed(name).eq_ignore_ascii_case(wanted)
}

impl TableMapping {
    /// Whether a table with these columns is of this kind.
    pub fn fits(&self, names: &[impl AsRef<str>]) -> bool {
        let has = |wanted: &Cow<'_, str>| names.iter().any(|name| is(name.as_ref(), wanted));
        let mut groups = self.needs.iter();
        groups.all(|group| group.iter().any(has)) && self.has_title_in(names)
    }

    /// Whether any column of its titles is among these. Tables of one program may have others.
    fn has_title_in(&self, names: &[impl AsRef<str>]) -> bool {
        let is_title = |role: ColumnRole| matches!(role, ColumnRole::Title | ColumnRole::Short);
        let plain = self.roles.iter().filter(|(_, role)| is_title(*role));
        let made = self.made.iter().filter(|made| is_title(made.role));
        let made = made.flat_map(MadeField::columns);
        let mut titles = plain.map(|(name, _)| name.as_ref()).chain(made).peekable();
        titles.peek().is_none()
            || titles.any(|title| names.iter().any(|name| is(name.as_ref(), title)))
    }

    /// Whether such a table is recognised by a column of this name.
    pub fn requires(&self, name: &str) -> bool {
        self.needs.iter().flatten().any(|wanted| is(name, wanted))
    }

    /// The role of a column, and whether its name is exactly the known one.
    pub fn known(&self, name: &str) -> (ColumnRole, bool) {
        let known = self.roles.iter().find(|(known, _)| is(name, known));
        if let Some((known, role)) = known {
            return (*role, name.trim() == *known);
        }
        if is(name, MARKING) {
            return (ColumnRole::Marking, name.trim() == MARKING);
        }
        if let Some(fact) = fact_of(name).filter(|_| self.layout.is_ours) {
            let known = fact.row().record.unwrap_or_default();
            return (role_of(fact), name.trim() == known);
        }
        (ColumnRole::Attribute, true)
    }

    /// The columns from which other values are made, each once.
    pub fn cells(&self) -> Vec<&str> {
        let mut cells: Vec<&str> = Vec::new();
        let made = self.made.iter().flat_map(MadeField::columns);
        let stamps = self.stamps.iter().map(|stamp| stamp.column.as_str());
        let skip = self.skip.iter().map(|(column, _)| column.as_str());
        for name in made.chain(stamps).chain(skip) {
            if !cells.iter().any(|it| is(it, name)) {
                cells.push(name);
            }
        }
        cells
    }

    /// Whether each column has its own role, and makes an event alone with the other columns.
    pub fn is_plain(&self) -> bool {
        let makes_none = self.made.is_empty() && self.stamps.is_empty();
        makes_none && self.skip.is_empty() && self.values.is_empty()
    }

    /// The word for a value of a column, or the value.
    pub fn in_words<'v>(&'v self, name: &str, text: &'v str) -> &'v str {
        let mut values = self.values.iter();
        let Some(column) = values.find(|it| is(name, &it.column)) else {
            return text;
        };
        let mut words = column.words.iter();
        let word = words.find(|(value, _)| is(text, value));
        word.map_or(text, |(_, word)| word)
    }

    /// What has the title, for people.
    pub fn title(&self) -> String {
        let is_title = |role: &ColumnRole| *role == ColumnRole::Title;
        let column = self.roles.iter().find(|(_, role)| is_title(role));
        if let Some((name, _)) = column {
            return name.clone().into_owned();
        }
        let made = self.made.iter().find(|made| is_title(&made.role));
        let first = made.and_then(|made| made.columns().next());
        first.map_or_else(|| "message".to_owned(), str::to_owned)
    }

    /// The columns that it names, except those that are left out.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let plain = self.roles.iter();
        let plain = plain.filter(|(_, role)| *role != ColumnRole::Nothing);
        let made = self.made.iter().flat_map(MadeField::columns);
        let stamps = self.stamps.iter().map(|stamp| stamp.column.as_str());
        plain
            .map(|(name, _)| name.as_ref())
            .chain(made)
            .chain(stamps)
    }

    /// The columns with dates. Those with the parts of a date have no order of day and month.
    pub fn date_columns(&self) -> impl Iterator<Item = &str> {
        let is_date = |role: ColumnRole| matches!(role, ColumnRole::When | ColumnRole::Until);
        let plain = self.roles.iter().filter(move |(_, role)| is_date(*role));
        let made = (self.made.iter())
            .filter(move |made| is_date(made.role) && matches!(made.recipe, FieldRecipe::First(_)))
            .flat_map(MadeField::columns);
        let stamps = self.stamps.iter().map(|stamp| stamp.column.as_str());
        plain
            .map(|(name, _)| name.as_ref())
            .chain(made)
            .chain(stamps)
    }

    /// Whether a value of an object may be an object whose entries are columns.
    pub fn may_open(&self) -> bool {
        self.has_objects() || self.columns().any(|name| name.contains('.'))
    }

    /// Whether values of a table may be objects of JSON whose entries are columns.
    pub fn has_objects(&self) -> bool {
        !self.layout.open.is_empty() || !self.layout.unwrap.is_empty()
    }

    /// The items of a list of JSON with this name that have columns: of `target.0.name`, the first of `target`.
    pub fn opened_items(&self, name: &str) -> Vec<usize> {
        let number = |column: &str| -> Option<usize> {
            let behind = column.strip_prefix(name)?.strip_prefix('.')?;
            behind.split('.').next()?.parse().ok()
        };
        let mut items: Vec<usize> = self.columns().filter_map(number).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// Whether a value of JSON with this name is opened, and whether its name is left out of the names of its entries.
    pub fn opens(&self, name: &str) -> Option<bool> {
        let TableLayoutKeys { open, unwrap, .. } = &self.layout;
        if unwrap.iter().any(|it| it == name) {
            return Some(true);
        }
        let is_before = |column: &str| {
            let behind = column.strip_prefix(name);
            behind.is_some_and(|behind| behind.starts_with('.'))
        };
        let is_open = open.iter().any(|it| it == name) || self.columns().any(is_before);
        is_open.then_some(false)
    }
}

impl TableMapping {
    /// Adds the columns of a role: each for itself, or the first that is filled if an event has only one such value.
    pub fn give(&mut self, role: ColumnRole, patterns: Vec<ColumnPattern>) {
        let has_role = |it: &Self, name: &str| it.roles.iter().any(|(known, _)| is(name, known));
        if takes_all(role) {
            for pattern in patterns {
                match pattern.only_column() {
                    Some(name) if !has_role(self, name) => {
                        self.roles.push((name.to_owned().into(), role));
                    }
                    _ => self.make(role, vec![pattern]),
                }
            }
            return;
        }
        let only = match patterns.as_slice() {
            [pattern] => pattern.only_column().filter(|name| !has_role(self, name)),
            _ => None,
        };
        match only {
            Some(name) => self.roles.push((name.to_owned().into(), role)),
            None => self.make(role, patterns),
        }
    }

    fn make(&mut self, role: ColumnRole, patterns: Vec<ColumnPattern>) {
        let recipe = FieldRecipe::First(patterns);
        self.made.push(MadeField { role, recipe });
    }
}

impl MadeField {
    /// The columns that make it.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let (patterns, date) = match &self.recipe {
            FieldRecipe::First(patterns) => (patterns.as_slice(), None),
            FieldRecipe::Date(date) => (&[][..], Some(date)),
        };
        let of_patterns = patterns.iter().flat_map(ColumnPattern::columns);
        of_patterns.chain(date.into_iter().flat_map(DateColumns::columns))
    }
}

impl DateColumns {
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let all = self.parts.iter().chain(&self.end);
        all.flatten().map(String::as_str)
    }
}
