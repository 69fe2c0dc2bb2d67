//! Words for what is redacted: how much, and why. Nothing else is known about it.

use super::text_run::quiet;
use super::words::count;
use super::writer::DocumentWriter;
use crate::timeline::{DateAsOf, Event, RedactionCounts, Timeline};

/// One line for each reason for redaction; none for a whole timeline.
pub fn withheld(timeline: &Timeline) -> Vec<String> {
    let withheld = timeline.redactions();
    let mut lines = Vec::new();
    if let Some(ceiling) = withheld.ceiling {
        lines.push(if withheld.marked.is_nothing() {
            format!("nothing is marked above TLP:{ceiling}")
        } else {
            format!(
                "withheld above TLP:{ceiling}: {}",
                counted(&withheld.marked)
            )
        });
    }
    if let Some(day) = &withheld.as_of {
        lines.push(if withheld.later.is_nothing() {
            format!("as of {day}: everything was public")
        } else {
            format!("as of {day}, not yet public: {}", counted(&withheld.later))
        });
    }
    lines
}

/// Counts with their nouns: `3 events, 1 claim`.
pub fn counted(counts: &RedactionCounts) -> String {
    let each = counts.each().into_iter().filter(|(number, _)| *number > 0);
    let words: Vec<String> = each.map(|(number, noun)| plural(number, noun)).collect();
    words.join(", ")
}

fn plural(number: usize, noun: &str) -> String {
    match noun {
        "entity" if number != 1 => format!("{number} entities"),
        "note or summary" if number != 1 => format!("{number} notes and summaries"),
        _ => count(number, noun),
    }
}

pub(super) fn of_timeline(writer: &mut DocumentWriter<'_>) {
    for line in withheld(writer.timeline) {
        writer.fact("withheld", vec![quiet(&line)]);
    }
}

/// In words, that no claim that was public on the as-of day states the date of an event.
pub fn date_said_later(event: Event<'_>) -> Option<String> {
    let day = event.as_of()?;
    match event.redactions().date {
        DateAsOf::SaidLater => Some(format!("date stated only after {day}")),
        DateAsOf::SaidPerhapsLater => Some(format!("date perhaps stated only after {day}")),
        DateAsOf::AsWritten | DateAsOf::SaidThen => None,
    }
}

/// The redactions of an event. Missing parties have their own lines.
pub(super) fn of_event(writer: &mut DocumentWriter<'_>, event: Event<'_>) {
    let (gap, withheld) = (event.redactions(), writer.timeline.redactions());
    if let Some(ceiling) = withheld.ceiling.filter(|_| !gap.marked.is_nothing()) {
        let line = format!("{}, marked above TLP:{ceiling}", counted(&gap.marked));
        writer.fact("withheld", vec![quiet(&line)]);
    }
    if let Some(day) = withheld.as_of.as_ref().filter(|_| !gap.later.is_nothing()) {
        let line = format!("{}, not yet public on {day}", counted(&gap.later));
        writer.fact("withheld", vec![quiet(&line)]);
    }
}
