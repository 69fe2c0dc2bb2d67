//! Timesketch: a query string of Lucene, <https://timesketch.org/guides/user/search-query-guide/>, for the search field or
//! `timesketch search -q`. In a name, a backslash makes a sign of the language a literal one.

use super::condition::{DayRange, RowCondition, RowTest};
use super::dialect::{EngineDialect, EngineQuery};
use super::indexed::{self, CANNOT, parts_of_words, pattern};
use super::infix::{InfixWords, bare};
use crate::formats::log::ValuePlace;

pub(super) const DIALECT: EngineDialect = EngineDialect {
    name: "timesketch",
    summary: "Timesketch: a query for its search field, or for `timesketch search -q`",
    cannot: CANNOT,
    has_table: false,
    has_own_times: true,
    most_rows: None,
    can_say,
    write,
};

/// A negation alone finds nothing in Lucene: it takes from everything. Next to `OR`, `AND` binds only in parentheses.
const WORDS: InfixWords = InfixWords {
    and: "AND",
    or: "OR",
    not: ("(*:* AND NOT (", "))"),
    yes: "*:*",
    no: "(*:* AND NOT (*:*))",
};

fn write(query: &EngineQuery<'_>) -> String {
    if *query.condition == RowCondition::Constant(true) {
        return WORDS.yes.to_owned();
    }
    let condition = WORDS.write(query.condition, &written);
    // A document with a value that the index ignores may be any.
    format!("({}) OR _exists_:_ignored", bare(&condition))
}

/// There is no way to write `<` and `>` in a name, or a name that has a meaning of its own.
fn can_say(test: &RowTest) -> bool {
    let is_writable = |name: &str| !name.contains(['<', '>']) && name != "_exists_";
    let has_name = match test {
        RowTest::Has(ValuePlace::AnyColumn, _) => true,
        RowTest::Has(ValuePlace::Column(name), _)
        | RowTest::Is(name, _)
        | RowTest::Empty(name)
        | RowTest::Stamp(name, _)
        | RowTest::Time(name, _) => is_writable(name),
    };
    has_name && indexed::can_say(test)
}

fn written(test: &RowTest) -> String {
    match test {
        RowTest::Has(place, run) => {
            let field = match place {
                ValuePlace::Column(column) => format!("{}:", name(column)),
                ValuePlace::AnyColumn => String::new(),
            };
            let parts = parts_of_words(run).map(|part| format!("{field}/{}/", pattern(part)));
            InfixWords::joined(WORDS.and, &parts.collect::<Vec<_>>())
        }
        RowTest::Empty(column) => format!("(*:* AND NOT _exists_:{})", name(column)),
        RowTest::Time(column, days) => {
            let column = name(column);
            let range = |days: &DayRange| {
                let (first, behind) = days.bounds();
                format!("{column}:[{first} TO {behind}}}")
            };
            InfixWords::joined(WORDS.or, &days.iter().map(range).collect::<Vec<_>>())
        }
        RowTest::Is(..) | RowTest::Stamp(..) => unreachable!("this is not said"),
    }
}

/// A name as a word. Any character may have a backslash: the signs of the language need one, white space such as U+3000
/// too, and the first letter of a word of the language.
fn name(column: &str) -> String {
    let mut name = String::new();
    if matches!(column, "AND" | "OR" | "NOT" | "TO") {
        name.push('\\');
    }
    for character in column.chars() {
        if !character.is_alphanumeric() && !matches!(character, '_' | '.') {
            name.push('\\');
        }
        name.push(character);
    }
    name
}
