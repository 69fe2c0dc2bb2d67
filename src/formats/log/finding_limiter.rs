//! Limits the findings of a log: a million bad rows make a few findings and a number.

use crate::diagnostic::{
    DAY_OR_MONTH, DUPLICATE_COLUMN, Diagnostic, FindingKind, NOT_A_TIME, ORDER_MIXED,
    STAMPS_DISAGREE, TIME_ZONE_UNKNOWN, UNEVEN_ROW,
};

/// How many findings of a kind are reported in full.
const IN_FULL: usize = 10;

/// Findings in the order of the file. Of each kind only the first ones are kept.
#[derive(Default)]
pub(super) struct FindingLimiter {
    groups: Vec<FindingGroup>,
}

struct FindingGroup {
    kind: &'static FindingKind,
    /// The first ones, and one more that counts the rest.
    first: Vec<Diagnostic>,
    count: usize,
}

impl FindingLimiter {
    /// Adds a finding that comes after all before it in the file.
    pub fn add(&mut self, finding: Diagnostic) {
        let group = self.group(finding.kind);
        if group.is_of_columns() {
            group.add_once(finding);
            return;
        }
        group.count += 1;
        if group.first.len() <= group.in_full() {
            group.first.push(finding);
        }
    }

    /// Counts one more row for a finding that is reported once a log. Returns false if no earlier row had it, so that
    /// it is still to be reported.
    pub fn count_again(&mut self, kind: &'static FindingKind) -> bool {
        let group = self.groups.iter_mut().find(|group| group.kind == kind);
        group.map(|group| group.count += 1).is_some()
    }

    /// Adds the findings of a later part of the file.
    pub fn append(&mut self, later: Self) {
        for more in later.groups {
            let group = self.group(more.kind);
            if group.is_of_columns() {
                more.first.into_iter().for_each(|it| group.add_once(it));
                continue;
            }
            group.count += more.count;
            let room = (group.in_full() + 1).saturating_sub(group.first.len());
            group.first.extend(more.first.into_iter().take(room));
        }
    }

    /// The findings that may be reported in full.
    pub fn kept(&self) -> impl Iterator<Item = &Diagnostic> {
        self.groups.iter().flat_map(|group| &group.first)
    }

    pub fn kept_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.groups.iter_mut().flat_map(|group| &mut group.first)
    }

    fn group(&mut self, kind: &'static FindingKind) -> &mut FindingGroup {
        let known = self.groups.iter().position(|group| group.kind == kind);
        let at = known.unwrap_or_else(|| {
            self.groups.push(FindingGroup {
                kind,
                first: Vec::new(),
                count: 0,
            });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }

    /// The findings. Of a kind with too many, the last one counts the rest.
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.groups
            .into_iter()
            .flat_map(FindingGroup::into_findings)
            .collect()
    }
}

impl FindingGroup {
    /// How many of its findings are reported before the last, which counts the rest.
    fn in_full(&self) -> usize {
        if self.is_of_log() { 0 } else { IN_FULL }
    }

    /// Whether its findings are about columns, not about rows.
    fn is_of_columns(&self) -> bool {
        *self.kind == DUPLICATE_COLUMN
    }

    /// Whether it is reported once a log: a program makes the same mistake in most rows.
    fn is_of_log(&self) -> bool {
        let of_log = [
            &DAY_OR_MONTH,
            &NOT_A_TIME,
            &ORDER_MIXED,
            &STAMPS_DISAGREE,
            &TIME_ZONE_UNKNOWN,
            &UNEVEN_ROW,
        ];
        of_log.contains(&self.kind)
    }

    /// Reports what every row repeats only where it first occurs.
    fn add_once(&mut self, finding: Diagnostic) {
        let is_known = self.first.iter().any(|it| it.message == finding.message);
        if !is_known && self.first.len() <= IN_FULL {
            self.count += 1;
            self.first.push(finding);
        }
    }

    /// The findings that are reported in full. The last one counts the rest.
    fn into_findings(mut self) -> Vec<Diagnostic> {
        let more = self.count.saturating_sub(self.first.len());
        if self.is_of_log() {
            if let Some(first) = self.first.first_mut().filter(|_| more > 0) {
                let rows = if more == 1 { "row" } else { "rows" };
                first.message = format!("{}, and so on in {more} more {rows}", first.message);
            }
            return self.first;
        }
        if let Some(last) = self.first.last_mut().filter(|_| more > 0) {
            last.message = format!("{}, and so on: {more} more of this kind", last.message);
            last.more = more;
        }
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, ROW_UNREADABLE, TextPlace};

    fn limited(range: std::ops::Range<usize>) -> FindingLimiter {
        let mut findings = FindingLimiter::default();
        for at in range {
            let place = TextPlace::new(FileId(0), at..at + 1);
            findings.add(Diagnostic::new(&ROW_UNREADABLE, place, "no JSON"));
        }
        findings
    }

    #[test]
    fn a_problem_of_columns_is_reported_once() {
        let of_columns = |names: std::ops::Range<usize>| {
            let mut findings = FindingLimiter::default();
            for name in names {
                let place = TextPlace::new(FileId(0), 0..1);
                let finding = Diagnostic::new(&DUPLICATE_COLUMN, place, format!("column {name}"));
                findings.add(finding.clone());
                findings.add(finding);
            }
            findings
        };
        let mut all = of_columns(0..3);
        all.append(of_columns(1..5));
        let messages: Vec<_> = all
            .into_findings()
            .into_iter()
            .map(|it| it.message)
            .collect();
        let expected: Vec<_> = (0..5).map(|name| format!("column {name}")).collect();
        assert_eq!(messages, expected);
        let mut many = of_columns(0..30);
        many.append(of_columns(20..60));
        assert_eq!(many.into_findings().len(), IN_FULL + 1);
    }

    #[test]
    fn beyond_some_number_findings_are_counted() {
        let mut all = limited(0..7);
        all.append(limited(7..1_000_000));
        let findings = all.into_findings();
        assert_eq!(findings.len(), IN_FULL + 1);
        assert_eq!(findings[9].message, "no JSON");
        let last = &findings[10];
        assert_eq!(last.place.start(), 10);
        assert_eq!(last.message, "no JSON, and so on: 999989 more of this kind");
        let counts = findings.iter().map(Diagnostic::count);
        assert_eq!(counts.sum::<usize>(), 1_000_000);
        let last = &limited(0..12).into_findings()[10];
        assert_eq!(last.message, "no JSON, and so on: 1 more of this kind");
        assert_eq!(limited(0..11).into_findings()[10].message, "no JSON");
    }
}
