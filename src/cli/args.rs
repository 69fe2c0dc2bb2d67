//! The arguments of the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};

use super::argument_values::{PressedKeys, parse_elapsed, parse_keys, parse_size};
use super::baseline::BaselineArgs;
use super::capabilities::ThemeChoice;
use super::check_args::CheckArgs;
use super::diff_args::DiffArgs;
use super::export_args::ExportArgs;
use super::filter_args::FilterArgs;
use super::help_names::HelpNames;
use super::import_args::{ImportArgs, import_help};
use super::list::{ListContent, ListOptions};
use super::marks_args::MarksArgs;
use super::new_args::NewArgs;
use super::query_args::QueryArgs;
use super::redaction_args::RedactionArgs;
use super::settings::SettingsArgs;
use crate::terminal::TestPanic;
use crate::timeline::Clock;
use crate::ui::screenshot::ScreenshotFormat;
use crate::ui::theme::ColourDepth;

/// A viewer for timelines of cyber incidents: imprecise dates, claims kept apart, evidence one key away.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Without a file, dateline opens the shipped case. Press ? for the keys, q to quit.\n\
                  The key e opens the editor that VISUAL or EDITOR names.\n\
                  Exit status: 0 success, 1 errors in the timeline, 2 wrong usage, 3 an error of the system; \
                  130 after ctrl-c."
)]
pub(super) struct CliArgs {
    #[command(subcommand)]
    pub command: Option<CliCommand>,

    /// Timelines to open together; - is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub withholding: RedactionArgs,

    #[command(flatten)]
    pub marks: MarksArgs,

    #[command(flatten)]
    pub baseline: BaselineArgs,

    #[command(flatten)]
    pub settings: SettingsArgs,

    /// On quitting, print the current filter as a view to paste into the file
    #[arg(long)]
    pub print_view: bool,

    /// Converse in sentences, for a screen reader; in a pipe, print them (the default with TERM=dumb)
    #[arg(long, conflicts_with_all = ["print_view", "theme", "ascii"])]
    pub linear: bool,

    /// Panic in a thread, on an exclamation mark or the first filter
    #[cfg(debug_assertions)]
    #[arg(long, hide = true, value_name = "THREAD", value_parser = faults())]
    pub panic_in: Option<TestPanic>,
}

impl CliArgs {
    /// Finds the marks files of the timeline, which are read and redacted with it.
    pub fn with_marks_files(mut self) -> Self {
        match &mut self.command {
            None => self.withholding.marks = self.marks.files(&self.files),
            Some(CliCommand::List(list)) => list.withholding.marks = list.marks.files(&list.files),
            Some(CliCommand::Frame(frame)) => {
                frame.withholding.marks = frame.marks.files(&frame.files);
            }
            Some(CliCommand::Export(export)) => {
                export.withholding.marks = export.marked_args.marks.files(&export.files);
                export.narrowing.only_marked = export.marked_args.marked;
            }
            Some(CliCommand::Import(import)) => {
                import.narrowing.only_marked = import.marked_args.marked;
            }
            Some(_) => {}
        }
        self
    }

    /// Whether everything is said in sentences.
    pub fn is_linear(&self) -> bool {
        let command = self.command.as_ref();
        self.linear || matches!(command, Some(CliCommand::Brief(brief)) if brief.linear)
    }

    /// Where a test makes the program panic. Releases have no such option.
    pub fn fault(&self) -> Option<TestPanic> {
        #[cfg(debug_assertions)]
        return self.panic_in;
        #[cfg(not(debug_assertions))]
        return None;
    }
}

#[cfg(debug_assertions)]
fn faults() -> impl clap::builder::TypedValueParser<Value = TestPanic> {
    use clap::builder::TypedValueParser;
    PossibleValuesParser::new(["main", "input", "filter"]).map(|name| match name.as_str() {
        "main" => TestPanic::Main,
        "input" => TestPanic::Input,
        _ => TestPanic::Worker,
    })
}

