//! What the panel of the first screen says about the program: the name of the file, and the keys to begin with.

use super::Model;
use crate::app::screen::{OpeningTexts, Screen};
use crate::document::count;

impl Model {
    /// `None` unless the first screen is on top and waits for the first move.
    pub(super) fn opening_texts(&self) -> Option<OpeningTexts> {
        let Screen::Timeline(screen) = self.screen() else {
            return None;
        };
        if !screen.opening.is_waiting() {
            return None;
        }
        let scenes = self.timeline.scenes().len();
        let has_claims = self.timeline.claims().next().is_some();
        let briefing = format!("briefing, {}", count(scenes, "scene"));
        let is_empty = self.timeline.is_empty();
        let keys = [
            ("edit", "edit the file", is_empty),
            ("guide", "guide", is_empty),
            ("brief", briefing.as_str(), scenes > 0),
            ("about", "about", !is_empty),
            ("says-who", "who says so", has_claims),
            ("search", "search", scenes == 0 && !is_empty),
            ("filter", "filter", !is_empty),
            ("quit", "quit", true),
        ];
        let keymap = self.keymap();
        let keys = keys
            .iter()
            .filter(|(command, _, is_of_use)| *is_of_use && !keymap.hint(command).is_empty());
        let keys =
            keys.map(|(command, words, _)| (keymap.hint(command).to_owned(), (*words).to_owned()));
        // The name of a file may reveal a withheld title.
        let is_withheld = self.timeline.redactions().ceiling.is_some();
        Some(OpeningTexts {
            file: if is_withheld {
                String::new()
            } else {
                self.file_name().to_owned()
            },
            keys: keys.collect(),
        })
    }
}
