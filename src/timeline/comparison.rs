//! Whether an event says the same in two versions of a timeline. Ids differ between versions, so references are
//! compared by name.
//!
//! Facts are compared through the fact table. Claims are destructured exhaustively: a new field must declare here
//! whether it counts.

use std::borrow::Cow;

use super::facts::{EventVocabularies, FACTS, Fact, FactColumn};
use super::{
    Claim, ClaimId, ClaimValue, EntityId, Event, EventId, EventLink, SourceId, TermId, Timeline,
    Vocabulary,
};

impl Event<'_> {
    /// Whether the file says the same about this event and another, which may belong to another timeline. Place and key
    /// do not count.
    pub fn says_the_same(self, other: Event<'_>) -> bool {
        let (at, to) = (self.row(), other.row());
        let (own, others) = (self.timeline().columns(), other.timeline().columns());
        self.title() == other.title()
            && FACTS.iter().all(|fact| is_stated_alike(fact, self, other))
            && own.day_unread.contains(&self.id()) == others.day_unread.contains(&other.id())
            && own.contested.get(at) == others.contested.get(to)
            && own.assessed.get(at) == others.assessed.get(to)
            && self.attributes().eq(other.attributes())
            && self.refers_to_the_same(other)
    }

    fn refers_to_the_same(self, other: Event<'_>) -> bool {
        let (one, new) = (self.timeline(), other.timeline());
        documents(one, self.listed()).eq(documents(new, other.listed()))
            && ties(one, self.links()) == ties(new, other.links())
            && self.claims().len() == other.claims().len()
            && (self.claims().zip(other.claims()))
                .all(|((_, said), (_, says))| is_said_alike((one, said), (new, says)))
    }
}

/// Whether both events state the same for a fact. Dates are compared as written, without parsing them again.
fn is_stated_alike(fact: &Fact, one: Event<'_>, other: Event<'_>) -> bool {
    let (own, new) = (one.timeline(), other.timeline());
    let (columns, others) = (own.columns(), new.columns());
    let (at, to) = (one.row(), other.row());
    match fact.column {
        FactColumn::Text(_) => fact.value(one).text() == fact.value(other).text(),
        FactColumn::When => one.written() == other.written(),
        FactColumn::Date(_, date) => (date.get)(columns).get(at) == (date.get)(others).get(to),
        FactColumn::Word(word, known) => {
            let word_of = |timeline, columns, row| {
                let term: Option<TermId> = (word.get)(columns).get(row).flatten();
                term.map(|term| (known.get)(words_of(timeline)).word(term))
            };
            word_of(own, columns, at) == word_of(new, others, to)
        }
        FactColumn::Words(words, known) => {
            let own = terms((known.get)(words_of(own)), (words.get)(columns).get(at));
            own.eq(terms(
                (known.get)(words_of(new)),
                (words.get)(others).get(to),
            ))
        }
        FactColumn::Parties(part) => {
            names(own, one.parties(part)).eq(names(new, other.parties(part)))
        }
        FactColumn::After => keys(own, one.after()) == keys(new, other.after()),
        FactColumn::Before => keys(own, one.before()) == keys(new, other.before()),
        FactColumn::Sources => documents(own, one.sources()).eq(documents(new, other.sources())),
        FactColumn::Marking => columns.tlp.get(at) == others.tlp.get(to),
    }
}

fn words_of(timeline: &Timeline) -> &EventVocabularies {
    &timeline.vocabularies
}

fn terms<'t>(words: &'t Vocabulary, terms: &'t [TermId]) -> impl Iterator<Item = &'t str> {
    terms.iter().map(|&term| words.word(term))
}

/// Display names: the key of an entity is never shown.
fn names<'t>(timeline: &'t Timeline, ids: &'t [EntityId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.entity(id).name.as_str())
}

/// Sorted, like [`ties`].
fn keys<'t>(timeline: &'t Timeline, ids: &[EventId]) -> Vec<Cow<'t, str>> {
    let mut keys: Vec<_> = ids.iter().map(|&id| timeline.event(id).key()).collect();
    keys.sort();
    keys
}

fn documents<'t>(timeline: &'t Timeline, ids: &'t [SourceId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.source(id).key.as_str())
}

/// Sorted: the order of links from other events follows the place of those events in the file.
fn ties<'t>(timeline: &'t Timeline, links: &[EventLink]) -> Vec<(&'static str, Cow<'t, str>)> {
    let tie = |link: &EventLink| {
        let EventLink {
            to,
            kind: _,
            reversed: _,
        } = *link;
        (link.reads(), timeline.event(to).key())
    };
    let mut ties: Vec<_> = links.iter().map(tie).collect();
    ties.sort();
    ties
}

/// What is shown of the claims that this one answers, or that answer it: the speaker and the words.
fn exchanged(timeline: &Timeline, ids: &[ClaimId]) -> Vec<String> {
    let shown = ids.iter().map(|&id| {
        let claim = timeline.claim(id);
        let by = names(timeline, claim.by.as_slice()).next();
        let value = named(timeline, claim.value.as_ref());
        format!("{by:?} {:?} {:?} {value:?}", claim.words, claim.text)
    });
    shown.collect()
}

/// Sorted, like [`ties`].
fn in_any_order(mut shown: Vec<String>) -> Vec<String> {
    shown.sort_unstable();
    shown
}

/// A value; an entity by its name.
fn named(timeline: &Timeline, value: Option<&ClaimValue>) -> (Option<String>, Option<ClaimValue>) {
    match value {
        Some(ClaimValue::Entity(id)) => (Some(timeline.entity(*id).name.clone()), None),
        Some(value) => (None, Some(value.clone())),
        None => (None, None),
    }
}

fn is_said_alike((old, one): (&Timeline, &Claim), (new, other): (&Timeline, &Claim)) -> bool {
    let Claim {
        event: _,
        place: _,
        key: _,
        answers,
        answered_by,
        by,
        source,
        at,
        said,
        is_dated_by_source,
        day_unread,
        about,
        value,
        stance,
        text,
        words,
        likelihood,
        yardstick,
        confidence,
        tlp,
    } = one;
    exchanged(old, answers) == exchanged(new, &other.answers)
        && in_any_order(exchanged(old, answered_by))
            == in_any_order(exchanged(new, &other.answered_by))
        && names(old, by.as_slice()).eq(names(new, other.by.as_slice()))
        && documents(old, source.as_slice()).eq(documents(new, other.source.as_slice()))
        && named(old, value.as_ref()) == named(new, other.value.as_ref())
        && (said, is_dated_by_source, day_unread)
            == (&other.said, &other.is_dated_by_source, &other.day_unread)
        && (about, stance, at, text, words)
            == (
                &other.about,
                &other.stance,
                &other.at,
                &other.text,
                &other.words,
            )
        && (likelihood, yardstick, confidence, tlp)
            == (
                &other.likelihood,
                &other.yardstick,
                &other.confidence,
                &other.tlp,
            )
}
