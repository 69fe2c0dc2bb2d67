//! Dates of MISP: stamps, and the fidelity that says how much of a stamp is meant.
//!
//! `timestamp` is when something was edited. It is never a date of an event.

use super::content::SeenTimes;
use crate::date::foreign::DayMonthOrder;
use crate::date::{EventDate, Zone};
use crate::diagnostic::{Diagnostic, TextPlace, UNKNOWN_WORD};
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::log::read_stamp;
use crate::formats::toml::date_errors;
use crate::timeline::draft::{Located, LocatedText};

type LocatedDate = Located<EventDate>;

/// One end of a date: a stamp, and the unit that is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StampedEnd<'t> {
    pub stamp: Option<&'t LocatedText>,
    pub fidelity: Option<&'t LocatedText>,
}

/// A date as a stamp is written, in UTC if it names no zone.
pub(super) fn stamp(written: &LocatedText, findings: &mut Vec<Diagnostic>) -> Option<LocatedDate> {
    match read_stamp(&written.value, DayMonthOrder::Unknown) {
        Ok(date) => Some(Located::new(date.in_zone(&Zone::UTC, ""), written.place)),
        Err(error) => {
            let finding =
                date_errors::finding(error, &written.value, &written.value, written.place);
            findings.push(finding);
            None
        }
    }
}

/// When something was seen.
pub(super) fn of_seen(seen: &SeenTimes, findings: &mut Vec<Diagnostic>) -> Option<LocatedDate> {
    let mut read = |end: Option<&LocatedText>| end.and_then(|end| stamp(end, findings));
    let (first, last) = (read(seen.first.as_ref()), read(seen.last.as_ref()));
    let (Some(from), Some(to)) = (&first, &last) else {
        return first.or(last);
    };
    if from.value.bounds() == to.value.bounds() {
        return first;
    }
    let both = format!("{}/{}", from.value.written(), to.value.written());
    joined(&both, to.place, findings).or(first)
}

/// The date of an object `event`. Without an end, it goes on, or ended at an unknown time.
pub(super) fn of_ends(
    [start, end]: [StampedEnd<'_>; 2],
    is_ongoing: bool,
    findings: &mut Vec<Diagnostic>,
) -> Option<LocatedDate> {
    let place = start.stamp.or(end.stamp)?.place;
    let (start, end) = (start.read(findings), end.read(findings));
    let text = match (start, end) {
        (Some(start), Some(end)) if start.unit == end.unit => start.point,
        (Some(start), Some(end)) => format!("{}/{}", start.end, end.end),
        (Some(start), None) if is_ongoing => format!("{}/..", start.end),
        (Some(start), None) => format!("{}/", start.end),
        (None, Some(end)) => format!("/{}", end.end),
        (None, None) => return None,
    };
    joined(&text, place, findings)
}

/// The part of a stamp that its fidelity allows.
struct StampedUnit {
    /// What identifies the unit.
    unit: String,
    /// As the only date.
    point: String,
    /// As the end of an interval.
    end: String,
}

impl StampedEnd<'_> {
    fn read(self, findings: &mut Vec<Diagnostic>) -> Option<StampedUnit> {
        let stamp = stamp(self.stamp?, findings)?.value;
        let unit = match self.fidelity {
            Some(fidelity) => Some(unit_of(fidelity, findings)?),
            None => None,
        };
        let plain = |text: String| StampedUnit {
            unit: text.clone(),
            point: text.clone(),
            end: text,
        };
        let whole = || plain(stamp.written().to_owned());
        let Some(unit) = unit.filter(|_| is_iso(stamp.written())) else {
            return Some(whole());
        };
        let read = |end: usize| stamp.written().get(..end);
        let zone = zone_of(stamp.written());
        let cut = match unit {
            CalendarUnit::Year => read(4).map(str::to_owned),
            CalendarUnit::Month => read(7).map(str::to_owned),
            CalendarUnit::Day => read(10).map(str::to_owned),
            CalendarUnit::Hour => {
                return Some(read(13).map_or_else(whole, |hour| StampedUnit {
                    unit: format!("{hour}{zone}"),
                    point: format!("between {hour}:00{zone} and {hour}:59{zone}"),
                    // An interval has no ends of an hour: the day is around it.
                    end: read(10).unwrap_or_default().to_owned(),
                }));
            }
            CalendarUnit::Minute => read(16).map(|minute| format!("{minute}{zone}")),
            CalendarUnit::Second => read(19).map(|second| format!("{second}{zone}")),
        };
        Some(cut.map_or_else(whole, plain))
    }
}

