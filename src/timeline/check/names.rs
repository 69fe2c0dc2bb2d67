//! Unknown names, and unused declarations.

use hashbrown::{HashMap, HashSet};

use super::super::draft::{DraftClaim, DraftEvent, DraftTimeline, LocatedText};
use super::ids::TimelineIds;
use crate::diagnostic::{
    Diagnostic, FindingKind, Fix, FixChange, IdTable, UNKNOWN_CLAIM, UNKNOWN_ENTITY, UNKNOWN_EVENT,
    UNKNOWN_SOURCE, UNKNOWN_VIEW, UNUSED_ENTITY, UNUSED_SOURCE, VALUE_NAMES_ENTITY, nearest,
};
use crate::text::canonical;

/// How many pairs of names are compared for suggestions. A file that needs more has other problems.
const COMPARISONS: usize = 1_000_000;

/// Checks every reference in a timeline.
pub(super) fn check(draft: &DraftTimeline, ids: &TimelineIds<'_>, findings: &mut Vec<Diagnostic>) {
    let mut unknown = UnknownIds {
        findings,
        comparisons: COMPARISONS,
        meant: HashSet::new(),
    };
    for name in sources_named(draft).filter(|it| !ids.sources.contains(&it.value)) {
        let meant = unknown.nearest(name, ids.sources.iter());
        unknown.report(&SOURCE, name, meant);
    }
    let bearers = bearers(draft);
    // A file without declared entities may use any name.
    let declared = Some(draft).filter(|_| !ids.entities.is_empty());
    let entities = declared.into_iter().flat_map(entities_named);
    for name in entities.filter(|it| !ids.entities.contains(&it.value)) {
        let bearer = bearers
            .get(canonical(&name.value).to_lowercase().as_str())
            .copied();
        let meant = bearer.or_else(|| unknown.nearest(name, ids.entities.iter()));
        unknown.report(&ENTITY, name, meant);
    }
    for name in events_named(draft).filter(|it| !ids.has_event(&it.value)) {
        let meant = unknown.nearest(name, ids.event_ids());
        unknown.report(&EVENT, name, meant);
    }
    for (claim, name) in claims_answered(draft).filter(|(_, it)| !ids.claims.contains(&it.value)) {
        let own = claim.id.as_ref().map(|id| id.value.as_str());
        // A claim cannot answer itself.
        let others = ids.claims.iter().filter(|&id| Some(id) != own);
        let meant = unknown.nearest(name, others);
        unknown.report(&CLAIM, name, meant);
    }
    let views = draft.scenes.iter().filter_map(|it| it.view.as_ref());
    for name in views.filter(|it| !ids.views.contains(&it.value)) {
        let meant = unknown.nearest(name, ids.views.iter());
        unknown.report(&VIEW, name, meant);
    }
    let meant = unknown.meant;
    named_in_words(draft, ids, &bearers, findings);
    unused(draft, &meant, findings);
}

/// A kind of reference by id.
struct DeclaredName {
    /// The finding for an unknown id.
    kind: &'static FindingKind,
    what: &'static str,
    /// The advice to declare an id.
    declare: fn(&str) -> String,
    /// The table in which a fix declares an id.
    table: Option<IdTable>,
}

const SOURCE: DeclaredName = DeclaredName {
    kind: &UNKNOWN_SOURCE,
    what: "a source",
    declare: |id| format!("declare it as `[sources.{id}]`"),
    table: Some(IdTable::Source),
};

const ENTITY: DeclaredName = DeclaredName {
    kind: &UNKNOWN_ENTITY,
    what: "an entity",
    declare: |id| format!("declare it as `[entities.{id}]`"),
    table: Some(IdTable::Entity),
};

const EVENT: DeclaredName = DeclaredName {
    kind: &UNKNOWN_EVENT,
    what: "an event",
    declare: |id| format!("give the event you mean `id = \"{id}\"`"),
    table: None,
};

const CLAIM: DeclaredName = DeclaredName {
    kind: &UNKNOWN_CLAIM,
    what: "a claim",
    declare: |id| format!("give the claim you mean `id = \"{id}\"`"),
    table: None,
};

const VIEW: DeclaredName = DeclaredName {
    kind: &UNKNOWN_VIEW,
    what: "a view",
    declare: |id| format!("declare it as `[views.{id}]`"),
    table: None,
};

/// Reports unknown ids.
struct UnknownIds<'f> {
    findings: &'f mut Vec<Diagnostic>,
    comparisons: usize,
    /// Ids that were suggested: they do not count as unused.
    meant: HashSet<String>,
}

