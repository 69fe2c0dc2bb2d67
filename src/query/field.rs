//! A row of the table of fields: how a field is bound, completed and counted.

use super::error::QueryError;
use super::matches::Matches;
use super::number_set::NumberSet;
use super::predicate::Predicate;
use super::value::{ComparisonOperator, FilterValue, ValueForm};
use super::value_counts::{ValueCounter, ValueTally};
use crate::diagnostic::nearest;
use crate::timeline::Timeline;

/// A field of the filter language: a row of [`super::FIELDS`].
#[derive(Debug)]
pub struct FilterField {
    pub name: &'static str,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// The kind of its values.
    pub kind: FieldKind,
    /// The operators that it accepts.
    pub operators: &'static [ComparisonOperator],
    /// What it asks, in one line.
    pub summary: &'static str,
    /// A filter that uses it, with matches in the shipped case.
    pub example: &'static str,
    /// Whether it asks an event only about what a row of a log says.
    pub(super) is_asked_by_row: bool,
    /// Whether it asks about marks, which are not in the files of the timeline.
    pub(super) is_about_marks: bool,
    pub(super) bind: BindTerm,
    pub(super) values: FieldValues,
    pub(super) count: Option<CountValues>,
    pub(super) order: FacetOrder,
}

/// No two fields share a name.
impl PartialEq for FilterField {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for FilterField {}

/// Binds a term of a field.
pub(super) type BindTerm = fn(&mut TermBinder<'_>) -> Predicate;

/// The values of a field in a timeline, by number, not yet counted.
pub(super) type FieldValues = for<'t> fn(&'t Timeline, &FilterField) -> Vec<ValueTally<'t>>;

/// How the values of a facet are counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum CountValues {
    /// By number: the values of the field are known.
    Numbered(fn(&Timeline, &mut ValueCounter<'_>)),
    /// By counting: only counted values are known.
    Found(for<'t> fn(&'t Timeline, &Matches) -> Vec<ValueTally<'t>>),
}

/// The order of values among the facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FacetOrder {
    /// By number.
    Numbered,
    /// Phases in the order of a case, then all others.
    Phases,
    /// By name.
    Names,
    /// By frequency.
    MostFirst,
}

/// The kind of values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words anywhere in a text, in any letter case.
    Text,
    /// A word of the timeline; `*` matches anything.
    Word,
    /// An entity by id, name or alias; `*` matches anything.
    Entity,
    /// A source by id or title; `*` matches anything.
    Source,
    /// An event by id; `*` matches anything.
    Event,
    /// A kind of link, or the id of an event.
    Link,
    /// A date, a range `from..to`, or `event(id)`.
    Date,
    /// A whole number or a range `from..to`.
    Number,
    /// The name of an attribute, or `name=value`; `*` matches anything.
    Attribute,
    /// One of a few fixed words.
    Choice(&'static [&'static str]),
    /// One of a few ordered words.
    Scale(&'static [&'static str]),
    /// An aspect and a level.
    Assessment(&'static [&'static str]),
    /// A term of a yardstick.
    Likelihood,
    /// What differs from the version that the timeline is compared with.
    Change,
}

