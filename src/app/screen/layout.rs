//! The layout of the timeline screen: a pure function of its size and options.

use ratatui::layout::{Position, Rect};

use crate::chart::Lanes;
use crate::text;

/// From this width on, in columns, the detail is to the right of the list.
pub const WIDE: u16 = 100;

/// Below this width, in columns, the detail is a screen of its own.
pub const NARROW: u16 = 60;

/// Below this width, in columns, a list has no scrollbar.
const LEAST_SCROLLED: u16 = 20;

/// Up to this many rows, a list has priority over a detail below it.
const LEAST_LIST: u16 = 9;

/// Up to this many rows, a list has priority over the line below it.
const LEAST_LIST_ABOVE_FOOT: u16 = 3;

/// Up to this many rows, a detail below a list has priority over the list.
const LEAST_DETAIL: u16 = 4;

/// Below this height, in rows, the overview is always folded.
const ROOM_FOR_LANES: u16 = 16;

/// From this height on, in rows, lanes may have several rows.
const ROOM_FOR_STACKS: u16 = 30;

/// The regions of a screen. A region without room has an empty area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenRegions {
    /// The line at the top.
    pub title: Rect,
    pub overview: Rect,
    /// The column headings of the list.
    pub head: Rect,
    pub list: Rect,
    /// The line below the list, for what the list cannot show.
    pub foot: Rect,
    /// The scrollbar of the list: the line between list and detail, if that is vertical. Its area is empty if the list
    /// fits.
    pub scrollbar: Rect,
    /// The line between the list and the detail.
    pub divider: Rect,
    pub detail: Rect,
    /// Everything between the title and the status line: pages and overlays fill it.
    pub body: Rect,
    /// The line at the bottom.
    pub status: Rect,
}

/// The default width of a detail to the right of the list, in percent.
pub const DETAIL_PERCENT: u16 = 40;

#[derive(Clone, Copy, Debug)]
pub struct LayoutOptions {
    /// The number of rows that the lanes want; 0 if no event is dated.
    pub rows: usize,
    /// The number of lines of the list.
    pub lines: usize,
    /// Whether the overview is a strip.
    pub folded: bool,
    /// Whether the detail is hidden.
    pub without_detail: bool,
    /// Whether the keys go to the detail: below the list it then has half of the room.
    pub is_detail_focused: bool,
    /// The width of a detail to the right of the list, in percent.
    pub detail_percent: u16,
    /// The rows below the list, for what the list cannot show.
    pub foot: u16,
}

pub fn divide(area: Rect, options: LayoutOptions) -> ScreenRegions {
    let mut rest = area;
    let title = take_top(&mut rest, u16::from(area.height >= 3));
    let status = take_bottom(&mut rest, u16::from(area.height >= 2));
    let body = rest;
    let overview = take_top(&mut rest, overview_height(area, options));
    let (list, divider, detail) = beside_or_below(rest, options);
    let mut list = list;
    let head = take_top(&mut list, u16::from(area.height >= ROOM_FOR_LANES));
    let has_room = list.height > LEAST_LIST_ABOVE_FOOT;
    let foot = take_bottom(&mut list, if has_room { options.foot } else { 0 });
    let scrollbar = scrollbar(&mut list, divider, options.lines);
    ScreenRegions {
        title,
        overview,
        head,
        list,
        foot,
        scrollbar,
        divider,
        detail,
        body,
        status,
    }
}

/// Cuts a scrollbar off a list that does not fit, unless the line next to it can be the scrollbar.
fn scrollbar(list: &mut Rect, divider: Rect, lines: usize) -> Rect {
    if lines <= list.height.into() || list.width < LEAST_SCROLLED || list.height < 2 {
        return Rect::default();
    }
    if divider.width == 1 {
        return Rect {
            x: divider.x,
            width: 1,
            ..*list
        };
    }
    take_right(list, 1)
}

/// The number of lanes that an unfolded overview has room for.
pub fn lane_rows(overview: Rect) -> usize {
    // The axis above and the empty line below are not lanes.
    usize::from(overview.height.saturating_sub(2))
}

/// The widest column of lane names, in cells.
const WIDEST_LANE: u16 = 26;

/// The columns of the time axis in the overview, to the right of the names of lanes.
pub fn axis_area(overview: Rect, lanes: &Lanes) -> Rect {
    let names = lanes.names.iter().chain(&lanes.names_before);
    let longest = names
        .map(|name| text::width(&text::visible(name)))
        .max()
        .unwrap_or(0);
    // A margin of one on the left, and two cells between the names and the axis.
    let names = u16::try_from(longest + 3)
        .unwrap_or(u16::MAX)
        .clamp(14, WIDEST_LANE)
        .min(overview.width / 4);
    Rect {
        x: overview.x + names,
        width: overview.width.saturating_sub(names + 1),
        ..overview
    }
}

