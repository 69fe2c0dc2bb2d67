//! Every place of an id in a timeline: where it is declared, and where it is named, in filters too.

use std::ops::Range;

use crate::formats::toml::keys::{IdSpace, KeyContent};
use crate::formats::toml::outline::{OutlineKey, OutlineTable, OutlineText, TimelineOutline};
use crate::query::{FieldKind, FilterTerm, FilterValue, ValueForm, parse, quoted};
use crate::text::canonical;
use crate::timeline::term::{Aspect, LinkKind};

/// A place of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IdMention {
    pub space: IdSpace,
    pub id: String,
    /// Without quotation marks.
    pub place: Range<usize>,
    /// The number of its table in the outline.
    pub table: usize,
    pub is_declaration: bool,
    pub notation: IdNotation,
}

/// How an id is written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IdNotation {
    /// As a key in a heading, at a place with its quotation marks.
    Key(Range<usize>),
    /// As a text, at a place with its quotation marks.
    Text(Range<usize>),
    /// As a value of a filter, at a place inside a text. `event(…)` is around it if `is_date`.
    Filter { value: Range<usize>, is_date: bool },
}

impl IdMention {
    /// Whether two ids are the same. Filters ignore the case of letters.
    fn names(&self, space: IdSpace, id: &str) -> bool {
        if self.space != space {
            return false;
        }
        match self.notation {
            IdNotation::Filter { .. } => {
                canonical(&self.id).to_lowercase() == canonical(id).to_lowercase()
            }
            _ => canonical(&self.id) == canonical(id),
        }
    }
}

/// Every place of every id, in the order of the text.
pub(super) fn all(outline: &TimelineOutline) -> Vec<IdMention> {
    let mut found = Vec::new();
    for (number, table) in outline.tables.iter().enumerate() {
        let mut collector = MentionCollector {
            table: number,
            found: &mut found,
        };
        collector.declaration(table);
        collector.keys(&table.keys, table);
    }
    found
}

/// The mention at a byte.
pub(super) fn at(outline: &TimelineOutline, byte: usize) -> Option<IdMention> {
    let mut mentions = all(outline).into_iter();
    mentions.find(|it| it.place.start <= byte && byte <= it.place.end)
}

/// Every place of an id.
pub(super) fn of(outline: &TimelineOutline, space: IdSpace, id: &str) -> Vec<IdMention> {
    let mut mentions = all(outline);
    mentions.retain(|it| it.names(space, id));
    mentions
}

/// Collects the mentions in one table.
struct MentionCollector<'f> {
    table: usize,
    found: &'f mut Vec<IdMention>,
}

impl MentionCollector<'_> {
    fn declaration(&mut self, table: &OutlineTable) {
        let Some((space, text)) = table.id_space().zip(table.id.as_ref()) else {
            return;
        };
        let notation = IdNotation::Key(text.place.clone());
        self.push(space, text, true, notation);
    }

    fn keys(&mut self, keys: &[OutlineKey], table: &OutlineTable) {
        for key in keys {
            let content = key.key.map(|known| known.content);
            for text in key.texts.iter().filter(|text| text.is_quoted()) {
                let notation = || IdNotation::Text(text.place.clone());
                match content {
                    Some(KeyContent::OwnId(space)) => self.push(space, text, true, notation()),
                    Some(KeyContent::Reference(space)) => self.push(space, text, false, notation()),
                    Some(KeyContent::ByAspect) if is_about_party(table) => {
                        self.push(IdSpace::Entity, text, false, notation());
                    }
                    Some(KeyContent::Filter) => self.filter(text),
                    _ => {}
                }
            }
            for inner in &key.tables {
                self.keys(&inner.keys, table);
            }
        }
    }

    fn filter(&mut self, text: &OutlineText) {
        let parsed = parse(&text.value);
        for term in parsed.expr.iter().flat_map(|expr| expr.terms()) {
            for value in &term.values {
                let Some(space) = space_of(term, value) else {
                    continue;
                };
                let written = text.written_at(value.range.start)..text.written_at(value.range.end);
                self.found.push(IdMention {
                    space,
                    id: value.text.clone(),
                    place: written.clone(),
                    table: self.table,
                    is_declaration: false,
                    notation: IdNotation::Filter {
                        value: written,
                        is_date: value.form == ValueForm::Event,
                    },
                });
            }
        }
    }

    fn push(
        &mut self,
        space: IdSpace,
        text: &OutlineText,
        is_declaration: bool,
        notation: IdNotation,
    ) {
        self.found.push(IdMention {
            space,
            id: text.value.clone(),
            place: text.inside.clone(),
            table: self.table,
            is_declaration,
            notation,
        });
    }
}

/// Whether a claim is about a party, so that its value may be the id of an entity.
pub(super) fn is_about_party(claim: &OutlineTable) -> bool {
    let about = claim
        .text("about")
        .and_then(|text| Aspect::parse(&text.value));
    about.is_some_and(|about| {
        matches!(
            about,
            Aspect::Actor | Aspect::Target | Aspect::Accused | Aspect::Addressee
        )
    })
}

/// The kind of item whose id a filter's value is, if it is an id. A value with a star matches many ids.
fn space_of(term: &FilterTerm, value: &FilterValue) -> Option<IdSpace> {
    if value.form == ValueForm::Event {
        return Some(IdSpace::Event);
    }
    let is_pattern = value.form == ValueForm::Plain && value.text.contains('*');
    if value.form == ValueForm::Any || is_pattern {
        return None;
    }
    match term.field?.kind {
        FieldKind::Entity => Some(IdSpace::Entity),
        FieldKind::Source => Some(IdSpace::Source),
        FieldKind::Event => Some(IdSpace::Event),
        FieldKind::Link if LinkKind::parse(&value.text).is_none() => Some(IdSpace::Event),
        _ => None,
    }
}

/// An id as a value of a filter.
pub(super) fn in_filter(id: &str, is_date: bool) -> String {
    let value = quoted(id);
    if is_date {
        format!("event({value})")
    } else {
        value
    }
}
