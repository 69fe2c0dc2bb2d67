//! Whether an event says the same in two readings of a timeline. Numbers differ from one reading to the next, and so
//! whatever an event refers to is known by its name.
//!
//! What there is of an event and of a claim is taken apart without leaving anything out: whoever adds to it has to say
//! here whether it counts.

use std::borrow::Cow;

use super::event::EventColumns;
use super::{Claim, ClaimValue, EntityId, Event, Link, SourceId, TermId, Timeline, Vocabulary};

impl Event<'_> {
    /// Whether everything that the file says of this event is what it says of another one, which may be of another
    /// timeline. Where it is written does not count, and neither does what it is called.
    pub fn says_the_same(self, other: Event<'_>) -> bool {
        let (one, new) = (self.timeline(), other.timeline());
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
            phases,
            lanes,
            actors,
            targets,
            techniques,
            tags,
            sources,
            listed,
            links,
            claims,
            contested,
            assessed,
            tlp,
            // By their names, below.
            attributes: _,
        } = one.columns();
        let others = new.columns();
        let has_same_words = titles.get(at) == others.titles.get(to)
            && summaries.get(at) == others.summaries.get(to)
            && self.attributes().eq(other.attributes());
        let has_same_dates = when.written(at) == others.when.written(to)
            && discovered.get(at) == others.discovered.get(to)
            && disclosed.get(at) == others.disclosed.get(to)
            && attributed.get(at) == others.attributed.get(to)
            && day_unread.contains(&self.id()) == others.day_unread.contains(&other.id());
        let phase = |column: Option<Option<TermId>>| column.flatten();
        let has_same_terms = terms(&one.phases, phase(phases.get(at)).as_slice())
            .eq(terms(&new.phases, phase(others.phases.get(to)).as_slice()))
            && terms(&one.lanes, lanes.get(at)).eq(terms(&new.lanes, others.lanes.get(to)))
            && terms(&one.techniques, techniques.get(at))
                .eq(terms(&new.techniques, others.techniques.get(to)))
            && terms(&one.tags, tags.get(at)).eq(terms(&new.tags, others.tags.get(to)));
        let has_same_names = names(one, actors.get(at)).eq(names(new, others.actors.get(to)))
            && names(one, targets.get(at)).eq(names(new, others.targets.get(to)))
            && documents(one, sources.get(at)).eq(documents(new, others.sources.get(to)))
            && documents(one, listed.get(at)).eq(documents(new, others.listed.get(to)));
        has_same_words
            && has_same_dates
            && has_same_terms
            && has_same_names
            && tlp.get(at) == others.tlp.get(to)
            && contested.get(at) == others.contested.get(to)
            && assessed.get(at) == others.assessed.get(to)
            && ties(one, links.get(at)) == ties(new, others.links.get(to))
            && alike(claims.get(at), others.claims.get(to), |&said, &says| {
                is_said_alike((one, one.claim(said)), (new, new.claim(says)))
            })
    }
}

fn terms<'t>(words: &'t Vocabulary, terms: &'t [TermId]) -> impl Iterator<Item = &'t str> {
    terms.iter().map(|&term| words.word(term))
}

/// What people call them: the key of an entity is shown nowhere.
fn names<'t>(timeline: &'t Timeline, ids: &'t [EntityId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.entity(id).name.as_str())
}

fn documents<'t>(timeline: &'t Timeline, ids: &'t [SourceId]) -> impl Iterator<Item = &'t str> {
    ids.iter().map(|&id| timeline.source(id).key.as_str())
}

fn alike<T>(one: &[T], other: &[T], is_alike: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_alike(one, other))
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

fn is_said_alike((old, one): (&Timeline, &Claim), (new, other): (&Timeline, &Claim)) -> bool {
    let Claim {
        event: _,
        place: _,
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
    let named = |timeline: &Timeline, value: &Option<ClaimValue>| match value {
        Some(ClaimValue::Entity(id)) => (Some(timeline.entity(*id).name.clone()), None),
        Some(value) => (None, Some(value.clone())),
        None => (None, None),
    };
    names(old, by.as_slice()).eq(names(new, other.by.as_slice()))
        && documents(old, source.as_slice()).eq(documents(new, other.source.as_slice()))
        && named(old, value) == named(new, &other.value)
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
