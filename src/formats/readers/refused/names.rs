//! Finds the names in an unknown log that may have the time and the description of events.

/// How many names are quoted, and how long each may be, in characters.
const QUOTED: usize = 6;
const LONGEST: usize = 40;

/// Names of columns with the time, the most specific first. Case, spaces and signs do not matter.
const WHEN: &[&str] = &[
    "datetime",
    "timestamp",
    "timecreated",
    "timegenerated",
    "eventtime",
    "eventdate",
    "creationdate",
    "creationtime",
    "published",
    "lastrun",
    "firstseen",
    "created0x10",
    "time",
    "date",
    "when",
    "start",
    "ts",
];

/// Names of columns with the description, the most specific first.
const WHAT: &[&str] = &[
    "message",
    "msg",
    "title",
    "event",
    "mapdescription",
    "description",
    "activity",
    "displaymessage",
    "summary",
    "headline",
    "detections",
    "eventname",
    "operation",
    "operations",
    "operationname",
    "text",
    "what",
    "action",
    "name",
    "item",
    "filename",
    "executablename",
    "eventtype",
    "details",
];

/// Parts of names of columns with the time.
const IN_WHEN: &[&str] = &["datetime", "timestamp", "date", "time", "when"];

/// Parts of names of columns with the description.
const IN_WHAT: &[&str] = &[
    "title",
    "message",
    "description",
    "activity",
    "event",
    "name",
];

/// Names that contain one of [`IN_WHEN`] and have no time.
const NOT_WHEN: &[&str] = &[
    "timeline",
    "timezone",
    "eventtz",
    "timestampdesc",
    "timestampdescription",
];

/// The column that may have the time, with dateline's name for it, and the column that may have the description.
pub(super) struct CandidateNames<'n> {
    pub when: Option<(&'n str, &'static str)>,
    pub what: Option<&'n str>,
    /// Two columns with the day and the time of day.
    parts: Option<(&'n str, &'n str)>,
}

impl<'n> CandidateNames<'n> {
    pub fn of(names: &'n [String]) -> Self {
        let when = find(names, WHEN, IN_WHEN, NOT_WHEN).map(|name| {
            // Numbers since 1970 are read in `timestamp`; journald has them in microseconds.
            let is_number = ["epoch", "realtime"]
                .iter()
                .any(|it| plain(name).contains(it));
            (name, if is_number { "timestamp" } else { "datetime" })
        });
        let day = find(names, &["date", "day"], &[], &[]);
        let parts = day.zip(find(names, &["time"], &[], &[]));
        let when = when.filter(|_| parts.is_none());
        let others = when.map_or("", |(name, _)| name);
        let what = find(names, WHAT, IN_WHAT, &[]);
        Self {
            when,
            what: what.filter(|name| *name != others),
            parts,
        }
    }

    /// The help: the names to change.
    pub fn help(&self, what: &str) -> String {
        let renamed: Vec<_> = self.renamed().collect();
        let words = |(from, to): &(String, &str)| format!("`{from}` to `{to}`");
        let first = match &renamed[..] {
            [] => None,
            [one @ (_, "message")] => {
                Some(format!("rename {}, if it says what happened", words(one)))
            }
            [one] => Some(format!("rename {}, if it says when", words(one))),
            all => {
                let all: Vec<_> = all.iter().map(words).collect();
                Some(format!(
                    "rename {}, if they say when and what",
                    all.join(" and ")
                ))
            }
        };
        let when = match self.parts {
            Some((day, time)) => format!(
                "write `{}` and `{}` together as `datetime`, such as `2021-08-14T10:22:33Z`",
                short(day),
                short(time)
            ),
            None => format!("write the {what} that says when as `datetime`"),
        };
        let missing = match (self.when, self.what) {
            (None, None) => Some(format!(
                "{when}, and the {what} that says what happened as `message`"
            )),
            (None, Some(_)) => Some(when),
            (Some(_), None) => Some(format!(
                "write the {what} that says what happened as `message`"
            )),
            (Some(_), Some(_)) => None,
        };
        let parts: Vec<String> = first.into_iter().chain(missing).collect();
        parts.join("; ")
    }

    /// Each name with dateline's name for it, if that differs.
    pub fn renamed(&self) -> impl Iterator<Item = (String, &'static str)> {
        let when = self.when.into_iter();
        let pairs = when.chain(self.what.map(|name| (name, "message")));
        pairs
            .filter(|(from, to)| !from.eq_ignore_ascii_case(to))
            .map(|(from, to)| (short(from), to))
    }
}

/// The first names, for a message.
pub(super) fn quoted(names: &[String]) -> String {
    let first: Vec<String> = names
        .iter()
        .take(QUOTED)
        .map(|name| format!("`{}`", short(name)))
        .collect();
    let more = if names.len() > QUOTED { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

fn short(name: &str) -> String {
    let mut short: String = name.chars().take(LONGEST).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

/// The first name that is one of `exact`, else the first that has one of `parts` in it.
fn find<'n>(names: &'n [String], exact: &[&str], parts: &[&str], not: &[&str]) -> Option<&'n str> {
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let position = |test: &dyn Fn(&str) -> bool| {
        let may_be = |name: &String| !not.contains(&name.as_str()) && test(name);
        plain.iter().position(may_be)
    };
    let whole = exact
        .iter()
        .find_map(|word| position(&|name| name == *word));
    let part = || {
        parts
            .iter()
            .find_map(|word| position(&|name| name.contains(word)))
    };
    names.get(whole.or_else(part)?).map(String::as_str)
}

/// A name in lower case, without spaces and signs.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: &str) {
        let names: Vec<String> = header.split(',').map(str::to_owned).collect();
        assert_eq!(CandidateNames::of(&names).help("column"), expected);
    }

    #[test]
    fn names_that_may_say_when_and_what_are_proposed() {
        let both = |when: &str, what: &str| {
            format!(
                "rename `{when}` to `datetime` and `{what}` to `message`, if they say when and what"
            )
        };
        check("Date,Event", &both("Date", "Event"));
        check(
            "Date/Time,Type,Event System,Event,Notes",
            &both("Date/Time", "Event"),
        );
        check(
            "Timestamp_UTC_0,EvidenceType,Event System,Activity",
            &both("Timestamp_UTC_0", "Activity"),
        );
        check(
            "event_date(UTC),event_title,event_tz",
            &both("event_date(UTC)", "event_title"),
        );
        check(
            "RecordNumber,EventRecordId,TimeCreated,Channel,MapDescription",
            &both("TimeCreated", "MapDescription"),
        );
        check(
            "uuid,published,eventType,displayMessage",
            &both("published", "displayMessage"),
        );
        check("RunTime,ExecutableName", &both("RunTime", "ExecutableName"));
        check(
            "@timestamp,message",
            "rename `@timestamp` to `datetime`, if it says when",
        );
        check(
            "__REALTIME_TIMESTAMP,MESSAGE",
            "rename `__REALTIME_TIMESTAMP` to `timestamp`, if it says when",
        );
        check(
            "time,host,Date,text",
            "rename `text` to `message`, if it says what happened; write `Date` and `time` together as `datetime`, such \
             as `2021-08-14T10:22:33Z`",
        );
        check(
            "a,timeline",
            "write the column that says when as `datetime`, and the column that says what happened as `message`",
        );
        check(
            "ts,a",
            "rename `ts` to `datetime`, if it says when; write the column that says what happened as `message`",
        );
    }
}
