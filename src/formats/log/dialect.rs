//! The sorts of logs, as a table: by which columns each is known, and what its columns mean.

use crate::date::foreign::Order;
use crate::timeline::facts::{FactColumn, FactId, SINGLE_FACTS};

/// The summary, in the logs of several programs.
pub(super) const SUMMARY: Role = Role::Fact(FactId::SUMMARY.slot());

const PHASE: Role = Role::Fact(FactId::PHASE.slot());

/// What a column says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Role {
    /// What happened.
    Title,
    /// What happened in a few words: the title where there is no other.
    Short,
    /// When, as a date-time in words of its own.
    When,
    /// When, as a number since 1970.
    Epoch,
    /// When, in the words of a timeline: an imprecise date. It stands above [`Role::When`].
    Imprecise,
    /// The day, as month, day and year.
    Day,
    /// The time of the day.
    Time,
    /// The zone of the time.
    Zone,
    /// One value of a fact, by its number among `SINGLE_FACTS`.
    Fact(usize),
    /// A list of tags. A tag may have spaces in it.
    Tags,
    /// A list of labels of plaso, with spaces between them: they are tags of one word each.
    Labels,
    /// One tag.
    Tag,
    /// A list of ATT&CK techniques.
    Techniques,
    /// A list of ids of ATT&CK: those of techniques, and of groups and software, which are tags.
    Attack,
    /// A list of names or of words, by the number of its fact among `LIST_FACTS`.
    Names(usize),
    /// What it is called.
    Id,
    /// Who may see it: a marking of the Traffic Light Protocol.
    Marking,
    /// plaso's object for the time: which clock it was read from.
    Clock,
    /// The meaning of the stamp, in a column that is not called `timestamp_desc`. It is kept under its own name.
    Described,
    /// What is kept under its own name.
    Attribute,
    /// What follows from what another column says.
    Nothing,
}

impl Role {
    /// What a column says, in words, if an event has one such thing only; none if it has a list of them.
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

/// In what unit numbers count from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Unit {
    /// Microseconds.
    Micros,
    /// As large as the number makes likely, which is how Timesketch reads them.
    ByMagnitude,
}

/// A sort of log.
#[derive(Debug)]
pub(in crate::formats) struct Dialect {
    /// What people call it.
    pub name: &'static str,
    /// The columns by which it is known: of each group one.
    needs: &'static [&'static [&'static str]],
    /// What columns mean; the others are attributes.
    roles: &'static [(&'static str, Role)],
    /// The unit of its numbers.
    pub unit: Unit,
    /// Whether only JSON is of this sort: a table with the same names has been through another program.
    is_json: bool,
    /// Whether its program writes values as they are, quotation marks and all, in rows of one line.
    pub is_verbatim: bool,
}

