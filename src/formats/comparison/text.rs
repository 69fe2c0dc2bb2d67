//! Plain text: a line for each item, and below it one for each key that differs.

use std::fmt::Write as _;

use super::section::{self, ComparedSides};
use crate::change::{ComparedItem, ItemKind, TimelineComparison};
use crate::text::{visible, width, wrap};
use crate::timeline::ChangeLine;

/// The width of a line, in cells.
const WIDTH: usize = 100;

/// The column at which the change of a key begins.
const SAID: usize = 18;

/// The longest old and new value that are shown on one line.
const SHORT: usize = 60;

pub(super) fn write(comparison: &TimelineComparison<'_>, sides: &ComparedSides) -> String {
    let mut out = String::new();
    let marking = section::marking(comparison).map(|tlp| format!("TLP:{tlp}"));
    let put = |out: &mut String, line: &str| {
        out.push_str(&visible(line));
        out.push('\n');
    };
    if let Some(marking) = &marking {
        put(&mut out, marking);
    }
    put(&mut out, &format!("from {} to {}", sides.old, sides.new));
    put(&mut out, &section::summary(comparison));
    if let Some(line) = section::withheld(comparison) {
        put(&mut out, &line);
    }
    for &kind in ItemKind::ALL {
        let heading = kind.heading();
        let items = section::items(comparison, kind);
        if items.is_empty() {
            continue;
        }
        let _ = write!(out, "\n{heading}\n");
        for item in items {
            put(&mut out, &head(comparison, item));
            for line in comparison.lines(item) {
                put_line(&mut out, &line);
            }
        }
    }
    if let Some(marking) = &marking {
        let _ = writeln!(out, "\n{marking}");
    }
    out
}

/// Such as `Δ Oct 2022  Suspicious logins noticed (noticed)`.
fn head(comparison: &TimelineComparison<'_>, item: &ComparedItem) -> String {
    let mut head = item.presence.mark().to_owned();
    let date = comparison.date(item);
    let title = item.shown_title();
    for (part, space) in [
        (&*date, " "),
        (title, if date.is_empty() { " " } else { "  " }),
    ] {
        if !part.is_empty() {
            head.push_str(space);
            head.push_str(part);
        }
    }
    if !item.key.is_empty() {
        let _ = write!(head, " ({})", item.key);
    }
    if let Some(older) = &item.perhaps {
        let _ = write!(head, ": perhaps the same as {older}");
    }
    head
}

fn put_line(out: &mut String, line: &ChangeLine) {
    let is_short = line.old.chars().count() + line.new.chars().count() <= SHORT;
    let values = if is_short {
        line.values(str::to_owned)
    } else {
        String::new()
    };
    let about = format!("    {:<width$}", line.about, width = SAID - 4);
    put_wrapped(out, &about, &format!("{}{values}", line.said));
    if !is_short {
        for (mark, value) in [("- ", &line.old), ("+ ", &line.new)] {
            if !value.is_empty() {
                put_wrapped(out, &format!("{:SAID$}{mark}", ""), value);
            }
        }
    }
}

/// A text behind a lead; its other lines are as far to the right.
fn put_wrapped(out: &mut String, lead: &str, text: &str) {
    let column = width(lead);
    for (at, part) in wrap(text, WIDTH - column).iter().enumerate() {
        let lead = if at == 0 { lead } else { "" };
        let _ = writeln!(
            out,
            "{}{}",
            visible(&format!("{lead:column$}")),
            visible(part)
        );
    }
}