#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// Begin a timeline, from a template or from a table
    #[command(
        after_help = "Example: dateline new > case.toml\n         dateline new --kind incident --title 'The mail server' --tlp amber\n         dateline new --from hayabusa.csv --title 'The mail server'\n\
                            Replace the texts that ask a question. Delete the # in front of a key to use it."
    )]
    New(NewArgs),
    /// Print the events as plain text, one per line
    #[command(
        after_help = "Example: dateline list --filter 'phase:sanction when:2024'\n         dateline list --count --filter 'contested:yes'\n         dateline list --clock disclosed"
    )]
    List(ListArgs),
    /// Check timelines and suggest fixes
    #[command(
        after_help = "Example: dateline check timeline.toml\n         dateline check --fix --yes timeline.toml\n         \
                            dateline check --format sarif timeline.toml > timeline.sarif\n         \
                            dateline check --explain date-not-edtf"
    )]
    Check(CheckArgs),
    /// Render the screen after a sequence of keys, without a terminal
    #[command(
        after_help = "Example: dateline frame timeline.toml --size 80x24 --keys 'jj<enter>'\n\
                            Keys are written as they are typed; others by name: <enter> <esc> <tab> <backtab> <up> <down>\n\
                            <left> <right> <pgup> <pgdn> <home> <end> <space> <backspace> <delete> <lt> <f1> <ctrl-d>\n\
                            <click-12-5> <resize-100-30>"
    )]
    Frame(FrameArgs),
    /// Present a timeline's scenes as a briefing
    #[command(
        after_help = "Example: dateline brief --follow, in a second terminal\n         dateline brief --audience ministers --check --minutes 20\n\
                            Keys: space for the next step, b back, tab to explore off the path, ? for all keys"
    )]
    Brief(BriefArgs),
    /// Compare two timelines, two versions of one, or what was known on two days
    #[command(
        after_help = "Example: dateline diff old.toml new.toml\n         dateline diff case.toml, against the last commit\n         \
                      dateline diff --known 2023-08-07..2024-03-25 case.toml\n\
                      Exit status: 0 no difference, 1 differences, 2 wrong usage, 3 an error of the system."
    )]
    Diff(DiffArgs),
    /// Write a handout for readers, or records for other tools
    #[command(
        after_help = "Example: dateline export --to markdown --filter 'phase:sanction'\n         dateline export timeline.toml --to html > handout.html\n         dateline export --to html --audience ministers > brief.html"
    )]
    Export(ExportArgs),
    /// Write events of logs as a timeline to edit further
    #[command(after_help = import_help())]
    Import(ImportArgs),
    /// Write a filter as a query for a database that has the events, to open its answer
    #[command(
        after_help = "Example: dateline query --for clickhouse --columns datetime,message,host 'when:2021-08 mail01'\n         \
                            dateline query --for duckdb --like hayabusa.csv 'tag:high when:2021-08'\n         \
                            dateline query --list\n\
                            The query finds at least what the filter finds: open its answer with the same filter, from a pipe.\n\
                            Without --columns or --like, dates are asked of the column `datetime`, or that of --map, and other\n\
                            values of the whole row."
    )]
    Query(QueryArgs),
    /// Print the settings in effect, and the origin of each
    #[command(
        after_help = "Example: dateline config\n         dateline config --path\n\
                            Save the output as the settings file to keep it. Errors go to standard error, with exit status 1."
    )]
    Config(ConfigArgs),
    /// Print the JSON Schema of a timeline file, for an editor
    #[command(after_help = "Example: dateline schema > dateline.schema.json\n\
                      A timeline that begins `#:schema ./dateline.schema.json` is then checked by editors that know TOML.")]
    Schema,
    /// Serve an editor: findings, completion and names while a timeline is written (LSP)
    #[command(
        after_help = "An editor starts it, and speaks the Language Server Protocol over standard input and output.\n\
                      `dateline help editors` has the settings of editors.\n\
                      Exit status: 0 after an orderly end, 1 if the editor hung up, 2 wrong usage."
    )]
    Lsp,
    /// Print shell completions
    #[command(
        after_help = "Example: dateline completions bash\n         dateline completions zsh > _dateline"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(
        after_help = "Example: dateline man > dateline.1\n         dateline man --dir man && man -l man/dateline-filter.7"
    )]
    Man {
        /// Write all pages into FOLDER: subcommands, file format, filters, briefing
        #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
    /// Show a topic of the guide, or list the topics
    #[command(
        after_help = "Example: dateline help\n         dateline help filters\n         dateline help list"
    )]
    Help {
        /// A topic, or a subcommand
        #[arg(value_name = "TOPIC", value_parser = HelpNames)]
        topic: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    /// Print only the path of the settings file
    #[arg(long, conflicts_with = "no_config")]
    pub path: bool,

    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct BriefArgs {
    /// Timelines to open together; without any, the shipped case
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub withholding: RedactionArgs,

    /// Show only the scenes for this audience and those for everyone
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,

    #[command(flatten)]
    pub settings: SettingsArgs,

    #[command(flatten)]
    pub second: SecondTerminalArgs,

    #[command(flatten)]
    pub resuming: ResumeArgs,

    /// Begin with a scene about what changed since: a day such as 2023-08-07, an older file, or a revision
    #[arg(long, value_name = "SINCE")]
    pub since: Option<String>,

    /// Present the scenes in sentences, one by one with enter, for a screen reader (the default with TERM=dumb)
    #[arg(long, conflicts_with_all = ["check", "follow", "theme", "ascii"])]
    pub linear: bool,

    /// Rehearse the briefing without a terminal and list its problems
    #[arg(long)]
    pub check: bool,

    /// With --check: terminal sizes in which every word must fit
    #[arg(
        long = "size", value_name = "WIDTHxHEIGHT", requires = "check",
        default_values = ["80x24", "120x36"], value_delimiter = ',', value_parser = parse_size
    )]
    pub sizes: Vec<(u16, u16)>,

    /// With --check: time budget in minutes
    #[arg(long, value_name = "MINUTES", requires = "check")]
    pub minutes: Option<u32>,
}

