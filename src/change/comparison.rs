//! Two timelines, compared item by item.

use super::claims;
use super::counterparts::Counterparts;
use super::difference::DifferenceList;
use super::events;
use super::item::{ClaimComparison, ComparedItem};
use super::kind::ChangeKind;
use super::names::{self, ComparedNames};
use super::renamed_events::EventCounterparts;
use super::same_rows::row;
use super::tables;
use crate::timeline::term::Tlp;
use crate::timeline::{ClaimId, Event, ItemKind, ItemPresence, Timeline};

/// All that differs between an older timeline and a newer one.
#[derive(Clone, Debug)]
pub struct TimelineComparison<'t> {
    pub old: &'t Timeline,
    pub new: &'t Timeline,
    /// What differs: the head first, then kind by kind. Events are in the order of the newer timeline, each withdrawn
    /// one where it was.
    pub items: Vec<ComparedItem>,
    /// The number of items that only one of the two shows, since the other withholds them.
    pub withheld: usize,
    /// The number of events that are the same in both.
    pub same_events: usize,
    /// How many events of the older and of the newer timeline match a filter; `None` without one.
    pub narrowed: Option<[usize; 2]>,
}

impl<'t> TimelineComparison<'t> {
    /// Compares two timelines.
    pub fn between(old: &'t Timeline, new: &'t Timeline) -> Self {
        let (entities, sources) = (names::entities(old, new), names::sources(old, new));
        let found = EventCounterparts::find(old, new);
        let names = ComparedNames::new((old, new), &entities, &sources, &found);
        let claims = claim_counterparts(&names, &found.pairs.pairs);
        let names = names.with_claims(claims.into_iter());
        let mut items = Vec::new();
        let mut head = DifferenceList::default();
        tables::head(&names, old.head(), new.head(), &mut head);
        let title = [&new.head().title, &old.head().title];
        let title = title.into_iter().find(|title| !title.is_empty());
        items.extend(kept(
            ComparedItem::new(
                ItemKind::Timeline,
                String::new(),
                title.cloned().unwrap_or_default(),
            )
            .marked([old.head().tlp, new.head().tlp]),
            head,
        ));
        let before = items.len();
        compare_events(&names, &found, &mut items);
        let differing = items[before..].iter();
        let differing = differing
            .filter(|item| item.presence == ItemPresence::Kept)
            .count();
        let same_events = found.same.count() + found.pairs.pairs.len() - differing;
        items.extend(compare_questions(&names));
        items.extend(compare_scenes(&names));
        items.extend(compare_views(&names));
        items.extend(compare_entities(&names, entities));
        items.extend(compare_sources(&names, sources));
        Self {
            old,
            new,
            items,
            withheld: 0,
            same_events,
            narrowed: None,
        }
    }

    /// How many events are compared on each side.
    pub fn compared(&self) -> [usize; 2] {
        self.narrowed.unwrap_or([self.old.len(), self.new.len()])
    }

    /// The number of events with a presence.
    pub fn events(&self, presence: ItemPresence) -> usize {
        let events = self
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Event);
        events.filter(|item| item.presence == presence).count()
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.withheld == 0
    }

    /// The label of a claim: who says something on which aspect, and when. For a claim on one side only, what it says.
    pub fn claim_label(&self, claim: &ClaimComparison) -> String {
        let timeline =
            |id: Option<ClaimId>, timeline: &'t Timeline| Some((timeline, timeline.claim(id?)));
        let found = timeline(claim.new, self.new).or_else(|| timeline(claim.old, self.old));
        let Some((timeline, said)) = found else {
            return String::new();
        };
        match claim.presence {
            ItemPresence::Kept => claims::label(timeline, said),
            ItemPresence::New | ItemPresence::Withdrawn => claims::sentence(timeline, said),
        }
    }
}

