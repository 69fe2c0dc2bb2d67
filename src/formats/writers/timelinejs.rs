//! `TimelineJS`, for a page on the web. Its dates are a year and as much more as is known, but it knows no bounds: a date
//! that is not a unit of the calendar is written as the smallest unit around it, and its words are next to it.

use serde_json::{Map, Value, json};

use super::html::escape::escaped;
use super::json_text;
use super::loss::{Content, LossRow, in_words, kept, left_out, widened};
use crate::date::{DateShape, Instant, Qualifier, Span};
use crate::formats::calendar_unit::CalendarUnit;
use crate::text::visible_with_tabs;
use crate::timeline::{Event, EventId, Timeline};

pub(super) const LOSSES: &[LossRow] = &[
    kept(Content::Event, "").only(is_placed),
    left_out(Content::Event, "undated, or without a first day"),
    kept(Content::Date, "as year, month, day and time").only(is_exact),
    in_words(Content::Date, "its end is not known").only(is_open),
    widened(
        Content::Date,
        "the unit around it; `display_date` has its words",
    ),
    left_out(Content::LaterDate, ""),
    left_out(Content::Party, ""),
    left_out(Content::Addressee, ""),
    left_out(Content::Technique, ""),
    left_out(Content::Phase, ""),
    kept(Content::Lane, "the first as `group`").only(has_one_lane),
    left_out(Content::Lane, "all but the first"),
    left_out(Content::Tag, ""),
    kept(Content::Summary, ""),
    in_words(
        Content::Marking,
        "the strictest of the timeline, in its title",
    ),
    left_out(
        Content::Claim,
        "the text names the aspects on which they differ",
    ),
    left_out(Content::Objection, ""),
    left_out(Content::Likelihood, ""),
    left_out(Content::Confidence, ""),
    left_out(Content::Link, ""),
    left_out(Content::Sequence, ""),
    left_out(Content::OutsideReference, ""),
    left_out(Content::Source, ""),
    left_out(Content::Derivation, ""),
    left_out(Content::SourceDetail, ""),
    left_out(Content::UncitedSource, ""),
    left_out(Content::PartyDetail, ""),
    left_out(Content::Question, ""),
    left_out(Content::Scene, ""),
    left_out(Content::Note, ""),
    left_out(Content::View, ""),
    kept(Content::Title, ""),
    kept(Content::Preface, ""),
    left_out(Content::Setting, ""),
    left_out(Content::Attribute, ""),
];

fn is_placed(_: &Timeline, event: Event<'_>) -> bool {
    placed(event).is_some()
}

fn is_exact(_: &Timeline, event: Event<'_>) -> bool {
    placed(event).is_some_and(|it| it.fit == DateFit::Exact)
}

fn is_open(_: &Timeline, event: Event<'_>) -> bool {
    placed(event).is_some_and(|it| it.fit == DateFit::Open)
}

fn has_one_lane(_: &Timeline, event: Event<'_>) -> bool {
    event.lanes().len() < 2
}

/// How a date fits into the dates of this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateFit {
    Exact,
    /// Its end is not known, for which there is no place.
    Open,
    Wider,
}

/// The dates of an event in this format.
struct PlacedDate {
    start: Value,
    end: Option<Value>,
    fit: DateFit,
}

