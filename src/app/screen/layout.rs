//! Where the regions of the timeline screen stand: a pure function of size and state.

use ratatui::layout::Rect;

use crate::chart::Lanes;
use crate::text;

/// From this width on, in columns, the detail stands to the right of the list.
pub const WIDE: u16 = 100;

/// Below this width, in columns, the detail is a screen of its own.
pub const NARROW: u16 = 60;

/// Below this height, in rows, the overview is folded whether asked for or not.
const ROOM_FOR_LANES: u16 = 16;

/// The regions of a screen; one that there is no room for has no area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The line at the top.
    pub title: Rect,
    /// The axis and the lanes, or the strip.
    pub overview: Rect,
    /// The names of the list's columns.
    pub head: Rect,
    /// The rows of the list.
    pub list: Rect,
    /// The line between list and detail.
    pub divider: Rect,
    /// The detail of the selected event.
    pub detail: Rect,
    /// All between the top and the bottom line: what a page or an overlay fills.
    pub body: Rect,
    /// The line at the bottom.
    pub status: Rect,
}

/// The share of the width that the detail has beside the list, in percent, unless another is wished.
pub const DETAIL_PERCENT: u16 = 40;

/// What the regions depend on besides the size.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// How many lanes there are; none if nothing is dated.
    pub lanes: usize,
    /// Whether the overview is folded to a strip.
    pub folded: bool,
    /// Whether the detail is put away.
    pub without_detail: bool,
    /// The share of the width that the detail has beside the list, in percent.
    pub detail_percent: u16,
}

/// Divides an area.
pub fn divide(area: Rect, wishes: Wishes) -> Regions {
    let mut rest = area;
    let title = take_top(&mut rest, u16::from(area.height >= 3));
    let status = take_bottom(&mut rest, u16::from(area.height >= 2));
    let body = rest;
    let overview = take_top(&mut rest, overview_height(area, wishes));
    let (list, divider, detail) = beside_or_below(rest, wishes);
    let mut list = list;
    let head = take_top(&mut list, u16::from(area.height >= ROOM_FOR_LANES));
    Regions {
        title,
        overview,
        head,
        list,
        divider,
        detail,
        body,
        status,
    }
}

/// How many lanes an unfolded overview of some height has.
pub fn lane_rows(overview: Rect) -> usize {
    // The axis above and the empty line below are not lanes.
    usize::from(overview.height.saturating_sub(2))
}

/// The widest column of lane names, in cells.
const WIDEST_LANE: u16 = 26;

/// Where the columns of the time axis stand in the overview: to the right of the names of the lanes.
pub fn axis_area(overview: Rect, lanes: &Lanes) -> Rect {
    let longest = lanes
        .names
        .iter()
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

/// The part of an area that text is set in: a margin of one cell at either side where there is room.
pub fn text_area(area: Rect) -> Rect {
    let margin = u16::from(area.width > 24);
    Rect {
        x: area.x + margin,
        width: area.width - 2 * margin,
        ..area
    }
}

/// The part of the body that a page is set in: a little lower than the line at the top where there is room.
pub fn page_area(body: Rect) -> Rect {
    let margin = u16::from(body.height > 12);
    Rect {
        y: body.y + margin,
        height: body.height - margin,
        ..body
    }
}

/// Whether an overview of some height shows lanes, or the strip in their place.
pub fn is_strip(area: Rect, folded: bool) -> bool {
    folded || area.height < ROOM_FOR_LANES
}

fn overview_height(area: Rect, wishes: Wishes) -> u16 {
    if area.height < 8 || area.width < 20 || wishes.lanes == 0 {
        return 0;
    }
    if is_strip(area, wishes.folded) {
        return 3.min(area.height / 4);
    }
    let lanes = u16::try_from(wishes.lanes).unwrap_or(u16::MAX);
    lanes.min(area.height / 5) + 2
}

fn beside_or_below(rest: Rect, wishes: Wishes) -> (Rect, Rect, Rect) {
    let none = Rect::default();
    if wishes.without_detail || rest.width < NARROW {
        return (rest, none, none);
    }
    let mut list = rest;
    if rest.width >= WIDE {
        let detail = take_right(&mut list, share(rest.width, wishes.detail_percent));
        let divider = take_right(&mut list, 1);
        return (list, divider, detail);
    }
    if rest.height < 8 {
        return (rest, none, none);
    }
    let detail = take_bottom(&mut list, rest.height / 2);
    let divider = take_bottom(&mut list, 1);
    (list, divider, detail)
}

fn share(width: u16, percent: u16) -> u16 {
    let cells = u32::from(width) * u32::from(percent) / 100;
    u16::try_from(cells).unwrap_or(width).min(width)
}

/// Takes rows from the top of what is left, as many as there are.
pub(in crate::app) fn take_top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let taken = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    taken
}

/// Takes rows from the bottom of what is left, as many as there are.
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

    fn regions(width: u16, height: u16) -> Regions {
        let wishes = Wishes {
            lanes: 7,
            folded: false,
            without_detail: false,
            detail_percent: DETAIL_PERCENT,
        };
        divide(Rect::new(0, 0, width, height), wishes)
    }

    #[test]
    fn the_detail_stands_beside_from_100_columns_below_from_60_and_alone_under_that() {
        let wide = regions(100, 36);
        assert!(wide.detail.x > wide.list.x && wide.divider.width == 1);
        let middle = regions(99, 36);
        assert!(middle.detail.y > middle.list.y && middle.divider.height == 1);
        assert!(regions(60, 36).detail.height > 0);
        assert!(regions(59, 36).detail.is_empty());
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
    fn a_list_is_there_from_the_smallest_screen_on() {
        assert_eq!(regions(1, 1).list.area(), 1);
        assert!(regions(20, 4).list.height >= 2);
    }
}
