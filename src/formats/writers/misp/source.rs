//! A source as an object `report`, and its reliability as an `intelligence-source-assessment`.

use super::object::MispObject;
use super::templates;
use super::writer::MispWriter;
use crate::date::EventDate;
use crate::formats::misp::keyed_text::{KeyedKind, KeyedText, UNREAD};
use crate::formats::misp::relations;
use crate::formats::misp::tags::marking_tag;
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::{Reliability, Standing};
use crate::timeline::{Source, SourceId};

pub(super) fn source(writer: &MispWriter<'_>, id: SourceId) -> Vec<OrderedObject> {
    let source = writer.timeline.source(id);
    let mut out = MispObject::new(writer, &templates::REPORT, &source.key, comment(source));
    out.put("title", &source.title);
    if let Some(url) = source.url.as_deref().filter(|url| is_web(url)) {
        out.put("link", url);
    }
    out.put("summary", source.note.as_deref().unwrap_or_default());
    if let Some(tlp) = source.tlp {
        out.tag(marking_tag(tlp));
    }
    for &repeated in &source.derives_from {
        out.refer(relations::DERIVED_FROM, &writer.source_uuid(repeated));
    }
    let report = out.uuid.clone();
    let mut objects = vec![out.end()];
    if let Some(reliability) = source.reliability {
        let template = &templates::ASSESSMENT;
        let mut out = MispObject::new(writer, template, &source.key, String::new());
        out.put("source-id", &source.title);
        out.put("source-reliability", in_words(reliability));
        if let Some(tlp) = source.tlp {
            out.tag(marking_tag(tlp));
        }
        out.refer(relations::ASSESSES, &report);
        objects.push(out.end());
    }
    objects
}

/// The value that the template lists.
const fn in_words(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "A - Completely reliable",
        Reliability::B => "B - Usually reliable",
        Reliability::C => "C - Fairly reliable",
        Reliability::D => "D - Not usually reliable",
        Reliability::E => "E - Unreliable",
        Reliability::F => "F - Reliability cannot be judged",
    }
}

/// What the template has no place for.
fn comment(source: &Source) -> String {
    let mut text = KeyedText::new(KeyedKind::Source);
    let day = |day: Option<&EventDate>| day.map_or("", EventDate::written).to_owned();
    text.put("id", &source.key);
    text.put("publisher", source.publisher.as_deref().unwrap_or_default());
    if source.day_unread {
        text.put("published", UNREAD);
    } else {
        text.put("published", &day(source.published.as_ref()));
    }
    text.put("retrieved", &day(source.retrieved.as_ref()));
    text.put("standing", source.standing.map_or("", Standing::as_str));
    if let Some(url) = source.url.as_deref().filter(|url| !is_web(url)) {
        text.put("url", url);
    }
    text.end("")
}

/// Whether a link of MISP takes an address.
fn is_web(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}
