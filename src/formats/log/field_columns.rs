//! The columns of a table from which a field of the filter is read: where its values can be, whatever a row has.

use super::column_role::ColumnRole;
use super::mapping::{
    ColumnPattern, FieldRecipe, MadeField, PatternPart, StampPrecision, is, role_of,
};
use super::table_columns::TableColumns;
use crate::query::FilterField;
use crate::timeline::facts::FactId;

/// Where a value of a row can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats) enum ValuePlace {
    Column(String),
    /// In some column of the row.
    AnyColumn,
}

/// The columns that a value is read from.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct ValueColumns {
    /// Each has the whole value, or a list with it.
    pub whole: Vec<ValuePlace>,
    /// The parts of values that are made of several columns, or of words that a mapping adds.
    pub parts: Vec<ValuePlace>,
    /// The words that a mapping adds.
    pub added: Vec<String>,
    /// Whether a word of a made value can run from one part into the next.
    pub may_run_on: bool,
    /// The columns whose value, if it is a plain word, an event surely has.
    pub sure: Vec<String>,
    /// Whether a value of those columns may be a list of values.
    pub has_lists: bool,
}

/// The columns that the date of an event is read from.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct DateSources {
    /// The column with precedence, if it is filled.
    pub imprecise: Option<String>,
    pub when: Option<String>,
    /// Columns that each make an event of the row.
    pub stamps: Vec<String>,
    /// Whether an event may end later.
    pub has_end: bool,
    /// By how many days an event may be longer than its stamp.
    pub coarse_days: u64,
}

impl TableColumns {
    /// The columns that a field is read from. `None` if no column of a table is read as that field.
    pub(in crate::formats) fn of_field(&self, field: &FilterField) -> Option<ValueColumns> {
        Some(match field.name {
            "text" => self.all(),
            "title" => self.with_role(|role| matches!(role, ColumnRole::Title | ColumnRole::Short)),
            // A message that is too long for a title is the summary.
            "summary" => {
                let summary = role_of(FactId::SUMMARY);
                self.with_role(|role| {
                    role == summary || matches!(role, ColumnRole::Title | ColumnRole::Short)
                })
            }
            _ => {
                let fact = fact_of(field)?;
                ValueColumns {
                    sure: self.sure_of(fact),
                    has_lists: is_list(fact),
                    ..self.with_role(|role| is_read_as(role, fact))
                }
            }
        })
    }

    /// The columns whose value, if it is a plain word, is surely that of a fact.
    fn sure_of(&self, fact: FactId) -> Vec<String> {
        let is_sure = |role: ColumnRole| {
            let is_tag = matches!(role, ColumnRole::Labels | ColumnRole::Tag);
            role == role_of(fact) || fact == FactId::TAGS && is_tag
        };
        let columns = self.plain(is_sure);
        let has_usual_lists = self.mapping.is_plain() && self.mapping.separators.is_empty();
        let is_known = self.names.is_some() && has_usual_lists && fact != FactId::TECHNIQUES;
        if is_known && (is_list(fact) || columns.len() == 1) {
            columns
        } else {
            Vec::new()
        }
    }

    /// The columns of attributes with a name. `None` if they are not known.
    pub(in crate::formats) fn of_attribute(
        &self,
        is_named: impl Fn(&str) -> bool,
    ) -> Option<ValueColumns> {
        let Some(names) = &self.names else {
            return Some(self.anywhere());
        };
        if self.mapping.may_open() {
            return None;
        }
        let is_kept = |name: &str| self.mapping.known(name).0 != ColumnRole::Nothing;
        let own = names.iter().filter(|it| is_named(it) && is_kept(it));
        let own: Vec<&String> = own.collect();
        let is_own = |name: &&&String| self.mapping.known(name).0 == ColumnRole::Attribute;
        let sure = own
            .iter()
            .filter(|it| self.mapping.is_plain() && is_own(it));
        let mut columns = ValueColumns {
            whole: own
                .iter()
                .map(|it| ValuePlace::Column((*it).clone()))
                .collect(),
            sure: sure.map(|it| (*it).clone()).collect(),
            ..ValueColumns::default()
        };
        // A made value that is not the value of its fact is kept under the name of its first column.
        let is_of = |made: &&MadeField| made.columns().any(&is_named);
        for made in self.mapping.made.iter().filter(is_of) {
            self.add_made(made, &mut columns);
        }
        for name in own {
            self.add_words(name, &mut columns);
        }
        if is_named("message") {
            let titles =
                self.with_role(|role| matches!(role, ColumnRole::Title | ColumnRole::Short));
            columns.add(titles);
        }
        if is_named("timestamp_desc") {
            let means = self.mapping.stamps.iter().map(|it| it.means.clone());
            columns.added.extend(means);
        }
        Some(columns)
    }

