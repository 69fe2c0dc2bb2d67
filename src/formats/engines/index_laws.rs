//! The law of all queries, for the clauses of a search: a small index answers them as `OpenSearch` does.

use chrono::NaiveDate;
use regex::Regex;
use serde_json::Value;

use super::laws::{OpenedTable, found};
use super::random_tables::{DATE_COLUMNS, Numbers, Table};
use super::{QueryOptions, opensearch};
use crate::formats::{TableColumns, TableOptions};

/// A row as a document.
struct Document<'t> {
    table: &'t Table,
    row: usize,
    /// Whether fields keep their whole text as one word, instead of the words of it in lower case.
    is_whole: bool,
}

impl Document<'_> {
    fn text(&self, field: &str) -> &str {
        self.table.value(self.row, field)
    }

    /// The day of a date, and whether the index could read it. Times without a zone are in UTC.
    fn day(&self, field: &str) -> Option<NaiveDate> {
        let text = self.text(field);
        let stamp = text
            .replacen(' ', "T", 1)
            .replace(" UTC", "Z")
            .replace(' ', "");
        let zoned = chrono::DateTime::parse_from_rfc3339(&stamp).map(|it| it.naive_utc());
        let naive = stamp.parse::<chrono::NaiveDateTime>();
        let day = zoned.or(naive).map(|it| it.date());
        day.or_else(|_| stamp.parse::<NaiveDate>()).ok()
    }

    /// The words of a field; a number or a date has none.
    fn words(&self, field: &str) -> Vec<String> {
        let text = self.text(field);
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        if is_number || DATE_COLUMNS.contains(&field) {
            return Vec::new();
        }
        if self.is_whole {
            return vec![text.to_owned()];
        }
        let words = text.split(|it: char| !it.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    }

    fn exists(&self, field: &str) -> bool {
        if field == "_ignored" {
            let mut dates = DATE_COLUMNS
                .iter()
                .filter(|it| self.table.header.contains(it));
            return dates.any(|it| !self.text(it).is_empty() && self.day(it).is_none());
        }
        if DATE_COLUMNS.contains(&field) {
            self.day(field).is_some()
        } else {
            !self.text(field).is_empty()
        }
    }

    fn answers(&self, clause: &Value) -> bool {
        let (kind, body) = clause
            .as_object()
            .and_then(|it| it.iter().next())
            .expect("a clause");
        let each = |name: &str| body[name].as_array().into_iter().flatten();
        let of_field = || {
            body.as_object()
                .and_then(|it| it.iter().next())
                .expect("a field")
        };
        match kind.as_str() {
            "match_all" => true,
            "match_none" => false,
            "bool" => {
                let is_any = body.get("minimum_should_match").is_none_or(|it| *it == 1)
                    && body
                        .get("should")
                        .is_none_or(|_| each("should").any(|it| self.answers(it)));
                is_any
                    && each("filter").all(|it| self.answers(it))
                    && !each("must_not").any(|it| self.answers(it))
            }
            "exists" => self.exists(body["field"].as_str().expect("a name")),
            "range" => {
                let (field, range) = of_field();
                let limit = |name: &str| {
                    range[name]
                        .as_str()
                        .and_then(|it| it.parse::<NaiveDate>().ok())
                };
                let (first, behind) = (limit("gte").expect("a day"), limit("lt").expect("a day"));
                assert_eq!(range["format"], "yyyy-MM-dd");
                self.day(field)
                    .is_some_and(|day| first <= day && day < behind)
            }
            "wildcard" => {
                let (field, pattern) = of_field();
                assert_eq!(pattern["case_insensitive"], true);
                let part = pattern["value"].as_str().expect("a text").trim_matches('*');
                let mut words = self.words(field).into_iter();
                words.any(|word| word.to_ascii_lowercase().contains(part))
            }
            "query_string" => {
                let pattern = body["query"].as_str().expect("a text").trim_matches('/');
                let pattern = Regex::new(&format!("(?s)^{pattern}$")).expect("a pattern");
                let mut fields = self.table.header.iter();
                fields.any(|field| self.words(field).iter().any(|word| pattern.is_match(word)))
            }
            other => panic!("`{other}` is not a clause that queries have"),
        }
    }
}

#[test]
fn a_search_finds_each_row_that_dateline_finds() {
    let (rounds, mut numbers) = Numbers::of_law(900);
    let mut opened = OpenedTable::random(&mut numbers);
    let (mut asked, mut narrowed) = (0, 0);
    for round in 0..rounds {
        if round % 30 == 0 {
            opened = OpenedTable::random(&mut numbers);
        }
        let table = &opened.table;
        let Some(filter) = opened.filter(&mut numbers, round % 3) else {
            continue;
        };
        let options = QueryOptions {
            table: "",
            columns: if round % 4 == 3 {
                &opened.unlisted
            } else {
                &opened.listed
            },
            limit: None,
            is_typed: false,
            is_zoned: false,
        };
        let query = opensearch::DIALECT.query(filter.text(), &options);
        let body: Value = serde_json::from_str(&query.expect("a filter").text).expect("JSON");
        let found = found(&opened.timeline, &filter, table.rows.len());
        for (row, (is_found, _)) in found.into_iter().enumerate() {
            for is_whole in [false, true] {
                let document = Document {
                    table,
                    row,
                    is_whole,
                };
                let is_asked = document.answers(&body["query"]);
                let shown = || format!("{}: {:?}\n{body:#}", filter.text(), table.rows[row]);
                assert!(is_asked || !is_found, "the search misses {}", shown());
                asked += 1;
                narrowed += usize::from(!is_asked);
            }
        }
    }
    assert!(10 * narrowed > asked, "{narrowed} of {asked} are ruled out");
}

#[test]
fn the_body_of_a_search_has_what_the_reader_needs() {
    let names = ["datetime", "message", "computer"].map(str::to_owned);
    let columns = TableColumns::listed(&names, &TableOptions::default());
    let options = QueryOptions {
        table: "",
        columns: &columns.expect("known columns"),
        limit: Some(5),
        is_typed: false,
        is_zoned: false,
    };
    let query = opensearch::DIALECT.query("when:2021-08 attribute:computer=mail*", &options);
    let body: Value = serde_json::from_str(&query.expect("a filter").text).expect("JSON");
    let outside = serde_json::json!({ "bool": { "must_not": [
        { "bool": { "should": [
            { "range": { "datetime": { "gte": "2002-01-01", "lt": "2021-07-31", "format": "yyyy-MM-dd" } } },
            { "range": { "datetime": { "gte": "2021-09-02", "lt": "2038-01-01", "format": "yyyy-MM-dd" } } },
        ], "minimum_should_match": 1 } },
    ] } });
    let wildcard = |part: &str| serde_json::json!({ "wildcard": { "computer": { "value": part, "case_insensitive": true } } });
    let mail = serde_json::json!({
        "bool": { "should": [wildcard("*mail*"), wildcard("*\u{130}*")], "minimum_should_match": 1 }
    });
    assert_eq!(
        body,
        serde_json::json!({
            "query": { "bool": { "should": [
                { "bool": { "filter": [outside, mail] } },
                { "exists": { "field": "_ignored" } },
            ], "minimum_should_match": 1 } },
            "size": 5,
            "_source": ["datetime", "message", "computer"],
            "sort": [{ "datetime": { "order": "asc", "unmapped_type": "date" } }],
        })
    );
}
