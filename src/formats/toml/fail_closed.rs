//! Fail closed: an unreadable value counts as the strictest value that it may have been.
//!
//! An unreadable marking may have been any marking, so it counts as `RED` until it is fixed. An unreadable day of
//! publication may have been any day, so its event, claim or source counts as not yet public.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};

use super::key_names::{CLAIMS, DISCLOSED, MARKING, PUBLISHED, SAID, SOURCE, SOURCES};
use super::marking::{COUNTS_AS_RED, has_prefix, parse_marking};
use super::statements::{TABLES, heading, heading_or_ruin};
use crate::diagnostic::{Diagnostic, TextPlace, nearest};
use crate::timeline::draft::{DraftHead, DraftTimeline, Located};
use crate::timeline::term::Tlp;

/// What becomes of a day on which something became public, if the day cannot be read.
const COUNTS_AS_SECRET: &str = "counts as not yet public until it is fixed";

const DAYS: [&str; 6] = [DISCLOSED, SOURCES, CLAIMS, SAID, SOURCE, PUBLISHED];

/// The keys of a table whose values could not be read, each with its place.
#[derive(Default)]
pub(super) struct UnreadKeys(Vec<(&'static str, TextPlace)>);

impl UnreadKeys {
    pub(super) fn add(&mut self, key: &'static str, place: TextPlace) {
        self.0.push((key, place));
    }

    pub(super) fn append(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Whether any of some keys could not be read.
    pub(super) fn has(&self, keys: &[&str]) -> bool {
        self.0.iter().any(|(key, _)| keys.contains(key))
    }

    /// Sets a marking to the strictest if a marking could not be read, even where another one could.
    pub(super) fn mark(&self, marking: &mut Option<Located<Tlp>>) {
        if let Some((_, place)) = self.0.iter().find(|(key, _)| *key == MARKING) {
            *marking = Some(Located::new(Tlp::Red, *place));
        }
    }

    /// Does the same to the marking of the file, on which the rest of the file depends.
    pub(super) fn mark_file(&self, head: &mut DraftHead) {
        self.mark(&mut head.tlp);
        head.tlp_unread |= self.has(&[MARKING]);
    }

    /// Adds the key that an unknown key may have been meant for. Returns what becomes of it until it is fixed.
    pub(super) fn add_unknown(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        place: TextPlace,
        known: &[&str],
    ) -> Option<&'static str> {
        if may_be(name, MARKING) || value.as_str().is_some_and(has_prefix) {
            self.add(MARKING, place);
            return Some(COUNTS_AS_RED);
        }
        let has_marking = |it: &DeTable<'_>| it.keys().any(|key| may_be(key.get_ref(), MARKING));
        // A marking below an unknown key is the table's. In an unknown table at the top it is the file's only if the
        // table may be `[timeline]`.
        let is_of_table = !known.contains(&"timeline") || may_be(name, "timeline");
        if is_of_table && value.as_table().is_some_and(has_marking) {
            self.add(MARKING, place);
            return Some(COUNTS_AS_RED);
        }
        let before = self.0.len();
        let days = DAYS.iter().filter(|key| known.contains(key));
        for key in days.filter(|key| may_be(name, key)) {
            self.add(key, place);
        }
        (self.0.len() > before).then_some(COUNTS_AS_SECRET)
    }
}

/// Whether a word may have been meant for a key: it contains the key, is a slip away from it, or looks like it.
pub(super) fn may_be(written: &str, key: &str) -> bool {
    let written = written.to_lowercase();
    let letters = || written.chars().filter(|it| it.is_alphanumeric());
    let word: String = letters().collect();
    let pairs = || letters().zip(key.chars());
    let looks_like = letters().count() == key.chars().count()
        && pairs().any(|(its, ours)| its == ours)
        && pairs().all(|(its, ours)| its == ours || !its.is_ascii());
    word.contains(key) || looks_like || nearest(&word, [key]).is_some()
}

/// Whether a word may have been meant for the name of a table.
pub(super) fn is_near_table(word: &str) -> bool {
    TABLES.iter().any(|table| may_be(word, table))
}

/// Whether a statement gives a marking that cannot be read.
pub(super) fn is_unreadable_marking(statement: &str) -> bool {
    let (tree, _) = DeTable::parse_recoverable(statement);
    let value = tree.get_ref().get(MARKING);
    value.is_some_and(|value| value.get_ref().as_str().and_then(parse_marking).is_none())
}

/// A key in a statement that was left out, or in a second statement of the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LostKey {
    /// Everything below the heading under which it is.
    pub(super) section: TextPlace,
    pub(super) key: &'static str,
    /// What it says of a marking, if it is one and can be read.
    pub(super) tlp: Option<Tlp>,
    /// Whether it is of the file itself, and not below a `[timeline]` that can be read.
    pub(super) is_of_file: bool,
    pub(super) place: TextPlace,
}

/// The keys that a lost text may have held, of those that decide what is shown.
pub(super) fn lost_keys(text: &str) -> Vec<&'static str> {
    let words = text.lines().map(|line| {
        let line = line.trim_start_matches(|it: char| !it.is_alphanumeric());
        let end = line.find(|it: char| it.is_whitespace() || "=:\"'".contains(it));
        line.split_at(end.unwrap_or(line.len())).0
    });
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let has = |key: &&&str| words.iter().any(|word| may_be(word, key));
    let marking = text.to_lowercase().contains(MARKING) || has(&&MARKING);
    let marking = marking.then_some(MARKING);
    marking
        .into_iter()
        .chain(DAYS.iter().filter(has).copied())
        .collect()
}

