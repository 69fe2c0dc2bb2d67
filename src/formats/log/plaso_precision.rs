//! The precision of plaso's stamps, by the class of dfDateTime that `date_time` names.
//!
//! plaso's `timestamp` always has six decimals. Each module of
//! <https://github.com/log2timeline/dfdatetime> states the precision of its class.

use super::column_role::EpochUnit;
use super::timestamp::{self, LogTimestamp};
use crate::date::EventDate;

/// The precision of a class of dfDateTime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlasoClock {
    /// This number of decimals in the second.
    Digits(usize),
    /// Every other second, as in FAT.
    TwoSeconds,
    /// A word for a missing time.
    Unset,
    /// A value that could not be read as a time.
    Invalid,
}

/// The name of the class in plaso's object.
const CLASS: &str = "\"__class_name__\"";

impl PlasoClock {
    /// The clock of a `date_time`. `None` for an unknown one, or one as precise as plaso's stamp.
    pub fn of(date_time: &str) -> Option<Self> {
        let (_, behind) = date_time.split_once(CLASS)?;
        let class = behind.trim_start().strip_prefix(':')?.trim_start();
        let (class, _) = class.strip_prefix('"')?.split_once('"')?;
        Some(match class {
            "TimeElements" | "PosixTime" | "HFSTime" | "CocoaTime" => Self::Digits(0),
            "RFC2579DateTime" => Self::Digits(1),
            "FATTimestamp" => Self::Digits(2),
            "TimeElementsInMilliseconds"
            | "PosixTimeInMilliseconds"
            | "JavaTime"
            | "DelphiDateTime"
            | "Systemtime" => Self::Digits(3),
            "FATDateTime" => Self::TwoSeconds,
            "SemanticTime" | "NotSet" | "Never" => Self::Unset,
            "InvalidTime" => Self::Invalid,
            _ => return None,
        })
    }

    /// Reads a number since 1970 that comes from this clock.
    pub fn stamp(self, count: &str, unit: EpochUnit) -> LogTimestamp {
        let date = match (self, timestamp::of_count(count, unit)) {
            (Self::Unset, _) => return LogTimestamp::Unset,
            (Self::Invalid, _) => return LogTimestamp::NotATime,
            (_, LogTimestamp::At(date)) => date,
            (_, other) => return other,
        };
        LogTimestamp::At(self.coarser(&date).unwrap_or(date))
    }

    /// The same time without the decimals that the clock did not have. `None` if they are not all zero: then they come
    /// from elsewhere.
    fn coarser(self, date: &EventDate) -> Option<EventDate> {
        let kept = match self {
            Self::Digits(kept) => kept,
            Self::TwoSeconds => 0,
            Self::Unset | Self::Invalid => return None,
        };
        let (second, fraction) = date.written().strip_suffix('Z')?.split_once('.')?;
        let (known, rest) = fraction.split_at_checked(kept)?;
        if rest.bytes().any(|it| it != b'0') {
            return None;
        }
        let sign = if known.is_empty() { "" } else { "." };
        let text = format!("{second}{sign}{known}Z");
        if self != Self::TwoSeconds {
            return EventDate::parse(&text).ok();
        }
        let last = date.start().earliest.micros().checked_add(1_000_000)?;
        let last = crate::date::Instant::from_micros(last).civil();
        let last = last.format("%Y-%m-%dT%H:%M:%SZ");
        EventDate::parse(&format!("[{text}..{last}]")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(class: &str, count: &str, expected: &str) {
        let date_time = format!(r#"{{"__class_name__": "{class}", "__type__": "DateTimeValues"}}"#);
        let stamp = match PlasoClock::of(&date_time) {
            Some(clock) => clock.stamp(count, EpochUnit::Micros),
            None => timestamp::of_count(count, EpochUnit::Micros),
        };
        let said = match stamp {
            LogTimestamp::At(date) => date.written().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(said, expected, "{class}");
    }

    #[test]
    fn a_time_is_no_more_exact_than_its_clock() {
        let count = "1327218753000000";
        check("TimeElements", count, "2012-01-22T07:52:33Z");
        check("PosixTime", count, "2012-01-22T07:52:33Z");
        check("JavaTime", count, "2012-01-22T07:52:33.000Z");
        check("FATTimestamp", count, "2012-01-22T07:52:33.00Z");
        check("Filetime", count, "2012-01-22T07:52:33.000000Z");
        check("", count, "2012-01-22T07:52:33.000000Z");
        let even = "1327218752000000";
        check(
            "FATDateTime",
            even,
            "[2012-01-22T07:52:32Z..2012-01-22T07:52:33Z]",
        );
    }

    #[test]
    fn digits_that_the_clock_cannot_have_are_kept() {
        check(
            "PosixTime",
            "1327218753000001",
            "2012-01-22T07:52:33.000001Z",
        );
    }

    #[test]
    fn a_clock_may_say_that_there_is_no_time() {
        check("NotSet", "0", "Unset");
        check("SemanticTime", "0", "Unset");
        check("InvalidTime", "1327218753000000", "NotATime");
        check("FATDateTime", "315532800000000", "NotATime");
    }
}
