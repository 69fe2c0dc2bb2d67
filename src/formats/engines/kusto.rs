//! Kusto, the language of Azure Data Explorer, Sentinel and Defender:
//! <https://learn.microsoft.com/kusto/query/scalar-data-types/string>. Texts are in quotation marks, in which a backslash
//! escapes; any name can be a text in brackets.

use super::condition::{RowCondition, RowTest};
use super::days::STAMP;
use super::dialect::{EngineDialect, EngineQuery};
use super::infix::{InfixWords, bare};
use super::needles::lookalikes;
use crate::formats::log::ValuePlace;

pub(super) const DIALECT: EngineDialect = EngineDialect {
    name: "kusto",
    summary: "Kusto: a query of Azure Data Explorer, Sentinel or Defender",
    cannot: &[],
    has_table: true,
    has_own_times: false,
    most_rows: None,
    can_say: |_| true,
    write,
};

const WORDS: InfixWords = InfixWords {
    and: "and",
    or: "or",
    not: ("not(", ")"),
    yes: "true",
    no: "false",
};

/// A time that is in no range, for a missing one: a comparison with nothing is neither true nor false.
const NO_TIME: &str = "datetime(1900-01-01)";

fn write(query: &EngineQuery<'_>) -> String {
    let mut lines = vec![query.table.to_owned()];
    if *query.condition != RowCondition::Constant(true) {
        let condition = WORDS.write(query.condition, &written);
        lines.push(format!("| where {}", bare(&condition)));
    }
    lines.extend(query.columns.map(|columns| {
        let names: Vec<String> = columns.iter().map(|it| name(it)).collect();
        format!("| project {}", names.join(", "))
    }));
    lines.extend(
        query
            .order
            .map(|column| format!("| sort by {} asc", name(column))),
    );
    lines.extend(query.limit.map(|limit| format!("| take {limit}")));
    lines.join("\n")
}

fn written(test: &RowTest) -> String {
    match test {
        RowTest::Has(place, run) => {
            let value = match place {
                ValuePlace::Column(column) => text(column),
                ValuePlace::AnyColumn => "tostring(pack_all())".to_owned(),
            };
            let plain = format!("{value} contains {}", literal(run));
            let others = lookalikes(run)
                .map(|it| format!("{value} contains_cs {}", literal(&it.to_string())));
            let all: Vec<String> = [plain].into_iter().chain(others).collect();
            InfixWords::joined(WORDS.or, &all)
        }
        RowTest::Is(column, parts) => {
            let value = text(column);
            let parts: Vec<String> = parts.iter().map(|it| it.replace('.', "[.]")).collect();
            let pattern = literal(&format!("^{}$", parts.join("[ -~]*")));
            format!(
                "(tolower({value}) matches regex {pattern} and {value} matches regex '^[ -~]*$')"
            )
        }
        RowTest::Empty(column) => format!("{} == ''", text(column)),
        RowTest::Time(column, days) => {
            let time = format!("coalesce({}, {NO_TIME})", name(column));
            let ranges = WORDS.in_any(days, |first, behind| {
                format!("{time} >= datetime({first}) and {time} < datetime({behind})")
            });
            format!("({ranges})")
        }
        RowTest::Stamp(column, days) => {
            let value = text(column);
            let day = format!("coalesce(todatetime(substring({value}, 0, 10)), {NO_TIME})");
            let ranges = WORDS.in_any(days, |first, behind| {
                format!("{day} >= datetime({first}) and {day} < datetime({behind})")
            });
            format!("({ranges} and {value} matches regex {})", literal(STAMP))
        }
    }
}

/// The value of a column as a text.
fn text(column: &str) -> String {
    format!("tostring({})", name(column))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

fn name(column: &str) -> String {
    format!("[{}]", literal(column))
}
