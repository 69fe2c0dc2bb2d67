//! The terminal's capabilities as the environment reports them: colours, background, characters.
//!
//! Only this module reads the environment: for the viewer, for output on a terminal, and for `dateline config`.
//! `dateline frame` depends on its arguments alone.
//!
//! dateline does not query the terminal itself. Through `ssh` and `tmux` an answer may come late or never, and the
//! program would take a late one for keys.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::ui::theme::{ColourDepth, Theme};

/// A variable of the environment, if it is set and not empty.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The requested theme; `None` for `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ThemeChoice(pub Option<Theme>);

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum ColourChoice {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Reads the real environment.
fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?;
    let value = value.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}

/// The value that leaves a setting to the environment.
pub(super) const AUTO: &str = "auto";

impl ThemeChoice {
    /// Reads the name of a theme, or `auto`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match Theme::parse(name) {
            None if name != AUTO => None,
            theme => Some(Self(theme)),
        }
    }

    /// The parser for the command line.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        let names = Theme::ALL.iter().map(|theme| theme.as_str());
        PossibleValuesParser::new(std::iter::once(AUTO).chain(names))
            .map(|name| Self::parse(&name).expect("clap lets only their names through"))
    }
}

/// A value from the environment, and the variable that decided it; `None` if no variable did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DetectedValue<T> {
    pub value: T,
    pub by: Option<&'static str>,
}

/// The capabilities that the environment reports. The default is a terminal that can do everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TerminalCapabilities {
    /// The theme for `--theme auto`. An explicit theme overrides `NO_COLOR` (no-color.org).
    pub theme: DetectedValue<Theme>,
    pub depth: DetectedValue<ColourDepth>,
    /// Whether the terminal shows only ASCII.
    pub ascii: DetectedValue<bool>,
}

impl TerminalCapabilities {
    /// The capabilities of this process's terminal.
    pub(super) fn here() -> Self {
        Self::of(&variable)
    }

    fn of(variable: Variable<'_>) -> Self {
        let depth = depth(variable);
        Self {
            theme: theme(depth, variable),
            depth,
            ascii: ascii(variable),
        }
    }
}

fn theme(depth: DetectedValue<ColourDepth>, variable: Variable<'_>) -> DetectedValue<Theme> {
    let detected = |value, by| DetectedValue { value, by };
    if variable("NO_COLOR").is_some() {
        return detected(Theme::Mono, Some("NO_COLOR"));
    }
    if depth.value == ColourDepth::None {
        return detected(Theme::Mono, depth.by);
    }
    match ground(variable) {
        // As rxvt sets it and vim reads it.
        Some(7 | 9..=15) => detected(Theme::Light, Some("COLORFGBG")),
        Some(_) => detected(Theme::Dark, Some("COLORFGBG")),
        None => DetectedValue::default(),
    }
}

/// `COLORFGBG` ends in the number of the background.
fn ground(variable: Variable<'_>) -> Option<u8> {
    let colours = variable("COLORFGBG")?;
    colours.rsplit(';').next()?.parse().ok()
}

/// Parts of the names of terminals with 256 colours. `ssh` passes on `TERM` and no other variable.
const CAPABLE: &[&str] = &[
    "256color",
    "direct",
    "truecolor",
    "kitty",
    "alacritty",
    "ghostty",
    "wezterm",
    "foot",
    "contour",
];

/// The number of colours, from `COLORTERM` and the name of the terminal.
fn depth(variable: Variable<'_>) -> DetectedValue<ColourDepth> {
    let detected = |value, by| DetectedValue { value, by };
    let term = variable("TERM");
    let by = term.is_some().then_some("TERM");
    let term = term.unwrap_or_default();
    let is_plain = ["-m", "-mono"].iter().any(|end| term.ends_with(end))
        || term.starts_with("vt")
        || is_dumb(&term);
    if variable("COLORTERM").is_some() {
        detected(ColourDepth::Many, Some("COLORTERM"))
    } else if CAPABLE.iter().any(|word| term.contains(word)) {
        detected(ColourDepth::Many, by)
    } else if is_plain {
        detected(ColourDepth::None, by)
    } else if cfg!(windows) {
        detected(ColourDepth::Many, None)
    } else {
        detected(ColourDepth::Sixteen, by)
    }
}

fn is_dumb(term: &str) -> bool {
    term == "dumb"
}

/// Whether the terminal can only print, without moving a cursor.
pub(super) fn only_prints() -> bool {
    variable("TERM").is_some_and(|term| is_dumb(&term))
}

/// Whether the terminal shows only ASCII, by the locale (POSIX, 8.2). Without a locale, as in most containers, UTF-8 is
/// assumed: a missing locale is more frequent than a terminal without UTF-8.
fn ascii(variable: Variable<'_>) -> DetectedValue<bool> {
    let mut names = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let found = names.find_map(|name| Some((name, variable(name)?)));
    let Some((name, locale)) = found else {
        return DetectedValue::default();
    };
    let locale = locale.to_lowercase();
    let has_more = ["utf-8", "utf8"].iter().any(|word| locale.contains(word));
    DetectedValue {
        value: !has_more,
        by: Some(name),
    }
}

/// Whether to send links (OSC 8) and titles (OSC 0). Most terminals skip them if they do not support them; some old
/// ones show such sequences as text.
pub(super) fn reads_strings() -> bool {
    knows_strings(&variable)
}

/// Whether a terminal reads the control strings of ECMA-48, even if only to skip them, by its name. tmux also calls
/// itself `screen` and reads them; older programs of that name show them.
fn knows_strings(variable: Variable<'_>) -> bool {
    let term = variable("TERM").unwrap_or_default();
    let is_unable = ["dumb", "linux", "vt", "eterm", "cons", "ansi", "sun"];
    let is_unable = is_unable.iter().any(|name| term.starts_with(name));
    let is_other_screen = term.starts_with("screen") && variable("TMUX").is_none();
    let is_windows = variable("WT_SESSION").is_some();
    is_windows || !(term.is_empty() || is_unable || is_other_screen)
}

