//! The scrollbar of the list: the part that is visible, and ticks for lines that are worth a look.

use std::ops::Range;

use crate::app::state::search::SearchHits;
use crate::query::search::SearchPhrase;
use crate::timeline::{ChangesSince, EventId, Timeline};

/// A kind of line that has a tick. To add a kind, add a variant, its place in [`Self::ALL`], which events have it, and
/// its look in `src/ui/widget/scrollbar.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickKind {
    /// Claims about the event differ.
    Contested,
    /// The event differs from the earlier version that the timeline is compared with.
    Changed,
    /// Someone marked the event.
    Marked,
    /// The event matches the search.
    Match,
}

/// What decides which events have ticks.
#[derive(Clone, Copy)]
pub(in crate::app) struct TickSources<'a> {
    pub timeline: &'a Timeline,
    /// The hits of the present search, once they are known.
    pub hits: Option<&'a SearchHits>,
    /// Grows with each change of the marks.
    pub marks_version: u64,
}

impl TickKind {
    /// If a cell has several kinds, the last is drawn.
    pub const ALL: [Self; 4] = [Self::Contested, Self::Changed, Self::Marked, Self::Match];

    /// Whether to hide all of its ticks if most cells have one, since they would mean nothing then.
    const fn is_often(self) -> bool {
        match self {
            Self::Contested | Self::Changed => true,
            Self::Marked | Self::Match => false,
        }
    }

    /// Whether any event may have it. If not, the events need not be checked.
    fn is_possible(self, sources: TickSources<'_>) -> bool {
        match self {
            Self::Contested => sources.timeline.claims().next().is_some(),
            Self::Changed => sources.timeline.changes().is_some(),
            Self::Marked => !sources.timeline.marks().is_empty(),
            Self::Match => sources.hits.is_some(),
        }
    }

    pub(in crate::app) fn is_on(self, sources: TickSources<'_>, event: EventId) -> bool {
        match self {
            Self::Contested => sources.timeline.event(event).is_contested(),
            Self::Changed => {
                let changes = sources.timeline.changes();
                changes.is_some_and(|changes| changes.of(event).is_some())
            }
            Self::Marked => !sources.timeline.event(event).marks().is_empty(),
            Self::Match => sources.hits.is_some_and(|hits| hits.have(event)),
        }
    }
}

/// The ticks of a list. They are computed once for a filter, an order and a search, not for each frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTicks {
    /// The list is divided into at most [`MOST_STRETCHES`] stretches with equal numbers of lines. Each has a bit for
    /// each kind.
    stretches: Vec<u8>,
    inputs: TickInputs,
}

/// What ticks are computed from: they are computed again only if one of these changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TickInputs {
    /// The version of the filter and of its order.
    pub filter: u64,
    pub lines: usize,
    /// The search whose hits are known.
    pub search: Option<SearchPhrase>,
    /// The version that the timeline is compared with.
    pub since: Option<ChangesSince>,
    /// The version of the marks.
    pub marks: u64,
}

/// More than any terminal has rows. In a shorter list, each line is a stretch.
const MOST_STRETCHES: usize = 4096;

impl ListTicks {
    /// Computes the ticks, if their inputs have changed. `event` returns the event of a line, if the line has one.
    /// `marked`: the lines of marked events, which are few.
    pub(super) fn update(
        &mut self,
        inputs: TickInputs,
        sources: TickSources<'_>,
        event: impl Fn(usize) -> Option<EventId>,
        marked: impl FnOnce() -> Vec<usize>,
    ) {
        if self.inputs == inputs {
            return;
        }
        let lines = inputs.lines;
        self.inputs = inputs;
        self.stretches.clear();
        let kinds = TickKind::ALL.into_iter().enumerate();
        let kinds: Vec<(usize, TickKind)> = kinds
            .filter(|(_, kind)| kind.is_possible(sources))
            .collect();
        if kinds.is_empty() {
            return;
        }
        let (of_marks, kinds): (Vec<_>, Vec<_>) =
            (kinds.into_iter()).partition(|(_, kind)| *kind == TickKind::Marked);
        self.stretches.resize(lines.min(MOST_STRETCHES), 0);
        let count = self.stretches.len();
        if let Some((bit, _)) = of_marks.first() {
            for line in marked().into_iter().filter(|&line| line < lines) {
                self.stretches[line * count / lines] |= 1 << bit;
            }
        }
        if kinds.is_empty() {
            return;
        }
        for (line, event) in (0..lines).filter_map(|line| Some((line, event(line)?))) {
            for &(bit, kind) in &kinds {
                if kind.is_on(sources, event) {
                    self.stretches[line * count / lines] |= 1 << bit;
                }
            }
        }
    }

