//! The time axis of an overview. It is planned anew only when its inputs change, and never while it is frozen: then
//! events come and go, but the axis stays.

use crate::chart::{Axis, AxisEvents, AxisPlan};
use crate::date::Span;
use crate::timeline::Clock;

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedAxis {
    /// Whether long stretches without dates take few columns.
    pub has_breaks: bool,
    /// Whether the axis stays the same while its events change.
    pub is_frozen: bool,
    plan: Option<(PlanInputs, AxisPlan)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct PlanInputs {
    span: Span,
    filter: u64,
    clock: Clock,
    lag: bool,
    has_breaks: bool,
}

impl PlannedAxis {
    /// The axis of the same screen of another timeline: the same one only while it is frozen.
    #[must_use]
    pub fn carried(&self) -> Self {
        let plan = self.plan.clone().filter(|_| self.is_frozen);
        Self { plan, ..*self }
    }

    /// The frozen axis, laid out in `width` columns; `None` if it is not frozen.
    pub fn frozen(&self, width: u16) -> Option<Axis> {
        let plan = self.plan.as_ref().filter(|_| self.is_frozen);
        plan.map(|(_, plan)| plan.axis(width))
    }

    /// The axis over a span, in `width` columns. `filter`: the version of the filter that chose the events.
    pub fn axis(&mut self, events: &AxisEvents<'_>, filter: u64, span: Span, width: u16) -> Axis {
        let inputs = PlanInputs {
            span,
            filter,
            clock: events.clock,
            lag: events.lag,
            has_breaks: self.has_breaks,
        };
        let kept = self.plan.take().filter(|(of, _)| *of == inputs);
        let plan = kept.unwrap_or_else(|| (inputs, AxisPlan::new(events, span, self.has_breaks)));
        self.plan.insert(plan).1.axis(width)
    }
}

impl Default for PlannedAxis {
    fn default() -> Self {
        Self {
            has_breaks: true,
            is_frozen: false,
            plan: None,
        }
    }
}
