//! Findings about the values of a row.

use std::ops::Range;

use super::row_builder::RowBuilder;
use super::row_fields::FieldValue;
use crate::diagnostic::{Diagnostic, LIST_UNREADABLE, NOT_A_TIME, UNTITLED_ROW};

impl RowBuilder<'_> {
    pub(super) fn report_untitled(&mut self, row: &Range<usize>) {
        let wanted = self.mapping.title();
        let finding = Diagnostic::new(
            &UNTITLED_ROW,
            self.place(row.clone()),
            format!("a row has no `{wanted}`"),
        );
        let finding = finding.label(format!("expected `{wanted}`; shown as `(untitled)`"));
        self.findings.add(finding);
    }

    pub(super) fn report_no_time(&mut self, row: &Range<usize>, stamp: FieldValue<'_>) {
        if self.findings.count_again(&NOT_A_TIME) {
            return;
        }
        let message = format!(
            "`{}` is a placeholder for a missing time",
            stamp.text.trim()
        );
        let finding = Diagnostic::new(&NOT_A_TIME, self.part(row, stamp), message)
            .label("not taken for a date")
            .help("nothing needs to be done: the stamp is kept under its own name");
        self.findings.add(finding);
    }

    pub(super) fn report_list(&mut self, row: &Range<usize>, value: FieldValue<'_>) {
        let name = self.rows.words.word(value.column.name).to_owned();
        let message = format!("the list in `{name}` cannot be read");
        let finding = Diagnostic::new(&LIST_UNREADABLE, self.part(row, value), message)
            .label(format!("kept as it is, under `{name}`"))
            .help("write a list as `[\"a\", \"b c\"]`, or its items with commas between them");
        self.findings.add(finding);
    }
}
