//! Queries for the engines of other programs: a filter in the language of a database that has the events already.
//!
//! dateline never speaks with an engine. It writes a query; the user gives it to the engine, and gives dateline the answer,
//! and dateline asks its own question of that again. So a query may find more than the filter, and never less.
//!
//! `compile` makes a `condition` of a filter, with the runs of characters of `needles` and the days of `days`. Each
//! language is a file and a row of [`DIALECTS`]; `infix` and `sql` are what several have in common.

mod clickhouse;
mod compile;
mod condition;
mod days;
mod dialect;
mod duckdb;
#[cfg(test)]
mod index_laws;
#[cfg(test)]
mod index_literals;
mod indexed;
mod infix;
mod kusto;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod literals;
mod needles;
mod opensearch;
#[cfg(test)]
mod random_tables;
mod sql;
mod timesketch;

use compile::FilterCompiler;
use condition::RowCondition;
pub use dialect::EngineDialect;
use dialect::EngineQuery;

use super::log::TableColumns;
use crate::query::{Filter, QueryError};
use crate::timeline::Timeline;

/// Every language, in the order of the help.
pub static DIALECTS: &[EngineDialect] = &[
    clickhouse::DIALECT,
    duckdb::DIALECT,
    kusto::DIALECT,
    opensearch::DIALECT,
    timesketch::DIALECT,
];

/// What a query is about, next to its filter.
#[derive(Clone, Debug)]
pub struct QueryOptions<'a> {
    /// A table or an expression for one, in the language itself.
    pub table: &'a str,
    pub columns: &'a TableColumns,
    /// The most rows that are returned.
    pub limit: Option<u64>,
    /// Whether columns of dates have the engine's own type for times.
    pub is_typed: bool,
    /// Whether times without a zone are not in UTC.
    pub is_zoned: bool,
}

/// A query of an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenQuery {
    pub text: String,
    /// The parts of the filter that it does not ask, in the order of the text.
    pub left: Vec<String>,
    /// Whether it asks for every row.
    pub is_everything: bool,
}

impl EngineDialect {
    /// Writes a filter as a query.
    ///
    /// # Errors
    /// Every mistake in the filter, in order.
    pub fn query(
        &self,
        filter: &str,
        options: &QueryOptions<'_>,
    ) -> Result<WrittenQuery, Vec<QueryError>> {
        let (parsed, _) = Filter::parse_in_part(&Timeline::default(), filter)?;
        let mut compiler = FilterCompiler {
            columns: options.columns,
            can_say: &self.can_say,
            is_typed: options.is_typed || self.has_own_times,
            zone_days: if options.is_zoned { 2 } else { 1 },
            left: Vec::new(),
        };
        let condition = match parsed.expr() {
            Some(expr) => compiler.pair(expr).may,
            None => RowCondition::Constant(true),
        };
        let left = compiler.left.into_iter();
        let left = left
            .filter_map(|range| filter.get(range))
            .map(str::to_owned);
        let columns = options.columns.read();
        let text = (self.write)(&EngineQuery {
            table: options.table,
            columns: columns.as_deref(),
            condition: &condition,
            order: options.columns.of_order().as_deref(),
            limit: options.limit,
        });
        Ok(WrittenQuery {
            text,
            left: left.collect(),
            is_everything: condition == RowCondition::Constant(true),
        })
    }
}
