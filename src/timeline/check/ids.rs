//! Who bears which id.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use super::super::build::names;
use super::super::draft::{Draft, Words};
use crate::diagnostic::{
    DUPLICATE_EVENT_ID, DUPLICATE_ID, Diagnostic, IDS_READ_ALIKE, Kind, Place,
};

/// The ids of one sort of thing, each with the place that declares it.
#[derive(Default)]
pub(super) struct Declared<'d> {
    places: HashMap<&'d str, Place>,
    order: Vec<&'d str>,
}

impl<'d> Declared<'d> {
    fn new(
        draft: &Draft,
        ids: impl Iterator<Item = &'d Words>,
        kind: &'static Kind,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut declared = Self::default();
        for id in ids {
            match declared.places.get(id.value.as_str()) {
                None => {
                    declared.places.insert(&id.value, id.place);
                    declared.order.push(&id.value);
                }
                Some(&first) if draft.spells_differently(id.place, first) => findings.push(
                    Diagnostic::new(
                        &IDS_READ_ALIKE,
                        id.place,
                        format!(
                            "`{}` is declared twice, with its accents in two forms of Unicode",
                            id.value
                        ),
                    )
                    .label("expected another id")
                    .help(
                        "give one of the two another id, or join them: ids that read alike are one",
                    )
                    .related(first, "first declared here"),
                ),
                Some(&first) => findings.push(
                    Diagnostic::new(kind, id.place, format!("`{}` is declared twice", id.value))
                        .label("expected another id")
                        .help("give one of the two another id, or join them")
                        .related(first, "first declared here"),
                ),
            }
        }
        declared
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Every id, in the order of the texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'d str> {
        self.order.iter().copied()
    }
}

/// Every id of a timeline.
pub(super) struct Ids<'d> {
    pub(super) sources: Declared<'d>,
    pub(super) entities: Declared<'d>,
    pub(super) views: Declared<'d>,
    pub(super) events: Declared<'d>,
    pub(super) claims: Declared<'d>,
    draft: &'d Draft,
    /// The keys of all events, by row, and the row of each: made where something refers to an event.
    names: OnceCell<EventNames>,
}

struct EventNames {
    by_row: Vec<String>,
    rows: BTreeMap<String, usize>,
}

impl<'d> Ids<'d> {
    pub(super) fn new(draft: &'d Draft, findings: &mut Vec<Diagnostic>) -> Self {
        let sources = draft.sources.iter().map(|it| &it.id);
        let entities = draft.entities.iter().map(|it| &it.id);
        let views = draft.views.iter().map(|it| &it.id);
        let events = draft.events.iter().filter_map(|it| it.id.as_ref());
        let claims = draft.events.iter().flat_map(|event| &event.claims);
        let claims = claims.filter_map(|it| it.id.as_ref());
        Self {
            sources: Declared::new(draft, sources, &DUPLICATE_ID, findings),
            entities: Declared::new(draft, entities, &DUPLICATE_ID, findings),
            views: Declared::new(draft, views, &DUPLICATE_ID, findings),
            events: Declared::new(draft, events, &DUPLICATE_EVENT_ID, findings),
            claims: Declared::new(draft, claims, &DUPLICATE_ID, findings),
            draft,
            names: OnceCell::new(),
        }
    }

    fn names(&self) -> &EventNames {
        self.names.get_or_init(|| {
            let by_row = names(&self.draft.events, &self.draft.logs);
            let rows = by_row.iter().cloned().zip(0..).collect();
            EventNames { by_row, rows }
        })
    }

    /// Whether an event has an id, its own or one that is made.
    pub(super) fn has_event(&self, id: &str) -> bool {
        self.events.contains(id) || self.event_row(id).is_some()
    }

    /// The row of the event that has an id.
    pub(super) fn event_row(&self, id: &str) -> Option<usize> {
        self.names().rows.get(id).copied()
    }

    /// The id of the event in a row.
    pub(super) fn event_name(&self, row: usize) -> &str {
        &self.names().by_row[row]
    }

    /// Every id by which an event may be named, those that authors gave first.
    pub(super) fn event_ids(&self) -> impl Iterator<Item = &str> {
        let names = self.names().rows.keys().map(String::as_str);
        let made = names.filter(|name| !self.events.contains(name));
        self.events.iter().chain(made)
    }
}
