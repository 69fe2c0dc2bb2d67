//! Fixes of statements that are not TOML. Each is tried: the statement then has fewer mistakes.

use std::ops::Range;

use ::toml::de::DeTable;

use super::reader::TomlReader;
use super::statements::{UnclosedValue, heading_or_ruin};
use crate::diagnostic::{Fix, FixChange, TextEdit};

/// Longer statements, in bytes, are not tried: each attempt parses them again.
const LONGEST: usize = 1 << 16;

impl TomlReader<'_> {
    /// The fix that puts a text at a range of a statement, if it helps.
    pub(super) fn tried(
        &self,
        label: impl Into<String>,
        (statement, base): (&str, usize),
        range: Range<usize>,
        text: &str,
    ) -> Option<Fix> {
        if statement.len() > LONGEST || self.is_foreign {
            return None;
        }
        let mut candidate = statement.to_owned();
        candidate.get(range.clone())?;
        candidate.replace_range(range.clone(), text);
        let mistakes = |text: &str| DeTable::parse_recoverable(text).1.len();
        if mistakes(&candidate) >= mistakes(statement) {
            return None;
        }
        let place = self.place(range.start + base..range.end + base);
        let edits = vec![TextEdit::new(place, text)];
        Some(Fix::new(label, FixChange::Edits(edits)))
    }

    /// The fix that closes a text, a list or a heading, if its end is clear.
    pub(super) fn closed(
        &self,
        statement: &str,
        base: usize,
        closer: &str,
        unclosed: &UnclosedValue,
    ) -> Option<Fix> {
        let line = statement.lines().next().unwrap_or_default();
        let inside = statement.get(unclosed.opener.end..)?;
        // A comment may be part of the text, and a quotation mark the end of a part of it.
        let end = match unclosed.what {
            "heading" => line.split('#').next()?.trim_end().len(),
            _ if inside.contains('#') => return None,
            "text" if closer.len() > 1 || inside.contains(closer) => return None,
            _ => statement.trim_end().len(),
        };
        let given = match unclosed.what {
            "heading" => line.get(..end)?.matches(']').count(),
            _ => 0,
        };
        let missing = closer.get(given..)?;
        let label = format!("write `{missing}` at its end");
        self.tried(label, (statement, base), end..end, missing)
            .map(Fix::sure)
    }

    /// The fix that gives a heading the brackets that it lacks.
    pub(super) fn opened(&self, statement: &str, base: usize) -> Option<Fix> {
        let line = statement.lines().next()?;
        let body = line.split('#').next()?.trim();
        let start = line.len() - line.trim_start().len();
        let name = body.trim_matches(['[', ']']);
        let count = match heading_or_ruin(line)[..] {
            ["events" | "scenes" | "questions"] | ["events", "claims" | "links"] => 2,
            ["timeline"] | ["sources" | "entities" | "views", _] => 1,
            _ => return None,
        };
        let heading = format!("{}{name}{}", "[".repeat(count), "]".repeat(count));
        let label = format!("write `{heading}`");
        self.tried(
            label,
            (statement, base),
            start..start + body.len(),
            &heading,
        )
        .map(Fix::sure)
    }

    /// The fixes of a text with a backslash that begins no escape sequence, at the character behind it.
    pub(super) fn unescaped(&self, statement: &str, base: usize, at: usize) -> Vec<Fix> {
        let whole = (statement, base);
        let before = statement.get(..at).unwrap_or_default();
        let start = before.rfind('"').unwrap_or_default();
        let behind = statement.get(at..).unwrap_or_default();
        let end = at + behind.find('"').unwrap_or_default();
        let inner = statement.get(start + 1..end).unwrap_or_default();
        let is_plain = !inner.contains(['\'', '\n']);
        let quoted = format!("'{inner}'");
        let single = is_plain
            .then(|| {
                let label = format!("write `{quoted}`, in which a backslash means itself");
                self.tried(label, whole, start..end + 1, &quoted)
            })
            .flatten();
        let double = self.tried("write `\\\\` for the backslash", whole, at..at, "\\");
        single.into_iter().chain(double).collect()
    }
}
