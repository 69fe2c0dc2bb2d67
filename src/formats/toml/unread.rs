//! What stands in a text and cannot be read, where it may keep something from a reader: markings, and days on which
//! something became public.
//!
//! Nobody knows what it says. So a marking counts as the strictest until it is mended, and of what has such a day
//! nobody can show that it was public.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};

use super::Reader;
use super::statement::{Extent, TABLES, Trust, heading, heading_or_ruin};
use super::value::tlp;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::timeline::draft::{At, Draft, DraftHead};
use crate::timeline::term::Tlp;

/// What is said of a marking that cannot be read.
pub(super) const COUNTS_AS_RED: &str = "counts as `RED` until it is mended";

/// What is said of a key that means nothing here, and may be one of those that decide on what is public.
pub(super) const COUNTS_AS_SECRET: &str = "counts as not yet public until it is mended";

/// The key of a marking.
pub(super) const MARKING: &str = "tlp";

/// The keys that decide on what was public: those of an event, of a claim and of a source.
const DAYS: &[&str] = &[
    "disclosed",
    "sources",
    "claims",
    "said",
    "source",
    "published",
];

/// Of a table, the keys that stand there and could not be read, each with its place.
#[derive(Default)]
pub(super) struct Unread(Vec<(&'static str, Place)>);

impl Unread {
    pub(super) fn add(&mut self, key: &'static str, place: Place) {
        self.0.push((key, place));
    }

    pub(super) fn append(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Whether one of some keys could not be read.
    pub(super) fn has(&self, keys: &[&str]) -> bool {
        self.0.iter().any(|(key, _)| keys.contains(key))
    }

    /// A marking that could not be read counts as the strictest, whatever another one says.
    pub(super) fn mark(&self, marking: &mut Option<At<Tlp>>) {
        if let Some((_, place)) = self.0.iter().find(|(key, _)| *key == MARKING) {
            *marking = Some(At::new(Tlp::Red, *place));
        }
    }

    /// The same of the file's own: and then nobody knows how the rest is marked.
    pub(super) fn mark_file(&self, head: &mut DraftHead) {
        self.mark(&mut head.tlp);
        head.tlp_unread |= self.has(&[MARKING]);
    }

    /// What a key that the table does not know may have been meant for.
    pub(super) fn add_unknown(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        place: Place,
        known: &[&str],
    ) -> Option<&'static str> {
        let tells_marking = |text: &str| {
            let prefix = text.trim_start().split_at_checked(4);
            prefix.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("TLP:"))
        };
        if may_be(name, MARKING) || value.as_str().is_some_and(tells_marking) {
            self.add(MARKING, place);
            return Some(COUNTS_AS_RED);
        }
        let days = DAYS.iter().filter(|key| known.contains(key));
        let has_marking = |it: &DeTable<'_>| it.keys().any(|key| may_be(key.get_ref(), MARKING));
        // A marking below a key that a table does not have is the table's; one beside all tables only that of the file.
        let is_of_table = !known.contains(&"timeline") || may_be(name, "timeline");
        if is_of_table && value.as_table().is_some_and(has_marking) {
            self.add(MARKING, place);
            return Some(COUNTS_AS_RED);
        }
        let before = self.0.len();
        for key in days.filter(|key| may_be(name, key)) {
            self.add(key, place);
        }
        (self.0.len() > before).then_some(COUNTS_AS_SECRET)
    }
}

/// Whether a word may have been meant for a key: it has the key in it, or is a slip away from it, or looks like it.
fn may_be(written: &str, key: &str) -> bool {
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

/// Whether a statement gives a marking that says nothing.
pub(super) fn is_unreadable_marking(statement: &str) -> bool {
    let (tree, _) = DeTable::parse_recoverable(statement);
    let value = tree.get_ref().get(MARKING);
    value.is_some_and(|value| value.get_ref().as_str().and_then(tlp).is_none())
}

/// A key that stood in a statement that was left out, or stood there again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LostKey {
    /// What stands below the same heading.
    section: Place,
    key: &'static str,
    /// What it says of a marking, if it is one that can be read.
    tlp: Option<Tlp>,
    /// Whether it is of the file itself, and stands apart from a `[timeline]`.
    is_of_file: bool,
    /// Where it stands.
    place: Place,
}

/// The keys that decide on what is shown and that a lost text may have held.
fn lost_keys(text: &str) -> Vec<&'static str> {
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

/// Adds to a finding what follows from it until it is mended.
pub(super) fn with_meaning(mut finding: Diagnostic, meaning: Option<&str>) -> Diagnostic {
    if let Some(meaning) = meaning {
        let between = if finding.label.is_empty() { "" } else { "; " };
        finding.label = format!("{}{between}{meaning}", finding.label);
    }
    finding
}

/// What it means until it is mended that keys are lost.
fn meaning(keys: &[&str]) -> Option<&'static str> {
    if keys.contains(&MARKING) {
        return Some(COUNTS_AS_RED);
    }
    (!keys.is_empty()).then_some(COUNTS_AS_SECRET)
}

