//! The arguments of `dateline new`.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::argument_values::precisions;
use super::filter_args::FilterArgs;
use super::redaction_args::levels;
use super::report::clean;
use super::status::CommandError;
use super::table_args::TableArgs;
use crate::formats::import::MidnightPrecision;
use crate::formats::templates::{TEMPLATES, TimelineTemplate};
use crate::timeline::term::Tlp;

#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// The file to write, which must not exist; without it, or with -, standard output
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Title of the timeline
    #[arg(long, value_name = "TITLE", value_parser = parse_title)]
    pub title: Option<String>,

    /// Marking of the timeline
    #[arg(long, value_name = "LEVEL", ignore_case = true, value_parser = levels())]
    pub tlp: Option<Tlp>,

    /// Begin with a template instead of the shortest file
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Option<&'static TimelineTemplate>,

    /// Begin with the events of a table or log, as `import` reads it; - is standard input
    #[arg(long, value_name = "TABLE", conflicts_with = "kind")]
    pub from: Vec<PathBuf>,

    #[command(flatten, next_help_heading = "With --from")]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub tables: TableArgs,

    /// Write stamps at midnight as days, months (on the first) or years (on 1 January)
    #[arg(long, value_name = "PRECISION", value_parser = precisions())]
    pub precision: Option<MidnightPrecision>,
}

impl NewArgs {
    /// The mistake that clap cannot know: options that need a table, or a kind in the place of a file.
    pub fn mistake(&self) -> Option<CommandError> {
        let name = self.file.as_deref().and_then(Path::to_str);
        if let Some(kind) = name.and_then(TimelineTemplate::find) {
            let name = kind.name;
            let error = CommandError::usage(format!("`{name}` is a kind of timeline, not a file"));
            let hint = format!("write `--kind {name}`, or `./{name}` for a file of this name");
            return Some(error.hint(hint));
        }
        if !self.from.is_empty() {
            return None;
        }
        let precision = self.precision.map(|_| "--precision".to_owned());
        let mut words = (self.narrowing.words().into_iter())
            .chain(self.tables.words())
            .chain(precision);
        let word = words.next()?;
        let option = word.split('=').next().unwrap_or_default();
        let error = CommandError::usage(format!("`{}` needs a table", clean(option)));
        Some(error.hint("name the table with `--from TABLE`"))
    }
}

fn parse_title(text: &str) -> Result<String, String> {
    let title = text.trim();
    if title.is_empty() {
        return Err("expected a title, such as 'The mail server'".to_owned());
    }
    Ok(title.to_owned())
}

fn kinds() -> impl TypedValueParser<Value = &'static TimelineTemplate> {
    let kinds = TEMPLATES.iter();
    let kinds = kinds.map(|kind| PossibleValue::new(kind.name).help(kind.summary));
    PossibleValuesParser::new(kinds)
        .map(|name| TimelineTemplate::find(&name).expect("clap lets only these names through"))
}
