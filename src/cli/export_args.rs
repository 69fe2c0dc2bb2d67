//! The arguments of `dateline export`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::filter_args::FilterArgs;
use super::loss_args::LossArgs;
use super::marks_args::MarkedArgs;
use super::picture_args::PictureArgs;
use super::redaction_args::RedactionArgs;
use super::stix_args::StixArgs;
use crate::formats::{FormatWriter, WRITERS};

#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Timelines to export together; - is standard input; without any, the shipped case
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Format to write
    #[arg(long, value_name = "FORMAT", value_parser = writers())]
    pub to: &'static FormatWriter,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    /// Write the brief handout of a briefing: cover, scenes, open questions and sources
    #[arg(long)]
    pub brief: bool,

    /// Include only the scenes for this audience and those for everyone; implies --brief
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,

    /// Append all events, claims and sources to the brief handout; implies --brief
    #[arg(long)]
    pub annex: bool,

    /// Include the briefer's notes
    #[arg(long)]
    pub notes: bool,

    /// Begin a handout with what changed since: a day such as 2023-08-07, an older file, or a revision
    #[arg(long, value_name = "SINCE")]
    pub since: Option<String>,

    #[command(flatten)]
    pub marked_args: MarkedArgs,

    #[command(flatten)]
    pub picture: PictureArgs,

    #[command(flatten)]
    pub stix: StixArgs,

    #[command(flatten)]
    pub losses: LossArgs,

    /// Write to a new file; `-` is standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub withholding: RedactionArgs,
}

fn writers() -> impl TypedValueParser<Value = &'static FormatWriter> {
    let values = WRITERS
        .iter()
        .map(|writer| PossibleValue::new(writer.name).help(writer.summary));
    PossibleValuesParser::new(values)
        .map(|name| FormatWriter::find(&name).expect("clap lets only names of rows through"))
}