/// The area for text: with a margin of one cell on each side if there is room.
pub fn text_area(area: Rect) -> Rect {
    let margin = u16::from(area.width > 24);
    Rect {
        x: area.x + margin,
        width: area.width - 2 * margin,
        ..area
    }
}

/// The area for a page in the body: below an empty line if there is room.
pub fn page_area(body: Rect) -> Rect {
    let margin = u16::from(body.height > 12);
    Rect {
        y: body.y + margin,
        height: body.height - margin,
        ..body
    }
}

/// The columns of a page, read from top to bottom and then from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageColumns {
    /// The first column.
    pub first: Rect,
    pub count: u16,
}

/// The narrowest column where there are two, in cells.
const PAGE_COLUMN: u16 = 90;

/// The cells between two columns of a page.
const PAGE_GUTTER: u16 = 4;

impl PageColumns {
    /// Divides an area with margins. `may_be_two`: whether the page can have two columns.
    pub fn of(text: Rect, may_be_two: bool) -> Self {
        let half = text.width.saturating_sub(PAGE_GUTTER) / 2;
        if !may_be_two || half < PAGE_COLUMN {
            return Self {
                first: text,
                count: 1,
            };
        }
        Self {
            first: Rect {
                width: half,
                ..text
            },
            count: 2,
        }
    }

    /// The number of lines that are visible at once.
    pub fn lines(self) -> u16 {
        self.first.height.saturating_mul(self.count)
    }

    /// The place of a visible line, counted from the first.
    pub fn row(self, line: u16) -> Option<Rect> {
        let column = line.checked_div(self.first.height)?;
        (column < self.count).then(|| Rect {
            x: self.first.x + column * (self.first.width + PAGE_GUTTER),
            y: self.first.y + line % self.first.height,
            height: 1,
            ..self.first
        })
    }

    /// The visible line at a place, and the column in it.
    pub fn at(self, at: Position) -> Option<(usize, usize)> {
        (0..self.lines()).find_map(|line| {
            let row = self.row(line)?;
            row.contains(at)
                .then(|| (usize::from(line), usize::from(at.x - row.x)))
        })
    }
}

/// Whether the overview of a screen is a strip instead of lanes.
pub fn is_strip(area: Rect, folded: bool) -> bool {
    folded || area.height < ROOM_FOR_LANES
}

/// Whether lanes may have several rows: the screen is high enough, and the list need not share its rows with the
/// detail.
pub const fn is_stacked(area: Rect, without_detail: bool) -> bool {
    let is_list_whole = without_detail || area.width < NARROW || area.width >= WIDE;
    area.height >= ROOM_FOR_STACKS && is_list_whole
}

fn overview_height(area: Rect, options: LayoutOptions) -> u16 {
    if area.height < 8 || area.width < 20 || options.rows == 0 {
        return 0;
    }
    if is_strip(area, options.folded) {
        return 3.min(area.height / 4);
    }
    let most = if is_stacked(area, options.without_detail) {
        // Title, axis, empty line, head and status have a row each, and the list two fifths of the height.
        area.height * 3 / 5 - 5
    } else {
        area.height / 5
    };
    u16::try_from(options.rows).unwrap_or(u16::MAX).min(most) + 2
}

fn beside_or_below(rest: Rect, options: LayoutOptions) -> (Rect, Rect, Rect) {
    let none = Rect::default();
    if options.without_detail || rest.width < NARROW {
        return (rest, none, none);
    }
    let mut list = rest;
    if rest.width >= WIDE {
        let detail = take_right(&mut list, share(rest.width, options.detail_percent));
        let divider = take_right(&mut list, 1);
        return (list, divider, detail);
    }
    if rest.height < 8 {
        return (rest, none, none);
    }
    let detail = take_bottom(&mut list, detail_height(rest.height, options));
    let divider = take_bottom(&mut list, 1);
    (list, divider, detail)
}

/// The rows of a detail below the list. The list comes first, unless the user reads the detail.
fn detail_height(height: u16, options: LayoutOptions) -> u16 {
    let half = height / 2;
    if options.is_detail_focused {
        return half;
    }
    // The heads of the columns, the line below the list, and the divider.
    let left = height.saturating_sub(LEAST_LIST + 2 + options.foot);
    half.min(left.max(LEAST_DETAIL))
}

fn share(width: u16, percent: u16) -> u16 {
    let cells = u32::from(width) * u32::from(percent) / 100;
    u16::try_from(cells).unwrap_or(width).min(width)
}

/// Cuts up to `height` rows off the top of `rest`.
pub(in crate::app) fn take_top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let taken = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    taken
}

/// Cuts up to `height` rows off the bottom of `rest`.
pub(in crate::app) fn take_bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect {
        y: rest.y + rest.height,
        height,
        ..*rest
    }
}

