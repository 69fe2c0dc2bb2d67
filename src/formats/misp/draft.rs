//! The draft of a timeline from events of MISP.
//!
//! Objects `event` are events, with the parties and documents to which they refer. Other objects and attributes are events
//! if they were seen at some time. What an event of MISP says as a whole is an event on its own date.

use std::collections::HashMap;
use std::ops::Range;

use compact_str::CompactString;

use super::content::{MispAttribute, MispEvent, MispObject};
use super::dates::{self, stamp};
use super::keyed_text::{KeyedKind, KeyedLines};
use super::names::{IdTable, MispNames};
use super::not_read::NotRead;
use super::tags::TagMeaning;
use crate::diagnostic::{Diagnostic, FileId, TextPlace, UNKNOWN_MARKING};
use crate::formats::log::{file_name, title_of};
use crate::formats::toml::marking::read_marking;
use crate::timeline::draft::{DraftEvent, DraftSource, DraftTimeline, Located, LocatedText};
use crate::timeline::term::{EntityKind, Reliability, Tlp};

/// What a UUID of MISP is in the draft.
#[derive(Clone, Debug)]
pub(super) enum MispTarget {
    /// The number of an event.
    Event(usize),
    /// The id of an entity.
    Entity(LocatedText),
    /// The number of a source.
    Source(usize),
    /// The id of a technique.
    Technique(LocatedText),
    /// A grade that is about a source.
    Assessment(Located<Reliability>),
}

/// The marking of an event of MISP, and what it made.
#[derive(Debug)]
struct MarkedContent {
    tlp: Option<Located<Tlp>>,
    events: Range<usize>,
    sources: Range<usize>,
    entities: Range<usize>,
}

pub(super) struct MispDraft {
    pub draft: DraftTimeline,
    pub names: MispNames,
    pub findings: Vec<Diagnostic>,
    pub not_read: NotRead,
    /// Of the event of MISP that is being read.
    pub targets: HashMap<CompactString, MispTarget>,
    /// The id of that event as a source.
    pub container: Option<LocatedText>,
    contents: Vec<MarkedContent>,
    title: Option<LocatedText>,
}

impl MispDraft {
    pub fn new() -> Self {
        Self {
            draft: DraftTimeline::default(),
            names: MispNames::default(),
            findings: Vec::new(),
            not_read: NotRead::default(),
            targets: HashMap::new(),
            container: None,
            contents: Vec::new(),
            title: None,
        }
    }

    pub fn add(&mut self, event: &MispEvent) {
        let before = [
            self.draft.events.len(),
            self.draft.sources.len(),
            self.names.entities.len(),
        ];
        self.targets.clear();
        self.container = None;
        for object in &event.objects {
            self.declare(object);
        }
        for attribute in &event.attributes {
            self.attribute(event, attribute);
        }
        for object in &event.objects {
            self.object(event, object);
        }
        let reports = self.draft.sources.len();
        self.whole(event, before);
        for object in &event.objects {
            for reference in &object.references {
                self.reference(object, reference);
            }
        }
        self.cite_reports(before[1]..reports);
        for object in &event.objects {
            self.claims(event, object);
        }
        let tlp = self.marking_of_whole(event);
        self.title.clone_from(&event.info);
        self.contents.push(MarkedContent {
            tlp,
            events: before[0]..self.draft.events.len(),
            sources: before[1]..self.draft.sources.len(),
            entities: before[2]..self.names.entities.len(),
        });
    }

