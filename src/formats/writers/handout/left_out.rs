//! What a handout leaves out, and why.

use super::{HandoutBlock, HandoutBuilder};
use crate::document::text_run::{plain, quiet, quote, run};
use crate::document::{Role, TextRun, count, withheld};
use crate::formats::writers::{ExportOptions, HandoutExtent};

impl HandoutBuilder<'_> {
    /// What is withheld, and how much a filter hides; nothing if everything is shown. A full handout has a section on it.
    pub(super) fn left_out(&mut self, options: &ExportOptions<'_>) {
        let (shown, all) = (self.events.len(), self.timeline().len());
        let filter = options.filter.trim();
        let is_filtered = !filter.is_empty() || shown < all;
        let withheld = withheld(self.timeline());
        if withheld.is_empty() && !is_filtered {
            return;
        }
        if options.extent == HandoutExtent::Full {
            self.section("Left out", "", None);
        }
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
        runs.extend([plain("Filter: "), quote(filter), plain(". ")]);
    }
    let all = count(all, "event");
    let words = format!("This handout has {shown} of {all}.");
    runs.push(plain(&words));
    let possibly = match (options.matches.counts().possibly, options.surely) {
        (0, _) => None,
        (1, true) => Some(" 1 possible match is left out.".to_owned()),
        (some, true) => Some(format!(" {some} possible matches are left out.")),
        (1, false) => Some(" 1 is a possible match and is marked so.".to_owned()),
        (some, false) => Some(format!(" {some} are possible matches and are marked so.")),
    };
    runs.extend(possibly.as_deref().map(quiet));
    runs
}
