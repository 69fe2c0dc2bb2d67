//! The marks on the events of one timeline, event by event.

use std::sync::Arc;

use super::super::column::Vocabulary;
use super::super::link::EventId;
use super::super::term::Tlp;
use super::event_mark::{EventMark, MarkEdit};
use super::marks_file::RowPrint;
use crate::diagnostic::FileId;

/// A mark that was found on an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundMark {
    pub event: EventId,
    /// The number of its marks file.
    pub(super) file: u16,
    pub mark: Arc<EventMark>,
    /// The print of the row, if the marks file has it.
    pub(super) print: Option<RowPrint>,
    /// Whether it is surely on this event: while a log is read chunk by chunk, rows with the same bytes all may be the
    /// marked one.
    pub is_sure: bool,
}

/// Whose marks a marks file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkAuthor {
    pub by: String,
    /// The strictest marking of the file, of its marks and of what they are on.
    pub(super) tlp: Option<Tlp>,
}

/// The marks on the events of a timeline. Edits go to the first marks file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineMarks {
    pub(super) authors: Vec<MarkAuthor>,
    /// By event, then by marks file.
    pub(super) found: Vec<FoundMark>,
    pub(super) tags: Vocabulary,
    /// The names of the files of the timeline, without folders, by number.
    pub(super) file_names: Arc<[Box<str>]>,
}

/// The marks on one event: at most one of each marks file.
#[derive(Clone, Copy)]
pub struct EventMarks<'m> {
    all: &'m TimelineMarks,
    found: &'m [FoundMark],
}

impl<'m> EventMarks<'m> {
    pub fn is_empty(self) -> bool {
        self.found.is_empty()
    }

    pub fn is_starred(self) -> bool {
        self.found.iter().any(|it| it.mark.is_starred)
    }

    /// The tags of all marks, each once.
    pub fn tags(self) -> Vec<&'m str> {
        let mut tags: Vec<&str> = Vec::new();
        for tag in self.found.iter().flat_map(|it| &it.mark.tags) {
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        tags
    }

    /// Each mark with its author, in the order of the marks files.
    pub fn each(self) -> impl Iterator<Item = (&'m str, &'m EventMark)> {
        let all = self.all;
        let by = move |file: u16| all.authors.get(usize::from(file)).map_or("", |it| &it.by);
        (self.found.iter()).map(move |it| (by(it.file), it.mark.as_ref()))
    }

    /// The strictest marking of the marks.
    pub fn marking(self) -> Option<Tlp> {
        self.found
            .iter()
            .filter_map(|it| self.all.marking_of(it))
            .max()
    }

    /// The mark in the file that is edited; an empty one if it has none.
    pub fn own(self) -> EventMark {
        let own = self.found.iter().find(|it| it.file == 0);
        own.map_or_else(EventMark::default, |it| (*it.mark).clone())
    }
}

impl TimelineMarks {
    /// No marks yet, on a timeline of these files.
    pub fn none<'n>(file_names: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            file_names: file_names.into_iter().map(Box::from).collect(),
            ..Self::default()
        }
    }

    /// No marks, on the same files.
    #[must_use]
    pub fn without_any(&self) -> Self {
        Self {
            file_names: Arc::clone(&self.file_names),
            ..Self::default()
        }
    }

    /// Whether no event has a mark.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether several people's marks are shown next to each other.
    pub fn has_several_authors(&self) -> bool {
        self.authors.len() > 1
    }

    /// Every mark, in the order of the events.
    pub fn found(&self) -> &[FoundMark] {
        &self.found
    }

    /// The marked events, in order.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = EventId> + '_ {
        let marks = self.found.chunk_by(|one, other| one.event == other.event);
        marks.filter_map(|marks| Some(marks.first()?.event))
    }

    pub fn of(&self, event: EventId) -> EventMarks<'_> {
        let start = self.found.partition_point(|it| it.event < event);
        let end = self.found.partition_point(|it| it.event <= event);
        EventMarks {
            all: self,
            found: &self.found[start..end],
        }
    }

    /// The tags of all marks, in the order in which they were first met.
    pub fn tags(&self) -> &Vocabulary {
        &self.tags
    }

    /// Edits the mark of one event, whose marking is given.
    pub(super) fn edit(&mut self, event: EventId, edit: &MarkEdit, marking: Option<Tlp>) {
        let known = self.own_at(event);
        let at = self
            .found
            .partition_point(|it| (it.event, it.file) < (event, 0));
        let mark = known.map_or_else(EventMark::default, |it| (*it.mark).clone());
        let mark = mark.edited(edit);
        let (print, is_known) = (known.and_then(|it| it.print), known.is_some());
        if let MarkEdit::Tag(tag) = edit {
            self.tags.intern(tag);
        }
        let new = (!mark.is_empty()).then(|| FoundMark {
            event,
            file: 0,
            mark: Arc::new(mark),
            print,
            is_sure: true,
        });
        self.found.splice(at..at + usize::from(is_known), new);
        let author = self.author(0);
        author.tlp = author.tlp.max(marking);
    }

    /// The mark of an event in the file that is edited.
    pub(super) fn own_at(&self, event: EventId) -> Option<&FoundMark> {
        let own = |it: &FoundMark| (it.event, it.file);
        let found = self.found.binary_search_by_key(&(event, 0), own);
        self.found.get(found.ok()?)
    }

    /// The name of a file of the timeline, without folders.
    pub(super) fn file_name(&self, file: FileId) -> &str {
        let name = self.file_names.get(usize::from(file.0));
        name.map_or("", AsRef::as_ref)
    }

    /// The author of a number, who may not have a marks file yet.
    pub(super) fn author(&mut self, file: usize) -> &mut MarkAuthor {
        if self.authors.len() <= file {
            self.authors.resize_with(file + 1, MarkAuthor::default);
        }
        &mut self.authors[file]
    }

    /// The strictest marking of the marks and of what they are on.
    pub fn marking(&self) -> Option<Tlp> {
        let authors = self.authors.iter().filter_map(|it| it.tlp);
        authors.max().filter(|_| !self.is_empty())
    }

    /// The marking of a mark: its own, or that of its file.
    pub(super) fn marking_of(&self, found: &FoundMark) -> Option<Tlp> {
        let of_file = || self.authors.get(usize::from(found.file))?.tlp;
        found.mark.tlp.or_else(of_file)
    }

    /// The marks that are left in a projection of the timeline: `event` gives the new number of an event.
    #[must_use]
    pub(crate) fn kept(
        &self,
        is_kept: impl Fn(&FoundMark, Option<Tlp>) -> bool,
        event: impl Fn(EventId) -> Option<u32>,
    ) -> Self {
        let found = self
            .found
            .iter()
            .filter(|it| is_kept(it, self.marking_of(it)));
        let found = found.filter_map(|it| {
            let event = EventId(event(it.event)?);
            Some(FoundMark {
                event,
                ..it.clone()
            })
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|it| (it.event, it.file));
        let mut left = Self {
            found,
            tags: Vocabulary::default(),
            ..self.clone()
        };
        left.count_tags();
        for (number, author) in (0..).zip(&mut left.authors) {
            let of_author = left.found.iter().filter(|it| it.file == number);
            author.tlp = of_author.filter_map(|it| self.marking_of(it)).max();
        }
        left
    }

    /// Numbers the tags anew.
    pub(super) fn count_tags(&mut self) {
        for tag in self.found.iter().flat_map(|it| &it.mark.tags) {
            self.tags.intern(tag);
        }
    }
}
