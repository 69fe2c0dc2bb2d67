//! Rows of logs that a filter chooses while they are read. The others are counted and freed at once, so that a log of any size
//! takes the memory of what is chosen.
//!
//! Each chunk of a log becomes a timeline of its own, which the filter is asked about. That is right for filters that ask a row
//! only about itself; names that a chunk lacks may be in another one.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::date::Zone;
use crate::diagnostic::FileId;
use crate::query::{Filter, QueryError};
use crate::timeline::draft::{DraftHead, DraftTimeline};
use crate::timeline::log::{DraftLog, LogRows};
use crate::timeline::{MarkedItem, MarksFile, Timeline, TimelineMarks, build};

/// A filter for the rows of logs, and what it met so far.
#[derive(Debug)]
pub struct RowSelection {
    filter: String,
    /// The marks that the filter may ask about.
    marks: Arc<[MarksFile]>,
    /// The logs without rows, by the number of their file. Until they are known, every row is kept.
    logs: OnceLock<Vec<DraftLog>>,
    /// The names that every chunk so far lacks; `None` before the first.
    unknown: Mutex<Option<Vec<QueryError>>>,
    left_out: AtomicUsize,
    /// Whether rows have ids or markings of their own, which count for the whole of a log.
    says_of_whole: AtomicBool,
}

impl RowSelection {
    /// `None` if the filter is empty or mistaken, or asks about more than a row.
    pub fn new(filter: &str, marks: Arc<[MarksFile]>) -> Option<Self> {
        let (parsed, _) = Filter::parse_in_part(&Timeline::default(), filter).ok()?;
        let are_found = !parsed.is_about_marks() || marks.iter().all(has_prints);
        let is_possible = !parsed.is_empty() && parsed.is_asked_by_row() && are_found;
        is_possible.then(|| Self {
            filter: filter.to_owned(),
            marks,
            logs: OnceLock::new(),
            unknown: Mutex::new(None),
            left_out: AtomicUsize::new(0),
            says_of_whole: AtomicBool::new(false),
        })
    }

    /// From here on, only chosen rows are kept. `logs` are all files, without rows.
    pub(super) fn begin(&self, logs: Vec<DraftLog>) {
        self.logs.get_or_init(|| logs);
    }

    /// Whether rows are chosen: all files are logs.
    pub fn has_begun(&self) -> bool {
        self.logs.get().is_some()
    }

    /// The chosen ones among the rows of a chunk.
    pub(super) fn choose(&self, rows: LogRows, file: FileId, zone: Option<&Zone>) -> LogRows {
        let log = self.logs.get().and_then(|it| it.get(usize::from(file.0)));
        let Some(log) = log.filter(|_| !rows.is_empty()) else {
            return rows;
        };
        if !(rows.tlp.is_empty() && rows.keys.is_empty()) {
            self.says_of_whole.store(true, Relaxed);
        }
        let timeline = part(log, &rows, zone);
        let timeline = if self.marks.is_empty() {
            timeline
        } else {
            let marks = TimelineMarks::possible(&timeline, &log.title, &self.marks);
            timeline.with_marks(marks)
        };
        let Ok((filter, unknown)) = Filter::parse_in_part(&timeline, &self.filter) else {
            return rows;
        };
        self.keep_unknown(unknown);
        let matches = filter.matches(&timeline);
        let row = |id| u32::try_from(timeline.event(id).place().start());
        let chosen = matches.events().filter_map(|(id, _)| row(id).ok());
        let mut chosen: Vec<u32> = chosen.collect();
        chosen.sort_unstable();
        if chosen.len() == rows.len() {
            return rows;
        }
        self.left_out.fetch_add(rows.len() - chosen.len(), Relaxed);
        rows.chosen(&chosen)
    }

    /// Only a name that every chunk lacks is a mistake.
    fn keep_unknown(&self, found: Vec<QueryError>) {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *unknown {
            Some(known) => known.retain(|it| found.iter().any(|other| other.range == it.range)),
            none => *none = Some(found),
        }
    }

    /// How many rows are not kept.
    pub fn left_out(&self) -> usize {
        self.left_out.load(Relaxed)
    }

    /// Whether the kept rows say everything about their logs. Otherwise the logs must be read as a whole.
    pub fn is_enough(&self) -> bool {
        !self.says_of_whole.load(Relaxed)
    }

    /// The names in the filter that no row has.
    pub fn unknown_names(&self) -> Vec<QueryError> {
        let unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        unknown.clone().unwrap_or_default()
    }
}

/// Whether each mark on a row has a print: only by that is a row known while the lines before it are not counted.
fn has_prints(file: &MarksFile) -> bool {
    let mut marks = file.marks.iter();
    !marks.any(|mark| matches!(mark.item, MarkedItem::Row { print: None, .. }))
}

/// Some rows of a log as a timeline. The place of an event is the number of its row.
fn part(log: &DraftLog, rows: &LogRows, zone: Option<&Zone>) -> Timeline {
    let mut rows = rows.clone();
    for (row, bytes) in (0..).zip(&mut rows.bytes) {
        *bytes = (row, row + 1);
    }
    let log = DraftLog {
        file: FileId(0),
        parts: vec![rows],
        ..log.clone()
    };
    build(DraftTimeline {
        head: DraftHead {
            zone: zone.cloned(),
            ..DraftHead::default()
        },
        logs: vec![log],
        ..DraftTimeline::default()
    })
}
