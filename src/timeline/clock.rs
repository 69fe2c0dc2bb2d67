//! Clocks: the four times that an event of a case has, and the order of events on each.
//!
//! An event happens; later somebody notices, the public is told, and somebody is named for it. Each of the four may be
//! months wide, and three of them may be missing.
//!
//! # When it was attributed
//!
//! The day by which somebody had surely been said to have done it: of the `said` of the event's claims that assert
//! an actor (`about = "actor"`; a denial or a doubt attributes nothing), the one that ends first, so that a brief of
//! some day in March does not come before a statement of the 25th. Where claims name different actors, those count that
//! name one whom the event states: what the press guessed first is no attribution of what was found out later. Where no
//! such claim has a day, it is the earliest `when` of the events to which it is linked `attributed-by`. A claim counts
//! however weakly it is put: how sure the speaker is, is another question ([`super::assessment`]).

use std::collections::BTreeSet;

use super::entity::EntityId;
use super::event::Event;
use super::event_columns::EventColumns;
use super::link::{EventId, Link};
use super::source::{Claim, ClaimValue};
pub use super::term::Clock;
use super::term::{Aspect, LinkKind, Stance};
use super::{DateColumn, Nature, SparseColumn, Timeline};
use crate::date::{Bounds, EventDate, Words};

impl Clock {
    /// The one after this; after the last, the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Happened => Self::Discovered,
            Self::Discovered => Self::Disclosed,
            Self::Disclosed => Self::Attributed,
            Self::Attributed => Self::Happened,
        }
    }
}

/// All events of a timeline in their order on one clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByClock {
    events: Vec<EventId>,
    dated: usize,
}

impl ByClock {
    /// Every event: those with a date first.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// Those with a date on this clock, in its order; those of one order as in the timeline.
    pub fn dated(&self) -> &[EventId] {
        self.events.get(..self.dated).unwrap_or_default()
    }

    /// Those without, in the order of the timeline.
    pub fn undated(&self) -> &[EventId] {
        self.events.get(self.dated..).unwrap_or_default()
    }
}

impl Event<'_> {
    /// Its date on a clock; none if the file gives none.
    pub fn on(self, clock: Clock) -> Option<EventDate> {
        match clock {
            Clock::Happened => self.when(),
            Clock::Discovered => self.discovered().cloned(),
            Clock::Disclosed => self.disclosed().cloned(),
            Clock::Attributed => self.attributed().cloned(),
        }
    }

    /// Its date on a clock in short words; none if the file gives none.
    pub fn words_on(self, clock: Clock) -> Option<Words> {
        if clock == Clock::Happened {
            return Words::parse(self.written()?).ok();
        }
        self.on(clock).map(|date| date.words())
    }

    /// What its date on a clock allows; none if the file gives none. Quicker than asking the date.
    pub fn bounds_on(self, clock: Clock) -> Option<Bounds> {
        let other = match clock {
            Clock::Happened => return self.bounds(),
            Clock::Discovered => self.discovered(),
            Clock::Disclosed => self.disclosed(),
            Clock::Attributed => self.attributed(),
        };
        other.map(EventDate::bounds)
    }
}

impl<'t> Event<'t> {
    /// The events that it came after, though their dates need not say so.
    pub fn after(self) -> &'t [EventId] {
        let neighbours = self.timeline().columns().neighbours.get(self.row());
        neighbours.map_or(&[], |it| &it.after)
    }

    /// The events that came after it, though their dates need not say so.
    pub fn before(self) -> &'t [EventId] {
        let neighbours = self.timeline().columns().neighbours.get(self.row());
        neighbours.map_or(&[], |it| &it.before)
    }

    /// Whether the file says that it came after another event, directly or through others.
    pub fn is_said_to_follow(self, other: Event<'_>) -> bool {
        let (mut seen, mut waiting) = (BTreeSet::new(), self.after().to_vec());
        while let Some(id) = waiting.pop() {
            let earlier = self.timeline().event(id);
            if id == other.id() || other.surely_began_before(earlier) {
                return true;
            }
            if seen.insert(id) {
                waiting.extend(earlier.after());
            }
        }
        false
    }
}

