//! `--explain` and `--strict`: what an export loses is explained or refused.

use std::io::Write;

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::status::{print_error, print_note};
use crate::formats::writers::loss::{LOSS_WRITERS, LossReport, LossWriter};

#[derive(Debug, clap::Args)]
pub(super) struct LossArgs {
    /// Explain what the format keeps of this timeline, instead of writing it
    #[arg(
        long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "text",
        value_parser = explanations()
    )]
    pub explain: Option<&'static LossWriter>,

    /// Write nothing, and fail, if the format does not keep everything
    #[arg(long)]
    pub strict: bool,
}

impl LossArgs {
    /// Whether nothing may be written, because something would be lost.
    pub fn refuse(&self, losses: &LossReport) -> bool {
        self.strict && losses.is_lossy()
    }

    /// Says what the output lacks, so that readers do not take it for complete. With `--strict`, that is an error.
    pub fn report(&self, losses: &LossReport, errors: &mut dyn Write) -> Result<()> {
        let Some(line) = losses.line() else {
            return Ok(());
        };
        if self.strict {
            let format = losses.format;
            let message = format!("`--strict`: `{format}` does not keep everything: {line}");
            let hint = self.explain.is_none().then_some("`--explain` lists it");
            print_error(errors, &message, hint)?;
        } else if self.explain.is_none() {
            print_note(errors, &format!("{line}: `--explain` lists them"))?;
        }
        Ok(())
    }
}

fn explanations() -> impl TypedValueParser<Value = &'static LossWriter> {
    let names = LOSS_WRITERS.iter().map(|writer| writer.name);
    PossibleValuesParser::new(names)
        .map(|name| LossWriter::find(&name).expect("clap lets only names of rows through"))
}
