//! Declared ids.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::super::build::names;
use super::super::draft::{DraftTimeline, LocatedText};
use crate::diagnostic::{
    DUPLICATE_EVENT_ID, DUPLICATE_ID, Diagnostic, FindingKind, Fix, IDS_READ_ALIKE, TextPlace,
};

/// How many numbers are tried for another id.
const TRIED: usize = 100;

/// The ids of one kind of item, each with the place of its declaration.
#[derive(Default)]
pub(super) struct DeclaredIds<'d> {
    places: HashMap<&'d str, TextPlace>,
    order: Vec<&'d str>,
}

impl<'d> DeclaredIds<'d> {
    fn new(
        draft: &DraftTimeline,
        ids: impl Iterator<Item = &'d LocatedText> + Clone,
        kind: &'static FindingKind,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut declared = Self::default();
        let taken = OnceCell::new();
        let all = ids.clone();
        let another = |id: &LocatedText| {
            let taken: &HashSet<&str> =
                taken.get_or_init(|| all.clone().map(|it| it.value.as_str()).collect());
            let free = (2..).map(|number| format!("{}-{number}", id.value));
            let free = free.take(TRIED).find(|id| !taken.contains(id.as_str()));
            free.map(|free| Fix::value(id.place, free))
        };
        for id in ids {
            match declared.places.get(id.value.as_str()) {
                None => {
                    declared.places.insert(&id.value, id.place);
                    declared.order.push(&id.value);
                }
                Some(&first) if draft.spells_differently(id.place, first) => findings.push({
                    let finding = Diagnostic::new(
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
                    .related(first, "first declared here");
                    another(id).into_iter().fold(finding, Diagnostic::fix)
                }),
                Some(&first) => findings.push({
                    let message = format!("`{}` is declared twice", id.value);
                    let finding = Diagnostic::new(kind, id.place, message)
                        .label("expected another id")
                        .help("give one of the two another id, or join them")
                        .related(first, "first declared here");
                    another(id).into_iter().fold(finding, Diagnostic::fix)
                }),
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

    /// Every id, in the order of the files.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'d str> {
        self.order.iter().copied()
    }
}

/// Every id of a timeline.
pub(super) struct TimelineIds<'d> {
    pub(super) sources: DeclaredIds<'d>,
    pub(super) entities: DeclaredIds<'d>,
    pub(super) views: DeclaredIds<'d>,
    pub(super) events: DeclaredIds<'d>,
    pub(super) claims: DeclaredIds<'d>,
    draft: &'d DraftTimeline,
    /// The keys of all events by row, and the row of each; computed when an event is first referred to.
    names: OnceCell<EventNames>,
}

struct EventNames {
    by_row: Vec<String>,
    rows: BTreeMap<String, usize>,
}

impl<'d> TimelineIds<'d> {
    pub(super) fn new(draft: &'d DraftTimeline, findings: &mut Vec<Diagnostic>) -> Self {
        let sources = draft.sources.iter().map(|it| &it.id);
        let entities = draft.entities.iter().map(|it| &it.id);
        let views = draft.views.iter().map(|it| &it.id);
        let events = draft.events.iter().filter_map(|it| it.id.as_ref());
        let claims = draft.events.iter().flat_map(|event| &event.claims);
        let claims = claims.filter_map(|it| it.id.as_ref());
        Self {
            sources: DeclaredIds::new(draft, sources, &DUPLICATE_ID, findings),
            entities: DeclaredIds::new(draft, entities, &DUPLICATE_ID, findings),
            views: DeclaredIds::new(draft, views, &DUPLICATE_ID, findings),
            events: DeclaredIds::new(draft, events, &DUPLICATE_EVENT_ID, findings),
            claims: DeclaredIds::new(draft, claims, &DUPLICATE_ID, findings),
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

    /// Whether an event has this id, given or derived.
    pub(super) fn has_event(&self, id: &str) -> bool {
        self.events.contains(id) || self.event_row(id).is_some()
    }

    pub(super) fn event_row(&self, id: &str) -> Option<usize> {
        self.names().rows.get(id).copied()
    }

    /// The key of the event in a row.
    pub(super) fn event_name(&self, row: usize) -> &str {
        &self.names().by_row[row]
    }

    /// Every id of events, given ones first.
    pub(super) fn event_ids(&self) -> impl Iterator<Item = &str> {
        let names = self.names().rows.keys().map(String::as_str);
        let made = names.filter(|name| !self.events.contains(name));
        self.events.iter().chain(made)
    }
}
