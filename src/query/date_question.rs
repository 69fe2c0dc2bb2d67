//! Questions about dates, and how a filter states them.
//!
//! The documentation of [`super`] has the table of them.

use super::error::QueryError;
use super::value::{ComparisonOperator, FilterValue, ValueForm, quoted};
use crate::date::{self, Bounds, DateError, EventDate, Instant, Span, Truth, Zone};
use crate::timeline::{EventId, Timeline};

/// A question about a date.
#[derive(Clone, Debug, PartialEq)]
pub enum DateQuestion {
    /// Does it have a date?
    Stated,
    /// Was it going on at some time in the window?
    GoingOn(Span),
    /// Did it lie wholly in the window?
    Within(Span),
    /// Had it ended before the instant?
    Before(Instant),
    /// Did it start after the instant?
    After(Instant),
    /// The relation to the date of another event, or to a date with more digits than the axis has.
    Beside(DateRelation, Option<EventId>, Option<EventDate>),
}

/// A relation between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRelation {
    /// Going on at some time during the other.
    During,
    /// Wholly within the other.
    Within,
    /// Ended before the other began.
    Before,
    /// Began after the other had ended.
    After,
}

impl DateQuestion {
    /// The answer for the date of an event. No event came before or after itself, however vague its date.
    pub fn ask(&self, date: Option<&EventDate>, event: EventId) -> Truth {
        match self {
            Self::Stated => Truth::from(date.is_some()),
            Self::GoingOn(window) => date::ask(date, |date| date.going_on(*window)),
            Self::Within(window) => date::ask(date, |date| date.within(*window)),
            Self::Before(instant) => date::ask(date, |date| date.before(*instant)),
            Self::After(instant) => date::ask(date, |date| date.after(*instant)),
            Self::Beside(relation, other, _) if *other == Some(event) => Truth::from(matches!(
                relation,
                DateRelation::During | DateRelation::Within
            )),
            Self::Beside(relation, _, other) => {
                date::ask_both(date, other.as_ref(), |date, other| {
                    relation.ask(date, other)
                })
            }
        }
    }
}

impl DateQuestion {
    /// The answer for an event whose bounds suffice, or which is undated.
    pub(super) fn ask_bounds(&self, date: Option<Bounds>, event: EventId) -> Truth {
        let Some(date) = date else {
            return self.ask(None, event);
        };
        match self {
            Self::Stated => Truth::Yes,
            Self::GoingOn(window) => date.going_on(*window),
            Self::Within(window) => date.within(*window),
            Self::Before(instant) => date.before(*instant),
            Self::After(instant) => date.after(*instant),
            Self::Beside(_, other, _) if *other == Some(event) => self.ask(None, event),
            Self::Beside(relation, _, Some(other)) => relation.ask_bounds(date, other),
            Self::Beside(_, _, None) => Truth::Possibly,
        }
    }
}

impl DateRelation {
    fn ask(self, date: &EventDate, other: &EventDate) -> Truth {
        match self {
            Self::Before => date.precedes(other),
            Self::After => other.precedes(date),
            Self::During => other.about_its_time(|window| date.going_on(window)),
            Self::Within => other.about_its_time(|window| date.within(window)),
        }
    }

    fn ask_bounds(self, date: Bounds, other: &EventDate) -> Truth {
        match self {
            Self::Before => date.precedes(other),
            Self::After => date.follows(other),
            Self::During => other.about_its_time(|window| date.going_on(window)),
            Self::Within => other.about_its_time(|window| date.within(window)),
        }
    }
}

/// Reads a value of a date field; `asks` follows from the field and its operator.
pub(super) fn question(
    timeline: &Timeline,
    field: &str,
    asks: DateAsk,
    value: &FilterValue,
) -> Result<DateQuestion, QueryError> {
    match value.form {
        ValueForm::Any => Ok(DateQuestion::Stated),
        ValueForm::Event => beside(timeline, field, asks, value),
        ValueForm::Plain | ValueForm::Quoted => {
            let window = window(timeline, value, asks)?;
            // An instant within a microsecond has no edge on the axis to compare with.
            if let Some(date) = inside_a_microsecond(timeline, value) {
                return Ok(DateQuestion::Beside(asks.relation(), None, Some(date)));
            }
            Ok(match asks {
                DateAsk::GoingOn => DateQuestion::GoingOn(window),
                DateAsk::Within => DateQuestion::Within(window),
                DateAsk::Before => DateQuestion::Before(window.earliest),
                DateAsk::After => DateQuestion::After(window.latest),
                DateAsk::NotAfter => DateQuestion::Before(next(window.latest)),
                DateAsk::NotBefore => DateQuestion::After(last_before(window.earliest)),
            })
        }
    }
}

/// What a field and its operator ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateAsk {
    GoingOn,
    Within,
    Before,
    After,
    NotAfter,
    NotBefore,
}

impl DateAsk {
    /// The same question as a relation, for a date without an edge on the axis.
    fn relation(self) -> DateRelation {
        match self {
            Self::GoingOn => DateRelation::During,
            Self::Within => DateRelation::Within,
            Self::Before | Self::NotAfter => DateRelation::Before,
            Self::After | Self::NotBefore => DateRelation::After,
        }
    }

