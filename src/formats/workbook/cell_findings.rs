//! Findings about sheets: the rows that they hide, the values that their cells lack, and that they are not read.

use super::sheet::Sheet;
use super::workbook_text::{PlacedSheet, WorkbookText};
use crate::diagnostic::{CELL_WITHOUT_VALUE, Diagnostic, HIDDEN_ROWS, SHEET_NOT_READ};

/// Reports the rows that a sheet hides, and the values that its cells lack.
pub(super) fn of(sheet: &Sheet, placed: PlacedSheet, text: &WorkbookText) -> Vec<Diagnostic> {
    let mut found = hidden(sheet, placed, text);
    let lacks = [
        (
            sheet.errors,
            format!("an error such as `{}`", sheet.first_error),
            "taken for empty",
            "correct the formula, and save the workbook",
        ),
        (
            sheet.without_value,
            "a formula that was never computed".to_owned(),
            "taken for empty",
            "open the workbook in a spreadsheet program and save it: that computes all formulas",
        ),
        (
            sheet.merged_rows,
            "a value for several rows".to_owned(),
            "only the first of these rows has the value",
            "split the merged cells, and fill the value down",
        ),
    ];
    for (cells, what, label, help) in lacks {
        if cells.count == 0 {
            continue;
        }
        let count = crate::document::count(cells.count, "cell");
        let verb = if cells.count == 1 { "has" } else { "have" };
        let message = format!("{count} of sheet `{}` {verb} {what}", sheet.name);
        let place = text.place_of_row(placed, cells.first_row);
        let finding = Diagnostic::new(&CELL_WITHOUT_VALUE, place, message);
        found.push(finding.label(label).help(help));
    }
    found
}

fn hidden(sheet: &Sheet, placed: PlacedSheet, text: &WorkbookText) -> Vec<Diagnostic> {
    let name = &sheet.name;
    let mut found = Vec::new();
    if sheet.hidden_rows.count > 0 || sheet.is_filtered {
        let rows = crate::document::count(sheet.hidden_rows.count, "row");
        let why = if sheet.is_filtered {
            " by a filter"
        } else {
            ""
        };
        let message = format!("sheet `{name}` hides {rows}{why}");
        let place = text.place_of_row(placed, sheet.hidden_rows.first_row);
        found.push(
            Diagnostic::new(&HIDDEN_ROWS, place, message)
                .label("read as all others")
                .help("leave out rows with `--filter` if they do not belong to the timeline"),
        );
    }
    if sheet.is_hidden {
        let place = text.place_of_row(placed, 0);
        found.push(
            Diagnostic::new(&HIDDEN_ROWS, place, format!("the sheet `{name}` is hidden"))
                .label("read as if it were shown")
                .help("delete the sheet if it does not belong to the timeline"),
        );
    }
    found
}

/// A sheet with values that are not read. `None` for an empty sheet.
pub(super) fn not_read(sheet: &Sheet, text: &mut WorkbookText) -> Option<Diagnostic> {
    if sheet.text.is_empty() {
        return None;
    }
    let place = text.place_first_line(sheet);
    let hidden = if sheet.is_hidden { "hidden " } else { "" };
    let message = format!("the {hidden}sheet `{}` is not read", sheet.name);
    let finding = Diagnostic::new(&SHEET_NOT_READ, place, message)
        .label("expected the columns of a timeline")
        .help("save the sheet as a file of its own if it has events");
    Some(finding)
}
