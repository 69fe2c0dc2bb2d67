//! The dialects of logs that dateline has always known: the columns by which each is recognised, and the meaning of its
//! columns.

use std::sync::{Arc, LazyLock};

use super::column_role::{ColumnRole, EpochUnit, PHASE, SUMMARY};
use super::mapping::{TableLayoutKeys, TableMapping, ValueForm, fact_of, is};

/// The notation of one program.
struct LogDialect {
    /// Its name for people.
    name: &'static str,
    /// The columns by which it is recognised: one of each group.
    needs: &'static [&'static [&'static str]],
    /// The meaning of its columns. All others are attributes.
    roles: &'static [(&'static str, ColumnRole)],
    /// The unit of its numbers.
    unit: EpochUnit,
    /// Whether it is always JSON: a table with the same names has been through another program.
    is_json: bool,
    /// Whether its program writes values as they are, quotation marks and all, in rows of one line.
    is_verbatim: bool,
}

/// Every dialect, the more specific ones first.
static DIALECTS: &[LogDialect] = &[
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
        unit: EpochUnit::ByMagnitude,
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

/// The mappings of all dialects, the more specific ones first.
pub(super) static MAPPINGS: LazyLock<Vec<Arc<TableMapping>>> =
    LazyLock::new(|| DIALECTS.iter().map(|it| Arc::new(it.mapping())).collect());

/// The dialect whose stamps with twelve hours have the month first.
pub(super) const HAYABUSA: &str = "Hayabusa";

impl LogDialect {
    fn mapping(&self) -> TableMapping {
        let needs = self.needs.iter();
        let roles = self.roles.iter();
        TableMapping {
            name: self.name.into(),
            needs: needs
                .map(|group| group.iter().map(|&name| name.into()).collect())
                .collect(),
            roles: roles.map(|&(name, role)| (name.into(), role)).collect(),
            unit: self.unit,
            layout: TableLayoutKeys {
                is_json: self.is_json,
                values: if self.is_verbatim {
                    ValueForm::Verbatim
                } else {
                    ValueForm::Quoted
                },
                is_ours: self.roles == OURS,
                ..TableLayoutKeys::default()
            },
            ..TableMapping::default()
        }
    }
}

/// Whether a dialect is called so.
pub(super) fn is_dialect(name: &str) -> bool {
    DIALECTS.iter().any(|dialect| dialect.name == name)
}

/// Whether any dialect has a column of this name.
pub(in crate::formats) fn is_known(name: &str) -> bool {
    let mut all = DIALECTS.iter().flat_map(|dialect| dialect.roles);
    fact_of(name).is_some() || all.any(|(known, _)| is(name, known))
}
