//! The settings that are in effect: those of the table, then of the environment, then of the user's
//! file, then of the command line, each with where it comes from.
//!
//! Wrong settings never stop the viewer: what cannot be taken is reported, and the default replaces
//! just that setting. What the program does with a setting is not known here.

mod entry;
mod keys;
pub mod kinds;
pub mod place;
mod read;
pub mod table;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::capabilities::{TerminalCapabilities, ThemeChoice};
use super::input;
use crate::app::Effect;
use crate::app::model::Model;
use crate::app::state::problem::Problem;
use crate::diagnostic::{Diagnostic, FileId, Place, SourceText};
use crate::ui::theme::Look;
pub(super) use keys::{is_fixed, names as origin_name};
pub use read::read;
pub use table::{SETTINGS, Setting, Values};

/// What the command line says over the settings, and which file of them is read.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Options {
    /// How meanings look; auto fits the terminal
    #[arg(long, value_name = "THEME", value_parser = ThemeChoice::parser())]
    pub theme: Option<ThemeChoice>,

    /// Draw in ASCII only (the default in locales without UTF-8)
    #[arg(long)]
    pub ascii: bool,

    /// Do not look at the files again when they are saved
    #[arg(long)]
    pub no_watch: bool,

    /// Read the settings from another file than the usual one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Read no settings
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl Options {
    /// Where the file is looked for; none if no settings are read, or no place for them is known.
    pub fn path(&self) -> Option<PathBuf> {
        if self.no_config {
            return None;
        }
        self.config
            .clone()
            .or_else(|| place::file(|name| std::env::var_os(name)))
    }
}

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The default.
    Default,
    /// A variable of the environment.
    Environment(&'static str),
    /// A line of the file.
    File(String, usize),
    /// An option.
    CommandLine(&'static str),
    /// The environment; a variable may have decided.
    Left(Box<Origin>, Option<&'static str>),
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::Environment(name) => write!(formatter, "environment: {name}"),
            Self::File(name, line) => write!(formatter, "{name}:{line}"),
            Self::CommandLine(option) => write!(formatter, "command line: {option}"),
            Self::Left(by_whom, None) => write!(formatter, "{by_whom}: auto"),
            Self::Left(by_whom, Some(name)) => {
                write!(formatter, "{by_whom}: auto, environment: {name}")
            }
        }
    }
}

/// The settings in effect.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The settings.
    values: Values,
    /// What decides where they leave it open.
    surroundings: TerminalCapabilities,
    /// Where settings and the keys of commands come from, by name; the default for what is not there.
    origins: Vec<(&'static str, Origin)>,
    /// Findings in the file.
    pub findings: Vec<Diagnostic>,
    /// The text of the file, if there is one.
    pub texts: Vec<SourceText>,
    /// Where it was read, unless it could not be.
    pub file: Option<PathBuf>,
}

impl Effective {
    /// What a file says, over the defaults and the environment.
    fn of(text: Option<SourceText>, surroundings: TerminalCapabilities) -> Self {
        let mut effective = Self {
            surroundings,
            ..Self::default()
        };
        if let Some(text) = text {
            effective.take(text);
        }
        effective
    }

    fn take(&mut self, text: SourceText) {
        let name = Path::new(text.name()).file_name();
        let name = name.map_or_else(|| text.name().into(), |name| name.to_string_lossy());
        let (taken, findings) = read(&text, &mut self.values);
        for (setting, line) in taken {
            self.note(setting, Origin::File(name.clone().into_owned(), line));
        }
        self.findings.extend(findings);
        self.texts.push(text);
    }

    /// Where a setting, or the keys of a command as `keys.NAME`, comes from.
    pub fn origin(&self, name: &str) -> Origin {
        let said = self.origins.iter().find(|(known, _)| *known == name);
        let said = said.map(|(_, origin)| origin.clone());
        let variable = match name {
            "theme" if self.values.theme.is_none() => self.surroundings.theme.by,
            "ascii" if self.values.ascii.is_none() => self.surroundings.ascii.by,
            _ => return said.unwrap_or(Origin::Default),
        };
        match (said, variable) {
            (Some(by_whom), variable) => Origin::Left(Box::new(by_whom), variable),
            (None, Some(variable)) => Origin::Environment(variable),
            (None, None) => Origin::Default,
        }
    }

    /// The settings, with what the environment decides where they leave it open.
    pub fn settled(&self) -> Values {
        let look = self.look();
        Values {
            theme: Some(look.theme),
            ascii: Some(look.is_ascii),
            ..self.values.clone()
        }
    }