    pub(super) const fn of(operator: ComparisonOperator) -> Self {
        match operator {
            ComparisonOperator::Is => Self::GoingOn,
            ComparisonOperator::Less => Self::Before,
            ComparisonOperator::More => Self::After,
            ComparisonOperator::AtMost => Self::NotAfter,
            ComparisonOperator::AtLeast => Self::NotBefore,
        }
    }

    const fn takes_range(self) -> bool {
        matches!(self, Self::GoingOn | Self::Within)
    }
}

fn beside(
    timeline: &Timeline,
    field: &str,
    asks: DateAsk,
    value: &FilterValue,
) -> Result<DateQuestion, QueryError> {
    if matches!(asks, DateAsk::NotAfter | DateAsk::NotBefore) {
        let error = QueryError::new(
            value.range.clone(),
            "an event is compared with `:`, `<` or `>` only",
        );
        return Err(error.help(format!("write `{field}<event(…)` or `{field}>event(…)`")));
    }
    let Some(event) = timeline.find_event(&value.text) else {
        return Err(QueryError::unknown_event(timeline, value));
    };
    Ok(DateQuestion::Beside(
        asks.relation(),
        Some(event.id()),
        event.when(),
    ))
}

fn inside_a_microsecond(timeline: &Timeline, value: &FilterValue) -> Option<EventDate> {
    let date = read(timeline, value, &value.text, 0).ok();
    date.filter(EventDate::is_inside_a_microsecond)
}

/// The time that a date or a range of dates allows.
fn window(timeline: &Timeline, value: &FilterValue, asks: DateAsk) -> Result<Span, QueryError> {
    let read = |text: &str, at| read(timeline, value, text, at);
    let Some((from, to)) = range_ends(&value.text) else {
        return read(&value.text, 0).map(|date| date.whole());
    };
    if !asks.takes_range() {
        let error = QueryError::new(value.range.clone(), "this takes one date, not a range");
        return Err(error.expected("a date, such as `2021` or `\"late 2021\"`"));
    }
    if from.trim().is_empty() && to.trim().is_empty() {
        let error = QueryError::new(value.range.clone(), "this range has no end at all");
        return Err(error.expected("a date on at least one side, such as `2021..`"));
    }
    let mut window = Span::ALWAYS;
    if !from.trim().is_empty() {
        window.earliest = read(from, 0)?.whole().earliest;
    }
    if !to.trim().is_empty() {
        window.latest = read(to, from.len() + 2)?.whole().latest;
    }
    if window.latest < window.earliest {
        let error = QueryError::new(value.range.clone(), "this range ends before it starts");
        return Err(error.help(format!(
            "write `{}..{}`",
            quoted(to.trim()),
            quoted(from.trim())
        )));
    }
    Ok(window)
}

/// The two sides of `from..to`. The dots of `2021-08/..` and of sets in brackets belong to EDTF.
fn range_ends(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut skipped = 0;
    for (at, character) in text.char_indices() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '.' if depth == 0 && at >= skipped => {
                let (from, rest) = (text.get(..at)?, text.get(at..)?);
                let Some(to) = rest.strip_prefix("..") else {
                    continue;
                };
                if !to.starts_with('/') && !from.ends_with('/') {
                    return Some((from, to));
                }
                skipped = at + 2;
            }
            _ => {}
        }
    }
    None
}

/// A date in a filter. A time without a zone is in the zone of the timeline, otherwise UTC.
fn read(
    timeline: &Timeline,
    value: &FilterValue,
    text: &str,
    at: usize,
) -> Result<EventDate, QueryError> {
    let zone = timeline.head().zone.as_ref().unwrap_or(&Zone::UTC);
    let date = EventDate::parse(text).map(|date| date.in_zone(zone, ""));
    date.map_err(|error| {
        let DateError {
            range,
            message,
            expected,
            help,
            ..
        } = error;
        let place = value.part(&(range.start + at..range.end + at));
        QueryError {
            range: place,
            message,
            expected,
            help,
            meant: None,
            is_unknown_name: false,
        }
    })
}

fn next(instant: Instant) -> Instant {
    if instant.is_bounded() {
        Instant::from_micros(instant.micros() + 1)
    } else {
        instant
    }
}

fn last_before(instant: Instant) -> Instant {
    if instant.is_bounded() {
        Instant::from_micros(instant.micros() - 1)
    } else {
        instant
    }
}

#[cfg(test)]
mod tests {
    use super::range_ends;

    #[test]
    fn dots_of_edtf_are_not_a_range() {
        assert_eq!(range_ends("2021..2022-06"), Some(("2021", "2022-06")));
        assert_eq!(range_ends("..2022"), Some(("", "2022")));
        assert_eq!(range_ends("2021-08/.."), None);
        assert_eq!(range_ends("../2022-10"), None);
        assert_eq!(range_ends("2021-08/....2022"), Some(("2021-08/..", "2022")));
        assert_eq!(range_ends("[2021..2022]"), None);
        assert_eq!(
            range_ends("[2021..2022]..2023"),
            Some(("[2021..2022]", "2023"))
        );
        assert_eq!(
            range_ends("late 2021..mid 2022"),
            Some(("late 2021", "mid 2022"))
        );
        assert_eq!(range_ends("2021-08-14T10:22:03.5"), None);
    }
}
