//! Which event of one timeline is which event of the other.
//!
//! An id that the author wrote is the strongest evidence, then the same date and title, then the same title. Among the
//! rest, two events are one under another id only if they have much in common, and clearly more than with any other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, Range};

use super::counterparts::Counterparts;
use super::same_rows::{SameRows, row};
use crate::timeline::{Claim, Event, Timeline, slug};

/// The least score of two events that are one.
const ENOUGH: f64 = 5.0;

/// By how much it must exceed the score of each with any other event.
const AHEAD: f64 = 2.0;

/// What more events than this have in common says little: it makes no candidates.
const COMMON: usize = 32;

/// From this many events on that are not plainly the same, only ids, titles and dates are compared: a log that was
/// written anew has too many rows to look for one under another name.
const MANY: usize = 100_000;

/// The counterparts of events, and the new events that may be an older one under another id: they are too little alike,
/// or too much like a third.
pub(super) struct EventCounterparts {
    /// Of the events that are not [`EventCounterparts::same`].
    pub pairs: Counterparts,
    /// The rows at both ends that do not differ.
    pub same: SameRows,
    /// The newer event, and the older one.
    pub perhaps: BTreeMap<usize, usize>,
}

impl EventCounterparts {
    pub fn find<'t>(old: &'t Timeline, new: &'t Timeline) -> Self {
        Self::find_up_to(old, new, MANY)
    }

    fn find_up_to<'t>(old: &'t Timeline, new: &'t Timeline, many: usize) -> Self {
        let same = SameRows::of(old, new);
        let [old_rows, new_rows] = [old, new].map(|it| same.head..it.len() - same.tail);
        let mut pairs = Counterparts {
            pairs: Vec::new(),
            withdrawn: old_rows.clone().collect(),
            new: new_rows.clone().collect(),
        };
        if old_rows.len().max(new_rows.len()) > many {
            return Self {
                pairs: by_plain_signs(pairs, old, new),
                same,
                perhaps: BTreeMap::new(),
            };
        }
        let features = |timeline: &'t Timeline, rows: Range<usize>| RowFeatures {
            first: rows.start,
            all: rows
                .map(|at| EventFeatures::of(timeline.event(row(at))))
                .collect(),
        };
        let (old_events, new_events) = (features(old, old_rows), features(new, new_rows));
        pairs = unless_reused(
            pairs.by(|at| old_events[at].own_key(), |at| new_events[at].own_key()),
            &old_events,
            &new_events,
        );
        let dated = |event: &EventFeatures<'t>| (event.title, event.written);
        // A row of a log stays that row when an event is made of it in a timeline next to it.
        let as_row = |event: &EventFeatures<'t>| (event.is_named_by_line, dated(event));
        pairs = pairs
            .in_order(|at| as_row(&old_events[at]), |at| as_row(&new_events[at]))
            .in_order(|at| dated(&old_events[at]), |at| dated(&new_events[at]))
            .by(
                |at| Some(old_events[at].title),
                |at| Some(new_events[at].title),
            );
        // An id that was made of the title before the title was changed, and is written now.
        pairs = unless_reused(
            pairs.by(
                |at| old_events[at].lasting_key(),
                |at| new_events[at].lasting_key(),
            ),
            &old_events,
            &new_events,
        );
        let perhaps = by_score(&mut pairs, &old_events, &new_events);
        Self {
            pairs,
            same,
            perhaps,
        }
    }

    /// The newer counterpart of each older event.
    pub fn of_old(&self, old: usize, new: usize) -> Vec<Option<usize>> {
        let mut all = self.pairs.of_old(old);
        for (before, after) in self.same.pairs(old, new) {
            all[before] = Some(after);
        }
        all
    }
}

/// The features of some rows, by row.
struct RowFeatures<'t> {
    first: usize,
    all: Vec<EventFeatures<'t>>,
}

impl<'t> Index<usize> for RowFeatures<'t> {
    type Output = EventFeatures<'t>;

    fn index(&self, row: usize) -> &Self::Output {
        &self.all[row - self.first]
    }
}

/// Pairs many events by their ids, and then by title and date, in order.
fn by_plain_signs(pairs: Counterparts, old: &Timeline, new: &Timeline) -> Counterparts {
    let key = |timeline: &Timeline, at: usize| {
        let event = timeline.event(row(at));
        // The id changes with the lines above it.
        (!event.is_named_by_line()).then(|| event.key().into_owned())
    };
    let sign = |event: Event<'_>| (event.title().to_owned(), event.written().map(str::to_owned));
    let as_row = |event: Event<'_>| (event.is_named_by_line(), sign(event));
    let (of_old, of_new) = (|at| old.event(row(at)), |at| new.event(row(at)));
    pairs
        .by(|at| key(old, at), |at| key(new, at))
        .in_order(|at| as_row(of_old(at)), |at| as_row(of_new(at)))
        .in_order(|at| sign(of_old(at)), |at| sign(of_new(at)))
}

