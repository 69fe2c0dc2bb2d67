//! How the state looks: one pure function from a model and a look to cells.

mod cursor;
pub mod glyphs;
mod links;
mod overlay;
mod paint;
pub(crate) mod rendition;
mod screen;
pub mod screenshot;
pub mod theme;
mod widget;
mod window;

use ratatui::Frame;
use ratatui::buffer::Buffer;

use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
pub use cursor::ScreenCursor;
pub use links::{AddressLink, addresses};
use paint::Painter;
use theme::{ScreenAppearance, Theme};
pub use window::title as window_title;

/// Draws the model on a terminal's frame. The frame shows a caret itself; an unseen cursor is for its caller to put.
pub fn view(model: &Model, appearance: ScreenAppearance, frame: &mut Frame<'_>) -> ScreenCursor {
    let cursor = draw(model, appearance, frame.buffer_mut());
    if let ScreenCursor::Caret(at) = cursor {
        frame.set_cursor_position(at);
    }
    cursor
}

/// Draws the model into cells, and returns the place of the terminal's cursor.
pub fn draw(
    model: &Model,
    appearance: impl Into<ScreenAppearance>,
    buffer: &mut Buffer,
) -> ScreenCursor {
    let regions = model.regions();
    let mut painter = Painter::new(buffer, with_chosen_theme(model, appearance.into()));
    painter.fill(painter.area(), Role::Text);
    let is_blank = matches!(model.screen(), Screen::Scene(scene) if scene.is_blank);
    if is_blank && model.overlay().is_none() {
        if model.question().is_some() {
            widget::status_bar(&mut painter, model, regions.status);
        }
        return painter.cursor();
    }
    // Above a blank scene only an overlay is seen, with its marking.
    if !is_blank {
        body(&mut painter, model, regions);
    }
    // The last place of the cursor counts: what is chosen in the line at the bottom comes after the rows above it.
    if !matches!(model.screen(), Screen::Follower(_)) {
        widget::title_bar(&mut painter, model, regions.title);
        widget::status_bar(&mut painter, model, regions.status);
    }
    if let Some(above) = model.overlay() {
        overlay::draw(&mut painter, model, above, regions);
    }
    overlay::key_menu(&mut painter, model, regions);
    painter.cursor()
}

/// The appearance with the theme that the user has chosen since dateline started. That of the tests stays.
pub fn with_chosen_theme(model: &Model, start: ScreenAppearance) -> ScreenAppearance {
    match (start.theme, model.chosen_theme()) {
        (Theme::Roles, _) | (_, None) => start,
        (_, Some(theme)) => ScreenAppearance { theme, ..start },
    }
}

fn body(painter: &mut Painter<'_>, model: &Model, regions: ScreenRegions) {
    match model.screen() {
        Screen::Timeline(screen) => self::screen::timeline(painter, model, screen, regions),
        Screen::Page(page_view) => self::screen::page(painter, model, page_view, regions.body),
        Screen::Scene(scene) => self::screen::scene(painter, model, scene),
        Screen::Follower(screen) => self::screen::follower(painter, model, screen),
    }
}
