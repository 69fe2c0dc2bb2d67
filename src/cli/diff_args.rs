//! The arguments of `dateline diff`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::filter_args::FilterArgs;
use super::redaction_args::{RedactionArgs, parse_day};
use crate::date::EventDate;
use crate::formats::comparison::{COMPARISON_WRITERS, ComparisonWriter};

#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// The older and the newer file, or one file in a git repository; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Compare with this revision of the file [default: HEAD]
    #[arg(long, value_name = "REVISION")]
    pub rev: Option<String>,

    /// Compare what was public by the end of two days
    #[arg(long, value_name = "DAY..DAY", value_parser = parse_known, conflicts_with_all = ["rev", "as_of"])]
    pub known: Option<KnownDays>,

    /// Take the arguments of an external diff of git, and always exit with 0
    #[arg(long, conflicts_with_all = ["rev", "known"])]
    pub git: bool,

    /// Format to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = comparison_writers())]
    pub to: &'static ComparisonWriter,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub withholding: RedactionArgs,
}

/// Two days, the earlier one first.
#[derive(Clone, Debug)]
pub(super) struct KnownDays {
    pub from: EventDate,
    pub to: EventDate,
}

/// Reads `2023-08-07..2024-03-25`.
///
/// # Errors
/// The mistake, and what was expected.
fn parse_known(text: &str) -> Result<KnownDays, String> {
    let Some((from, to)) = text.split_once("..") else {
        return Err("expected two days, such as 2023-08-07..2024-03-25".to_owned());
    };
    let (from, to) = (parse_day(from)?, parse_day(to)?);
    if from.end().latest > to.end().latest {
        return Err("expected the earlier day first".to_owned());
    }
    Ok(KnownDays { from, to })
}

fn comparison_writers() -> impl clap::builder::TypedValueParser<Value = &'static ComparisonWriter> {
    use clap::builder::{PossibleValue, TypedValueParser};
    let values = COMPARISON_WRITERS
        .iter()
        .map(|writer| PossibleValue::new(writer.name).help(writer.summary));
    PossibleValuesParser::new(values)
        .map(|name| ComparisonWriter::find(&name).expect("clap lets only names of rows through"))
}
