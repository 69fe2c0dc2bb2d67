//! The timeline screen: overview above, list and detail below.

use ratatui::layout::Rect;

use super::{list, page};
use crate::app::model::Model;
use crate::app::screen::layout::{ScreenRegions, text_area};
use crate::app::screen::{Focus, TimelineScreen, UndatedFold};
use crate::document::Role;
use crate::timeline::{Clock, ItemPresence};
use crate::ui::paint::{Painter, row, skip};
use crate::ui::widget;

/// The cells of the gutter of the list.
const GUTTER: u16 = 4;

pub(in crate::ui) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    screen: &TimelineScreen,
    regions: ScreenRegions,
) {
    if let Some(overview) = &screen.overview {
        widget::overview(
            painter,
            overview,
            &screen.lanes,
            widget::OverviewMarks::of(model),
            regions.overview,
        );
    }
    list::draw(painter, model, screen, regions.head, regions.list);
    withdrawn(painter, model, regions.foot);
    divider(painter, regions.divider, screen.focus);
    let is_divider = regions.scrollbar.x == regions.divider.x;
    let track = divider_role(screen.focus, is_divider);
    widget::scrollbar(painter, screen, regions.scrollbar, track);
    if let Some(detail) = &screen.detail
        && !regions.detail.is_empty()
    {
        page::lines(
            painter,
            model,
            detail,
            regions.detail,
            screen.focus == Focus::Detail,
        );
    }
    if let Some(fold) = screen.selected_fold() {
        about_fold(painter, model, fold, screen.clock, regions.detail);
    }
}

/// The detail of the fold: what it hides, and the keys that show it.
fn about_fold(
    painter: &mut Painter<'_>,
    model: &Model,
    fold: &UndatedFold,
    clock: Clock,
    area: Rect,
) {
    let area = text_area(area);
    let key = if fold.is_open {
        "{open} folds them again"
    } else {
        "{open} shows them"
    };
    let lines = [
        (list::undated(fold.count, clock), Role::Title),
        (String::new(), Role::Quiet),
        (model.keymap().says(key).into_owned(), Role::Quiet),
        (
            model
                .keymap()
                .says("{clock} goes to the next clock")
                .into_owned(),
            Role::Quiet,
        ),
    ];
    for (index, (words, role)) in (0..area.height).zip(lines) {
        painter.clipped(row(area, index), &words, role);
    }
}

/// How many events are withdrawn, and the key that names them.
fn withdrawn(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    let Some(changes) = model.timeline().changes().filter(|_| !line.is_empty()) else {
        return;
    };
    let (withdrawn, since) = (ItemPresence::Withdrawn, changes.since());
    painter.text(skip(line, 2), withdrawn.mark(), Role::Key);
    let words = format!(
        "{} {} {since} ▸ ",
        changes.count(withdrawn),
        withdrawn.word()
    );
    let rest = painter.clipped(skip(line, GUTTER), &words, Role::Text);
    painter.text(rest, model.keymap().hint("changes"), Role::Key);
}

/// The line between list and detail is drawn stronger where the keys go to the detail.
fn divider(painter: &mut Painter<'_>, area: Rect, focus: Focus) {
    let role = divider_role(focus, true);
    if area.height == 1 {
        painter.text(area, &"─".repeat(usize::from(area.width)), role);
        return;
    }
    for index in 0..area.height {
        painter.text(row(area, index), "│", role);
    }
}

fn divider_role(focus: Focus, is_divider: bool) -> Role {
    if focus == Focus::Detail && is_divider {
        Role::Span
    } else {
        Role::Faint
    }
}
