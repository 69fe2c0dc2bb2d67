//! Dates of objects: stamps as they are written, and windows of time where a fidelity makes them wider.

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::notices::BundleNotices;
use crate::date::{EventDate, Span};
use crate::diagnostic::{DATE_OUTSIDE_STAMPS, Diagnostic, TextPlace};
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::json_object::JsonObject;
use crate::formats::read_date::read_date;
use crate::formats::stix::extensions;
use crate::timeline::draft::{Located, LocatedText};

/// Reads a date, and reports a text that is none.
pub(super) fn date(
    notices: &mut BundleNotices,
    written: &str,
    place: TextPlace,
) -> Option<Located<EventDate>> {
    read_date(&mut notices.findings, written, place)
}

/// A stamp of an object that can be read. A blank one is none.
pub(super) fn stamp(
    notices: &mut BundleNotices,
    json: &JsonObject<'_>,
    name: &str,
) -> Option<LocatedText> {
    let stamp = json.located(name)?;
    date(notices, &stamp.value, stamp.place).map(|_| stamp)
}

/// The time from one stamp to another. If only one is known, the other end is unknown.
pub(super) fn interval(
    notices: &mut BundleNotices,
    json: &JsonObject<'_>,
    [first, last]: [&str; 2],
) -> Option<Located<EventDate>> {
    let [start, end] = [first, last].map(|name| stamp(notices, json, name));
    between(notices, start, end)
}

pub(super) fn between(
    notices: &mut BundleNotices,
    start: Option<LocatedText>,
    end: Option<LocatedText>,
) -> Option<Located<EventDate>> {
    match (start, end) {
        (None, None) => None,
        (Some(start), None) => date(notices, &format!("{}/", start.value), start.place),
        (None, Some(end)) => date(notices, &format!("../{}", end.value), end.place),
        (Some(start), Some(end)) if start.value == end.value => {
            date(notices, &start.value, start.place)
        }
        (Some(start), Some(end)) => {
            let both = format!("{}/{}", start.value, end.value);
            let whole = date(notices, &both, end.place);
            // An end before the start is reported, and the start is kept.
            whole.or_else(|| date(notices, &format!("{}/", start.value), start.place))
        }
    }
}

/// The date of an `event`: its own words if they lie within its stamps, or else the stamps with their fidelity.
pub(super) fn of_event(
    notices: &mut BundleNotices,
    json: &JsonObject<'_>,
) -> Option<Located<EventDate>> {
    let start = window(notices, json, ["start_time", "start_time_fidelity"]);
    let end = window(notices, json, ["end_time", "end_time_fidelity"]);
    let is_ongoing = json.text("status").as_deref() == Some("ongoing");
    let own = json
        .object("extensions")
        .and_then(|it| it.object(extensions::DATE_AS_WRITTEN));
    let own = own.and_then(|it| it.located(extensions::WHEN));
    if let Some(own) = own.and_then(|own| date(notices, &own.value, own.place)) {
        let is_within = |window: &Option<TimeWindow>, span: Span| {
            window
                .as_ref()
                .is_none_or(|it| it.span.contains(span.earliest) && it.span.contains(span.latest))
        };
        let ends_within = end
            .as_ref()
            .is_none_or(|it| own.value.end().latest <= it.span.latest);
        if is_within(&start, own.value.start()) && ends_within || start.is_none() && end.is_none() {
            return Some(own);
        }
        let finding = outside_stamps(&own.value, own.place);
        notices.findings.push(finding);
    }
    let (start, end) = match (start, end) {
        (None, None) => return None,
        (Some(start), Some(end)) if start.span == end.span => {
            return date(notices, &start.alone(), start.place);
        }
        ends => ends,
    };
    let place = start.as_ref().or(end.as_ref()).map(|end| end.place)?;
    let first = start.map_or_else(|| "..".to_owned(), |start| start.as_end());
    // An event that occurred has an end, known or not.
    let unknown = if is_ongoing { ".." } else { "" };
    let last = end.map_or_else(|| unknown.to_owned(), |end| end.as_end());
    let both = date(notices, &format!("{first}/{last}"), place);
    // An end before the start is reported, and the start is kept.
    both.or_else(|| date(notices, &format!("{first}/"), place))
}

/// The finding about words that stamps do not allow.
pub(super) fn outside_stamps(words: &EventDate, place: TextPlace) -> Diagnostic {
    let message = format!(
        "`{}` is not within the stamps of the event",
        words.written()
    );
    Diagnostic::new(&DATE_OUTSIDE_STAMPS, place, message)
        .label("expected a date that the stamps allow; the stamps count")
        .help("correct the stamps, or delete the words")
}

/// When a stamp with a fidelity may be: from the stamp to one unit later.
struct TimeWindow {
    place: TextPlace,
    stamp: String,
    span: Span,
    unit: Option<CalendarUnit>,
}

fn window(
    notices: &mut BundleNotices,
    json: &JsonObject<'_>,
    [time, fidelity]: [&str; 2],
) -> Option<TimeWindow> {
    let written = stamp(notices, json, time)?;
    let fidelity = json.text(fidelity);
    let unit = fidelity.as_deref().and_then(CalendarUnit::find);
    let span = EventDate::parse(&written.value).ok()?.whole();
    Some(TimeWindow {
        place: written.place,
        stamp: written.value.into(),
        span: unit.map_or(span, |unit| unit.period(span.earliest)),
        unit,
    })
}

impl TimeWindow {
    /// As the whole date of an event.
    fn alone(&self) -> String {
        self.as_unit().unwrap_or_else(|| {
            let (first, last) = (
                moment(self.span.earliest.civil()),
                moment(self.span.latest.civil()),
            );
            format!("[{first}..{last}]")
        })
    }

    /// As one end of an interval, where only units of the calendar can be written: the smallest around it. Around the turn of a
    /// century there is none, so that the end counts as unknown.
    fn as_end(&self) -> String {
        self.as_unit().unwrap_or_else(|| {
            let first = self.span.earliest.civil();
            let (year, last) = (first.year(), self.span.latest.civil().year());
            match CalendarUnit::around(self.span) {
                Some(unit) => of_calendar(first, unit.min(CalendarUnit::Minute)),
                None if year / 10 == last / 10 => format!("{}X", year / 10),
                None if year / 100 == last / 100 => format!("{}XX", year / 100),
                None => String::new(),
            }
        })
    }

    /// As a unit of the calendar, if it is one.
    fn as_unit(&self) -> Option<String> {
        let Some(unit) = self.unit else {
            return Some(self.stamp.clone());
        };
        let is_written = unit != CalendarUnit::Hour && unit.is(self.span);
        is_written.then(|| of_calendar(self.span.earliest.civil(), unit))
    }
}

fn of_calendar(at: NaiveDateTime, unit: CalendarUnit) -> String {
    let (year, month, day) = (at.year(), at.month(), at.day());
    match unit {
        CalendarUnit::Year => format!("{year:04}"),
        CalendarUnit::Month => format!("{year:04}-{month:02}"),
        // dateline has no precision of an hour: the day is around it.
        CalendarUnit::Day | CalendarUnit::Hour => format!("{year:04}-{month:02}-{day:02}"),
        CalendarUnit::Minute => {
            format!(
                "{year:04}-{month:02}-{day:02}T{:02}:{:02}Z",
                at.hour(),
                at.minute()
            )
        }
        CalendarUnit::Second => moment(at),
    }
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