/// The second terminal of a briefing.
#[derive(Debug, clap::Args)]
pub(super) struct SecondTerminalArgs {
    /// Show notes, clock and the next scene in a second terminal, while another presents the same files
    #[arg(long, conflicts_with = "check")]
    pub follow: bool,

    /// Move the briefing on from the second terminal; give this option to both terminals
    #[arg(long, conflicts_with_all = ["check", "linear"])]
    pub drive: bool,
}

/// Whether a briefing resumes where the last one stopped. By default it offers to.
#[derive(Debug, clap::Args)]
pub(super) struct ResumeArgs {
    /// Resume the last briefing of the same files, if it stopped within the last day
    #[arg(long, conflicts_with_all = ["check", "follow", "linear", "from_start"])]
    pub resume: bool,

    /// Start from the first scene, without offering to resume the last briefing
    #[arg(long, conflicts_with_all = ["check", "follow", "linear"])]
    pub from_start: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Timelines to read together; - is standard input; without any, the shipped case
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub withholding: RedactionArgs,

    #[command(flatten)]
    pub marks: MarksArgs,

    #[command(flatten)]
    pub baseline: BaselineArgs,

    /// Sort by another clock, and print its times
    #[arg(long, value_name = "CLOCK", value_parser = clocks())]
    pub clock: Option<Clock>,

    /// Print only the number of events
    #[arg(long)]
    pub count: bool,
}

impl ListArgs {
    pub fn options(&self) -> ListOptions<'_> {
        // A count is the same on every clock.
        let content = if self.count {
            ListContent::Count
        } else {
            ListContent::Events(self.clock)
        };
        ListOptions {
            files: &self.files,
            narrowing: &self.narrowing,
            withholding: &self.withholding,
            baseline: &self.baseline,
            content,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct FrameArgs {
    /// Timelines to open together; - is standard input; without any, the shipped case
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Columns and rows of the screen
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "120x36", value_parser = parse_size)]
    pub size: (u16, u16),

    /// Keys to press
    #[arg(long, value_name = "KEYS", default_value = "", value_parser = parse_keys, allow_hyphen_values = true)]
    pub keys: PressedKeys,

    /// Start a briefing with the scenes for this audience and those for everyone
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,

    /// Show the second terminal of a briefing, after the presenter pressed these keys
    #[arg(long, value_name = "KEYS", value_parser = parse_keys, allow_hyphen_values = true)]
    pub follow: Option<PressedKeys>,

    /// Time since the presenter pressed those keys
    #[arg(long, value_name = "M:SS", default_value = "0:00", value_parser = parse_elapsed, requires = "follow")]
    pub elapsed: u64,

    /// Colour theme
    #[arg(long, value_name = "THEME", value_parser = ThemeChoice::parser())]
    pub theme: Option<ThemeChoice>,

    /// Draw in ASCII only
    #[arg(long)]
    pub ascii: bool,

    /// Number of colours of the terminal
    #[arg(long, value_enum, value_name = "COLOURS", default_value = "256")]
    pub depth: FrameDepth,

    /// Settings file; without it, the defaults apply
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: FrameFormat,

    #[command(flatten)]
    pub narrowing: FilterArgs,

    #[command(flatten)]
    pub withholding: RedactionArgs,

    #[command(flatten)]
    pub marks: MarksArgs,

    #[command(flatten)]
    pub baseline: BaselineArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FrameFormat {
    /// Characters only
    Text,
    /// Characters, then the role of each run
    Roles,
    /// Characters and escape sequences
    Ansi,
    /// A picture
    Svg,
}

/// Colours of a printed frame.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FrameDepth {
    /// No colours, whatever the theme
    None,
    /// The 16 colours that the terminal defines
    #[value(name = "16")]
    Sixteen,
    /// 256 colours, the same in all terminals
    #[value(name = "256")]
    Many,
    /// Same as 256: themes use no others
    True,
}

impl From<FrameDepth> for ColourDepth {
    fn from(depth: FrameDepth) -> Self {
        match depth {
            FrameDepth::None => Self::None,
            FrameDepth::Sixteen => Self::Sixteen,
            FrameDepth::Many | FrameDepth::True => Self::Many,
        }
    }
}

impl From<FrameFormat> for ScreenshotFormat {
    fn from(format: FrameFormat) -> Self {
        match format {
            FrameFormat::Text => Self::Text,
            FrameFormat::Roles => Self::Roles,
            FrameFormat::Ansi => Self::Ansi,
            FrameFormat::Svg => Self::Svg,
        }
    }
}

fn clocks() -> impl clap::builder::TypedValueParser<Value = Clock> {
    use clap::builder::TypedValueParser;
    let names = Clock::ALL.iter().map(|clock| clock.as_str());
    PossibleValuesParser::new(names)
        .map(|name| Clock::parse(&name).expect("clap lets only names of clocks through"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        CliArgs::command().debug_assert();
    }
}
