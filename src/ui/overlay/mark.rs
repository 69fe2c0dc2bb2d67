//! The part of the tag prompt above its line: the existing tags.

use ratatui::layout::Rect;

use super::filter::candidates_box;
use crate::app::input::keymap::Keymap;
use crate::app::overlay::MarkPrompt;
use crate::ui::paint::Painter;

pub(super) fn draw(painter: &mut Painter<'_>, keymap: &Keymap, prompt: &MarkPrompt, body: Rect) {
    let title = keymap.says("{next-tag} chooses a tag");
    let candidates = prompt.line.candidates();
    candidates_box(painter, &title, (&candidates, prompt.line.chosen), body);
}