    /// How everything looks.
    pub fn look(&self) -> Look {
        let TerminalCapabilities {
            theme,
            depth,
            ascii,
        } = self.surroundings;
        Look {
            theme: self.values.theme.unwrap_or(theme.value),
            depth: depth.value,
            is_ascii: self.values.ascii.unwrap_or(ascii.value),
        }
    }

    /// Whether the files are looked at again when they are saved.
    pub fn watch(&self) -> bool {
        self.values.watch
    }

    /// The variable that says how many colours there are, if one does.
    pub(super) fn depth_origin(&self) -> Origin {
        let by = self.surroundings.depth.by;
        by.map_or(Origin::Default, Origin::Environment)
    }

    fn note(&mut self, name: &'static str, origin: Origin) {
        self.origins.retain(|(known, _)| *known != name);
        self.origins.push((name, origin));
    }

    /// What the command line says, over all else.
    #[must_use]
    fn with(mut self, options: &Options) -> Self {
        if options.no_watch {
            self.values.watch = false;
            self.note("watch", Origin::CommandLine("--no-watch"));
        }
        self.with_look(options.theme, options.ascii)
    }

    /// With a theme and ASCII, if the arguments request them.
    #[must_use]
    pub(super) fn with_look(mut self, theme: Option<ThemeChoice>, ascii: bool) -> Self {
        if let Some(ThemeChoice(theme)) = theme {
            self.values.theme = theme;
            self.note("theme", Origin::CommandLine("--theme"));
        }
        if ascii {
            self.values.ascii = Some(true);
            self.note("ascii", Origin::CommandLine("--ascii"));
        }
        self
    }

    /// The findings as the viewer shows them.
    pub fn problems(&self) -> Vec<Problem> {
        let is_there = self.file.is_some();
        let problem = |finding: &Diagnostic| Problem {
            at: is_there.then(|| {
                let range = finding.place.start()..finding.place.end();
                Place::new(FileId::SETTINGS, range)
            }),
            ..input::problem(finding, &self.texts)
        };
        self.findings.iter().map(problem).collect()
    }

    /// The program with these settings, and what that asks of the world.
    pub fn give(&self, model: Model) -> (Model, Vec<Effect>) {
        let settings = self.values.settings();
        let effects = if settings.mouse {
            Vec::new()
        } else {
            vec![Effect::Mouse(false)]
        };
        (model.with_settings(settings, self.problems()), effects)
    }
}

/// The settings that are in effect for a person: with the environment, the usual file and the command
/// line.
///
/// # Errors
/// A file that was named on the command line and cannot be read is a failure, as any other is.
pub(super) fn load(options: &Options) -> Result<Effective> {
    let surroundings = TerminalCapabilities::here();
    let path = options.path();
    if let Some(named) = &options.config {
        let text = input::read_file(named)?;
        let mut effective = Effective::of(Some(text), surroundings);
        effective.file = path;
        return Ok(effective.with(options));
    }
    let effective = match path.as_deref().map(usual) {
        Some(Ok(text)) => {
            let file = path.filter(|_| text.is_some());
            let mut effective = Effective::of(text, surroundings);
            effective.file = file;
            effective
        }
        Some(Err(unread)) => {
            let mut effective = Effective::of(None, surroundings);
            effective.findings.push(unread.finding);
            effective.texts.push(unread.text);
            effective
        }
        None => Effective::of(None, surroundings),
    };
    Ok(effective.with(options))
}

/// The settings of a named file alone: the environment has no say.
pub(super) fn named(file: &Path) -> Result<Effective> {
    let text = input::read_file(file)?;
    Ok(Effective::of(Some(text), TerminalCapabilities::default()))
}

struct Unread {
    finding: Diagnostic,
    text: SourceText,
}

/// The file at the usual place; that there is none is the usual thing.
fn usual(path: &Path) -> Result<Option<SourceText>, Box<Unread>> {
    let why = match std::fs::metadata(path) {
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => error.to_string(),
        // A pipe or a device in its place would keep the viewer waiting.
        Ok(found) if !found.is_file() => "it is not a file".to_owned(),
        Ok(_) => match input::read_file(path) {
            Ok(text) => return Ok(Some(text)),
            Err(error) => error.root_cause().to_string(),
        },
    };
    let name = path.display().to_string();
    let message = format!("`{name}` cannot be read: {why}");
    let finding = Diagnostic::new(&kinds::SETTINGS_NOT_READ, Place::default(), message)
        .help("fix it, name another file with `--config`, or read none with `--no-config`");
    let text = SourceText::new(name, "");
    Err(Box::new(Unread { finding, text }))
}

/// A path below a file leads nowhere either.
fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}
