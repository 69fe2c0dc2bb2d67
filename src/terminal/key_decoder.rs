//! Decodes control sequences into keys and mouse reports.
//!
//! It reads the forms of every mode that an earlier program may have left on, not only of those that dateline sets: the
//! cursor and keypad modes of the VT220, xterm's modifyOtherKeys, the keyboard protocol of kitty, and mouse reports of
//! X10, urxvt and SGR. The sources are xterm's "Control Sequences", kitty's "Comprehensive keyboard handling in
//! terminals", and rxvt's "Technical Reference".

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// What a control sequence means, by its parameters and its final byte; `None` if it is not a key or the mouse.
pub(super) fn of_csi(parameters: &[u8], last: u8) -> Option<Event> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    if let Some(report) = parameters.strip_prefix('<') {
        return of_mouse(report, last);
    }
    let mut fields = parameters.split(';');
    match last {
        b'M' => of_urxvt_mouse(parameters),
        b'u' => of_code(fields.next()?, fields.next(), fields.next()),
        b'~' => match number(fields.next()?)? {
            27 => {
                let modifiers = fields.next();
                of_code(fields.next()?, modifiers, None)
            }
            code => pressed(of_number(code)?, fields.next()),
        },
        b'Z' => pressed(KeyCode::BackTab, None),
        _ => {
            // The modifiers come after a 1, or after nothing.
            let first = fields.next()?;
            (first.is_empty() || first == "1").then_some(())?;
            pressed(of_letter(last)?, fields.next())
        }
    }
}

/// What a function key sends in the application modes.
pub(super) fn of_ss3(parameters: &[u8], last: u8) -> Option<Event> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    let modifiers = parameters.rsplit(';').next();
    let code = match last {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b' ' => KeyCode::Char(' '),
        b'X' => KeyCode::Char('='),
        // The keypad, in the order of ASCII.
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        b'a'..=b'd' => return pressed(of_letter(last)?, Some("5")),
        _ => of_letter(last)?,
    };
    pressed(code, modifiers.filter(|it| !it.is_empty()))
}

/// Keys by the letter that ends their sequence; with shift, rxvt sends small letters.
fn of_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' | b'a' => KeyCode::Up,
        b'B' | b'b' => KeyCode::Down,
        b'C' | b'c' => KeyCode::Right,
        b'D' | b'd' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P' => KeyCode::F(1),
        _ => return None,
    })
}

/// Keys by the number in their sequence.
fn of_number(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11 => KeyCode::F(1),
        _ => return None,
    })
}

/// A key by its code, with modifiers and perhaps the text that it types.
fn of_code(codes: &str, modifiers: Option<&str>, text: Option<&str>) -> Option<Event> {
    let mut codes = codes.split(':');
    let code = number(codes.next()?)?;
    let shifted = codes.next().and_then(character);
    let code = match code {
        27 => KeyCode::Esc,
        13 | 57414 => KeyCode::Enter,
        9 => KeyCode::Tab,
        127 => KeyCode::Backspace,
        // The keypad of kitty's protocol. Its other keys are in the private use area, and type nothing.
        57399..=57408 => KeyCode::Char(char::from_digit(code - 57399, 10)?),
        57409..=57413 => KeyCode::Char(char::from(*b"./*-+".get(code as usize - 57409)?)),
        57415 => KeyCode::Char('='),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PageUp,
        57422 => KeyCode::PageDown,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57426 => KeyCode::Delete,
        0xe000..=0xf8ff => return None,
        _ => KeyCode::Char(char::from_u32(code).filter(|it| !it.is_control())?),
    };
    let has_shift = mask(modifiers)? & 1 != 0;
    let code = match code {
        KeyCode::Tab if has_shift => KeyCode::BackTab,
        KeyCode::Char(plain) if has_shift => {
            let typed = text.and_then(character).or(shifted);
            KeyCode::Char(typed.unwrap_or_else(|| upper(plain)))
        }
        _ => code,
    };
    pressed(code, modifiers)
}

/// The capital of a letter, where it is one character.
fn upper(character: char) -> char {
    let mut capital = character.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(capital), None) => capital,
        _ => character,
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn character(code: &str) -> Option<char> {
    number(code).and_then(char::from_u32)
}

/// The modifiers as bits: 1 shift, 2 alt, 4 ctrl, then those that terminals rarely send, then the locks.
fn mask(modifiers: Option<&str>) -> Option<u32> {
    match modifiers.map(|it| it.split(':').next().unwrap_or(it)) {
        None | Some("") => Some(0),
        Some(modifiers) => number(modifiers)?.checked_sub(1),
    }
}

fn pressed(code: KeyCode, modifiers: Option<&str>) -> Option<Event> {
    let mask = mask(modifiers)?;
    let kind = modifiers.and_then(|it| it.split(':').nth(1));
    let kind = match kind {
        Some("3") => KeyEventKind::Release,
        Some("2") => KeyEventKind::Repeat,
        _ => KeyEventKind::Press,
    };
    let mut modifiers = KeyModifiers::empty();
    modifiers.set(KeyModifiers::SHIFT, mask & 1 != 0);
    // Super, hyper and meta count as alt: dateline uses none of them.
    modifiers.set(KeyModifiers::ALT, mask & (2 | 8 | 16 | 32) != 0);
    modifiers.set(KeyModifiers::CONTROL, mask & 4 != 0);
    Some(Event::Key(KeyEvent::new_with_kind(code, modifiers, kind)))
}

/// A mouse report of the oldest form: three bytes, each with 32 added.
pub(super) fn of_old_mouse(button: u8, column: u8, row: u8) -> Option<Event> {
    let button = u16::from(button.checked_sub(32)?);
    let place = |byte: u8| u16::from(byte).checked_sub(32);
    mouse(button, place(column)?, place(row)?, false)
}

/// A mouse report of urxvt: as the oldest form, but in decimal numbers.
fn of_urxvt_mouse(report: &str) -> Option<Event> {
    let [button, column, row] = three(report)?;
    mouse(button.checked_sub(32)?, column, row, false)
}

/// A mouse report of xterm's SGR form, in which the final byte says whether a button was let go.
fn of_mouse(report: &str, last: u8) -> Option<Event> {
    let [button, column, row] = three(report)?;
    match last {
        b'M' | b'm' => mouse(button, column, row, last == b'm'),
        _ => None,
    }
}

fn three(report: &str) -> Option<[u16; 3]> {
    let mut numbers = report.split(';').map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    Some([next()?, next()?, next()?])
}

/// A mouse event: the button with its flags, and the cell, counted from one.
fn mouse(button: u16, column: u16, row: u16, is_release: bool) -> Option<Event> {
    let (is_move, is_wheel) = (button & 32 != 0, button & 64 != 0);
    let kind = match (button & 0b11, is_wheel, is_move) {
        (0, true, false) => MouseEventKind::ScrollUp,
        (1, true, false) => MouseEventKind::ScrollDown,
        // Only SGR says which button was let go; we listen to one.
        (3, false, false) => MouseEventKind::Up(MouseButton::Left),
        (0, false, false) if is_release => MouseEventKind::Up(MouseButton::Left),
        (0, false, false) => MouseEventKind::Down(MouseButton::Left),
        (0, false, true) => MouseEventKind::Drag(MouseButton::Left),
        _ => return None,
    };
    // 128 and above are buttons that mice rarely have.
    (button < 128).then_some(())?;
    Some(Event::Mouse(MouseEvent {
        kind,
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
        modifiers: KeyModifiers::empty(),
    }))
}
