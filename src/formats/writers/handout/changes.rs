//! What changed since an earlier version or day: the events and the questions, with each key that differs.

use super::{HandoutBlock, HandoutBuilder};
use crate::change::{ComparedItem, ItemKind, TimelineComparison};
use crate::document::text_run::{plain, quiet, run};
use crate::document::{Role, TextRun};
use crate::formats::comparison::section;
use crate::formats::writers::ExportOptions;
use crate::timeline::ChangeLine;

impl HandoutBuilder<'_> {
    /// The section, if it is asked for.
    pub(super) fn changes(&mut self, options: &ExportOptions<'_>) {
        let Some(changes) = options.changes else {
            return;
        };
        let comparison = changes.comparison;
        let since = format!("since {}", changes.since);
        self.section("What changed", &since, None);
        let summary = [
            Some(section::summary(comparison)),
            section::withheld(comparison),
        ];
        for line in summary.into_iter().flatten() {
            let line = format!("{line}.");
            self.blocks
                .push(HandoutBlock::Paragraph(vec![plain(&line)]));
        }
        for kind in [ItemKind::Event, ItemKind::Question] {
            for item in section::items(comparison, kind) {
                let lines = comparison.lines(item);
                let head = head(comparison, item);
                self.blocks.push(if lines.is_empty() {
                    HandoutBlock::Paragraph(head)
                } else {
                    HandoutBlock::List(head, lines.iter().map(detail).collect())
                });
            }
        }
    }
}

/// Such as `New: 20 Jan 2025, Fine announced`.
fn head(comparison: &TimelineComparison<'_>, item: &ComparedItem) -> Vec<TextRun> {
    let mut runs = vec![quiet(section::presence(item))];
    let date = comparison.date(item);
    if !date.is_empty() {
        runs.push(run(Role::Date, &date));
        runs.push(plain(", "));
    }
    runs.push(run(Role::Event, &item.title));
    runs
}

fn detail(line: &ChangeLine) -> Vec<TextRun> {
    let about = if line.about.is_empty() {
        "its ".to_owned()
    } else {
        format!("{}: ", line.about)
    };
    let values = line.values(str::to_owned);
    vec![quiet(&about), plain(&format!("{}{values}", line.said))]
}
