//! The findings of a log: a million bad rows are a few findings and a number.

use crate::diagnostic::{
    DUPLICATE_COLUMN, Diagnostic, Kind, NOT_A_TIME, STAMPS_DISAGREE, TIME_ZONE_UNKNOWN, UNEVEN_ROW,
};

/// How many findings of a sort are told in full.
const IN_FULL: usize = 10;

/// Findings in the order of the file, counted where there are too many.
#[derive(Default)]
pub(super) struct Told {
    sorts: Vec<Sort>,
}

struct Sort {
    kind: &'static Kind,
    /// The first ones, and one more that stands for the rest.
    first: Vec<Diagnostic>,
    count: usize,
}

impl Told {
    /// Tells of something that stands behind all that was told before.
    pub fn tell(&mut self, finding: Diagnostic) {
        let sort = self.sort(finding.kind);
        if sort.is_of_columns() {
            sort.tell_once(finding);
            return;
        }
        sort.count += 1;
        if sort.first.len() <= sort.in_full() {
            sort.first.push(finding);
        }
    }

    /// Counts one more row that has something which is reported once for the log. Returns false if no row before it
    /// had it: then it is to be reported.
    pub fn count_again(&mut self, kind: &'static Kind) -> bool {
        let sort = self.sorts.iter_mut().find(|sort| sort.kind == kind);
        sort.map(|sort| sort.count += 1).is_some()
    }

    /// Adds what was told of a later part of the file.
    pub fn append(&mut self, later: Self) {
        for more in later.sorts {
            let sort = self.sort(more.kind);
            if sort.is_of_columns() {
                more.first.into_iter().for_each(|it| sort.tell_once(it));
                continue;
            }
            sort.count += more.count;
            let room = (sort.in_full() + 1).saturating_sub(sort.first.len());
            sort.first.extend(more.first.into_iter().take(room));
        }
    }

    /// Every finding that may be told in full.
    pub fn in_full(&self) -> impl Iterator<Item = &Diagnostic> {
        self.sorts.iter().flat_map(|sort| &sort.first)
    }

    /// The same, to be changed.
    pub fn in_full_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.sorts.iter_mut().flat_map(|sort| &mut sort.first)
    }

    fn sort(&mut self, kind: &'static Kind) -> &mut Sort {
        let known = self.sorts.iter().position(|sort| sort.kind == kind);
        let at = known.unwrap_or_else(|| {
            self.sorts.push(Sort {
                kind,
                first: Vec::new(),
                count: 0,
            });
            self.sorts.len() - 1
        });
        &mut self.sorts[at]
    }

    /// The findings; where there are too many of a sort, the last of it says how many more there are.
    pub fn findings(self) -> Vec<Diagnostic> {
        self.sorts.into_iter().flat_map(Sort::findings).collect()
    }
}

impl Sort {
    /// How many of its findings are reported in full before the one that counts the rest.
    fn in_full(&self) -> usize {
        if self.is_of_log() { 0 } else { IN_FULL }
    }

    /// Whether its findings are about the columns of the log, not about single rows.
    fn is_of_columns(&self) -> bool {
        *self.kind == DUPLICATE_COLUMN
    }

    /// Whether it is about the log as a whole, and reported once for it: what a program did in one row it did in most.
    fn is_of_log(&self) -> bool {
        let of_log = [
            &NOT_A_TIME,
            &STAMPS_DISAGREE,
            &TIME_ZONE_UNKNOWN,
            &UNEVEN_ROW,
        ];
        of_log.contains(&self.kind)
    }

    /// What is so in row after row is told where it is so first.
    fn tell_once(&mut self, finding: Diagnostic) {
        let is_known = self.first.iter().any(|it| it.message == finding.message);
        if !is_known && self.first.len() <= IN_FULL {
            self.count += 1;
            self.first.push(finding);
        }
    }

    /// Those that are told in full; the last of them stands for the rest.
    fn findings(mut self) -> Vec<Diagnostic> {
        let more = self.count.saturating_sub(self.first.len());
        if self.is_of_log() {
            if let Some(first) = self.first.first_mut().filter(|_| more > 0) {
                let rows = if more == 1 { "row" } else { "rows" };
                first.message = format!("{}, and so on in {more} more {rows}", first.message);
            }
            return self.first;
        }
        if let Some(last) = self.first.last_mut().filter(|_| more > 0) {
            last.message = format!("{}, and so on: {more} more of this sort", last.message);
            last.more = more;
        }
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Place, ROW_UNREADABLE};

    fn told(range: std::ops::Range<usize>) -> Told {
        let mut told = Told::default();
        for at in range {
            let place = Place::new(FileId(0), at..at + 1);
            told.tell(Diagnostic::new(&ROW_UNREADABLE, place, "no JSON"));
        }
        told
    }

    #[test]
    fn what_is_wrong_with_columns_is_told_once() {
        let told = |names: std::ops::Range<usize>| {
            let mut told = Told::default();
            for name in names {
                let place = Place::new(FileId(0), 0..1);
                let finding = Diagnostic::new(&DUPLICATE_COLUMN, place, format!("column {name}"));
                told.tell(finding.clone());
                told.tell(finding);
            }
            told
        };
        let mut all = told(0..3);
        all.append(told(1..5));
        let messages: Vec<_> = all.findings().into_iter().map(|it| it.message).collect();
        let expected: Vec<_> = (0..5).map(|name| format!("column {name}")).collect();
        assert_eq!(messages, expected);
        let mut many = told(0..30);
        many.append(told(20..60));
        assert_eq!(many.findings().len(), IN_FULL + 1);
    }

    #[test]
    fn beyond_some_number_findings_are_counted() {
        let mut all = told(0..7);
        all.append(told(7..1_000_000));
        let findings = all.findings();
        assert_eq!(findings.len(), IN_FULL + 1);
        assert_eq!(findings[9].message, "no JSON");
        let last = &findings[10];
        assert_eq!(last.place.start(), 10);
        assert_eq!(last.message, "no JSON, and so on: 999989 more of this sort");
        let counts = findings.iter().map(Diagnostic::count);
        assert_eq!(counts.sum::<usize>(), 1_000_000);
        let last = &told(0..12).findings()[10];
        assert_eq!(last.message, "no JSON, and so on: 1 more of this sort");
        assert_eq!(told(0..11).findings()[10].message, "no JSON");
    }
}
