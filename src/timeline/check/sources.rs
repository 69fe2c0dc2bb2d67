//! Sources that derive from each other in a circle.

use std::collections::HashMap;

use super::super::draft::{Draft, DraftSource, Words};
use crate::diagnostic::{DERIVES_FROM_ITSELF, Diagnostic};

/// Tells of every circle once, at the reference that closes it.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let rows: HashMap<&str, usize> = (draft.sources.iter().map(|it| it.id.value.as_str()))
        .enumerate()
        .map(|(row, id)| (id, row))
        .collect();
    let mut walk = Walk {
        sources: &draft.sources,
        rows,
        seen: vec![Seen::Not; draft.sources.len()],
    };
    for row in 0..draft.sources.len() {
        walk.from(row, findings);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// On the way that is being followed.
    Open,
    Done,
}

struct Walk<'d> {
    sources: &'d [DraftSource],
    rows: HashMap<&'d str, usize>,
    seen: Vec<Seen>,
}

impl Walk<'_> {
    /// Follows what a source derives from, depth first, without recursion: a file may be long.
    fn from(&mut self, start: usize, findings: &mut Vec<Diagnostic>) {
        if self.seen[start] != Seen::Not {
            return;
        }
        let mut way = vec![(start, 0)];
        self.seen[start] = Seen::Open;
        while let Some((row, next)) = way.last_mut() {
            let Some(name) = self.sources[*row].derives_from.get(*next) else {
                self.seen[*row] = Seen::Done;
                way.pop();
                continue;
            };
            *next += 1;
            let Some(&parent) = self.rows.get(name.value.as_str()) else {
                continue;
            };
            match self.seen[parent] {
                Seen::Not => {
                    self.seen[parent] = Seen::Open;
                    way.push((parent, 0));
                }
                Seen::Open => {
                    let circle = way
                        .iter()
                        .map(|&(row, _)| row)
                        .skip_while(|&row| row != parent);
                    findings.push(self.circle(name, circle));
                }
                Seen::Done => {}
            }
        }
    }

    fn circle(&self, name: &Words, rows: impl Iterator<Item = usize>) -> Diagnostic {
        let ids: Vec<_> = rows
            .map(|row| format!("`{}`", self.sources[row].id.value))
            .collect();
        let message = match &ids[..] {
            [one] => format!("{one} derives from itself"),
            [first, second] => format!("{first} and {second} derive from each other"),
            many => format!("{} derive from each other in a circle", many.join(", ")),
        };
        Diagnostic::new(&DERIVES_FROM_ITSELF, name.place, message)
            .label("expected an earlier document")
            .help("keep only the direction in which the text was copied")
    }
}
