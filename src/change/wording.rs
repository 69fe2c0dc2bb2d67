//! What is said of an item that differs, line by line: the same words in every output.

use super::comparison::TimelineComparison;
use super::difference::Difference;
use super::item::{ClaimComparison, ComparedItem};
use crate::timeline::{ChangeLine, ItemKind, ItemPresence};

impl ComparedItem {
    /// The title for readers; the head of a file has a title of its own, which may be what differs.
    pub fn shown_title(&self) -> &str {
        match self.kind {
            ItemKind::Timeline => "title, summary and defaults",
            _ => &self.title,
        }
    }
}

impl TimelineComparison<'_> {
    /// The date of an event in words, or `undated`; empty for other items.
    pub fn date(&self, item: &ComparedItem) -> String {
        let event = item.new.map(|id| self.new.event(id));
        let event = event.or_else(|| item.old.map(|id| self.old.event(id)));
        let Some(event) = event else {
            return String::new();
        };
        let when = event.when();
        when.map_or_else(|| "undated".to_owned(), |when| when.to_string())
    }

    /// The lines of an item, those about markings first.
    pub fn lines(&self, item: &ComparedItem) -> Vec<ChangeLine> {
        let (computed, stated): (Vec<_>, Vec<_>) =
            item.differences.iter().partition(|it| it.is_computed);
        let mut lines: Vec<ChangeLine> = stated.into_iter().map(of_key).collect();
        for claim in &item.claims {
            self.claim_lines(claim, &mut lines);
        }
        lines.extend(computed.into_iter().map(of_key));
        lines
    }

    fn claim_lines(&self, claim: &ClaimComparison, lines: &mut Vec<ChangeLine>) {
        let label = self.claim_label(claim);
        if claim.presence == ItemPresence::Kept {
            kept_claim(label, &claim.differences, lines);
            return;
        }
        let word = claim.presence.word();
        lines.push(line("claim", format!("{word}: {label}"), None));
    }
}

fn of_key(difference: &Difference) -> ChangeLine {
    let said = difference.kind.name().to_owned();
    line(name(difference.key), said, Some(difference))
}

/// The label and the difference on one line, or the label above several.
fn kept_claim(label: String, differences: &[Difference], lines: &mut Vec<ChangeLine>) {
    if let [only] = differences {
        let said = format!("{label}: {}", key_and_kind(only));
        lines.push(line("claim", said, Some(only)));
        return;
    }
    lines.push(line("claim", label, None));
    let each = differences.iter();
    lines.extend(each.map(|it| line("", key_and_kind(it), Some(it))));
}

/// A line with the values of a difference.
fn line(about: &'static str, said: String, values: Option<&Difference>) -> ChangeLine {
    let value =
        |of: fn(&Difference) -> &String| values.map_or_else(String::new, |it| of(it).clone());
    ChangeLine {
        about,
        said,
        old: value(|it| &it.old),
        new: value(|it| &it.new),
    }
}

/// Such as `text reworded`; some kinds name the key themselves.
fn key_and_kind(difference: &Difference) -> String {
    let (key, kind) = (name(difference.key), difference.kind.name());
    if kind.starts_with(key) {
        kind.to_owned()
    } else {
        format!("{key} {kind}")
    }
}

/// A key as readers say it.
pub(super) fn name(key: &'static str) -> &'static str {
    match key {
        "tlp" => "marking",
        "at" => "place",
        key => key,
    }
}
