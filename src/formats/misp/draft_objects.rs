//! Objects of MISP as events, entities and sources, and the references between them.

use super::content::{MispEvent, MispObject, MispReference};
use super::dates::{self, StampedEnd};
use super::draft::{MispDraft, MispTarget, at, unique};
use super::keyed_text::{KeyedKind, KeyedLines};
use super::names::IdTable;
use super::relations::{self, CLAIMED_IN, DERIVED_FROM, EventRelation};
use super::tags::{TagMeaning, TaggedFact};
use crate::date::EventDate;
use crate::diagnostic::TextPlace;
use crate::timeline::draft::{
    DraftEntity, DraftEvent, DraftLink, DraftSource, Located, LocatedText,
};
use crate::timeline::term::{Aspect, EntityKind, Reliability, Standing};

/// The templates of entities.
const ENTITIES: [&str; 5] = [
    "intrusion-set",
    "organization",
    "person",
    "victim",
    "identity",
];

/// Whether objects of a template become part of a timeline even if they were seen at no time.
pub(super) fn is_of_timelines(template: &str) -> bool {
    ENTITIES.contains(&template)
        || matches!(
            template,
            "event" | "report" | "intelligence-source-assessment"
        )
}

impl MispObject {
    /// The lines of dateline in its comment, if it has them.
    fn own(&self, kind: KeyedKind) -> Option<KeyedLines<'_>> {
        let comment = self.comment.as_ref()?;
        KeyedLines::read(kind, &comment.value)
    }
}

impl MispDraft {
    /// Declares what an object names.
    pub(super) fn declare(&mut self, object: &MispObject) {
        let target = match object.name.as_str() {
            "report" => Some(self.report(object)),
            "intelligence-source-assessment" => assessment(object),
            name if ENTITIES.contains(&name) => self.entity(object),
            _ => return,
        };
        match target {
            Some(target) => _ = self.targets.insert(object.uuid.clone(), target),
            None => self.not_read.add(&object.name, object.place),
        }
        for note in &object.notes {
            self.not_read.add("note on an object", note.place);
        }
    }

    fn entity(&mut self, object: &MispObject) -> Option<MispTarget> {
        let own = object.own(KeyedKind::Entity);
        let name = name_of(object)?;
        let Some(own) = own else {
            let kind = kind_of(object);
            let count = self.names.entities.len();
            let id = self.names.entity(&name, kind);
            let tlp = self.marking(object.tags()).0;
            let declared = self.names.entities.get_mut(count);
            if let Some(entity) = declared {
                let aliases = object.all("alias").chain(object.all("aliases"));
                entity.aliases = aliases
                    .filter(|it| it.value != name.value)
                    .cloned()
                    .collect();
                entity.note = object.get("description").or(object.get("text")).cloned();
                entity.tlp = tlp;
            }
            return Some(MispTarget::Entity(id));
        };
        let id = own.get("id").unwrap_or_default();
        let id = at(&self.names.id(IdTable::Entities, id), object.place);
        let kind = own.get("kind").and_then(EntityKind::parse);
        let line = |text: &str| at(text, object.place);
        let entity = DraftEntity {
            id: id.clone(),
            name: Some(name),
            kind: kind.map(|kind| Located::new(kind, object.place)),
            aliases: own.all("alias").map(line).collect(),
            attack: own.get("attack").map(line),
            note: object.get("description").or(object.get("text")).cloned(),
            tlp: self.marking(object.tags()).0,
        };
        self.names.declare(entity);
        Some(MispTarget::Entity(id))
    }

    fn report(&mut self, object: &MispObject) -> MispTarget {
        let own = object.own(KeyedKind::Source);
        let title = object.get("title").or(object.get("link"));
        let title = title.cloned().unwrap_or_else(|| at("Report", object.place));
        let line = |text: &str| at(text, object.place);
        let mut source = DraftSource {
            url: object.get("link").cloned(),
            note: note_of(object),
            tlp: self.marking(object.tags()).0,
            ..DraftSource::default()
        };
        if let Some(own) = own {
            let published = own.get("published");
            source.id = at(
                &self
                    .names
                    .id(IdTable::Sources, own.get("id").unwrap_or_default()),
                object.place,
            );
            source.publisher = own.get("publisher").map(line);
            source.published = published.and_then(|day| day_of(day, object.place));
            source.day_unread = published.is_some() && source.published.is_none();
            source.retrieved = own
                .get("retrieved")
                .and_then(|day| day_of(day, object.place));
            let standing = own.get("standing").and_then(Standing::parse);
            source.standing = standing.map(|it| Located::new(it, object.place));
            source.url = source.url.or_else(|| own.get("url").map(line));
        } else {
            source.id = at(
                &self.names.id_of(IdTable::Sources, &title.value),
                object.place,
            );
        }
        source.title = Some(title);
        self.draft.sources.push(source);
        MispTarget::Source(self.draft.sources.len() - 1)
    }