impl Timeline {
    /// All events in order on a clock. Only those that have a date on it are sorted.
    pub fn by_clock(&self, clock: Clock) -> ByClock {
        let columns = self.columns();
        let column = match clock {
            Clock::Happened => return self.as_happened(),
            Clock::Discovered => &columns.discovered,
            Clock::Disclosed => &columns.disclosed,
            Clock::Attributed => &columns.attributed,
        };
        let mut sorted: Vec<_> = column
            .iter()
            .map(|(row, date)| (date.order_key(), EventId(row)))
            .collect();
        sorted.sort_unstable();
        let mut events: Vec<EventId> = Vec::with_capacity(self.len());
        events.extend(sorted.into_iter().map(|(_, id)| id));
        let dated = events.len();
        let mut next = 0;
        for (row, _) in column.iter() {
            events.extend((next..row).map(EventId));
            next = row + 1;
        }
        events.extend((next..columns.rows()).map(EventId));
        ByClock { events, dated }
    }

    /// This is the order in which a timeline is kept.
    fn as_happened(&self) -> ByClock {
        let nature = self.columns().when.bounds().nature();
        ByClock {
            events: self.events().map(Event::id).collect(),
            dated: nature.partition_point(|&nature| nature != Nature::Undated),
        }
    }
}

impl EventColumns {
    /// What its claims do not attribute, the events to which it is linked may.
    pub(super) fn attribute_by_links(&mut self) {
        if self.links.total() == 0 {
            return;
        }
        let mut attributed = SparseColumn::default();
        for (row, links) in (0..).zip(self.links.iter()) {
            let by_claims = self.attributed.get(row as usize).cloned();
            let date = by_claims.or_else(|| attributed_by_events(links, &self.when));
            if let Some(date) = date {
                attributed.push(row, date);
            }
        }
        self.attributed = attributed;
    }
}

/// When these claims about one event, which is said to be the work of `actors`, first name somebody for it.
pub(super) fn attributed_by_claims<'c>(
    claims: &'c [Claim],
    actors: &[EntityId],
) -> Option<&'c EventDate> {
    let names_an_actor =
        |claim: &&Claim| claim.about == Aspect::Actor && claim.stance == Stance::Asserts;
    let is_stated = |claim: &&Claim| match claim.value {
        Some(ClaimValue::Entity(id)) => actors.contains(&id),
        _ => false,
    };
    let naming = claims.iter().filter(names_an_actor);
    let said = |claim: &'c Claim| claim.said.as_ref();
    let stated = naming.clone().filter(is_stated).filter_map(said);
    let any = naming.filter_map(said).min_by_key(|date| date.saying_key());
    stated.min_by_key(|date| date.saying_key()).or(any)
}

