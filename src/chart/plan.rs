//! What an axis shows, before its width is known.

use super::axis::Axis;
use super::axis_events::AxisEvents;
use super::breaks::AxisBreaks;
use crate::date::Span;

/// The time of an axis, and its breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisPlan {
    span: Span,
    breaks: AxisBreaks,
}

impl AxisPlan {
    /// An axis over a bounded span, with breaks in long stretches between the dates of its events if they are wanted.
    pub fn new(events: &AxisEvents<'_>, span: Span, has_breaks: bool) -> Self {
        let breaks = if has_breaks {
            AxisBreaks::of(events, span)
        } else {
            AxisBreaks::default()
        };
        Self { span, breaks }
    }

    /// Whether a stretch of the axis is compressed.
    pub fn has_breaks(&self) -> bool {
        !self.breaks.spans().is_empty()
    }

    /// The axis in `width` columns.
    pub fn axis(&self, width: u16) -> Axis {
        Axis::broken(self.span, width, self.breaks.spans())
    }
}
