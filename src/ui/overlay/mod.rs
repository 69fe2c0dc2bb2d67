//! How overlays look; the files have the names of those in `app`.

mod baseline;
mod confidence_matrix;
mod engine_query;
mod facets;
mod filter;
mod frame;
mod help;
mod key_menu;
mod mark;
mod palette;
mod problems;
mod promotion;
mod stub;

pub(super) use filter::has_mistake_box;
pub(in crate::ui) use frame::boxed_at;
pub(super) use frame::more_marks;

use super::paint::Painter;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::layout::ScreenRegions;

pub(super) use key_menu::draw as key_menu;

/// Draws the overlay above the screen.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    overlay: &Overlay,
    regions: ScreenRegions,
) {
    match overlay {
        Overlay::Help(pane) => help::draw(painter, model, pane, regions.body),
        Overlay::Problems(scroll) => problems::draw(painter, model, *scroll, regions.body),
        Overlay::Palette(palette) => palette::draw(painter, model, palette, regions.body),
        Overlay::Facets(pane) => facets::draw(painter, pane, regions),
        Overlay::Matrix(state) => confidence_matrix::draw(painter, state, regions.body),
        Overlay::Filter(prompt) => filter::draw(painter, model.keymap(), prompt, regions),
        Overlay::Stub(lines) => stub::draw(painter, lines, regions.body),
        Overlay::Promotion(preview) => promotion::draw(painter, preview, regions.body),
        Overlay::Query(pane) => engine_query::draw(painter, pane, regions.body),
        Overlay::AsOf(slider) => {
            let mistake = slider
                .typed
                .as_ref()
                .and_then(|typed| typed.mistake.as_ref());
            if let Some(mistake) = mistake {
                filter::mistake_box(painter, mistake, regions.body);
            }
        }
        Overlay::Baseline(prompt) => {
            baseline::draw(painter, model.keymap(), prompt, regions.body);
        }
        Overlay::Mark(prompt) => mark::draw(painter, model.keymap(), prompt, regions.body),
        Overlay::Search(_) | Overlay::Range(_) => {}
    }
}
