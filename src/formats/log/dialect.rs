//! The dialects of logs: the columns by which each is recognised, and the meaning of its columns.

use crate::date::foreign::DayMonthOrder;
use crate::timeline::facts::{FactColumn, FactId, SINGLE_FACTS};

pub(super) const SUMMARY: ColumnRole = ColumnRole::Fact(FactId::SUMMARY.slot());

const PHASE: ColumnRole = ColumnRole::Fact(FactId::PHASE.slot());

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum ColumnRole {
    Title,
    /// A shorter title, for rows without another.
    Short,
    /// A date-time in the notation of the log.
    When,
    /// A date-time as a number since 1970.
    Epoch,
    /// An imprecise date in the notation of timelines. It has precedence over [`ColumnRole::When`].
    Imprecise,
    /// The date, as month, day and year.
    Day,
    /// The time of the day.
    Time,
    /// The zone of the time.
    Zone,
    /// One value of a fact, by its number among `SINGLE_FACTS`.
    Fact(usize),
    /// A list of tags. A tag may have spaces in it.
    Tags,
    /// A list of plaso labels with spaces between them. Each is a tag of one word.
    Labels,
    Tag,
    /// A list of ATT&CK techniques.
    Techniques,
    /// A list of ATT&CK ids: techniques, and groups and software, which become tags.
    Attack,
    /// A list of names or words, by the number of its fact among `LIST_FACTS`.
    Names(usize),
    /// The event's id.
    Id,
    /// A marking of the Traffic Light Protocol.
    Marking,
    /// plaso's time object, which names the clock of the stamp.
    Clock,
    /// The meaning of the stamp, in a column that is not called `timestamp_desc`. Kept under its own name.
    Described,
    /// Kept under its own name.
    Attribute,
    /// Follows from another column, and is not read.
    Nothing,
}

impl ColumnRole {
    /// The word for the value, if an event has only one of it.
    pub const fn of_one(self) -> Option<&'static str> {
        match self {
            Self::Title => Some("title"),
            Self::Short => Some("short title"),
            Self::When | Self::Imprecise => Some("date"),
            Self::Epoch => Some("time since 1970"),
            Self::Day => Some("day"),
            Self::Time => Some("time of the day"),
            Self::Zone => Some("time zone"),
            Self::Fact(slot) => Some(SINGLE_FACTS[slot].row().label),
            Self::Id => Some("id"),
            Self::Tags
            | Self::Labels
            | Self::Tag
            | Self::Techniques
            | Self::Attack
            | Self::Names(_)
            | Self::Marking
            | Self::Clock
            | Self::Described
            | Self::Attribute
            | Self::Nothing => None,
        }
    }
}

/// The unit of a number since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum EpochUnit {
    /// Microseconds.
    Micros,
    /// The unit that the size of the number suggests, as Timesketch reads them.
    ByMagnitude,
}

/// The notation of one program.
#[derive(Debug)]
pub(in crate::formats) struct LogDialect {
    /// Its name for people.
    pub name: &'static str,
    /// The columns by which it is recognised: one of each group.
    needs: &'static [&'static [&'static str]],
    /// The meaning of its columns. All others are attributes.
    roles: &'static [(&'static str, ColumnRole)],
    /// The unit of its numbers.
    pub unit: EpochUnit,
    /// Whether it is always JSON: a table with the same names has been through another program.
    is_json: bool,
    /// Whether its program writes values as they are, quotation marks and all, in rows of one line.
    pub is_verbatim: bool,
}