/// When the events to which one is linked first name somebody for it.
fn attributed_by_events(links: &[Link], when: &DateColumn) -> Option<EventDate> {
    let attributing = links
        .iter()
        .filter(|link| link.kind == LinkKind::AttributedBy && !link.reversed);
    let rows = attributing.map(|link| link.to.0 as usize);
    let dated = rows.filter_map(|row| Some((when.bounds().get(row)?.order_key(), row)));
    let (_, first) = dated.min_by_key(|(key, _)| *key)?;
    when.get(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn timeline(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("clocks.toml", text)]).0
    }

    /// An event with these lines has this day on the clock of attribution.
    #[track_caller]
    fn check(lines: &str, expected: Option<&str>) {
        let text =
            format!("{OTHERS}\n[[events]]\nid = \"it\"\nwhen = \"2021\"\ntitle = \"It\"\n{lines}");
        let timeline = timeline(&text);
        let event = timeline.find_event("it").expect("it was written");
        let found = event.on(Clock::Attributed).map(|date| date.to_string());
        assert_eq!(found.as_deref(), expected, "{lines}");
    }

    const OTHERS: &str = r#"
        [[events]]
        id = "late"
        when = "2024-03-25"
        title = "A late statement"
        links = [{ to = "it", as = "attributed-by" }]

        [[events]]
        id = "early"
        when = "2022-05"
        title = "An early statement"

        [[events]]
        id = "undated"
        title = "Another"

        [entities.group]
        name = "The group"

        [sources.report]
        published = "2023-02-01"
        "#;

    const NAMES: &str = "\n[[events.claims]]\nabout = \"actor\"\n";

    #[test]
    fn the_first_claim_that_names_an_actor_attributes() {
        let later = format!("{NAMES}said = \"2024-01\"\n");
        let earlier = format!("{NAMES}said = \"2023\"\n");
        check(&format!("{later}{earlier}"), Some("2023"));
        check(&format!("{later}{NAMES}"), Some("Jan 2024"));
        check(&format!("{NAMES}source = \"report\"\n"), Some("1 Feb 2023"));
    }

    #[test]
    fn a_day_in_a_month_does_not_come_before_a_day_of_it_that_is_known() {
        let month = format!("{NAMES}said = \"2024-03\"\n");
        let day = format!("{NAMES}said = \"2024-03-25\"\n");
        check(&format!("{month}{day}"), Some("25 Mar 2024"));
    }

    #[test]
    fn whoever_the_event_states_counts_before_whoever_else_was_named() {
        let stated = "actors = [\"group\"]\n";
        let other = format!("{NAMES}said = \"2023\"\nvalue = \"somebody else\"\n");
        let group = format!("{NAMES}said = \"2024\"\nvalue = \"group\"\n");
        check(&format!("{stated}{other}{group}"), Some("2024"));
        check(&format!("{stated}{other}"), Some("2023"));
    }

    #[test]
    fn a_denial_a_doubt_and_a_claim_about_something_else_attribute_nothing() {
        let said = "said = \"2024-01\"\n";
        check(&format!("{NAMES}{said}stance = \"denies\"\n"), None);
        check(&format!("{NAMES}{said}stance = \"doubts\"\n"), None);
        check(
            &format!("\n[[events.claims]]\nabout = \"method\"\n{said}"),
            None,
        );
        check("", None);
    }

    #[test]
    fn without_such_a_claim_the_events_it_is_attributed_by_do() {
        let links = "links = [{ to = \"late\", as = \"attributed-by\" }, { to = \"undated\", as = \"attributed-by\" }, { to = \"early\", as = \"attributed-by\" }]\n";
        check(links, Some("May 2022"));
        check(&format!("{links}{NAMES}"), Some("May 2022"));
        check(&format!("{links}{NAMES}said = \"2025\"\n"), Some("2025"));
        check("links = [{ to = \"early\", as = \"caused-by\" }]\n", None);
    }

    #[test]
    fn the_clocks_follow_each_other_in_a_circle() {
        let mut clock = Clock::Happened;
        for &expected in Clock::ALL {
            assert_eq!(clock, expected);
            clock = clock.next();
        }
        assert_eq!(clock, Clock::Happened);
    }

    #[test]
    fn an_order_has_each_event_once_and_those_without_a_date_last() {
        let timeline = timeline(
            r#"
            [[events]]
            id = "a"
            when = "2020"
            title = "A"
            discovered = "2023"

            [[events]]
            id = "b"
            when = "2021"
            title = "B"

            [[events]]
            id = "c"
            when = "2022"
            title = "C"
            discovered = "2022-10"

            [[events]]
            id = "d"
            title = "D"
            discovered = "2023"
            "#,
        );
        let names = |ids: &[EventId]| -> String {
            ids.iter().map(|&id| timeline.event(id).key()).collect()
        };
        let order = timeline.by_clock(Clock::Discovered);
        assert_eq!(names(order.dated()), "cad");
        assert_eq!(names(order.undated()), "b");
        assert_eq!(names(order.events()), "cadb");
        let order = timeline.by_clock(Clock::Happened);
        assert_eq!(
            (names(order.dated()), names(order.undated())),
            ("abc".into(), "d".into())
        );
        assert_eq!(timeline.by_clock(Clock::Disclosed).dated(), []);
    }
}
