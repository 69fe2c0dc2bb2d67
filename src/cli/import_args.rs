//! The arguments of `dateline import`.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::argument_values::precisions;
use super::filter_args::FilterArgs;
use super::marks_args::MarkedArgs;
use super::table_args::TableArgs;
use crate::formats::READERS;
use crate::formats::import::MidnightPrecision;

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// Logs to import together; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub tables: TableArgs,

    #[command(flatten)]
    pub marked_args: MarkedArgs,

    /// Write stamps at midnight as days, months (on the first) or years (on 1 January)
    #[arg(long, value_name = "PRECISION", value_parser = precisions())]
    pub precision: Option<MidnightPrecision>,

    /// Write to a new file; `-` is standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Write no timeline: add the stars, comments and tags of a Timesketch export to its marks file
    #[arg(long, conflicts_with_all = ["precision", "output", "columns", "marked", "no_marks"])]
    pub take_marks: bool,

    /// Print how the columns of each table are understood, as a mapping file for --map
    #[arg(long, conflicts_with_all = ["precision", "output"])]
    pub columns: bool,
}

/// The formats that `import` reads, from the table of readers.
pub(super) fn import_help() -> String {
    let mut help = String::from("Reads these formats, also packed with gzip or zstd:\n");
    for reader in READERS.iter().filter(|reader| reader.is_importable) {
        let _ = writeln!(help, "  {}: {}", reader.name, reader.summary);
    }
    help + "Other columns of a log become comments; an unusual phase becomes a tag.\n\
            Stamps at midnight are reported, since perhaps only the day is known. --precision shortens them.\n\
            Example: dateline import hayabusa.csv plaso.jsonl --filter 'tag:high when:2021-08' > case.toml\n         \
            dateline import timesketch.csv.gz --precision months > case.toml\n         \
            dateline import hayabusa.csv --marked > case.toml\n         \
            dateline import attack-2.0.json --precision months > case.toml"
}
