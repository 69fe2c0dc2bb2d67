//! Writes conditions in languages with words between the parts.

use super::condition::{DayRange, RowCondition, RowTest};

/// The words of a language.
pub(super) struct InfixWords {
    pub and: &'static str,
    pub or: &'static str,
    /// What is before and behind a condition that does not hold.
    pub not: (&'static str, &'static str),
    pub yes: &'static str,
    pub no: &'static str,
}

impl InfixWords {
    /// A condition, in parentheses if it has parts.
    pub fn write(&self, condition: &RowCondition, test: &dyn Fn(&RowTest) -> String) -> String {
        let joined = |parts: &[RowCondition], word: &str| {
            let parts: Vec<String> = parts.iter().map(|it| self.write(it, test)).collect();
            format!("({})", parts.join(&format!(" {word} ")))
        };
        match condition {
            RowCondition::Constant(true) => self.yes.to_owned(),
            RowCondition::Constant(false) => self.no.to_owned(),
            RowCondition::All(parts) => joined(parts, self.and),
            RowCondition::Any(parts) => joined(parts, self.or),
            RowCondition::Not(inner) => {
                let (before, behind) = self.not;
                format!("{before}{}{behind}", bare(&self.write(inner, test)))
            }
            RowCondition::Test(it) => test(it),
        }
    }

    /// Whether a value is in any of some ranges: `test` gets the first day of each, and the day behind it.
    pub fn in_any(&self, days: &[DayRange], test: impl Fn(&str, &str) -> String) -> String {
        let ranges = days.iter().map(|days| {
            let (first, behind) = days.bounds();
            test(first, &behind)
        });
        Self::joined(self.or, &ranges.collect::<Vec<_>>())
    }

    /// Conditions with a word between them.
    pub fn joined(word: &str, conditions: &[String]) -> String {
        match conditions {
            [only] => only.clone(),
            several => format!("(({}))", several.join(&format!(") {word} ("))),
        }
    }
}

/// A condition without the parentheses around all of it.
pub(super) fn bare(written: &str) -> &str {
    let inside = written
        .strip_prefix('(')
        .and_then(|it| it.strip_suffix(')'));
    inside.filter(|it| is_closed(it)).unwrap_or(written)
}

/// Whether each parenthesis outside of quotation marks is closed in a text. False if in doubt.
fn is_closed(text: &str) -> bool {
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '\'' | '"' | '`' => return false,
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}
