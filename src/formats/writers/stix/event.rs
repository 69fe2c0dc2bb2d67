//! An event as objects: an incident, in the profile with events an event with its times, and their relationships.

use super::bundle::{BundleWriter, LabelledText, StixObject, extension, named, text};
use super::entity;
use super::options::{StixProfile, StixVersion};
use super::relation::{self, Relation};
use super::source::{self, ReferenceExtent};
use super::subject::{EVENT, INCIDENT, event_id, follows_by_reference, incident_id};
use super::times::{StampedDate, StampedEnd};
use crate::date::EventDate;
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::stix::date_words::{UNREAD, date_words};
use crate::formats::stix::extensions;
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::{Aspect, Tlp};
use crate::timeline::{Event, EventId};

pub(super) fn add_event(writer: &mut BundleWriter<'_>, id: EventId) {
    let timeline = writer.timeline;
    let event = timeline.event(id);
    let incident = incident(writer, event);
    writer.add(incident);
    if writer.options.profile == StixProfile::Incident {
        let object = event_object(writer, event);
        writer.add(object);
    }
    for (part, entity) in event.all_parties() {
        relation::add_party(writer, event, part, entity);
    }
    for technique in event.techniques() {
        let to = entity::technique_id(writer, technique);
        let level = writer.level(event.tlp());
        let key = [&event.key(), "uses", technique];
        let relation = Relation::new("uses", incident_id(writer, event), to).during(event);
        relation::add(writer, &key, relation, level);
    }
    relation::add_links(writer, event);
}

fn incident(writer: &BundleWriter<'_>, event: Event<'_>) -> StixObject {
    let level = writer.level(event.tlp());
    let mut object = described(writer, INCIDENT, event, level);
    // What the object requires and no timeline says: nothing is made of it.
    let mut status = OrderedObject::default();
    status.put("determination", "suspected");
    status.put("investigation_status", "open");
    status.put("event_refs", vec![event_id(writer, event)]);
    let members = &mut object.members;
    match (writer.options.profile, writer.options.version) {
        (StixProfile::Plain, _) => {}
        (StixProfile::Incident, StixVersion::V22) => members.append(status),
        (StixProfile::Incident, StixVersion::V21) => {
            let mut own = extension("property-extension");
            own.append(status);
            let mut all = OrderedObject::default();
            all.put_object(extensions::INCIDENT, own);
            members.put_object("extensions", all);
        }
    }
    object
}

fn event_object(writer: &BundleWriter<'_>, event: Event<'_>) -> StixObject {
    let level = writer.level(event.tlp());
    let mut object = described(writer, EVENT, event, level);
    let members = &mut object.members;
    let when = event.when();
    members.put("status", status(event));
    if let Some(when) = &when {
        let times = StampedDate::of(when);
        put_end(members, ["start_time", "start_time_fidelity"], times.start);
        put_end(members, ["end_time", "end_time_fidelity"], times.end);
    }
    members.put("next_event_refs", followers(writer, event));
    let mut all = OrderedObject::default();
    if writer.options.version == StixVersion::V21 {
        all.put_object(extensions::EVENT, extension("new-sdo"));
    }
    if let Some(when) = &when {
        let mut written = extension("property-extension");
        written.put(extensions::WHEN, text(when.written()));
        all.put_object(extensions::DATE_AS_WRITTEN, written);
    }
    if !all.is_empty() {
        members.put_object("extensions", all);
    }
    object
}

/// The exported events that follow by the author's word, and that an event may name.
fn followers(writer: &BundleWriter<'_>, event: Event<'_>) -> Vec<String> {
    let later = event.before().iter();
    let later = later.filter(|id| writer.exported.contains(id));
    let later = later.map(|&id| writer.timeline.event(id));
    later
        .filter(|later| follows_by_reference(writer.timeline, *later, event))
        .map(|later| event_id(writer, later))
        .collect()
}

fn status(event: Event<'_>) -> &'static str {
    if event.when().is_some_and(|when| when.is_ongoing()) {
        "ongoing"
    } else if event.contested().contains(&Aspect::Event) {
        "undetermined"
    } else {
        "occurred"
    }
}

fn put_end(members: &mut OrderedObject, keys: [&'static str; 2], end: Option<StampedEnd>) {
    let Some(end) = end else {
        return;
    };
    let [time, fidelity] = keys;
    members.put(time, end.stamp);
    members.put(fidelity, end.fidelity.map(CalendarUnit::as_str));
}

/// An object with the name of an event and what is said of it in words: its date first.
fn described(
    writer: &BundleWriter<'_>,
    kind: &'static str,
    event: Event<'_>,
    level: Option<Tlp>,
) -> StixObject {
    let mut object = writer.object(kind, &[&event.key()], level);
    let members = &mut object.members;
    members.put("name", named(event.title(), "(untitled event)"));
    members.put("description", description(event));
    let tags: Vec<String> = event.tags().map(text).filter(|it| !it.is_empty()).collect();
    members.put("labels", tags);
    let sources = event.sources().iter().copied();
    // The report has the others: an event is not marked more strictly for what it cites.
    let sources = sources.filter(|&id| source::level(writer, id) <= level);
    let references = sources.map(|id| source::reference(writer, id, None, ReferenceExtent::Short));
    members.put_list("external_references", references.collect());
    object
}

fn description(event: Event<'_>) -> String {
    let timeline = event.timeline();
    let mut words = LabelledText::default();
    let when = event.when().map(|when| date_words(&when));
    words.put("When", when.as_deref().unwrap_or("undated"));
    let day = |day: Option<&EventDate>| day.map(date_words).unwrap_or_default();
    words.put("Discovered", &day(event.discovered()));
    if event.day_unread() && event.disclosed().is_none() {
        words.put("Disclosed", UNREAD);
    }
    words.put("Disclosed", &day(event.disclosed()));
    words.put("Phase", event.phase());
    let lanes: Vec<&str> = (event.lanes().iter())
        .map(|&lane| timeline.lanes().word(lane))
        .collect();
    words.put("Lanes", &lanes.join("; "));
    words.end(event.summary())
}
