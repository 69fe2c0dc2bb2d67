//! A SELECT, as engines with SQL have it in common.

use super::condition::RowCondition;
use super::dialect::EngineQuery;
use super::infix::bare;

/// A query with a condition, on a table with its alias, if it needs one.
pub(super) fn select(
    query: &EngineQuery<'_>,
    condition: &str,
    table: &str,
    name: fn(&str) -> String,
) -> String {
    let columns = match query.columns {
        Some(columns) => columns
            .iter()
            .map(|it| name(it))
            .collect::<Vec<_>>()
            .join(", "),
        None => "*".to_owned(),
    };
    let mut lines = vec![format!("SELECT {columns}"), format!("FROM {table}")];
    if *query.condition != RowCondition::Constant(true) {
        lines.push(format!("WHERE {}", bare(condition)));
    }
    lines.extend(
        query
            .order
            .map(|column| format!("ORDER BY {}", name(column))),
    );
    lines.extend(query.limit.map(|limit| format!("LIMIT {limit}")));
    lines.join("\n")
}