/// The item with its differences; `None` without any.
fn kept(mut item: ComparedItem, list: DifferenceList) -> Option<ComparedItem> {
    item.differences = list.0;
    Some(item).filter(|item| !item.differences.is_empty())
}

/// The counterparts of the claims of all pairs of events.
fn claim_counterparts(
    names: &ComparedNames<'_>,
    events: &[(usize, usize)],
) -> Vec<(ClaimId, ClaimId)> {
    let mut all = Vec::new();
    for &(before, after) in events {
        let (old, new) = (names.old.event(row(before)), names.new.event(row(after)));
        let ids = |event: Event<'_>| event.claims().map(|it| it.0).collect::<Vec<_>>();
        let (old_ids, new_ids) = (ids(old), ids(new));
        if old_ids.is_empty() || new_ids.is_empty() {
            continue;
        }
        let pairs = claims::counterparts(names, old, new).pairs;
        all.extend(
            pairs
                .into_iter()
                .map(|(old, new)| (old_ids[old], new_ids[new])),
        );
    }
    all
}

fn compare_events(
    names: &ComparedNames<'_>,
    found: &EventCounterparts,
    items: &mut Vec<ComparedItem>,
) {
    let (old, new) = (names.old, names.new);
    let of_new = |at: usize| new.event(row(at));
    // By the order of the newer timeline; a withdrawn event is behind its former neighbour.
    let mut placed: Vec<((usize, usize), ComparedItem)> = Vec::new();
    let mut pairs = found.pairs.pairs.clone();
    pairs.sort_unstable();
    for &(before, after) in &pairs {
        let (one, other) = (old.event(row(before)), of_new(after));
        let (differences, claims) = events::compare(names, one, other);
        if differences.is_empty() && claims.is_empty() {
            continue;
        }
        let markings = [events::marking(one, old), events::marking(other, new)];
        let item = ComparedItem {
            old: Some(one.id()),
            new: Some(other.id()),
            differences,
            claims,
            ..ComparedItem::of_event(other).marked(markings)
        };
        placed.push(((after + 1, 0), item));
    }
    for &at in &found.pairs.new {
        let event = of_new(at);
        let perhaps = found.perhaps.get(&at);
        let item = ComparedItem {
            new: Some(event.id()),
            perhaps: perhaps.map(|&older| old.event(row(older)).key().into_owned()),
            ..ComparedItem::of_event(event)
                .marked([events::marking(event, new), None])
                .present(ItemPresence::New)
        };
        placed.push(((at + 1, 0), item));
    }
    for &at in &found.pairs.withdrawn {
        let event = old.event(row(at));
        let follows = pairs.partition_point(|pair| pair.0 < at).checked_sub(1);
        let follows = follows.and_then(|pair| pairs.get(pair));
        let item = ComparedItem {
            old: Some(event.id()),
            ..ComparedItem::of_event(event)
                .marked([events::marking(event, old), None])
                .present(ItemPresence::Withdrawn)
        };
        let before = follows.map_or(found.same.head, |pair| pair.1 + 1);
        placed.push(((before, at + 1), item));
    }
    placed.sort_by_key(|(place, _)| *place);
    items.extend(placed.into_iter().map(|(_, item)| item));
}

