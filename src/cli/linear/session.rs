//! The state of a conversation: the timeline, the filter, the event read last, and the rest of a long answer.

use std::collections::VecDeque;

use super::mark_edits::MarkEdits;
use super::words::line;
use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::briefing::Briefing;
use crate::cli::input::LoadedTimeline;
use crate::document::count;
use crate::formats::headline::headline;
use crate::query::Filter;
use crate::timeline::{Clock, EventId, Timeline, TimelineMarks};

/// How many events, claims or other lines an answer has, before `more` goes on.
const PAGE: usize = 10;

/// What a conversation begins with.
#[derive(Clone, Copy, Debug)]
pub struct LinearOptions<'a> {
    /// A filter without mistakes; may be empty.
    pub filter: &'a str,
    /// Whether to leave out events that only possibly match.
    pub surely: bool,
    /// The clock that orders the events.
    pub clock: Clock,
    /// The audience whose scenes the briefing has; without one, it has all.
    pub audience: Option<&'a str>,
    /// Whether long answers come in pages.
    pub has_pages: bool,
    /// Whether events can be marked: not in a briefing, since a room may hear it.
    pub has_marks: bool,
}

impl Default for LinearOptions<'_> {
    fn default() -> Self {
        Self {
            filter: "",
            surely: false,
            clock: Clock::Happened,
            audience: None,
            has_pages: true,
            has_marks: true,
        }
    }
}

/// A conversation about a timeline: [`LinearSession::answer`] takes a line of input and returns the text to print.
pub struct LinearSession {
    /// Everything that the marking allows, whenever it became public.
    pub(super) whole: Timeline,
    /// What was public on the chosen day; `None` if no day is chosen.
    known: Option<Timeline>,
    /// The filter, and the events that it leaves in order.
    pub(super) active_filter: ActiveFilter,
    clock: Clock,
    /// The event that was read last.
    pub(super) event: Option<EventId>,
    pub(super) briefing: Briefing,
    /// Whether `next`, `back`, `go` and `who` are about the scenes of the briefing.
    pub(super) is_briefing: bool,
    unread: Unread,
    /// The most lines of a long answer at once.
    page: usize,
    pub(super) mark_edits: MarkEdits,
}

/// What `more` prints next.
#[derive(Default)]
enum Unread {
    #[default]
    Nothing,
    /// Rows of the list.
    Rows(VecDeque<usize>),
    /// Lines that are ready, and a noun to count them by.
    Lines(VecDeque<String>, &'static str),
}

impl LinearSession {
    /// Begins with the list of events.
    pub fn new(opened: LoadedTimeline, options: LinearOptions<'_>) -> Self {
        let (whole, known) = match opened.whole {
            Some(whole) => (whole, Some(opened.timeline)),
            None => (opened.timeline, None),
        };
        let timeline = known.as_ref().unwrap_or(&whole);
        let clock = options.clock;
        let (active_filter, _) = active_filter(timeline, options.filter, options.surely, clock);
        Self {
            active_filter,
            clock,
            event: None,
            briefing: Briefing::new(timeline, options.audience),
            is_briefing: false,
            unread: Unread::Nothing,
            mark_edits: MarkEdits::new(options.has_marks),
            page: if options.has_pages { PAGE } else { usize::MAX },
            whole,
            known,
        }
    }

    /// What is shown: what was public on the chosen day, if there is one.
    pub(super) fn timeline(&self) -> &Timeline {
        self.known.as_ref().unwrap_or(&self.whole)
    }

    /// Shows what was public on a day, or everything. The event, the scene and the filter stay if the day has them.
    /// Returns the filter if it has a mistake there, and is cleared.
    pub(super) fn show(&mut self, known: Option<Timeline>) -> Option<String> {
        let key = self
            .event
            .map(|id| self.timeline().event(id).key().into_owned());
        let (at, step) = self.briefing.left_at;
        let scene = self.briefing.scene(self.timeline(), at);
        let title = scene.map(|scene| scene.title.clone());
        self.known = known;
        self.unread = Unread::Nothing;
        let timeline = self.known.as_ref().unwrap_or(&self.whole);
        let ActiveFilter {
            text, surely_only, ..
        } = &self.active_filter;
        let (new, is_refused) = active_filter(timeline, text, *surely_only, self.clock);
        let refused = is_refused.then(|| text.clone());
        let mut briefing = Briefing::new(timeline, self.briefing.audience.as_deref());
        let mut scenes = (0..).map_while(|at| briefing.scene(timeline, at));
        let same = scenes.position(|scene| Some(&scene.title) == title.as_ref());
        // A day without scenes keeps the path from before. If the path is the same after it, so is the place.
        let at = same.or_else(|| (briefing.path == self.briefing.path).then_some(at));
        briefing.left_at = at.map_or((0, 0), |at| (at, step));
        self.event = key.and_then(|key| Some(timeline.find_event(&key)?.id()));
        self.active_filter = new;
        self.is_briefing &= at.is_some();
        if !briefing.path.is_empty() {
            self.briefing = briefing;
        }
        refused
    }