/// The dates of an event that has a first day.
fn placed(event: Event<'_>) -> Option<PlacedDate> {
    let when = event.when()?;
    let (start, end) = (when.start(), when.end());
    if !start.earliest.is_bounded() {
        return None;
    }
    let fit = |is_exact| {
        if is_exact {
            DateFit::Exact
        } else {
            DateFit::Wider
        }
    };
    let is_clear = !when.is_vague() && when.qualifier() == Qualifier::default();
    if when.shape() == DateShape::Point && CalendarUnit::around(start).is_some() {
        let unit = CalendarUnit::around(start)?;
        return Some(PlacedDate {
            start: parts(start.earliest, unit),
            end: None,
            fit: fit(unit.is(start) && is_clear),
        });
    }
    let (first, is_first_whole) = unit_of(start);
    if !end.latest.is_bounded() {
        return Some(PlacedDate {
            start: parts(start.earliest, first),
            end: None,
            fit: DateFit::Open,
        });
    }
    let (last, is_last_whole) = unit_of(end);
    let is_extent = when.shape() == DateShape::Extent;
    Some(PlacedDate {
        start: parts(start.earliest, first),
        end: Some(parts(end.latest, last)),
        fit: fit(is_extent && is_first_whole && is_last_whole && is_clear),
    })
}

/// The unit around one end of an extent, and whether the end is that unit. An end that may be in one of several years is
/// wider than any unit: its year is written, and the other end reaches as far.
fn unit_of(end: Span) -> (CalendarUnit, bool) {
    let unit = CalendarUnit::around(end);
    (
        unit.unwrap_or(CalendarUnit::Year),
        unit.is_some_and(|unit| unit.is(end)),
    )
}

/// An instant as far as a unit.
fn parts(instant: Instant, unit: CalendarUnit) -> Value {
    let units = CalendarUnit::ALL.into_iter().take_while(|it| *it <= unit);
    let parts = units.map(|unit| (unit.as_str().to_owned(), json!(unit.number(instant))));
    Value::Object(parts.collect())
}

pub(super) fn write(timeline: &Timeline, events: &[EventId]) -> String {
    let slides = events
        .iter()
        .filter_map(|&id| slide(timeline, timeline.event(id)));
    let slides: Vec<Value> = slides.collect();
    let head = timeline.head();
    let marking = timeline.effective_marking().map(|tlp| format!("TLP:{tlp}"));
    let about = [
        marking.as_deref(),
        head.banner.as_deref(),
        Some(&head.summary),
    ];
    let about = about.into_iter().flatten().map(paragraphs);
    let title = json!({
        "headline": markup(&head.title),
        "text": about.collect::<String>(),
    });
    let whole = json!({ "title": { "text": title }, "events": slides });
    json_text::escaped(&format!("{whole:#}\n"))
}

fn slide(timeline: &Timeline, event: Event<'_>) -> Option<Value> {
    let placed = placed(event)?;
    let contested: Vec<&str> = event.contested().iter().map(|it| it.as_str()).collect();
    let contested = (!contested.is_empty()).then(|| format!("Contested: {}", contested.join(", ")));
    let texts = [Some(event.summary()), contested.as_deref()];
    let text: String = texts.into_iter().flatten().map(paragraphs).collect();
    let mut slide = Map::new();
    slide.insert("start_date".to_owned(), placed.start);
    slide.extend(placed.end.map(|end| ("end_date".to_owned(), end)));
    let words = event
        .when()
        .map(|when| when.to_string())
        .unwrap_or_default();
    slide.insert("display_date".to_owned(), json!(markup(&words)));
    let text = json!({ "headline": markup(event.title()), "text": text });
    slide.insert("text".to_owned(), text);
    let lane = event.lanes().first();
    let lane = lane.map(|&lane| json!(markup(timeline.lanes().word(lane))));
    slide.extend(lane.map(|lane| ("group".to_owned(), lane)));
    // The page makes an id of an element from it.
    slide.insert(
        "unique_id".to_owned(),
        json!(format!("event-{}", event.id().0 + 1)),
    );
    Some(Value::Object(slide))
}

/// A text as HTML: a paragraph for each of its own, which a blank line ends.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    let each = lines.split(|line| line.trim().is_empty());
    let each = each.filter(|lines| !lines.is_empty());
    let each = each.map(|lines| ["<p>", &markup(&lines.join("\n")), "</p>"].concat());
    each.collect()
}

/// A text as HTML without markup.
fn markup(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(visible_with_tabs).collect();
    escaped(&lines.join("\n"))
}
