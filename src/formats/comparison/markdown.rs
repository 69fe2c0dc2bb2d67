//! Markdown: the same as the text, as a list.

use std::fmt::Write as _;

use super::super::writers::markdown;
use super::section::{self, ComparedSides};
use crate::change::{ComparedItem, ItemKind, TimelineComparison};
use crate::text::visible;
use crate::timeline::ChangeLine;

pub(super) fn write(comparison: &TimelineComparison<'_>, sides: &ComparedSides) -> String {
    let mut out = String::new();
    let marking = section::marking(comparison).map(|tlp| format!("**TLP:{tlp}**"));
    if let Some(marking) = &marking {
        let _ = write!(out, "{marking}\n\n");
    }
    let (old, new) = (escaped(&sides.old), escaped(&sides.new));
    let summary = section::summary(comparison);
    let _ = writeln!(out, "From {old} to {new}: {summary}.");
    if let Some(withheld) = section::withheld(comparison) {
        let _ = write!(out, "\n{withheld}.\n");
    }
    for &kind in ItemKind::ALL {
        let heading = kind.heading();
        let items = section::items(comparison, kind);
        if items.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### {heading}\n\n");
        for item in items {
            let _ = writeln!(out, "- {}", head(comparison, item));
            for line in comparison.lines(item) {
                let _ = writeln!(out, "{}", detail(&line));
            }
        }
    }
    if let Some(marking) = &marking {
        let _ = write!(out, "\n{marking}\n");
    }
    out
}

fn head(comparison: &TimelineComparison<'_>, item: &ComparedItem) -> String {
    let word = section::presence(item);
    let date = comparison.date(item);
    let date = if date.is_empty() {
        date
    } else {
        format!("{}, ", escaped(&date))
    };
    let title = escaped(item.shown_title());
    let mut head = format!("{word}{date}**{title}**");
    if !item.key.is_empty() {
        let _ = write!(head, " ({})", escaped(&item.key));
    }
    if let Some(older) = &item.perhaps {
        let _ = write!(head, ", perhaps the same as {}", escaped(older));
    }
    head
}

fn detail(line: &ChangeLine) -> String {
    let values = line.values(escaped);
    let said = escaped(&line.said);
    if line.about.is_empty() {
        format!("    - {said}{values}")
    } else {
        format!("  - {}: {said}{values}", line.about)
    }
}

/// A text on one line, without markup and control characters.
fn escaped(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    markdown::escaped(&visible(&line.join(" ")))
}
