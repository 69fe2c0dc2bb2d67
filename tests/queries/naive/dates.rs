//! Conditions on dates, evaluated for one event at a time.

use dateline::date::{EventDate, Instant, Span, Truth, ask, ask_both};
use dateline::query::quoted;
use dateline::timeline::term::{Aspect, LinkKind, Stance};
use dateline::timeline::{Claim, ClaimValue, Event, Timeline};

use super::{OracleFilter, some_event};
use crate::support::synthetic::Numbers;

const DATES: [&str; 10] = [
    "2020",
    "2021-08",
    "late 2021",
    "about 2022",
    "2019-05-01",
    "2019-05-01T12:00Z",
    "Q3 2022",
    "2021-08/..",
    "202X",
    "[2020-03, 2023]",
];

fn read(text: &str) -> EventDate {
    EventDate::parse(text).expect("a date")
}

/// Ranges, and the fields that take them.
pub(super) fn window(numbers: &mut Numbers) -> OracleFilter {
    let (from, to) = (DATES[numbers.below(8)], DATES[numbers.below(8)]);
    let (from, to) = if read(from).whole().earliest <= read(to).whole().latest {
        (from, to)
    } else {
        (to, from)
    };
    let (range, span) = match numbers.below(4) {
        0 => (
            format!("{}..", quoted(from)),
            Span::new(read(from).whole().earliest, Instant::FUTURE),
        ),
        1 => (
            format!("..{}", quoted(to)),
            Span::new(Instant::PAST, read(to).whole().latest),
        ),
        2 => (quoted(from), read(from).whole()),
        _ => (
            format!("{}..{}", quoted(from), quoted(to)),
            Span::new(read(from).whole().earliest, read(to).whole().latest),
        ),
    };
    match numbers.below(6) {
        0 => OracleFilter::new(format!("within:{range}"), move |_, event| {
            ask(event.when().as_ref(), |date| date.within(span))
        }),
        1 => OracleFilter::new(format!("discovered:{range}"), move |_, event| {
            event
                .discovered()
                .map_or(Truth::No, |date| date.going_on(span))
        }),
        2 => OracleFilter::new(format!("attributed:{range}"), move |timeline, event| {
            attributed(timeline, event).map_or(Truth::No, |date| date.going_on(span))
        }),
        3 => OracleFilter::of_claims(format!("said:{range}"), move |claim| {
            if claim.stance == Stance::Silent {
                return Truth::No;
            }
            ask(claim.said.as_ref(), |date| date.going_on(span))
        }),
        4 => OracleFilter::new(format!("published:{range}"), move |timeline, event| {
            let dates = event
                .sources()
                .iter()
                .map(|&id| timeline.source(id).published.as_ref());
            dates
                .map(|date| ask(date, |date| date.going_on(span)))
                .fold(Truth::No, Truth::or)
        }),
        _ => OracleFilter::new(format!("when:{range}"), move |_, event| {
            ask(event.when().as_ref(), |date| date.going_on(span))
        }),
    }
}

/// The first day on which a speaker says who did it; otherwise the first day of the attribution phase.
fn attributed(timeline: &Timeline, event: Event<'_>) -> Option<EventDate> {
    let earliest = |dates: Vec<EventDate>| {
        let mut dates = dates;
        dates.sort_by_key(EventDate::order_key);
        dates.first().cloned()
    };
    let surely_first = |dates: Vec<&EventDate>| {
        let mut dates = dates;
        dates.sort_by_key(|date| (date.end().latest, date.order_key()));
        dates.first().map(|&date| date.clone())
    };
    let naming = |only_stated: bool| -> Vec<&EventDate> {
        let claims = event.claims().map(|(_, claim)| claim);
        let claims = claims.filter(|it| it.stance == Stance::Asserts && it.about == Aspect::Actor);
        let is_stated = |claim: &&Claim| {
            let stated = event.actors().iter();
            let mut stated = stated.map(|&id| ClaimValue::Entity(id));
            !only_stated || stated.any(|actor| claim.value.as_ref() == Some(&actor))
        };
        claims
            .filter(is_stated)
            .filter_map(|it| it.said.as_ref())
            .collect()
    };
    let links = event.links().iter().filter_map(|link| match link.kind {
        LinkKind::AttributedBy if !link.reversed => timeline.event(link.to).when(),
        _ => None,
    });
    surely_first(naming(true))
        .or_else(|| surely_first(naming(false)))
        .or_else(|| earliest(links.collect()))
}

/// A single date, and a comparison with it.
pub(super) fn limit(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    let text = DATES[numbers.below(DATES.len())];
    let window = read(text).whole();
    let value = quoted(text);
    match numbers.below(10) {
        0 => OracleFilter::new(format!("before:{value}"), move |_, event| {
            ask(event.when().as_ref(), |date| date.before(window.earliest))
        }),
        1 => OracleFilter::new(format!("when>{value}"), move |_, event| {
            ask(event.when().as_ref(), |date| date.after(window.latest))
        }),
        2 => OracleFilter::new(format!("when<={value}"), move |_, event| {
            ask(event.when().as_ref(), |date| {
                date.before(moved(window.latest, 1))
            })
        }),
        3 => OracleFilter::new(format!("disclosed>={value}"), move |_, event| {
            event
                .disclosed()
                .map_or(Truth::No, |date| date.after(moved(window.earliest, -1)))
        }),
        4 => OracleFilter::known("dated:no".to_owned(), |_, event| event.when().is_none()),
        5 => {
            let (other, key) = some_event(timeline, numbers);
            OracleFilter::new(format!("before:event({key})"), move |timeline, event| {
                if event.id() == other {
                    return Truth::No;
                }
                ask_both(
                    event.when().as_ref(),
                    timeline.event(other).when().as_ref(),
                    EventDate::precedes,
                )
            })
        }
        6 => {
            let (other, key) = some_event(timeline, numbers);
            OracleFilter::new(format!("after:event({key})"), move |timeline, event| {
                if event.id() == other {
                    return Truth::No;
                }
                ask_both(
                    timeline.event(other).when().as_ref(),
                    event.when().as_ref(),
                    EventDate::precedes,
                )
            })
        }
        7 => about_its_time("when", numbers, timeline, EventDate::going_on),
        8 => about_its_time("within", numbers, timeline, EventDate::within),
        _ => OracleFilter::known("when:*".to_owned(), |_, event| event.when().is_some()),
    }
}

/// A condition on the time of another event.
fn about_its_time(
    field: &str,
    numbers: &mut Numbers,
    timeline: &Timeline,
    question: fn(&EventDate, Span) -> Truth,
) -> OracleFilter {
    let (other, key) = some_event(timeline, numbers);
    OracleFilter::new(format!("{field}:event({key})"), move |timeline, event| {
        if event.id() == other {
            return Truth::Yes;
        }
        ask_both(
            event.when().as_ref(),
            timeline.event(other).when().as_ref(),
            |date, other| other.about_its_time(|window| question(date, window)),
        )
    })
}

/// The instant this many microseconds later.
fn moved(instant: Instant, micros: i64) -> Instant {
    if instant.is_bounded() {
        Instant::from_micros(instant.micros() + micros)
    } else {
        instant
    }
}
