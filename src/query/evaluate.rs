//! Asking every row at once. Each question runs down one column; *and*, *or* and *not* then work on 64 rows at a time.

use super::bitmap::{Bitmap, WORD};
use super::clock::Question;
use super::date_answers::{happened, id};
use super::phrases::Phrases;
use super::predicate::{
    ClaimTest, Contest, CountOf, Feature, Leaf, ListOf, Predicate, Selection, TextOf,
    ask_likelihood,
};
use super::syntax::Operator;
use crate::date::{EventDate, Truth};
use crate::text::is_cut;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::Tlp;
use crate::timeline::{
    Claim, ClaimId, Clock, EntityId, EventId, ListColumn, Nature, SourceId, SparseColumn, TermId,
    TextColumn, Timeline, ValueColumn,
};

/// Which rows surely match a filter, and which possibly do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    surely: Bitmap,
    possibly: Bitmap,
}

/// How many events a filter leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that surely match.
    pub surely: usize,
    /// Those that possibly match and not surely.
    pub possibly: usize,
    /// Those that cannot match.
    pub hidden: usize,
}

impl Matches {
    /// Every row, surely.
    pub fn everything(rows: usize) -> Self {
        Bitmap::all(rows).into()
    }

    /// No row.
    pub fn nothing(rows: usize) -> Self {
        Bitmap::none(rows).into()
    }

    /// The rows that surely match.
    pub fn surely(&self) -> &Bitmap {
        &self.surely
    }

    /// The rows that surely or possibly match.
    pub fn possibly(&self) -> &Bitmap {
        &self.possibly
    }

    /// How many events are left, and how many are not.
    pub fn counts(&self) -> Counts {
        let (surely, shown) = (self.surely.count(), self.possibly.count());
        Counts {
            surely,
            possibly: shown - surely,
            hidden: self.possibly.rows() - shown,
        }
    }

    /// Whether an event matches.
    pub fn truth(&self, event: EventId) -> Truth {
        let row = event.0 as usize;
        match (self.surely.contains(row), self.possibly.contains(row)) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::Maybe,
            (false, false) => Truth::No,
        }
    }

    /// The events that surely or possibly match, in the order of the timeline.
    pub fn events(&self) -> impl Iterator<Item = (EventId, Truth)> + '_ {
        self.possibly.iter().map(|row| {
            let event = EventId(u32::try_from(row).expect("rows are numbered with 32 bits"));
            (
                event,
                if self.surely.contains(row) {
                    Truth::Yes
                } else {
                    Truth::Maybe
                },
            )
        })
    }

    /// Kleene's *and*.
    pub fn and(&mut self, other: &Self) {
        self.surely.intersect(&other.surely);
        self.possibly.intersect(&other.possibly);
    }

    /// Kleene's *or*.
    pub fn or(&mut self, other: &Self) {
        self.surely.unite(&other.surely);
        self.possibly.unite(&other.possibly);
    }

    /// Kleene's *not*: surely not is what was not even possible.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            surely: self.possibly.complement(),
            possibly: self.surely.complement(),
        }
    }

    /// Adds an answer about a row: the best one counts.
    fn insert(&mut self, row: usize, truth: Truth) {
        if truth.is_possible() {
            self.possibly.insert(row);
        }
        if truth.is_sure() {
            self.surely.insert(row);
        }
    }

    /// Replaces the answer about an event.
    pub(super) fn set(&mut self, event: EventId, truth: Truth) {
        let row = event.0 as usize;
        self.surely.set(row, truth.is_sure());
        self.possibly.set(row, truth.is_possible());
    }

    /// The answers to a question put to each row.
    pub(super) fn of(rows: usize, mut ask: impl FnMut(usize) -> Truth) -> Self {
        Self::of_words(rows, |first, count| {
            let (mut sure, mut possible) = (0, 0);
            for bit in 0..count {
                let truth = ask(first + bit);
                sure |= u64::from(truth.is_sure()) << bit;
                possible |= u64::from(truth.is_possible()) << bit;
            }
            (sure, possible)
        })
    }

    /// Answers given as words, what is sure and what is possible: the function gets the first row of each word and how
    /// many rows it has.
    pub(super) fn of_words(rows: usize, mut words: impl FnMut(usize, usize) -> (u64, u64)) -> Self {
        let mut shown = Vec::with_capacity(rows.div_ceil(WORD));
        let surely = Bitmap::of_words(rows, |first, count| {
            let (sure, possible) = words(first, count);
            shown.push(possible);
            sure
        });
        let possibly = Bitmap::of_words(rows, |first, _| shown[first / WORD]);
        Self { surely, possibly }
    }
}