/// Adds to the label of a finding what becomes of its key until it is fixed.
pub(super) fn with_meaning(mut finding: Diagnostic, meaning: Option<&str>) -> Diagnostic {
    if let Some(meaning) = meaning {
        let between = if finding.label.is_empty() { "" } else { "; " };
        finding.label = format!("{}{between}{meaning}", finding.label);
    }
    finding
}

/// What becomes of lost keys until they are fixed.
pub(super) fn meaning(keys: &[&str]) -> Option<&'static str> {
    if keys.contains(&MARKING) {
        return Some(COUNTS_AS_RED);
    }
    (!keys.is_empty()).then_some(COUNTS_AS_SECRET)
}

/// The headings of a piece, each with the statements below it.
#[derive(Default)]
pub(super) struct PieceSections {
    /// The beginning of the piece, and of every heading in it.
    starts: Vec<usize>,
    /// Whether the keys below each of them may be of the file.
    are_of_file: Vec<bool>,
    end: usize,
}

/// The statements below a heading, or above the first.
pub(super) struct PieceSection {
    pub(super) range: Range<usize>,
    /// Whether its keys may be of the file: it is below no heading, or below one like `[timeline]`.
    pub(super) is_of_file: bool,
}

impl PieceSections {
    pub(super) fn of(piece: &str, statements: &[Range<usize>]) -> Self {
        // A line that ends with a bracket and names no table belongs to the section above.
        let is_heading = |it: &&Range<usize>| {
            let text = piece.get((*it).clone()).unwrap_or_default();
            let is_table = |first: &&str| is_near_table(first);
            let is_ruin = |first: &&str| TABLES.contains(first);
            heading(text).first().is_some_and(is_table)
                || heading_or_ruin(text).first().is_some_and(is_ruin)
        };
        let mut starts = vec![0];
        starts.extend(statements.iter().filter(is_heading).map(|it| it.start));
        // Asked once for each section, and not for each lost statement: a first line may have megabytes.
        let is_of_file = |&start: &usize| {
            let section = piece.get(start..).unwrap_or_default();
            let keys = heading_or_ruin(section.lines().next().unwrap_or_default());
            keys.first().is_none_or(|first| may_be(first, "timeline"))
        };
        Self {
            are_of_file: starts.iter().map(is_of_file).collect(),
            starts,
            end: piece.len(),
        }
    }