    /// The whole draft, and whether everything in it is marked.
    pub fn end(mut self, name: &str, file: FileId) -> (DraftTimeline, Vec<Diagnostic>, bool) {
        self.findings.extend(self.not_read.wrong_types());
        self.findings.extend(self.not_read.finding());
        self.draft.entities = self.names.entities;
        let is_marked =
            self.contents.iter().all(|it| it.tlp.is_some()) && !self.contents.is_empty();
        let markings = self.contents.iter().filter_map(|it| it.tlp.as_ref());
        if is_marked {
            self.draft.head.tlp = markings.max_by_key(|it| it.value).cloned();
        } else {
            // The marking of one event says nothing of another, which has none.
            for content in self.contents.iter().filter(|it| it.tlp.is_some()) {
                let mark = |tlp: &mut Option<Located<Tlp>>| {
                    *tlp = tlp.take().or_else(|| content.tlp.clone());
                };
                let DraftTimeline {
                    events,
                    sources,
                    entities,
                    ..
                } = &mut self.draft;
                events[content.events.clone()]
                    .iter_mut()
                    .for_each(|it| mark(&mut it.tlp));
                sources[content.sources.clone()]
                    .iter_mut()
                    .for_each(|it| mark(&mut it.tlp));
                entities[content.entities.clone()]
                    .iter_mut()
                    .for_each(|it| mark(&mut it.tlp));
            }
        }
        let title = self.title.filter(|_| self.contents.len() == 1);
        let start = TextPlace::new(file, 0..0);
        self.draft.head.title = title.or_else(|| Some(at(file_name(name), start)));
        (self.draft, self.findings, is_marked)
    }

    /// The marking of an event of MISP. If the file breaks off in it, its tags may follow.
    fn marking_of_whole(&mut self, event: &MispEvent) -> Option<Located<Tlp>> {
        if event.is_cut {
            self.draft.head.tlp_unread = true;
            return Some(Located::new(Tlp::Red, event.place));
        }
        let (tlp, is_unread) = self.marking(event.tags.iter());
        self.draft.head.tlp_unread |= is_unread;
        tlp
    }