/// Every dialect, the more specific ones first.
pub(super) static DIALECTS: &[LogDialect] = &[
    LogDialect {
        name: "dateline",
        needs: &[&["message"], &["when_edtf"]],
        roles: OURS,
        unit: EpochUnit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
    LogDialect {
        name: "Hayabusa",
        needs: &[&["Timestamp"], &["RuleTitle"]],
        roles: &[
            ("RuleTitle", ColumnRole::Title),
            ("Details", SUMMARY),
            ("Timestamp", ColumnRole::When),
            ("Level", ColumnRole::Tag),
            ("MitreTags", ColumnRole::Attack),
        ],
        unit: EpochUnit::Micros,
        is_json: false,
        is_verbatim: false,
    },
    LogDialect {
        name: "plaso l2tcsv",
        needs: &[&["date"], &["time"], &["timezone"], &["desc", "short"]],
        roles: &[
            ("desc", ColumnRole::Title),
            ("short", ColumnRole::Short),
            ("date", ColumnRole::Day),
            ("time", ColumnRole::Time),
            ("timezone", ColumnRole::Zone),
            ("type", ColumnRole::Described),
        ],
        unit: EpochUnit::Micros,
        is_json: false,
        is_verbatim: true,
    },
    LogDialect {
        name: "plaso json_line",
        needs: &[
            &["data_type"],
            &["timestamp"],
            &["message"],
            &["__container_type__", "date_time"],
        ],
        roles: &[
            ("message", ColumnRole::Title),
            ("datetime", ColumnRole::When),
            ("timestamp", ColumnRole::Epoch),
            ("date_time", ColumnRole::Clock),
            ("tag", ColumnRole::Labels),
        ],
        unit: EpochUnit::Micros,
        is_json: true,
        is_verbatim: false,
    },
    LogDialect {
        name: "plaso dynamic",
        needs: &[&["datetime"], &["message"], &["parser"]],
        roles: &[
            ("message", ColumnRole::Title),
            ("datetime", ColumnRole::When),
            ("timestamp", ColumnRole::Epoch),
            ("tag", ColumnRole::Labels),
        ],
        unit: EpochUnit::ByMagnitude,
        is_json: false,
        is_verbatim: true,
    },
    // The profiles `timesketch-minimal` and `timesketch-verbose` of Hayabusa.
    LogDialect {
        name: "Hayabusa for Timesketch",
        needs: &[
            &["message"],
            &["datetime"],
            &["Level"],
            &["RuleID", "RuleFile", "EvtxFile"],
        ],
        roles: &[
            ("message", ColumnRole::Title),
            ("Details", SUMMARY),
            ("summary", SUMMARY),
            ("datetime", ColumnRole::When),
            ("timestamp", ColumnRole::Epoch),
            ("phase", PHASE),
            ("Level", ColumnRole::Tag),
            ("tag", ColumnRole::Tags),
            ("tags", ColumnRole::Tags),
            ("MitreTags", ColumnRole::Attack),
            ("techniques", ColumnRole::Techniques),
        ],
        unit: EpochUnit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
    LogDialect {
        name: "Timesketch",
        needs: &[&["message"], &["datetime", "timestamp"]],
        roles: TIMESKETCH,
        unit: EpochUnit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
];

/// `timestamp` repeats `datetime` and is read where that is missing.
const TIMESKETCH: &[(&str, ColumnRole)] = &[
    ("message", ColumnRole::Title),
    ("summary", SUMMARY),
    ("datetime", ColumnRole::When),
    ("timestamp", ColumnRole::Epoch),
    ("when_edtf", ColumnRole::Imprecise),
    ("phase", PHASE),
    ("tag", ColumnRole::Tags),
    ("tags", ColumnRole::Tags),
    ("techniques", ColumnRole::Techniques),
];

/// The columns that dateline writes next to the facts of an event. `when_edtf` is the date; the others follow from it.
const OURS: &[(&str, ColumnRole)] = &[
    ("message", ColumnRole::Title),
    ("datetime", ColumnRole::When),
    ("timestamp", ColumnRole::Epoch),
    ("earliest", ColumnRole::Nothing),
    ("latest", ColumnRole::Nothing),
    ("precision", ColumnRole::Nothing),
    ("approximate", ColumnRole::Nothing),
    ("uncertain", ColumnRole::Nothing),
    ("event_id", ColumnRole::Id),
];

/// The role of the column of a fact in a log that dateline wrote.
fn role_of(fact: FactId) -> ColumnRole {
    match fact.row().column {
        FactColumn::When => ColumnRole::Imprecise,
        FactColumn::Text(_) | FactColumn::Date(..) | FactColumn::Word(..) => {
            ColumnRole::Fact(fact.slot())
        }
        FactColumn::Words(..) if fact == FactId::TAGS => ColumnRole::Tags,
        FactColumn::Words(..) if fact == FactId::TECHNIQUES => ColumnRole::Techniques,
        FactColumn::Words(..) | FactColumn::Parties(_) | FactColumn::Sources => {
            ColumnRole::Names(fact.slot())
        }
        // The order of events is built before the rows are.
        FactColumn::After | FactColumn::Before => ColumnRole::Attribute,
        FactColumn::Marking => ColumnRole::Marking,
    }
}

/// The fact whose column in the records of dateline has this name.
fn fact_of(name: &str) -> Option<FactId> {
    FactId::all().find(|fact| fact.row().record.is_some_and(|known| is(name, known)))
}

/// The column of the marking, in the log of any program.
const MARKING: &str = "tlp";

impl LogDialect {
    /// The dialect of objects with these names.
    pub fn of_objects(names: &[impl AsRef<str>]) -> Option<&'static Self> {
        DIALECTS.iter().find(|dialect| dialect.fits(names))
    }

    /// The dialect of a table with these columns.
    pub fn of_table(names: &[impl AsRef<str>]) -> Option<&'static Self> {
        let mut tables = DIALECTS.iter().filter(|dialect| !dialect.is_json);
        tables.find(|dialect| dialect.fits(names))
    }

    fn fits(&self, names: &[impl AsRef<str>]) -> bool {
        let has = |wanted: &&str| names.iter().any(|name| is(name.as_ref(), wanted));
        let mut groups = self.needs.iter();
        groups.all(|group| group.iter().any(has))
    }

    /// Whether a table with these columns was written for a spreadsheet: only such a table has no stamp next to
    /// `when_edtf`.
    pub fn is_for_spreadsheets(&self, names: &[String]) -> bool {
        self.is_ours() && !names.iter().any(|name| is(name, "datetime"))
    }

    /// Whether dateline wrote it, so that its columns are facts.
    fn is_ours(&self) -> bool {
        self.roles == OURS
    }

    /// The role of a column, and whether its name is exactly the known one.
    pub fn known(&self, name: &str) -> (ColumnRole, bool) {
        if is(name, MARKING) {
            return (ColumnRole::Marking, name.trim() == MARKING);
        }
        if let Some(fact) = fact_of(name).filter(|_| self.is_ours()) {
            let known = fact.row().record.unwrap_or_default();
            return (role_of(fact), name.trim() == known);
        }
        let known = self.roles.iter().find(|(known, _)| is(name, known));
        known.map_or((ColumnRole::Attribute, true), |(known, role)| {
            (*role, name.trim() == *known)
        })
    }

    /// The order of day and month in a stamp. Of the options of Hayabusa only `--US-time` has twelve hours; those with
    /// twenty-four hours have either order.
    pub fn order_of(&self, stamp: &str) -> DayMonthOrder {
        let has_half = || stamp.contains(" AM") || stamp.contains(" PM");
        if self.name == "Hayabusa" && has_half() {
            DayMonthOrder::MonthFirst
        } else {
            DayMonthOrder::Unknown
        }
    }

    /// The name of the column of the title.
    pub fn title(&self) -> &'static str {
        let title = self
            .roles
            .iter()
            .find(|(_, role)| *role == ColumnRole::Title);
        title.map_or("message", |(name, _)| name)
    }

    /// The columns by which it is recognised, for people.
    pub fn wanted(&self) -> String {
        let groups = self
            .needs
            .iter()
            .map(|group| format!("`{}`", group.join("` or `")));
        format!(
            "{} has {}",
            self.name,
            groups.collect::<Vec<_>>().join(", ")
        )
    }
}

/// The column that describes a dialect's stamps, if it is not called `timestamp_desc`.
pub(in crate::formats) fn described(dialect: &str) -> Option<&'static str> {
    let dialect = DIALECTS.iter().find(|it| it.name == dialect)?;
    let mut roles = dialect.roles.iter();
    let (name, _) = roles.find(|(_, role)| *role == ColumnRole::Described)?;
    Some(name)
}

/// Whether any dialect has a column of this name.
pub(in crate::formats) fn is_known(name: &str) -> bool {
    let mut all = DIALECTS.iter().flat_map(|dialect| dialect.roles);
    fact_of(name).is_some() || all.any(|(known, _)| is(name, known))
}

fn is(name: &str, wanted: &str) -> bool {
    name.trim().eq_ignore_ascii_case(wanted)
}
