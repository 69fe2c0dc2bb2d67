//! A text in the editor: its lines, its outline, and what the last check found.

use std::cell::OnceCell;
use std::ops::Range;

use serde_json::{Value, json};

use super::line_index::{LineIndex, LinePosition, PositionEncoding};
use crate::diagnostic::{Diagnostic, SourceText, TextPlace};
use crate::formats::toml::outline::{OutlineTable, TimelineOutline};
use crate::timeline::Timeline;

/// The end of the name of a file that is a timeline whatever it contains.
const ENDING: &str = ".timeline.toml";

/// Reads and checks a text.
pub(super) type CheckText = fn(&SourceText) -> (Timeline, Vec<Diagnostic>);

/// A text that an editor has opened.
#[derive(Debug)]
pub(super) struct TextDocument {
    uri: String,
    /// The number that the client gave to this text.
    version: Value,
    source: SourceText,
    lines: LineIndex,
    outline: OnceCell<TimelineOutline>,
    checked: Option<CheckedTimeline>,
    /// Whether the client was sent findings that it still shows.
    pub has_findings: bool,
    /// Whether the text has changed since its findings were sent.
    pub is_changed: bool,
}

/// What the check of a text found.
#[derive(Debug)]
pub(super) struct CheckedTimeline {
    pub timeline: Timeline,
    pub findings: Vec<Diagnostic>,
}

impl TextDocument {
    pub fn new(uri: String, version: Value, text: String, encoding: PositionEncoding) -> Self {
        let has_mark = text.starts_with('\u{feff}');
        let name = uri.rsplit('/').next().unwrap_or_default().to_owned();
        let source = SourceText::new(name, text);
        let lines = LineIndex::new(source.text(), encoding);
        Self {
            uri,
            version,
            lines: if has_mark { lines.behind_mark() } else { lines },
            source,
            outline: OnceCell::new(),
            checked: None,
            has_findings: false,
            is_changed: true,
        }
    }

    pub fn uri(&self) -> &str {
        &self.uri
    }

    pub fn version(&self) -> &Value {
        &self.version
    }

    pub fn source(&self) -> &SourceText {
        &self.source
    }

    pub fn text(&self) -> &str {
        self.source.text()
    }

    pub fn slice(&self, range: Range<usize>) -> &str {
        self.source.slice(range)
    }

    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    pub fn outline(&self) -> &TimelineOutline {
        self.outline
            .get_or_init(|| TimelineOutline::of(self.text()))
    }

    /// Checks the text, unless that is done.
    pub fn check(&mut self, check: CheckText) {
        if self.checked.is_none() {
            let (timeline, findings) = check(&self.source);
            self.checked = Some(CheckedTimeline { timeline, findings });
        }
    }

    /// What the check found; `None` before it, or if it crashed.
    pub fn checked(&self) -> Option<&CheckedTimeline> {
        self.checked.as_ref()
    }

    /// Whether this is a timeline: by its name, or by a table that few other files have. Other files get no answers.
    pub fn is_timeline(&self) -> bool {
        if self.uri.ends_with(ENDING) {
            return true;
        }
        let is_headed = |table: &OutlineTable| {
            let heading = self.slice(table.heading.clone());
            match heading.trim_start_matches('[').trim_start() {
                rest if rest.starts_with("events") => {
                    table.is("[[events]]") && heading.starts_with("[[")
                }
                _ => table.is("[timeline]"),
            }
        };
        self.outline().tables.iter().any(is_headed)
    }

    /// The byte at a position of the protocol, such as `{"line": 1, "character": 2}`.
    pub fn byte(&self, position: &Value) -> Option<usize> {
        let number = |key: &str| usize::try_from(position[key].as_u64()?).ok();
        let position = LinePosition {
            line: number("line")?,
            character: number("character")?,
        };
        Some(self.lines.byte(self.text(), position))
    }

    /// The bytes of a range of the protocol.
    pub fn bytes(&self, range: &Value) -> Option<Range<usize>> {
        Some(self.byte(&range["start"])?..self.byte(&range["end"])?)
    }

    /// A byte range as a range of the protocol.
    pub fn range(&self, range: &Range<usize>) -> Value {
        let position = |byte| {
            let position = self.lines.position(self.text(), byte);
            json!({ "line": position.line, "character": position.character })
        };
        json!({ "start": position(range.start), "end": position(range.end) })
    }

    pub fn place_range(&self, place: TextPlace) -> Value {
        self.range(&place.range())
    }

    /// A byte range as a location of the protocol.
    pub fn location(&self, range: &Range<usize>) -> Value {
        json!({ "uri": self.uri, "range": self.range(range) })
    }

    /// Replaces a byte range by a text.
    pub fn edit(&self, range: &Range<usize>, text: &str) -> Value {
        json!({ "range": self.range(range), "newText": text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(uri: &str, text: &str) -> TextDocument {
        TextDocument::new(
            uri.to_owned(),
            json!(1),
            text.to_owned(),
            PositionEncoding::Utf16,
        )
    }

    #[test]
    fn a_text_is_a_timeline_by_its_name_or_by_its_tables() {
        let timelines = [
            ("a.timeline.toml", ""),
            ("a.toml", "[[events]]\n"),
            ("a.toml", "  [[ events ]] # first\n"),
            ("a.toml", "[[events.claims]]\n[timeline]\n"),
            ("untitled:1", "[timeline]\ntitle = \"a"),
        ];
        for (uri, text) in timelines {
            assert!(document(uri, text).is_timeline(), "{text}");
        }
        let others = [
            ("Cargo.toml", "[package]\nname = \"timeline\"\n[[bin]]\n"),
            ("a.toml", "[events]\na = 1\n[sources]\n"),
            ("a.toml", "format = 1\ntext = \"\"\"\n[[event]]\n\"\"\"\n"),
            ("a.toml", ""),
        ];
        for (uri, text) in others {
            assert!(!document(uri, text).is_timeline(), "{text}");
        }
    }
}
