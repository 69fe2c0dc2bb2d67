//! The options of `dateline check`.

use std::path::PathBuf;

use super::capabilities::ColourChoice;
use super::check::KindNames;
use super::table_args::TableArgs;

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Timelines to check together; - is standard input
    #[arg(value_name = "FILE", required_unless_present = "explain")]
    pub files: Vec<PathBuf>,

    /// Explain a kind of finding, with an example
    #[arg(long, value_name = "KIND", conflicts_with = "files", value_parser = KindNames, hide_possible_values = true)]
    pub explain: Option<String>,

    /// Show the fixes that dateline knows, ask, and write the files
    #[arg(long, conflicts_with_all = ["explain", "format"])]
    pub fix: bool,

    /// With --fix: apply every sure fix without asking
    #[arg(long, requires = "fix")]
    pub yes: bool,

    /// Format of the findings
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "text",
        conflicts_with = "explain"
    )]
    pub format: CheckFormat,

    #[command(flatten)]
    pub tables: TableArgs,

    /// When to print in colour
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: ColourChoice,
}

/// The formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: the quoted line, and how to fix it
    Text,
    /// JSON lines: an object for each finding
    Json,
    /// Annotations of GitHub's workflows
    Github,
    /// SARIF 2.1.0, for platforms that review code
    Sarif,
}
