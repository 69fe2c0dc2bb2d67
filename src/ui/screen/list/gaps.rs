//! Gaps in the list: the time from the event above, in a column of its own or, if it is long, behind a title.

use ratatui::layout::Rect;

use super::columns::GAP;
use crate::app::screen::{TimelineScreen, gap_between};
use crate::date::Lag;
use crate::document::Role;
use crate::timeline::Timeline;
use crate::ui::paint::{Painter, cells};

/// Up to this width, a title has priority over a gap.
const TITLE_BEFORE_GAP: u16 = 36;

/// From this width of the column of titles on, a gap is in whole words.
const TITLE_BEFORE_WORDS: u16 = 66;

/// `11 months to 1 year` is in whole words, `1 year 1 month to 2 years` is not.
const WIDEST_WORDS: u16 = 20;

/// The gaps between the visible lines and those above them.
pub(super) fn gaps(timeline: &Timeline, screen: &TimelineScreen, lines: usize) -> Vec<Option<Lag>> {
    let event = |line: usize| screen.event_at(line).map(|id| timeline.event(id));
    let gap = |line: usize| gap_between(event(line.checked_sub(1)?)?, event(line)?, screen.clock);
    (screen.top..screen.top + lines).map(gap).collect()
}

/// Draws a title, with a long gap at the end of its column if enough room for the title is left.
pub(super) fn title(painter: &mut Painter<'_>, title: &str, gap: Option<Lag>, line: Rect) {
    let words = gap.map(|gap| {
        let words = Some(gap.gap())
            .filter(|words| line.width >= TITLE_BEFORE_WORDS && cells(words) <= WIDEST_WORDS);
        format!("after {}", words.unwrap_or_else(|| gap.short_gap()))
    });
    let kept = cells(title).min(TITLE_BEFORE_GAP);
    let fitting = words.filter(|words| kept + GAP + cells(words) <= line.width);
    let rest = fitting.map_or(line, |words| {
        let rest = painter.right(line, &words, Role::Quiet);
        let width = rest.width.saturating_sub(GAP);
        Rect { width, ..rest }
    });
    painter.clipped(rest, title, Role::Text);
}
