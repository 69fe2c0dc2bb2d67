//! Writes edits into the text of a marks file. Everything that an edit is not about stays as it is: comments, unknown keys,
//! the marks of others.

use std::collections::HashMap;
use std::ops::Range;

use ::toml::de::DeTable;

use super::blocks::{MarkBlock, MarksText};
use super::quoted::{pictured, quoted};
use crate::diagnostic::{FileId, SourceText, UNKNOWN_FORMAT};
use crate::formats::toml;
use crate::timeline::term::Tlp;
use crate::timeline::{EventMark, FileMark, ItemEdit, MarkEdit, MarkedItem, RowPrint};

/// Why a text cannot take edits. The text stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnwritableMarks {
    /// It is not TOML.
    Broken,
    /// It is a timeline, or another file of TOML.
    NotMarks,
    /// Another version of dateline wrote it.
    OtherFormat,
}

impl UnwritableMarks {
    /// The reason, and what to do.
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Broken => (
                "it is not TOML",
                "fix it first: `dateline check` shows where",
            ),
            Self::NotMarks => ("it is not a marks file", "name another file with `--marks`"),
            Self::OtherFormat => ("its `format` is not 1", "use the dateline that wrote it"),
        }
    }
}

/// The text of a marks file with edits. An empty text becomes a new file.
///
/// # Errors
/// The text is not that of a marks file.
pub fn edited(text: &str, edits: &[ItemEdit]) -> Result<String, UnwritableMarks> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if DeTable::parse(text).is_err() {
        return Err(UnwritableMarks::Broken);
    }
    let source = SourceText::new("", text);
    let (marks, findings) = super::read(&source, FileId::default());
    if toml::has_heading(text) || (text.contains("marks") && !has_blocks(text, marks.marks.len())) {
        return Err(UnwritableMarks::NotMarks);
    }
    if findings.iter().any(|it| *it.kind == UNKNOWN_FORMAT) {
        return Err(UnwritableMarks::OtherFormat);
    }
    let stated = marks.tlp;
    let mut file = MarksText::new(text, marks.marks);
    let strictest = strictest(&file, edits).max(stated);
    file.apply(edits);
    file.sort();
    Ok(file.written(strictest.filter(|_| strictest > stated)))
}

/// The strictest marking of the marks, and of what is edited.
fn strictest(file: &MarksText<'_>, edits: &[ItemEdit]) -> Option<Tlp> {
    let of_marks = file
        .blocks
        .iter()
        .filter_map(|it| it.mark.as_ref()?.mark.tlp);
    let of_edits = edits.iter().filter_map(|it| it.marking);
    of_marks.chain(of_edits).max()
}

/// Whether each mark has a heading of its own.
fn has_blocks(text: &str, marks: usize) -> bool {
    marks == 0 || super::has_heading(text)
}

/// The blocks of a text by what their marks are on.
#[derive(Default)]
struct BlockIndex {
    /// By file, and line or id.
    items: HashMap<(String, MarkedItem), Vec<usize>>,
    /// By file and print.
    prints: HashMap<(String, RowPrint), Vec<usize>>,
}

impl BlockIndex {
    fn add(&mut self, at: usize, mark: &FileMark) {
        let items = self
            .items
            .entry((mark.of.clone(), without_print(&mark.item)));
        items.or_default().push(at);
        if let MarkedItem::Row {
            print: Some(print), ..
        } = mark.item
        {
            let prints = self.prints.entry((mark.of.clone(), print));
            prints.or_default().push(at);
        }
    }

    /// The block of the mark that an edit is about: of the same row or event, or of the same bytes on another line.
    fn find(&self, edit: &ItemEdit, blocks: &[MarkBlock<'_>]) -> Option<usize> {
        let item = |at: usize| blocks[at].mark.as_ref().map(|mark| &mark.item);
        let here = self
            .items
            .get(&(edit.of.clone(), without_print(&edit.item)));
        let mut here = here.into_iter().flatten().copied();
        let same = here.find(|&at| item(at).is_some_and(|item| item.is_same(&edit.item)));
        same.or_else(|| {
            let MarkedItem::Row {
                line,
                print: Some(print),
            } = edit.item
            else {
                return None;
            };
            let alike = self.prints.get(&(edit.of.clone(), print))?.iter().copied();
            alike.min_by_key(|&at| match item(at) {
                Some(MarkedItem::Row { line: other, .. }) => other.abs_diff(line),
                _ => u32::MAX,
            })
        })
    }
}

/// The edit as it is written.
fn readable(edit: &MarkEdit) -> MarkEdit {
    match edit {
        MarkEdit::Star(is_starred) => MarkEdit::Star(*is_starred),
        MarkEdit::Tag(tag) => MarkEdit::Tag(pictured(tag)),
        MarkEdit::Untag(tag) => MarkEdit::Untag(pictured(tag)),
        MarkEdit::Note(note) => MarkEdit::Note(pictured(note)),
    }
}

fn without_print(item: &MarkedItem) -> MarkedItem {
    match item {
        MarkedItem::Row { line, .. } => MarkedItem::Row {
            line: *line,
            print: None,
        },
        event @ MarkedItem::Event(_) => event.clone(),
    }
}

impl MarksText<'_> {
    fn apply(&mut self, edits: &[ItemEdit]) {
        let mut index = BlockIndex::default();
        for (at, block) in self.blocks.iter().enumerate() {
            if let Some(mark) = &block.mark {
                index.add(at, mark);
            }
        }
        for edit in edits {
            let at = index.find(edit, &self.blocks).unwrap_or_else(|| {
                self.blocks.push(MarkBlock::new(edit));
                self.blocks.len() - 1
            });
            let block = &mut self.blocks[at];
            if let Some(mark) = &mut block.mark {
                let edited = mark.mark.edited(&readable(&edit.edit));
                block.is_changed |= edited != mark.mark;
                mark.mark = edited;
                // The line moved, or the print was not known.
                let has_print = matches!(edit.item, MarkedItem::Row { print: Some(_), .. });
                if has_print && mark.item != edit.item {
                    mark.item = edit.item.clone();
                    block.is_changed = true;
                }
                index.add(at, mark);
            }
        }
    }

