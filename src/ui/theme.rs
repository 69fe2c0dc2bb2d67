//! Themes: the one place that knows how a meaning looks, and on which kinds of terminal.

use std::fmt;

use ratatui::style::{Color, Modifier, Style};

pub use crate::app::state::theme::Theme;
use crate::document::Role;

impl Theme {
    /// Its colours at a depth; `None` for a theme without colours, or a terminal without any.
    const fn palette(self, depth: ColourDepth) -> Option<&'static ThemePalette> {
        match (self, depth) {
            (Self::Mono | Self::Roles, _) | (_, ColourDepth::None) => None,
            (Self::Dark, ColourDepth::Sixteen) => Some(&DARK_16),
            (Self::Light, ColourDepth::Sixteen) => Some(&LIGHT_16),
            (Self::Contrast, ColourDepth::Sixteen) => Some(&CONTRAST_16),
            (Self::Dark, ColourDepth::Many) => Some(&DARK),
            (Self::Light, ColourDepth::Many) => Some(&LIGHT),
            (Self::Contrast, ColourDepth::Many) => Some(&CONTRAST),
        }
    }
}

/// How many colours a terminal has. Themes are made for 256, and true colour would add nothing to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourDepth {
    /// No colours: only bold, italic, underlined and reversed text.
    None,
    /// The sixteen colours that each terminal defines itself.
    Sixteen,
    /// 256 or more.
    #[default]
    Many,
}

impl fmt::Display for ColourDepth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "none",
            Self::Sixteen => "16",
            Self::Many => "256 or more",
        })
    }
}

/// The appearance of everything on one terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenAppearance {
    pub theme: Theme,
    /// How many colours there are.
    pub depth: ColourDepth,
    /// Whether the terminal shows only ASCII.
    pub is_ascii: bool,
}

impl From<Theme> for ScreenAppearance {
    fn from(theme: Theme) -> Self {
        Self {
            theme,
            ..Self::default()
        }
    }
}

impl ScreenAppearance {
    /// How a role looks.
    pub fn style(self, role: Role) -> Style {
        match self.theme.palette(self.depth) {
            Some(palette) => coloured(role, palette),
            None if self.theme == Theme::Roles => numbered(role),
            None => shape(role),
        }
    }
}

/// The colours of a theme, as numbers in the 256-colour palette: either above the first sixteen, which look the same on
/// every terminal, or only among the first sixteen.
struct ThemePalette {
    quiet: u8,
    faint: u8,
    link: u8,
    hostile: u8,
    knowledge: u8,
    consequence: u8,
    denial: u8,
    context: u8,
    alert: u8,
    bar: (u8, u8),
    selected: (u8, u8),
    remembered: (u8, u8),
    found: (u8, u8),
    as_of: (u8, u8),
    tlp: [(u8, u8); 4],
}

/// The colours of TLP 2.0 on black: clear, green, amber, red.
const TLP: [(u8, u8); 4] = [(231, 16), (82, 16), (214, 16), (197, 16)];
/// The nearest of the first sixteen colours.
const TLP_16: [(u8, u8); 4] = [(15, 0), (10, 0), (11, 0), (9, 0)];

const DARK: ThemePalette = ThemePalette {
    quiet: 246,
    faint: 239,
    link: 116,
    hostile: 174,
    knowledge: 179,
    consequence: 110,
    denial: 176,
    context: 247,
    alert: 203,
    bar: (252, 236),
    selected: (231, 24),
    remembered: (255, 238),
    found: (16, 222),
    as_of: (16, 153),
    tlp: TLP,
};

const LIGHT: ThemePalette = ThemePalette {
    quiet: 242,
    faint: 250,
    link: 24,
    hostile: 124,
    knowledge: 94,
    consequence: 25,
    denial: 90,
    context: 243,
    alert: 160,
    bar: (236, 253),
    selected: (231, 25),
    remembered: (16, 252),
    found: (16, 222),
    as_of: (16, 153),
    tlp: TLP,
};

const CONTRAST: ThemePalette = ThemePalette {
    quiet: 250,
    faint: 244,
    link: 51,
    hostile: 203,
    knowledge: 226,
    consequence: 117,
    denial: 213,
    context: 252,
    alert: 196,
    bar: (16, 231),
    selected: (16, 226),
    remembered: (16, 250),
    found: (16, 201),
    as_of: (16, 51),
    tlp: TLP,
};

// Backgrounds are among the first eight: not every terminal with sixteen colours has sixteen backgrounds.
const DARK_16: ThemePalette = ThemePalette {
    quiet: 7,
    faint: 8,
    link: 14,
    hostile: 9,
    knowledge: 11,
    consequence: 12,
    denial: 13,
    context: 7,
    alert: 9,
    bar: (0, 7),
    selected: (15, 4),
    remembered: (0, 6),
    found: (0, 3),
    as_of: (15, 5),
    tlp: TLP_16,
};

