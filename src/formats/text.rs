//! Plain text: one event a line, for pipes, mail and screen readers.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::date::Truth;
use crate::text::visible;
use crate::timeline::{EntityId, Event, EventId, Timeline};

/// The marking and the title, then some events in order; what only possibly matches says so.
pub fn list(timeline: &Timeline, shown: &[(EventId, Truth)]) -> String {
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
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|&(id, truth)| columns(timeline.event(id), truth))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].width())
            .max()
            .unwrap_or(0)
    };
    let (date_width, phase_width) = (width(0), width(1));
    for (row, &(id, _)) in rows.iter().zip(shown) {
        let mut parts = vec![padded(&row[0], date_width)];
        if phase_width > 0 {
            parts.push(padded(&row[1], phase_width));
        }
        parts.push(row[2].clone());
        parts.extend(parties(timeline, timeline.event(id)));
        parts.extend(contested(timeline.event(id)));
        writeln!(out, "{}", parts.join("  ").trim_end())
            .expect("a string takes all that is written");
    }
    out
}

/// Date, phase and title.
fn columns(event: Event<'_>, truth: Truth) -> Vec<String> {
    let mark = if truth == Truth::Maybe {
        "possibly: "
    } else {
        ""
    };
    vec![
        date(event),
        line(event.phase()),
        format!("{mark}{}", line(event.title())),
    ]
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
