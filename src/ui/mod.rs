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
use ratatui::layout::{Position, Rect};

use crate::app::input::key::{MouseAct, UserInput};
use crate::app::input::keymap::KeySequence;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
pub use cursor::ScreenCursor;
pub use links::{AddressLink, addresses};
use paint::Painter;
use theme::{ScreenAppearance, Theme};
pub use window::title as window_title;

/// Draws the model on a terminal's frame. The frame shows a caret itself; the caller places an invisible cursor.
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
    let appearance = with_chosen_theme(model, appearance.into());
    paint(model, &mut Painter::new(buffer, appearance))
}

/// Translates an input: a click on a hint becomes the keys of the hint's command, and anything else stays as it is.
pub fn inputs(model: &Model, input: UserInput) -> Vec<UserInput> {
    let UserInput::Mouse(mouse) = input else {
        return vec![input];
    };
    let at = Position::new(mouse.column, mouse.row);
    if mouse.act != MouseAct::Click || !model.regions().status.contains(at) {
        return vec![input];
    }
    let mut cells = Buffer::empty(Rect::from(((0, 0).into(), model.size())));
    let mut painter = Painter::new(&mut cells, ScreenAppearance::default());
    paint(model, &mut painter);
    let command = painter.hinted_at(at);
    let keys = command.and_then(|command| model.keymap().keys_of(command).first());
    keys.map_or_else(|| vec![input], KeySequence::inputs)
}

fn paint(model: &Model, painter: &mut Painter<'_>) -> ScreenCursor {
    let regions = model.regions();
    painter.fill(painter.area(), Role::Text);
    let is_blank = matches!(model.screen(), Screen::Scene(scene) if scene.is_blank);
    if is_blank && model.overlay().is_none() {
        if model.question().is_some() {
            widget::status_bar(painter, model, regions.status);
        }
        return painter.cursor();
    }
    // Above a blank scene only an overlay is seen, with its marking.
    if !is_blank {
        body(painter, model, regions);
    }
    if !matches!(model.screen(), Screen::Follower(_)) {
        widget::title_bar(painter, model, regions.title);
    }
    if let Some(above) = model.overlay() {
        overlay::draw(painter, model, above, regions);
    }
    // A notice may take rows above the last one, also those of an overlay.
    if !matches!(model.screen(), Screen::Follower(_)) {
        widget::status_bar(painter, model, regions.status);
    }
    overlay::key_menu(painter, model, regions);
    painter.cursor()
}

/// The appearance with the theme that the user has chosen since dateline started. The theme for tests stays.
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
