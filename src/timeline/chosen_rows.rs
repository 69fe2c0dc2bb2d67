//! Adds rows of a log to others of it, without what only the rest uses.

use std::mem;
use std::ops::Range;

use super::column::{ListColumn, TermId};
use super::log::{LogRows, SingleColumn};

/// The numbers that words and values of some rows have among the rows to which they are added.
struct TakenNumbers {
    words: Vec<Option<TermId>>,
    attributes: Vec<Option<u32>>,
}

impl TakenNumbers {
    fn new(of: &LogRows) -> Self {
        Self {
            words: vec![None; of.words.len()],
            attributes: Vec::new(),
        }
    }
}

impl LogRows {
    /// Copies some rows, which are numbered in order.
    #[must_use]
    pub fn chosen(&self, rows: &[u32]) -> Self {
        let (mut out, mut taken) = (Self::default(), TakenNumbers::new(self));
        for run in runs(rows) {
            out.extend(self, run, 0, &mut taken);
        }
        out
    }

    /// Adds the rows of the next chunk, moved down by a number of lines. Of each name that the file has values for,
    /// only the number is added.
    pub fn append(&mut self, next: &Self, later: u32) {
        let mut taken = TakenNumbers::new(next);
        self.extend(next, 0..next.len(), later, &mut taken);
        for &name in &next.paged_names {
            let name = self.words.intern(next.words.word(name));
            if !self.paged_names.contains(&name) {
                self.paged_names.push(name);
            }
        }
    }

    fn extend(&mut self, all: &Self, run: Range<usize>, later: u32, taken: &mut TakenNumbers) {
        let here = self.len();
        let mut words = mem::take(&mut self.words);
        let mut word = |word: TermId| {
            let known = &mut taken.words[word.0 as usize];
            *known.get_or_insert_with(|| words.intern(all.words.word(word)))
        };
        self.titles.extend(&all.titles, run.clone());
        self.when.extend(&all.when, run.clone());
        self.extend_singles(all, here, run.clone(), &mut word);
        for (own, all) in self.lists.iter_mut().zip(&all.lists) {
            extend_list(own, all, here, run.clone(), &mut word);
        }
        if !(self.tlp.is_empty() && all.tlp.is_empty()) {
            self.tlp.push_alike(None, here - self.tlp.len());
            if all.tlp.is_empty() {
                self.tlp.push_alike(None, run.len());
            } else {
                self.tlp.extend_with(&all.tlp, run.clone(), |tlp| tlp);
            }
        }
        let attributes = &mut taken.attributes;
        (self.attributes).extend(&all.attributes, run.clone(), attributes, &mut word);
        let bytes = all.bytes.get(run.clone()).unwrap_or_default();
        self.bytes.extend_from_slice(bytes);
        self.lines.extend(&all.lines, run.clone(), later);
        let (first, start) = (number(here), number(run.start));
        let moved = |row: u32| row - start + first;
        let unread = within(&all.day_unread, &run, |&row| row);
        self.day_unread.extend(unread.iter().map(|&row| moved(row)));
        let keys = within(&all.keys, &run, |(row, _)| *row).iter();
        self.keys
            .extend(keys.map(|(row, key)| (moved(*row), key.clone())));
        let prints = within(&all.prints, &run, |(row, _)| *row).iter();
        self.prints
            .extend(prints.map(|(row, print)| (moved(*row), *print)));
        self.words = words;
    }

    fn extend_singles(
        &mut self,
        all: &Self,
        here: usize,
        run: Range<usize>,
        word: &mut impl FnMut(TermId) -> TermId,
    ) {
        for (own, all) in self.singles.0.iter_mut().zip(&all.singles.0) {
            match (own, all) {
                (SingleColumn::Texts(own), SingleColumn::Texts(all)) => {
                    own.extend(all, run.clone());
                }
                (SingleColumn::Words(own), SingleColumn::Words(all)) if !all.is_empty() => {
                    own.extend_with(all, run.clone(), |it| Some(word(it?)));
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

/// A list that all rows lack has no rows.
fn extend_list(
    own: &mut ListColumn<TermId>,
    all: &ListColumn<TermId>,
    here: usize,
    run: Range<usize>,
    word: &mut impl FnMut(TermId) -> TermId,
) {
    if own.is_empty() && all.is_empty() {
        return;
    }
    own.push_alike(&[], here - own.len());
    if all.is_empty() {
        own.push_alike(&[], run.len());
    } else {
        own.extend_with(all, run, word);
    }
}

/// Those of some values, in the order of their rows, whose rows are in a run.
fn within<'a, T>(all: &'a [T], run: &Range<usize>, row: impl Fn(&T) -> u32) -> &'a [T] {
    let at = |limit: usize| all.partition_point(|it| (row(it) as usize) < limit);
    &all[at(run.start)..at(run.end)]
}

/// The runs of neighbouring rows.
fn runs(rows: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let runs = rows.chunk_by(|row, next| row + 1 == *next);
    runs.filter_map(|run| Some(*run.first()? as usize..*run.last()? as usize + 1))
}

fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a file has fewer than 2^32 rows")
}
