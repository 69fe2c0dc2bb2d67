//! Descriptions that dateline wrote: lines such as `When: late 2021`, then the text of the author.
//!
//! Another program may write such lines too: they are read as they say. A date counts only if the times of its object allow
//! it.

use super::prose::{at, labelled, value};
use crate::diagnostic::TextPlace;
use crate::document::source::{reliability_words, standing_words};
use crate::formats::json_object::JsonObject;
use crate::formats::stix::date_words::{UNREAD, read_date_words};
use crate::timeline::draft::{DraftEntity, DraftEvent, DraftSource, Located, LocatedText};
use crate::timeline::term::{EntityKind, Reliability, Standing};

/// The labels of an event.
const OF_EVENT: [&str; 5] = ["When", "Discovered", "Disclosed", "Phase", "Lanes"];

/// The labels of an entity.
const OF_ENTITY: [&str; 2] = ["Kind", "Also known as"];

/// The labels of a source.
pub(super) const OF_SOURCE: [&str; 8] = [
    "Publisher",
    "Published",
    "At",
    "Address",
    "Retrieved",
    "Standing",
    "Reliability",
    "Repeats",
];

/// The words for no date.
pub(super) const UNDATED: &str = "undated";

/// Whether the description of an object is that of an event by dateline.
pub(super) fn is_event(json: &JsonObject<'_>) -> bool {
    let words = json.text("description").unwrap_or_default();
    words.starts_with("When: ")
}

/// The date of an event in words, which may be `undated`.
pub(super) fn when(json: &JsonObject<'_>) -> Option<LocatedText> {
    let words = json.located("description")?;
    let (labels, _) = labelled(&words.value, &OF_EVENT);
    value(&labels, "When").map(|when| at(when, words.place))
}

/// Takes out of the description of an event what has a place of its own. Returns its summary.
pub(super) fn read_event(event: &mut DraftEvent, words: &LocatedText) -> Option<LocatedText> {
    let place = words.place;
    let (labels, rest) = labelled(&words.value, &OF_EVENT);
    event.phase = value(&labels, "Phase").map(|phase| at(phase, place));
    let lanes = value(&labels, "Lanes").unwrap_or_default().split("; ");
    event.lanes = lanes
        .filter(|it| !it.is_empty())
        .map(|lane| at(lane, place))
        .collect();
    let mut left = Vec::new();
    let mut day = |label| {
        let words = value(&labels, label)?;
        let day = read_date_words(words);
        if day.is_none() && words != UNREAD {
            left.push(format!("{label}: {words}"));
        }
        Some(Box::new(Located::new(day?, place)))
    };
    event.discovered = day("Discovered");
    event.disclosed = day("Disclosed");
    event.day_unread = event.disclosed.is_none() && value(&labels, "Disclosed").is_some();
    with_text(left, rest, place)
}

/// Takes out of the description of an entity what has a place of its own.
pub(super) fn read_entity(entity: &mut DraftEntity) {
    let Some(words) = entity.note.take() else {
        return;
    };
    let (labels, rest) = labelled(&words.value, &OF_ENTITY);
    let mut left = Vec::new();
    for (label, value) in labels {
        let kind = EntityKind::parse(value).filter(|_| label == "Kind");
        match (label, kind) {
            (_, Some(kind)) => entity.kind = Some(Located::new(kind, words.place)),
            ("Kind", None) => left.push(format!("{label}: {value}")),
            _ => {
                let aliases = value.split("; ").map(|alias| at(alias, words.place));
                entity.aliases.extend(aliases);
            }
        }
    }
    entity.note = with_text(left, rest, words.place);
}

/// What a reference says of a source, but for the sources that it repeats.
pub(super) fn read_source(
    name: &LocatedText,
    labels: &[(&str, &str)],
    rest: &str,
    place: TextPlace,
) -> DraftSource {
    let stated = |label| value(labels, label).filter(|it| *it != "not dated");
    let day = |label| Some(Located::new(read_date_words(stated(label)?)?, place));
    let [published, retrieved] = ["Published", "Retrieved"].map(day);
    let day_unread = stated("Published").is_some() && published.is_none();
    let mut standing = Standing::ALL.iter().copied();
    let standing = standing.find(|it| stated("Standing") == Some(standing_words(*it)));
    let mut reliability = Reliability::ALL.iter().copied();
    let reliability = reliability.find(|it| stated("Reliability") == Some(reliability_words(*it)));
    let is_read = |label| match label {
        "Published" => published.is_some(),
        "Retrieved" => retrieved.is_some(),
        "Standing" => standing.is_some(),
        "Reliability" => reliability.is_some(),
        _ => true,
    };
    let left = labels
        .iter()
        .filter(|(label, words)| !is_read(label) && *words != UNREAD && stated(label).is_some());
    let left = left.map(|(label, words)| format!("{label}: {words}"));
    DraftSource {
        title: Some(name.clone()),
        publisher: value(labels, "Publisher").map(|it| at(it, place)),
        note: with_text(left.collect(), rest, place),
        published,
        day_unread,
        retrieved,
        standing: standing.map(|it| Located::new(it, place)),
        reliability: reliability.map(|it| Located::new(it, place)),
        ..DraftSource::default()
    }
}

/// Lines that could not be read, then a text.
fn with_text(lines: Vec<String>, text: &str, place: TextPlace) -> Option<LocatedText> {
    let parts = lines.into_iter().chain([text.to_owned()]);
    let parts: Vec<String> = parts.filter(|it| !it.is_empty()).collect();
    (!parts.is_empty()).then(|| at(&parts.join("\n"), place))
}
