//! The settings in effect, each with its origin: the command line overrides the user's file, the file the environment,
//! and the environment the defaults.
//!
//! Wrong settings never stop the viewer: a wrong value is reported, and the default replaces that one setting. This
//! module does not know what the program does with a setting.

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
use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};
use crate::ui::theme::ScreenAppearance;
pub(super) use keys::{is_fixed, origin_name};
pub use read::read;
pub use table::{SETTINGS, SettingRow, SettingValues};

/// The arguments that override settings, and those that choose the settings file.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct SettingsArgs {
    /// Colour theme; auto follows the terminal
    #[arg(long, value_name = "THEME", value_parser = ThemeChoice::parser())]
    pub theme: Option<ThemeChoice>,

    /// Draw in ASCII only (the default in locales without UTF-8)
    #[arg(long)]
    pub ascii: bool,

    /// Do not reload files when they are saved
    #[arg(long)]
    pub no_watch: bool,

    /// Read the settings from FILE instead of the usual place
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Read no settings
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl SettingsArgs {
    /// The path of the settings file; `None` with `--no-config`, or if no place for it is known.
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
pub enum SettingOrigin {
    Default,
    /// The name of a variable.
    Environment(&'static str),
    /// The name of the file, and the line.
    File(String, usize),
    /// The name of the option.
    CommandLine(&'static str),
    /// The value is `auto`, from this origin; a variable of the environment may have decided.
    Auto(Box<SettingOrigin>, Option<&'static str>),
}

impl fmt::Display for SettingOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::Environment(name) => write!(formatter, "environment: {name}"),
            Self::File(name, line) => write!(formatter, "{name}:{line}"),
            Self::CommandLine(option) => write!(formatter, "command line: {option}"),
            Self::Auto(origin, None) => write!(formatter, "{origin}: auto"),
            Self::Auto(origin, Some(name)) => {
                write!(formatter, "{origin}: auto, environment: {name}")
            }
        }
    }
}

/// The settings in effect.
#[derive(Clone, Debug, Default)]
pub struct EffectiveSettings {
    values: SettingValues,
    /// Decides the settings that are `auto`.
    terminal: TerminalCapabilities,
    /// The origins of settings and of the keys of commands, by name. Defaults are not listed.
    origins: Vec<(&'static str, SettingOrigin)>,
    pub findings: Vec<Diagnostic>,
    /// The text of the file, if there is one.
    pub texts: Vec<SourceText>,
    /// The path of the file, if it was read.
    pub file: Option<PathBuf>,
}

impl EffectiveSettings {
    /// The settings of a file, over the environment and the defaults.
    fn of(text: Option<SourceText>, terminal: TerminalCapabilities) -> Self {
        let mut effective = Self {
            terminal,
            ..Self::default()
        };
        if let Some(text) = text {
            effective.add_file(text);
        }
        effective
    }

    fn add_file(&mut self, text: SourceText) {
        let name = Path::new(text.name()).file_name();
        let name = name.map_or_else(|| text.name().into(), |name| name.to_string_lossy());
        let (accepted, findings) = read(&text, &mut self.values);
        for (setting, line) in accepted {
            self.set_origin(
                setting,
                SettingOrigin::File(name.clone().into_owned(), line),
            );
        }
        self.findings.extend(findings);
        self.texts.push(text);
    }

    /// The origin of a setting, or of the keys of a command as `keys.NAME`.
    pub fn origin(&self, name: &str) -> SettingOrigin {
        let stated = self.origins.iter().find(|(known, _)| *known == name);
        let stated = stated.map(|(_, origin)| origin.clone());
        let variable = match name {
            "theme" if self.values.theme.is_none() => self.terminal.theme.by,
            "ascii" if self.values.ascii.is_none() => self.terminal.ascii.by,
            _ => return stated.unwrap_or(SettingOrigin::Default),
        };
        match (stated, variable) {
            (Some(origin), variable) => SettingOrigin::Auto(Box::new(origin), variable),
            (None, Some(variable)) => SettingOrigin::Environment(variable),
            (None, None) => SettingOrigin::Default,
        }
    }

    /// The settings, with `auto` resolved by the environment.
    pub fn resolved(&self) -> SettingValues {
        let appearance = self.appearance();
        SettingValues {
            theme: Some(appearance.theme),
            ascii: Some(appearance.is_ascii),
            ..self.values.clone()
        }
    }

    pub fn appearance(&self) -> ScreenAppearance {
        let TerminalCapabilities {
            theme,
            depth,
            ascii,
        } = self.terminal;
        ScreenAppearance {
            theme: self.values.theme.unwrap_or(theme.value),
            depth: depth.value,
            is_ascii: self.values.ascii.unwrap_or(ascii.value),
        }
    }

    /// Whether files are reloaded when they are saved.
    pub fn watch(&self) -> bool {
        self.values.watch
    }

    /// The origin of the number of colours.
    pub(super) fn depth_origin(&self) -> SettingOrigin {
        let by = self.terminal.depth.by;
        by.map_or(SettingOrigin::Default, SettingOrigin::Environment)
    }

    fn set_origin(&mut self, name: &'static str, origin: SettingOrigin) {
        self.origins.retain(|(known, _)| *known != name);
        self.origins.push((name, origin));
    }

    /// Overrides the settings by the arguments.
    #[must_use]
    fn with(mut self, options: &SettingsArgs) -> Self {
        if options.no_watch {
            self.values.watch = false;
            self.set_origin("watch", SettingOrigin::CommandLine("--no-watch"));
        }
        self.with_appearance(options.theme, options.ascii)
    }

    /// Overrides the theme and ASCII, if the arguments request them.
    #[must_use]
    pub(super) fn with_appearance(mut self, theme: Option<ThemeChoice>, ascii: bool) -> Self {
        if let Some(ThemeChoice(theme)) = theme {
            self.values.theme = theme;
            self.set_origin("theme", SettingOrigin::CommandLine("--theme"));
        }
        if ascii {
            self.values.ascii = Some(true);
            self.set_origin("ascii", SettingOrigin::CommandLine("--ascii"));
        }
        self
    }

    /// The findings as the viewer shows them.
    pub fn problems(&self) -> Vec<Problem> {
        let is_there = self.file.is_some();
        let problem = |finding: &Diagnostic| Problem {
            at: is_there.then(|| {
                let range = finding.place.start()..finding.place.end();
                TextPlace::new(FileId::SETTINGS, range)
            }),
            ..input::problem(finding, &self.texts)
        };
        self.findings.iter().map(problem).collect()
    }

    /// Applies the settings to a model. Returns the effects that they need.
    pub fn apply(&self, model: Model) -> (Model, Vec<Effect>) {
        let settings = self.resolved().settings();
        let effects = if settings.mouse {
            Vec::new()
        } else {
            vec![Effect::Mouse(false)]
        };
        (model.with_settings(settings, self.problems()), effects)
    }
}

/// The settings in effect, from the environment, the settings file and the arguments.
///
/// # Errors
/// The file that `--config` names cannot be read.
pub(super) fn load(options: &SettingsArgs) -> Result<EffectiveSettings> {
    let terminal = TerminalCapabilities::here();
    let path = options.path();
    if let Some(named) = &options.config {
        let text = input::read_file(named)?;
        let mut effective = EffectiveSettings::of(Some(text), terminal);
        effective.file = path;
        return Ok(effective.with(options));
    }
    let effective = match path.as_deref().map(read_usual) {
        Some(Ok(text)) => {
            let file = path.filter(|_| text.is_some());
            let mut effective = EffectiveSettings::of(text, terminal);
            effective.file = file;
            effective
        }
        Some(Err(unread)) => {
            let mut effective = EffectiveSettings::of(None, terminal);
            effective.findings.push(unread.finding);
            effective.texts.push(unread.text);
            effective
        }
        None => EffectiveSettings::of(None, terminal),
    };
    Ok(effective.with(options))
}

/// The settings of a named file, without the environment.
pub(super) fn named(file: &Path) -> Result<EffectiveSettings> {
    let text = input::read_file(file)?;
    Ok(EffectiveSettings::of(
        Some(text),
        TerminalCapabilities::default(),
    ))
}

struct UnreadSettings {
    finding: Diagnostic,
    text: SourceText,
}

/// The text of the settings file at the usual place; `None` if there is no such file.
fn read_usual(path: &Path) -> Result<Option<SourceText>, Box<UnreadSettings>> {
    let why = match std::fs::metadata(path) {
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => error.to_string(),
        // A pipe or a device in its place could block the viewer.
        Ok(found) if !found.is_file() => "it is not a file".to_owned(),
        Ok(_) => match input::read_file(path) {
            Ok(text) => return Ok(Some(text)),
            Err(error) => error.root_cause().to_string(),
        },
    };
    let name = path.display().to_string();
    let message = format!("`{name}` cannot be read: {why}");
    let finding = Diagnostic::new(&kinds::SETTINGS_NOT_READ, TextPlace::default(), message)
        .help("fix it, name another file with `--config`, or read none with `--no-config`");
    let text = SourceText::new(name, "");
    Err(Box::new(UnreadSettings { finding, text }))
}

/// Whether there is no such file. A path below a file does not exist either.
fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}
