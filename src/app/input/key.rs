//! Keys and mouse acts, independent of the terminal, and their notation.
//!
//! `jj<enter>` is three keys. Names are written in angle brackets; `<lt>` is the bracket itself; `<ctrl-d>` is a key
//! with Ctrl; `<click-12-5>` is a click at column 12, row 5 (from zero); `<resize-100-30>` gives the terminal
//! 100 columns and 30 rows.

use std::fmt;

use ratatui::layout::Size;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    F1,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MouseAct {
    /// The left button is pressed.
    Click,
    /// The mouse moves with the left button down.
    Drag,
    /// The left button is released.
    Release,
    /// The wheel turns away from the user.
    WheelUp,
    /// The wheel turns towards the user.
    WheelDown,
}

/// A mouse act at a cell, counted from 0 at the upper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mouse {
    pub act: MouseAct,
    pub column: u16,
    pub row: u16,
}

/// One input of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserInput {
    Key(Key),
    Mouse(Mouse),
    /// The terminal has a new size.
    Resize(Size),
}

/// The most columns or rows that the notation accepts.
const LONGEST_SIDE: u16 = 1000;

const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("home", Code::Home),
    ("end", Code::End),
    ("f1", Code::F1),
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
];

const ACTS: &[(&str, MouseAct)] = &[
    ("click", MouseAct::Click),
    ("drag", MouseAct::Drag),
    ("release", MouseAct::Release),
    ("wheel-up", MouseAct::WheelUp),
    ("wheel-down", MouseAct::WheelDown),
];

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    pub const fn char(character: char) -> Self {
        Self::plain(Code::Char(character))
    }
}

/// Parses inputs in the notation of this module.
///
/// # Errors
/// Names the unknown name, and lists the known ones.
pub fn parse(line: &str) -> Result<Vec<UserInput>, String> {
    let mut inputs = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        if first != '<' {
            inputs.push(UserInput::Key(Key::char(first)));
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('>').ok_or_else(|| {
            format!("`<` without `>` in `{line}`; write `<lt>` for the bracket itself")
        })?;
        inputs.push(named(name)?);
        rest = after;
    }
    Ok(inputs)
}

fn named(name: &str) -> Result<UserInput, String> {
    if let Some(mouse) = mouse(name) {
        return Ok(UserInput::Mouse(mouse));
    }
    if let Some(size) = resized(name) {
        return Ok(UserInput::Resize(size));
    }
    let (ctrl, bare) = match name.strip_prefix("ctrl-") {
        Some(bare) => (true, bare),
        None => (false, name),
    };
    let known = NAMES
        .iter()
        .find(|(known, _)| *known == bare)
        .map(|&(_, code)| code);
    let mut characters = bare.chars();
    let single = characters.next().filter(|_| characters.next().is_none());
    // With Ctrl a terminal sends the same for a capital letter and a small one.
    let letter = single.filter(|_| ctrl).map(|it| it.to_ascii_lowercase());
    match known.or(letter.map(Code::Char)) {
        Some(code) => Ok(UserInput::Key(Key { code, ctrl })),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    let names: Vec<String> = NAMES.iter().map(|(name, _)| format!("<{name}>")).collect();
    format!(
        "unknown key `<{name}>`; known are {}, <ctrl-LETTER>, for the mouse <click-COLUMN-ROW> (also drag, release, wheel-up and wheel-down), and <resize-COLUMNS-ROWS>, each at most {LONGEST_SIDE}",
        names.join(" ")
    )
}

fn resized(name: &str) -> Option<Size> {
    let (width, height) = name.strip_prefix("resize-")?.split_once('-')?;
    let side = |side: &str| side.parse().ok().filter(|side| *side <= LONGEST_SIDE);
    Some(Size::new(side(width)?, side(height)?))
}

fn mouse(name: &str) -> Option<Mouse> {
    ACTS.iter().find_map(|&(act_name, act)| {
        let (column, row) = name
            .strip_prefix(act_name)?
            .strip_prefix('-')?
            .split_once('-')?;
        Some(Mouse {
            act,
            column: column.parse().ok()?,
            row: row.parse().ok()?,
        })
    })
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES
            .iter()
            .find(|(_, code)| *code == self.code)
            .map(|(name, _)| *name);
        match (self.code, name, self.ctrl) {
            (_, Some(name), false) => write!(formatter, "<{name}>"),
            (_, Some(name), true) => write!(formatter, "<ctrl-{name}>"),
            (Code::Char(character), None, true) => write!(formatter, "<ctrl-{character}>"),
            (Code::Char(character), None, false) => write!(formatter, "{character}"),
            (_, None, _) => Ok(()),
        }
    }
}

impl fmt::Display for Mouse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ACTS.iter().find(|(_, act)| *act == self.act);
        let name = name.map_or("", |(name, _)| name);
        write!(formatter, "<{name}-{}-{}>", self.column, self.row)
    }
}

impl fmt::Display for UserInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(formatter),
            Self::Mouse(mouse) => mouse.fmt(formatter),
            Self::Resize(Size { width, height }) => write!(formatter, "<resize-{width}-{height}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_parse_back_from_their_notation() {
        let line = "gg<enter><ctrl-d><lt>é<backtab><click-12-5><wheel-up-0-7><resize-100-30>";
        let keys = parse(line).expect("every name is known");
        let written: String = keys.iter().map(ToString::to_string).collect();
        assert_eq!(written, line);
    }

    #[test]
    fn a_capital_letter_with_ctrl_is_the_small_one() {
        assert_eq!(parse("<ctrl-D>"), parse("<ctrl-d>"));
        assert_ne!(parse("D"), parse("d"));
    }

    #[test]
    fn the_mouse_has_a_notation() {
        let click = Mouse {
            act: MouseAct::Click,
            column: 12,
            row: 5,
        };
        assert_eq!(parse("<click-12-5>"), Ok(vec![UserInput::Mouse(click)]));
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_names() {
        let error = parse("j<entr>").expect_err("there is no such key");
        assert!(
            error.contains("`<entr>`") && error.contains("<enter>"),
            "{error}"
        );
        assert!(parse("<ent").is_err());
        for size in ["<resize-100>", "<resize-1001-2>", "<resize-2-99999>"] {
            assert!(parse(size).is_err(), "{size}");
        }
    }
}
