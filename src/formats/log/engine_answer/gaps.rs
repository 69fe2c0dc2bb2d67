//! What engines say in an answer about rows that are missing from it.

use AnswerGap::{Broken, Limited};
use serde_json::Value;

use crate::document;

/// What an answer says around its rows.
pub(super) struct AnswerParts<'a> {
    pub before: &'a Value,
    pub behind: &'a Value,
    /// The number of rows.
    pub count: usize,
}

/// Why an answer lacks rows.
pub(super) enum AnswerGap {
    /// The query limited their number.
    Limited(String),
    /// The engine could not read or send them all.
    Broken(String),
}

/// `hits.total`, `timed_out` and `_shards` of a search:
/// <https://docs.opensearch.org/latest/api-reference/search-apis/search/>.
pub(super) fn of_search(parts: &AnswerParts<'_>) -> Vec<AnswerGap> {
    let either = |path: &str| {
        let found = parts.before.pointer(path);
        found.or_else(|| parts.behind.pointer(path))
    };
    let number = |path: &str| either(path).and_then(Value::as_u64).unwrap_or_default();
    let mut gaps = Vec::new();
    if either("/timed_out").and_then(Value::as_bool) == Some(true) {
        gaps.push(Broken(
            "the search timed out, so hits may be missing".to_owned(),
        ));
    }
    let (failed, shards) = (number("/_shards/failed"), number("/_shards/total"));
    if failed > 0 {
        let reason = either("/_shards/failures/0/reason/reason").and_then(Value::as_str);
        let reason = reason.map_or_else(String::new, |it| format!(": {it}"));
        gaps.push(Broken(format!(
            "{failed} of {shards} shards failed, so hits are missing{reason}"
        )));
    }
    let total = number("/hits/total").max(number("/hits/total/value"));
    if total > parts.count as u64 {
        let is_least = either("/hits/total/relation").and_then(Value::as_str) == Some("gte");
        let about = if is_least { "at least " } else { "" };
        gaps.push(Limited(format!(
            "the answer has {} of {about}{total} hits",
            parts.count
        )));
    }
    gaps
}

/// `exception`, `rows` and `rows_before_limit_at_least` of the formats JSON and `JSONCompact`:
/// <https://clickhouse.com/docs/interfaces/formats/JSON>.
pub(super) fn of_clickhouse(parts: &AnswerParts<'_>) -> Vec<AnswerGap> {
    let (behind, count) = (parts.behind, parts.count);
    let number = |name: &str| behind.get(name).and_then(Value::as_u64);
    let mut gaps = Vec::new();
    if let Some(said) = behind.get("exception").and_then(Value::as_str) {
        gaps.push(stopped(count, said));
    } else if let Some(said) = number("rows").filter(|&it| it != count as u64) {
        let said = format!("the answer says that it has {said} rows, and has {count}");
        gaps.push(Broken(said));
    }
    if let Some(all) = number("rows_before_limit_at_least").filter(|&it| it > count as u64) {
        gaps.push(Limited(format!(
            "the answer has {count} of at least {all} rows"
        )));
    }
    gaps
}

/// The tables behind the first of the first version of Kusto's answers: the status of the query, and what each table is:
/// <https://learn.microsoft.com/kusto/api/rest/response-http>.
pub(super) fn of_kusto_tables(parts: &AnswerParts<'_>) -> Vec<AnswerGap> {
    let tables = list(parts.behind.get("Tables"));
    let mut gaps = Vec::new();
    for exception in list(parts.behind.get("Exceptions")) {
        gaps.push(stopped(parts.count, exception.as_str().unwrap_or_default()));
    }
    let mut results = 0;
    for table in tables.get(1..).unwrap_or_default() {
        let column = |wanted: &str| {
            let mut columns = list(table.get("Columns")).iter();
            columns.position(|it| it.get("ColumnName").and_then(Value::as_str) == Some(wanted))
        };
        let (severity, said, kind) = (
            column("SeverityName"),
            column("StatusDescription"),
            column("Kind"),
        );
        for row in list(table.get("Rows")) {
            let value = |column: Option<usize>| row.get(column?).and_then(Value::as_str);
            if value(severity) == Some("Error") {
                gaps.push(stopped(parts.count, value(said).unwrap_or_default()));
            }
            results += usize::from(value(kind) == Some("QueryResult"));
        }
    }
    gaps.extend(further_tables(results.saturating_sub(1)));
    gaps
}

/// `error` of an answer of Azure Monitor that has only part of the rows, and its further tables:
/// <https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format>.
pub(super) fn of_azure_monitor(parts: &AnswerParts<'_>) -> Vec<AnswerGap> {
    let said = parts
        .behind
        .get("error")
        .map(|error| stopped(parts.count, said_of(error)));
    let further = list(parts.behind.get("tables")).len().saturating_sub(1);
    said.into_iter().chain(further_tables(further)).collect()
}

/// The frames behind the first table of the second version of Kusto's answers:
/// <https://learn.microsoft.com/kusto/api/rest/response-http-v2>.
pub(super) fn of_kusto_frames(parts: &AnswerParts<'_>) -> Vec<AnswerGap> {
    let frames = list(Some(parts.behind)).get(1..).unwrap_or_default();
    let mut gaps = Vec::new();
    let (mut further, mut has_fragments) = (0, false);
    for frame in frames {
        let is_filled = !list(frame.get("Rows")).is_empty();
        has_fragments |= is_filled && frame.get("TableFragmentType").is_some();
        let is_primary = frame.get("TableKind").and_then(Value::as_str) == Some("PrimaryResult");
        further += usize::from(is_primary);
        if frame.get("HasErrors").and_then(Value::as_bool) == Some(true) {
            gaps.push(stopped(parts.count, said_of(frame)));
        }
    }
    if has_fragments {
        let said = "the answer comes in fragments, and only the first is read: set `results_progressive_enabled` to false";
        gaps.push(Broken(said.to_owned()));
    }
    gaps.extend(further_tables(further));
    gaps
}

/// What a row says that is not a row but the error at which the engine stopped.
pub(super) fn said_in(row: &str) -> String {
    let row: Value = serde_json::from_str(row).unwrap_or_default();
    let said = said_of(&row);
    let said = if said.is_empty() {
        "an object instead of a row"
    } else {
        said
    };
    format!("the engine stopped with an error: {said}")
}

fn stopped(count: usize, said: &str) -> AnswerGap {
    Broken(format!(
        "the engine stopped after {} with an error: {}",
        document::count(count, "row"),
        said.trim()
    ))
}

fn further_tables(count: usize) -> Option<AnswerGap> {
    (count > 0).then(|| {
        Limited(format!(
            "only the first of {} tables of results is read",
            count + 1
        ))
    })
}

/// The most exact message in an error: Kusto writes `@message`, others `message`, or a list of texts.
pub(super) fn said_of(error: &Value) -> &str {
    let within = |names: [&str; 4]| names.into_iter().find_map(|name| error.get(name));
    let inner = within(["OneApiErrors", "Exceptions", "error", "innererror"]);
    let inner = inner.map(|inner| inner.get(0).unwrap_or(inner));
    let inner = inner.map(|inner| inner.as_str().unwrap_or_else(|| said_of(inner)));
    let own = || {
        let named = error.get("@message").or_else(|| error.get("message"));
        named.and_then(Value::as_str)
    };
    inner
        .filter(|it| !it.is_empty())
        .or_else(own)
        .unwrap_or_default()
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