impl UnknownIds<'_> {
    /// The most similar known name.
    fn nearest<'k>(
        &mut self,
        name: &LocatedText,
        known: impl Iterator<Item = &'k str>,
    ) -> Option<&'k str> {
        let left = &mut self.comparisons;
        let known = known.take_while(|_| left.checked_sub(1).map(|less| *left = less).is_some());
        nearest(&name.value, known)
    }

    fn report(&mut self, declared: &DeclaredName, name: &LocatedText, meant: Option<&str>) {
        let DeclaredName {
            kind, what, table, ..
        } = declared;
        let declare = (declared.declare)(&name.value);
        let message = format!("`{}` is not the id of {what}", name.value);
        let finding =
            Diagnostic::new(kind, name.place, message).label(format!("expected the id of {what}"));
        self.meant.extend(meant.map(str::to_owned));
        let replaced = meant.map(|meant| Fix::value(name.place, meant));
        let declared = table.map(|table| {
            let change = FixChange::Declaration(name.place, table, name.value.to_string());
            Fix::new(declare.clone(), change)
        });
        let fixes = replaced.into_iter().chain(declared);
        let finding = fixes.fold(finding, Diagnostic::fix);
        self.findings.push(match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`? if not, {declare}")),
            None => finding.help(declare),
        });
    }
}

fn sources_named(draft: &DraftTimeline) -> impl Iterator<Item = &LocatedText> {
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

fn entities_named(draft: &DraftTimeline) -> impl Iterator<Item = &LocatedText> {
    draft.events.iter().flat_map(|event| {
        let speakers = event.claims.iter().filter_map(|claim| claim.by.as_ref());
        let named = event.parties().chain(speakers);
        named.chain(entities_claimed(event))
    })
}

/// The values of claims about parties that can be ids; others are text, such as `43 accounts`.
fn entities_claimed(event: &DraftEvent) -> impl Iterator<Item = &LocatedText> {
    parties_claimed(event).filter(|it| !it.value.contains(char::is_whitespace))
}

/// The values of claims about the parties of an event.
fn parties_claimed(event: &DraftEvent) -> impl Iterator<Item = &LocatedText> {
    let claims = event.claims.iter().filter(|it| it.names_party());
    claims.filter_map(|it| it.value.as_ref())
}

/// Every claim that answers others, with each id that it answers.
fn claims_answered(draft: &DraftTimeline) -> impl Iterator<Item = (&DraftClaim, &LocatedText)> {
    let claims = draft.events.iter().flat_map(|event| &event.claims);
    claims.flat_map(|claim| claim.answers.iter().map(move |answered| (claim, answered)))
}

/// The id of the entity with each name or alias in lower case; the first of several.
fn bearers(draft: &DraftTimeline) -> HashMap<String, &str> {
    let mut bearers = HashMap::new();
    for entity in &draft.entities {
        for name in entity.name.iter().chain(&entity.aliases) {
            let bearer = bearers.entry(canonical(&name.value).to_lowercase());
            bearer.or_insert(entity.id.value.as_str());
        }
    }
    bearers
}

/// Reports text values that are exactly the name or alias of an entity. Single words are reported as unknown ids
/// instead.
fn named_in_words(
    draft: &DraftTimeline,
    ids: &TimelineIds<'_>,
    bearers: &HashMap<String, &str>,
    findings: &mut Vec<Diagnostic>,
) {
    let values = draft.events.iter().flat_map(parties_claimed);
    let in_words = values.filter(|it| it.value.contains(char::is_whitespace));
    for value in in_words.filter(|it| !ids.entities.contains(&it.value)) {
        let Some(id) = bearers.get(canonical(&value.value).to_lowercase().as_str()) else {
            continue;
        };
        let message = format!("`{}` is the name of `{id}`, not its id", value.value);
        let finding = Diagnostic::new(&VALUE_NAMES_ENTITY, value.place, message)
            .label("expected the id of an entity")
            .help(format!("write `value = \"{id}\"`"))
            .fix(Fix::value(value.place, *id));
        findings.push(finding);
    }
}

fn events_named(draft: &DraftTimeline) -> impl Iterator<Item = &LocatedText> {
    let links = draft
        .events
        .iter()
        .flat_map(|it| &it.links)
        .map(|link| &link.to);
    let after = draft.events.iter().flat_map(|it| &it.after);
    let scenes = draft.scenes.iter().filter_map(|it| it.select.as_ref());
    let questions = draft.questions.iter().flat_map(|it| &it.events);
    let start = draft.head.start.iter();
    start
        .chain(links)
        .chain(after)
        .chain(scenes)
        .chain(questions)
}

fn unused(draft: &DraftTimeline, meant: &HashSet<String>, findings: &mut Vec<Diagnostic>) {
    if !draft.sources.is_empty() {
        unused_sources(draft, meant, findings);
    }
    if !draft.entities.is_empty() {
        unused_entities(draft, meant, findings);
    }
}

fn unused_sources(draft: &DraftTimeline, meant: &HashSet<String>, findings: &mut Vec<Diagnostic>) {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for name in sources_named(draft) {
        *uses.entry(name.value.as_str()).or_default() += 1;
    }
    let is_unused = |id: &str| !uses.contains_key(id) && !meant.contains(id);
    for source in draft.sources.iter().filter(|it| is_unused(&it.id.value)) {
        let id = &source.id;
        let mut origins = source.derives_from.iter();
        // Without this source, the documents that it alone names would be unused too.
        let is_free = origins.all(|it| uses.get(it.value.as_str()) != Some(&1));
        let finding = Diagnostic::new(
            &UNUSED_SOURCE,
            id.place,
            format!("nothing refers to the source `{}`", id.value),
        )
        .help("name it in `sources` of an event or `source` of a claim, or delete it");
        findings.push(if is_free {
            finding.fix(deleted(id))
        } else {
            finding
        });
    }
}

fn unused_entities(draft: &DraftTimeline, meant: &HashSet<String>, findings: &mut Vec<Diagnostic>) {
    let used: HashSet<_> = entities_named(draft).map(|it| it.value.as_str()).collect();
    for id in draft
        .entities
        .iter()
        .map(|it| &it.id)
        .filter(|id| !used.contains(id.value.as_str()) && !meant.contains(id.value.as_str()))
    {
        let finding = Diagnostic::new(
            &UNUSED_ENTITY,
            id.place,
            format!("nothing refers to the entity `{}`", id.value),
        )
        .help("name it in `actors`, `targets`, `accused`, `addressees` or `by`, or delete it");
        findings.push(finding.fix(deleted(id)));
    }
}

fn deleted(id: &LocatedText) -> Fix {
    Fix::new("delete it", FixChange::WithoutTable(id.place))
}