    /// The kind of tick of each cell of a scrollbar, from the top.
    pub fn cells(&self, height: u16) -> Vec<Option<TickKind>> {
        let cells: Vec<u8> = (0..height).map(|cell| self.bits(cell, height)).collect();
        let has = |bits: u8, bit: usize| bits & (1 << bit) != 0;
        let is_shown = |&(bit, kind): &(usize, TickKind)| {
            let marked = cells.iter().filter(|&&bits| has(bits, bit)).count();
            !kind.is_often() || marked * 2 <= cells.len()
        };
        let kinds = TickKind::ALL.into_iter().enumerate().rev();
        let kinds: Vec<(usize, TickKind)> = kinds.filter(is_shown).collect();
        let first = |&bits: &u8| {
            let mut kinds = kinds.iter().filter(|&&(bit, _)| has(bits, bit));
            kinds.next().map(|&(_, kind)| kind)
        };
        cells.iter().map(first).collect()
    }

    fn bits(&self, cell: u16, height: u16) -> u8 {
        let lines = lines_of(cell, height, self.inputs.lines);
        let count = self.stretches.len();
        let stretch = |line: usize| (line * count).checked_div(self.inputs.lines);
        let last = lines.end.checked_sub(1).and_then(stretch);
        let stretches = stretch(lines.start).zip(last);
        let stretches = stretches.and_then(|(first, last)| self.stretches.get(first..=last));
        stretches
            .unwrap_or_default()
            .iter()
            .fold(0, |all, bits| all | bits)
    }
}

/// The lines that a cell of a scrollbar stands for. If there are more cells than lines, only the first cell for a line
/// has it.
pub(in crate::app) fn lines_of(cell: u16, height: u16, lines: usize) -> Range<usize> {
    let first = |cell: usize| (cell * lines).div_ceil(usize::from(height.max(1)));
    first(cell.into())..first(usize::from(cell) + 1)
}

