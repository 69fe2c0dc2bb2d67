//! How the state looks: one pure function from a model and a look to cells.

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
use ratatui::layout::Position;

use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::screen::layout::Regions;
use crate::document::Role;
pub use links::{Address, addresses};
use paint::Painter;
use theme::Look;
pub use window::title as window_title;

/// Draws the model on a terminal's frame.
pub fn view(model: &Model, look: Look, frame: &mut Frame<'_>) {
    if let Some(cursor) = draw(model, look, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the model into cells. Returns the place of the caret, if a line is being edited.
pub fn draw(model: &Model, look: impl Into<Look>, buffer: &mut Buffer) -> Option<Position> {
    let regions = model.regions();
    let mut painter = Painter::new(buffer, look.into());
    painter.fill(painter.area(), Role::Text);
    let is_blank = matches!(model.screen(), Screen::Scene(scene) if scene.is_blank);
    if is_blank && model.overlay().is_none() {
        return None;
    }
    widget::title_bar(&mut painter, model, regions.title);
    let cursor = widget::status_bar(&mut painter, model, regions.status);
    // Above a blank scene only an overlay is seen, with its marking.
    if !is_blank {
        body(&mut painter, model, regions);
    }
    match model.overlay() {
        Some(above) => overlay::draw(&mut painter, model, above, regions).or(cursor),
        None => cursor,
    }
}

fn body(painter: &mut Painter<'_>, model: &Model, regions: Regions) {
    match model.screen() {
        Screen::Timeline(screen) => self::screen::timeline(painter, model, screen, regions),
        Screen::Page(reading) => self::screen::page(painter, model, reading, regions.body),
        Screen::Scene(scene) => self::screen::scene(painter, model, scene),
        Screen::Follower(screen) => self::screen::follower(painter, model, screen),
    }
}
