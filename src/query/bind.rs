//! From a tree to a predicate: names are looked up in one timeline, dates become windows.

use super::bitmap::Bitmap;
use super::field::{self, Field, FieldId, Kind};
use super::glob::Pattern;
use super::phrases::{self, Phrases};
use super::predicate::{ClaimTest, CountOf, Feature, Leaf, ListOf, Predicate, Selection, TextOf};
use super::syntax::{Expr, Form, Node, Operator, QueryError, Term, Value};
use super::{attribute, choice, clock, search};
use crate::diagnostic::nearest;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, LinkKind, PHASES};
use crate::timeline::{Clock, Entity, Event, Source, Timeline, Vocabulary};

/// Binds a tree to a timeline; every mistake is reported, in the order of the text.
pub fn bind(timeline: &Timeline, expr: &Expr) -> Result<Predicate, Vec<QueryError>> {
    let mut binder = Binder {
        timeline,
        errors: Vec::new(),
    };
    let predicate = binder.expr(expr);
    if binder.errors.is_empty() {
        Ok(predicate)
    } else {
        Err(binder.errors)
    }
}

struct Binder<'t> {
    timeline: &'t Timeline,
    errors: Vec<QueryError>,
}

impl Binder<'_> {
    fn expr(&mut self, expr: &Expr) -> Predicate {
        match &expr.node {
            Node::And(parts) => Predicate::All(parts.iter().map(|part| self.expr(part)).collect()),
            Node::Or(parts) => Predicate::Any(parts.iter().map(|part| self.expr(part)).collect()),
            Node::Not(inner) => Predicate::Not(Box::new(self.expr(inner))),
            Node::Surely(inner) => Predicate::Surely(Box::new(self.expr(inner))),
            Node::Possibly(inner) => Predicate::Possibly(Box::new(self.expr(inner))),
            Node::Text(value) => self.anywhere(std::slice::from_ref(value)),
            Node::Term(term) => self.term(term),
        }
    }

    /// A term whose field or operator is wrong was reported by the parser.
    fn term(&mut self, term: &Term) -> Predicate {
        let Some(field) = term
            .field
            .filter(|field| field.operators.contains(&term.operator))
        else {
            return nothing();
        };
        match field.id {
            FieldId::Text => self.anywhere(&term.values),
            FieldId::Title => self.text(&term.values, |it| Leaf::Says(TextOf::Title, it)),
            FieldId::Summary => self.text(&term.values, |it| Leaf::Says(TextOf::Summary, it)),
            FieldId::Words => self.text(&term.values, |it| Leaf::Claim(ClaimTest::Words(it))),
            FieldId::Phase => Predicate::Ask(Leaf::Phase(self.words(
                field,
                self.timeline.phases(),
                &term.values,
            ))),
            FieldId::Lane => self.listed(field, ListOf::Lanes, self.timeline.lanes(), &term.values),
            FieldId::Technique => self.listed(
                field,
                ListOf::Techniques,
                self.timeline.techniques(),
                &term.values,
            ),
            FieldId::Tag => self.listed(field, ListOf::Tags, self.timeline.tags(), &term.values),
            FieldId::Actor
            | FieldId::Target
            | FieldId::Accused
            | FieldId::Addressee
            | FieldId::By
            | FieldId::Entity => self.entity(field, &term.values),
            FieldId::Attribute => self.attribute(field, &term.values),
            FieldId::Source => self.source(&term.values),
            FieldId::Publisher => self.publisher(&term.values),
            _ => any(term
                .values
                .iter()
                .map(|value| self.value(field, term.operator, value))
                .collect()),
        }
    }

    /// One of several values of a field whose values are asked one by one.
    fn value(&mut self, field: &Field, operator: Operator, value: &Value) -> Predicate {
        let bound = match field.id {
            FieldId::Id => Ok(Leaf::Rows(self.rows_of(value))),
            FieldId::When | FieldId::Within | FieldId::Before | FieldId::After => {
                clock::question(self.timeline, field, operator, value)
                    .map(|asked| Leaf::Date(Clock::Happened, asked))
            }
            FieldId::Discovered => clock::question(self.timeline, field, operator, value)
                .map(|asked| Leaf::Date(Clock::Discovered, asked)),
            FieldId::Disclosed => clock::question(self.timeline, field, operator, value)
                .map(|asked| Leaf::Date(Clock::Disclosed, asked)),
            FieldId::Attributed => clock::question(self.timeline, field, operator, value)
                .map(|asked| Leaf::Date(Clock::Attributed, asked)),
            FieldId::Published => {
                clock::question(self.timeline, field, operator, value).map(Leaf::Published)
            }
            FieldId::Said => clock::question(self.timeline, field, operator, value)
                .map(|asked| Leaf::Claim(ClaimTest::Said(asked))),
            FieldId::Claims => choice::count(CountOf::Claims, field, operator, value),
            FieldId::Sources => choice::count(CountOf::Sources, field, operator, value),
            FieldId::Likelihood => self.likelihood(operator, value),
            FieldId::Link => return self.link(value),
            _ => return self.chosen(field, operator, value),
        };
        match bound {
            Ok(leaf) => Predicate::Ask(leaf),
            Err(error) => self.wrong(error),
        }
    }

    fn wrong(&mut self, error: QueryError) -> Predicate {
        self.errors.push(error);
        nothing()
    }

    /// Words in any of the texts and names that an event carries.
    fn anywhere(&mut self, values: &[Value]) -> Predicate {
        self.phrases(values)
            .map_or_else(nothing, |phrases| search::anywhere(self.timeline, &phrases))
    }

    fn text(&mut self, values: &[Value], leaf: impl FnOnce(Phrases) -> Leaf) -> Predicate {
        self.phrases(values)
            .map_or_else(nothing, |phrases| Predicate::Ask(leaf(phrases)))
    }

    /// Any of several words or phrases, whatever their letter case and the white space in them.
    fn phrases(&mut self, values: &[Value]) -> Option<Phrases> {
        let is_blank = |value: &&Value| value.form != Form::Any && value.text.trim().is_empty();
        if let Some(value) = values.iter().find(is_blank) {
            self.errors.push(QueryError::blank(value.range.clone()));
            return None;
        }
        let built = Phrases::of(values.iter().map(phrase).collect());
        if built.is_none() {
            let range = values.first()?.range.start..values.last()?.range.end;
            self.errors
                .push(QueryError::new(range, "this text is too long to look for"));
        }
        built
    }

    fn listed(
        &mut self,
        field: &Field,
        list: ListOf,
        words: &Vocabulary,
        values: &[Value],
    ) -> Predicate {
        Predicate::Ask(Leaf::Lists(list, self.words(field, words, values)))
    }

    fn words(&mut self, field: &Field, words: &Vocabulary, values: &[Value]) -> Selection {
        let mut selection = Selection::default();
        for value in values {
            let pattern = Pattern::new(value);
            let found = Selection::of(words.iter(), |(_, word)| pattern.matches(word));
            if found.is_empty() && value.form != Form::Any && !is_usual(field, &value.text) {
                self.errors
                    .push(unknown(field, value, words.iter().map(|(_, word)| word)));
            }
            selection = selection.or(&found);
        }
        selection
    }

    fn entity(&mut self, field: &Field, values: &[Value]) -> Predicate {
        let mut wanted = Selection::default();
        for value in values {
            let pattern = Pattern::new(value);
            let found = Selection::of(self.timeline.entities(), |(_, entity)| {
                is_called(entity, &pattern)
            });
            if found.is_empty() && value.form != Form::Any {
                let names = self
                    .timeline
                    .entities()
                    .flat_map(|(_, entity)| names_of(entity));
                self.errors.push(unknown(field, value, names));
            }
            wanted = wanted.or(&found);
        }
        let in_part = |part| Leaf::Lists(ListOf::Parties(part), wanted.clone());
        let leaves: Vec<Leaf> = match (field.part(), field.id) {
            (Some(part), _) => vec![in_part(part)],
            (None, FieldId::By) => vec![Leaf::Claim(ClaimTest::By(wanted))],
            _ => {
                let claims = [
                    ClaimTest::By(wanted.clone()),
                    ClaimTest::Names(wanted.clone()),
                ];
                let parties = Aspect::PARTIES.into_iter().map(in_part);
                parties.chain(claims.map(Leaf::Claim)).collect()
            }
        };
        any(leaves.into_iter().map(Predicate::Ask).collect())
    }

    fn source(&mut self, values: &[Value]) -> Predicate {
        self.sources(field::row(FieldId::Source), values, |source| {
            vec![&source.key, &source.title]
        })
    }

    fn publisher(&mut self, values: &[Value]) -> Predicate {
        self.sources(field::row(FieldId::Publisher), values, |source| {
            source.publisher.as_deref().into_iter().collect()
        })
    }

    fn sources(
        &mut self,
        field: &Field,
        values: &[Value],
        names: fn(&Source) -> Vec<&str>,
    ) -> Predicate {
        let mut wanted = Selection::default();
        for value in values {
            let pattern = Pattern::new(value);
            let is_called = |source| names(source).into_iter().any(|name| pattern.matches(name));
            let found = Selection::of(self.timeline.sources(), |(_, source)| is_called(source));
            if found.is_empty() && value.form != Form::Any {
                let known = self
                    .timeline
                    .sources()
                    .flat_map(|(_, source)| names(source));
                self.errors.push(unknown(field, value, known));
            }
            wanted = wanted.or(&found);
        }
        Predicate::Ask(Leaf::Lists(ListOf::Sources, wanted))
    }

    fn attribute(&mut self, field: &Field, values: &[Value]) -> Predicate {
        let mut wanted = Selection::default();
        for value in values {
            let found = attribute::selected(self.timeline, value);
            if found.is_empty() && value.form != Form::Any {
                let alike = attribute::alike(self.timeline, value);
                let known = alike.iter().map(String::as_str);
                self.errors.push(unknown(field, value, known));
            }
            wanted = wanted.or(&found);
        }
        Predicate::Ask(Leaf::Noted(wanted))
    }

    fn rows_of(&mut self, value: &Value) -> Bitmap {
        let pattern = Pattern::new(value);
        let mut rows = Bitmap::none(self.timeline.len());
        let mut key = String::new();
        for event in self
            .timeline
            .events()
            .filter(|event| pattern.matches(event.key_in(&mut key)))
        {
            rows.insert(event.id().0 as usize);
        }
        if rows.is_empty() && value.form != Form::Any {
            self.errors.push(unknown_event(self.timeline, value));
        }
        rows
    }

    fn link(&mut self, value: &Value) -> Predicate {
        if value.form == Form::Any {
            return Predicate::Ask(Leaf::Has(Feature::Links));
        }
        let kind = LinkKind::parse(&value.text).filter(|_| value.form != Form::Quoted);
        if let Some(kind) = kind {
            return Predicate::Ask(Leaf::Link(kind));
        }
        let rows = self.rows_of(value);
        Predicate::Ask(Leaf::LinkedTo(rows))
    }

    fn likelihood(&self, operator: Operator, value: &Value) -> Result<Leaf, QueryError> {
        if value.form == Form::Any {
            return Ok(Leaf::Claim(ClaimTest::Likelihood(None)));
        }
        let terms = || {
            Yardstick::ALL
                .iter()
                .flat_map(|yardstick| yardstick.terms())
                .flat_map(|term| term.words)
        };
        let word = value.text.trim();
        let is_used = || {
            self.timeline
                .spoken()
                .likelihood_words
                .find(&word.to_lowercase())
                .is_some()
        };
        let is_known = terms().any(|term| term.eq_ignore_ascii_case(word));
        if !is_known && (operator != Operator::Is || !is_used()) {
            let error = QueryError::new(
                value.range.clone(),
                format!("`{word}` is not a term of a yardstick"),
            );
            let error = error.expected(field::row(FieldId::Likelihood).wants());
            return Err(error.did_you_mean(nearest(word, terms().copied())));
        }
        Ok(Leaf::Claim(ClaimTest::Likelihood(Some((
            operator,
            word.to_owned(),
        )))))
    }

    /// A value of a field whose values are fixed words.
    fn chosen(&mut self, field: &Field, operator: Operator, value: &Value) -> Predicate {
        match choice::bind(self.timeline, field, operator, value) {
            Ok(predicate) => predicate,
            Err(error) => self.wrong(error),
        }
    }
}

