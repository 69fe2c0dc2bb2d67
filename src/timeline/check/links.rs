//! Invalid links: to the event itself, duplicates, circles, or contradictions to the dates.

use hashbrown::HashMap;

use super::super::draft::{DraftEvent, DraftLink, DraftTimeline};
use super::super::term::LinkKind;
use super::circle::circles;
use super::dates::surely_before;
use super::ids::TimelineIds;
use crate::diagnostic::{
    DUPLICATE_ITEM, Diagnostic, Fix, FixChange, LINK_AGAINST_TIME, LINKS_IN_A_CIRCLE,
    LINKS_TO_ITSELF, TextPlace,
};

/// Checks every link whose other event is known.
pub(super) fn check(draft: &DraftTimeline, ids: &TimelineIds<'_>, findings: &mut Vec<Diagnostic>) {
    let mut links = Vec::new();
    for (row, event) in draft.events.iter().enumerate() {
        links.extend(event.links.iter().filter_map(|link| {
            let to = ids.event_row(&link.to.value)?;
            Some(KnownLink {
                from: row,
                to,
                link,
            })
        }));
    }
    to_itself(ids, &links, findings);
    twice(&links, findings);
    links.retain(|link| link.from != link.to);
    for kind in LinkKind::ALL {
        // Both of two identical events may state `same-as`.
        if *kind != LinkKind::SameAs {
            in_a_circle(*kind, draft, ids, &links, findings);
        }
    }
    for link in &links {
        let (from, to) = (&draft.events[link.from], &draft.events[link.to]);
        findings.extend(against_time(from, to, link.link));
    }
}

/// A link between two events of a draft, by their rows.
struct KnownLink<'d> {
    from: usize,
    to: usize,
    link: &'d DraftLink,
}

fn to_itself(ids: &TimelineIds<'_>, links: &[KnownLink<'_>], findings: &mut Vec<Diagnostic>) {
    for KnownLink { from, link, .. } in links.iter().filter(|link| link.from == link.to) {
        let message = format!("`{}` is linked to itself", ids.event_name(*from));
        let finding = Diagnostic::new(&LINKS_TO_ITSELF, link.to.place, message)
            .label("expected the id of another event")
            .help("name the event you mean, or delete the link")
            .fix(Fix::new(
                "delete the link",
                FixChange::WithoutTable(link.to.place),
            ));
        findings.push(finding);
    }
}

/// A link is shown at both of its events, so a duplicate is shown twice.
fn twice(links: &[KnownLink<'_>], findings: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(LinkKind, usize, usize), TextPlace> = HashMap::new();
    for KnownLink { from, to, link } in links {
        let kind = link.kind.value;
        let ends = match kind {
            LinkKind::SameAs => (*from.min(to), *from.max(to)),
            _ => (*from, *to),
        };
        let place = link.to.place;
        let first = *first.entry((kind, ends.0, ends.1)).or_insert(place);
        if first != place {
            let message = format!(
                "this link, {} `{}`, is given twice",
                kind.forward(),
                link.to.value
            );
            let finding = Diagnostic::new(&DUPLICATE_ITEM, place, message)
                .label("shown twice")
                .help("delete one of the two")
                .fix(Fix::new("delete this one", FixChange::WithoutTable(place)).sure())
                .related(first, "first given here");
            findings.push(finding);
        }
    }
}

fn in_a_circle(
    kind: LinkKind,
    draft: &DraftTimeline,
    ids: &TimelineIds<'_>,
    links: &[KnownLink<'_>],
    findings: &mut Vec<Diagnostic>,
) {
    let mut of_kind = links
        .iter()
        .filter(|link| link.link.kind.value == kind)
        .peekable();
    if of_kind.peek().is_none() {
        return;
    }
    let mut references = vec![Vec::new(); draft.events.len()];
    for link in of_kind {
        references[link.from].push((link.to, link.link));
    }
    for circle in circles(&references) {
        let names = circle.names(|row| ids.event_name(row));
        let message = format!(
            "{names} are linked in a circle, each {} the next",
            kind.forward()
        );
        let finding = Diagnostic::new(&LINKS_IN_A_CIRCLE, circle.closed_by.to.place, message)
            .label("expected an event that does not lead back here")
            .help("delete the link that is wrong");
        findings.push(finding);
    }
}

/// A link that the dates of its events surely rule out.
fn against_time(event: &DraftEvent, other: &DraftEvent, link: &DraftLink) -> Option<Diagnostic> {
    let (when, of_other) = (event.when.as_ref()?, other.when.as_ref()?);
    let (is_earlier, is_later) = (surely_before(of_other, when), surely_before(when, of_other));
    let kind = link.kind.value;
    let wrong = match kind {
        LinkKind::CausedBy | LinkKind::RespondsTo => is_later.then_some("came later"),
        LinkKind::AttributedBy | LinkKind::DisclosedBy => is_earlier.then_some("came earlier"),
        LinkKind::PartOf => (is_earlier || is_later).then_some("was at another time"),
        // Two reports of one event may date it differently.
        LinkKind::SameAs => None,
    }?;
    let message = format!("{} `{}`, which {wrong}", kind.forward(), link.to.value);
    let finding = Diagnostic::new(&LINK_AGAINST_TIME, link.to.place, message)
        .label("expected an event whose date allows the link")
        .help("correct one of the two dates, or the link")
        .related(when.place, "the date of this event")
        .related(of_other.place, "the date of the other");
    Some(finding)
}