/// The headings of a piece, and what stands below each of them.
#[derive(Default)]
pub(super) struct Sections {
    /// Where the piece begins, and every heading in it.
    starts: Vec<usize>,
    /// Whether what is below each of them may be of the file.
    are_of_file: Vec<bool>,
    end: usize,
}

/// What is below a heading, or above the first.
struct Section {
    range: Range<usize>,
    /// Whether it may be of the file: it is below no heading, or below one like `[timeline]`.
    is_of_file: bool,
}

impl Sections {
    pub(super) fn of(piece: &str, statements: &[Range<usize>]) -> Self {
        // A line that ends with a bracket, and names no table, is one of what stands above.
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
    fn at(&self, byte: usize) -> Section {
        let next = self.starts.partition_point(|&start| start <= byte);
        let at = next.checked_sub(1);
        let start = at.and_then(|at| self.starts.get(at)).copied();
        let end = self.starts.get(next).copied().unwrap_or(self.end);
        Section {
            range: start.unwrap_or_default()..end,
            is_of_file: at
                .and_then(|at| self.are_of_file.get(at))
                .copied()
                .unwrap_or(true),
        }
    }
}

impl Reader<'_> {
    /// Remembers what a statement may have held that is left out. Returns what that means until it is mended.
    pub(super) fn lose(&mut self, piece: &str, statement: Range<usize>) -> Option<&'static str> {
        let text = piece.get(statement.clone()).unwrap_or_default();
        let place = self.place(statement.clone());
        let keys = heading_or_ruin(text);
        if keys.len() > 1 && may_be(keys[0], "events") {
            // A piece has one event, at its head: what is lost may have been claimed about it.
            let event = self.place(self.sections.at(0).range);
            self.lose_key("claims", None, (event, false), place);
        }
        let Section { range, is_of_file } = self.sections.at(statement.start);
        if range.start == statement.start && !keys.is_empty() {
            return None;
        }
        let section = self.place(range);
        let keys = lost_keys(text);
        for key in &keys {
            self.lose_key(key, None, (section, is_of_file), place);
        }
        meaning(&keys)
    }

    /// The same of what stands below the heading of a table that stands a second time, and is left out.
    pub(super) fn lose_of(&mut self, owner: Place, statement: &str, at: Range<usize>) {
        let place = self.place(at);
        for key in lost_keys(statement) {
            self.lose_key(key, None, (owner, false), place);
        }
    }

    /// The same of a key that stands a second time: of two markings the stricter counts.
    pub(super) fn lose_repeated(&mut self, piece: &str, at: usize) -> Option<&'static str> {
        let rest = piece.get(at..).unwrap_or_default();
        let range = at..at + Extent::of(rest, Trust::Careful).end;
        let statement = piece.get(range.clone()).unwrap_or_default();
        let (tree, _) = DeTable::parse_recoverable(statement);
        let first = tree.into_inner().into_iter().next();
        let Some((key, value)) = first else {
            return self.lose(piece, range);
        };
        let section = self.sections.at(at);
        let is_of_file = section.is_of_file;
        let (section, place) = (self.place(section.range), self.place(range));
        let read = value.get_ref().as_str().and_then(tlp);
        let read = read.filter(|_| key.get_ref() == MARKING);
        let keys = lost_keys(key.get_ref());
        for key in &keys {
            self.lose_key(key, read, (section, is_of_file), place);
        }
        if read.is_some() {
            return Some("the stricter of the two counts");
        }
        meaning(&keys)
    }

    /// Remembers of claims below a misspelt heading, such as `[[event.claims]]`, about which event they may be.
    pub(super) fn lose_claims(&mut self, key: &str, value: &DeValue<'_>) {
        let Some(table) = value.as_table().filter(|_| may_be(key, "events")) else {
            return;
        };
        let claims = table
            .iter()
            .filter(|(key, _)| may_be(key.get_ref(), "claims"));
        for claim in claims
            .filter_map(|(_, value)| value.get_ref().as_array())
            .flatten()
        {
            let place = self.place(claim.span());
            let events = &self.reading.draft.events;
            let next = events.partition_point(|it| it.place.start() < place.start());
            if let Some(event) = next.checked_sub(1).and_then(|it| events.get(it)) {
                let event = event.place;
                self.lose_key("claims", None, (event, false), place);
            }
        }
    }

    fn lose_key(
        &mut self,
        key: &'static str,
        tlp: Option<Tlp>,
        owner: (Place, bool),
        place: Place,
    ) {
        let (section, is_of_file) = owner;
        self.reading.lost.push(LostKey {
            section,
            key,
            tlp,
            is_of_file,
            place,
        });
    }
}

