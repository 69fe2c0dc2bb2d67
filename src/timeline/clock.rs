//! Clocks: the four times of an event, and the order of events by each.
//!
//! An event happens; later it is discovered, disclosed, and attributed. Each of the four times may be months wide, and
//! three of them may be missing.
//!
//! # When an event was attributed
//!
//! An event is attributed on the day by which an actor had surely been named. Candidates are the `said` days of its claims
//! that assert an actor (`about = "actor"`); denials and doubts do not count. The day that ends first wins, so that a
//! brief of some day in March does not come before a statement of the 25th. If claims name different actors, only those
//! that name an actor of the event count: an early guess of the press does not attribute what was found out later. If no
//! such claim has a day, the earliest `when` of the events linked `attributed-by` counts. A claim counts however weakly
//! it is phrased: how sure the speaker is, is another question ([`super::assessment`]).

use std::collections::BTreeSet;

use super::entity::EntityId;
use super::event::Event;
use super::event_columns::EventColumns;
use super::link::{EventId, EventLink};
use super::source::{Claim, ClaimValue};
pub use super::term::Clock;
use super::term::{Aspect, LinkKind, Stance};
use super::{DateColumn, DateNature, SparseColumn, Timeline};
use crate::date::{Bounds, DateWords, EventDate};

impl Clock {
    /// The next clock; the first after the last.
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

/// All events in the order of one clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByClock {
    events: Vec<EventId>,
    dated: usize,
}

impl ByClock {
    /// Every event: dated ones first.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// Events with a date on this clock, in its order; ties keep the order of the timeline.
    pub fn dated(&self) -> &[EventId] {
        self.events.get(..self.dated).unwrap_or_default()
    }

    /// Events without a date on this clock, in the order of the timeline.
    pub fn undated(&self) -> &[EventId] {
        self.events.get(self.dated..).unwrap_or_default()
    }
}

impl Event<'_> {
    /// The date on a clock; `None` if the file gives none.
    pub fn on(self, clock: Clock) -> Option<EventDate> {
        match clock {
            Clock::Happened => self.when(),
            Clock::Discovered => self.discovered().cloned(),
            Clock::Disclosed => self.disclosed().cloned(),
            Clock::Attributed => self.attributed().cloned(),
        }
    }

    /// The date on a clock in short words; `None` if the file gives none.
    pub fn words_on(self, clock: Clock) -> Option<DateWords> {
        if clock == Clock::Happened {
            return DateWords::parse(self.written()?).ok();
        }
        self.on(clock).map(|date| date.words())
    }

    /// The bounds of the date on a clock; `None` if the file gives none. Faster than asking for the date.
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
    /// Events that this one came after according to `after`; the dates may leave it open.
    pub fn after(self) -> &'t [EventId] {
        let neighbours = self.timeline().columns().neighbours.get(self.row());
        neighbours.map_or(&[], |it| &it.after)
    }

    /// Events that came after this one according to `after`; the dates may leave it open.
    pub fn before(self) -> &'t [EventId] {
        let neighbours = self.timeline().columns().neighbours.get(self.row());
        neighbours.map_or(&[], |it| &it.before)
    }

    /// Whether the file says that this event came after another, directly or through others.
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
    /// All events in the order of a clock. Only events with a date on it are sorted.
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

    /// The timeline is already in this order.
    fn as_happened(&self) -> ByClock {
        let nature = self.columns().when.bounds().nature();
        ByClock {
            events: self.events().map(Event::id).collect(),
            dated: nature.partition_point(|nature| nature != DateNature::Undated),
        }
    }
}

impl EventColumns {
    /// Fills attributions that claims leave open from events linked `attributed-by`.
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

/// The day on which claims about one event first attribute it; `actors` are the actors of the event.
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

/// The earliest date of the events linked `attributed-by`.
fn attributed_by_events(links: &[EventLink], when: &DateColumn) -> Option<EventDate> {
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

    /// Checks the attribution of an event with these lines.
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
    fn an_actor_of_the_event_counts_before_others_that_were_named() {
        let stated = "actors = [\"group\"]\n";
        let other = format!("{NAMES}said = \"2023\"\nvalue = \"another group\"\n");
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
