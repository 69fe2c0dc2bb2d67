//! What a row of the table of fields says: how a field is asked, completed and counted.

use super::error::QueryError;
use super::matches::Matches;
use super::predicate::Predicate;
use super::selection::Selection;
use super::tally::{Counter, Tally};
use super::value::{Form, Operator, Value};
use crate::diagnostic::nearest;
use crate::timeline::Timeline;

/// What can be asked about an event: a row of [`super::FIELDS`].
#[derive(Debug)]
pub struct Field {
    /// The name in a filter.
    pub name: &'static str,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// What its values are.
    pub kind: Kind,
    /// How it can be compared.
    pub operators: &'static [Operator],
    /// What it asks, in one line.
    pub summary: &'static str,
    /// A filter that uses it, and finds something in the case that is shipped with dateline.
    pub example: &'static str,
    pub(super) bind: BindTerm,
    pub(super) values: FieldValues,
    pub(super) count: Option<CountValues>,
    pub(super) order: FacetOrder,
}

/// No two fields share a name.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Field {}

/// What a term of a field asks.
pub(super) type BindTerm = fn(&mut TermBinder<'_>) -> Predicate;

/// The values that a timeline has of a field, in the order of their numbers, not yet counted.
pub(super) type FieldValues = for<'t> fn(&'t Timeline, &Field) -> Vec<Tally<'t>>;

/// How the values of a facet are counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum CountValues {
    /// The values of the field, by their numbers.
    Numbered(fn(&Timeline, &mut Counter<'_>)),
    /// Values of which only those that are counted are known.
    Found(for<'t> fn(&'t Timeline, &Matches) -> Vec<Tally<'t>>),
}

/// The order of the values among the facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FacetOrder {
    /// That of their numbers.
    Numbered,
    /// The phases of a case, then all others.
    Phases,
    /// Those of one name together.
    Names,
    /// The most frequent first.
    MostFirst,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words that stand anywhere in a text, whatever their letter case.
    Text,
    /// A word of the timeline's own; `*` in it stands for anything.
    Word,
    /// An entity: its id, name or one of its aliases; `*` stands for anything.
    Entity,
    /// A source: its id or title; `*` stands for anything.
    Source,
    /// An event: its id; `*` stands for anything.
    Event,
    /// A kind of link or the id of an event.
    Link,
    /// A date, a range `from..to`, or `event(id)`.
    Date,
    /// A whole number or a range `from..to`.
    Number,
    /// A name under which a log says something, or `name=value`; `*` stands for anything.
    Attribute,
    /// One of a few fixed words.
    Choice(&'static [&'static str]),
    /// One of a few fixed words that are in order.
    Scale(&'static [&'static str]),
    /// An aspect and a level, of which each has a few.
    Assessment(&'static [&'static str]),
    /// A term of a yardstick.
    Likelihood,
}