/// Counts what is lost as the strictest that it may have said.
pub(super) fn hold_back(draft: &mut Draft, mut lost: Vec<LostKey>, heads: &[Place]) {
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
        // Of two that can be read the stricter counts; of one that cannot be, nobody knows.
        draft.head.tlp_unread |= marking.tlp.is_none();
        marking.mark(&mut draft.head.tlp);
    }
    let lost = Lost(lost);
    for source in &mut draft.sources {
        lost.mark(source.id.place, &mut source.tlp);
        source.day_unread |= lost.has(source.id.place, &["published"]);
    }
    for entity in &mut draft.entities {
        lost.mark(entity.id.place, &mut entity.tlp);
    }
    for event in &mut draft.events {
        lost.mark(event.place, &mut event.tlp);
        let has_none = event.sources.is_empty() && event.claims.is_empty();
        event.day_unread |= lost.has(event.place, &["disclosed"])
            || (has_none && lost.has(event.place, &["sources", "claims"]));
        for claim in &mut event.claims {
            lost.mark(claim.place, &mut claim.tlp);
            claim.day_unread |= lost.has(claim.place, &["said", "source"]);
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
    fn mark(&self, marking: &mut Option<At<Tlp>>) {
        let tlp = self.tlp.unwrap_or(Tlp::Red);
        if marking.as_ref().is_none_or(|it| it.value < tlp) {
            *marking = Some(At::new(tlp, self.place));
        }
    }
}

/// What is lost, in the order of its sections; these do not overlap but where they are the same.
struct Lost(Vec<LostKey>);

impl Lost {
    fn of(&self, item: Place) -> impl Iterator<Item = &LostKey> {
        let first = self
            .0
            .partition_point(|it| (it.section.file, it.section.end()) <= (item.file, item.start()));
        let rest = self.0.get(first..).unwrap_or_default().iter();
        rest.take_while(move |it| meets(it.section, item))
    }

    fn mark(&self, item: Place, marking: &mut Option<At<Tlp>>) {
        self.of(item)
            .filter(|it| it.key == MARKING)
            .for_each(|it| it.mark(marking));
    }

    fn has(&self, item: Place, keys: &[&str]) -> bool {
        self.of(item).any(|it| keys.contains(&it.key))
    }
}

fn meets(section: Place, item: Place) -> bool {
    section.file == item.file && section.start() <= item.start() && item.start() < section.end()
}