    /// Shows other marks. A filter about marks is evaluated again.
    pub(super) fn show_marks(&mut self, marks: TimelineMarks) {
        self.whole = self.whole.clone().with_marks(marks);
        let ActiveFilter {
            text, surely_only, ..
        } = &self.active_filter;
        self.active_filter = active_filter(&self.whole, text, *surely_only, self.clock).0;
    }

    /// Whether a long answer has a rest.
    pub(super) fn has_more(&self) -> bool {
        !matches!(self.unread, Unread::Nothing)
    }

    /// Drops the rest of a long answer.
    pub(super) fn forget_rest(&mut self) {
        self.unread = Unread::Nothing;
    }

    /// The first page of `rows`; `more` shows the others.
    pub(super) fn page_of_rows(&mut self, rows: impl IntoIterator<Item = usize>) -> String {
        self.unread = Unread::Rows(rows.into_iter().collect());
        self.more()
    }

    /// The first page of `lines`; `more` shows the others. `noun` names one line.
    pub(super) fn page_of_lines(&mut self, lines: Vec<String>, noun: &'static str) -> String {
        self.unread = Unread::Lines(lines.into(), noun);
        self.more()
    }

    /// The next page of a long answer.
    pub(super) fn more(&mut self) -> String {
        let mut out = String::new();
        let (left, noun) = match std::mem::take(&mut self.unread) {
            Unread::Nothing => return line("There is nothing more"),
            Unread::Rows(mut rows) => {
                for row in rows.drain(..rows.len().min(self.page)) {
                    out.push_str(&self.row(row));
                }
                let left = rows.len();
                self.unread = Unread::Rows(rows);
                (left, "event")
            }
            Unread::Lines(mut lines, noun) => {
                let mut printed = 0;
                while printed < self.page
                    && let Some(line) = lines.pop_front()
                {
                    printed += usize::from(!line.is_empty());
                    out.push_str(&line);
                    out.push('\n');
                }
                let left = lines.iter().filter(|line| !line.is_empty()).count();
                self.unread = Unread::Lines(lines, noun);
                (left, noun)
            }
        };
        if left == 0 {
            self.unread = Unread::Nothing;
        } else {
            let left = count(left, &format!("more {noun}"));
            out.push_str(&line(&format!("{left}: type more")));
        }
        out
    }

    /// An event of the list in a line, with its number.
    fn row(&self, row: usize) -> String {
        let Some(&id) = self.active_filter.rows().get(row) else {
            return String::new();
        };
        let truth = self.active_filter.truth(id);
        let line = headline(self.timeline(), id, truth, self.clock);
        let marks = self.timeline().event(id).marks();
        let marked = match (marks.is_starred(), marks.is_empty()) {
            (true, _) => " Starred.",
            (false, false) => " Marked.",
            (false, true) => "",
        };
        format!("{}. {line}{marked}\n", row + 1)
    }
}

/// The events that a filter leaves, in the order of a clock. Also whether the filter has a mistake, and so leaves all
/// events.
fn active_filter(
    timeline: &Timeline,
    text: &str,
    surely: bool,
    clock: Clock,
) -> (ActiveFilter, bool) {
    let mut filter = ActiveFilter::open(timeline);
    if surely {
        filter.toggle_possibles();
    }
    if clock != Clock::Happened {
        filter.order_by(timeline, clock);
    }
    let parsed = Filter::parse(timeline, text);
    if let Ok(parsed) = &parsed
        && !parsed.is_empty()
    {
        filter.put(text.trim().to_owned(), parsed.matches(timeline));
    }
    (filter, parsed.is_err())
}
