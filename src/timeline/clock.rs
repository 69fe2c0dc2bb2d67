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

use super::entity::EntityId;
use super::event::{Event, EventColumns, EventId, Link};
use super::source::{Claim, ClaimValue};
use super::term::{Aspect, LinkKind, Stance, words};
use super::{Nature, Timeline};
use crate::date::EventDate;

words! {
    /// Which of the times of an event is meant.
    Clock {
        /// When it took place: `when`.
        Happened = "happened",
        /// When somebody noticed.
        Discovered = "discovered",
        /// When the public was told.
        Disclosed = "disclosed",
        /// When somebody was first said to have done it.
        Attributed = "attributed",
    }
}

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

impl<'t> Event<'t> {
    /// Its date on a clock; none if the file gives none.
    pub fn on(self, clock: Clock) -> Option<&'t EventDate> {
        match clock {
            Clock::Happened => self.when(),
            Clock::Discovered => self.discovered(),
            Clock::Disclosed => self.disclosed(),
            Clock::Attributed => self.attributed(),
        }
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
        let (mut sorted, mut others) = (Vec::new(), Vec::new());
        for (id, date) in (0..).map(EventId).zip(column) {
            match date {
                Some(date) => sorted.push((date.order_key(), id)),
                None => others.push(id),
            }
        }
        sorted.sort_unstable();
        let dated = sorted.len();
        let events = sorted.into_iter().map(|(_, id)| id).chain(others);
        ByClock {
            events: events.collect(),
            dated,
        }
    }

    /// This is the order in which a timeline is kept.
    fn as_happened(&self) -> ByClock {
        let nature = &self.columns().bounds.nature;
        ByClock {
            events: self.events().map(Event::id).collect(),
            dated: nature.partition_point(|&nature| nature != Nature::Undated),
        }
    }
}

impl EventColumns {
    /// What its claims do not attribute, the events to which it is linked may.
    pub(super) fn attribute_by_links(&mut self) {
        for (links, attributed) in self.links.iter().zip(&mut self.attributed) {
            if attributed.is_none() {
                let date = attributed_by_events(links, &self.when).cloned();
                *attributed = date.map(Box::new);
            }
        }
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
    let first = |date: &&EventDate| (date.end().latest, date.order_key());
    let said = |claim: &'c Claim| claim.said.as_ref();
    let stated = naming.clone().filter(is_stated).filter_map(said);
    let any = naming.filter_map(said).min_by_key(first);
    stated.min_by_key(first).or(any)
}

/// When the events to which one is linked first name somebody for it.
fn attributed_by_events<'d>(
    links: &[Link],
    when: &'d [Option<EventDate>],
) -> Option<&'d EventDate> {
    let attributing = links
        .iter()
        .filter(|link| link.kind == LinkKind::AttributedBy && !link.reversed);
    let dates = attributing.filter_map(|link| when.get(link.to.0 as usize)?.as_ref());
    dates.min_by_key(|date| date.order_key())
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
        let found = event.on(Clock::Attributed).map(ToString::to_string);
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