impl Field {
    /// A row with what most rows have in common: no aliases, `:` only, not among the facets.
    pub(super) const fn new(
        name: &'static str,
        kind: Kind,
        summary: &'static str,
        example: &'static str,
        bind: BindTerm,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            kind,
            operators: &[Operator::Is],
            summary,
            example,
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
            Operator::Is,
            Operator::Less,
            Operator::AtMost,
            Operator::More,
            Operator::AtLeast,
        ];
        self
    }

    pub(super) const fn values(mut self, values: FieldValues) -> Self {
        self.values = values;
        self
    }

    /// A facet whose fixed words are counted.
    pub(super) const fn counted(mut self, count: fn(&Timeline, &mut Counter<'_>)) -> Self {
        self.count = Some(CountValues::Numbered(count));
        self
    }

    /// A facet of values that each timeline has of its own.
    pub(super) const fn facet(
        self,
        values: FieldValues,
        order: FacetOrder,
        count: fn(&Timeline, &mut Counter<'_>),
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

    /// Whether its values are among the facets.
    pub const fn is_facet(&self) -> bool {
        self.count.is_some()
    }

    /// Counts its values among the events that match; `None` if it is not a facet.
    pub(super) fn tally<'t>(
        &self,
        timeline: &'t Timeline,
        among: &Matches,
    ) -> Option<Vec<Tally<'t>>> {
        Some(match self.count? {
            CountValues::Found(count) => count(timeline, among),
            CountValues::Numbered(count) => {
                let values = (self.values)(timeline, self);
                let mut counter = Counter::new(values.len(), among);
                count(timeline, &mut counter);
                counter.give(values)
            }
        })
    }

    /// What a value of it is, as an error says that it was expected.
    pub fn wants(&self) -> String {
        let wanted = match self.kind {
            Kind::Text => "words to look for",
            Kind::Word => return format!("a {} of this timeline, or `*`", self.name),
            Kind::Entity => "an entity's id, name or alias, or `*`",
            Kind::Source => "a source's id or title, or `*`",
            Kind::Event => "the id of an event",
            Kind::Link => "a kind of link, such as `part-of`, or the id of an event",
            Kind::Date => {
                "a date, such as `2021`, `2021..2022-06` or `\"late 2021\"`, or `event(id)`"
            }
            Kind::Number => "a whole number, or a range such as `2..5`",
            Kind::Attribute => "a name in a log, such as `computer`, or `computer=web-1`, or `*`",
            Kind::Assessment(_) => {
                "an aspect and a level (`established`, `likely`, `contested`, `unlikely`, `unstated`), such as `actor-contested`"
            }
            Kind::Choice(words) | Kind::Scale(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                return format!("one of {}", words.join(", "));
            }
            Kind::Likelihood => "a term of a yardstick, such as `likely` or `\"highly likely\"`",
        };
        wanted.to_owned()
    }

    /// The fixed words that are its values; empty where the timeline or the user chooses them.
    pub const fn choices(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Choice(words) | Kind::Scale(words) | Kind::Assessment(words) => words,
            Kind::Text
            | Kind::Word
            | Kind::Entity
            | Kind::Source
            | Kind::Event
            | Kind::Link
            | Kind::Date
            | Kind::Number
            | Kind::Attribute
            | Kind::Likelihood => &[],
        }
    }
}

fn fixed_values<'t>(_: &'t Timeline, field: &Field) -> Vec<Tally<'t>> {
    field
        .choices()
        .iter()
        .map(|word| Tally::word(word))
        .collect()
}

/// A term that is bound to a timeline, and where its mistakes go.
pub(super) struct TermBinder<'a> {
    pub timeline: &'a Timeline,
    pub field: &'static Field,
    pub operator: Operator,
    pub values: &'a [Value],
    pub errors: &'a mut Vec<QueryError>,
}

impl<'a> TermBinder<'a> {
    /// Binds values one by one; any of them will do.
    pub fn each(
        &mut self,
        mut bind: impl FnMut(&'a Value) -> Result<Predicate, QueryError>,
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

    /// What any of the values selects. A value that selects nothing is a mistake; `known` are those it may have been
    /// meant as.
    pub fn select<'n, N: Iterator<Item = &'n str>>(
        &mut self,
        select: impl Fn(&Value) -> Selection,
        known: impl Fn(&Value) -> Option<N>,
    ) -> Selection {
        let mut selection = Selection::default();
        for value in self.values {
            let found = select(value);
            if found.is_empty()
                && value.form != Form::Any
                && let Some(known) = known(value)
            {
                self.errors.push(self.unknown(value, known));
            }
            selection = selection.or(&found);
        }
        selection
    }

    /// A value that the timeline does not have; `known` are those it may have been meant as.
    pub fn unknown<'n>(&self, value: &Value, known: impl Iterator<Item = &'n str>) -> QueryError {
        let name = if self.field.kind == Kind::Entity {
            "entity"
        } else {
            self.field.name
        };
        let message = format!("this timeline has no {name} `{}`", value.text);
        let error = QueryError::new(value.range.clone(), message).expected(self.field.wants());
        error.did_you_mean(nearest(&value.text, known))
    }
}
