//! An event of MISP in its own JSON (misp-rfc, core format). MISP's converter of STIX drops events, claims and relations;
//! this has objects for what happened, notes for what was said of it, and the whole handout as a report.
//!
//! Ids are made from names, and no clock is read: the same timeline gives the same bytes.

mod claim;
mod entity;
mod event;
mod event_times;
pub(super) mod losses;
mod object;
mod source;
mod templates;
mod writer;

use self::object::tags;
use self::writer::{MispWriter, OWN_ORGANISATION};
use super::export_options::{ExportOptions, HandoutExtent};
use super::handout::Handout;
use super::json_text::OrderedObject;
use super::markdown;
use super::stix::latest_day;
use crate::date::Instant;
use crate::formats::misp::keyed_text::{KeyedKind, KeyedText};
use crate::formats::misp::tags::marking_tag;
use crate::timeline::{Event, EventId, Timeline};

/// The event with the matches of the options.
pub(super) fn write(
    timeline: &Timeline,
    options: &ExportOptions<'_>,
    events: &[EventId],
) -> String {
    // The command line refuses a timeline without any day.
    let made = options.stix.created.or_else(|| latest_day(timeline));
    let writer = MispWriter::new(timeline, events, made.unwrap_or(Instant::from_micros(0)));
    let mut whole = OrderedObject::default();
    whole.put_object("Event", writer.event(&handout(timeline, options)));
    whole.lines() + "\n"
}

/// The whole, for people.
fn handout(timeline: &Timeline, options: &ExportOptions<'_>) -> String {
    let whole = ExportOptions {
        audience: None,
        notes: false,
        changes: None,
        extent: HandoutExtent::Full,
        ..*options
    };
    markdown::write(&Handout::new(timeline, &whole))
}

impl MispWriter<'_> {
    fn event(&self, handout: &str) -> OrderedObject {
        let timeline = self.timeline;
        let title = Some(timeline.head().title.trim()).filter(|title| !title.is_empty());
        let title = title.unwrap_or("Untitled timeline");
        let mut out = OrderedObject::default();
        let uuid = self.uuid("Event", "");
        out.put("uuid", uuid.as_str());
        out.put("info", title);
        out.put("date", self.day.as_str());
        out.put("timestamp", self.timestamp.as_str());
        out.put("published", false);
        // Undefined, and not analysed: dateline judges neither.
        out.put("threat_level_id", "4");
        out.put("analysis", "0");
        out.put("distribution", OWN_ORGANISATION);
        let marking = timeline.effective_marking().map(marking_tag);
        let marking: Vec<String> = marking.into_iter().collect();
        out.put_list("Tag", tags(&marking));
        out.put_list("Attribute", self.techniques());
        out.put_list("Object", self.objects());
        out.put_list("EventReport", vec![self.report(title, handout)]);
        let questions = timeline.questions().iter().zip(1..);
        let questions = questions.map(|(question, number)| {
            let text = claim::question(self, question);
            let key = format!("question {number}");
            self.note(&["Event", &uuid], &key, "author of the timeline", &text)
        });
        out.put_list("Note", questions.collect());
        out
    }

    /// The handout as a report.
    fn report(&self, title: &str, handout: &str) -> OrderedObject {
        let mut out = OrderedObject::default();
        out.put("uuid", self.uuid("EventReport", ""));
        out.put("name", title);
        out.put("content", handout);
        out.put("distribution", OWN_ORGANISATION);
        out.put("timestamp", self.timestamp.as_str());
        out.put("deleted", false);
        out
    }

    /// An attribute for each technique, to which the events refer.
    fn techniques(&self) -> Vec<OrderedObject> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let mut ids: Vec<&str> = events.flat_map(Event::techniques).collect();
        ids.sort_unstable();
        ids.dedup();
        let ids = ids.into_iter().filter(|id| !id.trim().is_empty());
        let attributes = ids.map(|id| {
            let mut out = self.attribute(&self.technique_uuid(id), "text", "Other", id);
            out.put("comment", KeyedText::new(KeyedKind::Technique).end(""));
            out
        });
        attributes.collect()
    }

    fn technique_uuid(&self, technique: &str) -> String {
        self.uuid("technique", technique)
    }

    /// Entities and sources in the order of their ids, then the events.
    fn objects(&self) -> Vec<OrderedObject> {
        let timeline = self.timeline;
        let mut entities: Vec<_> = timeline.entities().map(|(id, _)| id).collect();
        entities.sort_by_key(|&id| &timeline.entity(id).key);
        let mut sources: Vec<_> = self.sources().into_iter().collect();
        sources.sort_by_key(|&id| &timeline.source(id).key);
        let entities = entities.into_iter().map(|id| entity::entity(self, id));
        let sources = sources.into_iter().flat_map(|id| source::source(self, id));
        let events = self.events.iter().map(|&id| timeline.event(id));
        let events = events.map(|event| event::event(self, event));
        entities.chain(sources).chain(events).collect()
    }
}
