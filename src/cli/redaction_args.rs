//! `--as-of` and `--max-tlp`, for every subcommand that shows a timeline.

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::marks_args::MarksFiles;
use super::report::clean;
use super::status::CommandError;
use super::table_args::TableArgs;
use crate::date::EventDate;
use crate::diagnostic::SourceText;
use crate::formats::RecognisedFile;
use crate::timeline::term::Tlp;
use crate::timeline::{RedactionCounts, Timeline};

#[derive(Clone, Debug, Default, clap::Args)]
pub struct RedactionArgs {
    /// Hide anything not surely public by the end of DATE, such as 2023-08-08
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<EventDate>,

    /// Hide anything marked above LEVEL (unmarked items inherit the file's marking)
    #[arg(long, value_name = "LEVEL", ignore_case = true, value_parser = levels())]
    pub max_tlp: Option<Tlp>,

    #[command(flatten)]
    pub tables: TableArgs,

    /// The marks files to read with the timeline. Only some subcommands have options for them.
    #[arg(skip)]
    pub marks: MarksFiles,
}

impl RedactionArgs {
    /// Whether either option is given.
    pub fn is_requested(&self) -> bool {
        self.as_of.is_some() || self.max_tlp.is_some()
    }

    /// The arguments as the user would write them.
    pub fn words(&self) -> Vec<String> {
        let day = self
            .as_of
            .as_ref()
            .map(|day| format!("--as-of={}", day.written()));
        let level = self.max_tlp.map(|level| format!("--max-tlp={level}"));
        let mut words: Vec<String> = [day, level].into_iter().flatten().collect();
        words.extend(self.tables.words());
        words.extend(self.marks.words());
        words
    }

    /// The timeline without anything marked above `--max-tlp`.
    ///
    /// # Errors
    /// The option is given, and something has no marking.
    pub fn by_marking(
        &self,
        texts: &[SourceText],
        files: &[RecognisedFile],
        whole: Timeline,
    ) -> Result<Timeline> {
        let Some(ceiling) = self.max_tlp else {
            return Ok(whole);
        };
        all_marked(texts, files)?;
        let is_unread = whole.head().tlp_unread;
        let shown = whole.up_to(ceiling);
        shown.map_err(|unmarked| not_marked(&unmarked.0, files, is_unread).into())
    }

    /// The timeline as of `--as-of`; `None` without the option.
    ///
    /// # Errors
    /// The day has no end.
    pub fn by_day(&self, whole: &Timeline) -> Result<Option<Timeline>> {
        let known = self.as_of.as_ref().map(|day| whole.as_of(day));
        let known = known.transpose();
        known.map_err(|error| CommandError::usage(format!("`--as-of`: {error}")).into())
    }
}

/// Refuses several files if one has no marking: the marking of one does not cover the others.
fn all_marked(texts: &[SourceText], files: &[RecognisedFile]) -> Result<()> {
    if texts.len() < 2 {
        return Ok(());
    }
    let mut files = texts.iter().zip(files);
    let Some((text, file)) = files.find(|(_, file)| !file.is_marked) else {
        return Ok(());
    };
    let name = clean(text.name());
    let hint = file.reader.map_or(
        "`dateline check` shows how to turn it into a log or a timeline",
        |reader| reader.marking_hint,
    );
    let message = format!("`--max-tlp`: `{name}` has no marking");
    Err(CommandError::usage(message).hint(hint).into())
}

fn not_marked(
    unmarked: &RedactionCounts,
    files: &[RecognisedFile],
    is_unread: bool,
) -> CommandError {
    if is_unread {
        return CommandError::usage("`--max-tlp`: the marking of the file cannot be read")
            .hint("fix `tlp` in `[timeline]`: `dateline check` shows it");
    }
    let things = crate::document::counted(unmarked);
    let error = CommandError::usage(format!("`--max-tlp`: no marking is given for {things}"));
    match files.iter().find_map(|file| file.reader) {
        Some(reader) => error.hint(reader.marking_hint),
        None => error,
    }
}

/// A day that has an end.
///
/// # Errors
/// The mistake, and what was expected.
pub(super) fn parse_day(text: &str) -> Result<EventDate, String> {
    let day = EventDate::parse(text).map_err(|error| match &error.help {
        Some(help) => format!("{error}: {help}"),
        None => format!("{error}; expected {}", error.expected),
    })?;
    if day.end().latest.is_bounded() {
        Ok(day)
    } else {
        Err("expected a day that has an end, such as 2023-08-08".to_owned())
    }
}

pub(super) fn levels() -> impl TypedValueParser<Value = Tlp> {
    let names = Tlp::ALL.iter().map(|tlp| tlp.as_str());
    PossibleValuesParser::new(names)
        .map(|name| Tlp::parse(&name).expect("clap lets only markings through"))
}
