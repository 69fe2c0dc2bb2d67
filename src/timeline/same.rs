//! Whether an event says the same in two readings of a timeline. Numbers differ from one reading to the next, and so
//! whatever an event refers to is known by its name.
//!
//! What there is of an event and of a claim is taken apart without leaving anything out: whoever adds to it has to say
//! here whether it counts.

use std::borrow::Cow;

use super::event::EventColumns;
use super::term::Aspect;
use super::{
    Claim, ClaimId, ClaimValue, EntityId, Event, EventId, Link, SourceId, TermId, Timeline,
    Vocabulary,
};

impl Event<'_> {
    /// Whether everything that the file says of this event is what it says of another one, which may be of another
    /// timeline. Where it is written does not count, and neither does what it is called.
    pub fn says_the_same(self, other: Event<'_>) -> bool {
        let (at, to) = (self.row(), other.row());
        let EventColumns {
            keys: _,
            wanted_keys: _,
            places: _,
            titles,
            summaries,
            when,
            discovered,
            disclosed,
            day_unread,
            attributed,
            tlp,
            contested,
            assessed,
            // By the names of what they refer to.
            attributes: _,
            phases: _,
            lanes: _,
            actors: _,
            targets: _,
            accused: _,
            addressees: _,
            neighbours: _,
            techniques: _,
            tags: _,
            sources: _,
            listed: _,
            links: _,
            claims: _,
        } = self.timeline().columns();
        let others = other.timeline().columns();
        titles.get(at) == others.titles.get(to)
            && summaries.get(at) == others.summaries.get(to)
            && when.written(at) == others.when.written(to)
            && discovered.get(at) == others.discovered.get(to)
            && disclosed.get(at) == others.disclosed.get(to)
            && attributed.get(at) == others.attributed.get(to)
            && day_unread.contains(&self.id()) == others.day_unread.contains(&other.id())
            && tlp.get(at) == others.tlp.get(to)
            && contested.get(at) == others.contested.get(to)
            && assessed.get(at) == others.assessed.get(to)
            && self.attributes().eq(other.attributes())
            && self.refers_to_the_same(other)
    }

    fn refers_to_the_same(self, other: Event<'_>) -> bool {
        let (one, new) = (self.timeline(), other.timeline());
        self.phase() == other.phase()
            && terms(&one.lanes, self.lanes()).eq(terms(&new.lanes, other.lanes()))
            && self.techniques().eq(other.techniques())
            && self.tags().eq(other.tags())
            && (Aspect::PARTIES.iter())
                .all(|&part| names(one, self.parties(part)).eq(names(new, other.parties(part))))
            && documents(one, self.sources()).eq(documents(new, other.sources()))
            && documents(one, self.listed()).eq(documents(new, other.listed()))
            && ties(one, self.links()) == ties(new, other.links())
            && keys(one, self.after()) == keys(new, other.after())
            && keys(one, self.before()) == keys(new, other.before())
            && self.claims().len() == other.claims().len()
            && (self.claims().zip(other.claims()))
                .all(|((_, said), (_, says))| is_said_alike((one, said), (new, says)))
    }
}

fn terms<'t>(words: &'t Vocabulary, terms: &'t [TermId]) -> impl Iterator<Item = &'t str> {
    terms.iter().map(|&term| words.word(term))
}

/// What people call them: the key of an entity is shown nowhere.
fn names<'t>(timeline: &'t Timeline, ids: &'t [EntityId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.entity(id).name.as_str())
}

/// In an order of their own, as with [`ties`].
fn keys<'t>(timeline: &'t Timeline, ids: &[EventId]) -> Vec<Cow<'t, str>> {
    let mut keys: Vec<_> = ids.iter().map(|&id| timeline.event(id).key()).collect();
    keys.sort();
    keys
}

fn documents<'t>(timeline: &'t Timeline, ids: &'t [SourceId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.source(id).key.as_str())
}

/// In an order of their own: that of the others' follows where those stand in the file.
fn ties<'t>(timeline: &'t Timeline, links: &[Link]) -> Vec<(&'static str, Cow<'t, str>)> {
    let tie = |link: &Link| {
        let Link {
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

/// What is shown of the claims that one answers, or that answer it: who speaks, and what they say.
fn exchanged(timeline: &Timeline, ids: &[ClaimId]) -> Vec<String> {
    let shown = ids.iter().map(|&id| {
        let claim = timeline.claim(id);
        let by = names(timeline, claim.by.as_slice()).next();
        let value = named(timeline, claim.value.as_ref());
        format!("{by:?} {:?} {:?} {value:?}", claim.words, claim.text)
    });
    shown.collect()
}

/// In an order of their own, as ties are.
fn in_any_order(mut shown: Vec<String>) -> Vec<String> {
    shown.sort_unstable();
    shown
}

/// A value by the name of its entity, or as it is.
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
