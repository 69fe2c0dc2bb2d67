//! What a handout leaves out, and why.

use super::{HandoutBlock, HandoutBuilder};
use crate::document::text_run::{plain, quiet, quote, run};
use crate::document::{Role, TextRun, count, withheld};
use crate::formats::writers::ExportOptions;

impl HandoutBuilder<'_> {
    /// Says what is withheld and how much a filter hides. Where all is shown there is nothing to say.
    pub(super) fn left_out(&mut self, options: &ExportOptions<'_>) {
        let (shown, all) = (self.events.len(), self.timeline().len());
        let filter = options.filter.trim();
        let is_filtered = !filter.is_empty() || shown < all;
        let withheld = withheld(self.timeline());
        if withheld.is_empty() && !is_filtered {
            return;
        }
        self.section("What is left out", "", None);
        if !withheld.is_empty() {
            let lines = withheld.iter().map(|line| vec![plain(line)]);
            let lead = vec![run(Role::Label, "Withheld")];
            self.blocks.push(HandoutBlock::List(lead, lines.collect()));
        }
        if is_filtered {
            let words = filtered(filter, shown, all, options);
            self.blocks.push(HandoutBlock::Paragraph(words));
        }
    }
}

/// How much a filter hides.
fn filtered(filter: &str, shown: usize, all: usize, options: &ExportOptions<'_>) -> Vec<TextRun> {
    let mut runs = Vec::new();
    if !filter.is_empty() {
        runs.extend([
            plain("The events are filtered by "),
            quote(filter),
            plain(". "),
        ]);
    }
    let are_not = if all - shown == 1 {
        "1 is".to_owned()
    } else {
        format!("{} are", all - shown)
    };
    let all = count(all, "event");
    let words = format!("{shown} of {all} in the timeline are in this handout; {are_not} not.");
    runs.push(plain(&words));
    let possibly = match (options.matches.counts().possibly, options.surely) {
        (0, _) => None,
        (1, true) => Some(" 1 event that only possibly matches is left out too.".to_owned()),
        (some, true) => Some(format!(
            " {some} that only possibly match are left out too."
        )),
        (1, false) => Some(" One of them only possibly matches; it says so.".to_owned()),
        (some, false) => Some(format!(" {some} of them only possibly match; they say so.")),
    };
    runs.extend(possibly.as_deref().map(quiet));
    runs
}