/// Compares the items of a table that is in the same order as its lists. `item` makes the item of a side, `None` if it
/// is not one; `differences` compares a pair.
fn compare_table<T>(
    names: &ComparedNames<'_>,
    found: Counterparts,
    [old, new]: [&[T]; 2],
    item: impl Fn(&T) -> Option<(ComparedItem, Option<Tlp>)>,
    differences: impl Fn(usize, usize, &mut DifferenceList),
) -> Vec<ComparedItem> {
    let [of_old, of_new] = names.markings();
    let marked = |one: &T, otherwise: Option<Tlp>| {
        let (item, tlp) = item(one)?;
        Some(item.marked([tlp.or(otherwise), None]))
    };
    let before = |at: usize| marked(&old[at], of_old);
    let after = |at: usize| marked(&new[at], of_new);
    let mut items = Vec::new();
    let mut pairs = found.pairs;
    pairs.sort_by_key(|pair| pair.1);
    for (was, is) in pairs {
        match (before(was), after(is)) {
            (Some(older), Some(item)) => {
                let mut list = DifferenceList::default();
                differences(was, is, &mut list);
                let markings = [older.marking, item.marking];
                items.extend(kept(item.marked(markings), list));
            }
            (None, Some(item)) => items.push(item.present(ItemPresence::New)),
            (Some(item), None) => items.push(item.present(ItemPresence::Withdrawn)),
            (None, None) => {}
        }
    }
    let new = found.new.into_iter().filter_map(after);
    items.extend(new.map(|item| item.present(ItemPresence::New)));
    let withdrawn = found.withdrawn.into_iter().filter_map(before);
    items.extend(withdrawn.map(|item| item.present(ItemPresence::Withdrawn)));
    items
}

fn compare_questions(names: &ComparedNames<'_>) -> Vec<ComparedItem> {
    let (old, new) = (names.old.questions(), names.new.questions());
    compare_table(
        names,
        tables::questions(names),
        [old, new],
        |it| {
            let item = ComparedItem::new(ItemKind::Question, String::new(), it.text.clone());
            Some((item, it.tlp))
        },
        |before, after, list| tables::question(names, &old[before], &new[after], list),
    )
}

fn compare_scenes(names: &ComparedNames<'_>) -> Vec<ComparedItem> {
    let (old, new) = (names.old.scenes(), names.new.scenes());
    let found = tables::scenes(names);
    let moved = tables::moved(&found.pairs, old);
    compare_table(
        names,
        found,
        [old, new],
        |it| {
            let item = ComparedItem::new(ItemKind::Scene, String::new(), it.title.clone());
            // A scene that dateline adds is not in the file.
            it.account.is_none().then_some((item, it.tlp))
        },
        |before, after, list| {
            tables::scene(names, &old[before], &new[after], list);
            if moved.contains(&after) {
                let place = |at: usize, timeline: &Timeline| {
                    let added = usize::from(timeline.account().is_some());
                    format!("scene {}", at + 1 - added)
                };
                let (before, after) = (place(before, names.old), place(after, names.new));
                list.add("place", ChangeKind::Moved, &before, &after);
            }
        },
    )
}

fn compare_views(names: &ComparedNames<'_>) -> Vec<ComparedItem> {
    let (old, new) = (names.old.views(), names.new.views());
    compare_table(
        names,
        tables::views(old, new),
        [old, new],
        |it| {
            let item = ComparedItem::new(ItemKind::View, it.key.clone(), it.title.clone());
            Some((item, it.tlp))
        },
        |before, after, list| tables::view(names, &old[before], &new[after], list),
    )
}

fn compare_entities(both: &ComparedNames<'_>, found: Counterparts) -> Vec<ComparedItem> {
    let old = names::items(both.old.entities());
    let new = names::items(both.new.entities());
    compare_table(
        both,
        found,
        [&old, &new],
        |it| {
            let item = ComparedItem::new(ItemKind::Entity, it.key.clone(), it.name.clone());
            (it.declared && !it.is_placeholder).then_some((item, it.tlp))
        },
        |before, after, list| tables::entity(both, old[before], new[after], list),
    )
}

fn compare_sources(both: &ComparedNames<'_>, found: Counterparts) -> Vec<ComparedItem> {
    let old = names::items(both.old.sources());
    let new = names::items(both.new.sources());
    compare_table(
        both,
        found,
        [&old, &new],
        |it| {
            let item = ComparedItem::new(ItemKind::Source, it.key.clone(), it.title.clone());
            (it.declared && !it.is_placeholder).then_some((item, it.tlp))
        },
        |before, after, list| tables::source(both, old[before], new[after], list),
    )
}
