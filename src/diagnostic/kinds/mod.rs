//! Every sort of finding: one row each, with what `check --explain` prints.

use super::FindingKind;

/// Declares a static for each row and the table of them all.
macro_rules! kinds {
    ($($ident:ident = $name:literal, $severity:ident, $summary:literal, $explanation:literal,
        $wrong:literal => $fixed:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $summary, ".")]
            pub static $ident: FindingKind = FindingKind {
                name: $name,
                severity: $severity,
                summary: $summary,
                explanation: $explanation,
                wrong: $wrong,
                fixed: $fixed,
            };
        )+

        /// These, in the order in which a writer of timelines meets them.
        pub(super) const ROWS: &[&FindingKind] = &[$(&$ident),+];
    };
}

mod names;
mod objects;
mod texts;

pub use names::*;
pub use objects::*;
pub use texts::*;

/// Every kind, in the order in which a writer of timelines meets them.
pub static KINDS: &[&FindingKind] = &{
    let tables = [texts::ROWS, objects::ROWS, names::ROWS];
    let mut all = [texts::ROWS[0]; texts::ROWS.len() + objects::ROWS.len() + names::ROWS.len()];
    let (mut table, mut row, mut at) = (0, 0, 0);
    while at < all.len() {
        while row == tables[table].len() {
            (table, row) = (table + 1, 0);
        }
        all[at] = tables[table][row];
        (row, at) = (row + 1, at + 1);
    }
    all
};

impl FindingKind {
    pub fn find(name: &str) -> Option<&'static Self> {
        KINDS.iter().copied().find(|kind| kind.name == name)
    }

    /// Whether it says that a name is not declared or not used. The declaration or the use may be in a part that could
    /// not be read.
    pub fn is_about_a_name(&self) -> bool {
        self.name.starts_with("unknown-") || self.name.starts_with("unused-")
    }

    /// Whether it says that a table lacks a key. The key may be in a part that could not be read.
    pub fn is_about_a_lack(&self) -> bool {
        self.name.starts_with("missing-") || self.name.starts_with("claim-without-")
    }
}
