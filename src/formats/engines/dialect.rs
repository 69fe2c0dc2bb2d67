//! A language of an engine: a row of the table, and what it is given to write.

use super::condition::{RowCondition, RowTest};

/// A language in which an engine is asked.
#[derive(Debug)]
pub struct EngineDialect {
    /// Its name on the command line.
    pub name: &'static str,
    /// What is written, in one line.
    pub summary: &'static str,
    /// What it cannot say, each in a few words: dateline decides that when it reads the answer.
    pub cannot: &'static [&'static str],
    /// Whether a query names a table.
    pub has_table: bool,
    /// Whether dates always have the engine's own type for times.
    pub has_own_times: bool,
    /// The most rows of one answer, if the engine has a limit.
    pub most_rows: Option<u64>,
    pub(super) can_say: fn(&RowTest) -> bool,
    pub(super) write: fn(&EngineQuery<'_>) -> String,
}

/// What is asked of an engine.
#[derive(Debug)]
pub(super) struct EngineQuery<'a> {
    /// A table or an expression for one, in the language itself.
    pub table: &'a str,
    /// The columns to return; `None` for all.
    pub columns: Option<&'a [String]>,
    pub condition: &'a RowCondition,
    /// The column by which rows are in the order of time.
    pub order: Option<&'a str>,
    pub limit: Option<u64>,
}