impl FilterField {
    /// A row with defaults: no aliases, only `:`, not a facet.
    pub(super) const fn new(
        name: &'static str,
        kind: FieldKind,
        summary: &'static str,
        example: &'static str,
        bind: BindTerm,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            kind,
            operators: &[ComparisonOperator::Is],
            summary,
            example,
            is_asked_by_row: true,
            is_about_marks: false,
            bind,
            values: fixed_values,
            count: None,
            order: FacetOrder::Numbered,
        }
    }

    pub(super) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub(super) const fn ordered(mut self) -> Self {
        self.operators = &[
            ComparisonOperator::Is,
            ComparisonOperator::Less,
            ComparisonOperator::AtMost,
            ComparisonOperator::More,
            ComparisonOperator::AtLeast,
        ];
        self
    }

    pub(super) const fn values(mut self, values: FieldValues) -> Self {
        self.values = values;
        self
    }

    /// It asks about other events, another version, or the place in a file.
    pub(super) const fn asked_of_all(mut self) -> Self {
        self.is_asked_by_row = false;
        self
    }

    pub(super) const fn asked_of_marks(mut self) -> Self {
        self.is_about_marks = true;
        self
    }

    /// Makes it a facet of fixed words.
    pub(super) const fn counted(mut self, count: fn(&Timeline, &mut ValueCounter<'_>)) -> Self {
        self.count = Some(CountValues::Numbered(count));
        self
    }

    /// Makes it a facet of values from the timeline.
    pub(super) const fn facet(
        self,
        values: FieldValues,
        order: FacetOrder,
        count: fn(&Timeline, &mut ValueCounter<'_>),
    ) -> Self {
        self.facet_of(values, order, CountValues::Numbered(count))
    }

    pub(super) const fn facet_of(
        mut self,
        values: FieldValues,
        order: FacetOrder,
        count: CountValues,
    ) -> Self {
        self.values = values;
        self.order = order;
        self.count = Some(count);
        self
    }

    pub const fn is_facet(&self) -> bool {
        self.count.is_some()
    }

    /// Counts its values among matching events; `None` if it is not a facet.
    pub(super) fn tally<'t>(
        &self,
        timeline: &'t Timeline,
        among: &Matches,
    ) -> Option<Vec<ValueTally<'t>>> {
        Some(match self.count? {
            CountValues::Found(count) => count(timeline, among),
            CountValues::Numbered(count) => {
                let values = (self.values)(timeline, self);
                let mut counter = ValueCounter::new(values.len(), among);
                count(timeline, &mut counter);
                counter.give(values)
            }
        })
    }

    /// The expected values, in the words of an error.
    pub fn wants(&self) -> String {
        let wanted = match self.kind {
            FieldKind::Text => "words to look for",
            FieldKind::Word => return format!("a {} of this timeline, or `*`", self.name),
            FieldKind::Entity => "an entity's id, name or alias, or `*`",
            FieldKind::Source => "a source's id or title, or `*`",
            FieldKind::Event => "the id of an event",
            FieldKind::Link => "a kind of link, such as `part-of`, or the id of an event",
            FieldKind::Date => {
                "a date, such as `2021`, `2021..2022-06` or `\"late 2021\"`, or `event(id)`"
            }
            FieldKind::Number => "a whole number, or a range such as `2..5`",
            FieldKind::Attribute => {
                "a name in a log, such as `computer`, or `computer=web-1`, or `*`"
            }
            FieldKind::Assessment(_) => {
                "an aspect and a level (`established`, `likely`, `contested`, `unlikely`, `unstated`), such as `actor-contested`"
            }
            FieldKind::Choice(words) | FieldKind::Scale(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                return format!("one of {}", words.join(", "));
            }
            FieldKind::Likelihood => {
                "a term of a yardstick, such as `likely` or `\"highly likely\"`"
            }
            FieldKind::Change => {
                "`yes`, `no`, `new`, what differs, such as `date` or `claims`, or how, such as `narrowed`"
            }
        };
        wanted.to_owned()
    }

    /// The fixed values; empty if the timeline or the user supplies them.
    pub const fn choices(&self) -> &'static [&'static str] {
        match self.kind {
            FieldKind::Choice(words) | FieldKind::Scale(words) | FieldKind::Assessment(words) => {
                words
            }
            FieldKind::Text
            | FieldKind::Word
            | FieldKind::Entity
            | FieldKind::Source
            | FieldKind::Event
            | FieldKind::Link
            | FieldKind::Date
            | FieldKind::Number
            | FieldKind::Attribute
            | FieldKind::Likelihood
            | FieldKind::Change => &[],
        }
    }
}

fn fixed_values<'t>(_: &'t Timeline, field: &FilterField) -> Vec<ValueTally<'t>> {
    field
        .choices()
        .iter()
        .map(|word| ValueTally::word(word))
        .collect()
}

/// A term being bound to a timeline, and the list of its mistakes.
pub(super) struct TermBinder<'a> {
    pub timeline: &'a Timeline,
    pub field: &'static FilterField,
    pub operator: ComparisonOperator,
    pub values: &'a [FilterValue],
    /// Whether texts that stay in files are read, so that a value that none of them has is a mistake.
    pub reads_files: bool,
    pub errors: &'a mut Vec<QueryError>,
}

impl<'a> TermBinder<'a> {
    /// Binds values one by one: any of them matches.
    pub fn each(
        &mut self,
        mut bind: impl FnMut(&'a FilterValue) -> Result<Predicate, QueryError>,
    ) -> Predicate {
        let mut parts = Vec::new();
        for value in self.values {
            match bind(value) {
                Ok(predicate) => parts.push(predicate),
                Err(error) => self.errors.push(error),
            }
        }
        Predicate::any(parts)
    }

    /// The union of what the values select. A value that selects nothing is a mistake; `known` are the candidates for a
    /// suggestion.
    pub fn select<'n, N: Iterator<Item = &'n str>>(
        &mut self,
        select: impl Fn(&FilterValue) -> NumberSet,
        known: impl Fn(&FilterValue) -> Option<N>,
    ) -> NumberSet {
        let mut selection = NumberSet::default();
        for value in self.values {
            let found = select(value);
            if found.is_empty()
                && value.form != ValueForm::Any
                && let Some(known) = known(value)
            {
                self.errors.push(self.unknown(value, known));
            }
            selection = selection.or(&found);
        }
        selection
    }

    /// The error for an unknown value; `known` are the candidates for a suggestion.
    pub fn unknown<'n>(
        &self,
        value: &FilterValue,
        known: impl Iterator<Item = &'n str>,
    ) -> QueryError {
        let name = if self.field.kind == FieldKind::Entity {
            "entity"
        } else {
            self.field.name
        };
        let message = format!("this timeline has no {name} `{}`", value.text);
        let error = QueryError::new(value.range.clone(), message).expected(self.field.wants());
        error
            .of_unknown_name()
            .did_you_mean(nearest(&value.text, known))
    }
}
