//! The sheets of a spreadsheet of doom, each known by its columns, and their rows.

use std::ops::Range;

use crate::formats::workbook::sheet::Sheet;

/// What a sheet lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DoomSheet {
    CaseInfo,
    Timeline,
    Systems,
    Accounts,
    Containment,
    Evidence,
    Streams,
}

/// How many rows may be above a header.
const MOST_ABOVE: usize = 40;

impl DoomSheet {
    /// Each with the columns by which it is known. They are those of Kanvas.
    const KNOWN: [(Self, &'static [&'static str]); 7] = [
        (Self::CaseInfo, &["meta", "meta-value"]),
        (Self::Timeline, &["Timestamp_UTC_0", "Activity"]),
        (Self::Systems, &["HostName", "SystemType"]),
        (Self::Accounts, &["AccountName", "AccountType"]),
        (Self::Containment, &["TargetName", "IsolationMethod"]),
        (Self::Evidence, &["Evidence ID", "EvidenceSource"]),
        (Self::Streams, &["Request / Task", "CurrentStatus"]),
    ];
}

/// A sheet whose columns are known.
pub(super) struct DoomTable<'s> {
    pub kind: DoomSheet,
    pub sheet: &'s Sheet,
    pub names: Vec<String>,
    /// The number of the header among the rows of the sheet.
    header: usize,
}

/// A row of such a sheet.
pub(super) struct DoomRow<'t> {
    names: &'t [String],
    values: Vec<String>,
    /// Its bytes in the text of the sheet.
    pub range: Range<usize>,
}

impl<'s> DoomTable<'s> {
    /// `None` if no row of the sheet is a known header.
    pub fn of(sheet: &'s Sheet) -> Option<Self> {
        let rows = sheet.rows.iter().take(MOST_ABOVE).enumerate();
        let (kind, names, header) = rows.into_iter().find_map(|(header, row)| {
            let names: Vec<String> = sheet.values(*row);
            let names: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
            let has = |wanted: &&str| names.iter().any(|name| is(name, wanted));
            let mut known = DoomSheet::KNOWN.iter();
            let (kind, _) = known.find(|(_, wanted)| wanted.iter().all(has))?;
            Some((*kind, names, header))
        })?;
        let table = Self {
            kind,
            sheet,
            names,
            header,
        };
        // The sheet of VERIS has the same columns.
        let is_of_case = || {
            table
                .rows()
                .any(|row| row.get("meta").is_some_and(|it| is(it, "CaseName:")))
        };
        (kind != DoomSheet::CaseInfo || is_of_case()).then_some(table)
    }

    pub fn rows(&self) -> impl Iterator<Item = DoomRow<'_>> {
        let rows = self.sheet.rows_below(self.header);
        rows.map(|(row, range)| DoomRow {
            names: &self.names,
            values: self.sheet.values(row),
            range,
        })
    }
}

impl DoomRow<'_> {
    /// The value of a column, if it is filled.
    pub fn get(&self, column: &str) -> Option<&str> {
        let at = self.names.iter().position(|name| is(name, column))?;
        let value = self.values.get(at)?.trim();
        (!matches!(value, "" | "-")).then_some(value)
    }

    /// The other values, each with the name of its column, on a line each.
    pub fn rest(&self, taken: &[&str]) -> String {
        let pairs = self.names.iter().zip(&self.values);
        let left = pairs.filter(|(name, value)| {
            let is_taken = taken.iter().any(|taken| is(name, taken));
            !is_taken && !matches!(value.trim(), "" | "-")
        });
        let lines: Vec<String> = left
            .map(|(name, value)| format!("{name}: {}", value.trim()))
            .collect();
        lines.join("\n")
    }
}

pub(super) fn is(name: &str, wanted: &str) -> bool {
    name.trim().eq_ignore_ascii_case(wanted)
}
