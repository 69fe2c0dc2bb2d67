//! Invalid `after`: an event after itself, a circle, or a contradiction to the dates.

use hashbrown::HashMap;

use super::super::build::AuthoredNames;
use super::super::draft::{DraftEvent, DraftTimeline, LocatedText};
use super::super::sequence::contradicts;
use super::circle::circles;
use super::ids::TimelineIds;
use crate::date::{Bounds, Instant};
use crate::diagnostic::{
    AFTER_AGAINST_DATES, AFTER_IN_A_CIRCLE, AFTER_ITSELF, Diagnostic, Fix, FixChange, UNKNOWN_EVENT,
};

/// Checks every `after` whose events are known.
pub(super) fn check(draft: &DraftTimeline, ids: &TimelineIds<'_>, findings: &mut Vec<Diagnostic>) {
    if draft.events.iter().all(|event| event.after.is_empty()) {
        return;
    }
    let called = AuthoredNames::new(&draft.events);
    let mut known: Vec<Vec<(usize, &LocatedText)>> = vec![Vec::new(); draft.events.len()];
    for (row, event) in draft.events.iter().enumerate() {
        for id in &event.after {
            let Some(earlier) = called.find(&id.value) else {
                findings.extend(numbered(ids, id));
                continue;
            };
            if earlier == row {
                findings.push(itself(ids, row, id));
            } else {
                known[row].push((earlier, id));
            }
        }
    }
    for circle in circles(&known) {
        let names = circle.names(|row| ids.event_name(row));
        let message = format!("{names} come after one another in a circle");
        let finding = Diagnostic::new(&AFTER_IN_A_CIRCLE, circle.closed_by.place, message)
            .label("expected an event that does not lead back here; ignored")
            .help("delete the wrong one")
            .fix(Fix::new(
                "delete this one",
                FixChange::Without(circle.closed_by.place),
            ));
        findings.push(finding);
    }
    against_dates(draft, ids, &known, findings);
}

/// A numbered key derived from a title. The number follows from the order, so `after` cannot use it to define the
/// order.
fn numbered(ids: &TimelineIds<'_>, id: &LocatedText) -> Option<Diagnostic> {
    ids.has_event(&id.value).then(|| {
        let message = format!(
            "`{}` has no `id` of its own, and another has its title",
            id.value
        );
        Diagnostic::new(&UNKNOWN_EVENT, id.place, message)
            .label("expected the `id` of an event; ignored")
            .help("give that event an `id`, and name it by that")
    })
}

fn itself(ids: &TimelineIds<'_>, row: usize, id: &LocatedText) -> Diagnostic {
    let message = format!("`{}` comes after itself", ids.event_name(row));
    Diagnostic::new(&AFTER_ITSELF, id.place, message)
        .label("expected the id of another event; ignored")
        .help("name the event you mean, or delete it")
        .fix(Fix::new("delete it", FixChange::Without(id.place)))
}

/// Reports each `after` that would put an event behind an event that surely began later.
fn against_dates(
    draft: &DraftTimeline,
    ids: &TimelineIds<'_>,
    known: &[Vec<(usize, &LocatedText)>],
    findings: &mut Vec<Diagnostic>,
) {
    let mut latest = LatestStart {
        draft,
        known,
        of: HashMap::new(),
    };
    for (row, event) in draft.events.iter().enumerate() {
        for &(earlier, id) in &known[row] {
            let Some(limit) = latest.of(earlier) else {
                continue;
            };
            let other = &draft.events[limit];
            if !contradicts(bounds(event), bounds(other)) {
                continue;
            }
            let through = if limit == earlier {
                String::new()
            } else {
                format!(", and so `{}`", ids.event_name(limit))
            };
            let message = format!("after `{}`{through}, which began later", id.value);
            let places = [event, other].map(|it| it.when.as_ref().map(|when| when.place));
            let finding = Diagnostic::new(&AFTER_AGAINST_DATES, id.place, message)
                .label("expected an event whose date allows it; the dates decide")
                .help("correct one of the two dates, or delete it");
            let finding = match places {
                [Some(own), Some(of_other)] => finding
                    .related(own, "the date of this event")
                    .related(of_other, "the date of the other"),
                _ => finding,
            };
            findings.push(finding);
        }
    }
}

fn bounds(event: &DraftEvent) -> Option<Bounds> {
    event.when.as_ref().map(|when| when.value.bounds())
}

/// Finds, among an event and its predecessors, the last to have surely begun.
struct LatestStart<'c, 'd> {
    draft: &'d DraftTimeline,
    known: &'c [Vec<(usize, &'d LocatedText)>],
    of: HashMap<usize, Option<usize>>,
}

impl LatestStart<'_, '_> {
    /// Depth first, without recursion: a file may be long.
    fn of(&mut self, row: usize) -> Option<usize> {
        let mut path = vec![row];
        while let Some(&row) = path.last() {
            if self.of.get(&row).is_some_and(Option::is_some) {
                path.pop();
                continue;
            }
            let is_new = self.of.insert(row, None).is_none();
            let earlier = self.known[row].iter().map(|(earlier, _)| *earlier);
            let mut unseen = earlier
                .clone()
                .filter(|it| !self.of.contains_key(it))
                .peekable();
            if is_new && unseen.peek().is_some() {
                path.extend(unseen);
                continue;
            }
            let before = earlier.filter_map(|it| self.of.get(&it).copied().flatten());
            let all = before.chain([row]);
            let last = all.max_by_key(|&it| (self.begins(it), it == row));
            self.of.insert(row, last);
            path.pop();
        }
        self.of.get(&row).copied().flatten()
    }

    fn begins(&self, row: usize) -> Option<Instant> {
        let date = bounds(&self.draft.events[row]).filter(|date| !date.uncertain);
        date.map(|date| date.start.earliest)
    }
}
