//! The settings that are in effect: those of the table, then of the environment, then of the user's
//! file, then of the command line, each with where it comes from.
//!
//! Wrong settings never stop the viewer: what cannot be taken is told, and the default stands in for
//! just that setting. What the program does with a setting is not known here.

mod keys;
pub mod kinds;
pub mod place;
mod read;
pub mod table;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::input;
use super::look::Wish;
use crate::app::Effect;
use crate::app::model::{Model, Problem};
use crate::diagnostic::{Diagnostic, Place, SourceText};
use crate::ui::theme::Theme;
pub(super) use keys::{is_fixed, names as origin_name};
pub use read::read;
pub use table::{SETTINGS, Setting, Values};

/// Which file of settings is read.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct SettingsFile {
    /// Read the settings from another file than the usual one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Read no settings
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl SettingsFile {
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
    /// Nobody asked for anything else.
    Default,
    /// A variable of the environment.
    Environment(&'static str),
    /// A line of the file.
    File(String, usize),
    /// An option.
    CommandLine(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::Environment(name) => write!(formatter, "environment: {name}"),
            Self::File(name, line) => write!(formatter, "{name}:{line}"),
            Self::CommandLine(option) => write!(formatter, "command line: {option}"),
        }
    }
}

/// The settings in effect.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The settings.
    pub values: Values,
    /// Where settings and the keys of commands come from, by name; the default for what is not there.
    origins: Vec<(&'static str, Origin)>,
    /// What is wrong with the file.
    pub findings: Vec<Diagnostic>,
    /// The file, if there is one.
    pub texts: Vec<SourceText>,
}

impl Effective {
    /// What a file says, over the defaults and the environment.
    pub fn of(text: Option<SourceText>, no_colour: Option<OsString>) -> Self {
        let mut effective = Self::default();
        // no-color.org: "user-level configuration files and per-instance command-line arguments
        // should override NO_COLOR", and an empty value is none.
        if no_colour.is_some_and(|value| !value.is_empty()) {
            effective.values.theme = Theme::Mono;
            effective.note("theme", Origin::Environment("NO_COLOR"));
        }
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
    pub fn origin(&self, name: &str) -> &Origin {
        let origin = self.origins.iter().find(|(known, _)| *known == name);
        origin.map_or(&Origin::Default, |(_, origin)| origin)
    }

    fn note(&mut self, name: &'static str, origin: Origin) {
        self.origins.retain(|(known, _)| *known != name);
        self.origins.push((name, origin));
    }

    /// What the command line says, over all else: a theme, or that it be the one that fits the background.
    #[must_use]
    pub(super) fn with_theme(mut self, wish: Option<Wish>) -> Self {
        match wish {
            Some(Wish(Some(theme))) => {
                self.values.theme = theme;
                self.note("theme", Origin::CommandLine("--theme"));
            }
            Some(Wish(None)) => self.origins.retain(|(name, _)| *name != "theme"),
            None => {}
        }
        self
    }

    /// The theme that somebody asked for; where nobody did, the one that fits the terminal.
    pub(super) fn wish(&self) -> Option<Wish> {
        let is_asked_for = matches!(
            self.origin("theme"),
            Origin::File(..) | Origin::CommandLine(_)
        );
        is_asked_for.then_some(Wish(Some(self.values.theme)))
    }

    /// The findings as the viewer shows them.
    pub fn problems(&self) -> Vec<Problem> {
        let problem = |finding| input::problem(finding, &self.texts);
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

/// The settings that are in effect for a person: with the environment, the usual file and the theme
/// of the command line.
///
/// # Errors
/// A file that was named on the command line and cannot be read is a failure, as any other is.
pub(super) fn load(file: &SettingsFile, theme: Option<Wish>) -> Result<Effective> {
    let no_colour = std::env::var_os("NO_COLOR");
    if let Some(named) = &file.config {
        let text = input::read_file(named)?;
        return Ok(Effective::of(Some(text), no_colour).with_theme(theme));
    }
    let effective = match file.path().map(|path| usual(&path)) {
        Some(Ok(text)) => Effective::of(text, no_colour),
        Some(Err(unread)) => {
            let mut effective = Effective::of(None, no_colour);
            effective.findings.push(unread.finding);
            effective.texts.push(unread.text);
            effective
        }
        None => Effective::of(None, no_colour),
    };
    Ok(effective.with_theme(theme))
}

/// The settings of a named file alone: the environment has no say.
pub(super) fn named(file: &Path) -> Result<Effective> {
    Ok(Effective::of(Some(input::read_file(file)?), None))
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
        Ok(found) if !found.is_file() => "it is no file".to_owned(),
        Ok(_) => match input::read_file(path) {
            Ok(text) => return Ok(Some(text)),
            Err(error) => error.root_cause().to_string(),
        },
    };
    let name = path.display().to_string();
    let message = format!("`{name}` cannot be read: {why}");
    let finding = Diagnostic::new(&kinds::SETTINGS_NOT_READ, Place::default(), message)
        .help("mend it, name another file with `--config`, or read none with `--no-config`");
    let text = SourceText::new(name, "");
    Err(Box::new(Unread { finding, text }))
}

/// A path below something that is no directory leads nowhere either.
fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}
