//! The report, which lists everything; the questions as notes; and dateline's own extension.

use std::collections::BTreeSet;

use super::bundle::{BundleWriter, DEFINED, LabelledText, StixObject, named, text};
use super::source::{self, ReferenceExtent};
use super::subject::subjects;
use crate::formats::stix::extensions;
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::Tlp;
use crate::timeline::{Question, SourceId};

const REPORT: &str = "report";

/// Adds the report of everything that was added so far, and of itself nothing if there is nothing to list.
pub(super) fn add_report(writer: &mut BundleWriter<'_>) {
    let (ids, strictest) = writer.all();
    if ids.is_empty() {
        return;
    }
    let timeline = writer.timeline;
    let tlp = timeline.effective_marking().max(strictest);
    let mut object = writer.object(REPORT, &[], tlp);
    let created = writer.created.clone();
    let members = &mut object.members;
    members.put("name", named(&timeline.head().title, "(untitled timeline)"));
    members.put("description", text(&timeline.head().summary));
    members.put("report_types", vec!["threat-report"]);
    members.put("published", created);
    members.put("object_refs", ids);
    let references = listed_sources(writer)
        .into_iter()
        .map(|id| source::reference(writer, id, None, ReferenceExtent::Whole));
    members.put_list("external_references", references.collect());
    writer.add(object);
}

/// The sources that exported events cite; all if every event is exported.
fn listed_sources(writer: &BundleWriter<'_>) -> BTreeSet<SourceId> {
    let timeline = writer.timeline;
    if writer.exported.len() == timeline.len() {
        return timeline.sources().map(|(id, _)| id).collect();
    }
    let events = writer.exported.iter().map(|&id| timeline.event(id));
    events.flat_map(|event| event.sources().to_vec()).collect()
}

/// Adds a note for each question: on the events it names, or else on the report.
pub(super) fn add_questions(writer: &mut BundleWriter<'_>) {
    let timeline = writer.timeline;
    for question in timeline.questions() {
        let object = question_note(writer, question);
        writer.add(object);
    }
}

fn question_note(writer: &mut BundleWriter<'_>, question: &Question) -> StixObject {
    let timeline = writer.timeline;
    let key = vec!["question".to_owned(), question.text.clone()];
    let key = writer.unique("note", key);
    let key: Vec<&str> = key.iter().map(String::as_str).collect();
    let exported = question.events.iter().copied();
    let exported = exported.filter(|id| writer.exported.contains(id));
    let events: Vec<_> = exported.map(|id| timeline.event(id)).collect();
    let levels = events.iter().map(|event| writer.level(event.tlp()));
    let own = writer.level(question.tlp);
    let tlp: Option<Tlp> = levels.chain([own]).max().flatten();
    let mut object = writer.object("note", &key, tlp);
    let members = &mut object.members;
    members.put(
        "abstract",
        format!("Question: {}", question.status.as_str()),
    );
    let mut words = LabelledText::default();
    words.put("Question", question.status.as_str());
    words.put(
        "Settled by",
        question.settles.as_deref().unwrap_or_default(),
    );
    members.put("content", words.end(&question.text));
    let mut refs: Vec<String> = events
        .into_iter()
        .flat_map(|event| subjects(writer, event))
        .collect();
    if refs.is_empty() {
        refs.push(writer.id(REPORT, &[]));
    }
    members.put("object_refs", refs);
    object
}

/// dateline as the author of its extension, and the extension: two lines that are the same in every bundle.
pub(super) fn definitions(version: &str) -> [String; 2] {
    let identity = extensions::author();
    let start = |kind: &str, id: &str| {
        let mut members = OrderedObject::default();
        members.put("type", kind);
        members.put("spec_version", version);
        members.put("id", id);
        members.put("created", DEFINED);
        members.put("modified", DEFINED);
        members
    };
    let mut author = start("identity", &identity);
    author.put("name", "dateline");
    author.put("identity_class", "system");
    let mut extension = start("extension-definition", extensions::DATE_AS_WRITTEN);
    extension.put("created_by_ref", identity);
    extension.put("name", "Date as written");
    extension.put(
        "description",
        "The date of an event as its source has it, where the fidelity of a time cannot say it",
    );
    extension.put(
        "schema",
        "One property of `event`: `when`, a string. It is a date in EDTF (ISO 8601-2:2019, annex A), a date-time, or \
         words such as `late 2021`. What it allows lies within what `start_time` and `end_time` allow.",
    );
    extension.put("version", "1.0");
    extension.put("extension_types", vec!["property-extension"]);
    [author.line(), extension.line()]
}