    /// The section in which a byte is.
    pub(super) fn at(&self, byte: usize) -> PieceSection {
        let next = self.starts.partition_point(|&start| start <= byte);
        let at = next.checked_sub(1);
        let start = at.and_then(|at| self.starts.get(at)).copied();
        let end = self.starts.get(next).copied().unwrap_or(self.end);
        PieceSection {
            range: start.unwrap_or_default()..end,
            is_of_file: at
                .and_then(|at| self.are_of_file.get(at))
                .copied()
                .unwrap_or(true),
        }
    }
}

/// Counts each lost key as the strictest that it may have said.
pub(super) fn hold_back(draft: &mut DraftTimeline, mut lost: Vec<LostKey>, heads: &[TextPlace]) {
    if lost.is_empty() {
        return;
    }
    lost.sort_unstable();
    lost.dedup_by(|next, first| {
        (next.section, next.key, next.tlp) == (first.section, first.key, first.tlp)
    });
    let in_head =
        |it: &&LostKey| it.is_of_file || heads.iter().any(|head| meets(it.section, *head));
    for marking in lost.iter().filter(in_head).filter(|it| it.key == MARKING) {
        // Of two readable markings the stricter counts. An unreadable one says nothing about the rest of the file.
        draft.head.tlp_unread |= marking.tlp.is_none();
        marking.mark(&mut draft.head.tlp);
    }
    let lost = LostKeys(lost);
    for source in &mut draft.sources {
        lost.mark(source.id.place, &mut source.tlp);
        source.day_unread |= lost.has(source.id.place, &[PUBLISHED]);
    }
    for entity in &mut draft.entities {
        lost.mark(entity.id.place, &mut entity.tlp);
    }
    for event in &mut draft.events {
        lost.mark(event.place, &mut event.tlp);
        let has_none = event.sources.is_empty() && event.claims.is_empty();
        event.day_unread |= lost.has(event.place, &[DISCLOSED])
            || (has_none && lost.has(event.place, &[SOURCES, CLAIMS]));
        for claim in &mut event.claims {
            lost.mark(claim.place, &mut claim.tlp);
            claim.day_unread |= lost.has(claim.place, &[SAID, SOURCE]);
        }
    }
    for view in &mut draft.views {
        lost.mark(view.id.place, &mut view.tlp);
    }
    for scene in &mut draft.scenes {
        lost.mark(scene.place, &mut scene.tlp);
    }
    for question in &mut draft.questions {
        lost.mark(question.place, &mut question.tlp);
    }
}

impl LostKey {
    fn mark(&self, marking: &mut Option<Located<Tlp>>) {
        let tlp = self.tlp.unwrap_or(Tlp::Red);
        if marking.as_ref().is_none_or(|it| it.value < tlp) {
            *marking = Some(Located::new(tlp, self.place));
        }
    }
}

/// Lost keys in the order of their sections. Two sections are the same, or do not overlap.
struct LostKeys(Vec<LostKey>);

impl LostKeys {
    fn of(&self, item: TextPlace) -> impl Iterator<Item = &LostKey> {
        let first = self
            .0
            .partition_point(|it| (it.section.file, it.section.end()) <= (item.file, item.start()));
        let rest = self.0.get(first..).unwrap_or_default().iter();
        rest.take_while(move |it| meets(it.section, item))
    }

    fn mark(&self, item: TextPlace, marking: &mut Option<Located<Tlp>>) {
        self.of(item)
            .filter(|it| it.key == MARKING)
            .for_each(|it| it.mark(marking));
    }

    fn has(&self, item: TextPlace, keys: &[&str]) -> bool {
        self.of(item).any(|it| keys.contains(&it.key))
    }
}

fn meets(section: TextPlace, item: TextPlace) -> bool {
    section.file == item.file && section.start() <= item.start() && item.start() < section.end()
}
