//! The description of a format: how a file of it is recognised, read and presented in help.

use std::io::{self, Read};

use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};
use crate::formats::log::{LogStream, TableOptions};
use crate::formats::progress::Progress;
use crate::timeline::WrittenRows;
use crate::timeline::draft::DraftTimeline;

/// A format that dateline reads: one row of [`super::READERS`].
#[derive(Debug)]
pub struct FormatReader {
    /// In help and messages.
    pub name: &'static str,
    /// The files of this format.
    pub summary: &'static str,
    /// The content that becomes part of the timeline.
    pub carries: &'static str,
    /// The content that does not.
    pub loses: &'static str,
    /// How to give a file a marking, for users of `--max-tlp`.
    pub marking_hint: &'static str,
    /// Whether `dateline import` writes its events as a timeline.
    pub is_importable: bool,
    /// Whether a filter can choose among its rows while they are read.
    pub(in crate::formats) is_read_by_row: bool,
    /// Whether its files have events, and not only something about other files.
    pub has_events: bool,
    /// The least memory that a file takes, in bytes per ten bytes of the file. `cargo bench --bench load` measures it.
    pub(in crate::formats) memory_per_ten_bytes: u64,
    /// Recognises a file that is not text by its first bytes.
    pub(in crate::formats) by_bytes: fn(&[u8]) -> Option<FormatDecoder>,
    /// Recognises a text by its first bytes, which may break off anywhere.
    pub(in crate::formats) by_head: fn(&SourceText, &TableOptions) -> Option<FormatDecoder>,
    /// Whether [`Self::by_head`] needs more bytes than these.
    pub(in crate::formats) is_cut: fn(&str, &TableOptions) -> bool,
    /// Recognises a file by all of its text, where the first bytes show nothing.
    pub(in crate::formats) by_text: fn(&SourceText) -> Option<TextDecoder>,
    /// Reads a file that is the only one of its timeline, if that can be done in less memory.
    pub(in crate::formats) alone: Option<TextDecoder>,
    /// The part of the first lines of a long file that can be shown while the rest is read. The last argument is the rest.
    pub(in crate::formats) preview: FilePreview,
}

impl FormatReader {
    /// Defaults for rows. It recognises nothing.
    pub(super) const BLANK: Self = Self {
        name: "",
        summary: "",
        carries: "",
        loses: "",
        marking_hint: "",
        is_importable: true,
        is_read_by_row: false,
        has_events: true,
        memory_per_ten_bytes: 10,
        by_bytes: |_| None,
        by_head: |_, _| None,
        is_cut: |_, _| false,
        by_text: |_| None,
        alone: None,
        preview: |_, _, _| None,
    };
}

impl FormatReader {
    /// Whether its files are written by hand, with a table for each event.
    pub fn is_toml(&self) -> bool {
        self.name == "timeline"
    }

    /// Whether its files have a row for each event.
    pub fn is_table(&self) -> bool {
        self.is_read_by_row || self.name == "workbook"
    }
}

impl PartialEq for FormatReader {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Reads a file whose format is recognised.
pub(in crate::formats) enum FormatDecoder {
    /// Reads a text in memory, which findings quote.
    Text(TextDecoder),
    /// Reads bytes as they come, and keeps only the lines that findings quote.
    Stream(Box<StreamDecoder>),
}

pub(in crate::formats) type FilePreview =
    fn(&SourceText, &TableOptions, &mut dyn Read) -> Option<SourceText>;

pub(in crate::formats) type TextDecoder = fn(&SourceText, FileId, &Progress) -> FileDraft;

pub(in crate::formats) type StreamDecoder =
    dyn FnOnce(LogStream<'_>, FileId, &Progress) -> io::Result<FileDraft>;

/// The draft and the findings of one file.
#[derive(Debug, Default)]
pub(in crate::formats) struct FileDraft {
    pub draft: DraftTimeline,
    pub findings: Vec<Diagnostic>,
    /// The events, if they are not in the draft.
    pub rows: Vec<WrittenRows>,
    /// The statements that could not be read. Findings that follow from them are suppressed.
    pub unread: Vec<TextPlace>,
    /// Whether everything in the file has a marking.
    pub is_marked: bool,
    /// Whether nothing of the file is read, as of one in an unknown format.
    pub is_refused: bool,
    /// The zone that the file states for times without one.
    pub zone: Option<Zone>,
    /// The quoted lines, from a [`FormatDecoder::Stream`].
    pub text: Option<SourceText>,
}
