//! How one event differs in two timelines, fact by fact.

use super::claims;
use super::dates::date_change;
use super::difference::{Difference, DifferenceList};
use super::item::ClaimComparison;
use super::kind::ChangeKind;
use super::names::{ComparedNames, SharedId, Side};
use super::renamed_events::has_made_key;
use crate::timeline::facts::{FACTS, Fact, FactValue};
use crate::timeline::term::{Aspect, AspectSet, Tlp};
use crate::timeline::{Event, EventLink, Timeline};

/// The marking that applies to an event.
pub(super) fn marking(event: Event<'_>, timeline: &Timeline) -> Option<Tlp> {
    event.tlp().or(timeline.head().tlp)
}

/// The differences of a pair of events, and of its claims.
pub(super) fn compare(
    names: &ComparedNames<'_>,
    old: Event<'_>,
    new: Event<'_>,
) -> (Vec<Difference>, Vec<ClaimComparison>) {
    let mut list = DifferenceList::default();
    list.marking([old.tlp(), new.tlp()], names.markings());
    // A key that dateline made changes with the title or the line.
    let is_made = has_made_key(old) && has_made_key(new);
    if old.key() != new.key() && !is_made {
        list.add("id", ChangeKind::Renamed, &old.key(), &new.key());
    }
    list.prose("title", old.title(), new.title());
    for fact in FACTS {
        compare_fact(names, fact, old, new, &mut list);
    }
    let linked = |side, event: Event<'_>| {
        let links = event.links().iter().filter(|link| !link.reversed);
        let each = |link: &EventLink| {
            let shown = names.events(side, &[link.to]);
            let (id, title) = shown.into_iter().next().expect("one id has one name");
            (
                (id, link.kind),
                format!("{} “{title}”", link.kind.forward()),
            )
        };
        links.map(each).collect::<Vec<_>>()
    };
    list.list("links", &linked(Side::Old, old), &linked(Side::New, new));
    let attributes = |event: Event<'_>| {
        let all = event.attributes();
        all.map(|(name, value)| (format!("{name}: {value}"), format!("{name}: {value}")))
            .collect::<Vec<_>>()
    };
    list.list("attributes", &attributes(old), &attributes(new));
    let claims = claims::compare(
        names,
        old,
        new,
        [marking(old, names.old), marking(new, names.new)],
    );
    contested(old, new, &mut list);
    independence(names, old, new, &mut list);
    (list.0, claims)
}

fn compare_fact(
    names: &ComparedNames<'_>,
    fact: &Fact,
    old: Event<'_>,
    new: Event<'_>,
    list: &mut DifferenceList,
) {
    let key = fact.key.unwrap_or(fact.name);
    match (fact.value(old), fact.value(new)) {
        (FactValue::Text(old), FactValue::Text(new)) => list.prose(key, old, new),
        (FactValue::Date(_, before), FactValue::Date(_, after)) => {
            if let Some((kind, old, new)) = date_change(before.as_deref(), after.as_deref()) {
                if fact.key.is_some() {
                    list.add(key, kind, &old, &new);
                } else {
                    list.add_computed(key, kind, &old, &new);
                }
            }
        }
        (FactValue::Word(old), FactValue::Word(new)) => {
            list.value(key, old.unwrap_or_default(), new.unwrap_or_default());
        }
        (FactValue::Words(words, old), FactValue::Words(new_words, new)) => list.words(
            key,
            old.iter().map(|&term| words.word(term)),
            new.iter().map(|&term| new_words.word(term)),
        ),
        (FactValue::Parties(_, old), FactValue::Parties(_, new)) => list.list(
            key,
            &names.entities(Side::Old, old),
            &names.entities(Side::New, new),
        ),
        // `before` is `after` of the other event.
        (FactValue::Events(old), FactValue::Events(new)) if fact.key.is_some() => list.list(
            key,
            &in_order(names.events(Side::Old, old)),
            &in_order(names.events(Side::New, new)),
        ),
        // The sources of claims are compared there.
        (FactValue::Sources(_), FactValue::Sources(_)) => list.list(
            key,
            &names.sources(Side::Old, old.listed()),
            &names.sources(Side::New, new.listed()),
        ),
        // Markings come first, and a fact has values of one kind in both timelines.
        _ => {}
    }
}

/// The order of the events that are earlier says nothing.
fn in_order(mut events: Vec<(SharedId, String)>) -> Vec<(SharedId, String)> {
    events.sort();
    events
}

fn contested(old: Event<'_>, new: Event<'_>, list: &mut DifferenceList) {
    let of = |event: Event<'_>| event.contested().into_iter().collect::<AspectSet>();
    let (before, after) = (of(old), of(new));
    for &aspect in Aspect::ALL {
        let is_in = |set: AspectSet| set.meets(AspectSet::default().with(aspect));
        match (is_in(before), is_in(after)) {
            (false, true) => {
                list.add_computed(aspect.as_str(), ChangeKind::ContestedNow, "", "");
            }
            (true, false) => list.add_computed(aspect.as_str(), ChangeKind::SettledNow, "", ""),
            _ => {}
        }
    }
}

/// On how many independent statements the event rests.
fn independence(
    names: &ComparedNames<'_>,
    old: Event<'_>,
    new: Event<'_>,
    list: &mut DifferenceList,
) {
    let before = names.old.independence(old.sources()).statements;
    let after = names.new.independence(new.sources()).statements;
    let kind = match after.cmp(&before) {
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Greater => ChangeKind::BetterFounded,
        std::cmp::Ordering::Less => ChangeKind::LessFounded,
    };
    let shown = |count: usize| match count {
        1 => "1 independent source".to_owned(),
        count => format!("{count} independent sources"),
    };
    list.add_computed("sources", kind, &shown(before), &shown(after));
}

impl DifferenceList {
    /// A marking of its own: what counts is the marking that applies, which may be that of the event or the file.
    pub fn marking(&mut self, [old, new]: [Option<Tlp>; 2], otherwise: [Option<Tlp>; 2]) {
        if old == new {
            return;
        }
        let shown = |tlp: Option<Tlp>| tlp.map_or("", Tlp::as_str);
        let (before, after) = (old.or(otherwise[0]), new.or(otherwise[1]));
        let kind = match (before, after) {
            (Some(before), Some(after)) if after < before => ChangeKind::Wider,
            (Some(before), Some(after)) if after > before => ChangeKind::Stricter,
            _ if new.is_none() => ChangeKind::Unstated,
            _ => ChangeKind::Stated,
        };
        self.add("tlp", kind, shown(before), shown(after));
    }

    /// At most one reference on each side.
    pub fn single(
        &mut self,
        key: &'static str,
        old: &[(SharedId, String)],
        new: &[(SharedId, String)],
    ) {
        let (old, new) = (old.first(), new.first());
        if old.map(|it| it.0) == new.map(|it| it.0) {
            return;
        }
        let shown = |it: Option<&(SharedId, String)>| it.map_or("", |it| &*it.1).to_owned();
        let kind = match (old, new) {
            (None, _) => ChangeKind::Stated,
            (_, None) => ChangeKind::Unstated,
            _ => ChangeKind::Replaced,
        };
        self.add(key, kind, &shown(old), &shown(new));
    }
}
