//! `ClickHouse`: <https://clickhouse.com/docs/en/sql-reference/syntax>. Texts are in quotation marks, and names in
//! backticks; in both a backslash makes the next character a literal one.

use super::condition::RowTest;
use super::days::STAMP;
use super::dialect::{EngineDialect, EngineQuery};
use super::infix::InfixWords;
use super::needles::lookalikes;
use super::sql::select;
use crate::formats::log::ValuePlace;

pub(super) const DIALECT: EngineDialect = EngineDialect {
    name: "clickhouse",
    summary: "ClickHouse: a SELECT",
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
    yes: "1",
    no: "0",
};

fn write(query: &EngineQuery<'_>) -> String {
    let condition = WORDS.write(query.condition, &written);
    select(query, &condition, query.table, name)
}

fn written(test: &RowTest) -> String {
    match test {
        RowTest::Has(place, run) => {
            let value = match place {
                ValuePlace::Column(column) => text(column),
                ValuePlace::AnyColumn => "toString(tuple(*))".to_owned(),
            };
            let others = lookalikes(run).map(|it| literal(&it.to_string()));
            let all: Vec<String> = [literal(run)].into_iter().chain(others).collect();
            match all.as_slice() {
                [only] => format!("positionCaseInsensitive({value}, {only}) > 0"),
                several => {
                    let needles = several.join(", ");
                    format!("multiSearchAnyCaseInsensitive({value}, [{needles}])")
                }
            }
        }
        RowTest::Is(column, parts) => {
            let value = text(column);
            // A parameter of LIKE has wildcards of its own.
            let escaped = parts.iter().map(|it| {
                it.replace('\\', r"\\")
                    .replace('%', r"\%")
                    .replace('_', r"\_")
            });
            let pattern = literal(&escaped.collect::<Vec<_>>().join("%"));
            format!("(lower({value}) LIKE {pattern} AND match({value}, '^[ -~]*$'))")
        }
        RowTest::Empty(column) => format!("{} = ''", text(column)),
        // A column that is part of a key answers this from its index.
        RowTest::Time(column, days) => {
            let column = name(column);
            let ranges = WORDS.in_any(days, |first, behind| {
                format!("{column} >= toDate('{first}') AND {column} < toDate('{behind}')")
            });
            format!("({column} IS NOT NULL AND {ranges})")
        }
        RowTest::Stamp(column, days) => {
            let value = text(column);
            let ranges = WORDS.in_any(days, |first, behind| {
                format!("{value} >= '{first}' AND {value} < '{behind}'")
            });
            format!("({ranges} AND match({value}, {}))", literal(STAMP))
        }
    }
}

/// The value of a column as a text.
fn text(column: &str) -> String {
    format!("ifNull(toString({}), '')", name(column))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

fn name(column: &str) -> String {
    format!("`{}`", column.replace('\\', r"\\").replace('`', r"\`"))
}