    /// The columns of the date of events. `None` if it is made in another way.
    pub(in crate::formats) fn of_date(&self) -> Option<DateSources> {
        let mapping = &self.mapping;
        let is_of_date = |role: ColumnRole| {
            matches!(
                role,
                ColumnRole::When | ColumnRole::Imprecise | ColumnRole::Until | ColumnRole::Epoch
            )
        };
        let mut sources = DateSources {
            stamps: mapping
                .stamps
                .iter()
                .flat_map(|it| self.named(&it.column))
                .collect(),
            coarse_days: match mapping.precision {
                Some(StampPrecision::Years) => 366,
                Some(StampPrecision::Months) => 31,
                _ => 0,
            },
            has_end: !self.plain(|role| role == ColumnRole::Until).is_empty(),
            ..DateSources::default()
        };
        if mapping.made.iter().any(|made| is_of_date(made.role)) {
            return None;
        }
        let mut imprecise = self.plain(|role| role == ColumnRole::Imprecise);
        let mut when = self.plain(|role| role == ColumnRole::When);
        let is_mixed = !sources.stamps.is_empty() && !imprecise.is_empty();
        if imprecise.len() > 1 || when.len() > 1 || is_mixed {
            return None;
        }
        sources.imprecise = imprecise.pop();
        sources.when = when.pop();
        let has_any = sources.imprecise.is_some() || sources.when.is_some();
        (has_any || !sources.stamps.is_empty()).then_some(sources)
    }

    /// The only column of another date of events, such as the day of disclosure. `None` if there is not exactly one.
    pub(in crate::formats) fn of_other_date(&self, field: &FilterField) -> Option<String> {
        let fact = fact_of(field)?;
        let is_made = self
            .mapping
            .made
            .iter()
            .any(|made| made.role == role_of(fact));
        let mut columns = self.plain(|role| role == role_of(fact));
        (self.names.is_some() && !is_made && columns.len() == 1).then(|| columns.remove(0))
    }

    /// Whether no column of a table whose columns are all known is read as this field.
    pub(in crate::formats) fn lacks(&self, field: &FilterField) -> bool {
        let Some(fact) = fact_of(field).filter(|_| self.names.is_some()) else {
            return false;
        };
        let of_fact = |role: ColumnRole| is_read_as(role, fact);
        self.plain(of_fact).is_empty() && !self.mapping.made.iter().any(|it| of_fact(it.role))
    }

    /// The column by which rows are in the order of time. `None` if a table may have any of several.
    pub(in crate::formats) fn of_order(&self) -> Option<String> {
        let roles = [
            ColumnRole::When,
            ColumnRole::Epoch,
            ColumnRole::Day,
            ColumnRole::Imprecise,
        ];
        let mut plain = roles
            .into_iter()
            .map(|wanted| self.plain(|role| role == wanted));
        let others = || {
            let names = self.mapping.date_columns();
            names.flat_map(|name| self.named(name)).collect()
        };
        let known = plain.find(|it| !it.is_empty()).unwrap_or_else(others);
        let is_there = self.names.is_some() || known.len() == 1;
        known.into_iter().next().filter(|_| is_there)
    }

    /// The columns with a role, by the names that the table has.
    fn plain(&self, is_wanted: impl Fn(ColumnRole) -> bool) -> Vec<String> {
        let Some(names) = &self.names else {
            let wanted = self
                .mapping
                .roles
                .iter()
                .filter(|(_, role)| is_wanted(*role));
            return wanted.map(|(name, _)| name.clone().into_owned()).collect();
        };
        let has_role = |name: &&String| is_wanted(self.mapping.known(name).0);
        names.iter().filter(has_role).cloned().collect()
    }

