//! Finds the events that marks are on.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::super::data::Timeline;
use super::super::link::EventId;
use super::marks_file::{FileMark, MarkedItem, MarksFile, RowPrint};
use super::timeline_marks::{FoundMark, TimelineMarks};
use crate::text::canonical;

/// A mark whose row or event is not there: the number of its marks file, and its own in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostMark {
    pub file: usize,
    pub mark: usize,
}

/// The number of a marks file, and of a mark in it.
type MarkNumber = (u16, u32);

/// The marks by what they name. Files are numbered as in the timeline.
#[derive(Default)]
struct NamedMarks<'m> {
    /// By id.
    events: HashMap<String, Vec<MarkNumber>>,
    /// By file and line.
    lines: HashMap<(u16, u32), Vec<MarkNumber>>,
    /// By file and print.
    prints: HashMap<(u16, RowPrint), Vec<MarkNumber>>,
    marks: Vec<&'m MarksFile>,
}

impl<'m> NamedMarks<'m> {
    fn new(files: &'m [MarksFile], file_names: &[Box<str>]) -> Self {
        let mut named = Self {
            marks: files.iter().collect(),
            ..Self::default()
        };
        let numbered = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        for (file, mark, it) in each(files) {
            match &it.item {
                MarkedItem::Event(id) => {
                    let id = canonical(id).into_owned();
                    named.events.entry(id).or_default().push((file, mark));
                }
                MarkedItem::Row { line, print } => {
                    let of = file_names
                        .iter()
                        .enumerate()
                        .filter(|(_, name)| ***name == *it.of);
                    for of in of.map(|(of, _)| numbered(of)) {
                        let lines = named.lines.entry((of, *line)).or_default();
                        lines.push((file, mark));
                        if let Some(print) = print {
                            let prints = named.prints.entry((of, *print)).or_default();
                            prints.push((file, mark));
                        }
                    }
                }
            }
        }
        named
    }

    fn mark(&self, (file, mark): MarkNumber) -> &'m FileMark {
        &self.marks[usize::from(file)].marks[mark as usize]
    }

    /// The line and the print of a mark on a row.
    fn row(&self, number: MarkNumber) -> Option<(u32, Option<RowPrint>)> {
        match self.mark(number).item {
            MarkedItem::Row { line, print } => Some((line, print)),
            MarkedItem::Event(_) => None,
        }
    }
}

/// Every mark with the number of its file and its own.
fn each(files: &[MarksFile]) -> impl Iterator<Item = (u16, u32, &FileMark)> {
    (0u16..).zip(files).flat_map(|(file, marks)| {
        let marks = (0u32..).zip(&marks.marks);
        marks.map(move |(number, mark)| (file, number, mark))
    })
}

