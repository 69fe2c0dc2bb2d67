//! Questions about dates. Every answer is three-valued: what the bounds establish, what they allow, what they exclude.
//!
//! A date that is one of several answers as its members do where they agree; an uncertain one (`?`) never *surely*.

use super::bounds::Bounds;
use super::{DateShape, EventDate, Instant, Span, Truth};

/// Asks a question of a date that may be missing: of the undated, anything is possible.
pub fn ask(date: Option<&EventDate>, question: impl FnOnce(&EventDate) -> Truth) -> Truth {
    date.map_or(Truth::Possibly, question)
}

/// Asks a question of two dates. Either may be missing.
pub fn ask_both(
    one: Option<&EventDate>,
    other: Option<&EventDate>,
    question: impl FnOnce(&EventDate, &EventDate) -> Truth,
) -> Truth {
    one.zip(other)
        .map_or(Truth::Possibly, |(one, other)| question(one, other))
}

impl EventDate {
    /// Was it going on at some time in the window? Of `{…}`: was any of them?
    pub fn going_on(&self, window: Span) -> Truth {
        self.any(|member| member.going_on(window))
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

    /// A question about the time that this took: sure of the time that it surely took, possible of all that it may
    /// have taken. Of `{…}`: about the time of any.
    pub fn about_its_time(&self, question: impl Fn(Span) -> Truth) -> Truth {
        self.any(|member| {
            let possible = question(member.whole()).doubted();
            let sure = Span::new(member.start.latest, member.end.earliest);
            let is_sure = sure.earliest <= sure.latest && question(sure).is_sure();
            let answer = if is_sure { Truth::Yes } else { possible };
            answer.under(member.uncertain)
        })
    }

    /// Whether the two have no day in common that either allows. A source's doubt about its date changes nothing.
    pub fn excludes(&self, other: &Self) -> bool {
        let each = |date: &Self| match &*date.members {
            [] => vec![date.whole],
            members => members.to_vec(),
        };
        let others = each(other);
        let meets = |one: &Bounds, other: &Bounds| {
            one.start.earliest <= other.end.latest && other.start.earliest <= one.end.latest
        };
        !each(self)
            .iter()
            .any(|one| others.iter().any(|it| meets(one, it)))
    }

    /// The question put to any of `{…}`, where the gaps between them matter.
    fn any(&self, question: impl Fn(&Bounds) -> Truth) -> Truth {
        if self.shape == DateShape::AllOf && !self.members.is_empty() {
            let answers = self.members.iter().map(question);
            return answers.fold(Truth::No, Truth::or);
        }
        self.each(question)
    }

    /// The question put to each of `[…]`. For `{…}` the four bounds reach from the first to the last of them, which
    /// is exact for every question but those of [`EventDate::any`].
    fn each(&self, question: impl Fn(&Bounds) -> Truth) -> Truth {
        if self.shape == DateShape::OneOf && !self.members.is_empty() {
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
    /// The answer under a source's own doubt.
    fn under(self, doubt: bool) -> Self {
        if doubt { self.doubted() } else { self }
    }
}
