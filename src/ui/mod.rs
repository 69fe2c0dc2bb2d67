//! How the state looks: one pure function from a model and a look to cells.

pub mod follow;
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

/// Draws the model into cells. Says where the text cursor stands, if a line is being edited.
pub fn draw(model: &Model, look: impl Into<Look>, buffer: &mut Buffer) -> Option<Position> {
    let regions = model.regions();
    let mut painter = Painter::new(buffer, look.into());
    painter.fill(painter.area(), Role::Text);
    let is_blank = matches!(model.screen(), Screen::Scene(scene) if scene.is_blank);
    if is_blank && model.overlay.is_none() {
        return None;
    }
    widget::title_bar(&mut painter, model, regions.title);
    match model.screen() {
        Screen::Timeline(screen) => self::screen::timeline(&mut painter, model, screen, regions),
        Screen::Page(reading) => self::screen::page(&mut painter, model, reading, regions.body),
        // What lies above a blank scene, such as the help, is seen with its marking; the scene is not.
        Screen::Scene(_) if is_blank => {}
        Screen::Scene(scene) => self::screen::scene(&mut painter, model, scene),
    }
    let cursor = widget::status_bar(&mut painter, model, regions.status);
    match &model.overlay {
        Some(above) => overlay::draw(&mut painter, model, above, regions).or(cursor),
        None => cursor,
    }
}
