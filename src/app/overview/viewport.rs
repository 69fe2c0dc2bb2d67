//! The span of time that an overview shows, zoomed and panned.

use crate::chart::SHORTEST;
use crate::date::{Instant, Span};
use crate::timeline::Scene;
use crate::timeline::term::SceneAxis;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewport {
    /// The span of most events, without outliers that would squeeze them together.
    Most,
    /// The span of all bounded dates.
    All,
    /// The span that fits the events that the filter shows. It follows the filter.
    Fit,
    /// A span that the user zoomed or panned to.
    Chosen(Span),
}

impl Viewport {
    /// What a scene shows at first.
    pub const fn of_scene(scene: &Scene) -> Self {
        match scene.axis {
            SceneAxis::Fit => Self::Fit,
            SceneAxis::Whole => Self::Most,
        }
    }
}

/// A span `numerator / denominator` times as long; the instant `around` keeps its place in it.
pub fn zoomed(span: Span, around: Instant, numerator: i64, denominator: i64) -> Span {
    let old = span.length().max(1);
    let new = i64::try_from(i128::from(old) * i128::from(numerator) / i128::from(denominator))
        .unwrap_or(i64::MAX);
    let new = new.clamp(SHORTEST, LONGEST);
    let around = around.clamp(span.earliest, span.latest);
    let before = (i128::from(around.micros()) - i128::from(span.earliest.micros()))
        * i128::from(new)
        / i128::from(old);
    let before = i64::try_from(before).unwrap_or(0);
    shifted_into_range(around.micros().saturating_sub(before), new)
}

/// A span moved by `parts / of` of its length.
pub fn panned(span: Span, parts: i64, of: i64) -> Span {
    let length = span.length();
    shifted_into_range(
        (span.earliest.micros()).saturating_add((length / of).saturating_mul(parts)),
        length,
    )
}

/// Moves a span to have an instant in its middle, unless the instant is in it already.
pub fn moved_to(span: Span, instant: Instant) -> Span {
    if !instant.is_bounded() || (span.earliest <= instant && instant <= span.latest) {
        return span;
    }
    shifted_into_range(
        instant.micros().saturating_sub(span.length() / 2),
        span.length(),
    )
}

/// A viewport stays within 100,000 years of 1970, the limits of the calendar.
const LONGEST: i64 = 100_000 * 365 * 86_400 * 1_000_000;

fn shifted_into_range(start: i64, length: i64) -> Span {
    let start = start.clamp(-LONGEST, LONGEST.saturating_sub(length).max(-LONGEST));
    Span {
        earliest: Instant::from_micros(start),
        latest: Instant::from_micros(start.saturating_add(length)),
    }
}