    /// An object `event`.
    pub(super) fn event_object(&mut self, event: &MispEvent, object: &MispObject) -> DraftEvent {
        let own = object.own(KeyedKind::Event);
        let end = |time, fidelity| StampedEnd {
            stamp: object.get(time),
            fidelity: object.get(fidelity),
        };
        let ends = [
            end("start_time", "start_time_fidelity"),
            end("end_time", "end_time_fidelity"),
        ];
        let status = object.get("status").map_or("", |status| &status.value);
        let stamped = dates::of_ends(ends, status == "ongoing", &mut self.findings);
        let mut draft = DraftEvent {
            place: object.place,
            title: object.get("name").cloned(),
            summary: object.get("description").cloned(),
            when: stamped,
            ..DraftEvent::default()
        };
        let tags: Vec<LocatedText> = object.tags().cloned().collect();
        match own {
            Some(own) => self.read_own(&own, object, &mut draft),
            None => self.read_foreign(event, object, &mut draft),
        }
        self.tag(event, &mut draft, &tags);
        draft
    }

    /// What dateline wrote in the comment of an event.
    fn read_own(&mut self, own: &KeyedLines<'_>, object: &MispObject, draft: &mut DraftEvent) {
        let place = object.place;
        draft.id = Some(at(
            &self
                .names
                .id(IdTable::Events, own.get("id").unwrap_or_default()),
            place,
        ));
        let words = own.get("when").and_then(|words| day_of(words, place));
        let stamped = draft.when.as_ref().map(|date| &date.value);
        if let Some(words) = words.filter(|words| dates::are_inside(&words.value, stamped)) {
            draft.when = Some(words);
        }
        draft.discovered = own
            .get("discovered")
            .and_then(|day| day_of(day, place))
            .map(Box::new);
        let disclosed = own.get("disclosed");
        draft.disclosed = disclosed.and_then(|day| day_of(day, place)).map(Box::new);
        draft.day_unread = disclosed.is_some() && draft.disclosed.is_none();
    }

    /// What others say of an event in its attributes.
    fn read_foreign(&mut self, event: &MispEvent, object: &MispObject, draft: &mut DraftEvent) {
        let title = draft.title.clone().or_else(|| draft.summary.clone());
        let title = title.or_else(|| event.info.clone());
        let title = title.unwrap_or_else(|| at("Event of MISP", object.place));
        draft.id = Some(at(
            &self.names.id_of(IdTable::Events, &title.value),
            object.place,
        ));
        draft.title = Some(title);
        if let Some(goal) = object.get("goal") {
            let before = draft.summary.as_ref().map(|it| format!("{}\n", it.value));
            let summary = format!("{}Goal: {}", before.unwrap_or_default(), goal.value);
            draft.summary = Some(at(&summary, goal.place));
        }
        draft.tags.extend(object.all("event_type").cloned());
        draft.sources.push(self.container(event));
    }

    /// What tags say of an event. An assessment in a tag is a claim of the organisation, unless a note of dateline has it.
    pub(super) fn tag(&mut self, event: &MispEvent, draft: &mut DraftEvent, tags: &[LocatedText]) {
        for tag in tags {
            match TagMeaning::of(&tag.value) {
                TagMeaning::Marking(_) | TagMeaning::Likelihood(_) | TagMeaning::Confidence(_) => {}
                TagMeaning::Fact(fact, value) => {
                    let value = at(value, tag.place);
                    match fact {
                        TaggedFact::Phase => draft.phase = Some(value),
                        TaggedFact::Lane => draft.lanes.push(value),
                        TaggedFact::Tag => draft.tags.push(value),
                    }
                }
                TagMeaning::Technique(id) => draft.techniques.push(at(id, tag.place)),
                TagMeaning::Actor(actor) => {
                    let count = self.names.entities.len();
                    let id = self
                        .names
                        .entity(&at(actor.name, tag.place), Some(actor.kind));
                    if let Some(entity) = self.names.entities.get_mut(count) {
                        entity.attack = actor.attack.map(|id| at(id, tag.place));
                    }
                    draft.actors.push(id);
                }
                TagMeaning::Other => draft.tags.push(tag.clone()),
            }
        }
        for list in [
            &mut draft.techniques,
            &mut draft.actors,
            &mut draft.tags,
            &mut draft.lanes,
        ] {
            unique(list);
        }
        draft.tlp = self.marking(tags.iter()).0;
        self.assessed_in_tags(event, draft, tags);
    }

