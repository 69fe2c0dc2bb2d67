//! The text of a marks file as blocks, one for each mark, with the comments above it.

use std::borrow::Cow;
use std::ops::Range;

use super::quoted::quoted;
use crate::formats::toml::{heading_of, statements_of};
use crate::timeline::{EventMark, FileMark, ItemEdit, MarkedItem};

/// A marks file in parts: joined again, they are the text.
pub(super) struct MarksText<'t> {
    /// What is above the first mark.
    pub head: Cow<'t, str>,
    pub blocks: Vec<MarkBlock<'t>>,
}

/// A mark with its text.
pub(super) struct MarkBlock<'t> {
    pub text: Cow<'t, str>,
    /// The mark after the edits; `None` if it cannot be read.
    pub mark: Option<FileMark>,
    /// The mark as the text has it.
    pub read: Option<FileMark>,
    pub is_changed: bool,
    /// Its place among the blocks of the text; `None` if it is new.
    pub number: Option<usize>,
}

impl<'t> MarksText<'t> {
    /// The parts of a text, and its marks in the order of the text.
    pub fn new(text: &'t str, marks: Vec<FileMark>) -> Self {
        let starts = starts(text);
        let end_of_head = starts.first().copied().unwrap_or(text.len());
        let ends = starts.iter().copied().skip(1).chain([text.len()]);
        let mut marks = marks.into_iter().peekable();
        let blocks = starts.iter().copied().zip(ends).enumerate();
        let blocks = blocks.map(|(number, (start, end))| {
            let mark = marks.next_if(|mark| mark.place.start() < end);
            MarkBlock {
                text: part(text, start..end).into(),
                read: mark.clone(),
                mark,
                is_changed: false,
                number: Some(number),
            }
        });
        Self {
            blocks: blocks.collect(),
            head: part(text, 0..end_of_head).into(),
        }
    }
}

fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Where the blocks begin: at each heading of a mark, or at the comment right above it.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut comment: Option<usize> = None;
    for range in statements_of(text) {
        let statement = part(text, range.clone()).trim();
        if heading_of(statement) == ["marks"] {
            starts.push(comment.take().unwrap_or(range.start));
        } else if statement.starts_with('#') {
            comment.get_or_insert(range.start);
        } else {
            comment = None;
        }
    }
    starts
}

impl MarkBlock<'_> {
    /// The block of a mark that the file does not have yet.
    pub fn new(edit: &ItemEdit) -> Self {
        let mut text = format!("[[marks]]\nof    = {}\n", quoted(&edit.of));
        if let MarkedItem::Event(id) = &edit.item {
            text.push_str("event = ");
            text.push_str(&quoted(id));
            text.push('\n');
        }
        let mark = FileMark {
            of: edit.of.clone(),
            item: edit.item.clone(),
            mark: EventMark::default(),
            place: edit.place,
        };
        Self {
            text: text.into(),
            mark: Some(mark),
            read: None,
            is_changed: true,
            number: None,
        }
    }

    /// The lines that are comments.
    pub fn comments(&self) -> String {
        let lines = self.text.split_inclusive('\n');
        let comments = lines.filter(|line| line.trim_start().starts_with('#'));
        comments.collect()
    }
}