impl From<Bitmap> for Matches {
    /// What is known for sure of every row.
    fn from(rows: Bitmap) -> Self {
        Self {
            possibly: rows.clone(),
            surely: rows,
        }
    }
}

/// Puts a predicate to every event of the timeline to which it was bound.
pub fn evaluate(timeline: &Timeline, predicate: &Predicate) -> Matches {
    let rows = timeline.len();
    match predicate {
        Predicate::All(parts) => {
            let mut all = Matches::everything(rows);
            for part in parts {
                all.and(&evaluate(timeline, part));
            }
            all
        }
        Predicate::Any(parts) => {
            let mut any = Matches::from(Bitmap::none(rows));
            for part in parts {
                any.or(&evaluate(timeline, part));
            }
            any
        }
        Predicate::Not(inner) => evaluate(timeline, inner).negated(),
        Predicate::Surely(inner) => evaluate(timeline, inner).surely.into(),
        Predicate::Possibly(inner) => evaluate(timeline, inner).possibly.into(),
        Predicate::Ask(leaf) => ask(timeline, leaf),
    }
}

fn ask(timeline: &Timeline, leaf: &Leaf) -> Matches {
    let (rows, columns) = (timeline.len(), timeline.columns());
    let known = match leaf {
        Leaf::Rows(rows) => rows.clone(),
        Leaf::Says(TextOf::Title, pattern) => saying(&columns.titles, pattern),
        Leaf::Says(TextOf::Summary, pattern) => saying(&columns.summaries, pattern),
        Leaf::Says(TextOf::Claims, pattern) => {
            let found = saying(&timeline.spoken().texts, pattern);
            return claimed(timeline, |at, _| Truth::from(found.contains(at)));
        }
        Leaf::Says(TextOf::Attributes, pattern) => noting(timeline, pattern),
        Leaf::Noted(wanted) => noted(timeline, |value| wanted.has(value)),
        Leaf::Lists(list, wanted) => listing(timeline, *list, wanted),
        Leaf::Phase(wanted) => values(&columns.phases, |phase| {
            phase.is_some_and(|phase| wanted.has(phase.0))
        }),
        Leaf::Date(Clock::Happened, question) => return happened(timeline, question),
        Leaf::Date(Clock::Discovered, question) => {
            return if_dated(rows, &columns.discovered, question);
        }
        Leaf::Date(Clock::Disclosed, question) => {
            return if_dated(rows, &columns.disclosed, question);
        }
        Leaf::Date(Clock::Attributed, question) => {
            return if_dated(rows, &columns.attributed, question);
        }
        Leaf::Published(question) => return published(timeline, question),
        Leaf::Claim(ClaimTest::Likelihood(Some((operator, word)))) => {
            return likely(timeline, *operator, word);
        }
        Leaf::Claim(test) => return claimed(timeline, |_, claim| test.ask(claim, claim.event)),
        Leaf::Count(of, from, to) => {
            let within = |count: usize| (*from..=*to).contains(&(count as u64));
            counting(timeline, *of, within)
        }
        Leaf::Contested(Contest::Nowhere) => {
            let contested = having_value(rows, &columns.contested, |_| true);
            Bitmap::of(rows, |row| !contested.contains(row))
        }
        Leaf::Contested(Contest::On(aspects)) => {
            having_value(rows, &columns.contested, |own| own.meets(*aspects))
        }
        Leaf::Assessed(wanted) => having_value(rows, &columns.assessed, |own| own.meets(*wanted)),
        Leaf::Has(feature) => having(timeline, *feature),
        Leaf::Link(kind) => lists(&columns.links, |links| {
            links.iter().any(|link| link.kind == *kind)
        }),
        Leaf::LinkedTo(to) => lists(&columns.links, |links| {
            links.iter().any(|link| to.contains(link.to.0 as usize))
        }),
        Leaf::Marked(wanted) => marked(timeline, wanted),
    };
    known.into()
}

