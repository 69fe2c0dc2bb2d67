//! Some rows of a log, without what only the others use.

use std::ops::Range;

use super::column::{ListColumn, TermId, Vocabulary};
use super::log::{LogRows, SingleColumn};

/// The words of the chosen rows, and the numbers that they had among all rows.
struct ChosenWords<'r> {
    all: &'r Vocabulary,
    chosen: Vocabulary,
}

impl ChosenWords<'_> {
    fn of(&mut self, word: TermId) -> TermId {
        self.chosen.intern(self.all.word(word))
    }
}

impl LogRows {
    /// Copies some rows, which are numbered in order.
    #[must_use]
    pub fn chosen(&self, rows: &[u32]) -> Self {
        let mut out = Self::default();
        let mut words = ChosenWords {
            all: &self.words,
            chosen: Vocabulary::default(),
        };
        let mut attributes = Vec::new();
        for run in runs(rows) {
            out.titles.extend(&self.titles, run.clone());
            out.when.extend(&self.when, run.clone());
            self.copy_singles(run.clone(), &mut out, &mut words);
            for (own, all) in out.lists.iter_mut().zip(&self.lists) {
                copy_list(own, all, run.clone(), &mut words);
            }
            if !self.tlp.is_empty() {
                out.tlp.extend_with(&self.tlp, run.clone(), |tlp| tlp);
            }
            let name = |name| words.of(name);
            (out.attributes).extend(&self.attributes, run.clone(), &mut attributes, name);
            out.bytes.extend_from_slice(&self.bytes[run.clone()]);
            out.lines.extend_from_slice(&self.lines[run]);
        }
        let place = |row: &u32| rows.binary_search(row).ok();
        let place = |row: &u32| place(row).and_then(|it| u32::try_from(it).ok());
        out.day_unread = self.day_unread.iter().filter_map(place).collect();
        let keys = self.keys.iter();
        let keys = keys.filter_map(|(row, key)| Some((place(row)?, key.clone())));
        out.keys = keys.collect();
        let prints = self.prints.iter();
        out.prints = prints
            .filter_map(|(row, print)| Some((place(row)?, *print)))
            .collect();
        out.words = words.chosen;
        out
    }

    fn copy_singles(&self, run: Range<usize>, out: &mut Self, words: &mut ChosenWords<'_>) {
        let here = out.bytes.len();
        for (own, all) in out.singles.0.iter_mut().zip(&self.singles.0) {
            match (own, all) {
                (SingleColumn::Texts(own), SingleColumn::Texts(all)) => {
                    own.extend(all, run.clone());
                }
                (SingleColumn::Words(own), SingleColumn::Words(all)) if !all.is_empty() => {
                    own.extend_with(all, run.clone(), |word| Some(words.of(word?)));
                }
                (SingleColumn::Dates(own), SingleColumn::Dates(all)) => {
                    for (row, date) in all.within(number(run.start)..number(run.end)) {
                        let row = here + row as usize - run.start;
                        own.push(number(row), date.clone());
                    }
                }
                _ => {}
            }
        }
    }
}

fn copy_list(
    own: &mut ListColumn<TermId>,
    all: &ListColumn<TermId>,
    run: Range<usize>,
    words: &mut ChosenWords<'_>,
) {
    if !all.is_empty() {
        own.extend_with(all, run, |word| words.of(word));
    }
}

/// The runs of neighbouring rows.
fn runs(rows: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let runs = rows.chunk_by(|row, next| row + 1 == *next);
    runs.filter_map(|run| Some(*run.first()? as usize..*run.last()? as usize + 1))
}

fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a chunk has fewer than 2^32 rows")
}
