//! Plain text: one event a line, for pipes, mail and screen readers.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::text::visible;
use crate::timeline::{EntityId, Event, Timeline};

/// The marking and the title, then the events in order.
pub fn list(timeline: &Timeline) -> String {
    let mut out = String::new();
    let head = timeline.head();
    let marking = head.tlp.map(|tlp| format!("TLP:{tlp}")).unwrap_or_default();
    for part in [marking.as_str(), head.title.as_str()] {
        if !part.is_empty() {
            writeln!(out, "{}", line(part)).expect("a string takes all that is written");
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let dates: Vec<String> = timeline.events().map(date).collect();
    let phases: Vec<&str> = timeline.events().map(Event::phase).collect();
    let date_width = dates.iter().map(|date| date.width()).max().unwrap_or(0);
    let phase_width = phases
        .iter()
        .map(|phase| line(phase).width())
        .max()
        .unwrap_or(0);
    for (event, date) in timeline.events().zip(&dates) {
        let mut columns = vec![padded(date, date_width)];
        if phase_width > 0 {
            columns.push(padded(&line(event.phase()), phase_width));
        }
        columns.push(line(event.title()));
        columns.extend(parties(timeline, event));
        columns.extend(contested(event));
        writeln!(out, "{}", columns.join("  ").trim_end())
            .expect("a string takes all that is written");
    }
    out
}

fn date(event: Event<'_>) -> String {
    event
        .when()
        .map_or_else(|| "undated".to_owned(), |when| line(&when.to_string()))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Text on one line: line breaks of the file are spaces, and nothing in it is a control character.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}

fn parties(timeline: &Timeline, event: Event<'_>) -> Option<String> {
    let names = |ids: &[EntityId]| {
        let names: Vec<String> = ids
            .iter()
            .map(|&id| line(&timeline.entity(id).name))
            .collect();
        names.join(", ")
    };
    let (who, whom) = (names(event.actors()), names(event.targets()));
    match (who.is_empty(), whom.is_empty()) {
        (true, true) => None,
        (_, true) => Some(format!("({who})")),
        (true, false) => Some(format!("(→ {whom})")),
        (false, false) => Some(format!("({who} → {whom})")),
    }
}

fn contested(event: Event<'_>) -> Option<String> {
    let aspects: Vec<&str> = event
        .contested()
        .iter()
        .map(|aspect| aspect.as_str())
        .collect();
    (!aspects.is_empty()).then(|| format!("[contested: {}]", aspects.join(", ")))
}
