//! A date as its source states it, with the bounds of what that allows.

use std::cmp::Reverse;

use super::bounds::Bounds;
use super::error::{DateError, DateReading};
use super::expression::{DateExpression, IntervalEnd, StatedDate};
use super::foreign;
use super::instant::{Instant, Span};
use super::parse;
use super::precision::{DateShape, Precision, Qualifier};
use super::zone::{self, Zone};

/// When something took place, as precisely as its source says and no more.
///
/// Equal only when written alike; [`EventDate::order_key`] compares what is meant. What a filter asks of a million
/// dates is kept; what a screen asks of the forty it shows is read again from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDate {
    written: Box<str>,
    pub(super) whole: Bounds,
    /// Of a set of several: each of them.
    pub(super) members: Box<[Bounds]>,
    pub(super) shape: DateShape,
    precision: Precision,
    qualifier: Qualifier,
    lacks_zone: bool,
}

impl EventDate {
    /// Whether a text is a date with a reading in place of its mistake.
    pub fn is_date_with(text: &str, reading: &DateReading) -> bool {
        let whole = reading.applied(text);
        whole.is_some_and(|whole| Self::parse(&whole).is_ok())
    }

    /// Reads EDTF (ISO 8601-2:2019 Annex A, levels 0 to 2), a date-time, or the words people use.
    ///
    /// # Errors
    /// When the text is none of these, could be read in several ways, or says what the calendar does not allow.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let expression = read(text)?;
        let (whole, members) = expression.bounds();
        Ok(Self {
            written: text.trim().into(),
            whole,
            members,
            shape: shape_of(&expression),
            precision: expression.precision(),
            qualifier: expression.qualifier(),
            lacks_zone: expression.lacks_zone(),
        })
    }

    /// Whether a time of day in it says nothing of its time zone. Its bounds are then those of every zone: from 14
    /// hours before what it would be in UTC to 12 hours after it.
    pub fn lacks_zone(&self) -> bool {
        self.lacks_zone
    }

    /// Whether it is a single such time, and nothing else: [`Bounds::as_shown`] then gives what the clock showed.
    pub fn is_clock_time(&self) -> bool {
        self.lacks_zone && self.shape == DateShape::Point && self.qualifier == Qualifier::default()
    }

    /// The same date with a zone for each time of day that lacks one, written behind it as an offset. `name` is what
    /// the writer calls the zone, such as `CEST`, or empty.
    ///
    /// A time that the clocks of the zone never showed, or showed twice, stays as it is.
    #[must_use]
    pub fn in_zone(&self, zone: &Zone, name: &str) -> Self {
        if !self.lacks_zone {
            return self.clone();
        }
        let mut written = String::with_capacity(self.written.len() + 12);
        let mut copied = 0;
        for moment in self
            .expression()
            .stated()
            .into_iter()
            .filter_map(StatedDate::clock_time)
        {
            let Some(offset) = zone.offset_at(moment.first, name) else {
                continue;
            };
            written.push_str(
                self.written
                    .get(copied..moment.clock_end)
                    .unwrap_or_default(),
            );
            written.push_str(&offset);
            copied = moment.clock_end;
        }
        written.push_str(self.written.get(copied..).unwrap_or_default());
        // An interval may end before it starts once summer time has begun in between.
        Self::parse(&written).unwrap_or_else(|_| self.clone())
    }

    /// The zone of a single time that lacks one, if the clock showed it at a time that is known in UTC. `None` if no
    /// zone makes the two agree.
    pub fn zone_at(&self, known: Span) -> Option<Zone> {
        let shown = Some(self.whole.as_shown().whole()).filter(|_| self.is_clock_time())?;
        zone::between(shown, known)
    }

    /// When it may have started.
    pub fn start(&self) -> Span {
        self.whole.start
    }

    /// When it may have ended.
    pub fn end(&self) -> Span {
        self.whole.end
    }

    /// When it may have started and ended, in all.
    pub fn bounds(&self) -> Bounds {
        self.whole
    }

    /// Whether it is one or all of several, so that its bounds alone do not answer for it.
    pub fn is_several(&self) -> bool {
        !self.members.is_empty()
    }

    /// The bounds of each of several; none if it is a single date.
    pub fn members(&self) -> &[Bounds] {
        &self.members
    }

    /// From the earliest start to the latest end.
    pub fn whole(&self) -> Span {
        self.whole.whole()
    }

    /// Where vague words or `~` point most: the third for *early*, *mid* and *late*, the bounds without *about*.
    /// `None` where nothing is vague. For an extent, from where its start points to where its end does.
    pub fn core(&self) -> Option<Span> {
        self.expression().core()
    }

    /// Where a vague start points most; `None` where the start is not vague.
    pub fn start_core(&self) -> Option<Span> {
        self.expression().start_core()
    }

    /// Where a vague end points most; `None` where the end is not vague.
    pub fn end_core(&self) -> Option<Span> {
        self.expression().end_core()
    }

    /// What kind of thing the bounds bound.
    pub fn shape(&self) -> DateShape {
        self.shape
    }

    /// Whether it is stated to the day or finer.
    pub fn is_stated_to_the_day(&self) -> bool {
        self.precision() >= Precision::Day && !self.is_vague()
    }

    /// The finest unit stated; of a compound date, that of the coarsest date in it.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// What the source says of its own date.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// `a/..`, `since a`: it goes on, as stated.
    pub fn is_ongoing(&self) -> bool {
        self.whole.is_ongoing()
    }

    /// `a/`: it ended, it is not known when.
    pub fn has_unknown_end(&self) -> bool {
        matches!(
            self.expression(),
            DateExpression::Interval(_, IntervalEnd::Unknown)
        )
    }

    /// `/b`, `../b`: it is not known when it started.
    pub fn has_unknown_start(&self) -> bool {
        matches!(
            self.expression(),
            DateExpression::Interval(IntervalEnd::Unknown | IntervalEnd::Open, _)
        )
    }

    /// Exactly as in the file, without white space around it.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether any date in it is vague by the source's own word: *early*, *mid*, *late*, *about*.
    pub fn is_vague(&self) -> bool {
        self.expression()
            .stated()
            .into_iter()
            .any(StatedDate::is_vague)
    }

    /// Whether it uses a season without a hemisphere, codes 21 to 24, which implementations read differently.
    pub fn uses_season(&self) -> bool {
        self.expression()
            .stated()
            .into_iter()
            .any(StatedDate::uses_season)
    }

    /// Whether it is an instant inside a microsecond, as Windows counts them: its bounds are those of the microsecond.
    pub fn is_inside_a_microsecond(&self) -> bool {
        matches!(self.expression(), DateExpression::One(date) if date.is_inside_a_microsecond())
    }

    /// Earliest start, latest start, earliest end, latest end: the order of the list, as [`Bounds::order_key`] has it.
    pub fn order_key(&self) -> [Instant; 4] {
        self.whole.order_key()
    }

    /// The order of sayings: by the last moment at which it can have been, then the narrower date first. "March 2024"
    /// follows 25 March 2024, since nothing shows that it came before, and "25 March 2024" precedes "April 2024".
    pub fn saying_key(&self) -> (Instant, Reverse<Instant>) {
        let whole = self.whole();
        (whole.latest, Reverse(whole.earliest))
    }

    pub(super) fn expression(&self) -> DateExpression<'_> {
        read(&self.written).expect("a text that was read once is read again alike")
    }
}

/// Reads a whole text. What is not a date may be one of another form, which the error then names.
pub(super) fn read(text: &str) -> Result<DateExpression<'_>, DateError> {
    parse::expression(text).map_err(|error| foreign::refusal(text, error))
}

fn shape_of(expression: &DateExpression<'_>) -> DateShape {
    match expression {
        DateExpression::One(_) => DateShape::Point,
        DateExpression::Interval(..) => DateShape::Extent,
        DateExpression::By(..) | DateExpression::OneOf(_) => DateShape::OneOf,
        DateExpression::AllOf(_) => DateShape::AllOf,
    }
}

#[cfg(test)]
mod tests {
    use super::EventDate;

    #[test]
    fn a_million_dates_fit_in_a_hundred_megabytes() {
        assert!(size_of::<EventDate>() <= 80);
    }
}
