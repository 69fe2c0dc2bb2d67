//! Themes: the one place that knows how a meaning looks.

use ratatui::style::{Color, Modifier, Style};

use crate::document::Role;

/// How meanings look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// Strong colours on the terminal's own background.
    Contrast,
    /// Without colour: bold, italic, underlined and reversed.
    Mono,
    /// For tests: the colour of a cell is the number of its role.
    Roles,
}

impl Theme {
    /// Every theme that a person may want.
    pub const ALL: &'static [Self] = &[Self::Dark, Self::Light, Self::Contrast, Self::Mono];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::Mono => "mono",
            Self::Roles => "roles",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|theme| theme.as_str() == name)
    }

    /// How a role looks.
    pub fn style(self, role: Role) -> Style {
        match self {
            Self::Dark => coloured(role, &DARK),
            Self::Light => coloured(role, &LIGHT),
            Self::Contrast => coloured(role, &CONTRAST),
            Self::Mono => shape(role),
            Self::Roles => numbered(role),
        }
    }
}

/// The colours of a theme, as numbers of the 256-colour palette above the first sixteen, which look
/// the same on every terminal.
struct Palette {
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
}

const DARK: Palette = Palette {
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
};

const LIGHT: Palette = Palette {
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
};

const CONTRAST: Palette = Palette {
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
};

/// Shape carries every distinction that matters; colour only makes it quicker to see.
fn coloured(role: Role, palette: &Palette) -> Style {
    let fg = |number| Style::new().fg(Color::Indexed(number));
    let on = |(fg, bg)| Style::new().fg(Color::Indexed(fg)).bg(Color::Indexed(bg));
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let italic = Style::new().add_modifier(Modifier::ITALIC);
    match role {
        Role::Text | Role::Date => Style::new(),
        Role::Imprecise => italic,
        Role::Title | Role::Heading | Role::Quote | Role::Key => bold,
        Role::Quiet | Role::Label => fg(palette.quiet),
        Role::Faint => fg(palette.faint),
        Role::Actor | Role::Target | Role::Event | Role::Technique => fg(palette.link),
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
        Role::TlpClear => on((231, 16)).add_modifier(Modifier::BOLD),
        Role::TlpGreen => on((82, 16)).add_modifier(Modifier::BOLD),
        Role::TlpAmber => on((214, 16)).add_modifier(Modifier::BOLD),
        Role::TlpRed => on((197, 16)).add_modifier(Modifier::BOLD),
    }
}

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
        Role::Imprecise => with(Modifier::ITALIC),
        Role::Actor | Role::Target | Role::Event | Role::Technique | Role::Source => {
            with(Modifier::UNDERLINED)
        }
        Role::Found | Role::Remembered | Role::Mistake => {
            with(Modifier::BOLD | Modifier::UNDERLINED)
        }
        Role::Bar | Role::Selected | Role::Cursor | Role::AsOf => with(Modifier::REVERSED),
        Role::TlpClear | Role::TlpGreen | Role::TlpAmber | Role::TlpRed => {
            with(Modifier::BOLD | Modifier::REVERSED)
        }
        Role::Text
        | Role::Date
        | Role::Quiet
        | Role::Label
        | Role::Faint
        | Role::Hostile
        | Role::Knowledge
        | Role::Consequence
        | Role::Denial
        | Role::Context
        | Role::Warning => Style::new(),
    }
}

/// Whether a role is a ground that others stand on, rather than text.
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

/// The role that a colour of the theme for tests stands for.
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
    fn the_theme_for_tests_tells_every_role_apart() {
        for role in Role::ALL {
            let style = Theme::Roles.style(*role);
            let colour = style.fg.or(style.bg).expect("every role has a number");
            assert_eq!(role_of(colour), Some(*role));
        }
    }

    #[test]
    fn without_colour_what_is_selected_found_or_wrong_still_stands_out() {
        for role in [
            Role::Selected,
            Role::Cursor,
            Role::Remembered,
            Role::Found,
            Role::Error,
            Role::Contested,
        ] {
            assert!(!Theme::Mono.style(role).add_modifier.is_empty(), "{role:?}");
        }
        for role in Role::ALL {
            let style = Theme::Mono.style(*role);
            assert!(
                style.fg.is_none() && style.bg.is_none(),
                "{role:?} has a colour"
            );
        }
    }
}