/// The rows of which a count passes a test. A silent claim is not made.
fn counting(timeline: &Timeline, of: CountOf, test: impl Fn(usize) -> bool) -> Bitmap {
    let columns = timeline.columns();
    match of {
        CountOf::Claims => lists(&columns.claims, |ids| {
            let speaks = |id: &&ClaimId| !timeline.claim(**id).is_silent();
            test(ids.iter().filter(speaks).count())
        }),
        CountOf::Sources => lists(&columns.sources, |sources| test(sources.len())),
    }
}

fn marked(timeline: &Timeline, wanted: &[Tlp]) -> Bitmap {
    let of_file = timeline.head().tlp;
    values(&timeline.columns().tlp, |own| {
        own.or(of_file).is_some_and(|tlp| wanted.contains(&tlp))
    })
}

fn having(timeline: &Timeline, feature: Feature) -> Bitmap {
    let (rows, columns) = (timeline.len(), timeline.columns());
    match feature {
        Feature::Summary => {
            let (mut start, mut ends) = (0, columns.summaries.ends());
            Bitmap::of(rows, |_| {
                let end = ends.next().unwrap_or(start);
                std::mem::replace(&mut start, end) < end
            })
        }
        Feature::Date(Clock::Happened) => {
            let nature = columns.when.bounds().nature();
            Bitmap::of(rows, |row| nature[row] != Nature::Undated)
        }
        Feature::Date(Clock::Discovered) => stated(rows, &columns.discovered),
        Feature::Date(Clock::Disclosed) => stated(rows, &columns.disclosed),
        Feature::Date(Clock::Attributed) => stated(rows, &columns.attributed),
        Feature::Phase => values(&columns.phases, |phase| phase.is_some()),
        Feature::List(ListOf::Lanes) => lists(&columns.lanes, is_filled),
        Feature::List(ListOf::Parties(part)) => (columns.parties(part))
            .map_or_else(|| Bitmap::none(rows), |column| lists(column, is_filled)),
        Feature::List(ListOf::Techniques) => lists(&columns.techniques, is_filled),
        Feature::List(ListOf::Tags) => lists(&columns.tags, is_filled),
        Feature::List(ListOf::Sources) => lists(&columns.sources, is_filled),
        Feature::Links => lists(&columns.links, is_filled),
        Feature::Claims => lists(&columns.claims, is_filled),
        Feature::Tlp => marked(timeline, Tlp::ALL),
    }
}

fn stated(rows: usize, dates: &SparseColumn<EventDate>) -> Bitmap {
    having_value(rows, dates, |_| true)
}

/// The rows that have a value which passes a test.
fn having_value<T>(rows: usize, column: &SparseColumn<T>, test: impl Fn(&T) -> bool) -> Bitmap {
    let mut found = Bitmap::none(rows);
    let passing = column.iter().filter(|(_, value)| test(value));
    passing.for_each(|(row, _)| found.insert(row as usize));
    found
}

/// The rows whose value passes a test.
fn values<T: Copy + PartialEq>(column: &ValueColumn<T>, test: impl Fn(T) -> bool) -> Bitmap {
    if let Some(value) = column.alike() {
        return constant(column.len(), test(value));
    }
    let mut all = column.iter();
    Bitmap::of(all.len(), |_| all.next().is_some_and(&test))
}

fn constant(rows: usize, is_so: bool) -> Bitmap {
    if is_so {
        Bitmap::all(rows)
    } else {
        Bitmap::none(rows)
    }
}

fn is_filled<T>(list: &[T]) -> bool {
    !list.is_empty()
}

/// The rows whose list passes a test.
fn lists<T>(column: &ListColumn<T>, test: impl Fn(&[T]) -> bool) -> Bitmap {
    if let Some(list) = column.alike() {
        return constant(column.len(), test(list));
    }
    let mut all = column.iter();
    Bitmap::of(all.len(), |_| all.next().is_some_and(&test))
}

fn listing(timeline: &Timeline, list: ListOf, wanted: &Selection) -> Bitmap {
    let columns = timeline.columns();
    let term = |id: &TermId| id.0;
    let entity = |id: &EntityId| id.0;
    match list {
        ListOf::Lanes => any_listed(&columns.lanes, wanted, term),
        ListOf::Parties(part) => (columns.parties(part)).map_or_else(
            || Bitmap::none(timeline.len()),
            |column| any_listed(column, wanted, entity),
        ),
        ListOf::Techniques => any_listed(&columns.techniques, wanted, term),
        ListOf::Tags => any_listed(&columns.tags, wanted, term),
        ListOf::Sources => any_listed(&columns.sources, wanted, |id: &SourceId| id.0),
    }
}