const LIGHT_16: ThemePalette = ThemePalette {
    quiet: 8,
    faint: 7,
    link: 6,
    hostile: 1,
    knowledge: 3,
    consequence: 4,
    denial: 5,
    context: 8,
    alert: 1,
    bar: (0, 7),
    selected: (15, 4),
    remembered: (0, 6),
    found: (0, 3),
    as_of: (15, 5),
    tlp: TLP_16,
};

const CONTRAST_16: ThemePalette = ThemePalette {
    quiet: 7,
    faint: 8,
    link: 14,
    hostile: 9,
    knowledge: 11,
    consequence: 14,
    denial: 13,
    context: 15,
    alert: 9,
    bar: (0, 7),
    selected: (0, 3),
    remembered: (15, 4),
    found: (0, 5),
    as_of: (0, 6),
    tlp: TLP_16,
};

/// The first sixteen colours, by their names on a terminal that has no others.
const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

fn colour(number: u8) -> Color {
    let named = NAMED.get(usize::from(number)).copied();
    named.unwrap_or(Color::Indexed(number))
}

/// The number of a colour in the palette of 256; `None` for the terminal's own colour.
pub(super) fn number(colour: Color) -> Option<u8> {
    match colour {
        Color::Indexed(number) => Some(number),
        named => {
            let at = NAMED.iter().position(|known| *known == named)?;
            u8::try_from(at).ok()
        }
    }
}

/// Shape carries every distinction that matters; colour only makes it quicker to see.
fn coloured(role: Role, palette: &ThemePalette) -> Style {
    let fg = |number| Style::new().fg(colour(number));
    let on = |(fg, bg)| Style::new().fg(colour(fg)).bg(colour(bg));
    let tlp = |at: usize| on(palette.tlp[at]).add_modifier(Modifier::BOLD);
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let italic = Style::new().add_modifier(Modifier::ITALIC);
    match role {
        Role::Text | Role::Date | Role::Address => Style::new(),
        Role::Imprecise => italic,
        Role::Title | Role::Heading | Role::Quote | Role::Key => bold,
        Role::Quiet | Role::Label => fg(palette.quiet),
        Role::Faint => fg(palette.faint),
        Role::Actor
        | Role::Target
        | Role::Accused
        | Role::Addressee
        | Role::Event
        | Role::Technique => fg(palette.link),
        Role::Speaker | Role::Span => fg(palette.link).add_modifier(Modifier::BOLD),
        Role::Source => fg(palette.link).add_modifier(Modifier::ITALIC),
        Role::Denies => fg(palette.denial).add_modifier(Modifier::BOLD),
        Role::Contested => fg(palette.knowledge).add_modifier(Modifier::BOLD),
        Role::Hostile => fg(palette.hostile),
        Role::Knowledge | Role::Warning => fg(palette.knowledge),
        Role::Consequence => fg(palette.consequence),
        Role::Denial => fg(palette.denial),
        Role::Context => fg(palette.context),
        Role::Found => on(palette.found),
        Role::Mistake => fg(palette.alert).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Error => fg(palette.alert).add_modifier(Modifier::BOLD),
        Role::Bar => on(palette.bar),
        Role::Selected => on(palette.selected),
        Role::Remembered => on(palette.remembered),
        Role::Cursor => on(palette.selected).add_modifier(Modifier::BOLD),
        Role::AsOf => on(palette.as_of).add_modifier(Modifier::BOLD),
        Role::TlpClear => tlp(0),
        Role::TlpGreen => tlp(1),
        Role::TlpAmber => tlp(2),
        Role::TlpRed => tlp(3),
    }
}

