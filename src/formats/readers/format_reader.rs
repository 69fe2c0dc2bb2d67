//! What a format is to the program: how a file of it is recognised, read and described.

use std::io;

use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};
use crate::formats::log::LogStream;
use crate::formats::progress::Progress;
use crate::timeline::draft::DraftTimeline;

/// How much of a file is looked at first to recognise it, in bytes.
pub(in crate::formats) const HEAD_BYTES: usize = 1 << 16;

/// A format that dateline reads: one row of [`super::READERS`].
#[derive(Debug)]
pub struct FormatReader {
    /// What it is called in help and messages.
    pub name: &'static str,
    /// Which files are of it.
    pub summary: &'static str,
    /// What of a file becomes part of the timeline.
    pub carries: &'static str,
    /// What of a file does not.
    pub loses: &'static str,
    /// How to give a file a marking, for a reader who asks for `--max-tlp`.
    pub marking_hint: &'static str,
    /// Whether `dateline import` writes its events as a timeline.
    pub is_importable: bool,
    /// Least memory that a file takes, in bytes for ten bytes of it: `cargo bench --bench load` measures large files.
    pub(in crate::formats) memory_per_ten_bytes: u64,
    /// Recognises a file by its first bytes, which may break off anywhere.
    pub(in crate::formats) by_head: fn(&SourceText) -> Option<FormatDecoder>,
    /// Whether [`Self::by_head`] needs more bytes than these.
    pub(in crate::formats) is_cut: fn(&str) -> bool,
    /// Recognises a file by all of its text, where the first bytes show nothing.
    pub(in crate::formats) by_text: fn(&SourceText) -> Option<TextDecoder>,
    /// What of the first lines of a long file can be shown while the rest is read.
    pub(in crate::formats) preview: fn(&SourceText) -> Option<SourceText>,
}

impl FormatReader {
    /// A reader that recognises nothing, for rows to take the rest from.
    pub(super) const BLANK: Self = Self {
        name: "",
        summary: "",
        carries: "",
        loses: "",
        marking_hint: "",
        is_importable: true,
        memory_per_ten_bytes: 10,
        by_head: |_| None,
        is_cut: |_| false,
        by_text: |_| None,
        preview: |_| None,
    };
}

/// Two readers are the same if they are the same row.
impl PartialEq for FormatReader {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Reads a file whose format is recognised.
pub(in crate::formats) enum FormatDecoder {
    /// Reads a whole text, which stays for findings to quote.
    Text(TextDecoder),
    /// Reads bytes as they come, and keeps only the lines that findings quote.
    Stream(Box<StreamDecoder>),
}

pub(in crate::formats) type TextDecoder = fn(&SourceText, FileId, &Progress) -> FileDraft;

pub(in crate::formats) type StreamDecoder =
    dyn FnOnce(LogStream<'_>, FileId, &Progress) -> io::Result<FileDraft>;

/// What one file of a timeline gave.
#[derive(Debug, Default)]
pub(in crate::formats) struct FileDraft {
    pub draft: DraftTimeline,
    pub findings: Vec<Diagnostic>,
    /// What could not be read: findings that follow from it are suppressed.
    pub unread: Vec<TextPlace>,
    /// Whether the file has a marking for everything in it.
    pub is_marked: bool,
    /// The zone of its times that name none, if it states one.
    pub zone: Option<Zone>,
    /// What is left of the text, from a [`FormatDecoder::Stream`].
    pub text: Option<SourceText>,
}