/// Every sort, the more particular first.
pub(super) static DIALECTS: &[Dialect] = &[
    Dialect {
        name: "dateline",
        needs: &[&["message"], &["when_edtf"]],
        roles: OURS,
        unit: Unit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
    Dialect {
        name: "Hayabusa",
        needs: &[&["Timestamp"], &["RuleTitle"]],
        roles: &[
            ("RuleTitle", Role::Title),
            ("Details", SUMMARY),
            ("Timestamp", Role::When),
            ("Level", Role::Tag),
            ("MitreTags", Role::Attack),
        ],
        unit: Unit::Micros,
        is_json: false,
        is_verbatim: false,
    },
    Dialect {
        name: "plaso l2tcsv",
        needs: &[&["date"], &["time"], &["timezone"], &["desc", "short"]],
        roles: &[
            ("desc", Role::Title),
            ("short", Role::Short),
            ("date", Role::Day),
            ("time", Role::Time),
            ("timezone", Role::Zone),
            ("type", Role::Described),
        ],
        unit: Unit::Micros,
        is_json: false,
        is_verbatim: true,
    },
    Dialect {
        name: "plaso json_line",
        needs: &[
            &["data_type"],
            &["timestamp"],
            &["message"],
            &["__container_type__", "date_time"],
        ],
        roles: &[
            ("message", Role::Title),
            ("datetime", Role::When),
            ("timestamp", Role::Epoch),
            ("date_time", Role::Clock),
            ("tag", Role::Labels),
        ],
        unit: Unit::Micros,
        is_json: true,
        is_verbatim: false,
    },
    Dialect {
        name: "plaso dynamic",
        needs: &[&["datetime"], &["message"], &["parser"]],
        roles: &[
            ("message", Role::Title),
            ("datetime", Role::When),
            ("timestamp", Role::Epoch),
            ("tag", Role::Labels),
        ],
        unit: Unit::ByMagnitude,
        is_json: false,
        is_verbatim: true,
    },
    // The profiles `timesketch-minimal` and `timesketch-verbose` of Hayabusa.
    Dialect {
        name: "Hayabusa for Timesketch",
        needs: &[
            &["message"],
            &["datetime"],
            &["Level"],
            &["RuleID", "RuleFile", "EvtxFile"],
        ],
        roles: &[
            ("message", Role::Title),
            ("Details", SUMMARY),
            ("summary", SUMMARY),
            ("datetime", Role::When),
            ("timestamp", Role::Epoch),
            ("phase", PHASE),
            ("Level", Role::Tag),
            ("tag", Role::Tags),
            ("tags", Role::Tags),
            ("MitreTags", Role::Attack),
            ("techniques", Role::Techniques),
        ],
        unit: Unit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
    Dialect {
        name: "Timesketch",
        needs: &[&["message"], &["datetime", "timestamp"]],
        roles: TIMESKETCH,
        unit: Unit::ByMagnitude,
        is_json: false,
        is_verbatim: false,
    },
];

/// `timestamp` says the same as `datetime`, and is asked where that is missing.
const TIMESKETCH: &[(&str, Role)] = &[
    ("message", Role::Title),
    ("summary", SUMMARY),
    ("datetime", Role::When),
    ("timestamp", Role::Epoch),
    ("when_edtf", Role::Imprecise),
    ("phase", PHASE),
    ("tag", Role::Tags),
    ("tags", Role::Tags),
    ("techniques", Role::Techniques),
];

/// What dateline itself writes next to the facts of an event: `when_edtf` is the date, and these follow from it.
const OURS: &[(&str, Role)] = &[
    ("message", Role::Title),
    ("datetime", Role::When),
    ("timestamp", Role::Epoch),
    ("earliest", Role::Nothing),
    ("latest", Role::Nothing),
    ("precision", Role::Nothing),
    ("approximate", Role::Nothing),
    ("uncertain", Role::Nothing),
    ("event_id", Role::Id),
];

/// What the column of a fact says, where dateline wrote it.
fn role_of(fact: FactId) -> Role {
    match fact.row().column {
        FactColumn::When => Role::Imprecise,
        FactColumn::Text(_) | FactColumn::Date(..) | FactColumn::Word(..) => {
            Role::Fact(fact.slot())
        }
        FactColumn::Words(..) if fact == FactId::TAGS => Role::Tags,
        FactColumn::Words(..) if fact == FactId::TECHNIQUES => Role::Techniques,
        FactColumn::Words(..) | FactColumn::Parties(_) | FactColumn::Sources => {
            Role::Names(fact.slot())
        }
        // The order of events is made before rows are.
        FactColumn::After | FactColumn::Before => Role::Attribute,
        FactColumn::Marking => Role::Marking,
    }
}

/// The fact that has a column in what dateline writes.
fn fact_of(name: &str) -> Option<FactId> {
    FactId::all().find(|fact| fact.row().record.is_some_and(|known| is(name, known)))
}

/// The column that says who may see an event, whoever wrote the log.
const MARKING: &str = "tlp";

impl Dialect {
    /// The sort of log whose objects have these names.
    pub fn of_objects(names: &[impl AsRef<str>]) -> Option<&'static Self> {
        DIALECTS.iter().find(|dialect| dialect.fits(names))
    }

    /// The sort of log whose table has these columns.
    pub fn of_table(names: &[impl AsRef<str>]) -> Option<&'static Self> {
        let mut tables = DIALECTS.iter().filter(|dialect| !dialect.is_json);
        tables.find(|dialect| dialect.fits(names))
    }

    fn fits(&self, names: &[impl AsRef<str>]) -> bool {
        let has = |wanted: &&str| names.iter().any(|name| is(name.as_ref(), wanted));
        let mut groups = self.needs.iter();
        groups.all(|group| group.iter().any(has))
    }

    /// Whether rows with these columns were written for a spreadsheet: those alone have no stamp beside the date in words.
    pub fn is_for_spreadsheets(&self, names: &[String]) -> bool {
        self.is_ours() && !names.iter().any(|name| is(name, "datetime"))
    }

    /// Whether dateline wrote it, so that its columns are facts.
    fn is_ours(&self) -> bool {
        self.roles == OURS
    }

    /// What a column means, and whether its name is the known one to the letter.
    pub fn known(&self, name: &str) -> (Role, bool) {
        if is(name, MARKING) {
            return (Role::Marking, name.trim() == MARKING);
        }
        if let Some(fact) = fact_of(name).filter(|_| self.is_ours()) {
            let known = fact.row().record.unwrap_or_default();
            return (role_of(fact), name.trim() == known);
        }
        let known = self.roles.iter().find(|(known, _)| is(name, known));
        known.map_or((Role::Attribute, true), |(known, role)| {
            (*role, name.trim() == *known)
        })
    }

    /// Where the month of a stamp is in its program's output: of Hayabusa's options only `--US-time` has twelve hours,
    /// and those of twenty-four are of two orders.
    pub fn order_of(&self, stamp: &str) -> Order {
        let has_half = || stamp.contains(" AM") || stamp.contains(" PM");
        if self.name == "Hayabusa" && has_half() {
            Order::MonthFirst
        } else {
            Order::Unknown
        }
    }

    /// The column that is the title.
    pub fn title(&self) -> &'static str {
        let title = self.roles.iter().find(|(_, role)| *role == Role::Title);
        title.map_or("message", |(name, _)| name)
    }

    /// The columns by which it is known, for people.
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

/// The column of a dialect that describes its stamps, if it is not called `timestamp_desc`.
pub(in crate::formats) fn described(dialect: &str) -> Option<&'static str> {
    let dialect = DIALECTS.iter().find(|it| it.name == dialect)?;
    let mut roles = dialect.roles.iter();
    let (name, _) = roles.find(|(_, role)| *role == Role::Described)?;
    Some(name)
}

/// Whether any sort of log has a column of that name.
pub(in crate::formats) fn is_known(name: &str) -> bool {
    let mut all = DIALECTS.iter().flat_map(|dialect| dialect.roles);
    fact_of(name).is_some() || all.any(|(known, _)| is(name, known))
}

fn is(name: &str, wanted: &str) -> bool {
    name.trim().eq_ignore_ascii_case(wanted)
}
