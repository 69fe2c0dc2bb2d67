//! `OpenSearch`: the body of a search, <https://docs.opensearch.org/latest/query-dsl/>, also for Elasticsearch. It has only the
//! clauses `bool`, `exists`, `match_all`, `match_none`, `query_string`, `range` and `wildcard`.

use serde_json::{Value, json};

use super::condition::{DayRange, RowCondition, RowTest};
use super::dialect::{EngineDialect, EngineQuery};
use super::indexed::{CANNOT, can_say, parts_of_words, pattern};
use super::needles::lookalikes;
use crate::formats::log::ValuePlace;

pub(super) const DIALECT: EngineDialect = EngineDialect {
    name: "opensearch",
    summary: "OpenSearch and Elasticsearch: the body of a search",
    cannot: CANNOT,
    has_table: false,
    has_own_times: true,
    most_rows: Some(MOST),
    can_say,
    write,
};

/// The most hits of one answer, by the default of `index.max_result_window`.
const MOST: u64 = 10_000;

fn write(query: &EngineQuery<'_>) -> String {
    // A document with a value that the index ignores may be any.
    let is_asked = RowCondition::Constant(true) != *query.condition;
    let condition = if is_asked {
        any(vec![clause(query.condition), exists("_ignored")])
    } else {
        clause(query.condition)
    };
    let mut body = json!({ "query": condition, "size": query.limit.unwrap_or(MOST).min(MOST) });
    if let Some(columns) = query.columns {
        body["_source"] = json!(columns);
    }
    if let Some(order) = query.order {
        body["sort"] = json!([{ order: { "order": "asc", "unmapped_type": "date" } }]);
    }
    serde_json::to_string_pretty(&body).expect("a value is JSON")
}

fn clause(condition: &RowCondition) -> Value {
    match condition {
        RowCondition::Constant(true) => json!({ "match_all": {} }),
        RowCondition::Constant(false) => json!({ "match_none": {} }),
        RowCondition::All(parts) => all(parts.iter().map(clause).collect()),
        RowCondition::Any(parts) => any(parts.iter().map(clause).collect()),
        RowCondition::Not(inner) => not(&clause(inner)),
        RowCondition::Test(test) => of_test(test),
    }
}

fn of_test(test: &RowTest) -> Value {
    match test {
        RowTest::Has(place, run) => all(parts_of_words(run).map(|part| has(place, part)).collect()),
        RowTest::Empty(column) => not(&exists(column)),
        RowTest::Time(column, days) => {
            any(days.iter().map(|days| in_range(column, days)).collect())
        }
        RowTest::Is(..) | RowTest::Stamp(..) => unreachable!("this is not said"),
    }
}

/// Whether a word has these letters and digits in it.
fn has(place: &ValuePlace, part: &str) -> Value {
    match place {
        ValuePlace::Column(column) => {
            let others = lookalikes(part).map(|it| wildcard(column, &it.to_string()));
            any([wildcard(column, part)].into_iter().chain(others).collect())
        }
        // There is no other clause for all fields; the pattern has letters, digits and brackets only.
        ValuePlace::AnyColumn => json!({
            "query_string": { "query": format!("/{}/", pattern(part)), "fields": ["*"], "lenient": true }
        }),
    }
}

fn wildcard(column: &str, part: &str) -> Value {
    json!({ "wildcard": { column: { "value": format!("*{part}*"), "case_insensitive": true } } })
}

fn in_range(column: &str, days: &DayRange) -> Value {
    let (first, behind) = days.bounds();
    json!({ "range": { column: { "gte": first, "lt": behind, "format": "yyyy-MM-dd" } } })
}

fn exists(column: &str) -> Value {
    json!({ "exists": { "field": column } })
}

fn all(mut parts: Vec<Value>) -> Value {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        json!({ "bool": { "filter": parts } })
    }
}

fn any(mut parts: Vec<Value>) -> Value {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        json!({ "bool": { "should": parts, "minimum_should_match": 1 } })
    }
}

fn not(part: &Value) -> Value {
    json!({ "bool": { "must_not": [part] } })
}
