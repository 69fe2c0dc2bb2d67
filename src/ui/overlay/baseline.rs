//! The part of the baseline prompt above its line: why a version is refused, and candidates.

use ratatui::layout::Rect;

use super::filter::{candidates_box, mistake_box};
use crate::app::input::keymap::Keymap;
use crate::app::overlay::BaselinePrompt;
use crate::ui::paint::Painter;

pub(super) fn draw(
    painter: &mut Painter<'_>,
    keymap: &Keymap,
    prompt: &BaselinePrompt,
    mut body: Rect,
) {
    if let Some(mistake) = &prompt.mistake {
        body.height -= mistake_box(painter, mistake, body);
    }
    let title = keymap.says("{next-version} chooses a version");
    candidates_box(
        painter,
        &title,
        (&prompt.line.candidates(), prompt.line.chosen),
        body,
    );
}
