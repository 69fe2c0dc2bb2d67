//! The names that people and programs give to columns, by what the columns are.

/// Names of columns with the date, the most usual first. Case, spaces and signs do not matter.
pub(super) const WHEN: &[&str] = &[
    "datetime",
    "timestamp",
    "when",
    "dateandtime",
    "dateofevent",
    "eventdatetime",
    "eventtimestamp",
    "timecreated",
    "timegenerated",
    "timestampgenerated",
    "eventtime",
    "eventdate",
    "creationdate",
    "creationtime",
    "createddatetime",
    "published",
    "occurred",
    "happened",
    "lastrun",
    "runtime",
    "date",
    "time",
    "startdate",
    "starttime",
    "start",
    "begin",
    "from",
    "firstseen",
    "ts",
    "day",
    "year",
    "datum",
    "zeitpunkt",
    "fecha",
];

/// Names of columns with the end of what another column begins: the beginning, and the end.
pub(super) const ENDS: &[(&str, &str)] = &[
    ("startdate", "enddate"),
    ("starttime", "endtime"),
    ("start", "end"),
    ("begin", "end"),
    ("from", "to"),
    ("from", "until"),
    ("firstseen", "lastseen"),
];

/// Parts of names of columns with the date.
pub(super) const IN_WHEN: &[&str] = &["datetime", "timestamp", "date", "time", "when", "year"];

/// Names that contain one of [`IN_WHEN`] and have other things in them.
pub(super) const NOT_WHEN: &[&str] = &[
    "timeline",
    "timezone",
    "eventtz",
    "timestampdesc",
    "timestampdescription",
    "timestampinfo",
];

/// Names of columns that say what happened, the most usual first.
pub(super) const TITLE: &[&str] = &[
    "message",
    "msg",
    "title",
    "eventtitle",
    "headline",
    "event",
    "whathappened",
    "what",
    "activity",
    "mapdescription",
    "artifactevent",
    "displaymessage",
    "summary",
    "description",
    "eventdescription",
    "detections",
    "eventname",
    "operation",
    "operations",
    "operationname",
    "action",
    "text",
    "name",
    "subject",
    "item",
    "filename",
    "executablename",
    "eventtype",
    "details",
    "notes",
    "ereignis",
    "beschreibung",
];

/// Parts of such names.
pub(super) const IN_TITLE: &[&str] = &[
    "title",
    "message",
    "description",
    "activity",
    "summary",
    "event",
];

pub(super) const SUMMARY: &[&str] = &[
    "summary",
    "description",
    "eventdescription",
    "details",
    "detail",
    "notes",
    "note",
    "comment",
    "comments",
    "text",
    "moreinformation",
];

pub(super) const LEVEL: &[&str] = &[
    "severity",
    "level",
    "threatlevel",
    "risk",
    "risklevel",
    "priority",
    "criticality",
];

pub(super) const TAGS: &[&str] = &[
    "tags",
    "tag",
    "labels",
    "keywords",
    "category",
    "categories",
];

pub(super) const TECHNIQUES: &[&str] = &[
    "techniques",
    "technique",
    "mitreid",
    "mitretechnique",
    "mitretechniques",
    "mitreattack",
    "mitreattcktechnique",
    "attack",
    "attackid",
    "attckid",
    "techniqueid",
    "ttp",
    "ttps",
];

pub(super) const PHASE: &[&str] = &[
    "phase",
    "killchain",
    "killchainphase",
    "tactic",
    "tactics",
    "mitretactic",
    "mitretactics",
    "stage",
];

/// The keys of facts that are taken under exactly these names.
pub(super) const FACTS: &[&str] = &["lane", "actors", "targets", "discovered", "disclosed"];

/// A name in lower case, without spaces and signs, and whether it says that its times are in UTC.
pub(super) fn plain(name: &str) -> (String, bool) {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).collect();
    let whole = plain.strip_suffix('0').unwrap_or(&plain);
    let before = whole
        .strip_suffix("utc")
        .or_else(|| whole.strip_suffix("gmt"));
    match before.or_else(|| plain.strip_prefix("utc")) {
        Some("") => ("datetime".to_owned(), true),
        Some(before) => (before.to_owned(), true),
        None => (plain, false),
    }
}
