//! Names that nothing bears, and things that nothing names.

use std::collections::HashSet;

use super::super::draft::{At, Draft, DraftEvent, Words};
use super::super::keys::slug;
use super::super::term::Aspect;
use super::ids::Ids;
use crate::diagnostic::{
    Diagnostic, Kind, LINKS_TO_ITSELF, UNKNOWN_ENTITY, UNKNOWN_EVENT, UNKNOWN_SOURCE, UNKNOWN_VIEW,
    UNUSED_ENTITY, UNUSED_SOURCE, nearest,
};

/// How many pairs of names are compared to find what was meant. A file that needs more has other worries.
const COMPARISONS: usize = 1_000_000;

/// Checks every name of a timeline.
pub(super) fn check(draft: &Draft, ids: &Ids<'_>, findings: &mut Vec<Diagnostic>) {
    let mut unknown = Unknown {
        findings,
        comparisons: COMPARISONS,
        meant: HashSet::new(),
    };
    for name in sources_named(draft).filter(|it| !ids.sources.contains(&it.value)) {
        let declare = format!("declare it as `[sources.{}]`", name.value);
        unknown.tell(
            &UNKNOWN_SOURCE,
            name,
            "a source",
            ids.sources.iter(),
            declare,
        );
    }
    // A file that declares no entities lets names stand for themselves.
    let entities = entities_named(draft).filter(|_| !ids.entities.is_empty());
    for name in entities.filter(|it| !ids.entities.contains(&it.value)) {
        let declare = format!("declare it as `[entities.{}]`", name.value);
        unknown.tell(
            &UNKNOWN_ENTITY,
            name,
            "an entity",
            ids.entities.iter(),
            declare,
        );
    }
    for name in events_named(draft).filter(|it| !ids.has_event(&it.value)) {
        let declare = format!("give the event you mean `id = \"{}\"`", name.value);
        unknown.tell(&UNKNOWN_EVENT, name, "an event", ids.event_ids(), declare);
    }
    let views = draft.scenes.iter().filter_map(|it| it.view.as_ref());
    for name in views.filter(|it| !ids.views.contains(&it.value)) {
        let declare = format!("declare it as `[views.{}]`", name.value);
        unknown.tell(&UNKNOWN_VIEW, name, "a view", ids.views.iter(), declare);
    }
    let meant = unknown.meant;
    links_to_itself(draft, findings);
    unused(draft, &meant, findings);
}

/// Tells of names that nothing bears.
struct Unknown<'f> {
    findings: &'f mut Vec<Diagnostic>,
    comparisons: usize,
    /// What was probably meant: not unused, then.
    meant: HashSet<String>,
}

impl Unknown<'_> {
    fn tell<'k>(
        &mut self,
        kind: &'static Kind,
        name: &Words,
        what: &str,
        known: impl Iterator<Item = &'k str>,
        declare: String,
    ) {
        let left = &mut self.comparisons;
        let known = known.take_while(|_| left.checked_sub(1).map(|less| *left = less).is_some());
        let meant = nearest(&name.value, known);
        let message = format!("`{}` is not the id of {what}", name.value);
        let finding =
            Diagnostic::new(kind, name.place, message).label(format!("expected the id of {what}"));
        self.meant.extend(meant.map(str::to_owned));
        self.findings.push(match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`? if not, {declare}")),
            None => finding.help(declare),
        });
    }
}

fn sources_named(draft: &Draft) -> impl Iterator<Item = &Words> {
    let derived = draft.sources.iter().flat_map(|it| &it.derives_from);
    let events = draft.events.iter().flat_map(|event| {
        let claimed = event
            .claims
            .iter()
            .filter_map(|claim| claim.source.as_ref());
        event.sources.iter().chain(claimed)
    });
    derived.chain(events)
}

fn entities_named(draft: &Draft) -> impl Iterator<Item = &Words> {
    draft.events.iter().flat_map(|event| {
        let speakers = event.claims.iter().filter_map(|claim| claim.by.as_ref());
        event
            .actors
            .iter()
            .chain(&event.targets)
            .chain(speakers)
            .chain(entities_claimed(event))
    })
}

/// The values of claims about who did it and to whom, as far as they can be ids: others are text,
/// such as `43 accounts`.
fn entities_claimed(event: &DraftEvent) -> impl Iterator<Item = &Words> {
    let about = |about: &Option<At<Aspect>>| about.as_ref().map(|it| it.value);
    let claims = event.claims.iter();
    claims
        .filter(move |it| matches!(about(&it.about), Some(Aspect::Actor | Aspect::Target)))
        .filter_map(|it| it.value.as_ref())
        .filter(|it| !it.value.contains(char::is_whitespace))
}

fn events_named(draft: &Draft) -> impl Iterator<Item = &Words> {
    let links = draft
        .events
        .iter()
        .flat_map(|it| &it.links)
        .map(|link| &link.to);
    let scenes = draft.scenes.iter().filter_map(|it| it.select.as_ref());
    let questions = draft.questions.iter().flat_map(|it| &it.events);
    links.chain(scenes).chain(questions)
}

fn links_to_itself(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    for event in &draft.events {
        let own = match (&event.id, &event.title) {
            (Some(id), _) => id.value.clone(),
            (None, Some(title)) => slug(&title.value),
            (None, None) => continue,
        };
        for link in event.links.iter().filter(|link| link.to.value == own) {
            let finding = Diagnostic::new(
                &LINKS_TO_ITSELF,
                link.to.place,
                format!("`{own}` is linked to itself"),
            )
            .label("expected the id of another event")
            .help("name the event you mean, or delete the link");
            findings.push(finding);
        }
    }
}

fn unused(draft: &Draft, meant: &HashSet<String>, findings: &mut Vec<Diagnostic>) {
    let used: HashSet<_> = sources_named(draft).map(|it| it.value.as_str()).collect();
    for id in draft
        .sources
        .iter()
        .map(|it| &it.id)
        .filter(|id| !used.contains(id.value.as_str()) && !meant.contains(&id.value))
    {
        let finding = Diagnostic::new(
            &UNUSED_SOURCE,
            id.place,
            format!("nothing refers to the source `{}`", id.value),
        )
        .help("name it in `sources` of an event or `source` of a claim, or delete it");
        findings.push(finding);
    }
    let used: HashSet<_> = entities_named(draft).map(|it| it.value.as_str()).collect();
    for id in draft
        .entities
        .iter()
        .map(|it| &it.id)
        .filter(|id| !used.contains(id.value.as_str()) && !meant.contains(&id.value))
    {
        let finding = Diagnostic::new(
            &UNUSED_ENTITY,
            id.place,
            format!("nothing refers to the entity `{}`", id.value),
        )
        .help("name it in `actors`, `targets` or `by`, or delete it");
        findings.push(finding);
    }
}
