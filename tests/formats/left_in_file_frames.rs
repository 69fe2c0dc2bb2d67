//! Logs whose texts stay in their files or in packed blocks have the same frames as logs in columns.

use std::sync::Arc;

use dateline::ui::theme::Theme;
use ratatui::layout::Size;

use super::all_ways::{in_blocks, in_columns, in_file};
use super::chosen::samples;
use crate::support::program::Stage;

/// Keys that show a list, a page, facets, a search and a filter.
const KEYS: &[&str] = &[
    "",
    "jj",
    "<end>",
    "<enter>",
    "<esc>",
    "k<enter>",
    "<esc>",
    "/on<enter>",
    "n",
    "f",
    "<esc>",
    "/1<enter>",
    "N",
    "v",
    "g",
    "z",
];

#[track_caller]
fn same_frames(name: &str, bytes: &[u8], is_packed: bool) {
    let size = Size::new(80, 24);
    let paged = if is_packed {
        in_blocks(name, bytes)
    } else {
        in_file(name, bytes, Arc::new(bytes.to_vec()))
    };
    let ways = [in_columns(name, bytes), paged];
    let mut stages = ways.map(|it| Stage::on(Arc::new(it.timeline), size));
    for keys in KEYS {
        let frames = stages.each_mut().map(|stage| {
            stage.press(keys);
            stage.buffer(Theme::default())
        });
        assert_eq!(frames[0], frames[1], "{name}, packed: {is_packed}: {keys}");
    }
}

#[test]
fn each_sample_has_the_same_frames() {
    for folder in ["logs", "presets"] {
        for (number, (name, bytes)) in samples(folder).into_iter().enumerate() {
            // Both say the same about each sample, so each is on the screen for every other one.
            same_frames(&name, &bytes, number % 2 == 0);
        }
    }
}