    /// The strictest marking among tags, and whether one of them cannot be read: that counts as `RED`.
    pub(super) fn marking<'t>(
        &mut self,
        tags: impl Iterator<Item = &'t LocatedText>,
    ) -> (Option<Located<Tlp>>, bool) {
        let (mut strictest, mut is_unread) = (None::<Located<Tlp>>, false);
        for tag in tags {
            let TagMeaning::Marking(written) = TagMeaning::of(&tag.value) else {
                continue;
            };
            // That `WHITE` is called `CLEAR` now concerns MISP.
            let (tlp, _) = read_marking(written, tag.place);
            if tlp.is_none() {
                is_unread = true;
                let message = format!("`{written}` is not a level of TLP 2.0");
                let finding = Diagnostic::new(&UNKNOWN_MARKING, tag.place, message)
                    .label("counts as `RED`")
                    .help("give it a tag of the taxonomy `tlp` in MISP, such as `tlp:amber`");
                self.findings.push(finding);
            }
            let tlp = Located::new(tlp.unwrap_or(Tlp::Red), tag.place);
            let is_stricter = strictest.as_ref().is_none_or(|it| it.value < tlp.value);
            if is_stricter {
                strictest = Some(tlp);
            }
        }
        (strictest, is_unread)
    }

    fn attribute(&mut self, event: &MispEvent, attribute: &MispAttribute) {
        let Some(value) = &attribute.value else {
            self.not_read
                .add("attribute without a value", attribute.place);
            return;
        };
        let comment = attribute.comment.as_ref().map_or("", |it| &it.value);
        if KeyedLines::read(KeyedKind::Technique, comment).is_some() {
            self.targets
                .insert(attribute.uuid.clone(), MispTarget::Technique(value.clone()));
        } else if attribute.seen.is_known() {
            let name = format!("{} {}", attribute.kind, value.value);
            let mut draft = self.seen(&name, attribute.place, &attribute.seen);
            draft.summary.clone_from(&attribute.comment);
            draft.lanes = of_category(&attribute.category, attribute.place);
            self.finish_seen(event, draft, &attribute.uuid, &attribute.tags);
            let claims = self.notes_as_claims(event, &attribute.notes);
            if let Some(last) = self.draft.events.last_mut() {
                last.claims.extend(claims);
            }
        }
    }

    fn object(&mut self, event: &MispEvent, object: &MispObject) {
        if object.name == "event" {
            let draft = self.event_object(event, object);
            self.targets.insert(
                object.uuid.clone(),
                MispTarget::Event(self.draft.events.len()),
            );
            self.draft.events.push(draft);
        } else if object.seen.is_known() {
            let mut values = object.attributes.iter().filter_map(|it| it.value.as_ref());
            let first = values.next().map_or("", |value| &value.value);
            let name = format!("{} {first}", object.name);
            let mut draft = self.seen(name.trim_end(), object.place, &object.seen);
            draft.summary = summary_of(object);
            draft.lanes = of_category(&object.category, object.place);
            let tags: Vec<_> = object.tags().cloned().collect();
            self.finish_seen(event, draft, &object.uuid, &tags);
        }
    }

    /// An event at which something was seen. The title says so if only one end is known.
    fn seen(
        &mut self,
        name: &str,
        place: TextPlace,
        seen: &super::content::SeenTimes,
    ) -> DraftEvent {
        let lead = match (&seen.first, &seen.last) {
            (Some(_), None) => "First seen: ",
            (None, Some(_)) => "Last seen: ",
            _ => "",
        };
        let title = format!("{lead}{name}");
        let title = title_of(&title).unwrap_or(title);
        DraftEvent {
            place,
            id: Some(at(&self.names.id_of(IdTable::Events, &title), place)),
            when: dates::of_seen(seen, &mut self.findings),
            title: Some(at(&title, place)),
            ..DraftEvent::default()
        }
    }

    fn finish_seen(
        &mut self,
        event: &MispEvent,
        mut draft: DraftEvent,
        uuid: &CompactString,
        tags: &[LocatedText],
    ) {
        draft.sources.push(self.container(event));
        self.tag(event, &mut draft, tags);
        // An entity that was seen stays one for references.
        let number = self.draft.events.len();
        let target = self.targets.entry(uuid.clone());
        target.or_insert(MispTarget::Event(number));
        self.draft.events.push(draft);
    }

    /// What the event of MISP says as a whole, as an event on its date: unless objects say what happened, and nothing else
    /// is left to say.
    fn whole(&mut self, event: &MispEvent, [first_event, ..]: [usize; 3]) {
        let info = event.info.clone();
        let mut draft = DraftEvent {
            place: event.place,
            title: info.or_else(|| Some(at("Event of MISP", event.place))),
            ..DraftEvent::default()
        };
        let is_marking =
            |tag: &&LocatedText| matches!(TagMeaning::of(&tag.value), TagMeaning::Marking(_));
        let tags = event.tags.iter().filter(|tag| !is_marking(tag));
        self.tag(event, &mut draft, &tags.cloned().collect::<Vec<_>>());
        draft.techniques.extend(event.techniques.iter().cloned());
        unique(&mut draft.techniques);
        self.parties_of_whole(event, &mut draft);
        self.links_of_whole(event, &mut draft);
        let (questions, notes): (Vec<_>, Vec<_>) = event.notes.iter().partition(|note| {
            let text = note.text.as_ref().map_or("", |text| &text.value);
            KeyedLines::read(KeyedKind::Question, text).is_some()
        });
        for note in questions {
            self.question(note);
        }
        draft.claims.extend(self.notes_as_claims(event, notes));
        let has_content = draft.parties().next().is_some()
            || !(draft.techniques.is_empty() && draft.tags.is_empty())
            || !(draft.sources.is_empty() && draft.claims.is_empty() && draft.lanes.is_empty())
            || draft.phase.is_some();
        if !has_content && self.draft.events.len() > first_event {
            return;
        }
        let title = draft.title.as_ref().map_or("", |title| &title.value);
        draft.id = Some(at(&self.names.id_of(IdTable::Events, title), event.place));
        let date = event.date.as_ref();
        draft.when = date.and_then(|date| stamp(date, &mut self.findings));
        draft.sources.insert(0, self.container(event));
        self.targets.insert(
            CompactString::const_new(WHOLE),
            MispTarget::Event(self.draft.events.len()),
        );
        self.draft.events.push(draft);
    }

    /// The actors and targets that attributes and victims name.
    fn parties_of_whole(&mut self, event: &MispEvent, draft: &mut DraftEvent) {
        for attribute in &event.attributes {
            let Some(value) = attribute
                .value
                .as_ref()
                .filter(|_| !attribute.seen.is_known())
            else {
                continue;
            };
            match attribute.kind.as_str() {
                "threat-actor" => {
                    let id = self.names.entity(value, Some(EntityKind::ThreatActor));
                    draft.actors.push(id);
                }
                "target-org" => {
                    let id = self.names.entity(value, Some(EntityKind::Organization));
                    draft.targets.push(id);
                }
                _ => {}
            }
        }
        let is_own = |object: &MispObject| {
            let comment = object.comment.as_ref().map_or("", |it| &it.value);
            KeyedLines::read(KeyedKind::Entity, comment).is_some()
        };
        let victims = event
            .objects
            .iter()
            .filter(|it| it.name == "victim" && !is_own(it));
        for victim in victims {
            if let Some(MispTarget::Entity(id)) = self.targets.get(&victim.uuid) {
                draft.targets.push(id.clone());
            }
        }
        unique(&mut draft.actors);
        unique(&mut draft.targets);
    }

    /// The documents that attributes link to.
    fn links_of_whole(&mut self, event: &MispEvent, draft: &mut DraftEvent) {
        let links = event.attributes.iter().filter(|it| it.is_document());
        for link in links.filter(|it| !it.seen.is_known()) {
            let Some(value) = &link.value else { continue };
            let id = self.names.id_of(IdTable::Sources, &value.value);
            let tlp = self.marking(link.tags.iter()).0;
            self.draft.sources.push(DraftSource {
                id: at(&id, link.place),
                title: Some(value.clone()),
                url: Some(value.clone()),
                note: link.comment.clone(),
                tlp,
                ..DraftSource::default()
            });
            draft.sources.push(at(&id, link.place));
        }
    }

    /// Reports to which nothing refers are documents of the whole.
    fn cite_reports(&mut self, reports: Range<usize>) {
        let Some(MispTarget::Event(whole)) = self.targets.get(WHOLE) else {
            return;
        };
        let cited: std::collections::HashSet<_> = (self.draft.events.iter())
            .flat_map(|event| &event.sources)
            .map(|id| id.value.clone())
            .collect();
        let reports = self.draft.sources[reports].iter().map(|it| it.id.clone());
        let uncited = reports.filter(|id| !cited.contains(&id.value));
        self.draft.events[*whole].sources.extend(uncited);
    }

    /// The event of MISP as a source, which what it says without a source of its own cites.
    pub(super) fn container(&mut self, event: &MispEvent) -> LocatedText {
        if let Some(id) = &self.container {
            return id.clone();
        }
        let title = event
            .info
            .as_ref()
            .map_or("Event of MISP", |info| &info.value);
        let id = at(&self.names.id_of(IdTable::Sources, title), event.place);
        let date = event
            .date
            .as_ref()
            .map(|date| format!(", dated {}", date.value));
        let note = format!("Event of MISP{}", date.unwrap_or_default());
        self.draft.sources.push(DraftSource {
            id: id.clone(),
            title: Some(at(title, event.place)),
            publisher: event.organisation.clone(),
            note: Some(at(&note, event.place)),
            ..DraftSource::default()
        });
        self.container = Some(id.clone());
        id
    }

    /// The organisation that made the event, as a speaker.
    pub(super) fn organisation(&mut self, event: &MispEvent) -> Option<LocatedText> {
        let name = event.organisation.as_ref()?;
        Some(self.names.entity(name, Some(EntityKind::Organization)))
    }
}

/// In the place of a UUID, which is never this.
const WHOLE: &str = "the event as a whole";

/// A text that is not in the file as it is.
pub(super) fn at(text: &str, place: TextPlace) -> LocatedText {
    Located::new(text.into(), place)
}

/// Leaves each text once.
pub(super) fn unique(texts: &mut Vec<LocatedText>) {
    let mut known = std::collections::HashSet::new();
    texts.retain(|text| known.insert(text.value.clone()));
}

fn of_category(category: &str, place: TextPlace) -> Vec<LocatedText> {
    let category = Some(category).filter(|category| !category.is_empty());
    category.map(|it| at(it, place)).into_iter().collect()
}

/// The values of an object, a line each, below its comment.
fn summary_of(object: &MispObject) -> Option<LocatedText> {
    let comment = object
        .comment
        .as_ref()
        .map(|comment| comment.value.to_string());
    let values = object.attributes.iter().filter_map(|attribute| {
        let value = attribute.value.as_ref()?;
        Some(format!("{}: {}", attribute.relation, value.value))
    });
    let lines: Vec<String> = comment.into_iter().chain(values).collect();
    (!lines.is_empty()).then(|| at(&lines.join("\n"), object.place))
}
