//! Questions about dates. Every answer is three-valued: what the bounds establish, what they allow, what they exclude.
//!
//! A date that is one of several answers as its members do where they agree; an uncertain one (`?`) never *surely*.

use super::bounds::Bounds;
use super::{EventDate, Instant, Shape, Span, Truth};

/// Asks a question of a date that may be missing: of the undated, anything is possible.
pub fn ask(date: Option<&EventDate>, question: impl FnOnce(&EventDate) -> Truth) -> Truth {
    date.map_or(Truth::Maybe, question)
}

/// Asks a question of two dates, either of which may be missing.
pub fn ask_both(
    one: Option<&EventDate>,
    other: Option<&EventDate>,
    question: impl FnOnce(&EventDate, &EventDate) -> Truth,
) -> Truth {
    one.zip(other)
        .map_or(Truth::Maybe, |(one, other)| question(one, other))
}

impl EventDate {
    /// Was it going on at some time in the window? Of `{…}`: was any of them?
    pub fn going_on(&self, window: Span) -> Truth {
        if self.shape == Shape::AllOf && !self.members.is_empty() {
            return self
                .members
                .iter()
                .map(|member| member.going_on(window))
                .fold(Truth::No, Truth::or);
        }
        self.each(|member| member.going_on(window))
    }

    /// Did it lie wholly in the window?
    pub fn within(&self, window: Span) -> Truth {
        self.each(|member| member.within(window))
    }

    /// Had it ended before the instant?
    pub fn before(&self, instant: Instant) -> Truth {
        self.each(|member| member.before(instant))
    }

    /// Did it start after the instant?
    pub fn after(&self, instant: Instant) -> Truth {
        self.each(|member| member.after(instant))
    }

    /// Had this ended before the other started?
    pub fn precedes(&self, other: &Self) -> Truth {
        self.each(|this| this.precedes(other))
    }

    /// Did this start before the other started?
    pub fn starts_before(&self, other: &Self) -> Truth {
        self.each(|this| other.each(|that| this.started_before(that).under(that.uncertain)))
    }

    /// The question put to each of `[…]`. For `{…}` the four bounds reach from the first to the last of them, which
    /// is exact for every question but [`EventDate::going_on`]: only there do the gaps between them matter.
    fn each(&self, question: impl Fn(&Bounds) -> Truth) -> Truth {
        if self.shape == Shape::OneOf && !self.members.is_empty() {
            Truth::of_one(self.members.iter().map(question))
        } else {
            question(&self.whole)
        }
    }
}

impl Bounds {
    /// Was it going on at some time in the window?
    pub fn going_on(&self, window: Span) -> Truth {
        let surely = self.start.latest <= window.latest && self.end.earliest >= window.earliest;
        let possibly = self.start.earliest <= window.latest && self.end.latest >= window.earliest;
        Truth::between(surely, possibly).under(self.uncertain)
    }

    /// Did it lie wholly in the window?
    pub fn within(&self, window: Span) -> Truth {
        let surely = self.start.earliest >= window.earliest && self.end.latest <= window.latest;
        let possibly = self.start.latest >= window.earliest
            && self.end.earliest <= window.latest
            && window.earliest <= window.latest;
        Truth::between(surely, possibly).under(self.uncertain)
    }

    /// Had it ended before the instant?
    pub fn before(&self, instant: Instant) -> Truth {
        self.ended_before(instant, instant)
    }

    /// Did it start after the instant?
    pub fn after(&self, instant: Instant) -> Truth {
        Truth::between(self.start.earliest > instant, self.start.latest > instant)
            .under(self.uncertain)
    }

    /// Had this ended before the other started?
    pub fn precedes(&self, other: &EventDate) -> Truth {
        other.each(|that| self.precedes_one(that))
    }

    /// Had the other ended before this started?
    pub fn follows(&self, other: &EventDate) -> Truth {
        other.each(|that| that.precedes_one(self))
    }

    fn precedes_one(&self, other: &Self) -> Truth {
        self.ended_before(other.start.earliest, other.start.latest)
            .under(other.uncertain)
    }

    /// Ended before something that took place no sooner than `soonest` and no later than `latest`.
    fn ended_before(&self, soonest: Instant, latest: Instant) -> Truth {
        Truth::between(self.end.latest < soonest, self.end.earliest < latest).under(self.uncertain)
    }

    fn started_before(&self, other: &Self) -> Truth {
        let surely = self.start.latest < other.start.earliest;
        Truth::between(surely, self.start.earliest < other.start.latest).under(self.uncertain)
    }
}

impl Truth {
    /// As it stands under a source's own doubt.
    fn under(self, doubt: bool) -> Self {
        if doubt { self.doubted() } else { self }
    }
}