/// The unit of a fidelity. Without it, nothing is known of how exact the stamp is.
fn unit_of(fidelity: &LocatedText, findings: &mut Vec<Diagnostic>) -> Option<CalendarUnit> {
    let unit = CalendarUnit::find(&fidelity.value.to_lowercase());
    if unit.is_none() {
        let message = format!("`{}` is not a fidelity of MISP", fidelity.value);
        let finding = Diagnostic::new(&UNKNOWN_WORD, fidelity.place, message)
            .label("expected `year`, `month`, `day`, `hour`, `minute` or `second`")
            .help("the time is left out: it may be anything");
        findings.push(finding);
    }
    unit
}

/// Whether a stamp is a day and a time of day as ISO 8601 has them.
fn is_iso(stamp: &str) -> bool {
    let shape = stamp.bytes().take(19).map(|byte| match byte {
        b'0'..=b'9' => b'0',
        b't' | b' ' => b'T',
        other => other,
    });
    shape.eq(*b"0000-00-00T00:00:00")
}

/// The zone of a stamp, as it is written.
fn zone_of(stamp: &str) -> &str {
    let time = stamp.get(19..).unwrap_or_default();
    let start = time.find(['Z', 'z', '+', '-']);
    start
        .and_then(|start| time.get(start..))
        .unwrap_or_default()
}

fn joined(text: &str, place: TextPlace, findings: &mut Vec<Diagnostic>) -> Option<LocatedDate> {
    match EventDate::parse(text) {
        Ok(date) => Some(Located::new(date, place)),
        Err(error) => {
            findings.push(date_errors::finding(error, text, "", place));
            None
        }
    }
}

/// Whether words lie inside what stamps allow, so that they may replace them.
pub(super) fn are_inside(words: &EventDate, stamped: Option<&EventDate>) -> bool {
    let Some(stamped) = stamped else {
        return true;
    };
    let (inner, outer) = (words.bounds(), stamped.bounds());
    outer.start.earliest <= inner.start.earliest
        && inner.start.latest <= outer.start.latest
        && outer.end.earliest <= inner.end.earliest
        && inner.end.latest <= outer.end.latest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> LocatedText {
        Located::new(text.into(), TextPlace::default())
    }

    /// The date of two ends, each a stamp and a fidelity with a space between them, or nothing.
    #[track_caller]
    fn check(start: &str, end: &str, is_ongoing: bool, expected: Option<&str>) {
        let texts = [start, end].map(|end| {
            let (stamp, fidelity) = end.split_once(' ').unwrap_or((end, ""));
            [stamp, fidelity].map(|text| Some(located(text)).filter(|_| !text.is_empty()))
        });
        let ends = texts.each_ref().map(|[stamp, fidelity]| StampedEnd {
            stamp: stamp.as_ref(),
            fidelity: fidelity.as_ref(),
        });
        let mut findings = Vec::new();
        let date = of_ends(ends, is_ongoing, &mut findings);
        let date = date.as_ref().map(|date| date.value.written());
        assert_eq!(date, expected, "{findings:?}");
        let has_ends = !start.is_empty() || !end.is_empty();
        assert_eq!(findings.is_empty(), date.is_some() || !has_ends);
    }

    #[test]
    fn fidelity_says_how_much_of_a_stamp_is_meant() {
        let of = |start, end, expected| check(start, end, false, Some(expected));
        of(
            "2021-08-01T00:00:00.000000+00:00 month",
            "2021-08-31T23:59:59+00:00 month",
            "2021-08",
        );
        of(
            "2021-01-01T00:00:00Z year",
            "2022-10-03T23:59:59Z day",
            "2021/2022-10-03",
        );
        of(
            "2021-08-14T10:22:00Z minute",
            "2021-08-14T10:22:59Z minute",
            "2021-08-14T10:22Z",
        );
        of(
            "2021-08-14T10:00:00Z hour",
            "2021-08-14T10:59:59Z hour",
            "between 2021-08-14T10:00Z and 2021-08-14T10:59Z",
        );
        of(
            "2021-08-14T10:00:00Z hour",
            "2021-08-15T10:59:59Z hour",
            "2021-08-14/2021-08-15",
        );
        of("2021-08-14T10:22:33.5Z second", "", "2021-08-14T10:22:33Z/");
        of(
            "2021-08-14T10:22:33.5Z",
            "2021-08-14T10:22:33.5Z",
            "2021-08-14T10:22:33.5Z",
        );
        of("", "2021-08-31T23:59:59Z month", "/2021-08");
        of("2021-08-01T00:00:00+02:00 month", "", "2021-08/");
        check("2021-08-01T00:00:00Z day", "", true, Some("2021-08-01/.."));
        check("", "", true, None);
        check("soon month", "", false, None);
        check(
            "2021-08-14T00:00:00Z day",
            "2021-08-12T00:00:00Z day",
            false,
            None,
        );
    }

    #[test]
    fn a_stamp_of_an_unknown_fidelity_is_left_out() {
        check("2021-08-14T10:22:33Z quarter", "", false, None);
    }
}