pub(super) fn nothing() -> Predicate {
    Predicate::Any(Vec::new())
}

pub(super) fn any(mut parts: Vec<Predicate>) -> Predicate {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Predicate::Any(parts)
    }
}

fn phrase(value: &Value) -> String {
    if value.form == Form::Any {
        return "(?s:.)".to_owned();
    }
    phrases::phrase(&value.text)
}

/// A phase of the usual ones is no mistake where no event has it.
fn is_usual(field: &Field, word: &str) -> bool {
    field.id == FieldId::Phase && PHASES.iter().any(|phase| phase.eq_ignore_ascii_case(word))
}

fn is_called(entity: &Entity, pattern: &Pattern) -> bool {
    names_of(entity).any(|name| pattern.matches(name))
}

fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    let aliases = entity.aliases.iter().map(String::as_str);
    [entity.key.as_str(), entity.name.as_str()]
        .into_iter()
        .chain(aliases)
}

fn unknown<'n>(field: &Field, value: &Value, known: impl Iterator<Item = &'n str>) -> QueryError {
    let name = match field.kind {
        Kind::Entity => "entity",
        _ => field.name,
    };
    let message = format!("this timeline has no {name} `{}`", value.text);
    let error = QueryError::new(value.range.clone(), message).expected(field.wants());
    error.did_you_mean(nearest(&value.text, known))
}

/// An event that the timeline does not have.
pub(super) fn unknown_event(timeline: &Timeline, value: &Value) -> QueryError {
    let message = format!("this timeline has no event `{}`", value.text);
    let error = QueryError::new(value.range.clone(), message).expected("the id of an event");
    let keys: Vec<_> = timeline.events().map(Event::key).collect();
    error.did_you_mean(nearest(&value.text, keys.iter().map(|key| &**key)))
}