/// The cells of a scrollbar that stand for the visible lines. They touch an end only if the first or the last line is
/// visible.
pub fn thumb(top: usize, lines: usize, height: u16) -> Range<u16> {
    let rows = usize::from(height);
    if lines <= rows || rows == 0 {
        return 0..height;
    }
    let length = (rows * rows / lines).clamp(1, rows);
    let (hidden, free) = (lines - rows, rows - length);
    let start = match top.min(hidden) {
        0 => 0,
        top if top == hidden => free,
        top => (top * free / hidden).clamp(1.min(free), free.saturating_sub(1).max(1.min(free))),
    };
    let cell = |cell: usize| u16::try_from(cell).unwrap_or(height);
    cell(start)..cell(start + length)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::diagnostic::SourceText;
    use crate::timeline::{ChangedItem, Event, ItemKind, ItemPresence, TimelineChanges};

    /// A timeline with a number of events, some of them contested.
    fn timeline(events: usize, contested: &[usize]) -> Timeline {
        let event = |at: usize| {
            let claim = |value: &str| {
                format!("[[events.claims]]\nabout = \"actor\"\nby = \"a\"\nvalue = \"{value}\"\n")
            };
            let claims = if contested.contains(&at) {
                claim("a") + &claim("b")
            } else {
                String::new()
            };
            format!("[[events]]\ntitle = \"T\"\nwhen = \"2021\"\n{claims}")
        };
        let entities = "[entities.a]\n[entities.b]\n".to_owned();
        let text = entities + &(0..events).map(event).collect::<String>();
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    fn ticked(timeline: &Timeline, height: u16) -> Vec<u16> {
        let sources = TickSources {
            marks_version: 0,
            timeline,
            hits: None,
        };
        let events: Vec<EventId> = timeline.events().map(Event::id).collect();
        let mut ticks = ListTicks::default();
        let inputs = TickInputs {
            lines: events.len(),
            ..TickInputs::default()
        };
        ticks.update(inputs, sources, |line| events.get(line).copied(), Vec::new);
        let cells = (0u16..).zip(ticks.cells(height));
        cells
            .filter_map(|(cell, kind)| kind.map(|_| cell))
            .collect()
    }

    #[test]
    fn the_cell_of_a_line_has_its_tick() {
        assert_eq!(ticked(&timeline(40, &[0, 11, 39]), 10), [0, 2, 9]);
        assert_eq!(ticked(&timeline(40, &[4, 5, 6, 7]), 10), [1]);
        assert_eq!(ticked(&timeline(40, &[]), 10), [0; 0]);
        let half = [0, 8, 16, 24, 32];
        assert_eq!(ticked(&timeline(40, &half), 10), [0, 2, 4, 6, 8]);
        let most = [0, 8, 16, 24, 32, 39];
        assert_eq!(
            ticked(&timeline(40, &most), 10),
            [0; 0],
            "most cells have one"
        );
        // More cells than lines: the first cell of the line has it.
        assert_eq!(ticked(&timeline(2, &[1]), 6), [3]);
    }

    #[test]
    fn what_differs_from_an_earlier_version_has_a_tick() {
        let timeline = timeline(40, &[]);
        let item = |at: usize| ChangedItem {
            kind: ItemKind::Event,
            presence: ItemPresence::Kept,
            event: timeline.events().nth(at).map(Event::id),
            title: String::new(),
            date: String::new(),
            marking: None,
            perhaps: None,
            lines: Vec::new(),
            words: Vec::new(),
        };
        let items = vec![item(11), item(39)];
        let changes = TimelineChanges::new(ChangesSince::Save, items, &[]);
        assert_eq!(ticked(&timeline.clone().with_changes(changes), 10), [2, 9]);
    }

    #[test]
    fn every_line_belongs_to_one_cell() {
        for lines in [1, 2, 9, 10, 11, 100, 1_000_003] {
            for height in [1, 2, 7, 40] {
                let cells = (0..height).map(|cell| lines_of(cell, height, lines));
                let ends = cells.fold(0, |end, cell| {
                    assert_eq!(cell.start, end, "{lines} {height}");
                    cell.end
                });
                assert_eq!(ends, lines);
            }
        }
    }

    #[test]
    fn lines_are_asked_again_only_if_the_filter_the_order_or_the_search_changes() {
        let timeline = timeline(10, &[3]);
        let sources = TickSources {
            marks_version: 0,
            timeline: &timeline,
            hits: None,
        };
        let asked = Cell::new(0);
        let event = |line: usize| {
            asked.set(asked.get() + 1);
            timeline.events().nth(line).map(Event::id)
        };
        let mut ticks = ListTicks::default();
        let of_filter = |filter| TickInputs {
            filter,
            lines: 10,
            ..TickInputs::default()
        };
        for _ in 0..5 {
            ticks.update(of_filter(1), sources, event, Vec::new);
        }
        assert_eq!(asked.get(), 10);
        ticks.update(of_filter(2), sources, event, Vec::new);
        assert_eq!(asked.get(), 20);
        let search = SearchPhrase::new("x");
        ticks.update(
            TickInputs {
                search,
                ..of_filter(2)
            },
            sources,
            event,
            Vec::new,
        );
        assert_eq!(asked.get(), 30);
    }

    #[test]
    fn a_log_without_claims_and_without_a_search_is_never_asked() {
        let timeline = timeline(10, &[]);
        let sources = TickSources {
            marks_version: 0,
            timeline: &timeline,
            hits: None,
        };
        let inputs = TickInputs {
            lines: 10,
            ..TickInputs::default()
        };
        ListTicks::default().update(inputs, sources, |_| panic!("no line has a tick"), Vec::new);
    }

    #[test]
    fn the_thumb_touches_an_end_only_where_the_list_does() {
        for lines in [11, 12, 30, 400, 1_000_000] {
            for height in 2..11 {
                let hidden = lines - usize::from(height);
                for top in [0, 1, hidden / 2, hidden - 1, hidden] {
                    let thumb = thumb(top, lines, height);
                    assert!(
                        !thumb.is_empty() && thumb.end <= height,
                        "{lines} {height} {top}"
                    );
                    assert!(top > 0 || thumb.start == 0);
                    assert!(top < hidden || thumb.end == height);
                }
            }
        }
        assert_eq!(thumb(1, 1000, 20), 1..2);
        assert_eq!(thumb(979, 1000, 20), 18..19);
        assert_eq!(thumb(0, 5, 20), 0..20);
    }
}