impl ColourChoice {
    /// Whether to colour a stream.
    pub(super) fn applies(self, is_terminal: bool) -> bool {
        self.is_on(is_terminal, &variable)
    }

    /// `NO_COLOR` overrides `CLICOLOR_FORCE` (bixense.com/clicolors).
    fn is_on(self, is_terminal: bool, variable: Variable<'_>) -> bool {
        let forced = || variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let refused = || {
            variable("CLICOLOR").is_some_and(|value| value == "0")
                || variable("TERM").is_some_and(|term| is_dumb(&term))
        };
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if variable("NO_COLOR").is_some() => false,
            Self::Auto => forced() || (is_terminal && !refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        let set: Vec<(String, String)> = set
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        move |name| {
            let found = set.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        }
    }

    #[test]
    fn the_name_of_a_terminal_says_how_many_colours_it_has() {
        for (set, value, by) in [
            (&[("TERM", "xterm-256color")][..], ColourDepth::Many, "TERM"),
            (&[("TERM", "xterm-kitty")], ColourDepth::Many, "TERM"),
            (
                &[("TERM", "xterm"), ("COLORTERM", "truecolor")],
                ColourDepth::Many,
                "COLORTERM",
            ),
            (&[("TERM", "linux")], ColourDepth::Sixteen, "TERM"),
            (&[("TERM", "screen")], ColourDepth::Sixteen, "TERM"),
            (&[("TERM", "vt100")], ColourDepth::None, "TERM"),
            (&[("TERM", "xterm-mono")], ColourDepth::None, "TERM"),
            (&[("TERM", "dumb")], ColourDepth::None, "TERM"),
        ] {
            let by = Some(by);
            assert_eq!(depth(&with(set)), DetectedValue { value, by }, "{set:?}");
        }
        assert_eq!(depth(&with(&[])).by, None);
    }

    #[test]
    fn neither_ssh_nor_tmux_makes_a_difference() {
        let here = [("TERM", "xterm-256color"), ("LANG", "en_GB.UTF-8")];
        let through = [
            ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"),
            ("SSH_TTY", "/dev/pts/1"),
            ("TMUX", "/tmp/tmux-1000/default,1,0"),
            ("TERM_PROGRAM", "tmux"),
        ];
        let all: Vec<_> = here.into_iter().chain(through).collect();
        assert_eq!(
            TerminalCapabilities::of(&with(&all)),
            TerminalCapabilities::of(&with(&here))
        );
    }

    #[test]
    fn the_theme_fits_the_background_and_the_colours() {
        let light = ("COLORFGBG", "0;15");
        let ground = Some("COLORFGBG");
        for (set, value, by) in [
            (&[][..], Theme::Dark, None),
            (&[("COLORFGBG", "rubbish")], Theme::Dark, None),
            (&[light], Theme::Light, ground),
            (&[("COLORFGBG", "0;default;7")], Theme::Light, ground),
            (&[("COLORFGBG", "15;0")], Theme::Dark, ground),
            (&[("COLORFGBG", "7;8")], Theme::Dark, ground),
            (&[light, ("NO_COLOR", "1")], Theme::Mono, Some("NO_COLOR")),
            (&[light, ("TERM", "vt220")], Theme::Mono, Some("TERM")),
        ] {
            let theme = TerminalCapabilities::of(&with(set)).theme;
            assert_eq!(theme, DetectedValue { value, by }, "{set:?}");
        }
    }

    #[test]
    fn a_locale_without_utf_8_has_ascii() {
        for (set, value, by) in [
            (&[][..], false, None),
            (&[("LANG", "en_GB.UTF-8")], false, Some("LANG")),
            (&[("LANG", "C.utf8")], false, Some("LANG")),
            (
                &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")],
                true,
                Some("LC_ALL"),
            ),
            (
                &[("LANG", "C"), ("LC_CTYPE", "de_DE.UTF-8")],
                false,
                Some("LC_CTYPE"),
            ),
            (&[("LANG", "ja_JP.SJIS")], true, Some("LANG")),
        ] {
            assert_eq!(ascii(&with(set)), DetectedValue { value, by }, "{set:?}");
        }
    }

    #[test]
    fn links_are_for_terminals_that_leave_out_what_they_do_not_know() {
        for (set, knows) in [
            (&[("TERM", "xterm-256color")][..], true),
            (&[("TERM", "tmux-256color")], true),
            (&[("TERM", "screen-256color"), ("TMUX", "/tmp/x,1,0")], true),
            (&[("TERM", "foot")], true),
            (&[("WT_SESSION", "x")], true),
            (&[("TERM", "screen")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "dumb")], false),
            (&[("TERM", "vt220")], false),
            (&[], false),
        ] {
            assert_eq!(knows_strings(&with(set)), knows, "{set:?}");
        }
    }

    #[test]
    fn output_is_coloured_as_the_option_and_the_environment_say() {
        let auto = |is_terminal, set| ColourChoice::Auto.is_on(is_terminal, &with(set));
        assert!(auto(true, &[]));
        assert!(!auto(false, &[]));
        assert!(auto(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!auto(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!auto(true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(!auto(true, &[("CLICOLOR", "0")]));
        assert!(!auto(true, &[("TERM", "dumb")]));
        assert!(ColourChoice::Always.is_on(false, &with(&[("NO_COLOR", "1")])));
        assert!(!ColourChoice::Never.is_on(true, &with(&[("CLICOLOR_FORCE", "1")])));
    }
}