impl TimelineMarks {
    /// The marks of these files on the events of a timeline. `file_names` are those of the timeline, without folders. Also
    /// returns the marks whose file is open and whose row or event is not there.
    ///
    /// The prints of a log are known if the log was read for these marks.
    pub fn find<'n>(
        timeline: &Timeline,
        file_names: impl IntoIterator<Item = &'n str>,
        files: &[MarksFile],
    ) -> (Self, Vec<LostMark>) {
        let mut marks = Self::none(file_names);
        let named = NamedMarks::new(files, &marks.file_names);
        let mut places: HashMap<MarkNumber, EventId> = HashMap::new();
        find_events(timeline, &named, &marks.file_names, &mut places);
        find_lines(timeline, &named, &mut places);
        find_moved(timeline, &named, &mut places);
        let mut lost = Vec::new();
        for (file, number, it) in each(files) {
            match places.get(&(file, number)) {
                Some(&event) => marks.put(event, file, it, true),
                None if marks.file_names.iter().any(|name| **name == *it.of) => {
                    lost.push(LostMark {
                        file: usize::from(file),
                        mark: number as usize,
                    });
                }
                None => {}
            }
        }
        marks.finish(timeline, files);
        (marks, lost)
    }

    /// The marks that rows of one log may have, by their prints: the lines of a chunk are not known while it is read. Tags
    /// and authors are those of all marks.
    pub fn possible(timeline: &Timeline, file_name: &str, files: &[MarksFile]) -> Self {
        let mut marks = Self::none([file_name]);
        let named = NamedMarks::new(files, &marks.file_names);
        for (row, print) in timeline.events.prints.iter() {
            for &(file, number) in named.prints.get(&(0, *print)).into_iter().flatten() {
                let mark = named.mark((file, number));
                marks.put(EventId(row), file, mark, false);
            }
        }
        for (_, _, mark) in each(files) {
            for tag in &mark.mark.tags {
                marks.tags.intern(tag);
            }
        }
        marks.finish(timeline, files);
        marks
    }

    fn put(&mut self, event: EventId, file: u16, mark: &FileMark, is_sure: bool) {
        let print = match mark.item {
            MarkedItem::Row { print, .. } => print,
            MarkedItem::Event(_) => None,
        };
        self.found.push(FoundMark {
            event,
            file,
            mark: Arc::new(mark.mark.clone()),
            print,
            is_sure,
        });
    }

    /// Sorts the marks, joins those of one file on one event, and finds the marking of each file.
    fn finish(&mut self, timeline: &Timeline, files: &[MarksFile]) {
        self.found.sort_by_key(|it| (it.event, it.file));
        self.found.dedup_by(|later, first| {
            let is_same = (later.event, later.file) == (first.event, first.file);
            if is_same && first.is_sure {
                first.mark = Arc::new(first.mark.joined(&later.mark));
            }
            is_same && first.is_sure
        });
        self.count_tags();
        for (number, file) in files.iter().enumerate() {
            let of_marks = file.marks.iter().filter_map(|it| it.mark.tlp).max();
            let author = self.author(number);
            author.by.clone_from(&file.by);
            author.tlp = file.tlp.max(of_marks);
        }
        for found in &self.found {
            let author = &mut self.authors[usize::from(found.file)];
            author.tlp = author
                .tlp
                .max(timeline.event(found.event).marking_or_default());
        }
    }
}

/// Finds marks on events by their ids.
fn find_events(
    timeline: &Timeline,
    named: &NamedMarks<'_>,
    file_names: &[Box<str>],
    places: &mut HashMap<MarkNumber, EventId>,
) {
    if named.events.is_empty() {
        return;
    }
    for event in timeline.events().filter(|it| it.line_in_log().is_none()) {
        for &number in named.events.get(event.key().as_ref()).into_iter().flatten() {
            let file = event.file().map_or(usize::MAX, |file| usize::from(file.0));
            let name = file_names.get(file).map(AsRef::as_ref);
            if name == Some(named.mark(number).of.as_str()) {
                places.insert(number, event.id());
            }
        }
    }
}

/// Finds marks on rows that are where they were.
fn find_lines(
    timeline: &Timeline,
    named: &NamedMarks<'_>,
    places: &mut HashMap<MarkNumber, EventId>,
) {
    if named.lines.is_empty() {
        return;
    }
    for event in timeline.events() {
        let Some(line) = event.line_in_log() else {
            continue;
        };
        let here = named.lines.get(&(event.file().unwrap_or_default().0, line));
        for &number in here.into_iter().flatten() {
            let wanted = named.row(number).and_then(|(_, print)| print);
            let print = timeline.events.prints.get(event.id().0 as usize);
            if wanted.is_none() || wanted.as_ref() == print {
                places.entry(number).or_insert(event.id());
            }
        }
    }
}

/// Finds marks on rows whose lines moved: the row with the same bytes that is nearest, and that no mark of the file is on.
fn find_moved(
    timeline: &Timeline,
    named: &NamedMarks<'_>,
    places: &mut HashMap<MarkNumber, EventId>,
) {
    let mut taken: HashSet<(u16, EventId)> = HashSet::new();
    taken.extend(places.iter().map(|(&(file, _), &event)| (file, event)));
    let mut near: Vec<(u32, MarkNumber, EventId)> = Vec::new();
    for (row, print) in timeline.events.prints.iter() {
        let event = timeline.event(EventId(row));
        let Some(line) = event.line_in_log() else {
            continue;
        };
        let here = named
            .prints
            .get(&(event.file().unwrap_or_default().0, *print));
        for &number in here.into_iter().flatten() {
            if let Some((wanted, _)) = named.row(number).filter(|_| !places.contains_key(&number)) {
                near.push((line.abs_diff(wanted), number, event.id()));
            }
        }
    }
    near.sort_unstable();
    for (_, number, event) in near {
        if !places.contains_key(&number) && taken.insert((number.0, event)) {
            places.insert(number, event);
        }
    }
}
