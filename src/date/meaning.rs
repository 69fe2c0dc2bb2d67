//! What a date allows, however it is written.

use super::{Bounds, DateShape, EventDate, Span};

/// What a date allows: equal for `2021-08-01/2021-08-01` and `2021-08-01`. A source's doubt about its date is not part
/// of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateMeaning(Allowed);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Allowed {
    /// One time in any of these ranges, which do not touch, in order.
    Days(Vec<Span>),
    /// Times with an extent, each with its start and end, in order.
    Extents {
        /// Whether it is all of them, not one.
        is_all: bool,
        spans: Vec<(Span, Span)>,
    },
}

impl EventDate {
    /// What the date allows.
    pub fn meaning(&self) -> DateMeaning {
        DateMeaning(self.days().map_or_else(|| self.extents(), Allowed::Days))
    }

    /// Whether it allows the same as another, however the two are written.
    pub fn allows_the_same_as(&self, other: &Self) -> bool {
        self.meaning() == other.meaning()
    }

    /// The days that it may be. None if it has an extent, or is several.
    fn days(&self) -> Option<Vec<Span>> {
        let all = self.each_member();
        let is_one = |bounds: &Bounds| bounds.start == bounds.end;
        if self.shape == DateShape::AllOf && all.len() > 1 || !all.iter().all(is_one) {
            return None;
        }
        let mut spans: Vec<Span> = all.iter().map(|bounds| bounds.start).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let touches = next.earliest.micros() <= last.latest.micros().saturating_add(1);
            if touches {
                last.latest = last.latest.max(next.latest);
            }
            touches
        });
        Some(spans)
    }

    fn extents(&self) -> Allowed {
        let all = self.each_member().iter();
        let mut spans: Vec<_> = all.map(|it| (it.start, it.end)).collect();
        spans.sort_unstable();
        spans.dedup();
        Allowed::Extents {
            is_all: self.shape == DateShape::AllOf,
            spans,
        }
    }

    fn each_member(&self) -> &[Bounds] {
        match &*self.members {
            [] => std::slice::from_ref(&self.whole),
            members => members,
        }
    }
}