fn take_right(rest: &mut Rect, width: u16) -> Rect {
    let width = width.min(rest.width);
    rest.width -= width;
    Rect {
        x: rest.x + rest.width,
        width,
        ..*rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(width: u16, height: u16) -> ScreenRegions {
        let options = LayoutOptions {
            rows: 7,
            lines: 100,
            folded: false,
            without_detail: false,
            is_detail_focused: false,
            detail_percent: DETAIL_PERCENT,
            foot: 1,
        };
        divide(Rect::new(0, 0, width, height), options)
    }

    #[test]
    fn the_detail_is_to_the_right_from_100_columns_below_from_60_and_alone_under_that() {
        let wide = regions(100, 36);
        assert!(wide.detail.x > wide.list.x && wide.divider.width == 1);
        let middle = regions(99, 36);
        assert!(middle.detail.y > middle.list.y && middle.divider.height == 1);
        assert!(regions(60, 36).detail.height > 0);
        assert!(regions(59, 36).detail.is_empty());
    }

    #[test]
    fn a_list_that_does_not_fit_has_a_scrollbar_at_its_right_edge() {
        let list_of = |width, lines| {
            let options = LayoutOptions {
                rows: 7,
                lines,
                foot: 0,
                folded: false,
                without_detail: false,
                is_detail_focused: false,
                detail_percent: DETAIL_PERCENT,
            };
            divide(Rect::new(0, 0, width, 36), options)
        };
        for width in [24, 80, 120] {
            let (long, short) = (list_of(width, 100), list_of(width, 2));
            assert_eq!(long.scrollbar.x, long.list.right(), "{width}");
            assert_eq!(long.scrollbar.height, long.list.height, "{width}");
            assert!(short.scrollbar.is_empty(), "{width}");
        }
        let wide = list_of(120, 100);
        assert_eq!(wide.scrollbar.x, wide.divider.x, "it takes no column");
    }

    #[test]
    fn regions_never_leave_the_area_or_overlap() {
        for width in 0..130 {
            for height in 0..50 {
                let area = Rect::new(0, 0, width, height);
                let all = regions(width, height);
                let parts = [
                    all.title,
                    all.overview,
                    all.head,
                    all.list,
                    all.foot,
                    all.divider,
                    all.detail,
                    all.status,
                ];
                let sum: u32 = parts.iter().map(|part| part.area()).sum();
                assert!(sum <= area.area(), "{width}x{height}");
                for part in parts.iter().filter(|part| !part.is_empty()) {
                    assert_eq!(part.intersection(area), *part, "{width}x{height}");
                }
            }
        }
    }

    #[test]
    fn many_rows_of_lanes_leave_the_list_two_fifths_of_the_height() {
        for height in ROOM_FOR_STACKS..80 {
            let options = LayoutOptions {
                rows: 100,
                lines: 100,
                folded: false,
                without_detail: false,
                is_detail_focused: false,
                detail_percent: DETAIL_PERCENT,
                foot: 0,
            };
            let regions = divide(Rect::new(0, 0, 120, height), options);
            assert!(regions.list.height * 5 >= height * 2, "{height}");
            assert!(regions.overview.height * 5 >= height * 2, "{height}");
        }
    }

    #[test]
    fn a_line_is_found_where_its_column_has_it() {
        let text = Rect::new(1, 2, 198, 10);
        for (may_be_two, lines) in [(false, 10), (true, 20)] {
            let columns = PageColumns::of(text, may_be_two);
            assert_eq!(columns.lines(), lines);
            for line in 0..lines {
                let row = columns.row(line).expect("it is visible");
                assert_eq!(row.intersection(text), row);
                let at = columns.at(row.as_position());
                assert_eq!(at, Some((usize::from(line), 0)));
            }
            assert_eq!(columns.row(lines), None);
        }
        assert_eq!(PageColumns::of(Rect::new(0, 0, 150, 10), true).count, 1);
        assert_eq!(PageColumns::of(Rect::new(0, 0, 200, 0), true).row(0), None);
    }

    #[test]
    fn a_list_has_nine_rows_on_a_usual_terminal_and_a_detail_half_while_it_is_read() {
        let all = regions(80, 24);
        assert!(all.list.height >= 9 && all.detail.height >= 4, "{all:?}");
        let options = LayoutOptions {
            rows: 7,
            lines: 100,
            folded: false,
            without_detail: false,
            is_detail_focused: true,
            detail_percent: DETAIL_PERCENT,
            foot: 1,
        };
        let read = divide(Rect::new(0, 0, 80, 24), options);
        assert!(read.detail.height > all.detail.height, "{read:?}");
    }

    #[test]
    fn the_smallest_screen_has_a_list() {
        assert_eq!(regions(1, 1).list.area(), 1);
        assert!(regions(20, 4).list.height >= 2);
    }
}