fn any_listed<T>(column: &ListColumn<T>, wanted: &Selection, number: impl Fn(&T) -> u32) -> Bitmap {
    lists(column, |list| {
        list.iter().any(|value| wanted.has(number(value)))
    })
}

/// The rows whose text has one of some phrases. The whole arena is searched at once; what lies across the end of a row
/// is in neither, and that row is looked at by itself.
fn saying(column: &TextColumn, phrases: &Phrases) -> Bitmap {
    let (arena, mut ends) = (column.arena(), (0..).zip(column.ends()));
    let mut found = Bitmap::none(column.len());
    let mut at = 0;
    while let Some(hit) = phrases.next_at(arena, at) {
        let Some((row, end)) = ends.find(|&(_, end)| end > hit.start()) else {
            break;
        };
        let is_whole = |text| hit.end() <= end && !is_cut(text, hit.range());
        if arena.get(..end).is_some_and(is_whole) || phrases.are_in(column.get(row)) {
            found.insert(row);
        }
        at = end;
    }
    found
}

/// The rows of which a log says something that has one of some phrases.
fn noting(timeline: &Timeline, phrases: &Phrases) -> Bitmap {
    let attributes = &timeline.columns().attributes;
    let found = saying(attributes.values(), phrases);
    if found.is_empty() {
        return Bitmap::none(timeline.len());
    }
    noted(timeline, |value| found.contains(value as usize))
}

/// The rows to which a log gives one of some values, each by its number.
fn noted(timeline: &Timeline, is_wanted: impl Fn(u32) -> bool) -> Bitmap {
    let mut rows = timeline.columns().attributes.rows();
    Bitmap::of(timeline.len(), |_| {
        rows.next()
            .is_some_and(|row| row.iter().any(|&value| is_wanted(value)))
    })
}

/// Of what need not have taken place at all: without a date, it is no answer.
fn if_dated(rows: usize, dates: &SparseColumn<EventDate>, question: &Question) -> Matches {
    let mut matches = Matches::nothing(rows);
    for (row, date) in dates.iter() {
        let truth = question.ask(Some(date), EventId(row));
        matches.insert(row as usize, truth);
    }
    matches
}

/// Of each event the best answer among its documents; a document is asked once for all events, unless they differ.
fn published(timeline: &Timeline, question: &Question) -> Matches {
    Matches::of_lists(&timeline.columns().sources, |row, sources| {
        let answers = sources
            .iter()
            .map(|&source| question.ask(timeline.source(source).published.as_ref(), id(row)));
        answers.fold(Truth::No, Truth::or)
    })
}

impl Matches {
    fn of_lists<T>(column: &ListColumn<T>, ask: impl Fn(usize, &[T]) -> Truth) -> Self {
        let mut all = column.iter();
        Self::of(all.len(), |row| {
            all.next().map_or(Truth::No, |list| ask(row, list))
        })
    }
}

/// Each likelihood in use is compared once on each yardstick, not once a claim.
fn likely(timeline: &Timeline, operator: Operator, word: &str) -> Matches {
    let spoken = timeline.spoken();
    let answers = |own| {
        Yardstick::ALL
            .iter()
            .map(move |&yardstick| ask_likelihood(own, yardstick, operator, word))
    };
    let table: Vec<Vec<Truth>> = spoken
        .likelihood_words
        .iter()
        .map(|(_, own)| answers(own).collect())
        .collect();
    claimed(timeline, |at, claim| {
        let own = spoken.likelihoods.get(at).copied().flatten();
        own.map_or(Truth::No, |own| {
            table[own.0 as usize][claim.yardstick as usize]
        })
    })
}

/// Of each event the best answer among its claims.
fn claimed(timeline: &Timeline, ask: impl Fn(usize, &Claim) -> Truth) -> Matches {
    let rows = timeline.len();
    let mut matches = Matches::nothing(rows);
    for (at, (_, claim)) in timeline.claims().enumerate() {
        matches.insert(claim.event.0 as usize, ask(at, claim));
    }
    matches
}
