//! Plain text: one event per line, for pipes, mail and screen readers.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::date::Truth;
use crate::document::{date_said_later, parties_of, withheld};
use crate::text::visible;
use crate::timeline::{ChangedItem, Clock, Event, EventId, Timeline};

/// The marking, the title and the redactions, then the events in the given order, and the marking again. Possible matches
/// are marked.
///
/// Each event has its date on the clock; without a clock, the date it happened. A line before the first event without a
/// date on the clock says how many there are.
pub fn list(timeline: &Timeline, shown: &[(EventId, Truth)], clock: Option<Clock>) -> String {
    let mut out = String::new();
    let head = timeline.head();
    let marking = marking(timeline);
    for part in [marking.as_str(), head.title.as_str()] {
        if !part.is_empty() {
            put(&mut out, &line(part));
        }
    }
    let changes = timeline
        .changes()
        .map(|changes| (changes.since(), changes.summary()));
    let changes = changes.map(|(since, summary)| match summary.as_str() {
        "" => format!("{since}: no event differs"),
        counts => format!("{since}: {counts}"),
    });
    for words in withheld(timeline).into_iter().chain(changes) {
        put(&mut out, &line(&words));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let shown_on = clock.unwrap_or(Clock::Happened);
    let rows: Vec<TextRow> = shown
        .iter()
        .map(|&(id, truth)| TextRow::of(timeline.event(id), truth, shown_on))
        .collect();
    let width = |column: fn(&TextRow) -> &String| rows.iter().map(|row| column(row).width()).max();
    let date_width = width(|row| &row.date).unwrap_or(0);
    let phase_width = width(|row| &row.phase).unwrap_or(0);
    let is_without =
        |id: EventId| clock.is_some_and(|clock| timeline.event(id).bounds_on(clock).is_none());
    let mut without = shown.iter().filter(|(id, _)| is_without(*id)).count();
    for (row, &(id, _)) in rows.iter().zip(shown) {
        if without > 0 && is_without(id) {
            let count = std::mem::take(&mut without);
            put(
                &mut out,
                &format!("{count} without a date on this clock: {shown_on}"),
            );
        }
        let mut parts = vec![padded(&row.date, date_width)];
        parts.extend((phase_width > 0).then(|| padded(&row.phase, phase_width)));
        parts.push(row.title.clone());
        parts.extend(parties(timeline, timeline.event(id)));
        parts.extend(date_said_later(timeline.event(id)).map(|words| format!("[{words}]")));
        parts.extend(contested(timeline.event(id)));
        parts.extend(timeline.changes().and_then(|it| it.of(id)).map(changed));
        marks(timeline.event(id), &mut parts);
        put(&mut out, parts.join("  ").trim_end());
    }
    withdrawn(timeline, &mut out);
    // The marking is at both ends, as on paper.
    if !marking.is_empty() {
        put(&mut out, "");
        put(&mut out, &line(&marking));
    }
    out
}

/// Names the withdrawn events: no filter finds them.
fn withdrawn(timeline: &Timeline, out: &mut String) {
    let Some(changes) = timeline.changes() else {
        return;
    };
    let withdrawn = changes.withdrawn_events();
    let rows: Vec<String> = withdrawn
        .map(|item| format!("{}  {}", line(&item.date), line(&item.title)))
        .collect();
    if rows.is_empty() {
        return;
    }
    let head = format!("withdrawn {}:", changes.since());
    put(out, &format!("\n{}\n{}", line(&head), rows.join("\n")));
}

/// Such as `[changed: when, claim]`.
fn changed(item: &ChangedItem) -> String {
    let mut about: Vec<&str> = Vec::new();
    for line in &item.lines {
        if !line.about.is_empty() && !about.contains(&line.about) {
            about.push(line.about);
        }
    }
    let word = item.presence.word();
    if about.is_empty() {
        format!("[{word}]")
    } else {
        format!("[{word}: {}]", about.join(", "))
    }
}

/// The marks of people, such as `[star]  [mark: ioc]  [note: first use]`. Of several people, each with its author.
fn marks(event: Event<'_>, words: &mut Vec<String>) {
    let has_several = event.timeline().marks().has_several_authors();
    for (by, mark) in event.marks().each() {
        let by = if has_several {
            format!(" by {}", line(by))
        } else {
            String::new()
        };
        if mark.is_starred {
            words.push(format!("[star{by}]"));
        }
        if !mark.tags.is_empty() {
            words.push(format!("[mark{by}: {}]", line(&mark.tags.join(", "))));
        }
        if !mark.note.is_empty() {
            words.push(format!("[note{by}: {}]", line(&mark.note)));
        }
    }
}

/// The strictest TLP marking, and the banner.
fn marking(timeline: &Timeline) -> String {
    let tlp = timeline.effective_marking().map(|tlp| format!("TLP:{tlp}"));
    let banner = timeline.head().banner.clone();
    let parts: Vec<String> = tlp.into_iter().chain(banner).collect();
    parts.join("  ")
}

fn put(out: &mut String, line: &str) {
    writeln!(out, "{line}").expect("a string takes all that is written");
}

struct TextRow {
    date: String,
    phase: String,
    title: String,
}

impl TextRow {
    fn of(event: Event<'_>, truth: Truth, clock: Clock) -> Self {
        let mark = if truth == Truth::Possibly {
            "possibly: "
        } else {
            ""
        };
        Self {
            date: date(event, clock),
            phase: line(event.phase()),
            title: format!("{mark}{}", line(event.title())),
        }
    }
}

/// An event without a date on another clock than the default is not called undated.
fn date(event: Event<'_>, clock: Clock) -> String {
    let none = if clock == Clock::Happened {
        "undated"
    } else {
        "-"
    };
    event
        .on(clock)
        .map_or_else(|| none.to_owned(), |date| line(&date.to_string()))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Text on one line: line breaks become spaces, and control characters visible.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}

fn parties(timeline: &Timeline, event: Event<'_>) -> Option<String> {
    let mut parties = String::new();
    for party in parties_of(timeline, event) {
        parties.push_str(party.lead);
        parties.push_str(&line(&party.names));
    }
    (!parties.is_empty()).then(|| format!("({parties})"))
}

fn contested(event: Event<'_>) -> Option<String> {
    let aspects: Vec<&str> = event
        .contested()
        .iter()
        .map(|aspect| aspect.as_str())
        .collect();
    (!aspects.is_empty()).then(|| format!("[contested: {}]", aspects.join(", ")))
}