/// Without the pairs whose id is used for another event now.
fn unless_reused(
    mut pairs: Counterparts,
    old: &RowFeatures<'_>,
    new: &RowFeatures<'_>,
) -> Counterparts {
    let all = std::mem::take(&mut pairs.pairs);
    for (before, after) in all {
        if old[before].is_alike(&new[after]) {
            pairs.pairs.push((before, after));
        } else {
            pairs.withdrawn.push(before);
            pairs.new.push(after);
        }
    }
    pairs.withdrawn.sort_unstable();
    pairs.new.sort_unstable();
    pairs
}

/// Pairs what is surely one event under another id. The rest of the candidates is returned.
fn by_score(
    pairs: &mut Counterparts,
    old: &RowFeatures<'_>,
    new: &RowFeatures<'_>,
) -> BTreeMap<usize, usize> {
    let mut scores: Vec<(f64, usize, usize)> = candidates(pairs, old, new)
        .into_iter()
        .map(|(before, after)| (old[before].score(&new[after]), before, after))
        .filter(|(score, ..)| *score >= ENOUGH)
        .collect();
    scores.sort_by(|one, other| {
        let order = other.0.total_cmp(&one.0);
        order.then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    // The two best scores of each event.
    let mut best: BTreeMap<(bool, usize), Vec<f64>> = BTreeMap::new();
    for &(score, before, after) in &scores {
        best.entry((false, before)).or_default().push(score);
        best.entry((true, after)).or_default().push(score);
    }
    let is_clear = |score: f64, of: (bool, usize)| {
        let second = best.get(&of).and_then(|all| all.get(1));
        let first = best.get(&of).and_then(|all| all.first());
        first == Some(&score) && second.is_none_or(|second| score - second >= AHEAD)
    };
    let clear = |&(score, before, after): &(f64, usize, usize)| {
        is_clear(score, (false, before)) && is_clear(score, (true, after))
    };
    let found: Vec<_> = scores.iter().filter(|it| clear(it)).collect();
    pairs.take(found.iter().map(|it| (it.1, it.2)).collect());
    let open: BTreeSet<usize> = pairs.new.iter().copied().collect();
    let gone: BTreeSet<usize> = pairs.withdrawn.iter().copied().collect();
    let mut perhaps = BTreeMap::new();
    for (_, before, after) in scores {
        if open.contains(&after) && gone.contains(&before) {
            perhaps.entry(after).or_insert(before);
        }
    }
    perhaps
}

/// Events that have a date, a claim or a word of the title in common.
fn candidates(
    pairs: &Counterparts,
    old: &RowFeatures<'_>,
    new: &RowFeatures<'_>,
) -> BTreeSet<(usize, usize)> {
    let mut shared: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
    let sides = [(&pairs.withdrawn, old), (&pairs.new, new)];
    for (side, (items, events)) in sides.into_iter().enumerate() {
        for &at in items {
            let event = &events[at];
            let words = event.words.iter().map(|word| format!("word {word}"));
            let claims = event.claims.iter().map(|claim| format!("claim {claim}"));
            let date =
                Some(format!("date {}", event.written)).filter(|_| !event.written.is_empty());
            for feature in words.chain(claims).chain(date) {
                shared.entry(feature).or_default()[side].push(at);
            }
        }
    }
    let mut found = BTreeSet::new();
    for [before, after] in shared.into_values() {
        if before.len() <= COMMON && after.len() <= COMMON {
            let each = |&old: &usize| after.iter().map(move |&new| (old, new));
            found.extend(before.iter().flat_map(each));
        }
    }
    found
}

/// What says whether two events are one.
struct EventFeatures<'t> {
    key: String,
    /// Whether the author wrote the id, rather than dateline making it of the title.
    has_own_key: bool,
    is_named_by_line: bool,
    title: &'t str,
    written: &'t str,
    phase: &'t str,
    parties: BTreeSet<&'t str>,
    words: BTreeSet<String>,
    /// Speaker, source and place of each claim.
    claims: BTreeSet<String>,
}

impl<'t> EventFeatures<'t> {
    fn of(event: Event<'t>) -> Self {
        let (key, title) = (event.key().into_owned(), event.title());
        let timeline = event.timeline();
        let parties = event.all_parties();
        let claim = |claim: &Claim| {
            let by = claim.by.map_or("", |id| &*timeline.entity(id).key);
            let source = claim.source.map(|id| &*timeline.source(id).key)?;
            let at = claim.at.as_deref().unwrap_or_default();
            Some(format!("{by}\u{1f}{source}\u{1f}{at}"))
        };
        let words = slug(title, "");
        let words = words.split('-').filter(|word| !word.is_empty());
        Self {
            has_own_key: !has_made_key(event),
            is_named_by_line: event.is_named_by_line(),
            key,
            title,
            written: event.written().unwrap_or_default(),
            phase: event.phase(),
            parties: parties.map(|(_, id)| &*timeline.entity(id).key).collect(),
            words: words.map(ToOwned::to_owned).collect(),
            claims: event.claims().filter_map(|it| claim(it.1)).collect(),
        }
    }

    fn own_key(&self) -> Option<&str> {
        Some(&*self.key).filter(|_| self.has_own_key)
    }

    /// The key, unless it changes with the lines above it.
    fn lasting_key(&self) -> Option<&str> {
        Some(&*self.key).filter(|_| !self.is_named_by_line)
    }

    /// Whether anything that identifies an event is the same.
    fn is_alike(&self, other: &Self) -> bool {
        self.written == other.written
            || !self.words.is_disjoint(&other.words)
            || !self.claims.is_disjoint(&other.claims)
            || self.words.is_empty()
    }

    /// How much two events have in common.
    fn score(&self, other: &Self) -> f64 {
        let is_dated_alike = self.written == other.written && !self.written.is_empty();
        let is_same_phase = self.phase == other.phase && !self.phase.is_empty();
        let claims = self.claims.intersection(&other.claims).count().min(2);
        let claims = u8::try_from(claims).unwrap_or(2);
        f64::from(u8::from(is_dated_alike)) * 3.0
            + f64::from(u8::from(is_same_phase))
            + jaccard(&self.parties, &other.parties) * 4.0
            + jaccard(&self.words, &other.words) * 3.0
            + f64::from(claims) * 2.0
    }
}

/// Whether dateline made the key: of the line in a log, or of the title, perhaps with a number.
pub(super) fn has_made_key(event: Event<'_>) -> bool {
    if event.is_named_by_line() {
        return true;
    }
    let (key, made) = (event.key(), slug(event.title(), "untitled"));
    match key.strip_prefix(&made) {
        Some("") => true,
        Some(rest) => rest
            .strip_prefix('-')
            .is_some_and(|number| number.bytes().all(|it| it.is_ascii_digit())),
        None => false,
    }
}

/// The part of all members that both sets have, from 0 to 1.
fn jaccard<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    if all == 0 {
        return 0.0;
    }
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(both) / number(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn log(name: &str, rows: &[&str]) -> Timeline {
        let rows = rows.join("\n");
        let text = format!("datetime,message,timestamp_desc\n{rows}\n");
        crate::formats::open(&[SourceText::new(name, text)]).0
    }

    #[test]
    fn a_row_stays_that_row_when_an_event_is_made_of_it() {
        let (row, other) = ("2024-01-02T03:04:05Z,in,x", "2024-01-02T03:04:06Z,out,x");
        let made = "[[events]]\nid = \"in\"\nwhen = \"2024-01-02T03:04:05Z\"\ntitle = \"in\"\n";
        for rows in [vec![row, other], vec![row, row, other]] {
            let old = log("a.csv", &rows);
            let text = format!("datetime,message,timestamp_desc\n{}\n", rows.join("\n"));
            let files = [
                SourceText::new("a.csv", text),
                SourceText::new("b.toml", made),
            ];
            let new = crate::formats::open(&files).0;
            for many in [1, MANY] {
                let found = EventCounterparts::find_up_to(&old, &new, many);
                let added: Vec<_> = found
                    .pairs
                    .new
                    .iter()
                    .map(|&at| new.event(super::row(at)))
                    .collect();
                assert_eq!(added.iter().map(|it| it.key()).collect::<Vec<_>>(), ["in"]);
                assert_eq!(found.pairs.withdrawn, [0; 0]);
            }
        }
    }

    #[test]
    fn too_many_rows_are_paired_by_title_and_date_though_their_lines_differ() {
        let (one, two) = ("2024-01-02T03:04:05Z,in,x", "2024-01-02T03:04:06Z,out,x");
        let (old, new) = (log("a.csv", &[one, two, two]), log("b.csv", &[two, two]));
        let found = EventCounterparts::find_up_to(&old, &new, 1);
        assert_eq!(found.same, SameRows::default(), "they are of two logs");
        assert_eq!(found.pairs.pairs, [(1, 0), (2, 1)]);
        assert_eq!(found.pairs.withdrawn, [0]);
        assert_eq!(found.pairs.new, [0; 0]);
    }
}
