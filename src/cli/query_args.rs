//! The arguments of `dateline query`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::engine_query::TABLE;
use super::table_args::TableArgs;
use crate::formats::engines::DIALECTS;

#[derive(Debug, clap::Args)]
pub(super) struct QueryArgs {
    /// Events to ask for, such as 'tag:ioc when:2021-08'; '' is every event
    #[arg(
        value_name = "FILTER",
        allow_hyphen_values = true,
        required_unless_present = "list"
    )]
    pub filter: Option<String>,

    /// Language of the query
    #[arg(long = "for", value_name = "LANGUAGE", value_parser = languages(), required_unless_present = "list")]
    pub language: Option<String>,

    /// Table to ask, or any expression for one in the language: it goes into the query as it is
    #[arg(long, value_name = "TABLE", default_value = TABLE)]
    pub table: String,

    /// All columns of the table, with commas between them; --map says what they mean, also by the name of a preset
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,

    /// A file whose columns are those of the table, such as an export of some of its rows
    #[arg(long, value_name = "FILE", conflicts_with = "columns")]
    pub like: Option<PathBuf>,

    #[command(flatten)]
    pub tables: TableArgs,

    /// Compare dates in the engine's own type, which its index knows; the table must not have dates as text
    #[arg(long)]
    pub typed: bool,

    /// Ask for at most this many rows, the earliest first
    #[arg(long, value_name = "NUMBER")]
    pub limit: Option<u64>,

    /// List the languages, and what each cannot say
    #[arg(long, conflicts_with_all = ["language", "filter"])]
    pub list: bool,
}

fn languages() -> PossibleValuesParser {
    PossibleValuesParser::new(DIALECTS.iter().map(|dialect| dialect.name))
}