    fn sort(&mut self) {
        // A block that cannot be read stays behind the one above it.
        let mut key: Option<(String, MarkedItem)> = None;
        self.blocks.sort_by_cached_key(|block| {
            let own = block.mark.as_ref();
            let own = own.map(|mark| (mark.of.clone(), mark.item.clone()));
            key = own.or_else(|| key.take());
            key.clone()
        });
    }

    fn written(&self, tlp: Option<Tlp>) -> String {
        let mut out = self.head(tlp);
        let mut expected = Some(0);
        for block in &self.blocks {
            let text = block.written();
            if text.is_empty() {
                continue;
            }
            // Next to another block than before, the empty lines that were between them may be elsewhere.
            let is_moved = block.number.is_none() || block.number != expected;
            if is_moved && !out.ends_with("\n\n") {
                out.push('\n');
            }
            expected = block.number.map(|number| number + 1);
            out.push_str(&text);
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
        out
    }

    /// What is above the first mark, with a stricter marking if it needs one.
    fn head(&self, tlp: Option<Tlp>) -> String {
        let mut head = match &self.head {
            head if head.trim().is_empty() => "format = 1\n".to_owned(),
            head => head.clone().into_owned(),
        };
        let Some(tlp) = tlp else {
            return head;
        };
        let value = quoted(tlp.as_str());
        if let Some(range) = value_of(&head, "tlp") {
            head.replace_range(range, &value);
        } else {
            let end = head.trim_end().len();
            head.insert_str(end, &format!("\ntlp = {value}"));
        }
        head
    }
}

impl MarkBlock<'_> {
    /// The block as it is to be written. Of a mark without anything, only its comments stay.
    fn written(&self) -> String {
        let Some(mark) = self.mark.as_ref().filter(|_| self.is_changed) else {
            return self.text.clone().into_owned();
        };
        if mark.mark.is_empty() {
            return self.comments();
        }
        let mut text = self.text.clone().into_owned();
        for (key, value) in values(mark) {
            // The text of a new mark has none of these keys.
            let known = self.number.and_then(|_| value_of(&text, key));
            match (known, value) {
                (Some(range), Some(value)) => {
                    if !self.is_as_read(key, mark) {
                        text.replace_range(range, &value);
                    }
                }
                (Some(range), None) => text.replace_range(lines_of(&text, range), ""),
                (None, Some(value)) => {
                    let end = end_of_keys(&text);
                    text.insert_str(end, &format!("{key:5} = {value}\n"));
                }
                (None, None) => {}
            }
        }
        text
    }

    /// Whether a key has the value that the text has already.
    fn is_as_read(&self, key: &str, mark: &FileMark) -> bool {
        let value = |mark: &FileMark| values(mark).into_iter().find(|(known, _)| *known == key);
        self.read
            .as_ref()
            .is_some_and(|read| value(read) == value(mark))
    }
}

/// The keys of a mark that edits change, in the order of the file, and their values.
fn values(mark: &FileMark) -> [(&'static str, Option<String>); 5] {
    let (line, print) = match &mark.item {
        MarkedItem::Row { line, print } => (Some(line.to_string()), *print),
        MarkedItem::Event(_) => (None, None),
    };
    let EventMark {
        is_starred,
        tags,
        note,
        tlp: _,
    } = &mark.mark;
    let tags: Vec<String> = tags.iter().map(|tag| quoted(tag)).collect();
    [
        ("line", line),
        ("print", print.map(|print| quoted(&print.to_string()))),
        ("star", is_starred.then(|| "true".to_owned())),
        (
            "tags",
            (!tags.is_empty()).then(|| format!("[{}]", tags.join(", "))),
        ),
        ("note", (!note.is_empty()).then(|| quoted(note))),
    ]
}

/// The value of a key at the top or of the only table of a text.
fn value_of(text: &str, key: &str) -> Option<Range<usize>> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let tree = tree.into_inner();
    if let Some(value) = tree.get(key) {
        return Some(value.span());
    }
    let marks = tree.get("marks")?.get_ref().as_array()?;
    let table = marks.iter().next()?.get_ref().as_table()?;
    Some(table.get(key)?.span())
}

/// The whole lines of a range.
fn lines_of(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = behind
        .find('\n')
        .map_or(text.len(), |at| range.end + at + 1);
    start..end
}

/// Where another key may follow: behind the last line that is a key, a part of a value or the heading.
fn end_of_keys(text: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            end = at;
        }
    }
    end
}