    /// The column that a mapping names, or the one whose value has its value inside. None if the table has neither.
    fn named(&self, name: &str) -> Vec<String> {
        let Some(names) = &self.names else {
            return vec![name.to_owned()];
        };
        let found: Vec<String> = names.iter().filter(|it| is(it, name)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        let is_around = |it: &&String| {
            let behind = name.get(it.len()..).filter(|_| {
                name.get(..it.len())
                    .is_some_and(|before| before.eq_ignore_ascii_case(it))
            });
            behind.is_some_and(|behind| behind.starts_with('.'))
        };
        names.iter().filter(is_around).cloned().collect()
    }

    /// Every column, and every word that the mapping adds.
    fn all(&self) -> ValueColumns {
        let Some(names) = self.read() else {
            return self.anywhere();
        };
        let is_sure = |name: &&String| {
            let (role, _) = self.mapping.known(name);
            let is_text = matches!(role, ColumnRole::Attribute | ColumnRole::Title);
            self.mapping.is_plain() && is_text
        };
        let mut columns = ValueColumns {
            sure: names.iter().filter(is_sure).cloned().collect(),
            ..ValueColumns::default()
        };
        for name in &names {
            self.add_words(name, &mut columns);
        }
        for made in &self.mapping.made {
            self.add_made(made, &mut columns);
        }
        let titles = self.with_role(|role| role == ColumnRole::Title);
        columns.add(ValueColumns {
            whole: Vec::new(),
            ..titles
        });
        columns.whole = names.into_iter().map(ValuePlace::Column).collect();
        columns
    }

    /// Some column: a table with columns that are not known.
    fn anywhere(&self) -> ValueColumns {
        let mut columns = ValueColumns::default();
        for made in &self.mapping.made {
            self.add_made(made, &mut columns);
        }
        let means = self.mapping.stamps.iter().map(|it| it.means.clone());
        let words = self.mapping.values.iter().flat_map(|it| &it.words);
        columns.added.extend(means);
        columns.added.extend(words.map(|(_, word)| word.clone()));
        columns.parts = vec![ValuePlace::AnyColumn];
        columns
    }

    fn with_role(&self, is_wanted: impl Fn(ColumnRole) -> bool) -> ValueColumns {
        if self.names.is_none() {
            return self.anywhere();
        }
        let names = self.plain(&is_wanted);
        let mut columns = ValueColumns::default();
        for name in &names {
            self.add_words(name, &mut columns);
        }
        columns.whole = names.into_iter().map(ValuePlace::Column).collect();
        for made in self.mapping.made.iter().filter(|it| is_wanted(it.role)) {
            self.add_made(made, &mut columns);
        }
        // The title of an event says which of the dates of its row it is.
        if is_wanted(ColumnRole::Title) && !self.mapping.stamps.is_empty() {
            let means = self.mapping.stamps.iter().map(|it| it.means.clone());
            columns.added.extend(means);
            columns.parts.extend(columns.whole.iter().cloned());
        }
        columns
    }

    /// Adds the columns of a made value, and the words between them.
    fn add_made(&self, made: &MadeField, columns: &mut ValueColumns) {
        let names = made.columns().flat_map(|name| self.named(name));
        columns.parts.extend(names.map(ValuePlace::Column));
        if let FieldRecipe::First(patterns) = &made.recipe {
            let texts = patterns
                .iter()
                .flat_map(|it| &it.0)
                .filter_map(|part| match part {
                    PatternPart::Text(text) => Some(text.clone()),
                    PatternPart::Column(_) | PatternPart::FirstOf(_) => None,
                });
            columns.added.extend(texts);
            columns.may_run_on |= patterns.iter().any(runs_on);
        } else {
            columns.may_run_on = true;
        }
        for name in made.columns() {
            self.add_words(name, columns);
        }
    }

    /// Adds the words that replace the values of a column.
    fn add_words(&self, name: &str, columns: &mut ValueColumns) {
        let of_column = self.mapping.values.iter().filter(|it| is(name, &it.column));
        let words = of_column.flat_map(|it| &it.words);
        let words: Vec<String> = words.map(|(_, word)| word.clone()).collect();
        if !words.is_empty() {
            columns.added.extend(words);
            columns
                .parts
                .extend(self.named(name).into_iter().map(ValuePlace::Column));
        }
    }
}

impl ValueColumns {
    fn add(&mut self, other: Self) {
        self.whole.extend(other.whole);
        self.parts.extend(other.parts);
        self.added.extend(other.added);
        self.may_run_on |= other.may_run_on;
    }
}

/// The fact that a field of the filter asks about.
fn fact_of(field: &FilterField) -> Option<FactId> {
    let is_called = |name: &str| field.name == name || field.aliases.contains(&name);
    FactId::all().find(|fact| is_called(fact.row().name))
}

/// Whether a value of a fact may be a list.
fn is_list(fact: FactId) -> bool {
    matches!(role_of(fact), ColumnRole::Names(_) | ColumnRole::Tags)
}

/// Whether a column with a role is read as a fact.
fn is_read_as(role: ColumnRole, fact: FactId) -> bool {
    let is_tag = matches!(
        role,
        ColumnRole::Labels | ColumnRole::Tag | ColumnRole::Attack
    );
    role == role_of(fact)
        || fact == FactId::TAGS && is_tag
        || fact == FactId::TECHNIQUES && role == ColumnRole::Attack
}

/// Whether a word of a made text can run from one of its parts into the next: characters of words meet.
fn runs_on(pattern: &ColumnPattern) -> bool {
    let is_of_word =
        |it: Option<char>| it.is_none_or(|it| !it.is_ascii() || it.is_ascii_alphanumeric());
    let parts = &pattern.0;
    parts
        .iter()
        .zip(parts.iter().skip(1))
        .any(|pair| match pair {
            (PatternPart::Text(text), PatternPart::Text(_)) => !text.is_empty(),
            (PatternPart::Text(text), _) => is_of_word(text.chars().next_back()),
            (_, PatternPart::Text(text)) => is_of_word(text.chars().next()),
            _ => true,
        })
}
