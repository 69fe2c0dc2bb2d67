//! What the environment says of the terminal: its colours, its background, its letters.
//!
//! The environment is read here, for the viewer, and by `check` for its colours; a frame that is printed depends on its
//! arguments alone. The terminal itself is not asked: an answer that comes late, or through `ssh` and `tmux` not at all,
//! would be taken for keys that somebody pressed.

use clap::ValueEnum;

use crate::ui::theme::{Depth, Look, Theme};

/// A variable of the environment, if it is set and not empty.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The theme that is wished for; none is the one that fits the background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish(pub Option<Theme>);

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Of the real environment.
fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?;
    let value = value.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}

/// How everything looks on this terminal. A theme that is named is shown in colour even under `NO_COLOR`: the nearer
/// wish counts (no-color.org).
pub(super) fn of_terminal(wish: Option<Wish>, is_ascii: bool) -> Look {
    of(wish, is_ascii, &variable)
}

fn of(wish: Option<Wish>, is_ascii: bool, variable: Variable<'_>) -> Look {
    let named = wish.and_then(|wish| wish.0);
    let no_colour = named.is_none() && variable("NO_COLOR").is_some();
    Look {
        theme: match named {
            Some(theme) => theme,
            None if no_colour => Theme::Mono,
            None if is_light(variable) => Theme::Light,
            None => Theme::Dark,
        },
        depth: depth(variable),
        is_ascii: is_ascii || !has_utf8(variable),
    }
}

/// `COLORFGBG` ends in the number of the background; 7 and 9 to 15 are light, as rxvt sets it and vim reads it.
fn is_light(variable: Variable<'_>) -> bool {
    let colours = variable("COLORFGBG").unwrap_or_default();
    let ground = colours.rsplit(';').next().and_then(|it| it.parse().ok());
    matches!(ground, Some(7 | 9..=15_u8))
}

/// Terminals with 256 colours of which the name does not say so, and which `ssh` lets say nothing else.
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

/// How many colours a terminal has, by its name and by what it says of itself.
fn depth(variable: Variable<'_>) -> Depth {
    let term = variable("TERM").unwrap_or_default();
    let is_plain = term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono");
    let is_capable = CAPABLE.iter().any(|word| term.contains(word));
    if variable("COLORTERM").is_some() || is_capable || cfg!(windows) {
        Depth::Many
    } else if is_plain {
        Depth::None
    } else {
        Depth::Sixteen
    }
}

/// Whether the terminal shows more than ASCII, by the locale of its letters (POSIX, 8.2). Where no locale is set, as in
/// most containers, it does: terminals that do not are rarer than locales that nobody has set.
fn has_utf8(variable: Variable<'_>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

impl Colour {
    /// Whether to colour what goes to a stream.
    pub(super) fn wanted(self, is_terminal: bool) -> bool {
        self.is_on(is_terminal, &variable)
    }

    /// `NO_COLOR` counts for more than `CLICOLOR_FORCE` (bixense.com/clicolors).
    fn is_on(self, is_terminal: bool, variable: Variable<'_>) -> bool {
        let forced = || variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let refused = || {
            variable("CLICOLOR").is_some_and(|value| value == "0")
                || variable("TERM").is_some_and(|term| term == "dumb")
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
        for (set, depth_of) in [
            (&[("TERM", "xterm-256color")][..], Depth::Many),
            (&[("TERM", "xterm-kitty")], Depth::Many),
            (
                &[("TERM", "xterm"), ("COLORTERM", "truecolor")],
                Depth::Many,
            ),
            (&[("TERM", "linux")], Depth::Sixteen),
            (&[("TERM", "screen")], Depth::Sixteen),
            (&[("TERM", "vt100")], Depth::None),
            (&[("TERM", "xterm-mono")], Depth::None),
        ] {
            assert_eq!(depth(&with(set)), depth_of, "{set:?}");
        }
    }

    #[test]
    fn a_light_background_has_the_light_theme_unless_another_is_named() {
        let theme = |wish, set: &[(&str, &str)]| of(wish, false, &with(set)).theme;
        assert_eq!(theme(None, &[]), Theme::Dark);
        assert_eq!(theme(None, &[("COLORFGBG", "0;15")]), Theme::Light);
        assert_eq!(theme(None, &[("COLORFGBG", "0;default;7")]), Theme::Light);
        assert_eq!(theme(None, &[("COLORFGBG", "15;0")]), Theme::Dark);
        assert_eq!(theme(None, &[("COLORFGBG", "7;8")]), Theme::Dark);
        let auto = Some(Wish(None));
        assert_eq!(theme(auto, &[("COLORFGBG", "0;15")]), Theme::Light);
        let dark = Some(Wish(Some(Theme::Dark)));
        assert_eq!(
            theme(dark, &[("COLORFGBG", "0;15"), ("NO_COLOR", "1")]),
            Theme::Dark
        );
        assert_eq!(theme(auto, &[("NO_COLOR", "1")]), Theme::Mono);
    }

    #[test]
    fn a_locale_without_utf_8_has_ascii() {
        for (set, is_ascii) in [
            (&[][..], false),
            (&[("LANG", "en_GB.UTF-8")], false),
            (&[("LANG", "C.utf8")], false),
            (&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")], true),
            (&[("LANG", "C"), ("LC_CTYPE", "de_DE.UTF-8")], false),
            (&[("LANG", "ja_JP.SJIS")], true),
        ] {
            assert_eq!(of(None, false, &with(set)).is_ascii, is_ascii, "{set:?}");
        }
        assert!(of(None, true, &with(&[("LANG", "C.UTF-8")])).is_ascii);
    }

    #[test]
    fn output_is_coloured_where_it_is_wanted() {
        let auto = |is_terminal, set| Colour::Auto.is_on(is_terminal, &with(set));
        assert!(auto(true, &[]));
        assert!(!auto(false, &[]));
        assert!(auto(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!auto(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!auto(true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(!auto(true, &[("CLICOLOR", "0")]));
        assert!(!auto(true, &[("TERM", "dumb")]));
        assert!(Colour::Always.is_on(false, &with(&[("NO_COLOR", "1")])));
        assert!(!Colour::Never.is_on(true, &with(&[("CLICOLOR_FORCE", "1")])));
    }
}
