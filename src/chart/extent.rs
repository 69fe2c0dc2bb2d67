//! The time that an axis has to show: the span of all events, and the span of most events.

use super::ticks::{month_end, month_start};
use crate::date::{Instant, Span};
use crate::timeline::{Clock, Event};

/// The spans of a timeline's dated events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeExtent {
    /// From the first bounded instant to the last.
    pub all: Span,
    /// Where most events lie: outliers do not squeeze the rest together.
    pub most: Span,
}

/// At most one event in this many is left out at either end in [`TimeExtent::most`].
const OUTLIER_SHARE: usize = 12;

impl TimeExtent {
    /// The extent of some events on a clock; `None` if no event has a date on it.
    pub fn of<'t>(events: impl Iterator<Item = Event<'t>>, clock: Clock) -> Option<Self> {
        let bounds = events.filter_map(|event| event.bounds_on(clock));
        let wholes = bounds.map(|bounds| bounds.whole());
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for whole in wholes {
            let (start, end) = (whole.earliest, whole.latest);
            starts.extend(
                [start, end]
                    .into_iter()
                    .find(|instant| instant.is_bounded()),
            );
            ends.extend(
                [end, start]
                    .into_iter()
                    .find(|instant| instant.is_bounded()),
            );
        }
        starts.sort_unstable();
        ends.sort_unstable();
        let skipped = starts.len() / OUTLIER_SHARE;
        let all = Span {
            earliest: *starts.first()?,
            latest: *ends.last()?,
        };
        let most = Span {
            earliest: starts[skipped],
            latest: ends[ends.len() - 1 - skipped],
        };
        let (all, most) = (rounded(all), rounded(most));
        // Leaving events out must be worth it: the rest has to become much wider.
        let worth_it = all.length() > (most.length() / 2).saturating_mul(3);
        Some(Self {
            all,
            most: if worth_it { most } else { all },
        })
    }
}

/// The span that fits some events on a clock, with a little room at either end. Every bounded instant of their dates is
/// in it. `None` if no event has a date.
pub fn fitted_span<'t>(events: impl Iterator<Item = Event<'t>>, clock: Clock) -> Option<Span> {
    Some(widened(rounded(dated_span(events, clock)?), SHORTEST_FIT))
}

/// From the first bounded instant of the dates of some events to the last. `None` if no event has a date.
pub(super) fn dated_span<'t>(
    events: impl Iterator<Item = Event<'t>>,
    clock: Clock,
) -> Option<Span> {
    let wholes = events.filter_map(|event| Some(event.bounds_on(clock)?.whole()));
    let ends = wholes.flat_map(|whole| [whole.earliest, whole.latest]);
    let spans = ends.filter(|end| end.is_bounded());
    let spans = spans.map(|end| Span::new(end, end));
    spans.reduce(|all, end| Span::new(all.earliest.min(end.earliest), all.latest.max(end.latest)))
}

/// A span of a least length, with the same middle.
fn widened(span: Span, least: i64) -> Span {
    let missing = (least - span.length()).max(0);
    Span::new(
        moved(span.earliest, -missing / 2),
        moved(span.latest, missing / 2),
    )
}

fn moved(instant: Instant, by: i64) -> Instant {
    Instant::from_micros(instant.micros().saturating_add(by))
}

/// A span with a little room at either end; a long one ends with whole months, as its labels do.
fn rounded(span: Span) -> Span {
    const YEAR: i64 = 366 * 86_400 * 1_000_000;
    if span.length() > YEAR {
        return Span::new(month_start(span.earliest), month_end(span.latest));
    }
    let margin = (span.length() / 20).max(SHORTEST / 2);
    Span::new(moved(span.earliest, -margin), moved(span.latest, margin))
}

/// The shortest span that an axis shows, in microseconds: one minute.
pub const SHORTEST: i64 = 60_000_000;
/// The shortest span that fits events, in microseconds: one hour.
const SHORTEST_FIT: i64 = 60 * SHORTEST;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    /// The first year of most events of some dates; none if they have no extent.
    fn first_year(dates: &[&str]) -> Option<String> {
        let event = |when: &&str| format!("[[events]]\ntitle = \"T\"\nwhen = \"{when}\"\n");
        let text: String = dates.iter().map(event).collect();
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", &text)]);
        let extent = TimeExtent::of(timeline.events(), Clock::Happened)?;
        Some(extent.most.earliest.civil().format("%Y").to_string())
    }

    #[test]
    fn one_outlier_among_many_does_not_squeeze_the_rest() {
        let mut dates = vec!["2021-03"; 20];
        dates.push("1949");
        assert_eq!(first_year(&dates).as_deref(), Some("2021"));
        assert_eq!(first_year(&["1949", "2021"]).as_deref(), Some("1949"));
    }

    #[test]
    fn what_has_no_bound_has_no_extent() {
        assert_eq!(first_year(&["../.."]), None);
        assert_eq!(first_year(&[]), None);
    }
}
