//! `DuckDB`: <https://duckdb.org/docs/sql/dialect/keywords_and_identifiers>. Texts are in single and names in double
//! quotation marks; in both a quotation mark is doubled, and a backslash is a backslash.

use super::condition::RowTest;
use super::days::STAMP;
use super::dialect::{EngineDialect, EngineQuery};
use super::infix::InfixWords;
use super::needles::lookalikes;
use super::sql::select;
use crate::formats::log::ValuePlace;

pub(super) const DIALECT: EngineDialect = EngineDialect {
    name: "duckdb",
    summary: "DuckDB: a SELECT, also on files of Parquet, CSV and JSON",
    cannot: &[],
    has_table: true,
    has_own_times: false,
    most_rows: None,
    can_say: |_| true,
    write,
};

const WORDS: InfixWords = InfixWords {
    and: "AND",
    or: "OR",
    not: ("NOT (", ")"),
    yes: "true",
    no: "false",
};

/// The name of a row, all of whose values are looked at together.
const ROW: &str = "event_row";

fn write(query: &EngineQuery<'_>) -> String {
    let condition = WORDS.write(query.condition, &written);
    let table = if condition.contains(ROW) {
        format!("{} AS {ROW}", query.table)
    } else {
        query.table.to_owned()
    };
    select(query, &condition, &table, name)
}

fn written(test: &RowTest) -> String {
    match test {
        RowTest::Has(place, run) => {
            let value = match place {
                ValuePlace::Column(column) => text(column),
                ValuePlace::AnyColumn => format!("CAST({ROW} AS VARCHAR)"),
            };
            let plain = format!("contains(lower({value}), {})", literal(run));
            let others = lookalikes(run)
                .map(|it| format!("contains({value}, {})", literal(&it.to_string())));
            let all: Vec<String> = [plain].into_iter().chain(others).collect();
            InfixWords::joined(WORDS.or, &all)
        }
        RowTest::Is(column, parts) => {
            let value = text(column);
            let escaped = parts
                .iter()
                .map(|it| it.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
            let pattern = literal(&escaped.collect::<Vec<_>>().join("%"));
            format!(
                "(lower({value}) LIKE {pattern} ESCAPE '!' AND regexp_full_match({value}, '[ -~]*'))"
            )
        }
        RowTest::Empty(column) => format!("{} = ''", text(column)),
        RowTest::Time(column, days) => {
            let column = name(column);
            let ranges = WORDS.in_any(days, |first, behind| {
                format!(
                    "{column} >= TIMESTAMP '{first} 00:00:00' AND {column} < TIMESTAMP '{behind} 00:00:00'"
                )
            });
            format!("({column} IS NOT NULL AND {ranges})")
        }
        RowTest::Stamp(column, days) => {
            let value = text(column);
            let ranges = WORDS.in_any(days, |first, behind| {
                format!("{value} >= '{first}' AND {value} < '{behind}'")
            });
            format!("({ranges} AND regexp_matches({value}, {}))", literal(STAMP))
        }
    }
}

/// The value of a column as a text.
fn text(column: &str) -> String {
    format!("coalesce(CAST({} AS VARCHAR), '')", name(column))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn name(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}