    pub(super) fn reference(&mut self, object: &MispObject, reference: &MispReference) {
        let MispReference {
            relation, comment, ..
        } = reference;
        let from = self.targets.get(&object.uuid).cloned();
        let to = self.targets.get(&reference.to).cloned();
        let is_read = match (from, to) {
            (Some(MispTarget::Event(event)), Some(MispTarget::Entity(id))) => {
                let part = relations::to_party(relation, comment);
                self.add_party(event, part, &id)
            }
            (Some(MispTarget::Entity(id)), Some(MispTarget::Event(event))) => {
                self.add_party(event, relations::from_party(relation), &id)
            }
            (Some(MispTarget::Event(event)), Some(MispTarget::Event(other))) => {
                self.relate(event, other, reference)
            }
            (Some(MispTarget::Event(event)), Some(MispTarget::Source(source))) => {
                // The claims in the notes of the event name it.
                let is_of_claim =
                    comment == CLAIMED_IN.comment && object.own(KeyedKind::Event).is_some();
                is_of_claim || self.cite(event, source)
            }
            (Some(MispTarget::Source(source)), Some(MispTarget::Event(event))) => {
                self.cite(event, source)
            }
            (Some(MispTarget::Source(source)), Some(MispTarget::Source(other)))
                if relation == DERIVED_FROM.relation =>
            {
                let id = self.draft.sources[other].id.value.clone();
                let derives = &mut self.draft.sources[source].derives_from;
                derives.push(Located::new(id, reference.place));
                unique(derives);
                true
            }
            (Some(MispTarget::Event(event)), Some(MispTarget::Technique(id))) => {
                self.draft.events[event].techniques.push(id);
                true
            }
            (Some(MispTarget::Assessment(grade)), Some(MispTarget::Source(source))) => {
                self.draft.sources[source].reliability = Some(grade);
                true
            }
            _ => false,
        };
        if !is_read {
            let what = if relation.is_empty() {
                "reference".to_owned()
            } else {
                format!("reference {relation}")
            };
            self.not_read.add(&what, reference.place);
        }
    }

    fn add_party(&mut self, event: usize, part: Option<Aspect>, id: &LocatedText) -> bool {
        let event = &mut self.draft.events[event];
        let list = match part {
            Some(Aspect::Actor) => &mut event.actors,
            Some(Aspect::Target) => &mut event.targets,
            Some(Aspect::Accused) => &mut event.accused,
            Some(Aspect::Addressee) => &mut event.addressees,
            _ => return false,
        };
        list.push(id.clone());
        unique(list);
        true
    }

    fn cite(&mut self, event: usize, source: usize) -> bool {
        let id = self.draft.sources[source].id.clone();
        let sources = &mut self.draft.events[event].sources;
        sources.push(id);
        unique(sources);
        true
    }

    fn relate(&mut self, from: usize, to: usize, reference: &MispReference) -> bool {
        let found = relations::between_events(&reference.relation, &reference.comment);
        let Some((relation, is_reversed)) = found else {
            return false;
        };
        let (event, other) = if is_reversed { (to, from) } else { (from, to) };
        let Some(id) = self.draft.events[other]
            .id
            .as_ref()
            .map(|id| id.value.clone())
        else {
            return false;
        };
        let to = Located::new(id, reference.place);
        let event = &mut self.draft.events[event];
        match relation {
            EventRelation::After => event.after.push(to),
            EventRelation::Link(kind) => event.links.push(DraftLink {
                to,
                kind: Located::new(kind, reference.place),
            }),
        }
        true
    }
}

/// A day in a text of dateline.
pub(super) fn day_of(text: &str, place: TextPlace) -> Option<Located<EventDate>> {
    let date = EventDate::parse(text).ok()?;
    Some(Located::new(date, place))
}

/// The grade of an assessment: the letter before its words.
fn assessment(object: &MispObject) -> Option<MispTarget> {
    let written = object.get("source-reliability")?;
    let (letter, _) = written
        .value
        .split_once(" - ")
        .unwrap_or((&written.value, ""));
    let reliability = Reliability::parse(letter.trim())?;
    Some(MispTarget::Assessment(Located::new(
        reliability,
        written.place,
    )))
}

fn name_of(object: &MispObject) -> Option<LocatedText> {
    let mut relations = ["name", "full-name", "alias", "handle", "aliases"].into_iter();
    let named = relations.find_map(|relation| object.get(relation));
    named.cloned().or_else(|| {
        let parts = ["first-name", "middle-name", "last-name"].map(|part| object.get(part));
        let first = parts.into_iter().flatten().next()?;
        let parts = parts.into_iter().flatten().map(|part| part.value.as_str());
        Some(at(&parts.collect::<Vec<_>>().join(" "), first.place))
    })
}

fn kind_of(object: &MispObject) -> Option<EntityKind> {
    match object.name.as_str() {
        "intrusion-set" => Some(EntityKind::IntrusionSet),
        "organization" => Some(EntityKind::Organization),
        "person" => Some(EntityKind::Individual),
        _ => {
            let class = object
                .get("classification")
                .or(object.get("identity_class"))?;
            EntityKind::parse(&class.value)
        }
    }
}

/// The summary of a report, and what else others say of it.
fn note_of(object: &MispObject) -> Option<LocatedText> {
    let summary = object.all("summary").map(|it| it.value.to_string());
    let further = ["title", "link"]
        .into_iter()
        .flat_map(|it| object.all(it).skip(1));
    let further = further.map(|it| it.value.to_string());
    let about = ["type", "case-number"].into_iter().filter_map(|relation| {
        let value = object.get(relation)?;
        Some(format!("{relation}: {}", value.value))
    });
    let lines: Vec<String> = summary.chain(further).chain(about).collect();
    (!lines.is_empty()).then(|| at(&lines.join("\n"), object.place))
}