/// The style without colour. The style of a text adds to that of its background, so a match differs from its row.
fn shape(role: Role) -> Style {
    let with = |modifier| Style::new().add_modifier(modifier);
    match role {
        Role::Title
        | Role::Heading
        | Role::Quote
        | Role::Key
        | Role::Speaker
        | Role::Denies
        | Role::Contested
        | Role::Error
        | Role::Span => with(Modifier::BOLD),
        Role::Imprecise | Role::Warning => with(Modifier::ITALIC),
        Role::Quiet | Role::Label | Role::Faint => with(Modifier::DIM),
        Role::Actor
        | Role::Target
        | Role::Accused
        | Role::Addressee
        | Role::Event
        | Role::Technique
        | Role::Remembered => with(Modifier::UNDERLINED),
        Role::Source => with(Modifier::UNDERLINED | Modifier::ITALIC),
        Role::Found | Role::Mistake => with(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Bar | Role::Selected | Role::Cursor => with(Modifier::REVERSED),
        Role::AsOf | Role::TlpClear | Role::TlpGreen | Role::TlpAmber | Role::TlpRed => {
            with(Modifier::BOLD | Modifier::REVERSED)
        }
        // Wherever the family of a phase is a colour, it is a word too: in the list, or in the detail.
        Role::Text
        | Role::Date
        | Role::Address
        | Role::Hostile
        | Role::Knowledge
        | Role::Consequence
        | Role::Denial
        | Role::Context => Style::new(),
    }
}

/// Whether a role is a background for others, rather than text.
const fn is_ground(role: Role) -> bool {
    matches!(
        role,
        Role::Bar | Role::Selected | Role::Remembered | Role::Cursor | Role::Found | Role::AsOf
    )
}

/// Where the numbers of roles begin in the colours of the theme for tests.
const FIRST: u8 = 100;

fn numbered(role: Role) -> Style {
    let at = Role::ALL
        .iter()
        .position(|known| *known == role)
        .expect("every role is listed");
    let colour = Color::Indexed(FIRST + u8::try_from(at).expect("fewer than a hundred roles"));
    if is_ground(role) {
        Style::new().bg(colour)
    } else {
        Style::new().fg(colour)
    }
}

/// The role of a colour in the theme for tests.
pub(super) fn role_of(colour: Color) -> Option<Role> {
    match colour {
        Color::Indexed(number) => Role::ALL
            .get(usize::from(number.checked_sub(FIRST)?))
            .copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_found_by_its_name() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.as_str()), Some(*theme));
        }
        assert_eq!(Theme::parse("roles"), None);
    }

    #[test]
    fn the_theme_for_tests_distinguishes_every_role() {
        for role in Role::ALL {
            let style = ScreenAppearance::from(Theme::Roles).style(*role);
            let colour = style.fg.or(style.bg).expect("every role has a number");
            assert_eq!(role_of(colour), Some(*role));
        }
    }

    /// Pairs of roles that can be in the same place, with the background of both.
    const NEIGHBOURS: &[(Role, Role, Role)] = &[
        (Role::Text, Role::Text, Role::Selected),
        (Role::Text, Role::Text, Role::Remembered),
        (Role::Text, Role::Selected, Role::Remembered),
        (Role::Text, Role::Text, Role::Found),
        (Role::Selected, Role::Selected, Role::Found),
        (Role::Remembered, Role::Remembered, Role::Found),
        (Role::Text, Role::Text, Role::Quiet),
        (Role::Text, Role::Text, Role::Title),
        (Role::Text, Role::Text, Role::Actor),
        (Role::Text, Role::Text, Role::Quote),
        (Role::Text, Role::Date, Role::Imprecise),
        (Role::Text, Role::Actor, Role::Cursor),
        (Role::Text, Role::Speaker, Role::Cursor),
        (Role::Text, Role::Source, Role::Cursor),
        (Role::Text, Role::Source, Role::Event),
        (Role::Text, Role::Error, Role::Warning),
        (Role::Bar, Role::Bar, Role::Key),
        (Role::Bar, Role::Bar, Role::Title),
        (Role::Bar, Role::Bar, Role::Error),
        (Role::Bar, Role::Bar, Role::Warning),
        (Role::Bar, Role::Bar, Role::Mistake),
        (Role::Bar, Role::Bar, Role::AsOf),
        (Role::Bar, Role::Bar, Role::TlpRed),
        (Role::Text, Role::Label, Role::Span),
        (Role::Text, Role::Faint, Role::Span),
        (Role::Text, Role::Context, Role::Span),
        (Role::Text, Role::Context, Role::Faint),
    ];

    #[test]
    fn what_colour_distinguishes_differs_without_and_with_few() {
        for theme in Theme::ALL {
            for depth in [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Many] {
                for (ground, one, other) in NEIGHBOURS {
                    let appearance = ScreenAppearance {
                        theme: *theme,
                        depth,
                        is_ascii: false,
                    };
                    let on = |role: Role| appearance.style(*ground).patch(appearance.style(role));
                    let what = format!("{one:?} and {other:?} on {ground:?}: {appearance:?}");
                    assert_ne!(on(*one), on(*other), "{what}");
                }
            }
        }
    }

    #[test]
    fn a_terminal_is_sent_no_more_colours_than_it_has() {
        for theme in Theme::ALL {
            for role in Role::ALL {
                let style = |depth| {
                    ScreenAppearance {
                        theme: *theme,
                        depth,
                        is_ascii: false,
                    }
                    .style(*role)
                };
                let colours = |style: Style| [style.fg, style.bg].into_iter().flatten();
                assert_eq!(colours(style(ColourDepth::None)).count(), 0, "{role:?}");
                for colour in colours(style(ColourDepth::Sixteen)) {
                    assert!(NAMED.contains(&colour), "{theme:?} {role:?}: {colour:?}");
                }
                let is_coloured = |depth| colours(style(depth)).count();
                assert_eq!(
                    is_coloured(ColourDepth::Sixteen),
                    is_coloured(ColourDepth::Many),
                    "{role:?}"
                );
                let ground = style(ColourDepth::Sixteen).bg.and_then(number);
                assert!(ground.is_none_or(|number| number < 8), "{theme:?} {role:?}");
            }
        }
    }
}
